//! Hexadecimal text as people have it: `0x` before it, blanks and line ends in it, either case.

use super::PowError;

/// The digits of a text.
///
/// # Errors
/// [`PowError::HexDigit`] for what is neither a digit nor a blank.
pub(super) fn of(field: &'static str, text: &str) -> Result<String, PowError> {
    let bare = text.trim_start();
    let bare = bare.strip_prefix("0x").or_else(|| bare.strip_prefix("0X")).unwrap_or(bare);
    // Places are counted in the text as it was given.
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
    let digits = of(field, text)?;
    let mut bytes = [0; N];
    // All are digits, so that only their number can be wrong.
    hex::decode_to_slice(&digits, &mut bytes).map_err(|_| PowError::HexLength {
        field,
        expected: 2 * N,
        found: digits.len(),
    })?;
    Ok(bytes)
}

/// What a text is that is no header, where its length tells.
pub(super) fn of_another_length(found: usize) -> &'static str {
    match found {
        64 => "; 64 are a hash: a node gives the header of a block by getblockheader HASH false",
        152 => "; 152 are a header without its nonce: add 00000000",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefix_blanks_line_ends_and_case_do_not_matter() {
        for text in ["1d00ffff", "0x1d00ffff", "0X1D00FFFF", " 1d00 ffff\r\n", "\t0x1d\n00\nffff"] {
            assert_eq!(bytes::<4>("bits", text), Ok([0x1d, 0, 0xff, 0xff]), "{text:?}");
        }
    }

    #[test]
    fn wrong_text_is_named_with_its_place_or_its_number_of_digits() {
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
