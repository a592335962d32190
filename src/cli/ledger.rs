//! `hashwatt ledger`: who gains and who pays.

use super::{Failure, print, scenario, write};
use clap::Args;
use hashwatt::econ::LedgerSettings;
use hashwatt::report::LedgerReport;
use std::path::PathBuf;
use std::process::ExitCode;

/// Say who gains and who pays: payers and payees, references, months, and what turns each result
#[derive(Args)]
pub(super) struct Arguments {
    /// The scenario, a TOML file with tables under [ledger]
    #[arg(long, value_name = "FILE")]
    scenario: PathBuf,
    /// Draws behind the bands
    #[arg(long, value_name = "N", default_value_t = LedgerSettings::default().samples)]
    samples: usize,
    /// Where the random numbers begin
    #[arg(long, value_name = "S", default_value_t = LedgerSettings::default().seed)]
    seed: u64,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV: a figure a row
    #[arg(long)]
    csv: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let inputs = scenario::read(&arguments.scenario)?.ledger()?;
    let Arguments { samples, seed, .. } = *arguments;
    let report = LedgerReport::from(&inputs.ledger(&LedgerSettings { samples, seed })?);
    match arguments.csv {
        true => write(&report.to_csv().map_err(|error| Failure::Run(error.to_string()))?)?,
        false => print(&report, arguments.json)?,
    }
    Ok(ExitCode::SUCCESS)
}
