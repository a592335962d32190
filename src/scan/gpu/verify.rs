//! What a device reports, after the reference's verdict.

use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;

/// Candidates after the reference's verdict.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Verified {
    pub(super) hits: Vec<Hit>,
    /// Those that the reference refuses.
    pub(super) false_candidates: u64,
}

impl Verified {
    /// A device's candidates of one range, by nonce.
    pub(super) fn of(job: &Job, range: NonceRange, nonces: &[u32]) -> Self {
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
                // The highest word alone can meet the target's without the hash meeting it.
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
    fn false_candidates_are_hardware_errors() {
        let job = job(0x1f7f_ffff);
        let range = NonceRange::new(0, 5_000).unwrap();
        let hits = reference(&job, range);
        let none = range.iter().find(|nonce| job.verify(*nonce).is_none()).unwrap();
        let mut verified = Verified::default();
        // A hit, the same again, one that is none, and one from elsewhere.
        let elsewhere = (5_000..).find(|nonce| job.verify(*nonce).is_some()).unwrap();
        verified.add(&job, range, &[hits[0].nonce, hits[0].nonce, none, elsewhere]);
        assert_eq!((verified.hits, verified.false_candidates), (vec![hits[0]], 3));
    }
}
