//! Effects on other consumers by class (equation M22).

use super::{Figure, Period, Summary};
use crate::account::{FlowKind, Party};
use crate::params::{BillEffects, ConsumerClass};

/// Months of a year.
const MONTHS: f64 = 12.0;

/// The basis for allocating a flow of other consumers to their classes.
enum Allocation {
    /// Energy whose price follows the marginal plant.
    Price,
    /// Shared fixed costs.
    Network,
    /// Energy.
    Energy,
    /// Not allocated: purchases of residents from the project are not part of their bills.
    Excluded,
}

fn allocation(kind: FlowKind) -> Allocation {
    match kind {
        FlowKind::PriceRise => Allocation::Price,
        FlowKind::NetworkRelief
        | FlowKind::NetworkBuilt
        | FlowKind::CapacityFromConsumers
        | FlowKind::AllocationToConsumers => Allocation::Network,
        FlowKind::AiSoldHome | FlowKind::LeaseRentHome | FlowKind::LeaseEnergyHome => {
            Allocation::Excluded
        }
        _ => Allocation::Energy,
    }
}

fn share(bills: &BillEffects, class: &ConsumerClass, kind: FlowKind) -> f64 {
    match allocation(kind) {
        Allocation::Price => bills.price_share(class),
        Allocation::Network => class.network_share,
        Allocation::Energy => class.energy_share,
        Allocation::Excluded => 0.0,
    }
}

impl Summary<'_> {
    /// Receipts less payments of a class in a year, nominal USD.
    pub(super) fn class(&self, place: u8, year: usize) -> f64 {
        let bills = self.inputs.bills.as_ref();
        let Some((bills, class)) =
            bills.and_then(|bills| Some((bills, bills.classes.get(usize::from(place))?)))
        else {
            return f64::NAN;
        };
        let own = FlowKind::ALL.iter().filter(|kind| kind.sign(Party::Consumers) != 0.0);
        own.map(|&kind| {
            let usd = self.accounts.cell(kind, year).usd;
            kind.sign(Party::Consumers) * share(bills, class, kind) * usd
        })
        .sum()
    }

    /// Like [`Summary::class`], per consumer and month, mean of the years of the project.
    pub(super) fn class_consumer(&self, place: u8) -> f64 {
        let bills = self.inputs.bills.as_ref();
        let class = bills.and_then(|bills| bills.classes.get(usize::from(place)));
        let all: f64 = (0..self.accounts.years()).map(|year| self.class(place, year)).sum();
        let consumers = class.and_then(|class| class.consumers);
        consumers.map_or(f64::NAN, |count| all / count / (self.inputs.years * MONTHS))
    }
}

/// Figures of classes of consumers; per consumer only if their number is given.
pub fn class_figures(years: usize, classes: &[ConsumerClass]) -> Vec<Figure> {
    let periods = (0..years).map(|year| Period::Year(year as u8)).chain([Period::Whole]);
    let places = || classes.iter().enumerate().map(|(place, class)| (place as u8, class));
    let of = |period: Period| places().map(move |(place, _)| Figure::Class(place, period));
    let counted = places().filter(|(_, class)| class.consumers.is_some());
    periods.flat_map(of).chain(counted.map(|(place, _)| Figure::ClassConsumer(place))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::Denomination;
    use crate::scenario::Scenario;
    use crate::simulate::Paths;
    use crate::view::Study;

    const SCENARIO: &str = r#"
power_mw = 100
mining_share = 0.8
tariff = "60 USD/MWh"
retail_tariff = "90 USD/MWh"
machine_price_usd_per_th_s = 8
infrastructure_usd_per_mw = 430000
[ai]
rent_usd_per_gpu_hour = 2
kw_per_gpu = 1.4
pue = 1.25
sold = 0.7
uptime = 0.96
shell_usd_per_mw = 9e6
usd_per_gpu = 40000
life_years = 5
costs_usd_per_mwh = 20
export_share = 0.5
import_share = 0.9
[losses]
to_customer = 0.06
to_distribution = 0.04
[payers]
shortfall_to_state = 0.3
rest_to_consumers = 0.5
gain_to_consumers = 0.5
[[plant]]
name = "coal"
fuel_cost = "30 USD/MWh"
mean_mw = 100
headroom_mw = 60
g_per_kwh = 900
[[plant]]
name = "gas"
fuel_cost = "70 USD/MWh"
mean_mw = 100
headroom_mw = 600
g_per_kwh = 400
[capacity_payments]
average = "10 USD/MWh"
borne_by = "consumers"
mode = "new_build"
[bills]
at_marginal_price = 0.4
other_load_mw = 900
network_charge = "8 USD/MWh"
new_network_usd_per_mw_year = 9000
[[bills.class]]
name = "homes"
energy_share = 0.3
network_share = 0.6
at_marginal_price = 0
consumers = 200000
[[bills.class]]
name = "works"
energy_share = 0.7
network_share = 0.4
"#;

    #[test]
    fn class_effects_sum_to_effect_on_consumers() {
        let study = Study::new(Scenario::from_toml(SCENARIO).unwrap().resolve().unwrap()).unwrap();
        let outcome = study.simulate(Paths { count: 3, seed: 1 }, &|_| true).unwrap();
        let base = |figure| outcome.get(figure).unwrap().base;
        let flow = |kind, period| base(Figure::Flow(kind, period, Denomination::Usd));
        for period in [Period::Year(0), Period::Year(1), Period::Whole] {
            let classes = base(Figure::Class(0, period)) + base(Figure::Class(1, period));
            let consumers = base(Figure::Net(Party::Consumers, period, Denomination::Usd));
            let bought = flow(FlowKind::AiSoldHome, period);
            assert!(bought > 0.0 && flow(FlowKind::CapacityFromConsumers, period) > 0.0);
            assert!((classes - consumers - bought).abs() < 1e-9 * bought, "{classes} {consumers}");
        }
        let rise = flow(FlowKind::PriceRise, Period::Whole);
        assert!(rise > 0.0);
        // Homes are not exposed to the marginal price; works pay all of the increase.
        let works = base(Figure::Class(1, Period::Whole));
        assert!(works < -rise * 0.9 && base(Figure::Class(0, Period::Whole)) > works);
        let home = base(Figure::ClassConsumer(0));
        let whole = base(Figure::Class(0, Period::Whole));
        assert!((home * 200_000.0 * 48.0 / whole - 1.0).abs() < 1e-12);
        assert!(outcome.get(Figure::ClassConsumer(1)).is_err());
        // Figures of classes have bands.
        assert!(outcome.get(Figure::Class(0, Period::Whole)).unwrap().band.is_some());
    }
}
