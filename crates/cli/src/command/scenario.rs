//! A scenario's file and the files that it names.

use super::live::LiveOptions;
use super::{Failure, files, number};
use clap::Args;
use hashwatt::econ::{Case, LedgerInputs, Project, Scenario, ScenarioError, SitePlan};
use hashwatt::uncertainty::Estimate;
use hashwatt::units::Seconds;
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
    /// The scenario, in the network of today where that is asked for.
    pub(super) fn read(&self) -> Result<Named, Failure> {
        read(&self.scenario)?.with_live(&self.live)
    }

    /// Its project, as long as was asked for.
    pub(super) fn project(&self) -> Result<Project, Failure> {
        self.project_of(&self.read()?)
    }

    /// The project of what was read, as long as was asked for.
    pub(super) fn project_of(&self, named: &Named) -> Result<Project, Failure> {
        let mut project = named.project()?;
        if let Some(years) = self.years {
            project.length = Seconds::from_years(years);
        }
        Ok(project)
    }
}

/// A scenario with where it stands.
pub(super) struct Named {
    scenario: Scenario,
    text: String,
    path: PathBuf,
    told: Vec<String>,
}

/// Reads one.
pub(super) fn read(path: &Path) -> Result<Named, Failure> {
    let text = files::read_scenario(path)?;
    let wrong = |error| Failure::Input(format!("{}: {error}", path.display()));
    let scenario = Scenario::from_toml(&text).map_err(wrong)?;
    Ok(Named { scenario, text, path: path.to_owned(), told: Vec::new() })
}

impl Named {
    /// In the network of today, where that is asked for.
    pub(super) fn with_live(mut self, live: &LiveOptions) -> Result<Self, Failure> {
        let now = self.case()?.network;
        live.apply(&mut self.scenario, &now, &mut self.told)?;
        Ok(self)
    }

    /// What the scenario calls itself.
    pub(super) fn title(&self) -> Option<&str> {
        self.scenario.title.as_deref()
    }

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

    pub(super) fn sites(&self) -> Result<Vec<SitePlan>, Failure> {
        let (source, beside) = (|key: &str| self.source(key), |named: &str| self.beside(named));
        self.scenario.sites_with_files(source, beside).map_err(|error| self.wrong(error))
    }

    pub(super) fn discount_per_year(&self) -> Result<Estimate<f64>, Failure> {
        let rate = self.scenario.discount_per_year(|key| self.source(key));
        rate.map_err(|error| self.wrong(error))
    }

    /// The project; its warnings begin with what is to be said of the network.
    pub(super) fn project(&self) -> Result<Project, Failure> {
        let (source, beside) = (|key: &str| self.source(key), |named: &str| self.beside(named));
        let project = self.scenario.project_with_files(source, beside);
        let mut project = project.map_err(|error| self.wrong(error))?;
        project.warnings.splice(0..0, self.told.iter().cloned());
        Ok(project)
    }

    /// What is to be said of the network.
    pub(super) fn told(self) -> Vec<String> {
        self.told
    }

    /// Without tables under `[ledger]` there is none.
    pub(super) fn ledger_where_there_is_one(&self) -> Result<Option<LedgerInputs>, Failure> {
        self.scenario.ledger.is_some().then(|| self.ledger()).transpose()
    }

    pub(super) fn ledger(&self) -> Result<LedgerInputs, Failure> {
        let (source, beside) = (|key: &str| self.source(key), |named: &str| self.beside(named));
        let inputs = LedgerInputs::new(&self.scenario, source, beside);
        let mut inputs = inputs.map_err(|error| self.wrong(error))?;
        inputs.warnings.splice(0..0, self.told.iter().cloned());
        Ok(inputs)
    }
}
