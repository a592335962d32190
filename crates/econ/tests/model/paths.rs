//! Helpers: paths of the engine and sums of their dated flows.

use super::cases::YEAR_S;
use hashwatt_econ::account::{DatedFlow, FlowKind, Party, Quantity};
use hashwatt_econ::engine::{Engine, Inputs, SimulatedPath};
use hashwatt_econ::network::MarketDrivers;

/// A cent: the tolerance of sums of money.
pub const CENT: f64 = 0.01;

/// The base of some inputs.
pub fn run(inputs: &Inputs) -> SimulatedPath {
    Engine::new(inputs.start, inputs.years, MarketDrivers::default()).unwrap().base(inputs).unwrap()
}

/// The error with which the engine refuses some inputs.
pub fn refused(inputs: &Inputs) -> String {
    let engine = Engine::new(inputs.start, inputs.years, MarketDrivers::default()).unwrap();
    engine.base(inputs).unwrap_err().to_string()
}

/// A value of every dated flow, summed by year.
pub fn by_year(path: &SimulatedPath, of: impl Fn(&DatedFlow) -> f64) -> Vec<f64> {
    let mut years = vec![0.0; path.accounts.years()];
    for flow in &path.flows {
        years[flow.year] += of(flow);
    }
    years
}

/// Dollars of some kinds by year, from the dated flows.
pub fn of_kinds(path: &SimulatedPath, kinds: &[FlowKind]) -> Vec<f64> {
    by_year(path, |flow| if kinds.contains(&flow.kind) { flow.usd } else { 0.0 })
}

/// Dollars of a kind over all years.
pub fn total(path: &SimulatedPath, kind: FlowKind) -> f64 {
    path.accounts.sum(kind).usd
}

/// Net of a party over all years, from the dated flows.
pub fn party_total(path: &SimulatedPath, party: Party) -> f64 {
    path.flows.iter().map(|flow| flow.kind.sign(party) * flow.usd).sum()
}

/// The dollar price level at a time.
pub fn usd_level(inputs: &Inputs, at: f64) -> f64 {
    (1.0 + inputs.money.inflation_usd).powf(at / YEAR_S)
}

/// Present value of a nominal dollar at a time.
pub fn discount(inputs: &Inputs, at: f64) -> f64 {
    (1.0 + inputs.money.discount).powf(-at / YEAR_S) / usd_level(inputs, at)
}

/// Kinds whose dollars or present value differ by more than a cent in some year.
pub fn moved(left: &SimulatedPath, right: &SimulatedPath) -> Vec<FlowKind> {
    let years = 0..left.accounts.years();
    let differ = |kind: FlowKind| {
        years.clone().any(|year| {
            let (a, b) = (left.accounts.cell(kind, year), right.accounts.cell(kind, year));
            (a.usd - b.usd).abs() > CENT || (a.pv - b.pv).abs() > CENT
        })
    };
    FlowKind::ALL.iter().copied().filter(|kind| differ(*kind)).collect()
}

/// Two paths with the same flows and quantities.
pub fn assert_same(left: &SimulatedPath, right: &SimulatedPath) {
    assert_eq!(moved(left, right), []);
    for &quantity in Quantity::ALL {
        let (a, b) = (left.accounts.total(quantity), right.accounts.total(quantity));
        assert!((a - b).abs() <= 1e-9 * a.abs().max(1e-3), "{quantity:?}: {a} and {b}");
    }
}

/// `left` is `right` to a relative difference.
#[track_caller]
pub fn assert_near(left: f64, right: f64, relative: f64) {
    let off = (left - right).abs() / right.abs().max(f64::MIN_POSITIVE);
    assert!(left == right || off <= relative, "{left} for {right}, off by {off:.2e}");
}
