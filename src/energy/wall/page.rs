//! A page of a device, fetched once for all meters that read it.
//!
//! The power and the energy of a device are often on one page, and each is read by its own thread.
//! With twice the necessary number of requests, small devices respond with 429. Therefore:
//!
//! - A meter gets each fetch at most once. A meter that has had the last fetch makes a new one.
//! - A meter that has not had the last fetch shares it for [`SHARED_FOR`] after it ended, half the
//!   refresh interval of the fastest of these devices. An older fetch is stale and repeated.
//! - A fetch in progress is awaited and not repeated, so no meter waits for more than one.
//! - A reading has the times of its fetch, not those of the request for the reading.
//! - A failed fetch is shared like a successful one. If a device requests a wait (`Retry-After`), no
//!   fetch is made for that time, at most [`MAX_RETRY_AFTER`]; meanwhile its meters return the same
//!   error.

use super::super::MeterError;
use super::super::reading::ReadTime;
use super::http::{Stage, Transport, TransportError, meter_error};
use super::json;
use scopeguard::defer;
use serde_json::Value;
use std::fmt::{self, Debug};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long after its end a fetch is used by meters that have not had it.
const SHARED_FOR: Duration = Duration::from_millis(500);
/// The maximum wait requested by a device that is respected.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(60);

/// A page of a device.
pub(super) struct Page {
    transport: Arc<dyn Transport>,
    url: String,
    login: &'static str,
    shared_for: Duration,
    state: Mutex<State>,
    /// Notified when a fetch has ended.
    ended: Condvar,
}

#[derive(Default)]
struct State {
    last: Option<Fetch>,
    in_progress: bool,
}

#[derive(Clone)]
struct Fetch {
    /// Counted from 1.
    number: u64,
    time: ReadTime,
    response: Result<Arc<str>, TransportError>,
}

/// The number of the last fetch of a page that a meter had.
#[derive(Debug, Default)]
pub(super) struct LastSeen(u64);

/// Without the address, which may contain a password.
impl Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page").finish_non_exhaustive()
    }
}

impl Page {
    pub(super) fn new(transport: &Arc<dyn Transport>, url: String, login: &'static str) -> Self {
        Self {
            transport: Arc::clone(transport),
            url,
            login,
            shared_for: SHARED_FOR,
            state: Mutex::default(),
            ended: Condvar::new(),
        }
    }

    /// A fetch of the page that `meter` has not had yet, and its times.
    ///
    /// # Errors
    /// Those of a request during a run, and [`MeterError::Malformed`] for a page that is not a JSON
    /// object.
    pub(super) fn read(
        &self,
        meter: &str,
        seen: &mut LastSeen,
    ) -> Result<(Value, ReadTime), MeterError> {
        let fetch = self.after(seen.0);
        seen.0 = fetch.number;
        let text = fetch.response.map_err(|error| {
            meter_error(error, meter, Stage::Running, self.login, self.transport.deadline())
        })?;
        Ok((json::parse(meter, &text)?, fetch.time))
    }

