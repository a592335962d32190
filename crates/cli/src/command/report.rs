//! `hashwatt report`: a scenario as a page and as charts.

use super::interrupt::Interrupt;
use super::output::Place;
use super::progress::Steps;
use super::scenario::ScenarioOptions;
use super::{Failure, number};
use clap::Args;
use hashwatt::econ::Settings;
use hashwatt_report::{Chart, Study, StudySettings, StudyWatch, Subject, page, pictures};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Write a scenario's result as one HTML page with charts, tables and sources, or its charts alone
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt report --scenario examples/scenarios/pakistan-2000mw.toml -o pakistan.html
  hashwatt report --scenario site.toml -o site.html --charts charts --force")]
pub(super) struct Arguments {
    #[command(flatten)]
    scenario: ScenarioOptions,
    /// Where the page goes
    #[arg(short, long, value_name = "FILE", required_unless_present = "charts")]
    output: Option<PathBuf>,
    /// A folder for each chart as an SVG file; it is made where it is not there
    #[arg(long, value_name = "DIR")]
    charts: Option<PathBuf>,
    /// Replace files that are there
    #[arg(long)]
    force: bool,
    /// Paths of the market
    #[arg(long, value_name = "N", default_value_t = Settings::default().paths, value_parser = number::several, allow_hyphen_values = true)]
    paths: usize,
    /// Samples of each matrix of the sensitivity's design
    #[arg(long, value_name = "N", default_value_t = StudySettings::default().samples, value_parser = number::several, allow_hyphen_values = true)]
    samples: usize,
    /// Draws behind the ledger's bands
    #[arg(long, value_name = "N", default_value_t = StudySettings::default().draws, value_parser = number::several, allow_hyphen_values = true)]
    draws: usize,
    /// Where the random numbers begin
    #[arg(long, value_name = "S", default_value_t = Settings::default().seed, value_parser = number::seed, allow_hyphen_values = true)]
    seed: u64,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Arguments { force, paths, samples, draws, seed, .. } = *arguments;
    let output = arguments.output.as_ref().map(|path| Place::new(path, force)).transpose()?;
    let named = arguments.scenario.read()?;
    let (case, project) = (named.case()?, arguments.scenario.project_of(&named)?);
    if let Some(folder) = &arguments.charts {
        std::fs::create_dir_all(folder)
            .map_err(|error| Failure::Input(format!("{}: {error}", folder.display())))?;
    }

    let interrupt = Interrupt::listen()?;
    let settings = StudySettings { paths: Settings { paths, seed }, samples, draws };
    let (followed, sampled) = (Steps::of(paths, "paths"), Steps::of(samples, "samples"));
    let drawn = Steps::of(draws, "draws");
    let goes_on = |steps: &Steps, done| {
        steps.at(done);
        !interrupt.token().is_stopped()
    };
    let watch = StudyWatch {
        paths: &|done| goes_on(&followed, done),
        samples: &|done| goes_on(&sampled, done),
        draws: &|done| goes_on(&drawn, done),
    };
    let title = named.title().map(str::to_owned);
    let ledger = named.ledger_where_there_is_one()?;
    let study = Study::of(Subject { title, case, project, ledger }, &settings, watch)?;
    [followed, sampled, drawn].iter().for_each(Steps::end);

    // Everything is there before the first file is.
    let failed = |error: &dyn std::fmt::Display| Failure::Run(error.to_string());
    let page = output.as_ref().map(|_| page(&study)).transpose().map_err(|error| failed(&error))?;
    let mut files = Vec::new();
    if let Some(folder) = &arguments.charts {
        let (charts, _) = pictures(&study).map_err(|error| failed(&error))?;
        for chart in &charts {
            files.push((Place::new(&file_of(folder, chart), force)?, chart.to_svg()));
        }
    }
    files.extend(output.zip(page));
    files.iter().try_for_each(|(place, text)| place.write(text))?;
    let complete = study.is_complete() && !interrupt.token().is_stopped();
    Ok(if complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

fn file_of(folder: &Path, chart: &Chart) -> PathBuf {
    folder.join(format!("{}.svg", chart.name))
}
