//! From a scenario's keys to the table of parameters and the inputs of the engine.
//!
//! Every parameter is the scenario's, else its region's, else what its specification says of a scenario that
//! is silent: nothing, an assumption, or that it is missing.

mod bills;
mod contract;
mod hours;
mod lease;
mod levels;
mod levies;
mod lots;
mod machines;
mod market;
mod modes;
mod network;
mod parameter;
mod place;
mod plants;
mod plausibility;
mod preset;
mod references;
mod remarks;
mod sites;
mod supply;

pub use lots::LotFacts;
pub use market::{DatedSeries, Market, OthersPath};
pub use references::{CorrectiveTax, OtherUses, Reference};

use super::choice::TariffStatus;
use super::document::Document;
use super::error::{Mistake, Problem, Read};
use super::mistakes::{Mistakes, ScenarioError};
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
    rate: Rate,
    table: Table,
    known: HashMap<String, ParamId>,
    tables: Vec<TableSource>,
    warnings: Vec<Warning>,
    /// What is wrong; whatever does not need it goes on.
    mistakes: Mistakes,
}

/// Everything, or everything that is wrong with it.
pub(super) fn resolve(
    document: &Document,
    network: Option<&Network>,
    read: &dyn Fn(&str) -> Result<String, String>,
) -> Result<Resolved, ScenarioError> {
    let mut mistakes = document.mistakes().clone();
    let mut keep = |mistake: Mistake| {
        if !document.explains(&mistake) {
            mistakes.add(mistake);
        }
    };
    let region = document.text("region").and_then(|code| {
        region::known(code).map_err(|problem| keep(document.wrong("region", problem))).ok()
    });
    // Without a currency no price can be told from another.
    let (currency, rate) = match network::currency(document) {
        Ok((currency, true)) => (currency, Rate::Given),
        Ok((currency, false)) => (currency, Rate::Missing),
        Err(mistake) => {
            keep(mistake);
            (Currency::USD, Rate::Unread)
        }
    };
    let mut resolver = Resolver {
        document,
        read,
        region,
        currency,
        rate,
        table: Table::default(),
        known: HashMap::new(),
        tables: Vec::new(),
        warnings: document.warnings().to_vec(),
        mistakes,
    };
    let found = resolver.everything(network);
    if let Err(mistake) = &found {
        resolver.note(mistake.clone());
    }
    let Resolver { table, tables, warnings, mistakes, region, .. } = resolver;
    mistakes.none()?;
    let Found { inputs, mining_share, market, lots, references, uses, corrective_taxes } = found?;
    let (title, eligibility) = (document.text("title"), document.text("tariff_terms.eligibility"));
    Ok(Resolved {
        title: title.map(str::to_owned),
        region: region.map(|known| known.country.iso3),
        currency,
        table,
        inputs,
        mining_share,
        market,
        lots,
        references,
        uses,
        corrective_taxes,
        tariff_status: tariff_status(document),
        eligibility: eligibility.map(str::to_owned),
        tables,
        warnings,
    })
}

fn tariff_status(document: &Document) -> Option<TariffStatus> {
    document.text("tariff_status").and_then(TariffStatus::of_name)
}

/// What a scenario comes to beside its table.
struct Found {
    inputs: Inputs<ParamId>,
    mining_share: ParamId,
    market: Market,
    lots: Vec<LotFacts>,
    references: Vec<Reference>,
    uses: OtherUses,
    corrective_taxes: Vec<CorrectiveTax>,
}

/// Whether amounts in local money can be converted.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Rate {
    Given,
    Missing,
    /// A mistake is kept of it.
    Unread,
}

impl Resolver<'_> {
    /// Every part, also where another one is wrong: mistakes are kept.
    fn everything(&mut self, network: Option<&Network>) -> Read<Found> {
        let r = self;
        for key in ["scarcity.profile", "supply.merit_order"] {
            let named = r.names_its_region(key);
            r.keep(named);
        }
        let start = network::start(r.document, network);
        // Any day does, where the mistake is kept.
        let start = r.keep(start).unwrap_or(jiff::civil::date(2026, 9, 11));
        let built = sites::build(r, start)?;
        let references = references::references(r);
        let uses = references::uses(r)?;
        let (applied, corrective_taxes) = references::corrective_taxes(r);
        let market = market::market(r);
        let inputs = network::inputs(r, start, built.inputs, applied, network)?;
        r.last_warnings(&inputs, tariff_status(r.document));
        let (mining_share, lots) = (built.mining_share, built.lots);
        Ok(Found { inputs, mining_share, market, lots, references, uses, corrective_taxes })
    }

    /// A result, or nothing where its mistake is kept.
    fn keep<T>(&mut self, result: Read<T>) -> Option<T> {
        result.map_err(|mistake| self.note(mistake)).ok()
    }

    fn note(&mut self, mistake: Mistake) {
        if !self.document.explains(&mistake) {
            self.mistakes.add(mistake);
        }
    }
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
        let known = self.region.as_ref();
        let is_wrong = known.is_none() && self.document.text("region").is_some();
        if is_wrong || known.is_some_and(|known| known.country.iso3 == shipped.region) {
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
