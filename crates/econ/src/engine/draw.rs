//! One draw made ready: what its values make of sites, lots and plants, before any path of the market.

use super::{Inputs, Levels};
use crate::EconError;
use crate::YEAR_S;
use crate::engine::Calendar;
use crate::site::dispatch::SiteState;
use crate::site::lot::{LotState, Rise, rises};
use crate::system::merit::MeritOrder;

/// AI in one draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct AiState {
    pub site: usize,
    pub mw: f64,
    pub gpus: f64,
    /// When its processors' life ends, seconds.
    pub ends: f64,
    pub uptime: f64,
    pub sold: f64,
    /// USD for a processor's hour on day one.
    pub rent: f64,
    /// Logarithm of its fall a year.
    pub decline: f64,
    pub costs: f64,
    pub export_share: f64,
    pub import_share: f64,
    /// Day-one USD of processors and of halls.
    pub processors: f64,
    pub shell: f64,
}

/// A draw.
#[derive(Clone, Debug)]
pub struct Draw<'a> {
    pub(crate) inputs: &'a Inputs,
    pub(crate) levels: Levels,
    pub(crate) lots: Vec<LotState>,
    pub(crate) sites: Vec<SiteState>,
    /// When each site's power rises.
    pub(crate) rises: Vec<Vec<Rise>>,
    pub(crate) ai: Option<AiState>,
    pub(crate) merit: Vec<MeritOrder>,
    /// How many groups of sites meet the same hours of the system.
    pub(crate) groups: usize,
    /// When the first lot begins, seconds.
    pub(crate) begins: f64,
    /// Part of a share's pay that arrives.
    pub(crate) payout: f64,
}

impl<'a> Draw<'a> {
    /// Of some inputs.
    ///
    /// # Errors
    /// [`EconError::OutOfRange`] where lots take more than a site's power and no grid connection limits
    /// them, or a lot's life ends before the start.
    pub fn new(inputs: &'a Inputs, calendar: &Calendar) -> Result<Self, EconError> {
        let lots: Vec<LotState> =
            inputs.lots.iter().map(|lot| LotState::new(lot, inputs.sites[lot.site].pue)).collect();
        for (lot, given) in lots.iter().zip(&inputs.lots) {
            if lot.begins + lot.life <= 0.0 {
                return Err(EconError::OutOfRange {
                    field: "lot.begins",
                    given: format!("{}: its life ends before the start", given.name),
                    remedy: "a later beginning or a longer life",
                });
            }
        }
        let levels = Levels::new(&inputs.money, inputs.state_discount);
        let ai = inputs.ai.as_ref().map(AiState::new);
        let mut draw = Self {
            inputs,
            levels,
            sites: Vec::with_capacity(inputs.sites.len()),
            rises: Vec::with_capacity(inputs.sites.len()),
            ai,
            merit: Vec::new(),
            groups: 0,
            begins: lots.iter().map(|lot| lot.begins).fold(f64::INFINITY, f64::min),
            payout: (1.0 - inputs.pool.fee) * (1.0 - inputs.pool.stale),
            lots,
        };
        for place in 0..inputs.sites.len() {
            draw.add_site(place, calendar.horizon())?;
        }
        if ai.is_some() {
            draw.begins = draw.begins.min(0.0);
        }
        if !inputs.plants.is_empty() {
            let month = |m| MeritOrder::of(&inputs.plants, m, &inputs.supply, &levels);
            draw.merit = (0..12).map(month).collect();
        }
        Ok(draw)
    }

    fn add_site(&mut self, place: usize, horizon: f64) -> Result<(), EconError> {
        let site = &self.inputs.sites[place];
        let limit =
            site.power_mw.unwrap_or(f64::INFINITY).min(site.grid_mw.unwrap_or(f64::INFINITY));
        let (rises, greatest) = rises(&self.lots, place, limit, horizon);
        if let (Some(power), None) = (site.power_mw, site.grid_mw)
            && greatest > power * (1.0 + 1e-9)
        {
            return Err(EconError::OutOfRange {
                field: "power_mw",
                given: format!("{power} MW at {}, whose lots reach {greatest} MW", site.name),
                remedy: "more power, fewer machines, or grid_mw as the limit of the load",
            });
        }
        let ai = self.ai.filter(|ai| ai.site == place);
        let lots_mw: f64 = rises.iter().map(|rise| rise.mw).sum();
        let contracted = site.power_mw.unwrap_or(lots_mw + ai.map_or(0.0, |ai| ai.mw));
        let running = greatest.min(limit) * site.uptime + ai.map_or(0.0, |ai| ai.mw * ai.uptime);
        let supply = &self.inputs.supply;
        let load = running / (1.0 - supply.losses);
        let mut state =
            SiteState::new(site, supply, self.inputs.case, &self.levels, contracted, load);
        let same = |other: usize| *self.inputs.sites[other].hours == *site.hours;
        state.group = match (0..place).find(|other| same(*other)) {
            Some(other) => self.sites[other].group,
            None => {
                self.groups += 1;
                self.groups - 1
            }
        };
        self.sites.push(state);
        self.rises.push(rises);
        Ok(())
    }

    /// Contracted power of all sites, MW.
    pub(crate) fn contracted_mw(&self) -> f64 {
        self.sites.iter().map(|site| site.contracted_mw).sum()
    }
}

impl AiState {
    fn new(block: &super::AiBlock) -> Self {
        let terms = &block.terms;
        let gpus = block.mw * 1e3 / (terms.kw_per_gpu * terms.pue);
        Self {
            site: block.site,
            mw: block.mw,
            gpus,
            ends: terms.life * YEAR_S,
            uptime: terms.uptime,
            sold: terms.sold,
            rent: terms.rent,
            decline: (-terms.decline).ln_1p(),
            costs: terms.costs,
            export_share: terms.export_share,
            import_share: terms.import_share,
            processors: gpus * terms.usd_per_gpu,
            shell: block.mw * terms.shell,
        }
    }

    /// MW at a time.
    pub(crate) fn there(&self, at: f64) -> f64 {
        if at < self.ends { self.mw } else { 0.0 }
    }

    /// Day-one USD that processors and halls are worth at the horizon.
    pub(crate) fn worth(&self, horizon: f64, site_life: f64) -> f64 {
        let left = |life: f64| (1.0 - horizon / life).max(0.0);
        self.processors * left(self.ends) + self.shell * left(site_life * YEAR_S)
    }
}
