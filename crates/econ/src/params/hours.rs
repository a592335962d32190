//! The hours of a site by calendar month: price, availability, peaks and free capacity of the system.

use crate::EconError;
use std::collections::HashMap;

/// Hours of each month in a year of 365 days.
pub const MONTH_HOURS: [f64; 12] =
    [744.0, 672.0, 744.0, 720.0, 744.0, 720.0, 744.0, 744.0, 720.0, 744.0, 720.0, 744.0];

/// Identical hours of a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hour {
    /// Their share of the month's hours; the shares of a month sum to 1.
    pub weight: f64,
    /// Energy price as a multiple of the tariff.
    pub price_ratio: f64,
    /// The share of them with energy, 0 to 1.
    pub available: f64,
    /// Probability that the month's coincident peak falls into them; sums to 1 over a month with a peak.
    pub peak_probability: f64,
    /// Available capacity and demand of the system; the capacity is infinite if unknown.
    pub system: SystemHour,
    /// Whether the tariff counts them as peak hours.
    pub peak: bool,
}

/// The power system in some hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SystemHour {
    /// Available capacity of the plants, MW.
    pub available_mw: f64,
    /// Demand of other consumers, MW.
    pub demand_mw: f64,
}

impl SystemHour {
    /// Unknown system: capacity is never short.
    pub const AMPLE: Self = Self { available_mw: f64::INFINITY, demand_mw: 0.0 };

    /// Capacity free for the site, with the availability ratio and reserve of a draw, MW (equation M19).
    pub fn free(self, availability_ratio: f64, reserve_mw: f64) -> f64 {
        if self.available_mw.is_infinite() {
            return f64::INFINITY;
        }
        availability_ratio * self.available_mw - self.demand_mw - reserve_mw
    }
}

impl Hour {
    /// An hour with energy at the tariff.
    pub const PLAIN: Self = Self {
        weight: 1.0,
        price_ratio: 1.0,
        available: 1.0,
        peak_probability: 0.0,
        system: SystemHour::AMPLE,
        peak: false,
    };
}

/// The hours of a year by calendar month.
#[derive(Clone, Debug, PartialEq)]
pub struct HourProfile {
    months: [Vec<Hour>; 12],
    /// Cached: used by every figure, and linear in the number of hours.
    knows_system: bool,
    differs_in_price: bool,
}

impl Default for HourProfile {
    /// Energy at all hours at one price.
    fn default() -> Self {
        Self::from_merged(std::array::from_fn(|_| vec![Hour::PLAIN]))
    }
}

impl HourProfile {
    /// Creates a profile from the hours of each month, January first. Identical hours are merged.
    ///
    /// # Errors
    /// [`EconError::Table`] for a month without hours, and for an invalid weight, availability, probability or price.
    pub fn new(months: [Vec<Hour>; 12]) -> Result<Self, EconError> {
        let mut kept: [Vec<Hour>; 12] = std::array::from_fn(|_| Vec::new());
        let mut index = HourIndex::default();
        for (month, hours) in months.into_iter().enumerate() {
            let wrong = |what: &str| EconError::Table {
                table: "hours",
                reason: format!("month {}: {what}", month + 1),
            };
            let all: f64 = hours.iter().map(|hour| hour.weight).sum();
            if !(all > 0.0 && all.is_finite()) {
                return Err(wrong("has no hours"));
            }
            index.clear();
            for mut hour in hours {
                if !(0.0..=1.0).contains(&hour.available) || !hour.price_ratio.is_finite() {
                    return Err(wrong("give available of 0 to 1 and a finite price"));
                }
                let has_weight = hour.weight > 0.0;
                if !has_weight || !(0.0..=1.0).contains(&hour.peak_probability) {
                    return Err(wrong("give weights above 0 and probabilities of 0 to 1"));
                }
                hour.weight /= all;
                merge(&mut kept[month], &mut index, hour);
            }
        }
        Ok(Self::from_merged(kept))
    }

    fn from_merged(months: [Vec<Hour>; 12]) -> Self {
        let hours = || months.iter().flatten();
        let knows_system = hours().any(|hour| hour.system.available_mw.is_finite());
        let first = hours().next().map(|hour| hour.price_ratio);
        let differs_in_price = hours().any(|hour| Some(hour.price_ratio) != first);
        Self { months, knows_system, differs_in_price }
    }

