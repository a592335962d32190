//! All keys of a scenario and the values that each can have.

mod docs;
mod structural;

pub use docs::{KeyDoc, documented_keys};
pub(super) use docs::{doc, shown};
pub(super) use structural::is_required;

use super::renamed;
use crate::params::{Absent, Per, Spec, Unit, all_specs};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use structural::STRUCTURAL;

/// Longest key for which a similar one is searched, characters; the search takes quadratic time.
const MAX_KEY_CHARS: usize = 96;
/// Most entries of a list; each entry is compared with all others.
pub(super) const MAX_ENTRIES: usize = 500;
/// Largest price that is accepted; beyond it a price is a typing error.
const MAX_PRICE: f64 = 1e9;

/// The kind of value that a key has.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// A parameter.
    Number(Spec),
    /// A price with its unit.
    Price(PriceSpec),
    /// An exchange rate with its unit.
    Rate,
    /// A number that is not a parameter and has no range.
    Plain { least: f64, most: f64, unit: &'static str, whole: bool },
    /// A text.
    Text,
    /// A day.
    Day,
    /// True or false.
    Flag,
    /// One of these names.
    Choice(&'static [&'static str]),
    /// A number for each month from January on.
    Months { least: f64, most: f64 },
    /// Hours of a day, 0 to 23.
    DayHours,
    /// Shares by year.
    ByYear,
}

/// A price of the scenario: its key, its unit and its description.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct PriceSpec {
    /// The key, as [`Spec::key`].
    pub key: &'static str,
    /// The unit for which it is paid.
    pub per: Per,
    /// The smallest possible value, in its currency.
    pub least: f64,
    /// The largest possible value, in its currency.
    pub most: f64,
    /// Whether figures that need it are missing without it; otherwise it is 0 by default.
    pub needed: bool,
    /// Its description.
    pub text: &'static str,
}

const fn energy(key: &'static str, needed: bool, text: &'static str) -> PriceSpec {
    PriceSpec { key, per: Per::Kwh, least: -MAX_PRICE, most: MAX_PRICE, needed, text }
}

const fn charge(key: &'static str, per: Per, text: &'static str) -> PriceSpec {
    PriceSpec { key, per, least: 0.0, most: MAX_PRICE, needed: false, text }
}

macro_rules! prices {
    ($( $NAME:ident: $spec:expr; )+) => {
        $( pub(super) const $NAME: PriceSpec = $spec; )+
        const PRICES: &[PriceSpec] = &[ $( $NAME, )+ ];
    };
}

prices! {
    TARIFF: energy("tariff", true, "Energy price on day one");
    RETAIL: energy("retail_tariff", true, "Price that other consumers pay at their meter");
    VARIABLE_OM: energy("supply.variable_om", false, "Variable operation and maintenance cost of plants that do not give their own");
    PLANT_OM: energy("plant.variable_om", false, "Variable operation and maintenance cost; without it that of [supply]");
    FUEL_COST: energy("plant.fuel_cost", false, "Fuel cost; a plant that leaves it out never serves additional load");
    CAPACITY_AVERAGE: energy("capacity_payments.average", false, "Capacity payments divided by all energy");
    CAPACITY_PAYMENT: charge("capacity_payments.payment", Per::KwMonth, "Capacity payment");
    CAPACITY_CHARGE: charge("tariff_terms.capacity_charge", Per::KwMonth, "Charge for contracted power");
    DEMAND_CHARGE: charge("tariff_terms.demand_charge", Per::MwMonth, "Charge for the peak load of a month");
    CONTRACT_PRICE: energy("contract.price", false, "Price of the contracted energy, paid whether or not it is used (take-or-pay); required with contract.volume_mw");
    CONTRACT_FEE: charge("contract.fee", Per::Kwh, "Fee on spot transactions: deducted from the hourly price for contracted energy that is sold, added to it for energy bought beyond the contract");
    ADJUSTMENT: energy("tariff_terms.adjustments.price", false, "Adjustment that is added to the energy price and passed through");
    LEVY: energy("tariff_terms.levies.price", false, "Levy per kWh; else give share or preset");
    STEP_BELOW: energy("tariff_terms.levy_steps.below", false, "Hourly price below which the step applies; without it the step has no upper limit");
    STEP_LEVY: energy("tariff_terms.levy_steps.levy", false, "Levy in these hours");
    CORRECTIVE_TAX: energy("carbon.corrective_tax.price", false, "Rate of a corrective tax");
    NETWORK_CHARGE: charge("bills.network_charge", Per::Kwh, "Part of the site's bill that contributes to shared networks and other fixed costs, which other consumers then do not bear");
    REFERENCE_PRICE: energy("reference.price", true, "Reference price with which the tariff is compared");
    INDUSTRY_TARIFF: energy("uses.industry_tariff", true, "Tariff of industry");
    HOUSEHOLD_TARIFF: energy("uses.household_tariff", true, "Tariff of households");
}

