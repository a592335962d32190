//! A scenario: what differs from what holds without it, as an ordered document of keys.
//!
//! [`template`] writes a file to begin with, [`json_schema`] is what editors check one by, [`regions`] are those
//! that it can name; `TUTORIAL.md` goes from there to a page of results.
//!
//! A TOML file, a command's options and the builder are the same list of keys with the unit in the key or
//! in the value. [`Scenario::resolve`] makes of it the one table of parameters, each with its origin, and
//! the inputs of the engine. Nothing here computes economics.
//!
//! ```
//! use hashwatt_econ::scenario::Scenario;
//!
//! let mut scenario = Scenario::from_toml("power_mw = 100\ntariff = \"50 USD/MWh\"\n")?;
//! scenario.set("uptime", 0.9)?;
//! let resolved = scenario.resolve()?;
//! let uptime = resolved.table.get(resolved.inputs.sites[0].uptime);
//! assert_eq!((uptime.value, uptime.key.as_str()), (0.9, "uptime"));
//! # Ok::<(), hashwatt_econ::scenario::ScenarioError>(())
//! ```

mod axis;
mod builder;
mod choice;
mod columns;
mod country;
mod document;
mod error;
mod keys;
mod levy_presets;
mod mistakes;
mod mix;
mod region;
mod renamed;
mod resolve;
mod schema;
mod template;
#[cfg(test)]
mod tests;
mod typed;
mod value;
mod warning;

pub use axis::{Axis, AxisPoint};
pub use builder::{Case, CaseBuilder};
pub use choice::{
    LevyPart, LotStatus, MarketPreset, MeteringPoint, Noise, OthersOf, PowerSource, ReferenceKind,
    ScenarioKind, TariffStatus,
};
pub use country::Country;
pub use error::{Mistake, Place, Problem};
pub use keys::{KeyDoc, PriceSpec, documented_keys, price_specs};
pub use mistakes::ScenarioError;
pub use mix::{GridMix, MixPart, dollars_per_energy};
pub use region::{RegionData, RegionReference, RegionValue, region, regions, search_regions};
pub use renamed::{Rename, renames};
pub use resolve::{
    CorrectiveTax, DatedSeries, LotFacts, Market, OtherUses, OthersPath, Reference, Resolved,
    TableSource,
};
pub use schema::json_schema;
pub use template::template;
pub use typed::{SHORT_NAMES, current_key, key_of};
pub use value::{ByYear, Claim, Scalar, Sourced, Value};
pub use warning::{Line, Warning};

use crate::network::Network;
use document::{Document, Entry, Origin};
use std::path::{Path, PathBuf};

/// No scenario's file is longer.
const MAX_SCENARIO: u64 = 256 << 10;
/// No file that a scenario names is longer: a year of quarters of an hour takes some 4 MiB.
const MAX_NAMED: u64 = 8 << 20;
/// What the origin of a text without a file is called.
const UNNAMED: &str = "the scenario";

/// A scenario as it was written down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scenario {
    document: Document,
    /// SHA-256 of the text it was read from.
    sha256: Option<[u8; 32]>,
    /// Where the files that it names are looked for.
    folder: Option<PathBuf>,
    network: Option<Network>,
}

impl Scenario {
    /// Nothing but defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// From a TOML file. The files that it names are looked for beside it.
    ///
    /// # Errors
    /// What is no text of at most 256 KiB, and the mistakes of [`Scenario::from_toml`].
    pub fn load(path: impl AsRef<Path>) -> Result<Self, ScenarioError> {
        Self::load_draft(path)?.checked()
    }

