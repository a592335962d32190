//! Formatting of words and numbers on the page: minus signs, non-breaking spaces, names of inputs.

use crate::chart::escaped;
use crate::figures::{Scale, seven_digits};
use hashwatt::econ::params::{Param, Unit};
use hashwatt::econ::scenario::documented_keys;
use hashwatt::uncertainty::Provenance;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The documentation of each key of a scenario.
static DOCUMENTED: LazyLock<BTreeMap<String, &'static str>> =
    LazyLock::new(|| documented_keys().into_iter().map(|doc| (doc.key, doc.text)).collect());

/// The quality of an input's source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grade {
    /// Read from a meter.
    Measured,
    /// Published in a dated source.
    Published,
    /// Given in the scenario without a source.
    UserReported,
    /// Assumed, because no value is published.
    Assumed,
}

impl Grade {
    pub(super) fn from_param(param: &Param) -> Self {
        match param.provenance {
            Provenance::Measured { .. } => Self::Measured,
            Provenance::UserReported { .. } => Self::UserReported,
            Provenance::Assumed { .. } | Provenance::Modelled { .. } => Self::Assumed,
            _ => Self::Published,
        }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Measured => ("measured", "b-measured"),
            Self::Published => ("published", "b-published"),
            Self::UserReported => ("user-reported", "b-assumed"),
            Self::Assumed => ("assumed", "b-assumed"),
        }
    }

    /// The grade as text.
    pub(super) fn text(self) -> &'static str {
        self.words().0
    }

    /// The grade as an HTML badge.
    pub(super) fn badge(self) -> String {
        let (text, class) = self.words();
        format!("<span class=\"b {class}\">{text}</span>")
    }
}

/// Replaces hyphens before numbers by minus signs.
pub(super) fn typographic(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        let is_sign = letter == '-'
            && !before.is_alphanumeric()
            && letters.peek().is_some_and(char::is_ascii_digit);
        shown.push(if is_sign { '\u{2212}' } else { letter });
        before = letter;
    }
    shown
}

/// A number with its unit, separated by a non-breaking space.
pub(super) fn with_unit(number: &str, unit: &str) -> String {
    match unit {
        "" => number.to_owned(),
        unit => format!("{number}\u{a0}{}", unit.replace(' ', "\u{a0}")),
    }
}

/// A text for the middle of a sentence: its first letter in lower case, unless it begins a name.
pub(super) fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_owned(),
    }
}

/// A party in the middle of a sentence, with its article unless it is a plural.
pub(super) fn party_phrase(name: &str) -> String {
    let article = if name.ends_with('s') { "" } else { "the " };
    format!("{article}{}", lowered(name))
}

