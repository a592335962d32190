//! Opens a device: fetches pages to find out what it is and what it measures.

use super::super::{MeterDescriptor, MeterError};
use super::http::{ErrorResponse, Stage, Transport, TransportError, meter_error};
use super::json;
use super::page::Page;
use super::remote::{Extract, RemoteMeter};
use super::retry::RetryBudget;
use crate::energy::clock::SystemClock;
use serde_json::Value;
use std::sync::Arc;

/// A device that is being opened.
pub(super) struct Opening<'a> {
    transport: &'a Arc<dyn Transport>,
    /// Scheme, host and port.
    base: &'a str,
    /// Its name in messages and descriptors: kind and address.
    pub device: String,
    login: &'static str,
    retry: RetryBudget<'static>,
}

/// A value of a device: the path of its page, its descriptor, and how it is read from the page.
pub(super) type View = (String, MeterDescriptor, Extract);

impl<'a> Opening<'a> {
    pub(super) fn new(
        transport: &'a Arc<dyn Transport>,
        base: &'a str,
        kind: &str,
        login: &'static str,
    ) -> Self {
        let retry = RetryBudget::new(&SystemClock, transport.deadline());
        Self { transport, base, device: format!("{kind} {base}"), login, retry }
    }

    /// Fetches a page of the device, or returns its error response if it has no such page.
    ///
    /// # Errors
    /// The device does not respond, requires a login, or the response is not valid. Transient errors
    /// are retried.
    pub(super) fn fetch(&self, path: &str) -> Result<Result<Value, ErrorResponse>, MeterError> {
        let url = format!("{}{path}", self.base);
        let text = self.retry.retry(|| match self.transport.get(&url) {
            Ok(text) => Ok(Ok(text)),
            Err(TransportError::ErrorResponse(response)) if is_missing_page(&response) => {
                Ok(Err(response))
            }
            Err(error) => Err(self.error(error)),
        })?;
        text.map(|text| json::parse(&self.device, &text))
            .map_or_else(|response| Ok(Err(response)), |page| page.map(Ok))
    }

    /// Fetches a page that the device must have.
    ///
    /// # Errors
    /// Those of [`Self::fetch`], and [`MeterError::Unsupported`] for an error response.
    pub(super) fn require(&self, path: &str) -> Result<Value, MeterError> {
        self.fetch(path)?.map_err(|response| self.unsupported(response.to_string()))
    }

    /// The meters of these values, each read once. Meters of the same page share its fetches.
    ///
    /// # Errors
    /// Those of the first reading. Transient errors are retried.
    pub(super) fn meters(&self, views: Vec<View>) -> Result<Vec<RemoteMeter>, MeterError> {
        let mut pages: Vec<(String, Arc<Page>)> = Vec::new();
        let mut meters = Vec::new();
        for (path, descriptor, extract) in views {
            let known = pages.iter().find(|(known, _)| *known == path);
            let page = match known {
                Some((_, page)) => Arc::clone(page),
                None => {
                    let url = format!("{}{path}", self.base);
                    let page = Arc::new(Page::new(self.transport, url, self.login));
                    pages.push((path, Arc::clone(&page)));
                    page
                }
            };
            let mut meter = RemoteMeter::new(&page, descriptor, extract);
            self.retry.retry(|| meter.read())?;
            meters.push(meter);
        }
        Ok(meters)
    }

    /// The error for a device that does not provide what is needed.
    pub(super) fn unsupported(&self, reason: String) -> MeterError {
        MeterError::Unsupported { meter: self.device.clone(), reason }
    }

    fn error(&self, error: TransportError) -> MeterError {
        let deadline = self.transport.deadline();
        meter_error(error, &self.device, Stage::Opening, self.login, deadline)
    }
}

/// Whether an error response means that there is no such page. Some devices respond with 500 for a
/// channel that does not exist.
fn is_missing_page(response: &ErrorResponse) -> bool {
    response.status == 500 || !(matches!(response.status, 401 | 403) || response.is_transient())
}
