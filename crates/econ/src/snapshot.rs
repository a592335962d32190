//! A case and what comes of it at one moment.

mod display;

use super::revenue::Mining;
use super::{
    Allocation, EconError, Emissions, ExchangeRate, Fleet, Households, Income, LocalPrice, Network,
    Pool, Pue, ReferenceCost, Site, Subsidy, Tariff, TariffStatus, network_after, share_of_blocks,
};
use crate::pow::Difficulty;
use crate::uncertainty::{Efficiency, Estimate, Provenance};
use crate::units::{CarbonMass, EnergyPrice, Fraction, Hashrate, Joules, Seconds, UsdRate, Watts};

/// All inputs of an estimate, each with its origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The power and what it is for.
    pub allocation: Allocation,
    /// Overhead and uptime.
    pub site: Site,
    /// The machines.
    pub fleet: Fleet,
    /// The network without them.
    pub network: Network,
    /// Who pays for shares.
    pub pool: Pool,
    /// The part of the fleet's hashrate that pushes other miners out.
    pub displacement: Estimate<Fraction>,
    /// What energy costs; without it there is no cost and no margin.
    pub tariff: Option<Tariff>,
    /// How firm the tariff is, where that is said.
    pub tariff_status: Option<TariffStatus>,
    /// What the tariff is held against.
    pub references: Vec<ReferenceCost>,
    /// What a kWh emits.
    pub emissions: Emissions,
    /// What a household uses.
    pub households: Households,
    /// What a reader must know of how it came to be; told among the warnings.
    pub notes: Vec<String>,
}

impl Case {
    /// So much power with the defaults for everything else: all of it mining at 15 J/TH, PUE
    /// 1.05, uptime 0.95, no fee, no stale work, nobody pushed out, the network of August 2026,
    /// Pakistan's average grid.
    pub fn new(power: Watts) -> Self {
        let fraction = |value, basis: &str| Estimate::assumed(value, basis);
        Self {
            allocation: Allocation {
                power: Estimate::user_reported(power, "the power budget"),
                mining_share: fraction(Fraction::ONE, "the whole budget mines"),
            },
            site: Site {
                pue: Estimate::assumed(Pue::constant(1.05), "an air- or hydro-cooled site"),
                uptime: fraction(Fraction::constant(0.95), "a site that is seldom curtailed"),
            },
            fleet: Fleet::assumed(),
            network: Network::august_2026(),
            pool: Pool {
                fee: fraction(Fraction::ZERO, "no pool fee"),
                stale: fraction(Fraction::ZERO, "no stale work"),
            },
            displacement: fraction(Fraction::ZERO, "no other miner leaves"),
            tariff: None,
            tariff_status: None,
            references: Vec::new(),
            emissions: Emissions::pakistan_2023(),
            households: Households::pakistan_2025(),
            notes: Vec::new(),
        }
    }

