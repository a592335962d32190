//! Dated flows compared with accounts, values and the nation, for random inputs and the worked cases.

use super::paths::{CENT, by_year, discount, of_kinds, run, usd_level};
use super::{cases, draws};
use hashwatt_econ::account::{Class, FlowKind, MeansOfPayment, Party, Quantity, border};
use hashwatt_econ::engine::{Column, Inputs, SimulatedPath};
use hashwatt_econ::network::MarketDrivers;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

type Held = Result<(), TestCaseError>;

/// Two amounts equal to a cent, or to rounding for billions.
fn same_money(left: f64, right: f64, what: &str) -> Held {
    let tolerance = CENT.max(1e-12 * left.abs());
    prop_assert!((left - right).abs() < tolerance, "{}: {} for {}", what, left, right);
    Ok(())
}

/// The sign of a flow for the operator before its owners.
fn operator(kind: FlowKind) -> f64 {
    if kind.spec().class == Class::Owner { 0.0 } else { kind.sign(Party::Operator) }
}

fn is_project(kind: FlowKind) -> bool {
    matches!(kind.spec().class, Class::Operating | Class::Capital | Class::Valuation)
}

/// Accounts are the sums of the dated flows, in dollars, local money and present value.
fn accounts_are_flows(inputs: &Inputs, path: &SimulatedPath) -> Held {
    let money = inputs.money;
    let rate = |at: f64| money.exchange_rate * (1.0 + money.depreciation).powf(at / cases::YEAR_S);
    for &kind in FlowKind::ALL {
        let of = |f: &dyn Fn(f64, f64, f64) -> f64| {
            by_year(path, |x| if x.kind == kind { f(x.usd, x.pv, x.at) } else { 0.0 })
        };
        let (usd, local) = (of(&|usd, _, _| usd), of(&|usd, _, at| usd * rate(at)));
        let pv = match kind.spec().class {
            // Owners' present values are those of the operator's flows.
            Class::Owner => of(&|_, pv, _| pv),
            _ => of(&|usd, _, at| usd * discount(inputs, at)),
        };
        for year in 0..path.accounts.years() {
            let cell = path.accounts.cell(kind, year);
            same_money(cell.usd, usd[year], kind.spec().key)?;
            // Owners' local money is that of the operator's flows, too.
            if kind.spec().class != Class::Owner {
                let per_usd = money.exchange_rate;
                same_money(cell.local / per_usd, local[year] / per_usd, "local")?;
            }
            same_money(cell.pv, pv[year], kind.spec().key)?;
        }
    }
    Ok(())
}

/// The operator's net is 0 in dollars and in local money.
fn operator_net_is_zero_in_local_money(inputs: &Inputs, path: &SimulatedPath) -> Held {
    use hashwatt_econ::params::Denomination::Local;
    for year in 0..path.accounts.years() {
        let kept = border::year_sums(&path.accounts, year, Local).net(Party::Operator);
        same_money(kept / inputs.money.exchange_rate, 0.0, "operator, local money")?;
    }
    Ok(())
}

fn all_parties_sum_to_zero(path: &SimulatedPath) -> Held {
    let one_sided = [FlowKind::Residual, FlowKind::ResidualTax];
    let valued = of_kinds(path, &one_sided[..1]);
    let taxed = of_kinds(path, &one_sided[1..]);
    for year in 0..path.accounts.years() {
        let all: f64 =
            Party::ALL.iter().map(|&party| border::net(&path.accounts, party, year)).sum();
        // Resources have no payee, and valuations have no payer.
        let used = border::resources(&path.accounts, year);
        same_money(all, used + valued[year] - taxed[year], "all parties")?;
    }
    Ok(())
}

fn operator_net_is_zero(path: &SimulatedPath) -> Held {
    let net = by_year(path, |flow| flow.kind.sign(Party::Operator) * flow.usd);
    net.iter().try_for_each(|net| same_money(*net, 0.0, "operator"))
}

