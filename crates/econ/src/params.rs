//! The table of parameters: each with key, unit, value, spread, possible range, provenance and region.
//!
//! A domain such as [`Operator`] is a struct that is generic over the type of its fields: the specification of
//! each parameter ([`Spec`]), its index in the resolved table ([`ParamId`]), or its value in one draw (`f64`, the
//! default). Each field is named once, and no list depends on the order of another.

mod bills;
mod domain;
mod draw;
mod group;
mod hours;
pub mod inputs;
mod levies;
mod spread;
mod steps;

pub use bills::{BillEffects, ConsumerClass};
pub use domain::*;
pub use draw::{Deviates, fill};
pub use group::Group;
pub use hours::{Hour, HourProfile, MONTH_HOURS, SystemHour};
pub use spread::Spread;
pub use steps::{LevelPaths, Steps};

use crate::currency::Currency;
use crate::uncertainty::Provenance;
use std::fmt;
use std::ops::RangeInclusive;

/// The quantity that a price is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Per {
    /// A kilowatt-hour.
    Kwh,
    /// A kilowatt of contracted power per month.
    KwMonth,
    /// A megawatt of the month's maximum load, per month.
    MwMonth,
}

/// The unit of a parameter or a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// A pure number.
    One,
    /// A rate per year.
    PerYear,
    /// Years of 365 days.
    Years,
    /// Days.
    Days,
    /// Hours.
    Hours,
    /// Hours per year.
    HoursPerYear,
    /// Minutes.
    Minutes,
    /// Megawatts.
    Mw,
    /// Megawatt-hours.
    Mwh,
    /// Terawatt-hours per year.
    TwhPerYear,
    /// Joules per terahash.
    JoulesPerTh,
    /// 10^18 hashes per second.
    EhPerS,
    /// Bitcoin.
    Btc,
    /// Bitcoin per day.
    BtcPerDay,
    /// Dollars.
    Usd,
    /// Dollars per day.
    UsdPerDay,
    /// Dollars per bitcoin.
    UsdPerBtc,
    /// Dollars per day for 10^15 hashes per second.
    UsdPerPhDay,
    /// Dollars for 10^12 hashes per second.
    UsdPerThS,
    /// Dollars per megawatt.
    UsdPerMw,
    /// Dollars per megawatt and year.
    UsdPerMwYear,
    /// Dollars per kilowatt.
    UsdPerKw,
    /// Dollars per kilowatt-hour.
    UsdPerKwh,
    /// Dollars per megawatt-hour.
    UsdPerMwh,
    /// Dollars per tonne.
    UsdPerT,
    /// Dollars per GPU-hour.
    UsdPerGpuHour,
    /// Dollars per GPU.
    UsdPerGpu,
    /// Kilowatts per GPU.
    KwPerGpu,
    /// Grams of CO2 per kilowatt-hour.
    GramsPerKwh,
    /// Kilograms of CO2 for 10^12 hashes per second.
    KgPerThS,
    /// Tonnes of CO2.
    Tonnes,
    /// Kilowatt-hours per month.
    KwhPerMonth,
    /// Units of a currency per dollar.
    PerUsd(Currency),
    /// Units of a currency per unit of a quantity.
    Price(Currency, Per),
    /// Units of a currency.
    Money(Currency),
}

/// As its symbol.
impl serde::Serialize for Unit {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let symbol = match *self {
            Self::One => "",
            Self::PerYear => "1/year",
            Self::Years => "years",
            Self::Days => "days",
            Self::Hours => "h",
            Self::HoursPerYear => "h/year",
            Self::Minutes => "min",
            Self::Mw => "MW",
            Self::Mwh => "MWh",
            Self::TwhPerYear => "TWh/year",
            Self::JoulesPerTh => "J/TH",
            Self::EhPerS => "EH/s",
            Self::Btc => "BTC",
            Self::BtcPerDay => "BTC/day",
            Self::Usd => "USD",
            Self::UsdPerDay => "USD/day",
            Self::UsdPerBtc => "USD/BTC",
            Self::UsdPerPhDay => "USD/PH/day",
            Self::UsdPerThS => "USD/(TH/s)",
            Self::UsdPerMw => "USD/MW",
            Self::UsdPerMwYear => "USD/MW-year",
            Self::UsdPerKw => "USD/kW",
            Self::UsdPerKwh => "USD/kWh",
            Self::UsdPerMwh => "USD/MWh",
            Self::UsdPerT => "USD/t",
            Self::UsdPerGpuHour => "USD/GPU-h",
            Self::UsdPerGpu => "USD/GPU",
            Self::KwPerGpu => "kW/GPU",
            Self::GramsPerKwh => "g/kWh",
            Self::KgPerThS => "kg/(TH/s)",
            Self::Tonnes => "t",
            Self::KwhPerMonth => "kWh/month",
            Self::PerUsd(currency) => return write!(f, "{currency}/USD"),
            Self::Price(currency, Per::Kwh) => return write!(f, "{currency}/kWh"),
            Self::Price(currency, Per::KwMonth) => return write!(f, "{currency}/kW-month"),
            Self::Price(currency, Per::MwMonth) => return write!(f, "{currency}/MW-month"),
            Self::Money(currency) => return write!(f, "{currency}"),
        };
        f.write_str(symbol)
    }
}

