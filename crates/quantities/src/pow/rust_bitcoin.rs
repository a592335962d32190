//! Conversions from and to the types of rust-bitcoin (crate `bitcoin`, 0.32), by the feature `bitcoin`.
//!
//! All are exact. A conversion that can fail (rust-bitcoin has a target of zero) is a `TryFrom`.

use super::{CompactTarget, Hash256, Header, PowError, Target, Work};
use crate::units::{Btc, Sats};
use ::bitcoin::block;
use ::bitcoin::hashes::Hash as _;

impl From<block::Header> for Header {
    fn from(header: block::Header) -> Self {
        Self {
            version: header.version.to_consensus(),
            prev_block: header.prev_blockhash.into(),
            merkle_root: Hash256::from_bytes(header.merkle_root.to_byte_array()),
            time: header.time,
            bits: header.bits.into(),
            nonce: header.nonce,
        }
    }
}

impl From<Header> for block::Header {
    fn from(header: Header) -> Self {
        Self {
            version: block::Version::from_consensus(header.version),
            prev_blockhash: header.prev_block.into(),
            merkle_root: ::bitcoin::TxMerkleNode::from_byte_array(header.merkle_root.to_bytes()),
            time: header.time,
            bits: header.bits.into(),
            nonce: header.nonce,
        }
    }
}

impl From<::bitcoin::BlockHash> for Hash256 {
    fn from(hash: ::bitcoin::BlockHash) -> Self {
        Self::from_bytes(hash.to_byte_array())
    }
}

impl From<Hash256> for ::bitcoin::BlockHash {
    fn from(hash: Hash256) -> Self {
        Self::from_byte_array(hash.to_bytes())
    }
}

impl From<::bitcoin::CompactTarget> for CompactTarget {
    fn from(bits: ::bitcoin::CompactTarget) -> Self {
        Self::from_bits(bits.to_consensus())
    }
}

impl From<CompactTarget> for ::bitcoin::CompactTarget {
    fn from(bits: CompactTarget) -> Self {
        Self::from_consensus(bits.to_bits())
    }
}

impl TryFrom<::bitcoin::Target> for Target {
    type Error = PowError;

    /// # Errors
    /// [`PowError::ZeroFullTarget`] for a target of zero.
    fn try_from(target: ::bitcoin::Target) -> Result<Self, PowError> {
        Self::from_be_bytes(target.to_be_bytes())
    }
}

impl From<Target> for ::bitcoin::Target {
    fn from(target: Target) -> Self {
        Self::from_be_bytes(target.to_be_bytes())
    }
}

impl From<::bitcoin::Work> for Work {
    fn from(work: ::bitcoin::Work) -> Self {
        Self::from_be_bytes(work.to_be_bytes())
    }
}

impl From<Work> for ::bitcoin::Work {
    fn from(work: Work) -> Self {
        Self::from_be_bytes(work.to_be_bytes())
    }
}

impl From<::bitcoin::Amount> for Sats {
    fn from(amount: ::bitcoin::Amount) -> Self {
        Self::from_sats(amount.to_sat())
    }
}

impl From<Sats> for ::bitcoin::Amount {
    fn from(sats: Sats) -> Self {
        Self::from_sat(sats.as_sats())
    }
}

impl From<::bitcoin::Amount> for Btc {
    fn from(amount: ::bitcoin::Amount) -> Self {
        Sats::from(amount).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::bitcoin::consensus::{deserialize, serialize};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn random_header_converted_has_the_same_bytes_and_hash(bytes in prop::collection::vec(any::<u8>(), 80)) {
            let bytes: [u8; 80] = bytes.try_into().unwrap();
            let ours = Header::from_bytes(&bytes);
            let theirs: block::Header = deserialize(&bytes).unwrap();
            prop_assert_eq!(Header::from(theirs), ours);
            prop_assert_eq!(serialize(&block::Header::from(ours)), bytes);
            prop_assert_eq!(Hash256::from(theirs.block_hash()), ours.hash());
        }

        #[test]
        fn random_target_converted_has_the_same_work_and_compact_form(bits in any::<u32>()) {
            let bits = CompactTarget::from_bits(bits);
            if let Ok(ours) = Target::from_compact(bits) {
                let theirs = ::bitcoin::Target::from_compact(bits.into());
                prop_assert_eq!(Target::try_from(theirs).unwrap(), ours);
                prop_assert_eq!(Work::from(theirs.to_work()), ours.work());
                prop_assert_eq!(::bitcoin::Work::from(ours.work()), theirs.to_work());
                prop_assert_eq!(CompactTarget::from(theirs.to_compact_lossy()), ours.to_compact());
            }
        }

        #[test]
        fn amount_converted_and_back_is_equal(sats in 0..=2_100_000_000_000_000u64) {
            let amount = ::bitcoin::Amount::from_sat(sats);
            prop_assert_eq!(::bitcoin::Amount::from(Sats::from(amount)), amount);
            prop_assert!((Btc::from(amount).as_btc() - amount.to_btc()).abs() < 1e-8);
        }
    }

    #[test]
    fn target_of_zero_is_refused() {
        assert_eq!(Target::try_from(::bitcoin::Target::ZERO), Err(PowError::ZeroFullTarget));
    }
}
