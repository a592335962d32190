//! Energy meters: what they see, what they may claim, and every way they fail.
//!
//! A number on the screen says where it came from. A [`Reading`] carries its origin in a private
//! field: only this crate's sensors make measured ones, an assumed power stays assumed, and a
//! meter that a user of the library writes yields user-reported figures.

mod assumed;
mod counter;
mod rapl;

pub use assumed::AssumedMeter;
pub use counter::EnergyAccount;
pub use rapl::RaplMeter;

use crate::estimate::Scope;
use crate::units::{Joules, Seconds, Watts};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

/// Reads energy or power.
pub trait EnergyMeter: Send {
    /// What the meter is.
    fn descriptor(&self) -> &MeterDescriptor;
    /// Reads it now.
    ///
    /// # Errors
    /// A failed read is an error, never a zero.
    fn read(&mut self) -> Result<Reading, MeterError>;
}

/// What a meter is and what it may claim.
#[derive(Clone, Debug, PartialEq)]
pub struct MeterDescriptor {
    /// The meter's name, unique on the machine.
    pub id: String,
    /// What part of the machine it sees.
    pub scope: Scope,
    /// What its raw values are.
    pub quantity: MeterQuantity,
    /// How often the raw value changes; zero where it is always current.
    pub refresh: Seconds,
    /// The longest time between two reads that loses nothing; `None` where any will do.
    pub max_read_gap: Option<Seconds>,
    /// How far off it may be.
    pub tolerance: Option<Tolerance>,
}

/// What a meter's raw values are.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum MeterQuantity {
    /// A counter of energy.
    CumulativeEnergy {
        /// The energy of one count.
        per_count: Joules,
        /// Counts after which it begins again at zero; `None` where it never does.
        wrap_modulus: Option<u64>,
        /// More than this the part cannot draw: an apparent wrap that would need more was a
        /// reset, and a gap in which so much would wrap the counter is ambiguous.
        ceiling: Watts,
    },
    /// Power at the moment of reading.
    Power,
}

/// The half-width of the interval a meter's figure is taken to lie in, as a rectangular
/// distribution (GUM 4.3.7).
#[derive(Clone, Debug, PartialEq)]
pub struct Tolerance {
    /// Half-width over the value, a pure number.
    pub relative_half_width: f64,
    /// Who says so.
    pub basis: String,
}

impl Tolerance {
    /// The relative standard uncertainty, half-width / sqrt(3).
    pub fn relative_standard_uncertainty(&self) -> f64 {
        self.relative_half_width / 3f64.sqrt()
    }
}

/// A raw value.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Raw {
    /// A counter's state.
    Count(u64),
    /// A power.
    Power(Watts),
}

/// One reading with the time on both sides of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    before: Instant,
    after: Instant,
    raw: Raw,
    origin: Origin,
}

/// Who made a reading. A sensor's holds what the sensor is, so that its raw value cannot be
/// read under another meter's description and still count as measured.
#[derive(Clone, Debug, PartialEq)]
enum Origin {
    Sensor(Arc<MeterDescriptor>),
    User,
    Assumed,
}

impl Reading {
    /// A reading of a meter outside this crate; figures from it are user-reported.
    pub fn new(before: Instant, after: Instant, raw: Raw) -> Self {
        Self { before, after, raw, origin: Origin::User }
    }
    fn of(origin: Origin, raw: Raw, before: Instant) -> Self {
        Self { before, after: Instant::now(), raw, origin }
    }
    /// The time just before the read.
    pub fn before(&self) -> Instant {
        self.before
    }
    /// The time just after the read.
    pub fn after(&self) -> Instant {
        self.after
    }
    /// The raw value.
    pub fn raw(&self) -> Raw {
        self.raw
    }
    /// Halfway through the read.
    pub fn middle(&self) -> Instant {
        self.before + self.after.saturating_duration_since(self.before) / 2
    }
}

/// Every way in which a meter fails. None of them is a number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MeterError {
    /// There is no such meter here.
    #[error("{meter} is not present; {remedy}")]
    NotPresent {
        /// Which.
        meter: String,
        /// What to do.
        remedy: String,
    },
    /// The system does not let this user read it.
    #[error("{meter} may not be read by this user; {remedy}")]
    PermissionDenied {
        /// Which.
        meter: String,
        /// What to do.
        remedy: String,
    },
    /// It was there and is gone.
    #[error("{meter} stopped answering: {reason}")]
    Gone {
        /// Which.
        meter: String,
        /// The system's words.
        reason: String,
    },
    /// It answered with something that is no reading.
    #[error("{meter} gave `{text}`, which is no reading")]
    Malformed {
        /// Which.
        meter: String,
        /// What it gave.
        text: String,
    },
    /// It did not move under load.
    #[error("{meter} did not move in {millis} ms under load")]
    Stuck {
        /// Which.
        meter: String,
        /// How long it was watched.
        millis: u128,
    },
    /// The counter began again without a wrap, by a suspend or a driver's restart.
    #[error("{meter} was reset during the measurement")]
    Reset {
        /// Which.
        meter: String,
    },
    /// So long a gap that the counter could have wrapped more than once.
    #[error("{meter} was not read for {gap_s} s and could have wrapped unseen; read it more often")]
    AmbiguousWrap {
        /// Which.
        meter: String,
        /// The gap in whole seconds.
        gap_s: u64,
    },
    /// A reading older than the one before it.
    #[error("{meter} gave a reading older than the one before it")]
    ClockBackward {
        /// Which.
        meter: String,
    },
    /// An assumed power that is no power.
    #[error("watts is {given}; give a number of watts above 0, at most 1e12")]
    NotAPower {
        /// What was given.
        given: String,
    },
}

/// The meters of this machine: on Linux the RAPL zones below `/sys/class/powercap`. One that is
/// there but cannot be read is in the list and says why when it is read.
///
/// # Errors
/// [`MeterError::NotPresent`] where there is none.
pub fn discover() -> Result<Vec<Box<dyn EnergyMeter>>, MeterError> {
    let zones = RaplMeter::discover(Path::new(rapl::POWERCAP))?;
    Ok(zones.into_iter().map(|zone| Box::new(zone) as Box<dyn EnergyMeter>).collect())
}

#[cfg(test)]
mod tests {
    use super::Tolerance;

    #[test]
    fn a_tolerance_is_a_rectangular_distribution() {
        let tolerance = Tolerance { relative_half_width: 0.05, basis: "test".to_owned() };
        // GUM 4.3.7: half-width over the root of three, 2.887 %.
        assert!((tolerance.relative_standard_uncertainty() - 0.028_867_5).abs() < 1e-7);
    }
}
