//! Passes completed batches from the scanner's threads to the measuring thread.

use super::observer::{MeasurementObserver, MeasurementStage};
use crate::scan::{CompletedBatch, Sink, StopToken, Worker};
use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How often a waiting measurement checks whether to stop.
const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// The completion of a batch: its time, and the hashes completed by then.
#[derive(Clone, Copy, Debug)]
pub struct CompletionMark {
    /// Time of completion.
    pub at: Instant,
    /// Hashes completed by then.
    pub hashes: u64,
}

/// Completed hashes of each worker.
pub(super) type Counts = BTreeMap<Worker, u64>;

/// Counts completed hashes and wakes a thread that waits for the next completion.
pub(super) struct Window<'a> {
    state: Mutex<State>,
    changed: Condvar,
    observer: &'a dyn MeasurementObserver,
}

#[derive(Default)]
struct State {
    last: Option<CompletionMark>,
    /// Recorded completions, at least `spacing` apart.
    recorded: Vec<CompletionMark>,
    spacing: Duration,
    batches: u64,
    counts: Counts,
    hardware_errors: u64,
    ended: bool,
}

impl<'a> Window<'a> {
    pub(super) fn new(observer: &'a dyn MeasurementObserver) -> Self {
        Self { state: Mutex::default(), changed: Condvar::new(), observer }
    }

    /// Reports the beginning of a stage to the observer.
    pub(super) fn enter(&self, stage: MeasurementStage) {
        self.observer.entered(stage);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Marks the scanner as ended: no more batches will be completed.
    pub(super) fn close(&self) {
        self.lock().ended = true;
        self.changed.notify_all();
    }

    pub(super) fn hardware_errors(&self) -> u64 {
        self.lock().hardware_errors
    }

    /// Records completions from now on, at least `spacing` apart.
    pub(super) fn record_marks(&self, spacing: Duration) {
        let mut state = self.lock();
        state.spacing = spacing;
        state.recorded.clear();
    }

    /// The completions that have been recorded.
    pub(super) fn recorded_marks(&self) -> Vec<CompletionMark> {
        self.lock().recorded.clone()
    }

    /// Waits for the next completion, and returns it with the completed hashes of each worker; `None` if the scanner
    /// ended first.
    pub(super) fn next_completion(&self) -> Option<(CompletionMark, Counts)> {
        let state = self.lock();
        let seen = state.batches;
        let state = self
            .changed
            .wait_while(state, |state| state.batches == seen && !state.ended)
            .unwrap_or_else(PoisonError::into_inner);
        if state.batches == seen {
            None
        } else {
            state.last.map(|last| (last, state.counts.clone()))
        }
    }

    /// Sleeps until a time; `false` if a stop was requested or the scanner ended before it.
    pub(super) fn sleep_until(&self, until: Instant, stop: &StopToken) -> bool {
        loop {
            if stop.is_stopped() || self.lock().ended {
                return false;
            }
            let remaining = until.saturating_duration_since(Instant::now());
            if remaining.is_zero() {
                return true;
            }
            std::thread::sleep(remaining.min(POLL_INTERVAL));
        }
    }

    /// Sleeps for a time after the scanner has ended; `false` if a stop was requested before its end.
    pub(super) fn sleep_without_scanner(&self, time: Duration, stop: &StopToken) -> bool {
        let until = Instant::now() + time;
        while !stop.is_stopped() {
            let remaining = until.saturating_duration_since(Instant::now());
            if remaining.is_zero() {
                return true;
            }
            std::thread::sleep(remaining.min(POLL_INTERVAL));
        }
        false
    }

    /// Like [`sleep_until`](Self::sleep_until), for a time from now on.
    pub(super) fn sleep(&self, time: Duration, stop: &StopToken) -> bool {
        self.sleep_until(Instant::now() + time, stop)
    }
}

impl Sink for Window<'_> {
    fn completed(&self, done: CompletedBatch) {
        {
            let mut state = self.lock();
            let before = state.last.map_or(0, |mark| mark.hashes);
            // Threads can reach the lock in another order than the one in which they finished.
            let at = state.last.map_or(done.at, |mark| mark.at.max(done.at));
            let mark = CompletionMark { at, hashes: before + done.range.len() };
            state.last = Some(mark);
            let is_spaced =
                |last: &CompletionMark| at.saturating_duration_since(last.at) >= state.spacing;
            if state.recorded.last().is_none_or(is_spaced) {
                state.recorded.push(mark);
            }
            state.batches += 1;
            *state.counts.entry(done.worker).or_default() += done.range.len();
            state.hardware_errors += done.hardware_errors;
        }
        self.changed.notify_all();
        self.observer.completed(done);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::NonceRange;

    #[test]
    fn completions_out_of_order_keep_the_time_monotonic() -> Result<(), crate::scan::ScanError> {
        let window = Window::new(&());
        let start = Instant::now();
        for (millis, nonces) in [(20, 5), (10, 7)] {
            window.completed(CompletedBatch {
                work_id: 0,
                range: NonceRange::new(0, nonces)?,
                hits: Vec::new(),
                at: start + Duration::from_millis(millis),
                hardware_errors: 1,
                worker: Worker { part: 0, thread: usize::from(nonces == 7) },
            });
        }
        let last = window.lock().last;
        let expected = Some((start + Duration::from_millis(20), 12));
        assert_eq!(last.map(|mark| (mark.at, mark.hashes)), expected);
        assert_eq!(window.hardware_errors(), 2);
        let counts: Vec<u64> = window.lock().counts.values().copied().collect();
        assert_eq!(counts, [5, 7]);
        Ok(())
    }
}
