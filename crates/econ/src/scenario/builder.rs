//! A scenario built in code: the same keys, set one after the other.

use super::{Scenario, ScenarioError, Sourced, Value};
use crate::units::{EnergyPrice, JoulesPerHash, Watts};

/// A scenario of one site, in code.
///
/// ```
/// use hashwatt_econ::scenario::Case;
/// use hashwatt_econ::units::{JoulesPerHash, Watts};
///
/// let scenario = Case::builder(Watts::from_mw(2000.0))
///     .tariff("0.06 USD/kWh")?
///     .efficiency(JoulesPerHash::from_j_per_th(15.0))?
///     .set("pool_fee", 0.01)?
///     .build()?;
/// assert_eq!(scenario.resolve()?.inputs.lots.len(), 1);
/// # Ok::<(), hashwatt_econ::scenario::ScenarioError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Case;

impl Case {
    /// So much power at the site's meter, and what holds without anything else.
    pub fn builder(power: Watts) -> CaseBuilder {
        CaseBuilder { power: power.as_mw(), scenario: Scenario::new() }
    }
}

/// The keys that were set so far.
#[derive(Clone, Debug)]
pub struct CaseBuilder {
    power: f64,
    scenario: Scenario,
}

impl CaseBuilder {
    /// Gives a key a value.
    ///
    /// # Errors
    /// As [`Scenario::set`].
    pub fn set(mut self, key: &str, value: impl Into<Value>) -> Result<Self, ScenarioError> {
        self.scenario.set(key, value)?;
        Ok(self)
    }

    /// What the site pays for energy, such as `0.06 USD/kWh`.
    ///
    /// # Errors
    /// A text that is no price.
    pub fn tariff(self, price: impl Into<Value>) -> Result<Self, ScenarioError> {
        self.set("tariff", price)
    }

    /// The same as a quantity, in dollars.
    ///
    /// # Errors
    /// A price that is no number.
    pub fn energy_price(self, price: EnergyPrice) -> Result<Self, ScenarioError> {
        let price = format!("{} USD/kWh", price.as_usd_per_kwh());
        self.set("tariff", price)
    }

    /// Local money for a dollar, such as `281 PKR/USD`.
    ///
    /// # Errors
    /// A text that is no rate.
    pub fn exchange_rate(self, rate: impl Into<Value>) -> Result<Self, ScenarioError> {
        self.set("exchange_rate", rate)
    }

    /// Energy per hash at the machine.
    ///
    /// # Errors
    /// What is no positive number.
    pub fn efficiency(self, efficiency: JoulesPerHash) -> Result<Self, ScenarioError> {
        self.set("efficiency_j_per_th", efficiency.as_j_per_th())
    }

    /// A machine of the catalogue.
    ///
    /// # Errors
    /// An empty name; whether there is such a machine shows when the scenario is resolved.
    pub fn machine(self, name: &str) -> Result<Self, ScenarioError> {
        self.set("machine", name)
    }

    /// Price of the machines, USD for 1 TH/s.
    ///
    /// # Errors
    /// A price that is no possible number.
    pub fn machine_price(self, price: impl Into<Value>) -> Result<Self, ScenarioError> {
        self.set("machine_price_usd_per_th_s", price)
    }

    /// Overhead and the part of the time that machines run.
    ///
    /// # Errors
    /// An overhead below 1 and a part outside 0 to 1.
    pub fn site(self, pue: f64, uptime: f64) -> Result<Self, ScenarioError> {
        self.set("pue", pue)?.set("uptime", uptime)
    }

    /// The region whose data hold where nothing is given, such as `PAK`.
    ///
    /// # Errors
    /// An empty name.
    pub fn region(self, iso3: &str) -> Result<Self, ScenarioError> {
        self.set("region", iso3)
    }

    /// The scenario.
    ///
    /// # Errors
    /// A power that is no possible number.
    pub fn build(self) -> Result<Scenario, ScenarioError> {
        let Self { power, mut scenario } = self;
        let power = Sourced::new(power);
        scenario.set_from("power_mw", power, "the power budget")?;
        Ok(scenario)
    }
}
