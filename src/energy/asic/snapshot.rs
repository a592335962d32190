//! One snapshot of a miner's telemetry, as asic-rs or pyasic writes it.

use super::error::AsicError;
use super::exporter::Exporter;
use super::figures::{Poll, Source, string};
use serde_json::Value;

/// A snapshot whose writer and machine are known. Of its figures there may be none: in a log of
/// several machines one that is not asked for may lack anything.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    pub exporter: Exporter,
    pub ip: String,
    pub mac: Option<String>,
    pub hostname: Option<String>,
    pub poll: Result<Poll, AsicError>,
}

impl Snapshot {
    pub fn new(number: usize, object: Value) -> Result<Self, AsicError> {
        let unknown = |reason| AsicError::UnknownExporter { snapshot: number, reason };
        if !object.is_object() {
            return Err(unknown("it is no object"));
        }
        let has = |key: &str| object.get(key).is_some();
        let exporter = match (has("schema_version"), has("datetime")) {
            (true, false) => Exporter::AsicRs,
            (false, true) => Exporter::Pyasic,
            (true, true) => return Err(unknown("it has both `schema_version` and `datetime`")),
            (false, false) => {
                return Err(unknown("it has neither `schema_version` nor `datetime`"));
            }
        };
        let text = |key: &str| string(&object, key);
        let ip = text("ip").ok_or(AsicError::Missing { snapshot: number, field: "ip" })?;
        let mac = text("mac").map(|mac| mac.to_uppercase());
        let hostname = text("hostname");
        let poll = Source { number, exporter, object }.poll();
        Ok(Self { exporter, ip, mac, hostname, poll })
    }

    /// What the machine is called in messages, and one of the names it can be chosen by.
    pub fn name(&self) -> String {
        match &self.mac {
            Some(mac) => format!("{} ({mac})", self.ip),
            None => self.ip.clone(),
        }
    }

    pub fn is_of(&self, name: &str) -> bool {
        let same = |own: &str| own.eq_ignore_ascii_case(name);
        same(&self.ip)
            || same(&self.name())
            || self.mac.as_deref().is_some_and(same)
            || self.hostname.as_deref().is_some_and(same)
    }
}
