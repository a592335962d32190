//! `hashwatt project` and `hashwatt sensitivity`: a scenario over years.

use super::interrupt::Interrupt;
use super::output::tell;
use super::progress::Steps;
use super::scenario::ScenarioOptions;
use super::{Failure, number, print, write};
use clap::Args;
use hashwatt::econ::Settings;
use hashwatt_report::{ProjectionReport, SensitivityReport};
use std::process::ExitCode;

/// Follow a scenario's sites and machines over years, by retarget epochs, along many paths
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt project --scenario examples/scenarios/pakistan-2000mw.toml
  hashwatt project --scenario site.toml --years 2 --paths 200 --csv > site.csv
  hashwatt project --scenario site.toml --live --json > site.json")]
pub(super) struct Arguments {
    #[command(flatten)]
    scenario: ScenarioOptions,
    /// Paths of the market
    #[arg(long, value_name = "N", default_value_t = Settings::default().paths, value_parser = number::several, allow_hyphen_values = true)]
    paths: usize,
    /// Where the random numbers begin
    #[arg(long, value_name = "S", default_value_t = Settings::default().seed, value_parser = number::seed, allow_hyphen_values = true)]
    seed: u64,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV: a row for each epoch and quantile
    #[arg(long)]
    csv: bool,
}

/// Say which of a scenario's inputs its result depends on
#[derive(Args)]
#[command(after_help = "Example:
  hashwatt sensitivity --scenario examples/scenarios/pakistan-2000mw.toml")]
pub(super) struct SensitivityArguments {
    #[command(flatten)]
    scenario: ScenarioOptions,
    /// Samples of each matrix of the Sobol design
    #[arg(long, value_name = "N", default_value_t = 2048, value_parser = number::several, allow_hyphen_values = true)]
    samples: usize,
    /// Where the random numbers begin
    #[arg(long, value_name = "S", default_value_t = Settings::default().seed, value_parser = number::seed, allow_hyphen_values = true)]
    seed: u64,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let project = arguments.scenario.project()?;
    let Arguments { paths, seed, .. } = *arguments;
    let (interrupt, steps) = (Interrupt::listen()?, Steps::of(paths, "paths"));
    let watch = |done| {
        steps.at(done);
        !interrupt.token().is_stopped()
    };
    let found = project.simulate(&Settings { paths, seed }, &watch)?;
    steps.end();
    let report = ProjectionReport::from(&found);
    match arguments.csv {
        true => write(&report.to_csv())?,
        false => print(&report, arguments.json)?,
    }
    if arguments.csv && !report.complete {
        tell(&format!("interrupted: {} of {paths} paths", report.paths));
    }
    Ok(if report.complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

pub(super) fn sensitivity(arguments: &SensitivityArguments) -> Result<ExitCode, Failure> {
    let project = arguments.scenario.project()?;
    let SensitivityArguments { samples, seed, .. } = *arguments;
    let (interrupt, steps) = (Interrupt::listen()?, Steps::of(samples, "samples"));
    let watch = |done| {
        steps.at(done);
        !interrupt.token().is_stopped()
    };
    let found = project.sensitivity(samples, seed, &watch)?;
    steps.end();
    let report = SensitivityReport::from(&found);
    print(&report, arguments.json)?;
    Ok(if report.complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}
