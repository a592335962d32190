//! Progress on stderr; indicatif shows it only on a terminal.

use hashwatt::measure::{MeasurementObserver, MeasurementStage};
use hashwatt::scan::{CompletedBatch, Sink};
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::time::Duration;

/// A [`Sink`] that counts hashes and passes results on.
pub(super) struct Progress<'a> {
    bar: ProgressBar,
    next: &'a dyn Sink,
}

impl<'a> Progress<'a> {
    /// Progress of a known number of hashes.
    pub(super) fn hashes(hashes: u64, next: &'a dyn Sink) -> Self {
        let style = "{wide_bar} {percent:>3} %  {human_pos} of {human_len} H  {rate}  {eta} left";
        Self::new(ProgressBar::new(hashes), style, None, next)
    }

    /// Progress of a measurement of at most `max_duration`, with its current stage.
    pub(super) fn measurement(max_duration: Duration, next: &'a dyn Sink) -> Self {
        let style = "{time_bar}  {msg}  {elapsed}  {rate}  {time_left}";
        Self::new(ProgressBar::no_length(), style, Some(max_duration), next)
    }

    /// Like [`Self::measurement`], but for several scanners in turn, which have no common rate.
    pub(super) fn interleaved(max_duration: Duration, next: &'a dyn Sink) -> Self {
        let style = "{time_bar}  {msg}  {elapsed}  {time_left}";
        Self::new(ProgressBar::no_length(), style, Some(max_duration), next)
    }

    /// Progress of work that is not counted in hashes.
    pub(super) fn spinner(what: &str, next: &'a dyn Sink) -> Self {
        let style = format!("{{spinner}} {{elapsed}}  {what}");
        Self::new(ProgressBar::no_length(), &style, None, next)
    }

    fn new(
        bar: ProgressBar,
        style: &str,
        max_duration: Option<Duration>,
        next: &'a dyn Sink,
    ) -> Self {
        if let Ok(style) = ProgressStyle::with_template(style) {
            let max_duration = max_duration.unwrap_or_default();
            let key = |text: fn(Duration, Duration) -> String| {
                move |state: &ProgressState, out: &mut dyn Write| {
                    let _ = out.write_str(&text(state.elapsed(), max_duration));
                }
            };
            let style = style
                .with_key("rate", |state: &ProgressState, out: &mut dyn Write| {
                    let _ = out.write_str(&rate(state.per_sec()));
                })
                .with_key("time_bar", key(time_bar))
                .with_key("time_left", key(time_left));
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(250));
        Self { bar, next }
    }
}

/// The recent hashrate.
fn rate(h_s: f64) -> String {
    match h_s * 1e-6 {
        // The idle machine is being measured, or no batch is complete yet.
        0.0 => "no hashes".to_owned(),
        mh_s => format!("{mh_s:.2} MH/s"),
    }
}

/// A bar of the elapsed part of the maximum duration.
fn time_bar(elapsed: Duration, max_duration: Duration) -> String {
    const WIDTH: usize = 30;
    let done = elapsed.as_secs_f64() / max_duration.as_secs_f64().max(1e-3);
    let done = ((done * WIDTH as f64) as usize).min(WIDTH);
    format!("[{}{}]", "#".repeat(done), "-".repeat(WIDTH - done))
}

/// The remaining time: an upper bound, because the warm-up ends as soon as the machine is steady.
fn time_left(elapsed: Duration, max_duration: Duration) -> String {
    let left = max_duration.saturating_sub(elapsed).as_secs_f64().ceil() as u64;
    match (left / 60, left % 60) {
        (0, 0) => "about to end".to_owned(),
        (0, seconds) => format!("at most {seconds} s left"),
        (minutes, seconds) => format!("at most {minutes} min {seconds} s left"),
    }
}

impl Sink for Progress<'_> {
    fn completed(&self, done: CompletedBatch) {
        self.bar.inc(done.range.len());
        self.next.completed(done);
    }
}

impl MeasurementObserver for Progress<'_> {
    fn entered(&self, stage: MeasurementStage) {
        self.bar.set_message(stage.to_string());
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Progress of a simulation in whole steps.
pub(super) struct StepProgress(ProgressBar);

impl StepProgress {
    pub(super) fn new(steps: usize, what: &str) -> Self {
        let bar = ProgressBar::new(steps as u64);
        let style = format!(
            "{{wide_bar}} {{percent:>3}} %  {{human_pos}} of {{human_len}} {what}  {{eta}} left"
        );
        if let Ok(style) = ProgressStyle::with_template(&style) {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Sets the number of completed steps; threads may report out of order.
    pub(super) fn set(&self, done: usize) {
        self.0.set_position(self.0.position().max(done as u64));
    }

    pub(super) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measurement_stage_is_shown() {
        let progress = Progress::measurement(Duration::from_secs(1), &());
        progress.entered(MeasurementStage::WarmUp);
        assert_eq!(progress.bar.message(), "warm-up");
        progress.entered(MeasurementStage::Window);
        assert_eq!(progress.bar.message(), "measuring");
    }

    #[test]
    fn time_and_rate_are_formatted() {
        let s = Duration::from_secs_f64;
        assert_eq!(time_left(s(0.5), s(90.0)), "at most 1 min 30 s left");
        assert_eq!(time_left(s(85.2), s(90.0)), "at most 5 s left");
        assert_eq!(time_left(s(91.0), s(90.0)), "about to end");
        assert_eq!(time_bar(s(45.0), s(90.0)), format!("[{}{}]", "#".repeat(15), "-".repeat(15)));
        assert_eq!(time_bar(s(99.0), s(90.0)).matches('#').count(), 30);
        assert_eq!(time_bar(s(0.0), s(0.0)).matches('#').count(), 0);
        assert_eq!(rate(0.0), "no hashes");
        assert_eq!(rate(61_230_000.0), "61.23 MH/s");
    }
}
