//! History of the network: every retarget epoch since genesis, and the months since 2020.

use crate::EconError;
use crate::pow::{CompactTarget, Difficulty, RETARGET_INTERVAL, Target, subsidy};
use crate::uncertainty::AsOf;
use crate::units::{Btc, Hashprice, Hashrate, JoulesPerHash, Seconds, UsdPerBtc};
use jiff::civil::{Date, DateTime, Time};
use serde::Deserialize;
use std::sync::OnceLock;

const EPOCHS: &str = include_str!("../data/epochs.csv");
const MONTHS: &str = include_str!("../data/network_monthly.csv");

/// A retarget epoch: 2016 blocks with one difficulty.
#[derive(Clone, Debug, PartialEq)]
pub struct Epoch {
    /// Its number from 0; its first block height is 2016 times that.
    pub number: u32,
    /// The target as encoded in its block headers.
    pub bits: CompactTarget,
    /// The first whole day (UTC) with this difficulty, if known.
    pub first_full_day: Option<Date>,
    /// Mean fees per block over its whole days.
    pub fees_per_block: Option<Btc>,
    /// Mean bitcoin price over its whole days.
    pub price: Option<UsdPerBtc>,
    /// Date of the row's data.
    pub as_of: AsOf,
    /// Source of the row.
    pub source: String,
    difficulty: Difficulty,
}

impl Epoch {
    /// The height of its first block.
    pub fn first_height(&self) -> u32 {
        self.number * RETARGET_INTERVAL
    }

    /// Its difficulty, from the bits.
    pub fn difficulty(&self) -> Difficulty {
        self.difficulty
    }

    /// Estimated start: noon (UTC) of the day before its first whole day.
    pub fn began(&self) -> Option<DateTime> {
        let day_before = self.first_full_day?.yesterday().ok()?;
        Some(day_before.to_datetime(Time::constant(12, 0, 0, 0)))
    }

    /// Mean subsidy of its blocks; a halving can be within the epoch.
    pub fn mean_subsidy(&self) -> Btc {
        let first = self.first_height();
        let all = (first..first + RETARGET_INTERVAL).map(|height| subsidy(height).as_sats());
        Btc::from_btc(all.sum::<u64>() as f64 / 1e8 / f64::from(RETARGET_INTERVAL))
    }

    /// Mean subsidy and fees per block.
    pub fn block_reward(&self) -> Option<Btc> {
        Some(self.mean_subsidy() + self.fees_per_block?)
    }

    /// Hashprice at its difficulty, fees and price.
    pub fn hashprice(&self) -> Option<Hashprice> {
        let reward = self.block_reward()?;
        Some(self.price? * reward / self.difficulty.expected_hashes())
    }
}

