//! `hashwatt estimate`: a power budget in a steady year.

use super::keys::{KeyOptions, option_name};
use super::live::LiveOptions;
use super::scenario::ScenarioInput;
use super::{Failure, print_json, write};
use clap::Args;
use hashwatt_report::{Detail, EstimateReport};
use std::path::PathBuf;
use std::process::ExitCode;

/// Estimate hashrate, share of blocks, income, cost, subsidy and carbon for a power budget
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt estimate --mw 2000
  hashwatt estimate --mw 2000 --tariff \"22.98 PKR/kWh\" --fx \"281 PKR/USD\"
  hashwatt estimate --mw 2000 --node http://127.0.0.1:8332 \\
    --node-cookie ~/.bitcoin/.cookie --price-usd 65000
  hashwatt estimate --scenario examples/scenarios/pakistan-2000mw.toml --json
  hashwatt estimate --scenario site.toml --mw 50 --set project.discount_per_year=0.12")]
pub(super) struct Arguments {
    /// TOML file with the inputs, or - for standard input; options override its values
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    #[command(flatten)]
    keys: KeyOptions,
    #[command(flatten)]
    live: LiveOptions,
    /// Also print the inputs with their sources, and all warnings
    #[arg(long)]
    inputs: bool,
    /// Print everything, including the effect of an additional MW, subsidies and carbon; JSON and CSV
    /// are always complete
    #[arg(long)]
    all: bool,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV, one row per figure
    #[arg(long)]
    csv: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let mut input = match &arguments.scenario {
        Some(path) => ScenarioInput::read(path)?,
        None => ScenarioInput::from_options(option_name),
    };
    input.apply(arguments.keys.settings());
    let prepared = input.prepare(&arguments.live)?;
    let mut report = EstimateReport::new(&prepared.study, &prepared.study.estimate()?);
    for (key, text) in prepared.warnings {
        report.warn(key, text);
    }
    match arguments.csv {
        true => write(&report.to_csv().map_err(|error| Failure::Run(error.to_string()))?)?,
        false if arguments.json => print_json(&report)?,
        false => write(&report.shown(arguments.detail()).to_string())?,
    }
    Ok(ExitCode::SUCCESS)
}

impl Arguments {
    fn detail(&self) -> Detail {
        Detail { inputs: self.inputs, all: self.all, ..Detail::default() }
    }
}
