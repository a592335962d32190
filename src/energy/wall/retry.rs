//! Retries after transient errors while a meter is opened.
//!
//! A device that responds with 429 or 503, is late or drops a connection may respond a moment later,
//! and a short wait is better than a run that cannot start. Once the meter is open, failed readings
//! are handled by the energy account.

use super::super::MeterError;
use super::super::clock::Clock;
use crate::input::Backoff;
use std::cell::Cell;
use std::time::Duration;

/// The maximum time spent on failed requests and waits while one device is opened.
const MAX_WAIT: Duration = Duration::from_secs(10);
/// The maximum time in deadlines of one request, for short deadlines.
const MAX_DEADLINES: u32 = 5;
/// The first wait before a retry, if the device does not request one.
const FIRST_PAUSE: Duration = Duration::from_millis(500);

/// The time that may be spent on failed requests to one device and the waits after them. Successful
/// requests do not count: a controller with many chassis is slow but works.
pub(super) struct RetryBudget<'a> {
    clock: &'a dyn Clock,
    /// The remaining time.
    left: Cell<Duration>,
}

impl<'a> RetryBudget<'a> {
    /// A budget of five times the deadline of one request, at most 10 s, in addition to the time of the
    /// last request.
    pub(super) fn new(clock: &'a dyn Clock, deadline: Duration) -> Self {
        Self { clock, left: Cell::new((deadline * MAX_DEADLINES).min(MAX_WAIT)) }
    }

    /// Repeats a request until it succeeds, fails with a permanent error, or no time is left for
    /// another attempt.
    ///
    /// # Errors
    /// The error of the last attempt.
    pub(super) fn retry<T>(
        &self,
        mut request: impl FnMut() -> Result<T, MeterError>,
    ) -> Result<T, MeterError> {
        // No wait needs to be longer than the budget.
        let mut backoff = Backoff::new(FIRST_PAUSE, MAX_WAIT);
        loop {
            let started = self.clock.now();
            let error = match request() {
                Err(error) if error.is_transient() => error,
                result => return result,
            };
            let wait = backoff.pause(error.requested_wait());
            let spent = self.clock.now().saturating_duration_since(started) + wait;
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
pub(super) mod mock {
    use crate::energy::clock;
    use std::sync::Mutex;
    use std::time::{Duration, Instant};

    /// A clock that advances only during sleeps.
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
    use super::mock::Clock;
    use super::*;
    use crate::energy::clock;

    const DEADLINE: Duration = Duration::from_secs(2);

    fn busy(wait: Option<u64>) -> MeterError {
        let wait = wait.map(Duration::from_secs);
        MeterError::Busy { meter: "m".to_owned(), reason: "HTTP 429".to_owned(), wait }
    }

    #[test]
    fn transient_errors_are_retried_after_the_requested_or_a_growing_wait() {
        let clock = Clock::new();
        let mut results = vec![
            Ok(7),
            Err(busy(Some(3))),
            Err(MeterError::Timeout { meter: "m".to_owned(), millis: 1 }),
            Err(busy(None)),
        ];
        let retry = RetryBudget::new(&clock, DEADLINE);
        assert_eq!(retry.retry(|| results.pop().unwrap()), Ok(7));
        assert_eq!(clock.slept(), [500, 1000, 3000]);
    }

    #[test]
    fn error_is_returned_when_the_wait_exceeds_the_limit() {
        let clock = Clock::new();
        let retry = RetryBudget::new(&clock, DEADLINE);
        assert_eq!(retry.retry(|| Err::<(), _>(busy(Some(60)))), Err(busy(Some(60))));
        assert_eq!(clock.slept(), [0u128; 0]);
        assert_eq!(retry.retry(|| Err::<(), _>(busy(None))), Err(busy(None)));
        assert_eq!(clock.slept(), [500, 1000, 2000, 4000]);
        // The budget is shared by all requests.
        assert_eq!(retry.retry(|| Err::<(), _>(busy(Some(3)))), Err(busy(Some(3))));
        assert_eq!(clock.slept().len(), 4);
    }

    #[test]
    fn timeouts_count_towards_the_limit_and_slow_responses_do_not() {
        let clock = Clock::new();
        let retry = RetryBudget::new(&clock, DEADLINE);
        let slow = || {
            clock::Clock::sleep(&clock, Duration::from_secs(60));
            Ok(())
        };
        assert_eq!(retry.retry(slow), Ok(()));
        let timeout = || {
            clock::Clock::sleep(&clock, DEADLINE);
            Err::<(), _>(busy(None))
        };
        assert_eq!(retry.retry(timeout), Err(busy(None)));
        // Three timeouts and waits of 0.5, 1 and 2 s take 9.5 s; the fourth attempt is the last.
        assert_eq!(clock.slept(), [60_000, 2000, 500, 2000, 1000, 2000, 2000, 2000]);
    }

    #[test]
    fn permanent_error_is_not_retried() {
        let clock = Clock::new();
        let gone = || MeterError::Gone { meter: "m".to_owned(), reason: "x".to_owned() };
        let retry = RetryBudget::new(&clock, DEADLINE);
        assert_eq!(retry.retry(|| Err::<(), _>(gone())), Err(gone()));
        assert!(clock.slept().is_empty());
    }
}
