//! A meter that is read over HTTP: what Shelly, Tasmota and Redfish have in common.

use super::super::{MeterDescriptor, MeterError, RawValue, Reading};
use super::page::{Page, Seen};
use serde_json::Value;
use std::fmt::{self, Debug};
use std::sync::Arc;

/// Takes a raw value out of an answer; the first argument is the meter's name.
pub(super) type Extract = Box<dyn Fn(&str, &Value) -> Result<RawValue, MeterError> + Send + Sync>;

/// A page and what to read on it.
pub(super) struct RemoteMeter {
    page: Arc<Page>,
    seen: Seen,
    pub descriptor: Arc<MeterDescriptor>,
    extract: Extract,
}

impl Debug for RemoteMeter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteMeter").field("id", &self.descriptor.id).finish_non_exhaustive()
    }
}

impl RemoteMeter {
    /// A value of a page, which other meters may share.
    pub(super) fn new(page: &Arc<Page>, descriptor: MeterDescriptor, extract: Extract) -> Self {
        let (page, descriptor) = (Arc::clone(page), Arc::new(descriptor));
        Self { page, seen: Seen::default(), descriptor, extract }
    }

    pub(super) fn read(&mut self) -> Result<Reading, MeterError> {
        let id = &self.descriptor.id;
        let (page, time) = self.page.read(id, &mut self.seen)?;
        let raw = (self.extract)(id, &page)?;
        Ok(Reading::of_sensor_at(&self.descriptor, raw, time))
    }
}

#[cfg(test)]
pub(super) mod played {
    //! A transport that plays answers and faults.

    use super::super::http::{Refusal, Transport, TransportError};
    use std::collections::BTreeMap;
    use std::sync::{Mutex, MutexGuard};
    use std::thread;
    use std::time::Duration;

    type Pages = BTreeMap<String, Result<String, TransportError>>;

    /// Pages by the end of their address. What has none is not found.
    #[derive(Debug, Default)]
    pub(in super::super) struct Played {
        pages: Mutex<Pages>,
        asked: Mutex<Vec<String>>,
    }

    impl Played {
        pub(in super::super) fn set(&self, end: &str, page: Result<&str, TransportError>) {
            self.pages.lock().unwrap().insert(end.to_owned(), page.map(str::to_owned));
        }
        pub(in super::super) fn asked(&self) -> Vec<String> {
            self.asked.lock().unwrap().clone()
        }
        /// No answer comes while this is held.
        pub(in super::super) fn hold(&self) -> MutexGuard<'_, Pages> {
            self.pages.lock().unwrap()
        }
        pub(in super::super) fn wait_until_asked(&self) {
            while self.asked.lock().unwrap().is_empty() {
                thread::yield_now();
            }
        }
    }

    impl Transport for Played {
        fn get(&self, url: &str) -> Result<String, TransportError> {
            self.asked.lock().unwrap().push(url.to_owned());
            let pages = self.pages.lock().unwrap();
            let page = pages.iter().find(|(end, _)| url.ends_with(end.as_str()));
            page.map_or(Err(TransportError::Refused(Refusal::of(404))), |(_, page)| page.clone())
        }
        /// So short that nothing is waited for.
        fn deadline(&self) -> Duration {
            Duration::from_millis(1)
        }
    }
}
