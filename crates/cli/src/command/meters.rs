//! `hashwatt meters`: what can measure energy here.

use super::Failure;
use super::output::print_as;
use clap::Args;
use hashwatt::energy::inventory;
use hashwatt_report::MetersReport;
use std::process::ExitCode;

/// List the energy meters of this machine: what each sees and may claim, or why there is none
#[derive(Args)]
#[command(after_help = "Example:
  hashwatt meters")]
pub(super) struct Arguments {
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV: a meter a row
    #[arg(long)]
    csv: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let report = MetersReport::from(&inventory()[..]);
    print_as(&report, arguments.json, arguments.csv, || report.to_csv())?;
    Ok(ExitCode::SUCCESS)
}
