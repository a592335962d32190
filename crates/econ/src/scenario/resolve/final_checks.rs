//! Checks and warnings that concern the values of a scenario together.

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
    /// Adds warnings that concern several values; if they contradict each other, records the mistake.
    pub(super) fn add_final_warnings(
        &mut self,
        inputs: &Inputs<ParamId>,
        status: Option<TariffStatus>,
    ) {
        if let Some(status) = status {
            self.warn(Warning::TariffIs { status });
        }
        self.warn_unused_keys();
        self.warn_unused_machines();
        self.check_tariffs(inputs);
        self.warn_real_depreciation(inputs);
        self.warn_dates_apart();
    }

    /// Warns about given parameters that are not used.
    fn warn_unused_keys(&mut self) {
        for entry in self.document.entries() {
            let parameter = matches!(
                keys::shape(&pattern_of(&entry.key)),
                Some(Shape::Number(_) | Shape::Price(_))
            );
            // The difficulty is contained in the row of the hashrate.
            let used = entry.key == DIFFICULTY.key || self.known.contains_key(&entry.key);
            if parameter && !used {
                self.report_unused(entry);
            }
        }
    }

    /// Warns about an unused key of a file. An unused key that was set as an option or in code is a mistake if
    /// another key would have an effect.
    fn report_unused(&mut self, entry: &Entry) {
        let (line, key) = (entry.origin.line(), entry.key.clone());
        match self.own_key(&key).filter(|_| line.is_none()) {
            Some((why, instead)) => {
                self.record(entry.mistake(Problem::NotApplicable { why, instead }))
            }
            None => self.warn(Warning::UnusedKey { line: Line(line), key }),
        }
    }

    /// The key of a lot or site that replaces a top-level key, with the reason.
    fn own_key(&self, key: &str) -> Option<(&'static str, String)> {
        let own = |list: &str, why| {
            let known = keys::shape(&format!("{list}.{key}")).is_some();
            (known && self.document.count(list) > 0).then(|| (why, format!("{list}[0].{key}")))
        };
        own("lot", "every lot has its own").or_else(|| own("site", "every site has its own"))
    }

    /// Warns about top-level machines that every lot replaces by its own.
    fn warn_unused_machines(&mut self) {
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
            self.report_unused(entry);
        }
    }

    /// Checks the energy prices of sites; a price meant per MWh is implausible per kWh.
    fn check_tariffs(&mut self, inputs: &Inputs<ParamId>) {
        let rate = self.value(inputs.money.exchange_rate);
        for site in &inputs.sites {
            let param = self.table.get(site.tariff.value);
            // A price that cannot be converted cannot be checked, and its mistake is recorded.
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
                self.document.mistake(&key, Problem::Implausible(Box::new(reason)))
            });
            if let Some(reason) = self.ok_or_record(found).flatten() {
                self.warn(Warning::ImplausibleTariff { key, reason: reason.to_string() });
            }
        }
    }

    /// Warns if a currency depreciates without inflation, which makes local prices cheaper in real terms (M24).
    fn warn_real_depreciation(&mut self, inputs: &Inputs<ParamId>) {
        let [per_year, local, usd] =
            [inputs.money.depreciation, inputs.money.inflation_local, inputs.money.inflation_usd]
                .map(|id| self.value(id));
        if per_year != 0.0 && local == 0.0 && usd == 0.0 {
            self.warn(Warning::RealDepreciation { per_year });
        }
    }

    /// Warns about market prices from different dates.
    fn warn_dates_apart(&mut self) {
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

/// Largest distance of the dates of market prices without a warning, days.
const MAX_DAYS_APART: i32 = 180;

/// Whether a parameter varies with the market from month to month.
fn moves_with_market(row: &Param) -> bool {
    const UNITS: [Unit; 4] = [Unit::EhPerS, Unit::UsdPerBtc, Unit::Btc, Unit::UsdPerThS];
    UNITS.contains(&row.unit)
        || matches!(row.unit, Unit::PerUsd(_))
        || (row.key == "tariff" || row.key.ends_with("].tariff"))
}
