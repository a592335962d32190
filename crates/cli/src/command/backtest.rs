//! `hashwatt backtest`: the model compared with figures published by companies.

use super::output::print_as;
use super::{Failure, files};
use clap::Args;
use hashwatt::econ::EconError;
use hashwatt::econ::backtest::{Backtest, CompanyMonth};
use hashwatt::econ::network::Epochs;
use hashwatt_report::BacktestReport;
use std::path::PathBuf;
use std::process::ExitCode;

/// Compare the model with published monthly hashrate and bitcoin production of companies
#[derive(Args)]
#[command(after_help = "Example:
  hashwatt backtest examples/scenarios/validation.csv")]
pub(super) struct Arguments {
    /// CSV file with the columns company, month, hashrate_EH, hashrate_basis, btc_produced, power_MW,
    /// fleet_J_per_TH, source
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV, one row per company and month
    #[arg(long)]
    csv: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let text = files::read_table(&arguments.file)?;
    let name = arguments.file.display().to_string();
    let in_file = |error: EconError| match error {
        EconError::UserTable(error) => Failure::Input(error.to_string()),
        error => Failure::Input(format!("{name}: {error}")),
    };
    let months = CompanyMonth::from_csv(&name, &text).map_err(in_file)?;
    let found = Backtest::new(months, Epochs::shipped()?).map_err(in_file)?;
    let report = BacktestReport::from(&found);
    print_as(&report, arguments.json, arguments.csv, || report.to_csv())?;
    Ok(ExitCode::SUCCESS)
}
