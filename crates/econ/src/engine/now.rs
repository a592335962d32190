//! Machines, prices and rates at one time of a month, and the buffers for summing them.

use crate::account::When;
use crate::site::dispatch::{CostLine, Prices};
use crate::site::table::Lookup;
use crate::system::merit::{MeritOrder, Served};

/// A time of a month.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Instant<'a> {
    pub when: &'a When,
    /// 0 for January.
    pub month: usize,
    /// Hours of the calendar month.
    pub hours: f64,
    /// Nominal USD per hash, before the pool.
    pub usd_per_hash: f64,
}

/// Rates of all sites, mean over a month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Rates {
    /// H/s.
    pub hash: f64,
    /// MW at the meters.
    pub mining: f64,
    pub ai: f64,
    pub standby: f64,
    pub curtailed: f64,
    pub emergency: f64,
    /// USD per hour.
    pub energy: f64,
    pub adjustments: f64,
    pub levy: f64,
    pub peak: f64,
    pub ancillary: f64,
    pub emergency_pay: f64,
    pub other: f64,
    pub unrecoverable: f64,
    pub recoverable: f64,
    /// AI's share of the bill, with its levies and taxes.
    pub ai_bill: f64,
    /// Bills of energy, adjustments and peaks denominated in dollars.
    pub in_usd: f64,
    /// The part of `peak` that is billed later.
    pub peak_later: f64,
    /// Contracted power: its payment, its resale proceeds, and these at the hour's price without the fee.
    pub contract: f64,
    pub resold: f64,
    pub resold_spot: f64,
    /// MW at the meters that contracts cover, and that are resold.
    pub covered_mw: f64,
    pub resold_mw: f64,
    /// MW at the plants.
    pub burnt: f64,
    pub short: f64,
    /// Day-one USD per hour.
    pub cost: f64,
    pub imported: f64,
    /// t CO2 per hour.
    pub tonnes: f64,
    /// Price increase on others' energy, day-one USD per hour, and the part of it that follows the dollar.
    pub rise: f64,
    pub rise_imported: f64,
    /// Inframarginal rent on the site's energy, day-one USD per hour, and the part of it that follows the dollar.
    pub rent: f64,
    pub rent_imported: f64,
}

impl Rates {
    /// MW at the meters.
    pub(crate) fn load(&self) -> f64 {
        self.mining + self.ai + self.standby
    }

    /// Adds the effect of a load on prices in a part of the hours: other consumers and the load itself pay the new
    /// marginal plant's price for all their energy (M22).
    pub(super) fn add_price_effect(
        &mut self,
        part: f64,
        others_mw: f64,
        burnt: f64,
        order: &MeritOrder,
        served: &Served,
    ) {
        let (before, after) = (order.price(0.0), order.price(burnt));
        self.rise += part * others_mw * (after.cost - before.cost);
        self.rise_imported += part * others_mw * (after.imported - before.imported);
        self.rent += part * (after.cost * burnt - served.cost);
        self.rent_imported += part * (after.imported * burnt - served.imported);
    }

    /// Adds hours of a load of which `burnt` MW are served.
    #[inline]
    pub(super) fn serve(&mut self, weight: f64, load: f64, burnt: f64, served: &Served) {
        self.burnt += weight * burnt;
        self.short += weight * (load - burnt);
        self.cost += weight * served.cost;
        self.imported += weight * served.imported;
        self.tonnes += weight * served.tonnes;
    }
}

/// Buffers reused from call to call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    /// In the order of [`super::DrawBuffers::by_site`].
    pub(super) lots: Vec<LotNow>,
    pub(super) sites: Vec<SiteNow>,
    /// By group and slot: MW at the plants that would run, if the system may curtail.
    pub(super) load: Vec<Vec<f64>>,
    /// By group and slot: MW at the plants after curtailment, with standby load.
    pub(super) served: Vec<Vec<f64>>,
    /// By group: whether its month is summed with tables, and the loads in them.
    pub(super) tabled: Vec<bool>,
    pub(super) pieces: Vec<Vec<Piece>>,
    /// By lot: the maximum power relative to normal that was chosen for the month.
    pub(super) max_power: Vec<f64>,
}

impl Scratch {
    pub(super) fn clear(&mut self, groups: usize) {
        if self.load.len() != groups {
            self.load.resize_with(groups, Vec::new);
            self.served.resize_with(groups, Vec::new);
            self.pieces.resize_with(groups, Vec::new);
        }
        self.load.iter_mut().chain(&mut self.served).for_each(Vec::clear);
        self.pieces.iter_mut().for_each(Vec::clear);
    }
}

/// A lot at a time, in the normal mode.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LotNow {
    /// H/s, MW and nameplate MW.
    pub hash: f64,
    pub mw: f64,
    pub nameplate_mw: f64,
    /// USD/MWh.
    pub income: f64,
    /// Maximum power relative to normal under the month's demand charge (M9).
    pub max_power: f64,
}

/// A site at a time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SiteNow {
    /// Installed nameplate MW.
    pub installed_mw: f64,
    /// The share of the lots within the grid connection, and the maximum power relative to normal.
    pub scale: f64,
    pub max_power: f64,
    pub ai_mw: f64,
    pub ai_uptime: f64,
    pub prices: Prices,
    pub line: CostLine,
    /// Cost of load beyond the contracted power, if there may be some.
    pub beyond: Option<CostLine>,
    /// The lookup of the month's table at these prices.
    pub lookup: Option<Lookup>,
    pub sums: SiteSums,
}

/// Operation of a site, mean over a month; money is in units of its price.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct SiteSums {
    /// H/s.
    pub hash: f64,
    /// MW at the meter.
    pub mining: f64,
    pub ai: f64,
    pub standby: f64,
    pub curtailed: f64,
    pub emergency: f64,
    /// MW offered to the grid.
    pub offered: f64,
    /// MW times price over the tariff.
    pub energy: f64,
    /// USD per hour of the levy on the hour's price.
    pub levy: f64,
    /// MW times the peak's density.
    pub peak: f64,
    /// AI's part of these three.
    pub ai_energy: f64,
    pub ai_levy: f64,
    pub ai_peak: f64,
    /// MW beyond the contract, and these MW times price over the tariff.
    pub beyond: f64,
    pub beyond_energy: f64,
    /// AI's part of these two.
    pub ai_beyond: f64,
    pub ai_beyond_energy: f64,
}

/// A load in the cheapest hours of a month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Piece {
    /// Number of hours.
    pub rank: usize,
    /// MW at the plant.
    pub load: f64,
}
