//! Hard-currency income of Ethiopia's utility from miners.

use super::base;
use hashwatt_econ::account::{FlowKind, Quantity};

/// Ten months of 2024 at the flat tariff in dollars, while 600 MW were connected.
///
/// Tariff: 3.14 US cents a kWh until November 2025 (fsxbusiness, 2025-10-30; multilinkconsult, shega, 2025;
/// press). Load: 600 MW in November 2024 (Ethiopian Electric Power via Shega, Addis Fortune, Capital; press);
/// its growth was not published and is assumed to be linear from 0 at the start of the year. Uptime, overhead and
/// efficiency are the model's defaults; only the uptime of 0.95 affects the result.
const SCENARIO: &str = r#"
title = "Ethiopia, January to October 2024"
local_currency = "ETB"
exchange_rate = { value = "57 ETB/USD", low = "56 ETB/USD", high = "120 ETB/USD", assumed = "before the float of July 2024 and after it; no bill is in local money" }
tariff = { value = "0.0314 USD/kWh", as_of = "2025-11", source = "Ethiopian Electric Power's flat tariff for data mining (fsxbusiness, 2025-10-30, press)" }
power_mw = { value = 600, as_of = "2024-11", source = "Ethiopian Electric Power via Shega (press)" }
height = 823786
network_hashrate_eh_per_s = { value = 521, as_of = "2024-01", source = "from blocks" }
price_usd_per_btc = { value = 43000, as_of = "2024-01", source = "monthly mean" }
[[lot]]
delivery_months = 10.5
machine_price_usd_per_th_s = { value = 15, low = 8, high = 25, assumed = "new machines of 2024" }
[operator]
foreign_share = { value = 1.0, low = 0.9, high = 1.0, assumed = "Chinese and other foreign companies" }
[project]
start = 2024-01-01
years = 0.8356164383561644
[market]
noise = "none"
"#;

/// 55 million USD (the same press). The model gives more: not all machines run from the day of their contract.
const PUBLISHED_USD: f64 = 55e6;
const MARGIN: f64 = 0.15;

#[test]
fn ethiopia_hard_currency_income_is_within_15_percent_of_published() {
    let path = base(SCENARIO);
    let bill = path.accounts.total(Quantity::BillInUsd);
    assert!((bill / PUBLISHED_USD - 1.0).abs() < MARGIN, "{bill}");
    // The tariff is in dollars, so all income is hard currency.
    let energy = path.accounts.sum(FlowKind::EnergyCharge).usd;
    assert!((bill / energy - 1.0).abs() < 1e-12, "{bill} {energy}");
    // Hand calculation: a ramp to 600 MW in 10.5 months, cut after 305 days.
    let (hours, ramp) = (305.0 * 24.0, 10.5 * 365.0 / 12.0);
    let by_hand = 600.0 * (305.0 / ramp) / 2.0 * hours * 0.95 * 31.4;
    assert!((bill / by_hand - 1.0).abs() < 2e-3, "{bill} {by_hand}");
}
