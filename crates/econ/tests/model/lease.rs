//! A lease to a tenant compared with hand calculations (equation M12).

use super::cases::{self, YEAR_S};
use super::paths::{assert_near, refused, run, total};
use hashwatt_econ::account::{FlowKind, Party, Quantity, border};
use hashwatt_econ::engine::{
    Column, DatedLevy, Inputs, LeaseBlock, LevyOf, LevyRate, PowerContract, SimulatedPath,
};
use hashwatt_econ::params::{Lease, Price};
use jiff::civil::date;

/// 250 MW at the meter for 200 MW of a tenant's equipment over ten years at 3.7 billion USD: CB-3 and CB-4 at
/// Lake Mariner (TeraWulf and Fluidstack, release of 2025-08-14). Its fit-out is 8 to 10 million USD a MW, its
/// margin about 85 %, its energy passed through.
fn lake_mariner() -> Inputs {
    let mut inputs = cases::base(Vec::new());
    (inputs.start, inputs.years) = (date(2027, 1, 1), 10.0);
    inputs.operator.import_duty = 0.2;
    inputs.lease = Some(LeaseBlock {
        site: 0,
        mw: 250.0,
        begins: 0.0,
        term: 10.0 * YEAR_S,
        out_of_use: 0.0,
        converts: false,
        terms: Lease {
            power: 250.0,
            pue: 1.25,
            load: 0.8,
            rent: 1.85e6,
            escalation: 0.0,
            energy_by_tenant: 1.0,
            costs_share: 0.15,
            fit_out: 9e6,
            fit_out_by_tenant: 0.0,
            conversion: 0.0,
            export_share: 0.0,
            import_share: 0.6,
        },
    });
    inputs
}

fn terms(inputs: &mut Inputs) -> &mut Lease {
    &mut inputs.lease.as_mut().unwrap().terms
}

#[test]
fn lease_rent_matches_published_contract_value() {
    let path = run(&lake_mariner());
    let rent = total(&path, FlowKind::LeaseRentHome);
    assert_near(rent, 3.7e9, 1e-9);
    assert_eq!(total(&path, FlowKind::LeaseRent), 0.0);
    // A net operating income of 315 million USD a year.
    let energy = total(&path, FlowKind::EnergyCharge);
    assert_near(energy, 250.0 * 0.8 * 87_600.0 * 40.0, 1e-9);
    assert_near(total(&path, FlowKind::LeaseEnergyHome), energy, 1e-9);
    let costs = total(&path, FlowKind::CostsHome) + total(&path, FlowKind::CostsAbroad);
    assert_near((rent - costs) / 10.0, 315e6, 0.002);
    let (outlay, abroad) = (200.0 * 9e6, 200.0 * 9e6 * 0.6);
    assert_near(total(&path, FlowKind::AiAbroad), abroad, 1e-12);
    assert_near(path.totals.outlay, outlay + 0.2 * abroad, 1e-12);
    // Halls last as long as a site, twelve years.
    assert_near(total(&path, FlowKind::Residual), outlay * 2.0 / 12.0, 1e-9);
    assert_eq!(path.accounts.total(Quantity::Btc), 0.0);
}