    /// The hours of a month, 0 for January.
    pub fn month(&self, month: usize) -> &[Hour] {
        &self.months[month % 12]
    }

    /// Maps every hour, with its month from 0.
    pub fn map(&self, mut convert: impl FnMut(usize, Hour) -> Hour) -> Self {
        let month = |m: usize| self.months[m].iter().map(|h| convert(m, *h)).collect();
        Self::from_merged(std::array::from_fn(month))
    }

    /// Whether the system is known in some of these hours.
    pub fn knows_system(&self) -> bool {
        self.knows_system
    }

    /// Whether hours differ in price.
    pub fn differs_in_price(&self) -> bool {
        self.differs_in_price
    }

    /// The share of a year with energy.
    pub fn available(&self) -> f64 {
        let month = |(m, hours): (usize, &Vec<Hour>)| {
            hours.iter().map(|h| h.weight * h.available).sum::<f64>() * MONTH_HOURS[m]
        };
        self.months.iter().enumerate().map(month).sum::<f64>() / MONTH_HOURS.iter().sum::<f64>()
    }
}

/// Indices of hours that may be identical: by price, availability, system and peak flag.
type HourIndex = HashMap<([u64; 4], bool), Vec<usize>>;

/// Merges hours into those that differ only in weight; probabilities of a peak are added.
fn merge(hours: &mut Vec<Hour>, known: &mut HourIndex, new: Hour) {
    let is_same = |hour: &Hour| {
        let same = Hour { weight: hour.weight, peak_probability: hour.peak_probability, ..new };
        // The probability of a peak within an hour determines its cost.
        let density = |h: &Hour| h.peak_probability / h.weight;
        *hour == same && density(hour) == density(&new)
    };
    let SystemHour { available_mw, demand_mw } = new.system;
    // Zeros of both signs are equal.
    let numbers =
        [new.price_ratio, new.available, available_mw, demand_mw].map(|n| (n + 0.0).to_bits());
    let indices = known.entry((numbers, new.peak)).or_default();
    match indices.iter().find(|index| is_same(&hours[**index])) {
        Some(&index) => {
            hours[index].weight += new.weight;
            hours[index].peak_probability += new.peak_probability;
        }
        None => {
            indices.push(hours.len());
            hours.push(new);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Merges hours one by one: each into the first identical one before it.
    fn one_by_one(hours: &[Hour]) -> Vec<Hour> {
        let all: f64 = hours.iter().map(|hour| hour.weight).sum();
        let mut found: Vec<Hour> = Vec::new();
        for hour in hours {
            let new = Hour { weight: hour.weight / all, ..*hour };
            let density = |hour: &Hour| hour.peak_probability / hour.weight;
            let same = |known: &&mut Hour| {
                known.price_ratio == new.price_ratio
                    && known.available == new.available
                    && known.system == new.system
                    && known.peak == new.peak
                    && density(known) == density(&new)
            };
            match found.iter_mut().find(same) {
                Some(known) => {
                    known.weight += new.weight;
                    known.peak_probability += new.peak_probability;
                }
                None => found.push(new),
            }
        }
        found
    }

    proptest! {
        #[test]
        fn merged_hours_match_pairwise_merging(
            dice in prop::collection::vec((0..3, 0..3, 0..2, 0..4, 0..2, 1..4), 1..60),
        ) {
            let hour = |&(price, available, system, probability, peak, weight): &(i32, i32, i32, i32, i32, i32)| Hour {
                weight: f64::from(weight) / 3.0,
                price_ratio: [0.0, -0.0, 1.5][price as usize],
                available: [0.0, 0.7, 1.0][available as usize],
                peak_probability: f64::from(probability) / 300.0,
                system: match system {
                    0 => SystemHour::AMPLE,
                    _ => SystemHour { available_mw: 10.0, demand_mw: -0.0 },
                },
                peak: peak == 1,
            };
            let hours: Vec<Hour> = dice.iter().map(hour).collect();
            let profile = HourProfile::new(std::array::from_fn(|_| hours.clone())).unwrap();
            let wanted = one_by_one(&hours);
            prop_assert_eq!(profile.month(0).len(), wanted.len());
            for (found, wanted) in profile.month(0).iter().zip(&wanted) {
                let bits = |hour: &Hour| {
                    [hour.weight, hour.price_ratio, hour.available, hour.peak_probability]
                        .map(f64::to_bits)
                };
                prop_assert_eq!(bits(found), bits(wanted));
            }
        }
    }
}
