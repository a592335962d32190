//! `hashwatt report`: a scenario as a page and as charts.

use super::Failure;
use super::interrupt::Interrupt;
use super::output::Place;
use super::progress::Steps;
use super::scenario::ScenarioOptions;
use clap::Args;
use hashwatt::econ::{Settings, Watch};
use hashwatt::report::{Chart, Study, StudySettings, page, pictures};
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
    #[arg(long, value_name = "N", default_value_t = Settings::default().paths)]
    paths: usize,
    /// Samples of each matrix of the sensitivity's design
    #[arg(long, value_name = "N", default_value_t = StudySettings::default().samples)]
    samples: usize,
    /// Where the random numbers begin
    #[arg(long, value_name = "S", default_value_t = Settings::default().seed)]
    seed: u64,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Arguments { force, paths, samples, seed, .. } = *arguments;
    let output = arguments.output.as_ref().map(|path| Place::new(path, force)).transpose()?;
    let named = arguments.scenario.read()?;
    let (case, project) = (named.case()?, arguments.scenario.project_of(&named)?);
    if let Some(folder) = &arguments.charts {
        std::fs::create_dir_all(folder)
            .map_err(|error| Failure::Input(format!("{}: {error}", folder.display())))?;
    }

    let interrupt = Interrupt::listen()?;
    let settings = StudySettings { paths: Settings { paths, seed }, samples };
    let (followed, sampled) = (Steps::of(paths, "paths"), Steps::of(samples, "samples"));
    let goes_on = |steps: &Steps, done| {
        steps.at(done);
        !interrupt.token().is_stopped()
    };
    let watches: [Watch<'_>; 2] =
        [&|done| goes_on(&followed, done), &|done| goes_on(&sampled, done)];
    let study = Study::of(named.title().map(str::to_owned), case, project, &settings, watches)?;
    followed.end();
    sampled.end();

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
    let complete = study.projection.is_complete() && !interrupt.token().is_stopped();
    Ok(if complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

fn file_of(folder: &Path, chart: &Chart) -> PathBuf {
    folder.join(format!("{}.svg", chart.name))
}
