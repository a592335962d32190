//! How long somebody who could not answer is left alone before the next try.

use std::time::Duration;

/// Pauses between tries, each twice the one before up to the longest. There is one source to each and no crowd that
/// asks it, so that they have no jitter.
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
    /// With the first and the longest pause.
    pub const fn new(first: Duration, longest: Duration) -> Self {
        Self { first, longest, next: first }
    }

    /// The pause after another failure: never shorter than what was asked for, nor than those before.
    pub fn pause(&mut self, asked: Option<Duration>) -> Duration {
        let pause = asked.unwrap_or_default().max(self.next);
        self.next = self.next.saturating_mul(2).min(self.longest);
        pause
    }

    /// After an answer, the first pause is the next one again.
    pub fn reset(&mut self) {
        self.next = self.first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest_and_begin_anew_after_an_answer() {
        let mut backoff = Backoff::new(Duration::from_millis(250), Duration::from_secs(1));
        let pauses = |backoff: &mut Backoff| [(); 4].map(|()| backoff.pause(None).as_millis());
        assert_eq!(pauses(&mut backoff), [250, 500, 1000, 1000]);
        backoff.reset();
        assert_eq!(pauses(&mut backoff), [250, 500, 1000, 1000]);
    }

    #[test]
    fn what_is_asked_for_is_waited_for_and_no_less_than_before() {
        let mut backoff = Backoff::new(Duration::from_millis(500), Duration::from_secs(8));
        let asked = [0, 3000, 1000, 60_000].map(|ms| Some(Duration::from_millis(ms)));
        let pauses = asked.map(|asked| backoff.pause(asked).as_millis());
        assert_eq!(pauses, [500, 3000, 2000, 60_000]);
    }
}
