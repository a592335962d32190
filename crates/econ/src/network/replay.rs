//! The others' response along the known epochs: what the model did not expect of each.

use super::{CurveYears, Epoch, Others, ResponseParameters, ResponseRates};
use crate::units::{Hashrate, Seconds};

/// What one epoch does beside the model: changes of logarithms, pure numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MarketShock {
    /// Of the price of a bitcoin.
    pub price: f64,
    /// Of everybody else's machines.
    pub growth: f64,
    /// Of the fees in a block.
    pub fees: f64,
}

/// An epoch at its usual length.
pub(super) const EPOCH: Seconds = Seconds::from_days(14.0);

/// The response to the hashprices of the past.
pub(super) struct Replay<'a> {
    /// The epochs.
    pub epochs: &'a [Epoch],
    /// By epoch: the others at its beginning; their capacity is relative.
    pub others: Vec<Others>,
    /// By epoch: growth of difficulty that its predecessor's predecessor's hashprice made, a
    /// logarithm.
    pub expected: Vec<f64>,
}

impl<'a> Replay<'a> {
    /// The others stepped through the epochs, whose fees and price are known, at the hashprice of each.
    pub(super) fn of(
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
            // A new year's curve has its own costs; what runs goes on.
            others.running = running.unwrap_or(others.running);
            at_start.push(others);
            let before = others.hashrate();
            others.step(hashprice, &pace, 0.0, &known.table);
            growth.push((others.hashrate() / before).ln());
            running = Some(others.running);
        }
        // The hashprice of an epoch makes the hashrate of the next, which makes the difficulty of the one
        // after.
        let expected = (0..epochs.len())
            .map(|i| i.checked_sub(2).map_or(0.0, |cause| growth[cause]))
            .collect();
        Self { epochs, others: at_start, expected }
    }

    /// What the model did not expect, of each epoch that has two before it: the price's change, the
    /// growth of difficulty beside the response, the fees' change.
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
