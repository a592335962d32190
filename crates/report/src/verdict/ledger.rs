//! What the ledger adds to the rows: everybody else's result, each with its band and what turns it.

use super::{Flip, Sign, Verdict, Whose};
use crate::chart::style::{amount, amounts, figure, mass_unit, with_unit};
use crate::untrusted::neutral;
use hashwatt::econ::{Ledger, LedgerResult, Party};

/// A key of the scenario in words.
pub(crate) fn key_words(key: &str) -> String {
    let key = key.strip_prefix("ledger.").unwrap_or(key);
    // The unit stands beside the value.
    let key = key.split_once("_usd_per_").map_or(key, |(name, _)| name);
    let words = match key {
        "price_usd" => "bitcoin price".to_owned(),
        "network_eh" => "network hashrate".to_owned(),
        "j_per_th" => "energy per hash".to_owned(),
        "fx" => "exchange rate".to_owned(),
        key if key.starts_with("usd_per_") || key.contains(".usd_per_") => {
            key.replace("usd_per_", "price per ").replace('.', ": ").replace('_', " ")
        }
        key => key.replace('.', ": ").replace('_', " "),
    };
    neutral(&words)
}

fn flip(ledger: &Ledger, result: &LedgerResult) -> Flip {
    let Some(flip) = &result.flip else {
        let assumption = "any one input".to_owned();
        let (taken, threshold, range) = ("as given".to_owned(), None, None);
        return Flip { assumption, taken, threshold, range, plausible: false };
    };
    let unit = neutral(&flip.unit);
    let with = |value: f64| format!("{} {unit}", figure(value)).trim_end().to_owned();
    let side = if flip.threshold > flip.base { "or more" } else { "or less" };
    let input = ledger.inputs.iter().find(|input| input.key == flip.input);
    let range = input.and_then(|input| input.range());
    Flip {
        assumption: key_words(&flip.input),
        taken: with(flip.base),
        threshold: Some(format!("{} {side}", with(flip.threshold))),
        range: range.map(|(low, high)| format!("{} to {}", with(low), with(high))),
        plausible: flip.steps <= 1.0,
    }
}

/// Everybody but the operator, whose own row is over time.
pub(super) fn rows(ledger: &Ledger) -> Vec<Verdict> {
    let currency = ledger.currency.to_string();
    let of_party = |party: Party| {
        let resources = ledger.matrix.resources(party).as_units();
        let part = (resources != 0.0).then(|| {
            let part = amount(resources, &currency);
            format!("with every input as given {part} of it is no money but real resources")
        });
        part.into_iter().collect()
    };
    let national = ledger.matrix.national();
    let held = national.bitcoin_held.as_units();
    let externalities = format!(
        "with every input as given {} of it is what the scenario states for externalities",
        amount(national.externalities.as_units(), &currency)
    );
    let held = format!("bitcoin held is in none of it ({})", amount(held, &currency));
    let stands_still =
        "the operator would not earn its cash costs and stand still: then nobody has any of this";
    let idle = ledger.warnings.iter().any(|warning| warning.contains("would stand still"));
    [
        (Whose::Budget, "net of state_budget", "net of a year", of_party(Party::State)),
        (
            Whose::ForeignExchange,
            "foreign exchange net",
            "net of a year over the border",
            vec![held],
        ),
        (Whose::Consumers, "net of other_consumers", "net of a year", of_party(Party::Consumers)),
        (
            Whose::Distribution,
            "net of distribution",
            "net of a year, which adds to circular debt where it is below zero,",
            of_party(Party::Distribution),
        ),
        (Whose::Nation, "national net", "net of a year", vec![externalities]),
    ]
    .into_iter()
    .filter_map(|(whose, name, words, mut remarks)| {
        let result = ledger.results.iter().find(|result| result.name == name)?;
        if whose == Whose::Nation && idle {
            remarks.push(stands_still.to_owned());
        }
        Some(Verdict {
            whose,
            result: words.to_owned(),
            sign: Sign::of(result.p5, result.p50, result.p95),
            band: Some(amounts([result.p5, result.p50, result.p95], &currency)),
            remarks,
            flips: vec![flip(ledger, result)],
        })
    })
    .collect()
}

/// The average beside what this load adds and takes away.
pub(super) fn carbon(ledger: &Ledger) -> String {
    let c = &ledger.carbon;
    let mass = |tonnes: f64| format!("{} CO₂", with_unit(tonnes, mass_unit(tonnes)));
    let net = ledger.results.iter().find(|r| r.name.starts_with("carbon, global net"));
    let band =
        net.map_or(String::new(), |net| format!(" (P5–P95 {} to {})", mass(net.p5), mass(net.p95)));
    format!(
        "the plants that would run for it emit {} a year; at the grid's stated average the same energy would be {}, \
         which is not what it adds. With machines embodied and displaced miners counted, {}{band} net worldwide.",
        mass(c.marginal_t),
        mass(c.stated_average_t),
        mass(c.global_net_t),
    )
}
