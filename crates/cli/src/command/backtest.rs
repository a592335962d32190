//! `hashwatt backtest`: the model against what companies published.

use super::output::print_as;
use super::{Failure, files};
use clap::Args;
use hashwatt::econ::EconError;
use hashwatt::econ::backtest::{Backtest, CompanyMonth};
use hashwatt::econ::network::Epochs;
use hashwatt_report::BacktestReport;
use std::path::PathBuf;
use std::process::ExitCode;

/// Hold the model against published months: hashrate and bitcoin of companies, by a CSV table
#[derive(Args)]
#[command(after_help = "Example:
  hashwatt backtest examples/scenarios/validation.csv")]
pub(super) struct Arguments {
    /// Columns: company, month, hashrate_EH, hashrate_basis, btc_produced, power_MW,
    /// fleet_J_per_TH, source
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV: a company's month a row
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
    let found = Backtest::of(months, Epochs::shipped()?).map_err(in_file)?;
    let report = BacktestReport::from(&found);
    print_as(&report, arguments.json, arguments.csv, || report.to_csv())?;
    Ok(ExitCode::SUCCESS)
}
