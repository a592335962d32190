//! What a project's report lists: every input with its origin, and what a reader must know.

use super::Scenario;
use super::lots::LIFE_YEARS;
use super::read::{Read, wrong};
use crate::uncertainty::Provenance;
use crate::{Case, Input, LotStatus, Noise, Project, Response};

impl Project {
    /// Inputs and warnings of the case, and those that time adds.
    pub(super) fn describe(&mut self, scenario: &Scenario, case: &Case) -> Read<()> {
        // What a case tells of its one moment does not hold over time; what is told of machines does.
        let mut case = Case { notes: Vec::new(), ..case.clone() };
        let of_fleet = case.fleet.warnings();
        for told in self.sites.iter().flat_map(|s| &s.lots).flat_map(|lot| lot.fleet.warnings()) {
            if !of_fleet.contains(&told) && !case.notes.contains(&told) {
                case.notes.push(told);
            }
        }
        let snapshot = case.snapshot().map_err(|e| wrong("project", e))?;
        self.inputs = snapshot.inputs;
        self.warnings = snapshot.warnings;
        let title = scenario.title.as_deref().unwrap_or("the scenario");
        let given = |given: bool, section: &str, field: &str| match given {
            true => Provenance::UserReported { by: format!("{title}, {section} {field}") },
            false => Provenance::Assumed { basis: format!("the default of {section} {field}") },
        };
        // In time displacement comes out of the others' answer, unless it was given.
        if self.displacement.is_none() {
            self.inputs.retain(|input| input.field != "displacement");
        }
        let mut add = |field: String, value: f64, unit: &str, provenance: &Provenance| {
            let (unit, provenance) = (unit.to_owned(), provenance.clone());
            self.inputs.push(Input { field, value, unit, provenance });
        };
        let several_sites = self.sites.len() > 1;
        let several_lots = self.sites.iter().map(|site| site.lots.len()).sum::<usize>() > 1;
        for site in &self.sites {
            let of = |field: &str| format!("{field}: {}", site.name);
            if let Some(price) = &site.infrastructure {
                let usd = price.value().as_usd_per_mw();
                add(of("infrastructure"), usd, "USD/MW", price.provenance());
            }
            let other = &site.other_costs;
            let usd = other.value().as_usd_per_kwh() * 1e3;
            add(of("other_costs"), usd, "USD/MWh", other.provenance());
            if several_sites {
                let (pue, uptime) = (&site.site.pue, &site.site.uptime);
                add(of("pue"), pue.value().value(), "", pue.provenance());
                add(of("uptime"), uptime.value().value(), "", uptime.provenance());
                if let Some(price) = &site.energy_price {
                    let usd = price.value().as_usd_per_kwh();
                    add(of("tariff"), usd, "USD/kWh", price.provenance());
                }
            }
            for lot in &site.lots {
                let of = |field: &str| format!("{field}: {}", lot.name);
                if several_lots {
                    let efficiency = lot.efficiency().estimate();
                    let j_per_th = efficiency.value().as_j_per_th();
                    add(of("efficiency"), j_per_th, "J/TH", efficiency.provenance());
                }
                add(of("lot_power"), lot.power.value().as_mw(), "MW", lot.power.provenance());
                for (field, value, standard, unit) in [
                    ("life", lot.life.as_years(), LIFE_YEARS, "years"),
                    ("delivery", lot.delivery.as_years() * 12.0, 0.0, "months"),
                    ("failure_per_year", lot.failure_per_year.value(), 0.0, ""),
                    ("drift_per_year", lot.drift_per_year.value(), 0.0, ""),
                    ("duty", lot.duty.value(), 0.0, ""),
                    ("resale", lot.resale.value(), 0.0, ""),
                ] {
                    add(of(field), value, unit, &given(value != standard, "[[fleet]]", field));
                }
                if let Some(price) = &lot.machine_price {
                    let usd = price.value().as_usd_per_th_s();
                    add(of("machine_price"), usd, "USD per TH/s", price.provenance());
                }
            }
        }
        let base = Response::default();
        for (field, value, standard, unit) in [
            ("leaving", self.response.leaving.as_days(), base.leaving.as_days(), "days"),
            ("joining", self.response.joining.as_days(), base.joining.as_days(), "days"),
            ("entry_ratio", self.response.entry_ratio, base.entry_ratio, ""),
            ("growth_per_year", self.response.growth_per_year, base.growth_per_year, ""),
            (
                "most_growth_per_year",
                self.response.most_growth_per_year,
                base.most_growth_per_year,
                "",
            ),
            (
                "cost_decline_per_year",
                self.response.cost_decline_per_year,
                base.cost_decline_per_year,
                "",
            ),
        ] {
            let provenance = given(value != standard, "response", field);
            add(format!("response: {field}"), value, unit, &provenance);
        }
        for factor in &self.factors {
            let base = factor.base;
            let text = format!("5 % below {}, 5 % above {}", factor.low, factor.high);
            let provenance = Provenance::Assumed { basis: text };
            add(format!("range: {}", factor.kind.name()), base, "", &provenance);
        }
        let discount = &self.discount_per_year;
        add("discount_per_year".to_owned(), discount.value(), "", discount.provenance());
        let drift = &self.price_drift_per_year;
        add("price_drift_per_year".to_owned(), drift.value(), "", drift.provenance());
        for site in &self.sites {
            for lot in &site.lots {
                if lot.status == LotStatus::Announced {
                    let name = &lot.name;
                    self.warnings.push(format!("{name} is announced, not shipping"));
                }
            }
        }
        let ledgers: Vec<_> = scenario.only_of_ledgers().collect();
        if !ledgers.is_empty() {
            let keys = ledgers.join(", ");
            self.warnings.push(format!("the ranges of {keys} are followed by the ledger alone"));
        }
        if self.displacement.is_none() {
            self.warnings.push(
                "what other miners do is a model: their costs by vintages of machines, their answer by lags \
                 (see the documentation); displacement is what comes of it"
                    .to_owned(),
            );
        }
        if self.noise != Noise::None {
            self.warnings.push(
                "bands are of the past's surprises: the price has no drift unless one is given, and nothing \
                 that never happened is in them"
                    .to_owned(),
            );
        }
        Ok(())
    }
}
