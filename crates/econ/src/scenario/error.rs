//! A single mistake in a scenario, with its key and line.

use crate::Currency;
use hashwatt_input::table::TableError;
use hashwatt_quantities::number::NumberError;
use hashwatt_quantities::plausible::ImplausibleValue;
use std::fmt;

/// The key and line of a mistake.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Location {
    /// The line of the file, counted from 1; `None` if the value does not come from a file.
    pub line: Option<usize>,
    /// The key; empty if none is known.
    pub key: String,
}

/// Longest key that is shown in full, characters.
const MAX_SHOWN_CHARS: usize = 300;

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = self.key.char_indices().nth(MAX_SHOWN_CHARS).map(|(at, _)| at);
        let (key, cut) = match end {
            Some(end) => (&self.key[..end], "…"),
            None => (self.key.as_str(), ""),
        };
        match (self.line, key.is_empty()) {
            (Some(line), true) => write!(f, "line {line}"),
            (Some(line), false) => write!(f, "line {line}, {key}{cut}"),
            (None, _) => write!(f, "{key}{cut}"),
        }
    }
}

/// The kind of a mistake.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The file cannot be read.
    #[error("{0}")]
    Unreadable(String),
    /// The text is not valid TOML.
    #[error("{0}")]
    Syntax(String),
    /// The key does not exist.
    #[error("unknown key{}", nearest.as_ref().map_or(String::new(), |key| format!("; did you mean `{key}`?")))]
    UnknownKey {
        /// The most similar key.
        nearest: Option<String>,
    },
    /// The value is of the wrong type for its key.
    #[error("is {given}; give {wanted}")]
    WrongKind {
        /// The given value.
        given: String,
        /// What the key expects.
        wanted: String,
    },
    /// The number is outside the possible range.
    #[error("is {}; give {} to {}{unit}", number(*given), number(*least), number(*most))]
    OutOfRange {
        /// The given number.
        given: f64,
        /// The smallest possible value.
        least: f64,
        /// The largest possible value.
        most: f64,
        /// The unit, with a leading blank.
        unit: String,
    },
    /// The number is implausible for its key.
    #[error(transparent)]
    Implausible(#[from] Box<ImplausibleValue>),
    /// The text is not a number, or has a thousands separator or a decimal comma.
    #[error(transparent)]
    NumberError(#[from] NumberError),
    /// The value is outside its own range.
    #[error("{value} is outside its range {low} to {high}; give low <= value <= high")]
    OutsideRange {
        /// The value.
        value: f64,
        /// The 5 % point.
        low: f64,
        /// The 95 % point.
        high: f64,
    },
    /// A range for a key that is never drawn at random.
    #[error("has a range, but this key cannot be uncertain; give a single value")]
    UnusedRange,
    /// Any other mistake with a fixed description, such as an incomplete range.
    #[error("{0}")]
    Invalid(&'static str),
    /// Two keys of which only one may be given.
    #[error("cannot be combined with {other}; give one of the two")]
    Conflict {
        /// The other key.
        other: String,
    },
    /// A required key is missing.
    #[error("is missing; {remedy}")]
    Missing {
        /// What to give.
        remedy: String,
    },
    /// A key that has no effect because each site or lot has its own value.
    #[error("does not apply here, because {why}; give {instead} instead")]
    NotApplicable {
        /// The reason, such as `every lot has its own`.
        why: &'static str,
        /// The key to give instead.
        instead: String,
    },
    /// A price in local currency without an exchange rate.
    #[error(
        "is in {currency}, but there is no exchange rate; give exchange_rate, such as \"{}\"",
        currency.example_rate()
    )]
    MissingExchangeRate {
        /// The currency of the price.
        currency: Currency,
    },
    /// A price in cents or another hundredth of a currency.
    #[error("is {given}, in hundredths of a currency; write \"{amount} {}/{per}\"", currency.unwrap_or(Currency::USD))]
    Hundredths {
        /// The given price.
        given: String,
        /// The price in whole units of the currency.
        amount: String,
        /// The currency, if it is known.
        currency: Option<Currency>,
        /// The unit of the price, such as `kWh`.
        per: &'static str,
    },
    /// A price that is neither in US dollars nor in the local currency.
    #[error("is in {currency}; give it in {local} or USD")]
    ThirdCurrency {
        /// The currency of the price.
        currency: Currency,
        /// The local currency of the scenario.
        local: Currency,
    },
    /// A file of energy prices without a currency.
    #[error(
        "{file}: no currency is stated; name it in the header, such as `Price (EUR/MWh)`, or give tariff, which then varies by hour like these prices"
    )]
    NoCurrency {
        /// The file.
        file: String,
    },
    /// The normal power mode cannot be determined: no mode, or more than one, matches the rating of the
    /// machines.
    #[error(
        "the normal mode is not known: {} within 1 % of the machines' {rated} J/TH; set `normal = true` in one mode",
        if *several { "several modes are" } else { "no mode is" }
    )]
    NormalMode {
        /// Whether several modes have the rated energy per hash.
        several: bool,
        /// The rated energy per hash of the machines, J/TH.
        rated: String,
    },
    /// A name that does not exist.
    #[error("there is no {what} `{given}`; {known}")]
    UnknownName {
        /// The kind of thing that is named, such as `site`.
        what: &'static str,
        /// The given name.
        given: String,
        /// The names that exist, or what to give.
        known: String,
    },
    /// A name that appears twice.
    #[error("`{0}` appears twice")]
    Duplicate(String),
    /// A list with too many entries.
    #[error("has {given} entries; give at most {most}")]
    TooMany {
        /// The number of entries.
        given: usize,
        /// The largest permitted number.
        most: usize,
    },
    /// Lots that need more power than their site has.
    #[error(
        "the lots need {mw} MW at the same time, but {site} has {has} MW; give it more power or a grid_mw"
    )]
    TooMuchPower {
        /// Power that the lots need, MW.
        mw: f64,
        /// The site.
        site: String,
        /// Power of the site, MW.
        has: f64,
    },
    /// A file that cannot be used.
    #[error("{file}: {reason}")]
    File {
        /// The file.
        file: String,
        /// Why it cannot be used.
        reason: String,
    },
    /// A table that cannot be used.
    #[error("{0}")]
    Table(#[from] TableError),
    /// Any other mistake, as a part of the model describes it.
    #[error("{0}")]
    Other(String),
}

/// A number in scientific notation if it is very large or very small.
fn number(value: f64) -> String {
    match value.abs() {
        size if size != 0.0 && !(1e-6..1e15).contains(&size) => format!("{value:e}"),
        _ => value.to_string(),
    }
}

impl Problem {
    /// Fills in the local currency of the scenario where the remedy needs one.
    pub(super) fn in_currency(self, local: Option<Currency>) -> Self {
        match self {
            Self::Hundredths { given, amount, currency: None, per } => {
                Self::Hundredths { given, amount, currency: local, per }
            }
            other => other,
        }
    }

    /// Makes a mistake at a key.
    pub(super) fn at(self, key: &str) -> Mistake {
        Mistake { location: Location { line: None, key: key.to_owned() }, problem: self }
    }

    /// Makes a mistake at a key on a line.
    pub(super) fn on(self, line: Option<usize>, key: &str) -> Mistake {
        Mistake { location: Location { line, key: key.to_owned() }, problem: self }
    }
}

/// A mistake in a scenario and its place.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{location}: {problem}")]
pub struct Mistake {
    /// Its key and line.
    pub location: Location,
    /// What is wrong.
    pub problem: Problem,
}

/// The result of reading a part of a scenario.
pub(super) type Read<T> = Result<T, Mistake>;
