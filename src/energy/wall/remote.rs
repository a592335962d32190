//! A meter that is read over HTTP: what Shelly, Tasmota and Redfish have in common.

use super::super::{MeterDescriptor, MeterError, Raw, Reading};
use super::http::{Stage, Transport, meter_error};
use super::json;
use serde_json::Value;
use std::fmt::{self, Debug};
use std::sync::Arc;
use std::time::Instant;

/// Takes a raw value out of an answer; the first argument is the meter's name.
pub(super) type Extract = Box<dyn Fn(&str, &Value) -> Result<Raw, MeterError> + Send + Sync>;

/// A page and what to read on it.
pub(super) struct RemoteMeter {
    pub transport: Arc<dyn Transport>,
    pub url: String,
    pub login: &'static str,
    pub descriptor: Arc<MeterDescriptor>,
    pub extract: Extract,
}

/// Without the address, in which a password may stand.
impl Debug for RemoteMeter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteMeter").field("id", &self.descriptor.id).finish_non_exhaustive()
    }
}

impl RemoteMeter {
    pub(super) fn read(&self) -> Result<Reading, MeterError> {
        let id = &self.descriptor.id;
        let before = Instant::now();
        let page = fetch(&*self.transport, &self.url, id, self.login, Stage::Running)?;
        let raw = (self.extract)(id, &page)?;
        Ok(Reading::of_sensor(&self.descriptor, raw, before))
    }
}

/// A page as JSON, for a meter.
pub(super) fn fetch(
    transport: &dyn Transport,
    url: &str,
    meter: &str,
    login: &str,
    stage: Stage,
) -> Result<Value, MeterError> {
    let text = transport
        .get(url)
        .map_err(|error| meter_error(error, meter, stage, login, transport.deadline()))?;
    json::parse(meter, &text)
}

#[cfg(test)]
pub(super) mod played {
    //! A transport that plays answers and faults.

    use super::super::http::{Refusal, Transport, TransportError};
    use std::collections::BTreeMap;
    use std::sync::Mutex;
    use std::time::Duration;

    /// Pages by the end of their address. What has none is not found.
    #[derive(Debug, Default)]
    pub(in super::super) struct Played {
        pages: Mutex<BTreeMap<String, Result<String, TransportError>>>,
        asked: Mutex<Vec<String>>,
    }

    impl Played {
        pub(in super::super) fn set(&self, end: &str, page: Result<&str, TransportError>) {
            self.pages.lock().unwrap().insert(end.to_owned(), page.map(str::to_owned));
        }
        pub(in super::super) fn asked(&self) -> Vec<String> {
            self.asked.lock().unwrap().clone()
        }
    }

    impl Transport for Played {
        fn get(&self, url: &str) -> Result<String, TransportError> {
            self.asked.lock().unwrap().push(url.to_owned());
            let pages = self.pages.lock().unwrap();
            let page = pages.iter().find(|(end, _)| url.ends_with(end.as_str()));
            page.map_or(Err(TransportError::Refused(Refusal::of(404))), |(_, page)| page.clone())
        }
        fn deadline(&self) -> Duration {
            Duration::from_millis(1500)
        }
    }
}
