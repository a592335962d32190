//! `hashwatt kernels`: the kernels that this machine can run, and their rates.

use super::Failure;
use super::output::print_as;
use clap::Args;
use hashwatt::scan::Kernel;
use hashwatt_report::KernelsReport;
use std::process::ExitCode;

/// List the kernels with their rate on one thread of this machine, or why they cannot run
#[derive(Args)]
#[command(after_help = "Example:
  hashwatt kernels --json")]
pub(super) struct Arguments {
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV, one row per kernel
    #[arg(long)]
    csv: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let report = KernelsReport::from(Kernel::calibration());
    print_as(&report, arguments.json, arguments.csv, || report.to_csv())?;
    Ok(ExitCode::SUCCESS)
}
