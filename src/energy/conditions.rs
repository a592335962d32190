//! What beside the energy decides an efficiency: clock, temperature, power limit, throttling.

use crate::units::{Celsius, Hertz, Watts};

/// What a device says of its state at one moment.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Conditions {
    /// Its clock.
    pub clock: Option<Hertz>,
    /// Its temperature.
    pub temperature: Option<Celsius>,
    /// The power it is held to.
    pub power_limit: Option<Watts>,
    /// Why it runs slower than it could, in the vendor's words; empty where it does not, `None`
    /// where it does not tell.
    pub throttled: Option<Vec<String>>,
}
