//! Inputs of a simulation: a scenario's parameters, its reference prices and the number of paths.

use crate::currency::Currency;
use crate::network::ResidualModel;
use crate::params::inputs::Inputs;
use crate::params::{Denomination, ParamId, Price, Table};
use crate::result::{ReferencePrice, UseIds, UseValues};

/// The number of paths and their seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paths {
    /// Number of paths; 0 for the base alone.
    pub count: usize,
    /// Seed of the random numbers.
    pub seed: u64,
}

impl Paths {
    /// Sets the number of paths, 0 to a million; 0 for the base alone.
    pub const fn new(count: usize) -> Self {
        Self { count, seed: 1 }
    }

    /// Sets the seed; the same seed gives the same paths on any number of threads.
    #[must_use]
    pub const fn seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }
}

impl Default for Paths {
    /// 1,000 paths; the probability of a 5 % point then has a standard error of 0.7 percentage points.
    fn default() -> Self {
        Self { count: 1_000, seed: 1 }
    }
}

/// A reference price for the tariff, by its parameters (M31).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReferenceIds {
    /// The price per kWh at the metering point.
    pub price: Price<ParamId>,
    /// The metering point.
    pub metered: MeteringLocation,
}

/// The metering point of a reference, which determines the losses to the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeteringLocation {
    /// At the plant.
    Generator,
    /// At the handover to distribution companies.
    DistributionPurchase,
    /// At the customer.
    Consumer,
    /// Elsewhere, with its own losses.
    With(ParamId),
}

impl ReferenceIds {
    pub(crate) fn at(&self, values: &[f64], inputs: &Inputs) -> ReferencePrice {
        let (all, first) = (inputs.supply.losses, inputs.supply.losses_distribution);
        let loss = match self.metered {
            MeteringLocation::Generator => all,
            // A customer on the high-voltage grid may lose less than a distributor.
            MeteringLocation::DistributionPurchase => (1.0 - (1.0 - all) / (1.0 - first)).max(0.0),
            MeteringLocation::Consumer => 0.0,
            MeteringLocation::With(id) => values[id.index()],
        };
        ReferencePrice { price: self.price.map(|id| values[id.index()]), loss }
    }
}

/// A change applied to the inputs of every draw.
pub(crate) type Change<'a> = &'a (dyn Fn(&mut Inputs) + Sync);

/// A scenario's parameters, ready to be drawn.
#[derive(Clone, Copy)]
pub struct Simulation<'a> {
    /// The resolved parameters.
    pub table: &'a Table,
    /// The inputs, as indices into the table.
    pub inputs: &'a Inputs<ParamId>,
    /// Reference prices for the tariff.
    pub references: &'a [ReferenceIds],
    /// Alternative uses of the energy.
    pub uses: Option<&'a UseIds>,
    /// A change of the inputs, applied to every draw.
    pub(crate) change: Option<Change<'a>>,
    /// The scenario's currency.
    pub currency: Currency,
    /// The model of the market's residuals.
    pub noise: ResidualModel,
}

impl Simulation<'_> {
    pub(super) fn inputs_at(&self, values: &[f64]) -> Inputs {
        let mut inputs = self.inputs.at(values);
        if let Some(change) = self.change {
            change(&mut inputs);
        }
        inputs
    }
}

/// Prices of alternative uses, day-one USD per MWh.
pub(super) fn use_values(uses: &UseIds, values: &[f64], inputs: &Inputs) -> UseValues {
    let rate = inputs.money.exchange_rate;
    let usd_per_mwh = |price: Price<ParamId>| {
        let value = values[price.value.index()] * 1e3;
        if price.denomination == Denomination::Local { value / rate } else { value }
    };
    UseValues {
        industry_tariff: usd_per_mwh(uses.industry_tariff),
        household_tariff: usd_per_mwh(uses.household_tariff),
        terms: uses.terms.at(values),
    }
}
