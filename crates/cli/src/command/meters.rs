//! `hashwatt meters`: what can measure energy here.

use super::{Failure, print};
use clap::Args;
use hashwatt::energy::survey;
use hashwatt_report::MetersReport;
use std::process::ExitCode;

/// List the energy meters of this machine: what each sees and may claim, or why there is none
#[derive(Args)]
#[command(after_help = "Example:
  hashwatt meters")]
pub(super) struct Arguments {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    print(&MetersReport::from(&survey()[..]), arguments.json)?;
    Ok(ExitCode::SUCCESS)
}
