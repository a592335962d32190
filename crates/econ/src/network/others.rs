//! The response of other miners to hashprice: switching off, switching on and buying machines. Displacement results
//! from it.

use super::CurveTable;
use crate::EconError;
use crate::units::{Hashrate, Seconds};

/// Parameters of the response. Each is an assumption with its basis; a scenario may set other values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResponseParameters {
    /// Time constant of switching off machines that do not cover their power cost: 30 days (assumed; after the
    /// halving of April 2024 the 30-day mean fell for 80 days, by 8 %).
    pub leaving: Seconds,
    /// Time constant of switching on idle machines that would cover it: 60 days (assumed; after the same halving the
    /// network returned to its peak 32 days after its low).
    pub joining: Seconds,
    /// Ratio of hashprice to the mean cash cost at which the network neither grows nor shrinks, because new machines
    /// just recover their capital: 1.5 (assumed). A new machine of 15 J/TH takes 0.36 MWh a day for
    /// each PH/s, at 45 * 1.05 + 10.5 USD/MWh with all cash costs: 20.8 USD/PH/day; 16 to 17 USD/TH of
    /// machine and site over four years at 15 % are 16 more. The mean cost is 20.26 J/TH at 45 * 1.05 + 3
    /// USD/MWh, 24.4 USD/PH/day: (20.8 + 16) / 24.4 = 1.51.
    pub entry_ratio: f64,
    /// Annual growth per e-fold of hashprice above the entry ratio: 0.8 (assumed). It is not identified: 2023,
    /// 2024 and 2025 grew by 0.71, 0.42 and 0.30 (logarithms) at 1.14 times the entry ratio, of which the
    /// model expects 0.21, 0.06 and 0.11; 2021 grew by 0.27 at 3.8 times. 1.0 to 1.5 make bands of
    /// difficulty worse and bands of hashprice better.
    pub growth_per_year: f64,
    /// Maximum logarithmic growth per year: 1.7 (after the ban of 2021, existing machines moved to new sites and
    /// hashrate grew by 0.144 a month).
    pub max_growth_per_year: f64,
    /// Annual decline of the mean cost as machines improve: 0.10 (assumed; the fleet's J/TH fell by 0.145 a year from
    /// 2020 to 2024).
    pub cost_decline_per_year: f64,
}

impl Default for ResponseParameters {
    fn default() -> Self {
        Self {
            leaving: Seconds::from_days(30.0),
            joining: Seconds::from_days(60.0),
            entry_ratio: 1.5,
            growth_per_year: 0.8,
            max_growth_per_year: 1.7,
            cost_decline_per_year: 0.10,
        }
    }
}

impl ResponseParameters {
    /// Checks the parameters.
    ///
    /// # Errors
    /// [`EconError::OutOfRange`] with the first parameter outside its range.
    pub fn check(&self) -> Result<(), EconError> {
        let positive = |field: &'static str, value: f64, max: f64, remedy: &'static str| {
            let given = value.to_string();
            let is_valid = value > 0.0 && value <= max;
            if is_valid { Ok(()) } else { Err(EconError::OutOfRange { field, given, remedy }) }
        };
        let days = "days above 0, at most 3650";
        positive("leaving_days", self.leaving.as_days(), 3650.0, days)?;
        positive("joining_days", self.joining.as_days(), 3650.0, days)?;
        positive("entry_ratio", self.entry_ratio, 100.0, "a ratio above 0, at most 100")?;
        let rate = "a rate above 0, at most 10 a year";
        positive("most_growth_per_year", self.max_growth_per_year, 10.0, rate)?;
        for (field, value) in [
            ("growth_per_year", self.growth_per_year),
            ("cost_decline_per_year", self.cost_decline_per_year),
        ] {
            if !(0.0..=10.0).contains(&value) {
                let remedy = "a rate of 0 to 10 a year";
                return Err(EconError::OutOfRange { field, given: value.to_string(), remedy });
            }
        }
        Ok(())
    }
}

impl ResponseParameters {
    /// Change of the others' costs after a number of days, a logarithm.
    pub(crate) fn log_cost_after(&self, days: f64) -> f64 {
        -self.cost_decline_per_year * days / 365.0
    }
}

/// [`ResponseParameters`] prepared for the inner loop, with logarithms and quotients precomputed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ResponseRates {
    leaving_per_s: f64,
    joining_per_s: f64,
    growth_per_s: f64,
    max_growth_per_s: f64,
    decline_per_s: f64,
    log_entry: f64,
}