/// A text for the beginning of a sentence: its first letter in upper case.
pub(super) fn raised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Names of frequently shown inputs, shorter than their documentation.
const SHORT_NAMES: [(&str, &str); 48] = [
    ("plant.fuel_cost", "fuel cost"),
    ("capacity_payments.in_force", "capacity contracts in force"),
    ("capacity_payments.take_or_pay", "take-or-pay share of capacity contracts"),
    ("price_usd_per_btc", "bitcoin price"),
    ("fees_btc_per_block", "fees per block"),
    ("network_hashrate_eh_per_s", "network hashrate"),
    ("market.price_drift_per_year", "growth of the bitcoin price"),
    ("response.growth_per_year", "growth of the network if profitable"),
    (
        "response.entry_ratio",
        "ratio of hashprice to others\u{2019} costs at which the network is constant",
    ),
    ("lot.efficiency_j_per_th", "energy per hash"),
    ("efficiency_j_per_th", "energy per hash"),
    ("lot.machine_price_usd_per_th_s", "machine price"),
    ("machine_price_usd_per_th_s", "machine price"),
    ("lot.resale", "resale value of machines"),
    ("lot.duty", "import duty on machines"),
    ("tariff", "tariff"),
    ("contract.price", "contract price"),
    ("retail_tariff", "retail tariff"),
    ("uptime", "uptime"),
    ("pue", "power usage effectiveness"),
    ("power_mw", "power"),
    ("lot.power_mw", "power of a lot"),
    ("other_costs_usd_per_mwh", "other cash costs"),
    ("infrastructure_usd_per_mw", "cost of the site without machines"),
    ("exchange_rate", "exchange rate"),
    ("money.depreciation_per_year", "depreciation of the local currency"),
    ("money.inflation_local_per_year", "local inflation"),
    ("money.inflation_usd_per_year", "dollar inflation"),
    ("project.discount_per_year", "discount rate"),
    ("pool_fee", "pool fee"),
    ("operator.foreign_share", "foreign ownership of the operator"),
    ("operator.debt_share", "debt share"),
    ("operator.interest_per_year", "interest rate"),
    ("operator.income_tax", "income tax"),
    ("operator.import_duty", "import duty"),
    ("operator.repatriated", "share of bitcoin sold and repatriated"),
    ("operator.costs_local_share", "local share of other costs"),
    ("losses.to_customer", "losses to the customer"),
    ("supply.fuel_cost_ratio", "ratio of fuel costs to the table\u{2019}s"),
    ("supply.deliverable_headroom", "deliverable share of cheaper idle plants"),
    ("supply.variable_om", "variable operation and maintenance"),
    ("scarcity.availability_ratio", "ratio of available capacity to the profile\u{2019}s"),
    ("capacity_payments.average", "average capacity payment"),
    ("tariff_terms.capacity_charge", "charge on contracted power"),
    ("payers.shortfall_to_state", "share of a shortfall paid by the state"),
    ("uses.lost_load_usd_per_kwh", "value of lost load"),
    ("carbon.price_usd_per_t", "carbon price"),
    ("displacement", "displacement of other miners"),
];

/// A key without the lot, site, plant, month or region that it belongs to.
pub(super) fn pattern(key: &str) -> String {
    let bare: String = key
        .split('[')
        .enumerate()
        .map(
            |(place, part)| {
                if place == 0 { part } else { part.split_once(']').map_or("", |(_, rest)| rest) }
            },
        )
        .collect();
    for table in ["plant", "reference"] {
        let parts: Vec<&str> = bare.split('.').collect();
        if let [first, _, last] = parts[..]
            && first == table
        {
            return format!("{table}.{last}");
        }
    }
    bare.strip_prefix("site.").map(str::to_owned).unwrap_or(bare)
}

/// The name of the plant in a key, such as `coal local` for `plant.coal_local.fuel_cost`.
fn plant_name(key: &str) -> Option<String> {
    let mut parts = key.split('.');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("plant"), Some(name), Some(_)) => {
            Some(name.split('[').next().unwrap_or(name).replace('_', " "))
        }
        (Some(first), Some(_), None) => {
            let place = first.strip_prefix("plant[")?.strip_suffix(']')?;
            place.parse::<usize>().ok().map(|place| format!("plant {}", place + 1))
        }
        _ => None,
    }
}

/// The name of an input for the middle of a sentence, without its unit.
pub(super) fn name(param: &Param) -> String {
    let pattern = pattern(&param.key);
    let short =
        SHORT_NAMES.iter().find(|(key, _)| *key == pattern).map(|(_, name)| (*name).to_owned());
    let documented = || {
        let doc = DOCUMENTED.get(&pattern)?;
        let unit = param.unit.to_string();
        let bare = doc.split(';').next().unwrap_or(doc);
        let bare = bare.strip_suffix(&unit).unwrap_or(bare).trim_end_matches([',', ' ']);
        Some(lowered(bare))
    };
    let name = short.or_else(documented).unwrap_or_else(|| param.key.clone());
    match plant_name(&param.key) {
        Some(plant) => format!("{name} of {plant}"),
        None => name,
    }
}

/// A value of an input with its unit; fractions are shown in percent.
pub(super) fn value_of(param: &Param, value: f64) -> String {
    let is_part = param.unit == Unit::One && *param.possible.end() <= 1.0;
    match param.unit {
        _ if is_part => with_unit(&typographic(&seven_digits(value * 100.0)), "%"),
        Unit::PerYear => with_unit(&typographic(&seven_digits(value * 100.0)), "% per year"),
        Unit::Years if value == 1.0 => with_unit("1", "year"),
        unit => with_unit(&typographic(&seven_digits(value)), &unit.to_string()),
    }
}

