//! The merit order of a month: cost, imports and emissions of a load (equation M19).
//!
//! A cheap plant that is idle while a more expensive one runs is constrained by grid, fuel or an outage. Only a share of
//! the headroom of plants cheaper than the marginal plant can therefore be called. The marginal plant is the most
//! expensive one with at least 5 % of the month's mean output. Load beyond all headroom is served at the cost of the
//! most expensive plant.

use crate::account::Levels;
use crate::params::Supply;
use crate::params::inputs::Plant;

/// Minimum share of the month's mean output for a plant to be the marginal one.
const MIN_OUTPUT_SHARE: f64 = 0.05;

/// The supply of a load, per hour.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Served {
    /// Cost, day-one USD.
    pub cost: f64,
    /// The part of the cost that is paid abroad, day-one USD.
    pub imported: f64,
    /// Tonnes of CO2.
    pub tonnes: f64,
}

/// A step of the merit order: a range of MW, the supply before it, and the supply per MW.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Step {
    /// Its start and end, MW; infinite for the most expensive plant.
    from: f64,
    to: f64,
    /// Supply of all steps before it.
    before: Served,
    per_mw: Served,
}

/// Plants of a month, the cheapest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct MeritOrder {
    steps: Vec<Step>,
}

impl MeritOrder {
    /// Fills the merit order of a month, 0 for January.
    pub(crate) fn fill(
        &mut self,
        plants: &[Plant],
        month: usize,
        supply: &Supply,
        levels: &Levels,
    ) {
        let all: f64 = plants.iter().map(|plant| plant.mean_mw[month]).sum();
        self.steps.clear();
        // The most expensive plant that runs.
        let mut marginal = f64::NEG_INFINITY;
        for plant in plants {
            let Some(cost) = plant.cost else { continue };
            let fuel = levels.day_one(cost[month]) * supply.fuel_cost_ratio;
            let total = fuel + levels.day_one(plant.variable_om);
            if plant.mean_mw[month] >= MIN_OUTPUT_SHARE * all {
                marginal = marginal.max(total);
            }
            // USD/kWh is 1000 USD/MWh; g/kWh is a thousandth of t/MWh.
            let per_mw = Served {
                cost: total * 1e3,
                imported: fuel * plant.import_share * 1e3,
                tonnes: plant.g_per_kwh * 1e-3,
            };
            let to = plant.headroom_mw[month] * plant.shape[month];
            self.steps.push(Step { to, per_mw, ..Step::default() });
        }
        self.steps.sort_by(|a, b| a.per_mw.cost.total_cmp(&b.per_mw.cost));
        let (mut from, mut before) = (0.0, Served::default());
        for step in &mut self.steps {
            let is_cheaper = step.per_mw.cost < marginal * 1e3;
            let headroom = step.to * if is_cheaper { supply.deliverable } else { 1.0 };
            (step.from, step.to, step.before) = (from, from + headroom, before);
            before = step.served(from + headroom);
            from += headroom;
        }
        if let Some(last) = self.steps.last_mut() {
            last.to = f64::INFINITY;
        }
    }

    /// The supply of a load, per hour.
    #[inline]
    pub(crate) fn serve(&self, mw: f64) -> Served {
        let step = self.steps.iter().find(|step| mw <= step.to);
        step.map_or(Served::default(), |step| step.served(mw))
    }
}

impl MeritOrder {
    /// Cost of the next MW at a load, per MW and hour: the price set by the marginal plant.
    pub(crate) fn price(&self, mw: f64) -> Served {
        // Plants without headroom do not set the price.
        let sets_price =
            |step: &&Step| step.to > step.from && (mw <= step.to || step.to.is_infinite());
        self.steps.iter().find(sets_price).map_or(Served::default(), |step| step.per_mw)
    }
}

impl Step {
    /// The supply of a load whose last MW is in this step, per hour.
    #[inline]
    fn served(&self, mw: f64) -> Served {
        let depth = mw - self.from;
        Served {
            cost: self.before.cost + depth * self.per_mw.cost,
            imported: self.before.imported + depth * self.per_mw.imported,
            tonnes: self.before.tonnes + depth * self.per_mw.tonnes,
        }
    }
}
