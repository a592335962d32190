//! `hashwatt project`, `ledger` and `sensitivity`: a scenario over years.

use super::detail::DetailOptions;
use super::interrupt::Interrupt;
use super::output::tell;
use super::progress::Steps;
use super::scenario::{Ready, ScenarioOptions};
use super::{Failure, number, print, print_json, write};
use clap::Args;
use hashwatt::econ::result::{Figure, Outcome};
use hashwatt::econ::simulate::Paths;
use hashwatt::econ::view::switching_value::FigureSwitchingValues;
use hashwatt::econ::view::{ScenarioVariant, Study};
use hashwatt_report::{LedgerReport, ProjectionReport, SensitivityReport};
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
    #[arg(long, value_name = "N", default_value_t = Paths::default().count, value_parser = number::several, allow_hyphen_values = true)]
    paths: usize,
    /// Where the random numbers begin
    #[arg(long, value_name = "S", default_value_t = Paths::default().seed, value_parser = number::seed, allow_hyphen_values = true)]
    seed: u64,
    #[command(flatten)]
    detail: DetailOptions,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV: a figure a row
    #[arg(long)]
    csv: bool,
}

/// Say who gains and who pays: parties, flows, the nation, foreign exchange, carbon, by calendar year
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt ledger --scenario examples/scenarios/pakistan-2000mw.toml
  hashwatt ledger --scenario examples/scenarios/texas-wind-100mw.toml --csv > texas.csv")]
pub(super) struct LedgerArguments {
    #[command(flatten)]
    scenario: ScenarioOptions,
    /// Paths of the market
    #[arg(long, alias = "samples", value_name = "N", default_value_t = Paths::default().count, value_parser = number::several, allow_hyphen_values = true)]
    paths: usize,
    /// Where the random numbers begin
    #[arg(long, value_name = "S", default_value_t = Paths::default().seed, value_parser = number::seed, allow_hyphen_values = true)]
    seed: u64,
    #[command(flatten)]
    detail: DetailOptions,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV: a figure a row
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
    #[arg(long, value_name = "N", default_value_t = 1024, value_parser = number::several, allow_hyphen_values = true)]
    samples: usize,
    /// Where the random numbers begin
    #[arg(long, value_name = "S", default_value_t = Paths::default().seed, value_parser = number::seed, allow_hyphen_values = true)]
    seed: u64,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV: a number a row, of the figure, the tornado and the Sobol indices
    #[arg(long)]
    csv: bool,
}

/// A run over paths with what is told beside it.
pub(super) struct Followed {
    pub outcome: Outcome,
    pub variants: Vec<(ScenarioVariant, Outcome)>,
}

/// Follows the paths and the variants; an interrupt ends the paths early.
pub(super) fn follow(
    study: &Study,
    paths: Paths,
    interrupt: &Interrupt,
) -> Result<Followed, Failure> {
    let steps = Steps::of(paths.count, "paths");
    let watch = |done| {
        steps.at(done);
        !interrupt.token().is_stopped()
    };
    let outcome = study.simulate(paths, &watch)?;
    steps.end();
    Ok(Followed { outcome, variants: study.variants()? })
}

/// What turns the sign of figures; nothing after an interrupt.
pub(super) fn turns(
    study: &Study,
    figures: &[Figure],
    interrupt: &Interrupt,
) -> Result<Vec<FigureSwitchingValues>, Failure> {
    if interrupt.token().is_stopped() {
        return Ok(Vec::new());
    }
    let groups = study.resolved().table.drawn_groups().len();
    let steps = Steps::of(groups, "inputs");
    let watch = |done| {
        steps.at(done);
        !interrupt.token().is_stopped()
    };
    let found = study.turns(figures, &watch)?;
    steps.end();
    // Of a search that was cut short nothing is known.
    Ok(if interrupt.token().is_stopped() { Vec::new() } else { found })
}

/// Says that a table is of fewer paths, which the table itself has no place for.
fn tell_cut(outcome: &Outcome) {
    if !outcome.is_complete() {
        tell(&format!("interrupted: {} of {} paths", outcome.paths, outcome.asked));
    }
}

pub(super) fn written(error: impl std::fmt::Display) -> Failure {
    Failure::Run(error.to_string())
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Ready { study, told, .. } = arguments.scenario.study()?;
    let Arguments { paths: count, seed, .. } = *arguments;
    let interrupt = Interrupt::listen()?;
    let Followed { outcome, variants } = follow(&study, Paths { count, seed }, &interrupt)?;
    let turns = turns(&study, &ProjectionReport::turning(), &interrupt)?;
    let mut report = ProjectionReport::new(&study, &outcome, &variants, &turns);
    for (key, text) in told {
        report.warn(key, text);
    }
    if arguments.csv {
        write(&report.to_csv().map_err(written)?)?;
        tell_cut(&outcome);
    } else if arguments.json {
        print_json(&report)?;
    } else {
        write(&report.shown(arguments.detail.detail()).to_string())?;
    }
    Ok(if report.is_complete() { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

pub(super) fn ledger(arguments: &LedgerArguments) -> Result<ExitCode, Failure> {
    let Ready { study, told, .. } = arguments.scenario.study()?;
    let LedgerArguments { paths: count, seed, .. } = *arguments;
    let interrupt = Interrupt::listen()?;
    let Followed { outcome, variants } = follow(&study, Paths { count, seed }, &interrupt)?;
    let turns = turns(&study, &LedgerReport::turning(&outcome), &interrupt)?;
    let mut report = LedgerReport::new(&study, &outcome, &variants, &turns);
    for (key, text) in told {
        report.warn(key, text);
    }
    if arguments.csv {
        write(&report.to_csv().map_err(written)?)?;
        tell_cut(&outcome);
    } else if arguments.json {
        print_json(&report)?;
    } else {
        write(&report.shown(arguments.detail.detail()).to_string())?;
    }
    Ok(if report.is_complete() { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

pub(super) fn sensitivity(arguments: &SensitivityArguments) -> Result<ExitCode, Failure> {
    let Ready { study, told, .. } = arguments.scenario.study()?;
    let SensitivityArguments { samples, seed, .. } = *arguments;
    let interrupt = Interrupt::listen()?;
    let steps = Steps::of(samples, "samples");
    let watch = |done| {
        steps.at(done);
        !interrupt.token().is_stopped()
    };
    let found = study.sensitivity(samples, seed, &watch)?;
    steps.end();
    let mut report = SensitivityReport::new(&study, &found);
    for (key, text) in told {
        report.warn(key, text);
    }
    match arguments.csv {
        true => write(&report.to_csv().map_err(written)?)?,
        false => print(&report, arguments.json)?,
    }
    Ok(if report.complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}