/// All epochs in order from genesis, without gaps.
#[derive(Clone, Debug, PartialEq)]
pub struct Epochs(Vec<Epoch>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EpochRow {
    epoch: u32,
    first_height: u32,
    bits: String,
    difficulty: f64,
    first_full_date: Option<String>,
    #[serde(rename = "days_averaged")]
    _days_averaged: Option<u32>,
    mean_fee_btc_per_block: Option<f64>,
    mean_price_usd: Option<f64>,
    as_of: String,
    source: String,
}

impl Epochs {
    /// The shipped epochs, up to September 2026.
    ///
    /// # Errors
    /// None in practice: a test reads every row.
    pub fn shipped() -> Result<&'static Self, EconError> {
        static READ: OnceLock<Result<Epochs, EconError>> = OnceLock::new();
        READ.get_or_init(|| Self::from_csv(EPOCHS)).as_ref().map_err(Clone::clone)
    }

    /// Reads a table with the columns of the shipped one.
    ///
    /// # Errors
    /// [`EconError::Table`] with the row that cannot be read, is out of order, has no source or date, or whose
    /// difficulty does not match its bits.
    pub fn from_csv(text: &str) -> Result<Self, EconError> {
        let wrong = |reason: String| EconError::Table { table: "epochs", reason };
        let mut epochs: Vec<Epoch> = Vec::new();
        for row in csv::Reader::from_reader(text.as_bytes()).into_deserialize() {
            let row: EpochRow = row.map_err(|e| wrong(e.to_string()))?;
            let at = |reason: String| wrong(format!("epoch {}: {reason}", row.epoch));
            if row.epoch as usize != epochs.len() {
                return Err(at("out of order; give every epoch from 0 on".to_owned()));
            }
            if row.first_height != row.epoch * RETARGET_INTERVAL {
                return Err(at(format!("begins at {}", row.first_height)));
            }
            if row.source.is_empty() {
                return Err(at("has no source".to_owned()));
            }
            let bits: CompactTarget = row.bits.parse().map_err(|e| at(format!("{e}")))?;
            let difficulty =
                Target::from_compact(bits).map_err(|e| at(e.to_string()))?.difficulty();
            if (difficulty.value() / row.difficulty - 1.0).abs() > 1e-9 {
                let (of_bits, given) = (difficulty.value(), row.difficulty);
                return Err(at(format!("the bits give difficulty {of_bits}, not {given}")));
            }
            epochs.push(Epoch {
                number: row.epoch,
                bits,
                first_full_day: match &row.first_full_date {
                    Some(day) => Some(day.parse().map_err(|e| at(format!("{e}")))?),
                    None => None,
                },
                fees_per_block: row.mean_fee_btc_per_block.map(Btc::from_btc),
                price: row.mean_price_usd.map(UsdPerBtc::from_usd_per_btc),
                as_of: row.as_of.parse().map_err(|e| at(format!("{e}")))?,
                source: row.source.clone(),
                difficulty,
            });
        }
        Ok(Self(epochs))
    }

    /// All epochs.
    pub fn all(&self) -> &[Epoch] {
        &self.0
    }

    /// The epochs with known fees and price: all from June 2020 on.
    pub fn priced(&self) -> &[Epoch] {
        let known = |epoch: &&Epoch| epoch.price.is_some() && epoch.fees_per_block.is_some();
        let count = self.0.iter().filter(known).count();
        let first = self.0.iter().position(|epoch| epoch.price.is_some()).unwrap_or(0);
        &self.0[first..first + count]
    }

    /// The epochs that overlap a period, each with the length of its overlap. The last epoch is assumed to last two
    /// weeks.
    ///
    /// # Errors
    /// [`EconError::Table`] if the table does not cover the period.
    pub fn over(&self, from: DateTime, to: DateTime) -> Result<Vec<(&Epoch, Seconds)>, EconError> {
        let missing = || EconError::Table {
            table: "epochs",
            reason: format!("does not cover the time from {from} to {to}"),
        };
        let mut parts = Vec::new();
        let mut covered = 0.0;
        for (i, epoch) in self.0.iter().enumerate() {
            let Some(began) = epoch.began() else { continue };
            let next = self.0.get(i + 1).and_then(Epoch::began);
            let ended = match next {
                Some(next) => next,
                None => began.checked_add(jiff::Span::new().days(14)).map_err(|_| missing())?,
            };
            let (first, last) = (began.max(from), ended.min(to));
            if last > first {
                let seconds = last.duration_since(first).as_secs_f64();
                covered += seconds;
                parts.push((epoch, Seconds::from_seconds(seconds)));
            }
        }
        let wanted = to.duration_since(from).as_secs_f64();
        if wanted > 0.0 && (covered - wanted).abs() < 1.0 { Ok(parts) } else { Err(missing()) }
    }
}

/// A month of the network.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct NetworkMonth {
    /// The month.
    pub month: AsOf,
    /// Days covered by the means; fewer than the month's days where the series ends.
    pub days: u32,
    /// Blocks on these days.
    pub blocks: u32,
    /// Hashrate from the number of blocks found.
    pub hashrate: Hashrate,
    /// Hashrate from difficulty at a block every 600 s.
    pub hashrate_at_target: Hashrate,
    /// Mean fees per block.
    pub fees_per_block: Btc,
    /// Mean price.
    pub price: UsdPerBtc,
    /// Mean hashprice.
    pub hashprice: Hashprice,
    /// The fleet's efficiency from a model, if given; uncertain from 2025 on.
    pub fleet: Option<JoulesPerHash>,
    /// Date of the row's data.
    pub as_of: AsOf,
    /// Source of the row.
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MonthRow {
    month: String,
    days: u32,
    blocks: u32,
    #[serde(rename = "mean_difficulty")]
    _mean_difficulty: f64,
    #[serde(rename = "mean_network_EH_from_blocks")]
    from_blocks: f64,
    #[serde(rename = "mean_EH_at_target")]
    at_target: f64,
    #[serde(rename = "subsidy_btc")]
    _subsidy_btc: f64,
    fees_btc: f64,
    #[serde(rename = "fee_share_pct")]
    _fee_share_pct: f64,
    mean_price_usd: f64,
    #[serde(rename = "mean_hashprice_usd_PH_day")]
    hashprice: f64,
    #[serde(rename = "cm_fleet_J_per_TH")]
    fleet: Option<f64>,
    as_of: String,
    source: String,
}

