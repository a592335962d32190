//! `hashwatt estimate`: what a power budget becomes.

use super::live::LiveOptions;
use super::{Failure, files, number, print, scenario};
use clap::Args;
use hashwatt::econ::{BreakEvens, Scale, Scenario, ScenarioError, Sourced};
use hashwatt_report::EstimateReport;
use std::path::{Path, PathBuf};
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
    #[arg(long, value_name = "NAME")]
    machine: Option<String>,
    /// Another machine's J/TH: a file that `hashwatt asic --json` or `bench --json` wrote
    #[arg(long, value_name = "FILE", conflicts_with_all = ["machine", "j_per_th"])]
    measured: Option<String>,
    /// Part of the power that mines, 0 to 1 [default: 1]
    #[arg(long, value_name = "X", value_parser = number::finite, allow_hyphen_values = true)]
    mining_share: Option<f64>,
    /// Power usage effectiveness, at least 1 [default: 1.05]
    #[arg(long, value_name = "X", value_parser = number::finite, allow_hyphen_values = true)]
    pue: Option<f64>,
    /// Part of the time the fleet runs, 0 to 1 [default: 0.95]
    #[arg(long, value_name = "X", value_parser = number::finite, allow_hyphen_values = true)]
    uptime: Option<f64>,
    /// Part of the reward the pool keeps, 0 to 1 [default: 0]
    #[arg(long, value_name = "X", value_parser = number::finite, allow_hyphen_values = true)]
    pool_fee: Option<f64>,
    /// Part of the work that comes too late, 0 to 1 [default: 0]
    #[arg(long, value_name = "X", value_parser = number::finite, allow_hyphen_values = true)]
    stale: Option<f64>,
    /// Part of the fleet's hashrate that pushes other miners out, 0 to 1 [default: 0]
    #[arg(long, value_name = "X", value_parser = number::finite, allow_hyphen_values = true)]
    displacement: Option<f64>,
    /// Price of energy with its unit, such as "22.98 PKR/kWh" or "50 USD/MWh"
    #[arg(long, value_name = "PRICE", allow_hyphen_values = true)]
    tariff: Option<String>,
    /// Exchange rate, such as "281 PKR/USD"; needed for a tariff that is not in dollars
    #[arg(long, value_name = "RATE", allow_hyphen_values = true)]
    fx: Option<String>,
    /// Hold the tariff against the reference costs that ship for a region: pakistan
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
    #[arg(long, value_name = "EH", value_parser = number::positive, allow_hyphen_values = true)]
    network_eh: Option<f64>,
    /// Difficulty, in place of the hashrate
    #[arg(long, value_name = "D", value_parser = number::positive, allow_hyphen_values = true)]
    difficulty: Option<f64>,
    /// Average emissions of the grid in grams of CO2 per kWh [default: 440.6, Pakistan 2023]
    #[arg(long, value_name = "G", value_parser = number::not_negative, allow_hyphen_values = true)]
    grid_g_per_kwh: Option<f64>,
    #[command(flatten)]
    live: LiveOptions,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let (case, sites, discount, told) = match &arguments.scenario {
        Some(path) => {
            let named = scenario::read(path)?.with_live(&arguments.live)?;
            (named.case()?, named.sites()?, named.discount_per_year()?, named.told())
        }
        None => {
            let mut given = arguments.scenario();
            let read = |named: &str| files::read_named(Path::new(named));
            let wrong = |ScenarioError { key, reason }| {
                Failure::Input(format!("{}: {reason}", option(&key)))
            };
            let case = given.case_with_files(option, read).map_err(wrong)?;
            // What is wrong with the figures is told by the case's own check.
            case.snapshot()?;
            let mut told = Vec::new();
            arguments.live.apply(&mut given, &case.network, &mut told)?;
            let case = given.case_with_files(option, read).map_err(wrong)?;
            let sites = given.sites_with_files(option, read).map_err(wrong)?;
            (case, sites, given.discount_per_year(option).map_err(wrong)?, told)
        }
    };
    let mut snapshot = case.snapshot()?;
    snapshot.warnings.splice(0..0, told);
    let report = EstimateReport::from(&snapshot);
    let (scale, points) = (Scale::of(&case)?, BreakEvens::of(&case, &sites, discount.value())?);
    let report = report.with_scale(&scale, &points, case.allocation.mining_power())?;
    print(&report, arguments.json)?;
    Ok(ExitCode::SUCCESS)
}

/// The option of a scenario's key.
fn option(key: &str) -> String {
    match key {
        "power_mw" => "--mw".to_owned(),
        key => format!("--{}", key.replace('_', "-")),
    }
}

impl Arguments {
    fn scenario(&self) -> Scenario {
        Scenario {
            power_mw: self.mw.map(Sourced::from),
            mining_share: self.mining_share.map(Sourced::from),
            j_per_th: self.j_per_th.map(Sourced::from),
            machine: self.machine.clone(),
            measured: self.measured.clone(),
            pue: self.pue.map(Sourced::from),
            uptime: self.uptime.map(Sourced::from),
            pool_fee: self.pool_fee.map(Sourced::from),
            stale: self.stale.map(Sourced::from),
            displacement: self.displacement.map(Sourced::from),
            tariff: self.tariff.clone().map(Sourced::from),
            fx: self.fx.clone().map(Sourced::from),
            references: self.references.clone(),
            price_usd: self.price_usd.map(Sourced::from),
            fees_btc: self.fees_btc.map(Sourced::from),
            height: self.height.map(Sourced::from),
            network_eh: self.network_eh.map(Sourced::from),
            difficulty: self.difficulty.map(Sourced::from),
            grid_g_per_kwh: self.grid_g_per_kwh.map(Sourced::from),
            ..Scenario::default()
        }
    }
}
