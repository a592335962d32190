//! Building a scenario in code: the same keys as in a file, set one after the other.

use super::{Scenario, ScenarioError, Sourced, Value};
use crate::units::{EnergyPrice, JoulesPerHash, Watts};

/// Builds a scenario of one site in code.
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
    /// Starts a scenario with this power at the site's meter and defaults for everything else.
    pub fn builder(power: Watts) -> CaseBuilder {
        CaseBuilder { power: power.as_mw(), scenario: Scenario::new() }
    }
}

/// A scenario under construction.
#[derive(Clone, Debug)]
pub struct CaseBuilder {
    power: f64,
    scenario: Scenario,
}

impl CaseBuilder {
    /// Sets a key.
    ///
    /// # Errors
    /// As [`Scenario::set`].
    pub fn set(mut self, key: &str, value: impl Into<Value>) -> Result<Self, ScenarioError> {
        self.scenario.set(key, value)?;
        Ok(self)
    }

    /// Sets the energy price of the site, such as `0.06 USD/kWh`.
    ///
    /// # Errors
    /// The text is not a valid price.
    pub fn tariff(self, price: impl Into<Value>) -> Result<Self, ScenarioError> {
        self.set("tariff", price)
    }

    /// Sets the energy price of the site as a quantity in US dollars.
    ///
    /// # Errors
    /// The price is not a finite number.
    pub fn energy_price(self, price: EnergyPrice) -> Result<Self, ScenarioError> {
        let price = format!("{} USD/kWh", price.as_usd_per_kwh());
        self.set("tariff", price)
    }

    /// Sets the exchange rate, in units of local currency for one US dollar, such as `281 PKR/USD`.
    ///
    /// # Errors
    /// The text is not a valid exchange rate.
    pub fn exchange_rate(self, rate: impl Into<Value>) -> Result<Self, ScenarioError> {
        self.set("exchange_rate", rate)
    }

    /// Sets the energy per hash at the machine.
    ///
    /// # Errors
    /// The value is not positive.
    pub fn efficiency(self, efficiency: JoulesPerHash) -> Result<Self, ScenarioError> {
        self.set("efficiency_j_per_th", efficiency.as_j_per_th())
    }

    /// Sets the machine model by its name in the catalogue.
    ///
    /// # Errors
    /// The name is empty. An unknown machine is reported when the scenario is resolved.
    pub fn machine(self, name: &str) -> Result<Self, ScenarioError> {
        self.set("machine", name)
    }

    /// Sets the price of the machines, USD per TH/s.
    ///
    /// # Errors
    /// The price is outside the possible range.
    pub fn machine_price(self, price: impl Into<Value>) -> Result<Self, ScenarioError> {
        self.set("machine_price_usd_per_th_s", price)
    }

    /// Sets the power usage effectiveness and the uptime.
    ///
    /// # Errors
    /// `pue` is below 1, or `uptime` is outside 0 to 1.
    pub fn site(self, pue: f64, uptime: f64) -> Result<Self, ScenarioError> {
        self.set("pue", pue)?.set("uptime", uptime)
    }

    /// Sets the region whose shipped values apply to keys that are left out, such as `PAK`.
    ///
    /// # Errors
    /// The name is empty.
    pub fn region(self, iso3: &str) -> Result<Self, ScenarioError> {
        self.set("region", iso3)
    }

    /// Finishes the scenario.
    ///
    /// # Errors
    /// The power is outside the possible range.
    pub fn build(self) -> Result<Scenario, ScenarioError> {
        let Self { power, mut scenario } = self;
        let power = Sourced::new(power);
        scenario.set_from("power_mw", power, "the power budget")?;
        Ok(scenario)
    }
}