    /// Works everything out.
    ///
    /// # Errors
    /// An input that is out of range, a price without its exchange rate, or results that are no
    /// finite numbers.
    pub fn snapshot(&self) -> Result<Snapshot, EconError> {
        self.check()?;
        let energy_price = self.tariff.as_ref().map(Tariff::usd).transpose()?;
        let pue = self.site.pue.value().value();
        let uptime = self.site.uptime.value().value();
        let displacement = self.displacement.value();

        let mining_power = self.allocation.mining_power();
        let at_machines = mining_power / pue;
        let nameplate = self.fleet.hashrate(at_machines);
        let average = nameplate * uptime;
        let network = self.network.hashrate.value();
        let after_retarget = network_after(network, average, displacement);

        let mining = Mining {
            others: network,
            own: average,
            displacement,
            reward: self.network.block_reward(),
            price: self.network.price.value(),
            payout: self.pool.payout(),
            efficiency: self.fleet.efficiency().value(),
            pue,
            energy_price,
        };
        let (before, after) = (mining.before_retarget(), mining.after_retarget());

        let mean_power = mining_power * uptime;
        let energy_per_year = mean_power * Seconds::from_years(1.0);
        let energy_cost = energy_price.map(|price| price * mean_power);
        let subsidies = match &self.tariff {
            None => Vec::new(),
            Some(tariff) => self
                .references
                .iter()
                .map(|reference| Subsidy::of(reference, tariff, energy_per_year))
                .collect::<Result<_, _>>()?,
        };
        let mut snapshot = Snapshot {
            inputs: self.inputs(),
            warnings: Vec::new(),
            power: self.allocation.power.value(),
            mining_power,
            efficiency: self.fleet.efficiency().clone(),
            machine: self.fleet.machine().map(super::Machine::name),
            machines: self.fleet.count(at_machines),
            nameplate,
            average,
            network: self.network.hashrate.clone(),
            network_after: after_retarget,
            difficulty: steady_difficulty(network)?,
            difficulty_after: steady_difficulty(after_retarget)?,
            share_of_blocks: share_of_blocks(network, average, displacement),
            before,
            after,
            energy_per_day: mean_power * Seconds::from_days(1.0),
            energy_per_year,
            tariff: energy_price,
            local_tariff: self.tariff.as_ref().map(|tariff| tariff.price.value()),
            exchange_rate: self.tariff.as_ref().and_then(|tariff| tariff.exchange_rate.clone()),
            energy_cost,
            margin_before: energy_cost.map(|cost| before.usd - cost),
            margin_after: energy_cost.map(|cost| after.usd - cost),
            tariff_status: self.tariff_status,
            subsidies,
            carbon_per_year: self.emissions.of(energy_per_year),
            households: self.households.using(energy_per_year),
        };
        snapshot.check_finite()?;
        snapshot.warnings = self.warnings(&snapshot);
        Ok(snapshot)
    }

    /// Every input lies where it can mean something. The bounds are far beyond anything that
    /// exists, so that what overflows is named by its field; only quotients by a vanishing
    /// tariff or rate are left for the results' own check.
    fn check(&self) -> Result<(), EconError> {
        let within = EconError::unless_within;
        within(
            "power_mw",
            self.allocation.power.value().as_mw(),
            0.0..=1e12,
            "megawatts of at least 0, at most 1e12",
        )?;
        within(
            "efficiency_j_per_th",
            self.fleet.efficiency().value().as_j_per_th(),
            1e-9..=1e15,
            "J/TH of 1e-9 to 1e15",
        )?;
        self.network.check()?;
        let grid = self.emissions.average.value().as_g_per_kwh();
        within("grid_g_per_kwh", grid, 0.0..=1e6, "g/kWh of 0 to 1e6")?;
        let household = self.households.monthly_use.value().as_kwh();
        within("household_kwh_per_month", household, 1e-3..=1e9, "kWh of 0.001 to 1e9")?;
        self.tariff.as_ref().map_or(Ok(()), |tariff| tariff.check(&self.references))
    }
}

fn steady_difficulty(hashrate: Hashrate) -> Result<Difficulty, EconError> {
    Difficulty::steady_at(hashrate).map_err(|_| EconError::Overflow("difficulty"))
}

/// An input as a report lists it.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The input's name.
    pub field: String,
    /// Its value in `unit`.
    pub value: f64,
    /// The unit; empty for a pure number.
    pub unit: String,
    /// Where it came from.
    pub provenance: Provenance,
}

