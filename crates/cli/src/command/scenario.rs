//! A scenario by a file or by options, in the network of today where that is asked for.

use super::keys::{self, KeyOptions, Setting};
use super::live::LiveOptions;
use super::{Failure, files, number};
use clap::Args;
use hashwatt::econ::scenario::{
    Mistake, Problem, Resolved, Scenario, ScenarioError, Sourced, Value, current_key,
};
use hashwatt::econ::view::Study;
use std::path::{Path, PathBuf};

/// What standard input is called where it is a scenario.
const STANDARD_INPUT: &str = "standard input";

/// What is followed over time, in every command that does so
#[derive(Args)]
pub(super) struct ScenarioOptions {
    /// The scenario, a TOML file, or - for standard input
    #[arg(long, value_name = "FILE")]
    scenario: PathBuf,
    /// Years, in place of the scenario's [default there: 4]
    #[arg(long, value_name = "N", value_parser = number::positive, allow_hyphen_values = true)]
    years: Option<f64>,
    #[command(flatten)]
    keys: KeyOptions,
    #[command(flatten)]
    pub(super) live: LiveOptions,
}

impl ScenarioOptions {
    /// The scenario with what options give.
    pub(super) fn given(&self) -> Result<Given, Failure> {
        let mut given = Given::read(&self.scenario)?;
        given.set_all(self.years.map(Setting::years).into_iter().chain(self.keys.settings()));
        Ok(given)
    }

    /// The scenario, as long as was asked for, in the network of today where that is asked for.
    pub(super) fn study(&self) -> Result<Ready, Failure> {
        self.given()?.ready(&self.live)
    }
}

/// Something that a reader must know, by its key.
pub(super) type Told = (&'static str, String);

/// A scenario that is ready to run, with what is to be said of its network.
pub(super) struct Ready {
    pub study: Study,
    /// SHA-256 of the scenario's text.
    pub sha256: Option<[u8; 32]>,
    /// What options set beside it, as `key=value`.
    pub settings: Vec<String>,
    pub told: Vec<Told>,
}

/// The option of a key, where the scenario is of options.
type OptionOf = fn(&str) -> String;

/// Where a scenario was given.
enum Place {
    /// In a file of that name, with the folder in which the files that it names are looked for.
    File {
        name: String,
        folder: PathBuf,
    },
    Options(OptionOf),
}

/// A scenario with where it was given.
pub(super) struct Given {
    scenario: Scenario,
    place: Place,
    /// The keys that options gave, with the option.
    set: Vec<(String, String)>,
    /// What is wrong with the options.
    wrong: Vec<String>,
}

impl Given {
    /// From a file, or from standard input where the name is `-`.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let (scenario, name, folder) = match path.as_os_str() == "-" {
            true => {
                let input = std::io::stdin().lock();
                let scenario = Scenario::draft_from_reader(input, STANDARD_INPUT);
                (scenario, STANDARD_INPUT.to_owned(), PathBuf::new())
            }
            false => {
                let folder = path.parent().unwrap_or(Path::new("")).to_owned();
                (Scenario::load_draft(path), path.display().to_string(), folder)
            }
        };
        let place = Place::File { name, folder };
        let wrong = |error| Failure::Inputs(lines(&error, |mistake| place.wrong(&[], mistake)));
        let scenario = scenario.map_err(wrong)?;
        Ok(Self { scenario, place, set: Vec::new(), wrong: Vec::new() })
    }

    /// By options, of which `option` tells the one of a key.
    pub(super) fn by_options(option: OptionOf) -> Self {
        let place = Place::Options(option);
        Self { scenario: Scenario::new(), place, set: Vec::new(), wrong: Vec::new() }
    }

    /// Gives keys the values of options; what is wrong with them is kept until [`Given::resolved`].
    pub(super) fn set_all(&mut self, settings: impl IntoIterator<Item = Setting>) {
        for Setting { key, value, option } in settings {
            let key = current_key(&key);
            if let Some((_, first)) = self.set.iter().find(|(known, _)| *known == key) {
                let told = match *first == option {
                    true => format!("{option}: is given twice; leave one"),
                    false => format!("{option}: is given by {first} too; leave one"),
                };
                self.wrong.push(told);
                continue;
            }
            let set = match value {
                keys::Given::Value(value) => self.scenario.set_from(&key, value, &option),
                keys::Given::Typed(text) => self.scenario.set_typed(&key, &text, &option),
            };
            if let Err(error) = set {
                self.wrong
                    .extend(lines(&error, |mistake| format!("{option}: {}", mistake.problem)));
            }
            self.set.push((key, option));
        }
    }

    /// The scenario with all its options, in which a file may still be wrong.
    pub(super) fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The text of a file that the scenario names: one that an option names is of the working directory, like
    /// all of standard input's.
    pub(super) fn read_named(&self, name: &str) -> Result<String, String> {
        let is_of_option = |(key, _): &(String, String)| {
            self.scenario.get(key).is_some_and(|value| *value == name.into())
        };
        match &self.place {
            Place::File { folder, .. } if !self.set.iter().any(is_of_option) => {
                files::read_named(&folder.join(name))
            }
            _ => files::read_named(Path::new(name)),
        }
    }

    /// What is wrong with the options, a line for each mistake.
    pub(super) fn wrong_options(&self) -> &[String] {
        &self.wrong
    }

    /// A line for each mistake of the scenario, with the file or the option.
    pub(super) fn told(&self, error: &ScenarioError) -> Vec<String> {
        lines(error, |mistake| self.place.wrong(&self.set, mistake))
    }

    /// # Errors
    /// Everything that is wrong with the options and the scenario together.
    pub(super) fn resolved(&self) -> Result<Resolved, Failure> {
        let resolved = self.scenario.resolve_with_files(|name| self.read_named(name));
        if self.wrong.is_empty() {
            return resolved.map_err(|error| Failure::Inputs(self.told(&error)));
        }
        let mut told = self.wrong.clone();
        if let Err(error) = resolved {
            // A key whose option is wrong is not missing.
            let is_own = |mistake: &&Mistake| {
                let missing =
                    matches!(mistake.problem, Problem::Missing { .. } | Problem::NoRate { .. });
                !missing && !self.set.iter().any(|(key, _)| *key == mistake.place.key)
            };
            let own = error.mistakes().iter().filter(is_own);
            told.extend(own.map(|mistake| self.place.wrong(&self.set, mistake)));
        }
        Err(Failure::Inputs(told))
    }

    /// The option that gave a key, where one did.
    pub(super) fn option_of(&self, key: &str) -> Option<&str> {
        let key = current_key(key);
        let found = self.set.iter().find(|(known, _)| *known == key);
        found.map(|(_, option)| option.as_str())
    }

    /// With the scenario as it was given, in its own network.
    pub(super) fn study(self) -> Result<(Scenario, Study), Failure> {
        let study = Study::new(self.resolved()?)?;
        Ok((self.scenario, study))
    }

    /// Resolved, in the network of today where that is asked for.
    pub(super) fn ready(self, live: &LiveOptions) -> Result<Ready, Failure> {
        let (given, told) = self.complete(live)?;
        let setting = |(key, _): &(String, String)| match given.scenario.get(key) {
            Some(Value::Given(Sourced { value, .. })) => format!("{key}={value}"),
            _ => key.clone(),
        };
        let (sha256, settings) = (given.scenario.sha256(), given.set.iter().map(setting).collect());
        Ok(Ready { study: Study::new(given.resolved()?)?, sha256, settings, told })
    }

    /// A scenario that can be resolved, in the network of today where that is asked for.
    pub(super) fn complete(mut self, live: &LiveOptions) -> Result<(Self, Vec<Told>), Failure> {
        let mut told = Vec::new();
        if live.is_asked_for() {
            let resolved = self.resolved()?;
            live.apply(&mut self.scenario, &resolved, &mut told)?;
        }
        Ok((self, told))
    }
}

