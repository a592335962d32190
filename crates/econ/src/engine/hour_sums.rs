//! How hours are summed: one by one, or by tables that all draws of a plan share.

use super::{Calendar, Draw, Inputs};
use crate::EconError;
use crate::site::hours::SiteHours;
use crate::site::table::{Order, Shape};
use std::sync::Arc;

/// How the hours of a month are summed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HourSums {
    /// One by one.
    Exact,
    /// By running sums wherever they hold.
    Tables,
    /// By running sums in months of many different hours.
    #[default]
    Automatic,
}

impl HourSums {
    /// So many different hours of a month are worth a table.
    fn least(self) -> usize {
        match self {
            Self::Exact => usize::MAX,
            Self::Tables => 1,
            Self::Automatic => 48,
        }
    }
}

/// The hours of some inputs' sites: made once, shared by all draws of the same plan.
///
/// A draw in which something else decides which hours run has hours of its own, summed one by one.
#[derive(Clone, Debug)]
pub struct HourTables {
    pub(crate) sites: Vec<Arc<SiteHours>>,
}

impl HourTables {
    /// Of the values of the base.
    ///
    /// # Errors
    /// As [`Draw::new`].
    pub fn new(inputs: &Inputs, calendar: &Calendar, sums: HourSums) -> Result<Self, EconError> {
        let draw = Draw::new(inputs, calendar)?;
        let mut sites: Vec<SiteHours> =
            draw.sites.iter().map(|site| SiteHours::clone(&site.hours)).collect();
        // What others pay depends on each hour's load.
        if sums != HourSums::Exact && inputs.at_marginal_price() == 0.0 {
            for group in 0..draw.groups {
                let group: Vec<usize> =
                    (0..sites.len()).filter(|site| draw.sites[*site].group == group).collect();
                (0..12).for_each(|month| tabulate(&draw, &mut sites, &group, month, sums.least()));
            }
            for (site, given) in sites.iter_mut().zip(&inputs.sites) {
                let mut tables = site.months.iter().filter_map(|month| month.table.as_ref());
                if tables.any(|table| table.is_by_cost()) {
                    let shape = Shape::of(given, &draw.levels);
                    site.shape = shape.is_one_currency(given).then_some(shape);
                }
            }
        }
        Ok(Self { sites: sites.into_iter().map(Arc::new).collect() })
    }
}

/// Tables of a month for sites that meet the same system, where all put its hours in the same order.
fn tabulate(draw: &Draw, sites: &mut [SiteHours], group: &[usize], month: usize, least: usize) {
    let of = |site: usize| {
        let given = &draw.inputs.sites[site];
        Order::of(given, &sites[site].months[month], month, &draw.levels, least)
    };
    let Some(order) = of(group[0]) else { return };
    if group[1..].iter().all(|site| of(*site).as_ref() == Some(&order)) {
        for &site in group {
            let given = &draw.inputs.sites[site];
            sites[site].months[month].tabulate(given, &order, month, &draw.levels);
        }
    }
}

#[cfg(test)]
mod tests;
