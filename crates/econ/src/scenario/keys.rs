//! Every key that a scenario may have, and what it can hold.

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

/// No key is longer: likeness takes as many steps as two keys have characters, multiplied.
const LONGEST_KEY: usize = 96;
/// No list has more entries: each is held against all others.
pub(super) const MAX_ENTRIES: usize = 500;
/// Beyond this a price is a slip of the keyboard.
const MAX_PRICE: f64 = 1e9;

/// What a key can hold.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// A parameter.
    Number(Spec),
    /// A price with its unit.
    Price(PriceSpec),
    /// An exchange rate with its unit.
    Rate,
    /// A number that is no parameter: it has no range.
    Plain { least: f64, most: f64, unit: &'static str, whole: bool },
    /// A text.
    Text,
    /// A day.
    Day,
    /// Yes or no.
    Flag,
    /// One of these names.
    Choice(&'static [&'static str]),
    /// A number for each month from January on.
    Months { least: f64, most: f64 },
    /// Hours of a day, 0 to 23.
    DayHours,
    /// Parts by year.
    ByYear,
}

/// A price in the scenario: its key, what it is paid for and what it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriceSpec {
    /// The key, as [`Spec::key`].
    pub key: &'static str,
    /// What it is paid for.
    pub per: Per,
    /// The least possible value, in units of its currency.
    pub least: f64,
    /// The greatest possible value.
    pub most: f64,
    /// Whether figures that need it are missing without it; else it is then 0.
    pub needed: bool,
    /// What it is.
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
    TARIFF: energy("tariff", true, "Price of energy on day one");
    RETAIL: energy("retail_tariff", true, "What other consumers pay for a kWh at their meter");
    VARIABLE_OM: energy("supply.variable_om", false, "Variable operation and maintenance of plants that have none of their own");
    PLANT_OM: energy("plant.variable_om", false, "Variable operation and maintenance; without it that of [supply]");
    FUEL_COST: energy("plant.fuel_cost", false, "Fuel of a kWh; plants without it are never called for more");
    CAPACITY_AVERAGE: energy("capacity_payments.average", false, "Payments for capacity over all energy");
    CAPACITY_PAYMENT: charge("capacity_payments.payment", Per::KwMonth, "Payment for capacity");
    CAPACITY_CHARGE: charge("tariff_terms.capacity_charge", Per::KwMonth, "Charge on contracted power");
    DEMAND_CHARGE: charge("tariff_terms.demand_charge", Per::MwMonth, "Charge on the month's greatest load");
    CONTRACT_PRICE: energy("contract.price", false, "Price of the power that is bought ahead, which is paid whether or not it is taken; must be given with contract.volume_mw");
    CONTRACT_FEE: charge("contract.fee", Per::Kwh, "What the hour's price is less for contracted energy that is sold, and more for energy that is bought beyond the contract");
    ADJUSTMENT: energy("tariff_terms.adjustments.price", false, "What is added to the energy price and passed on");
    LEVY: energy("tariff_terms.levies.price", false, "Levy on every kWh; else give share or preset");
    STEP_BELOW: energy("tariff_terms.levy_steps.below", false, "Price of the hour below which the step holds; without it the step has no end");
    STEP_LEVY: energy("tariff_terms.levy_steps.levy", false, "Levy on a kWh of such an hour");
    CORRECTIVE_TAX: energy("carbon.corrective_tax.price", false, "Rate of a corrective tax");
    NETWORK_CHARGE: charge("bills.network_charge", Per::Kwh, "Part of the site's bill that pays for shared networks and other fixed costs, which others then do not pay");
    REFERENCE_PRICE: energy("reference.price", true, "Price that the tariff is held against");
    INDUSTRY_TARIFF: energy("uses.industry_tariff", true, "What industry pays");
    HOUSEHOLD_TARIFF: energy("uses.household_tariff", true, "What a household pays");
}

/// Every price that a scenario may give.
pub fn price_specs() -> &'static [PriceSpec] {
    PRICES
}

/// Difficulty in place of the network's hashrate; it is no parameter of its own.
pub(super) const DIFFICULTY: Spec = Spec {
    key: "difficulty",
    unit: Unit::One,
    least: 1e-9,
    most: 1e30,
    absent: Absent::Missing,
    text: "Difficulty at which the network is steady; without it the hashrate holds",
};

/// Tables that may stand once, or for each site under `site`.
const OF_SITES: &[&str] = &["tariff_terms", "grid_services", "contract", "hours", "heat"];
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
        if of_site || (key.contains('.') && OF_SITES.contains(&table)) {
            shapes.insert(format!("site.{key}"), shape.clone());
        }
        shapes.insert(key.to_owned(), shape);
    };
    for (domain, specs) in all_specs() {
        for spec in specs {
            // The exchange rate names its currency; `[scarcity]` of a site has what its terms have.
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

/// What a key holds, its indices left out.
pub(super) fn shape(pattern: &str) -> Option<&'static Shape> {
    KEYS.shapes.get(pattern)
}

/// Whether there is a table of that name.
pub(super) fn is_table(pattern: &str) -> bool {
    KEYS.tables.contains(pattern)
}

/// Whether there may be several of it.
pub(super) fn is_list(pattern: &str) -> bool {
    LISTS.contains(&pattern)
}

/// The key that is most like an unknown one.
pub(super) fn nearest(unknown: &str) -> Option<String> {
    if unknown.chars().nth(LONGEST_KEY).is_some() {
        return None;
    }
    // Letter case is a slip of its own.
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

/// Every key in the order in which documentation has them: parameters by domain, prices, and the others.
pub(super) fn in_order() -> Vec<&'static str> {
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

/// Every key with what it can hold, in alphabetic order.
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static Shape)> {
    KEYS.shapes.iter().map(|(key, shape)| (key.as_str(), shape))
}

/// What a key holds, in words.
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
            "a table with values of 0 to 1 by year, low, high and their origin".to_owned()
        }
    }
}

/// What a price is paid for.
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
