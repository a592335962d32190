//! The hours of a site by calendar month: price, availability, peaks and what the system has free.

use crate::EconError;
use std::collections::HashMap;

/// Hours of each month in a year of 365 days.
pub const MONTH_HOURS: [f64; 12] =
    [744.0, 672.0, 744.0, 720.0, 744.0, 720.0, 744.0, 744.0, 720.0, 744.0, 720.0, 744.0];

/// Hours of a month that are alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hour {
    /// Their part of the month's hours; those of a month make 1.
    pub weight: f64,
    /// Price of energy over the tariff.
    pub price_ratio: f64,
    /// The part of them for which there is energy, 0 to 1.
    pub available: f64,
    /// Probability that a coincident peak of the month falls into them; those of a month with one make 1.
    pub peak_probability: f64,
    /// What the system can give beside its demand, MW: `available_mw` and `demand_mw`, infinite where
    /// nothing is known.
    pub system: SystemHour,
    /// Whether the tariff counts them as peak hours.
    pub peak: bool,
}

/// The system in some hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SystemHour {
    /// What plants could give, MW.
    pub available_mw: f64,
    /// What others take, MW.
    pub demand_mw: f64,
}

impl SystemHour {
    /// Nothing is known: there is always enough.
    pub const AMPLE: Self = Self { available_mw: f64::INFINITY, demand_mw: 0.0 };

    /// What is free for the site, with the availability and the reserve of a draw, MW (equation M19).
    pub fn free(self, availability_ratio: f64, reserve_mw: f64) -> f64 {
        if self.available_mw.is_infinite() {
            return f64::INFINITY;
        }
        availability_ratio * self.available_mw - self.demand_mw - reserve_mw
    }
}

impl Hour {
    /// Hours with energy at the tariff.
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
    /// Asked for by every figure, and as long to find out as there are hours.
    knows_system: bool,
    differs_in_price: bool,
}

impl Default for HourProfile {
    /// Energy at all hours at one price.
    fn default() -> Self {
        Self::of(std::array::from_fn(|_| vec![Hour::PLAIN]))
    }
}

impl HourProfile {
    /// From the hours of each month, January first. Hours that are alike in everything become one.
    ///
    /// # Errors
    /// [`EconError::Table`] for a month without hours, and for what is no weight, part or price.
    pub fn new(months: [Vec<Hour>; 12]) -> Result<Self, EconError> {
        let mut kept: [Vec<Hour>; 12] = std::array::from_fn(|_| Vec::new());
        let mut alike = Alike::default();
        for (month, hours) in months.into_iter().enumerate() {
            let wrong = |what: &str| EconError::Table {
                table: "hours",
                reason: format!("month {}: {what}", month + 1),
            };
            let all: f64 = hours.iter().map(|hour| hour.weight).sum();
            if !(all > 0.0 && all.is_finite()) {
                return Err(wrong("has no hours"));
            }
            alike.clear();
            for mut hour in hours {
                if !(0.0..=1.0).contains(&hour.available) || !hour.price_ratio.is_finite() {
                    return Err(wrong("give available of 0 to 1 and a finite price"));
                }
                let weighs = hour.weight > 0.0;
                if !weighs || !(0.0..=1.0).contains(&hour.peak_probability) {
                    return Err(wrong("give weights above 0 and probabilities of 0 to 1"));
                }
                hour.weight /= all;
                merge(&mut kept[month], &mut alike, hour);
            }
        }
        Ok(Self::of(kept))
    }

    fn of(months: [Vec<Hour>; 12]) -> Self {
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

    /// The same hours with something changed in each of them.
    pub fn map(&self, mut of: impl FnMut(usize, Hour) -> Hour) -> Self {
        Self::of(std::array::from_fn(|m| self.months[m].iter().map(|h| of(m, *h)).collect()))
    }

    /// Whether anything is known of the system in these hours.
    pub fn knows_system(&self) -> bool {
        self.knows_system
    }

    /// Whether some hours are dearer than others.
    pub fn differs_in_price(&self) -> bool {
        self.differs_in_price
    }

    /// The part of a year with energy.
    pub fn available(&self) -> f64 {
        let month = |(m, hours): (usize, &Vec<Hour>)| {
            hours.iter().map(|h| h.weight * h.available).sum::<f64>() * MONTH_HOURS[m]
        };
        self.months.iter().enumerate().map(month).sum::<f64>() / MONTH_HOURS.iter().sum::<f64>()
    }
}

/// Where hours stand that may be the same: by price, availability, system and whether they are of a peak.
type Alike = HashMap<([u64; 4], bool), Vec<usize>>;

/// Puts hours to those that are the same but for their weight; probabilities of a peak add up.
fn merge(hours: &mut Vec<Hour>, known: &mut Alike, new: Hour) {
    let alike = |hour: &Hour| {
        let same = Hour { weight: hour.weight, peak_probability: hour.peak_probability, ..new };
        // The chance of a peak within an hour decides what that hour costs.
        let density = |h: &Hour| h.peak_probability / h.weight;
        *hour == same && density(hour) == density(&new)
    };
    let SystemHour { available_mw, demand_mw } = new.system;
    // Zeros of both signs are equal.
    let numbers =
        [new.price_ratio, new.available, available_mw, demand_mw].map(|n| (n + 0.0).to_bits());
    let places = known.entry((numbers, new.peak)).or_default();
    match places.iter().find(|place| alike(&hours[**place])) {
        Some(&place) => {
            hours[place].weight += new.weight;
            hours[place].peak_probability += new.peak_probability;
        }
        None => {
            places.push(hours.len());
            hours.push(new);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Hours put together one by one: each to the first of those before it that is the same.
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
        fn alike_hours_become_one_as_if_put_together_one_by_one(
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
