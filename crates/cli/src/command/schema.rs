//! `hashwatt schema`: the JSON formats.

use super::{Failure, write};
use clap::Args;
use hashwatt_report::{SCHEMAS, schema, to_json};
use std::process::ExitCode;

/// Print the JSON Schema of what a command prints with --json
#[derive(Args)]
#[command(after_help = "Example:
  hashwatt schema bench > bench.schema.json")]
pub(super) struct Arguments {
    /// The command, such as bench
    #[arg(value_name = "NAME")]
    name: String,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let Some(schema) = schema(&arguments.name) else {
        let names: Vec<_> = SCHEMAS.iter().map(|(name, _)| *name).collect();
        let told = format!("NAME: `{}` has no format; give {}", arguments.name, names.join(", "));
        return Err(Failure::Input(told));
    };
    write(&to_json(&schema).map_err(|error| Failure::Run(error.to_string()))?)?;
    Ok(ExitCode::SUCCESS)
}
