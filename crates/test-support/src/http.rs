//! An HTTP server on the loopback that answers as a test says: rightly, wrongly, slowly or not at
//! all.

mod request;
mod response;
mod server;

pub use request::Request;
pub use response::{Fault, Response};
pub use server::{Server, pages};