/// What is wrong with what an option names.
pub(super) fn refused(option: &str, error: &ScenarioError) -> Failure {
    Failure::Inputs(lines(error, |mistake| format!("{option}: {}", mistake.problem)))
}

/// The mistakes, each by itself, and how many there are beyond those.
pub(super) fn lines(error: &ScenarioError, line: impl Fn(&Mistake) -> String) -> Vec<String> {
    let more = (error.more() > 0).then(|| format!("and {} more mistakes", error.more()));
    error.mistakes().iter().map(line).chain(more).collect()
}

impl Place {
    /// What is wrong, with the option or the file; `set` are the keys that options gave.
    fn wrong(&self, set: &[(String, String)], mistake: &Mistake) -> String {
        let Mistake { place, problem } = mistake;
        let by = |key: &str| set.iter().find(|(known, _)| known == key).map(|(_, option)| option);
        let option = |key: &str| match (by(key), self) {
            (Some(option), _) => option.clone(),
            (None, Self::Options(option)) => option(key),
            (None, Self::File { .. }) => key.to_owned(),
        };
        let begin = match self {
            Self::File { name, .. } if by(&place.key).is_none() => match problem {
                // It names its file.
                Problem::Unreadable(_) => return mistake.to_string(),
                _ => format!("{name}: {place}"),
            },
            _ => option(&place.key),
        };
        match problem {
            Problem::NoRate { currency } => format!(
                "{begin}: is in {currency}, and there is no exchange rate; give {}, such as \"{}\"",
                option("exchange_rate"),
                currency.example_rate()
            ),
            Problem::Conflict { other } => {
                format!("{begin}: cannot be combined with {}; give one of the two", option(other))
            }
            _ => format!("{begin}: {problem}"),
        }
    }
}
