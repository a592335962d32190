//! `hashwatt asic`: J/TH of a miner from a log of its telemetry.

use super::{Failure, print, value_parsers};
use clap::{Args, ValueEnum};
use hashwatt::energy::{AsicError, AsicLog};
use hashwatt::uncertainty::Scope;
use hashwatt_report::AsicReport;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Compute an ASIC miner's J/TH from a telemetry log written by asic-rs or pyasic
#[derive(Args)]
#[command(after_help = "Example:
  hashwatt asic telemetry.jsonl --scope node_wall --json > s21.json")]
pub(super) struct Arguments {
    /// Snapshots of one machine over time: a JSON array, or one JSON object per line
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Machine in the log, by IP address, MAC address or host name
    #[arg(long, value_name = "NAME")]
    machine: Option<String>,
    /// What the power reading of the machine covers, according to its maker
    #[arg(long, value_enum, default_value_t = PowerScope::AsicBoardDc)]
    scope: PowerScope,
    /// Difficulty of the pool's shares, if constant throughout the log; counts the work by shares
    #[arg(long, value_name = "D", value_parser = value_parsers::positive, allow_hyphen_values = true)]
    share_difficulty: Option<f64>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// The two scopes of a miner's own power reading.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum PowerScope {
    /// DC side of the power supply
    AsicBoardDc,
    /// Wall plug
    NodeWall,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let scope = match arguments.scope {
        PowerScope::AsicBoardDc => Scope::AsicBoardDc,
        PowerScope::NodeWall => Scope::NodeWall,
    };
    let log = AsicLog::read(&arguments.file).and_then(|log| match &arguments.machine {
        Some(name) => log.of_machine(name),
        None => Ok(log),
    });
    let found = log
        .and_then(|log| log.run(scope, arguments.share_difficulty))
        .map_err(|error| failure(&arguments.file, &error))?;
    print(&AsicReport::from(&found), arguments.json)?;
    Ok(ExitCode::SUCCESS)
}

/// The failure of a log, with the option or the file that caused it.
fn failure(file: &Path, error: &AsicError) -> Failure {
    Failure::Input(match error {
        AsicError::SeveralMachines { .. } | AsicError::UnknownMachine { .. } => {
            format!("--machine: {error}")
        }
        AsicError::NoShares { .. } => format!("--share-difficulty: {error}"),
        AsicError::Unreadable { .. } => error.to_string(),
        error => format!("{}: {error}", file.display()),
    })
}
