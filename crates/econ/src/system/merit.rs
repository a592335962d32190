//! The merit order of a month: what a running load costs, imports and emits (equation M19).
//!
//! A cheap plant that stands idle while a dearer one runs is held by grid, fuel or outage; so of the
//! headroom of plants cheaper than the marginal one only a part can be called on. The marginal plant is the
//! dearest that gives 5 % of the month's mean output. What exceeds all headroom is taken at the dearest
//! plant.

use crate::account::Levels;
use crate::params::Supply;
use crate::params::inputs::Plant;

/// The part of the month's mean output that makes a plant the marginal one.
const RUNS: f64 = 0.05;

/// What serves a load, an hour.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Served {
    /// Day-one USD of cost.
    pub cost: f64,
    /// Day-one USD of it that is paid abroad.
    pub imported: f64,
    /// Tonnes of CO2.
    pub tonnes: f64,
}

/// A step of the order: from a depth on, what has been spent up to there and what the next MW costs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Step {
    /// MW up to it, and to its end; endless for the dearest.
    from: f64,
    to: f64,
    /// What all before it costs.
    before: Served,
    each: Served,
}

/// Plants of a month, the cheapest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct MeritOrder {
    steps: Vec<Step>,
}

impl MeritOrder {
    /// Of a month, 0 for January, in place of another.
    pub(crate) fn fill(
        &mut self,
        plants: &[Plant],
        month: usize,
        supply: &Supply,
        levels: &Levels,
    ) {
        let all: f64 = plants.iter().map(|plant| plant.mean_mw[month]).sum();
        self.steps.clear();
        // The dearest plant that runs.
        let mut marginal = f64::NEG_INFINITY;
        for plant in plants {
            let Some(cost) = plant.cost else { continue };
            let fuel = levels.day_one(cost[month]) * supply.fuel_cost_ratio;
            let total = fuel + levels.day_one(plant.variable_om);
            if plant.mean_mw[month] >= RUNS * all {
                marginal = marginal.max(total);
            }
            // USD/kWh is 1000 USD/MWh; g/kWh is a thousandth of t/MWh.
            let each = Served {
                cost: total * 1e3,
                imported: fuel * plant.import_share * 1e3,
                tonnes: plant.g_per_kwh * 1e-3,
            };
            let to = plant.headroom_mw[month] * plant.shape[month];
            self.steps.push(Step { to, each, ..Step::default() });
        }
        self.steps.sort_by(|a, b| a.each.cost.total_cmp(&b.each.cost));
        let (mut from, mut before) = (0.0, Served::default());
        for step in &mut self.steps {
            let is_cheaper = step.each.cost < marginal * 1e3;
            let room = step.to * if is_cheaper { supply.deliverable } else { 1.0 };
            (step.from, step.to, step.before) = (from, from + room, before);
            before = step.served(from + room);
            from += room;
        }
        if let Some(last) = self.steps.last_mut() {
            last.to = f64::INFINITY;
        }
    }

    /// What a load costs for an hour.
    #[inline]
    pub(crate) fn serve(&self, mw: f64) -> Served {
        let step = self.steps.iter().find(|step| mw <= step.to);
        step.map_or(Served::default(), |step| step.served(mw))
    }
}

impl MeritOrder {
    /// What the next MW costs once so many run, an hour of a MW: the price that the marginal plant makes.
    pub(crate) fn price(&self, mw: f64) -> Served {
        // Plants without room make no price.
        let makes = |step: &&Step| step.to > step.from && (mw <= step.to || step.to.is_infinite());
        self.steps.iter().find(makes).map_or(Served::default(), |step| step.each)
    }
}

impl Step {
    /// What a load whose last MW is of this step costs for an hour.
    #[inline]
    fn served(&self, mw: f64) -> Served {
        let depth = mw - self.from;
        Served {
            cost: self.before.cost + depth * self.each.cost,
            imported: self.before.imported + depth * self.each.imported,
            tonnes: self.before.tonnes + depth * self.each.tonnes,
        }
    }
}
