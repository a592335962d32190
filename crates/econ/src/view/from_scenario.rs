//! A scenario's results in one call each.

use super::study::Study;
use crate::EconError;
use crate::result::Outcome;
use crate::scenario::{Scenario, ScenarioError};
use crate::simulate::Paths;

/// Why a scenario has no result.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum StudyError {
    /// Keys of the scenario that cannot be used or are missing.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// A value outside its range, or a result that is not a finite number.
    #[error(transparent)]
    Econ(#[from] EconError),
}

impl Scenario {
    /// Resolves the scenario and prepares its engine, for more than one result of it.
    ///
    /// # Errors
    /// As [`Scenario::resolve`] and [`Study::new`].
    pub fn study(&self) -> Result<Study, StudyError> {
        Ok(Study::new(self.resolve()?)?)
    }

    /// What the power budget becomes in one steady year on the scenario's network, before and after the
    /// retarget (`hashwatt estimate`, equation M33 of `METHODS.md`).
    ///
    /// ```
    /// use hashwatt_econ::prelude::*;
    ///
    /// let outcome = Case::builder(Watts::from_mw(2000.0)).tariff("0.06 USD/kWh")?.build()?.snapshot()?;
    /// let share = outcome.get(Figure::Moment(Moment::Share))?;
    /// assert!((share.base - 0.117620).abs() < 1e-6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Keys that cannot be used or are missing, and results that are not finite.
    pub fn snapshot(&self) -> Result<Outcome, StudyError> {
        Ok(self.study()?.estimate()?)
    }

    /// The base and the bands of every figure over paths of the market and draws of the inputs (`hashwatt
    /// project` and `hashwatt ledger`). A tariff is a decision and is not drawn. For progress and an early
    /// stop take
    /// [`Study::simulate`].
    ///
    /// ```no_run
    /// use hashwatt_econ::prelude::*;
    ///
    /// let outcome = Scenario::load("plan.toml")?.project(Paths::new(10_000).seed(1))?;
    /// let npv = outcome.get(Figure::Npv)?;
    /// println!("{:.3e} {} {:?}", npv.base, npv.unit, npv.band);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// Keys that cannot be used or are missing, more than a million paths, and results that are not finite.
    pub fn project(&self, paths: Paths) -> Result<Outcome, StudyError> {
        Ok(self.study()?.simulate(paths, &|_| true)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::Figure;

    const SITE: &str = "power_mw = 100\ntariff = \"0.04 USD/kWh\"\nmachine_price_usd_per_th_s = 16\n\
                        infrastructure_usd_per_mw = 430000\n[project]\nyears = 1\n";

    #[test]
    fn snapshot_and_projection_equal_those_of_a_study() {
        let scenario = Scenario::from_toml(SITE).unwrap();
        let study = scenario.study().unwrap();
        assert_eq!(scenario.snapshot().unwrap(), study.estimate().unwrap());
        let paths = Paths::new(50).seed(7);
        assert_eq!(paths, Paths { count: 50, seed: 7 });
        assert_eq!(scenario.project(paths).unwrap(), study.simulate(paths, &|_| true).unwrap());
        assert!(scenario.project(paths).unwrap().get(Figure::Npv).is_ok());
    }

    #[test]
    fn scenario_without_power_names_the_missing_key() {
        let error = Scenario::new().snapshot().unwrap_err();
        assert!(matches!(error, StudyError::Scenario(_)));
        assert!(error.to_string().contains("power_mw"), "{error}");
    }
}
