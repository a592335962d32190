//! Published estimates of the network's power and emissions: single figures, each with its source.

use crate::EconError;
use crate::uncertainty::{AsOf, Provenance};
use crate::units::CarbonIntensity;
use jiff::civil::Date;
use serde::Deserialize;

const SHIPPED: &str = include_str!("../data/network_published.csv");

/// The quantity of a published figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublishedQuantity {
    /// The network's energy, TWh per year: a lower bound.
    LowerBound,
    /// The network's energy, TWh per year: the publisher's best estimate.
    BestGuess,
    /// The network's energy, TWh per year: an upper bound.
    UpperBound,
    /// The network's emissions, millions of tonnes of CO2 per year.
    Emissions,
    /// The fleet's energy per hash, J/TH.
    Efficiency,
}

impl PublishedQuantity {
    /// The name in tables and machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::LowerBound => "lower_bound",
            Self::BestGuess => "best_guess",
            Self::UpperBound => "upper_bound",
            Self::Emissions => "emissions",
            Self::Efficiency => "efficiency",
        }
    }

    /// The unit of its values.
    pub fn unit(self) -> &'static str {
        match self {
            Self::LowerBound | Self::BestGuess | Self::UpperBound => "TWh/year",
            Self::Emissions => "Mt CO2/year",
            Self::Efficiency => "J/TH",
        }
    }
}

/// A published figure.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PublishedFigure {
    /// The publisher.
    pub who: String,
    /// The quantity.
    pub quantity: PublishedQuantity,
    /// The value, in the quantity's unit.
    pub value: f64,
    /// The year or month that it covers.
    pub period: AsOf,
    /// When it was published.
    pub as_of: AsOf,
    /// The source.
    pub source: String,
    /// `primary`, `secondary` or `press`.
    pub quality: String,
    /// A remark; may be empty.
    pub note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    who: String,
    quantity: PublishedQuantity,
    value: f64,
    unit: String,
    period: String,
    as_of: String,
    source: String,
    quality: String,
    note: String,
}

impl PublishedFigure {
    /// The shipped figures, each cited from its publisher; they contain no series of an index.
    ///
    /// # Errors
    /// None in practice: a test reads every row.
    pub fn shipped() -> Result<Vec<Self>, EconError> {
        let wrong = |reason: String| EconError::Table { table: "network_published", reason };
        let mut figures = Vec::new();
        for row in csv::Reader::from_reader(SHIPPED.as_bytes()).into_deserialize() {
            let row: Row = row.map_err(|e| wrong(e.to_string()))?;
            let at = |reason: String| wrong(format!("{}, {}: {reason}", row.who, row.period));
            if row.unit != row.quantity.unit() {
                return Err(at(format!("give the value in {}", row.quantity.unit())));
            }
            if row.source.is_empty() || !(row.value > 0.0 && row.value.is_finite()) {
                return Err(at("give a value above 0 and its source".to_owned()));
            }
            figures.push(Self {
                period: row.period.parse().map_err(|e| at(format!("{e}")))?,
                as_of: row.as_of.parse().map_err(|e| at(format!("{e}")))?,
                who: row.who,
                quantity: row.quantity,
                value: row.value,
                source: row.source,
                quality: row.quality,
                note: row.note,
            });
        }
        Ok(figures)
    }

    /// Whether its period contains a month.
    pub fn covers(&self, month: Date) -> bool {
        match self.period {
            AsOf::Year(year) => year == month.year(),
            AsOf::Month { year, month: number } => (year, number) == (month.year(), month.month()),
            other => {
                other.middle().is_some_and(|day| day.first_of_month() == month.first_of_month())
            }
        }
    }

    /// Its provenance, for a list of inputs.
    pub fn provenance(&self) -> Provenance {
        Provenance::published(self.as_of, self.source.clone())
    }
}

/// Emission intensity of the network's energy, from a publisher of both energy and emissions.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PublishedIntensity {
    /// The period that it covers.
    pub period: AsOf,
    /// Published emissions over published energy of the same report.
    pub intensity: CarbonIntensity,
    /// Its provenance.
    pub source: Provenance,
}

