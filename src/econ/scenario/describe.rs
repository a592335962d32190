//! What a project's report lists: every input with its origin, and what a reader must know.

use crate::econ::{Case, Input, LotStatus, Noise, Project, Response};
use crate::estimate::Provenance;

impl Project {
    /// Inputs and warnings of the case, and those that time adds.
    pub(super) fn describe(&mut self, case: &Case) {
        let terms = |lot: &str| Provenance::Assumed {
            basis: format!("as the scenario's [[fleet]] has it for {lot}, else the default"),
        };
        let snapshot = case.snapshot();
        if let Ok(snapshot) = &snapshot {
            self.inputs.clone_from(&snapshot.inputs);
            self.warnings.clone_from(&snapshot.warnings);
        }
        // In time displacement comes out of the others' answer, unless it was given.
        if self.displacement.is_none() {
            self.inputs.retain(|input| input.field != "displacement");
        }
        let mut add = |field: String, value: f64, unit: &str, provenance: &Provenance| {
            let (unit, provenance) = (unit.to_owned(), provenance.clone());
            self.inputs.push(Input { field, value, unit, provenance });
        };
        for site in &self.sites {
            let of = |field: &str| format!("{field}: {}", site.name);
            if let Some(price) = &site.infrastructure {
                let usd = price.value().as_usd_per_mw();
                add(of("infrastructure"), usd, "USD/MW", price.provenance());
            }
            let other = &site.other_costs;
            let usd = other.value().as_usd_per_kwh() * 1e3;
            add(of("other_costs"), usd, "USD/MWh", other.provenance());
            for lot in &site.lots {
                let of = |field: &str| format!("{field}: {}", lot.name);
                add(of("lot_power"), lot.power.value().as_mw(), "MW", lot.power.provenance());
                for (field, value, unit) in [
                    ("life", lot.life.as_years(), "years"),
                    ("delivery", lot.delivery.as_years() * 12.0, "months"),
                    ("failure_per_year", lot.failure_per_year.value(), ""),
                    ("drift_per_year", lot.drift_per_year.value(), ""),
                    ("duty", lot.duty.value(), ""),
                    ("resale", lot.resale.value(), ""),
                ] {
                    add(of(field), value, unit, &terms(&lot.name));
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
            let provenance = match value == standard {
                true => Provenance::Assumed {
                    basis: format!("the default of `response.{field}`, see there"),
                },
                false => Provenance::UserReported { by: format!("response.{field}") },
            };
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
    }
}
