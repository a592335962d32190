//! Helpers for the tests of several crates: an HTTP server on the loopback interface, seeded noise,
//! fuzzing, block headers and sysfs folders. Of the workspace's crates it depends only on
//! `hashwatt-quantities`, so that all others can use it.

pub mod fuzz;
pub mod headers;
pub mod http;
pub mod noise;
pub mod sysfs;
