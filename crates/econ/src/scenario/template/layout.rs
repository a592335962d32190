//! The order of keys in a template, and the keys that each kind of scenario has.

use crate::scenario::choice::ScenarioKind::{self, Country, Home, Site};
use crate::scenario::keys;

/// A heading with its keys or its table.
pub(super) struct Section {
    /// The table, including its subtables; empty for top-level keys.
    pub table: &'static str,
    /// The keys of the section, if it does not consist of a whole table.
    pub keys: &'static [&'static str],
    /// The first kind of scenario that includes it.
    pub from: ScenarioKind,
    pub heading: &'static str,
}

const fn top(from: ScenarioKind, heading: &'static str, keys: &'static [&'static str]) -> Section {
    Section { table: "", keys, from, heading }
}

const fn table(from: ScenarioKind, table: &'static str, heading: &'static str) -> Section {
    Section { table, keys: &[], from, heading }
}

/// Top-level keys come first, as TOML requires.
pub(super) const SECTIONS: &[Section] = &[
    top(
        Home,
        "The scenario and its money",
        &["title", "region", "local_currency", "exchange_rate"],
    ),
    top(
        Home,
        "Power, its price and losses",
        &[
            "power_mw",
            "pue",
            "uptime",
            "tariff",
            "tariff_status",
            "other_costs_usd_per_mwh",
            "infrastructure_usd_per_mw",
            "pool_fee",
            "stale",
        ],
    ),
    top(
        Home,
        "Machines, where a [[lot]] does not give its own",
        &[
            "efficiency_j_per_th",
            "machine",
            "measured",
            "machine_price_usd_per_th_s",
            "price_from_list",
        ],
    ),
    top(
        Home,
        "The network on day one",
        &[
            "price_usd_per_btc",
            "fees_btc_per_block",
            "network_hashrate_eh_per_s",
            "difficulty",
            "height",
        ],
    ),
    top(Home, "The grid", &["grid_average_g_per_kwh", "household_use_kwh_per_month"]),
    top(
        Site,
        "The grid connection of the site, and displacement of other miners",
        &["grid_mw", "displacement", "power_source"],
    ),
    top(Country, "Use of the power, and the retail tariff", &["mining_share", "retail_tariff"]),
    table(
        Site,
        "site",
        "Sites, each with its own power instead of power_mw above. Keys that a site leaves out apply as for all sites",
    ),
    table(
        Home,
        "lot",
        "Lots: machines that are delivered together; without any, all of the power is one lot",
    ),
    table(Site, "mode", "Power modes of all machines in addition to the rated one"),
    table(Home, "hours", "Hours with energy"),
    table(Home, "heat", "Effect of heat on the machines"),
    table(Site, "tariff_terms", "Charges and levies in addition to the energy price"),
    table(
        Site,
        "grid_services",
        "Demand response and ancillary services: payments for interruptible load",
    ),
    table(Site, "contract", "Power bought ahead; what is not used is sold at the hourly price"),
    table(Home, "project", "The simulated period"),
    table(Home, "market", "The market during that period"),
    table(Site, "response", "Response of other miners to hashprice"),
    table(Site, "money", "Price levels and the exchange rate over time"),
    table(Site, "operator", "Ownership and financing of the machines, and use of the proceeds"),
    table(Country, "losses", "Grid losses"),
    table(Country, "supply", "Electricity supply"),
    table(Country, "plant", "Plants that can serve additional load, in any order"),
    table(Country, "capacity_payments", "Capacity payments"),
    table(Country, "reference", "Reference prices with which the tariff is compared"),
    table(Country, "scarcity", "Hours in which the power system is short"),
    table(
        Country,
        "payers",
        "Who bears a loss of the distribution companies, and who receives a gain",
    ),
    table(Country, "uses", "Other uses of the energy"),
    table(Country, "bills", "Effect of the site on the bills of other consumers"),
    table(Country, "ai", "Graphics processors for rent on the same power"),
    table(Site, "lease", "Power that a tenant leases for its own equipment"),
    table(Country, "carbon", "Carbon"),
];

/// Keys that every template of these kinds gives, with a sensible assumed value and a range.
pub(super) struct Given {
    pub kinds: &'static [ScenarioKind],
    pub key: &'static str,
    /// The value as a file gives it.
    pub value: &'static str,
}

const HOME: &[ScenarioKind] = &[Home];
const LARGE: &[ScenarioKind] = &[Site, Country];
const SITE: &[ScenarioKind] = &[Site];
const COUNTRY: &[ScenarioKind] = &[Country];

macro_rules! given {
    ($( $kinds:ident $key:literal = $value:literal; )+) => {
        pub(super) const GIVEN: &[Given] = &[ $( Given { kinds: $kinds, key: $key, value: $value }, )+ ];
    };
}

given! {
    SITE "power_mw" = r#"{ value = 10, assumed = "an example; give yours" }"#;
    COUNTRY "power_mw" = r#"{ value = 500, assumed = "an example; give yours" }"#;
    HOME "pue" = r#"{ value = 1, assumed = "no cooling other than that of the room" }"#;
    HOME "tariff" = r#"{ value = "0.12 USD/kWh", low = "0.08 USD/kWh", high = "0.3 USD/kWh", assumed = "a household tariff; give yours" }"#;
    LARGE "tariff" = r#"{ value = "45 USD/MWh", low = "27 USD/MWh", high = "70 USD/MWh", assumed = "about the median of surveyed miners in 2024; give yours" }"#;
    LARGE "other_costs_usd_per_mwh" = r#"{ value = 10.5, low = 3, high = 14, assumed = "about what surveyed miners paid in addition to energy in 2024; give yours" }"#;
    HOME "infrastructure_usd_per_mw" = r#"{ value = 0, assumed = "an existing socket" }"#;
    LARGE "infrastructure_usd_per_mw" = r#"{ value = 430000, low = 225000, high = 500000, assumed = "prices of sites sold in 2024; give yours" }"#;
    HOME "pool_fee" = r#"{ value = 0.02, low = 0, high = 0.04, assumed = "a common fee of pools that pay for every share" }"#;
    LARGE "pool_fee" = r#"{ value = 0.01, low = 0, high = 0.02, assumed = "a fee that large miners negotiate" }"#;
    LARGE "machine_price_usd_per_th_s" = r#"{ value = 8, low = 4, high = 16, assumed = "between used machines and new machines of 2025; give yours" }"#;
    COUNTRY "retail_tariff" = r#"{ value = "100 USD/MWh", low = "50 USD/MWh", high = "200 USD/MWh", assumed = "a placeholder; give the country's" }"#;
    COUNTRY "grid_average_g_per_kwh" = r#"{ value = 480, low = 50, high = 900, assumed = "about the world average; give the country's" }"#;
    HOME "lot.machine" = r#""Antminer S21 (200T)""#;
    HOME "lot.count" = "1";
    HOME "lot.machine_price_usd_per_th_s" = r#"{ value = 15, low = 7, high = 18, assumed = "a retail price for households; give yours" }"#;
    COUNTRY "losses.to_customer" = r#"{ value = 0.06, low = 0.02, high = 0.12, assumed = "a high-voltage customer; give the country's" }"#;
    COUNTRY "losses.to_distribution" = r#"{ value = 0.04, low = 0.02, high = 0.08, assumed = "transmission only; give the country's" }"#;
    COUNTRY "plant.name" = r#""marginal plants""#;
    COUNTRY "plant.fuel_cost" = r#"{ value = "40 USD/MWh", low = "15 USD/MWh", high = "80 USD/MWh", assumed = "between coal and expensive gas; give yours" }"#;
    COUNTRY "plant.mean_mw" = r#"{ value = 1000, low = 500, high = 2000, assumed = "a placeholder; give yours" }"#;
    COUNTRY "plant.headroom_mw" = r#"{ value = 500, low = 200, high = 1000, assumed = "a placeholder; give yours" }"#;
    COUNTRY "plant.g_per_kwh" = r#"{ value = 700, low = 370, high = 1000, assumed = "between gas and coal; give yours" }"#;
}

/// The keys of a section with their tables, in order: keys of the table itself, then those of its subtables.
pub(super) fn keys_of(section: &Section) -> Vec<(&'static str, &'static str)> {
    if section.table.is_empty() {
        return section.keys.iter().map(|&key| ("", key)).collect();
    }
    let mut found: Vec<(&str, &str)> = keys::documentation_order()
        .into_iter()
        .filter_map(|key| Some((key.rsplit_once('.')?.0, key)))
        .filter(|(table, _)| is_in(table, section.table))
        .collect();
    // Keep the keys of each subtable together.
    let mut tables: Vec<&str> = vec![section.table];
    for (table, _) in &found {
        if !tables.contains(table) {
            tables.push(table);
        }
    }
    found.sort_by_key(|(table, _)| tables.iter().position(|known| known == table));
    found
}

fn is_in(table: &str, outer: &str) -> bool {
    table.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
