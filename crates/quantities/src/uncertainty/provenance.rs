//! The origin of a value, in types that cannot be confused.

use std::fmt;
use std::str::FromStr;

/// The origin of a value. Only hashwatt's meters create `Measured`; every value from a user is `UserReported`, no
/// matter how well it was measured.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Provenance {
    /// Read from a meter by this library.
    Measured(Measured),
    /// Given by the user of the library or of the command.
    UserReported {
        /// Who or what gave it, such as the option's name.
        by: String,
    },
    /// Computed by a model from other values.
    Modelled {
        /// The model's name.
        model: String,
    },
    /// A manufacturer's specification, or a copy of it in a list.
    Datasheet {
        /// The machine.
        product: String,
        /// The source of the specification.
        source: String,
    },
    /// A published figure.
    Published {
        /// The date for which the figure holds.
        as_of: AsOf,
        /// Where it was published.
        source: String,
    },
    /// An assumption, because no better figure is available.
    Assumed {
        /// The reason for this value.
        basis: String,
    },
}

impl Provenance {
    /// A published figure.
    pub fn published(as_of: AsOf, source: impl Into<String>) -> Self {
        Self::Published { as_of, source: source.into() }
    }

    /// The variant's name in machine formats.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Measured(_) => "measured",
            Self::UserReported { .. } => "user_reported",
            Self::Modelled { .. } => "modelled",
            Self::Datasheet { .. } => "datasheet",
            Self::Published { .. } => "published",
            Self::Assumed { .. } => "assumed",
        }
    }

    /// The date, if the origin has one.
    pub fn as_of(&self) -> Option<AsOf> {
        match self {
            Self::Published { as_of, .. } => Some(*as_of),
            _ => None,
        }
    }

    /// The rank of this origin by how far it is trusted; a higher rank is more trusted.
    pub(super) fn trust(&self) -> u8 {
        match self {
            Self::Measured(_) => 5,
            Self::Published { .. } => 4,
            Self::Datasheet { .. } => 3,
            Self::UserReported { .. } => 2,
            Self::Modelled { .. } => 1,
            Self::Assumed { .. } => 0,
        }
    }

    /// The less trusted of two origins; the first if they are equal.
    pub(super) fn weaker(self, other: Self) -> Self {
        if other.trust() < self.trust() { other } else { self }
    }

    /// The origin of a sum: the less trusted one, or both names if they are equal.
    #[cfg(any(feature = "metering", test))]
    pub(super) fn and(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Measured(a), Self::Measured(b)) => {
                // A sum over two kinds of device belongs to neither scope.
                let scope = if a.scope == b.scope { a.scope } else { Scope::Components };
                Self::Measured(Measured::by_meter(scope, format!("{} + {}", a.meter, b.meter)))
            }
            (Self::UserReported { by: a }, Self::UserReported { by: b }) => {
                Self::UserReported { by: format!("{a} + {b}") }
            }
            (Self::Assumed { basis: a }, Self::Assumed { basis: b }) => {
                Self::Assumed { basis: format!("{a} + {b}") }
            }
            (a, b) => a.weaker(b.clone()),
        }
    }

    /// The origin without its kind and date: a source, a meter, a reason.
    pub fn detail(&self) -> String {
        match self {
            Self::Measured(m) => format!("{} ({})", m.meter(), m.scope()),
            Self::UserReported { by } => by.clone(),
            Self::Modelled { model } => model.clone(),
            Self::Datasheet { product, source } => format!("{product}: {source}"),
            Self::Published { source, .. } => source.clone(),
            Self::Assumed { basis } => basis.clone(),
        }
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())?;
        if let Some(as_of) = self.as_of() {
            write!(f, " {as_of}")?;
        }
        write!(f, ", {}", self.detail())
    }
}

/// Proof that one of hashwatt's meters read the value: its fields are private and it has no
/// constructor. An assumed figure cannot be passed off as a reading:
///
/// ```compile_fail
/// use hashwatt_quantities::uncertainty::{Measured, Scope};
/// // error[E0451]: the fields are private.
/// let forged = Measured { scope: Scope::NodeWall, meter: "my guess".to_string() };
/// ```
///
/// ```compile_fail
/// use hashwatt_quantities::uncertainty::{Measured, Scope};
/// // error: `by_meter` is private here; only the feature `metering` exports it.
/// let forged = Measured::by_meter(Scope::NodeWall, "my guess");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    scope: Scope,
    meter: String,
}

