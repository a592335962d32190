//! Values as users type them, such as after an option; the kind of value of a key determines how its text is
//! read.

use super::document::{check, current_name, current_value, pattern_of, toml_value};
use super::error::Problem;
use super::keys::{self, Shape};
use super::region;
use super::value::{Scalar, Sourced, Value};
use super::warning::Warning;
use super::{MAX_SCENARIO_BYTES, Scenario, ScenarioError};
use crate::Currency;
use crate::currency::quotient;
use hashwatt_quantities::number::{self, NumberError};
use std::io::Read;

/// The current name of a key; a key that has not been renamed since version 0.1 is returned unchanged.
///
/// ```
/// use hashwatt_econ::scenario::current_key;
///
/// assert_eq!(current_key("fx"), "exchange_rate");
/// assert_eq!(current_key("lot[1].j_per_th"), "lot[1].efficiency_j_per_th");
/// ```
pub fn current_key(key: &str) -> String {
    current_name(key).unwrap_or_else(|| key.to_owned())
}

/// Short names of keys, as options and arguments use them, each with its key.
pub const SHORT_NAMES: [(&str, &str); 21] = [
    ("mw", "power_mw"),
    ("j_per_th", "efficiency_j_per_th"),
    ("machine", "machine"),
    ("measured", "measured"),
    ("mining_share", "mining_share"),
    ("pue", "pue"),
    ("uptime", "uptime"),
    ("pool_fee", "pool_fee"),
    ("stale", "stale"),
    ("displacement", "displacement"),
    // Before the tariff, because an error of the tariff may name its currency.
    ("fx", "exchange_rate"),
    ("tariff", "tariff"),
    ("references", "region"),
    ("price_usd", "price_usd_per_btc"),
    ("price", "price_usd_per_btc"),
    ("fees_btc", "fees_btc_per_block"),
    ("height", "height"),
    ("network_eh", "network_hashrate_eh_per_s"),
    ("difficulty", "difficulty"),
    ("grid_g_per_kwh", "grid_average_g_per_kwh"),
    ("years", "project.years"),
];

/// The key for a short name, with `-` or `_` between words; any other name is returned unchanged.
///
/// ```
/// use hashwatt_econ::scenario::key_for_name;
///
/// assert_eq!((key_for_name("mw"), key_for_name("price-usd")), ("power_mw", "price_usd_per_btc"));
/// assert_eq!(key_for_name("lot[0].power_mw"), "lot[0].power_mw");
/// ```
pub fn key_for_name(name: &str) -> &str {
    let is_meant = |short: &str| {
        let same = |(a, b): (u8, u8)| a == b || (a == b'-' && b == b'_');
        name.len() == short.len() && name.bytes().zip(short.bytes()).all(same)
    };
    SHORT_NAMES.iter().find(|(short, _)| is_meant(short)).map_or(name, |(_, key)| key)
}

