//! Consensus arithmetic that depends on height and time: subsidy and retarget.

use super::PowError;
use super::target::{CompactTarget, Target};
use crate::units::{Sats, Seconds};
use ruint::Uint;

/// Blocks between two halvings of the subsidy.
pub const HALVING_INTERVAL: u32 = 210_000;
/// Blocks between two retargets.
pub const RETARGET_INTERVAL: u32 = 2016;
/// Target time between blocks.
pub const TARGET_SPACING: Seconds = Seconds::from_seconds(600.0);
/// Target duration of a retarget period: two weeks.
pub const TARGET_TIMESPAN: Seconds = Seconds::from_seconds(TIMESPAN_S as f64);

const TIMESPAN_S: i64 = 1_209_600;
const INITIAL_SUBSIDY_SATS: u64 = 5_000_000_000;

/// The subsidy of the block at `height`, without fees (Bitcoin Core `GetBlockSubsidy`).
pub fn subsidy(height: u32) -> Sats {
    let halvings = height / HALVING_INTERVAL;
    // A shift by 64 or more is undefined in C; consensus defines it as zero.
    Sats::from_sats(INITIAL_SUBSIDY_SATS.checked_shr(halvings).unwrap_or(0))
}

/// The height of the next halving after `height`; `None` once the subsidy is zero.
pub fn next_halving(height: u32) -> Option<u32> {
    if subsidy(height) == Sats::default() {
        return None;
    }
    (height / HALVING_INTERVAL + 1).checked_mul(HALVING_INTERVAL)
}

/// The mean time between blocks in a steady state without noise, 600 * 2016/2015 = 600.298 s: the
/// retarget divides the span of 2015 intervals by the length of 2016.
pub fn steady_block_interval() -> Seconds {
    let blocks = f64::from(RETARGET_INTERVAL);
    TARGET_SPACING * (blocks / (blocks - 1.0))
}

/// The compact target of the next period (Bitcoin Core `CalculateNextWorkRequired`): the old
/// target times the span from the period's first block to its last, 2015 intervals, clamped to
/// a quarter and four times two weeks, at most `limit`, rounded down to compact form.
///
/// # Errors
/// If `previous` does not encode a target.
pub fn retarget(
    previous: CompactTarget,
    first_block_time: u32,
    last_block_time: u32,
    limit: Target,
) -> Result<CompactTarget, PowError> {
    let span = i64::from(last_block_time) - i64::from(first_block_time);
    let span = span.clamp(TIMESPAN_S / 4, TIMESPAN_S * 4).unsigned_abs();
    // 256 bits times 23 bits: the product of any target fits into 320 bits.
    let wide: Uint<320, 5> = Uint::from(Target::from_compact(previous)?.to_uint());
    let next = wide * Uint::from(span) / Uint::from(TIMESPAN_S.unsigned_abs());
    let limit: Uint<320, 5> = Uint::from(limit.to_uint());
    Ok(Target::from_uint(Uint::from(next.min(limit))).to_compact())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subsidy_halves_33_times_and_then_is_zero() {
        assert_eq!(subsidy(0).as_sats(), 5_000_000_000);
        assert_eq!(subsidy(209_999).as_sats(), 5_000_000_000);
        assert_eq!(subsidy(840_000).as_sats(), 312_500_000);
        assert_eq!(subsidy(1_049_999).as_sats(), 312_500_000);
        assert_eq!(subsidy(1_050_000).as_sats(), 156_250_000);
        assert_eq!(subsidy(32 * HALVING_INTERVAL).as_sats(), 1);
        assert_eq!(subsidy(33 * HALVING_INTERVAL).as_sats(), 0);
        for height in [64 * HALVING_INTERVAL, 65 * HALVING_INTERVAL, u32::MAX] {
            assert_eq!(subsidy(height).as_sats(), 0, "height {height}");
        }
        // The sum over all blocks is the known cap, 20,999,999.9769 BTC.
        let total: u64 = (0..64)
            .map(|i| subsidy(i * HALVING_INTERVAL).as_sats() * u64::from(HALVING_INTERVAL))
            .sum();
        assert_eq!(total, 2_099_999_997_690_000);
    }

    #[test]
    fn next_halving_is_above_the_height() {
        assert_eq!(next_halving(0), Some(210_000));
        assert_eq!(next_halving(965_664), Some(1_050_000));
        assert_eq!(next_halving(1_050_000), Some(1_260_000));
        assert_eq!(next_halving(33 * HALVING_INTERVAL), None);
        assert_eq!(next_halving(u32::MAX), None);
    }

    #[test]
    fn steady_block_interval_follows_from_2015_intervals() {
        assert!((steady_block_interval().as_seconds() - 600.297_766_749_379_7).abs() < 1e-9);
    }

    #[test]
    fn retarget_of_the_easiest_target_does_not_overflow() {
        let easiest = CompactTarget::from_bits(0x2100ffff);
        let limit = Target::from_compact(easiest).unwrap();
        assert_eq!(retarget(easiest, 0, u32::MAX, limit), Ok(easiest));
    }
}
