//! Backtest against published production of companies: hashrate to bitcoin, month by month.

mod month;

pub use month::CompanyMonth;

use super::EconError;
use crate::network::Epochs;
use crate::units::{Btc, Hashrate, Seconds};
use jiff::Span;
use jiff::civil::{DateTime, Time};
use std::collections::BTreeMap;

/// A caveat that applies to every backtest.
pub const CAVEAT: &str = "Pools pay on hashrate, so this tests the formula, the fees and the \
    data, not uptime. `Energised` hashrate may exceed operating hashrate.";

/// A company's month and the model's result.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct BacktestRow {
    /// The published month.
    pub published: CompanyMonth,
    /// Bitcoin expected from its hashrate in the month, without pool fee.
    pub expected: Btc,
    /// Expected less produced bitcoin, relative to produced.
    pub relative_error: f64,
    /// Like `relative_error`, but from power and efficiency, if both are published.
    pub relative_error_from_power: Option<f64>,
}

/// Summary of the errors of the rows with one basis.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct ErrorSummary {
    /// Number of rows.
    pub n: usize,
    /// Median absolute error.
    pub median: f64,
    /// 90 % point of the absolute errors (linear between ranks, Hyndman and Fan's type 7).
    pub p90: f64,
    /// Mean error.
    pub bias: f64,
    /// 95 % confidence interval of the mean error, if there are enough rows.
    pub bias_ci95: Option<(f64, f64)>,
}

/// The backtest of published months.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Backtest {
    /// One row per month.
    pub rows: Vec<BacktestRow>,
    /// By basis.
    pub summary: BTreeMap<String, ErrorSummary>,
    /// Summary of power to bitcoin, for rows with power and efficiency.
    pub from_power: Option<ErrorSummary>,
}

/// Bitcoin earned by a hashrate over a period of past epochs, each at its own difficulty, subsidy and mean fees: x *
/// time / E(D) * reward, before any pool fee.
///
/// # Errors
/// [`EconError::Table`] if epochs or fees are not known for the whole period.
pub fn btc_over(
    epochs: &Epochs,
    hashrate: Hashrate,
    from: DateTime,
    to: DateTime,
) -> Result<Btc, EconError> {
    let part = |(epoch, time): (&crate::network::Epoch, Seconds)| {
        let reward = reward_within(epochs, epoch, from, to)?;
        Some(reward * (hashrate * time / epoch.difficulty().expected_hashes()))
    };
    let parts = epochs.over(from, to)?;
    let sum: Option<f64> = parts.into_iter().map(|p| part(p).map(Btc::as_btc)).sum();
    sum.map(Btc::from_btc).ok_or_else(|| EconError::Table {
        table: "epochs",
        reason: format!("fees are not known for the whole time from {from} to {to}"),
    })
}

/// Mean reward of the blocks of an epoch within a period. A halving inside the epoch is placed at its share of the
/// epoch's time.
fn reward_within(
    epochs: &Epochs,
    epoch: &crate::network::Epoch,
    from: DateTime,
    to: DateTime,
) -> Option<Btc> {
    use crate::pow::{RETARGET_INTERVAL, next_halving, subsidy};
    let fees = epoch.fees_per_block?;
    let first = epoch.first_height();
    let halving = next_halving(first).filter(|at| *at < first + RETARGET_INTERVAL);
    let Some(halving) = halving else { return Some(Btc::from(subsidy(first)) + fees) };
    let began = epoch.began()?;
    let ended =
        epochs.all().get(epoch.number as usize + 1).and_then(crate::network::Epoch::began)?;
    let length = ended.duration_since(began).as_secs_f64();
    let share = f64::from(halving - first) / f64::from(RETARGET_INTERVAL);
    let seconds = |at: DateTime| at.duration_since(began).as_secs_f64().clamp(0.0, length);
    let (low, high, split) = (seconds(from), seconds(to), length * share);
    let before = (high.min(split) - low.min(split)).max(0.0) / (high - low);
    let (old, new) = (Btc::from(subsidy(first)), Btc::from(subsidy(halving)));
    Some(old * before + new * (1.0 - before) + fees)
}

