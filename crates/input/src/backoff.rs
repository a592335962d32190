//! How long to wait before a failed request is repeated.

use std::time::Duration;

/// Exponential backoff: each pause is twice the one before, up to the longest. There is no jitter, because each
/// source has only one client.
///
/// ```
/// use hashwatt_input::Backoff;
/// use std::time::Duration;
///
/// let mut backoff = Backoff::new(Duration::from_millis(500), Duration::from_secs(1));
/// assert_eq!(backoff.pause(None).as_millis(), 500);
/// assert_eq!(backoff.pause(Some(Duration::from_secs(3))).as_millis(), 3000);
/// assert_eq!(backoff.pause(None).as_millis(), 1000);
/// ```
#[derive(Clone, Debug)]
pub struct Backoff {
    first: Duration,
    longest: Duration,
    next: Duration,
}

impl Backoff {
    /// A backoff with the first and the longest pause.
    pub const fn new(first: Duration, longest: Duration) -> Self {
        Self { first, longest, next: first }
    }

    /// The pause after another failure. It is never shorter than the wait that the source requested, nor than the
    /// earlier pauses.
    pub fn pause(&mut self, requested: Option<Duration>) -> Duration {
        let pause = requested.unwrap_or_default().max(self.next);
        self.next = self.next.saturating_mul(2).min(self.longest);
        pause
    }

    /// Starts again with the first pause; called after a success.
    pub fn reset(&mut self) {
        self.next = self.first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest_and_restart_after_reset() {
        let mut backoff = Backoff::new(Duration::from_millis(250), Duration::from_secs(1));
        let pauses = |backoff: &mut Backoff| [(); 4].map(|()| backoff.pause(None).as_millis());
        assert_eq!(pauses(&mut backoff), [250, 500, 1000, 1000]);
        backoff.reset();
        assert_eq!(pauses(&mut backoff), [250, 500, 1000, 1000]);
    }

    #[test]
    fn requested_wait_is_kept_and_is_never_below_the_next_pause() {
        let mut backoff = Backoff::new(Duration::from_millis(500), Duration::from_secs(8));
        let requested = [0, 3000, 1000, 60_000].map(|ms| Some(Duration::from_millis(ms)));
        let pauses = requested.map(|wait| backoff.pause(wait).as_millis());
        assert_eq!(pauses, [500, 3000, 2000, 60_000]);
    }
}
