//! What documentation, templates and schemas say of a key: all of it is made from the table of keys.

use super::structural::{STRUCTURAL, Structural};
use super::{Shape, all, holds, is_required, symbol};
use crate::network::Network;
use crate::params::{Absent, Money, NetworkState, Spec};
use crate::uncertainty::Provenance;

/// A placeholder: no key can have it, and the error of whoever leaves it names the key and what it holds.
const PLACEHOLDER: &str = "?";

/// A key as documentation lists it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct KeyDoc {
    /// The key, its indices left out.
    pub key: String,
    /// What it holds, such as `a number, MW`.
    pub holds: String,
    /// What it is.
    pub text: &'static str,
    /// Its unit; empty where it has none, and for prices, which name their own.
    pub unit: String,
    /// The least and the greatest possible value, where it is a number or numbers.
    pub possible: Option<(f64, f64)>,
    /// What holds without it, and why, in words.
    pub without: String,
    /// A value as a scenario file gives it: what holds without it, else an example. Where nothing but the user
    /// can know one, `?` stands in a text that is refused.
    pub example: String,
}

/// Every key that a scenario may have, in alphabetic order.
pub fn documented_keys() -> Vec<KeyDoc> {
    all().map(|(key, shape)| doc(key, shape)).collect()
}

/// One key.
pub(in crate::scenario) fn doc(key: &str, shape: &Shape) -> KeyDoc {
    let mut doc = KeyDoc {
        key: key.to_owned(),
        holds: holds(shape),
        text: "",
        unit: String::new(),
        possible: None,
        without: String::new(),
        example: String::new(),
    };
    match shape {
        Shape::Number(spec) => of_number(&mut doc, spec),
        Shape::Price(price) => {
            doc.text = price.text;
            doc.possible = Some((price.least, price.most));
            let is_none = !price.needed && !says_what_holds(price.text) && !is_required(key);
            let number = if is_none { "0" } else { PLACEHOLDER };
            doc.example = format!("\"{number} USD/{}\"", symbol(price.per));
            doc.without = match (price.needed, is_none) {
                (true, _) => NO_DEFAULT.to_owned(),
                (false, true) => "Default 0: none was stated.".to_owned(),
                (false, false) => String::new(),
            };
        }
        Shape::Rate => {
            doc.text = Money::SPECS.exchange_rate.text;
            doc.example = format!("\"{PLACEHOLDER} PKR/USD\"");
            doc.without = "Without it every price is in dollars.".to_owned();
        }
        _ => {
            if let Some(structural) = structural(key) {
                of_structural(&mut doc, structural);
            }
        }
    }
    if is_required(key) {
        doc.without = "Must be given.".to_owned();
    }
    doc
}

const NO_DEFAULT: &str = "No default: without it the figures that need it are missing.";

fn of_number(doc: &mut KeyDoc, spec: &Spec) {
    doc.text = spec.text;
    doc.unit = spec.unit.to_string();
    doc.possible = Some((spec.least, spec.most));
    let placeholder = format!("\"{PLACEHOLDER}\"");
    (doc.example, doc.without) = match spec.absent {
        Absent::None(_) | Absent::Missing if says_what_holds(spec.text) => {
            (placeholder, String::new())
        }
        Absent::None(value) => {
            (shown(value), format!("Default {}: none was stated.", shown(value)))
        }
        Absent::Assumed { value, low, high, basis } => {
            let range = match low < high {
                true => format!(" ({} to {})", shown(low), shown(high)),
                false => String::new(),
            };
            (shown(value), format!("Default {}{range}, assumed: {basis}.", shown(value)))
        }
        Absent::Missing => match of_network(doc.key.as_str()) {
            Some((value, provenance)) => {
                let date = provenance.as_of().map_or(String::new(), |date| format!(", {date}"));
                let source = provenance.detail();
                (shown(value), format!("Default {}{date}: {source}.", shown(value)))
            }
            None => (placeholder, NO_DEFAULT.to_owned()),
        },
    };
}

/// Whether a parameter's text says what holds without it: another key, or no limit.
fn says_what_holds(text: &str) -> bool {
    text.contains("without it") || text.contains("; else ")
}

/// What the shipped network has for a key.
fn of_network(key: &str) -> Option<(f64, Provenance)> {
    let (specs, network) = (NetworkState::SPECS, Network::august_2026());
    if key == specs.others.key {
        let hashrate = &network.hashrate;
        return Some((hashrate.value().as_eh_s(), hashrate.provenance().clone()));
    }
    if key == specs.price.key {
        let price = &network.price;
        return Some((price.value().as_usd_per_btc(), price.provenance().clone()));
    }
    let fees = &network.fees_per_block;
    (key == specs.fees.key).then(|| (fees.value().as_btc(), fees.provenance().clone()))
}

/// A key of a site is that of all sites.
fn structural(key: &str) -> Option<&'static Structural> {
    let find = |key: &str| STRUCTURAL.iter().find(|known| known.key == key);
    find(key).or_else(|| find(key.strip_prefix("site.")?))
}

fn of_structural(doc: &mut KeyDoc, structural: &Structural) {
    doc.text = structural.text;
    let default = structural.default;
    doc.example = if default.is_empty() { structural.example } else { default }.to_owned();
    if !default.is_empty() {
        doc.without = format!("Default {default}.");
    }
    match structural.shape {
        Shape::Plain { least, most, unit, .. } => {
            doc.unit = unit.to_owned();
            doc.possible = Some((least, most));
        }
        Shape::Months { least, most } => doc.possible = Some((least, most)),
        Shape::DayHours => doc.possible = Some((0.0, 23.0)),
        Shape::ByYear => doc.possible = Some((0.0, 1.0)),
        _ => {}
    }
}

