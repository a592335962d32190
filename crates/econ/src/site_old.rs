//! What turns a power budget into running machines: allocation, site, pool.

use super::EconError;
use crate::uncertainty::Estimate;
use crate::units::{Fraction, Watts};

/// A power budget and the part of it that mines.
#[derive(Clone, Debug, PartialEq)]
pub struct Allocation {
    /// All power, at the site's meter.
    pub power: Estimate<Watts>,
    /// The part that mines; the rest is for something else, such as AI.
    pub mining_share: Estimate<Fraction>,
}

impl Allocation {
    /// Power for mining at the site's meter.
    pub fn mining_power(&self) -> Watts {
        self.power.value() * self.mining_share.value().value()
    }
}

/// Power usage effectiveness: power at the site's meter over power at the machines, 1 or more
/// (ISO/IEC 30134-2).
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Pue(f64);

impl Pue {
    /// # Errors
    /// Below 1, NaN or infinite.
    pub fn new(value: f64) -> Result<Self, EconError> {
        if value >= 1.0 && value.is_finite() {
            Ok(Self(value))
        } else {
            Err(EconError::OutOfRange {
                field: "pue",
                given: value.to_string(),
                remedy: "a power usage effectiveness of at least 1, such as 1.05",
            })
        }
    }
    /// A constant of the source code, checked when it is compiled.
    pub(super) const fn constant(value: f64) -> Self {
        assert!(value >= 1.0);
        Self(value)
    }
    /// The ratio.
    pub fn value(self) -> f64 {
        self.0
    }
}

/// A site.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Its overhead.
    pub pue: Estimate<Pue>,
    /// The part of the time, or of the machines, that runs. Applied once, to hashrate and
    /// energy alike.
    pub uptime: Estimate<Fraction>,
}

/// Who pays for shares.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// The part of the reward the pool keeps.
    pub fee: Estimate<Fraction>,
    /// The part of the work that comes too late to count.
    pub stale: Estimate<Fraction>,
}

impl Pool {
    /// The part of the expected reward that arrives.
    pub fn payout(&self) -> f64 {
        self.fee.value().complement() * self.stale.value().complement()
    }
}
