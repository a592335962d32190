//! The supply curve as a table for the inner loop, and the curve known at a date.

use super::{Catalogue, Epochs, SupplyAssumptions, SupplyCurve};
use crate::EconError;
use jiff::civil::Date;
use std::sync::{Arc, OnceLock};

/// A supply curve as a table over the logarithm of hashprice, for the inner loop.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CurveTable {
    parts: Box<[f64]>,
    /// Logarithm of the mean cost in USD/PH/day.
    log_mean_cost: f64,
}

impl CurveTable {
    /// The table covers a fiftieth to fifty times the mean cost; beyond it all machines are off or on.
    const MIN_LOG_RATIO: f64 = -3.9;
    const PER_UNIT: f64 = 100.0;
    const POINTS: usize = 781;

    pub(crate) fn new(curve: &SupplyCurve) -> Self {
        let mean = curve.mean_cost();
        let at = |i: usize| {
            let ratio = (Self::MIN_LOG_RATIO + i as f64 / Self::PER_UNIT).exp();
            curve.profitable(mean * ratio)
        };
        Self {
            parts: (0..Self::POINTS).map(at).collect(),
            log_mean_cost: mean.as_usd_per_ph_day().ln(),
        }
    }

    /// Logarithm of the mean cost in USD/PH/day at the table's date.
    pub(crate) fn log_mean_cost(&self) -> f64 {
        self.log_mean_cost
    }

    /// Share of machines that cover their cash cost at a hashprice of `log_ratio` over the mean cost.
    pub(crate) fn profitable(&self, log_ratio: f64) -> f64 {
        let last = Self::POINTS - 1;
        // A cast of NaN or of a negative number gives 0.
        let place = ((log_ratio - Self::MIN_LOG_RATIO) * Self::PER_UNIT).clamp(0.0, last as f64);
        let index = (place as usize).min(last - 1);
        let (low, high) = (self.parts[index], self.parts[index + 1]);
        low + (high - low) * (place - index as f64)
    }
}

/// The curve known at a date.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct KnownCurve {
    /// The curve.
    pub table: Arc<CurveTable>,
    /// Days from the curve's date to the requested date, or to the last known epoch if that is earlier. The decline
    /// of costs applies over this time.
    pub age_days: f64,
}

/// Supply curves at the ends of years, each known from then on.
#[derive(Debug, PartialEq)]
pub(crate) struct CurveYears {
    /// The first curve.
    first: (Date, Arc<CurveTable>),
    /// The later ones by date.
    later: Vec<(Date, Arc<CurveTable>)>,
    /// The first day of the last known epoch.
    last_known: Date,
}

impl CurveYears {
    /// The first year with a curve at its end.
    const FIRST: i16 = 2020;

