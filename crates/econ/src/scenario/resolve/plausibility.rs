//! Plausibility checks of values against the table of plausible ranges and the known epochs.

use super::{DatedSeries, Resolver};
use crate::network::Epochs;
use crate::params::Spread;
use crate::scenario::document::Entry;
use crate::scenario::error::{Problem, Read};
use crate::scenario::warning::{Line, Warning};
use crate::units::{Btc, JoulesPerHash, UsdPerBtc};
use hashwatt_quantities::plausible::{
    ASIC_EFFICIENCY, BITCOIN_PRICE, BLOCK_FEES, MAINNET_HASHRATE_RATIO, PlausibleRange,
};
use jiff::civil::Date;
use std::fmt::Display;

/// Before this day, bitcoin prices below the usual range are not unusual.
const PRICES_SINCE: Date = jiff::civil::date(2017, 5, 1);
/// Largest growth factor per year of the network since the last known epoch.
const GROWTH: f64 = 3.0;

impl Resolver<'_> {
    /// Refuses an implausible value or range and warns about an unusual one.
    pub(super) fn check_plausible<Q: Copy + PartialOrd + Display>(
        &mut self,
        entry: &Entry,
        range: &PlausibleRange<Q>,
        of: impl Fn(f64) -> Q,
        value: f64,
        spread: &Spread,
    ) -> Read<()> {
        let wrong = |reason| entry.mistake(Problem::Implausible(Box::new(reason)));
        let (low, high) = spread.range(value).unwrap_or((value, value));
        for end in [low, high] {
            range.check(of(end)).map_err(wrong)?;
        }
        if let Some(reason) = range.check(of(value)).map_err(wrong)? {
            let (line, key) = (Line(entry.origin.line()), entry.key.clone());
            self.warn(Warning::UnusualValue { line, key, reason: reason.to_string() });
        }
        Ok(())
    }

    /// Checks the energy per hash of a mining machine.
    pub(super) fn check_efficiency(
        &mut self,
        entry: &Entry,
        value: f64,
        spread: &Spread,
    ) -> Read<()> {
        self.check_plausible(entry, &ASIC_EFFICIENCY, JoulesPerHash::from_j_per_th, value, spread).map_err(
            |mut error| {
                if let Problem::Implausible(reason) = &error.problem {
                    error.problem = Problem::Other(format!(
                        "{reason}; for a CPU or GPU, give the result file of its benchmark as `measured`"
                    ));
                }
                error
            },
        )
    }

    /// Checks the price of a bitcoin on that day.
    pub(super) fn check_price(
        &mut self,
        entry: &Entry,
        day: Date,
        value: f64,
        spread: &Spread,
    ) -> Read<()> {
        let range = match day < PRICES_SINCE {
            true => PlausibleRange { usual: BITCOIN_PRICE.possible, ..BITCOIN_PRICE },
            false => BITCOIN_PRICE,
        };
        self.check_plausible(entry, &range, UsdPerBtc::from_usd_per_btc, value, spread)
    }

    /// Checks the mean fees per block, BTC.
    pub(super) fn check_fees(
        &mut self,
        entry: &Entry,
        _day: Date,
        btc: f64,
        spread: &Spread,
    ) -> Read<()> {
        self.check_plausible(entry, &BLOCK_FEES, Btc::from_btc, btc, spread)
    }

    /// Checks the network hashrate on that day, EH/s, against the known epochs, if any.
    pub(super) fn check_hashrate(
        &mut self,
        entry: &Entry,
        day: Date,
        eh_s: f64,
        spread: &Spread,
    ) -> Read<()> {
        let Some((known, years)) = known_hashrate(day) else { return Ok(()) };
        let grown = GROWTH.powf(years);
        let widened =
            |[least, most]: [f64; 2]| [rounded(least * known), rounded(most * known * grown)];
        let range = PlausibleRange {
            possible: widened(MAINNET_HASHRATE_RATIO.possible),
            usual: widened(MAINNET_HASHRATE_RATIO.usual),
            ..MAINNET_HASHRATE_RATIO
        };
        self.check_plausible(entry, &range, |eh_s| eh_s, eh_s, spread)
    }

    /// Checks every value of a path and warns only about the first unusual one.
    pub(super) fn check_path(
        &mut self,
        key: &str,
        path: Option<&DatedSeries>,
        check: impl Fn(&mut Self, &Entry, Date, f64, &Spread) -> Read<()>,
    ) -> Read<()> {
        let Some((entry, path)) = self.document.get(key).zip(path) else { return Ok(()) };
        let before = self.warnings.len();
        for (day, value) in &path.rows {
            check(self, entry, *day, *value, &Spread::Fixed).map_err(|error| {
                let (file, reason) = (path.file.clone(), format!("{day}: {}", error.problem));
                entry.mistake(Problem::File { file, reason })
            })?;
        }
        self.warnings.truncate(before + 1);
        Ok(())
    }
}

/// Rounds a bound to two significant digits.
fn rounded(bound: f64) -> f64 {
    format!("{bound:.1e}").parse().unwrap_or(bound)
}

/// The hashrate in EH/s that corresponds to the difficulty of the day's epoch, and the years from the last
/// known epoch to the day.
fn known_hashrate(day: Date) -> Option<(f64, f64)> {
    let epochs = Epochs::shipped().ok()?.all();
    let begun =
        |epoch: &&crate::network::Epoch| epoch.first_full_day.is_some_and(|first| first <= day);
    let epoch = epochs.iter().rev().find(begun)?;
    let days = epoch.first_full_day?.until(day).map_or(0, |span| span.get_days());
    // An epoch lasts two weeks.
    let years = f64::from((days - 14).max(0)) / 365.0;
    Some((epoch.difficulty().steady_hashrate().as_eh_s(), years))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn known_hashrate_is_that_of_epoch_with_years_since_last() {
        let (known, years) = known_hashrate(date(2024, 4, 20)).unwrap();
        assert!((550.0..700.0).contains(&known) && years == 0.0, "{known} {years}");
        let (last, years) = known_hashrate(date(2030, 9, 11)).unwrap();
        assert!((800.0..1100.0).contains(&last) && (3.5..4.1).contains(&years), "{last} {years}");
        // The dates of the first epochs are not known.
        assert_eq!(known_hashrate(date(2009, 1, 3)), None);
    }
}
