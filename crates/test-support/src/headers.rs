//! Block headers as hex text and as bytes.

/// The genesis block's header.
pub const GENESIS_HEX: &str = "0100000000000000000000000000000000000000000000000000000000000000\
    000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d\
    1dac2b7c";

/// [`GENESIS_HEX`] as bytes.
pub const GENESIS: [u8; 80] = decode(GENESIS_HEX);

/// The nonce of the genesis block.
pub const GENESIS_NONCE: u32 = 2_083_236_893;

/// The header of block 125552, whose nonce is 2,504,433,986.
pub const BLOCK_125552_HEX: &str = "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308\
    000000000000e320b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a\
    42a14695";

/// An arbitrary header that belongs to no block, for searches without a specific hit.
pub const ARBITRARY: [u8; 80] = [3; 80];

const fn decode(hex: &str) -> [u8; 80] {
    let hex = hex.as_bytes();
    assert!(hex.len() == 160, "a header has 80 bytes");
    let mut bytes = [0; 80];
    let mut at = 0;
    while at < 80 {
        bytes[at] = digit(hex[2 * at]) << 4 | digit(hex[2 * at + 1]);
        at += 1;
    }
    bytes
}

const fn digit(letter: u8) -> u8 {
    match letter {
        b'0'..=b'9' => letter - b'0',
        b'a'..=b'f' => letter - b'a' + 10,
        _ => panic!("not a lower-case hexadecimal digit"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn genesis_bytes_end_with_the_nonce() {
        assert_eq!(GENESIS[76..], GENESIS_NONCE.to_le_bytes());
        assert_eq!(GENESIS[..5], [1, 0, 0, 0, 0]);
        assert_eq!(decode(BLOCK_125552_HEX)[76..], 2_504_433_986u32.to_le_bytes());
    }
}