    /// The curves of the shipped tables.
    ///
    /// # Errors
    /// None in practice: a test reads the tables.
    pub(crate) fn shipped() -> Result<&'static Self, EconError> {
        static CURVES: OnceLock<Result<CurveYears, EconError>> = OnceLock::new();
        let compute = || Self::new(SupplyAssumptions::default());
        CURVES.get_or_init(compute).as_ref().map_err(Clone::clone)
    }

    /// The curves of the shipped tables under other assumptions.
    ///
    /// # Errors
    /// As [`SupplyCurve::at_end_of`].
    pub(crate) fn new(assumptions: SupplyAssumptions) -> Result<Self, EconError> {
        let (catalogue, epochs) = (Catalogue::shipped()?, Epochs::shipped()?);
        let last = epochs.all().iter().rev().find_map(|epoch| epoch.first_full_day);
        let last_known = last.ok_or_else(|| EconError::Table {
            table: "epochs",
            reason: "no epoch has a date; give first_full_date from 2020 on".to_owned(),
        })?;
        let curve = |year: i16| {
            let curve = SupplyCurve::at_end_of(year, assumptions, &catalogue, epochs)?;
            let end = jiff::civil::date(year, 12, 31);
            Ok((end.min(last_known), Arc::new(CurveTable::new(&curve))))
        };
        let later = Self::FIRST + 1..=last_known.year();
        Ok(Self {
            first: curve(Self::FIRST)?,
            later: later.map(curve).collect::<Result<_, EconError>>()?,
            last_known,
        })
    }

    /// The curve known on a day: that of the last completed year, or the last one from the last known epoch on.
    ///
    /// # Errors
    /// [`EconError::OutOfRange`] for a day before the first curve.
    pub(crate) fn known_on(&self, day: Date) -> Result<KnownCurve, EconError> {
        if day < self.first.0 {
            return Err(EconError::OutOfRange {
                field: "start",
                given: day.to_string(),
                remedy: "2020-12-31 or later (other miners' costs are not known before), or a path of \
                         their hashrate",
            });
        }
        Ok(self.known_or_first(day))
    }

    /// Like [`CurveYears::known_on`], but days before the first curve use the first curve.
    pub(crate) fn known_or_first(&self, day: Date) -> KnownCurve {
        let known = self.later.iter().rev().find(|(date, _)| *date <= day);
        let (date, table) = known.unwrap_or(&self.first);
        let days = date.until(day.min(self.last_known)).map_or(0, |span| span.get_days());
        KnownCurve { table: Arc::clone(table), age_days: f64::from(days.max(0)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Hashprice;
    use jiff::civil::date;

    #[test]
    fn curve_table_matches_supply_curve() {
        let (catalogue, epochs) = (Catalogue::shipped().unwrap(), Epochs::shipped().unwrap());
        let assumptions = SupplyAssumptions::default();
        let curve = SupplyCurve::at_end_of(2025, assumptions, &catalogue, epochs).unwrap();
        let table = CurveTable::new(&curve);
        for usd in [5.0f64, 8.0, 17.3, 21.0, 30.5, 44.4, 100.0] {
            let exact = curve.profitable(Hashprice::from_usd_per_ph_day(usd));
            let found = table.profitable(usd.ln() - table.log_mean_cost());
            assert!((exact - found).abs() < 1e-4, "{usd}: {found} for {exact}");
        }
        assert_eq!(table.profitable(f64::NEG_INFINITY), 0.0);
        assert!(table.profitable(f64::INFINITY) > 1.0 - 1e-9);
    }

    #[test]
    fn known_curve_is_of_the_last_completed_year() {
        let years = CurveYears::shipped().unwrap();
        let at = |year| {
            let (catalogue, epochs) = (Catalogue::shipped().unwrap(), Epochs::shipped().unwrap());
            let assumptions = SupplyAssumptions::default();
            CurveTable::new(&SupplyCurve::at_end_of(year, assumptions, &catalogue, epochs).unwrap())
        };
        // Day, year of the curve, and age of the curve in days.
        for (day, year, age) in [
            (date(2020, 12, 31), 2020, 0.0),
            (date(2021, 7, 1), 2020, 182.0),
            (date(2022, 1, 1), 2021, 1.0),
            (date(2024, 4, 20), 2023, 111.0),
            // The last known epoch began on 9 August 2026.
            (date(2026, 8, 8), 2025, 220.0),
            (date(2026, 8, 9), 2026, 0.0),
            (date(2031, 1, 1), 2026, 0.0),
        ] {
            let known = years.known_on(day).unwrap();
            assert_eq!(*known.table, at(year), "{day}");
            assert_eq!(known.age_days, age, "{day}");
        }
    }

    #[test]
    fn day_before_the_first_curve_is_refused_with_remedy() {
        let years = CurveYears::shipped().unwrap();
        for day in [date(2020, 12, 30), date(2013, 1, 1)] {
            let message = years.known_on(day).unwrap_err().to_string();
            assert!(message.starts_with(&format!("start is {day}")), "{message}");
            assert!(message.contains("2020-12-31") && message.contains("path"), "{message}");
        }
    }
}
