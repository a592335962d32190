//! Checks that a value is valid for its key.

use super::near;
use crate::Currency;
use crate::currency::{ambiguity, quotient};
use crate::params::Per;
use crate::scenario::error::Problem;
use crate::scenario::keys::{self, PriceSpec, Shape};
use crate::scenario::value::{ByYear, Scalar, Sourced, Value};
use hashwatt_quantities::number::{self, NumberError};
use jiff::civil::Date;

/// Longest list by year.
const MAX_YEARS: usize = 100;

/// Checks that a value has the kind of its key and is in the possible range.
pub(in crate::scenario) fn check(shape: &Shape, value: &Value) -> Result<(), Problem> {
    let kind = || {
        let is_number = matches!(shape, Shape::Number(_) | Shape::Plain { .. } | Shape::Rate);
        // A remedy that would be refused itself does not help.
        let helps = |error: &NumberError| match error {
            NumberError::Ambiguous { .. } => true,
            // A rate needs its unit.
            _ if matches!(shape, Shape::Rate) => false,
            NumberError::Percent { write, .. } | NumberError::Separators { write, .. } => {
                near::is_possible(shape, write)
            }
            _ => true,
        };
        if let Some(error) = separated(value).filter(|error| is_number && helps(error)) {
            return Problem::NumberError(error);
        }
        let text = match value {
            Value::Given(given) => text(given),
            _ => None,
        };
        near::wrong_kind(shape, value.kind(), text)
    };
    match (shape, value) {
        (Shape::Number(spec), Value::Given(given)) => {
            numbers(given, |_| Some(()), spec.least, spec.most, &spec.unit.to_string())
                .ok_or_else(kind)?
        }
        (Shape::Plain { least, most, unit, whole }, Value::Given(given)) => {
            let fits = |number: f64| (!whole || number.fract() == 0.0).then_some(());
            numbers(given, fits, *least, *most, unit).ok_or_else(kind)??;
            given.range.as_ref().map_or(Ok(()), |_| Err(Problem::UnusedRange))
        }
        (Shape::Price(spec), Value::Given(given)) => prices(spec, given),
        (Shape::Rate, Value::Given(given)) => rates(given, kind),
        (Shape::Text, Value::Given(given)) => match text(given) {
            Some(text) if !text.trim().is_empty() => Ok(()),
            Some(_) => Err(Problem::Invalid("is empty; give a text")),
            None => Err(kind()),
        },
        (Shape::Day, Value::Given(given)) => {
            // The parser accepts a date with a time as well.
            let is_day = |text: &&str| text.len() == "2026-10-01".len();
            let day = text(given).filter(is_day).and_then(|text| text.parse::<Date>().ok());
            day.map(|_| ()).ok_or_else(kind)
        }
        (Shape::Choice(names), Value::Given(given)) => {
            let known = text(given).is_some_and(|text| names.contains(&text));
            if known { Ok(()) } else { Err(kind()) }
        }
        (Shape::Flag, Value::Flag(_)) => Ok(()),
        (Shape::Months { least, most }, Value::Numbers(months)) => {
            let fits = months.len() == 12 && months.iter().all(|n| (*least..=*most).contains(n));
            if fits { Ok(()) } else { Err(kind()) }
        }
        (Shape::DayHours, Value::Numbers(hours)) => {
            let is_hour = |hour: &f64| hour.fract() == 0.0 && (0.0..24.0).contains(hour);
            let is_new = |(place, hour): (usize, &f64)| !hours[..place].contains(hour);
            let fits = (1..=24).contains(&hours.len()) && hours.iter().all(is_hour);
            let fits = fits && hours.iter().enumerate().all(is_new);
            if fits { Ok(()) } else { Err(kind()) }
        }
        (Shape::ByYear, Value::ByYear(given)) => by_year(given),
        _ => Err(kind()),
    }
}

/// The error of a number in a text with ambiguous separators; the number is alone or before its unit.
fn separated(value: &Value) -> Option<NumberError> {
    let Value::Given(given) = value else { return None };
    given.scalars().find_map(|scalar| match scalar {
        Scalar::Number(_) => None,
        Scalar::Text(text) => match number::parse(text.trim()) {
            Ok(_) | Err(NumberError::Invalid) => ambiguity(text),
            Err(error) => Some(error),
        },
    })
}

/// The text of a value without a range.
fn text(given: &Sourced) -> Option<&str> {
    match &given.value {
        Scalar::Text(text) if given.range.is_none() => Some(text),
        _ => None,
    }
}

fn within(given: f64, least: f64, most: f64, unit: &str) -> Result<(), Problem> {
    match (least..=most).contains(&given) {
        true => Ok(()),
        false => {
            let blank = if unit.is_empty() { "" } else { " " };
            Err(Problem::OutOfRange { given, least, most, unit: format!("{blank}{unit}") })
        }
    }
}

fn ordered(low: f64, value: f64, high: f64) -> Result<(), Problem> {
    match low <= value && value <= high {
        true => Ok(()),
        false => Err(Problem::OutsideRange { value, low, high }),
    }
}

