//! `hashwatt compare`: two scenarios side by side.

use super::interrupt::Interrupt;
use super::keys::{KeyOptions, Setting};
use super::output::{print_as, tell};
use super::progress::Steps;
use super::scenario::Given;
use super::{Failure, number};
use clap::Args;
use hashwatt::econ::result::{Figure, Outcome};
use hashwatt::econ::scenario::Scenario;
use hashwatt::econ::simulate::{Draws, Paths};
use hashwatt::econ::view::Study;
use hashwatt::econ::view::headline::HeadlineParty;
use hashwatt_report::{ScenarioComparison, ScenarioSide};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Show two scenarios side by side: verdicts, main figures, the inputs that differ
#[derive(Args)]
#[command(
    after_help = "Both are followed with the same seed, so that a path has the same market in both.

Examples:
  hashwatt compare site.toml site-with-battery.toml
  hashwatt compare today.toml proposed.toml --years 2 --paths 200 --csv > difference.csv"
)]
pub(super) struct Arguments {
    /// The first scenario, a TOML file
    #[arg(value_name = "A.toml")]
    a: PathBuf,
    /// The second; differences are the second less the first
    #[arg(value_name = "B.toml")]
    b: PathBuf,
    /// Years of both, in place of the scenarios' [default there: 4]
    #[arg(long, value_name = "N", value_parser = number::positive, allow_hyphen_values = true)]
    years: Option<f64>,
    #[command(flatten)]
    keys: KeyOptions,
    /// Paths of the market, of each
    #[arg(long, value_name = "N", default_value_t = Paths::default().count, value_parser = number::several, allow_hyphen_values = true)]
    paths: usize,
    /// Where the random numbers begin
    #[arg(long, value_name = "S", default_value_t = Paths::default().seed, value_parser = number::seed, allow_hyphen_values = true)]
    seed: u64,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV: a number a row
    #[arg(long)]
    csv: bool,
}

/// One of the two, followed.
struct Side {
    name: String,
    scenario: Scenario,
    study: Study,
    steady: Outcome,
    outcome: Outcome,
    draws: Draws,
}

impl Side {
    fn follow(
        (scenario, study): (Scenario, Study),
        name: String,
        paths: Paths,
        interrupt: &Interrupt,
    ) -> Result<Self, Failure> {
        let steady = study.estimate()?;
        let steps = Steps::of(paths.count, "paths");
        let watch = |done| {
            steps.at(done);
            !interrupt.token().is_stopped()
        };
        let outcome = study.simulate(paths, &watch)?;
        let figures: Vec<Figure> = HeadlineParty::ALL.map(HeadlineParty::figure).to_vec();
        let draws = match interrupt.token().is_stopped() {
            true => Draws::default(),
            false => study.draws(&figures, paths, &watch)?,
        };
        steps.end();
        Ok(Self { name, scenario, study, steady, outcome, draws })
    }

    fn side(&self) -> ScenarioSide<'_> {
        let Self { name, scenario, study, steady, outcome, draws } = self;
        ScenarioSide { name, scenario, study, steady, outcome, draws }
    }
}

/// The names of the files, with as many of their folders as tell them apart.
fn names(a: &Path, b: &Path) -> [String; 2] {
    let name = |path: &Path, parts: usize| {
        let all: Vec<_> = path.components().collect();
        let kept = all[all.len().saturating_sub(parts)..].iter().collect::<PathBuf>();
        kept.display().to_string()
    };
    let longest = a.components().count().max(b.components().count());
    let apart = (1..=longest).find(|parts| name(a, *parts) != name(b, *parts)).unwrap_or(1);
    [name(a, apart), name(b, apart)]
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Arguments { paths: count, seed, years, ref keys, .. } = *arguments;
    // Mistakes in either are said before any of the work.
    let read = |path: &Path| {
        let mut given = Given::read(path)?;
        given.set_all(years.map(Setting::years).into_iter().chain(keys.settings()));
        given.study()
    };
    let (a, b) = (read(&arguments.a)?, read(&arguments.b)?);
    let [name_a, name_b] = names(&arguments.a, &arguments.b);
    let interrupt = Interrupt::listen()?;
    let paths = Paths { count, seed };
    let a = Side::follow(a, name_a, paths, &interrupt)?;
    if interrupt.token().is_stopped() {
        tell("interrupted: the second scenario was not followed, and nothing is compared");
        return Ok(interrupt.exit_code());
    }
    let b = Side::follow(b, name_b, paths, &interrupt)?;
    let report = ScenarioComparison::new(a.side(), b.side());
    print_as(&report, arguments.json, arguments.csv, || report.to_csv())?;
    Ok(if report.complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_one_name_are_called_by_their_folders() {
        let of = |a: &str, b: &str| names(Path::new(a), Path::new(b));
        assert_eq!(of("x/a.toml", "x/b.toml"), ["a.toml", "b.toml"]);
        assert_eq!(of("x/a.toml", "y/a.toml"), ["x/a.toml", "y/a.toml"]);
        assert_eq!(of("a.toml", "a.toml"), ["a.toml", "a.toml"]);
    }
}
