//! Operating conditions that affect the efficiency: clock, temperature, power limit, throttling.

use crate::units::{Celsius, Hertz, Watts};

/// The operating conditions of a device at one moment.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize)]
pub struct Conditions {
    /// The clock frequency.
    pub clock: Option<Hertz>,
    /// The temperature.
    pub temperature: Option<Celsius>,
    /// The power limit in force.
    pub power_limit: Option<Watts>,
    /// The reasons for reduced clocks, in the vendor's terms; empty if there are none, `None` if the
    /// device does not report them.
    pub throttled: Option<Vec<String>>,
}
