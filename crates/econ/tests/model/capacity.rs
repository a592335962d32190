//! Capacity payments by mode and by bearer (equation M20).

use super::cases;
use super::paths::{assert_near, assert_same, moved, of_kinds, run, total};
use hashwatt_econ::account::{Class, FlowKind, Quantity, capacity::capital_recovery};
use hashwatt_econ::engine::{BorneBy, Capacity, CapacityMode, Inputs, SimulatedPath};
use hashwatt_econ::params::{NewBuild, Price};

const MODES: [CapacityMode; 4] = [
    CapacityMode::Sunk,
    CapacityMode::LoadFactorShare,
    CapacityMode::Average,
    CapacityMode::NewBuild,
];
const BEARERS: [BorneBy; 4] =
    [BorneBy::Operator, BorneBy::State, BorneBy::Consumers, BorneBy::Distribution];
/// The flow kinds of every bearer: in cash, and as an allocation.
const ASKED: [(BorneBy, FlowKind, FlowKind); 3] = [
    (BorneBy::Operator, FlowKind::CapacityRecovered, FlowKind::CapacityAllocated),
    (BorneBy::State, FlowKind::CapacityFromState, FlowKind::AllocationFromState),
    (BorneBy::Consumers, FlowKind::CapacityFromConsumers, FlowKind::AllocationToConsumers),
];

fn payments(mode: CapacityMode, borne_by: BorneBy) -> Capacity {
    Capacity {
        mode,
        borne_by,
        average: Price::usd(0.02),
        payment: Price::usd(6.0),
        in_force: vec![1.0, 0.8],
        take_or_pay: vec![0.9, 0.7, 0.0],
        new_build: NewBuild {
            usd_per_kw: 1000.0,
            life: 25.0,
            import_share: 0.7,
            foreign_share: 0.4,
            availability: 0.88,
        },
    }
}

/// The worked case with all parties, with a mode of capacity payments.
fn with(mode: CapacityMode, borne_by: BorneBy) -> Inputs {
    let [_, (_, mut local), ..] = cases::all();
    local.capacity = Some(payments(mode, borne_by));
    local
}

fn without() -> SimulatedPath {
    let [_, (_, local), ..] = cases::all();
    run(&local)
}

/// Whether capacity may change a kind of flow, directly or through tax, owners and the distributors' margin.
fn may_move(kind: FlowKind, mode: CapacityMode, by: BorneBy) -> bool {
    let cash = matches!(mode, CapacityMode::Sunk | CapacityMode::NewBuild);
    let asked = ASKED.iter().any(|(bearer, paid, allocated)| {
        *bearer == by && kind == if cash { *paid } else { *allocated }
    });
    let own = match kind {
        FlowKind::CapacityPayment => cash,
        FlowKind::NewPlantAbroad | FlowKind::NewPlantHome | FlowKind::NewPlantOwners => {
            mode == CapacityMode::NewBuild
        }
        FlowKind::AllocationToConsumers => !cash,
        FlowKind::StateCovers | FlowKind::ConsumersCover | FlowKind::Relief => true,
        FlowKind::IncomeTax => by == BorneBy::Operator,
        _ => kind.spec().class == Class::Owner && by == BorneBy::Operator,
    };
    asked || own
}

#[test]
fn capacity_payments_change_only_flows_of_their_parties() {
    let without = without();
    for mode in MODES {
        for by in BEARERS {
            let path = run(&with(mode, by));
            let moved = moved(&path, &without);
            let wrong: Vec<_> = moved.iter().filter(|kind| !may_move(**kind, mode, by)).collect();
            assert!(wrong.is_empty(), "{mode:?} {by:?}: {wrong:?}");
            for quantity in [Quantity::Btc, Quantity::Energy, Quantity::MarginalT] {
                let of = |path: &SimulatedPath| path.accounts.total(quantity);
                assert_eq!(of(&path), of(&without), "{mode:?} {by:?}");
            }
            let cancels = by == BorneBy::Consumers
                && matches!(mode, CapacityMode::Average | CapacityMode::LoadFactorShare);
            assert_eq!(moved.is_empty(), cancels, "{mode:?} {by:?}: {moved:?}");
        }
    }
}

