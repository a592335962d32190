//! A scenario's file and the files that it names.

use super::{Failure, files};
use hashwatt::econ::{Case, Project, Scenario, ScenarioError};
use std::path::{Path, PathBuf};

/// A scenario with where it stands.
pub(super) struct Named {
    scenario: Scenario,
    path: PathBuf,
}

/// Reads one.
pub(super) fn read(path: &Path) -> Result<Named, Failure> {
    let text = files::read_text(path)?;
    let scenario = Scenario::from_toml(&text).map_err(|error| in_file(path, &error))?;
    Ok(Named { scenario, path: path.to_owned() })
}

fn in_file(path: &Path, error: &ScenarioError) -> Failure {
    Failure::Input(format!("{}: {error}", path.display()))
}

/// The text of a file that a scenario or an option names.
pub(super) fn text_of(path: &Path) -> Result<String, String> {
    files::read_text(path).map_err(|failure| match failure {
        // The file's name stands in the scenario's own message.
        Failure::Input(message) | Failure::Run(message) => {
            let name = format!("{}: ", path.display());
            message.strip_prefix(&name).unwrap_or(&message).to_owned()
        }
    })
}

impl Named {
    fn source(&self, key: &str) -> String {
        format!("{}, {key}", self.path.display())
    }

    /// A file beside the scenario is found from anywhere.
    fn beside(&self, named: &str) -> Result<String, String> {
        text_of(&self.path.parent().unwrap_or(Path::new("")).join(named))
    }

    pub(super) fn case(&self) -> Result<Case, Failure> {
        let case =
            self.scenario.case_with_files(|key| self.source(key), |named| self.beside(named));
        case.map_err(|error| in_file(&self.path, &error))
    }

    pub(super) fn project(&self) -> Result<Project, Failure> {
        let (source, beside) = (|key: &str| self.source(key), |named: &str| self.beside(named));
        let project = self.scenario.project_with_files(source, beside);
        project.map_err(|error| in_file(&self.path, &error))
    }
}
