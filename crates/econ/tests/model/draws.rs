//! Random inputs with all options of the engine, for property tests.

mod sites;

use super::cases::{self, YEAR_S};
use hashwatt_econ::engine::*;
use hashwatt_econ::params::*;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::test_runner::Config;

/// Upper bound of the random numbers used for one set of inputs.
const DICE: usize = 700;

/// 64 cases, or 2,000 with `HASHWATT_FULL=1`.
pub fn config() -> Config {
    let full = std::env::var_os("HASHWATT_FULL").is_some_and(|value| value == "1");
    let cases = if full { 2000 } else { 64 };
    Config { cases, failure_persistence: None, ..Config::default() }
}

/// Inputs of every kind; they shrink towards one simple site.
pub fn inputs() -> impl Strategy<Value = Inputs> {
    proptest::collection::vec(0.0f64..1.0, DICE).prop_map(|dice| Dice(dice.into_iter()).inputs())
}

/// Numbers from 0 to 1; 0 gives the simplest choice.
struct Dice(std::vec::IntoIter<f64>);

impl Dice {
    fn unit(&mut self) -> f64 {
        self.0.next().expect("more dice than inputs")
    }

    fn between(&mut self, plain: f64, far: f64) -> f64 {
        plain + (far - plain) * self.unit()
    }

    fn yes(&mut self) -> bool {
        self.unit() > 0.5
    }

    /// A share from 0 to 1, inclusive.
    fn part(&mut self) -> f64 {
        ((self.unit() - 0.3) / 0.55).clamp(0.0, 1.0)
    }

    fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[(self.unit() * choices.len() as f64) as usize].clone()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.yes() { Some(make(self)) } else { None }
    }

    fn price(&mut self, money: &Money, plain: f64, far: f64) -> Price {
        let usd = self.between(plain, far);
        if self.yes() { Price::local(usd * money.exchange_rate) } else { Price::usd(usd) }
    }

    fn inputs(mut self) -> Inputs {
        let mut drawn = cases::base(Vec::new());
        drawn.start = self.of(&[date(2026, 9, 11), date(2027, 1, 1), date(2028, 2, 29)]);
        drawn.years = self.of(&[0.2, 1.0, 3.0, 4.3]);
        drawn.height += (self.between(0.0, 80_000.0)) as u32;
        self.market(&mut drawn);
        drawn.operator = self.operator();
        let money = drawn.money;
        drawn.sites = (0..self.of(&[1, 1, 2, 3])).map(|_| self.site(&money)).collect();
        let sites = drawn.sites.len();
        drawn.lots = (0..self.of(&[1, 2, 4])).map(|_| self.lot(sites, drawn.years)).collect();
        drawn.ai = self.maybe(|dice| dice.ai(sites));
        if drawn.ai.is_none() {
            drawn.lease = self.maybe(|dice| dice.lease(&drawn));
        }
        self.limits(&mut drawn);
        self.system(&mut drawn);
        drawn.bills = self.maybe(|dice| dice.bills(&drawn.money));
        let years = drawn.years;
        for place in 0..drawn.sites.len() {
            self.later(&mut drawn.sites[place], &money, years);
        }
        drawn
    }

    fn market(&mut self, drawn: &mut Inputs) {
        drawn.trend.price_drift = self.between(0.0, 0.4);
        let growth = self.between(0.0, 0.5);
        drawn.others = self.of(&[Others::Growing(growth), Others::Endogenous]);
        drawn.displacement = self.maybe(|dice| dice.part());
        drawn.pool = Pool { fee: self.between(0.0, 0.02), stale: self.between(0.0, 0.01) };
        drawn.money = Money {
            exchange_rate: self.of(&[1.0, 281.0]),
            depreciation: self.part() * 0.1,
            inflation_usd: self.part() * 0.04,
            inflation_local: self.part() * 0.1,
            discount: self.between(0.10, 0.0),
        };
        drawn.state_discount = self.maybe(|dice| dice.between(0.0, 0.2));
    }

    fn operator(&mut self) -> Operator {
        Operator {
            spares: self.part() * 0.05,
            costs_home: self.part(),
            import_duty: self.part() * 0.3,
            site_life: self.between(12.0, 1.0),
            site_import: self.part(),
            foreign_share: self.part(),
            remitted: 1.0 - self.part(),
            debt_share: self.part(),
            interest: self.between(0.0, 0.2),
            debt_years: self.between(4.0, 1.0),
            lenders_foreign: self.part(),
            income_tax: self.part() * 0.4,
            tax_life: self.between(5.0, 1.0),
            loss_use: 1.0 - self.part(),
            repatriated: 1.0 - self.part(),
            held_of_rest: self.part(),
            withholding_tax: self.part() * 0.2,
        }
    }

    fn lot(&mut self, sites: usize, years: f64) -> Lot {
        let later = self.between(0.0, years * 1.2);
        let begins = self.of(&[0.0, later, -1.5]);
        let at_least = (0.1 - begins).max(0.1);
        Lot {
            site: (self.unit() * sites as f64) as usize,
            mw: self.between(10.0, 80.0),
            j_per_th: self.between(15.0, 30.0),
            price: self.between(8.0, 1.0),
            duty: self.part() * 0.3,
            begins: cases::years(begins),
            delivery: cases::years(self.part() * 1.5),
            life: cases::years(at_least + self.between(4.0, 0.0)),
            failure: self.part() * 0.1,
            drift: self.part() * 0.05,
            resale: self.part(),
            owned: self.yes() && begins < 0.0,
            ..cases::lot(0.0)
        }
    }

    /// Contracted power that lots and AI do not exceed, or a grid connection that they may exceed.
    fn limits(&mut self, drawn: &mut Inputs) {
        for place in 0..drawn.sites.len() {
            let own = drawn.lots.iter().filter(|lot| lot.site == place);
            let ai = drawn.ai.iter().filter(|ai| ai.site == place).map(|ai| ai.mw);
            let lease = drawn.lease.iter().filter(|of| of.site == place).map(|of| of.mw);
            let let_mw = ai.sum::<f64>() + lease.sum::<f64>();
            let all = (own.map(|lot| lot.mw).sum::<f64>() + let_mw).max(1.0);
            drawn.sites[place].power_mw = self.maybe(|dice| dice.between(all, 1.5 * all));
            drawn.sites[place].grid_mw = self.maybe(|dice| dice.between(all, 0.3 * all));
        }
    }

    fn ai(&mut self, sites: usize) -> AiBlock {
        AiBlock {
            site: (self.unit() * sites as f64) as usize,
            mw: self.between(1.0, 20.0),
            terms: Ai {
                rent: self.between(1.5, 3.0),
                decline: self.part() * 0.2,
                kw_per_gpu: 1.4,
                pue: self.between(1.1, 1.4),
                sold: self.part(),
                uptime: self.between(0.97, 0.5),
                shell: self.between(0.0, 8e6),
                usd_per_gpu: self.between(30_000.0, 45_000.0),
                life: self.between(5.0, 0.5),
                costs: self.between(0.0, 30.0),
                export_share: self.part(),
                import_share: self.part(),
                contract: self.part() * 3.0,
                take_or_pay: self.part(),
            },
        }
    }

    /// A lease, which replaces machines if all earlier lots have been delivered.
    fn lease(&mut self, drawn: &Inputs) -> LeaseBlock {
        let site = (self.unit() * drawn.sites.len() as f64) as usize;
        let out_of_use = cases::years(self.part() * 0.5);
        let begins = self.of(&[0.0, 0.3, 1.2]) * YEAR_S + out_of_use;
        let stops = begins - out_of_use;
        let mut own = drawn.lots.iter().filter(|lot| lot.site == site && lot.begins < stops);
        let can_convert = stops > 0.0 && own.all(|lot| lot.begins + lot.delivery <= stops);
        LeaseBlock {
            site,
            mw: self.between(1.0, 40.0),
            begins,
            term: cases::years(self.between(10.0, 0.3)),
            out_of_use,
            converts: self.yes() && can_convert,
            terms: Lease {
                power: 0.0,
                pue: self.between(1.1, 1.4),
                load: self.between(0.8, 0.5),
                rent: self.between(1.4e6, 2.2e6),
                escalation: self.part() * 0.03,
                energy_by_tenant: 1.0 - self.part(),
                costs_share: self.part() * 0.3,
                fit_out: self.between(9e6, 1e6),
                fit_out_by_tenant: self.part(),
                conversion: self.part() * 2e5,
                export_share: self.part(),
                import_share: self.part(),
            },
        }
    }

    /// Other consumers' bills, with no class, one or two.
    fn bills(&mut self, money: &Money) -> BillEffects {
        let part = self.part();
        let class = |name: &str, energy_share: f64, network_share: f64| ConsumerClass {
            name: name.to_owned(),
            energy_share,
            network_share,
            at_marginal_price: (name == "homes").then_some(0.3),
            consumers: None,
        };
        let classes = match self.of(&[0, 1, 2]) {
            0 => Vec::new(),
            1 => vec![class("all", 1.0, 1.0)],
            _ => vec![class("homes", part, 0.6), class("works", 1.0 - part, 0.4)],
        };
        BillEffects {
            terms: Bills {
                at_marginal_price: self.part(),
                new_network: self.part() * 20_000.0,
                other_load: 0.0,
            },
            other_load_mw: Some(self.between(0.0, 3000.0)),
            network_charge: self.price(money, 0.0, 0.01),
            classes,
        }
    }

    fn system(&mut self, drawn: &mut Inputs) {
        let money = drawn.money;
        drawn.case = self.of(&[HoursCase::Firm, HoursCase::Interruptible, HoursCase::SurplusOnly]);
        drawn.supply = Supply {
            losses: self.between(0.0, 0.1),
            losses_distribution: 0.0,
            availability_ratio: self.between(1.0, 0.8),
            reserve_mw: self.between(0.0, 30.0),
            deliverable: self.between(1.0, 0.5),
            fuel_cost_ratio: self.between(1.0, 1.3),
            shortfall_to_state: self.part(),
            rest_to_consumers: self.part(),
            gain_to_consumers: self.part(),
        };
        drawn.retail = self.price(&money, 0.12, 0.05);
        drawn.plants = (0..self.of(&[0, 1, 2])).map(|_| self.plant(&money)).collect();
        drawn.capacity = self.maybe(|dice| dice.capacity(&money));
        drawn.externalities.grid_average = self.between(0.0, 700.0);
    }

    fn plant(&mut self, money: &Money) -> Plant {
        let cost = self.price(money, 0.03, 0.09);
        Plant {
            variable_om: self.price(money, 0.0, 0.005),
            mean_mw: [self.between(0.0, 500.0); 12],
            ..cases::plant(
                "plant",
                self.between(100.0, 5.0),
                cost,
                self.part(),
                self.between(0.0, 900.0),
            )
        }
    }

    fn capacity(&mut self, money: &Money) -> Capacity {
        Capacity {
            mode: self.of(&[
                CapacityMode::Sunk,
                CapacityMode::LoadFactorShare,
                CapacityMode::Average,
                CapacityMode::NewBuild,
            ]),
            borne_by: self.of(&[
                BorneBy::Distribution,
                BorneBy::Operator,
                BorneBy::State,
                BorneBy::Consumers,
            ]),
            average: self.price(money, 0.02, 0.05),
            payment: self.price(money, 5.0, 15.0),
            in_force: vec![1.0, self.part()],
            take_or_pay: vec![self.part(), self.part()],
            new_build: NewBuild {
                usd_per_kw: self.between(1000.0, 700.0),
                life: self.between(25.0, 5.0),
                import_share: self.part(),
                foreign_share: self.part(),
                availability: self.between(0.88, 0.5),
            },
        }
    }
}

