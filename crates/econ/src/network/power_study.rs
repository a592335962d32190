//! The network's power and emissions over several months.

use super::{
    Catalogue, MeanPower, NetworkMonth, NetworkPower, PowerAssumptions, PowerLevel,
    PublishedIntensity, network_power,
};
use crate::EconError;
use crate::uncertainty::AsOf;
use crate::units::{CarbonIntensity, CarbonMass, Seconds};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Emission intensity of the network's energy.
#[derive(Clone, Debug, PartialEq)]
pub enum NetworkIntensity {
    /// Constant.
    Given(CarbonIntensity),
    /// As published, with linear interpolation between the published periods.
    Published(Vec<PublishedIntensity>),
}

impl NetworkIntensity {
    /// The shipped published intensity.
    ///
    /// # Errors
    /// None in practice: a test reads the table.
    pub fn shipped() -> Result<Self, EconError> {
        Ok(Self::Published(PublishedIntensity::shipped()?))
    }

    /// The intensity on a day; `None` without published points.
    pub fn on(&self, day: Date) -> Option<CarbonIntensity> {
        match self {
            Self::Given(intensity) => Some(*intensity),
            Self::Published(points) => PublishedIntensity::on(points, day),
        }
    }
}

/// A month with its power.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct MonthPower<'a> {
    /// The month.
    pub month: NetworkMonth,
    /// Its power.
    pub power: NetworkPower<'a>,
    /// Emission intensity, if known.
    pub intensity: Option<CarbonIntensity>,
}

impl MonthPower<'_> {
    /// Annual emissions at a power level of the month.
    pub fn emissions_per_year(&self, level: &PowerLevel) -> Option<CarbonMass> {
        Some(self.intensity? * level.energy_per_year())
    }
}

/// The mean of several months.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PeriodPower {
    /// Number of known months.
    pub months: usize,
    /// Mean power, weighted by the known days.
    pub power: MeanPower,
    /// Annual emissions at the best guess, if known for every month.
    pub emissions_per_year: Option<CarbonMass>,
}

/// The network's power by month, and the months that could not be computed.
#[derive(Clone, Debug, PartialEq)]
pub struct PowerStudy<'a> {
    /// Months with their power, in order.
    pub months: Vec<MonthPower<'a>>,
    /// Omitted months, with the reason.
    pub left_out: Vec<(AsOf, EconError)>,
}

impl<'a> PowerStudy<'a> {
    /// Computes each month with [`network_power`]. Months without a profitable machine are omitted, with the reason.
    ///
    /// # Errors
    /// As [`network_power`], except [`EconError::NoResult`].
    pub fn new(
        months: Vec<NetworkMonth>,
        assumptions: &PowerAssumptions,
        intensity: &NetworkIntensity,
        catalogue: &'a Catalogue,
    ) -> Result<Self, EconError> {
        let mut study = Self { months: Vec::new(), left_out: Vec::new() };
        for month in months {
            let at = month.network()?;
            match network_power(&at, assumptions, catalogue) {
                Ok(power) => {
                    study.months.push(MonthPower { month, power, intensity: intensity.on(at.day) });
                }
                Err(error @ EconError::NoResult { .. }) => {
                    study.left_out.push((month.month, error))
                }
                Err(error) => return Err(error),
            }
        }
        Ok(study)
    }

    /// The mean over the known months of a month or year; `None` if no month is known.
    pub fn mean_over(&self, period: AsOf) -> Option<PeriodPower> {
        let is_in = |month: &&MonthPower| match (period, month.month.month) {
            (AsOf::Year(year), AsOf::Month { year: month_year, .. }) => year == month_year,
            (period, month) => period == month,
        };
        let found: Vec<&MonthPower> = self.months.iter().filter(is_in).collect();
        let power = MeanPower::over(found.iter().map(|one| (one.month.time(), &one.power)))?;
        let emitted = found.iter().map(|one| {
            let level = &one.power.best_guess;
            Some(one.intensity? * (level.power * one.month.time()))
        });
        let emitted: Option<CarbonMass> = emitted.sum();
        let years = power.time / Seconds::from_years(1.0);
        let emissions_per_year = emitted.map(|mass| mass / years);
        Some(PeriodPower { months: found.len(), power, emissions_per_year })
    }

