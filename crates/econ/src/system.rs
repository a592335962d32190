//! The electricity system: which plants serve a load, and when it is short.

pub(crate) mod merit;
pub(crate) mod scarce;
