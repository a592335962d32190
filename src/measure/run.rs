//! One run: idle, warm-up, window, and idle again, while the scanner and the meters have threads
//! of their own.

use super::error::MeasureError;
use super::evaluate::{RunRecord, evaluate, is_steady};
use super::measurement::Measurement;
use super::observer::{MeasurementObserver, MeasurementStage};
use super::plan::MeasurementPlan;
use super::sampler::{self, Log, MeterTimeouts, Phase, PhaseBarrier};
use super::series::{MAX_SLICES, powers};
use super::timeline::Timeline;
use super::window::{CompletionMark, Counts, Window};
use crate::energy::{EnergyMeter, MAX_BRIDGED_GAP};
use crate::scan::{Scanner, StopToken, WorkSource};
use scopeguard::defer;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long the run waits for a meter's first or last reading of the window, while the scanner continues. A
/// meter that cannot be read temporarily has as long as an account may bridge. An interrupted run has two
/// seconds for everything that is left.
const METER_TIMEOUTS: MeterTimeouts = MeterTimeouts {
    slow: Duration::from_secs(4),
    failing: MAX_BRIDGED_GAP,
    stopped: Duration::from_millis(1_500),
};

/// Runs `scanner` on `work` for the planned window and reads `meters` over it, each from a
/// thread of its own. `watch` receives every completed batch and stage, for progress; `stop` ends any
/// stage early and marks the result incomplete.
///
/// # Errors
/// If the scanner fails.
pub(super) fn measure(
    scanner: &mut dyn Scanner,
    work: &dyn WorkSource,
    meters: &mut [Box<dyn EnergyMeter>],
    plan: &MeasurementPlan,
    watch: &dyn MeasurementObserver,
    stop: &StopToken,
) -> Result<Measurement, MeasureError> {
    let descriptor = scanner.descriptor().clone();
    let parts = scanner.parts();
    let window = Window::new(watch);
    // The scanner has its own token: the window closes at a completed batch before it stops.
    let halt = StopToken::new();
    let barrier = PhaseBarrier::new(first_phase(plan), meters.len());
    let logs: Vec<Mutex<Log>> =
        meters.iter().map(|meter| Mutex::new(Log::new(&**meter, plan.window))).collect();

    let (ran, followed) = std::thread::scope(|scope| {
        defer! { barrier.enter(Phase::End) }
        let samplers: Vec<_> = meters
            .iter_mut()
            .zip(&logs)
            .map(|(meter, log)| scope.spawn(|| sampler::sample(&mut **meter, log, &barrier)))
            .collect();
        if !plan.idle.is_zero() {
            window.enter(MeasurementStage::IdleBefore);
            window.sleep(plan.idle, stop);
        }
        barrier.enter(Phase::WarmUp);
        window.enter(MeasurementStage::WarmUp);
        let load_began = Instant::now();
        let running = scope.spawn(|| {
            // Also if the scanner panics, so that no thread waits for batches that never come.
            defer! { window.close() }
            scanner.run(work, &window, &halt)
        });
        let mut followed = {
            // Also if this thread panics, because the scope waits for the scanner.
            defer! { halt.stop() }
            follow(&window, &logs, &barrier, plan, stop)
        };
        let ran = running.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        followed.load = Some((load_began, Instant::now()));
        if followed.complete && !plan.idle.is_zero() {
            window.enter(MeasurementStage::IdleAfter);
            let rested = window.sleep_without_scanner(plan.rest(), stop);
            barrier.enter(Phase::IdleAfter);
            followed.complete = window.sleep_without_scanner(plan.idle, stop) && rested;
        }
        barrier.enter(Phase::End);
        for sampler in samplers {
            sampler.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        }
        (ran, followed)
    });
    ran?;
    let logs = logs.into_iter().map(|log| log.into_inner().unwrap_or_else(PoisonError::into_inner));
    let timeline = followed.load.zip(followed.marks.first()).zip(followed.marks.last()).map(
        |(((load_began, load_ended), first), last)| Timeline {
            load_began,
            opened: first.at,
            closed: last.at,
            load_ended,
        },
    );
    let run = RunRecord {
        scanner: descriptor,
        marks: followed.marks,
        counts: followed.counts,
        parts,
        logs: logs.collect(),
        warm_up: followed.warm_up,
        timeline,
        complete: followed.complete,
        hardware_errors: window.hardware_errors(),
    };
    Ok(evaluate(run, plan))
}