/// All prices of a scenario.
pub fn price_specs() -> &'static [PriceSpec] {
    PRICES
}

/// Difficulty in place of the network hashrate; it is not a parameter itself.
pub(super) const DIFFICULTY: Spec = Spec {
    key: "difficulty",
    unit: Unit::One,
    least: 1e-9,
    most: 1e30,
    absent: Absent::Missing,
    text: "Difficulty that corresponds to the network's hashrate; without it network_hashrate_eh_per_s applies",
};

/// Tables that apply to all sites, or to one site if they are inside its `site` table.
const PER_SITE_TABLES: &[&str] = &["tariff_terms", "grid_services", "contract", "hours", "heat"];
/// Arrays of tables.
const LISTS: &[&str] = &[
    "site",
    "lot",
    "mode",
    "plant",
    "reference",
    "tariff_terms.tiers",
    "tariff_terms.adjustments",
    "tariff_terms.levies",
    "tariff_terms.levy_steps",
    "site.tariff_terms.tiers",
    "site.tariff_terms.adjustments",
    "site.tariff_terms.levies",
    "site.tariff_terms.levy_steps",
    "carbon.corrective_tax",
    "bills.class",
];

struct Keys {
    shapes: BTreeMap<String, Shape>,
    tables: BTreeSet<String>,
}

static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    let mut shapes = BTreeMap::new();
    let mut add = |key: &str, shape: Shape, of_site: bool| {
        let table = key.split('.').next().unwrap_or("");
        if of_site || (key.contains('.') && PER_SITE_TABLES.contains(&table)) {
            shapes.insert(format!("site.{key}"), shape.clone());
        }
        shapes.insert(key.to_owned(), shape);
    };
    for (domain, specs) in all_specs() {
        for spec in specs {
            // The exchange rate names its currency; `[scarcity]` of a site has the keys of its terms.
            let of_site = matches!(domain, "SiteFigures" | "Terms");
            let shape = if spec.key == "exchange_rate" { Shape::Rate } else { Shape::Number(spec) };
            add(spec.key, shape, of_site || spec.key == "exchange_rate");
            if matches!(spec.key, "lot.efficiency_j_per_th" | "lot.machine_price_usd_per_th_s") {
                add(&spec.key["lot.".len()..], Shape::Number(spec), false);
            }
        }
    }
    for price in PRICES {
        add(price.key, Shape::Price(*price), price.key == TARIFF.key);
    }
    add(DIFFICULTY.key, Shape::Number(DIFFICULTY), false);
    for structural in STRUCTURAL {
        add(structural.key, structural.shape.clone(), false);
    }
    let mut tables: BTreeSet<String> =
        renamed::OLD_TABLES.iter().map(|&table| table.to_owned()).collect();
    for key in shapes.keys() {
        let dots = key.match_indices('.').map(|(at, _)| &key[..at]);
        tables.extend(dots.map(str::to_owned));
    }
    Keys { shapes, tables }
});

/// The kind of value of a key without indices.
pub(super) fn shape(pattern: &str) -> Option<&'static Shape> {
    KEYS.shapes.get(pattern)
}