impl NetworkMonth {
    /// The shipped months, June 2020 to August 2026.
    ///
    /// # Errors
    /// None in practice: a test reads every row.
    pub fn shipped() -> Result<Vec<Self>, EconError> {
        let wrong = |reason: String| EconError::Table { table: "network_monthly", reason };
        let mut months = Vec::new();
        for row in csv::Reader::from_reader(MONTHS.as_bytes()).into_deserialize() {
            let row: MonthRow = row.map_err(|e| wrong(e.to_string()))?;
            let at = |reason: String| wrong(format!("{}: {reason}", row.month));
            if row.source.is_empty() {
                return Err(at("has no source".to_owned()));
            }
            months.push(Self {
                month: row.month.parse().map_err(|e| at(format!("{e}")))?,
                days: row.days,
                blocks: row.blocks,
                hashrate: Hashrate::from_eh_s(row.from_blocks),
                hashrate_at_target: Hashrate::from_eh_s(row.at_target),
                fees_per_block: Btc::from_btc(row.fees_btc / f64::from(row.blocks)),
                price: UsdPerBtc::from_usd_per_btc(row.mean_price_usd),
                hashprice: Hashprice::from_usd_per_ph_day(row.hashprice),
                fleet: row.fleet.map(JoulesPerHash::from_j_per_th),
                as_of: row.as_of.parse().map_err(|e| at(format!("{e}")))?,
                source: row.source.clone(),
            });
        }
        Ok(months)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sd(values: &[f64]) -> (f64, f64) {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
        (mean, (squares / (n - 1.0)).sqrt())
    }

    /// Log changes of difficulty in percent.
    fn changes() -> Vec<f64> {
        let all = Epochs::shipped().unwrap().all();
        let log = |epoch: &Epoch| epoch.difficulty().value().ln();
        all.windows(2).map(|pair| 100.0 * (log(&pair[1]) - log(&pair[0]))).collect()
    }

    #[test]
    fn difficulty_changes_match_published_statistics() {
        let changes = changes();
        let last = |n: usize| sd(&changes[changes.len() - n..]);
        let (mean, deviation) = last(52);
        assert!(
            (mean - 0.61).abs() < 0.01 && (deviation - 4.67).abs() < 0.01,
            "{mean} {deviation}"
        );
        let (mean, deviation) = last(173);
        assert!(
            (mean - 1.22).abs() < 0.01 && (deviation - 6.11).abs() < 0.01,
            "{mean} {deviation}"
        );
        // The extremes of those years, as changes and not as logs.
        let percent = |log: f64| ((log / 100.0).exp() - 1.0) * 100.0;
        let recent = &changes[changes.len() - 173..];
        let lowest = percent(recent.iter().copied().fold(f64::INFINITY, f64::min));
        let highest = percent(recent.iter().copied().fold(f64::NEG_INFINITY, f64::max));
        assert!((lowest + 27.9).abs() < 0.1 && (highest - 21.5).abs() < 0.1, "{lowest} {highest}");
    }

    #[test]
    fn retarget_ratios_are_within_the_clamp() {
        for pair in Epochs::shipped().unwrap().all().windows(2) {
            let ratio = pair[1].difficulty().value() / pair[0].difficulty().value();
            // The compact form keeps at least 15 bits.
            assert!((0.25 * 0.9999..=4.0 * 1.0001).contains(&ratio), "{}", pair[1].number);
        }
    }

    #[test]
    fn priced_epochs_have_no_gap() {
        let epochs = Epochs::shipped().unwrap();
        let priced = epochs.priced();
        assert_eq!((priced[0].number, priced.len()), (313, 165));
        assert!(priced.windows(2).all(|pair| pair[0].first_full_day < pair[1].first_full_day));
        assert!(priced.iter().all(|epoch| epoch.hashprice().is_some()));
        // Halving 4, at height 840,000, is in the middle of epoch 416.
        let halving = &epochs.all()[416];
        let before = 840_000.0 - f64::from(halving.first_height());
        let mean = (before * 6.25 + (2016.0 - before) * 3.125) / 2016.0;
        assert!((halving.mean_subsidy().as_btc() - mean).abs() < 1e-9);
    }

    #[test]
    fn shipped_epochs_and_months_have_source_and_date() {
        for epoch in Epochs::shipped().unwrap().all() {
            assert!(!epoch.source.is_empty(), "{}", epoch.number);
        }
        let months = NetworkMonth::shipped().unwrap();
        assert_eq!(months.len(), 75);
        assert!(months.iter().all(|month| !month.source.is_empty()));
        for bad in ["", "2026-13-01"] {
            let text = EPOCHS.replacen("2026-09-11", bad, 1);
            assert!(Epochs::from_csv(&text).is_err(), "as_of `{bad}`");
        }
        let (head, rest) = EPOCHS.split_once("block headers").unwrap();
        let (_, tail) = rest.split_once('\n').unwrap();
        assert!(Epochs::from_csv(&format!("{head}\n{tail}")).is_err());
    }

    #[test]
    fn monthly_hashprice_agrees_with_epochs() {
        let months = NetworkMonth::shipped().unwrap();
        let epochs = Epochs::shipped().unwrap();
        for month in months.iter().filter(|month| month.days > 27).skip(1) {
            let AsOf::Month { year, month: number } = month.month else { panic!("{month:?}") };
            let from = jiff::civil::date(year, number, 1).to_datetime(Time::midnight());
            let to = from.checked_add(jiff::Span::new().months(1)).unwrap();
            let Ok(parts) = epochs.over(from, to) else { continue };
            let known: Option<f64> = parts
                .iter()
                .map(|(epoch, time)| Some(epoch.hashprice()?.as_usd_per_ph_day() * time.as_days()))
                .sum();
            let Some(known) = known else { continue };
            let days: f64 = parts.iter().map(|(_, time)| time.as_days()).sum();
            let ratio = known / days / month.hashprice.as_usd_per_ph_day();
            // Means of products differ from products of means, and halvings fall within months.
            assert!((ratio - 1.0).abs() < 0.08, "{}: {ratio}", month.month);
        }
    }
}