const YEAR_S: f64 = 365.0 * 86_400.0;

impl ResponseRates {
    pub(crate) fn new(response: &ResponseParameters) -> Self {
        Self {
            leaving_per_s: 1.0 / response.leaving.as_seconds(),
            joining_per_s: 1.0 / response.joining.as_seconds(),
            growth_per_s: response.growth_per_year / YEAR_S,
            max_growth_per_s: response.max_growth_per_year / YEAR_S,
            decline_per_s: response.cost_decline_per_year / YEAR_S,
            log_entry: response.entry_ratio.ln(),
        }
    }

    /// The response over a time step, the same for every network: two exponentials.
    pub(crate) fn pace(&self, seconds: f64) -> Pace {
        Pace {
            leaving: 1.0 - (-seconds * self.leaving_per_s).exp(),
            joining: 1.0 - (-seconds * self.joining_per_s).exp(),
            growth: seconds * self.growth_per_s,
            max_growth: seconds * self.max_growth_per_s,
            decline: seconds * self.decline_per_s,
            log_entry: self.log_entry,
        }
    }
}

/// The response over a time step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// Shares of the machines due to leave and to join that do so.
    leaving: f64,
    joining: f64,
    /// Growth per e-fold of hashprice above the entry ratio, and its maximum.
    growth: f64,
    max_growth: f64,
    /// Decline of the logarithm of cost.
    decline: f64,
    log_entry: f64,
}

/// Other miners at a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Others {
    /// All their machines, H/s.
    pub capacity: f64,
    /// The running share, 0 to 1.
    pub running: f64,
    /// Change of costs since the table's date, a logarithm.
    pub log_cost: f64,
}

impl Others {
    /// Minimum running share, so that some machine always runs.
    const MIN_RUNNING: f64 = 1e-9;

    /// Other miners in equilibrium at a hashrate and a hashprice in USD/PH/day, with costs whose logarithm has changed
    /// by `log_cost` since the table's date.
    pub(crate) fn settled(
        hashrate: Hashrate,
        hashprice: f64,
        log_cost: f64,
        table: &CurveTable,
    ) -> Self {
        let log_ratio = log_of(hashprice) - table.log_mean_cost() - log_cost;
        let running = table.profitable(log_ratio).max(Self::MIN_RUNNING);
        Self { capacity: hashrate.as_h_s() / running, running, log_cost }
    }

    /// Running hashrate, H/s.
    pub(crate) fn hashrate(&self) -> f64 {
        self.capacity * self.running
    }

    /// Advances a time step at a hashprice in USD/PH/day; `shock` is additional growth of the machines, a logarithm.
    /// Uses one logarithm and one exponential.
    pub(crate) fn step(&mut self, hashprice: f64, pace: &Pace, shock: f64, table: &CurveTable) {
        let log_ratio = log_of(hashprice) - table.log_mean_cost() - self.log_cost;
        let wanted = table.profitable(log_ratio);
        let part = if wanted < self.running { pace.leaving } else { pace.joining };
        self.running = (self.running + (wanted - self.running) * part).max(Self::MIN_RUNNING);
        let growth = pace.growth * (log_ratio - pace.log_entry);
        self.capacity *= (growth.clamp(-pace.max_growth, pace.max_growth) + shock).exp();
        self.log_cost -= pace.decline;
    }
}

