//! The sections of a scenario's file, as they are written down.

use super::Sourced;
use crate::{LotStatus, Noise};
use serde::Deserialize;

/// How firm a tariff is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TariffStatus {
    /// A regulator or a contract has it.
    Approved,
    /// Somebody asked for it.
    Proposed,
    /// Nobody offers it to a miner; it is taken to see what would be.
    Hypothetical,
}

impl TariffStatus {
    /// The name in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Proposed => "proposed",
            Self::Hypothetical => "hypothetical",
        }
    }
}

/// When there is energy, and when machines stand still.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursSection {
    /// A CSV file with the columns of [`Hours::from_csv`](crate::Hours::from_csv).
    pub profile: Option<String>,
    /// A part of all hours for each month, in place of a profile.
    pub available: Option<[f64; 12]>,
    /// Whether a lot stands still while its cash costs are more than it earns.
    pub price_cutoff: Option<bool>,
    /// No more hours than these in a year.
    pub cap_hours_per_year: Option<f64>,
}

/// What heat does, by month from January on.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeatSection {
    /// Hashrate over its rated one.
    pub hashrate: Option<[f64; 12]>,
    /// Overhead over the site's.
    pub pue: Option<[f64; 12]>,
}

/// A site; what it leaves out is as the file's flat keys say.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteSection {
    /// What it is called.
    pub name: String,
    /// Power at its meter, MW.
    pub power_mw: Sourced<f64>,
    /// Power usage effectiveness, at least 1.
    pub pue: Option<Sourced<f64>>,
    /// Part of the time it runs, 0 to 1.
    pub uptime: Option<Sourced<f64>>,
    /// Price of energy with its unit.
    pub tariff: Option<Sourced<String>>,
    /// Exchange rate with its unit.
    pub fx: Option<Sourced<String>>,
    /// Cash costs beside energy, USD/MWh.
    pub other_costs_usd_per_mwh: Option<Sourced<f64>>,
    /// The site without machines, USD for each MW.
    pub infrastructure_usd_per_mw: Option<Sourced<f64>>,
    /// Its hours.
    pub hours: Option<HoursSection>,
    /// Its heat.
    pub heat: Option<HeatSection>,
}

/// Machines that come together.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FleetSection {
    /// What it is called; else what the machine is.
    pub name: Option<String>,
    /// The site it stands at, where there are several.
    pub site: Option<String>,
    /// A machine of the catalogue.
    pub machine: Option<String>,
    /// Efficiency at the machine, J/TH, in place of a machine.
    pub j_per_th: Option<Sourced<f64>>,
    /// A measured result, in place of both.
    pub measured: Option<String>,
    /// Power at the site's meter, MW; with neither this nor a count, the whole site's.
    pub power_mw: Option<Sourced<f64>>,
    /// Machines, in place of power.
    pub count: Option<f64>,
    /// Price at the factory, USD per TH/s.
    pub usd_per_th: Option<Sourced<f64>>,
    /// Whether the price is that of the shipped list for the efficiency.
    pub price_from_list: Option<bool>,
    /// Duty and freight on it, 0 to 1.
    pub duty: Option<f64>,
    /// The day on which the first machine runs; else the project's first.
    pub begins: Option<String>,
    /// Months that delivery takes.
    pub delivery_months: Option<f64>,
    /// Years that a machine runs.
    pub life_years: Option<f64>,
    /// Part that fails for good in a year, 0 to 1.
    pub failure_per_year: Option<f64>,
    /// How much more energy a hash takes each year, 0 to 1.
    pub drift_per_year: Option<f64>,
    /// What is left of the price at the end of life, 0 to 1.
    pub resale: Option<f64>,
    /// Whether it can be bought.
    pub status: Option<LotStatus>,
}

/// The project in time.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProjectSection {
    /// Its first day, on which the network is as given.
    pub start: Option<String>,
    /// Years it is followed.
    pub years: Option<f64>,
    /// What a dollar a year later is worth less, real.
    pub discount_per_year: Option<Sourced<f64>>,
    /// How far machines differ from their rating, both ways, which nine in ten are within.
    pub machine_tolerance: Option<Sourced<f64>>,
}

/// How the market moves.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarketSection {
    /// Growth of the price a year, a logarithm.
    pub price_drift_per_year: Option<Sourced<f64>>,
    /// `bootstrap`, `parametric` or `none`.
    pub noise: Option<Noise>,
}

/// How other miners answer; see [`Response`](crate::Response).
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResponseSection {
    /// Days in which machines that do not earn their power are switched off.
    pub leaving_days: Option<f64>,
    /// Days in which idle ones that would earn it come back.
    pub joining_days: Option<f64>,
    /// Hashprice over mean cost at which the network stands still.
    pub entry_ratio: Option<Sourced<f64>>,
    /// Growth a year for each e-fold of hashprice above that.
    pub growth_per_year: Option<Sourced<f64>>,
    /// The most growth a year.
    pub most_growth_per_year: Option<f64>,
    /// How fast the mean cost falls a year.
    pub cost_decline_per_year: Option<Sourced<f64>>,
}
