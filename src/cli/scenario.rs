//! A scenario's file and the files that it names.

use super::{Failure, files};
use hashwatt::econ::{Case, Project, Scenario, ScenarioError};
use std::path::{Path, PathBuf};

/// A scenario with where it stands.
pub(super) struct Named {
    scenario: Scenario,
    text: String,
    path: PathBuf,
}

/// Reads one.
pub(super) fn read(path: &Path) -> Result<Named, Failure> {
    let text = files::read_scenario(path)?;
    let wrong = |error| Failure::Input(format!("{}: {error}", path.display()));
    let scenario = Scenario::from_toml(&text).map_err(wrong)?;
    Ok(Named { scenario, text, path: path.to_owned() })
}

impl Named {
    fn wrong(&self, error: ScenarioError) -> Failure {
        Failure::Input(format!("{}: {}", self.path.display(), error.in_text(&self.text)))
    }

    fn source(&self, key: &str) -> String {
        format!("{}, {key}", self.path.display())
    }

    /// A file beside the scenario is found from anywhere.
    fn beside(&self, named: &str) -> Result<String, String> {
        files::read_named(&self.path.parent().unwrap_or(Path::new("")).join(named))
    }

    pub(super) fn case(&self) -> Result<Case, Failure> {
        let case =
            self.scenario.case_with_files(|key| self.source(key), |named| self.beside(named));
        case.map_err(|error| self.wrong(error))
    }

    pub(super) fn project(&self) -> Result<Project, Failure> {
        let (source, beside) = (|key: &str| self.source(key), |named: &str| self.beside(named));
        let project = self.scenario.project_with_files(source, beside);
        project.map_err(|error| self.wrong(error))
    }
}
