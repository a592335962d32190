//! `hashwatt estimate`: what a power budget becomes.

use super::live::LiveOptions;
use super::scenario::Given;
use super::{Failure, number, print_json, write};
use clap::Args;
use hashwatt_report::{Detail, EstimateReport};
use std::path::PathBuf;
use std::process::ExitCode;

/// Turn a power budget into hashrate, share of blocks, income, cost, subsidy and carbon
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt estimate --mw 2000
  hashwatt estimate --mw 2000 --tariff \"22.98 PKR/kWh\" --fx \"281 PKR/USD\"
  hashwatt estimate --mw 2000 --node http://127.0.0.1:8332 \\
    --node-cookie ~/.bitcoin/.cookie --price-usd 65000
  hashwatt estimate --scenario examples/scenarios/pakistan-2000mw.toml --json")]
pub(super) struct Arguments {
    /// Power at the site's meter in megawatts
    #[arg(long, value_name = "MW", value_parser = number::not_negative, allow_hyphen_values = true, required_unless_present = "scenario")]
    mw: Option<f64>,
    /// A TOML file with the inputs, in place of all other options
    #[arg(long, value_name = "FILE", conflicts_with_all = [
        "mw", "j_per_th", "machine", "measured", "mining_share", "pue", "uptime", "pool_fee", "stale",
        "displacement", "tariff", "fx", "references", "price_usd", "fees_btc", "height",
        "network_eh", "difficulty", "grid_g_per_kwh",
    ])]
    scenario: Option<PathBuf>,
    /// Efficiency at the machine in J/TH [default: 15]
    #[arg(long, value_name = "X", value_parser = number::positive, allow_hyphen_values = true)]
    j_per_th: Option<f64>,
    /// A machine of the catalogue, such as "Antminer S21 Pro"
    #[arg(long, value_name = "NAME", conflicts_with = "j_per_th")]
    machine: Option<String>,
    /// Another machine's J/TH: a file that `hashwatt asic --json` or `bench --json` wrote
    #[arg(long, value_name = "FILE", conflicts_with_all = ["machine", "j_per_th"])]
    measured: Option<String>,
    /// Part of the power that mines, 0 to 1 [default: 1]
    #[arg(long, value_name = "X", value_parser = number::share, allow_hyphen_values = true)]
    mining_share: Option<f64>,
    /// Power usage effectiveness, at least 1 [default: 1.05]
    #[arg(long, value_name = "X", value_parser = number::ratio, allow_hyphen_values = true)]
    pue: Option<f64>,
    /// Part of the time the machines run, 0 to 1 [default: 0.95]
    #[arg(long, value_name = "X", value_parser = number::share, allow_hyphen_values = true)]
    uptime: Option<f64>,
    /// Part of the reward the pool keeps, 0 to 1 [default: 0]
    #[arg(long, value_name = "X", value_parser = number::share, allow_hyphen_values = true)]
    pool_fee: Option<f64>,
    /// Part of the work that comes too late, 0 to 1 [default: 0]
    #[arg(long, value_name = "X", value_parser = number::share, allow_hyphen_values = true)]
    stale: Option<f64>,
    /// Part of the own hashrate that pushes other miners out, 0 to 1 [default: 0]
    #[arg(long, value_name = "X", value_parser = number::share, allow_hyphen_values = true)]
    displacement: Option<f64>,
    /// Price of energy with its unit, such as "22.98 PKR/kWh" or "50 USD/MWh"
    #[arg(long, value_name = "PRICE", allow_hyphen_values = true)]
    tariff: Option<String>,
    /// Exchange rate, such as "281 PKR/USD"; needed for a tariff that is not in dollars
    #[arg(long, value_name = "RATE", allow_hyphen_values = true)]
    fx: Option<String>,
    /// Take losses, grid emissions and reference prices of a region, such as PAK or pakistan
    #[arg(long, value_name = "REGION")]
    references: Option<String>,
    /// Price of a bitcoin in USD [default: 65159, August 2026]
    #[arg(long, value_name = "USD", value_parser = number::positive, allow_hyphen_values = true)]
    price_usd: Option<f64>,
    /// Mean fees of a block in BTC [default: 0.023, August 2026]
    #[arg(long, value_name = "BTC", value_parser = number::not_negative, allow_hyphen_values = true)]
    fees_btc: Option<f64>,
    /// Height at which the subsidy is taken [default: 965664]
    #[arg(long, value_name = "N", value_parser = number::nonce, allow_hyphen_values = true)]
    height: Option<u32>,
    /// Hashrate of everybody else in EH/s [default: 905, August 2026]
    #[arg(long, value_name = "EH", value_parser = number::positive, allow_hyphen_values = true, conflicts_with = "difficulty")]
    network_eh: Option<f64>,
    /// Difficulty, in place of the hashrate
    #[arg(long, value_name = "D", value_parser = number::positive, allow_hyphen_values = true)]
    difficulty: Option<f64>,
    /// Average emissions of the grid in grams of CO2 per kWh
    #[arg(long, value_name = "G", value_parser = number::not_negative, allow_hyphen_values = true)]
    grid_g_per_kwh: Option<f64>,
    #[command(flatten)]
    live: LiveOptions,
    /// Also print inputs with their sources, and all warnings
    #[arg(long)]
    inputs: bool,
    /// Print everything, also what the next MW brings, subsidies and carbon; JSON and CSV always hold
    /// everything
    #[arg(long)]
    all: bool,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV: a figure a row
    #[arg(long)]
    csv: bool,
}

