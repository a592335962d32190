//! Slots: identical hours of a month, in one draw.

use crate::params::SystemHour;

/// A slot: identical hours of a month, in one draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Slot {
    /// Their share of the month.
    pub weight: f64,
    /// Price relative to the tariff, including peak ratios.
    pub price_ratio: f64,
    /// The share with energy.
    pub available: f64,
    /// The share that may run, after emergency calls and the annual cap.
    pub running: f64,
    /// The share stopped by emergency calls.
    pub emergency: f64,
    /// Probability of a coincident peak in one hour of them, times the month's hours.
    pub peak_density: f64,
    /// The system.
    pub system: SystemHour,
    /// The share of the site that may be curtailed while the system is short.
    pub curtailable: f64,
    /// Whether it has the same cost as the previous slot.
    pub same_cost: bool,
}

/// Marks the slots with the same cost as the previous one.
pub(crate) fn mark_equal_costs(slots: &mut [Slot]) {
    let cost = |slot: &Slot| (slot.price_ratio, slot.peak_density);
    for place in 0..slots.len() {
        slots[place].same_cost = place > 0 && cost(&slots[place]) == cost(&slots[place - 1]);
    }
}
