//! Hours in which the system may be short, for loads summed with tables (M19).

use super::now::{Piece, Rates};
use crate::params::Supply;
use crate::site::hours::SiteHours;
use crate::site::table::MonthHours;
use crate::system::merit::{MeritOrder, Served};

/// An hour in which free capacity is less than the maximum load.
#[derive(Clone, Copy, Debug)]
struct ScarceHour {
    /// Its rank by cost.
    rank: usize,
    weight: f64,
    /// MW, at least 0.
    free: f64,
    /// The supply when all free capacity is used.
    served: Served,
}

/// Scarce hours of a group of sites with the same system, by month and cost.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scarce {
    months: [Vec<ScarceHour>; 12],
    /// The maximum load covered, MW at the plant.
    max_load_mw: f64,
}

impl Scarce {
    /// Fills the hours for a draw with a maximum load, MW.
    pub(crate) fn fill(
        &mut self,
        hours: &SiteHours,
        supply: &Supply,
        merit: &[MeritOrder],
        max_load_mw: f64,
    ) {
        self.max_load_mw = max_load_mw;
        for (place, scarce) in self.months.iter_mut().enumerate() {
            scarce.clear();
            let (month, order) = (&hours.months[place], &merit[place]);
            for_each_hour(month, supply, |rank, weight, free| {
                if free < max_load_mw {
                    scarce.push(ScarceHour { rank, weight, free, served: order.serve(free) });
                }
            });
        }
    }

    /// Adds supply and shortage for the pieces of a month's load. The pieces are cumulative; sums over hours come
    /// from the table.
    pub(crate) fn serve(
        &self,
        hours: &MonthHours,
        place: usize,
        (supply, order): (&Supply, &MeritOrder),
        pieces: &mut [Piece],
        rates: &mut Rates,
    ) {
        let Some(table) = &hours.table else { return };
        pieces.sort_by_key(|piece| std::cmp::Reverse(piece.rank));
        let mut load = 0.0;
        for index in 0..pieces.len() {
            load += pieces[index].load;
            let to = pieces[index].rank;
            let from = pieces.get(index + 1).map_or(0, |next| next.rank);
            if from == to || load <= 0.0 {
                continue;
            }
            let weight = table.below(to).weight - table.below(from).weight;
            let full = order.serve(load);
            rates.serve(weight, load, load, &full);
            // The correction in hours with less free capacity.
            let mut less = |weight: f64, free: f64, served: &Served| {
                rates.short += weight * (load - free);
                rates.burnt -= weight * (load - free);
                rates.cost -= weight * (full.cost - served.cost);
                rates.imported -= weight * (full.imported - served.imported);
                rates.tonnes -= weight * (full.tonnes - served.tonnes);
            };
            if load <= self.max_load_mw {
                let scarce = &self.months[place];
                let first = scarce.partition_point(|hour| hour.rank < from);
                let within = scarce[first..].iter().take_while(|hour| hour.rank < to);
                for hour in within.filter(|hour| hour.free < load) {
                    less(hour.weight, hour.free, &hour.served);
                }
            } else {
                for_each_hour(hours, supply, |rank, weight, free| {
                    if (from..to).contains(&rank) && free < load {
                        less(weight, free, &order.serve(free));
                    }
                });
            }
        }
    }
}

/// Visits every hour of a table: its rank, its share of the month and its free capacity.
fn for_each_hour(month: &MonthHours, supply: &Supply, mut visit: impl FnMut(usize, f64, f64)) {
    let Some(table) = &month.table else { return };
    for (rank, slot) in month.slots[table.loose..][..table.len()].iter().enumerate() {
        let free = slot.system.free(supply.availability_ratio, supply.reserve_mw);
        visit(rank, slot.weight, free.max(0.0));
    }
}
