//! A scenario from a file or from options, with the current network where that is requested.

use super::keys::{self, KeyOptions, Setting};
use super::live::LiveOptions;
use super::{Failure, files, value_parsers};
use clap::Args;
use hashwatt::econ::scenario::{
    Mistake, Problem, Resolved, Scenario, ScenarioError, Sourced, Value, current_key,
};
use hashwatt::econ::view::Study;
use std::path::{Path, PathBuf};

/// The name of standard input in messages about a scenario.
const STANDARD_INPUT: &str = "standard input";

/// The scenario of a command that simulates over time
#[derive(Args)]
pub(super) struct ScenarioOptions {
    /// Scenario as a TOML file, or - for standard input
    #[arg(long, value_name = "FILE")]
    scenario: PathBuf,
    /// Length in years, overriding the scenario [default: the scenario's, or 4]
    #[arg(long, value_name = "N", value_parser = value_parsers::positive, allow_hyphen_values = true)]
    years: Option<f64>,
    #[command(flatten)]
    keys: KeyOptions,
    #[command(flatten)]
    pub(super) live: LiveOptions,
}

impl ScenarioOptions {
    /// The scenario with the values of the options.
    pub(super) fn input(&self) -> Result<ScenarioInput, Failure> {
        let mut input = ScenarioInput::read(&self.scenario)?;
        input.apply(self.years.map(Setting::years).into_iter().chain(self.keys.settings()));
        Ok(input)
    }

    /// The scenario with the values of the options and, where that is requested, the current network.
    pub(super) fn prepare(&self) -> Result<PreparedScenario, Failure> {
        self.input()?.prepare(&self.live)
    }
}

/// A warning for the report: its key and its text.
pub(super) type Warning = (&'static str, String);

/// A scenario that is ready to run, with the warnings about its network.
pub(super) struct PreparedScenario {
    pub study: Study,
    /// SHA-256 of the scenario's text.
    pub sha256: Option<[u8; 32]>,
    /// The keys set by options, as `key=value`.
    pub settings: Vec<String>,
    pub warnings: Vec<Warning>,
}

/// Returns the name of the option of a key.
type OptionName = fn(&str) -> String;

/// Where a scenario comes from.
enum ScenarioSource {
    /// A file, with the folder that its relative paths refer to.
    File {
        name: String,
        folder: PathBuf,
    },
    Options(OptionName),
}

/// A scenario with its source and the options applied to it.
pub(super) struct ScenarioInput {
    scenario: Scenario,
    source: ScenarioSource,
    /// The keys set by options, each with its option.
    set_by_options: Vec<(String, String)>,
    /// The mistakes in the options.
    option_errors: Vec<String>,
}

impl ScenarioInput {
    /// Reads a file, or standard input if the path is `-`.
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
        let source = ScenarioSource::File { name, folder };
        let scenario = scenario.map_err(|error| {
            Failure::Inputs(mistake_lines(&error, |mistake| source.describe(&[], mistake)))
        })?;
        Ok(Self { scenario, source, set_by_options: Vec::new(), option_errors: Vec::new() })
    }

    /// Starts an empty scenario that is given by options only.
    pub(super) fn from_options(option_name: OptionName) -> Self {
        let source = ScenarioSource::Options(option_name);
        let scenario = Scenario::new();
        Self { scenario, source, set_by_options: Vec::new(), option_errors: Vec::new() }
    }

    /// Sets keys to the values of options; mistakes are kept until [`Self::resolve`].
    pub(super) fn apply(&mut self, settings: impl IntoIterator<Item = Setting>) {
        for Setting { key, value, option } in settings {
            let key = current_key(&key);
            if let Some(first) = self.option_that_set(&key) {
                let message = match *first == option {
                    true => format!("{option}: is given twice; give it once"),
                    false => format!("{option}: is also given by {first}; give it once"),
                };
                self.option_errors.push(message);
                continue;
            }
            let set = match value {
                keys::SettingValue::Value(value) => self.scenario.set_from(&key, value, &option),
                keys::SettingValue::Text(text) => self.scenario.set_typed(&key, &text, &option),
            };
            if let Err(error) = set {
                self.option_errors.extend(mistake_lines(&error, |mistake| {
                    format!("{option}: {}", mistake.problem)
                }));
            }
            self.set_by_options.push((key, option));
        }
    }

    /// The scenario with the values of the options, not yet checked.
    pub(super) fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The text of a file that the scenario names. Paths given by an option or on standard input
    /// are relative to the working directory.
    pub(super) fn read_named_file(&self, name: &str) -> Result<String, String> {
        let is_given_by_option = |(key, _): &(String, String)| {
            self.scenario.get(key).is_some_and(|value| *value == name.into())
        };
        match &self.source {
            ScenarioSource::File { folder, .. }
                if !self.set_by_options.iter().any(is_given_by_option) =>
            {
                files::read_named_file(&folder.join(name))
            }
            _ => files::read_named_file(Path::new(name)),
        }
    }

    /// A line for each mistake in the options.
    pub(super) fn option_errors(&self) -> &[String] {
        &self.option_errors
    }

    /// A line for each mistake in the scenario, with the file or the option.
    pub(super) fn error_lines(&self, error: &ScenarioError) -> Vec<String> {
        mistake_lines(error, |mistake| self.source.describe(&self.set_by_options, mistake))
    }

    /// Resolves the scenario.
    ///
    /// # Errors
    /// All mistakes in the options and in the scenario together.
    pub(super) fn resolve(&self) -> Result<Resolved, Failure> {
        let resolved = self.scenario.resolve_with_files(|name| self.read_named_file(name));
        if self.option_errors.is_empty() {
            return resolved.map_err(|error| Failure::Inputs(self.error_lines(&error)));
        }
        let mut lines = self.option_errors.clone();
        if let Err(error) = resolved {
            // A key with an invalid option is not missing.
            let is_separate = |mistake: &&Mistake| {
                let missing = matches!(
                    mistake.problem,
                    Problem::Missing { .. } | Problem::MissingExchangeRate { .. }
                );
                !missing && self.option_that_set(&mistake.location.key).is_none()
            };
            let separate = error.mistakes().iter().filter(is_separate);
            lines.extend(
                separate.map(|mistake| self.source.describe(&self.set_by_options, mistake)),
            );
        }
        Err(Failure::Inputs(lines))
    }

    /// The option that set a key, if any.
    pub(super) fn option_that_set(&self, key: &str) -> Option<&str> {
        let key = current_key(key);
        let found = self.set_by_options.iter().find(|(known, _)| *known == key);
        found.map(|(_, option)| option.as_str())
    }

    /// The scenario and its study, with its own network.
    pub(super) fn into_study(self) -> Result<(Scenario, Study), Failure> {
        let study = Study::new(self.resolve()?)?;
        Ok((self.scenario, study))
    }

    /// Resolves the scenario, with the current network where that is requested.
    pub(super) fn prepare(self, live: &LiveOptions) -> Result<PreparedScenario, Failure> {
        let (input, warnings) = self.with_live_network(live)?;
        let setting = |(key, _): &(String, String)| match input.scenario.get(key) {
            Some(Value::Given(Sourced { value, .. })) => format!("{key}={value}"),
            _ => key.clone(),
        };
        let settings = input.set_by_options.iter().map(setting).collect();
        let sha256 = input.scenario.sha256();
        Ok(PreparedScenario { study: Study::new(input.resolve()?)?, sha256, settings, warnings })
    }

    /// Replaces the shipped network by the current one where that is requested.
    pub(super) fn with_live_network(
        mut self,
        live: &LiveOptions,
    ) -> Result<(Self, Vec<Warning>), Failure> {
        let mut warnings = Vec::new();
        if live.is_requested() {
            let resolved = self.resolve()?;
            live.apply(&mut self.scenario, &resolved, &mut warnings)?;
        }
        Ok((self, warnings))
    }
}

