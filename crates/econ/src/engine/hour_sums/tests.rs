//! Tests of hour tables: which hours a draw shares, and equality of its sums with those hour by hour.

use super::*;
use crate::account::{Accounts, NoLog};
use crate::engine::chain::Chain;
use crate::engine::path::{PathRun, Workspace};
use crate::engine::{DrawBuffers, Engine};
use crate::network::{MarketDrivers, MarketShock};
use crate::params::{Denomination, Price};
use crate::params::{Hour, HourProfile, SystemHour};

#[allow(dead_code, reason = "the tests of the model use all of them")]
#[path = "../../../tests/model/cases.rs"]
mod cases;

/// Inputs with `count` different hours per month, scarce when they are expensive.
fn inputs(count: usize) -> Inputs {
    let months = std::array::from_fn(|month| {
        let hour = |place: usize| Hour {
            price_ratio: 0.5 + (place * 37 % count) as f64 / count as f64,
            system: SystemHour {
                available_mw: 1000.0 - (place * 37 % count) as f64,
                demand_mw: 920.0 + month as f64,
            },
            ..Hour::PLAIN
        };
        (0..count).map(hour).collect()
    });
    let mut inputs = cases::hours();
    inputs.sites[0].hours = Arc::new(HourProfile::new(months).unwrap());
    inputs.sites[0].terms.peak_charge = 0.0;
    inputs.years = 1.0;
    inputs
}

fn accounts(engine: &Engine, draw: &Draw) -> Accounts {
    let mut accounts = Accounts::new(engine.calendar.years());
    let (mut work, mut log) = (Workspace::default(), NoLog);
    PathRun::new(draw, &engine.calendar, &mut accounts, &mut work, &mut [], &mut log).follow(
        &Chain::new(draw.inputs, &engine.drivers, &engine.curve),
        MarketShock::default,
        |_| (),
    );
    accounts
}

#[test]
fn month_with_many_hours_has_table() {
    for (count, sums, expected) in [
        (60, HourSums::Automatic, true),
        (20, HourSums::Automatic, false),
        (20, HourSums::Tables, true),
        (60, HourSums::Exact, false),
    ] {
        let inputs = inputs(count);
        let calendar = Calendar::new(inputs.start, inputs.years).unwrap();
        let tables = HourTables::new(&inputs, &calendar, sums).unwrap();
        let months = &tables.sites[0].months;
        assert!(months.iter().all(|month| month.table.is_some() == expected), "{count} {sums:?}");
    }
}

#[test]
fn draw_shares_hours_unless_inputs_change_which_run() {
    let base = inputs(60);
    let engine = Engine::new(base.start, base.years, MarketDrivers::default()).unwrap();
    let tables = HourTables::new(&base, &engine.calendar, HourSums::Automatic).unwrap();
    type Change = fn(&mut Inputs);
    let changes: [(Change, bool); 9] = [
        (|_| (), true),
        (|inputs| inputs.supply.availability_ratio = 0.97, true),
        (|inputs| inputs.supply.reserve_mw = 40.0, true),
        (|inputs| inputs.sites[0].tariff.value *= 1.3, true),
        (|inputs| inputs.sites[0].other_costs = 9.0, true),
        (|inputs| inputs.sites[0].terms.peak_charge = 9_000.0, true),
        (|inputs| inputs.lots[0].mw = 130.0, true),
        (|inputs| inputs.sites[0].terms.off_peak_ratio = 1.2, false),
        (|inputs| inputs.sites[0].terms.emergency_hours = 30.0, false),
    ];
    let mut buffers = DrawBuffers::default();
    for (place, (change, shares)) in changes.into_iter().enumerate() {
        let mut inputs = base.clone();
        change(&mut inputs);
        let draw = Draw::with_tables(&inputs, &engine.calendar, &tables, buffers).unwrap();
        let kept = Arc::ptr_eq(&draw.sites[0].hours, &tables.sites[0]);
        assert_eq!(kept, shares, "change {place}");
        let ours = accounts(&engine, &draw);
        let exact = accounts(&engine, &Draw::new(&inputs, &engine.calendar).unwrap());
        assert!(exact.total(crate::account::Quantity::Short) > 0.0, "change {place}");
        for (ours, right) in [
            (ours.state_value(), exact.state_value()),
            (short(&ours), short(&exact)),
            (purchase(&ours), purchase(&exact)),
        ] {
            assert!((ours - right).abs() <= 1e-9 * right.abs(), "change {place}: {ours} {right}");
        }
        buffers = draw.into_buffers();
    }
}

fn short(accounts: &Accounts) -> f64 {
    accounts.total(crate::account::Quantity::Short)
}

fn purchase(accounts: &Accounts) -> f64 {
    accounts.sum(crate::account::FlowKind::EnergyPurchase).usd
}

#[test]
fn order_by_cost_is_kept_when_all_components_scale_together() {
    let mut base = inputs(60);
    let months = base.sites[0].hours.map(|_, hour| Hour { peak_probability: 0.01, ..hour });
    base.sites[0].hours = Arc::new(months);
    base.sites[0].terms.peak_charge = 20_000.0;
    let engine = Engine::new(base.start, base.years, MarketDrivers::default()).unwrap();
    let tables = HourTables::new(&base, &engine.calendar, HourSums::Automatic).unwrap();
    let keeps = |inputs: &Inputs| {
        let buffers = DrawBuffers::default();
        let draw = Draw::with_tables(inputs, &engine.calendar, &tables, buffers).unwrap();
        draw.sites[0].keeps_order
    };
    assert!(keeps(&base));
    let mut moved = base.clone();
    moved.sites[0].terms.peak_charge *= 2.0;
    assert!(!keeps(&moved));
    // With the tariff doubled as well, the order is the same.
    moved.sites[0].tariff.value *= 2.0;
    assert!(keeps(&moved));
    let local = Price { denomination: Denomination::Local, ..base.sites[0].tariff };
    base.sites[0].tariff = local;
    let tables = HourTables::new(&base, &engine.calendar, HourSums::Automatic).unwrap();
    assert!(tables.sites[0].shape.is_none());
}