    /// The same, but that mistakes of its keys are told only by [`Scenario::resolve`], together with what is
    /// missing then: a key that is set before takes a wrong value's place.
    ///
    /// # Errors
    /// What is no text of at most 256 KiB, and what is no TOML.
    pub fn load_draft(path: impl AsRef<Path>) -> Result<Self, ScenarioError> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let text = hashwatt_input::read_text(path, MAX_SCENARIO)
            .map_err(|error| Problem::Unreadable(error.to_string()).at(&name))?;
        let folder = Some(path.parent().unwrap_or(Path::new("")).to_owned());
        Ok(Self { folder, ..Self::draft(&text, &name)? })
    }

    /// From TOML. Keys of the first edition are read with a warning.
    ///
    /// # Errors
    /// Every key that cannot be read with its line, and the nearest key where there is none of that name; with
    /// them the keys that are missing.
    pub fn from_toml(text: &str) -> Result<Self, ScenarioError> {
        Self::from_toml_named(text, UNNAMED)
    }

    /// The same; `name` is what the origin of its values is called, such as the file's name.
    ///
    /// # Errors
    /// As [`Scenario::from_toml`].
    pub fn from_toml_named(text: &str, name: &str) -> Result<Self, ScenarioError> {
        Self::draft(text, name)?.checked()
    }

    /// The same, but that mistakes of its keys are told only by [`Scenario::resolve`], together with what is
    /// missing then: a key that is set before takes a wrong value's place.
    ///
    /// # Errors
    /// What is no TOML.
    pub fn draft(text: &str, name: &str) -> Result<Self, ScenarioError> {
        let sha256 = Some(crate::pow::sha256(text.as_bytes()));
        Ok(Self { document: Document::parse(text, name)?, sha256, ..Self::default() })
    }

    /// Itself, where all its keys could be read; else their mistakes with what is missing besides.
    fn checked(self) -> Result<Self, ScenarioError> {
        match self.document.mistakes().is_empty() {
            true => Ok(self),
            false => self.resolve().map(|_| self),
        }
    }

    /// Gives a key a value in place of the one that it has; the origin is called as the key.
    ///
    /// # Errors
    /// Unknown keys and values that the key cannot have.
    pub fn set(&mut self, key: &str, value: impl Into<Value>) -> Result<(), ScenarioError> {
        self.set_from(key, value, key)
    }

    /// The same; `origin` is what its origin is called, such as the option `--tariff`. What a file gave in
    /// place of this key, such as a machine where an efficiency is set, is dropped.
    ///
    /// # Errors
    /// As [`Scenario::set`].
    pub fn set_from(
        &mut self,
        key: &str,
        value: impl Into<Value>,
        origin: &str,
    ) -> Result<(), ScenarioError> {
        let origin = Origin::Named(origin.to_owned());
        Ok(self.document.set(key, value.into(), origin)?)
    }

    /// The network where no key says otherwise, in place of the shipped one.
    pub fn set_network(&mut self, network: Network) {
        self.network = Some(network);
    }

    /// The value of a key, where the scenario gives one.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.document.get(key).map(|entry| &entry.value)
    }

    /// Every key that the scenario gives, in its order, with the line in its file.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Value, Option<usize>)> {
        self.document
            .entries()
            .iter()
            .map(|Entry { key, value, origin }| (key.as_str(), value, origin.line()))
    }

    /// SHA-256 of the text that it was read from, by which it can be cited; `None` where it was built in code. Keys
    /// that were set since are not in it.
    pub fn sha256(&self) -> Option<[u8; 32]> {
        self.sha256
    }

    /// What it is called.
    pub fn title(&self) -> Option<&str> {
        self.document.text("title")
    }

    /// What a reader must know of how it was read.
    pub fn warnings(&self) -> &[Warning] {
        self.document.warnings()
    }

    /// The table of parameters and the inputs of the engine. Files that it names are read beside its own;
    /// of a scenario that is no file, none is.
    ///
    /// # Errors
    /// Every key whose value cannot be used, and what is missing.
    pub fn resolve(&self) -> Result<Resolved, ScenarioError> {
        self.resolve_with_files(|name| match &self.folder {
            Some(folder) => hashwatt_input::read_text(&folder.join(name), MAX_NAMED)
                .map_err(|error| error.to_string()),
            None => Err("names a file, and nobody was asked to read it".to_owned()),
        })
    }

    /// The same with somebody who reads the files that it names, or says why not.
    ///
    /// # Errors
    /// Every key whose value cannot be used, and what is missing.
    pub fn resolve_with_files(
        &self,
        read: impl Fn(&str) -> Result<String, String>,
    ) -> Result<Resolved, ScenarioError> {
        resolve::resolve(&self.document, self.network.as_ref(), &read)
    }
}
