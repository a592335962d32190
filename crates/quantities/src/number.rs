//! Parsing of numbers that users type. An ambiguous thousands separator is refused, never guessed.

/// Why a text is not an acceptable number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NumberError {
    /// The text is not a number.
    #[error("is not a number")]
    Invalid,
    /// It can be read in two ways.
    #[error(
        "`{given}` can be {thousands} or {decimal}: the decimal point is `.`, and there is no thousands separator; write {thousands} or {decimal}"
    )]
    Ambiguous {
        /// The given text.
        given: String,
        /// The number if the separator groups thousands.
        thousands: String,
        /// The number if the separator is the decimal separator.
        decimal: String,
    },
    /// It has thousands separators, or a decimal comma.
    #[error(
        "`{given}` has a separator: the decimal point is `.`, and there is no thousands separator; write {write}"
    )]
    Separators {
        /// The given text.
        given: String,
        /// The number in the accepted form.
        write: String,
    },
    /// It is a percentage.
    #[error("`{given}` is a percentage; write {write}")]
    Percent {
        /// The given text.
        given: String,
        /// The percentage as a fraction.
        write: String,
    },
}

/// A hundredth of a decimal number, as exact decimal digits: `0.406` for `40.6`.
///
/// ```
/// assert_eq!(hashwatt_quantities::number::hundredth("40.6").as_deref(), Some("0.406"));
/// assert_eq!(hashwatt_quantities::number::hundredth("forty"), None);
/// ```
pub fn hundredth(digits: &str) -> Option<String> {
    let is_plain = |text: &str| text.bytes().all(|c| c.is_ascii_digit() || b"+-.".contains(&c));
    // Not divided: 0.7 over 100 is 0.006999999999999999.
    let number: f64 = format!("{digits}e-2").parse().ok().filter(|_| is_plain(digits))?;
    Some(number.to_string())
}

/// Parses a finite number with `.` as its decimal point.
///
/// ```
/// use hashwatt_quantities::number::{NumberError, parse};
///
/// assert_eq!(parse("0.125"), Ok(0.125));
/// assert!(matches!(parse("65.000"), Err(NumberError::Ambiguous { .. })));
/// assert!(matches!(parse("1_000"), Err(NumberError::Separators { .. })));
/// ```
///
/// # Errors
/// [`NumberError`], with the number to write instead. `65.000` is ambiguous, because three zeros after a decimal
/// point are probably a thousands group; `65.125` is not.
pub fn parse(text: &str) -> Result<f64, NumberError> {
    if let Some(number) = text.trim().strip_suffix('%') {
        let number = number.trim_end();
        let digits = match parse(number) {
            Ok(_) => Some(number.to_owned()),
            Err(NumberError::Separators { write, .. }) => Some(write),
            Err(_) => None,
        };
        let write = digits.and_then(|digits| hundredth(&digits)).ok_or(NumberError::Invalid)?;
        return Err(NumberError::Percent { given: text.to_owned(), write });
    }
    let finite = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    if let Some((thousands, decimal)) = two_readings(text, '.', |fraction| fraction == "000") {
        return Err(NumberError::Ambiguous { given: text.to_owned(), thousands, decimal });
    }
    if let Some(number) = finite(text) {
        return Ok(number);
    }
    if let Some((thousands, decimal)) = two_readings(text, ',', |_| true) {
        return Err(NumberError::Ambiguous { given: text.to_owned(), thousands, decimal });
    }
    match without_separators(text) {
        Some(write) if finite(&write).is_some() => {
            Err(NumberError::Separators { given: text.to_owned(), write })
        }
        _ => Err(NumberError::Invalid),
    }
}

