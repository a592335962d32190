//! In which order a template has its keys, and which of them a kind of scenario uses.

use crate::scenario::choice::ScenarioKind::{self, Country, Home, Site};
use crate::scenario::keys;

/// Keys or a table under one heading.
pub(super) struct Section {
    /// The table with the tables inside it; empty for keys that are in none.
    pub table: &'static str,
    /// The keys, where the section does not have all of its table.
    pub keys: &'static [&'static str],
    /// The first kind that uses it.
    pub from: ScenarioKind,
    pub heading: &'static str,
}

const fn top(from: ScenarioKind, heading: &'static str, keys: &'static [&'static str]) -> Section {
    Section { table: "", keys, from, heading }
}

const fn table(from: ScenarioKind, table: &'static str, heading: &'static str) -> Section {
    Section { table, keys: &[], from, heading }
}

/// Keys that are in no table stand first, as TOML wants it.
pub(super) const SECTIONS: &[Section] = &[
    top(
        Home,
        "The scenario and its money",
        &["title", "region", "local_currency", "exchange_rate"],
    ),
    top(
        Home,
        "The power, what it costs and what is lost of it",
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
        "The machines, where no [[lot]] has its own",
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
        "The site's connection, and whom it displaces",
        &["grid_mw", "displacement", "power_source"],
    ),
    top(Country, "What the power is for, and what others pay", &["mining_share", "retail_tariff"]),
    table(
        Site,
        "site",
        "Sites, each with its own power in place of power_mw above. What a site does not give is what holds for all",
    ),
    table(Home, "lot", "Machines that come together; without any, all of the power is one lot"),
    table(Site, "mode", "Power modes of all machines beside the rated one"),
    table(Home, "hours", "The hours with energy"),
    table(Home, "heat", "What heat does to machines"),
    table(Site, "tariff_terms", "What is paid for energy beside its price"),
    table(
        Site,
        "grid_services",
        "Demand response and ancillary services: what the grid pays for load that can stop",
    ),
    table(
        Site,
        "contract",
        "Power bought ahead, of which what is not taken is sold at the hour's price",
    ),
    table(Home, "project", "The time that is followed"),
    table(Home, "market", "The market over that time"),
    table(Site, "response", "How other miners answer what a hash earns"),
    table(Site, "money", "Price levels and the exchange rate over time"),
    table(Site, "operator", "Who owns and finances the machines, and where the money goes"),
    table(Country, "losses", "Losses of the grid"),
    table(Country, "supply", "The supply of electricity"),
    table(Country, "plant", "Plants that can serve the next MW, in any order"),
    table(Country, "capacity_payments", "Payments for capacity"),
    table(Country, "reference", "Prices that the tariff is held against"),
    table(Country, "scarcity", "Hours in which the system is short"),
    table(
        Country,
        "payers",
        "Who bears a shortfall of the distribution companies, and who has a gain",
    ),
    table(Country, "uses", "What else the energy could do"),
    table(Country, "bills", "What the site does to the bills of other consumers"),
    table(Country, "ai", "Graphics processors for rent on the same megawatts"),
    table(Site, "lease", "Megawatts that a tenant leases for equipment of its own"),
    table(Country, "carbon", "Carbon"),
];

/// Keys that are given in every template of these kinds: a sensible value, assumed, with a range.
pub(super) struct Given {
    pub kinds: &'static [ScenarioKind],
    pub key: &'static str,
    /// As a file gives it.
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
    SITE "power_mw" = r#"{ value = 10, assumed = "the size of the case; give yours" }"#;
    COUNTRY "power_mw" = r#"{ value = 500, assumed = "the size of the case; give yours" }"#;
    HOME "pue" = r#"{ value = 1, assumed = "no cooling but the room's" }"#;
    HOME "tariff" = r#"{ value = "0.12 USD/kWh", low = "0.08 USD/kWh", high = "0.3 USD/kWh", assumed = "a household's price; give yours" }"#;
    LARGE "tariff" = r#"{ value = "45 USD/MWh", low = "27 USD/MWh", high = "70 USD/MWh", assumed = "about the median of surveyed miners in 2024; give yours" }"#;
    LARGE "other_costs_usd_per_mwh" = r#"{ value = 10.5, low = 3, high = 14, assumed = "about what surveyed miners paid beside energy in 2024; give yours" }"#;
    HOME "infrastructure_usd_per_mw" = r#"{ value = 0, assumed = "a socket" }"#;
    LARGE "infrastructure_usd_per_mw" = r#"{ value = 430000, low = 225000, high = 500000, assumed = "as sites that were bought in 2024; give yours" }"#;
    HOME "pool_fee" = r#"{ value = 0.02, low = 0, high = 0.04, assumed = "a common fee of a pool that pays for every share" }"#;
    LARGE "pool_fee" = r#"{ value = 0.01, low = 0, high = 0.02, assumed = "a fee that large miners agree on" }"#;
    LARGE "machine_price_usd_per_th_s" = r#"{ value = 8, low = 4, high = 16, assumed = "between used machines and new ones of 2025; give yours" }"#;
    COUNTRY "retail_tariff" = r#"{ value = "100 USD/MWh", low = "50 USD/MWh", high = "200 USD/MWh", assumed = "not looked up; give the country's" }"#;
    COUNTRY "grid_average_g_per_kwh" = r#"{ value = 480, low = 50, high = 900, assumed = "about the mean of the world; give the country's" }"#;
    HOME "lot.machine" = r#""Antminer S21 (200T)""#;
    HOME "lot.count" = "1";
    HOME "lot.machine_price_usd_per_th_s" = r#"{ value = 15, low = 7, high = 18, assumed = "a price to households; give yours" }"#;
    COUNTRY "losses.to_customer" = r#"{ value = 0.06, low = 0.02, high = 0.12, assumed = "a customer at high voltage; give the country's" }"#;
    COUNTRY "losses.to_distribution" = r#"{ value = 0.04, low = 0.02, high = 0.08, assumed = "transmission alone; give the country's" }"#;
    COUNTRY "plant.name" = r#""the plants that serve the next MW""#;
    COUNTRY "plant.fuel_cost" = r#"{ value = "40 USD/MWh", low = "15 USD/MWh", high = "80 USD/MWh", assumed = "between coal and dear gas; give theirs" }"#;
    COUNTRY "plant.mean_mw" = r#"{ value = 1000, low = 500, high = 2000, assumed = "give theirs" }"#;
    COUNTRY "plant.headroom_mw" = r#"{ value = 500, low = 200, high = 1000, assumed = "give theirs" }"#;
    COUNTRY "plant.g_per_kwh" = r#"{ value = 700, low = 370, high = 1000, assumed = "between gas and coal; give theirs" }"#;
}

/// Every key of a section, with the table that it is in, in the order in which it stands there: keys of the table
/// itself, then those of the tables inside.
pub(super) fn keys_of(section: &Section) -> Vec<(&'static str, &'static str)> {
    if section.table.is_empty() {
        return section.keys.iter().map(|&key| ("", key)).collect();
    }
    let mut found: Vec<(&str, &str)> = keys::in_order()
        .into_iter()
        .filter_map(|key| Some((key.rsplit_once('.')?.0, key)))
        .filter(|(table, _)| is_in(table, section.table))
        .collect();
    // Of the tables inside, each whole.
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
