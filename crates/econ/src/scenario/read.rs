//! Values of a scenario's keys as quantities, each with its origin, or an error at the key.

use super::{HeatSection, HoursSection, ScenarioError, Sourced};
use crate::uncertainty::{Efficiency, Estimate};
use crate::units::{Fraction, JoulesPerHash, Seconds, Watts};
use crate::{
    Catalogue, EconError, ExchangeRate, Fleet, Heat, Hours, LocalPrice, MeasuredResult, Pue, Tariff,
};
use std::fmt::Display;

/// Reads values and files for the keys of one scenario.
pub(super) struct Reader<'a> {
    /// What a key's origin is called.
    pub source: &'a dyn Fn(&str) -> String,
    /// The text of a file that the scenario names, or why not.
    pub files: &'a dyn Fn(&str) -> Result<String, String>,
}

pub(super) type Read<T> = Result<T, ScenarioError>;

pub(super) fn wrong(key: &str, reason: impl Display) -> ScenarioError {
    ScenarioError { key: key.to_owned(), reason: reason.to_string() }
}

impl Reader<'_> {
    /// A value with what makes a quantity of it.
    pub(super) fn value<T: Copy, Q, E: Display>(
        &self,
        key: &str,
        given: &Sourced<T>,
        of: impl Fn(T) -> Result<Q, E>,
    ) -> Read<Estimate<Q>> {
        let value = of(given.value).map_err(|error| wrong(key, error))?;
        for end in [given.low, given.high].into_iter().flatten() {
            of(end).map_err(|error| wrong(key, format!("its range: {error}")))?;
        }
        Ok(given.estimate(value, (self.source)(key)))
    }

    /// A number with its unit.
    pub(super) fn number<Q>(
        &self,
        key: &str,
        given: &Sourced<f64>,
        of: impl Fn(f64) -> Q,
    ) -> Read<Estimate<Q>> {
        self.value(key, given, |value| match value.is_finite() {
            true => Ok(of(value)),
            false => Err(format!("is {value}; give a finite number")),
        })
    }

    pub(super) fn fraction(&self, key: &str, given: &Sourced<f64>) -> Read<Estimate<Fraction>> {
        self.value(key, given, Fraction::new)
    }

    pub(super) fn pue(&self, key: &str, given: &Sourced<f64>) -> Read<Estimate<Pue>> {
        self.value(key, given, Pue::new)
    }

    pub(super) fn power(&self, key: &str, given: &Sourced<f64>) -> Read<Estimate<Watts>> {
        self.value(key, given, |mw| match mw >= 0.0 && mw.is_finite() {
            true => Ok(Watts::from_mw(mw)),
            false => Err(format!("is {mw}; give megawatts of at least 0")),
        })
    }

    /// A tariff, and its dollars, which are the exchange rate's fault where there are none.
    pub(super) fn tariff(
        &self,
        keys: (&str, &str),
        tariff: &Sourced<String>,
        fx: Option<&Sourced<String>>,
    ) -> Read<Tariff> {
        let price = |text: &str| text.parse::<LocalPrice>().map_err(|e| wrong(keys.0, e));
        let value = price(&tariff.value)?;
        for end in [&tariff.low, &tariff.high].into_iter().flatten() {
            if price(end)?.currency() != value.currency() {
                return Err(wrong(keys.0, "its range is in another currency than itself"));
            }
        }
        let rate = fx.map(|fx| -> Read<Estimate<ExchangeRate>> {
            let rate = fx.value.parse().map_err(|e: EconError| wrong(keys.1, e))?;
            Ok(fx.estimate(rate, (self.source)(keys.1)))
        });
        let exchange_rate = rate.transpose()?;
        let price = tariff.estimate(value, (self.source)(keys.0));
        let tariff = Tariff { price, exchange_rate };
        tariff.usd().map_err(|e| wrong(keys.1, e))?;
        Ok(tariff)
    }

    /// Machines by one of three keys; `None` with none of them.
    pub(super) fn fleet(
        &self,
        prefix: &str,
        j_per_th: Option<&Sourced<f64>>,
        machine: Option<&String>,
        measured: Option<&String>,
    ) -> Read<Option<Fleet>> {
        let key = |name: &str| format!("{prefix}{name}");
        let exclusive = |a: bool, b: bool, name: &str, other: &str| match a && b {
            true => Err(wrong(&key(name), format!("stands beside {other}; give one of the two"))),
            false => Ok(()),
        };
        exclusive(j_per_th.is_some(), machine.is_some(), "j_per_th", "machine")?;
        exclusive(measured.is_some(), machine.is_some(), "measured", "machine")?;
        exclusive(measured.is_some(), j_per_th.is_some(), "measured", "j_per_th")?;
        if let Some(given) = j_per_th {
            let key = key("j_per_th");
            let value = self.value(&key, given, |value| {
                let value = JoulesPerHash::from_j_per_th(value);
                Efficiency::new(Estimate::assumed(value, "checked")).map(|_| value)
            })?;
            let efficiency = Efficiency::new(value).map_err(|e| wrong(&key, e))?;
            return Ok(Some(Fleet::of_efficiency(efficiency)));
        }
        if let Some(name) = machine {
            let fleet = || Fleet::of_machine(Catalogue::shipped()?.find(name)?.clone());
            return fleet().map(Some).map_err(|e: EconError| wrong(&key("machine"), e));
        }
        let Some(file) = measured else { return Ok(None) };
        let at = |reason: &dyn Display| wrong(&key("measured"), format!("{file}: {reason}"));
        let text = (self.files)(file).map_err(|reason| at(&reason))?;
        let result = MeasuredResult::from_json(&text, file).map_err(|e| at(&e))?;
        Ok(Some(Fleet::of_result(result)))
    }

    pub(super) fn hours(&self, prefix: &str, given: &HoursSection) -> Read<Hours> {
        let key = |name: &str| format!("{prefix}hours.{name}");
        let mut hours = match (&given.profile, given.available) {
            (Some(_), Some(_)) => {
                return Err(wrong(&key("profile"), "stands beside available; give one of the two"));
            }
            (Some(file), None) => {
                let at = |reason: &dyn Display| wrong(&key("profile"), format!("{file}: {reason}"));
                let text = (self.files)(file).map_err(|reason| at(&reason))?;
                Hours::from_csv(&text, file).map_err(|e| at(&e))?
            }
            (None, Some(parts)) => {
                Hours::by_month(parts).map_err(|e| wrong(&key("available"), e))?
            }
            (None, None) => Hours::default(),
        };
        hours.price_cutoff = given.price_cutoff.unwrap_or(false);
        if let Some(cap) = given.cap_hours_per_year {
            if !(0.0..=8760.0).contains(&cap) {
                let reason = format!("is {cap}; give hours of 0 to 8760");
                return Err(wrong(&key("cap_hours_per_year"), reason));
            }
            hours.cap_per_year = Some(Seconds::from_hours(cap));
        }
        Ok(hours)
    }
}

pub(super) fn heat(given: &HeatSection) -> Heat {
    let even = Heat::default();
    Heat { hashrate: given.hashrate.unwrap_or(even.hashrate), pue: given.pue.unwrap_or(even.pue) }
}
