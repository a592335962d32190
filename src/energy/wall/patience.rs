//! How long a meter that asks for time is waited for while it is opened.
//!
//! A device that says 429 or 503, is late or drops a connection may be good a moment later; a run
//! that ends before it began is worse than a short wait. Once it is open, each missed reading is the
//! account's own affair.

use super::super::MeterError;
use super::super::clock::Clock;
use crate::input::Backoff;
use std::cell::Cell;
use std::time::Duration;

/// Nobody waits longer for one device to open, however often it is asked.
const LONGEST: Duration = Duration::from_secs(10);
/// So many deadlines of a request, where those are short.
const DEADLINES: u32 = 5;
/// The first pause before the same question, where the device does not say how long.
const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// How long one device is waited for, over all that it is asked. Good answers may take their time: a
/// controller with many chassis is slow and not in trouble.
pub(super) struct Patience<'a> {
    clock: &'a dyn Clock,
    /// For questions without an answer and the pauses after them.
    left: Cell<Duration>,
}

impl<'a> Patience<'a> {
    /// Five times what one question may take, and at most 10 s, beside the last question's own time.
    pub(super) fn new(clock: &'a dyn Clock, deadline: Duration) -> Self {
        Self { clock, left: Cell::new((deadline * DEADLINES).min(LONGEST)) }
    }

    /// Asks until there is an answer, a fault that does not pass, or no time left for another try:
    /// then the error stands.
    pub(super) fn until_answered<T>(
        &self,
        mut ask: impl FnMut() -> Result<T, MeterError>,
    ) -> Result<T, MeterError> {
        // The patience is shorter than any pause needs to be.
        let mut backoff = Backoff::new(FIRST_PAUSE, LONGEST);
        loop {
            let asked = self.clock.now();
            let error = match ask() {
                Err(error) if error.is_passing() => error,
                answer => return answer,
            };
            let wait = backoff.pause(error.asked_wait());
            let spent = self.clock.now().saturating_duration_since(asked) + wait;
            let left = self.left.get().saturating_sub(spent);
            if left.is_zero() {
                return Err(error);
            }
            self.left.set(left);
            self.clock.sleep(wait);
        }
    }
}

#[cfg(test)]
pub(super) mod played {
    use crate::energy::clock;
    use std::sync::Mutex;
    use std::time::{Duration, Instant};

    /// Time that passes only while somebody sleeps.
    pub(in super::super) struct Clock(Instant, Mutex<Vec<Duration>>);

    impl Clock {
        pub(in super::super) fn new() -> Self {
            Self(Instant::now(), Mutex::default())
        }
        /// The sleeps so far, in milliseconds.
        pub(in super::super) fn slept(&self) -> Vec<u128> {
            self.1.lock().unwrap().iter().map(Duration::as_millis).collect()
        }
    }

    impl clock::Clock for Clock {
        fn now(&self) -> Instant {
            self.0 + self.1.lock().unwrap().iter().sum::<Duration>()
        }
        fn sleep(&self, time: Duration) {
            self.1.lock().unwrap().push(time);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::played::Clock;
    use super::*;
    use crate::energy::clock;

    const DEADLINE: Duration = Duration::from_secs(2);

    fn busy(wait: Option<u64>) -> MeterError {
        let wait = wait.map(Duration::from_secs);
        MeterError::Busy { meter: "m".to_owned(), reason: "HTTP 429".to_owned(), wait }
    }

    #[test]
    fn passing_faults_are_waited_for_as_long_as_the_device_asks_or_ever_longer() {
        let clock = Clock::new();
        let mut answers = vec![
            Ok(7),
            Err(busy(Some(3))),
            Err(MeterError::Timeout { meter: "m".to_owned(), millis: 1 }),
            Err(busy(None)),
        ];
        let patience = Patience::new(&clock, DEADLINE);
        assert_eq!(patience.until_answered(|| answers.pop().unwrap()), Ok(7));
        assert_eq!(clock.slept(), [500, 1000, 3000]);
    }

    #[test]
    fn the_error_stands_where_the_wait_is_longer_than_the_patience() {
        let clock = Clock::new();
        let patience = Patience::new(&clock, DEADLINE);
        assert_eq!(patience.until_answered(|| Err::<(), _>(busy(Some(60)))), Err(busy(Some(60))));
        assert_eq!(clock.slept(), [0u128; 0]);
        assert_eq!(patience.until_answered(|| Err::<(), _>(busy(None))), Err(busy(None)));
        assert_eq!(clock.slept(), [500, 1000, 2000, 4000]);
        // The patience is one for all questions.
        assert_eq!(patience.until_answered(|| Err::<(), _>(busy(Some(3)))), Err(busy(Some(3))));
        assert_eq!(clock.slept().len(), 4);
    }

    #[test]
    fn slow_answers_cost_no_patience_and_late_ones_do() {
        let clock = Clock::new();
        let patience = Patience::new(&clock, DEADLINE);
        let slow = || {
            clock::Clock::sleep(&clock, Duration::from_secs(60));
            Ok(())
        };
        assert_eq!(patience.until_answered(slow), Ok(()));
        let late = || {
            clock::Clock::sleep(&clock, DEADLINE);
            Err::<(), _>(busy(None))
        };
        assert_eq!(patience.until_answered(late), Err(busy(None)));
        // Three late answers and pauses of 0.5, 1 and 2 s are 9.5 s; the fourth is the last.
        assert_eq!(clock.slept(), [60_000, 2000, 500, 2000, 1000, 2000, 2000, 2000]);
    }

    #[test]
    fn a_lasting_fault_is_not_waited_for() {
        let clock = Clock::new();
        let gone = || MeterError::Gone { meter: "m".to_owned(), reason: "x".to_owned() };
        let patience = Patience::new(&clock, DEADLINE);
        assert_eq!(patience.until_answered(|| Err::<(), _>(gone())), Err(gone()));
        assert!(clock.slept().is_empty());
    }
}
