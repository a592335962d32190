//! How everybody else answers what a hash earns: machines are switched off and on, bought and not
//! bought. Displacement is what comes of it.

use super::{EconError, SupplyCurve};
use crate::units::{Hashrate, Seconds};

/// The answer's speeds. Each is an assumption with its ground; a scenario may set others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Response {
    /// How fast machines that do not earn their power are switched off: 30 days (assumed; after the
    /// halving of April 2024 the 30-day mean fell for 80 days, by 8 %).
    pub leaving: Seconds,
    /// How fast idle ones that would earn it come back: 60 days (assumed; after the same halving the
    /// network was back at its peak 32 days after its low).
    pub joining: Seconds,
    /// Hashprice over the mean cost of power at which the network neither grows nor shrinks, because
    /// new machines earn their capital: 1.55 (assumed: 15 J/TH at 45 USD/MWh is 16 USD/PH/day, and 16 to 17
    /// USD/TH of machine and site over four years at 15 % is 16 more, against a mean cost of 21).
    pub entry_ratio: f64,
    /// Growth a year for each e-fold of hashprice above that: 0.8 (assumed; 2023 to 2025 grew by 35 to
    /// 100 % a year at 1.3 to 1.5 times the entry ratio).
    pub growth_per_year: f64,
    /// Growth is never faster than e-fold in so many years: 1.7 a year (machines that were already made,
    /// moved to new sites after the ban of 2021, grew by 0.144 a month).
    pub most_growth_per_year: f64,
    /// How fast the mean cost falls as machines become better: 0.10 a year (assumed; the fleet's J/TH fell
    /// by 0.145 a year from 2020 to 2024).
    pub cost_decline_per_year: f64,
}

impl Default for Response {
    fn default() -> Self {
        Self {
            leaving: Seconds::from_days(30.0),
            joining: Seconds::from_days(60.0),
            entry_ratio: 1.55,
            growth_per_year: 0.8,
            most_growth_per_year: 1.7,
            cost_decline_per_year: 0.10,
        }
    }
}

impl Response {
    /// # Errors
    /// [`EconError::OutOfRange`] for what is no speed or ratio.
    pub fn check(&self) -> Result<(), EconError> {
        let positive = |field: &'static str, value: f64, most: f64, remedy: &'static str| {
            let given = value.to_string();
            let inside = value > 0.0 && value <= most;
            if inside { Ok(()) } else { Err(EconError::OutOfRange { field, given, remedy }) }
        };
        let days = "days above 0, at most 3650";
        positive("leaving_days", self.leaving.as_days(), 3650.0, days)?;
        positive("joining_days", self.joining.as_days(), 3650.0, days)?;
        positive("entry_ratio", self.entry_ratio, 100.0, "a ratio above 0, at most 100")?;
        let most = "a rate above 0, at most 10 a year";
        positive("most_growth_per_year", self.most_growth_per_year, 10.0, most)?;
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

/// A supply curve as a table over the logarithm of hashprice, for the inner loop.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CurveTable {
    parts: Vec<f64>,
    mean_cost: f64,
}

impl CurveTable {
    /// From a fiftieth to fifty times the mean cost, beyond which everything is off or on.
    const LEAST: f64 = -3.9;
    const STEP: f64 = 0.01;
    const POINTS: usize = 781;

    /// The last that is known.
    pub(super) fn latest() -> Result<Self, EconError> {
        Ok(Self::new(&SupplyCurve::latest()?))
    }

    pub(super) fn new(curve: &SupplyCurve) -> Self {
        let mean = curve.mean_cost();
        let at = |i: usize| {
            let ratio = (Self::LEAST + Self::STEP * i as f64).exp();
            curve.profitable(mean * ratio)
        };
        Self { parts: (0..Self::POINTS).map(at).collect(), mean_cost: mean.as_usd_per_ph_day() }
    }

    /// The part that earns its power at a hashprice of `log_ratio` over the mean cost.
    fn profitable(&self, log_ratio: f64) -> f64 {
        let place = (log_ratio - Self::LEAST) / Self::STEP;
        let last = self.parts.len() - 1;
        if place.is_nan() || place <= 0.0 {
            return self.parts[0];
        }
        let index = place as usize;
        if index >= last {
            return self.parts[last];
        }
        let (low, high) = (self.parts[index], self.parts[index + 1]);
        low + (high - low) * (place - index as f64)
    }
}

/// The others at a moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Others {
    /// All their machines, H/s.
    pub capacity: f64,
    /// The part that runs, 0 to 1.
    pub running: f64,
    /// What has become of the table's costs: 1 at its date.
    pub cost_scale: f64,
}

const YEAR_S: f64 = 365.0 * 86_400.0;

impl Others {
    /// Others of so much hashrate in their steady state at a hashprice.
    pub(super) fn settled(hashrate: Hashrate, hashprice: f64, table: &CurveTable) -> Self {
        let running = table.profitable((hashprice / table.mean_cost).ln()).max(1e-9);
        Self { capacity: hashrate.as_h_s() / running, running, cost_scale: 1.0 }
    }

