//! The retarget: one step of the model is one epoch of 2016 blocks.

use crate::pow::{
    CompactTarget, Difficulty, PowError, RETARGET_INTERVAL, TARGET_TIMESPAN, Target, next_halving,
    subsidy,
};
use crate::units::{Btc, Hashes, Hashrate, Seconds};

/// The difficulty after an epoch with this mean hashrate, as in the consensus rules: the expected time of 2015
/// intervals, clamped to a quarter and four times two weeks, and the target truncated to its compact form.
///
/// # Errors
/// [`PowError`] unless the hashrate is positive and finite.
pub fn retarget_step(bits: CompactTarget, hashrate: Hashrate) -> Result<CompactTarget, PowError> {
    let target = Target::from_compact(bits)?;
    let expected = target.difficulty().expected_hashes();
    let span = expected / hashrate * f64::from(RETARGET_INTERVAL - 1);
    // The network must have a valid steady difficulty.
    Difficulty::steady_at(hashrate)?;
    // Clamp before the conversion; header timestamps are in whole seconds.
    let max = TARGET_TIMESPAN.as_seconds() * 4.0;
    let seconds = span.as_seconds().round().clamp(0.0, max) as u32;
    crate::pow::retarget(bits, 0, seconds, Target::MAINNET_LIMIT)
}

/// Like [`retarget_step`] for the inner loop: difficulty as a number, not truncated.
pub(crate) fn next_difficulty(difficulty: f64, hashrate: f64) -> f64 {
    let span = expected_hashes(difficulty) / hashrate * f64::from(RETARGET_INTERVAL - 1);
    let ratio = TARGET_TIMESPAN.as_seconds() / span;
    // The minimum difficulty is 1.
    (difficulty * ratio.clamp(0.25, 4.0)).max(1.0)
}

/// Expected hashes per block, D 2^48 / 65535.
pub(crate) fn expected_hashes(difficulty: f64) -> f64 {
    difficulty * (2f64.powi(48) / 65_535.0)
}

/// The network's hashrate with the project's `own` hashrate, of which the share `displacement` displaces others, at
/// most all of them: N + x - min(d x, N) (equation M2), all in one unit.
pub fn network_with(others: f64, own: f64, displacement: f64) -> f64 {
    // The remaining others first: rounding must not make the sum less than `own`.
    own + (others - (displacement * own).min(others))
}

/// The share of blocks, x / (N + x - min(d x, N)): from the first day on, never above 1 (equation M5).
pub fn share(others: f64, own: f64, displacement: f64) -> f64 {
    let network = network_with(others, own, displacement);
    if network > 0.0 { own / network } else { 0.0 }
}

/// The expected time of a number of blocks.
pub fn expected_time(difficulty: Difficulty, hashrate: Hashrate, blocks: u32) -> Seconds {
    let hashes: Hashes = difficulty.expected_hashes() * f64::from(blocks);
    hashes / hashrate
}

