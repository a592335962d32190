//! Numbers as people type them: what a thousands separator may have meant is asked about, never guessed.

/// Why a text is no number that can be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotANumber {
    /// It is none.
    #[error("is no number")]
    NoNumber,
    /// It can be read in two ways.
    #[error(
        "`{given}` can be {thousands} or {decimal}: `.` is the decimal point here and thousands have no separator; write {thousands} or {decimal}"
    )]
    Ambiguous {
        /// What was given.
        given: String,
        /// What it is if the separator divides thousands.
        thousands: String,
        /// What it is if it divides whole and parts.
        decimal: String,
    },
    /// It has separators of thousands, or a decimal comma.
    #[error(
        "`{given}` has a separator: `.` is the decimal point here and thousands have no separator; write {write}"
    )]
    Separators {
        /// What was given.
        given: String,
        /// The same number as it can be read.
        write: String,
    },
    /// It is a percentage.
    #[error("`{given}` is a percentage; write {write}")]
    Percent {
        /// What was given.
        given: String,
        /// The same as a share.
        write: String,
    },
}

/// A hundredth of a number in digits, exactly as it would be typed: `0.406` of `40.6`.
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

/// A finite number with `.` as its decimal point.
///
/// ```
/// use hashwatt_quantities::number::{NotANumber, parse};
///
/// assert_eq!(parse("0.125"), Ok(0.125));
/// assert!(matches!(parse("65.000"), Err(NotANumber::Ambiguous { .. })));
/// assert!(matches!(parse("1_000"), Err(NotANumber::Separators { .. })));
/// ```
///
/// # Errors
/// [`NotANumber`], with what to write. `65.000` is ambiguous, since nobody writes three zeros after
/// a decimal point by accident; `65.125` is not.
pub fn parse(text: &str) -> Result<f64, NotANumber> {
    if let Some(number) = text.trim().strip_suffix('%') {
        let number = number.trim_end();
        let digits = match parse(number) {
            Ok(_) => Some(number.to_owned()),
            Err(NotANumber::Separators { write, .. }) => Some(write),
            Err(_) => None,
        };
        let write = digits.and_then(|digits| hundredth(&digits)).ok_or(NotANumber::NoNumber)?;
        return Err(NotANumber::Percent { given: text.to_owned(), write });
    }
    let finite = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
    if let Some((thousands, decimal)) = two_ways(text, '.', |parts| parts == "000") {
        return Err(NotANumber::Ambiguous { given: text.to_owned(), thousands, decimal });
    }
    if let Some(number) = finite(text) {
        return Ok(number);
    }
    if let Some((thousands, decimal)) = two_ways(text, ',', |_| true) {
        return Err(NotANumber::Ambiguous { given: text.to_owned(), thousands, decimal });
    }
    match without_separators(text) {
        Some(write) if finite(&write).is_some() => {
            Err(NotANumber::Separators { given: text.to_owned(), write })
        }
        _ => Err(NotANumber::NoNumber),
    }
}

/// One separator before three digits that fit: as one of thousands, and as the decimal point.
fn two_ways(text: &str, separator: char, fit: fn(&str) -> bool) -> Option<(String, String)> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let (whole, parts) = digits.split_once(separator)?;
    let are_digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    let grouped = (1..=3).contains(&whole.len()) && !whole.starts_with('0') && parts.len() == 3;
    if !(grouped && are_digits(whole) && are_digits(parts) && fit(parts)) {
        return None;
    }
    let significant = parts.trim_end_matches('0');
    let point = if significant.is_empty() { "" } else { "." };
    Some((format!("{sign}{whole}{parts}"), format!("{sign}{whole}{point}{significant}")))
}

/// The same number without separators of thousands and with a decimal point. What comes last of
/// several kinds divides whole and parts; of one kind several divide thousands.
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
    let read = |c: char| match c {
        c if Some(c) == decimal => Some('.'),
        '.' | ',' => None,
        c => Some(c),
    };
    Some(kept.chars().filter_map(read).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_a_point_are_read_as_they_are() {
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
    fn percentages_are_told_as_shares_that_can_be_read() {
        for (text, share) in [
            ("95 %", 0.95),
            ("95%", 0.95),
            ("40.6%", 0.406),
            ("40,6 %", 0.406),
            ("0.7%", 0.007),
            ("-5 %", -0.05),
            ("100%", 1.0),
        ] {
            let Err(NotANumber::Percent { write, .. }) = parse(text) else { panic!("{text}") };
            assert_eq!((parse(&write), write.len() < 7), (Ok(share), true), "{text}: {write}");
        }
        for bad in ["%", "x %", "5 5 % %", "1e3 %"] {
            assert_eq!(parse(bad), Err(NotANumber::NoNumber), "{bad}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_asked_about() {
        for (text, first, second) in [
            ("65.000", "65000", "65"),
            ("-2.000", "-2000", "-2"),
            ("1,000", "1000", "1"),
            ("12,340", "12340", "12.34"),
        ] {
            let told = parse(text).unwrap_err();
            assert!(matches!(told, NotANumber::Ambiguous { .. }), "{text}: {told}");
            let asked = format!("`{text}` can be {first} or {second}");
            assert!(told.to_string().starts_with(&asked), "{told}");
        }
    }

    #[test]
    fn separators_are_refused_with_what_to_write() {
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
            let told = parse(text).unwrap_err();
            assert!(
                matches!(&told, NotANumber::Separators { write: found, .. } if found == write),
                "{text}: {told}"
            );
            assert!(parse(write).is_ok(), "{write}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_made_one() {
        for bad in ["", "NaN", "inf", "1e999", "two", "1.2.3,4,5", "12 MW", "--1", ",", "_", "0x10"]
        {
            assert_eq!(parse(bad), Err(NotANumber::NoNumber), "{bad}");
        }
    }
}
