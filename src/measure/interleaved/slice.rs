//! One slice of a scanner: the hashes per second of its workers between two points in time.

use super::super::series::Curve;
use crate::scan::{CompletedBatch, Sink, StopToken, Worker};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Counts the batches of one slice, and stops the scanner at the first batch that is completed after its end.
pub(super) struct Slice<'a> {
    started: Instant,
    from: Instant,
    until: Instant,
    halt: StopToken,
    stop: &'a StopToken,
    observer: &'a dyn Sink,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Completed hashes of each worker, with their times.
    workers: BTreeMap<Worker, Vec<(Instant, f64)>>,
    hardware_errors: u64,
    /// Whether a batch was completed after the end of the slice.
    complete: bool,
}

/// The result of a slice.
pub(super) struct SliceResult {
    /// Hashes per second; `None` if the slice ended early.
    pub rate: Option<f64>,
    pub hardware_errors: u64,
}

impl<'a> Slice<'a> {
    /// Starts a slice that counts for a time after settling.
    pub(super) fn start(
        settling: Duration,
        counted: Duration,
        observer: &'a dyn Sink,
        stop: &'a StopToken,
    ) -> Self {
        let started = Instant::now();
        let from = started + settling;
        let (until, halt) = (from + counted, StopToken::new());
        Self { started, from, until, halt, stop, observer, state: Mutex::default() }
    }

    /// The token that stops the scanner of this slice.
    pub(super) fn halt(&self) -> &StopToken {
        &self.halt
    }

    /// Ends the slice. Batches across either end are counted in proportion to their time inside: all workers started
    /// with the slice and completed their current batch after its end.
    pub(super) fn end(self) -> SliceResult {
        let (started, from, until) = (self.started, self.from, self.until);
        let State { workers, hardware_errors, complete } =
            self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let rate = |points: Vec<(Instant, f64)>| -> f64 {
            let points = std::iter::once((started, 0.0)).chain(points);
            Curve::new(started, points).rates(from, until, 1).into_iter().sum()
        };
        let rate = complete.then(|| workers.into_values().map(rate).sum());
        SliceResult { rate, hardware_errors }
    }
}

impl Sink for Slice<'_> {
    fn completed(&self, done: CompletedBatch) {
        {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.complete |= done.at >= self.until;
            if state.complete || self.stop.is_stopped() {
                self.halt.stop();
            }
            state.hardware_errors += done.hardware_errors;
            let points = state.workers.entry(done.worker).or_default();
            let before = points.last().map_or(0.0, |(_, hashes)| *hashes);
            points.push((done.at, before + done.range.len() as f64));
        }
        self.observer.completed(done);
    }
}