    /// A fetch after the one with this number.
    fn after(&self, seen: u64) -> Fetch {
        let mut state = self.lock();
        let mut waited = false;
        loop {
            let max_age = if waited { Duration::MAX } else { self.shared_for };
            if let Some(fetch) = state.shared(seen, max_age, Instant::now()) {
                return fetch;
            }
            if !state.in_progress {
                break;
            }
            // The awaited fetch is used however late this thread wakes.
            waited = true;
            state = self.ended.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let number = state.last.as_ref().map_or(0, |last| last.number) + 1;
        state.in_progress = true;
        drop(state);
        // Also after a panic, so that the other threads do not wait forever.
        defer! {
            self.lock().in_progress = false;
            self.ended.notify_all();
        }
        let before = Instant::now();
        let response = self.transport.get(&self.url).map(Arc::from);
        let fetch = Fetch { number, time: ReadTime::since(before), response };
        self.lock().last = Some(fetch.clone());
        fetch
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The last fetch, if a meter can use it instead of a new one: the meter has not had it, and it is
    /// not older than `max_age`, or it is an error response whose requested wait is not over.
    fn shared(&self, seen: u64, max_age: Duration, now: Instant) -> Option<Fetch> {
        let last = self.last.as_ref()?;
        let age = now.saturating_duration_since(last.time.after());
        if last.number > seen && age <= max_age {
            return Some(last.clone());
        }
        let mut repeated = last.clone();
        let Err(TransportError::ErrorResponse(response)) = &mut repeated.response else {
            return None;
        };
        let wait = response.retry_after.filter(|_| response.is_transient())?.min(MAX_RETRY_AFTER);
        response.retry_after = Some(wait.checked_sub(age).filter(|left| !left.is_zero())?);
        Some(repeated)
    }
}

#[cfg(test)]
mod tests {
    use super::super::http::ErrorResponse;
    use super::super::remote::mock::MockTransport;
    use super::*;
    use std::thread;

    const URL: &str = "http://plug/page";

    fn page() -> (Arc<MockTransport>, Page) {
        let wire = Arc::new(MockTransport::default());
        wire.set("/page", Ok("{}"));
        let transport: Arc<dyn Transport> = wire.clone();
        // Long enough for a slow machine.
        let shared_for = Duration::from_hours(1);
        (wire, Page { shared_for, ..Page::new(&transport, URL.to_owned(), "") })
    }

    #[test]
    fn each_meter_gets_a_fetch_once_and_shares_it() {
        let (wire, page) = page();
        let (mut power, mut energy) = (LastSeen::default(), LastSeen::default());
        let (_, first) = page.read("power", &mut power).unwrap();
        let (_, shared) = page.read("energy", &mut energy).unwrap();
        assert_eq!((first, wire.requests().len()), (shared, 1));
        let (_, second) = page.read("energy", &mut energy).unwrap();
        assert_eq!(wire.requests().len(), 2);
        assert_ne!(first, second);
        assert_eq!(page.read("power", &mut power).unwrap().1, second);
        assert_eq!(wire.requests().len(), 2);
    }

    #[test]
    fn old_fetch_is_not_used_by_a_later_read() {
        let (_, page) = page();
        page.read("power", &mut LastSeen::default()).unwrap();
        let state = page.lock();
        let end = state.last.as_ref().unwrap().time.after();
        assert!(state.shared(0, SHARED_FOR, end + SHARED_FOR).is_some());
        let late = end + SHARED_FOR + Duration::from_millis(1);
        assert!(state.shared(0, SHARED_FOR, late).is_none());
        assert!(state.shared(0, Duration::MAX, late).is_some());
        assert!(state.shared(1, Duration::MAX, end).is_none());
    }

    #[test]
    fn busy_response_is_shared_until_its_wait_is_over() {
        let (wire, page) = page();
        let busy = |wait| {
            let retry_after = Some(Duration::from_secs(wait));
            Err(TransportError::ErrorResponse(ErrorResponse {
                retry_after,
                ..ErrorResponse::new(429)
            }))
        };
        wire.set("/page", busy(3600));
        let mut seen = LastSeen::default();
        for _ in 0..3 {
            let error = page.read("power", &mut seen).unwrap_err();
            assert!(matches!(error, MeterError::Busy { wait: Some(_), .. }), "{error:?}");
        }
        assert!(matches!(
            page.read("energy", &mut LastSeen::default()),
            Err(MeterError::Busy { .. })
        ));
        assert_eq!(wire.requests().len(), 1);
        let state = page.lock();
        let end = state.last.as_ref().unwrap().time.after();
        assert!(state.shared(1, SHARED_FOR, end + MAX_RETRY_AFTER).is_none());
        drop(state);
        // Without a requested wait the next request is sent.
        let (wire, page) = self::page();
        wire.set("/page", Err(TransportError::ErrorResponse(ErrorResponse::new(429))));
        let mut seen = LastSeen::default();
        assert!(page.read("power", &mut seen).is_err());
        wire.set("/page", Ok("{}"));
        assert!(page.read("power", &mut seen).is_ok());
    }

    #[test]
    fn concurrent_reads_make_one_fetch() {
        let (wire, page) = page();
        let gate = wire.hold();
        let times = thread::scope(|scope| {
            let readers: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| page.read("meter", &mut LastSeen::default()).unwrap().1))
                .collect();
            wire.wait_until_requested();
            drop(gate);
            readers.into_iter().map(|reader| reader.join().unwrap()).collect::<Vec<_>>()
        });
        assert!(times.iter().all(|time| *time == times[0]));
        assert_eq!(wire.requests().len(), 1);
    }

    #[test]
    fn panicking_fetch_leaves_the_page_usable() {
        #[derive(Debug)]
        struct Panics;
        impl Transport for Panics {
            fn get(&self, _: &str) -> Result<String, TransportError> {
                panic!("simulated")
            }
            fn deadline(&self) -> Duration {
                Duration::from_secs(1)
            }
        }
        let transport: Arc<dyn Transport> = Arc::new(Panics);
        let page = Page::new(&transport, URL.to_owned(), "");
        for _ in 0..2 {
            let read = || page.read("meter", &mut LastSeen::default()).is_ok();
            assert!(thread::scope(|scope| scope.spawn(read).join().is_err()));
        }
        assert!(!page.lock().in_progress);
    }
}
