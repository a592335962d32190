//! `hashwatt project`, `ledger` and `sensitivity`: a scenario over several years.

use super::detail::DetailOptions;
use super::interrupt::Interrupt;
use super::output::print_message;
use super::progress::StepProgress;
use super::scenario::{PreparedScenario, ScenarioOptions};
use super::{Failure, print, print_json, value_parsers, write};
use clap::Args;
use hashwatt::econ::result::{Figure, Outcome};
use hashwatt::econ::simulate::Paths;
use hashwatt::econ::view::switching_value::FigureSwitchingValues;
use hashwatt::econ::view::{ScenarioVariant, Study};
use hashwatt_report::{LedgerReport, ProjectionReport, SensitivityReport};
use std::process::ExitCode;

/// Simulate a scenario's sites and machines over years, by retarget epoch, on many market paths
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt project --scenario examples/scenarios/pakistan-2000mw.toml
  hashwatt project --scenario site.toml --years 2 --paths 200 --csv > site.csv
  hashwatt project --scenario site.toml --live --json > site.json")]
pub(super) struct Arguments {
    #[command(flatten)]
    scenario: ScenarioOptions,
    /// Number of simulated market paths
    #[arg(long, value_name = "N", default_value_t = Paths::default().count, value_parser = value_parsers::positive_count, allow_hyphen_values = true)]
    paths: usize,
    /// Seed of the random numbers
    #[arg(long, value_name = "S", default_value_t = Paths::default().seed, value_parser = value_parsers::seed, allow_hyphen_values = true)]
    seed: u64,
    #[command(flatten)]
    detail: DetailOptions,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV, one row per figure
    #[arg(long)]
    csv: bool,
}

/// Show who gains and who pays: parties, flows, the nation, foreign exchange, carbon, by calendar year
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt ledger --scenario examples/scenarios/pakistan-2000mw.toml
  hashwatt ledger --scenario examples/scenarios/texas-wind-100mw.toml --csv > texas.csv")]
pub(super) struct LedgerArguments {
    #[command(flatten)]
    scenario: ScenarioOptions,
    /// Number of simulated market paths
    #[arg(long, alias = "samples", value_name = "N", default_value_t = Paths::default().count, value_parser = value_parsers::positive_count, allow_hyphen_values = true)]
    paths: usize,
    /// Seed of the random numbers
    #[arg(long, value_name = "S", default_value_t = Paths::default().seed, value_parser = value_parsers::seed, allow_hyphen_values = true)]
    seed: u64,
    #[command(flatten)]
    detail: DetailOptions,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV, one row per figure
    #[arg(long)]
    csv: bool,
}

/// Show which inputs a scenario's result depends on
#[derive(Args)]
#[command(after_help = "Example:
  hashwatt sensitivity --scenario examples/scenarios/pakistan-2000mw.toml")]
pub(super) struct SensitivityArguments {
    #[command(flatten)]
    scenario: ScenarioOptions,
    /// Number of samples in each matrix of the Sobol design
    #[arg(long, value_name = "N", default_value_t = 1024, value_parser = value_parsers::positive_count, allow_hyphen_values = true)]
    samples: usize,
    /// Seed of the random numbers
    #[arg(long, value_name = "S", default_value_t = Paths::default().seed, value_parser = value_parsers::seed, allow_hyphen_values = true)]
    seed: u64,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV, one row per value of the result, the tornado chart and the Sobol indices
    #[arg(long)]
    csv: bool,
}

/// The outcome over all paths, with the outcomes of the variants.
pub(super) struct Simulation {
    pub outcome: Outcome,
    pub variants: Vec<(ScenarioVariant, Outcome)>,
}

/// Simulates the paths and the variants; an interrupt ends the paths early.
pub(super) fn simulate(
    study: &Study,
    paths: Paths,
    interrupt: &Interrupt,
) -> Result<Simulation, Failure> {
    let progress = StepProgress::new(paths.count, "paths");
    let watch = |done| {
        progress.set(done);
        !interrupt.token().is_stopped()
    };
    let outcome = study.simulate(paths, &watch)?;
    progress.finish();
    Ok(Simulation { outcome, variants: study.variants()? })
}

