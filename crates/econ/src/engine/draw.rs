//! One draw, prepared for a path: the state of sites, lots and plants that follows from its values.

use super::ai::AiState;
use super::scarce::Scarce;
use super::{Calendar, HourTables, Inputs};
use crate::EconError;
use crate::YEAR_S;
use crate::account::Levels;
use crate::growth::Growth;
use crate::params::Terms;
use crate::site::hours::{HoursOf, SiteHours};
use crate::site::lot::{LotState, Rise, Side, installed_mw, rises};
use crate::site::table::Shape;
use crate::system::merit::MeritOrder;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// A site in one draw.
#[derive(Clone, Debug)]
pub(crate) struct SiteState {
    pub hours: Arc<SiteHours>,
    /// Whether the hours of tables by cost are still in that order.
    pub keeps_order: bool,
    /// Range of its lots in [`DrawBuffers::by_site`].
    pub lots: Range<usize>,
    pub uptime: f64,
    pub terms: Terms,
    /// Start of its contract, seconds: with its first lot, or with AI at the start.
    pub begins: f64,
    /// MW at the plant per MW at the meter.
    pub per_meter: f64,
    /// Contracted MW.
    pub contracted_mw: f64,
    pub grid_mw: f64,
    /// Sites of one group have the same hours and share the same system.
    pub group: usize,
    /// Load at the plant, MW.
    pub load_mw: f64,
    /// Upper bound of the load at the plant, MW.
    pub max_load_mw: f64,
}

/// Buffers of a draw, reused for the next one.
#[derive(Clone, Debug, Default)]
pub struct DrawBuffers {
    pub(crate) levels: Levels,
    pub(crate) lots: Vec<LotState>,
    /// Wear of each lot.
    pub(crate) wear: Vec<Growth<3>>,
    /// Lots by site.
    pub(crate) by_site: Vec<usize>,
    pub(crate) sites: Vec<SiteState>,
    /// When each site's power rises.
    pub(crate) rises: Vec<Vec<Rise>>,
    pub(crate) ai: Option<AiState>,
    /// By month; empty if the supply is unknown.
    pub(crate) merit: Vec<MeritOrder>,
    /// By group of sites, if some of its hours have tables.
    pub(crate) scarce: Vec<Scarce>,
    /// Number of groups of sites.
    pub(crate) groups: usize,
    /// When the first lot begins, seconds.
    pub(crate) begins: f64,
    /// Share of the reward that the pool pays out.
    pub(crate) pool_payout_ratio: f64,
    /// When levies begin or end, seconds, ascending.
    pub(crate) levy_changes: Vec<f64>,
}

