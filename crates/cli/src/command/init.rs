//! `hashwatt init`: a scenario file to begin with.

use super::output::Place;
use super::scenario::refused;
use super::{Failure, write};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use hashwatt::econ::scenario::{ScenarioError, ScenarioKind, region, template};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Write a commented scenario file to begin with: every key with its meaning, unit and default
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt init --kind home -o home.toml
  hashwatt init --region Kazakhstan --kind country -o kazakhstan.toml")]
pub(super) struct Arguments {
    /// The country whose shipped values the scenario has: an ISO 3166 code or a name,
    /// see `hashwatt regions`
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// What the scenario is of; a country has the keys of a site, a site those of a home
    #[arg(long, value_name = "KIND", default_value = ScenarioKind::Site.name(), value_parser = kind())]
    kind: ScenarioKind,
    /// Where the file goes; - for stdout
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
}

fn kind() -> impl TypedValueParser<Value = ScenarioKind> {
    PossibleValuesParser::new(ScenarioKind::NAMES)
        .try_map(|name| ScenarioKind::of_name(&name).ok_or("is no kind of scenario"))
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let region = arguments
        .region
        .as_deref()
        .map(region)
        .transpose()
        .map_err(|error: ScenarioError| refused("--region", &error))?;
    let text = template(arguments.kind, region.as_ref());
    match arguments.output == Path::new("-") {
        true => write(&text)?,
        false => Place::new(&arguments.output, arguments.force)?.write(&text)?,
    }
    Ok(ExitCode::SUCCESS)
}
