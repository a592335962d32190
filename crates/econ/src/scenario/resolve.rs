//! Resolves the keys of a scenario into the table of parameters and the inputs of the engine.
//!
//! Each parameter is taken from the scenario, else from its region, else from the default of its specification:
//! a plain value, an assumption, or missing.

mod bills;
mod contract;
mod final_checks;
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
mod plants;
mod plausibility;
mod preset;
mod references;
mod site_entry;
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

/// A table to which the scenario refers.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct TableSource {
    /// The key that refers to it.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its region, if it ships with the crate.
    pub region: Option<Region>,
    /// The date for which it is valid, if it states one.
    pub as_of: Option<AsOf>,
    /// Its stated origin; empty if it states none.
    pub source: String,
}

/// A resolved scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// Its title.
    pub title: Option<String>,
    /// The region whose shipped values apply to keys that are left out.
    pub region: Option<Region>,
    /// The local currency; US dollars if none is named.
    pub currency: Currency,
    /// All parameters.
    pub table: Table,
    /// The inputs of the engine, each by its parameter.
    pub inputs: Inputs<ParamId>,
    /// Share of the power that is used for mining.
    pub mining_share: ParamId,
    /// Paths and random variation of the market.
    pub market: Market,
    /// Further facts about each lot, in the order of the lots of the inputs.
    pub lots: Vec<LotFacts>,
    /// Reference prices with which the tariff is compared.
    pub references: Vec<Reference>,
    /// Other uses of the energy.
    pub uses: OtherUses,
    /// Corrective taxes that are shown but not applied; applied ones are levies of the sites.
    pub corrective_taxes: Vec<CorrectiveTax>,
    /// Status of the tariff.
    pub tariff_status: Option<TariffStatus>,
    /// Who is eligible for the tariff.
    pub eligibility: Option<String>,
    /// Tables of hours and plants to which it refers.
    pub tables: Vec<TableSource>,
    /// Warnings.
    pub warnings: Vec<Warning>,
}

/// The state of resolving one scenario.
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
    /// Mistakes so far; parts that do not depend on them are still resolved.
    mistakes: Mistakes,
}

/// Resolves a scenario, or returns all its mistakes.
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
        region::known(code).map_err(|problem| keep(document.mistake("region", problem))).ok()
    });
    // Without a currency, prices cannot be compared.
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
    let found = resolver.resolve_all(network);
    if let Err(mistake) = &found {
        resolver.record(mistake.clone());
    }
    let Resolver { table, tables, warnings, mistakes, region, .. } = resolver;
    mistakes.into_result()?;
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
    document.text("tariff_status").and_then(TariffStatus::from_name)
}

/// The results of resolving, without the table of parameters.
struct Found {
    inputs: Inputs<ParamId>,
    mining_share: ParamId,
    market: Market,
    lots: Vec<LotFacts>,
    references: Vec<Reference>,
    uses: OtherUses,
    corrective_taxes: Vec<CorrectiveTax>,
}

/// Whether amounts in local currency can be converted.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Rate {
    Given,
    Missing,
    /// The rate is wrong, and its mistake is recorded.
    Unread,
}

impl Resolver<'_> {
    /// Resolves all parts, even if some are wrong; mistakes are recorded.
    fn resolve_all(&mut self, network: Option<&Network>) -> Read<Found> {
        let r = self;
        for key in ["scarcity.profile", "supply.merit_order"] {
            let named = r.check_table_region(key);
            r.ok_or_record(named);
        }
        let start = network::start(r.document, network);
        // Any day will do if the mistake is recorded.
        let start = r.ok_or_record(start).unwrap_or(jiff::civil::date(2026, 9, 11));
        let built = sites::build(r, start)?;
        let references = references::references(r);
        let uses = references::uses(r)?;
        let (applied, corrective_taxes) = references::corrective_taxes(r);
        let market = market::market(r);
        let inputs = network::inputs(r, start, built.inputs, applied, network)?;
        r.add_final_warnings(&inputs, tariff_status(r.document));
        let (mining_share, lots) = (built.mining_share, built.lots);
        Ok(Found { inputs, mining_share, market, lots, references, uses, corrective_taxes })
    }

    /// The value of a result; for an error, records the mistake and returns `None`.
    fn ok_or_record<T>(&mut self, result: Read<T>) -> Option<T> {
        result.map_err(|mistake| self.record(mistake)).ok()
    }

    fn record(&mut self, mistake: Mistake) {
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

    /// The text of the file to which a key refers.
    fn file(&self, key: &str, name: &str) -> Read<String> {
        (self.read)(name).map_err(|reason| {
            self.document.mistake(key, Problem::File { file: name.to_owned(), reason })
        })
    }

    /// Checks that a shipped table is used only in a scenario of its region.
    fn check_table_region(&self, key: &str) -> Read<()> {
        let Some(name) = self.document.text(key) else { return Ok(()) };
        let Some(shipped) = region::shipped_tables(name) else { return Ok(()) };
        let known = self.region.as_ref();
        let is_wrong = known.is_none() && self.document.text("region").is_some();
        if is_wrong || known.is_some_and(|known| known.country.iso3 == shipped.region) {
            return Ok(());
        }
        let reason = format!("`{name}` is data of {0}; give region = \"{0}\"", shipped.region);
        Err(self.document.mistake(key, Problem::Other(reason)))
    }
}

/// The keys that apply to a site: its own, then the top-level one.
fn site_keys(site: Option<usize>, key: &str) -> Vec<String> {
    let own = site.map(|index| format!("site[{index}].{key}"));
    own.into_iter().chain([key.to_owned()]).collect()
}

/// All positive numbers.
const POSITIVE: RangeInclusive<f64> = f64::MIN_POSITIVE..=f64::MAX;
