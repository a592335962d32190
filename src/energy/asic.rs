//! ASIC miners by their own telemetry: a log of snapshots becomes joules, hashes and J/TH.
//!
//! Nothing here asks a machine. Programs that do are many, and two of them write what they learn
//! as JSON: the Rust crate [asic-rs](https://docs.rs/asic-rs) (read with 0.8.6) and the Python
//! package [pyasic](https://pypi.org/project/pyasic/) (read with 0.40 to 0.79). A log is one
//! object, an array or an object a line, of one machine over time. A file is what a user brings
//! and can be edited, so every figure from it is user-reported.
//!
//! # What the figure is worth
//!
//! Power is integrated over the snapshots' times by trapezoids, and so is the hashrate over the
//! same window; their quotient is the efficiency. The machine's own figure for the efficiency is
//! never used: it is of one moment, often rounded, and stands beside only to be compared.
//!
//! Both the power and the hashrate are what the machine says of itself. Its hashrate is an
//! average of its own making, over seconds or minutes. The pool's accepted shares are a count
//! made by somebody else: a share of difficulty D takes D * 2^48/65535 hashes on average, the
//! work of a target of 0xffff * 2^208 / D (`truediffone` in cgminer, `GetBlockProof` in Bitcoin
//! Core). Shares come as a Poisson process, so N of them give the work to a relative standard
//! uncertainty of 1/sqrt(N). From [`ENOUGH_SHARES`] on, 5 %, the headline is by shares; with
//! fewer it is by hashrate. Both are given, and their ratio is held against the counting error.
//! Neither exporter writes the difficulty of the shares, so it has to be given, and it has to
//! have stayed the same: a pool that varies it makes the count worth nothing. Rejected shares
//! and those of a firmware's fee are work too that accepted shares leave out. asic-rs writes whole
//! seconds: by hashrate that cancels, by shares it leaves 0.4 s over the length of the window.

mod error;
mod log;
mod run;
mod snapshot;
#[cfg(test)]
mod tests;

pub use error::AsicError;
pub use run::{AsicRun, HashBasis, ShareWork, Shares};
pub use snapshot::Exporter;

use crate::estimate::Scope;
use crate::input;
use snapshot::Snapshot;
use std::collections::BTreeSet;
use std::io::{self, Read};
use std::path::Path;

/// The longest time between two snapshots over which power and hashrate are taken to be straight
/// lines, in seconds.
pub const MOST_GAP_S: u32 = 600;

/// From so many accepted shares on they count the work to 5 %, and stand for it.
pub const ENOUGH_SHARES: u64 = 400;

/// Snapshots of six kilobytes, as many as may be; more is better cut.
const MOST_BYTES: u64 = 256 << 20;

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
        if file.metadata().map_err(unreadable)?.len() > MOST_BYTES {
            let reason = format!("is longer than {} MiB; cut the log", MOST_BYTES >> 20);
            return Err(AsicError::Unreadable { file: source, reason });
        }
        let snapshots = log::of_reader(file.take(MOST_BYTES))?;
        Ok(Self { source, snapshots })
    }

    /// From a text; `source` is what the results name as their origin.
    ///
    /// # Errors
    /// The first snapshot that is no JSON, says a key twice, or is of no known exporter.
    pub fn parse(text: &str, source: &str) -> Result<Self, AsicError> {
        Ok(Self { source: source.to_owned(), snapshots: log::of_text(text)? })
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
