//! A device while it is asked what it is and what it has.

use super::super::{MeterDescriptor, MeterError};
use super::http::{Refusal, Stage, Transport, TransportError, meter_error};
use super::json;
use super::page::Page;
use super::patience::Patience;
use super::remote::{Extract, RemoteMeter};
use crate::energy::clock::SystemClock;
use serde_json::Value;
use std::sync::Arc;

/// A device that is being opened.
pub(super) struct Opening<'a> {
    transport: &'a Arc<dyn Transport>,
    /// Scheme, host and port.
    base: &'a str,
    /// Its name in messages and descriptions: kind and address.
    pub device: String,
    login: &'static str,
    patience: Patience<'static>,
}

/// A value of a device: the page on which it stands, what it is, and how it is read there.
pub(super) type View = (String, MeterDescriptor, Extract);

impl<'a> Opening<'a> {
    pub(super) fn new(
        transport: &'a Arc<dyn Transport>,
        base: &'a str,
        kind: &str,
        login: &'static str,
    ) -> Self {
        let patience = Patience::new(&SystemClock, transport.deadline());
        Self { transport, base, device: format!("{kind} {base}"), login, patience }
    }

    /// A page of the device, or its refusal where it has no such page.
    ///
    /// # Errors
    /// Where nobody answers, a login is wanted, or the answer is none; what may pass is waited for.
    pub(super) fn ask(&self, path: &str) -> Result<Result<Value, Refusal>, MeterError> {
        let url = format!("{}{path}", self.base);
        let text = self.patience.until_answered(|| match self.transport.get(&url) {
            Ok(text) => Ok(Ok(text)),
            Err(TransportError::Refused(refusal)) if is_final(&refusal) => Ok(Err(refusal)),
            Err(error) => Err(self.error(error)),
        })?;
        text.map(|text| json::parse(&self.device, &text))
            .map_or_else(|refusal| Ok(Err(refusal)), |page| page.map(Ok))
    }

    /// A page that the device must have.
    ///
    /// # Errors
    /// As [`Self::ask`], and [`MeterError::Unsupported`] for its refusal.
    pub(super) fn need(&self, path: &str) -> Result<Value, MeterError> {
        self.ask(path)?.map_err(|refusal| self.unsupported(refusal.to_string()))
    }

    /// Meters of these values, each read once. Those of one page share what is fetched of it.
    ///
    /// # Errors
    /// The first reading's; what may pass is waited for.
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
            self.patience.until_answered(|| meter.read())?;
            meters.push(meter);
        }
        Ok(meters)
    }

    /// The device does not give what is wanted.
    pub(super) fn unsupported(&self, reason: String) -> MeterError {
        MeterError::Unsupported { meter: self.device.clone(), reason }
    }

    fn error(&self, error: TransportError) -> MeterError {
        let deadline = self.transport.deadline();
        meter_error(error, &self.device, Stage::Opening, self.login, deadline)
    }
}

/// Whether a device that says so has no such page. 500 is what some say to a channel that is not there.
fn is_final(refusal: &Refusal) -> bool {
    refusal.status == 500 || !(matches!(refusal.status, 401 | 403) || refusal.is_passing())
}