/// The whole bill of the leased power is passed on, including levies and taxes.
#[test]
fn lease_passes_on_the_whole_bill() {
    let mut inputs = lake_mariner();
    let site = &mut inputs.sites[0];
    site.capacity_charge = Price::usd(2.0);
    site.demand_charge = Price::usd(3000.0);
    site.adjustments = vec![Price::usd(0.001)];
    site.levies = vec![Price::usd(0.002)];
    (site.terms.levy_share, site.terms.unrecoverable_tax) = (0.03, 0.05);
    terms(&mut inputs).energy_by_tenant = 0.75;
    terms(&mut inputs).export_share = 1.0;
    let path = run(&inputs);
    let mwh = 250.0 * 0.8 * 87_600.0;
    let charges = 250e3 * 2.0 * 120.0 + 250.0 * 3000.0 * 120.0;
    let bill = (mwh * 41.0 + charges) * 1.08 + mwh * 2.0;
    assert_near(total(&path, FlowKind::LeaseEnergy), 0.75 * bill, 2e-3);
    let paid: f64 = [
        FlowKind::EnergyCharge,
        FlowKind::Adjustments,
        FlowKind::CapacityCharge,
        FlowKind::DemandCharge,
        FlowKind::Levy,
        FlowKind::UnrecoverableTax,
    ]
    .map(|kind| total(&path, kind))
    .iter()
    .sum();
    assert_near(total(&path, FlowKind::LeaseEnergy), 0.75 * paid, 1e-9);
    // A foreign tenant pays in foreign exchange.
    let tenant = -border::net(&path.accounts, Party::Tenant, 3);
    let rent = path.accounts.cell(FlowKind::LeaseRent, 3).usd;
    assert_near(tenant, rent + path.accounts.cell(FlowKind::LeaseEnergy, 3).usd, 1e-12);
}

/// A dated levy on AI's bill applies to its energy, contracted power and megawatts, all passed on to the tenant.
#[test]
fn lease_passes_on_dated_levies() {
    let mut inputs = lake_mariner();
    inputs.years = 1.0;
    let site = &mut inputs.sites[0];
    (site.capacity_charge, site.demand_charge) = (Price::usd(2.0), Price::usd(3000.0));
    let levy = |of, rate| DatedLevy { from: 0.0, until: f64::INFINITY, of, rate };
    site.levy_schedule = vec![
        levy(LevyOf::Ai, LevyRate::Bill(0.1)),
        levy(LevyOf::Ai, LevyRate::Kwh(Price::usd(0.004))),
        levy(LevyOf::Mining, LevyRate::Bill(0.5)),
    ];
    let mwh = 250.0 * 0.8 * 8760.0;
    let charges = 250e3 * 2.0 * 12.0 + 250.0 * 3000.0 * 12.0;
    let path = run(&inputs);
    let levies = 0.1 * (mwh * 40.0 + charges) + mwh * 4.0;
    assert_near(total(&path, FlowKind::Levy), levies, 1e-9);
    assert_near(total(&path, FlowKind::LeaseEnergyHome), mwh * 40.0 + charges + levies, 1e-9);
    // 120 of its 200 MW are bought ahead at 30 USD/MWh, the rest at 40 and a fee of 2.
    let (price, fee) = (Price::usd(0.03), Price::usd(0.002));
    inputs.sites[0].contract = Some(PowerContract { volume_mw: 120.0, price, fee });
    let path = run(&inputs);
    let energy = (120.0 * 30.0 + 80.0 * 42.0) * 8760.0;
    let levies = 0.1 * (energy + charges) + mwh * 4.0;
    assert_near(total(&path, FlowKind::Levy), levies, 1e-9);
    assert_near(total(&path, FlowKind::LeaseEnergyHome), energy + charges + levies, 1e-9);
}

#[test]
fn lease_rent_escalates_nominally_from_its_first_day() {
    let mut inputs = lake_mariner();
    (inputs.money.inflation_usd, inputs.years) = (0.04, 6.0);
    terms(&mut inputs).escalation = 0.03;
    let lease = inputs.lease.as_mut().unwrap();
    (lease.begins, lease.out_of_use, lease.term) = (2.0 * YEAR_S, YEAR_S, 3.0 * YEAR_S);
    let path = run(&inputs);
    let rents: Vec<_> =
        path.flows.iter().filter(|flow| flow.kind == FlowKind::LeaseRentHome).collect();
    // A flow is dated at the middle of its segment.
    assert!(rents.iter().all(|flow| (1.97..=5.03).contains(&(flow.at / YEAR_S))));
    let day_one: f64 = rents
        .iter()
        .map(|flow| flow.usd / 1.04f64.powi(2) / 1.03f64.powf(flow.at / YEAR_S - 2.0))
        .sum();
    assert_near(day_one, 3.0 * 370e6, 1e-3);
    // The fit-out is paid when its megawatts begin to be prepared.
    let paid: Vec<_> = path.flows.iter().filter(|flow| flow.kind == FlowKind::AiHome).collect();
    assert_eq!(paid.iter().map(|flow| flow.at).collect::<Vec<_>>(), [YEAR_S]);
    assert_near(paid[0].usd, 200.0 * 9e6 * 0.4 * 1.04, 1e-12);
}

