//! Proof of work, checked against the chain and against Bitcoin Core's test cases.

use hashwatt_quantities::pow::{CompactTarget, Hash256, Header, PowError, Target, retarget};
use num_bigint::BigUint;
use serde::de::DeserializeOwned;
use std::fs;
use std::path::Path;

fn vectors<Row: DeserializeOwned>(name: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors").join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    csv::Reader::from_reader(text.as_bytes()).into_deserialize().map(Result::unwrap).collect()
}

/// A value with as many decimals as the table has.
fn rounded_like(value: f64, like: &str) -> String {
    let decimals = like.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    format!("{value:.decimals$}")
}

#[test]
fn header_of_the_chain_hashes_to_its_block_hash() {
    let rows: Vec<(u32, String, String, String, String, String, String)> = vectors("headers.csv");
    assert_eq!(rows.len(), 200);
    for (height, _, header_hex, hash, bits, difficulty, source) in rows {
        let header: Header = header_hex.parse().unwrap();
        assert_eq!(header.hash(), hash.parse::<Hash256>().unwrap(), "{height}, {source}");
        assert_eq!(header.hash().to_string(), hash);
        assert_eq!(header.to_hex(), header_hex);
        assert_eq!(header.bits, bits.parse().unwrap());
        let target = Target::from_compact(header.bits).unwrap();
        assert!(target.is_met_by(&header.hash()), "{height}");
        assert_eq!(rounded_like(target.difficulty().value(), &difficulty), difficulty, "{height}");
    }
}

#[test]
fn difficulty_of_every_epoch_matches_its_bits() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../econ/src/data/epochs.csv");
    let mut rows = 0;
    for row in csv::Reader::from_path(path).unwrap().records() {
        let row = row.unwrap();
        let (epoch, first_height, bits, difficulty) = (&row[0], &row[1], &row[2], &row[3]);
        let number: u32 = epoch.parse().unwrap();
        assert_eq!(first_height.parse::<u32>().unwrap(), number * 2016);
        let bits: CompactTarget = bits.parse().unwrap();
        let target = Target::from_compact(bits).unwrap();
        assert_eq!(target.to_compact(), bits, "epoch {epoch}: bits are canonical");
        let found = target.difficulty().value();
        assert_eq!(rounded_like(found, difficulty), difficulty, "epoch {epoch}");
        // T1 / T in integers of 512 bits: 2^128 times the quotient, rounded down.
        let wide = |bytes: [u8; 32]| BigUint::from_bytes_be(&bytes);
        let easiest = Target::from_compact(CompactTarget::from_bits(0x1d00_ffff)).unwrap();
        let quotient: BigUint =
            (wide(easiest.to_be_bytes()) << 128u32) / wide(target.to_be_bytes());
        // The leading 64 bits have more digits than an f64.
        let shift = quotient.bits().saturating_sub(64);
        let leading = u64::try_from(&quotient >> shift).unwrap();
        let exact = leading as f64 * 2f64.powi(shift as i32 - 128);
        assert!((found / exact - 1.0).abs() <= 1e-15, "epoch {epoch}: {found} for {exact}");
        rows += 1;
    }
    assert_eq!(rows, 480);
}

#[test]
fn retarget_matches_bitcoin_core() {
    let rows: Vec<(String, String, u32, u32, String, String)> = vectors("retargets.csv");
    assert_eq!(rows.len(), 4);
    for (case, bits, first, last, next, _) in rows {
        let next: CompactTarget = next.parse().unwrap();
        let got = retarget(bits.parse().unwrap(), first, last, Target::MAINNET_LIMIT);
        assert_eq!(got, Ok(next), "{case}");
    }
}

#[test]
fn retarget_from_an_invalid_target_is_refused() {
    let bits = CompactTarget::from_bits(0x01fe_dcba);
    let got = retarget(bits, 0, 1, Target::MAINNET_LIMIT);
    assert_eq!(got, Err(PowError::NegativeTarget(bits)));
}

#[test]
fn compact_bits_decode_as_in_consensus() {
    let rows: Vec<(String, String, String, String, String)> = vectors("compact_bits.csv");
    assert_eq!(rows.len(), 27);
    for (text, expected, target, canonical, _) in rows {
        let bits: CompactTarget = text.parse().unwrap();
        let decoded = Target::from_compact(bits);
        match expected.as_str() {
            "zero" => assert_eq!(decoded, Err(PowError::ZeroTarget(bits)), "{text}"),
            "negative" => assert_eq!(decoded, Err(PowError::NegativeTarget(bits)), "{text}"),
            "overflow" => assert_eq!(decoded, Err(PowError::TargetOverflow(bits)), "{text}"),
            "ok" => {
                let decoded = decoded.unwrap();
                assert_eq!(decoded.to_string(), format!("{target:0>64}"), "{text}");
                assert_eq!(decoded.to_compact().to_string(), canonical, "{text}");
            }
            other => panic!("{text}: unknown result `{other}`"),
        }
    }
}

#[test]
fn text_that_is_not_compact_bits_is_refused_with_the_reason() {
    assert!(matches!("1d00fff".parse::<CompactTarget>(), Err(PowError::HexLength { .. })));
    assert!(matches!("1d00fffg".parse::<CompactTarget>(), Err(PowError::HexDigit { .. })));
    assert_eq!("0x1d00ffff".parse(), Ok(CompactTarget::from_bits(0x1d00_ffff)));
}
