//! `hashwatt compare`: two scenarios side by side.

use super::interrupt::Interrupt;
use super::keys::{KeyOptions, Setting};
use super::output::{print_as, print_message};
use super::progress::StepProgress;
use super::scenario::ScenarioInput;
use super::{Failure, value_parsers};
use clap::Args;
use hashwatt::econ::result::{Figure, Outcome};
use hashwatt::econ::scenario::Scenario;
use hashwatt::econ::simulate::{Draws, Paths};
use hashwatt::econ::view::Study;
use hashwatt::econ::view::headline::HeadlineParty;
use hashwatt_report::ScenarioComparison;
use hashwatt_report::scenario_comparison::ScenarioSide;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Compare two scenarios side by side: verdicts, main figures, the inputs that differ
#[derive(Args)]
#[command(
    after_help = "Both scenarios are simulated with the same seed, so each path has the same market in both.

Examples:
  hashwatt compare site.toml site-with-battery.toml
  hashwatt compare today.toml proposed.toml --years 2 --paths 200 --csv > difference.csv"
)]
pub(super) struct Arguments {
    /// First scenario, a TOML file
    #[arg(value_name = "A.toml")]
    a: PathBuf,
    /// Second scenario; differences are the second minus the first
    #[arg(value_name = "B.toml")]
    b: PathBuf,
    /// Length of both in years, overriding the scenarios [default: each scenario's, or 4]
    #[arg(long, value_name = "N", value_parser = value_parsers::positive, allow_hyphen_values = true)]
    years: Option<f64>,
    #[command(flatten)]
    keys: KeyOptions,
    /// Number of simulated market paths for each scenario
    #[arg(long, value_name = "N", default_value_t = Paths::default().count, value_parser = value_parsers::positive_count, allow_hyphen_values = true)]
    paths: usize,
    /// Seed of the random numbers
    #[arg(long, value_name = "S", default_value_t = Paths::default().seed, value_parser = value_parsers::seed, allow_hyphen_values = true)]
    seed: u64,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV, one row per number
    #[arg(long)]
    csv: bool,
}

/// One of the two scenarios, with its results.
struct ComparedScenario {
    name: String,
    scenario: Scenario,
    study: Study,
    steady: Outcome,
    outcome: Outcome,
    draws: Draws,
}

impl ComparedScenario {
    fn simulate(
        (scenario, study): (Scenario, Study),
        name: String,
        paths: Paths,
        interrupt: &Interrupt,
    ) -> Result<Self, Failure> {
        let steady = study.estimate()?;
        let progress = StepProgress::new(paths.count, "paths");
        let watch = |done| {
            progress.set(done);
            !interrupt.token().is_stopped()
        };
        let outcome = study.simulate(paths, &watch)?;
        let figures: Vec<Figure> = HeadlineParty::ALL.map(HeadlineParty::figure).to_vec();
        let draws = match interrupt.token().is_stopped() {
            true => Draws::default(),
            false => study.draws(&figures, paths, &watch)?,
        };
        progress.finish();
        Ok(Self { name, scenario, study, steady, outcome, draws })
    }

    fn side(&self) -> ScenarioSide<'_> {
        let Self { name, scenario, study, steady, outcome, draws } = self;
        ScenarioSide { name, scenario, study, steady, outcome, draws }
    }
}

/// The names of the files, with as many parent folders as are needed to distinguish them.
fn distinct_names(a: &Path, b: &Path) -> [String; 2] {
    let name = |path: &Path, parts: usize| {
        let all: Vec<_> = path.components().collect();
        let kept = all[all.len().saturating_sub(parts)..].iter().collect::<PathBuf>();
        kept.display().to_string()
    };
    let max_parts = a.components().count().max(b.components().count());
    let parts = (1..=max_parts).find(|parts| name(a, *parts) != name(b, *parts)).unwrap_or(1);
    [name(a, parts), name(b, parts)]
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Arguments { paths: count, seed, years, ref keys, .. } = *arguments;
    // Mistakes in either scenario are reported before the simulation starts.
    let read = |path: &Path| {
        let mut input = ScenarioInput::read(path)?;
        input.apply(years.map(Setting::years).into_iter().chain(keys.settings()));
        input.into_study()
    };
    let (a, b) = (read(&arguments.a)?, read(&arguments.b)?);
    let [name_a, name_b] = distinct_names(&arguments.a, &arguments.b);
    let interrupt = Interrupt::listen()?;
    let paths = Paths { count, seed };
    let a = ComparedScenario::simulate(a, name_a, paths, &interrupt)?;
    if interrupt.token().is_stopped() {
        print_message(
            "interrupted before the second scenario was simulated; there is no comparison",
        );
        return Ok(interrupt.exit_code());
    }
    let b = ComparedScenario::simulate(b, name_b, paths, &interrupt)?;
    let report = ScenarioComparison::new(a.side(), b.side());
    print_as(&report, arguments.json, arguments.csv, || report.to_csv())?;
    Ok(if report.complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scenarios_with_equal_file_names_are_named_with_folders() {
        let names = |a: &str, b: &str| distinct_names(Path::new(a), Path::new(b));
        assert_eq!(names("x/a.toml", "x/b.toml"), ["a.toml", "b.toml"]);
        assert_eq!(names("x/a.toml", "y/a.toml"), ["x/a.toml", "y/a.toml"]);
        assert_eq!(names("a.toml", "a.toml"), ["a.toml", "a.toml"]);
    }
}
