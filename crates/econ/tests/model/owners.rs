//! Debt, tax and owners from the dated flows (equations M16 to M18), the distributors' margin (M21).

use super::cases::{self, YEAR_S};
use super::draws;
use super::paths::{CENT, assert_near, by_year, moved, of_kinds, party_total, run, total};
use hashwatt_econ::account::{Class, FlowKind, Party, Quantity, border};
use hashwatt_econ::engine::{Engine, Inputs, Lot, SimulatedPath};
use hashwatt_econ::network::MarketDrivers;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

type Held = Result<(), TestCaseError>;

const INTEREST: [FlowKind; 2] = [FlowKind::InterestForeign, FlowKind::InterestHome];
const PRINCIPAL: [FlowKind; 2] = [FlowKind::PrincipalForeign, FlowKind::PrincipalHome];
const LOANS: [FlowKind; 2] = [FlowKind::LoanForeign, FlowKind::LoanHome];

/// The last moment of each year of the accounts.
fn ends(inputs: &Inputs) -> Vec<f64> {
    let engine = Engine::new(inputs.start, inputs.years, MarketDrivers::default()).unwrap();
    let mut ends = vec![0.0; engine.calendar().years()];
    for month in engine.calendar().months() {
        ends[month.year_index] = month.end.min(inputs.years * YEAR_S);
    }
    ends
}

/// Outlays by year.
fn spent(path: &SimulatedPath) -> Vec<f64> {
    by_year(path, |flow| match flow.kind.spec().class {
        Class::Capital => -flow.kind.sign(Party::Operator).min(0.0) * flow.usd,
        _ => 0.0,
    })
}

/// The annual amounts of values spread over whole years from a year on.
fn spread(amounts: &[f64], first: usize, years: f64) -> Vec<f64> {
    let life = years.round() as usize;
    let of = |year: usize| {
        let came = amounts.iter().enumerate();
        let due = came.filter(|(at, _)| (at + first..at + first + life).contains(&year));
        due.map(|(_, usd)| usd / life as f64).sum()
    };
    (0..amounts.len()).map(of).collect()
}

fn debt_is_served(inputs: &Inputs, path: &SimulatedPath) -> Held {
    let (operator, ends) = (&inputs.operator, ends(inputs));
    let (spent, loans) = (spent(path), of_kinds(path, &LOANS));
    let (interest, principal) = (of_kinds(path, &INTEREST), of_kinds(path, &PRINCIPAL));
    let due = spread(&loans, 1, operator.debt_years);
    let (mut balance, mut begin) = (0.0, 0.0);
    for year in 0..ends.len() {
        prop_assert!((loans[year] - operator.debt_share * spent[year]).abs() < CENT);
        let rest = by_year(path, |flow| match LOANS.contains(&flow.kind) {
            true => flow.usd * (ends[year] - flow.at),
            false => 0.0,
        })[year];
        let right = operator.interest * (balance * (ends[year] - begin) + rest) / YEAR_S;
        prop_assert!((interest[year] - right).abs() < CENT, "{} for {right}", interest[year]);
        let is_last = year + 1 == ends.len();
        let right = if is_last { balance + loans[year] } else { due[year] };
        prop_assert!((principal[year] - right).abs() < CENT, "{} for {right}", principal[year]);
        balance += loans[year] - principal[year];
        prop_assert!((path.accounts.quantity(Quantity::Debt, year) - balance).abs() < CENT);
        begin = ends[year];
    }
    prop_assert!(balance.abs() < CENT);
    let foreign = total(path, LOANS[0]) - operator.lenders_foreign * loans.iter().sum::<f64>();
    prop_assert!(foreign.abs() < CENT);
    Ok(())
}

