//! `hashwatt asic`: J/TH of a miner from a log of its own telemetry.

use super::{Failure, number, print};
use clap::{Args, ValueEnum};
use hashwatt::energy::{AsicError, AsicLog};
use hashwatt::uncertainty::Scope;
use hashwatt_report::AsicReport;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Work out an ASIC miner's J/TH from a log of its telemetry, as asic-rs or pyasic writes it
#[derive(Args)]
#[command(after_help = "Example:
  hashwatt asic telemetry.jsonl --scope node_wall --json > s21.json")]
pub(super) struct Arguments {
    /// Snapshots of one machine over time: a JSON array, or an object a line
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Which machine of the log: IP address, MAC or host name
    #[arg(long, value_name = "NAME")]
    machine: Option<String>,
    /// What the machine's power covers, as its maker has it
    #[arg(long, value_enum, default_value_t = Covers::AsicBoardDc)]
    scope: Covers,
    /// Difficulty of the pool's shares, where it was the same throughout: counts the work by them
    #[arg(long, value_name = "D", value_parser = number::positive, allow_hyphen_values = true)]
    share_difficulty: Option<f64>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// The two scopes that a miner's own power can have.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Covers {
    /// The DC side of its supply
    AsicBoardDc,
    /// The plug
    NodeWall,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let scope = match arguments.scope {
        Covers::AsicBoardDc => Scope::AsicBoardDc,
        Covers::NodeWall => Scope::NodeWall,
    };
    let log = AsicLog::read(&arguments.file).and_then(|log| match &arguments.machine {
        Some(name) => log.of_machine(name),
        None => Ok(log),
    });
    let found = log
        .and_then(|log| log.run(scope, arguments.share_difficulty))
        .map_err(|error| wrong(&arguments.file, &error))?;
    print(&AsicReport::from(&found), arguments.json)?;
    Ok(ExitCode::SUCCESS)
}

/// Whatever is wrong, it is wrong with the file or the options.
fn wrong(file: &Path, error: &AsicError) -> Failure {
    Failure::Input(match error {
        AsicError::SeveralMachines { .. } | AsicError::UnknownMachine { .. } => {
            format!("--machine: {error}")
        }
        AsicError::NoShares { .. } => format!("--share-difficulty: {error}"),
        AsicError::Unreadable { .. } => error.to_string(),
        error => format!("{}: {error}", file.display()),
    })
}