/// A draw of the parameters, prepared for the engine.
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
    /// Prepares a draw in which hours are summed one by one.
    ///
    /// # Errors
    /// [`EconError::OutOfRange`] if lots exceed a site's power and no grid connection limits them, or if a lot's
    /// life ends before the start.
    pub fn new(inputs: &'a Inputs, calendar: &Calendar) -> Result<Self, EconError> {
        Self::fill(inputs, calendar, None, DrawBuffers::default())
    }

    /// Prepares a draw with the hour tables of its plan, reusing the buffers of an earlier draw.
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

    /// Returns the buffers for the next draw.
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
        state.pool_payout_ratio = (1.0 - inputs.pool.fee) * (1.0 - inputs.pool.stale);
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

    /// The end of a period, or the first change of a levy within it.
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
        let max_installed = rises(&self.lots, place, limit, horizon, &mut self.rises[place]);
        let ai = self.ai.filter(|ai| ai.site == place);
        let reached = match ai {
            Some(ai) if ai.lease().is_some() => self.max_power_with(&ai, place, limit, horizon),
            _ => max_installed + ai.map_or(0.0, |ai| ai.mw),
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
            load_mw: (max_installed.min(limit) * site.uptime + ai_mw) / (1.0 - losses),
            max_load_mw: (self.max_lot_mw(site, first..last) + ai_mw) / (1.0 - losses),
        })
    }

    /// AI, and the machines that stop for it.
    fn fill_ai(&mut self, inputs: &Inputs) -> Result<(), EconError> {
        self.ai = inputs.ai.as_ref().map(AiState::owned);
        let Some(lease) = &inputs.lease else { return Ok(()) };
        if self.ai.is_some() {
            return Err(EconError::OutOfRange {
                field: "lease",
                given: "a lease together with GPUs of the operator".to_owned(),
                remedy: "mining_share = 1, or no [lease]",
            });
        }
        self.ai = Some(AiState::leased(lease, &self.levels));
        if lease.converts { self.convert(lease) } else { Ok(()) }
    }

    /// Stops machines whose power a lease takes: the same share of every lot of the site.
    fn convert(&mut self, lease: &super::LeaseBlock) -> Result<(), EconError> {
        let stops = lease.preparation_start();
        let wrong = |given: String, remedy| {
            Err(EconError::OutOfRange { field: "lease.begins", given, remedy })
        };
        if stops <= 0.0 {
            let given = "a conversion that starts before the first day".to_owned();
            return wrong(
                given,
                "a later day, fewer months_out_of_use, or no machines at the site",
            );
        }
        let is_installed = |lot: &&mut LotState| lot.site == lease.site && lot.begins < stops;
        if let Some(lot) =
            self.lots.iter_mut().filter(is_installed).find(|l| l.begins + l.delivery > stops)
        {
            let given =
                format!("machines arrive until {} days", (lot.begins + lot.delivery) / 86_400.0);
            return wrong(given, "a conversion after all machines of the site have arrived");
        }
        let installed = installed_mw(&self.lots, lease.site, stops, Side::Left);
        let part = if installed > 0.0 { (lease.mw / installed).min(1.0) } else { 0.0 };
        for lot in self.lots.iter_mut().filter(is_installed) {
            (lot.stops, lot.stopped_part) = (stops, part);
        }
        Ok(())
    }

    /// The maximum power of machines and a lease together, MW.
    fn max_power_with(&self, ai: &AiState, site: usize, limit: f64, horizon: f64) -> f64 {
        let own = self.lots.iter().filter(|lot| lot.site == site);
        let times = own.flat_map(|lot| lot.moments()).chain([0.0, ai.begins, ai.ends]);
        times
            .filter(|time| (0.0..horizon).contains(time))
            .map(|at| installed_mw(&self.lots, site, at, Side::Right).min(limit) + ai.mw_at(at))
            .fold(0.0, f64::max)
    }

    /// Upper bound of the load of a site's lots at its meter, MW: all at once, in the mode with the highest power,
    /// in the hottest month, at the end of their lives.
    fn max_lot_mw(&self, site: &super::Site, lots: Range<usize>) -> f64 {
        let power = site.modes.iter().map(|mode| mode.power()).fold(1.0, f64::max);
        let heat = site.heat_pue.iter().copied().fold(1.0, f64::max);
        let lot = |place: &usize| {
            let lot = &self.lots[*place];
            lot.mw * (lot.drift * lot.life / YEAR_S).exp()
        };
        self.by_site[lots].iter().map(lot).sum::<f64>() * power * heat
    }

    /// Uses the plan's hours if the same inputs decide which of them run; otherwise computes hours for the draw.
    /// Sites of a group share one order of hours, so they all use the same of the two.
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
            state.keeps_order = shape.is_some_and(|shape| *shape == Shape::new(site, levels));
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
            let max_load = own().map(|site| site.max_load_mw).sum();
            if let Some(site) = own().next().filter(|site| site.hours.has_tables()) {
                scarce.fill(&site.hours, &inputs.supply, &self.merit, max_load);
            }
        }
    }

    /// Contracted power of all sites, MW.
    pub(crate) fn contracted_mw(&self) -> f64 {
        self.sites.iter().map(|site| site.contracted_mw).sum()
    }
}
