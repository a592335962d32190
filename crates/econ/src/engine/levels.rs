//! Price levels, exchange rate and discounting in time (equation M24).

use crate::YEAR_S;
use crate::account::When;
use crate::params::{Denomination, Money, Price};

/// Their logarithms a year, in one draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Levels {
    usd: f64,
    local: f64,
    depreciation: f64,
    discount: f64,
    state_discount: f64,
    rate: f64,
}

/// `exp(log * years)`, without the exponential where nothing grows.
fn grown(log: f64, years: f64) -> f64 {
    if log == 0.0 { 1.0 } else { (log * years).exp() }
}

impl Levels {
    /// `state_discount` is `None` where the state discounts as the project does.
    pub(crate) fn new(money: &Money, state_discount: Option<f64>) -> Self {
        Self {
            usd: money.inflation_usd.ln_1p(),
            local: money.inflation_local.ln_1p(),
            depreciation: money.depreciation.ln_1p(),
            discount: money.discount.ln_1p(),
            state_discount: state_discount.unwrap_or(money.discount).ln_1p(),
            rate: money.exchange_rate,
        }
    }

    /// A moment of a calendar year.
    pub(crate) fn when(&self, at: f64, year: usize) -> When {
        let years = at / YEAR_S;
        let rate = self.rate * grown(self.depreciation, years);
        let discount = grown(-self.discount - self.usd, years);
        let discount_state = match self.state_discount == self.discount {
            true => discount,
            false => grown(-self.state_discount - self.usd, years),
        };
        When {
            at,
            year,
            usd: grown(self.usd, years),
            local: grown(self.local, years) / rate,
            rate,
            discount,
            discount_state,
        }
    }

    /// Day-one dollars of a price.
    pub(crate) fn day_one(&self, price: Price) -> f64 {
        match price.denomination {
            Denomination::Usd => price.value,
            Denomination::Local => price.value / self.rate,
        }
    }

    /// What a local resource of a day-one dollar costs at a moment, dollars: local prices over the exchange
    /// rate, both from day one.
    pub(crate) fn home(&self, when: &When) -> f64 {
        when.local * self.rate
    }
}

impl When {
    /// Dollars of the moment for a unit of a denomination at day-one prices.
    pub(crate) fn index(&self, denomination: Denomination) -> f64 {
        match denomination {
            Denomination::Usd => self.usd,
            Denomination::Local => self.local,
        }
    }

    /// Dollars of the moment of a price.
    pub(crate) fn dollars(&self, price: Price) -> f64 {
        price.value * self.index(price.denomination)
    }
}
