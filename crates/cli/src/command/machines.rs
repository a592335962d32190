//! `hashwatt machines`: the catalogue of mining machines.

use super::{Failure, print, write};
use clap::Args;
use hashwatt::econ::network::Catalogue;
use hashwatt_report::MachinesReport;
use std::process::ExitCode;

/// List the machines in the catalogue: TH/s, watts, J/TH, cooling, date, source
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt machines --search \"s21 pro\"
  hashwatt machines --csv > machines.csv")]
pub(super) struct Arguments {
    /// Part of a name; case, blanks and dashes are ignored
    #[arg(long, value_name = "NAME")]
    search: Option<String>,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV, one row per machine
    #[arg(long)]
    csv: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let catalogue = Catalogue::shipped()?;
    let report = match &arguments.search {
        Some(query) => MachinesReport::search(&catalogue, query).ok_or_else(|| {
            let message = "no machine has a similar name; `hashwatt machines` lists all";
            Failure::Input(format!("--search `{query}`: {message}"))
        })?,
        None => MachinesReport::all(&catalogue),
    };
    match arguments.csv {
        true => write(&report.to_csv().map_err(|error| Failure::Run(error.to_string()))?)?,
        false => print(&report, arguments.json)?,
    }
    Ok(ExitCode::SUCCESS)
}
