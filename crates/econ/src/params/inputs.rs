//! The inputs of a run: the values of all parameters, by domain, and inputs that are not parameters.
//!
//! `Inputs<ParamId>` refers to rows of the resolved table; [`Inputs::at`] returns the `Inputs` of one draw.

use super::{
    Ai, BillEffects, Denomination, Externalities, HourProfile, Lease, LevelPaths, MarketTrend,
    Money, NetworkState, NewBuild, Operator, ParamId, Pool, Price, ResponseParameters, Steps,
    Supply, Terms,
};
use jiff::civil::Date;
use std::sync::Arc;

pub use super::levies::{DatedLevy, LevyOf, LevyRate, PowerContract};

/// The dispatch rule: in which hours machines run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dispatch {
    /// In each hour the best power mode that covers its energy and running costs; otherwise stopped.
    #[default]
    Responsive,
    /// The normal mode in every hour with energy.
    MustRun,
}

/// The site's behaviour while the system is short.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoursCase {
    /// It runs, and the system is short.
    #[default]
    Firm,
    /// It is curtailed to the free capacity, scarcest hours first, within the limit of its contract.
    Interruptible,
    /// It takes only capacity that neither the system nor its reserve needs.
    SurplusOnly,
}

/// How payments for capacity count against the site (equation M20).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CapacityMode {
    /// Capacity payments are due anyway: only the part that is not take-or-pay is paid.
    #[default]
    Sunk,
    /// The site is allocated the share of its load.
    LoadFactorShare,
    /// The site is allocated the average payment per kWh.
    Average,
    /// Plants are built for it.
    NewBuild,
}

/// The party that bears the cost of capacity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BorneBy {
    /// The operator of the site.
    Operator,
    /// The state budget.
    State,
    /// Other consumers of electricity.
    Consumers,
    /// Distribution companies.
    #[default]
    Distribution,
}

/// A power mode of machines, relative to the normal mode.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PowerMode {
    /// Hashrate over that of the normal mode.
    pub speed: f64,
    /// Energy per hash over that of the normal mode.
    pub j_ratio: f64,
}

impl PowerMode {
    /// The rated mode.
    pub const NORMAL: Self = Self { speed: 1.0, j_ratio: 1.0 };

    /// Power over that of the normal mode.
    pub fn power(self) -> f64 {
        self.speed * self.j_ratio
    }
}

/// A step of a levy that depends on the hour's price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LevyStep<T = f64> {
    /// The hour's price below which the step applies, in the levy's currency at day-one prices.
    pub below: f64,
    /// The levy, money/kWh.
    pub rate: T,
}

/// A step of a tariff above a month's energy.
#[derive(Clone, Copy, Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Energy of a month above which it applies, MWh.
    pub above_mwh_per_month: f64,
    /// Energy price as a multiple of the tariff.
    pub price_ratio: f64,
}

