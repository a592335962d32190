//! AI compared with hand calculations (equation M12).

use super::cases;
use super::paths::{assert_near, of_kinds, run, total};
use hashwatt_econ::account::{FlowKind, Quantity};
use hashwatt_econ::engine::{AiBlock, Inputs};
use hashwatt_econ::params::{Ai, Price};
use jiff::civil::date;

const HOURS: f64 = 2.0 * 8760.0;

/// 12 MW of AI without mining machines, for two years; 1.5 kW per GPU with overhead.
fn ai() -> Inputs {
    let mut inputs = cases::base(Vec::new());
    (inputs.start, inputs.years) = (date(2027, 1, 1), 2.0);
    inputs.operator.import_duty = 0.2;
    inputs.ai = Some(AiBlock {
        site: 0,
        mw: 12.0,
        terms: Ai {
            rent: 2.0,
            decline: 0.0,
            contract: 0.0,
            take_or_pay: 0.0,
            kw_per_gpu: 1.2,
            pue: 1.25,
            sold: 0.7,
            uptime: 0.96,
            shell: 9e6,
            usd_per_gpu: 40_000.0,
            life: 5.0,
            costs: 20.0,
            export_share: 0.75,
            import_share: 0.9,
        },
    });
    inputs
}

const GPUS: f64 = 8000.0;

#[test]
fn ai_income_at_constant_rent_is_hours_times_rent() {
    let path = run(&ai());
    let sold = GPUS * HOURS * 0.96 * 0.7;
    assert_near(path.accounts.total(Quantity::GpuHours), sold, 1e-9);
    assert_near(total(&path, FlowKind::AiExported), sold * 2.0 * 0.75, 1e-9);
    assert_near(total(&path, FlowKind::AiSoldHome), sold * 2.0 * 0.25, 1e-9);
    let mwh = 12.0 * 0.96 * HOURS;
    assert_near(path.accounts.total(Quantity::AiEnergy), mwh, 1e-9);
    assert_near(path.accounts.total(Quantity::Energy), mwh, 1e-9);
    assert_near(total(&path, FlowKind::EnergyCharge), 40.0 * mwh, 1e-9);
    assert_near(total(&path, FlowKind::CostsHome), 20.0 * mwh * 0.7, 1e-9);
    assert_eq!(path.accounts.total(Quantity::Btc), 0.0);
    assert!(path.epochs.iter().all(|epoch| epoch.own == 0.0));
}

#[test]
fn ai_capital_is_paid_at_the_start_and_depreciates() {
    let path = run(&ai());
    let (processors, halls) = (GPUS * 40_000.0, 12.0 * 9e6);
    let abroad = (processors + halls) * 0.9;
    assert_near(total(&path, FlowKind::AiAbroad), abroad, 1e-12);
    assert_near(total(&path, FlowKind::AiHome), (processors + halls) * 0.1, 1e-12);
    assert_near(total(&path, FlowKind::Duty), abroad * 0.2, 1e-12);
    assert_near(path.totals.outlay, processors + halls + abroad * 0.2, 1e-12);
    let left = processors * 3.0 / 5.0 + halls * 10.0 / 12.0;
    assert_near(total(&path, FlowKind::Residual), left, 1e-12);
}

/// At a discount rate of 0 the net present value before tax is the sum of all flows.
#[test]
fn ai_value_at_zero_discount_is_the_sum_of_flows() {
    let mut inputs = ai();
    inputs.money.discount = 0.0;
    inputs.sites[0].capacity_charge = Price::usd(2.0);
    let path = run(&inputs);
    let rent = GPUS * HOURS * 0.96 * 0.7 * 2.0;
    let energy = 12.0 * 0.96 * HOURS * 60.0;
    let contract = 12e3 * 2.0 * 24.0;
    let outlay = path.totals.outlay;
    let left = total(&path, FlowKind::Residual);
    let value = rent - energy - contract - outlay + left;
    assert_near(path.totals.npv_project, value, 1e-9);
}

#[test]
fn ai_rent_declines_independently_of_bitcoin() {
    let mut inputs = ai();
    inputs.ai.as_mut().unwrap().terms.decline = 0.3;
    inputs.money.inflation_usd = 0.03;
    // The bitcoin price has no effect on it.
    inputs.trend.price_drift = 0.5;
    let path = run(&inputs);
    let mut sold = 0.0;
    let rents = path.flows.iter().filter(|flow| flow.kind == FlowKind::AiExported);
    for flow in rents {
        let level = (0.7f64 * 1.03).powf(flow.at / cases::YEAR_S);
        sold += flow.usd / level;
    }
    assert_near(sold, GPUS * HOURS * 0.96 * 0.7 * 2.0 * 0.75, 1e-9);
    let years = of_kinds(&path, &[FlowKind::AiExported]);
    assert_near(years[1] / years[0], 0.7 * 1.03, 2e-3);
}

/// After its life a GPU neither earns nor uses power, and has no residual value.
#[test]
fn ai_stops_at_the_end_of_gpu_life() {
    let mut inputs = ai();
    inputs.ai.as_mut().unwrap().terms.life = 1.0;
    let path = run(&inputs);
    let hours = path.accounts.total(Quantity::GpuHours) / (GPUS * 0.96 * 0.7);
    assert_near(hours, 8760.0, 1e-9);
    let halls = 12.0 * 9e6 * 10.0 / 12.0;
    assert_near(total(&path, FlowKind::Residual), halls, 1e-12);
}

/// Without mutual effects, AI together with machines is the sum of each alone.
#[test]
fn ai_together_with_machines_is_the_sum_of_both() {
    let alone = ai();
    let mut machines = alone.clone();
    machines.ai = None;
    machines.lots = vec![cases::lot(5.0)];
    let mut both = machines.clone();
    both.ai = alone.ai.clone();
    let (alone, machines, both) = (run(&alone), run(&machines), run(&both));
    for &kind in FlowKind::ALL {
        // Owners cover the deficit of a year.
        if kind.spec().class == hashwatt_econ::account::Class::Owner {
            continue;
        }
        let sum = total(&alone, kind) + total(&machines, kind);
        assert_near(total(&both, kind), sum, 1e-9);
    }
    assert_near(both.totals.npv, alone.totals.npv + machines.totals.npv, 1e-9);
}

/// During the contract the rent is constant, and the take-or-pay share is paid.
#[test]
fn ai_contract_pays_fixed_rent_and_take_or_pay() {
    let mut inputs = ai();
    let terms = &mut inputs.ai.as_mut().unwrap().terms;
    (terms.decline, terms.contract, terms.take_or_pay, terms.sold) = (0.3, 1.0, 0.9, 0.6);
    let path = run(&inputs);
    let sold = path.flows.iter().filter(|flow| flow.kind == FlowKind::AiSoldHome);
    let year = |at: f64| at / cases::YEAR_S;
    let (mut first, mut later) = (0.0, 0.0);
    for flow in sold {
        match year(flow.at) < 1.0 {
            true => first += flow.usd,
            false => later += flow.usd / 0.7f64.powf(year(flow.at)),
        }
    }
    let hours = GPUS * 8760.0 * 0.96;
    assert_near(first, hours * 0.9 * 2.0 * 0.25, 1e-9);
    assert_near(later, hours * 0.6 * 2.0 * 0.25, 1e-9);
}
