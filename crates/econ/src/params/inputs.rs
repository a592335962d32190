//! What a run is computed from: the values of every parameter, by domain, and what is no parameter.
//!
//! `Inputs<ParamId>` says which row of the resolved table stands where; [`Inputs::at`] makes the `Inputs`
//! of one draw of it.

use super::{
    Ai, BillEffects, Denomination, Externalities, HourProfile, Lease, LevelPaths, MarketTrend,
    Money, NetworkState, NewBuild, Operator, ParamId, Pool, Price, ResponseParameters, Steps,
    Supply, Terms,
};
use jiff::civil::Date;
use std::sync::Arc;

pub use super::levies::{DatedLevy, LevyOf, LevyRate, PowerContract};

/// When hours run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dispatch {
    /// The best power mode in each hour that earns its energy and running costs, else still.
    #[default]
    Responsive,
    /// The normal mode in every hour with energy.
    MustRun,
}

/// What the site does while the system is short.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoursCase {
    /// It runs, and the system is short.
    #[default]
    Firm,
    /// It is curtailed to what is free, the scarcest hours first, as long as its contract allows.
    Interruptible,
    /// It takes nothing that the system and its reserve may need.
    SurplusOnly,
}

/// How payments for capacity count against the site (equation M20).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapacityMode {
    /// They are due anyway: only what is not take-or-pay is paid.
    #[default]
    Sunk,
    /// The site is allocated its load's share.
    LoadFactorShare,
    /// The site is allocated the average of a kWh.
    Average,
    /// Plants are built for it.
    NewBuild,
}

/// From whom the cost of capacity is recovered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BorneBy {
    /// Whoever runs the site.
    Operator,
    /// The state's budget.
    State,
    /// Other consumers of electricity.
    Consumers,
    /// Distribution companies.
    #[default]
    Distribution,
}

/// A power mode of machines: hashrate and energy per hash over the normal ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PowerMode {
    /// Hashrate over that of the normal mode.
    pub speed: f64,
    /// Energy per hash over that of the normal mode.
    pub j_ratio: f64,
}

impl PowerMode {
    /// The machine as it is rated.
    pub const NORMAL: Self = Self { speed: 1.0, j_ratio: 1.0 };

    /// Power over that of the normal mode.
    pub fn power(self) -> f64 {
        self.speed * self.j_ratio
    }
}

/// A step of a levy on the hour's price: up to a price, the levy per kWh.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevyStep<T = f64> {
    /// The hour's price, in the levy's money of day one, below which the step holds.
    pub below: f64,
    /// The levy, money/kWh.
    pub rate: T,
}

/// A step of a tariff above a month's energy.
#[derive(Clone, Copy, Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Energy of a month above which it holds, MWh.
    pub above_mwh_per_month: f64,
    /// Energy price over the tariff.
    pub price_ratio: f64,
}

/// A site: what is the same for all machines that stand there.
#[derive(Clone, Debug, PartialEq)]
pub struct Site<T = f64> {
    /// Its name.
    pub name: String,
    /// Contracted power, MW; without it the greatest power that is ever present.
    pub power_mw: Option<T>,
    /// The grid connection, MW: load never exceeds it.
    pub grid_mw: Option<T>,
    /// Power usage effectiveness.
    pub pue: T,
    /// Part of the hours with energy in which machines run.
    pub uptime: T,
    /// Price of energy on day one, money/kWh.
    pub tariff: Price<T>,
    /// The tariff over that of the first day, at prices of the first day; without them it stands.
    pub tariff_steps: Option<Arc<Steps>>,
    /// Cash costs beside energy, USD/MWh.
    pub other_costs: T,
    /// The site without machines, USD/MW.
    pub infrastructure: T,
    /// Charge on contracted power, money/kW-month.
    pub capacity_charge: Price<T>,
    /// Charge on the month's greatest load, money/MW-month.
    pub demand_charge: Price<T>,
    /// What is added to the energy price and passed on, money/kWh.
    pub adjustments: Vec<Price<T>>,
    /// Levies on every kWh, money/kWh.
    pub levies: Vec<Price<T>>,
    /// A levy that depends on the hour's price, by rising price.
    pub levy_steps: Vec<LevyStep<T>>,
    /// The money of that levy.
    pub levy_denomination: Denomination,
    /// Levies that hold for a time or on a part of the load.
    pub levy_schedule: Vec<DatedLevy<T>>,
    /// Power bought ahead, where there is some.
    pub contract: Option<PowerContract<T>>,
    /// Everything else that it pays and is paid.
    pub terms: Terms<T>,
    /// Steps of its tariff by the month's energy.
    pub tiers: Vec<Tier>,
    /// Hashrate over the rated one by month, at the same power.
    pub heat_hashrate: [f64; 12],
    /// Overhead over the site's own by month.
    pub heat_pue: [f64; 12],
    /// Its hours.
    pub hours: Arc<HourProfile>,
    /// When it runs.
    pub dispatch: Dispatch,
    /// No more running than so many hours in a year of 365 days.
    pub cap_hours: Option<f64>,
    /// Power modes; the normal one is among them.
    pub modes: Vec<PowerMode>,
}