/// Tax is never negative, losses are carried until they are used, and the residual bears no cash tax.
fn tax_is_on_profit(inputs: &Inputs, path: &SimulatedPath) -> Held {
    let operator = &inputs.operator;
    let before = by_year(path, |flow| match flow.kind.spec().class {
        Class::Operating => flow.kind.sign(Party::Operator) * flow.usd,
        _ if flow.kind == FlowKind::Resale => flow.usd,
        _ if INTEREST.contains(&flow.kind) => -flow.usd,
        _ => 0.0,
    });
    let (spent, tax) = (spent(path), of_kinds(path, &[FlowKind::IncomeTax]));
    let written_off = spread(&spent, 0, operator.tax_life);
    let (mut carried, mut lost, mut used) = (0.0, 0.0, 0.0);
    for year in 0..tax.len() {
        let profit = before[year] - written_off[year];
        let offset = f64::min(carried, operator.loss_use * profit.max(0.0));
        (lost, used) = (lost + (-profit).max(0.0), used + offset);
        carried += (-profit).max(0.0) - offset;
        let right = operator.income_tax * (profit.max(0.0) - offset);
        prop_assert!(tax[year] >= 0.0 && (tax[year] - right).abs() < CENT, "{} {right}", tax[year]);
        let booked = path.accounts.quantity(Quantity::LossCarried, year);
        prop_assert!((booked - carried).abs() < CENT && booked >= 0.0, "{booked} for {carried}");
    }
    prop_assert!((lost - used - carried).abs() < CENT);
    let book = spent.iter().sum::<f64>() - written_off.iter().sum::<f64>();
    let right = operator.income_tax * (total(path, FlowKind::Residual) - book);
    prop_assert!((total(path, FlowKind::ResidualTax) - right).abs() < CENT);
    Ok(())
}

/// Money abroad is used before bitcoin and bitcoin before equity, in proportion to ownership.
fn needs_are_met_in_order(inputs: &Inputs, path: &SimulatedPath) -> Held {
    let foreign = inputs.operator.foreign_share;
    for year in 0..path.accounts.years() {
        let of = |kind: FlowKind| path.accounts.cell(kind, year).usd;
        let both = |home: FlowKind, abroad: FlowKind| of(home) + of(abroad);
        let equity = both(FlowKind::EquityHome, FlowKind::EquityForeign);
        let profit = both(FlowKind::ProfitHome, FlowKind::ProfitForeign);
        let bitcoin = both(FlowKind::ProfitHomeBitcoin, FlowKind::ProfitForeignBitcoin);
        let abroad = both(FlowKind::ProfitHomeAbroad, FlowKind::ProfitForeignAbroad);
        prop_assert!(equity >= 0.0 && profit >= 0.0 && bitcoin >= 0.0 && abroad >= 0.0);
        prop_assert!(equity == 0.0 || bitcoin + abroad + profit < CENT, "{equity} {bitcoin}");
        prop_assert!(of(FlowKind::BitcoinUsed) == 0.0 || abroad < CENT);
        let used = of(FlowKind::AbroadUsed) + of(FlowKind::BitcoinUsed);
        prop_assert!((of(FlowKind::BroughtHome) - used).abs() < CENT);
        prop_assert!((of(FlowKind::EquityForeign) - foreign * equity).abs() < CENT);
        prop_assert!((of(FlowKind::ProfitForeign) - foreign * profit).abs() < CENT);
        prop_assert!((of(FlowKind::ProfitForeignBitcoin) - foreign * bitcoin).abs() < CENT);
    }
    Ok(())
}

/// The distributors' shortfall or gain is shared by the payers' shares.
fn margin_is_shared(inputs: &Inputs, path: &SimulatedPath) -> Held {
    let shares = [FlowKind::StateCovers, FlowKind::ConsumersCover, FlowKind::Relief];
    let outside = [
        FlowKind::CapacityAllocated,
        FlowKind::AllocationFromState,
        FlowKind::AllocationToConsumers,
    ];
    let margin =
        by_year(path, |flow| match shares.contains(&flow.kind) || outside.contains(&flow.kind) {
            true => 0.0,
            false => flow.kind.sign(Party::Distribution) * flow.usd,
        });
    let supply = &inputs.supply;
    for (year, margin) in margin.into_iter().enumerate() {
        let of = |kind: FlowKind| path.accounts.cell(kind, year).usd;
        let known = if inputs.plants.is_empty() { 0.0 } else { 1.0 };
        let lack = known * (-margin).max(0.0);
        let state = lack * supply.shortfall_to_state;
        let consumers = (lack - state) * supply.rest_to_consumers;
        prop_assert!((of(FlowKind::StateCovers) - state).abs() < CENT);
        prop_assert!((of(FlowKind::ConsumersCover) - consumers).abs() < CENT);
        let relief = known * margin.max(0.0) * supply.gain_to_consumers;
        prop_assert!((of(FlowKind::Relief) - relief).abs() < CENT);
        let left = path.accounts.quantity(Quantity::CircularDebt, year);
        prop_assert!((left - (lack - state - consumers)).abs() < CENT);
    }
    Ok(())
}