fn first_phase(plan: &MeasurementPlan) -> Phase {
    if plan.idle.is_zero() { Phase::WarmUp } else { Phase::IdleBefore }
}

/// What the measuring thread recorded.
#[derive(Default)]
struct WindowRecord {
    marks: Vec<CompletionMark>,
    /// Hashes of each worker between the first and the last of them.
    counts: Counts,
    warm_up: Duration,
    load: Option<(Instant, Instant)>,
    complete: bool,
}

/// Runs the warm-up and the window with its two ends, while the scanner runs.
fn follow(
    window: &Window<'_>,
    logs: &[Mutex<Log>],
    barrier: &PhaseBarrier,
    plan: &MeasurementPlan,
    stop: &StopToken,
) -> WindowRecord {
    let begun = Instant::now();
    let nothing = |warm_up| WindowRecord { warm_up, ..WindowRecord::default() };
    if !warm_up(window, logs, plan, stop) {
        return nothing(begun.elapsed());
    }
    // Counters are read at their edges first, so that the batch that opens the window is the next
    // to be completed; at the end in the same order, so that both delays are equal.
    barrier.enter(Phase::Window);
    barrier.wait_for_meters(METER_TIMEOUTS, stop);
    let Some((first, before)) = window.next_completion() else {
        return nothing(begun.elapsed());
    };
    window.enter(MeasurementStage::Window);
    let warm_up = first.at.saturating_duration_since(begun);
    window.record_marks(plan.window / MAX_SLICES as u32);
    let complete = window.sleep_until(first.at + plan.window, stop);
    barrier.enter(Phase::Closed);
    barrier.wait_for_meters(METER_TIMEOUTS, stop);
    let Some((last, mut counts)) = window.next_completion() else {
        // The scanner ended by itself; only what it completed counts.
        let marks = ordered(first, window.recorded_marks(), None);
        return WindowRecord { marks, warm_up, ..WindowRecord::default() };
    };
    for (worker, hashes) in before {
        // The count of a worker never decreases.
        counts.entry(worker).and_modify(|count| *count -= hashes);
    }
    let marks = ordered(first, window.recorded_marks(), Some(last));
    WindowRecord { marks, counts, warm_up, load: None, complete }
}

/// The first completion, the remembered ones and the last, each moment once.
fn ordered(
    first: CompletionMark,
    trail: Vec<CompletionMark>,
    last: Option<CompletionMark>,
) -> Vec<CompletionMark> {
    let mut marks = vec![first];
    let end = last.map(|last| last.at);
    let inside = |mark: &CompletionMark| mark.at > first.at && end.is_none_or(|end| mark.at < end);
    marks.extend(trail.into_iter().filter(inside));
    marks.extend(last);
    marks
}

/// Waits until hashrate and power are steady, or as long as the plan allows; `false` if the run was
/// stopped or the scanner ended.
fn warm_up(
    window: &Window<'_>,
    logs: &[Mutex<Log>],
    plan: &MeasurementPlan,
    stop: &StopToken,
) -> bool {
    let begun = Instant::now();
    let judged = plan.steady_window();
    window.record_marks(judged / 256);
    if !window.sleep(plan.warm_up, stop) {
        return false;
    }
    while begun.elapsed() < plan.longest_warm_up {
        let now = Instant::now();
        if let Some(from) = now.checked_sub(judged)
            && from >= begun
        {
            let mut marks = window.recorded_marks();
            marks.retain(|mark| mark.at >= from);
            let powers: Vec<Vec<f64>> = logs
                .iter()
                .map(|log| {
                    let log = log.lock().unwrap_or_else(PoisonError::into_inner);
                    powers(log.warm_up.since(from))
                })
                .collect();
            if is_steady(&marks, &powers) {
                return true;
            }
        }
        if !window.sleep(judged / 8, stop) {
            return false;
        }
    }
    true
}
