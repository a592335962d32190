//! What a window may be and what counts in it.

/// The longest time between two snapshots over which power and hashrate are taken to be straight
/// lines, in seconds.
pub const MOST_GAP_S: u32 = 600;

/// From so many accepted shares on they count the work to 5 %, and stand for it.
pub const ENOUGH_SHARES: u64 = 400;
