//! A value as a scenario gives it: bare, or with its date, source and range.

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

/// Where a value comes from, as its author says.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Claim {
    /// Nothing is said.
    #[default]
    None,
    /// It was published.
    Published {
        /// The date that it holds for.
        as_of: AsOf,
        /// Where.
        source: String,
    },
    /// It was taken for want of a published one.
    Assumed {
        /// Why.
        basis: String,
    },
}

impl Claim {
    /// The origin of a value of which this is said; `by` names whoever gave it, such as an option.
    pub(super) fn provenance(&self, by: String) -> Provenance {
        match self {
            Self::None => Provenance::UserReported { by },
            Self::Published { as_of, source } => Provenance::published(*as_of, source.clone()),
            Self::Assumed { basis } => Provenance::Assumed { basis: basis.clone() },
        }
    }
}

/// A value with what is said of it. In a file `0.95`, `"22.98 PKR/kWh"`, or a table:
/// `{ value = 0.95, low = 0.85, high = 0.98, assumed = "a site that is seldom curtailed" }`,
/// `{ value = 905, as_of = "2026-08-21", source = "mean of 30 days" }`.
#[derive(Clone, Debug, PartialEq)]
pub struct Sourced {
    /// The value.
    pub value: Scalar,
    /// What 5 % lie below, and what 5 % lie above.
    pub range: Option<(Scalar, Scalar)>,
    /// Where it comes from.
    pub claim: Claim,
}

impl Sourced {
    /// A bare value.
    pub fn new(value: impl Into<Scalar>) -> Self {
        Self { value: value.into(), range: None, claim: Claim::None }
    }

    /// With its 5 % and 95 % points.
    #[must_use]
    pub fn between(self, low: impl Into<Scalar>, high: impl Into<Scalar>) -> Self {
        Self { range: Some((low.into(), high.into())), ..self }
    }

    /// With its date and source.
    #[must_use]
    pub fn published(self, as_of: AsOf, source: impl Into<String>) -> Self {
        Self { claim: Claim::Published { as_of, source: source.into() }, ..self }
    }

    /// With the reason for taking it.
    #[must_use]
    pub fn assumed(self, basis: impl Into<String>) -> Self {
        Self { claim: Claim::Assumed { basis: basis.into() }, ..self }
    }

    /// Value and range.
    pub(super) fn scalars(&self) -> impl Iterator<Item = &Scalar> {
        let ends = self.range.as_ref().map(|(low, high)| [low, high]);
        std::iter::once(&self.value).chain(ends.into_iter().flatten())
    }
}

/// Parts by year, from the first on; the last holds on.
#[derive(Clone, Debug, PartialEq)]
pub struct ByYear {
    /// Parts of 0 to 1.
    pub values: Vec<f64>,
    /// Their 5 % and 95 % points, one each.
    pub range: Option<(Vec<f64>, Vec<f64>)>,
    /// Where they come from.
    pub claim: Claim,
}

/// What a key of a scenario can hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number or a text.
    Given(Sourced),
    /// Yes or no.
    Flag(bool),
    /// Numbers, such as one for each month.
    Numbers(Vec<f64>),
    /// Parts by year.
    ByYear(ByYear),
}

impl Value {
    /// The value for a reader, without what is said of it; of a list its length.
    pub fn shown(&self) -> String {
        match self {
            Self::Given(Sourced { value: Scalar::Text(text), .. }) => text.clone(),
            other => other.kind(),
        }
    }

    /// What it is, for an error.
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
