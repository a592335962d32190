//! Key names of version 0.1, in one table that `METHODS.md` includes.

/// What replaced a key of version 0.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rename {
    /// It has a new name.
    To(&'static str),
    /// It no longer has an effect; the text states what applies instead.
    Superseded(&'static str),
}

use Rename::{Superseded, To};

/// Old name, inside tables by their new names, and its replacement.
const RENAMES: &[(&str, Rename)] = &[
    ("j_per_th", To("efficiency_j_per_th")),
    ("fx", To("exchange_rate")),
    ("references", To("region")),
    ("price_usd", To("price_usd_per_btc")),
    ("fees_btc", To("fees_btc_per_block")),
    ("network_eh", To("network_hashrate_eh_per_s")),
    ("grid_g_per_kwh", To("grid_average_g_per_kwh")),
    ("household_kwh_per_month", To("household_use_kwh_per_month")),
    ("hours.price_cutoff", To("hours.dispatch")),
    ("heat.hashrate", To("heat.hashrate_ratio")),
    ("heat.pue", To("heat.pue_ratio")),
    ("site.fx", To("site.exchange_rate")),
    ("site.hours.price_cutoff", To("site.hours.dispatch")),
    ("site.heat.hashrate", To("site.heat.hashrate_ratio")),
    ("site.heat.pue", To("site.heat.pue_ratio")),
    ("fleet", To("lot")),
    ("lot.j_per_th", To("lot.efficiency_j_per_th")),
    ("lot.usd_per_th", To("lot.machine_price_usd_per_th_s")),
    ("ledger.operator", To("operator")),
    ("operator.usd_per_th", To("machine_price_usd_per_th_s")),
    ("operator.life_years", Superseded("the lifetime of machines is life_years of their [[lot]]")),
    ("operator.discount_per_year", To("project.discount_per_year")),
    ("ledger.losses", To("losses")),
    ("ledger.supply", To("supply")),
    ("ledger.plant", To("plant")),
    ("ledger.reference", To("reference")),
    ("ledger.capacity_payments", To("capacity_payments")),
    ("ledger.tariff_terms", To("tariff_terms")),
    ("ledger.hours", To("scarcity")),
    (
        "scarcity.emergency_notice_minutes",
        Superseded("the notice period only shifts the start of a call and changes no figure"),
    ),
    ("ledger.ai", To("ai")),
    ("ai.usd_per_gpu_hour", To("ai.rent_usd_per_gpu_hour")),
    ("ledger.uses", To("uses")),
    ("ledger.foreign_exchange", To("foreign_exchange")),
    ("foreign_exchange.repatriated", To("operator.repatriated")),
    ("foreign_exchange.held_of_rest", To("operator.held_of_rest")),
    ("foreign_exchange.depreciation_per_year", To("money.depreciation_per_year")),
    ("foreign_exchange.years", Superseded("cross-border flows cover project.years")),
    ("ledger.carbon", To("carbon")),
    ("carbon.usd_per_t", To("carbon.price_usd_per_t")),
    ("carbon.embodied_kg_per_th", To("carbon.embodied_kg_per_th_s")),
    (
        "carbon.displaced_share",
        Superseded(
            "one displacement applies to income and carbon: that of the market, or the key displacement",
        ),
    ),
    ("ledger.payers", To("payers")),
    ("ledger.market", To("ledger_market")),
    (
        "ledger_market.price_deviation_per_year",
        Superseded("the price varies by the residuals of past epochs, see market.noise"),
    ),
];

/// Tables that exist only for old names.
pub(super) const OLD_TABLES: &[&str] = &["ledger", "foreign_exchange", "ledger_market"];

/// Old values of keys: key, old value, current value.
const VALUES: &[(&str, &str, &str)] = &[
    ("hours.dispatch", "true", "responsive"),
    ("hours.dispatch", "false", "must_run"),
    ("market.noise", "bootstrap", "residual"),
];

/// All changed names of version 0.1 with their replacements.
pub fn renames() -> &'static [(&'static str, Rename)] {
    RENAMES
}

/// The replacement of a name inside tables of these names.
pub(super) fn lookup(pattern: &str) -> Option<Rename> {
    RENAMES.iter().find(|(old, _)| *old == pattern).map(|(_, what)| *what)
}

/// Old values of a key that have been renamed.
pub(super) fn old_values(pattern: &str) -> impl Iterator<Item = &'static str> {
    let of_all = pattern.strip_prefix("site.").unwrap_or(pattern).to_owned();
    VALUES.iter().filter(move |(key, ..)| *key == of_all).map(|(_, old, _)| *old)
}

/// The current value for an old one.
pub(super) fn value_of(pattern: &str, old: &str) -> Option<&'static str> {
    let pattern = pattern.strip_prefix("site.").unwrap_or(pattern);
    let found = VALUES.iter().find(|(key, value, _)| *key == pattern && *value == old)?;
    Some(found.2)
}
