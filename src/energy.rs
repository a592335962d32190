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

use crate::estimate::{Measured, Provenance, Scope};
use crate::units::{Joules, Seconds, Watts};
use std::path::PathBuf;
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
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    before: Instant,
    after: Instant,
    raw: Raw,
    origin: Origin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    Sensor,
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
    /// What a figure that rests on this reading may call itself.
    fn provenance(&self, meter: &MeterDescriptor) -> Provenance {
        match self.origin {
            Origin::Sensor => Provenance::Measured(Measured::by_meter(meter.scope, &meter.id)),
            Origin::User => Provenance::UserReported { by: meter.id.clone() },
            Origin::Assumed => Provenance::Assumed { basis: meter.id.clone() },
        }
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
    #[error("watts is {given}; give a number of watts above 0")]
    NotAPower {
        /// What was given.
        given: String,
    },
}

/// The meters of this machine that can be read, and for each that cannot its reason.
/// On Linux these are the RAPL zones below `/sys/class/powercap`.
pub fn discover() -> Vec<Result<Box<dyn EnergyMeter>, MeterError>> {
    RaplMeter::discover(&PathBuf::from(rapl::POWERCAP))
        .into_iter()
        .map(|found| found.map(|meter| Box::new(meter) as Box<dyn EnergyMeter>))
        .collect()
}
