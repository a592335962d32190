//! Levies that hold for a time or for a part of the load (equation M23), and power bought ahead (M10).

use super::inputs::LevyStep;
use super::{Denomination, Price};

/// On which energy a levy is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LevyOf {
    /// On all of a site.
    #[default]
    All,
    /// On what machines that mine take, standby in it.
    Mining,
    /// On what AI takes.
    Ai,
}

/// What a levy is measured by.
#[derive(Clone, Debug, PartialEq)]
pub enum LevyRate<T = f64> {
    /// So much for a kWh.
    Kwh(Price<T>),
    /// A part of the bill: energy, adjustments, contracted power, demand and capacity charges.
    Bill(T),
    /// Steps by the hour's price, which rises from one to the next.
    Steps {
        /// The money of thresholds and rates, at day-one prices.
        denomination: Denomination,
        /// By rising price.
        steps: Vec<LevyStep<T>>,
    },
}

/// A levy that holds for a time, or on a part of the load.
#[derive(Clone, Debug, PartialEq)]
pub struct DatedLevy<T = f64> {
    /// When it begins to hold, seconds from the start.
    pub from: f64,
    /// When it ends: from then on it does not hold, seconds from the start.
    pub until: f64,
    /// On which energy.
    pub of: LevyOf,
    /// How much.
    pub rate: LevyRate<T>,
}

impl<T: Copy> DatedLevy<T> {
    pub(super) fn map<U>(&self, of: &mut impl FnMut(T) -> U) -> DatedLevy<U> {
        let rate = match &self.rate {
            LevyRate::Kwh(price) => LevyRate::Kwh(price.map(&mut *of)),
            LevyRate::Bill(part) => LevyRate::Bill(of(*part)),
            LevyRate::Steps { denomination, steps } => LevyRate::Steps {
                denomination: *denomination,
                steps: steps
                    .iter()
                    .map(|step| LevyStep { below: step.below, rate: of(step.rate) })
                    .collect(),
            },
        };
        DatedLevy { from: self.from, until: self.until, of: self.of, rate }
    }
}

impl<T> DatedLevy<T> {
    /// Whether it holds at a time, seconds from the start.
    pub fn holds(&self, at: f64) -> bool {
        (self.from..self.until).contains(&at)
    }

    /// Whether mining bears it, and whether AI does.
    pub(crate) fn bearers(&self) -> [bool; 2] {
        [self.of != LevyOf::Ai, self.of != LevyOf::Mining]
    }
}

/// Power bought ahead (equation M10): what is not taken of it is sold at the hour's price, what is taken beyond
/// it is bought at that.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PowerContract<T = f64> {
    /// Contracted power in every hour with energy, MW.
    pub volume_mw: T,
    /// What is paid for it, money/kWh.
    pub price: Price<T>,
    /// What the hour's price is less for what is sold, and more for what is bought, money/kWh.
    pub fee: Price<T>,
}

impl<T: Copy> PowerContract<T> {
    pub(super) fn map<U>(&self, of: &mut impl FnMut(T) -> U) -> PowerContract<U> {
        PowerContract {
            volume_mw: of(self.volume_mw),
            price: self.price.map(&mut *of),
            fee: self.fee.map(&mut *of),
        }
    }
}