/// The two readings of a number with one separator before three digits that match: as a thousands separator, and as
/// the decimal separator.
fn two_readings(
    text: &str,
    separator: char,
    matches: fn(&str) -> bool,
) -> Option<(String, String)> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let (whole, fraction) = digits.split_once(separator)?;
    let are_digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    let grouped = (1..=3).contains(&whole.len()) && !whole.starts_with('0') && fraction.len() == 3;
    if !(grouped && are_digits(whole) && are_digits(fraction) && matches(fraction)) {
        return None;
    }
    let significant = fraction.trim_end_matches('0');
    let point = if significant.is_empty() { "" } else { "." };
    Some((format!("{sign}{whole}{fraction}"), format!("{sign}{whole}{point}{significant}")))
}

/// The number without thousands separators and with a decimal point. If both `.` and `,` occur, the last one is the
/// decimal separator; if only one of them occurs several times, it separates thousands.
fn without_separators(text: &str) -> Option<String> {
    let kept: String = text
        .chars()
        .filter(|c| !matches!(c, '_' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}'))
        .collect();
    let count = |separator: char| kept.matches(separator).count();
    let decimal = match (count('.'), count(',')) {
        (0 | 1, 0) => Some('.'),
        (0, 1) => Some(','),
        (0, _) | (_, 0) => None,
        _ => kept.rfind(['.', ',']).and_then(|at| kept[at..].chars().next()),
    };
    if decimal.is_some_and(|point| count(point) > 1) {
        return None;
    }
    let converted = |c: char| match c {
        c if Some(c) == decimal => Some('.'),
        '.' | ',' => None,
        c => Some(c),
    };
    Some(kept.chars().filter_map(converted).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_with_a_decimal_point_is_parsed_as_written() {
        for (text, number) in [
            ("65000", 65_000.0),
            ("65.125", 65.125),
            ("-0.5", -0.5),
            ("0.023", 0.023),
            ("0.000", 0.0),
            ("1234.000", 1234.0),
            ("2.00", 2.0),
            ("1e3", 1_000.0),
        ] {
            assert_eq!(parse(text), Ok(number), "{text}");
        }
    }

    #[test]
    fn percentage_is_refused_with_the_fraction_to_write() {
        for (text, fraction) in [
            ("95 %", 0.95),
            ("95%", 0.95),
            ("40.6%", 0.406),
            ("40,6 %", 0.406),
            ("0.7%", 0.007),
            ("-5 %", -0.05),
            ("100%", 1.0),
        ] {
            let Err(NumberError::Percent { write, .. }) = parse(text) else { panic!("{text}") };
            assert_eq!((parse(&write), write.len() < 7), (Ok(fraction), true), "{text}: {write}");
        }
        for bad in ["%", "x %", "5 5 % %", "1e3 %"] {
            assert_eq!(parse(bad), Err(NumberError::Invalid), "{bad}");
        }
    }

    #[test]
    fn ambiguous_number_is_refused_with_both_readings() {
        for (text, first, second) in [
            ("65.000", "65000", "65"),
            ("-2.000", "-2000", "-2"),
            ("1,000", "1000", "1"),
            ("12,340", "12340", "12.34"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(matches!(error, NumberError::Ambiguous { .. }), "{text}: {error}");
            let readings = format!("`{text}` can be {first} or {second}");
            assert!(error.to_string().starts_with(&readings), "{error}");
        }
    }

    #[test]
    fn number_with_separators_is_refused_with_the_number_to_write() {
        for (text, write) in [
            ("65_000", "65000"),
            ("65'000.5", "65000.5"),
            ("1 000", "1000"),
            ("1\u{202f}000", "1000"),
            ("0,06", "0.06"),
            ("1.234.567", "1234567"),
            ("1,234,567.8", "1234567.8"),
            ("1.234,5", "1234.5"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(
                matches!(&error, NumberError::Separators { write: found, .. } if found == write),
                "{text}: {error}"
            );
            assert!(parse(write).is_ok(), "{write}");
        }
    }

    #[test]
    fn text_that_is_not_a_number_is_refused() {
        for bad in ["", "NaN", "inf", "1e999", "two", "1.2.3,4,5", "12 MW", "--1", ",", "_", "0x10"]
        {
            assert_eq!(parse(bad), Err(NumberError::Invalid), "{bad}");
        }
    }
}
