//! Price levels, exchange rate and discount factors over time (equation M24).

use crate::YEAR_S;
use crate::account::When;
use crate::growth::Growth;
use crate::params::{Denomination, LevelPaths, Money, Price, Steps};
use std::sync::Arc;

/// Price levels, exchange rate and discount factors of one draw.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Levels {
    /// The dollar price level, the local price level over the exchange rate, the exchange rate, the discount
    /// factor and the state's, each relative to day one.
    growth: Growth<5>,
    /// Local money for a dollar on day one.
    rate: f64,
    per_rate: f64,
    paths: Option<Arc<LevelPaths>>,
    /// Logarithm of the real discount per year.
    discount: f64,
}

impl Levels {
    /// Fills the levels for another draw, up to `horizon` in seconds. `state_discount` is `None` if the state
    /// discounts at the project's rate.
    pub(crate) fn fill(
        &mut self,
        money: &Money,
        paths: Option<&Arc<LevelPaths>>,
        state_discount: Option<f64>,
        horizon: f64,
    ) {
        let usd = money.inflation_usd.ln_1p();
        let depreciation = money.depreciation.ln_1p();
        let discount = money.discount.ln_1p();
        let state = state_discount.map_or(discount, f64::ln_1p);
        let logs = [
            usd,
            money.inflation_local.ln_1p() - depreciation,
            depreciation,
            -discount - usd,
            -state - usd,
        ];
        self.growth.fill(logs, horizon / YEAR_S);
        (self.rate, self.per_rate) = (money.exchange_rate, 1.0 / money.exchange_rate);
        self.paths = paths.map(Arc::clone);
        self.discount = discount;
    }

    /// The levels at a time in a calendar year.
    #[inline]
    pub(crate) fn when(&self, at: f64, year: usize) -> When {
        let [usd, local, rate, discount, discount_state] = self.growth.at(at * (1.0 / YEAR_S));
        let mut when = When {
            at,
            year,
            usd,
            local: local * self.per_rate,
            local_in_usd: usd * self.per_rate,
            rate: rate * self.rate,
            discount,
            discount_state,
        };
        if let Some(paths) = &self.paths {
            when.apply_paths(paths);
        }
        when
    }

    /// Present value of a real dollar after a number of years.
    pub(crate) fn real_discount(&self, years: f64) -> f64 {
        if years == 0.0 { 1.0 } else { (-self.discount * years).exp() }
    }

    /// Day-one dollars of a price.
    pub(crate) fn day_one(&self, price: Price) -> f64 {
        match price.denomination {
            Denomination::Usd => price.value,
            Denomination::Local => price.value * self.per_rate,
        }
    }

    /// Nominal dollars that a domestic resource of one day-one dollar costs at a time: local prices over the
    /// exchange rate, both relative to day one.
    pub(crate) fn domestic_cost(&self, when: &When) -> f64 {
        when.local * self.rate
    }
}

impl When {
    /// Applies the level paths at this time.
    fn apply_paths(&mut self, paths: &LevelPaths) {
        let at = |steps: &Option<Steps>| steps.as_ref().map_or(1.0, |steps| steps.at(self.at));
        let (rate, usd) = (at(&paths.exchange_rate), at(&paths.inflation_usd));
        let local = at(&paths.inflation_local);
        self.usd *= usd;
        self.local *= local / rate;
        self.local_in_usd *= usd;
        self.rate *= rate;
        self.discount /= usd;
        self.discount_state /= usd;
    }

    /// The price level of a currency, 1 on day one.
    pub(crate) fn level(&self, denomination: Denomination) -> f64 {
        match denomination {
            Denomination::Usd => self.usd,
            Denomination::Local => self.local * self.rate,
        }
    }

    /// Nominal dollars for a unit of a denomination at day-one prices.
    pub(crate) fn index(&self, denomination: Denomination) -> f64 {
        match denomination {
            Denomination::Usd => self.usd,
            Denomination::Local => self.local,
        }
    }

    /// A price in nominal dollars.
    pub(crate) fn dollars(&self, price: Price) -> f64 {
        price.value * self.index(price.denomination)
    }
}
