//! The one engine: from the inputs of a draw and a path of the market to dated flows and quantities.

mod inputs;

pub use inputs::*;
