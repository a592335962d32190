//! Where the scanner's threads and the measuring thread meet: completed batches.

use super::observer::{MeasurementObserver, MeasurementStage};
use crate::scan::{CompletedBatch, Sink, StopToken, Worker};
use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How often a sleeping measurement looks whether it was asked to stop.
const LOOK: Duration = Duration::from_millis(20);

/// A completed batch: when, and how many hashes were finished by then.
#[derive(Clone, Copy, Debug)]
pub struct CompletionMark {
    /// When it was completed.
    pub at: Instant,
    /// Hashes finished by then.
    pub hashes: u64,
}

/// Hashes that each worker had finished.
pub(super) type Counts = BTreeMap<Worker, u64>;

/// Counts finished hashes and wakes whoever waits for the next completion.
pub(super) struct Window<'a> {
    state: Mutex<State>,
    moved: Condvar,
    watch: &'a dyn MeasurementObserver,
}

#[derive(Default)]
struct State {
    last: Option<CompletionMark>,
    /// Completions at least `spacing` apart.
    trail: Vec<CompletionMark>,
    spacing: Duration,
    batches: u64,
    counts: Counts,
    hardware_errors: u64,
    ended: bool,
}

impl<'a> Window<'a> {
    pub(super) fn new(watch: &'a dyn MeasurementObserver) -> Self {
        Self { state: Mutex::default(), moved: Condvar::new(), watch }
    }

    /// Tells whoever watches what begins.
    pub(super) fn enter(&self, stage: MeasurementStage) {
        self.watch.entered(stage);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// No more batches will come.
    pub(super) fn close(&self) {
        self.lock().ended = true;
        self.moved.notify_all();
    }

    pub(super) fn hardware_errors(&self) -> u64 {
        self.lock().hardware_errors
    }

    /// From now on completions are remembered, those so far apart.
    pub(super) fn remember(&self, spacing: Duration) {
        let mut state = self.lock();
        state.spacing = spacing;
        state.trail.clear();
    }

    /// The completions remembered so far.
    pub(super) fn trail(&self) -> Vec<CompletionMark> {
        self.lock().trail.clone()
    }

    /// Waits for a batch that completes from now on, and tells who had done how much by then; `None`
    /// where the scanner ended instead.
    pub(super) fn next_completion(&self) -> Option<(CompletionMark, Counts)> {
        let state = self.lock();
        let seen = state.batches;
        let state = self
            .moved
            .wait_while(state, |state| state.batches == seen && !state.ended)
            .unwrap_or_else(PoisonError::into_inner);
        if state.batches == seen {
            None
        } else {
            state.last.map(|last| (last, state.counts.clone()))
        }
    }

    /// Whether the whole time passed before somebody asked to stop or the scanner ended.
    pub(super) fn sleep_until(&self, until: Instant, stop: &StopToken) -> bool {
        loop {
            if stop.is_stopped() || self.lock().ended {
                return false;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return true;
            }
            std::thread::sleep(left.min(LOOK));
        }
    }

    /// The same after the scanner has ended.
    pub(super) fn rest(&self, time: Duration, stop: &StopToken) -> bool {
        let until = Instant::now() + time;
        while !stop.is_stopped() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return true;
            }
            std::thread::sleep(left.min(LOOK));
        }
        false
    }

    pub(super) fn sleep(&self, time: Duration, stop: &StopToken) -> bool {
        self.sleep_until(Instant::now() + time, stop)
    }
}

impl Sink for Window<'_> {
    fn finished(&self, done: CompletedBatch) {
        {
            let mut state = self.lock();
            let before = state.last.map_or(0, |mark| mark.hashes);
            // Threads can reach the lock in another order than they finished in.
            let at = state.last.map_or(done.at, |mark| mark.at.max(done.at));
            let mark = CompletionMark { at, hashes: before + done.range.len() };
            state.last = Some(mark);
            let apart =
                |last: &CompletionMark| at.saturating_duration_since(last.at) >= state.spacing;
            if state.trail.last().is_none_or(apart) {
                state.trail.push(mark);
            }
            state.batches += 1;
            *state.counts.entry(done.worker).or_default() += done.range.len();
            state.hardware_errors += done.hardware_errors;
        }
        self.moved.notify_all();
        self.watch.finished(done);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::NonceRange;

    #[test]
    fn threads_that_arrive_out_of_order_do_not_turn_time_back() -> Result<(), crate::scan::ScanError>
    {
        let window = Window::new(&());
        let start = Instant::now();
        for (millis, nonces) in [(20, 5), (10, 7)] {
            window.finished(CompletedBatch {
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