/// The failure of an option whose value is wrong.
pub(super) fn option_failure(option: &str, error: &ScenarioError) -> Failure {
    Failure::Inputs(mistake_lines(error, |mistake| format!("{option}: {}", mistake.problem)))
}

/// A line for each mistake, and one for the number of further mistakes.
pub(super) fn mistake_lines(
    error: &ScenarioError,
    line: impl Fn(&Mistake) -> String,
) -> Vec<String> {
    let more = (error.more() > 0).then(|| format!("and {} more mistakes", error.more()));
    error.mistakes().iter().map(line).chain(more).collect()
}

impl ScenarioSource {
    /// Describes a mistake with its option or file; `set` holds the keys set by options.
    fn describe(&self, set: &[(String, String)], mistake: &Mistake) -> String {
        let Mistake { location, problem } = mistake;
        let option_that_set =
            |key: &str| set.iter().find(|(known, _)| known == key).map(|(_, option)| option);
        let name = |key: &str| match (option_that_set(key), self) {
            (Some(option), _) => option.clone(),
            (None, Self::Options(option_name)) => option_name(key),
            (None, Self::File { .. }) => key.to_owned(),
        };
        let prefix = match self {
            Self::File { name: file, .. } if option_that_set(&location.key).is_none() => {
                match problem {
                    // The message already names the file.
                    Problem::Unreadable(_) => return mistake.to_string(),
                    _ => format!("{file}: {location}"),
                }
            }
            _ => name(&location.key),
        };
        match problem {
            Problem::MissingExchangeRate { currency } => format!(
                "{prefix}: is in {currency}, but there is no exchange rate; give {}, such as \"{}\"",
                name("exchange_rate"),
                currency.example_rate()
            ),
            Problem::Conflict { other } => {
                format!("{prefix}: cannot be combined with {}; give one of the two", name(other))
            }
            _ => format!("{prefix}: {problem}"),
        }
    }
}
