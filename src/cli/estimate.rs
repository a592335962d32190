//! `hashwatt estimate`: what a power budget becomes.

use super::{Failure, number, print};
use clap::Args;
use hashwatt::econ::{
    Case, Catalogue, EconError, ExchangeRate, Fleet, LocalPrice, Pue, ReferenceCost, Tariff,
};
use hashwatt::estimate::{Efficiency, Estimate};
use hashwatt::pow::Difficulty;
use hashwatt::report::EstimateReport;
use hashwatt::units::{Btc, CarbonIntensity, Fraction, Hashrate, JoulesPerHash, UsdPerBtc, Watts};
use std::process::ExitCode;

/// Turn a power budget into hashrate, share of blocks, income, cost, subsidy and carbon
#[derive(Args)]
pub(super) struct Arguments {
    /// Power at the site's meter in megawatts
    #[arg(long, value_name = "MW", value_parser = number::not_negative, allow_hyphen_values = true)]
    mw: f64,
    /// Efficiency at the machine in J/TH [default: 15]
    #[arg(long, value_name = "X", value_parser = number::positive, allow_hyphen_values = true, conflicts_with = "machine")]
    j_per_th: Option<f64>,
    /// A machine of the catalogue, such as "Antminer S21 Pro"
    #[arg(long, value_name = "NAME")]
    machine: Option<String>,
    /// Part of the power that mines, 0 to 1 [default: 1]
    #[arg(long, value_name = "X", value_parser = number::fraction, allow_hyphen_values = true)]
    mining_share: Option<Fraction>,
    /// Power usage effectiveness, at least 1 [default: 1.05]
    #[arg(long, value_name = "X", value_parser = number::finite, allow_hyphen_values = true)]
    pue: Option<f64>,
    /// Part of the time the fleet runs, 0 to 1 [default: 0.95]
    #[arg(long, value_name = "X", value_parser = number::fraction, allow_hyphen_values = true)]
    uptime: Option<Fraction>,
    /// Part of the reward the pool keeps, 0 to 1 [default: 0]
    #[arg(long, value_name = "X", value_parser = number::fraction, allow_hyphen_values = true)]
    pool_fee: Option<Fraction>,
    /// Part of the work that comes too late, 0 to 1 [default: 0]
    #[arg(long, value_name = "X", value_parser = number::fraction, allow_hyphen_values = true)]
    stale: Option<Fraction>,
    /// Part of the fleet's hashrate that pushes other miners out, 0 to 1 [default: 0]
    #[arg(long, value_name = "X", value_parser = number::fraction, allow_hyphen_values = true)]
    displacement: Option<Fraction>,
    /// Price of energy with its unit, such as "22.98 PKR/kWh" or "50 USD/MWh"
    #[arg(long, value_name = "PRICE", allow_hyphen_values = true)]
    tariff: Option<String>,
    /// Exchange rate, such as "281 PKR/USD"; needed for a tariff that is not in dollars
    #[arg(long, value_name = "RATE", allow_hyphen_values = true, requires = "tariff")]
    fx: Option<String>,
    /// Hold the tariff against the reference costs that ship for a region: pakistan
    #[arg(long, value_name = "REGION", requires = "tariff")]
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
    /// Average emissions of the grid in grams of CO2 per kWh [default: 440.6, Pakistan 2023]
    #[arg(long, value_name = "G", value_parser = number::not_negative, allow_hyphen_values = true)]
    grid_g_per_kwh: Option<f64>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let snapshot = case(arguments)?.snapshot()?;
    print(&EstimateReport::from(&snapshot), arguments.json)?;
    Ok(ExitCode::SUCCESS)
}

/// The defaults with every option that was given put in their place.
fn case(a: &Arguments) -> Result<Case, Failure> {
    let mut case = Case::new(Watts::from_mw(a.mw));
    case.allocation.power = Estimate::user_reported(Watts::from_mw(a.mw), "--mw");
    if let Some(fleet) = fleet(a)? {
        case.fleet = fleet;
    }
    given(&mut case.allocation.mining_share, a.mining_share, "--mining-share");
    given(
        &mut case.site.pue,
        a.pue.map(Pue::new).transpose().map_err(|e| option("--pue", &e))?,
        "--pue",
    );
    given(&mut case.site.uptime, a.uptime, "--uptime");
    given(&mut case.pool.fee, a.pool_fee, "--pool-fee");
    given(&mut case.pool.stale, a.stale, "--stale");
    given(&mut case.displacement, a.displacement, "--displacement");
    let network = &mut case.network;
    given(&mut network.price, a.price_usd.map(UsdPerBtc::from_usd_per_btc), "--price-usd");
    given(&mut network.fees_per_block, a.fees_btc.map(Btc::from_btc), "--fees-btc");
    given(&mut network.height, a.height, "--height");
    given(&mut network.hashrate, a.network_eh.map(Hashrate::from_eh_s), "--network-eh");
    if let Some(difficulty) = a.difficulty {
        let difficulty = Difficulty::new(difficulty).map_err(|e| option("--difficulty", &e))?;
        case.network = case.network.with_difficulty(difficulty, "--difficulty");
    }
    let grid = a.grid_g_per_kwh.map(CarbonIntensity::from_g_per_kwh);
    given(&mut case.emissions.average, grid, "--grid-g-per-kwh");
    case.tariff = tariff(a)?;
    if let Some(region) = &a.references {
        case.references = ReferenceCost::shipped(region).map_err(|e| option("--references", &e))?;
    }
    Ok(case)
}

fn given<T>(slot: &mut Estimate<T>, value: Option<T>, by: &str) {
    if let Some(value) = value {
        *slot = Estimate::user_reported(value, by);
    }
}

fn fleet(a: &Arguments) -> Result<Option<Fleet>, Failure> {
    if let Some(j_per_th) = a.j_per_th {
        let given = Estimate::user_reported(JoulesPerHash::from_j_per_th(j_per_th), "--j-per-th");
        let efficiency = Efficiency::new(given).map_err(|e| option("--j-per-th", &e))?;
        return Ok(Some(Fleet::of_efficiency(efficiency)));
    }
    let Some(name) = &a.machine else {
        return Ok(None);
    };
    let catalogue = Catalogue::shipped()?;
    let machine = catalogue.find(name).map_err(|e| option("--machine", &e))?;
    Ok(Some(Fleet::of_machine(machine.clone())?))
}

fn tariff(a: &Arguments) -> Result<Option<Tariff>, Failure> {
    let Some(text) = &a.tariff else {
        return Ok(None);
    };
    let price: LocalPrice = text.parse().map_err(|e: EconError| option("--tariff", &e))?;
    let rate: Option<ExchangeRate> = match &a.fx {
        Some(text) => Some(text.parse().map_err(|e: EconError| option("--fx", &e))?),
        None => None,
    };
    let tariff = Tariff {
        price: Estimate::user_reported(price, "--tariff"),
        exchange_rate: rate.map(|rate| Estimate::user_reported(rate, "--fx")),
    };
    // A tariff that makes no dollars is the exchange rate's fault.
    tariff.usd().map_err(|e| option("--fx", &e))?;
    Ok(Some(tariff))
}

/// An error with the option that caused it.
fn option(name: &str, error: &dyn std::error::Error) -> Failure {
    Failure::Input(format!("{name}: {error}"))
}