proptest! {
    #![proptest_config(draws::config())]

    #[test]
    fn debt_of_random_inputs_is_repaid_with_interest(inputs in draws::inputs()) {
        debt_is_served(&inputs, &run(&inputs))?;
    }

    #[test]
    fn tax_of_random_inputs_is_on_profit_and_never_negative(inputs in draws::inputs()) {
        tax_is_on_profit(&inputs, &run(&inputs))?;
    }

    #[test]
    fn owners_of_random_inputs_cover_deficits_last(inputs in draws::inputs()) {
        needs_are_met_in_order(&inputs, &run(&inputs))?;
    }

    #[test]
    fn margin_of_random_inputs_is_shared_by_payers(inputs in draws::inputs()) {
        margin_is_shared(&inputs, &run(&inputs))?;
    }

    #[test]
    fn fully_foreign_ownership_leaves_domestic_owners_nothing(inputs in draws::inputs()) {
        let mut inputs = inputs;
        // Domestic owners pay no withholding tax.
        inputs.operator.withholding_tax = 0.0;
        let mut all = inputs.clone();
        all.operator.foreign_share = 1.0;
        let (mixed, all) = (run(&inputs), run(&all));
        prop_assert!(all.flows.iter().all(|f| f.kind.sign(Party::HomeOwners) * f.usd == 0.0));
        let foreign = party_total(&all, Party::ForeignOwners);
        let both = party_total(&mixed, Party::HomeOwners)
            + party_total(&mixed, Party::ForeignOwners);
        prop_assert!((foreign - both).abs() < CENT, "{} {}", foreign, both);
    }
}

#[test]
fn loan_at_the_discount_rate_does_not_change_the_value() {
    let [(_, plain), ..] = cases::all();
    let without = run(&plain).totals.npv;
    for debt_years in [4.0, 10.0] {
        let mut with = plain.clone();
        with.operator.debt_share = 0.5;
        with.operator.interest = plain.money.discount;
        with.operator.debt_years = debt_years;
        let path = run(&with);
        assert!(total(&path, FlowKind::LoanForeign) > 10e6);
        assert_near(path.totals.npv, without, 2e-3);
    }
}

/// A resale after the horizon is a valuation; it does not change cash.
#[test]
fn cash_tax_does_not_depend_on_the_residual() {
    let lot = Lot { life: cases::years(9.0), ..cases::lot(100.0) };
    let mut low = cases::base(vec![lot]);
    low.network.price = 150_000.0;
    low.operator.income_tax = 0.3;
    let mut high = low.clone();
    high.lots[0].resale = 0.9;
    high.operator.site_life = 40.0;
    let (low, high) = (run(&low), run(&high));
    assert!(total(&low, FlowKind::IncomeTax) > 1e6);
    assert!(total(&high, FlowKind::Residual) > 1.5 * total(&low, FlowKind::Residual));
    let valued = [FlowKind::Residual, FlowKind::ResidualTax, FlowKind::ProfitHomeValuation];
    assert_eq!(moved(&low, &high), valued);
}

/// Foreign owners' unremitted profit is a claim: it does not cross the border and does not belong to the nation.
#[test]
fn foreign_claim_does_not_change_the_nation() {
    let mut all = cases::base(vec![cases::lot(100.0)]);
    all.network.price = 150_000.0;
    all.operator.foreign_share = 0.5;
    let mut part = all.clone();
    part.operator.remitted = 0.4;
    let (all, part) = (run(&all), run(&part));
    let money = hashwatt_econ::account::MeansOfPayment::Money;
    let mut claims = 0.0;
    for year in 0..all.accounts.years() {
        let origin = part.accounts.quantity(Quantity::ForeignClaim, year);
        let (crossed, less) = (
            border::cross_border(&part.accounts, money, year),
            border::cross_border(&all.accounts, money, year),
        );
        assert!((crossed - less - origin).abs() < CENT);
        let nation = border::national(&part.accounts, year);
        assert!((nation - border::national(&all.accounts, year)).abs() < CENT);
        claims += origin;
    }
    assert_near(claims, 0.6 * total(&all, FlowKind::ProfitForeign), 1e-12);
    assert!(claims > 1e6);
}
