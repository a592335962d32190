//! One scanner's turn: how many hashes a second its workers did between two moments.

use super::super::series::Curve;
use crate::scan::{CompletedBatch, Sink, StopToken, Worker};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Counts the batches of one turn, and ends it at the first that is finished when its time is over.
pub(super) struct Slice<'a> {
    begun: Instant,
    from: Instant,
    until: Instant,
    halt: StopToken,
    stop: &'a StopToken,
    watch: &'a dyn Sink,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// When each worker had finished how many hashes.
    workers: BTreeMap<Worker, Vec<(Instant, f64)>>,
    hardware_errors: u64,
    /// Whether a batch was finished when the time was over.
    whole: bool,
}

/// What a turn gave.
pub(super) struct Ended {
    /// Hashes a second; `None` where it ended before its time.
    pub rate: Option<f64>,
    pub hardware_errors: u64,
}

impl<'a> Slice<'a> {
    /// Counts for so long from a while after now.
    pub(super) fn begin(
        settling: Duration,
        counted: Duration,
        watch: &'a dyn Sink,
        stop: &'a StopToken,
    ) -> Self {
        let begun = Instant::now();
        let from = begun + settling;
        let (until, halt) = (from + counted, StopToken::new());
        Self { begun, from, until, halt, stop, watch, state: Mutex::default() }
    }

    /// Ends the turn of the scanner that runs with it.
    pub(super) fn halt(&self) -> &StopToken {
        &self.halt
    }

    /// Batches over either end are counted by the part of their time that is inside: all workers
    /// began with the turn and finished the batch in hand after its end.
    pub(super) fn end(self) -> Ended {
        let (begun, from, until) = (self.begun, self.from, self.until);
        let State { workers, hardware_errors, whole } =
            self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let rate = |points: Vec<(Instant, f64)>| -> f64 {
            let points = std::iter::once((begun, 0.0)).chain(points);
            Curve::new(begun, points).rates(from, until, 1).into_iter().sum()
        };
        let rate = whole.then(|| workers.into_values().map(rate).sum());
        Ended { rate, hardware_errors }
    }
}

impl Sink for Slice<'_> {
    fn finished(&self, done: CompletedBatch) {
        {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            state.whole |= done.at >= self.until;
            if state.whole || self.stop.is_stopped() {
                self.halt.stop();
            }
            state.hardware_errors += done.hardware_errors;
            let points = state.workers.entry(done.worker).or_default();
            let before = points.last().map_or(0.0, |(_, hashes)| *hashes);
            points.push((done.at, before + done.range.len() as f64));
        }
        self.watch.finished(done);
    }
}
