//! Levies that apply for a period or to a part of the load (equation M23), and power bought ahead (M10).

use super::inputs::LevyStep;
use super::{Denomination, Price};

/// The energy on which a levy is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LevyOf {
    /// All energy of a site.
    #[default]
    All,
    /// Energy of mining machines, including standby.
    Mining,
    /// Energy of AI.
    Ai,
}

/// The rate of a levy.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum LevyRate<T = f64> {
    /// An amount per kWh.
    Kwh(Price<T>),
    /// A share of the bill: energy, adjustments, contracted power, demand and capacity charges.
    Bill(T),
    /// Steps by the hour's price, in ascending order.
    Steps {
        /// The denomination of thresholds and rates, at day-one prices.
        denomination: Denomination,
        /// By ascending price.
        steps: Vec<LevyStep<T>>,
    },
}

/// A levy that applies for a period, or to a part of the load.
#[derive(Clone, Debug, PartialEq)]
pub struct DatedLevy<T = f64> {
    /// Start of the levy, seconds from the start of the run.
    pub from: f64,
    /// End of the levy (exclusive), seconds from the start of the run.
    pub until: f64,
    /// The energy on which it is due.
    pub of: LevyOf,
    /// The rate.
    pub rate: LevyRate<T>,
}

impl<T: Copy> DatedLevy<T> {
    pub(super) fn map<U>(&self, convert: &mut impl FnMut(T) -> U) -> DatedLevy<U> {
        let rate = match &self.rate {
            LevyRate::Kwh(price) => LevyRate::Kwh(price.map(&mut *convert)),
            LevyRate::Bill(part) => LevyRate::Bill(convert(*part)),
            LevyRate::Steps { denomination, steps } => LevyRate::Steps {
                denomination: *denomination,
                steps: steps
                    .iter()
                    .map(|step| LevyStep { below: step.below, rate: convert(step.rate) })
                    .collect(),
            },
        };
        DatedLevy { from: self.from, until: self.until, of: self.of, rate }
    }
}

impl<T> DatedLevy<T> {
    /// Whether it is in force at a time, seconds from the start.
    pub fn holds(&self, at: f64) -> bool {
        (self.from..self.until).contains(&at)
    }

    /// Whether it is due on mining, and on AI.
    pub(crate) fn bearers(&self) -> [bool; 2] {
        [self.of != LevyOf::Ai, self.of != LevyOf::Mining]
    }
}

/// Power bought ahead (equation M10): unused energy is sold, and additional energy bought, at the hour's price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PowerContract<T = f64> {
    /// Contracted power in every hour with energy, MW.
    pub volume_mw: T,
    /// Contract price, money/kWh.
    pub price: Price<T>,
    /// Fee, money/kWh: deducted from the hour's price for energy sold, added for energy bought.
    pub fee: Price<T>,
}

impl<T: Copy> PowerContract<T> {
    pub(super) fn map<U>(&self, convert: &mut impl FnMut(T) -> U) -> PowerContract<U> {
        PowerContract {
            volume_mw: convert(self.volume_mw),
            price: self.price.map(&mut *convert),
            fee: self.fee.map(&mut *convert),
        }
    }
}
