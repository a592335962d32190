//! Verifies the candidates of a device with the reference.

use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;

/// Verified candidates.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Verified {
    pub(super) hits: Vec<Hit>,
    /// The number of candidates that the reference rejects.
    pub(super) false_candidates: u64,
}

impl Verified {
    /// Verifies the candidates of one range; the hits are sorted by nonce.
    pub(super) fn from_candidates(job: &Job, range: NonceRange, nonces: &[u32]) -> Self {
        let mut verified = Self::default();
        verified.add(job, range, nonces);
        verified.sorted()
    }

    pub(super) fn sorted(mut self) -> Self {
        self.hits.sort_unstable_by_key(|hit| hit.nonce);
        self
    }

    pub(super) fn add(&mut self, job: &Job, range: NonceRange, nonces: &[u32]) {
        for &nonce in nonces {
            let inside =
                u64::from(nonce) >= u64::from(range.start()) && u64::from(nonce) < range.end();
            match job.verify(nonce).filter(|_| inside) {
                Some(hit) if !self.hits.contains(&hit) => self.hits.push(hit),
                // The highest word can be at most the target's although the hash exceeds the target.
                None if inside && job.passes_filter(nonce) => (),
                _ => self.false_candidates += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::gpu::testing::{job, reference};

    #[test]
    fn duplicate_false_and_out_of_range_candidates_are_counted() {
        let job = job(0x1f7f_ffff);
        let range = NonceRange::new(0, 5_000).unwrap();
        let hits = reference(&job, range);
        let none = range.iter().find(|nonce| job.verify(*nonce).is_none()).unwrap();
        let mut verified = Verified::default();
        // A hit, the same hit again, a nonce that is not a hit, and a hit outside the range.
        let elsewhere = (5_000..).find(|nonce| job.verify(*nonce).is_some()).unwrap();
        verified.add(&job, range, &[hits[0].nonce, hits[0].nonce, none, elsewhere]);
        assert_eq!((verified.hits, verified.false_candidates), (vec![hits[0]], 3));
    }
}