/// A site: inputs common to all machines installed there.
#[derive(Clone, Debug, PartialEq)]
pub struct Site<T = f64> {
    /// Its name.
    pub name: String,
    /// Contracted power, MW; without it the maximum installed power.
    pub power_mw: Option<T>,
    /// The grid connection, MW: load never exceeds it.
    pub grid_mw: Option<T>,
    /// Power usage effectiveness.
    pub pue: T,
    /// Share of the hours with energy in which machines run.
    pub uptime: T,
    /// Price of energy on day one, money/kWh.
    pub tariff: Price<T>,
    /// The tariff relative to day one, at day-one prices; without steps it is constant.
    pub tariff_steps: Option<Arc<Steps>>,
    /// Cash costs other than energy, USD/MWh.
    pub other_costs: T,
    /// Capital cost of the site without machines, USD/MW.
    pub infrastructure: T,
    /// Charge on contracted power, money/kW-month.
    pub capacity_charge: Price<T>,
    /// Charge on the month's maximum load, money/MW-month.
    pub demand_charge: Price<T>,
    /// Tariff adjustments added to the energy price, money/kWh.
    pub adjustments: Vec<Price<T>>,
    /// Levies on every kWh, money/kWh.
    pub levies: Vec<Price<T>>,
    /// A levy that depends on the hour's price, by ascending price.
    pub levy_steps: Vec<LevyStep<T>>,
    /// The denomination of that levy.
    pub levy_denomination: Denomination,
    /// Levies that apply for a period or to a part of the load.
    pub levy_schedule: Vec<DatedLevy<T>>,
    /// Power bought ahead, if any.
    pub contract: Option<PowerContract<T>>,
    /// Other terms of its bill and of grid services.
    pub terms: Terms<T>,
    /// Tariff tiers by the month's energy.
    pub tiers: Vec<Tier>,
    /// Hashrate as a multiple of the rated one by month, at the same power.
    pub heat_hashrate: [f64; 12],
    /// PUE as a multiple of the site's own by month.
    pub heat_pue: [f64; 12],
    /// Its hours.
    pub hours: Arc<HourProfile>,
    /// Its dispatch rule.
    pub dispatch: Dispatch,
    /// Maximum running hours in a year of 365 days.
    pub cap_hours: Option<f64>,
    /// Power modes, including the normal one.
    pub modes: Vec<PowerMode>,
}

/// A lot: machines bought together.
#[derive(Clone, Debug, PartialEq)]
pub struct Lot<T = f64> {
    /// Its name.
    pub name: String,
    /// The index of its site.
    pub site: usize,
    /// Nameplate at the site's meter with overhead, MW.
    pub mw: T,
    /// Energy per hash at the machine when new, J/TH.
    pub j_per_th: T,
    /// Price at the factory, USD for 1 TH/s.
    pub price: T,
    /// Import duty and freight as a share of the price.
    pub duty: T,
    /// When the first machine runs, whole seconds from the start; negative for machines that ran before it.
    pub begins: f64,
    /// Duration of delivery, whole seconds.
    pub delivery: f64,
    /// Life of a machine, whole seconds.
    pub life: f64,
    /// Share of the machines that fails permanently per year.
    pub failure: T,
    /// Annual increase of energy per hash.
    pub drift: T,
    /// Resale value at the end of life as a share of the price.
    pub resale: T,
    /// Whether it is already paid for.
    pub owned: bool,
}

/// Power plants of one kind, by calendar month from January.
#[derive(Clone, Debug, PartialEq)]
pub struct Plant<T = f64> {
    /// Its name.
    pub name: String,
    /// Fuel cost per kWh on day one, by month; `None` for plants that never serve additional load.
    pub cost: Option<[Price<T>; 12]>,
    /// Variable operation and maintenance, money/kWh.
    pub variable_om: Price<T>,
    /// Mean output, MW.
    pub mean_mw: [T; 12],
    /// Idle capacity above the mean output, MW.
    pub headroom_mw: [T; 12],
    /// Headroom by month as a multiple of that.
    pub shape: [f64; 12],
    /// Emissions, g CO2/kWh.
    pub g_per_kwh: T,
    /// Share of its cost that is paid abroad.
    pub import_share: T,
}

/// Capacity payments.
#[derive(Clone, Debug, PartialEq)]
pub struct Capacity<T = f64> {
    /// How they count against the site.
    pub mode: CapacityMode,
    /// The party that bears them.
    pub borne_by: BorneBy,
    /// Average payment over all energy, money/kWh.
    pub average: Price<T>,
    /// Payment for capacity, money/kW-month.
    pub payment: Price<T>,
    /// Share of the contracts in force, by year from the first; the last value holds afterwards.
    pub in_force: Vec<T>,
    /// Share of the payments that is due whether or not a plant runs, by year.
    pub take_or_pay: Vec<T>,
    /// A plant built for the project.
    pub new_build: NewBuild<T>,
}

