//! The command line. Results go to stdout, everything else to stderr. Exit codes: 0, 1 (the run
//! failed), 2 (bad usage or input), 3 (the second bench is slower), 4 (the comparison of benches is
//! inconclusive because one has no interval), 130 and 143 (interrupted or terminated, with a partial
//! result).

mod asic;
mod backtest;
mod bench;
mod compare;
mod completions;
mod detail;
#[cfg(feature = "gpu")]
mod devices;
mod estimate;
mod files;
mod init;
mod interrupt;
mod kernels;
mod keys;
mod live;
mod machines;
mod meters;
mod network;
mod output;
mod progress;
mod project;
mod regions;
mod report;
mod saved_bench;
mod scan;
mod scanner_options;
mod scenario;
mod schema;
mod sweep;
mod value_parsers;

use clap::error::{ContextKind, ErrorKind};
use clap::{Parser, Subcommand};
use hashwatt::econ::EconError;
use hashwatt::econ::scenario::ScenarioError;
use hashwatt::energy::MeterError;
use hashwatt::measure::MeasureError;
use hashwatt::pow::PowError;
use hashwatt::scan::ScanError;
use output::{print, print_json, write};
use std::process::ExitCode;

/// Measure SHA-256d hashes per joule, and model what a power budget becomes in Bitcoin's network
#[derive(Parser)]
#[command(
    name = "hashwatt",
    version,
    arg_required_else_help = true,
    max_term_width = 80,
    after_help = "Examples:
  hashwatt bench
  hashwatt estimate --mw 2000
  hashwatt project --scenario examples/scenarios/pakistan-2000mw.toml"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Estimate(Box<estimate::Arguments>),
    Project(project::Arguments),
    Sensitivity(project::SensitivityArguments),
    Ledger(project::LedgerArguments),
    Compare(compare::Arguments),
    Sweep(Box<sweep::Arguments>),
    Report(report::Arguments),
    Network(network::Arguments),
    Backtest(backtest::Arguments),
    Init(init::Arguments),
    Machines(machines::Arguments),
    Regions(regions::Arguments),
    Scan(scan::Arguments),
    Bench(bench::Arguments),
    Asic(asic::Arguments),
    Meters(meters::Arguments),
    Kernels(kernels::Arguments),
    #[cfg(feature = "gpu")]
    Devices(devices::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Completions),
    Man(completions::Manual),
}

/// Why a command ended without its result.
enum Failure {
    /// Bad input: exit code 2.
    Input(String),
    /// Like [`Self::Input`], but with several mistakes, each printed on its own line.
    Inputs(Vec<String>),
    /// The run failed: exit code 1.
    Run(String),
}

/// Parses the arguments, runs the command and returns its exit code.
pub fn run() -> ExitCode {
    output::ignore_file_size_signal();
    let parsed = match Cli::try_parse() {
        Ok(parsed) => parsed,
        Err(error) => return usage(&error),
    };
    let result = match parsed.command {
        Command::Estimate(arguments) => estimate::run(&arguments),
        Command::Project(arguments) => project::run(&arguments),
        Command::Sensitivity(arguments) => project::sensitivity(&arguments),
        Command::Ledger(arguments) => project::ledger(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Sweep(arguments) => sweep::run(&arguments),
        Command::Report(arguments) => report::run(&arguments),
        Command::Network(arguments) => network::run(&arguments),
        Command::Backtest(arguments) => backtest::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Machines(arguments) => machines::run(&arguments),
        Command::Regions(arguments) => regions::run(&arguments),
        Command::Scan(arguments) => scan::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Asic(arguments) => asic::run(&arguments),
        Command::Meters(arguments) => meters::run(&arguments),
        Command::Kernels(arguments) => kernels::run(&arguments),
        #[cfg(feature = "gpu")]
        Command::Devices(arguments) => devices::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => completions::run_manual(&arguments),
    };
    match result {
        Ok(code) => code,
        Err(Failure::Input(message)) => fail(&message, 2),
        Err(Failure::Inputs(messages)) => {
            for message in messages {
                output::print_message(&format!("error: {message}"));
            }
            ExitCode::from(2)
        }
        Err(Failure::Run(message)) => fail(&message, 1),
    }
}

fn fail(message: &str, code: u8) -> ExitCode {
    output::print_message(&format!("error: {message}"));
    ExitCode::from(code)
}

/// The message for an option of live data without a source of it.
const LIVE_SOURCE_REQUIRED: &str =
    "--or-snapshot, --allow-http and --live-deadline require --live, --node or --api (see --help)";

/// Whether an option of live data is given without a source of it.
fn lacks_live_source(error: &clap::Error) -> bool {
    let missing = error.get(ContextKind::InvalidArg).map(ToString::to_string);
    missing.is_some_and(|missing| missing.contains("--live|"))
}

/// Prints help and version as results, and every mistake as one line that names the option.
fn usage(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            match output::finish_stdout(error.print()) {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => fail(&format!("stdout: {error}"), 1),
            }
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            ExitCode::from(2)
        }
        ErrorKind::MissingRequiredArgument if lacks_live_source(error) => {
            fail(LIVE_SOURCE_REQUIRED, 2)
        }
        _ => {
            let rendered = error.render().to_string();
            let lines: Vec<_> = rendered
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .take_while(|line| !line.starts_with("Usage:"))
                .filter(|line| !line.starts_with("For more information"))
                .collect();
            let message = lines.join(" ");
            // The error of an invalid value contains its own remedy.
            let hint = match error.kind() {
                ErrorKind::ValueValidation => "",
                _ => " (see --help)",
            };
            fail(&format!("{}{hint}", message.trim_start_matches("error: ")), 2)
        }
    }
}

impl From<EconError> for Failure {
    fn from(error: EconError) -> Self {
        Self::Input(error.to_string())
    }
}

impl From<ScenarioError> for Failure {
    fn from(error: ScenarioError) -> Self {
        Self::Inputs(scenario::mistake_lines(&error, |mistake| mistake.to_string()))
    }
}

impl From<PowError> for Failure {
    fn from(error: PowError) -> Self {
        Self::Input(error.to_string())
    }
}

impl From<MeterError> for Failure {
    fn from(error: MeterError) -> Self {
        match error {
            MeterError::NotAPower { .. } | MeterError::BadSetting { .. } => {
                Self::Input(error.to_string())
            }
            _ => Self::Run(error.to_string()),
        }
    }
}

impl From<ScanError> for Failure {
    fn from(error: ScanError) -> Self {
        match error {
            ScanError::RangePastEnd { .. }
            | ScanError::Threads { .. }
            | ScanError::Pinning { .. }
            | ScanError::TooFewProcessors { .. }
            | ScanError::Time { .. }
            | ScanError::NoAdapter { .. }
            | ScanError::KernelUnavailable { .. } => Self::Input(error.to_string()),
            _ => Self::Run(error.to_string()),
        }
    }
}

impl From<MeasureError> for Failure {
    fn from(error: MeasureError) -> Self {
        match error {
            MeasureError::Scan(error) => error.into(),
            _ => Self::Input(error.to_string()),
        }
    }
}