/// The default of a parameter that neither the scenario nor its region gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Absent {
    /// A charge, tax or contract that is not given does not exist; the value expresses that.
    None(f64),
    /// A stated assumption of the model, with its 5 % and 95 % points and its basis.
    Assumed {
        /// The value.
        value: f64,
        /// Its 5 % point.
        low: f64,
        /// Its 95 % point.
        high: f64,
        /// The basis of the assumption.
        basis: &'static str,
    },
    /// There is no default: figures that need the parameter are missing.
    Missing,
}

/// The specification of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spec {
    /// Its key in a scenario file, such as `operator.debt_share`.
    pub key: &'static str,
    /// Its unit; the unit of a price includes the currency.
    pub unit: Unit,
    /// The lowest possible value.
    pub least: f64,
    /// The highest possible value.
    pub most: f64,
    /// The default.
    pub absent: Absent,
    /// A description, shown in the documentation and in `METHODS.md`.
    pub text: &'static str,
}

/// A region by its ISO 3166-1 alpha-3 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Region(pub(crate) [u8; 3]);

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|&letter| write!(f, "{}", char::from(letter)))
    }
}

/// The index of a parameter in the resolved table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ParamId(pub(crate) u32);

impl ParamId {
    /// The index in [`Table::rows`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A resolved parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// Its key in the scenario, with the site, lot or plant that it belongs to.
    pub key: String,
    /// The unit of all its values.
    pub unit: Unit,
    /// Its value in the base.
    pub value: f64,
    /// The distribution of its draws.
    pub spread: Spread,
    /// The range of possible values.
    pub possible: RangeInclusive<f64>,
    /// Parameters of one group share one deviate; without a group the key has its own.
    pub group: Option<String>,
    /// Its provenance.
    pub provenance: Provenance,
    /// The region that gives the value.
    pub region: Option<Region>,
    /// Whether no value was given; figures that need it are then missing.
    pub missing: bool,
}

impl Param {
    /// The value at a standard normal deviate, within three deviations and the possible range.
    pub fn at(&self, deviate: f64) -> f64 {
        self.spread.at(self.value, deviate).clamp(*self.possible.start(), *self.possible.end())
    }

    /// The 5 % and 95 % points; `None` for a value known exactly.
    pub fn range(&self) -> Option<(f64, f64)> {
        self.spread.range(self.value)
    }
}

/// The resolved parameters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    rows: Vec<Param>,
}

impl Table {
    /// All parameters, in the order in which they were resolved.
    pub fn rows(&self) -> &[Param] {
        &self.rows
    }

    /// The parameter with an index.
    pub fn get(&self, id: ParamId) -> &Param {
        &self.rows[id.index()]
    }

    /// The index of the parameter with a key.
    pub fn find(&self, key: &str) -> Option<ParamId> {
        let index = self.rows.iter().position(|row| row.key == key)?;
        Some(ParamId(index as u32))
    }

    /// Adds a parameter and returns its index.
    pub fn add(&mut self, param: Param) -> ParamId {
        self.rows.push(param);
        ParamId((self.rows.len() - 1) as u32)
    }

    /// A copy of the table with some parameters fixed at their values.
    pub(crate) fn held(&self, ids: &[ParamId]) -> Self {
        let mut table = self.clone();
        for id in ids {
            table.rows[id.index()].spread = Spread::Fixed;
        }
        table
    }

    /// The base values of all parameters; a missing one is 0, and its figures are not shown.
    pub fn values(&self) -> Vec<f64> {
        self.rows.iter().map(|row| row.value).collect()
    }
}
