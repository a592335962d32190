//! The inputs of a case as a report lists them, and what they oblige it to warn of.

use super::{Case, Input, LocalPrice, MeteringPoint, Snapshot};
use crate::uncertainty::{Estimate, Provenance};
use crate::units::EnergyPrice;

/// Nobody pays so much for a kWh; a price meant for a MWh is above it.
const IMPLAUSIBLE: EnergyPrice = EnergyPrice::from_usd_per_kwh(1.0);

impl Case {
    pub(super) fn inputs(&self) -> Vec<Input> {
        let mut inputs = Vec::new();
        let mut add = |field: &str, value: f64, unit: String, provenance: &Provenance| {
            let (field, provenance) = (field.to_owned(), provenance.clone());
            inputs.push(Input { field, value, unit, provenance });
        };
        let pure = String::new;
        let Self { allocation, site, network, pool, .. } = self;
        let power = &allocation.power;
        add("power_mw", power.value().as_mw(), "MW".to_owned(), power.provenance());
        for (field, fraction) in [
            ("mining_share", &allocation.mining_share),
            ("uptime", &site.uptime),
            ("pool_fee", &pool.fee),
            ("stale", &pool.stale),
            ("displacement", &self.displacement),
        ] {
            add(field, fraction.value().value(), pure(), fraction.provenance());
        }
        add("pue", site.pue.value().value(), pure(), site.pue.provenance());
        let efficiency = self.fleet.efficiency().estimate();
        let j_per_th = efficiency.value().as_j_per_th();
        add("efficiency", j_per_th, "J/TH".to_owned(), efficiency.provenance());
        add("height", network.height.value().into(), pure(), network.height.provenance());
        let hashrate = &network.hashrate;
        let eh_s = hashrate.value().as_eh_s();
        add("network_hashrate", eh_s, "EH/s".to_owned(), hashrate.provenance());
        let fees = &network.fees_per_block;
        add("fees_per_block", fees.value().as_btc(), "BTC".to_owned(), fees.provenance());
        let price = &network.price;
        let usd = price.value().as_usd_per_btc();
        add("price", usd, "USD/BTC".to_owned(), price.provenance());
        if let Some(tariff) = &self.tariff {
            let (price, unit) = per_kwh(&tariff.price);
            add("tariff", price, unit, tariff.price.provenance());
            if let Some(rate) = &tariff.exchange_rate {
                let unit = format!("{}/USD", rate.value().currency());
                add("exchange_rate", rate.value().as_per_usd(), unit, rate.provenance());
            }
        }
        let emissions = &self.emissions.average;
        let grams = emissions.value().as_g_per_kwh();
        add("grid_average", grams, "gCO2/kWh".to_owned(), emissions.provenance());
        let household = &self.households.monthly_use;
        let kwh = household.value().as_kwh();
        add("household_use", kwh, "kWh/month".to_owned(), household.provenance());
        for reference in &self.references {
            let (price, unit) = per_kwh(&reference.price);
            let field = format!("{}: {}", reference.kind, reference.what);
            add(&field, price, unit, reference.price.provenance());
        }
        inputs
    }

    pub(super) fn warnings(&self, snapshot: &Snapshot) -> Vec<String> {
        let mut warnings = Vec::new();
        let assumed: Vec<_> = snapshot
            .inputs
            .iter()
            .filter(|input| matches!(input.provenance, Provenance::Assumed { .. }))
            .map(|input| {
                format!("{} {} {}", input.field, input.value, input.unit).trim().to_owned()
            })
            .collect();
        if !assumed.is_empty() {
            warnings.push(format!("assumed, not given: {}", assumed.join(", ")));
        }
        warnings.extend(self.fleet.warnings());
        warnings.extend(self.notes.iter().cloned());
        if let Some(status) = self.tariff_status {
            warnings.push(format!("the tariff is {}", status.name()));
        }
        warnings.extend(apart(&snapshot.inputs));
        let other = snapshot.power - snapshot.mining_power;
        if other.as_mw() > 0.0 {
            let mw = other.as_mw();
            warnings.push(format!("{mw} MW of the budget do not mine and are not valued here"));
        }
        if snapshot.share_of_blocks > 0.5 {
            warnings.push(
                "the fleet would find more than half of all blocks: a network that no estimate \
                 of this kind describes"
                    .to_owned(),
            );
        }
        if snapshot.tariff.is_some_and(|tariff| tariff > IMPLAUSIBLE) {
            warnings.push("the tariff is above 1 USD/kWh: is it meant per MWh?".to_owned());
        }
        if snapshot.margin_after.is_some_and(|margin| margin.as_usd_per_day() < 0.0) {
            warnings.push(
                "after the retarget the fleet does not earn its energy at this tariff".to_owned(),
            );
        }
        let before_customer = |p: MeteringPoint| p != MeteringPoint::Consumer;
        if snapshot.subsidies.iter().any(|s| before_customer(s.reference.metering_point)) {
            warnings
                .push("references metered before the customer are not raised by losses".to_owned());
        }
        if self.tariff.is_none() && !self.references.is_empty() {
            warnings.push("without a tariff no reference is held against it".to_owned());
        }
        warnings.push(format!(
            "carbon is at the grid's average ({}); what one more kWh emits is another figure",
            self.emissions.average.provenance()
        ));
        warnings
    }
}

/// Inputs of the market that are of days too far apart to be read together.
pub(super) fn apart(inputs: &[Input]) -> Option<String> {
    const MOST_DAYS: i32 = 180;
    let moves = ["network_hashrate", "fees_per_block", "price", "tariff", "exchange_rate"];
    let of_market = |input: &&Input| {
        moves.contains(&input.field.as_str()) || input.field.starts_with("machine_price")
    };
    let mut dated: Vec<_> = inputs
        .iter()
        .filter(of_market)
        .filter_map(|input| Some((input.provenance.as_of()?.middle()?, &input.field)))
        .collect();
    dated.sort();
    let ((first, old), (last, new)) = (dated.first()?, dated.last()?);
    let days = first.until(*last).ok()?.get_days();
    (days > MOST_DAYS)
        .then(|| format!("inputs are {days} days apart: {old} is of {first}, {new} of {last}"))
}

/// A price per kWh with its unit.
fn per_kwh(price: &Estimate<LocalPrice>) -> (f64, String) {
    (price.value().as_per_kwh(), format!("{}/kWh", price.value().currency()))
}
