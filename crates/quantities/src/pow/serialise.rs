//! How headers, hashes and targets are serialised: as the hexadecimal text that a node shows. A difficulty is a
//! number.

use super::{CompactTarget, Difficulty, Hash256, Header, PowError, Target, Work};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Implements serialisation as text.
macro_rules! as_text {
    ($( $name:ident: $show:expr; )+) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let show: fn(&Self) -> String = $show;
                serializer.serialize_str(&show(self))
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
    )+};
}

as_text! {
    CompactTarget: ToString::to_string;
    Hash256: ToString::to_string;
    Header: Header::to_hex;
    Target: ToString::to_string;
}

impl Serialize for Work {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(self.to_be_bytes()))
    }
}

impl<'de> Deserialize<'de> for Work {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        super::digits::bytes("work", &text).map(Self::from_be_bytes).map_err(D::Error::custom)
    }
}

impl Serialize for Difficulty {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.value())
    }
}

impl<'de> Deserialize<'de> for Difficulty {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let of = |value| -> Result<Self, PowError> { Self::new(value) };
        of(f64::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proof_of_work_values_written_and_read_again_are_equal() {
        fn again<T: Serialize + for<'de> Deserialize<'de> + PartialEq + std::fmt::Debug>(value: T) {
            let text = serde_json::to_string(&value).unwrap();
            assert_eq!(serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
        }
        let bits = CompactTarget::from_bits(0x1702_1a91);
        let target = Target::from_compact(bits).unwrap();
        let header = Header::from_bytes(&[7; 80]);
        again(bits);
        again(target);
        again(target.work());
        again(Difficulty::constant(127.45e12));
        again(header);
        again(header.hash());
        assert_eq!(serde_json::to_string(&bits).unwrap(), "\"17021a91\"");
    }

    #[test]
    fn target_of_zero_and_difficulty_of_zero_are_refused() {
        let zero = format!("\"{}\"", "0".repeat(64));
        assert!(serde_json::from_str::<Target>(&zero).is_err());
        assert!(serde_json::from_str::<Difficulty>("0").is_err());
    }
}