fn mean_power(path: &SimulatedPath, months: std::ops::Range<usize>) -> f64 {
    let count = months.len() as f64;
    path.months[months].iter().map(|row| row.get(Column::Power)).sum::<f64>() / count
}

/// 100 MW mine for a year, are empty for half a year, and are leased for the rest.
fn conversion() -> Inputs {
    let mut inputs = lake_mariner();
    inputs.years = 4.0;
    inputs.lots = vec![cases::lot(60.0), cases::lot(40.0)];
    inputs.sites[0].power_mw = Some(100.0);
    let day = |days: f64| days * 86_400.0;
    let lease = inputs.lease.as_mut().unwrap();
    (lease.mw, lease.converts) = (100.0, true);
    // From 2028-01-01 to 2028-07-01, a leap year.
    (lease.begins, lease.out_of_use) = (day(365.0 + 182.0), day(182.0));
    lease.terms.conversion = 50_000.0;
    inputs
}

#[test]
fn converting_lease_replaces_machines() {
    let path = run(&conversion());
    assert_near(mean_power(&path, 0..12), 95.0, 1e-9);
    assert_eq!(mean_power(&path, 12..18), 0.0);
    assert_near(mean_power(&path, 18..48), 80.0, 1e-9);
    assert!(path.months[12..].iter().all(|row| row.get(Column::Btc) == 0.0));
    // One-year-old machines sell once for at most three quarters of their price.
    let price = 100e6 / (15.0 * 1.05) * 8.0;
    let sold: Vec<_> = path.flows.iter().filter(|flow| flow.kind == FlowKind::Resale).collect();
    assert_eq!(sold.len(), 2);
    assert!(sold.iter().all(|flow| (flow.at - YEAR_S).abs() < 16.0 * 86_400.0));
    let brought: f64 = sold.iter().map(|flow| flow.usd).sum();
    assert!(brought > 0.4 * price && brought <= 0.75 * price * (1.0 + 1e-12), "{brought} {price}");
    let fit_out = 80.0 * 9e6 + 100.0 * 50_000.0;
    let spent = total(&path, FlowKind::AiHome) + total(&path, FlowKind::AiAbroad);
    assert_near(spent, fit_out, 1e-9);
}

/// After a lease of part of the power the remaining machines continue.
#[test]
fn lease_of_part_of_the_power_keeps_the_other_machines() {
    let mut inputs = conversion();
    inputs.lease.as_mut().unwrap().mw = 25.0;
    let path = run(&inputs);
    assert_near(mean_power(&path, 12..18), 0.75 * 95.0, 1e-9);
    assert_near(mean_power(&path, 18..48), 0.75 * 95.0 + 20.0, 1e-9);
}

#[test]
fn invalid_lease_is_refused() {
    let mut inputs = conversion();
    inputs.lease.as_mut().unwrap().begins = inputs.lease.as_ref().unwrap().out_of_use;
    assert!(refused(&inputs).contains("months_out_of_use"));
    let mut inputs = conversion();
    inputs.lots[1].delivery = 2.0 * YEAR_S;
    assert!(refused(&inputs).contains("have arrived"));
    let mut inputs = conversion();
    inputs.lease.as_mut().unwrap().converts = false;
    assert!(refused(&inputs).contains("200 MW"), "{}", refused(&inputs));
}