/// Each option with the scenario's key that it sets.
const KEYS: [(&str, &str); 19] = [
    ("--mw", "power_mw"),
    ("--j-per-th", "efficiency_j_per_th"),
    ("--machine", "machine"),
    ("--measured", "measured"),
    ("--mining-share", "mining_share"),
    ("--pue", "pue"),
    ("--uptime", "uptime"),
    ("--pool-fee", "pool_fee"),
    ("--stale", "stale"),
    ("--displacement", "displacement"),
    ("--tariff", "tariff"),
    ("--fx", "exchange_rate"),
    ("--references", "region"),
    ("--price-usd", "price_usd_per_btc"),
    ("--fees-btc", "fees_btc_per_block"),
    ("--height", "height"),
    ("--network-eh", "network_hashrate_eh_per_s"),
    ("--difficulty", "difficulty"),
    ("--grid-g-per-kwh", "grid_average_g_per_kwh"),
];

/// The option of a scenario's key.
fn option(key: &str) -> String {
    let found = KEYS.iter().find(|(_, of_key)| *of_key == key);
    found.map_or_else(|| key.to_owned(), |(option, _)| (*option).to_owned())
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let given = match &arguments.scenario {
        Some(path) => Given::read(path)?,
        None => arguments.given()?,
    };
    let ready = given.ready(&arguments.live)?;
    let mut report = EstimateReport::new(&ready.study, &ready.study.estimate()?);
    for (key, text) in ready.told {
        report.warn(key, text);
    }
    match arguments.csv {
        true => write(&report.to_csv().map_err(|error| Failure::Run(error.to_string()))?)?,
        false if arguments.json => print_json(&report)?,
        false => write(&report.shown(arguments.detail()).to_string())?,
    }
    Ok(ExitCode::SUCCESS)
}

impl Arguments {
    fn detail(&self) -> Detail {
        Detail { inputs: self.inputs, all: self.all, ..Detail::default() }
    }

    fn given(&self) -> Result<Given, Failure> {
        let mut given = Given::by_options(option);
        let numbers = [
            ("power_mw", self.mw),
            ("efficiency_j_per_th", self.j_per_th),
            ("mining_share", self.mining_share),
            ("pue", self.pue),
            ("uptime", self.uptime),
            ("pool_fee", self.pool_fee),
            ("stale", self.stale),
            ("displacement", self.displacement),
            ("price_usd_per_btc", self.price_usd),
            ("fees_btc_per_block", self.fees_btc),
            ("height", self.height.map(f64::from)),
            ("network_hashrate_eh_per_s", self.network_eh),
            ("difficulty", self.difficulty),
            ("grid_average_g_per_kwh", self.grid_g_per_kwh),
        ];
        for (key, number) in numbers {
            if let Some(number) = number {
                given.set(key, number, &option(key))?;
            }
        }
        let texts = [
            ("machine", &self.machine),
            ("measured", &self.measured),
            // Before the tariff, whose error may name its currency.
            ("exchange_rate", &self.fx),
            ("tariff", &self.tariff),
            ("region", &self.references),
        ];
        for (key, text) in texts {
            if let Some(text) = text {
                given.set(key, text.clone(), &option(key))?;
            }
        }
        Ok(given)
    }
}
