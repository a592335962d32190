//! `hashwatt devices`: the GPUs of this machine.

use super::Failure;
use super::output::print_as;
use clap::Args;
use hashwatt::scan::Adapter;
use hashwatt_report::DevicesReport;
use std::process::ExitCode;

/// List the GPUs and software rasterisers that can hash
#[derive(Args)]
#[command(after_help = "Example:
  hashwatt devices")]
pub(super) struct Arguments {
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV, one row per GPU
    #[arg(long)]
    csv: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let adapters = Adapter::all();
    let report = DevicesReport::new(adapters.iter().map(Adapter::description));
    print_as(&report, arguments.json, arguments.csv, || report.to_csv())?;
    Ok(ExitCode::SUCCESS)
}
