//! What a window may be and what counts in it.

/// The longest time between two snapshots over which power and hashrate are taken to be straight
/// lines, in seconds.
pub const MAX_GAP_S: u32 = 600;

/// From so many accepted shares on they count the work to 5 %, and stand for it.
pub const MIN_SHARES: u64 = 400;

/// Least and greatest of hashrate, and least of chips, over what the machine is expected to have,
/// that pass without a word: a miner's own average moves by a few percent, and a machine of three
/// boards that lacks one is at 0.67, one of four at 0.75.
pub const TYPICAL_HASHRATE_RATIO: [f64; 2] = [0.9, 1.15];

/// So long the same power, hashrate and shares are taken for readings, in seconds; longer, the
/// record is taken to be old.
pub const STALE_AFTER_S: f64 = 120.0;