/// Machines that come together.
#[derive(Clone, Debug, PartialEq)]
pub struct Lot<T = f64> {
    /// Its name.
    pub name: String,
    /// The place of its site.
    pub site: usize,
    /// Nameplate at the site's meter with overhead, MW.
    pub mw: T,
    /// Energy per hash at the machine when new, J/TH.
    pub j_per_th: T,
    /// Price at the factory, USD for 1 TH/s.
    pub price: T,
    /// Duty and freight over the price.
    pub duty: T,
    /// When the first machine runs, whole seconds from the start; before it, where negative.
    pub begins: f64,
    /// How long delivery takes, whole seconds.
    pub delivery: f64,
    /// How long a machine runs, whole seconds.
    pub life: f64,
    /// Part that fails for good in a year.
    pub failure: T,
    /// How much more energy a hash takes each year.
    pub drift: T,
    /// Part of the price that is left at the end of life.
    pub resale: T,
    /// Whether it was paid for before: then nothing is paid.
    pub owned: bool,
}

/// Plants of a kind, by month from January on.
#[derive(Clone, Debug, PartialEq)]
pub struct Plant<T = f64> {
    /// Its name.
    pub name: String,
    /// Fuel and variable costs of a kWh on day one; `None` for plants that are never called for more.
    pub cost: Option<[Price<T>; 12]>,
    /// Variable operation and maintenance, money/kWh.
    pub variable_om: Price<T>,
    /// Mean output, MW.
    pub mean_mw: [T; 12],
    /// What it could give beside it, MW.
    pub headroom_mw: [T; 12],
    /// Headroom by month over that.
    pub shape: [f64; 12],
    /// Emissions, g CO2/kWh.
    pub g_per_kwh: T,
    /// Part of its cost that is paid abroad.
    pub import_share: T,
}

/// Payments for capacity.
#[derive(Clone, Debug, PartialEq)]
pub struct Capacity<T = f64> {
    /// How they count.
    pub mode: CapacityMode,
    /// From whom they are recovered.
    pub borne_by: BorneBy,
    /// Average payment over all energy, money/kWh.
    pub average: Price<T>,
    /// Payment for capacity, money/kW-month.
    pub payment: Price<T>,
    /// Part of the contracts in force, by year from the first; the last holds on.
    pub in_force: Vec<T>,
    /// Part of the payments that is due whether a plant runs or not, by year.
    pub take_or_pay: Vec<T>,
    /// A plant that is built for the project.
    pub new_build: NewBuild<T>,
}

/// AI on the same megawatts.
#[derive(Clone, Debug, PartialEq)]
pub struct AiBlock<T = f64> {
    /// The place of its site.
    pub site: usize,
    /// Power at the site's meter with overhead, MW.
    pub mw: T,
    /// Its parameters.
    pub terms: Ai<T>,
}

/// Megawatts that a tenant leases.
#[derive(Clone, Debug, PartialEq)]
pub struct LeaseBlock<T = f64> {
    /// The place of its site.
    pub site: usize,
    /// Power at the site's meter with overhead, MW.
    pub mw: T,
    /// Its first day, seconds from the start.
    pub begins: f64,
    /// How long it lasts, seconds.
    pub term: f64,
    /// How long before it begins its megawatts are prepared and neither mine nor earn, seconds.
    pub out_of_use: f64,
    /// Whether machines of the site make room for it.
    pub converts: bool,
    /// Its parameters.
    pub terms: Lease<T>,
}

