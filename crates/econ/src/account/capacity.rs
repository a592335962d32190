//! Payments for capacity, and the distributors' margin (equations M20 and M21).

use super::{Accounts, FlowKind, FlowLog, Party, Quantity, When};
use crate::params::inputs::{BorneBy, Capacity, CapacityMode};
use crate::params::{Denomination, Price, Supply};

/// Hours of a year of 365 days.
const YEAR_HOURS: f64 = 8760.0;

/// The yearly part that pays back 1 over so many years at a rate (capital recovery factor).
pub fn capital_recovery(rate: f64, years: f64) -> f64 {
    if rate == 0.0 { 1.0 / years } else { rate / (1.0 - (1.0 + rate).powf(-years)) }
}

/// What a year of the project is to the capacity of the system.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CapacityYear {
    /// Contracted power, kW.
    pub contracted_kw: f64,
    /// Part of the year in which the contract holds.
    pub part: f64,
    /// Losses to the customer.
    pub losses: f64,
    /// Real discount rate a year.
    pub rate: f64,
}

fn of_year(values: &[f64], year: usize) -> f64 {
    values.get(year).or(values.last()).copied().unwrap_or(1.0)
}

fn dollars(price: Price, when: &When) -> f64 {
    price.value * if price.denomination == Denomination::Local { when.local } else { when.usd }
}

/// Books a year's capacity, in its mode, to whoever bears it.
pub(crate) fn close_year(
    accounts: &mut Accounts,
    capacity: &Capacity,
    year: CapacityYear,
    when: &When,
    log: &mut impl FlowLog,
) {
    let kwh = accounts.quantity(Quantity::Energy, when.year) * 1e3;
    let in_force = of_year(&capacity.in_force, when.year);
    let average = kwh * dollars(capacity.average, when) * in_force;
    match capacity.mode {
        CapacityMode::Sunk => {
            let due = average * (1.0 - of_year(&capacity.take_or_pay, when.year));
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

/// Cash that generators get and distributors recover.
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

/// A share of what is paid anyway, which other consumers no longer bear.
fn allocate(accounts: &mut Accounts, usd: f64, by: BorneBy, when: &When, log: &mut impl FlowLog) {
    let from = match by {
        BorneBy::Operator => Some(FlowKind::CapacityAllocated),
        BorneBy::State => Some(FlowKind::AllocationFromState),
        // From consumers to consumers: nothing moves.
        BorneBy::Consumers => return,
        BorneBy::Distribution => None,
    };
    if let Some(from) = from {
        accounts.book(from, usd, when, log);
    }
    accounts.book(FlowKind::AllocationToConsumers, usd, when, log);
}

/// The distributors' margin on the project, and who pays what it lacks.
pub(crate) fn close_margin(
    accounts: &mut Accounts,
    supply: &Supply,
    when: &When,
    log: &mut impl FlowLog,
) {
    let outside = [
        FlowKind::CapacityAllocated,
        FlowKind::AllocationFromState,
        FlowKind::AllocationToConsumers,
    ];
    let counted = FlowKind::ALL.iter().filter(|kind| !outside.contains(kind));
    let of = |kind: FlowKind| kind.sign(Party::Distribution) * accounts.cell(kind, when.year).usd;
    let margin: f64 = counted.map(|&kind| of(kind)).sum();
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
    fn capital_recovery_is_the_annuity() {
        assert!((capital_recovery(0.10, 10.0) - 0.162_745_39).abs() < 1e-8);
        assert_eq!(capital_recovery(0.0, 4.0), 0.25);
    }
}