impl Scenario {
    /// Reads a scenario from a reader, such as standard input: UTF-8 text of at most 256 KiB. `name` is the
    /// origin of its values. As with [`Scenario::draft`], mistakes in single keys are reported by
    /// [`Scenario::resolve`].
    ///
    /// # Errors
    /// The text cannot be read, is longer than 256 KiB, is not UTF-8 or is not valid TOML.
    pub fn draft_from_reader(reader: impl Read, name: &str) -> Result<Self, ScenarioError> {
        let wrong = |message: String| Problem::Unreadable(message).at(name);
        let mut bytes = Vec::new();
        let read = reader.take(MAX_SCENARIO_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(|error| wrong(error.to_string()))?;
        if bytes.len() as u64 > MAX_SCENARIO_BYTES {
            return Err(wrong(format!("is longer than {} KiB", MAX_SCENARIO_BYTES >> 10)).into());
        }
        let text = String::from_utf8(bytes);
        let text = text.map_err(|_| wrong("is not UTF-8 text; give a scenario in TOML".into()))?;
        if text.contains('\0') {
            return Err(wrong("contains a NUL byte and is not a text file".into()).into());
        }
        Self::draft(&text, name)
    }

    /// Sets a key to a typed value: a number; `true` or `false`; TOML if it begins with `{`, `[` or a quote, so
    /// that a range and a source can be given; otherwise a text. A plain number for a price or the exchange
    /// rate takes the currency and unit of the current value of the key.
    ///
    /// ```
    /// use hashwatt_econ::scenario::Scenario;
    ///
    /// let mut scenario = Scenario::from_toml("power_mw = 100\ntariff = \"50 USD/MWh\"\n")?;
    /// scenario.set_typed("tariff", "60", "--set tariff")?;
    /// scenario.set_typed("uptime", "{ value = 0.9, low = 0.8, high = 0.95 }", "--set uptime")?;
    /// assert_eq!(scenario.get("tariff"), Some(&"60 USD/MWh".into()));
    /// # Ok::<(), hashwatt_econ::scenario::ScenarioError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Scenario::set`]; also for an ambiguous number, and for a price without currency and unit if the
    /// key has no current value.
    pub fn set_typed(&mut self, key: &str, text: &str, origin: &str) -> Result<(), ScenarioError> {
        let value = self.typed(key, text)?;
        let taken = match &value {
            Value::Given(Sourced { value: Scalar::Text(taken), .. }) => Some(taken.clone()),
            _ => None,
        };
        self.set_from(key, value, origin)?;
        // A plain number for a price: another unit may have been meant.
        if let Some(taken) = taken.filter(|_| text.trim().parse::<f64>().is_ok()) {
            let (key, given) = (current_key(key), text.trim().to_owned());
            self.document.warn(Warning::BareNumber { key, given, taken });
        }
        Ok(())
    }

    /// The value of a typed text for a key, in the currency and unit of its current value.
    ///
    /// # Errors
    /// As [`Scenario::set_typed`].
    pub fn typed(&self, key: &str, text: &str) -> Result<Value, ScenarioError> {
        let key = current_key(key);
        let wrong = |problem: Problem| problem.at(&key);
        let Some(shape) = keys::shape(&pattern_of(&key)) else {
            let nearest = keys::nearest(&pattern_of(&key));
            return Err(wrong(Problem::UnknownKey { nearest }).into());
        };
        let text = text.trim();
        let mut value = match text.chars().next() {
            None => return Err(wrong(Problem::Invalid("is empty; give a value")).into()),
            Some('{' | '[' | '"' | '\'') => toml_value(shape, text).map_err(wrong)?,
            _ => bare(shape, text).map_err(wrong)?,
        };
        if let Value::Given(given) = &mut value {
            self.complete(&key, shape, given).map_err(wrong)?;
        }
        current_value(&pattern_of(&key), &mut value);
        check(shape, &value).map_err(wrong)?;
        Ok(value)
    }

    /// Adds the unit of the current value to plain numbers of a price.
    fn complete(&self, key: &str, shape: &Shape, given: &mut Sourced) -> Result<(), Problem> {
        if !matches!(shape, Shape::Price(_) | Shape::Rate) {
            return Ok(());
        }
        let ends = given.range.iter_mut().flat_map(|(low, high)| [low, high]);
        for scalar in std::iter::once(&mut given.value).chain(ends) {
            let Scalar::Number(number) = scalar else { continue };
            match self.unit_of(key, shape) {
                Some(unit) => *scalar = Scalar::Text(format!("{number} {unit}")),
                // The currency of a rate may be given by another key.
                None if *shape == Shape::Rate && self.get("local_currency").is_some() => {}
                None => return Err(self.no_unit(*number, shape)),
            }
        }
        Ok(())
    }

    /// The currency and unit of the current value of a price or rate, such as `PKR/kWh`.
    fn unit_of(&self, key: &str, shape: &Shape) -> Option<String> {
        // A site without its own price uses that of the top level.
        let flat = pattern_of(key);
        let flat = flat.strip_prefix("site.").unwrap_or(&flat);
        let given = [key, flat].into_iter().find_map(|key| self.document.text(key));
        if let Some((_, currency, unit)) = given.and_then(quotient) {
            return Some(format!("{currency}/{unit}"));
        }
        let Shape::Price(price) = shape else { return None };
        let region = region::known(self.document.text("region")?).ok()?;
        let row = region.values.iter().find(|row| row.key == price.key)?;
        row.currency().map(|currency| format!("{currency}/{}", keys::symbol(price.per)))
    }

    /// The mistake of a price without unit, with a remedy.
    fn no_unit(&self, number: f64, shape: &Shape) -> Problem {
        let rate = self.document.text("exchange_rate").and_then(quotient);
        let rated = rate.and_then(|(_, currency, _)| currency.parse().ok());
        let named = || self.document.text("local_currency").and_then(|text| text.parse().ok());
        let local: Option<Currency> = rated.or_else(named);
        let wanted = match shape {
            Shape::Price(price) => {
                let currency = local.unwrap_or(Currency::USD);
                format!(
                    "it with its currency and unit: \"{number} {currency}/{}\"",
                    keys::symbol(price.per)
                )
            }
            _ => format!("it with its currencies, such as \"{number} PKR/USD\""),
        };
        Problem::WrongKind { given: number.to_string(), wanted }
    }
}

/// Reads a text without quotes or brackets.
fn bare(shape: &Shape, text: &str) -> Result<Value, Problem> {
    match shape {
        // Digits are a text where the key holds a text.
        Shape::Text | Shape::Day => Ok(text.into()),
        Shape::Flag | Shape::Choice(_) => Ok(match text {
            "true" => true.into(),
            "false" => false.into(),
            text => text.into(),
        }),
        Shape::Number(_) | Shape::Plain { .. } | Shape::Price(_) | Shape::Rate => {
            match number::parse(text) {
                Ok(number) => Ok(number.into()),
                Err(NumberError::Invalid) => Ok(text.into()),
                Err(error) => Err(Problem::NumberError(error)),
            }
        }
        Shape::Months { .. } | Shape::DayHours | Shape::ByYear => Ok(text.into()),
    }
}