impl Backtest {
    /// Runs the backtest over published months.
    ///
    /// # Errors
    /// [`EconError::Table`] for no months or a month that the epochs do not cover, [`EconError::UserTable`] for
    /// implausible figures.
    pub fn new(months: Vec<CompanyMonth>, epochs: &Epochs) -> Result<Self, EconError> {
        if months.is_empty() {
            let reason = "has no months; give at least one row".to_owned();
            return Err(EconError::Table { table: "backtest", reason });
        }
        let mut rows = Vec::new();
        for published in months {
            let from = published.first.to_datetime(Time::midnight());
            let to = from.checked_add(Span::new().months(1)).map_err(|e| EconError::Table {
                table: "backtest",
                reason: format!("{} {}: {e}", published.company, published.month),
            })?;
            published.check_against_network(epochs, from, to).map_err(|error| match error {
                EconError::UserTable(_) => error,
                _ => EconError::Table {
                    table: "backtest",
                    reason: format!("{} {}: {error}", published.company, published.month),
                },
            })?;
            let expected_btc = |hashrate| btc_over(epochs, hashrate, from, to);
            let expected = expected_btc(published.hashrate).map_err(|error| EconError::Table {
                table: "backtest",
                reason: format!("{} {}: {error}", published.company, published.month),
            })?;
            let error = |expected: Btc| expected / published.produced - 1.0;
            let from_power = match published.power.zip(published.efficiency) {
                Some((power, efficiency)) => Some(error(expected_btc(power / efficiency)?)),
                None => None,
            };
            rows.push(BacktestRow {
                relative_error: error(expected),
                expected,
                relative_error_from_power: from_power,
                published,
            });
        }
        let mut by_basis: BTreeMap<String, Vec<f64>> = BTreeMap::new();
        for row in &rows {
            by_basis.entry(row.published.basis.clone()).or_default().push(row.relative_error);
        }
        let summary = by_basis
            .into_iter()
            .filter_map(|(basis, errors)| Some((basis, ErrorSummary::new(&errors)?)))
            .collect();
        let from_power: Vec<f64> =
            rows.iter().filter_map(|row| row.relative_error_from_power).collect();
        Ok(Self { summary, from_power: ErrorSummary::new(&from_power), rows })
    }
}

impl ErrorSummary {
    fn new(errors: &[f64]) -> Option<Self> {
        let n = errors.len();
        if n == 0 {
            return None;
        }
        let mut magnitudes: Vec<f64> = errors.iter().map(|error| error.abs()).collect();
        magnitudes.sort_by(f64::total_cmp);
        let median = f64::midpoint(magnitudes[(n - 1) / 2], magnitudes[n / 2]);
        let rank = 0.9 * (n as f64 - 1.0);
        let (low, high) = (magnitudes[rank.floor() as usize], magnitudes[rank.ceil() as usize]);
        let p90 = low + (high - low) * rank.fract();
        let bias = errors.iter().sum::<f64>() / n as f64;
        let squares: f64 = errors.iter().map(|error| (error - bias).powi(2)).sum();
        // Normal quantile with Fisher's correction for few rows; no interval below five rows.
        let half = 1.96 * (1.0 + 1.3 / n as f64) * (squares / (n as f64 - 1.0) / n as f64).sqrt();
        let bias_ci95 = (n >= 5).then_some((bias - half, bias + half));
        Some(Self { n, median, p90, bias, bias_ci95 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../../examples/scenarios/validation.csv");

    #[test]
    fn backtest_of_published_months_has_small_errors() {
        let months = CompanyMonth::from_csv("validation.csv", SHIPPED).unwrap();
        let backtest = Backtest::new(months, Epochs::shipped().unwrap()).unwrap();
        let operating = backtest.summary["avg_operating"];
        assert_eq!(operating.n, 24);
        // Limits for these rows; for unseen rows the goal is 0.4, 1.5 and 0.6 %.
        assert!(operating.median < 0.004 && operating.p90 < 0.015, "{operating:?}");
        assert!(operating.bias.abs() < 0.006, "{operating:?}");
    }

    #[test]
    fn btc_over_one_difficulty_matches_the_formula() {
        // 1 EH/s for ten days within epoch 477, with difficulty and fees from the table.
        let epochs = Epochs::shipped().unwrap();
        let epoch = &epochs.all()[477];
        let from = epoch.began().unwrap();
        let to = from.checked_add(Span::new().days(10)).unwrap();
        let found = btc_over(epochs, Hashrate::from_eh_s(1.0), from, to).unwrap();
        let expected_hashes = 127_479_855_693_691.0 * 2f64.powi(48) / 65_535.0;
        let by_hand = 1e18 * 864_000.0 / expected_hashes * (3.125 + 0.022767);
        assert!((found.as_btc() / by_hand - 1.0).abs() < 1e-9, "{found} for {by_hand}");
    }

    #[test]
    fn btc_over_an_epoch_with_halving_splits_the_subsidy() {
        // Epoch 416 contains the halving of April 2024: its first days pay 6.25, its last 3.125.
        let epochs = Epochs::shipped().unwrap();
        let epoch = &epochs.all()[416];
        let began = epoch.began().unwrap();
        let ended = epochs.all()[417].began().unwrap();
        let day = |from: DateTime| {
            let to = from.checked_add(Span::new().days(1)).unwrap();
            btc_over(epochs, Hashrate::from_eh_s(1.0), from, to).unwrap()
        };
        let last = ended.checked_sub(Span::new().days(1)).unwrap();
        let fees = epoch.fees_per_block.unwrap().as_btc();
        let ratio = day(began) / day(last);
        assert!((ratio - (6.25 + fees) / (3.125 + fees)).abs() < 1e-9, "{ratio}");
        let whole = btc_over(epochs, Hashrate::from_eh_s(1.0), began, ended).unwrap();
        let length = Seconds::from_seconds(ended.duration_since(began).as_secs_f64());
        let blocks = Hashrate::from_eh_s(1.0) * length / epoch.difficulty().expected_hashes();
        let mean = epoch.block_reward().unwrap() * blocks;
        assert!((whole / mean - 1.0).abs() < 1e-9, "{whole} for {mean}");
    }
}
