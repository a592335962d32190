//! The shares of the pools compared with the hashrate of the machine.

use super::*;

#[test]
fn many_shares_decide_the_efficiency_and_few_only_check_it() {
    // 450 shares of difficulty 41,000: 450 * 41,000 * 2^48/65535 = 79,243.355... TH.
    let log = AsicLog::parse(PYASIC, "test.json").unwrap();
    let run = log.run(Scope::NodeWall, Some(41_000.0)).unwrap();
    let (efficiency, basis) = run.efficiency();
    assert_eq!((basis, run.scope), (HashBasis::Shares, Scope::NodeWall));
    let hashes: f64 = 450.0 * 41_000.0 * 281_474_976_710_656.0 / 65_535.0 / 1e12;
    assert!((hashes - 79_243.356).abs() < 1e-3);
    assert!(close(efficiency.value().as_j_per_th(), 2_131_500.0 / hashes));
    let work = run.shares.as_ref().unwrap().work.as_ref().unwrap();
    assert!(close(work.hashes.relative_uncertainty().unwrap(), 1.0 / 450f64.sqrt()));
    assert!(close(work.ratio_to_hashrate, hashes / 79_500.0));
    // The uncertainty of the power is not known, so neither is that of the quotient.
    assert_eq!(efficiency.as_uncertain().standard_uncertainty(), None);

    let few = AsicLog::parse(ASIC_RS, "test.json").unwrap().run(BOARD, Some(65_536.0)).unwrap();
    let (efficiency, basis) = few.efficiency();
    assert_eq!(basis, HashBasis::Hashrate);
    assert!(close(efficiency.value().as_j_per_th(), 17.5));
    let work = few.shares.unwrap().work.unwrap();
    assert!(close(work.hashes.relative_uncertainty().unwrap(), 1.0 / 83f64.sqrt()));
    assert_eq!(few.warnings, Vec::<String>::new());
}

#[test]
fn efficiency_is_based_on_shares_from_400_shares() {
    for (shares, expected) in [(399, HashBasis::Hashrate), (400, HashBasis::Shares)] {
        let text = edited(|snapshots| {
            for (snapshot, part) in snapshots.iter_mut().zip([0, 1, 2, 3, 4]) {
                let count = 5000 + shares * part / 4;
                snapshot["pools"][0]["pools"][0]["accepted_shares"] = count.into();
            }
        });
        let run = AsicLog::parse(&text, "t").unwrap().run(BOARD, Some(14_000.0)).unwrap();
        assert_eq!(run.efficiency().1, expected, "{shares}");
    }
}

#[test]
fn shares_that_contradict_the_hashrate_are_a_warning() {
    let log = AsicLog::parse(PYASIC, "test.json").unwrap();
    let run = log.run(BOARD, Some(82_000.0)).unwrap();
    assert!(run.warnings.iter().any(|warning| warning.contains("199.4 %")), "{:?}", run.warnings);
}

#[test]
fn uncountable_shares_are_an_error_only_with_a_share_difficulty() {
    let pool = "/pools/0/pools/0";
    let still = edited(|snapshots| {
        for snapshot in snapshots {
            snapshot["pools"][0]["pools"][0]["accepted_shares"] = json!(5000);
        }
    });
    for (text, why) in [
        (with(1, "/pools", json!([])), "snapshot 1 has no pools"),
        (with(5, "/pools", json!([])), "snapshot 5 has no pools"),
        (with(2, &format!("{pool}/accepted_shares"), Value::Null), "does not give them"),
        (with(3, &format!("{pool}/url/host"), json!("other.example")), "has different pools"),
        (still, "no share was accepted"),
    ] {
        let log = AsicLog::parse(&text, "t").unwrap();
        assert!(log.run(BOARD, None).is_ok(), "{why}");
        let Err(AsicError::NoShares { reason }) = log.run(BOARD, Some(1e5)) else {
            panic!("{why}")
        };
        assert!(reason.contains(why), "{reason}");
    }
}

#[test]
fn one_snapshot_without_pools_loses_no_shares() {
    let run = run_of(&with(3, "/pools", json!([]))).unwrap();
    assert_eq!(run.shares, run_of(ASIC_RS).unwrap().shares);
}