/// An allocation from consumers to consumers has no effect.
#[test]
fn capacity_allocated_from_consumers_to_consumers_changes_nothing() {
    for mode in [CapacityMode::Average, CapacityMode::LoadFactorShare] {
        assert_same(&run(&with(mode, BorneBy::Consumers)), &without());
    }
}

/// The bearer pays what the distributors owe, so their margin does not change.
#[test]
fn recovered_capacity_payments_do_not_change_the_distributors_margin() {
    let shares = [FlowKind::StateCovers, FlowKind::ConsumersCover, FlowKind::Relief];
    let margin = |path: &SimulatedPath| of_kinds(path, &shares);
    let right = margin(&without());
    for mode in MODES {
        for (by, paid, allocated) in ASKED {
            let path = run(&with(mode, by));
            for (got, right) in margin(&path).into_iter().zip(&right) {
                assert_near(got, *right, 1e-9);
            }
            let cash = matches!(mode, CapacityMode::Sunk | CapacityMode::NewBuild);
            let (asked, given) = match cash {
                true => (paid, FlowKind::CapacityPayment),
                false => (allocated, FlowKind::AllocationToConsumers),
            };
            assert_near(total(&path, asked), total(&path, given), 1e-12);
        }
    }
    let alone = margin(&run(&with(CapacityMode::Sunk, BorneBy::Distribution)));
    assert!(alone.iter().zip(&right).any(|(got, right)| (got - right).abs() > 1e3));
}

#[test]
fn annual_capacity_payments_match_hand_calculation_by_mode() {
    let path = |mode| run(&with(mode, BorneBy::State));
    let level = |end: f64| 1.025f64.powf(end / 365.0);
    // 11 September to New Year's Day 2027, 2028 and 2029.
    let ends = [112.0, 477.0, 843.0];
    let sunk = path(CapacityMode::Sunk);
    let average = path(CapacityMode::Average);
    let share = path(CapacityMode::LoadFactorShare);
    let new = path(CapacityMode::NewBuild);
    for (year, end) in ends.into_iter().enumerate() {
        let kwh = sunk.accounts.quantity(Quantity::Energy, year) * 1e3;
        let force = [1.0, 0.8, 0.8][year];
        let due = [0.1, 0.3, 1.0][year];
        let of = |path: &SimulatedPath, kind| path.accounts.cell(kind, year).usd;
        let whole = kwh * 0.02 * level(end) * force;
        assert_near(of(&sunk, FlowKind::CapacityPayment), whole * due, 1e-12);
        assert_near(of(&average, FlowKind::AllocationToConsumers), whole, 1e-12);
        let kw = kwh / 8760.0 / (1.0 - 0.0278);
        let right = kw * 6.0 * 12.0 * level(end) * force;
        assert_near(of(&share, FlowKind::AllocationToConsumers), right, 1e-12);
        // The lots reach 100 MW; the contract holds from the first day.
        let days = end - [0.0, 112.0, 477.0][year];
        let outlay = 100e3 / (1.0 - 0.0278) / 0.88 * 1000.0 * level(end) * days / 365.0;
        let annuity = outlay * capital_recovery(0.10, 25.0);
        assert_near(of(&new, FlowKind::CapacityPayment), annuity, 1e-9);
        assert_near(of(&new, FlowKind::NewPlantAbroad), outlay / 25.0 * 0.7, 1e-9);
        assert_near(of(&new, FlowKind::NewPlantHome), outlay / 25.0 * 0.3, 1e-9);
        let owners = 0.4 * (annuity - outlay / 25.0);
        assert_near(of(&new, FlowKind::NewPlantOwners), owners, 1e-9);
    }
}

/// Capacity payments at a year's end count in the payback of the operator.
#[test]
fn capacity_payments_count_in_the_payback() {
    let mut inputs = cases::base(vec![cases::lot(1.0)]);
    (inputs.years, inputs.network.price) = (1.0, 200_000.0);
    inputs.sites[0].infrastructure = 0.0;
    inputs.lots[0].price = 3.0;
    assert!(run(&inputs).totals.payback_years < 1.0);
    let mut payments = payments(CapacityMode::Average, BorneBy::Operator);
    payments.average = Price::usd(10.0);
    payments.in_force = vec![0.0, 1.0];
    inputs.capacity = Some(payments);
    let path = run(&inputs);
    assert!(path.totals.npv_project < 0.0 && path.totals.payback_years.is_infinite());
}
