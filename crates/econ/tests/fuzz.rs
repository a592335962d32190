//! Fuzz tests: reading any scenario or table ends in a value or an error.

use hashwatt_econ::backtest::CompanyMonth;
use hashwatt_econ::network::{PathQuantity, StepPath};
use hashwatt_econ::prices::PriceFile;
use hashwatt_econ::scenario::Scenario;
use hashwatt_test_support::fuzz::{Fuzz, PeakAlloc};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

fn bytes(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

const SCENARIOS: [&str; 10] = [
    include_str!("../../../examples/scenarios/ai-lease-100mw.toml"),
    include_str!("../../../examples/scenarios/ethiopia-600mw.toml"),
    include_str!("../../../examples/scenarios/home-miner.toml"),
    include_str!("../../../examples/scenarios/kazakhstan-500mw.toml"),
    include_str!("../../../examples/scenarios/texas-ercot-100mw.toml"),
    include_str!("../../../examples/scenarios/pakistan-2000mw.toml"),
    include_str!("../../../examples/scenarios/site-100mw.toml"),
    include_str!("../../../examples/scenarios/texas-wind-100mw.toml"),
    include_str!("../../../examples/scenarios/wind-farm-curtailed.toml"),
    include_str!("../../../examples/scenarios/flared-gas.toml"),
];
const WITH_HOURS: &str = include_str!("../../../examples/scenarios/texas-wind-100mw.toml");
const HOURS: &str = include_str!("../../../examples/scenarios/texas-hours.csv");

#[test]
fn mutated_scenario_never_panics() {
    let dictionary = [
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        "=",
        "\"",
        "'''",
        "#",
        "\n",
        ",",
        ".",
        "value",
        "low",
        "high",
        "assumed",
        "source",
        "as_of",
        "start",
        "2026-10-01",
        "2026-10-01T00:00:00Z",
        "USD/kWh",
        "PKR",
        "true",
        "machine",
        "[[fleet]]",
        "[[sites]]",
        "[hours]",
        "profile",
        "tariff",
        "\u{201c}",
        "\u{feff}",
        "%",
    ];
    Fuzz { name: "scenarios", seeds: bytes(&SCENARIOS), dictionary: &dictionary }.run(|input| {
        let scenario = Scenario::from_toml_named(&String::from_utf8_lossy(input), "fuzz.toml");
        scenario.and_then(|scenario| scenario.resolve_with_files(|_| Ok(HOURS.to_owned()))).is_ok()
    });
}

const TABLE: [&str; 16] = [
    ",",
    ";",
    "\t",
    "\"",
    "\n",
    "\r\n",
    "sep=;",
    "month",
    "hour",
    "available",
    "price_ratio",
    "date",
    "n/a",
    "1,616.6",
    "\u{feff}",
    "2026-10-25 02:30",
];

#[test]
fn mutated_hour_profile_never_panics() {
    // The scenario refers to a table of hours.
    let scenario = Scenario::from_toml_named(WITH_HOURS, "site.toml").unwrap();
    let semicolons = HOURS.replace(',', ";");
    Fuzz { name: "profiles", seeds: bytes(&[HOURS, &semicolons]), dictionary: &TABLE }.run(
        |input| {
            let text = String::from_utf8_lossy(input).into_owned();
            scenario.resolve_with_files(|_| Ok(text.clone())).is_ok()
        },
    );
}

#[test]
fn mutated_market_prices_never_panic() {
    let day = |stamp: &dyn Fn(u32) -> String, head: &str, divider: char| {
        (0..24).fold(format!("{head}\n"), |text, hour| {
            format!("{text}{}{divider}{}.5\n", stamp(hour), i64::from(hour) - 3)
        })
    };
    let seeds = [
        day(&|hour| format!("2025-03-01 {hour:02}:00"), "datetime,price (EUR/MWh)", ','),
        day(&|hour| format!("2025-03-01T{hour:02}:00:00+01:00"), "Datetime (UTC);Price", ';'),
        day(
            &|hour| format!("01.03.2025 {hour:02}:00 - 01.03.2025 {:02}:00", hour + 1),
            "MTU (CET/CEST),Day-ahead Price [EUR/MWh]",
            ',',
        ),
        day(
            &|hour| format!("03/01/2025,{:02}:00,N", hour + 1),
            "Delivery Date,Hour Ending,Repeated Hour Flag,Settlement Point Price",
            ',',
        ),
        // Columns in addition to the price.
        day(
            &|hour| format!("2025-03-01 {hour:02}:00,0.25,0,{hour},40"),
            "datetime,available,peak_probability,demand_mw,available_mw,price (EUR/MWh)",
            ',',
        ),
    ];
    let seeds: Vec<&str> = seeds.iter().map(String::as_str).collect();
    Fuzz { name: "prices", seeds: bytes(&seeds), dictionary: &TABLE }.run(|input| {
        let file = PriceFile::with_hours("fuzz.csv", &String::from_utf8_lossy(input));
        file.is_ok_and(|file| {
            // A day is not a whole year, which is an error.
            file.is_some_and(|file| file.means_by_month_and_hour().is_err())
        })
    });
}

#[test]
fn mutated_company_table_never_panics() {
    let table = include_str!("../../../examples/scenarios/validation.csv");
    Fuzz { name: "company months", seeds: bytes(&[table]), dictionary: &TABLE }
        .run(|input| CompanyMonth::from_csv("fuzz.csv", &String::from_utf8_lossy(input)).is_ok());
}

#[test]
fn mutated_path_never_panics() {
    let table = "date,price_usd_per_btc,note\n2025-12-01,60000,a\n2026-01-11,70000,b\n2026-05-01,65000.5,c\n";
    let start = jiff::civil::date(2026, 1, 1);
    Fuzz { name: "paths", seeds: bytes(&[table]), dictionary: &TABLE }.run(|input| {
        StepPath::from_csv(PathQuantity::Price, start, "fuzz.csv", &String::from_utf8_lossy(input))
            .is_ok()
    });
}
