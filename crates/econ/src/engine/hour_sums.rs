//! Sums over hours: one by one, or with tables shared by all draws of a plan.

use super::{Calendar, Draw, Inputs};
use crate::EconError;
use crate::site::hours::SiteHours;
use crate::site::table::{Order, Shape};
use std::sync::Arc;

/// The method of summing the hours of a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HourSums {
    /// One by one.
    Exact,
    /// With running sums wherever they are valid.
    Tables,
    /// With running sums in months with many different hours.
    #[default]
    Automatic,
}

impl HourSums {
    /// Minimum number of different hours in a month for a table.
    fn min_hours(self) -> usize {
        match self {
            Self::Exact => usize::MAX,
            Self::Tables => 1,
            Self::Automatic => 48,
        }
    }
}

/// The hours of the sites of some inputs, computed once and shared by all draws of a plan.
///
/// A draw in which other inputs decide which hours run has its own hours, summed one by one.
#[derive(Clone, Debug)]
pub struct HourTables {
    pub(crate) sites: Vec<Arc<SiteHours>>,
}

impl HourTables {
    /// Computes the hours from the base's inputs.
    ///
    /// # Errors
    /// As [`Draw::new`].
    pub fn new(inputs: &Inputs, calendar: &Calendar, sums: HourSums) -> Result<Self, EconError> {
        let draw = Draw::new(inputs, calendar)?;
        let mut sites: Vec<SiteHours> =
            draw.sites.iter().map(|site| SiteHours::clone(&site.hours)).collect();
        // With a price effect, other consumers' bills depend on the load of each hour.
        if sums != HourSums::Exact && inputs.at_marginal_price() == 0.0 {
            for group in 0..draw.groups {
                let group: Vec<usize> =
                    (0..sites.len()).filter(|site| draw.sites[*site].group == group).collect();
                (0..12)
                    .for_each(|month| tabulate(&draw, &mut sites, &group, month, sums.min_hours()));
            }
            for (site, given) in sites.iter_mut().zip(&inputs.sites) {
                let mut tables = site.months.iter().filter_map(|month| month.table.as_ref());
                if tables.any(|table| table.is_by_cost()) {
                    let shape = Shape::new(given, &draw.levels);
                    site.shape = shape.is_one_currency(given).then_some(shape);
                }
            }
        }
        Ok(Self { sites: sites.into_iter().map(Arc::new).collect() })
    }
}

/// Builds the tables of a month for a group of sites if all of them have the same order of hours.
fn tabulate(draw: &Draw, sites: &mut [SiteHours], group: &[usize], month: usize, min_hours: usize) {
    let order = |site: usize| {
        let given = &draw.inputs.sites[site];
        Order::new(given, &sites[site].months[month], month, &draw.levels, min_hours)
    };
    let Some(first) = order(group[0]) else { return };
    if group[1..].iter().all(|site| order(*site).as_ref() == Some(&first)) {
        for &site in group {
            let given = &draw.inputs.sites[site];
            sites[site].months[month].tabulate(given, &first, month, &draw.levels);
        }
    }
}

#[cfg(test)]
mod tests;
