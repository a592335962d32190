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

/// Snapshots of six kilobytes, as many as may be; more is better cut.
const MAX_BYTES: u64 = 256 << 20;

/// A log of miners' telemetry.
#[derive(Clone, Debug)]
pub struct AsicLog {
    source: String,
    snapshots: Vec<Snapshot>,
}

impl AsicLog {
    /// From a file.
    ///
    /// # Errors
    /// [`AsicError::Unreadable`] with the system's words, and those of [`AsicLog::parse`].
    pub fn read(path: &Path) -> Result<Self, AsicError> {
        let source = path.display().to_string();
        let unreadable = |error: io::Error| {
            let reason = error.to_string();
            AsicError::Unreadable { file: source.clone(), reason }
        };
        let file = input::open(path).map_err(unreadable)?;
        if file.metadata().map_err(unreadable)?.len() > MAX_BYTES {
            let reason = format!("is longer than {} MiB; cut the log", MAX_BYTES >> 20);
            return Err(AsicError::Unreadable { file: source, reason });
        }
        let snapshots = parse::of_reader(file.take(MAX_BYTES))?;
        Ok(Self { source, snapshots })
    }

    /// From a text; `source` is what the results name as their origin.
    ///
    /// # Errors
    /// The first snapshot that is no JSON, says a key twice, or is of no known exporter.
    pub fn parse(text: &str, source: &str) -> Result<Self, AsicError> {
        Ok(Self { source: source.to_owned(), snapshots: parse::of_text(text)? })
    }

    /// Every machine of the log: its address and, where it is known, its MAC.
    pub fn machines(&self) -> Vec<String> {
        let names: BTreeSet<_> = self.snapshots.iter().map(Snapshot::name).collect();
        names.into_iter().collect()
    }

    /// The snapshots of one machine, by its IP address, MAC or host name.
    ///
    /// # Errors
    /// [`AsicError::UnknownMachine`] where there is none, [`AsicError::TooFew`] in an empty log.
    pub fn of_machine(mut self, name: &str) -> Result<Self, AsicError> {
        if self.snapshots.is_empty() {
            return Err(AsicError::TooFew { count: 0 });
        }
        let machines = self.machines().join(", ");
        self.snapshots.retain(|snapshot| snapshot.is_of(name));
        if self.snapshots.is_empty() {
            return Err(AsicError::UnknownMachine { name: name.to_owned(), machines });
        }
        Ok(self)
    }

    /// Energy, hashes and efficiency between the first and the last snapshot.
    ///
    /// The scope is what the machine's power covers: [`Scope::AsicBoardDc`] where nobody knows
    /// better, [`Scope::NodeWall`] where its maker says that the figure is that of the plug.
    /// `share_difficulty` is that of the pool's shares, where it was one and the same throughout.
    ///
    /// # Errors
    /// [`AsicError`], with the snapshot and its key.
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
        run::of(&self.source, &self.snapshots, scope, share_difficulty)
    }

    /// Snapshots are of one machine where they share the MAC, whatever addresses it was given,
    /// or where they share the address and no two MACs contradict that.
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
