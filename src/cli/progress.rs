//! Progress on stderr, on a terminal only: indicatif hides it elsewhere.

use hashwatt::scan::{Done, Sink};
use indicatif::{ProgressBar, ProgressStyle};
use std::time::Duration;

/// A [`Sink`] that counts hashes and passes results on.
pub(super) struct Progress<'a> {
    bar: ProgressBar,
    next: &'a dyn Sink,
}

impl<'a> Progress<'a> {
    /// Of a known number of hashes.
    pub(super) fn of(hashes: u64, next: &'a dyn Sink) -> Self {
        let style =
            "{wide_bar} {percent:>3} %  {human_pos} of {human_len} H  {per_sec}  {eta} left";
        Self::new(ProgressBar::new(hashes), style, next)
    }

    /// Of as many hashes as come in a time.
    pub(super) fn endless(next: &'a dyn Sink) -> Self {
        Self::new(ProgressBar::no_length(), "{spinner} {elapsed}  {human_pos} H  {per_sec}", next)
    }

    /// Of work that is not counted in hashes.
    pub(super) fn busy(what: &str, next: &'a dyn Sink) -> Self {
        Self::new(ProgressBar::no_length(), &format!("{{spinner}} {{elapsed}}  {what}"), next)
    }

    fn new(bar: ProgressBar, style: &str, next: &'a dyn Sink) -> Self {
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(250));
        Self { bar, next }
    }
}

impl Sink for Progress<'_> {
    fn finished(&self, done: Done) {
        self.bar.inc(done.range.len());
        self.next.finished(done);
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Progress of a simulation in whole steps.
pub(super) struct Steps(ProgressBar);

impl Steps {
    pub(super) fn of(steps: usize, what: &str) -> Self {
        let bar = ProgressBar::new(steps as u64);
        let style = format!(
            "{{wide_bar}} {{percent:>3}} %  {{human_pos}} of {{human_len}} {what}  {{eta}} left"
        );
        if let Ok(style) = ProgressStyle::with_template(&style) {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// So many are done; threads may tell out of order.
    pub(super) fn at(&self, done: usize) {
        self.0.set_position(self.0.position().max(done as u64));
    }

    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}