impl Measured {
    #[cfg(any(feature = "metering", test))]
    pub(super) fn by_meter(scope: Scope, meter: impl Into<String>) -> Self {
        Self { scope, meter: meter.into() }
    }
    /// The part of the machine that the meter covers.
    pub fn scope(&self) -> Scope {
        self.scope
    }
    /// The name of the meter.
    pub fn meter(&self) -> &str {
        &self.meter
    }
}

/// The part of the machine that a reading covers. Scopes overlap (the wall includes everything, psys includes the
/// package), so that readings of different scopes are never added. Wider scopes are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Scope {
    /// As defined by the source of the figure.
    AsStated,
    /// The scanner's own work: hashes and time, no energy.
    Scanner,
    /// One supply rail, as defined by the board's design.
    Rail,
    /// Memory, without the processor package.
    Dram,
    /// The boards of an ASIC miner on the DC side of its power supply, without fans and losses of the supply.
    AsicBoardDc,
    /// A GPU's whole board.
    GpuBoard,
    /// A processor package.
    CpuPackage,
    /// Processor packages and GPU boards together, without mainboard, fans and power supply.
    Components,
    /// A system on a chip: processor, GPU and its other parts.
    Soc,
    /// The platform as the processor sees it (RAPL psys).
    PlatformPsys,
    /// The whole machine at its plug.
    NodeWall,
}

impl Scope {
    /// The name in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::AsStated => "as_stated",
            Self::Scanner => "scanner",
            Self::Rail => "rail",
            Self::Dram => "dram",
            Self::AsicBoardDc => "asic_board_dc",
            Self::GpuBoard => "gpu_board",
            Self::CpuPackage => "cpu_package",
            Self::Components => "cpu_package + gpu_board",
            Self::Soc => "soc",
            Self::PlatformPsys => "platform_psys",
            Self::NodeWall => "node_wall",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The date for which a figure holds, with the precision of its source: a year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AsOf {
    /// A calendar year.
    Year(i16),
    /// A month.
    Month {
        /// Calendar year.
        year: i16,
        /// 1 to 12.
        month: i8,
    },
    /// A day.
    Day(jiff::civil::Date),
}

impl AsOf {
    /// The day in the middle of the period.
    pub fn middle(self) -> Option<jiff::civil::Date> {
        match self {
            Self::Year(year) => jiff::civil::Date::new(year, 7, 1).ok(),
            Self::Month { year, month } => jiff::civil::Date::new(year, month, 15).ok(),
            Self::Day(day) => Some(day),
        }
    }
}

/// A text that is not a date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date; give YYYY, YYYY-MM or YYYY-MM-DD")]
pub struct AsOfError(pub String);

impl FromStr for AsOf {
    type Err = AsOfError;

    fn from_str(text: &str) -> Result<Self, AsOfError> {
        let error = || AsOfError(text.to_owned());
        if !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            return Err(error());
        }
        let day = |text: &str| text.parse::<jiff::civil::Date>().map_err(|_| error());
        match text.len() {
            // A year or a month is valid if its first day is.
            4 => Ok(Self::Year(day(&format!("{text}-01-01"))?.year())),
            7 => {
                let first = day(&format!("{text}-01"))?;
                Ok(Self::Month { year: first.year(), month: first.month() })
            }
            10 => Ok(Self::Day(day(text)?)),
            _ => Err(error()),
        }
    }
}

impl fmt::Display for AsOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Day(date) => write!(f, "{date}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_keeps_its_precision_and_other_text_is_refused() {
        for good in ["2023", "2026-08", "2026-08-21"] {
            assert_eq!(good.parse::<AsOf>().unwrap().to_string(), good);
        }
        for bad in
            ["", "26", "2026-13", "2026-02-30", "2026-8-21", "2026/08/21", "mid-2026", "2026-0821"]
        {
            assert!(bad.parse::<AsOf>().is_err(), "{bad}");
        }
    }

    #[test]
    fn wider_scope_is_greater() {
        assert!(Scope::NodeWall > Scope::PlatformPsys && Scope::PlatformPsys > Scope::CpuPackage);
    }
}
