//! From a scenario's keys to the table of parameters and the inputs of the engine.
//!
//! Every parameter is the scenario's, else its region's, else what its specification says of a scenario that
//! is silent: nothing, an assumption, or that it is missing.

mod hours;
mod lots;
mod machines;
mod market;
mod network;
mod parameter;
mod place;
mod plants;
mod plausibility;
mod references;
mod remarks;
mod sites;
mod supply;

pub use lots::LotFacts;
pub use market::{DatedSeries, Market, OthersPath};
pub use references::{CorrectiveTax, OtherUses, Reference};

use super::choice::TariffStatus;
use super::document::Document;
use super::error::{Problem, Read};
use super::region::{self, RegionData};
use super::warning::Warning;
use crate::Currency;
use crate::network::Network;
use crate::params::inputs::Inputs;
use crate::params::{ParamId, Region, Table};
use crate::uncertainty::AsOf;
use std::collections::HashMap;
use std::ops::RangeInclusive;

/// A table that the scenario names.
#[derive(Clone, Debug, PartialEq)]
pub struct TableSource {
    /// The key that names it.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The region that it is of, where it ships with the crate.
    pub region: Option<Region>,
    /// The date that it holds for, where it says one.
    pub as_of: Option<AsOf>,
    /// What it says of its origin; empty where it says nothing.
    pub source: String,
}

/// A scenario with everything resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// What it is called.
    pub title: Option<String>,
    /// The region whose rows hold where the scenario is silent.
    pub region: Option<Region>,
    /// The local currency: the dollar where none is named.
    pub currency: Currency,
    /// Every parameter.
    pub table: Table,
    /// Where each of them stands.
    pub inputs: Inputs<ParamId>,
    /// Part of the power that mines.
    pub mining_share: ParamId,
    /// Paths and noise of the market.
    pub market: Market,
    /// What is known of each lot beside its parameters, in the order of the inputs' lots.
    pub lots: Vec<LotFacts>,
    /// Prices that the tariff is held against.
    pub references: Vec<Reference>,
    /// What else the energy could do.
    pub uses: OtherUses,
    /// Corrective taxes that are shown beside; those that are applied are levies of the sites.
    pub corrective_taxes: Vec<CorrectiveTax>,
    /// How firm the tariff is.
    pub tariff_status: Option<TariffStatus>,
    /// Who may have it.
    pub eligibility: Option<String>,
    /// Tables of hours and plants that it names.
    pub tables: Vec<TableSource>,
    /// What a reader must know.
    pub warnings: Vec<Warning>,
}

/// The work of resolving one scenario.
pub(super) struct Resolver<'a> {
    document: &'a Document,
    read: &'a dyn Fn(&str) -> Result<String, String>,
    region: Option<RegionData>,
    /// The local currency, and whether it can be converted.
    currency: Currency,
    rated: bool,
    table: Table,
    known: HashMap<String, ParamId>,
    tables: Vec<TableSource>,
    warnings: Vec<Warning>,
}

pub(super) fn resolve(
    document: &Document,
    network: Option<&Network>,
    read: &dyn Fn(&str) -> Result<String, String>,
) -> Read<Resolved> {
    let region = match document.text("region") {
        Some(code) => Some(region::known(code).map_err(|p| document.wrong("region", p))?),
        None => None,
    };
    let (currency, rated) = network::currency(document)?;
    let mut resolver = Resolver {
        document,
        read,
        region,
        currency,
        rated,
        table: Table::default(),
        known: HashMap::new(),
        tables: Vec::new(),
        warnings: document.warnings().to_vec(),
    };
    let r = &mut resolver;
    r.names_its_region("scarcity.profile")?;
    r.names_its_region("supply.merit_order")?;
    let start = network::start(document, network)?;
    let built = sites::build(r, start)?;
    let references = references::references(r)?;
    let uses = references::uses(r)?;
    let (applied, corrective_taxes) = references::corrective_taxes(r)?;
    let market = market::market(r)?;
    let inputs = network::inputs(r, start, built.inputs, applied, network)?;
    let (title, eligibility) = (document.text("title"), document.text("tariff_terms.eligibility"));
    let tariff_status = document.text("tariff_status").and_then(TariffStatus::of_name);
    resolver.last_warnings(&inputs, tariff_status)?;
    Ok(Resolved {
        title: title.map(str::to_owned),
        region: resolver.region.map(|known| known.country.iso3),
        currency,
        table: resolver.table,
        inputs,
        mining_share: built.mining_share,
        market,
        lots: built.lots,
        references,
        uses,
        corrective_taxes,
        tariff_status,
        eligibility: eligibility.map(str::to_owned),
        tables: resolver.tables,
        warnings: resolver.warnings,
    })
}

impl Resolver<'_> {
    fn value(&self, id: ParamId) -> f64 {
        self.table.get(id).value
    }

    fn warn(&mut self, warning: Warning) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// The text of a file that a key names.
    fn file(&self, key: &str, name: &str) -> Read<String> {
        (self.read)(name).map_err(|reason| {
            self.document.wrong(key, Problem::File { file: name.to_owned(), reason })
        })
    }

    /// A table that ships with the crate is its region's, and only a scenario of that region has it.
    fn names_its_region(&self, key: &str) -> Read<()> {
        let Some(name) = self.document.text(key) else { return Ok(()) };
        let Some(shipped) = region::shipped(name) else { return Ok(()) };
        if self.region.as_ref().is_some_and(|known| known.country.iso3 == shipped.region) {
            return Ok(());
        }
        let reason = format!("`{name}` is data of {0}; give region = \"{0}\"", shipped.region);
        Err(self.document.wrong(key, Problem::Other(reason)))
    }
}

/// The keys of a site: its own, then that of the top level.
fn site_keys(site: Option<usize>, key: &str) -> Vec<String> {
    let own = site.map(|index| format!("site[{index}].{key}"));
    own.into_iter().chain([key.to_owned()]).collect()
}

/// All positive numbers.
const POSITIVE: RangeInclusive<f64> = f64::MIN_POSITIVE..=f64::MAX;
