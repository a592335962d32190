//! The response of other miners along the known epochs, and its residuals.

use super::{CurveYears, Epoch, Others, ResponseParameters, ResponseRates};
use crate::units::{Hashrate, Seconds};

/// The unexplained changes of one epoch, as logarithms.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MarketShock {
    /// Of the bitcoin price.
    pub price: f64,
    /// Of the machines of other miners.
    pub growth: f64,
    /// Of the fees per block.
    pub fees: f64,
}

/// The nominal length of an epoch.
pub(super) const EPOCH: Seconds = Seconds::from_days(14.0);

/// The response to the hashprices of the past.
pub(super) struct Replay<'a> {
    /// The epochs.
    pub epochs: &'a [Epoch],
    /// By epoch: the others at its start; their capacity is relative.
    pub others: Vec<Others>,
    /// By epoch: expected growth of difficulty, a logarithm, caused by the hashprice two epochs before.
    pub expected: Vec<f64>,
}

impl<'a> Replay<'a> {
    /// Steps the others through epochs with known fees and price.
    pub(super) fn new(
        epochs: &'a [Epoch],
        curves: &CurveYears,
        response: &ResponseParameters,
    ) -> Self {
        let mut at_start = Vec::with_capacity(epochs.len());
        let mut growth = Vec::with_capacity(epochs.len());
        let pace = ResponseRates::new(response).pace(EPOCH.as_seconds());
        let mut running = None;
        for epoch in epochs {
            let day = epoch.first_full_day.unwrap_or(jiff::civil::Date::ZERO);
            let known = curves.known_or_first(day);
            let log_cost = response.log_cost_after(known.age_days);
            let hashprice = epoch.hashprice().map_or(0.0, |h| h.as_usd_per_ph_day());
            let any = Hashrate::from_eh_s(1.0);
            let mut others = Others::settled(any, hashprice, log_cost, &known.table);
            // A new year's curve has its own costs; the running share carries over.
            others.running = running.unwrap_or(others.running);
            at_start.push(others);
            let before = others.hashrate();
            others.step(hashprice, &pace, 0.0, &known.table);
            growth.push((others.hashrate() / before).ln());
            running = Some(others.running);
        }
        // The hashprice of an epoch determines the hashrate of the next, which determines the difficulty of the one
        // after.
        let expected = (0..epochs.len())
            .map(|i| i.checked_sub(2).map_or(0.0, |cause| growth[cause]))
            .collect();
        Self { epochs, others: at_start, expected }
    }

    /// The residuals of each epoch from the third on: change of price, growth of difficulty beyond the response, and
    /// change of fees.
    pub(super) fn residuals(&self) -> Vec<MarketShock> {
        let log = |value: f64| value.max(f64::MIN_POSITIVE).ln();
        let price = |e: &Epoch| log(e.price.map_or(0.0, |p| p.as_usd_per_btc()));
        let fees = |e: &Epoch| log(e.fees_per_block.map_or(0.0, |f| f.as_btc()));
        let difficulty = |e: &Epoch| log(e.difficulty().value());
        let pairs = self.epochs.windows(2).zip(self.expected.iter().skip(1));
        pairs
            .skip(1)
            .map(|(pair, expected)| MarketShock {
                price: price(&pair[1]) - price(&pair[0]),
                growth: difficulty(&pair[1]) - difficulty(&pair[0]) - expected,
                fees: fees(&pair[1]) - fees(&pair[0]),
            })
            .collect()
    }
}
