//! What is simulated: a scenario's parameters, what its tariff is held against, how many paths.

use crate::currency::Currency;
use crate::network::ResidualModel;
use crate::params::inputs::Inputs;
use crate::params::{Denomination, ParamId, Price, Table};
use crate::result::{ReferencePrice, UseIds, UseValues};

/// How many paths, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paths {
    /// How many; 0 for the base alone.
    pub count: usize,
    /// Where the random numbers begin.
    pub seed: u64,
}

impl Default for Paths {
    /// 1,000 paths, on which a 5 % point is known to within 0.7 percentage points.
    fn default() -> Self {
        Self { count: 1_000, seed: 1 }
    }
}

/// What a tariff is held against, by its parameters (M31).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReferenceIds {
    /// The price of a kWh where it is metered.
    pub price: Price<ParamId>,
    /// Where that is.
    pub metered: MeteredAt,
}

/// Where a reference is metered, and so which losses lie between it and the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeteredAt {
    /// At the plant.
    Generator,
    /// Where distributors take the energy over.
    DistributionPurchase,
    /// At the customer.
    Consumer,
    /// Elsewhere, with losses of its own.
    With(ParamId),
}

impl ReferenceIds {
    pub(crate) fn at(&self, values: &[f64], inputs: &Inputs) -> ReferencePrice {
        let (all, first) = (inputs.supply.losses, inputs.supply.losses_distribution);
        let loss = match self.metered {
            MeteredAt::Generator => all,
            // A customer on the high-voltage grid may lose less than a distributor.
            MeteredAt::DistributionPurchase => (1.0 - (1.0 - all) / (1.0 - first)).max(0.0),
            MeteredAt::Consumer => 0.0,
            MeteredAt::With(id) => values[id.index()],
        };
        ReferencePrice { price: self.price.map(|id| values[id.index()]), loss }
    }
}

/// Something that is changed in the inputs of every draw.
pub(crate) type Change<'a> = &'a (dyn Fn(&mut Inputs) + Sync);

/// A scenario's parameters, ready to be drawn.
#[derive(Clone, Copy)]
pub struct Simulation<'a> {
    /// The resolved parameters.
    pub table: &'a Table,
    /// Where each stands.
    pub inputs: &'a Inputs<ParamId>,
    /// What the tariff is held against.
    pub references: &'a [ReferenceIds],
    /// What else the energy could do.
    pub uses: Option<&'a UseIds>,
    /// A choice made otherwise, applied to every draw.
    pub(crate) change: Option<Change<'a>>,
    /// The scenario's currency.
    pub currency: Currency,
    /// How the market departs from its trend.
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

/// Prices of other uses in USD of day one for a MWh.
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
