//! `hashwatt report`: a scenario's results as one page.

use super::interrupt::Interrupt;
use super::output::Place;
use super::progress::Steps;
use super::project::{Followed, follow, turns};
use super::scenario::{Ready, ScenarioOptions};
use super::{Failure, number};
use clap::Args;
use hashwatt::econ::EconError;
use hashwatt::econ::simulate::Paths;
use hashwatt::econ::view::Study;
use hashwatt::econ::view::headline::Headline;
use hashwatt::econ::view::tariff::TariffCurve;
use hashwatt_report::{
    EstimateReport, LedgerReport, Page, PageAbout, PageFile, PageParts, ProjectionReport,
    SensitivityReport,
};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Write a scenario's results as one HTML page: who gains and who pays, figures, inputs with sources
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
    /// Also write every figure's data and chart and every input into this folder
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Replace files that are there
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
    is_html(&arguments.output)?;
    let output = Place::new(&arguments.output, force)?;
    let data = arguments.data.as_deref().map(|folder| data_folder(folder, force)).transpose()?;
    let Ready { study, sha256, settings, told } = arguments.scenario.study()?;
    let steady = study.estimate()?;
    let mut estimate = EstimateReport::new(&study, &steady);
    for (key, text) in told {
        estimate.warn(key, text);
    }
    let interrupt = Interrupt::listen()?;
    let paths = Paths { count, seed };
    let Followed { outcome, variants } = follow(&study, paths, &interrupt)?;
    let of_project = turns(&study, &ProjectionReport::turning(), &interrupt)?;
    let of_parties = turns(&study, &LedgerReport::turning(&outcome), &interrupt)?;
    let projection = ProjectionReport::new(&study, &outcome, &variants, &of_project);
    let ledger = LedgerReport::new(&study, &outcome, &variants, &of_parties);
    let curve = curve(&study, paths, &interrupt)?;
    let sensitivity = match arguments.samples {
        Some(samples) => sensitivity(&study, (samples, seed), &mut estimate, &interrupt)?,
        None => None,
    };
    let about = PageAbout {
        created: today(),
        scenario_sha256: sha256.map_or_else(String::new, hexadecimal),
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
            Place::new(&folder.join(&file.name), force)?.write(&file.text)?;
        }
    }
    let complete = projection.is_complete() && !interrupt.token().is_stopped();
    Ok(if complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

/// The day in universal time; that of `SOURCE_DATE_EPOCH`, where it is set, so that a page can be made again.
fn today() -> jiff::civil::Date {
    let told = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    let told = told.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    jiff::tz::Offset::UTC.to_datetime(told.unwrap_or_else(jiff::Timestamp::now)).date()
}

/// A page is HTML; what prints it makes other formats.
fn is_html(path: &Path) -> Result<(), Failure> {
    if path.as_os_str() == "-" {
        let told = "--output: a page goes to a file; give its name, such as page.html";
        return Err(Failure::Input(told.to_owned()));
    }
    let end = path.extension().and_then(|end| end.to_str()).unwrap_or("").to_ascii_lowercase();
    match end.as_str() {
        "pdf" | "docx" | "doc" | "odt" | "md" | "txt" | "png" | "svg" => {
            Err(Failure::Input(format!(
                "--output: `{}` is not HTML; give a name that ends in .html, open it in a browser and print it \
                 to a file for PDF",
                path.display()
            )))
        }
        "json" | "csv" => Err(Failure::Input(format!(
            "--output: `{}` is not HTML; `hashwatt ledger --{end}` prints the figures, and --data DIR writes them \
             beside the page",
            path.display()
        ))),
        _ => Ok(()),
    }
}

/// The folder of the data, made where it is not there, and whether its files can be written.
fn data_folder(folder: &Path, force: bool) -> Result<PathBuf, Failure> {
    let wrong = |reason: &dyn std::fmt::Display| {
        Failure::Input(format!("--data: {}: {reason}", folder.display()))
    };
    std::fs::create_dir_all(folder).map_err(|error| wrong(&error.kind()))?;
    let mut entries = std::fs::read_dir(folder).map_err(|error| wrong(&error.kind()))?;
    match entries.next().is_some() && !force {
        true => Err(wrong(&"is not empty; give another folder, or --force to replace files in it")),
        false => Ok(folder.to_owned()),
    }
}

/// What the parties have at other tariffs; none after an interrupt.
fn curve(
    study: &Study,
    paths: Paths,
    interrupt: &Interrupt,
) -> Result<Option<TariffCurve>, Failure> {
    if interrupt.token().is_stopped() {
        return Ok(None);
    }
    let steps = Steps::of(paths.count * TariffCurve::LOOKS, "paths at other tariffs");
    let watch = |done| {
        steps.at(done);
        !interrupt.token().is_stopped()
    };
    let found = study.tariff_curve(paths, &watch);
    steps.end();
    match found {
        Err(_) if interrupt.token().is_stopped() => Ok(None),
        found => Ok(found?),
    }
}

/// What the result depends on; where there is none, the page says why.
fn sensitivity(
    study: &Study,
    (samples, seed): (usize, u64),
    estimate: &mut EstimateReport,
    interrupt: &Interrupt,
) -> Result<Option<SensitivityReport>, Failure> {
    if interrupt.token().is_stopped() {
        return Ok(None);
    }
    let steps = Steps::of(samples, "samples");
    let watch = |done| {
        steps.at(done);
        !interrupt.token().is_stopped()
    };
    let found = study.sensitivity(samples, seed, &watch);
    steps.end();
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

fn hexadecimal(bytes: [u8; 32]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
