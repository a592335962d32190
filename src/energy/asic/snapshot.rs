//! One snapshot of a miner's telemetry, as asic-rs or pyasic writes it.

use super::error::AsicError;
use super::exporter::Exporter;
use super::figures::{Poll, Source, string};
use serde_json::Value;

/// A snapshot of a known exporter and machine. Its values may be missing or invalid, because in a log
/// of several machines only the snapshots of the selected machine matter.
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
            return Err(unknown("it is not an object"));
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

    /// The name of the machine in messages, which can also be used to select it.
    pub fn name(&self) -> String {
        match &self.mac {
            Some(mac) => format!("{} ({mac})", self.ip),
            None => self.ip.clone(),
        }
    }

    pub fn is_machine(&self, name: &str) -> bool {
        let same = |own: &str| own.eq_ignore_ascii_case(name);
        same(&self.ip)
            || same(&self.name())
            || self.mac.as_deref().is_some_and(same)
            || self.hostname.as_deref().is_some_and(same)
    }
}
