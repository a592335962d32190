//! `hashwatt report`: a scenario's results as one HTML page.

use super::interrupt::Interrupt;
use super::output::OutputFile;
use super::progress::StepProgress;
use super::project::{Simulation, simulate, switching_values};
use super::scenario::{PreparedScenario, ScenarioOptions};
use super::{Failure, value_parsers};
use clap::Args;
use hashwatt::econ::EconError;
use hashwatt::econ::simulate::Paths;
use hashwatt::econ::view::Study;
use hashwatt::econ::view::headline::Headline;
use hashwatt::econ::view::tariff::TariffCurve;
use hashwatt_report::page::{PageAbout, PageFile, PageParts};
use hashwatt_report::{EstimateReport, LedgerReport, Page, ProjectionReport, SensitivityReport};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Write a scenario's results as an HTML page: who gains and who pays, figures, inputs with sources
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt report --scenario examples/scenarios/pakistan-2000mw.toml -o pakistan.html
  hashwatt report --scenario site.toml --samples 1024 -o site.html --force")]
pub(super) struct Arguments {
    #[command(flatten)]
    scenario: ScenarioOptions,
    /// File to write the page to
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Also write the data and chart of every figure, and every input, to this folder
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Replace existing files
    #[arg(long)]
    force: bool,
    /// Number of simulated market paths
    #[arg(long, value_name = "N", default_value_t = Paths::default().count, value_parser = value_parsers::positive_count, allow_hyphen_values = true)]
    paths: usize,
    /// Also run a sensitivity analysis with this many samples
    #[arg(long, value_name = "N", value_parser = value_parsers::positive_count, allow_hyphen_values = true)]
    samples: Option<usize>,
    /// Seed of the random numbers
    #[arg(long, value_name = "S", default_value_t = Paths::default().seed, value_parser = value_parsers::seed, allow_hyphen_values = true)]
    seed: u64,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Arguments { force, paths: count, seed, .. } = *arguments;
    check_extension(&arguments.output)?;
    let output = OutputFile::new(&arguments.output, force)?;
    let data = arguments.data.as_deref().map(|folder| data_folder(folder, force)).transpose()?;
    let PreparedScenario { study, sha256, settings, warnings } = arguments.scenario.prepare()?;
    let steady = study.estimate()?;
    let mut estimate = EstimateReport::new(&study, &steady);
    for (key, text) in warnings {
        estimate.warn(key, text);
    }
    let interrupt = Interrupt::listen()?;
    let paths = Paths { count, seed };
    let Simulation { outcome, variants } = simulate(&study, paths, &interrupt)?;
    let of_project = switching_values(&study, &ProjectionReport::switching_figures(), &interrupt)?;
    let of_parties =
        switching_values(&study, &LedgerReport::switching_figures(&outcome), &interrupt)?;
    let projection = ProjectionReport::new(&study, &outcome, &variants, &of_project);
    let ledger = LedgerReport::new(&study, &outcome, &variants, &of_parties);
    let curve = tariff_curve(&study, paths, &interrupt)?;
    let sensitivity = match arguments.samples {
        Some(samples) => sensitivity(&study, (samples, seed), &mut estimate, &interrupt)?,
        None => None,
    };
    let about = PageAbout {
        created: today(),
        scenario_sha256: sha256.map_or_else(String::new, hex),
        settings,
    };
    let headline = Headline::new(&outcome, &of_parties);
    let page = Page::new(PageParts {
        study: &study,
        steady: &steady,
        outcome: &outcome,
        headline: &headline,
        curve: curve.as_ref(),
        estimate: &estimate,
        projection: &projection,
        ledger: &ledger,
        sensitivity: sensitivity.as_ref(),
        about: &about,
    });
    let page = page.map_err(|error| Failure::Run(error.to_string()))?;
    let html = page.html().map_err(|error| Failure::Run(error.to_string()))?;
    output.write(&html)?;
    if let Some(folder) = data {
        let ledger = ledger.to_csv().map_err(|error| Failure::Run(error.to_string()))?;
        let figures = PageFile { name: "figures.csv".to_owned(), text: ledger };
        for file in page.files().iter().chain([&figures]) {
            OutputFile::new(&folder.join(&file.name), force)?.write(&file.text)?;
        }
    }
    let complete = projection.is_complete() && !interrupt.token().is_stopped();
    Ok(if complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

/// Today's date in UTC, or that of `SOURCE_DATE_EPOCH` if it is set, for reproducible pages.
fn today() -> jiff::civil::Date {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    let time = epoch.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    jiff::tz::Offset::UTC.to_datetime(time.unwrap_or_else(jiff::Timestamp::now)).date()
}

/// Refuses the extensions of formats other than HTML, and names the way to them.
fn check_extension(path: &Path) -> Result<(), Failure> {
    if path.as_os_str() == "-" {
        let message = "--output: the page is written to a file; give its name, such as page.html";
        return Err(Failure::Input(message.to_owned()));
    }
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("");
    let extension = extension.to_ascii_lowercase();
    match extension.as_str() {
        "pdf" | "docx" | "doc" | "odt" | "md" | "txt" | "png" | "svg" => {
            Err(Failure::Input(format!(
                "--output: `{}` is not HTML; give a name that ends in .html, then open the page in a browser \
                 and print it to PDF",
                path.display()
            )))
        }
        "json" | "csv" => Err(Failure::Input(format!(
            "--output: `{}` is not HTML; `hashwatt ledger --{extension}` prints the figures, and --data DIR \
             writes them to a folder",
            path.display()
        ))),
        _ => Ok(()),
    }
}

/// Creates the folder of the data if needed, and checks that it is empty or may be overwritten.
fn data_folder(folder: &Path, force: bool) -> Result<PathBuf, Failure> {
    let failure = |reason: &dyn std::fmt::Display| {
        Failure::Input(format!("--data: {}: {reason}", folder.display()))
    };
    std::fs::create_dir_all(folder).map_err(|error| failure(&error.kind()))?;
    let mut entries = std::fs::read_dir(folder).map_err(|error| failure(&error.kind()))?;
    match entries.next().is_some() && !force {
        true => {
            Err(failure(&"is not empty; give another folder, or --force to replace files in it"))
        }
        false => Ok(folder.to_owned()),
    }
}

/// The parties' results at other tariffs; `None` after an interrupt.
fn tariff_curve(
    study: &Study,
    paths: Paths,
    interrupt: &Interrupt,
) -> Result<Option<TariffCurve>, Failure> {
    if interrupt.token().is_stopped() {
        return Ok(None);
    }
    let progress =
        StepProgress::new(paths.count * TariffCurve::EXPECTED_POINTS, "paths at other tariffs");
    let watch = |done| {
        progress.set(done);
        !interrupt.token().is_stopped()
    };
    let found = study.tariff_curve(paths, &watch);
    progress.finish();
    match found {
        Err(_) if interrupt.token().is_stopped() => Ok(None),
        found => Ok(found?),
    }
}

/// The sensitivity analysis; without a result to analyse, a warning gives the reason.
fn sensitivity(
    study: &Study,
    (samples, seed): (usize, u64),
    estimate: &mut EstimateReport,
    interrupt: &Interrupt,
) -> Result<Option<SensitivityReport>, Failure> {
    if interrupt.token().is_stopped() {
        return Ok(None);
    }
    let progress = StepProgress::new(samples, "samples");
    let watch = |done| {
        progress.set(done);
        !interrupt.token().is_stopped()
    };
    let found = study.sensitivity(samples, seed, &watch);
    progress.finish();
    match found {
        Ok(found) => Ok(Some(SensitivityReport::new(study, &found))),
        Err(error @ EconError::NoResult { .. }) => {
            estimate.warn("no_sensitivity", error.to_string());
            Ok(None)
        }
        Err(_) if interrupt.token().is_stopped() => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn hex(bytes: [u8; 32]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
