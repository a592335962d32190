//! `hashwatt ledger`: who gains and who pays.

use super::interrupt::Interrupt;
use super::live::LiveOptions;
use super::output::tell;
use super::progress::Steps;
use super::{Failure, number, print, scenario, write};
use clap::Args;
use hashwatt::econ::LedgerSettings;
use hashwatt_report::LedgerReport;
use std::path::PathBuf;
use std::process::ExitCode;

/// Say who gains and who pays: payers and payees, references, months, and what turns each result
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt ledger --scenario examples/scenarios/pakistan-2000mw.toml
  hashwatt ledger --scenario examples/scenarios/texas-wind-100mw.toml --csv > texas.csv")]
pub(super) struct Arguments {
    /// The scenario, a TOML file with tables under [ledger]
    #[arg(long, value_name = "FILE")]
    scenario: PathBuf,
    #[command(flatten)]
    live: LiveOptions,
    /// Draws behind the bands
    #[arg(long, value_name = "N", default_value_t = LedgerSettings::default().samples, value_parser = number::several, allow_hyphen_values = true)]
    samples: usize,
    /// Where the random numbers begin
    #[arg(long, value_name = "S", default_value_t = LedgerSettings::default().seed, value_parser = number::seed, allow_hyphen_values = true)]
    seed: u64,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print CSV: a figure a row
    #[arg(long)]
    csv: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let inputs = scenario::read(&arguments.scenario)?.with_live(&arguments.live)?.ledger()?;
    let Arguments { samples, seed, .. } = *arguments;
    let (interrupt, steps) = (Interrupt::listen()?, Steps::of(samples, "draws"));
    let watch = |done| {
        steps.at(done);
        !interrupt.token().is_stopped()
    };
    let found = inputs.ledger_watched(&LedgerSettings { samples, seed }, &watch)?;
    steps.end();
    let report = LedgerReport::from(&found);
    match arguments.csv {
        true => write(&report.to_csv().map_err(|error| Failure::Run(error.to_string()))?)?,
        false => print(&report, arguments.json)?,
    }
    if arguments.csv && !report.complete {
        tell(&format!("interrupted: {} of {samples} draws", report.samples));
    }
    Ok(if report.complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}
