//! One thing that is wrong with a scenario, at which key.

use crate::Currency;
use hashwatt_input::table::TableError;
use hashwatt_quantities::number::NotANumber;
use hashwatt_quantities::plausible::ImplausibleValue;
use std::fmt;

/// Where something is wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// The line of the file, from 1, where it is of a file.
    pub line: Option<usize>,
    /// The key, where one is known.
    pub key: String,
}

/// No longer key is shown whole.
const LONGEST_SHOWN: usize = 300;

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = self.key.char_indices().nth(LONGEST_SHOWN).map(|(at, _)| at);
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

/// What is wrong.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The file cannot be read.
    #[error("{0}")]
    Unreadable(String),
    /// The text is no TOML.
    #[error("{0}")]
    Syntax(String),
    /// There is no such key.
    #[error("unknown key{}", nearest.as_ref().map_or(String::new(), |key| format!("; the nearest is `{key}`")))]
    Unknown {
        /// The key that is most like it.
        nearest: Option<String>,
    },
    /// The key holds another kind of value.
    #[error("is {given}; give {wanted}")]
    Kind {
        /// What it is.
        given: String,
        /// What would do.
        wanted: String,
    },
    /// A number outside what is possible.
    #[error("is {}; give {} to {}{unit}", number(*given), number(*least), number(*most))]
    OutOfRange {
        /// What it is.
        given: f64,
        /// The least possible.
        least: f64,
        /// The greatest possible.
        most: f64,
        /// In what unit, after a blank.
        unit: String,
    },
    /// A number that cannot be what its key is.
    #[error(transparent)]
    Implausible(#[from] Box<ImplausibleValue>),
    /// A text with a separator of thousands or a decimal comma.
    #[error(transparent)]
    NotANumber(#[from] NotANumber),
    /// A range that does not hold its value.
    #[error("{value} lies outside its range {low} to {high}; give low <= value <= high")]
    OutsideRange {
        /// The value.
        value: f64,
        /// The 5 % point.
        low: f64,
        /// The 95 % point.
        high: f64,
    },
    /// A range of something that is never drawn.
    #[error("has a range, which no result follows; give its value alone")]
    UnusedRange,
    /// Half a source or half a range.
    #[error("{0}")]
    Half(&'static str),
    /// Two keys that mean the same thing.
    #[error("cannot be combined with {other}; give one of the two")]
    Conflict {
        /// The other key.
        other: String,
    },
    /// A key that must be there.
    #[error("is missing; {remedy}")]
    Missing {
        /// What to give.
        remedy: String,
    },
    /// A key that nothing in this scenario follows, since each site or lot has its own.
    #[error("has no place in this scenario, in which {why}; give {instead}")]
    NoPlace {
        /// What has its own value.
        why: &'static str,
        /// The key to give in its place.
        instead: String,
    },
    /// A price in local money, without a rate.
    #[error(
        "is in {currency}, and there is no exchange rate; give exchange_rate, such as \"{}\"",
        currency.example_rate()
    )]
    NoRate {
        /// The price's currency.
        currency: Currency,
    },
    /// A price in cents or the like.
    #[error("is {given}, in hundredths of a currency; write \"{amount} {}/{per}\"", currency.unwrap_or(Currency::USD))]
    Hundredths {
        /// What was given.
        given: String,
        /// The same in whole units of the currency.
        amount: String,
        /// The currency, where it is known.
        currency: Option<Currency>,
        /// What the price is paid for, such as `kWh`.
        per: &'static str,
    },
    /// A price in a third currency.
    #[error("is in {currency}; give it in {local} or USD")]
    ThirdCurrency {
        /// The price's currency.
        currency: Currency,
        /// The scenario's local currency.
        local: Currency,
    },
    /// A file whose prices are the price of energy, and that does not say of which money.
    #[error(
        "{file}: states no currency; name it in the header, such as `Price (EUR/MWh)`, or give tariff, which the prices then shape"
    )]
    NoCurrency {
        /// The file.
        file: String,
    },
    /// Modes of a machine's curve of which none, or more than one, is the normal one.
    #[error(
        "no mode is known to be the normal one: {} within 1 % of the machines' {rated} J/TH; say `normal = true` in one",
        if *several { "several are" } else { "none is" }
    )]
    NormalMode {
        /// Whether several have the machines' energy per hash.
        several: bool,
        /// The machines' energy per hash, J/TH.
        rated: String,
    },
    /// A name that nothing has.
    #[error("there is no {what} `{given}`; {known}")]
    NoSuch {
        /// What kind of thing.
        what: &'static str,
        /// The name.
        given: String,
        /// Those that there are.
        known: String,
    },
    /// Something that appears twice.
    #[error("`{0}` appears twice")]
    Twice(String),
    /// More entries than are read.
    #[error("appears {given} times; give at most {most}")]
    TooMany {
        /// How many there are.
        given: usize,
        /// The most.
        most: usize,
    },
    /// Lots that take more than their site has.
    #[error("lots take {mw} MW at one time, and {site} has {has} MW; give it more or a grid_mw")]
    TooMuchPower {
        /// What they take, MW.
        mw: f64,
        /// The site.
        site: String,
        /// What it has, MW.
        has: f64,
    },
    /// A file that cannot be used.
    #[error("{file}: {reason}")]
    File {
        /// The file.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A table that cannot be used.
    #[error("{0}")]
    Table(#[from] TableError),
    /// Anything else that a part of the model says.
    #[error("{0}")]
    Other(String),
}

/// A number without rows of zeros.
fn number(value: f64) -> String {
    match value.abs() {
        size if size != 0.0 && !(1e-6..1e15).contains(&size) => format!("{value:e}"),
        _ => value.to_string(),
    }
}

impl Problem {
    /// The same, with the scenario's local currency where it needs one.
    pub(super) fn in_currency(self, local: Option<Currency>) -> Self {
        match self {
            Self::Hundredths { given, amount, currency: None, per } => {
                Self::Hundredths { given, amount, currency: local, per }
            }
            other => other,
        }
    }

    /// At a key.
    pub(super) fn at(self, key: &str) -> Mistake {
        Mistake { place: Place { line: None, key: key.to_owned() }, problem: self }
    }

    /// At a key on a line.
    pub(super) fn on(self, line: Option<usize>, key: &str) -> Mistake {
        Mistake { place: Place { line, key: key.to_owned() }, problem: self }
    }
}

/// One thing that is wrong with a scenario, and where.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct Mistake {
    /// Where.
    pub place: Place,
    /// What.
    pub problem: Problem,
}

/// What reading gives.
pub(super) type Read<T> = Result<T, Mistake>;
