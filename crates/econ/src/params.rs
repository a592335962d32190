//! The one table of parameters: each with its key, unit, value, spread, possible range, origin and region.
//!
//! A domain such as [`Operator`] is a struct that is generic over what stands in its fields: the
//! specification of each parameter ([`Spec`]), its place in the resolved table ([`ParamId`]), or its value
//! in one draw (`f64`, the default). So a field is named once, and no list is held together by order.

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

/// What a unit of money is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Per {
    /// A kilowatt-hour.
    Kwh,
    /// A kilowatt of contracted load for a month.
    KwMonth,
    /// A megawatt of the month's greatest load for a month.
    MwMonth,
}

/// The unit of a parameter or a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// A pure number.
    One,
    /// A rate a year.
    PerYear,
    /// Years of 365 days.
    Years,
    /// Days.
    Days,
    /// Hours.
    Hours,
    /// Hours a year.
    HoursPerYear,
    /// Minutes.
    Minutes,
    /// Megawatts.
    Mw,
    /// Megawatt-hours.
    Mwh,
    /// Terawatt-hours a year.
    TwhPerYear,
    /// Joules for a terahash.
    JoulesPerTh,
    /// 10^18 hashes a second.
    EhPerS,
    /// Bitcoin.
    Btc,
    /// Bitcoin a day.
    BtcPerDay,
    /// Dollars.
    Usd,
    /// Dollars a day.
    UsdPerDay,
    /// Dollars for a bitcoin.
    UsdPerBtc,
    /// Dollars for 10^15 hashes a second over a day.
    UsdPerPhDay,
    /// Dollars for 10^12 hashes a second.
    UsdPerThS,
    /// Dollars for a megawatt.
    UsdPerMw,
    /// Dollars for a megawatt over a year.
    UsdPerMwYear,
    /// Dollars for a kilowatt.
    UsdPerKw,
    /// Dollars for a kilowatt-hour.
    UsdPerKwh,
    /// Dollars for a megawatt-hour.
    UsdPerMwh,
    /// Dollars for a tonne.
    UsdPerT,
    /// Dollars for an hour of a graphics processor.
    UsdPerGpuHour,
    /// Dollars for a graphics processor.
    UsdPerGpu,
    /// Kilowatts for a graphics processor.
    KwPerGpu,
    /// Grams of CO2 for a kilowatt-hour.
    GramsPerKwh,
    /// Kilograms of CO2 for 10^12 hashes a second.
    KgPerThS,
    /// Tonnes of CO2.
    Tonnes,
    /// Kilowatt-hours a month.
    KwhPerMonth,
    /// Units of a currency for a dollar.
    PerUsd(Currency),
    /// Units of a currency for something.
    Price(Currency, Per),
    /// Units of a currency.
    Money(Currency),
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

/// What holds where neither the scenario nor its region says anything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Absent {
    /// A charge, tax or contract that nobody stated does not exist; the value says so.
    None(f64),
    /// A stated assumption of the model, with its 5 % and 95 % points and its ground.
    Assumed {
        /// The value.
        value: f64,
        /// Its 5 % point.
        low: f64,
        /// Its 95 % point.
        high: f64,
        /// Why.
        basis: &'static str,
    },
    /// Figures that need it are missing.
    Missing,
}

/// What a parameter is: a row of the table before any value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spec {
    /// Its key in a scenario file, such as `operator.debt_share`.
    pub key: &'static str,
    /// Its unit; that of a price names the currency that it is given in.
    pub unit: Unit,
    /// The least possible value.
    pub least: f64,
    /// The greatest possible value.
    pub most: f64,
    /// What holds without it.
    pub absent: Absent,
    /// What it is, as documentation and `METHODS.md` give it.
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

/// A parameter by its place in the resolved table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ParamId(pub(crate) u32);

impl ParamId {
    /// The place in [`Table::rows`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A resolved parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// Its key in the scenario, with the site, lot or plant that it is of.
    pub key: String,
    /// The unit of all its values.
    pub unit: Unit,
    /// What it is taken for.
    pub value: f64,
    /// How it is drawn.
    pub spread: Spread,
    /// Where it can possibly lie.
    pub possible: RangeInclusive<f64>,
    /// Parameters of one group share one deviate; else the key has its own.
    pub group: Option<String>,
    /// Where it came from.
    pub provenance: Provenance,
    /// The region whose row it is.
    pub region: Option<Region>,
    /// Whether a figure that needs it is missing: nobody gave it.
    pub missing: bool,
}

impl Param {
    /// The value at a standard normal deviate, within three deviations and what is possible.
    pub fn at(&self, deviate: f64) -> f64 {
        self.spread.at(self.value, deviate).clamp(*self.possible.start(), *self.possible.end())
    }

    /// The 5 % and 95 % points, where it is not known exactly.
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
    /// Every parameter, in the order in which it was resolved.
    pub fn rows(&self) -> &[Param] {
        &self.rows
    }

    /// One parameter.
    pub fn get(&self, id: ParamId) -> &Param {
        &self.rows[id.index()]
    }

    /// The parameter of that key.
    pub fn find(&self, key: &str) -> Option<ParamId> {
        let place = self.rows.iter().position(|row| row.key == key)?;
        Some(ParamId(place as u32))
    }

    /// Takes a parameter in.
    pub fn add(&mut self, param: Param) -> ParamId {
        self.rows.push(param);
        ParamId((self.rows.len() - 1) as u32)
    }

    /// The same table with some parameters held at their values.
    pub(crate) fn held(&self, ids: &[ParamId]) -> Self {
        let mut table = self.clone();
        for id in ids {
            table.rows[id.index()].spread = Spread::Fixed;
        }
        table
    }

    /// All values as they are taken; what is missing is 0 and its figures are not shown.
    pub fn values(&self) -> Vec<f64> {
        self.rows.iter().map(|row| row.value).collect()
    }
}
