//! `hashwatt init`: a scenario file as a starting point.

use super::output::OutputFile;
use super::scenario::option_failure;
use super::{Failure, write};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use hashwatt::econ::scenario::{ScenarioError, ScenarioKind, region, template};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Write a commented scenario file to start from: every key with its meaning, unit and default
#[derive(Args)]
#[command(after_help = "Examples:
  hashwatt init --kind home -o home.toml
  hashwatt init --region Kazakhstan --kind country -o kazakhstan.toml")]
pub(super) struct Arguments {
    /// Country whose shipped values the scenario uses: an ISO 3166 code or a name, see
    /// `hashwatt regions`
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// Kind of scenario; a country includes the keys of a site, and a site those of a home
    #[arg(long, value_name = "KIND", default_value = ScenarioKind::Site.name(), value_parser = kind_parser())]
    kind: ScenarioKind,
    /// Output file; - for stdout
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// Replace an existing file
    #[arg(long)]
    force: bool,
}

fn kind_parser() -> impl TypedValueParser<Value = ScenarioKind> {
    PossibleValuesParser::new(ScenarioKind::NAMES)
        .try_map(|name| ScenarioKind::from_name(&name).ok_or("is not a kind of scenario"))
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let region = arguments
        .region
        .as_deref()
        .map(region)
        .transpose()
        .map_err(|error: ScenarioError| option_failure("--region", &error))?;
    let text = template(arguments.kind, region.as_ref());
    match arguments.output == Path::new("-") {
        true => write(&text)?,
        false => OutputFile::new(&arguments.output, arguments.force)?.write(&text)?,
    }
    Ok(ExitCode::SUCCESS)
}
