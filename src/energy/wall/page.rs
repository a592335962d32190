//! A page of a device, fetched once for all meters that read it.
//!
//! A device's power and energy often stand on one page, and each is read by a thread of its own; asked
//! twice as often as needed, small devices answer 429. So:
//!
//! - A meter gets each fetch at most once. One that has had the last one makes a new fetch.
//! - A meter that has not had the last one shares it for [`SHARED_FOR`] after it ended, half the time in
//!   which the fastest of these devices renews its power. Older, it is stale and fetched anew.
//! - A fetch under way is waited for and not made again, so nobody waits for more than one.
//! - A reading has the times of its fetch, not those at which it was asked for.
//! - A failed fetch is shared like a good one. A device that asked to be left alone (`Retry-After`) is
//!   left alone so long, at most [`LONGEST_HOLD`]; meanwhile its meters give the refusal again.

use super::super::MeterError;
use super::super::reading::ReadTime;
use super::http::{Stage, Transport, TransportError, meter_error};
use super::json;
use scopeguard::defer;
use serde_json::Value;
use std::fmt::{self, Debug};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long after its end a fetch is taken by meters that have not had it.
const SHARED_FOR: Duration = Duration::from_millis(500);
/// No request to wait is obeyed for longer.
const LONGEST_HOLD: Duration = Duration::from_secs(60);

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
    under_way: bool,
}

#[derive(Clone)]
struct Fetch {
    /// Counted from 1.
    number: u64,
    time: ReadTime,
    answer: Result<Arc<str>, TransportError>,
}

/// Which fetch of a page a meter had last.
#[derive(Debug, Default)]
pub(super) struct Seen(u64);

