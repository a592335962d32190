//! The hours of a draw that can be short, for loads that tables sum (M19).

use super::now::{Piece, Rates};
use crate::params::Supply;
use crate::site::hours::SiteHours;
use crate::site::table::MonthHours;
use crate::system::merit::{MeritOrder, Served};

/// An hour in which less is free than sites may ask for.
#[derive(Clone, Copy, Debug)]
struct ScarceHour {
    /// Its place by cost.
    rank: usize,
    weight: f64,
    /// MW, at least 0.
    free: f64,
    /// What the plants make when all that is free is taken.
    served: Served,
}

/// Those of a group of sites that meet the same system, by month and cost.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scarce {
    months: [Vec<ScarceHour>; 12],
    /// Loads up to this are covered, MW at the plant.
    most: f64,
}

impl Scarce {
    /// Of a draw in which loads reach so many MW.
    pub(crate) fn fill(
        &mut self,
        hours: &SiteHours,
        supply: &Supply,
        merit: &[MeritOrder],
        most: f64,
    ) {
        self.most = most;
        for (place, scarce) in self.months.iter_mut().enumerate() {
            scarce.clear();
            let (month, order) = (&hours.months[place], &merit[place]);
            each(month, supply, |rank, weight, free| {
                if free < most {
                    scarce.push(ScarceHour { rank, weight, free, served: order.serve(free) });
                }
            });
        }
    }

    /// What plants make for the pieces of a month's load, and what they lack; `pieces` add up, the sums of
    /// hours are the table's.
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
            // What is taken back in hours that have less.
            let mut less = |weight: f64, free: f64, served: &Served| {
                rates.short += weight * (load - free);
                rates.burnt -= weight * (load - free);
                rates.cost -= weight * (full.cost - served.cost);
                rates.imported -= weight * (full.imported - served.imported);
                rates.tonnes -= weight * (full.tonnes - served.tonnes);
            };
            if load <= self.most {
                let scarce = &self.months[place];
                let first = scarce.partition_point(|hour| hour.rank < from);
                let within = scarce[first..].iter().take_while(|hour| hour.rank < to);
                for hour in within.filter(|hour| hour.free < load) {
                    less(hour.weight, hour.free, &hour.served);
                }
            } else {
                each(hours, supply, |rank, weight, free| {
                    if (from..to).contains(&rank) && free < load {
                        less(weight, free, &order.serve(free));
                    }
                });
            }
        }
    }
}

/// Every hour of a table: its rank, its part of the month and what is free in it.
fn each(month: &MonthHours, supply: &Supply, mut of: impl FnMut(usize, f64, f64)) {
    let Some(table) = &month.table else { return };
    for (rank, slot) in month.slots[table.loose..][..table.len()].iter().enumerate() {
        let free = slot.system.free(supply.availability_ratio, supply.reserve_mw);
        of(rank, slot.weight, free.max(0.0));
    }
}
