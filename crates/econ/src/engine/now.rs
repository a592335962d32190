//! What stands and runs at one time of a month, and the room in which it is summed.

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
    /// USD of the moment for a hash, before the pool.
    pub usd_per_hash: f64,
}

/// Rates of all sites, a month's mean.
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
    /// USD an hour.
    pub energy: f64,
    pub adjustments: f64,
    pub levy: f64,
    pub peak: f64,
    pub ancillary: f64,
    pub emergency_pay: f64,
    pub other: f64,
    pub unrecoverable: f64,
    pub recoverable: f64,
    /// What AI's part of the bill comes to, its levies and taxes in it.
    pub ai_bill: f64,
    /// Bills of energy, adjustments and peaks that are in dollars.
    pub in_usd: f64,
    /// Of `peak`, what is billed later.
    pub peak_later: f64,
    /// Contracted power: its payment, what its sale brings, and that at the hour's price without the fee.
    pub contract: f64,
    pub resold: f64,
    pub resold_spot: f64,
    /// MW at the meters that contracts cover, and that are sold.
    pub covered_mw: f64,
    pub resold_mw: f64,
    /// MW at the plants.
    pub burnt: f64,
    pub short: f64,
    /// Day-one USD an hour.
    pub cost: f64,
    pub imported: f64,
    /// t CO2 an hour.
    pub tonnes: f64,
    /// Day-one USD an hour by which others' energy is dearer, and of it what follows the dollar.
    pub rise: f64,
    pub rise_imported: f64,
    /// The same of what the site's energy costs at the marginal plant's price, over its own cost.
    pub rent: f64,
    pub rent_imported: f64,
}

impl Rates {
    /// MW at the meters.
    pub(crate) fn load(&self) -> f64 {
        self.mining + self.ai + self.standby
    }

    /// Adds what a load does to prices in a part of the hours: others pay the new marginal plant's price for all that
    /// they take, and so does the load for itself (M22).
    pub(super) fn dearer(
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

    /// Adds hours of a load of which so much is served.
    #[inline]
    pub(super) fn serve(&mut self, weight: f64, load: f64, burnt: f64, served: &Served) {
        self.burnt += weight * burnt;
        self.short += weight * (load - burnt);
        self.cost += weight * served.cost;
        self.imported += weight * served.imported;
        self.tonnes += weight * served.tonnes;
    }
}

/// Room that is kept from call to call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scratch {
    /// In the order of [`super::DrawBuffers::by_site`].
    pub(super) lots: Vec<LotNow>,
    pub(super) sites: Vec<SiteNow>,
    /// By group and slot: MW at the plants that would run, where the system may curtail.
    pub(super) load: Vec<Vec<f64>>,
    /// The same as it runs, with what stands by.
    pub(super) served: Vec<Vec<f64>>,
    /// By group: whether its month is summed by tables, and the loads in them.
    pub(super) tabled: Vec<bool>,
    pub(super) pieces: Vec<Vec<Piece>>,
    /// By lot: the greatest power over the normal one that was chosen for the month.
    pub(super) most: Vec<f64>,
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

/// A lot at the time, in the normal mode.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LotNow {
    /// H/s, MW and nameplate MW.
    pub hash: f64,
    pub mw: f64,
    pub nameplate_mw: f64,
    /// USD/MWh.
    pub income: f64,
    /// Greatest power over the normal one that the month's demand charge leaves (M9).
    pub most: f64,
}

/// A site at the time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SiteNow {
    /// MW of nameplate that stand there.
    pub present_mw: f64,
    /// The part that the grid connection lets in, and the greatest power over the normal one.
    pub scale: f64,
    pub most: f64,
    pub ai_mw: f64,
    pub ai_uptime: f64,
    pub prices: Prices,
    pub line: CostLine,
    /// What load beyond the contracted power costs, where there may be some.
    pub beyond: Option<CostLine>,
    /// How the month's table stands to these prices.
    pub lookup: Option<Lookup>,
    pub sums: SiteSums,
}

/// A month's mean of what a site does; money is over its price.
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
    /// MW that is offered to the grid.
    pub offered: f64,
    /// MW times price over the tariff.
    pub energy: f64,
    /// USD an hour of the levy on the hour's price.
    pub levy: f64,
    /// MW times the peak's density.
    pub peak: f64,
    /// Of these three, AI's part.
    pub ai_energy: f64,
    pub ai_levy: f64,
    pub ai_peak: f64,
    /// MW beyond what is contracted, and the same times price over the tariff.
    pub beyond: f64,
    pub beyond_energy: f64,
    /// Of these two, AI's part.
    pub ai_beyond: f64,
    pub ai_beyond_energy: f64,
}

/// A load in the cheapest hours of a month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Piece {
    /// How many hours.
    pub rank: usize,
    /// MW at the plant.
    pub load: f64,
}