/// Without the address, in which a password may stand.
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

    /// The page as `meter` has not had it yet, and when it was fetched.
    ///
    /// # Errors
    /// Those of a request in a run, and [`MeterError::Malformed`] for what is no JSON object.
    pub(super) fn read(
        &self,
        meter: &str,
        seen: &mut Seen,
    ) -> Result<(Value, ReadTime), MeterError> {
        let fetch = self.after(seen.0);
        seen.0 = fetch.number;
        let text = fetch.answer.map_err(|error| {
            meter_error(error, meter, Stage::Running, self.login, self.transport.deadline())
        })?;
        Ok((json::parse(meter, &text)?, fetch.time))
    }

    /// The fetch for a meter that had the one of this number.
    fn after(&self, seen: u64) -> Fetch {
        let mut state = self.lock();
        let mut waited = false;
        loop {
            let most = if waited { Duration::MAX } else { self.shared_for };
            if let Some(fetch) = state.shared(seen, most, Instant::now()) {
                return fetch;
            }
            if !state.under_way {
                break;
            }
            // It is taken however late this thread wakes.
            waited = true;
            state = self.ended.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        let number = state.last.as_ref().map_or(0, |last| last.number) + 1;
        state.under_way = true;
        drop(state);
        // By a panic too: the others must not wait for ever.
        defer! {
            self.lock().under_way = false;
            self.ended.notify_all();
        }
        let before = Instant::now();
        let answer = self.transport.get(&self.url).map(Arc::from);
        let fetch = Fetch { number, time: ReadTime::since(before), answer };
        self.lock().last = Some(fetch.clone());
        fetch
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The last fetch, where a meter takes it in place of a new one: it has not had it, and it ended no
    /// longer ago than `most`.
    fn shared(&self, seen: u64, most: Duration, now: Instant) -> Option<Fetch> {
        let last = self.last.as_ref()?;
        let age = now.saturating_duration_since(last.time.after());
        if last.number > seen && age <= most {
            return Some(last.clone());
        }
        let mut again = last.clone();
        let Err(TransportError::Refused(refusal)) = &mut again.answer else { return None };
        let hold = refusal.retry_after.filter(|_| refusal.is_passing())?.min(LONGEST_HOLD);
        refusal.retry_after = Some(hold.checked_sub(age).filter(|left| !left.is_zero())?);
        Some(again)
    }
}

#[cfg(test)]
mod tests {
    use super::super::http::Refusal;
    use super::super::remote::played::Played;
    use super::*;
    use std::thread;

    const URL: &str = "http://plug/page";

    fn page() -> (Arc<Played>, Page) {
        let wire = Arc::new(Played::default());
        wire.set("/page", Ok("{}"));
        let transport: Arc<dyn Transport> = wire.clone();
        // However slow the machine is.
        let shared_for = Duration::from_hours(1);
        (wire, Page { shared_for, ..Page::new(&transport, URL.to_owned(), "") })
    }

    #[test]
    fn each_meter_gets_a_fetch_once_and_shares_it_with_the_others() {
        let (wire, page) = page();
        let (mut power, mut energy) = (Seen::default(), Seen::default());
        let (_, first) = page.read("power", &mut power).unwrap();
        let (_, shared) = page.read("energy", &mut energy).unwrap();
        assert_eq!((first, wire.asked().len()), (shared, 1));
        let (_, second) = page.read("energy", &mut energy).unwrap();
        assert_eq!(wire.asked().len(), 2);
        assert_ne!(first, second);
        assert_eq!(page.read("power", &mut power).unwrap().1, second);
        assert_eq!(wire.asked().len(), 2);
    }

    #[test]
    fn an_old_fetch_is_stale_for_those_who_did_not_wait_for_it() {
        let (_, page) = page();
        page.read("power", &mut Seen::default()).unwrap();
        let state = page.lock();
        let end = state.last.as_ref().unwrap().time.after();
        assert!(state.shared(0, SHARED_FOR, end + SHARED_FOR).is_some());
        let late = end + SHARED_FOR + Duration::from_millis(1);
        assert!(state.shared(0, SHARED_FOR, late).is_none());
        assert!(state.shared(0, Duration::MAX, late).is_some());
        assert!(state.shared(1, Duration::MAX, end).is_none());
    }

    #[test]
    fn a_refusal_is_shared_and_obeyed_as_long_as_it_asks() {
        let (wire, page) = page();
        let busy = |wait| {
            let retry_after = Some(Duration::from_secs(wait));
            Err(TransportError::Refused(Refusal { retry_after, ..Refusal::of(429) }))
        };
        wire.set("/page", busy(3600));
        let mut seen = Seen::default();
        for _ in 0..3 {
            let told = page.read("power", &mut seen).unwrap_err();
            assert!(matches!(told, MeterError::Busy { wait: Some(_), .. }), "{told:?}");
        }
        assert!(matches!(page.read("energy", &mut Seen::default()), Err(MeterError::Busy { .. })));
        assert_eq!(wire.asked().len(), 1);
        let state = page.lock();
        let end = state.last.as_ref().unwrap().time.after();
        assert!(state.shared(1, SHARED_FOR, end + LONGEST_HOLD).is_none());
        drop(state);
        // Without a wait the next question goes out.
        let (wire, page) = self::page();
        wire.set("/page", Err(TransportError::Refused(Refusal::of(429))));
        let mut seen = Seen::default();
        assert!(page.read("power", &mut seen).is_err());
        wire.set("/page", Ok("{}"));
        assert!(page.read("power", &mut seen).is_ok());
    }

    #[test]
    fn meters_that_ask_together_make_one_fetch() {
        let (wire, page) = page();
        let gate = wire.hold();
        let times = thread::scope(|scope| {
            let readers: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| page.read("meter", &mut Seen::default()).unwrap().1))
                .collect();
            wire.wait_until_asked();
            drop(gate);
            readers.into_iter().map(|reader| reader.join().unwrap()).collect::<Vec<_>>()
        });
        assert!(times.iter().all(|time| *time == times[0]));
        assert_eq!(wire.asked().len(), 1);
    }

    #[test]
    fn a_fetch_that_panics_leaves_the_page_to_the_next() {
        #[derive(Debug)]
        struct Panics;
        impl Transport for Panics {
            fn get(&self, _: &str) -> Result<String, TransportError> {
                panic!("played")
            }
            fn deadline(&self) -> Duration {
                Duration::from_secs(1)
            }
        }
        let transport: Arc<dyn Transport> = Arc::new(Panics);
        let page = Page::new(&transport, URL.to_owned(), "");
        for _ in 0..2 {
            let read = || page.read("meter", &mut Seen::default()).is_ok();
            assert!(thread::scope(|scope| scope.spawn(read).join().is_err()));
        }
        assert!(!page.lock().under_way);
    }
}