/// Logarithm of a hashprice; 0 is replaced by the smallest positive number.
fn log_of(hashprice: f64) -> f64 {
    hashprice.max(f64::MIN_POSITIVE).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::CurveYears;
    use std::sync::Arc;

    fn table() -> Arc<CurveTable> {
        CurveYears::shipped().unwrap().known_on(jiff::civil::date(2026, 1, 1)).unwrap().table
    }

    const AT_START: f64 = 40.0;

    fn start(table: &CurveTable) -> Others {
        Others::settled(Hashrate::from_eh_s(1_000.0), AT_START, 0.0, table)
    }

    fn after(days: f64, hashprice: f64) -> Others {
        let (table, rates) = (table(), ResponseRates::new(&ResponseParameters::default()));
        let mut others = start(&table);
        let pace = rates.pace(14.0 * 86_400.0);
        for _ in 0..(days / 14.0) as usize {
            others.step(hashprice, &pace, 0.0, &table);
        }
        others
    }

    #[test]
    fn falling_hashprice_switches_machines_off_and_rising_on() {
        let table = table();
        let start = start(&table);
        let fallen = after(84.0, 25.0);
        assert!(fallen.hashrate() < 0.85e21, "{fallen:?}");
        let risen = after(84.0, 60.0);
        assert!(risen.hashrate() > 1.05e21 && risen.running > start.running, "{risen:?}");
        // At the entry ratio only the running share changes.
        let even =
            after(14.0, ResponseParameters::default().entry_ratio * table.log_mean_cost().exp());
        assert!((even.capacity / start.capacity - 1.0).abs() < 1e-12);
    }

    #[test]
    fn entry_ratio_matches_cost_of_a_new_machine_over_mean_cost() {
        // USD/PH/day: 15 J/TH at all cash costs of CCAF's survey, and 16.5 USD/TH over four years at 15 %.
        let all_cash = 45.0 * 1.05 + 10.5;
        let cash = 15.0 * 0.024 * all_cash;
        let annuity = 0.15 / (1.0 - 1.15f64.powi(-4));
        let capital = 16.5e3 * annuity / 365.0;
        let mean_cost =
            crate::network::SupplyCurve::latest().unwrap().mean_cost().as_usd_per_ph_day();
        let ratio = (cash + capital) / mean_cost;
        assert!((ratio - ResponseParameters::default().entry_ratio).abs() < 0.01, "{ratio}");
    }

    #[test]
    fn step_matches_definition_of_the_response() {
        // An independent loop over the definition, without logarithms.
        let (table, response) = (table(), ResponseParameters::default());
        let rates = ResponseRates::new(&response);
        let mut others = start(&table);
        let (mut capacity, mut running, mut cost) = (others.capacity, others.running, 1.0f64);
        for k in 0..100 {
            let hashprice = 40.0 * (0.3 * f64::from(k)).sin().exp();
            let days = 14.0 + f64::from(k % 5);
            let shock = 0.02 * f64::from(k % 3 - 1);
            let years = days / 365.0;
            let ratio = hashprice / (table.log_mean_cost().exp() * cost);
            let wanted = table.profitable(ratio.ln());
            let lag = if wanted < running { response.leaving } else { response.joining };
            running += (wanted - running) * (1.0 - (-days / lag.as_days()).exp());
            let growth = response.growth_per_year * (ratio / response.entry_ratio).ln();
            let max = response.max_growth_per_year;
            capacity *= (growth.clamp(-max, max) * years).exp() * shock.exp();
            cost *= (-response.cost_decline_per_year * years).exp();
            others.step(hashprice, &rates.pace(days * 86_400.0), shock, &table);
        }
        assert!((others.capacity / capacity - 1.0).abs() < 1e-10, "{others:?}, {capacity}");
        assert!((others.running / running - 1.0).abs() < 1e-10, "{others:?}, {running}");
    }

    #[test]
    fn extreme_hashprices_give_finite_capacity() {
        for hashprice in [0.0, f64::MIN_POSITIVE, 1e300] {
            let others = after(3_650.0, hashprice);
            assert!(others.capacity.is_finite() && others.running.is_finite(), "{hashprice}");
            assert!(others.capacity >= 0.0 && (0.0..=1.0).contains(&others.running));
        }
        // With no growth per e-fold, a hashprice of 0 leaves capacity unchanged.
        let none = ResponseParameters { growth_per_year: 0.0, ..ResponseParameters::default() };
        let (table, pace) = (table(), ResponseRates::new(&none).pace(14.0 * 86_400.0));
        let mut others = start(&table);
        others.step(0.0, &pace, 0.0, &table);
        assert_eq!(others.capacity, start(&table).capacity);
    }

    #[test]
    fn invalid_response_parameter_is_refused_with_its_key() {
        let base = ResponseParameters::default();
        base.check().unwrap();
        for (response, key) in [
            (ResponseParameters { leaving: Seconds::ZERO, ..base }, "leaving_days"),
            (ResponseParameters { joining: Seconds::from_days(f64::NAN), ..base }, "joining_days"),
            (ResponseParameters { entry_ratio: -1.0, ..base }, "entry_ratio"),
            (ResponseParameters { growth_per_year: f64::INFINITY, ..base }, "growth_per_year"),
            (ResponseParameters { cost_decline_per_year: -0.1, ..base }, "cost_decline_per_year"),
            (ResponseParameters { max_growth_per_year: 0.0, ..base }, "most_growth_per_year"),
        ] {
            assert!(response.check().unwrap_err().to_string().starts_with(key));
        }
    }
}