fn values_match_flows(inputs: &Inputs, path: &SimulatedPath) -> Held {
    let (mut npv, mut project, mut owners) = (0.0, 0.0, 0.0);
    for flow in &path.flows {
        let worth = operator(flow.kind) * flow.usd * discount(inputs, flow.at);
        npv += worth;
        project += if is_project(flow.kind) { worth } else { 0.0 };
        owners += (flow.kind.sign(Party::HomeOwners) + flow.kind.sign(Party::ForeignOwners))
            * if flow.kind.sign(Party::Operator) == 0.0 { 0.0 } else { flow.pv };
    }
    same_money(path.totals.npv, npv, "npv")?;
    same_money(path.totals.npv_project, project, "npv of the project")?;
    same_money(owners, npv, "owners")?;
    let rate = |at: f64| {
        let state = inputs.state_discount.unwrap_or(inputs.money.discount);
        (1.0 + state).powf(-at / cases::YEAR_S) / usd_level(inputs, at)
    };
    let of_state =
        |f: &hashwatt_econ::account::DatedFlow| f.kind.sign(Party::State) * f.usd * rate(f.at);
    let state: f64 = path.flows.iter().map(of_state).sum();
    same_money(path.accounts.state_value(), state, "state")
}

/// The nation is the sum of its parties; foreigners' unremitted profit is already deducted.
fn nation_is_the_sum_of_its_parties(inputs: &Inputs, path: &SimulatedPath) -> Held {
    let home = |flow: &hashwatt_econ::account::DatedFlow| -> f64 {
        let sides = Party::ALL.iter().filter(|party| party.is_home());
        sides.map(|&party| flow.kind.sign(party) * flow.usd).sum()
    };
    let parties = by_year(path, home);
    let profit = of_kinds(path, &[FlowKind::ProfitForeign]);
    for year in 0..path.accounts.years() {
        same_money(border::national(&path.accounts, year), parties[year], "nation")?;
        let origin = path.accounts.quantity(Quantity::ForeignClaim, year);
        same_money(origin, profit[year] * (1.0 - inputs.operator.remitted), "origin")?;
        let border_money: f64 =
            [MeansOfPayment::Money, MeansOfPayment::Bitcoin, MeansOfPayment::Abroad]
                .iter()
                .map(|&means| border::cross_border(&path.accounts, means, year))
                .sum();
        let kept = path.accounts.cell(FlowKind::ProfitHomeValuation, year).usd;
        let used = border::resources(&path.accounts, year);
        same_money(border_money + used + kept - origin, parties[year], "border")?;
    }
    Ok(())
}

fn return_agrees_with_value(inputs: &Inputs, path: &SimulatedPath) -> Held {
    let totals = &path.totals;
    let outlay: f64 = [
        FlowKind::Machines,
        FlowKind::Duty,
        FlowKind::SiteHome,
        FlowKind::SiteAbroad,
        FlowKind::AiHome,
        FlowKind::AiAbroad,
    ]
    .iter()
    .map(|&kind| path.accounts.sum(kind).pv)
    .sum();
    same_money(totals.outlay, outlay, "outlay")?;
    prop_assert_eq!(totals.return_per_year.is_nan(), outlay <= 0.0);
    // At a value of 0 the sign depends on rounding.
    if outlay > 0.0 && totals.npv_project.abs() > 1.0 {
        let above = totals.return_per_year >= inputs.money.discount;
        prop_assert_eq!(above, totals.npv_project >= 0.0, "{:?}", totals);
    }
    Ok(())
}

