//! `hashwatt regions`: the countries with shipped values.

use super::scenario::option_failure;
use super::{Failure, print, write};
use clap::Args;
use hashwatt::econ::scenario::{ScenarioError, region, regions};
use hashwatt_report::RegionsReport;
use std::process::ExitCode;

/// List the countries that a scenario can name, or show the shipped values of one, with sources
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt regions --search kaz
  hashwatt regions PAK
  hashwatt regions --csv > regions.csv")]
pub(super) struct Arguments {
    /// Country to show: an ISO 3166 code or a name
    #[arg(value_name = "REGION", conflicts_with = "search")]
    region: Option<String>,
    /// Part of a name or a code; case is ignored
    #[arg(long, value_name = "NAME")]
    search: Option<String>,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV, one row per value
    #[arg(long)]
    csv: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let all = || regions().map_err(|error| Failure::Run(error.to_string()));
    let report = match (&arguments.region, &arguments.search) {
        (Some(name), _) => {
            let failure = |error: ScenarioError| option_failure("REGION", &error);
            RegionsReport::detailed(&region(name).map_err(failure)?)
        }
        (None, Some(query)) => RegionsReport::search(&all()?, query).ok_or_else(|| {
            let message = "no region has a similar name; `hashwatt regions` lists all";
            Failure::Input(format!("--search `{query}`: {message}"))
        })?,
        (None, None) => RegionsReport::all(&all()?),
    };
    match arguments.csv {
        true => write(&report.to_csv().map_err(|error| Failure::Run(error.to_string()))?)?,
        false => print(&report, arguments.json)?,
    }
    Ok(ExitCode::SUCCESS)
}
