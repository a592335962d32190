//! Combines completed batches into one result; [`scan`] searches a range in one call.

use crate::scan::error::ScanError;
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;
use crate::scan::scanner::Scanner;
use crate::scan::sink::{CompletedBatch, Sink};
use crate::scan::stop::StopToken;
use crate::scan::work_source::OneRange;
use std::sync::{Arc, Mutex, PoisonError};

/// The result of a search over one range.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Scan {
    /// The number of nonces tested, each with one double hash.
    pub hashes: u64,
    /// All hits of the covered nonces, sorted by nonce, without duplicates.
    pub hits: Vec<Hit>,
    /// The ranges covered, in order, with adjacent ranges joined.
    pub covered: Vec<NonceRange>,
    /// Whether the whole requested range was covered.
    pub complete: bool,
    /// The number of nonces that a device reported and the reference rejected.
    pub hardware_errors: u64,
}

/// A [`Sink`] for work over one job.
#[derive(Debug, Default)]
pub struct Tally(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    hits: Vec<Hit>,
    covered: Vec<NonceRange>,
    hardware_errors: u64,
}

impl Tally {
    /// An empty tally.
    pub fn new() -> Self {
        Self::default()
    }

    /// The combined result for the requested range.
    ///
    /// # Errors
    /// [`ScanError::DeliveredTwice`] if delivered ranges overlap.
    pub fn finish(self, requested: NonceRange) -> Result<Scan, ScanError> {
        let State { mut hits, mut covered, hardware_errors } =
            self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        hits.sort_unstable_by_key(|hit| hit.nonce);
        covered.retain(|range| !range.is_empty());
        covered.sort_unstable_by_key(|range| range.start());

        let mut joined: Vec<NonceRange> = Vec::new();
        for range in covered {
            let last = joined.last_mut();
            if last.as_ref().is_some_and(|last| last.end() > u64::from(range.start())) {
                return Err(ScanError::DeliveredTwice { start: range.start() });
            }
            match last.and_then(|last| Some((last.joined(range)?, last))) {
                Some((both, last)) => *last = both,
                None => joined.push(range),
            }
        }
        let hashes = joined.iter().map(|range| range.len()).sum();
        let complete = requested.is_empty() || joined == [requested];
        Ok(Scan { hashes, hits, covered: joined, complete, hardware_errors })
    }
}

impl Sink for Tally {
    fn completed(&self, done: CompletedBatch) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.hits.extend(done.hits);
        state.covered.push(done.range);
        state.hardware_errors += done.hardware_errors;
    }
}

/// Searches the whole `range` and returns when it is finished.
///
/// # Errors
/// Those of [`Scanner::run`].
pub fn scan(scanner: &mut dyn Scanner, job: &Job, range: NonceRange) -> Result<Scan, ScanError> {
    let work = OneRange::new(Arc::new(job.clone()), range);
    let tally = Tally::new();
    scanner.run(&work, &tally, &StopToken::new())?;
    tally.finish(range)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pow::Hash256;
    use crate::scan::sink::Worker;
    use std::time::Instant;

    fn deliver(tally: &Tally, start: u32, len: u64, nonces: &[u32]) {
        let hash = Hash256::default();
        tally.completed(CompletedBatch {
            work_id: 0,
            range: NonceRange::new(start, len).unwrap(),
            hits: nonces.iter().map(|&nonce| Hit { nonce, hash }).collect(),
            at: Instant::now(),
            hardware_errors: 0,
            worker: Worker::default(),
        });
    }

    #[test]
    fn adjacent_ranges_are_joined_and_hits_sorted() {
        let tally = Tally::new();
        deliver(&tally, 20, 10, &[29, 21]);
        deliver(&tally, 0, 10, &[3]);
        deliver(&tally, 10, 10, &[]);
        let requested = NonceRange::new(0, 30).unwrap();
        let scan = tally.finish(requested).unwrap();
        assert_eq!(scan.covered, [requested]);
        assert_eq!(scan.hits.iter().map(|h| h.nonce).collect::<Vec<_>>(), [3, 21, 29]);
        assert!(scan.complete && scan.hashes == 30);
    }

    #[test]
    fn gap_makes_result_incomplete_and_overlap_is_an_error() {
        let requested = NonceRange::new(0, 30).unwrap();
        let tally = Tally::new();
        deliver(&tally, 0, 10, &[]);
        deliver(&tally, 20, 10, &[]);
        let scan = tally.finish(requested).unwrap();
        assert!(!scan.complete && scan.hashes == 20 && scan.covered.len() == 2);

        let tally = Tally::new();
        deliver(&tally, 0, 10, &[]);
        deliver(&tally, 9, 10, &[]);
        assert_eq!(tally.finish(requested), Err(ScanError::DeliveredTwice { start: 9 }));
    }
}