    /// The means of its calendar years.
    pub fn years(&self) -> BTreeMap<i16, PeriodPower> {
        let years = self.months.iter().filter_map(|one| match one.month.month {
            AsOf::Month { year, .. } => Some(year),
            _ => None,
        });
        years.filter_map(|year| Some((year, self.mean_over(AsOf::Year(year))?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{EnergyPrice, Joules};

    fn study<'a>(catalogue: &'a Catalogue, usd_per_mwh: f64, g_per_kwh: f64) -> PowerStudy<'a> {
        let tariff = EnergyPrice::from_usd_per_mwh(usd_per_mwh);
        let assumptions = PowerAssumptions { tariff, ..PowerAssumptions::default() };
        let intensity = NetworkIntensity::Given(CarbonIntensity::from_g_per_kwh(g_per_kwh));
        let months = NetworkMonth::shipped().unwrap();
        PowerStudy::new(months, &assumptions, &intensity, catalogue).unwrap()
    }

    #[test]
    fn year_is_the_mean_of_its_months_weighted_by_days() {
        let catalogue = Catalogue::shipped().unwrap();
        let study = study(&catalogue, 45.0, 300.0);
        let (mut energy, mut hours) = (0.0, 0.0);
        for one in study.months.iter().filter(|one| one.month.first_day().unwrap().year() == 2022) {
            let of_month = 24.0 * f64::from(one.month.days);
            energy += one.power.best_guess.power.as_mw() * of_month;
            hours += of_month;
        }
        assert_eq!(hours, 8_760.0);
        let year = study.mean_over(AsOf::Year(2022)).unwrap();
        assert!((year.power.best_guess.as_mw() / (energy / 8_760.0) - 1.0).abs() < 1e-12);
        // 300 g/kWh are 0.3 t/MWh.
        let emitted = year.emissions_per_year.unwrap().as_tonnes();
        assert!((emitted / (0.3 * energy) - 1.0).abs() < 1e-12);
        let years: Vec<(i16, usize)> =
            study.years().iter().map(|(year, of)| (*year, of.months)).collect();
        let wanted =
            [(2020, 7), (2021, 12), (2022, 12), (2023, 12), (2024, 12), (2025, 12), (2026, 8)];
        assert_eq!(years, wanted);
        assert_eq!(study.mean_over(AsOf::Year(2019)), None);
    }

    #[test]
    fn emissions_are_energy_times_intensity() {
        let catalogue = Catalogue::shipped().unwrap();
        let months = vec![NetworkMonth::find(2024, 6).unwrap()];
        let shipped = NetworkIntensity::shipped().unwrap();
        let study =
            PowerStudy::new(months, &PowerAssumptions::default(), &shipped, &catalogue).unwrap();
        let month = &study.months[0];
        let of_138 = month.intensity.unwrap() * Joules::from_twh(138.0);
        assert!((of_138.as_tonnes() / 39.8e6 - 1.0).abs() < 1e-12);
        let level = PowerLevel { power: month.power.lower.power * 2.0, ..month.power.lower };
        let ratio = month.emissions_per_year(&level).unwrap()
            / month.emissions_per_year(&month.power.lower).unwrap();
        assert!((ratio - 2.0).abs() < 1e-12);
    }

    #[test]
    fn months_without_profitable_machines_are_omitted_with_reason() {
        let catalogue = Catalogue::shipped().unwrap();
        let study = study(&catalogue, 150.0, 300.0);
        assert!(!study.left_out.is_empty() && !study.months.is_empty());
        assert_eq!(study.months.len() + study.left_out.len(), 75);
        let (_, reason) = &study.left_out[0];
        assert!(reason.to_string().contains("give a lower tariff"), "{reason}");
    }
}
