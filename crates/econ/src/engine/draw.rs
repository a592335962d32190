//! One draw made ready: what its values make of sites, lots and plants, before any path of the market.

use super::ai::AiState;
use super::scarce::Scarce;
use super::{Calendar, HourTables, Inputs};
use crate::EconError;
use crate::YEAR_S;
use crate::account::Levels;
use crate::growth::Growth;
use crate::params::Terms;
use crate::site::hours::{HoursOf, SiteHours};
use crate::site::lot::{LotState, Rise, Side, present, rises};
use crate::site::table::Shape;
use crate::system::merit::MeritOrder;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// A site in one draw.
#[derive(Clone, Debug)]
pub(crate) struct SiteState {
    pub hours: Arc<SiteHours>,
    /// Whether hours of tables by cost still stand in that order.
    pub keeps_order: bool,
    /// Places of its lots in [`DrawBuffers::by_site`].
    pub lots: Range<usize>,
    pub uptime: f64,
    pub terms: Terms,
    /// When its contract begins, seconds: with its first lot, or with AI at the start.
    pub begins: f64,
    /// MW at the plant for one at the meter.
    pub per_meter: f64,
    /// Contracted MW.
    pub contracted_mw: f64,
    pub grid_mw: f64,
    /// Sites of one group have the same hours, in which their loads meet the same system.
    pub group: usize,
    /// What all lots take at the plant, and what they may take at the most, MW.
    pub load_mw: f64,
    pub most_mw: f64,
}

/// What a draw is made of, to be kept for the next one.
#[derive(Clone, Debug, Default)]
pub struct DrawBuffers {
    pub(crate) levels: Levels,
    pub(crate) lots: Vec<LotState>,
    /// What is left of each lot.
    pub(crate) wear: Vec<Growth<3>>,
    /// Lots by site.
    pub(crate) by_site: Vec<usize>,
    pub(crate) sites: Vec<SiteState>,
    /// When each site's power rises.
    pub(crate) rises: Vec<Vec<Rise>>,
    pub(crate) ai: Option<AiState>,
    /// By month; empty where nothing is known of the supply.
    pub(crate) merit: Vec<MeritOrder>,
    /// By group of sites, where some of its hours have tables.
    pub(crate) scarce: Vec<Scarce>,
    /// How many groups of sites meet the same hours of the system.
    pub(crate) groups: usize,
    /// When the first lot begins, seconds.
    pub(crate) begins: f64,
    /// Part of a share's pay that arrives.
    pub(crate) payout: f64,
    /// When levies begin or end, seconds, rising.
    pub(crate) levy_changes: Vec<f64>,
}

/// A draw.
#[derive(Clone, Debug)]
pub struct Draw<'a> {
    pub(crate) inputs: &'a Inputs,
    state: DrawBuffers,
}

impl Deref for Draw<'_> {
    type Target = DrawBuffers;

    fn deref(&self) -> &DrawBuffers {
        &self.state
    }
}

impl<'a> Draw<'a> {
    /// Of some inputs, with hours summed one by one.
    ///
    /// # Errors
    /// [`EconError::OutOfRange`] where lots take more than a site's power and no grid connection limits
    /// them, or a lot's life ends before the start.
    pub fn new(inputs: &'a Inputs, calendar: &Calendar) -> Result<Self, EconError> {
        Self::fill(inputs, calendar, None, DrawBuffers::default())
    }

    /// Of some inputs of the plan whose hours these are, in the place of an earlier draw.
    ///
    /// # Errors
    /// As [`Draw::new`].
    pub fn with_tables(
        inputs: &'a Inputs,
        calendar: &Calendar,
        tables: &HourTables,
        buffers: DrawBuffers,
    ) -> Result<Self, EconError> {
        Self::fill(inputs, calendar, Some(tables), buffers)
    }

    /// For the next draw.
    pub fn into_buffers(self) -> DrawBuffers {
        self.state
    }

    fn fill(
        inputs: &'a Inputs,
        calendar: &Calendar,
        tables: Option<&HourTables>,
        mut state: DrawBuffers,
    ) -> Result<Self, EconError> {
        let paths = inputs.level_paths.as_ref();
        state.levels.fill(&inputs.money, paths, inputs.state_discount, calendar.horizon());
        state.fill_lots(inputs)?;
        state.fill_ai(inputs)?;
        state.begins = state.lots.iter().map(|lot| lot.begins).fold(f64::INFINITY, f64::min);
        if let Some(ai) = &state.ai {
            state.begins = state.begins.min(ai.begins.max(0.0));
        }
        state.payout = (1.0 - inputs.pool.fee) * (1.0 - inputs.pool.stale);
        state.fill_levy_changes(inputs);
        state.groups = 0;
        state.sites.clear();
        state.rises.resize_with(inputs.sites.len(), Vec::new);
        for place in 0..inputs.sites.len() {
            let site = state.site(inputs, place, calendar.horizon())?;
            state.sites.push(site);
        }
        state.fill_hours(inputs, tables);
        state.fill_supply(inputs);
        Ok(Self { inputs, state })
    }
}

