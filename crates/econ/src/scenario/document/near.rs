//! Suggestions for values that are nearly right: the error names what was probably meant.

use super::check::price_of;
use crate::Currency;
use crate::params::Per;
use crate::scenario::error::Problem;
use crate::scenario::keys::{self, Shape};
use hashwatt_quantities::number::hundredth;

/// Currency signs that denote one currency, at least in most cases.
const SIGNS: [(char, &str); 4] = [('$', "USD"), ('€', "EUR"), ('£', "GBP"), ('₨', "PKR")];

/// The mistake of a value of the wrong kind; `text` is the value if it is a text.
pub(super) fn wrong_kind(shape: &Shape, given: String, text: Option<&str>) -> Problem {
    let wanted = keys::holds(shape);
    if let Some(text) = text {
        let meant = match shape {
            Shape::Day => match time_of(text) {
                Some(date) => return is_a_time(text, date),
                None => None,
            },
            Shape::Number(_) | Shape::Plain { .. } => match number(text, &unit_of(shape)) {
                Some(number) if is_possible(shape, &number) => {
                    Some(format!("{number} without quotes"))
                }
                Some(_) => possible(shape),
                // A number in another unit.
                None if text.trim_start().starts_with(|c: char| c.is_ascii_digit()) => {
                    possible(shape)
                }
                None => None,
            },
            Shape::Rate => rate(text),
            _ => None,
        };
        if let Some(meant) = meant {
            return Problem::WrongKind { given, wanted: format!("{wanted}: {meant}") };
        }
    }
    Problem::WrongKind { given, wanted }
}

/// The unit of a numeric key.
fn unit_of(shape: &Shape) -> String {
    match shape {
        Shape::Number(spec) => spec.unit.to_string(),
        Shape::Plain { unit, .. } => (*unit).to_owned(),
        _ => String::new(),
    }
}

/// Whether a number is in the possible range of a key.
pub(super) fn is_possible(shape: &Shape, number: &str) -> bool {
    let Some((least, most)) = range(shape) else { return true };
    number.parse().is_ok_and(|number: f64| (least..=most).contains(&number))
}

/// The possible range of a key, in words.
fn possible(shape: &Shape) -> Option<String> {
    range(shape).map(|(least, most)| format!("{least} to {most}"))
}

fn range(shape: &Shape) -> Option<(f64, f64)> {
    match shape {
        Shape::Number(spec) => Some((spec.least, spec.most)),
        Shape::Plain { least, most, .. } => Some((*least, *most)),
        _ => None,
    }
}

/// The mistake of a time where a date is expected.
pub(super) fn is_a_time(given: &str, date: Option<String>) -> Problem {
    let given: String = given.chars().take(60).collect();
    let date = date.unwrap_or_else(|| "such as 2026-10-01".to_owned());
    Problem::Other(format!("`{given}` is a time; write only the date, {date}"))
}

/// For a text that is a time, its date if it has one.
fn time_of(text: &str) -> Option<Option<String>> {
    let text = text.trim();
    text.contains(':').then(|| {
        let begin = text.get(..10).and_then(|begin| begin.parse::<jiff::civil::Date>().ok());
        begin.map(|date| date.to_string())
    })
}

/// The number in a text with superfluous quotes, a percent sign, a decimal comma or a superfluous unit.
fn number(text: &str, unit: &str) -> Option<String> {
    let text = minus(text.trim());
    let digits = point(text.trim_end_matches('%').trim());
    if let Some(share) = text.strip_suffix('%').and_then(|_| hundredth(&digits)) {
        return Some(share);
    }
    let begin = text.split(|c: char| c.is_whitespace() || c.is_alphabetic()).next()?;
    // A number in another unit would be a different number.
    let named = text[begin.len()..].trim();
    if !(named.is_empty() || named.eq_ignore_ascii_case(unit)) {
        return None;
    }
    let number: f64 = point(begin).parse().ok()?;
    number.is_finite().then(|| number.to_string())
}

/// The number in a text, which may have a decimal comma, if it is plausible as a price in dollars.
pub(super) fn bare(text: &str) -> Option<String> {
    let number: f64 = point(&minus(text.trim())).parse().ok()?;
    (0.0..=1.0).contains(&number).then(|| number.to_string())
}

/// Words for a hundredth of a currency, with the currency if it is known.
const HUNDREDTHS: [(&str, Option<&str>); 14] = [
    ("c", None),
    ("ct", None),
    ("cts", None),
    ("cent", None),
    ("cents", None),
    ("\u{a2}", None),
    ("usc", Some("USD")),
    ("uscent", Some("USD")),
    ("uscents", Some("USD")),
    ("eurocent", Some("EUR")),
    ("eurocents", Some("EUR")),
    ("p", Some("GBP")),
    ("pence", Some("GBP")),
    ("paisa", Some("PKR")),
];

/// The mistake of a price in cents, with what to write instead.
pub(super) fn hundredths(text: &str, per: Per) -> Option<Problem> {
    let signed = |text: String| {
        SIGNS.iter().fold(text, |text, (sign, code)| text.replace(*sign, &format!(" {code} ")))
    };
    let plain = signed(minus(text.trim()).to_lowercase().replace(" per ", "/"));
    let (money, unit) = plain.split_once('/')?;
    let unit = unit.trim();
    // The number may be joined to its unit.
    let end = money.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (before, after) = money.split_at(end);
    let begin = before.find(|c: char| c.is_ascii_digit() || c == '-')?;
    let (front, digits) = before.split_at(begin);
    let mut currency: Option<Currency> = None;
    let mut is_hundredth = false;
    for word in front.split_whitespace().chain(after.split_whitespace()) {
        match HUNDREDTHS.iter().find(|(known, _)| *known == word) {
            Some((_, of)) => {
                is_hundredth = true;
                currency = currency.or(of.and_then(|code| code.parse().ok()));
            }
            // `5 US cents`.
            None if word == "us" => currency = Some(Currency::USD),
            None if word == "euro" => currency = "EUR".parse().ok(),
            None => currency = Some(word.parse().ok()?),
        }
    }
    let amount = hundredth(&point(digits.trim()))?;
    // Keep the given unit if the key accepts it.
    let symbol = keys::symbols(per).into_iter().find(|known| known.eq_ignore_ascii_case(unit))?;
    let given = format!("`{}`", text.chars().take(60).collect::<String>());
    is_hundredth.then_some(Problem::Hundredths { given, amount, currency, per: symbol })
}

/// A corrected price, if the text is nearly one.
pub(super) fn price(text: &str, per: Per) -> Option<String> {
    let meant = normalised_quotient(text);
    price_of(&meant, per).map(|_| meant)
}

fn rate(text: &str) -> Option<String> {
    let meant = normalised_quotient(text);
    crate::currency::quotient(&meant).map(|_| format!("\"{meant}\""))
}

/// Rewrites a text with a currency sign, a decimal comma or a leading currency as `NUMBER CURRENCY/UNIT`.
fn normalised_quotient(text: &str) -> String {
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

/// Replaces a decimal comma by a point; a comma before three digits may be a thousands separator and stays.
fn point(number: &str) -> String {
    match number.split_once(',') {
        Some((_, part)) if part.len() != 3 && part.bytes().all(|b| b.is_ascii_digit()) => {
            number.replacen(',', ".", 1)
        }
        _ => number.to_owned(),
    }
}

/// Replaces typographic minus signs and dashes by a hyphen-minus.
fn minus(text: &str) -> String {
    text.replace(['\u{2212}', '\u{2013}'], "-")
}
