//! Value parsers for numbers in options, with errors that name a valid value.

use hashwatt::number::{NumberError, parse};

/// A finite number.
pub(super) fn finite(text: &str) -> Result<f64, String> {
    parse_number(text, "a finite number, such as 2000 or 0.95")
}

/// A fraction; the scenario checks its range.
pub(super) fn fraction(text: &str) -> Result<f64, String> {
    parse_number(text, "a fraction of 1, such as 0.02 for 2 %")
}

/// A factor of at least 1; the scenario checks its range.
pub(super) fn ratio(text: &str) -> Result<f64, String> {
    parse_number(text, "a ratio, such as 1.1")
}

fn parse_number(text: &str, example: &str) -> Result<f64, String> {
    parse(text).map_err(|error| match error {
        NumberError::Invalid => format!("give {example}"),
        other => other.to_string(),
    })
}

/// A finite number of at least 0.
pub(super) fn not_negative(text: &str) -> Result<f64, String> {
    match finite(text)? {
        number if number >= 0.0 => Ok(number),
        _ => Err("give a number of at least 0".to_owned()),
    }
}

/// A finite number above 0.
pub(super) fn positive(text: &str) -> Result<f64, String> {
    match finite(text)? {
        number if number > 0.0 => Ok(number),
        _ => Err("give a number above 0".to_owned()),
    }
}

/// A whole number in decimal or, with the prefix `0x`, in hexadecimal.
fn whole_number(text: &str) -> Option<u64> {
    match text.strip_prefix("0x").or(text.strip_prefix("0X")) {
        // from_str_radix would also accept a sign.
        Some(digits) if digits.bytes().all(|digit| digit.is_ascii_hexdigit()) => {
            u64::from_str_radix(digits, 16).ok()
        }
        Some(_) => None,
        None if text.bytes().all(|digit| digit.is_ascii_digit()) => text.parse().ok(),
        None => None,
    }
}

/// The remedy for an invalid whole number: the number without thousands separators if it has any, else
/// `otherwise`.
fn remedy(text: &str, otherwise: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let groups = text.split(['.', ',', '_', '\'', ' ']);
    let mut rest = groups.clone().skip(1).peekable();
    let first = groups.clone().next().unwrap_or_default().len();
    let has_three_digits =
        |group: &str| group.len() == 3 && group.bytes().all(|c| c.is_ascii_digit());
    if (1..=3).contains(&first) && rest.peek().is_some() && rest.all(has_three_digits) {
        return format!("`{text}` has a separator, but a whole number is expected; write {digits}");
    }
    otherwise.to_owned()
}

/// A nonce.
pub(super) fn nonce(text: &str) -> Result<u32, String> {
    whole_number(text)
        .and_then(|nonce| u32::try_from(nonce).ok())
        .ok_or_else(|| remedy(text, "give a whole number from 0 to 4294967295, decimal or 0x hex"))
}

/// A number of nonces, at most all of them.
pub(super) fn nonce_count(text: &str) -> Result<u64, String> {
    whole_number(text).filter(|&count| count <= 1 << 32).ok_or_else(|| {
        remedy(text, "give a whole number from 0 to 4294967296 (2^32), decimal or 0x hex")
    })
}

/// A number of header versions: 1, 2 or 4.
#[cfg(feature = "gpu")]
pub(super) fn versions(text: &str) -> Result<usize, String> {
    match text {
        "1" => Ok(1),
        "2" => Ok(2),
        "4" => Ok(4),
        _ => Err("give 1, 2 or 4".to_owned()),
    }
}

/// A number of threads, paths or samples, at least 1.
pub(super) fn positive_count(text: &str) -> Result<usize, String> {
    whole_number(text)
        .and_then(|count| usize::try_from(count).ok())
        .filter(|&count| count > 0)
        .ok_or_else(|| remedy(text, "give a whole number above 0 that fits in 64 bits"))
}

/// A seed of random numbers.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    whole_number(text)
        .ok_or_else(|| remedy(text, "give a whole number of at least 0 that fits in 64 bits"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_number_is_parsed_in_decimal_or_hexadecimal() {
        assert_eq!(nonce("0xFFFFFFFF"), Ok(u32::MAX));
        assert_eq!(nonce_count("0x100000000"), Ok(1 << 32));
        for bad in ["", "-1", "+1", "0x", "0x+1", "1e3", "2^33", "4294967297", "1 ", "0xg"] {
            assert!(nonce_count(bad).is_err(), "{bad}");
        }
        assert!(nonce("4294967296").is_err() && positive_count("0").is_err());
        assert_eq!((positive_count("7"), seed("0")), (Ok(7), Ok(0)));
        for bad in ["-1", "99999999999999999999", "1.5", ""] {
            assert!(positive_count(bad).is_err() && seed(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn number_with_thousands_separator_is_refused_with_remedy() {
        for (given, remedy) in [
            ("65.000", "write 65000 or 65"),
            ("1,000", "write 1000 or 1"),
            ("65_000", "write 65000"),
        ] {
            let message = positive(given).unwrap_err();
            assert!(message.ends_with(remedy), "{message}");
        }
        assert!(count_error("965.664").ends_with("write 965664"));
        assert!(count_error("4,096").ends_with("write 4096"));
        assert!(!count_error("1.5").contains("write"));
    }

    fn count_error(text: &str) -> String {
        positive_count(text).unwrap_err()
    }

    #[test]
    fn number_that_is_not_finite_is_refused() {
        for bad in ["NaN", "inf", "-inf", "1e999", "", "two"] {
            assert!(finite(bad).is_err(), "{bad}");
        }
        assert!(positive("0").is_err() && not_negative("-0.1").is_err());
    }
}
