//! What tests of several crates share: an HTTP server on the loopback, seeded noise, block headers
//! and folders as sysfs shows them. It depends on no other crate of the workspace, so that each of
//! them can use it.

pub mod fuzz;
pub mod headers;
pub mod http;
pub mod noise;
pub mod sysfs;