/// The operator's own AI business on the same power.
#[derive(Clone, Debug, PartialEq)]
pub struct AiBlock<T = f64> {
    /// The index of its site.
    pub site: usize,
    /// Power at the site's meter with overhead, MW.
    pub mw: T,
    /// Its parameters.
    pub terms: Ai<T>,
}

/// Power leased to a tenant.
#[derive(Clone, Debug, PartialEq)]
pub struct LeaseBlock<T = f64> {
    /// The index of its site.
    pub site: usize,
    /// Power at the site's meter with overhead, MW.
    pub mw: T,
    /// Its first day, seconds from the start.
    pub begins: f64,
    /// Duration, seconds.
    pub term: f64,
    /// Time before the first day in which its megawatts are being prepared and earn nothing, seconds.
    pub out_of_use: f64,
    /// Whether machines of the site are stopped to free the power.
    pub converts: bool,
    /// Its parameters.
    pub terms: Lease<T>,
}

impl<T> LeaseBlock<T> {
    /// Start of the preparation of its megawatts, seconds from the start.
    pub fn preparation_start(&self) -> f64 {
        self.begins - self.out_of_use
    }
}

/// The behaviour of other miners.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Others<T = f64> {
    /// They respond to hashprice.
    #[default]
    Endogenous,
    /// They grow at a rate per year at any hashprice: (1 + growth)^years.
    Growing(T),
}

/// All inputs of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs<T = f64> {
    /// The first day.
    pub start: Date,
    /// Length of the run, years of 365 days.
    pub years: f64,
    /// Height of the first block.
    pub height: u32,
    /// The network on day one.
    pub network: NetworkState<T>,
    /// The market's trend.
    pub trend: MarketTrend<T>,
    /// The behaviour of other miners without the project.
    pub others: Others<T>,
    /// Share of the project's hashrate that displaces others, instead of their response.
    pub displacement: Option<T>,
    /// Parameters of their response.
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
    /// The operator's own AI business, if some of the power serves it.
    pub ai: Option<AiBlock<T>>,
    /// A lease, if some of the power is leased to a tenant; it excludes `ai`.
    pub lease: Option<LeaseBlock<T>>,
    /// The site's behaviour while the system is short.
    pub case: HoursCase,
    /// The power system.
    pub supply: Supply<T>,
    /// What other consumers pay for a kWh at their meter.
    pub retail: Price<T>,
    /// Plants; empty if the supply is unknown.
    pub plants: Vec<Plant<T>>,
    /// Capacity payments, if any.
    pub capacity: Option<Capacity<T>>,
    /// Effects on other consumers' bills, if the scenario asks for them.
    pub bills: Option<BillEffects<T>>,
    /// Carbon and lost load.
    pub externalities: Externalities<T>,
}

fn map_prices<T: Copy, U>(values: &[Price<T>], convert: &mut impl FnMut(T) -> U) -> Vec<Price<U>> {
    values.iter().map(|price| price.map(&mut *convert)).collect()
}

