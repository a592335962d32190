//! Ranges of nonces.

use super::error::ScanError;

/// Consecutive nonces: `len` of them from `start`. A range does not wrap past the last nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct NonceRange {
    start: u32,
    len: u64,
}

impl NonceRange {
    /// All nonces.
    pub const ALL: Self = Self { start: 0, len: 1 << 32 };
    /// No nonce.
    pub(super) const NONE: Self = Self { start: 0, len: 0 };

    /// `len` nonces from `start`.
    ///
    /// # Errors
    /// [`ScanError::RangePastEnd`] if the range would extend past nonce 2^32 - 1.
    pub fn new(start: u32, len: u64) -> Result<Self, ScanError> {
        let room = Self::ALL.len - u64::from(start);
        if len <= room {
            Ok(Self { start, len })
        } else {
            Err(ScanError::RangePastEnd { start, len, max: room })
        }
    }
    /// The nonces from `start` to the last one.
    pub fn from_start(start: u32) -> Self {
        Self { start, len: Self::ALL.len - u64::from(start) }
    }
    /// The first nonce.
    pub fn start(self) -> u32 {
        self.start
    }
    /// The number of nonces.
    pub fn len(self) -> u64 {
        self.len
    }
    /// Whether the range has no nonces.
    pub fn is_empty(self) -> bool {
        self.len == 0
    }
    /// The nonce after the last one, at most 2^32.
    pub fn end(self) -> u64 {
        u64::from(self.start) + self.len
    }
    /// The nonces in order.
    pub fn iter(self) -> impl Iterator<Item = u32> {
        // The invariant keeps every element below 2^32.
        (u64::from(self.start)..self.end()).map(|nonce| nonce as u32)
    }
    /// The union of the range and `next`, if `next` starts at its end.
    pub(super) fn joined(self, next: Self) -> Option<Self> {
        (self.end() == u64::from(next.start)).then_some(Self { len: self.len + next.len, ..self })
    }
    /// The range without its first `count` nonces (all of them at most).
    pub(super) fn skip(self, count: u64) -> Self {
        let count = count.min(self.len);
        let start = u64::from(self.start) + count;
        // Only an empty range can start at 2^32, and its start does not matter.
        Self { start: u32::try_from(start).unwrap_or(u32::MAX), len: self.len - count }
    }
    /// The first `count` nonces of the range (all of them at most).
    pub(super) fn take(self, count: u64) -> Self {
        Self { len: self.len.min(count), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn range_past_the_last_nonce_is_refused() {
        assert_eq!(NonceRange::new(0, 1 << 32), Ok(NonceRange::ALL));
        assert_eq!(NonceRange::new(u32::MAX, 1).map(NonceRange::end), Ok(1 << 32));
        assert_eq!(
            NonceRange::new(1, 1 << 32),
            Err(ScanError::RangePastEnd { start: 1, len: 1 << 32, max: (1 << 32) - 1 })
        );
        assert!(NonceRange::new(0, u64::MAX).is_err());
        assert_eq!(NonceRange::from_start(7).end(), 1 << 32);
        assert!(NonceRange::new(u32::MAX, 0).is_ok_and(NonceRange::is_empty));
    }

    #[test]
    fn take_and_skip_split_a_range() {
        let range = NonceRange::new(u32::MAX - 9, 10).unwrap();
        assert_eq!(range.take(4).iter().count(), 4);
        assert_eq!(range.skip(4).iter().last(), Some(u32::MAX));
        assert!(range.skip(10).is_empty() && range.skip(11).is_empty());
    }
}
