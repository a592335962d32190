//! Parsing of hexadecimal text, with an optional prefix `0x`, whitespace and either letter case.

use super::PowError;

/// The hexadecimal digits of a text.
///
/// # Errors
/// [`PowError::HexDigit`] for a character that is neither a digit nor whitespace.
pub(super) fn parse(field: &'static str, text: &str) -> Result<String, PowError> {
    let bare = text.trim_start();
    let bare = bare.strip_prefix("0x").or_else(|| bare.strip_prefix("0X")).unwrap_or(bare);
    // Positions are counted in the original text.
    let before = text.chars().count() - bare.chars().count();
    let mut digits = String::with_capacity(bare.len());
    for (at, found) in bare.chars().enumerate().filter(|(_, c)| !c.is_whitespace()) {
        if !found.is_ascii_hexdigit() {
            return Err(PowError::HexDigit { field, position: before + at + 1, found });
        }
        digits.push(found);
    }
    Ok(digits)
}

/// Exactly `N` bytes from hexadecimal text.
pub(super) fn bytes<const N: usize>(field: &'static str, text: &str) -> Result<[u8; N], PowError> {
    let digits = parse(field, text)?;
    let mut bytes = [0; N];
    // All characters are digits, so only their number can be wrong.
    hex::decode_to_slice(&digits, &mut bytes).map_err(|_| PowError::HexLength {
        field,
        expected: 2 * N,
        found: digits.len(),
    })?;
    Ok(bytes)
}

/// A hint for a text whose length shows what it is instead of a header.
pub(super) fn length_hint(found: usize) -> &'static str {
    match found {
        64 => {
            "; 64 digits are a hash: a node returns the header of a block for getblockheader HASH false"
        }
        152 => "; 152 digits are a header without its nonce: add 00000000",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_text_with_prefix_whitespace_or_upper_case_is_parsed() {
        for text in ["1d00ffff", "0x1d00ffff", "0X1D00FFFF", " 1d00 ffff\r\n", "\t0x1d\n00\nffff"] {
            assert_eq!(bytes::<4>("bits", text), Ok([0x1d, 0, 0xff, 0xff]), "{text:?}");
        }
    }

    #[test]
    fn invalid_digit_or_length_is_refused_with_position_or_count() {
        for (text, position, found) in
            [("1d00fffg", 8, 'g'), ("0x 1d\u{e9}0", 6, '\u{e9}'), ("1d 0x00", 5, 'x')]
        {
            let expected = PowError::HexDigit { field: "bits", position, found };
            assert_eq!(bytes::<4>("bits", text), Err(expected), "{text}");
        }
        for (text, found) in [("", 0), ("0x", 0), ("1d 00f", 5), ("1d00ffff00", 10)] {
            let expected = PowError::HexLength { field: "bits", expected: 8, found };
            assert_eq!(bytes::<4>("bits", text), Err(expected), "{text}");
        }
    }
}