impl PublishedIntensity {
    /// The intensities of the shipped figures, in order of period: one per report with both energy and emissions.
    ///
    /// # Errors
    /// As [`PublishedFigure::shipped`].
    pub fn shipped() -> Result<Vec<Self>, EconError> {
        let all = PublishedFigure::shipped()?;
        let figures = |quantity| all.iter().filter(move |figure| figure.quantity == quantity);
        let mut found: Vec<Self> = figures(PublishedQuantity::Emissions)
            .filter_map(|emissions| {
                let energy = figures(PublishedQuantity::BestGuess).find(|energy| {
                    (&energy.source, energy.period) == (&emissions.source, emissions.period)
                })?;
                // Millions of tonnes over TWh are kg over kWh.
                let g_per_kwh = 1e3 * emissions.value / energy.value;
                let source = format!(
                    "{}: {} Mt over {} TWh (derived)",
                    emissions.source, emissions.value, energy.value
                );
                Some(Self {
                    period: emissions.period,
                    intensity: CarbonIntensity::from_g_per_kwh(g_per_kwh),
                    source: Provenance::published(emissions.as_of, source),
                })
            })
            .collect();
        found.sort_by_key(|one| one.period.middle());
        Ok(found)
    }

    /// The intensity on a day: linear between the middles of two periods, constant outside (both assumed). `None`
    /// without points.
    pub fn on(points: &[Self], day: Date) -> Option<CarbonIntensity> {
        let days =
            |from: Date, to: Date| from.until(to).map_or(0.0, |span| f64::from(span.get_days()));
        let mut dated = points.iter().filter_map(|one| Some((one.period.middle()?, one.intensity)));
        let (mut before, mut level) = dated.next()?;
        if day <= before {
            return Some(level);
        }
        for (after, next) in dated {
            if day <= after {
                let part = days(before, day) / days(before, after);
                return Some(level + (next - level) * part);
            }
            (before, level) = (after, next);
        }
        Some(level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn shipped_published_figures_are_valid() {
        let all = PublishedFigure::shipped().unwrap();
        assert_eq!(all.len(), SHIPPED.lines().count() - 1);
        for figure in &all {
            assert!(["primary", "secondary", "press"].contains(&&*figure.quality), "{figure:?}");
            // No figure is published before the start of its period.
            let first = |date: AsOf| date.middle().map(Date::first_of_month);
            assert!(first(figure.as_of) >= first(figure.period), "{figure:?}");
        }
    }

    #[test]
    fn published_period_covers_its_months() {
        let all = PublishedFigure::shipped().unwrap();
        let covering = |month: Date| all.iter().filter(|figure| figure.covers(month)).count();
        assert_eq!((covering(date(2022, 3, 1)), covering(date(2024, 6, 1))), (2, 3));
        assert_eq!((covering(date(2024, 7, 1)), covering(date(2026, 7, 1))), (0, 3));
    }

    #[test]
    fn intensity_is_emissions_over_energy_and_interpolated_linearly() {
        let points = PublishedIntensity::shipped().unwrap();
        // 42 Mt over 89 TWh of 2021 and 39.8 over 138 of June 2024.
        let (first, last) = (42.0 / 0.089, 39.8 / 0.138);
        let on = |day| PublishedIntensity::on(&points, day).unwrap().as_g_per_kwh();
        for (day, wanted) in [
            (date(2014, 1, 1), first),
            (date(2021, 7, 1), first),
            (date(2024, 6, 15), last),
            (date(2026, 8, 1), last),
            // 540 of the 1,080 days between 1 July 2021 and 15 June 2024.
            (date(2022, 12, 23), f64::midpoint(first, last)),
        ] {
            assert!((on(day) - wanted).abs() < 1e-9, "{day}: {} for {wanted}", on(day));
        }
        assert_eq!(PublishedIntensity::on(&[], date(2024, 1, 1)), None);
    }
}