impl DrawBuffers {
    fn fill_levy_changes(&mut self, inputs: &Inputs) {
        let levies = inputs.sites.iter().flat_map(|site| &site.levy_schedule);
        self.levy_changes.clear();
        self.levy_changes.extend(levies.flat_map(|levy| [levy.from, levy.until]));
        self.levy_changes.sort_by(f64::total_cmp);
    }

    /// The end of a time, or where a levy changes within it, so that what holds holds all the time.
    pub(crate) fn until_levies_change(&self, from: f64, to: f64) -> f64 {
        let next = self.levy_changes.partition_point(|at| *at <= from);
        self.levy_changes.get(next).map_or(to, |at| at.min(to))
    }

    fn fill_lots(&mut self, inputs: &Inputs) -> Result<(), EconError> {
        self.lots.clear();
        self.wear.resize_with(inputs.lots.len(), Growth::default);
        for (given, wear) in inputs.lots.iter().zip(&mut self.wear) {
            let lot = LotState::new(given, inputs.sites[given.site].pue);
            if lot.begins + lot.life <= 0.0 {
                return Err(EconError::OutOfRange {
                    field: "lot.begins",
                    given: format!("{}: its life ends before the start", given.name),
                    remedy: "a later beginning or a longer life",
                });
            }
            wear.fill(lot.wear(), lot.life / YEAR_S);
            self.lots.push(lot);
        }
        self.by_site.clear();
        self.by_site.extend(0..self.lots.len());
        let lots = &self.lots;
        self.by_site.sort_by_key(|lot| lots[*lot].site);
        Ok(())
    }

    fn site(
        &mut self,
        inputs: &Inputs,
        place: usize,
        horizon: f64,
    ) -> Result<SiteState, EconError> {
        let site = &inputs.sites[place];
        let limit =
            site.power_mw.unwrap_or(f64::INFINITY).min(site.grid_mw.unwrap_or(f64::INFINITY));
        let greatest = rises(&self.lots, place, limit, horizon, &mut self.rises[place]);
        let ai = self.ai.filter(|ai| ai.site == place);
        let reached = match ai {
            Some(ai) if ai.lease().is_some() => self.greatest_with(&ai, place, limit, horizon),
            _ => greatest + ai.map_or(0.0, |ai| ai.mw),
        };
        if let (Some(power), None) = (site.power_mw, site.grid_mw)
            && reached > power * (1.0 + 1e-9)
        {
            return Err(EconError::OutOfRange {
                field: "power_mw",
                given: format!("{power} MW at {}, whose machines reach {reached} MW", site.name),
                remedy: "more power, fewer machines, or grid_mw as the limit of the load",
            });
        }
        let own = self.lots.iter().filter(|lot| lot.site == place).map(|lot| lot.begins);
        let begins = own.fold(ai.map_or(f64::INFINITY, |ai| ai.begins.max(0.0)), f64::min);
        let ai_mw = ai.map_or(0.0, |ai| ai.mw * ai.uptime);
        let lots_mw: f64 = self.rises[place].iter().map(|rise| rise.mw).sum();
        let losses = inputs.supply.losses;
        let first = self.by_site.partition_point(|lot| self.lots[*lot].site < place);
        let last = self.by_site.partition_point(|lot| self.lots[*lot].site <= place);
        let same = |other: &usize| {
            let (a, b) = (&inputs.sites[*other].hours, &site.hours);
            Arc::ptr_eq(a, b) || a == b
        };
        let group = match (0..place).find(same) {
            Some(other) => self.sites[other].group,
            None => {
                self.groups += 1;
                self.groups - 1
            }
        };
        Ok(SiteState {
            hours: Arc::default(),
            keeps_order: false,
            lots: first..last,
            uptime: site.uptime,
            terms: site.terms,
            begins,
            per_meter: 1.0 / (1.0 - losses),
            contracted_mw: site.power_mw.unwrap_or(match ai {
                Some(ai) if ai.lease().is_some() => reached,
                _ => lots_mw + ai.map_or(0.0, |ai| ai.mw),
            }),
            grid_mw: site.grid_mw.unwrap_or(f64::INFINITY),
            group,
            load_mw: (greatest.min(limit) * site.uptime + ai_mw) / (1.0 - losses),
            most_mw: (self.most_mw(site, first..last) + ai_mw) / (1.0 - losses),
        })
    }