/// A number as a file gives it, without rows of zeros.
pub(in crate::scenario) fn shown(value: f64) -> String {
    let (plain, short) = (value.to_string(), format!("{value:e}"));
    let is_far = value != 0.0 && !(1e-3..1e5).contains(&value.abs());
    if is_far && short.len() < plain.len() { short } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Scenario, ScenarioError};

    /// A scenario that gives one key, in its own table, as a file does.
    fn with(key: &str, value: &str) -> Result<Scenario, ScenarioError> {
        let (table, name) = key.rsplit_once('.').unwrap_or(("", key));
        let mut text = String::new();
        let dots = table.match_indices('.').map(|(at, _)| at).chain([table.len()]);
        for table in dots.map(|end| &table[..end]).filter(|table| !table.is_empty()) {
            let list = crate::scenario::keys::is_list(table);
            text += &if list { format!("[[{table}]]\n") } else { format!("[{table}]\n") };
        }
        Scenario::from_toml(&format!("{text}{name} = {value}\n"))
    }

    #[test]
    fn every_key_says_what_it_is_and_has_a_value_that_it_takes_or_a_placeholder() {
        for doc in documented_keys() {
            assert!(!doc.text.is_empty() && !doc.text.ends_with('.'), "{doc:?}");
            assert!(!doc.example.is_empty(), "{doc:?}");
            let read = with(&doc.key, &doc.example);
            match doc.example.contains(PLACEHOLDER) {
                true => {
                    let told = read.unwrap_err().to_string();
                    let name = doc.key.rsplit('.').next().unwrap();
                    assert!(told.contains(name) && told.contains("give"), "{doc:?}: {told}");
                }
                false => assert!(read.is_ok(), "{doc:?}: {read:?}"),
            }
        }
    }

    #[test]
    fn what_is_documented_to_hold_without_a_key_is_what_holds() {
        // It needs the file whose hashrate it speaks of.
        const WITH_OTHERS: [&str; 1] = ["market.others_path_of"];
        // A lease must say its power.
        const IN_PART: [&str; 4] = ["carbon.", "plant.", "mode.", "lease."];
        let base = "power_mw = 10\n[capacity_payments]\npayment = \"1 USD/kW-month\"\n\
                    [[lot]]\npower_mw = 10\nefficiency_j_per_th = 15\n[[mode]]\nspeed = 0.5\nj_per_th_ratio = 0.5\n";
        let base = Scenario::from_toml(base).unwrap();
        let expected = base.resolve().unwrap();
        let (rows, values) = (expected.table.rows(), expected.table.values());
        let mut seen = 0;
        for known in STRUCTURAL.iter().filter(|known| !known.default.is_empty()) {
            if WITH_OTHERS.contains(&known.key)
                || known.key.contains("tariff_terms.")
                || IN_PART.iter().any(|table| known.key.starts_with(table))
            {
                continue;
            }
            let key = known.key.replacen("lot.", "lot[0].", 1);
            let given = with(known.key, known.default).unwrap();
            let given = given.entries().next().unwrap().1.clone();
            let mut scenario = base.clone();
            scenario.set(&key, given).unwrap();
            let found = scenario.resolve().unwrap();
            assert_eq!(found.table.values(), values, "{key}");
            assert_eq!(found.inputs.at(&values), expected.inputs.at(&values), "{key}");
            assert_eq!(
                (found.market, found.lots),
                (expected.market.clone(), expected.lots.clone()),
                "{key}"
            );
            seen += 1;
        }
        assert!(seen >= 15, "{seen}");
        assert!(!rows.is_empty());
    }

    #[test]
    fn an_entry_without_what_it_must_have_is_refused() {
        let whole = [
            ("site", "name = \"a\"\npower_mw = 1\n"),
            ("plant", "name = \"gas\"\nmean_mw = 1\ng_per_kwh = 400\nfuel_cost = \"1 USD/MWh\"\n"),
            (
                "reference",
                "kind = \"cost_of_service\"\nwhat = \"w\"\nprice = \"1 USD/MWh\"\nmetering_point = \"consumer\"\n",
            ),
            ("tariff_terms.tiers", "above_mwh_per_month = 1\nprice_ratio = 2\n"),
            ("tariff_terms.adjustments", "name = \"a\"\nprice = \"1 USD/MWh\"\n"),
            ("tariff_terms.levies", "name = \"a\"\nprice = \"1 USD/MWh\"\n"),
            ("tariff_terms.levy_steps", "levy = \"1 USD/MWh\"\n"),
            ("carbon.corrective_tax", "name = \"a\"\nprice = \"1 USD/MWh\"\n"),
        ];
        for (list, entries) in whole {
            let power = if list == "site" { "" } else { "power_mw = 1\n" };
            for dropped in entries.lines() {
                let (name, _) = dropped.split_once(' ').unwrap();
                let kept: Vec<&str> = entries.lines().filter(|line| *line != dropped).collect();
                let text = format!("{power}[[{list}]]\n{}\n", kept.join("\n"));
                let read = Scenario::from_toml(&text).and_then(|scenario| scenario.resolve());
                let key = format!("{list}.{name}");
                let refused = matches!(&read, Err(e) if e.to_string().contains("missing"));
                let mining = key == "site.power_mw";
                let called = key == "plant.fuel_cost";
                // Or a share of the bill, or a levy that ships by name.
                let levied = key == "tariff_terms.levies.price";
                let needed = is_required(&key) || mining || called || levied;
                assert_eq!(refused, needed, "{key}: {read:?}");
            }
        }
    }
}
