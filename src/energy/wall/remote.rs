//! A meter that is read over HTTP: the common part of Shelly, Tasmota and Redfish.

use super::super::{MeterDescriptor, MeterError, RawValue, Reading};
use super::page::{LastSeen, Page};
use serde_json::Value;
use std::fmt::{self, Debug};
use std::sync::Arc;

/// Reads a raw value from a response; the first argument is the name of the meter.
pub(super) type Extract = Box<dyn Fn(&str, &Value) -> Result<RawValue, MeterError> + Send + Sync>;

/// A page and the value to read from it.
pub(super) struct RemoteMeter {
    page: Arc<Page>,
    seen: LastSeen,
    pub descriptor: Arc<MeterDescriptor>,
    extract: Extract,
}

impl Debug for RemoteMeter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteMeter").field("id", &self.descriptor.id).finish_non_exhaustive()
    }
}

impl RemoteMeter {
    /// A meter for a value of a page, which other meters may share.
    pub(super) fn new(page: &Arc<Page>, descriptor: MeterDescriptor, extract: Extract) -> Self {
        let (page, descriptor) = (Arc::clone(page), Arc::new(descriptor));
        Self { page, seen: LastSeen::default(), descriptor, extract }
    }

    pub(super) fn read(&mut self) -> Result<Reading, MeterError> {
        let id = &self.descriptor.id;
        let (page, time) = self.page.read(id, &mut self.seen)?;
        let raw = (self.extract)(id, &page)?;
        Ok(Reading::from_sensor_at(&self.descriptor, raw, time))
    }
}

#[cfg(test)]
pub(super) mod mock {
    //! A transport with given responses and faults.

    use super::super::http::{ErrorResponse, Transport, TransportError};
    use std::collections::BTreeMap;
    use std::sync::{Mutex, MutexGuard};
    use std::thread;
    use std::time::Duration;

    type Pages = BTreeMap<String, Result<String, TransportError>>;

    /// Pages by the end of their address. All others are not found.
    #[derive(Debug, Default)]
    pub(in super::super) struct MockTransport {
        pages: Mutex<Pages>,
        requests: Mutex<Vec<String>>,
    }

    impl MockTransport {
        pub(in super::super) fn set(&self, end: &str, page: Result<&str, TransportError>) {
            self.pages.lock().unwrap().insert(end.to_owned(), page.map(str::to_owned));
        }
        pub(in super::super) fn requests(&self) -> Vec<String> {
            self.requests.lock().unwrap().clone()
        }
        /// No request is answered while this is held.
        pub(in super::super) fn hold(&self) -> MutexGuard<'_, Pages> {
            self.pages.lock().unwrap()
        }
        pub(in super::super) fn wait_until_requested(&self) {
            while self.requests.lock().unwrap().is_empty() {
                thread::yield_now();
            }
        }
    }

    impl Transport for MockTransport {
        fn get(&self, url: &str) -> Result<String, TransportError> {
            self.requests.lock().unwrap().push(url.to_owned());
            let pages = self.pages.lock().unwrap();
            let page = pages.iter().find(|(end, _)| url.ends_with(end.as_str()));
            page.map_or(Err(TransportError::ErrorResponse(ErrorResponse::new(404))), |(_, page)| {
                page.clone()
            })
        }
        /// So short that there are no retries.
        fn deadline(&self) -> Duration {
            Duration::from_millis(1)
        }
    }
}