/// Whether a table of that name exists.
pub(super) fn is_table(pattern: &str) -> bool {
    KEYS.tables.contains(pattern)
}

/// Whether the table is an array of tables.
pub(super) fn is_list(pattern: &str) -> bool {
    LISTS.contains(&pattern)
}

/// The known key that is most similar to an unknown one.
pub(super) fn nearest(unknown: &str) -> Option<String> {
    if unknown.chars().nth(MAX_KEY_CHARS).is_some() {
        return None;
    }
    // A difference in letter case only is an exact match.
    let unknown = unknown.to_ascii_lowercase();
    if KEYS.shapes.contains_key(&unknown) {
        return Some(unknown);
    }
    // The right name in the wrong table: the one nearest to the top.
    let last = |key: &str| key.rsplit('.').next().map(str::to_owned);
    let elsewhere = KEYS.shapes.keys().filter(|key| last(key) == last(&unknown));
    if let Some(other) = elsewhere.min_by_key(|key| key.matches('.').count()) {
        return Some(other.clone());
    }
    let likeness = |key: &&str| strsim::normalized_damerau_levenshtein(key, &unknown);
    let old = renamed::renames().iter().map(|(old, _)| *old);
    let known = KEYS.shapes.keys().chain(&KEYS.tables).map(String::as_str);
    let best = known.chain(old).max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    Some(best.to_owned())
}

/// All keys in the order of the documentation: parameters by domain, prices, and the others.
pub(super) fn documentation_order() -> Vec<&'static str> {
    let parameters = all_specs().into_iter().flat_map(|(_, specs)| specs).map(|spec| spec.key);
    let others = STRUCTURAL.iter().map(|structural| structural.key);
    let prices = PRICES.iter().map(|price| price.key);
    let order: Vec<&str> = others.chain(prices).chain(parameters).collect();
    let place = |key: &str| {
        let of_all = key.strip_prefix("site.").unwrap_or(key);
        order.iter().position(|known| *known == key || *known == of_all)
    };
    let mut keys: Vec<&str> = KEYS.shapes.keys().map(String::as_str).collect();
    keys.sort_by_key(|key| place(key));
    keys
}

/// All keys with their kind of value, in alphabetical order.
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static Shape)> {
    KEYS.shapes.iter().map(|(key, shape)| (key.as_str(), shape))
}

/// Describes the kind of value of a key.
pub(super) fn holds(shape: &Shape) -> String {
    let number = |unit: &str| match unit {
        "" => "a number".to_owned(),
        unit => format!("a number, {unit}"),
    };
    match shape {
        Shape::Number(spec) => number(&spec.unit.to_string()),
        Shape::Price(price) => format!("a price, such as \"5 USD/{}\"", symbol(price.per)),
        Shape::Rate => "a rate, such as \"281 PKR/USD\"".to_owned(),
        Shape::Plain { whole: true, .. } => "a whole number".to_owned(),
        Shape::Plain { unit, .. } => number(unit),
        Shape::Text => "a text".to_owned(),
        Shape::Day => "a date, such as 2026-10-01".to_owned(),
        Shape::Flag => "true or false".to_owned(),
        Shape::Choice(names) => format!("one of {}", names.join(", ")),
        Shape::Months { least, most } => {
            format!("twelve numbers of {least} to {most}, from January on")
        }
        Shape::DayHours => "a list of hours of the day, 0 to 23, such as [15, 16, 17]".to_owned(),
        Shape::ByYear => {
            "a table with values of 0 to 1 by year, and optionally low, high and an origin"
                .to_owned()
        }
    }
}

/// The unit for which a price is paid.
pub(super) fn symbol(per: Per) -> &'static str {
    match per {
        Per::Kwh => "kWh",
        Per::KwMonth => "kW-month",
        Per::MwMonth => "MW-month",
    }
}

/// The units in which a price may be written.
pub(super) fn symbols(per: Per) -> [&'static str; 2] {
    match per {
        Per::Kwh => ["kWh", "MWh"],
        Per::KwMonth | Per::MwMonth => ["kW-month", "MW-month"],
    }
}
