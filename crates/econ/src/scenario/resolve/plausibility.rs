//! Values that are held against what they can be: the table of plausible ranges, and the epochs known.

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

/// Prices of a bitcoin below the usual ones are of before then.
const PRICES_SINCE: Date = jiff::civil::date(2017, 5, 1);
/// The network may have grown by so much a year since the last epoch that is known.
const GROWTH: f64 = 3.0;

impl Resolver<'_> {
    /// Refuses a value, or an end of its range, that cannot be, and warns of an unusual one.
    pub(super) fn hold<Q: Copy + PartialOrd + Display>(
        &mut self,
        entry: &Entry,
        range: &PlausibleRange<Q>,
        of: impl Fn(f64) -> Q,
        value: f64,
        spread: &Spread,
    ) -> Read<()> {
        let wrong = |reason| entry.wrong(Problem::Implausible(Box::new(reason)));
        let (low, high) = spread.range(value).unwrap_or((value, value));
        for end in [low, high] {
            range.check(of(end)).map_err(wrong)?;
        }
        if let Some(doubt) = range.check(of(value)).map_err(wrong)? {
            let (line, key) = (Line(entry.origin.line()), entry.key.clone());
            self.warn(Warning::UnusualValue { line, key, doubt: doubt.to_string() });
        }
        Ok(())
    }

    /// A mining machine's joules a hash.
    pub(super) fn hold_efficiency(
        &mut self,
        entry: &Entry,
        value: f64,
        spread: &Spread,
    ) -> Read<()> {
        self.hold(entry, &ASIC_EFFICIENCY, JoulesPerHash::from_j_per_th, value, spread).map_err(
            |mut error| {
                if let Problem::Implausible(reason) = &error.problem {
                    error.problem = Problem::Other(format!(
                        "{reason}; of a processor or a GPU give its bench's result as `measured`"
                    ));
                }
                error
            },
        )
    }

    /// The price of a bitcoin on that day.
    pub(super) fn hold_price(
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
        self.hold(entry, &range, UsdPerBtc::from_usd_per_btc, value, spread)
    }

    /// Mean fees of a block, BTC, on any day.
    pub(super) fn hold_fees(
        &mut self,
        entry: &Entry,
        _day: Date,
        btc: f64,
        spread: &Spread,
    ) -> Read<()> {
        self.hold(entry, &BLOCK_FEES, Btc::from_btc, btc, spread)
    }

    /// The network's hashrate on that day, EH/s, against the epochs known; nothing where none is.
    pub(super) fn hold_hashrate(
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
        self.hold(entry, &range, |eh_s| eh_s, eh_s, spread)
    }

    /// Every value of a path; of unusual ones the first is told.
    pub(super) fn hold_path(
        &mut self,
        key: &str,
        path: Option<&DatedSeries>,
        hold: impl Fn(&mut Self, &Entry, Date, f64, &Spread) -> Read<()>,
    ) -> Read<()> {
        let Some((entry, path)) = self.document.get(key).zip(path) else { return Ok(()) };
        let told = self.warnings.len();
        for (day, value) in &path.rows {
            hold(self, entry, *day, *value, &Spread::Fixed).map_err(|error| {
                let (file, reason) = (path.file.clone(), format!("{day}: {}", error.problem));
                entry.wrong(Problem::File { file, reason })
            })?;
        }
        self.warnings.truncate(told + 1);
        Ok(())
    }
}

/// To two significant digits: a bound is no measurement.
fn rounded(bound: f64) -> f64 {
    format!("{bound:.1e}").parse().unwrap_or(bound)
}

/// The hashrate in EH/s at which the difficulty of the day's epoch is steady, and the years between
/// the last known epoch and the day.
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
    fn a_days_hashrate_is_that_of_its_epoch_and_later_ones_are_years_away() {
        let (known, years) = known_hashrate(date(2024, 4, 20)).unwrap();
        assert!((550.0..700.0).contains(&known) && years == 0.0, "{known} {years}");
        let (last, years) = known_hashrate(date(2030, 9, 11)).unwrap();
        assert!((800.0..1100.0).contains(&last) && (3.5..4.1).contains(&years), "{last} {years}");
        // Nothing is known of the days of the first epochs.
        assert_eq!(known_hashrate(date(2009, 1, 3)), None);
    }
}
