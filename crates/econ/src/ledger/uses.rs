//! What a MWh at the site's meter is worth: mining, AI, industry, households, and left alone.

use super::book::{Id, Money};
use super::evaluate::{Choice, Part, Year, evaluate};
use super::model::LedgerInputs;

/// What a MWh does in one use, USD/MWh at the site's meter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Use {
    /// Which.
    pub name: &'static str,
    /// What it brings.
    pub gross: f64,
    /// Less what the user pays for energy; for households, who are the system's end, less what the system
    /// spends on it.
    pub after_energy: f64,
    /// Less other cash costs and annualised capital; `None` where no capital is known.
    pub after_capital: Option<f64>,
    /// What stays at home: gross less imports, and less profit that goes abroad. Imported fuel is one of
    /// them.
    pub local_value_added: f64,
}

/// All megawatts on one use, and a mixture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SplitPoint {
    /// The part that mines, 0 to 1.
    pub mining_share: f64,
    /// BTC a year.
    pub btc_per_year: f64,
    /// Graphics processors.
    pub gpus: f64,
    /// Capital, USD.
    pub capital_usd: f64,
    /// What it brings, USD a year.
    pub gross_usd: f64,
    /// Less energy, other costs and annualised capital, USD a year.
    pub after_capital_usd: f64,
    /// What stays at home, USD a year.
    pub local_value_added_usd: f64,
}

impl Part {
    fn after_capital(&self) -> f64 {
        self.gross - self.energy_cost - self.other_costs - self.capital
    }
}

/// Of a part of the site: gross that comes home, less imports and profit that leaves.
fn local(inputs: &LedgerInputs, values: &[f64], part: &Part, home: f64, year: &Year) -> f64 {
    let get = |id: Id| values[id.0];
    let operator = &inputs.operator;
    let kept = part.after_capital().max(0.0) * (1.0 - get(operator.income_tax));
    let remitted = kept * get(operator.foreign_share) * get(operator.remitted);
    let other_abroad = part.other_costs * (1.0 - get(operator.costs_local_share));
    part.gross * home
        - part.capital_abroad
        - other_abroad
        - remitted
        - fuel_abroad(inputs, values, year) * part.energy_mwh
}

/// Imported fuel, USD for a MWh at the site's meter.
fn fuel_abroad(inputs: &LedgerInputs, values: &[f64], year: &Year) -> f64 {
    let kwh = year.energy_kwh;
    if kwh > 0.0 { year.imported_fuel / kwh * 1e3 / values[inputs.ids.fx.0] } else { 0.0 }
}

/// What each use makes of a MWh. Mining and AI have all the megawatts, one after the other; the supply's
/// cost is that of `year`.
pub(super) fn uses(inputs: &LedgerInputs, values: &[f64], choice: Choice, year: &Year) -> Vec<Use> {
    let get = |id: Id| values[id.0];
    let fx = get(inputs.ids.fx);
    let usd = |price: Money| get(price.id) * 1e3 / if price.dollars { 1.0 } else { fx };
    let all = |share| {
        let choice = Choice { mining_share: Some(share), ..choice };
        evaluate(inputs, values, choice)
    };
    let of = |name, part: &Part, home: f64, year: &Year| {
        let each = |usd: f64| if part.energy_mwh > 0.0 { usd / part.energy_mwh } else { 0.0 };
        Use {
            name,
            gross: each(part.gross),
            after_energy: each(part.gross - part.energy_cost),
            after_capital: Some(each(part.after_capital())),
            local_value_added: each(local(inputs, values, part, home, year)),
        }
    };
    let (mining, ai) = (all(1.0), all(0.0));
    let supply =
        if year.energy_kwh > 0.0 { year.supply_cost / year.energy_kwh * 1e3 / fx } else { 0.0 };
    let fuel = fuel_abroad(inputs, values, year);
    let value_added = get(inputs.uses.industry_value_added_usd_per_mwh);
    let industry = usd(inputs.prices.industry_tariff);
    let household = usd(inputs.prices.household_tariff);
    let lost_load = get(inputs.uses.lost_load_usd_per_kwh) * 1e3;
    let end = |name, gross: f64| Use {
        name,
        gross,
        after_energy: gross - supply,
        after_capital: None,
        local_value_added: gross - fuel,
    };
    vec![
        of("mining", &mining.mining, get(inputs.foreign.repatriated), &mining),
        of("ai", &ai.ai, 1.0, &ai),
        Use {
            name: "industry",
            gross: value_added,
            after_energy: value_added - industry,
            after_capital: Some(
                value_added - industry - get(inputs.uses.industry_capital_usd_per_mwh),
            ),
            local_value_added: value_added * get(inputs.uses.industry_local_share) - fuel,
        },
        end("household_tariff", household),
        end("household_lost_load", lost_load),
        // Nothing is made and nothing imported; what is not burnt is what it brings.
        Use {
            name: "idle",
            gross: supply,
            after_energy: supply,
            after_capital: Some(supply),
            local_value_added: 0.0,
        },
    ]
}

/// From all mining to all AI.
pub(super) fn split(inputs: &LedgerInputs, values: &[f64], choice: Choice) -> Vec<SplitPoint> {
    const STEPS: usize = 10;
    let get = |id: Id| values[id.0];
    (0..=STEPS)
        .map(|step| {
            let mining_share = (STEPS - step) as f64 / STEPS as f64;
            let year =
                evaluate(inputs, values, Choice { mining_share: Some(mining_share), ..choice });
            let (mining, ai) = (&year.mining, &year.ai);
            let home = get(inputs.foreign.repatriated);
            let mw = get(inputs.ids.power_mw);
            let capital_usd = year.nameplate.as_th_s() * get(inputs.ids.usd_per_th)
                + mw * mining_share * get(inputs.ids.infrastructure)
                + year.gpus * get(inputs.ai.usd_per_gpu)
                + mw * (1.0 - mining_share) * get(inputs.ai.shell_usd_per_mw);
            SplitPoint {
                mining_share,
                btc_per_year: year.btc,
                gpus: year.gpus,
                capital_usd,
                gross_usd: mining.gross + ai.gross,
                after_capital_usd: mining.after_capital() + ai.after_capital(),
                local_value_added_usd: local(inputs, values, mining, home, &year)
                    + local(inputs, values, ai, 1.0, &year),
            }
        })
        .collect()
}
