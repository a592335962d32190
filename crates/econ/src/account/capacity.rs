//! Capacity payments, and the margin of distribution companies (equations M20 and M21).

use super::{Accounts, FlowKind, FlowLog, Party, Quantity, When};
use crate::params::inputs::{BorneBy, Capacity, CapacityMode};
use crate::params::{Denomination, Price, Supply};

/// Hours of a year of 365 days.
const YEAR_HOURS: f64 = 8760.0;

/// Capital recovery factor: the annual payment that repays 1 over a number of years at an interest rate.
pub fn capital_recovery(rate: f64, years: f64) -> f64 {
    if rate == 0.0 { 1.0 / years } else { rate / (1.0 - (1.0 + rate).powf(-years)) }
}

/// Inputs of a year's capacity payments.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CapacityYear {
    /// Contracted power, kW.
    pub contracted_kw: f64,
    /// Share of the year in which the contract holds.
    pub part: f64,
    /// Losses to the customer.
    pub losses: f64,
    /// Real discount rate a year.
    pub rate: f64,
}

fn value_in_year(values: &[f64], year: usize) -> f64 {
    values.get(year).or(values.last()).copied().unwrap_or(1.0)
}

fn dollars(price: Price, when: &When) -> f64 {
    price.value * if price.denomination == Denomination::Local { when.local } else { when.usd }
}

/// Books a year's capacity payments to the party that bears them.
pub(crate) fn close_year(
    accounts: &mut Accounts,
    capacity: &Capacity,
    year: CapacityYear,
    when: &When,
    log: &mut impl FlowLog,
) {
    let kwh = accounts.quantity(Quantity::Energy, when.year) * 1e3;
    let in_force = value_in_year(&capacity.in_force, when.year);
    let average = kwh * dollars(capacity.average, when) * in_force;
    match capacity.mode {
        CapacityMode::Sunk => {
            let due = average * (1.0 - value_in_year(&capacity.take_or_pay, when.year));
            pay(accounts, due, capacity.borne_by, when, log);
        }
        CapacityMode::NewBuild => {
            let new = &capacity.new_build;
            let kw = year.contracted_kw / (1.0 - year.losses) / new.availability;
            let outlay = new.usd_per_kw * kw * when.usd * year.part;
            let annuity = outlay * capital_recovery(year.rate, new.life);
            pay(accounts, annuity, capacity.borne_by, when, log);
            let used = outlay / new.life;
            accounts.book(FlowKind::NewPlantAbroad, used * new.import_share, when, log);
            accounts.book(FlowKind::NewPlantHome, used * (1.0 - new.import_share), when, log);
            let owners = new.foreign_share * (annuity - used);
            accounts.book(FlowKind::NewPlantOwners, owners, when, log);
        }
        CapacityMode::Average => allocate(accounts, average, capacity.borne_by, when, log),
        CapacityMode::LoadFactorShare => {
            let kw = kwh / YEAR_HOURS / (1.0 - year.losses);
            let share = kw * dollars(capacity.payment, when) * 12.0 * in_force;
            allocate(accounts, share, capacity.borne_by, when, log);
        }
    }
}

/// Cash paid to generators and recovered by distribution companies.
fn pay(accounts: &mut Accounts, usd: f64, by: BorneBy, when: &When, log: &mut impl FlowLog) {
    accounts.book(FlowKind::CapacityPayment, usd, when, log);
    let recovered = match by {
        BorneBy::Operator => FlowKind::CapacityRecovered,
        BorneBy::State => FlowKind::CapacityFromState,
        BorneBy::Consumers => FlowKind::CapacityFromConsumers,
        BorneBy::Distribution => return,
    };
    accounts.book(recovered, usd, when, log);
}

/// A share of existing payments, which other consumers no longer bear.
fn allocate(accounts: &mut Accounts, usd: f64, by: BorneBy, when: &When, log: &mut impl FlowLog) {
    let from = match by {
        BorneBy::Operator => Some(FlowKind::CapacityAllocated),
        BorneBy::State => Some(FlowKind::AllocationFromState),
        // From consumers to consumers: no net flow.
        BorneBy::Consumers => return,
        BorneBy::Distribution => None,
    };
    if let Some(from) = from {
        accounts.book(from, usd, when, log);
    }
    accounts.book(FlowKind::AllocationToConsumers, usd, when, log);
}

/// Books the margin of distribution companies on the project, and the cover of a shortfall.
pub(crate) fn close_margin(
    accounts: &mut Accounts,
    supply: &Supply,
    when: &When,
    log: &mut impl FlowLog,
) {
    let excluded = [
        FlowKind::CapacityAllocated,
        FlowKind::AllocationFromState,
        FlowKind::AllocationToConsumers,
    ];
    let counted = FlowKind::ALL.iter().filter(|kind| !excluded.contains(kind));
    let net = |kind: FlowKind| kind.sign(Party::Distribution) * accounts.cell(kind, when.year).usd;
    let margin: f64 = counted.map(|&kind| net(kind)).sum();
    let shortfall = (-margin).max(0.0);
    let state = shortfall * supply.shortfall_to_state;
    let consumers = (shortfall - state) * supply.rest_to_consumers;
    accounts.book(FlowKind::StateCovers, state, when, log);
    accounts.book(FlowKind::ConsumersCover, consumers, when, log);
    accounts.book(FlowKind::Relief, margin.max(0.0) * supply.gain_to_consumers, when, log);
    accounts.set(Quantity::CircularDebt, when.year, shortfall - state - consumers);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capital_recovery_matches_known_annuities() {
        assert!((capital_recovery(0.10, 10.0) - 0.162_745_39).abs() < 1e-8);
        assert_eq!(capital_recovery(0.0, 4.0), 0.25);
    }
}
