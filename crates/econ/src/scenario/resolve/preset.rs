//! Markets whose parts belong together: what a preset sets, needs and refuses, and what it says of itself.

use super::Resolver;
use crate::params::{MarketTrend, OthersTrend};
use crate::scenario::choice::{MarketPreset, Noise};
use crate::scenario::error::Problem;
use crate::scenario::warning::Warning;

const PRESET: &str = "market.preset";
const NOISE: &str = "market.noise";
const PRICE: &str = "market.price_path";
const FEES: &str = "market.fees_path";
const OTHERS: &str = "market.others_path";
const DRIFT: &str = MarketTrend::SPECS.price_drift.key;
const GROWTH: &str = OthersTrend::SPECS.growth.key;

/// What goes with a preset.
struct Rule {
    noise: Noise,
    /// The key that gives what the preset is called by, with what to give.
    needs: Option<(&'static str, &'static str)>,
    /// Keys that would make another market of it.
    refuses: &'static [&'static str],
}

fn rule(preset: MarketPreset) -> Rule {
    match preset {
        MarketPreset::FlatReal => {
            let refuses = &[NOISE, DRIFT, GROWTH, PRICE, FEES, OTHERS];
            Rule { noise: Noise::None, needs: None, refuses }
        }
        MarketPreset::Drift => Rule {
            noise: Noise::None,
            needs: Some((
                DRIFT,
                "give the drift of the price that the preset follows, such as 0.05",
            )),
            refuses: &[NOISE, PRICE, FEES, OTHERS],
        },
        MarketPreset::File => Rule {
            noise: Noise::None,
            needs: Some((PRICE, "give the file of the price that the preset follows")),
            refuses: &[NOISE, DRIFT, GROWTH],
        },
        MarketPreset::Bootstrap => {
            let refuses = &[NOISE, DRIFT, GROWTH, PRICE, FEES, OTHERS];
            Rule { noise: Noise::Residual, needs: None, refuses }
        }
    }
}

/// The noise that a preset stands for.
pub(super) fn noise(preset: MarketPreset) -> Noise {
    rule(preset).noise
}

/// The preset that is given, with its label among the warnings; keys that contradict it and keys that it lacks are
/// mistakes.
pub(super) fn preset(r: &mut Resolver) -> Option<MarketPreset> {
    let preset = r.document.text(PRESET).and_then(MarketPreset::of_name)?;
    let rule = rule(preset);
    for key in rule.refuses {
        if let Some(entry) = r.document.get(key) {
            let other = format!("{PRESET} = \"{preset}\"");
            r.note(entry.wrong(Problem::Conflict { other }));
        }
    }
    if let Some((key, remedy)) = rule.needs.filter(|(key, _)| r.document.get(key).is_none()) {
        r.note(Problem::Missing { remedy: remedy.to_owned() }.at(key));
    }
    // Before all others: it says which market the figures are of.
    r.warnings.insert(0, Warning::PresetMarket { preset, moves: moves(r, preset) });
    Some(preset)
}

/// Growth of the others and a path of theirs are two answers to one question.
pub(super) fn refuse_two_of_others(r: &mut Resolver) {
    if let Some(entry) = r.document.get(GROWTH).filter(|_| r.document.get(OTHERS).is_some()) {
        r.note(entry.wrong(Problem::Conflict { other: OTHERS.to_owned() }));
    }
}

/// What moves in a market and what does not.
fn moves(r: &Resolver, preset: MarketPreset) -> String {
    let has = |key: &str| r.document.get(key).is_some();
    let others = match (has(OTHERS), has(GROWTH)) {
        (true, _) => "hashrate follows its file",
        (_, true) => "other miners grow at the given rate",
        _ => "other miners answer what a hash earns",
    };
    let fees = if has(FEES) { "fees follow their file" } else { "fees stand still" };
    match preset {
        MarketPreset::FlatReal => format!(
            "the real price and the fees stand still at their values of day one, {others}, and ranges hold no \
             movement of the market"
        ),
        MarketPreset::Drift => format!(
            "the real price grows at the given drift, {fees}, {others}, and ranges hold no movement of the market \
             beside it"
        ),
        MarketPreset::File => format!(
            "the real price follows its file and the last value holds on, {fees}, {others}, and ranges hold no \
             movement of the market beside them"
        ),
        MarketPreset::Bootstrap => format!(
            "surprises of the epochs since June 2020 are drawn again around a median real price without drift; \
             fees return to their value of day one, {others}, and what has no precedent since then is not in the \
             ranges"
        ),
    }
}
