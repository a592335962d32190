//! A scenario by a file or by options, in the network of today where that is asked for.

use super::live::LiveOptions;
use super::{Failure, files, number};
use clap::Args;
use hashwatt::econ::scenario::{Problem, Resolved, Scenario, ScenarioError};
use hashwatt::econ::view::Study;
use std::path::{Path, PathBuf};

/// What is followed over time, in every command that does so
#[derive(Args)]
pub(super) struct ScenarioOptions {
    /// The scenario, a TOML file
    #[arg(long, value_name = "FILE")]
    scenario: PathBuf,
    /// Years, in place of the scenario's [default there: 4]
    #[arg(long, value_name = "N", value_parser = number::positive, allow_hyphen_values = true)]
    years: Option<f64>,
    #[command(flatten)]
    live: LiveOptions,
}

impl ScenarioOptions {
    /// The scenario, as long as was asked for, in the network of today where that is asked for.
    pub(super) fn study(&self) -> Result<Ready, Failure> {
        let mut given = Given::read(&self.scenario)?;
        if let Some(years) = self.years {
            given.set("project.years", years, "--years")?;
        }
        given.ready(&self.live)
    }
}

/// Something that a reader must know, by its key.
pub(super) type Told = (&'static str, String);

/// A scenario that is ready to run, with what is to be said of its network.
pub(super) struct Ready {
    pub study: Study,
    /// SHA-256 of the scenario's text.
    pub sha256: Option<[u8; 32]>,
    pub told: Vec<Told>,
}

/// The option of a key, where the scenario is of options.
type OptionOf = fn(&str) -> String;

/// Where a scenario was given.
enum Place {
    File(PathBuf),
    Options(OptionOf),
}

/// A scenario with where it was given.
pub(super) struct Given {
    scenario: Scenario,
    place: Place,
}

impl Given {
    /// From a file.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let place = Place::File(path.to_owned());
        let scenario = Scenario::load(path).map_err(|error| place.wrong(&error))?;
        Ok(Self { scenario, place })
    }

    /// By options, of which `option` tells the one of a key.
    pub(super) fn by_options(option: OptionOf) -> Self {
        Self { scenario: Scenario::new(), place: Place::Options(option) }
    }

    /// Gives a key an option's value.
    pub(super) fn set(
        &mut self,
        key: &str,
        value: impl Into<hashwatt::econ::scenario::Value>,
        option: &str,
    ) -> Result<(), Failure> {
        let set = self.scenario.set_from(key, value, option);
        set.map_err(|ScenarioError { problem, .. }| Failure::Input(format!("{option}: {problem}")))
    }

    fn resolved(&self) -> Result<Resolved, Failure> {
        let resolved = match &self.place {
            Place::File(_) => self.scenario.resolve(),
            Place::Options(_) => {
                self.scenario.resolve_with_files(|named| files::read_named(Path::new(named)))
            }
        };
        resolved.map_err(|error| self.place.wrong(&error))
    }

    /// With the scenario as it was given, in its own network.
    pub(super) fn study(self) -> Result<(Scenario, Study), Failure> {
        let study = Study::new(self.resolved()?)?;
        Ok((self.scenario, study))
    }

    /// Resolved, in the network of today where that is asked for.
    pub(super) fn ready(mut self, live: &LiveOptions) -> Result<Ready, Failure> {
        let mut told = Vec::new();
        let mut resolved = self.resolved()?;
        if live.is_asked_for() {
            live.apply(&mut self.scenario, &resolved, &mut told)?;
            resolved = self.resolved()?;
        }
        let sha256 = self.scenario.sha256();
        Ok(Ready { study: Study::new(resolved)?, sha256, told })
    }
}

impl Place {
    /// What is wrong, with the file or the option.
    fn wrong(&self, error: &ScenarioError) -> Failure {
        let ScenarioError { place, problem } = error;
        Failure::Input(match (self, problem) {
            // It names its file.
            (Self::File(_), Problem::Unreadable(_)) => error.to_string(),
            (Self::File(path), _) => format!("{}: {error}", path.display()),
            (Self::Options(option), Problem::NoRate { currency }) => format!(
                "{}: is in {currency}, and there is no exchange rate; give {}, such as \"{}\"",
                option(&place.key),
                option("exchange_rate"),
                currency.example_rate()
            ),
            (Self::Options(option), Problem::Conflict { other }) => format!(
                "{}: cannot be combined with {}; give one of the two",
                option(&place.key),
                option(other)
            ),
            (Self::Options(option), _) => format!("{}: {problem}", option(&place.key)),
        })
    }
}