/// Checks that value and range are possible; `None` if they are not numbers or do not fit.
fn numbers(
    given: &Sourced,
    fits: impl Fn(f64) -> Option<()>,
    least: f64,
    most: f64,
    unit: &str,
) -> Option<Result<(), Problem>> {
    let mut all = Vec::with_capacity(3);
    for scalar in given.scalars() {
        let Scalar::Number(number) = scalar else { return None };
        all.push(*number);
    }
    if let Some(wrong) = all.iter().find_map(|&number| within(number, least, most, unit).err()) {
        return Some(Err(wrong));
    }
    all.iter().try_for_each(|&number| fits(number))?;
    Some(match all[..] {
        [value, low, high] => ordered(low, value, high),
        _ => Ok(()),
    })
}

/// Parses a price in its currency, converted to the unit of its key.
pub(in crate::scenario) fn price(text: &str, per: Per) -> Result<(f64, Currency), Problem> {
    price_of(text, per).ok_or_else(|| {
        let number_error = ambiguity(text);
        if let Some(problem) = near::hundredths(text, per) {
            return problem;
        }
        let given = format!("`{}`", text.chars().take(60).collect::<String>());
        match (number_error, near::price(text, per)) {
            // Only the author knows which of two numbers is meant.
            (Some(error @ NumberError::Ambiguous { .. }), _) => Problem::NumberError(error),
            (_, Some(meant)) => Problem::WrongKind { given, wanted: format!("\"{meant}\"") },
            (Some(error), None) => Problem::NumberError(error),
            (None, None) => {
                let number = near::bare(text).unwrap_or_else(|| "5".to_owned());
                let wanted = format!(
                    "a number with its unit, such as \"{number} USD/{}\"",
                    keys::symbol(per)
                );
                Problem::WrongKind { given, wanted }
            }
        }
    })
}

pub(super) fn price_of(text: &str, per: Per) -> Option<(f64, Currency)> {
    let (number, currency, unit) = quotient(text)?;
    let price = match (per, unit.to_ascii_lowercase().as_str()) {
        (Per::Kwh, "kwh") | (Per::KwMonth, "kw-month") | (Per::MwMonth, "mw-month") => number,
        (Per::Kwh, "mwh") | (Per::KwMonth, "mw-month") => number / 1e3,
        (Per::MwMonth, "kw-month") => number * 1e3,
        _ => return None,
    };
    Some((price, currency.parse().ok()?))
}

fn prices(spec: &PriceSpec, given: &Sourced) -> Result<(), Problem> {
    let mut all = Vec::with_capacity(3);
    for scalar in given.scalars() {
        let (number, currency) = match scalar {
            Scalar::Text(text) => price(text, spec.per)?,
            Scalar::Number(number) => price(&number.to_string(), spec.per)?,
        };
        if all.first().is_some_and(|(_, first)| *first != currency) {
            return Err(Problem::Invalid("its value and its range are in different currencies"));
        }
        let unit = format!("{currency}/{}", keys::symbol(spec.per));
        within(number, spec.least, spec.most, &unit)?;
        all.push((number, currency));
    }
    match all[..] {
        [(value, _), (low, _), (high, _)] => ordered(low, value, high),
        _ => Ok(()),
    }
}

fn rates(given: &Sourced, kind: impl Fn() -> Problem) -> Result<(), Problem> {
    let mut all = Vec::with_capacity(3);
    for scalar in given.scalars() {
        let (number, currency) = match scalar {
            // The currency is then given by local_currency.
            Scalar::Number(number) => (*number, None),
            Scalar::Text(text) => {
                let (number, currency, dollar) = quotient(text).ok_or_else(&kind)?;
                if !dollar.eq_ignore_ascii_case("USD") {
                    return Err(kind());
                }
                let currency: Currency = currency.parse().map_err(|_| kind())?;
                (number, Some(currency))
            }
        };
        within(number, 1e-6, 1e9, "units per US dollar")?;
        if currency == Some(Currency::USD) && number != 1.0 {
            return Err(Problem::Invalid(
                "is a rate of the US dollar to itself; leave it out or give 1 USD/USD",
            ));
        }
        if all.first().is_some_and(|(_, first)| *first != currency) {
            return Err(Problem::Invalid("its value and its range are in different currencies"));
        }
        all.push((number, currency));
    }
    match all[..] {
        [(value, _), (low, _), (high, _)] => ordered(low, value, high),
        _ => Ok(()),
    }
}

fn by_year(given: &ByYear) -> Result<(), Problem> {
    if given.values.is_empty() {
        return Err(Problem::Invalid("has no values; give values = [..]"));
    }
    if given.values.len() > MAX_YEARS {
        return Err(Problem::TooMany { given: given.values.len(), most: MAX_YEARS });
    }
    given.values.iter().try_for_each(|value| within(*value, 0.0, 1.0, ""))?;
    let Some((low, high)) = &given.range else { return Ok(()) };
    if low.len() != given.values.len() || high.len() != given.values.len() {
        return Err(Problem::Invalid("give low and high for each of the values, or neither"));
    }
    for ((low, value), high) in low.iter().zip(&given.values).zip(high) {
        [low, high].into_iter().try_for_each(|end| within(*end, 0.0, 1.0, ""))?;
        ordered(*low, *value, *high)?;
    }
    Ok(())
}