/// Seconds of some years of inputs.
pub fn horizon(inputs: &Inputs) -> f64 {
    inputs.years * YEAR_S
}

/// A few hundred draws contain every kind of flow and every quantity, and most of them mine.
#[test]
fn random_inputs_produce_every_flow_and_quantity() {
    use hashwatt_econ::account::{FlowKind, Quantity};
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let paths: Vec<_> = (0..300)
        .map(|_| super::paths::run(&inputs().new_tree(&mut runner).unwrap().current()))
        .collect();
    for &kind in FlowKind::ALL {
        let shown = paths.iter().filter(|path| super::paths::total(path, kind) != 0.0).count();
        assert!(shown > 0, "{}", kind.spec().key);
    }
    for &quantity in Quantity::ALL {
        let years = |path: &SimulatedPath| {
            (0..path.accounts.years()).any(|year| path.accounts.quantity(quantity, year) != 0.0)
        };
        assert!(paths.iter().any(years), "{quantity:?}");
    }
    let mine = |path: &&SimulatedPath| path.accounts.total(Quantity::Btc) > 0.0;
    assert!(paths.iter().filter(mine).count() > 200);
    let gains = |path: &&SimulatedPath| path.totals.npv_project > 0.0;
    assert!(paths.iter().filter(gains).count() > 20);
}