    /// AI, and the machines that make room for it.
    fn fill_ai(&mut self, inputs: &Inputs) -> Result<(), EconError> {
        self.ai = inputs.ai.as_ref().map(AiState::owned);
        let Some(lease) = &inputs.lease else { return Ok(()) };
        if self.ai.is_some() {
            return Err(EconError::OutOfRange {
                field: "lease",
                given: "a lease beside processors of the operator's own".to_owned(),
                remedy: "mining_share = 1, or no [lease]",
            });
        }
        self.ai = Some(AiState::leased(lease, &self.levels));
        if lease.converts { self.convert(lease) } else { Ok(()) }
    }

    /// Machines stop where a lease takes their megawatts: all of a site's alike.
    fn convert(&mut self, lease: &super::LeaseBlock) -> Result<(), EconError> {
        let stops = lease.prepares();
        let wrong = |given: String, remedy| {
            Err(EconError::OutOfRange { field: "lease.begins", given, remedy })
        };
        if stops <= 0.0 {
            let given = "a conversion that starts before the first day".to_owned();
            return wrong(given, "a later day, fewer months_out_of_use, or no machines there");
        }
        let there = |lot: &&mut LotState| lot.site == lease.site && lot.begins < stops;
        if let Some(lot) =
            self.lots.iter_mut().filter(there).find(|l| l.begins + l.delivery > stops)
        {
            let given =
                format!("machines arrive until {} days", (lot.begins + lot.delivery) / 86_400.0);
            return wrong(given, "a conversion after all machines that make room have arrived");
        }
        let present = present(&self.lots, lease.site, stops, Side::Left);
        let part = if present > 0.0 { (lease.mw / present).min(1.0) } else { 0.0 };
        for lot in self.lots.iter_mut().filter(there) {
            (lot.stops, lot.stopped_part) = (stops, part);
        }
        Ok(())
    }

    /// The greatest power of machines and a lease together, MW.
    fn greatest_with(&self, ai: &AiState, site: usize, limit: f64, horizon: f64) -> f64 {
        let own = self.lots.iter().filter(|lot| lot.site == site);
        let times = own.flat_map(|lot| lot.moments()).chain([0.0, ai.begins, ai.ends]);
        times
            .filter(|time| (0.0..horizon).contains(time))
            .map(|at| present(&self.lots, site, at, Side::Right).min(limit) + ai.there(at))
            .fold(0.0, f64::max)
    }

    /// What the lots of a site may take at its meter, MW: all at once, in the hungriest mode, in the greatest
    /// heat, at the end of their lives.
    fn most_mw(&self, site: &super::Site, lots: Range<usize>) -> f64 {
        let power = site.modes.iter().map(|mode| mode.power()).fold(1.0, f64::max);
        let heat = site.heat_pue.iter().copied().fold(1.0, f64::max);
        let lot = |place: &usize| {
            let lot = &self.lots[*place];
            lot.mw * (lot.drift * lot.life / YEAR_S).exp()
        };
        self.by_site[lots].iter().map(lot).sum::<f64>() * power * heat
    }

    /// The plan's hours, where the same things decide which of them run; else hours of the draw's own. Sites of
    /// a group stand in one order, so that all of them have either.
    fn fill_hours(&mut self, inputs: &Inputs, tables: Option<&HourTables>) {
        let levels = &self.levels;
        let (supply, case) = (&inputs.supply, inputs.case);
        let kept = tables.filter(|tables| {
            let mut sites = self.sites.iter().zip(&inputs.sites).zip(&tables.sites);
            sites.all(|((state, site), hours)| {
                let of = HoursOf { site, supply, case, levels, load_mw: state.load_mw };
                of.cause() == hours.cause
            })
        });
        for (place, (state, site)) in self.sites.iter_mut().zip(&inputs.sites).enumerate() {
            state.hours = match kept {
                Some(tables) => Arc::clone(&tables.sites[place]),
                None => {
                    let of = HoursOf { site, supply, case, levels, load_mw: state.load_mw };
                    Arc::new(of.hours())
                }
            };
            let shape = state.hours.shape.as_ref();
            state.keeps_order = shape.is_some_and(|shape| *shape == Shape::of(site, levels));
        }
    }

    fn fill_supply(&mut self, inputs: &Inputs) {
        if inputs.plants.is_empty() {
            self.merit.clear();
            return;
        }
        self.merit.resize_with(12, MeritOrder::default);
        for (month, order) in self.merit.iter_mut().enumerate() {
            order.fill(&inputs.plants, month, &inputs.supply, &self.levels);
        }
        self.scarce.resize_with(self.groups, Scarce::default);
        for (group, scarce) in self.scarce.iter_mut().enumerate() {
            let own = || self.sites.iter().filter(|site| site.group == group);
            let most = own().map(|site| site.most_mw).sum();
            if let Some(site) = own().next().filter(|site| site.hours.has_tables()) {
                scarce.fill(&site.hours, &inputs.supply, &self.merit, most);
            }
        }
    }

    /// Contracted power of all sites, MW.
    pub(crate) fn contracted_mw(&self) -> f64 {
        self.sites.iter().map(|site| site.contracted_mw).sum()
    }
}