fn months_sum_to_years(inputs: &Inputs, path: &SimulatedPath) -> Held {
    let engine =
        hashwatt_econ::engine::Engine::new(inputs.start, inputs.years, MarketDrivers::default())
            .unwrap();
    let mined =
        of_kinds(path, &[FlowKind::BitcoinSold, FlowKind::BitcoinHeld, FlowKind::BitcoinAbroad]);
    let running = by_year(path, |f| match f.kind.spec().class {
        Class::Operating => operator(f.kind) * f.usd,
        _ => 0.0,
    });
    let months = || engine.calendar().months().iter().zip(&path.months);
    for year in 0..path.accounts.years() {
        let sum = |column: Column| -> f64 {
            let own = months().filter(|(month, _)| month.year_index == year);
            own.map(|(_, row)| row.get(column)).sum()
        };
        let btc = path.accounts.quantity(Quantity::Btc, year);
        prop_assert!((sum(Column::Btc) - btc).abs() <= 1e-9 * btc.max(1e-3));
        same_money(sum(Column::Revenue), mined[year], "revenue")?;
        same_money(sum(Column::Operating), running[year], "operating")?;
    }
    let cash: f64 = by_year(path, |f| match f.kind.spec().class {
        Class::Operating | Class::Capital => operator(f.kind) * f.usd,
        _ => 0.0,
    })
    .iter()
    .sum();
    let last = path.months.last().unwrap().get(Column::Cumulative);
    same_money(last, cash, "cumulative")?;
    // Paid back by the horizon or never, depending on the sum of all cash.
    let totals = &path.totals;
    prop_assert!(totals.payback_years.is_infinite() || cash >= -CENT, "{:?} {}", totals, cash);
    Ok(())
}

fn all_values_are_finite(path: &SimulatedPath) -> Held {
    for year in 0..path.accounts.years() {
        for &kind in FlowKind::ALL {
            let cell = path.accounts.cell(kind, year);
            let sum = cell.usd + cell.local + cell.pv;
            prop_assert!(sum.is_finite(), "{} {:?}", kind.spec().key, cell);
        }
        for &quantity in Quantity::ALL {
            prop_assert!(path.accounts.quantity(quantity, year).is_finite(), "{:?}", quantity);
        }
    }
    for row in &path.months {
        for &column in Column::ALL {
            prop_assert!(row.get(column).is_finite(), "{}", column.key());
        }
    }
    prop_assert!(path.totals.npv.is_finite() && path.totals.npv_project.is_finite());
    prop_assert!(path.totals.payback_years > 0.0);
    Ok(())
}

/// Every balance of a path.
pub fn all_hold(inputs: &Inputs, path: &SimulatedPath) -> Held {
    all_values_are_finite(path)?;
    accounts_are_flows(inputs, path)?;
    operator_net_is_zero_in_local_money(inputs, path)?;
    all_parties_sum_to_zero(path)?;
    operator_net_is_zero(path)?;
    values_match_flows(inputs, path)?;
    nation_is_the_sum_of_its_parties(inputs, path)?;
    return_agrees_with_value(inputs, path)?;
    months_sum_to_years(inputs, path)
}

proptest! {
    #![proptest_config(draws::config())]

    #[test]
    fn accounts_of_random_inputs_balance(inputs in draws::inputs()) {
        all_hold(&inputs, &run(&inputs))?;
    }
}

#[test]
fn accounts_of_worked_cases_balance() {
    for (name, inputs) in cases::all() {
        if let Err(wrong) = all_hold(&inputs, &run(&inputs)) {
            panic!("{name}: {wrong}");
        }
    }
}

/// The subsidy and the border flows halve in the year of the halving.
#[test]
fn halving_reduces_income_in_its_own_year() {
    let mut inputs = cases::base(vec![cases::lot(1.0)]);
    inputs.network.fees = 0.0;
    let path = run(&inputs);
    // 84,336 blocks of 600 s from 11 September 2026 end in April 2028.
    let sold = of_kinds(&path, &[FlowKind::BitcoinSold]);
    let whole = |year: usize| sold[year] / 365.0;
    assert!((whole(3) / whole(1) - 0.5).abs() < 1e-3, "{sold:?}");
    assert!(whole(2) < 0.7 * whole(1) && whole(2) > 0.6 * whole(1), "{sold:?}");
    let machines = of_kinds(&path, &[FlowKind::Machines]);
    let costs = of_kinds(&path, &[FlowKind::CostsAbroad, FlowKind::SiteAbroad]);
    for year in 0..path.accounts.years() {
        let border_money = border::cross_border(&path.accounts, MeansOfPayment::Money, year);
        assert!((border_money - (sold[year] - machines[year] - costs[year])).abs() < CENT);
    }
    assert!(machines[0] > 0.0 && machines[1..].iter().all(|usd| *usd == 0.0));
}
