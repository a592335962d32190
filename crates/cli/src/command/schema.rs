//! `hashwatt schema`: JSON Schemas of the outputs and of scenario files.

use super::{Failure, write};
use clap::Args;
use hashwatt_report::{SCHEMAS, schema, to_json};
use std::process::ExitCode;

/// Print the JSON Schema of a command's --json output, or of a scenario file
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt schema
  hashwatt schema bench > bench.schema.json
  hashwatt schema scenario > hashwatt-scenario.schema.json")]
pub(super) struct Arguments {
    /// Command, such as bench, or scenario; if omitted, the names are listed
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let names = SCHEMAS.iter().map(|(name, _)| *name);
    let Some(name) = &arguments.name else {
        write(&names.map(|name| format!("{name}\n")).collect::<String>())?;
        return Ok(ExitCode::SUCCESS);
    };
    let Some(schema) = schema(name) else {
        let names: Vec<_> = names.collect();
        let message =
            format!("NAME: there is no schema `{name}`; give one of: {}", names.join(", "));
        return Err(Failure::Input(message));
    };
    write(&to_json(&schema).map_err(|error| Failure::Run(error.to_string()))?)?;
    Ok(ExitCode::SUCCESS)
}