/// The switching values of figures; none after an interrupt.
pub(super) fn switching_values(
    study: &Study,
    figures: &[Figure],
    interrupt: &Interrupt,
) -> Result<Vec<FigureSwitchingValues>, Failure> {
    if interrupt.token().is_stopped() {
        return Ok(Vec::new());
    }
    let groups = study.resolved().table.drawn_groups().len();
    let progress = StepProgress::new(groups, "inputs");
    let watch = |done| {
        progress.set(done);
        !interrupt.token().is_stopped()
    };
    let found = study.switching_values(figures, &watch)?;
    progress.finish();
    // An interrupted search has no result.
    Ok(if interrupt.token().is_stopped() { Vec::new() } else { found })
}

/// Reports an incomplete run, which the CSV table cannot hold.
fn report_interruption(outcome: &Outcome) {
    if !outcome.is_complete() {
        print_message(&format!("interrupted: {} of {} paths", outcome.paths, outcome.requested));
    }
}

pub(super) fn csv_failure(error: impl std::fmt::Display) -> Failure {
    Failure::Run(error.to_string())
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let PreparedScenario { study, warnings, .. } = arguments.scenario.prepare()?;
    let Arguments { paths: count, seed, .. } = *arguments;
    let interrupt = Interrupt::listen()?;
    let Simulation { outcome, variants } = simulate(&study, Paths { count, seed }, &interrupt)?;
    let switching_values =
        switching_values(&study, &ProjectionReport::switching_figures(), &interrupt)?;
    let mut report = ProjectionReport::new(&study, &outcome, &variants, &switching_values);
    for (key, text) in warnings {
        report.warn(key, text);
    }
    if arguments.csv {
        write(&report.to_csv().map_err(csv_failure)?)?;
        report_interruption(&outcome);
    } else if arguments.json {
        print_json(&report)?;
    } else {
        write(&report.shown(arguments.detail.detail()).to_string())?;
    }
    Ok(if report.is_complete() { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

pub(super) fn ledger(arguments: &LedgerArguments) -> Result<ExitCode, Failure> {
    let PreparedScenario { study, warnings, .. } = arguments.scenario.prepare()?;
    let LedgerArguments { paths: count, seed, .. } = *arguments;
    let interrupt = Interrupt::listen()?;
    let Simulation { outcome, variants } = simulate(&study, Paths { count, seed }, &interrupt)?;
    let switching_values =
        switching_values(&study, &LedgerReport::switching_figures(&outcome), &interrupt)?;
    let mut report = LedgerReport::new(&study, &outcome, &variants, &switching_values);
    for (key, text) in warnings {
        report.warn(key, text);
    }
    if arguments.csv {
        write(&report.to_csv().map_err(csv_failure)?)?;
        report_interruption(&outcome);
    } else if arguments.json {
        print_json(&report)?;
    } else {
        write(&report.shown(arguments.detail.detail()).to_string())?;
    }
    Ok(if report.is_complete() { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

pub(super) fn sensitivity(arguments: &SensitivityArguments) -> Result<ExitCode, Failure> {
    let PreparedScenario { study, warnings, .. } = arguments.scenario.prepare()?;
    let SensitivityArguments { samples, seed, .. } = *arguments;
    let interrupt = Interrupt::listen()?;
    let progress = StepProgress::new(samples, "samples");
    let watch = |done| {
        progress.set(done);
        !interrupt.token().is_stopped()
    };
    let found = study.sensitivity(samples, seed, &watch)?;
    progress.finish();
    let mut report = SensitivityReport::new(&study, &found);
    for (key, text) in warnings {
        report.warn(key, text);
    }
    match arguments.csv {
        true => write(&report.to_csv().map_err(csv_failure)?)?,
        false => print(&report, arguments.json)?,
    }
    Ok(if report.complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}
