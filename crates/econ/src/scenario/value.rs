//! Values of a scenario: plain, or with a date, a source and a range.

use crate::uncertainty::{AsOf, Provenance};
use std::fmt;

/// A number in the unit of its key, or a text that names its own unit.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// A number.
    Number(f64),
    /// A text, such as `22.98 PKR/kWh`.
    Text(String),
}

/// The origin of a value as the author of the scenario states it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum StatedOrigin {
    /// No origin is stated.
    #[default]
    None,
    /// A published value.
    Published {
        /// The date for which it is valid.
        as_of: AsOf,
        /// Who published it, and where.
        source: String,
    },
    /// An assumption, in the absence of a published value.
    Assumed {
        /// The reason.
        basis: String,
    },
}

impl StatedOrigin {
    /// The provenance of the value; `by` names the option or file that gave it if no origin is stated.
    pub(super) fn provenance(&self, by: String) -> Provenance {
        match self {
            Self::None => Provenance::UserReported { by },
            Self::Published { as_of, source } => Provenance::published(*as_of, source.clone()),
            Self::Assumed { basis } => Provenance::Assumed { basis: basis.clone() },
        }
    }
}

/// A value with its range and origin. In a file: `0.95`, `"22.98 PKR/kWh"`, or a table such as
/// `{ value = 0.95, low = 0.85, high = 0.98, assumed = "a site that is seldom curtailed" }`,
/// `{ value = 905, as_of = "2026-08-21", source = "mean of 30 days" }`.
#[derive(Clone, Debug, PartialEq)]
pub struct Sourced {
    /// The value.
    pub value: Scalar,
    /// The 5 % and 95 % points.
    pub range: Option<(Scalar, Scalar)>,
    /// Its origin.
    pub origin: StatedOrigin,
}

impl Sourced {
    /// A value without range and origin.
    pub fn new(value: impl Into<Scalar>) -> Self {
        Self { value: value.into(), range: None, origin: StatedOrigin::None }
    }

    /// Adds the 5 % and 95 % points.
    #[must_use]
    pub fn between(self, low: impl Into<Scalar>, high: impl Into<Scalar>) -> Self {
        Self { range: Some((low.into(), high.into())), ..self }
    }

    /// Adds the date and the source.
    #[must_use]
    pub fn published(self, as_of: AsOf, source: impl Into<String>) -> Self {
        Self { origin: StatedOrigin::Published { as_of, source: source.into() }, ..self }
    }

    /// Marks the value as assumed, with the reason.
    #[must_use]
    pub fn assumed(self, basis: impl Into<String>) -> Self {
        Self { origin: StatedOrigin::Assumed { basis: basis.into() }, ..self }
    }

    /// The value and both ends of its range.
    pub(super) fn scalars(&self) -> impl Iterator<Item = &Scalar> {
        let ends = self.range.as_ref().map(|(low, high)| [low, high]);
        std::iter::once(&self.value).chain(ends.into_iter().flatten())
    }
}

/// Shares by year, starting with the first year; the last value holds for all later years.
#[derive(Clone, Debug, PartialEq)]
pub struct ByYear {
    /// Shares of 0 to 1.
    pub values: Vec<f64>,
    /// Their 5 % and 95 % points, one for each value.
    pub range: Option<(Vec<f64>, Vec<f64>)>,
    /// Their origin.
    pub origin: StatedOrigin,
}

/// The value of a key.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// A number or a text.
    Given(Sourced),
    /// True or false.
    Flag(bool),
    /// Numbers, such as one for each month.
    Numbers(Vec<f64>),
    /// Shares by year.
    ByYear(ByYear),
}

impl Value {
    /// The value as text, without its origin; for a list, its length.
    pub fn shown(&self) -> String {
        match self {
            Self::Given(Sourced { value: Scalar::Text(text), .. }) => text.clone(),
            other => other.kind(),
        }
    }

    /// The value as error messages show it.
    pub(super) fn kind(&self) -> String {
        match self {
            Self::Given(Sourced { value: Scalar::Number(number), .. }) => number.to_string(),
            Self::Given(Sourced { value: Scalar::Text(text), .. }) => {
                let short: String = text.chars().take(60).collect();
                format!("`{short}`")
            }
            Self::Flag(flag) => flag.to_string(),
            Self::Numbers(all) => format!("a list of {}", all.len()),
            Self::ByYear(_) => "a table by year".to_owned(),
        }
    }
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl From<f64> for Scalar {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Scalar {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Scalar {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Given(Sourced::new(number))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Given(Sourced::new(text))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Given(Sourced::new(text))
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Sourced> for Value {
    fn from(sourced: Sourced) -> Self {
        Self::Given(sourced)
    }
}

impl From<[f64; 12]> for Value {
    fn from(months: [f64; 12]) -> Self {
        Self::Numbers(months.to_vec())
    }
}

impl From<ByYear> for Value {
    fn from(by_year: ByYear) -> Self {
        Self::ByYear(by_year)
    }
}