impl<T> LeaseBlock<T> {
    /// When its megawatts begin to be prepared, seconds from the start.
    pub fn prepares(&self) -> f64 {
        self.begins - self.out_of_use
    }
}

/// What other miners do.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Others<T = f64> {
    /// They answer what a hash earns.
    #[default]
    Endogenous,
    /// They grow by so much a year, whatever a hash earns: (1 + growth)^years.
    Growing(T),
}

/// All inputs of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs<T = f64> {
    /// The first day.
    pub start: Date,
    /// Time that is followed, years of 365 days.
    pub years: f64,
    /// Height of the first block.
    pub height: u32,
    /// The network on day one.
    pub network: NetworkState<T>,
    /// The market's trend.
    pub trend: MarketTrend<T>,
    /// What others do without the project.
    pub others: Others<T>,
    /// Part of the own hashrate that pushes others out, in place of what their answer makes of it.
    pub displacement: Option<T>,
    /// How they answer.
    pub response: ResponseParameters<T>,
    /// The pool.
    pub pool: Pool<T>,
    /// Exchange rate, price levels, discounting.
    pub money: Money<T>,
    /// Exchange rate and price levels by date, on top of their growth.
    pub level_paths: Option<Arc<LevelPaths>>,
    /// Real discount rate of the state's flows a year; without it the project's.
    pub state_discount: Option<T>,
    /// The operator.
    pub operator: Operator<T>,
    /// The sites.
    pub sites: Vec<Site<T>>,
    /// The machines.
    pub lots: Vec<Lot<T>>,
    /// AI, where some of the power serves it.
    pub ai: Option<AiBlock<T>>,
    /// A lease, where some of the power is let to a tenant; not beside AI of the operator's own.
    pub lease: Option<LeaseBlock<T>>,
    /// What the site does while the system is short.
    pub case: HoursCase,
    /// The system.
    pub supply: Supply<T>,
    /// What other consumers pay for a kWh at their meter.
    pub retail: Price<T>,
    /// Plants; empty where nothing is known of the supply.
    pub plants: Vec<Plant<T>>,
    /// Payments for capacity, where there are any.
    pub capacity: Option<Capacity<T>>,
    /// What happens to other consumers' bills, where the scenario asks.
    pub bills: Option<BillEffects<T>>,
    /// Carbon and lost load.
    pub externalities: Externalities<T>,
}

fn each<T: Copy, U>(values: &[Price<T>], of: &mut impl FnMut(T) -> U) -> Vec<Price<U>> {
    values.iter().map(|price| price.map(&mut *of)).collect()
}

impl<T: Copy> Site<T> {
    fn map<U>(&self, of: &mut impl FnMut(T) -> U) -> Site<U> {
        Site {
            name: self.name.clone(),
            power_mw: self.power_mw.map(&mut *of),
            grid_mw: self.grid_mw.map(&mut *of),
            pue: of(self.pue),
            uptime: of(self.uptime),
            tariff: self.tariff.map(&mut *of),
            tariff_steps: self.tariff_steps.clone(),
            other_costs: of(self.other_costs),
            infrastructure: of(self.infrastructure),
            capacity_charge: self.capacity_charge.map(&mut *of),
            demand_charge: self.demand_charge.map(&mut *of),
            adjustments: each(&self.adjustments, of),
            levies: each(&self.levies, of),
            levy_steps: self
                .levy_steps
                .iter()
                .map(|step| LevyStep { below: step.below, rate: of(step.rate) })
                .collect(),
            levy_denomination: self.levy_denomination,
            levy_schedule: self.levy_schedule.iter().map(|levy| levy.map(of)).collect(),
            contract: self.contract.map(|contract| contract.map(of)),
            terms: self.terms.map(&mut *of),
            tiers: self.tiers.clone(),
            heat_hashrate: self.heat_hashrate,
            heat_pue: self.heat_pue,
            hours: Arc::clone(&self.hours),
            dispatch: self.dispatch,
            cap_hours: self.cap_hours,
            modes: self.modes.clone(),
        }
    }
}

