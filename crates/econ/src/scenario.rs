//! A scenario: an ordered list of keys. A key that is left out has its documented default.
//!
//! [`template`] writes a scenario file to start from, [`json_schema`] is the schema with which editors check
//! it, and [`regions`] lists the countries that a scenario can name. `TUTORIAL.md` leads from there to a
//! report.
//!
//! A TOML file, the options of a command and the builder all set the same keys; the unit is part of the key or
//! of the value. [`Scenario::resolve`] turns the keys into the table of parameters, each with its origin, and
//! into the inputs of the engine. This module computes no economics.
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
    HashrateScope, LevyBase, LotStatus, MarketPreset, MeteringPoint, NoiseModel, PowerSource,
    ReferenceKind, ScenarioKind, TariffStatus,
};
pub use country::Country;
pub use error::{Location, Mistake, Problem};
pub use keys::{KeyDoc, documented_keys};
#[doc(hidden)] // for the tests and the other crates of this workspace
pub use keys::{PriceSpec, price_specs};
pub use mistakes::ScenarioError;
pub use mix::{GridMix, MixPart, parse_usd_energy_price};
pub use region::{RegionData, RegionReference, RegionValue, region, regions, search_regions};
#[doc(hidden)] // for the tests and the other crates of this workspace
pub use renamed::{Rename, renames};
pub use resolve::{
    CorrectiveTax, DatedSeries, LotFacts, Market, OtherUses, OthersPath, Reference, Resolved,
    TableSource,
};
pub use schema::json_schema;
pub use template::template;
pub use typed::{SHORT_NAMES, current_key, key_for_name};
pub use value::{ByYear, Scalar, Sourced, StatedOrigin, Value};
pub use warning::{Line, Warning};

use crate::network::Network;
use document::{Document, Entry, Origin};
use std::path::{Path, PathBuf};

/// Longest scenario file that is read, bytes.
const MAX_SCENARIO_BYTES: u64 = 256 << 10;
/// Longest file that a scenario may refer to, bytes: a year of quarter hours takes about 4 MiB.
const MAX_REFERENCED_FILE_BYTES: u64 = 8 << 20;
/// Name of the origin of values from a text that is not a file.
const UNNAMED: &str = "the scenario";

/// A scenario as its author wrote it, before it is resolved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scenario {
    document: Document,
    /// SHA-256 of the text it was read from.
    sha256: Option<[u8; 32]>,
    /// The folder of the files that it refers to.
    folder: Option<PathBuf>,
    network: Option<Network>,
}

impl Scenario {
    /// Creates a scenario without keys: everything has its default.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a TOML file. Files that it refers to are read from the folder of this file.
    ///
    /// # Errors
    /// The file cannot be read, is longer than 256 KiB or is not text; and the errors of
    /// [`Scenario::from_toml`].
    pub fn load(path: impl AsRef<Path>) -> Result<Self, ScenarioError> {
        Self::load_draft(path)?.checked()
    }

