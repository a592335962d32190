//! Adding finished work up into one result, and the convenience call over it.

use crate::scan::error::ScanError;
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;
use crate::scan::scanner::Scanner;
use crate::scan::sink::{CompletedBatch, Sink};
use crate::scan::stop::StopToken;
use crate::scan::work_source::OneRange;
use std::sync::{Arc, Mutex, PoisonError};

/// The result of a search over one range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// Nonces that were decided: double hashes really executed and finished.
    pub hashes: u64,
    /// Every hit of the covered nonces, by nonce, none twice.
    pub hits: Vec<Hit>,
    /// What was covered, in order, neighbours joined.
    pub covered: Vec<NonceRange>,
    /// Whether that is all that was asked for.
    pub complete: bool,
    /// Nonces that a device reported and the reference refused.
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
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The sum, judged against the range that was asked for.
    ///
    /// # Errors
    /// [`ScanError::DeliveredTwice`] where delivered ranges overlap.
    pub fn finish(self, asked: NonceRange) -> Result<Scan, ScanError> {
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
        let complete = asked.is_empty() || joined == [asked];
        Ok(Scan { hashes, hits, covered: joined, complete, hardware_errors })
    }
}

impl Sink for Tally {
    fn finished(&self, done: CompletedBatch) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.hits.extend(done.hits);
        state.covered.push(done.range);
        state.hardware_errors += done.hardware_errors;
    }
}

/// Searches `range` to its end on this thread's time.
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
        tally.finished(CompletedBatch {
            work_id: 0,
            range: NonceRange::new(start, len).unwrap(),
            hits: nonces.iter().map(|&nonce| Hit { nonce, hash }).collect(),
            at: Instant::now(),
            hardware_errors: 0,
            worker: Worker::default(),
        });
    }

    #[test]
    fn joins_neighbours_and_sorts_hits() {
        let tally = Tally::new();
        deliver(&tally, 20, 10, &[29, 21]);
        deliver(&tally, 0, 10, &[3]);
        deliver(&tally, 10, 10, &[]);
        let asked = NonceRange::new(0, 30).unwrap();
        let scan = tally.finish(asked).unwrap();
        assert_eq!(scan.covered, [asked]);
        assert_eq!(scan.hits.iter().map(|h| h.nonce).collect::<Vec<_>>(), [3, 21, 29]);
        assert!(scan.complete && scan.hashes == 30);
    }

    #[test]
    fn a_gap_is_incomplete_and_an_overlap_an_error() {
        let asked = NonceRange::new(0, 30).unwrap();
        let tally = Tally::new();
        deliver(&tally, 0, 10, &[]);
        deliver(&tally, 20, 10, &[]);
        let scan = tally.finish(asked).unwrap();
        assert!(!scan.complete && scan.hashes == 20 && scan.covered.len() == 2);

        let tally = Tally::new();
        deliver(&tally, 0, 10, &[]);
        deliver(&tally, 9, 10, &[]);
        assert_eq!(tally.finish(asked), Err(ScanError::DeliveredTwice { start: 9 }));
    }
}
