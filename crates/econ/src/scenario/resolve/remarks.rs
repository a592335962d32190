//! What is to be said of a scenario's values together.

use super::{Rate, Resolver};
use crate::Currency;
use crate::params::inputs::Inputs;
use crate::params::{Denomination, Param, ParamId, Unit};
use crate::scenario::choice::TariffStatus;
use crate::scenario::document::{Entry, pattern_of};
use crate::scenario::error::Problem;
use crate::scenario::keys::{self, DIFFICULTY, Shape};
use crate::scenario::warning::{Line, Warning};
use crate::units::EnergyPrice;
use hashwatt_quantities::plausible::ENERGY_PRICE;

impl Resolver<'_> {
    /// What is to be said of the values together; where together they cannot be, the mistake is kept.
    pub(super) fn last_warnings(&mut self, inputs: &Inputs<ParamId>, status: Option<TariffStatus>) {
        if let Some(status) = status {
            self.warn(Warning::TariffIs { status });
        }
        self.warn_of_unused();
        self.warn_of_unused_machines();
        self.hold_tariffs(inputs);
        self.warn_of_real_depreciation(inputs);
        self.warn_of_dates();
    }

    /// Values of parameters that are in no row.
    fn warn_of_unused(&mut self) {
        for entry in self.document.entries() {
            let parameter = matches!(
                keys::shape(&pattern_of(&entry.key)),
                Some(Shape::Number(_) | Shape::Price(_))
            );
            // Difficulty stands in the row of the hashrate.
            let used = entry.key == DIFFICULTY.key || self.known.contains_key(&entry.key);
            if parameter && !used {
                self.unused(entry);
            }
        }
    }

    /// A warning of a file's key; what an option or a program sets has no effect unseen, where another key
    /// would have one.
    fn unused(&mut self, entry: &Entry) {
        let (line, key) = (entry.origin.line(), entry.key.clone());
        match self.own_key(&key).filter(|_| line.is_none()) {
            Some((why, instead)) => self.note(entry.wrong(Problem::NoPlace { why, instead })),
            None => self.warn(Warning::UnusedKey { line: Line(line), key }),
        }
    }

    /// The key of a lot or site that stands in the place of one of the top level.
    fn own_key(&self, key: &str) -> Option<(&'static str, String)> {
        let own = |list: &str, why| {
            let known = keys::shape(&format!("{list}.{key}")).is_some();
            (known && self.document.count(list) > 0).then(|| (why, format!("{list}[0].{key}")))
        };
        own("lot", "every lot has its own").or_else(|| own("site", "every site has its own"))
    }

    /// Machines of the top level that every lot replaces by its own.
    fn warn_of_unused_machines(&mut self) {
        const NAMES: [&str; 3] = ["efficiency_j_per_th", "machine", "measured"];
        let document = self.document;
        let own = |lot: usize| {
            NAMES.iter().any(|name| document.get(&format!("lot[{lot}].{name}")).is_some())
        };
        let lots = document.count("lot");
        if lots == 0 || !(0..lots).all(own) {
            return;
        }
        for entry in NAMES[1..].iter().filter_map(|name| document.get(name)) {
            self.unused(entry);
        }
    }

    /// What sites pay for energy; a price that is meant for a MWh cannot be one for a kWh.
    fn hold_tariffs(&mut self, inputs: &Inputs<ParamId>) {
        let rate = self.value(inputs.money.exchange_rate);
        for site in &inputs.sites {
            let param = self.table.get(site.tariff.value);
            // Of one that cannot be converted nothing is known, and its mistake is kept.
            let Unit::Price(currency, _) = param.unit else { continue };
            let converts = self.rate == Rate::Given && self.denomination(currency).is_ok();
            if currency != Currency::USD && !converts {
                continue;
            }
            let local = site.tariff.denomination == Denomination::Local;
            let usd_per_kwh = param.value / if local { rate } else { 1.0 };
            let key = param.key.clone();
            let found = ENERGY_PRICE.check(EnergyPrice::from_usd_per_kwh(usd_per_kwh));
            let found = found.map_err(|reason| {
                self.document.wrong(&key, Problem::Implausible(Box::new(reason)))
            });
            if let Some(doubt) = self.keep(found).flatten() {
                self.warn(Warning::ImplausibleTariff { key, doubt: doubt.to_string() });
            }
        }
    }

    /// A currency that falls while its prices stand still makes everything priced in it cheaper (M24).
    fn warn_of_real_depreciation(&mut self, inputs: &Inputs<ParamId>) {
        let [per_year, local, usd] =
            [inputs.money.depreciation, inputs.money.inflation_local, inputs.money.inflation_usd]
                .map(|id| self.value(id));
        if per_year != 0.0 && local == 0.0 && usd == 0.0 {
            self.warn(Warning::RealDepreciation { per_year });
        }
    }

    /// Prices of the market that are not of one time.
    fn warn_of_dates(&mut self) {
        let mut dated: Vec<_> = self
            .table
            .rows()
            .iter()
            .filter(|row| moves_with_market(row))
            .filter_map(|row| Some((row.provenance.as_of()?.middle()?, row.key.clone())))
            .collect();
        dated.sort();
        let (Some((first, old)), Some((last, new))) = (dated.first(), dated.last()) else { return };
        let days = first.until(*last).map_or(0, |span| span.get_days());
        if days > MAX_DAYS_APART {
            let (old, new, first, last) = (old.clone(), new.clone(), *first, *last);
            self.warn(Warning::DatesApart { days, old, first, new, last });
        }
    }
}

/// Prices of the market further apart than this are not of one time.
const MAX_DAYS_APART: i32 = 180;

/// Whether a parameter changes from month to month with the market.
fn moves_with_market(row: &Param) -> bool {
    const UNITS: [Unit; 4] = [Unit::EhPerS, Unit::UsdPerBtc, Unit::Btc, Unit::UsdPerThS];
    UNITS.contains(&row.unit)
        || matches!(row.unit, Unit::PerUsd(_))
        || (row.key == "tariff" || row.key.ends_with("].tariff"))
}