impl<T: Copy> Site<T> {
    fn map<U>(&self, convert: &mut impl FnMut(T) -> U) -> Site<U> {
        Site {
            name: self.name.clone(),
            power_mw: self.power_mw.map(&mut *convert),
            grid_mw: self.grid_mw.map(&mut *convert),
            pue: convert(self.pue),
            uptime: convert(self.uptime),
            tariff: self.tariff.map(&mut *convert),
            tariff_steps: self.tariff_steps.clone(),
            other_costs: convert(self.other_costs),
            infrastructure: convert(self.infrastructure),
            capacity_charge: self.capacity_charge.map(&mut *convert),
            demand_charge: self.demand_charge.map(&mut *convert),
            adjustments: map_prices(&self.adjustments, convert),
            levies: map_prices(&self.levies, convert),
            levy_steps: self
                .levy_steps
                .iter()
                .map(|step| LevyStep { below: step.below, rate: convert(step.rate) })
                .collect(),
            levy_denomination: self.levy_denomination,
            levy_schedule: self.levy_schedule.iter().map(|levy| levy.map(convert)).collect(),
            contract: self.contract.map(|contract| contract.map(convert)),
            terms: self.terms.map(&mut *convert),
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
    fn map<U>(&self, convert: &mut impl FnMut(T) -> U) -> Lot<U> {
        Lot {
            name: self.name.clone(),
            site: self.site,
            mw: convert(self.mw),
            j_per_th: convert(self.j_per_th),
            price: convert(self.price),
            duty: convert(self.duty),
            begins: self.begins,
            delivery: self.delivery,
            life: self.life,
            failure: convert(self.failure),
            drift: convert(self.drift),
            resale: convert(self.resale),
            owned: self.owned,
        }
    }
}

impl<T: Copy> Plant<T> {
    fn map<U>(&self, convert: &mut impl FnMut(T) -> U) -> Plant<U> {
        Plant {
            name: self.name.clone(),
            cost: self.cost.map(|months| months.map(|price| price.map(&mut *convert))),
            variable_om: self.variable_om.map(&mut *convert),
            mean_mw: self.mean_mw.map(&mut *convert),
            headroom_mw: self.headroom_mw.map(&mut *convert),
            shape: self.shape,
            g_per_kwh: convert(self.g_per_kwh),
            import_share: convert(self.import_share),
        }
    }
}

impl<T: Copy> Capacity<T> {
    fn map<U>(&self, convert: &mut impl FnMut(T) -> U) -> Capacity<U> {
        Capacity {
            mode: self.mode,
            borne_by: self.borne_by,
            average: self.average.map(&mut *convert),
            payment: self.payment.map(&mut *convert),
            in_force: self.in_force.iter().copied().map(&mut *convert).collect(),
            take_or_pay: self.take_or_pay.iter().copied().map(&mut *convert).collect(),
            new_build: self.new_build.map(&mut *convert),
        }
    }
}

impl<T: Copy> Inputs<T> {
    /// Maps every parameter.
    pub fn map<U>(&self, mut convert: impl FnMut(T) -> U) -> Inputs<U> {
        let convert = &mut convert;
        Inputs {
            start: self.start,
            years: self.years,
            height: self.height,
            network: self.network.map(&mut *convert),
            trend: self.trend.map(&mut *convert),
            others: match self.others {
                Others::Endogenous => Others::Endogenous,
                Others::Growing(rate) => Others::Growing(convert(rate)),
            },
            displacement: self.displacement.map(&mut *convert),
            response: self.response.map(&mut *convert),
            pool: self.pool.map(&mut *convert),
            money: self.money.map(&mut *convert),
            level_paths: self.level_paths.clone(),
            state_discount: self.state_discount.map(&mut *convert),
            operator: self.operator.map(&mut *convert),
            sites: self.sites.iter().map(|site| site.map(convert)).collect(),
            lots: self.lots.iter().map(|lot| lot.map(convert)).collect(),
            ai: self.ai.as_ref().map(|ai| AiBlock {
                site: ai.site,
                mw: convert(ai.mw),
                terms: ai.terms.map(&mut *convert),
            }),
            lease: self.lease.as_ref().map(|lease| LeaseBlock {
                site: lease.site,
                mw: convert(lease.mw),
                begins: lease.begins,
                term: lease.term,
                out_of_use: lease.out_of_use,
                converts: lease.converts,
                terms: lease.terms.map(&mut *convert),
            }),
            case: self.case,
            supply: self.supply.map(&mut *convert),
            retail: self.retail.map(&mut *convert),
            plants: self.plants.iter().map(|plant| plant.map(convert)).collect(),
            capacity: self.capacity.as_ref().map(|capacity| capacity.map(convert)),
            bills: self.bills.as_ref().map(|bills| bills.map(convert)),
            externalities: self.externalities.map(&mut *convert),
        }
    }
}

impl Inputs {
    /// Share of other consumers' energy whose price follows the marginal plant.
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