    /// What runs, H/s.
    pub(super) fn hashrate(&self) -> f64 {
        self.capacity * self.running
    }

    /// A while at a hashprice in USD/PH/day; `shock` is what the machines grow by beside it, a logarithm.
    pub(super) fn step(
        &mut self,
        hashprice: f64,
        pace: &Pace,
        shock: f64,
        answer: (&Response, &CurveTable),
    ) {
        let (response, table) = answer;
        let log_ratio = (hashprice / (table.mean_cost * self.cost_scale)).ln();
        let wanted = table.profitable(log_ratio);
        let part = if wanted < self.running { pace.leaving } else { pace.joining };
        self.running = (self.running + (wanted - self.running) * part).max(1e-9);
        let most = response.most_growth_per_year;
        let growth = response.growth_per_year * (log_ratio - pace.log_entry);
        // A hashprice of nothing buys nothing: the logarithm is minus infinity.
        self.capacity *= (growth.clamp(-most, most) * pace.years + shock).exp();
        self.cost_scale *= pace.cost;
    }
}

/// What a while of some length does, whoever it is that answers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// The parts of what is to leave and to join that do so.
    leaving: f64,
    joining: f64,
    /// What costs fall to.
    cost: f64,
    years: f64,
    log_entry: f64,
}

impl Pace {
    pub(super) fn of(seconds: f64, response: &Response) -> Self {
        let years = seconds / YEAR_S;
        Self {
            leaving: -(-seconds / response.leaving.as_seconds()).exp_m1(),
            joining: -(-seconds / response.joining.as_seconds()).exp_m1(),
            cost: (-response.cost_decline_per_year * years).exp(),
            years,
            log_entry: response.entry_ratio.ln(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Hashprice;
    use crate::{Catalogue, Epochs, SupplyAssumptions};

    fn table() -> CurveTable {
        let (catalogue, epochs) = (Catalogue::shipped().unwrap(), Epochs::shipped().unwrap());
        let assumptions = SupplyAssumptions::default();
        let curve = SupplyCurve::at_end_of(2025, assumptions, &catalogue, epochs).unwrap();
        CurveTable::new(&curve)
    }

    fn after(days: f64, hashprice: f64) -> Others {
        let (table, response) = (table(), Response::default());
        let mut others = Others::settled(Hashrate::from_eh_s(1_000.0), 40.0, &table);
        for _ in 0..(days / 14.0) as usize {
            let pace = Pace::of(14.0 * 86_400.0, &response);
            others.step(hashprice, &pace, 0.0, (&response, &table));
        }
        others
    }

    #[test]
    fn a_fall_switches_off_and_a_rise_brings_back() {
        let fallen = after(84.0, 25.0);
        assert!(fallen.hashrate() < 0.85e21, "{fallen:?}");
        let risen = after(84.0, 60.0);
        assert!(risen.hashrate() > 1.05e21 && risen.running > 0.95, "{risen:?}");
        // At the entry ratio all that changes is what runs.
        let table = table();
        let even = after(14.0, 1.55 * table.mean_cost);
        let start = Others::settled(Hashrate::from_eh_s(1_000.0), 40.0, &table);
        assert!((even.capacity / start.capacity - 1.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_and_infinity_are_survived() {
        for hashprice in [0.0, f64::MIN_POSITIVE, 1e300] {
            let others = after(3_650.0, hashprice);
            assert!(others.capacity.is_finite() && others.running.is_finite(), "{hashprice}");
            assert!(others.capacity >= 0.0 && (0.0..=1.0).contains(&others.running));
        }
    }

    #[test]
    fn the_table_is_the_curve() {
        let (catalogue, epochs) = (Catalogue::shipped().unwrap(), Epochs::shipped().unwrap());
        let assumptions = SupplyAssumptions::default();
        let curve = SupplyCurve::at_end_of(2025, assumptions, &catalogue, epochs).unwrap();
        let table = table();
        for usd in [5.0, 17.3, 21.0, 30.5, 44.4, 100.0] {
            let exact = curve.profitable(Hashprice::from_usd_per_ph_day(usd));
            let found = table.profitable((usd / table.mean_cost).ln());
            assert!((exact - found).abs() < 1e-4, "{usd}: {found} for {exact}");
        }
    }

    #[test]
    fn a_response_that_is_none_names_its_key() {
        let base = Response::default();
        base.check().unwrap();
        for (response, key) in [
            (Response { leaving: Seconds::ZERO, ..base }, "leaving_days"),
            (Response { joining: Seconds::from_days(f64::NAN), ..base }, "joining_days"),
            (Response { entry_ratio: -1.0, ..base }, "entry_ratio"),
            (Response { growth_per_year: f64::INFINITY, ..base }, "growth_per_year"),
            (Response { cost_decline_per_year: -0.1, ..base }, "cost_decline_per_year"),
            (Response { most_growth_per_year: 0.0, ..base }, "most_growth_per_year"),
        ] {
            assert!(response.check().unwrap_err().to_string().starts_with(key));
        }
    }
}