/// Mean subsidy in BTC of the blocks from `height` to the next retarget, and their number. A halving takes effect at
/// its block.
pub(crate) fn subsidy_until_retarget(height: u32) -> (f64, u32) {
    let blocks = RETARGET_INTERVAL - height % RETARGET_INTERVAL;
    let subsidy_at = |height| Btc::from(subsidy(height)).as_btc();
    match next_halving(height).and_then(|at| at.checked_sub(height)) {
        Some(before) if before < blocks => {
            let part = f64::from(before) / f64::from(blocks);
            let later = subsidy_at(height.saturating_add(before));
            (subsidy_at(height) * part + later * (1.0 - part), blocks)
        }
        _ => (subsidy_at(height), blocks),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pow::steady_block_interval;
    use rand_distr::{Distribution, Exp1};
    use rand_pcg::Pcg64;

    #[test]
    fn difficulty_without_noise_converges_to_closed_form() {
        for (start, eh) in [(127e12, 905.0), (127e12, 90.0), (1.0, 0.001), (1e15, 1.0)] {
            let hashrate = Hashrate::from_eh_s(eh);
            let mut difficulty = start;
            for _ in 0..60 {
                difficulty = next_difficulty(difficulty, hashrate.as_h_s());
            }
            let closed = Difficulty::steady_at(hashrate).unwrap().value();
            assert!((difficulty / closed - 1.0).abs() <= 1e-6, "{difficulty} for {closed}");
            // The steady block interval is 600.298 s.
            let interval = expected_hashes(difficulty) / hashrate.as_h_s();
            assert!((interval / steady_block_interval().as_seconds() - 1.0).abs() <= 1e-6);
        }
    }

    #[test]
    fn exact_and_inner_loop_retargets_agree_to_compact_precision() {
        let mut bits: CompactTarget = "1702355e".parse().unwrap();
        for eh in [905.0, 1_100.0, 500.0, 100.0, 2_000.0, 905.0] {
            let difficulty = Target::from_compact(bits).unwrap().difficulty().value();
            let hashrate = Hashrate::from_eh_s(eh);
            bits = retarget_step(bits, hashrate).unwrap();
            let exact = Target::from_compact(bits).unwrap().difficulty().value();
            let number = next_difficulty(difficulty, hashrate.as_h_s());
            // The compact form keeps at least 15 bits, timestamps whole seconds.
            assert!((exact / number - 1.0).abs() < 4e-5, "{eh}: {exact} for {number}");
        }
    }

    #[test]
    fn retarget_steps_are_clamped_and_invalid_hashrates_refused() {
        let bits: CompactTarget = "1702355e".parse().unwrap();
        let difficulty = |bits| Target::from_compact(bits).unwrap().difficulty().value();
        let slow = retarget_step(bits, Hashrate::from_eh_s(1e-9)).unwrap();
        assert!((difficulty(slow) / difficulty(bits) - 0.25).abs() < 1e-4);
        let fast = retarget_step(bits, Hashrate::from_eh_s(1e9)).unwrap();
        assert!((difficulty(fast) / difficulty(bits) - 4.0).abs() < 1e-3);
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(retarget_step(bits, Hashrate::from_eh_s(bad)).is_err(), "{bad}");
        }
        // The easiest difficulty stays.
        let easiest = CompactTarget::from_bits(0x1d00_ffff);
        assert_eq!(retarget_step(easiest, Hashrate::from_h_s(1.0)), Ok(easiest));
        assert_eq!(next_difficulty(1.0, 1e-9), 1.0);
    }

    #[test]
    fn halving_within_an_epoch_takes_effect_at_its_block() {
        let (whole, blocks) = subsidy_until_retarget(965_664);
        assert_eq!((whole, blocks), (3.125, 2016));
        // Height 1,050,000 is 1,680 blocks into its epoch.
        let first = 1_050_000 / 2016 * 2016;
        let part = f64::from(1_050_000 - first) / 2016.0;
        let (mean, _) = subsidy_until_retarget(first);
        assert!((mean - (3.125 * part + 1.5625 * (1.0 - part))).abs() < 1e-12);
        assert_eq!(subsidy_until_retarget(1_050_000).0, 1.5625);
        assert_eq!(subsidy_until_retarget(6_930_000).0, 0.0);
        assert_eq!(subsidy_until_retarget(u32::MAX).0, 0.0);
    }

    /// Block by block with random times: the mean interval is 1209600/2014 s, not 600. The figure in
    /// benches/RESULTS.md is with `HASHWATT_FULL=1`.
    #[test]
    fn random_blocks_have_mean_interval_600_596_s() {
        let full = std::env::var_os("HASHWATT_FULL").is_some();
        let epochs = if full { 100_000 } else { 4_000 };
        let mut random = Pcg64::new(7, 11);
        let hashrate = 1e15f64;
        let mut difficulty = Difficulty::steady_at(Hashrate::from_h_s(hashrate)).unwrap().value();
        let mut means = Vec::with_capacity(epochs);
        for _ in 0..epochs {
            let interval = expected_hashes(difficulty) / hashrate;
            let mut span = 0.0;
            for block in 0..RETARGET_INTERVAL {
                let wait: f64 = Exp1.sample(&mut random);
                // The span is from the first block to the last; the one before it is outside.
                if block > 0 {
                    span += wait;
                }
            }
            let first: f64 = Exp1.sample(&mut random);
            means.push((span + first) * interval / f64::from(RETARGET_INTERVAL));
            let ratio = TARGET_TIMESPAN.as_seconds() / (span * interval);
            difficulty *= ratio.clamp(0.25, 4.0);
        }
        let n = means.len() as f64;
        let mean = means.iter().sum::<f64>() / n;
        let squares: f64 = means.iter().map(|m| (m - mean).powi(2)).sum();
        let error = (squares / (n - 1.0) / n).sqrt();
        println!(
            "{epochs} epochs: {mean:.4} s a block (standard error {error:.4}), 600.596 expected"
        );
        assert!((mean - 1_209_600.0 / 2_014.0).abs() < 3.0 * error, "{mean} +- {error}");
    }
}
