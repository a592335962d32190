//! `hashwatt regions`: the countries of which something ships.

use super::{Failure, print, write};
use clap::Args;
use hashwatt::econ::scenario::{ScenarioError, region, regions};
use hashwatt_report::RegionsReport;
use std::process::ExitCode;

/// List the countries that a scenario can name, or show what is known of one, with sources
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt regions --search kaz
  hashwatt regions PAK
  hashwatt regions --csv > regions.csv")]
pub(super) struct Arguments {
    /// Everything known of one country: an ISO 3166 code or a name
    #[arg(value_name = "REGION", conflicts_with = "search")]
    region: Option<String>,
    /// Part of a name or a code, in any case
    #[arg(long, value_name = "NAME")]
    search: Option<String>,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV: a value a row
    #[arg(long)]
    csv: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let all = || regions().map_err(|error| Failure::Run(error.to_string()));
    let report = match (&arguments.region, &arguments.search) {
        (Some(name), _) => {
            let wrong =
                |ScenarioError { problem, .. }| Failure::Input(format!("REGION: {problem}"));
            RegionsReport::detailed(&region(name).map_err(wrong)?)
        }
        (None, Some(query)) => RegionsReport::search(&all()?, query).ok_or_else(|| {
            let told = "no region has a name like it; `hashwatt regions` lists all";
            Failure::Input(format!("--search `{query}`: {told}"))
        })?,
        (None, None) => RegionsReport::all(&all()?),
    };
    match arguments.csv {
        true => write(&report.to_csv().map_err(|error| Failure::Run(error.to_string()))?)?,
        false => print(&report, arguments.json)?,
    }
    Ok(ExitCode::SUCCESS)
}
