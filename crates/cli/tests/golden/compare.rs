//! Compares an output with the recorded one: by bytes, or by tokens where the last bits of numbers may
//! differ.

/// Relative tolerance of two numbers.
const RELATIVE: f64 = 1e-9;
/// Absolute tolerance of two numbers.
const ABSOLUTE: f64 = 1e-12;

/// How exactly an output must equal the recorded one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exactness {
    /// All bytes are equal.
    Bytes,
    /// All words are equal; numbers may differ by rounding.
    Tokens,
}

impl Exactness {
    /// The exactness possible on this machine. The outputs were recorded on Linux with glibc on
    /// x86-64; other mathematical libraries, and glibc's own functions for processors without FMA,
    /// round differently.
    pub fn of_this_machine() -> Self {
        #[cfg(all(target_arch = "x86_64", target_os = "linux", target_env = "gnu"))]
        if std::arch::is_x86_feature_detected!("fma") {
            return Self::Bytes;
        }
        Self::Tokens
    }
}

/// The first line that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its number, from 1.
    pub line: usize,
    /// The recorded line; none where the recorded output ends before it.
    pub expected: Option<String>,
    /// The line of this run; none where the output ends before it.
    pub got: Option<String>,
}

/// The first difference between two outputs, if there is one.
pub fn first_difference(expected: &str, got: &str, exactness: Exactness) -> Option<Difference> {
    let (mut expected, mut got) = (expected.split('\n'), got.split('\n'));
    for line in 1.. {
        let (expected, got) = (expected.next(), got.next());
        let agree = match (expected, got) {
            (None, None) => return None,
            (Some(expected), Some(got)) => lines_agree(expected, got, exactness),
            _ => false,
        };
        if !agree {
            let (expected, got) = (expected.map(str::to_owned), got.map(str::to_owned));
            return Some(Difference { line, expected, got });
        }
    }
    None
}

fn lines_agree(expected: &str, got: &str, exactness: Exactness) -> bool {
    if expected == got || exactness == Exactness::Bytes {
        return expected == got;
    }
    let (expected, got) = (tokens(expected), tokens(got));
    expected.len() == got.len() && expected.iter().zip(&got).all(|(a, b)| tokens_agree(a, b))
}

fn tokens_agree(expected: &str, got: &str) -> bool {
    if expected == got {
        return true;
    }
    match (expected.parse::<f64>(), got.parse::<f64>()) {
        (Ok(a), Ok(b)) => {
            let difference = (a - b).abs();
            difference <= ABSOLUTE || difference <= RELATIVE * a.abs().max(b.abs())
        }
        _ => false,
    }
}

/// The numbers of a line and the texts in between.
fn tokens(line: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let (mut rest, mut text) = (line, 0);
    while text < rest.len() {
        match number_length(&rest.as_bytes()[text..]) {
            0 => text += 1,
            length => {
                tokens.extend([&rest[..text], &rest[text..text + length]]);
                rest = &rest[text + length..];
                text = 0;
            }
        }
    }
    tokens.push(rest);
    tokens
}

/// The length in bytes of the number at the start; 0 if there is none.
fn number_length(bytes: &[u8]) -> usize {
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let sign = usize::from(matches!(bytes.first(), Some(b'-' | b'+')));
    let whole = digits(sign);
    if whole == 0 {
        return 0;
    }
    let mut length = sign + whole;
    if bytes.get(length) == Some(&b'.') && digits(length + 1) > 0 {
        length += 1 + digits(length + 1);
    }
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(length + 1), Some(b'-' | b'+')));
        match digits(length + 1 + sign) {
            0 => {}
            exponent => length += 1 + sign + exponent,
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [Exactness; 2] = [Exactness::Bytes, Exactness::Tokens];
    const RECORDED: &str =
        "share 0.1034 of blocks\n  \"btc\": 53.291995000000004,\nas of 2026-09\n";

    #[test]
    fn comparer_changed_digit_is_a_difference() {
        for exactness in BOTH {
            let got = RECORDED.replace("53.291995", "53.291996");
            let found = first_difference(RECORDED, &got, exactness).unwrap();
            assert_eq!(found.line, 2, "{exactness:?}");
            assert_eq!(found.expected.as_deref(), Some("  \"btc\": 53.291995000000004,"));
            assert_eq!(found.got.as_deref(), Some("  \"btc\": 53.291996000000004,"));
            let got = RECORDED.replace("2026-09", "2026-10");
            assert_eq!(first_difference(RECORDED, &got, exactness).unwrap().line, 3);
        }
    }

    #[test]
    fn comparer_changed_word_is_a_difference() {
        for exactness in BOTH {
            for (from, to, line) in
                [("blocks", "block", 1), ("btc", "BTC", 2), ("share ", "share  ", 1)]
            {
                let got = RECORDED.replace(from, to);
                let found = first_difference(RECORDED, &got, exactness).unwrap();
                assert_eq!(found.line, line, "{exactness:?}, {from}");
            }
        }
    }

    #[test]
    fn comparer_missing_or_added_line_is_a_difference() {
        for exactness in BOTH {
            for got in [RECORDED.trim_end(), &format!("{RECORDED}more\n"), ""] {
                assert!(first_difference(RECORDED, got, exactness).is_some(), "{got:?}");
            }
            assert_eq!(first_difference(RECORDED, RECORDED, exactness), None);
        }
    }

    #[test]
    fn comparer_last_bit_of_number_is_a_difference_in_bytes_only() {
        for (from, to) in [("53.291995000000004", "53.29199500000001"), ("0.1034", "1.034e-1")] {
            let got = RECORDED.replace(from, to);
            assert!(first_difference(RECORDED, &got, Exactness::Bytes).is_some());
            assert_eq!(first_difference(RECORDED, &got, Exactness::Tokens), None);
        }
    }

    #[test]
    fn line_is_split_into_numbers_and_texts() {
        for (line, expected) in [
            ("a -1.5e-3, 7.", &["a ", "-1.5e-3", ", ", "7", "."][..]),
            ("1eV é 2", &["", "1", "eV é ", "2", ""]),
            ("none", &["none"]),
            ("", &[""]),
        ] {
            assert_eq!(tokens(line), expected, "{line}");
        }
    }
}
