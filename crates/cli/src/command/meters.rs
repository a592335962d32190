//! `hashwatt meters`: the energy meters of this machine.

use super::Failure;
use super::output::print_as;
use clap::Args;
use hashwatt::energy::inventory;
use hashwatt_report::MetersReport;
use std::process::ExitCode;

/// List the energy meters of this machine with their scope, or why none is available
#[derive(Args)]
#[command(after_help = "Example:
  hashwatt meters")]
pub(super) struct Arguments {
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV, one row per meter
    #[arg(long)]
    csv: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let report = MetersReport::from(&inventory()[..]);
    print_as(&report, arguments.json, arguments.csv, || report.to_csv())?;
    Ok(ExitCode::SUCCESS)
}
