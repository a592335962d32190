//! From a power budget to a share of Bitcoin's network, income, cost, subsidy and carbon, and who gains and who pays.
//!
//! ```
//! use hashwatt_econ::prelude::*;
//!
//! let outcome = Case::builder(Watts::from_mw(2000.0)).tariff("0.06 USD/kWh")?.build()?.snapshot()?;
//! let share = outcome.get(Figure::Moment(Moment::Share))?;
//! assert!((share.base - 0.117620).abs() < 1e-6);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A [`Scenario`](scenario::Scenario) comes from a file, from options or from [`Case`](scenario::Case). It is resolved
//! to one table of parameters ([`params`]). One pure engine ([`engine`]) books dated flows ([`account`]) along a path
//! of the market ([`network`]). Every number is a [`Figure`](result::Figure) with a typed key ([`result`]); views
//! select figures and compute none of their own ([`view`]). The equations are in `METHODS.md`. The crate has no
//! scanner: a measurement enters as an [`Efficiency`](crate::uncertainty::Efficiency).
//!
//! # What a modeller calls
//!
//! - [`Scenario::snapshot`](scenario::Scenario::snapshot) and [`Scenario::project`](scenario::Scenario::project): all
//!   figures at one moment, or over years with ranges. [`Study`](view::Study) has the rest: sensitivity, switching
//!   values, other tariffs.
//! - Pure functions with units: [`hashrate`](calls::hashrate), [`btc`](calls::btc),
//!   [`breakeven_tariff`](calls::breakeven_tariff), [`marginal_value_per_mwh`](calls::marginal_value_per_mwh) and
//!   [`retarget_step`](network::retarget_step).
//! - One path of a project: [`Study::base`](view::Study::base), or [`Engine::follow`](engine::Engine::follow) with
//!   shocks of your own or of [`MarketResiduals`](network::MarketResiduals).
//!
//! # Coupling to a dispatch model
//!
//! A dispatch model needs to know what a flexible load pays for a MWh in each hour.
//! [`marginal_value_per_mwh`](calls::marginal_value_per_mwh) returns that series: at higher prices the machines stop. A
//! dispatch of one day as an example, with a merit order of two plants and a surplus at noon:
//!
//! ```
//! use hashwatt_econ::calls::{Dilution, hashprice, marginal_value_per_mwh};
//! use hashwatt_econ::units::{Btc, EnergyPrice, Fraction, Hashrate, JoulesPerHash, UsdPerBtc, Watts};
//!
//! // What a hash earns in each hour, here the same for the whole day.
//! let network = Hashrate::from_eh_s(905.0);
//! let earns = hashprice(network, Btc::from_btc(3.148), UsdPerBtc::from_usd_per_btc(65_159.0));
//! let at_site = JoulesPerHash::from_j_per_th(15.0 * 1.05);
//! let value = marginal_value_per_mwh(&[earns; 24], at_site, Fraction::ONE, Dilution::PriceTaker)?;
//!
//! // The system: demand and solar in MW by hour; then 60 MW at 20 USD/MWh, then gas at 110 USD/MWh.
//! let solar = |hour: usize| if (9..16).contains(&hour) { 50.0 } else { 0.0 };
//! let marginal_cost = |hour: usize, mining_mw: f64| {
//!     let residual = 55.0 + mining_mw - solar(hour);
//!     if residual <= 0.0 { 0.0 } else if residual <= 60.0 { 20.0 } else { 110.0 }
//! };
//! // 10 MW of machines run in the hours in which they pay more than the energy costs the system.
//! let running: Vec<usize> = (0..24)
//!     .filter(|&hour| value[hour] > EnergyPrice::from_usd_per_mwh(marginal_cost(hour, 10.0)))
//!     .collect();
//! assert_eq!(running, (9..16).collect::<Vec<_>>()); // gas at 110 is more than 86 USD/MWh
//!
//! // 2,000 MW are not a price-taker: the next MWh earns less, because it dilutes one's own share.
//! let own = Watts::from_mw(2_000.0) / at_site;
//! let diluted = Dilution::Own { others: network, own, displacement: Fraction::ZERO };
//! let value = marginal_value_per_mwh(&[earns; 24], at_site, Fraction::ONE, diluted)?;
//! assert!(value[0] < EnergyPrice::from_usd_per_mwh(70.0));
//! # Ok::<(), hashwatt_econ::EconError>(())
//! ```