/// Like [`value_of`], but with three significant digits, for values found by a search.
pub(super) fn rounded_value_of(param: &Param, value: f64) -> String {
    let rounded: f64 = format!("{value:.2e}").parse().unwrap_or(value);
    value_of(param, rounded)
}

/// The source of an input as HTML: publisher and date, with links; never the name of a file.
pub(super) fn source_of(param: &Param) -> String {
    match &param.provenance {
        Provenance::Published { as_of, source } => {
            let source = linked(source);
            match source.contains(&as_of.to_string()) {
                true => source,
                false => format!("{source}, {as_of}"),
            }
        }
        Provenance::UserReported { by } => format!("{}, without a source", escaped(by)),
        // The grade is shown next to it.
        Provenance::Assumed { basis } => linked(basis),
        other => escaped(&other.detail()),
    }
}

/// Top-level domains by which an address without a scheme is recognised.
const DOMAINS: [&str; 9] = [".com", ".org", ".net", ".pk", ".info", ".gov", ".io", ".int", ".edu"];

/// A text as HTML in which addresses are links.
pub(super) fn linked(text: &str) -> String {
    let text = crate::untrusted::sanitize(text);
    let piece = |word: &str| {
        let core = word.trim_matches(|c: char| "()[],;:.\"'".contains(c));
        let host = core.strip_prefix("https://").unwrap_or(core);
        let host_name = host.split('/').next().unwrap_or(host);
        let is_host = host_name.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
            && DOMAINS.iter().any(|end| host_name.len() > end.len() && host_name.ends_with(end));
        let is_plain = host.chars().all(|c| c.is_ascii_graphic() && !"\"'<>\\`".contains(c));
        if !(is_host && is_plain) {
            return escaped(word);
        }
        let (before, after) = word.split_once(core).unwrap_or(("", ""));
        format!(
            "{}<a href=\"https://{}\" rel=\"noreferrer\">{}</a>{}",
            escaped(before),
            escaped(host),
            escaped(core),
            escaped(after)
        )
    };
    text.split(' ').map(piece).collect::<Vec<_>>().join(" ")
}

/// The unit of a scale in upper case, such as `Billion USD`.
pub(super) fn unit_line(scale: &Scale, unit: Unit) -> String {
    raised(&scale.unit(unit))
}

/// Names joined by commas and `and`.
pub(super) fn joined(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minus_before_a_number_is_replaced_and_hyphens_stay() {
        assert_eq!(typographic("-1.5"), "\u{2212}1.5");
        assert_eq!(typographic("2025-11 and (-3 to -1)"), "2025-11 and (\u{2212}3 to \u{2212}1)");
    }

    #[test]
    fn pattern_of_a_key_is_its_documented_key() {
        for (key, bare) in [
            ("plant.coal_local.fuel_cost[3]", "plant.fuel_cost"),
            ("reference.PAK[2].price", "reference.price"),
            ("lot[0].power_mw", "lot.power_mw"),
            ("site[1].pue", "pue"),
            ("capacity_payments.in_force[0]", "capacity_payments.in_force"),
            ("tariff", "tariff"),
        ] {
            assert_eq!(pattern(key), bare);
        }
    }

    #[test]
    fn only_addresses_become_links() {
        let text = linked("Mettis (mettisglobal.news, press); brecorder.com/news/1: <b>");
        assert!(text.contains("<a href=\"https://brecorder.com/news/1\""), "{text}");
        assert!(text.ends_with("&lt;b&gt;") && !text.contains("mettisglobal.news\""), "{text}");
        for plain in ["v1.2", "e.g.", "javascript:alert(1).com\"x", "10.5"] {
            assert!(!linked(plain).contains("<a"), "{plain}");
        }
    }

    #[test]
    fn names_are_joined_by_commas_and_and() {
        let names = ["the operator", "the nation", "the state budget"].map(str::to_owned);
        assert_eq!(joined(&names), "the operator, the nation and the state budget");
        assert_eq!(
            (lowered("Uptime"), lowered("CO2 of it"), raised("billion")),
            ("uptime".into(), "CO2 of it".into(), "Billion".into())
        );
    }
}
