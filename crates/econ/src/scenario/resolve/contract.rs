//! Power bought ahead, and the times of coincident peaks (M9, M10).

use super::{Resolver, site_keys};
use crate::params::inputs::{PowerContract, Site};
use crate::params::{ContractFigures, ParamId, Terms};
use crate::scenario::error::{Problem, Read};
use crate::scenario::keys::{CONTRACT_FEE, CONTRACT_PRICE, TARIFF};
use crate::scenario::warning::{Line, Warning};

/// Tolerance of the sum of monthly peaks, relative to the peaks of the year.
const SUM_WITHIN: f64 = 1e-6;

/// The power contract of a site; `None` if none of its keys is given.
pub(super) fn contract(
    r: &mut Resolver,
    section: Option<usize>,
    site: &Site<ParamId>,
) -> Read<Option<PowerContract<ParamId>>> {
    let volume = ContractFigures::SPECS.volume;
    let key = |r: &Resolver, key: &str| {
        let keys = site_keys(section, key);
        keys.into_iter().find(|key| r.document.get(key).is_some())
    };
    let given = [volume.key, CONTRACT_PRICE.key, CONTRACT_FEE.key].map(|name| key(r, name));
    let Some(first) = given.iter().flatten().next().cloned() else { return Ok(None) };
    let missing = |r: &Resolver, name: &str, remedy: &str| {
        let key = site_keys(section.filter(|_| first.starts_with("site[")), name).swap_remove(0);
        r.document.mistake(&key, Problem::Missing { remedy: remedy.to_owned() })
    };
    let [Some(volume_key), price_key, fee_key] = &given else {
        return Err(missing(r, volume.key, "give the power that is bought ahead, MW"));
    };
    let Some(price_key) = price_key else {
        let remedy = "give its price with a unit, such as \"30 USD/MWh\"";
        return Err(missing(r, CONTRACT_PRICE.key, remedy));
    };
    check_hourly_prices(r, volume_key, site)?;
    let fee: Vec<&str> = fee_key.iter().map(String::as_str).collect();
    let volume = r.if_given(&[volume_key], &volume, Some(volume.key))?;
    let Some(volume_mw) = volume else { return Ok(None) };
    Ok(Some(PowerContract {
        volume_mw,
        price: r.price(&[price_key], &CONTRACT_PRICE, Some(CONTRACT_PRICE.key))?,
        fee: r.price(&fee, &CONTRACT_FEE, Some(CONTRACT_FEE.key))?,
    }))
}

/// Checks that hours have prices of their own, at which contracted power is sold.
fn check_hourly_prices(r: &Resolver, key: &str, site: &Site<ParamId>) -> Read<()> {
    if r.table.get(site.tariff.value).missing {
        let remedy = "give the mean of the hourly prices at which contracted power is sold";
        return Err(Problem::Missing { remedy: remedy.to_owned() }.at(TARIFF.key));
    }
    if !site.tiers.is_empty() {
        let other = "tariff_terms.tiers".to_owned();
        return Err(r.document.mistake(key, Problem::Conflict { other }));
    }
    let mut ratios = (0..12).flat_map(|month| site.hours.month(month)).map(|hour| hour.price_ratio);
    let first = ratios.next();
    if ratios.all(|ratio| Some(ratio) == first) {
        let reason =
            "is sold at the hourly price, but all hours have the same price: give hours.profile \
                      with a price_ratio by hour, or a file of market prices"
                .to_owned();
        return Err(r.document.mistake(key, Problem::Other(reason)));
    }
    Ok(())
}

/// Months and hours in which coincident peaks may occur.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PeakWindow {
    /// Expected number of peaks in each month.
    months: [f64; 12],
    /// Hours of the day in which they may occur.
    hours: [bool; 24],
}

impl PeakWindow {
    /// Reads the keys that begin with `prefix`, else those of all sites.
    pub(super) fn read(r: &mut Resolver, prefix: &str) -> Read<Option<Self>> {
        let keys =
            |name: &str| [format!("{prefix}tariff_terms.{name}"), format!("tariff_terms.{name}")];
        let first = |r: &Resolver, name: &str| {
            keys(name).into_iter().find(|key| r.document.get(key).is_some())
        };
        let (months, hours) = (first(r, "peak_months"), first(r, "peak_hours"));
        let missing = |r: &Resolver, given: &str, name: &str, remedy: &str| {
            let key =
                given.rsplit_once('.').map_or(name.to_owned(), |(of, _)| format!("{of}.{name}"));
            r.document.mistake(&key, Problem::Missing { remedy: remedy.to_owned() })
        };
        let (month_key, hour_key) = match (months, hours) {
            (None, None) => return Ok(None),
            (Some(key), None) => {
                return Err(missing(
                    r,
                    &key,
                    "peak_hours",
                    "give the hours in which the peaks may occur",
                ));
            }
            (None, Some(key)) => {
                return Err(missing(
                    r,
                    &key,
                    "peak_months",
                    "give the expected peaks of each month",
                ));
            }
            (Some(months), Some(hours)) => (months, hours),
        };
        let months = r.document.months(&month_key).unwrap_or_default();
        Self::check_peak_count(r, &month_key, &keys, months.iter().sum())?;
        let mut hours = [false; 24];
        for hour in r.document.numbers(&hour_key).unwrap_or_default() {
            hours[(*hour as usize).min(23)] = true;
        }
        if first(r, "peak_charge_usd_per_mw_year").is_none() {
            let line = Line(r.document.get(&month_key).and_then(|entry| entry.origin.line()));
            r.warn(Warning::UnusedKey { line, key: month_key });
        }
        Ok(Some(Self { months, hours }))
    }

    /// Checks that the monthly peaks add up to those of the year.
    fn check_peak_count(
        r: &Resolver,
        month_key: &str,
        keys: &impl Fn(&str) -> [String; 2],
        sum: f64,
    ) -> Read<()> {
        let given = keys("peaks_per_year").iter().find_map(|key| r.document.number(key));
        let default = match Terms::SPECS.peaks_per_year.absent {
            crate::params::Absent::Assumed { value, .. } => value,
            _ => 0.0,
        };
        let peaks = given.unwrap_or(default);
        if (sum - peaks).abs() <= SUM_WITHIN * peaks {
            return Ok(());
        }
        let reason = format!(
            "has {sum} peaks in total, but tariff_terms.peaks_per_year is {peaks}; make the two equal"
        );
        Err(r.document.mistake(month_key, Problem::Other(reason)))
    }

    /// The key that gives the months, if there is one.
    pub(super) fn key(r: &Resolver, prefix: &str) -> Option<String> {
        let keys = [format!("{prefix}tariff_terms.peak_months"), "tariff_terms.peak_months".into()];
        keys.into_iter().find(|key| r.document.get(key).is_some())
    }

    /// Expected number of peaks in a month.
    pub(super) fn of_month(&self, month: usize) -> f64 {
        self.months[month]
    }

    /// Whether a peak may occur in an hour of the day.
    pub(super) fn is_open(&self, hour: usize) -> bool {
        self.hours[hour]
    }

    /// Probability that a peak of the month occurs in an hour of the day.
    pub(super) fn probability(&self, month: usize, hour: usize) -> f64 {
        let hours = self.hours.iter().filter(|of| **of).count() as f64;
        if self.hours[hour] { self.months[month] / hours } else { 0.0 }
    }
}
