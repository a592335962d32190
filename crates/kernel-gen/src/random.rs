//! Numbers that look random, the same on every machine.

/// SplitMix64 (Steele, Lea and Flood, 2014): the same orders on every machine.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The numbers of that seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }
    /// The next number.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// One of the numbers below `of`, which must not be 0.
    pub fn below(&mut self, of: usize) -> usize {
        (self.next_u64() % of as u64) as usize
    }
    /// A number of [0, 1).
    pub(crate) fn below_one(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }
}
