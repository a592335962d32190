//! `hashwatt kernels`: what this machine can run, and how fast.

use super::{Failure, print};
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
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    print(&KernelsReport::from(Kernel::calibration()), arguments.json)?;
    Ok(ExitCode::SUCCESS)
}
