//! Limits for the evaluation of a log.

/// The maximum time between two snapshots over which power and hashrate are interpolated linearly,
/// in seconds.
pub const MAX_GAP_S: u32 = 600;

/// The number of accepted shares from which the efficiency is based on shares: they give the work
/// with a relative standard uncertainty of 5 %.
pub const MIN_SHARES: u64 = 400;

/// The minimum and maximum ratio of the hashrate to the expected hashrate without a warning; the
/// minimum also applies to the number of chips. A miner's own average varies by a few percent; with
/// one missing board a machine with three boards is at 0.67, one with four boards at 0.75.
pub const TYPICAL_HASHRATE_RATIO: [f64; 2] = [0.9, 1.15];

/// The time after which unchanged power, hashrate and shares are taken for stale, in seconds.
pub const STALE_AFTER_S: f64 = 120.0;
