//! A log of snapshots, of one machine or several.

use super::error::AsicError;
use super::parse;
use super::run::{self, AsicRun};
use super::snapshot::Snapshot;
use crate::input;
use crate::uncertainty::Scope;
use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::Path;

/// The maximum size of a log: the maximum number of snapshots of six kilobytes each.
const MAX_BYTES: u64 = 256 << 20;

/// A log of miners' telemetry.
#[derive(Clone, Debug)]
pub struct AsicLog {
    source: String,
    snapshots: Vec<Snapshot>,
}

impl AsicLog {
    /// Reads a log from a file.
    ///
    /// # Errors
    /// [`AsicError::Unreadable`] with the system's error message, and those of [`AsicLog::parse`].
    pub fn read(path: &Path) -> Result<Self, AsicError> {
        let source = path.display().to_string();
        let unreadable = |error: io::Error| {
            let reason = error.to_string();
            AsicError::Unreadable { file: source.clone(), reason }
        };
        let file = input::open(path).map_err(unreadable)?;
        if file.metadata().map_err(unreadable)?.len() > MAX_BYTES {
            let reason = format!("is longer than {} MiB; split the log", MAX_BYTES >> 20);
            return Err(AsicError::Unreadable { file: source, reason });
        }
        let snapshots = parse::from_reader(file.take(MAX_BYTES))?;
        Ok(Self { source, snapshots })
    }

    /// Parses a log; `source` is named as the origin in the results.
    ///
    /// # Errors
    /// [`AsicError`] for the first snapshot that is not valid JSON, contains a key twice, or is not
    /// from a known exporter.
    pub fn parse(text: &str, source: &str) -> Result<Self, AsicError> {
        Ok(Self { source: source.to_owned(), snapshots: parse::from_text(text)? })
    }

    /// The machines of the log: the IP address and, if known, the MAC address of each.
    pub fn machines(&self) -> Vec<String> {
        let names: BTreeSet<_> = self.snapshots.iter().map(Snapshot::name).collect();
        names.into_iter().collect()
    }

    /// The snapshots of one machine, selected by IP address, MAC address or host name.
    ///
    /// # Errors
    /// [`AsicError::UnknownMachine`] if there is none, [`AsicError::TooFew`] for an empty log.
    pub fn of_machine(mut self, name: &str) -> Result<Self, AsicError> {
        if self.snapshots.is_empty() {
            return Err(AsicError::TooFew { count: 0 });
        }
        let machines = self.machines().join(", ");
        self.snapshots.retain(|snapshot| snapshot.is_machine(name));
        if self.snapshots.is_empty() {
            return Err(AsicError::UnknownMachine { name: name.to_owned(), machines });
        }
        Ok(self)
    }

    /// Energy, hashes and efficiency between the first and the last snapshot.
    ///
    /// The scope is what the reported power covers: [`Scope::AsicBoardDc`] by default,
    /// [`Scope::NodeWall`] if the maker states that it is the power at the plug. `share_difficulty`
    /// is the difficulty of the pool's shares, if it was constant.
    ///
    /// # Errors
    /// [`AsicError`] with the number of the snapshot and the key.
    pub fn run(&self, scope: Scope, share_difficulty: Option<f64>) -> Result<AsicRun, AsicError> {
        if !matches!(scope, Scope::AsicBoardDc | Scope::NodeWall) {
            return Err(AsicError::NotAScope { given: scope });
        }
        if let Some(given) = share_difficulty
            && !(given > 0.0 && given.is_finite())
        {
            return Err(AsicError::NotADifficulty { given });
        }
        self.check_one_machine()?;
        run::evaluate(&self.source, &self.snapshots, scope, share_difficulty)
    }

    /// Snapshots are from one machine if they have the same MAC address, whatever their IP addresses,
    /// or if they have the same IP address and at most one MAC address.
    fn check_one_machine(&self) -> Result<(), AsicError> {
        let ips: BTreeSet<_> = self.snapshots.iter().map(|snapshot| &snapshot.ip).collect();
        let macs: BTreeSet<_> = self.snapshots.iter().map(|snapshot| &snapshot.mac).collect();
        let one_mac = macs.len() == 1 && !macs.contains(&None);
        let one_address = ips.len() == 1 && macs.iter().flat_map(|mac| mac.as_ref()).count() <= 1;
        if self.snapshots.is_empty() || one_mac || one_address {
            return Ok(());
        }
        Err(AsicError::SeveralMachines { machines: self.machines().join(", ") })
    }
}
