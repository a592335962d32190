//! The merit order of a month: what a running load costs, imports and emits (equation M19).
//!
//! A cheap plant that stands idle while a dearer one runs is held by grid, fuel or outage; so of the
//! headroom of plants cheaper than the marginal one only a part can be called on. The marginal plant is the
//! dearest that gives 5 % of the month's mean output. What exceeds all headroom is taken at the dearest
//! plant.

use crate::engine::Levels;
use crate::engine::Plant;
use crate::params::Supply;

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

/// A step of the order: up to a depth, what the next MW costs.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Step {
    /// MW that it gives.
    room: f64,
    cost: f64,
    imported: f64,
    tonnes: f64,
}

/// Plants of a month, the cheapest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct MeritOrder {
    steps: Vec<Step>,
}

impl MeritOrder {
    /// Of a month, 0 for January.
    pub(crate) fn of(plants: &[Plant], month: usize, supply: &Supply, levels: &Levels) -> Self {
        let mut order = Self::default();
        order.rebuild(plants, month, supply, levels);
        order
    }

    /// The same in place.
    pub(crate) fn rebuild(
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
            self.steps.push(Step {
                room: plant.headroom_mw[month] * plant.shape[month],
                cost: total * 1e3,
                imported: fuel * plant.import_share * 1e3,
                tonnes: plant.g_per_kwh * 1e-3,
            });
        }
        self.steps.sort_by(|a, b| a.cost.total_cmp(&b.cost));
        for step in &mut self.steps {
            if step.cost < marginal * 1e3 {
                step.room *= supply.deliverable;
            }
        }
    }

    /// What a load costs for an hour.
    pub(crate) fn serve(&self, mw: f64) -> Served {
        let (mut left, mut served) = (mw, Served::default());
        let last = self.steps.len().saturating_sub(1);
        for (place, step) in self.steps.iter().enumerate() {
            let taken = if place == last { left } else { step.room.min(left) };
            served.cost += taken * step.cost;
            served.imported += taken * step.imported;
            served.tonnes += taken * step.tonnes;
            left -= taken;
            if left <= 0.0 {
                break;
            }
        }
        served
    }
}
