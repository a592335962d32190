//! A log's text, one snapshot after another: none is kept but its figures, so that a long log takes
//! little memory and a snapshot that is a bomb none.

use super::error::AsicError;
use super::snapshot::Snapshot;
use crate::input::{JsonError, MAX_VALUES, Metered, StrictJson};
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::de::Read as JsonRead;
use std::cell::Cell;
use std::fmt;
use std::io::{BufRead, BufReader, Read};

/// No exporter writes a longer snapshot.
const MAX_SNAPSHOT_BYTES: u64 = 1 << 20;
/// Four weeks of them every minute; each takes some 1.3 KiB until its figures are summed.
const MAX_SNAPSHOTS: usize = 40_320;

/// The snapshots of a text.
pub(super) fn of_text(text: &str) -> Result<Vec<Snapshot>, AsicError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    snapshots(serde_json::Deserializer::from_str(text), &|| {})
}

/// The snapshots that a reader gives.
pub(super) fn of_reader(reader: impl Read) -> Result<Vec<Snapshot>, AsicError> {
    let metered = Metered::new(reader, MAX_SNAPSHOT_BYTES);
    let renew = metered.renewal();
    let mut reader = BufReader::new(metered);
    // What cannot be read is told when it is read again.
    let marked = reader.fill_buf().is_ok_and(|begin| begin.starts_with("\u{feff}".as_bytes()));
    reader.consume(if marked { '\u{feff}'.len_utf8() } else { 0 });
    snapshots(serde_json::Deserializer::from_reader(reader), &renew)
}

/// Objects one behind the other, and arrays of them.
fn snapshots<'de, R: JsonRead<'de>>(
    mut json: serde_json::Deserializer<R>,
    renew: &dyn Fn(),
) -> Result<Vec<Snapshot>, AsicError> {
    let mut log = Log { snapshots: Vec::new(), refused: None, left: Cell::new(0), renew };
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
    /// Why the last one is none.
    refused: Option<AsicError>,
    /// Values that the snapshot at hand may yet hold.
    left: Cell<usize>,
    renew: &'a dyn Fn(),
}

impl Log<'_> {
    fn next<'de, D: Deserializer<'de>>(&mut self, json: D) -> Result<(), D::Error> {
        self.renew();
        json.deserialize_any(self)
    }

    fn renew(&self) {
        self.left.set(MAX_VALUES);
        (self.renew)();
    }

    fn push<E: Error>(&mut self, object: Value) -> Result<(), E> {
        let number = self.snapshots.len() + 1;
        if number > MAX_SNAPSHOTS {
            let told = format_args!("more than {MAX_SNAPSHOTS} snapshots; cut the log");
            return Err(E::custom(told));
        }
        match Snapshot::new(number, object) {
            Ok(snapshot) => self.snapshots.push(snapshot),
            Err(refused) => {
                self.refused = Some(refused);
                return Err(E::custom("no snapshot"));
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
    // What is no object is refused as a snapshot and not as JSON.
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
        let object = StrictJson(&self.left).visit_map(entries)?;
        self.push(object)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut objects: A) -> Result<(), A::Error> {
        loop {
            self.renew();
            let Some(object) = objects.next_element_seed(StrictJson(&self.left))? else {
                return Ok(());
            };
            self.push(object)?;
        }
    }
}
