//! Values that are nearly right: what was probably meant stands in the error.

use super::check::price_of;
use crate::params::Per;
use crate::scenario::error::Problem;
use crate::scenario::keys::{self, Shape};

/// Signs of currencies that are of one currency alone, or nearly so.
const SIGNS: [(char, &str); 4] = [('$', "USD"), ('€', "EUR"), ('£', "GBP"), ('₨', "PKR")];

/// A value of another kind than its key's; `text` is what it says, where it is a text.
pub(super) fn wrong_kind(shape: &Shape, given: String, text: Option<&str>) -> Problem {
    let wanted = keys::holds(shape);
    let meant = text.and_then(|text| match shape {
        Shape::Day => time_of(text).map(|date| Err(is_a_time(text, date))),
        Shape::Number(_) | Shape::Plain { .. } => number(text).map(Ok),
        Shape::Rate => rate(text).map(Ok),
        _ => None,
    });
    match meant {
        Some(Err(problem)) => problem,
        Some(Ok(meant)) => Problem::Kind { given, wanted: format!("{wanted}: {meant}") },
        None => Problem::Kind { given, wanted },
    }
}

/// A time where a date belongs.
pub(super) fn is_a_time(given: &str, date: Option<String>) -> Problem {
    let given: String = given.chars().take(60).collect();
    let date = date.unwrap_or_else(|| "such as 2026-10-01".to_owned());
    Problem::Other(format!("`{given}` is a time; write the date, {date}"))
}

/// The date of a text that is a time, where it has one.
fn time_of(text: &str) -> Option<Option<String>> {
    let text = text.trim();
    text.contains(':').then(|| {
        let begin = text.get(..10).and_then(|begin| begin.parse::<jiff::civil::Date>().ok());
        begin.map(|date| date.to_string())
    })
}

/// The number of a text that has quotes, a percent sign, a decimal comma or a unit too many.
fn number(text: &str) -> Option<String> {
    let text = minus(text.trim());
    if let Some(percent) = text.strip_suffix('%') {
        let percent: f64 = point(percent.trim()).parse().ok()?;
        return Some(format!("{} for {percent} %", percent / 100.0));
    }
    let begin = text.split(|c: char| c.is_whitespace() || c.is_alphabetic()).next()?;
    let number: f64 = point(begin).parse().ok()?;
    number.is_finite().then(|| format!("{number} without quotes"))
}

/// A price as this reader has it.
pub(super) fn price(text: &str, per: Per) -> Option<String> {
    let meant = spelt(text);
    price_of(&meant, per).map(|_| meant)
}

fn rate(text: &str) -> Option<String> {
    let meant = spelt(text);
    crate::currency::quotient(&meant).map(|_| format!("\"{meant}\""))
}

/// `NUMBER CURRENCY/UNIT` of what has a sign of a currency, a decimal comma, or the currency first.
fn spelt(text: &str) -> String {
    let mut text = minus(text.trim());
    for (sign, letters) in SIGNS {
        text = text.replace(sign, &format!(" {letters} "));
    }
    let (before, unit) = text.split_once('/').unwrap_or((&text, ""));
    let mut words: Vec<&str> = before.split_whitespace().collect();
    words.sort_by_key(|word| word.contains(char::is_alphabetic));
    let number_and_currency: Vec<String> = words.into_iter().map(point).collect();
    format!("{}/{}", number_and_currency.join(" "), unit.trim())
}

/// A decimal comma as a point; a comma before three digits may be one of thousands.
fn point(number: &str) -> String {
    match number.split_once(',') {
        Some((_, part)) if part.len() != 3 && part.bytes().all(|b| b.is_ascii_digit()) => {
            number.replacen(',', ".", 1)
        }
        _ => number.to_owned(),
    }
}

/// The minus of a typesetter as that of a keyboard.
fn minus(text: &str) -> String {
    text.replace(['\u{2212}', '\u{2013}'], "-")
}