#![warn(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::unwrap_used
)]
#![cfg_attr(
    test,
    allow(
        clippy::expect_used,
        clippy::panic,
        clippy::print_stdout,
        clippy::unwrap_used,
        reason = "a test fails by panicking, and a simulation prints its figures"
    )
)]

#[doc(hidden)] // for the tests and the other crates of this workspace
pub use hashwatt_quantities::{plausible, text};
#[doc(no_inline)]
pub use hashwatt_quantities::{pow, uncertainty, units};

#[cfg(test)]
extern crate self as hashwatt_econ;

pub mod account;
pub mod backtest;
pub mod calls;
mod currency;
pub mod document;
pub mod engine;
mod growth;
mod measured;
pub mod network;
mod normal;
pub mod params;
pub mod prelude;
mod price_list;
pub mod prices;
mod pue;
pub mod result;
pub mod scenario;
pub mod search;
pub mod simulate;
mod site;
mod system;
pub mod view;

pub use currency::Currency;
pub use measured::{MeasuredResult, MeasuredResultError};

/// An error of the economics: an input, a table or a result.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EconError {
    /// A number outside the range of its field.
    #[error("{field} is {given}; give {remedy}")]
    OutOfRange {
        /// The input.
        field: &'static str,
        /// What was given.
        given: String,
        /// A value that is accepted.
        remedy: &'static str,
    },
    /// A text that is not a price, a rate or a currency.
    #[error("{field} `{given}` cannot be read; give {remedy}")]
    Unreadable {
        /// The input.
        field: &'static str,
        /// What was given.
        given: String,
        /// A value that is accepted.
        remedy: &'static str,
    },
    /// The catalogue has no machine of this name.
    #[error("machine `{name}` is not in the catalogue; the nearest are: {nearest}")]
    UnknownMachine {
        /// The given name.
        name: String,
        /// The nearest names of the catalogue.
        nearest: String,
    },
    /// The name matches several machines.
    #[error("machine `{name}` is ambiguous; give one of: {matches}")]
    AmbiguousMachine {
        /// The given name.
        name: String,
        /// The names that match.
        matches: String,
    },
    /// A table of the user cannot be read.
    #[error("{0}")]
    UserTable(#[from] hashwatt_input::table::TableError),
    /// A table of the crate or of the user has a row that cannot be used.
    #[error("{table}: {reason}")]
    Table {
        /// The table.
        table: &'static str,
        /// What is wrong, and in which row.
        reason: String,
    },
    /// A result cannot be computed because inputs are missing.
    #[error("{what} cannot be computed: {missing}")]
    NoResult {
        /// The result.
        what: &'static str,
        /// The missing inputs.
        missing: String,
    },
    /// Inputs so large or so small that a result is not a finite number.
    #[error("{0} is not a finite number; give inputs within plausible ranges")]
    Overflow(&'static str),
}

impl EconError {
    /// `value` lies within, or the error that names its field.
    fn unless_within(
        field: &'static str,
        value: f64,
        range: std::ops::RangeInclusive<f64>,
        remedy: &'static str,
    ) -> Result<(), Self> {
        match range.contains(&value) {
            true => Ok(()),
            false => Err(Self::OutOfRange { field, given: value.to_string(), remedy }),
        }
    }
}

/// Seconds of a year of 365 days, by which rates are counted.
pub(crate) const YEAR_S: f64 = 365.0 * 86_400.0;
