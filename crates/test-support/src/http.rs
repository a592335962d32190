//! An HTTP server on the loopback interface whose responses a test defines: correct, invalid, slow or
//! none at all.

mod request;
mod response;
mod server;

pub use request::Request;
pub use response::{Fault, Response};
pub use server::{Server, pages};
