//! Descriptions of keys for documentation, templates and schemas, made from the table of keys.

use super::structural::{STRUCTURAL, Structural};
use super::{Shape, all, holds, is_required, symbol};
use crate::network::Network;
use crate::params::{Absent, Money, NetworkState, Spec};
use crate::uncertainty::Provenance;

/// Placeholder for a value that only the user knows. It is not valid, and the error names the key and its kind.
const PLACEHOLDER: &str = "?";

/// The documentation of a key.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct KeyDoc {
    /// The key without indices.
    pub key: String,
    /// The kind of its value, such as `a number, MW`.
    pub holds: String,
    /// Its description.
    pub text: &'static str,
    /// Its unit; empty if it has none, and for prices, which include theirs.
    pub unit: String,
    /// The smallest and largest possible value, if it is a number or a list of numbers.
    pub possible: Option<(f64, f64)>,
    /// The default and its reason, in words.
    pub without: String,
    /// A value as a scenario file gives it: the default, or else an example. If only the user can know the
    /// value, it contains `?`, which is refused.
    pub example: String,
}

/// The documentation of all keys, in alphabetical order.
pub fn documented_keys() -> Vec<KeyDoc> {
    all().map(|(key, shape)| doc(key, shape)).collect()
}

/// The documentation of one key.
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
        Shape::Number(spec) => describe_parameter(&mut doc, spec),
        Shape::Price(price) => {
            doc.text = price.text;
            doc.possible = Some((price.least, price.most));
            let is_none = !price.needed && !states_default(price.text) && !is_required(key);
            let number = if is_none { "0" } else { PLACEHOLDER };
            doc.example = format!("\"{number} USD/{}\"", symbol(price.per));
            doc.without = match (price.needed, is_none) {
                (true, _) => NO_DEFAULT.to_owned(),
                (false, true) => "Default 0.".to_owned(),
                (false, false) => String::new(),
            };
        }
        Shape::Rate => {
            doc.text = Money::SPECS.exchange_rate.text;
            doc.example = format!("\"{PLACEHOLDER} PKR/USD\"");
            doc.without = "Without it all prices are in US dollars.".to_owned();
        }
        _ => {
            if let Some(structural) = structural(key) {
                describe_structural(&mut doc, structural);
            }
        }
    }
    if is_required(key) {
        doc.without = "Required.".to_owned();
    }
    doc
}

const NO_DEFAULT: &str = "No default: without it the figures that need it are missing.";

fn describe_parameter(doc: &mut KeyDoc, spec: &Spec) {
    doc.text = spec.text;
    doc.unit = spec.unit.to_string();
    doc.possible = Some((spec.least, spec.most));
    let placeholder = format!("\"{PLACEHOLDER}\"");
    (doc.example, doc.without) = match spec.absent {
        Absent::None(_) | Absent::Missing if states_default(spec.text) => {
            (placeholder, String::new())
        }
        Absent::None(value) => (shown(value), format!("Default {}.", shown(value))),
        Absent::Assumed { value, low, high, basis } => {
            let range = match low < high {
                true => format!(" ({} to {})", shown(low), shown(high)),
                false => String::new(),
            };
            (shown(value), format!("Default {}{range}, assumed: {basis}.", shown(value)))
        }
        Absent::Missing => match shipped_network_value(doc.key.as_str()) {
            Some((value, provenance)) => {
                let date = provenance.as_of().map_or(String::new(), |date| format!(", {date}"));
                let source = provenance.detail();
                (shown(value), format!("Default {}{date}: {source}.", shown(value)))
            }
            None => (placeholder, NO_DEFAULT.to_owned()),
        },
    };
}

/// Whether the description itself states what applies without the key: another key, or no limit.
fn states_default(text: &str) -> bool {
    text.contains("without it") || text.contains("; else ")
}

/// The value of the shipped network state for a key.
fn shipped_network_value(key: &str) -> Option<(f64, Provenance)> {
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

/// The description of a structural key; a key of one site is described like that of all sites.
fn structural(key: &str) -> Option<&'static Structural> {
    let find = |key: &str| STRUCTURAL.iter().find(|known| known.key == key);
    find(key).or_else(|| find(key.strip_prefix("site.")?))
}

fn describe_structural(doc: &mut KeyDoc, structural: &Structural) {
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

/// A number as a file gives it, in scientific notation if that is shorter.
pub(in crate::scenario) fn shown(value: f64) -> String {
    let (plain, short) = (value.to_string(), format!("{value:e}"));
    let is_far = value != 0.0 && !(1e-3..1e5).contains(&value.abs());
    if is_far && short.len() < plain.len() { short } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Scenario, ScenarioError};

    /// A scenario file with a single key in its table.
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
    fn documented_key_has_text_and_valid_example_or_placeholder() {
        for doc in documented_keys() {
            assert!(!doc.text.is_empty() && !doc.text.ends_with('.'), "{doc:?}");
            assert!(!doc.example.is_empty(), "{doc:?}");
            let read = with(&doc.key, &doc.example);
            match doc.example.contains(PLACEHOLDER) {
                true => {
                    let message = read.unwrap_err().to_string();
                    let name = doc.key.rsplit('.').next().unwrap();
                    assert!(
                        message.contains(name) && message.contains("give"),
                        "{doc:?}: {message}"
                    );
                }
                false => assert!(read.is_ok(), "{doc:?}: {read:?}"),
            }
        }
    }

    #[test]
    fn documented_default_given_explicitly_changes_nothing() {
        // It needs the file to whose hashrate it refers.
        const WITH_OTHERS: [&str; 1] = ["market.others_path_of"];
        // Entries of these tables need further keys, such as the power of a lease.
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
    fn list_entry_without_required_key_is_refused() {
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
                // A share of the bill or a preset may replace the price.
                let levied = key == "tariff_terms.levies.price";
                let needed = is_required(&key) || mining || called || levied;
                assert_eq!(refused, needed, "{key}: {read:?}");
            }
        }
    }
}