impl<T: Copy> Lot<T> {
    fn map<U>(&self, of: &mut impl FnMut(T) -> U) -> Lot<U> {
        Lot {
            name: self.name.clone(),
            site: self.site,
            mw: of(self.mw),
            j_per_th: of(self.j_per_th),
            price: of(self.price),
            duty: of(self.duty),
            begins: self.begins,
            delivery: self.delivery,
            life: self.life,
            failure: of(self.failure),
            drift: of(self.drift),
            resale: of(self.resale),
            owned: self.owned,
        }
    }
}

impl<T: Copy> Plant<T> {
    fn map<U>(&self, of: &mut impl FnMut(T) -> U) -> Plant<U> {
        Plant {
            name: self.name.clone(),
            cost: self.cost.map(|months| months.map(|price| price.map(&mut *of))),
            variable_om: self.variable_om.map(&mut *of),
            mean_mw: self.mean_mw.map(&mut *of),
            headroom_mw: self.headroom_mw.map(&mut *of),
            shape: self.shape,
            g_per_kwh: of(self.g_per_kwh),
            import_share: of(self.import_share),
        }
    }
}

impl<T: Copy> Capacity<T> {
    fn map<U>(&self, of: &mut impl FnMut(T) -> U) -> Capacity<U> {
        Capacity {
            mode: self.mode,
            borne_by: self.borne_by,
            average: self.average.map(&mut *of),
            payment: self.payment.map(&mut *of),
            in_force: self.in_force.iter().copied().map(&mut *of).collect(),
            take_or_pay: self.take_or_pay.iter().copied().map(&mut *of).collect(),
            new_build: self.new_build.map(&mut *of),
        }
    }
}

impl<T: Copy> Inputs<T> {
    /// The same with something else in the parameters' places.
    pub fn map<U>(&self, mut of: impl FnMut(T) -> U) -> Inputs<U> {
        let of = &mut of;
        Inputs {
            start: self.start,
            years: self.years,
            height: self.height,
            network: self.network.map(&mut *of),
            trend: self.trend.map(&mut *of),
            others: match self.others {
                Others::Endogenous => Others::Endogenous,
                Others::Growing(rate) => Others::Growing(of(rate)),
            },
            displacement: self.displacement.map(&mut *of),
            response: self.response.map(&mut *of),
            pool: self.pool.map(&mut *of),
            money: self.money.map(&mut *of),
            level_paths: self.level_paths.clone(),
            state_discount: self.state_discount.map(&mut *of),
            operator: self.operator.map(&mut *of),
            sites: self.sites.iter().map(|site| site.map(of)).collect(),
            lots: self.lots.iter().map(|lot| lot.map(of)).collect(),
            ai: self.ai.as_ref().map(|ai| AiBlock {
                site: ai.site,
                mw: of(ai.mw),
                terms: ai.terms.map(&mut *of),
            }),
            lease: self.lease.as_ref().map(|lease| LeaseBlock {
                site: lease.site,
                mw: of(lease.mw),
                begins: lease.begins,
                term: lease.term,
                out_of_use: lease.out_of_use,
                converts: lease.converts,
                terms: lease.terms.map(&mut *of),
            }),
            case: self.case,
            supply: self.supply.map(&mut *of),
            retail: self.retail.map(&mut *of),
            plants: self.plants.iter().map(|plant| plant.map(of)).collect(),
            capacity: self.capacity.as_ref().map(|capacity| capacity.map(of)),
            bills: self.bills.as_ref().map(|bills| bills.map(of)),
            externalities: self.externalities.map(&mut *of),
        }
    }
}

impl Inputs {
    /// Part of other consumers' energy whose price follows the marginal plant.
    pub(crate) fn at_marginal_price(&self) -> f64 {
        self.bills.as_ref().map_or(0.0, BillEffects::at_marginal_price)
    }
}

impl Inputs<ParamId> {
    /// The inputs of one draw.
    pub fn at(&self, values: &[f64]) -> Inputs {
        self.map(|id| values[id.index()])
    }
}
