//! Hours of a month that are alike, as a draw has them.

use crate::params::SystemHour;

/// Hours of a month that are alike, in one draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Slot {
    /// Their part of the month.
    pub weight: f64,
    /// Price over the tariff, peak ratios in it.
    pub price_ratio: f64,
    /// The part with energy.
    pub available: f64,
    /// The part that may run: what the year's cap leaves of what emergency calls leave.
    pub running: f64,
    /// The part that emergency calls stop.
    pub emergency: f64,
    /// Probability of a coincident peak in one hour of them, times the month's hours.
    pub peak_density: f64,
    /// The system.
    pub system: SystemHour,
    /// The part of the site that may be curtailed while the system is short.
    pub curtailable: f64,
    /// Whether it costs what the slot before it costs.
    pub costs_alike: bool,
}

/// Marks the slots that cost what the one before them costs.
pub(crate) fn mark_alike(slots: &mut [Slot]) {
    let cost = |slot: &Slot| (slot.price_ratio, slot.peak_density);
    for place in 0..slots.len() {
        slots[place].costs_alike = place > 0 && cost(&slots[place]) == cost(&slots[place - 1]);
    }
}
