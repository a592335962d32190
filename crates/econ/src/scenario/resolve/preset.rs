//! Market presets: the keys that a preset sets, requires and excludes, and its description.

use super::Resolver;
use crate::params::{MarketTrend, OthersTrend};
use crate::scenario::choice::{MarketPreset, NoiseModel};
use crate::scenario::error::Problem;
use crate::scenario::warning::Warning;

const PRESET: &str = "market.preset";
const NOISE: &str = "market.noise";
const PRICE: &str = "market.price_path";
const FEES: &str = "market.fees_path";
const OTHERS: &str = "market.others_path";
const DRIFT: &str = MarketTrend::SPECS.price_drift.key;
const GROWTH: &str = OthersTrend::SPECS.growth.key;

/// The rules of a preset.
struct Rule {
    noise: NoiseModel,
    /// A required key, with the remedy if it is missing.
    needs: Option<(&'static str, &'static str)>,
    /// Keys that contradict the preset.
    refuses: &'static [&'static str],
}

fn rule(preset: MarketPreset) -> Rule {
    match preset {
        MarketPreset::FlatReal => {
            let refuses = &[NOISE, DRIFT, GROWTH, PRICE, FEES, OTHERS];
            Rule { noise: NoiseModel::None, needs: None, refuses }
        }
        MarketPreset::Drift => Rule {
            noise: NoiseModel::None,
            needs: Some((
                DRIFT,
                "give the drift of the price that the preset follows, such as 0.05",
            )),
            refuses: &[NOISE, PRICE, FEES, OTHERS],
        },
        MarketPreset::File => Rule {
            noise: NoiseModel::None,
            needs: Some((PRICE, "give the file of the price that the preset follows")),
            refuses: &[NOISE, DRIFT, GROWTH],
        },
        MarketPreset::Bootstrap => {
            let refuses = &[NOISE, DRIFT, GROWTH, PRICE, FEES, OTHERS];
            Rule { noise: NoiseModel::Residual, needs: None, refuses }
        }
    }
}

/// The random variation of a preset.
pub(super) fn noise(preset: MarketPreset) -> NoiseModel {
    rule(preset).noise
}

/// The given preset. Adds its description to the warnings; contradicting and missing keys are mistakes.
pub(super) fn preset(r: &mut Resolver) -> Option<MarketPreset> {
    let preset = r.document.text(PRESET).and_then(MarketPreset::from_name)?;
    let rule = rule(preset);
    for key in rule.refuses {
        if let Some(entry) = r.document.get(key) {
            let other = format!("{PRESET} = \"{preset}\"");
            r.record(entry.mistake(Problem::Conflict { other }));
        }
    }
    if let Some((key, remedy)) = rule.needs.filter(|(key, _)| r.document.get(key).is_none()) {
        r.record(Problem::Missing { remedy: remedy.to_owned() }.at(key));
    }
    // Before all other warnings, because all figures depend on it.
    r.warnings.insert(0, Warning::PresetMarket { preset, moves: moves(r, preset) });
    Some(preset)
}

/// Refuses a growth and a path of other miners at the same time.
pub(super) fn refuse_growth_with_path(r: &mut Resolver) {
    if let Some(entry) = r.document.get(GROWTH).filter(|_| r.document.get(OTHERS).is_some()) {
        r.record(entry.mistake(Problem::Conflict { other: OTHERS.to_owned() }));
    }
}

/// Describes what varies in a market and what does not.
fn moves(r: &Resolver, preset: MarketPreset) -> String {
    let has = |key: &str| r.document.get(key).is_some();
    let others = match (has(OTHERS), has(GROWTH)) {
        (true, _) => "hashrate follows its file",
        (_, true) => "other miners grow at the given rate",
        _ => "other miners respond to hashprice",
    };
    let fees = if has(FEES) { "fees follow their file" } else { "fees are constant" };
    match preset {
        MarketPreset::FlatReal => format!(
            "the real price and the fees are constant at their values of day one, {others}, and ranges include no \
             variation of the market"
        ),
        MarketPreset::Drift => format!(
            "the real price grows at the given drift, {fees}, {others}, and ranges include no other variation of \
             the market"
        ),
        MarketPreset::File => format!(
            "the real price follows its file and then keeps its last value, {fees}, {others}, and ranges include \
             no other variation of the market"
        ),
        MarketPreset::Bootstrap => format!(
            "residuals of the epochs since June 2020 are resampled around a median real price without drift; fees \
             return to their value of day one, {others}, and the ranges exclude events without precedent since then"
        ),
    }
}
