//! `hashwatt report`: a scenario's results as one page of tables.

use super::interrupt::Interrupt;
use super::output::Place;
use super::progress::Steps;
use super::project::{Followed, follow, turns};
use super::scenario::{Ready, ScenarioOptions};
use super::{Failure, number};
use clap::Args;
use hashwatt::econ::EconError;
use hashwatt::econ::simulate::Paths;
use hashwatt_report::{
    EstimateReport, LedgerReport, PageParts, ProjectionReport, SensitivityReport, page,
};
use std::path::PathBuf;
use std::process::ExitCode;

/// Write a scenario's results as one HTML page: tables, inputs with sources, warnings
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt report --scenario examples/scenarios/pakistan-2000mw.toml -o pakistan.html
  hashwatt report --scenario site.toml --samples 1024 -o site.html --force")]
pub(super) struct Arguments {
    #[command(flatten)]
    scenario: ScenarioOptions,
    /// Where the page goes
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
    /// Paths of the market
    #[arg(long, value_name = "N", default_value_t = Paths::default().count, value_parser = number::several, allow_hyphen_values = true)]
    paths: usize,
    /// Also say what the result depends on, by so many samples
    #[arg(long, value_name = "N", value_parser = number::several, allow_hyphen_values = true)]
    samples: Option<usize>,
    /// Where the random numbers begin
    #[arg(long, value_name = "S", default_value_t = Paths::default().seed, value_parser = number::seed, allow_hyphen_values = true)]
    seed: u64,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Arguments { force, paths: count, seed, .. } = *arguments;
    let output = Place::new(&arguments.output, force)?;
    let Ready { study, told } = arguments.scenario.study()?;
    let mut estimate = EstimateReport::new(&study, &study.estimate()?);
    for (key, text) in told {
        estimate.warn(key, text);
    }
    let interrupt = Interrupt::listen()?;
    let Followed { outcome, variants } = follow(&study, Paths { count, seed }, &interrupt)?;
    let of_project = turns(&study, &ProjectionReport::turning(), &interrupt)?;
    let of_parties = turns(&study, &LedgerReport::turning(&study), &interrupt)?;
    let projection = ProjectionReport::new(&study, &outcome, &variants, &of_project);
    let ledger = LedgerReport::new(&study, &outcome, &variants, &of_parties);
    let mut sensitivity = None;
    if let Some(samples) = arguments.samples
        && !interrupt.token().is_stopped()
    {
        let steps = Steps::of(samples, "samples");
        let watch = |done| {
            steps.at(done);
            !interrupt.token().is_stopped()
        };
        match study.sensitivity(samples, seed, &watch) {
            Ok(found) => sensitivity = Some(SensitivityReport::new(&study, &found)),
            Err(error @ EconError::NoResult { .. }) => {
                estimate.warn("no_sensitivity", error.to_string());
            }
            Err(_) if interrupt.token().is_stopped() => {}
            Err(error) => return Err(error.into()),
        }
        steps.end();
    }
    let sensitivity = sensitivity.as_ref();
    let parts =
        PageParts { estimate: &estimate, projection: &projection, ledger: &ledger, sensitivity };
    let page = page(parts).map_err(|error| Failure::Run(error.to_string()))?;
    output.write(&page)?;
    let complete = projection.is_complete() && !interrupt.token().is_stopped();
    Ok(if complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}