/// What comes of a case at one moment. Before and after are two figures each: income at the
/// old difficulty, until the network's retargets have taken the fleet in, and from then on.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// Every input with its origin.
    pub inputs: Vec<Input>,
    /// What a reader must know before quoting a figure.
    pub warnings: Vec<String>,
    /// The whole budget.
    pub power: Watts,
    /// The part that mines; energy, cost, carbon and households count this part.
    pub mining_power: Watts,
    /// Energy per hash at the machine.
    pub efficiency: Efficiency,
    /// The machine, where the fleet is of one.
    pub machine: Option<String>,
    /// How many of them.
    pub machines: Option<f64>,
    /// Hashrate with everything running.
    pub nameplate: Hashrate,
    /// Hashrate times uptime.
    pub average: Hashrate,
    /// Everybody else's hashrate.
    pub network: Estimate<Hashrate>,
    /// Everybody's hashrate once the fleet has joined.
    pub network_after: Hashrate,
    /// The difficulty that is steady without the fleet.
    pub difficulty: Difficulty,
    /// The difficulty that is steady with it.
    pub difficulty_after: Difficulty,
    /// The fleet's part of all blocks, 0 to 1, from the first day on.
    pub share_of_blocks: f64,
    /// Income at the old difficulty.
    pub before: Income,
    /// Income at the new one.
    pub after: Income,
    /// Energy a day at the site's meter.
    pub energy_per_day: Joules,
    /// Energy in 365 days.
    pub energy_per_year: Joules,
    /// The tariff in dollars.
    pub tariff: Option<EnergyPrice>,
    /// The tariff as it was given.
    pub local_tariff: Option<LocalPrice>,
    /// The rate between the two.
    pub exchange_rate: Option<Estimate<ExchangeRate>>,
    /// What the energy costs.
    pub energy_cost: Option<UsdRate>,
    /// Income before the retarget less energy; no other cost.
    pub margin_before: Option<UsdRate>,
    /// Income after the retarget less energy; no other cost.
    pub margin_after: Option<UsdRate>,
    /// How firm the tariff is, where that is said.
    pub tariff_status: Option<TariffStatus>,
    /// The tariff against each reference.
    pub subsidies: Vec<Subsidy>,
    /// Emissions of 365 days at the grid's average.
    pub carbon_per_year: CarbonMass,
    /// Households that use as much energy: an equivalent, no deliverable supply.
    pub households: f64,
}

impl Snapshot {
    /// The break-even tariff after the retarget in the tariff's currency.
    pub fn local_break_even(&self) -> Option<LocalPrice> {
        let (currency, per_usd) = match (&self.exchange_rate, self.local_tariff?.currency()) {
            (_, super::Currency::USD) => (super::Currency::USD, 1.0),
            (Some(rate), _) => (rate.value().currency(), rate.value().as_per_usd()),
            (None, _) => return None,
        };
        let usd = self.after.break_even.tariff.as_usd_per_kwh();
        LocalPrice::from_per_kwh(usd * per_usd, currency).ok()
    }

    /// Tonnes of CO2 for a bitcoin at the grid's average, once the network has taken the fleet in; `None`
    /// where it earns none.
    pub fn carbon_t_per_btc_after(&self) -> Option<f64> {
        let btc = (self.after.btc * Seconds::from_years(1.0)).as_btc();
        let tonnes = self.carbon_per_year.as_tonnes() / btc;
        tonnes.is_finite().then_some(tonnes)
    }

    fn check_finite(&self) -> Result<(), EconError> {
        let optional = |q: Option<UsdRate>| q.map_or(0.0, UsdRate::as_usd_per_day);
        let figures = [
            ("hashrate", self.nameplate.as_h_s()),
            ("network hashrate", self.network_after.as_h_s()),
            ("share of blocks", self.share_of_blocks),
            ("income in BTC", self.before.btc.as_btc_per_day()),
            ("income in USD", self.before.usd.as_usd_per_day()),
            ("hashprice", self.before.hashprice.as_usd_per_ph_day()),
            ("hashprice", self.after.hashprice.as_usd_per_ph_day()),
            ("break-even tariff", self.before.break_even.tariff.as_usd_per_kwh()),
            ("break-even price", self.before.break_even.price.map_or(0.0, |p| p.as_usd_per_btc())),
            ("break-even price", self.after.break_even.price.map_or(0.0, |p| p.as_usd_per_btc())),
            (
                "break-even efficiency",
                self.before.break_even.efficiency.map_or(0.0, |e| e.as_j_per_th()),
            ),
            ("energy", self.energy_per_year.as_joules()),
            ("energy cost", optional(self.energy_cost)),
            ("margin", optional(self.margin_after)),
            ("subsidy", self.subsidies.iter().map(|s| s.per_year.amount()).sum()),
            ("carbon", self.carbon_per_year.as_tonnes()),
            ("households", self.households),
        ];
        match figures.iter().find(|(_, value)| !value.is_finite()) {
            Some((name, _)) => Err(EconError::Overflow(name)),
            None => Ok(()),
        }
    }
}
