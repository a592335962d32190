//! Numbers as people type them, with errors that say what would do.

use hashwatt::number::{NotANumber, parse};

/// A finite number.
pub(super) fn finite(text: &str) -> Result<f64, String> {
    such_as(text, "a finite number, such as 2000 or 0.95")
}

/// A share of a whole; the scenario has its range.
pub(super) fn share(text: &str) -> Result<f64, String> {
    such_as(text, "a share of 1, such as 0.02 for 2 %")
}

/// A factor of at least 1; the scenario has its range.
pub(super) fn ratio(text: &str) -> Result<f64, String> {
    such_as(text, "a ratio, such as 1.1")
}

fn such_as(text: &str, example: &str) -> Result<f64, String> {
    parse(text).map_err(|error| match error {
        NotANumber::NoNumber => format!("give {example}"),
        asked => asked.to_string(),
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

/// A whole number in decimal or, after `0x`, in hexadecimal.
fn whole(text: &str) -> Option<u64> {
    match text.strip_prefix("0x").or(text.strip_prefix("0X")) {
        // from_str_radix takes a sign, which no count has.
        Some(digits) if digits.bytes().all(|digit| digit.is_ascii_hexdigit()) => {
            u64::from_str_radix(digits, 16).ok()
        }
        Some(_) => None,
        None if text.bytes().all(|digit| digit.is_ascii_digit()) => text.parse().ok(),
        None => None,
    }
}

/// What to give in place of a whole number that cannot be read: the same without its separators,
/// where it has such.
fn remedy(text: &str, otherwise: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let groups = text.split(['.', ',', '_', '\'', ' ']);
    let mut rest = groups.clone().skip(1).peekable();
    let first = groups.clone().next().unwrap_or_default().len();
    let of_three = |group: &str| group.len() == 3 && group.bytes().all(|c| c.is_ascii_digit());
    if (1..=3).contains(&first) && rest.peek().is_some() && rest.all(of_three) {
        return format!("`{text}` has a separator and is a whole number here; write {digits}");
    }
    otherwise.to_owned()
}

/// A nonce.
pub(super) fn nonce(text: &str) -> Result<u32, String> {
    whole(text)
        .and_then(|nonce| u32::try_from(nonce).ok())
        .ok_or_else(|| remedy(text, "give a whole number from 0 to 4294967295, decimal or 0x hex"))
}

/// How many nonces: up to all of them.
pub(super) fn count(text: &str) -> Result<u64, String> {
    whole(text).filter(|&count| count <= 1 << 32).ok_or_else(|| {
        remedy(text, "give a whole number from 0 to 4294967296 (2^32), decimal or 0x hex")
    })
}

/// 1, 2 or 4 versions of a header.
#[cfg(feature = "gpu")]
pub(super) fn versions(text: &str) -> Result<usize, String> {
    match text {
        "1" => Ok(1),
        "2" => Ok(2),
        "4" => Ok(4),
        _ => Err("give 1, 2 or 4".to_owned()),
    }
}

/// How many threads, paths or samples.
pub(super) fn several(text: &str) -> Result<usize, String> {
    whole(text)
        .and_then(|count| usize::try_from(count).ok())
        .filter(|&count| count > 0)
        .ok_or_else(|| remedy(text, "give a whole number above 0, of 64 bits at the most"))
}

/// Where random numbers begin.
pub(super) fn seed(text: &str) -> Result<u64, String> {
    whole(text)
        .ok_or_else(|| remedy(text, "give a whole number of at least 0, of 64 bits at the most"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_decimal_or_hexadecimal() {
        assert_eq!(nonce("0xFFFFFFFF"), Ok(u32::MAX));
        assert_eq!(count("0x100000000"), Ok(1 << 32));
        for bad in ["", "-1", "+1", "0x", "0x+1", "1e3", "2^33", "4294967297", "1 ", "0xg"] {
            assert!(count(bad).is_err(), "{bad}");
        }
        assert!(nonce("4294967296").is_err() && several("0").is_err());
        assert_eq!((several("7"), seed("0")), (Ok(7), Ok(0)));
        for bad in ["-1", "99999999999999999999", "1.5", ""] {
            assert!(several(bad).is_err() && seed(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn separators_of_thousands_are_asked_about() {
        for (given, remedy) in [
            ("65.000", "write 65000 or 65"),
            ("1,000", "write 1000 or 1"),
            ("65_000", "write 65000"),
        ] {
            let told = positive(given).unwrap_err();
            assert!(told.ends_with(remedy), "{told}");
        }
        assert!(whole_of("965.664").ends_with("write 965664"));
        assert!(whole_of("4,096").ends_with("write 4096"));
        assert!(!whole_of("1.5").contains("write"));
    }

    fn whole_of(text: &str) -> String {
        several(text).unwrap_err()
    }

    #[test]
    fn numbers_are_finite() {
        for bad in ["NaN", "inf", "-inf", "1e999", "", "two"] {
            assert!(finite(bad).is_err(), "{bad}");
        }
        assert!(positive("0").is_err() && not_negative("-0.1").is_err());
    }
}
