//! Parses a log snapshot by snapshot and keeps only the values, so that a long log needs little
//! memory and the size of a malicious snapshot is bounded.

use super::error::AsicError;
use super::snapshot::Snapshot;
use crate::input::{JsonError, MAX_VALUES, RecordLimit, StrictJson};
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::de::Read as JsonRead;
use std::cell::Cell;
use std::fmt;
use std::io::{BufRead, BufReader, Read};

/// The maximum size of a snapshot; no exporter writes longer ones.
const MAX_SNAPSHOT_BYTES: u64 = 1 << 20;
/// One per minute for four weeks; each takes about 1.3 KiB of memory until it is summed.
const MAX_SNAPSHOTS: usize = 40_320;

/// The snapshots of a text.
pub(super) fn from_text(text: &str) -> Result<Vec<Snapshot>, AsicError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    snapshots(serde_json::Deserializer::from_str(text), &|| {})
}

/// The snapshots from a reader.
pub(super) fn from_reader(reader: impl Read) -> Result<Vec<Snapshot>, AsicError> {
    let reader = RecordLimit::new(reader, MAX_SNAPSHOT_BYTES);
    let reset = reader.resetter();
    let mut reader = BufReader::new(reader);
    // A read error is reported by the next read.
    let has_bom = reader.fill_buf().is_ok_and(|begin| begin.starts_with("\u{feff}".as_bytes()));
    reader.consume(if has_bom { '\u{feff}'.len_utf8() } else { 0 });
    snapshots(serde_json::Deserializer::from_reader(reader), &reset)
}

/// A sequence of objects and arrays of objects.
fn snapshots<'de, R: JsonRead<'de>>(
    mut json: serde_json::Deserializer<R>,
    reset: &dyn Fn(),
) -> Result<Vec<Snapshot>, AsicError> {
    let mut log =
        Log { snapshots: Vec::new(), refused: None, remaining_values: Cell::new(0), reset };
    while json.end().is_err() {
        if let Err(error) = log.next(&mut json) {
            let snapshot = log.snapshots.len() + 1;
            let reason = JsonError::from(error).to_string();
            return Err(log.refused.unwrap_or(AsicError::NotJson { snapshot, reason }));
        }
    }
    Ok(log.snapshots)
}

struct Log<'a> {
    snapshots: Vec<Snapshot>,
    /// Why the last object is not a snapshot.
    refused: Option<AsicError>,
    /// The number of further values that the present snapshot may contain.
    remaining_values: Cell<usize>,
    reset: &'a dyn Fn(),
}

impl Log<'_> {
    fn next<'de, D: Deserializer<'de>>(&mut self, json: D) -> Result<(), D::Error> {
        self.reset();
        json.deserialize_any(self)
    }

    fn reset(&self) {
        self.remaining_values.set(MAX_VALUES);
        (self.reset)();
    }

    fn push<E: Error>(&mut self, object: Value) -> Result<(), E> {
        let number = self.snapshots.len() + 1;
        if number > MAX_SNAPSHOTS {
            let result = format_args!("more than {MAX_SNAPSHOTS} snapshots; split the log");
            return Err(E::custom(result));
        }
        match Snapshot::new(number, object) {
            Ok(snapshot) => self.snapshots.push(snapshot),
            Err(refused) => {
                self.refused = Some(refused);
                return Err(E::custom("not a snapshot"));
            }
        }
        Ok(())
    }
}

impl<'de> Visitor<'de> for &mut Log<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a snapshot or an array of them")
    }
    // Values other than objects are refused as snapshots, not as invalid JSON.
    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.push(Value::Null)
    }
    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.push(value.into())
    }
    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.push(value.into())
    }
    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.push(value.into())
    }
    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.push(value.into())
    }
    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.push(value.into())
    }
    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<(), A::Error> {
        let object = StrictJson(&self.remaining_values).visit_map(entries)?;
        self.push(object)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut objects: A) -> Result<(), A::Error> {
        loop {
            self.reset();
            let Some(object) = objects.next_element_seed(StrictJson(&self.remaining_values))?
            else {
                return Ok(());
            };
            self.push(object)?;
        }
    }
}
