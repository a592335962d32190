//! From megawatts to a share of the network, income, cost, subsidy and carbon, and who gains and who pays.
//!
//! ```
//! use hashwatt_econ::prelude::*;
//!
//! let scenario = Case::builder(Watts::from_mw(2000.0)).tariff("0.06 USD/kWh")?.build()?;
//! let study = Study::new(scenario.resolve()?)?;
//! let estimate = study.estimate()?;
//! let share = estimate.get(Figure::Moment(Moment::Share))?;
//! assert!((share.base - 0.117620).abs() < 1e-6);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! One resolved table of parameters ([`params`]), made of a file, options or code ([`scenario`]); one pure
//! engine ([`engine`]) that books dated flows ([`account`]) on a path of the market ([`network`]); figures by
//! typed keys ([`result`]); views that select figures and compute nothing ([`view`]). The equations are in
//! `METHODS.md`. No scanner: the only thing that comes from a measurement is an
//! [`Efficiency`](crate::uncertainty::Efficiency), and the only input is the file that
//! [`Scenario::load`](scenario::Scenario::load) reads.
//!
//! # What a modeller calls
//!
//! [`hashrate`](calls::hashrate), [`btc`](calls::btc), [`breakeven_tariff`](calls::breakeven_tariff),
//! [`marginal_value_per_mwh`](calls::marginal_value_per_mwh) and [`retarget_step`](network::retarget_step): pure
//! functions with units. For a path of a project by itself [`Study::base`](view::Study::base) or
//! [`Engine::follow`](engine::Engine::follow) with shocks of one's own or of
//! [`MarketResiduals`](network::MarketResiduals).
//!
//! # Coupling to a dispatch model
//!
//! A dispatch model asks what a flexible load pays for a MWh in each hour.
//! [`marginal_value_per_mwh`](calls::marginal_value_per_mwh) answers with a series: above it the machines stand still. A toy dispatch
//! of one day, with a merit order of two plants and a surplus at noon:
//!
//! ```
//! use hashwatt_econ::calls::{Dilution, hashprice, marginal_value_per_mwh};
//! use hashwatt_econ::units::{Btc, EnergyPrice, Fraction, Hashrate, JoulesPerHash, UsdPerBtc, Watts};
//!
//! // What a hash earns in each hour, here the same all day.
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
//! // 2,000 MW are no price-taker: what the next MWh earns is less, by one's own dilution.
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

pub use hashwatt_quantities::{plausible, pow, text, uncertainty, units};

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

/// What can be wrong with a case or its data.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EconError {
    /// A number outside what the field can hold.
    #[error("{field} is {given}; give {remedy}")]
    OutOfRange {
        /// The input.
        field: &'static str,
        /// What was given.
        given: String,
        /// What would do.
        remedy: &'static str,
    },
    /// A text that is no price, rate or currency.
    #[error("{field} `{given}` cannot be read; give {remedy}")]
    Unreadable {
        /// The input.
        field: &'static str,
        /// What was given.
        given: String,
        /// What would do.
        remedy: &'static str,
    },
    /// No machine of that name.
    #[error("machine `{name}` is not in the catalogue; the nearest are: {nearest}")]
    UnknownMachine {
        /// The name that was asked for.
        name: String,
        /// Names that are there.
        nearest: String,
    },
    /// Several machines of that name.
    #[error("machine `{name}` is ambiguous; give one of: {matches}")]
    AmbiguousMachine {
        /// The name that was asked for.
        name: String,
        /// Names that are there.
        matches: String,
    },
    /// A table of the user that cannot be read.
    #[error("{0}")]
    UserTable(#[from] hashwatt_input::table::TableError),
    /// A table of the crate or of the user has a row that cannot be used.
    #[error("{table}: {reason}")]
    Table {
        /// The table.
        table: &'static str,
        /// What is wrong where.
        reason: String,
    },
    /// A result that cannot be, for want of inputs.
    #[error("there is no {what}: {missing}")]
    NoResult {
        /// The result.
        what: &'static str,
        /// What is missing.
        missing: String,
    },
    /// Inputs so large or small that a result is no finite number.
    #[error("{0} overflows; give inputs nearer to the possible")]
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
