//! Values of an independent reference implementation (numpy; hours summed one by one).

use super::cases;
use hashwatt_econ::account::{FlowKind, Party, Quantity, border};
use hashwatt_econ::engine::{Engine, HourSums, Inputs, SimulatedPath};
use hashwatt_econ::network::MarketDrivers;
use serde_json::Value;

const RIGHT: &str = include_str!("../data/right_values.json");
/// The reference prints 12 digits.
const EXACT: f64 = 1e-9;
/// Tolerance of tables.
const TABLES: f64 = 1e-3;

/// The reference's name of a kind of flow.
fn kind(name: &str) -> FlowKind {
    let name = match name {
        "btc_sold" => "bitcoin_sold",
        "btc_held" => "bitcoin_held",
        "btc_abroad" => "bitcoin_abroad",
        "btc_used" => "bitcoin_used",
        "profit_foreign_btc" => "profit_foreign_bitcoin",
        "profit_home_btc" => "profit_home_bitcoin",
        other => other,
    };
    let found = FlowKind::ALL.iter().find(|kind| kind.spec().key == name);
    *found.unwrap_or_else(|| panic!("no flow {name}"))
}

struct Comparison<'a> {
    case: &'a str,
    /// The scale of the case's money, for amounts that are differences of others.
    scale: f64,
    tolerance: f64,
    wrong: Vec<String>,
}

impl Comparison<'_> {
    fn hold(&mut self, what: &str, ours: f64, right: &Value) {
        let Some(right) = right.as_f64() else { return };
        let near = (ours - right).abs() <= self.tolerance * right.abs().max(self.scale);
        if !near {
            let off = ours / right - 1.0;
            self.wrong.push(format!("{} {what}: {ours} for {right} ({off:.1e})", self.case));
        }
    }
}

fn hold_all(sums: HourSums, tolerance: f64) {
    let right: Value = serde_json::from_str(RIGHT).unwrap();
    let mut wrong = Vec::new();
    for (name, inputs) in cases::all() {
        let engine = Engine::new(inputs.start, inputs.years, MarketDrivers::default())
            .unwrap()
            .with_hour_sums(sums);
        let path = engine.base(&inputs).unwrap();
        let right = &right[name];
        // 1e-8 relative.
        let mut compared = Comparison { case: name, scale: 1e6, tolerance, wrong: Vec::new() };
        totals(&mut compared, &inputs, &path, right);
        years(&mut compared, &inputs, &path, right);
        wrong.extend(compared.wrong);
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn worked_cases_match_reference() {
    hold_all(HourSums::Exact, EXACT);
}

/// Invariant 33: the same values with tables.
#[test]
fn worked_cases_by_tables_match_reference() {
    hold_all(HourSums::Tables, TABLES);
    hold_all(HourSums::Automatic, TABLES);
}

fn totals(compared: &mut Comparison, inputs: &Inputs, path: &SimulatedPath, right: &Value) {
    let totals = &path.totals;
    compared.hold("npv", totals.npv, &right["npv"]);
    compared.hold("project", totals.npv_project, &right["npv_before_tax_and_financing"]);
    compared.hold("state", path.accounts.state_value(), &right["npv_state"]);
    compared.hold("residual", path.accounts.sum(FlowKind::Residual).usd, &right["residual"]);
    compared.hold("btc", path.accounts.total(Quantity::Btc), &right["total_btc"]);
    compared.hold("mwh", path.accounts.total(Quantity::Energy), &right["total_mwh"]);
    for (name, value) in right["pv"].as_object().unwrap() {
        compared.hold(&format!("pv {name}"), path.accounts.sum(kind(name)).pv, value);
    }
    // Ratios are compared as such.
    compared.scale = 0.0;
    compared.hold("return", totals.return_per_year, &right["return_per_year"]);
    match right["payback_years"].as_f64() {
        None => assert!(totals.payback_years.is_infinite(), "{}", compared.case),
        Some(_) => compared.hold("payback", totals.payback_years, &right["payback_years"]),
    }
    let first = &path.epochs[0];
    let opening = &right["first_epoch"];
    compared.hold("share", first.own / first.network, &opening["share"]);
    compared.hold("hashprice", first.usd_per_hash() * 1e15 * 86_400.0, &opening["hashprice"]);
    let _ = inputs;
    compared.scale = 1e6;
}

fn years(compared: &mut Comparison, inputs: &Inputs, path: &SimulatedPath, right: &Value) {
    let first = inputs.start.year();
    for (year, flows) in right["years"].as_object().unwrap() {
        let index = (year.parse::<i16>().unwrap() - first) as usize;
        for &kind in FlowKind::ALL {
            let name = match kind.spec().key {
                "bitcoin_sold" => "btc_sold".to_owned(),
                "bitcoin_held" => "btc_held".to_owned(),
                "bitcoin_abroad" => "btc_abroad".to_owned(),
                "bitcoin_used" => "btc_used".to_owned(),
                key => key
                    .replace("profit_foreign_bitcoin", "profit_foreign_btc")
                    .replace("profit_home_bitcoin", "profit_home_btc"),
            };
            // Keys missing in the reference are 0.
            let value = flows.get(&name).cloned().unwrap_or(Value::from(0.0));
            let ours = path.accounts.cell(kind, index).usd;
            compared.hold(&format!("{year} {name}"), ours, &value);
        }
        for (party, value) in right["net"][year].as_object().unwrap() {
            let party = Party::ALL.into_iter().find(|p| p.key() == party).unwrap();
            let ours = border::net(&path.accounts, party, index);
            compared.hold(&format!("{year} net of {party}"), ours, value);
        }
        crossing(compared, path, &right["border"][year], year, index);
        for (ours, name) in [
            (Quantity::Btc, "btc"),
            (Quantity::Energy, "mwh"),
            (Quantity::MarginalT, "marginal_t"),
            (Quantity::AverageT, "average_t"),
            (Quantity::EmbodiedT, "embodied_t"),
            (Quantity::DisplacedT, "displaced_t"),
            (Quantity::Short, "short_mwh"),
            (Quantity::Taxable, "taxable"),
            (Quantity::LossCarried, "carry"),
            (Quantity::TaxBook, "tax_book"),
        ] {
            let value = &right["quantities"][year][name];
            compared.hold(&format!("{year} {name}"), path.accounts.quantity(ours, index), value);
        }
    }
}

fn crossing(
    compared: &mut Comparison,
    path: &SimulatedPath,
    right: &Value,
    year: &str,
    index: usize,
) {
    use hashwatt_econ::account::MeansOfPayment;
    let accounts = &path.accounts;
    for (name, ours) in [
        ("usd", border::cross_border(accounts, MeansOfPayment::Money, index)),
        ("btc_held_home", border::cross_border(accounts, MeansOfPayment::Bitcoin, index)),
        ("abroad_home", border::cross_border(accounts, MeansOfPayment::Abroad, index)),
        ("resources", border::resources(accounts, index)),
        ("national", border::national(accounts, index)),
    ] {
        compared.hold(&format!("{year} border {name}"), ours, &right[name]);
    }
}
