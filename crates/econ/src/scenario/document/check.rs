//! Whether a value is what its key can hold.

use super::near;
use crate::Currency;
use crate::currency::{asked, quotient};
use crate::params::Per;
use crate::scenario::error::Problem;
use crate::scenario::keys::{self, PriceSpec, Shape};
use crate::scenario::value::{ByYear, Scalar, Sourced, Value};
use hashwatt_quantities::number::{self, NotANumber};
use jiff::civil::Date;

/// No list by year is longer.
const MAX_YEARS: usize = 100;

/// That a value is of its key's shape and possible.
pub(in crate::scenario) fn check(shape: &Shape, value: &Value) -> Result<(), Problem> {
    let kind = || {
        let is_number = matches!(shape, Shape::Number(_) | Shape::Plain { .. } | Shape::Rate);
        // What would be refused in its turn is no remedy.
        let helps = |asked: &NotANumber| match asked {
            NotANumber::Ambiguous { .. } => true,
            // A rate is written with its unit.
            _ if matches!(shape, Shape::Rate) => false,
            NotANumber::Percent { write, .. } | NotANumber::Separators { write, .. } => {
                near::is_possible(shape, write)
            }
            _ => true,
        };
        if let Some(asked) = separated(value).filter(|asked| is_number && helps(asked)) {
            return Problem::NotANumber(asked);
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
            Some(_) => Err(Problem::Half("is empty; give a text")),
            None => Err(kind()),
        },
        (Shape::Day, Value::Given(given)) => {
            // The parser takes the day of a time as well.
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

/// A number in a text, with separators that are to be asked about; alone, or before its unit.
fn separated(value: &Value) -> Option<NotANumber> {
    let Value::Given(given) = value else { return None };
    given.scalars().find_map(|scalar| match scalar {
        Scalar::Number(_) => None,
        Scalar::Text(text) => match number::parse(text.trim()) {
            Ok(_) | Err(NotANumber::NoNumber) => asked(text),
            Err(asked) => Some(asked),
        },
    })
}

/// A text without range or origin.
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

/// Value and range are possible; `None` where they are no numbers, or none that fits.
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

/// A price in its currency for the unit of its key.
pub(in crate::scenario) fn price(text: &str, per: Per) -> Result<(f64, Currency), Problem> {
    price_of(text, per).ok_or_else(|| {
        let asked = asked(text);
        if let Some(problem) = near::hundredths(text, per) {
            return problem;
        }
        let given = format!("`{}`", text.chars().take(60).collect::<String>());
        match (asked, near::price(text, per)) {
            // Only whoever wrote it knows which of two numbers it is.
            (Some(asked @ NotANumber::Ambiguous { .. }), _) => Problem::NotANumber(asked),
            (_, Some(meant)) => Problem::Kind { given, wanted: format!("\"{meant}\"") },
            (Some(asked), None) => Problem::NotANumber(asked),
            (None, None) => {
                let number = near::bare(text).unwrap_or_else(|| "5".to_owned());
                let wanted = format!(
                    "a number with its unit, such as \"{number} USD/{}\"",
                    keys::symbol(per)
                );
                Problem::Kind { given, wanted }
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
            return Err(Problem::Half("its range is in another currency than itself"));
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
            // The local currency is then a key of its own.
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
        within(number, 1e-6, 1e9, "units for one dollar")?;
        if currency == Some(Currency::USD) && number != 1.0 {
            return Err(Problem::Half("is a rate of the dollar to itself; give 1 USD/USD or none"));
        }
        if all.first().is_some_and(|(_, first)| *first != currency) {
            return Err(Problem::Half("its range is in another currency than itself"));
        }
        all.push((number, currency));
    }
    match all[..] {
        [(value, _), (low, _), (high, _)] => ordered(low, value, high),
        _ => Ok(()),
    }
}

fn by_year(given: &ByYear) -> Result<(), Problem> {
    if given.values.is_empty() || given.values.len() > MAX_YEARS {
        return Err(Problem::TooMany { given: given.values.len(), most: MAX_YEARS });
    }
    given.values.iter().try_for_each(|value| within(*value, 0.0, 1.0, ""))?;
    let Some((low, high)) = &given.range else { return Ok(()) };
    if low.len() != given.values.len() || high.len() != given.values.len() {
        return Err(Problem::Half("give low and high for each of the values, or neither"));
    }
    for ((low, value), high) in low.iter().zip(&given.values).zip(high) {
        [low, high].into_iter().try_for_each(|end| within(*end, 0.0, 1.0, ""))?;
        ordered(*low, *value, *high)?;
    }
    Ok(())
}
