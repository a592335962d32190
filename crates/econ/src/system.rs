//! The electricity system: the plants that serve a load, and hours of shortage.

pub(crate) mod merit;
pub(crate) mod scarce;