    /// Like [`Scenario::load`], but mistakes in single keys are reported only by [`Scenario::resolve`],
    /// together with missing keys. A key that is set in between replaces a wrong value.
    ///
    /// # Errors
    /// The file cannot be read, is longer than 256 KiB, is not text or is not valid TOML.
    pub fn load_draft(path: impl AsRef<Path>) -> Result<Self, ScenarioError> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let text = hashwatt_input::read_text(path, MAX_SCENARIO_BYTES)
            .map_err(|error| Problem::Unreadable(error.to_string()).at(&name))?;
        let folder = Some(path.parent().unwrap_or(Path::new("")).to_owned());
        Ok(Self { folder, ..Self::draft(&text, &name)? })
    }

    /// Parses TOML. Key names of version 0.1 are accepted with a warning.
    ///
    /// # Errors
    /// Every key that cannot be read, with its line; for an unknown key, the most similar known one; and the
    /// required keys that are missing.
    pub fn from_toml(text: &str) -> Result<Self, ScenarioError> {
        Self::from_toml_named(text, UNNAMED)
    }

    /// Like [`Scenario::from_toml`]; `name` is the origin of the values, such as the name of the file.
    ///
    /// # Errors
    /// As [`Scenario::from_toml`].
    pub fn from_toml_named(text: &str, name: &str) -> Result<Self, ScenarioError> {
        Self::draft(text, name)?.checked()
    }

    /// Like [`Scenario::from_toml_named`], but mistakes in single keys are reported only by
    /// [`Scenario::resolve`], together with missing keys. A key that is set in between replaces a wrong value.
    ///
    /// # Errors
    /// The text is not valid TOML.
    pub fn draft(text: &str, name: &str) -> Result<Self, ScenarioError> {
        let sha256 = Some(crate::pow::sha256(text.as_bytes()));
        Ok(Self { document: Document::parse(text, name)?, sha256, ..Self::default() })
    }

    /// The scenario if all its keys could be read; otherwise their mistakes and the missing keys.
    fn checked(self) -> Result<Self, ScenarioError> {
        match self.document.mistakes().is_empty() {
            true => Ok(self),
            false => self.resolve().map(|_| self),
        }
    }

    /// Sets a key, replacing its previous value. The origin of the value is named like the key.
    ///
    /// # Errors
    /// The key is unknown, or the value is not valid for it.
    pub fn set(&mut self, key: &str, value: impl Into<Value>) -> Result<(), ScenarioError> {
        self.set_from(key, value, key)
    }

    /// Like [`Scenario::set`]; `origin` names the origin of the value, such as the option `--tariff`. An
    /// alternative to this key that the file gives, such as a machine when an efficiency is set, is removed.
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

    /// Sets the network state that applies where no key gives one, in place of the shipped state.
    pub fn set_network(&mut self, network: Network) {
        self.network = Some(network);
    }

    /// The value of a key, if the scenario gives one.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.document.get(key).map(|entry| &entry.value)
    }

    /// Every key of the scenario in order, with its value and its line in the file.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Value, Option<usize>)> {
        self.document
            .entries()
            .iter()
            .map(|Entry { key, value, origin }| (key.as_str(), value, origin.line()))
    }

    /// SHA-256 of the text from which the scenario was read, for citing it; `None` if it was built in code.
    /// Keys that were set afterwards do not change it.
    pub fn sha256(&self) -> Option<[u8; 32]> {
        self.sha256
    }

    /// The title.
    pub fn title(&self) -> Option<&str> {
        self.document.text("title")
    }

    /// Warnings about how the scenario was read.
    pub fn warnings(&self) -> &[Warning] {
        self.document.warnings()
    }

    /// Resolves the scenario into the table of parameters and the inputs of the engine. Files that it refers to
    /// are read from the folder of the scenario file; a scenario that is not a file cannot refer to any.
    ///
    /// # Errors
    /// Every key whose value cannot be used, and every required key that is missing.
    pub fn resolve(&self) -> Result<Resolved, ScenarioError> {
        self.resolve_with_files(|name| match &self.folder {
            Some(folder) => {
                hashwatt_input::read_text(&folder.join(name), MAX_REFERENCED_FILE_BYTES)
                    .map_err(|error| error.to_string())
            }
            None => Err("cannot be read: the scenario does not come from a file".to_owned()),
        })
    }

    /// Like [`Scenario::resolve`], but files that the scenario refers to are read by `read`, which takes their
    /// name and returns their text or the reason for failing.
    ///
    /// # Errors
    /// As [`Scenario::resolve`].
    pub fn resolve_with_files(
        &self,
        read: impl Fn(&str) -> Result<String, String>,
    ) -> Result<Resolved, ScenarioError> {
        resolve::resolve(&self.document, self.network.as_ref(), &read)
    }
}
