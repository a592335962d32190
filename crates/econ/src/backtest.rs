//! The model against what companies really produced: hashrate to bitcoin, month by month.

mod month;

pub use month::CompanyMonth;

use super::EconError;
use crate::network::Epochs;
use crate::units::{Btc, Hashrate, Seconds};
use jiff::Span;
use jiff::civil::{DateTime, Time};
use std::collections::BTreeMap;

/// What every result of a backtest must be read with.
pub const CAVEAT: &str = "pools pay on hashrate, so that this tests the formula, the fees and the \
    data, and says nothing of uptime; hashrate that is `energised` is not hashrate that ran";

/// A company's month and what the model makes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct BacktestRow {
    /// What was published.
    pub published: CompanyMonth,
    /// Bitcoin that its hashrate earns in the month, all paid out.
    pub expected: Btc,
    /// Expected less produced, over produced.
    pub relative_error: f64,
    /// The same from its power and efficiency, where both are published: megawatts to bitcoin.
    pub relative_error_from_power: Option<f64>,
}

/// The errors of the rows of one basis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ErrorSummary {
    /// Rows.
    pub n: usize,
    /// Median of the errors' magnitudes.
    pub median: f64,
    /// Nine tenths of the magnitudes are no greater (linear between ranks, Hyndman and Fan's 7).
    pub p90: f64,
    /// Mean error.
    pub bias: f64,
    /// The 95 % interval of the mean error, where there are enough rows.
    pub bias_ci95: Option<(f64, f64)>,
}

/// The model against published months.
#[derive(Clone, Debug, PartialEq)]
pub struct Backtest {
    /// One row a month.
    pub rows: Vec<BacktestRow>,
    /// By basis.
    pub summary: BTreeMap<String, ErrorSummary>,
    /// Power to bitcoin, of the rows that can.
    pub from_power: Option<ErrorSummary>,
}

/// What a hashrate earns over a span of real epochs, each at its own difficulty, subsidy and mean
/// fees: x * time / E(D) * reward, before any pool's fee.
///
/// # Errors
/// Where the epochs or their fees are not known for all of it.
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
        reason: format!("fees are not known for all the time from {from} to {to}"),
    })
}

/// Mean reward of the blocks of an epoch that lie in a span: a halving inside the epoch falls at
/// its share of the epoch's time.
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
    /// The model over published months.
    ///
    /// # Errors
    /// Where a month is not covered by the epochs, or there is none.
    pub fn of(months: Vec<CompanyMonth>, epochs: &Epochs) -> Result<Self, EconError> {
        if months.is_empty() {
            let reason = "no month; give at least one row".to_owned();
            return Err(EconError::Table { table: "backtest", reason });
        }
        let mut rows = Vec::new();
        for published in months {
            let from = published.first.to_datetime(Time::midnight());
            let to = from.checked_add(Span::new().months(1)).map_err(|e| EconError::Table {
                table: "backtest",
                reason: format!("{} {}: {e}", published.company, published.month),
            })?;
            published.unless_above_network(epochs, from, to).map_err(|error| match error {
                EconError::UserTable(_) => error,
                _ => EconError::Table {
                    table: "backtest",
                    reason: format!("{} {}: {error}", published.company, published.month),
                },
            })?;
            let of = |hashrate| btc_over(epochs, hashrate, from, to);
            let expected = of(published.hashrate).map_err(|error| EconError::Table {
                table: "backtest",
                reason: format!("{} {}: {error}", published.company, published.month),
            })?;
            let error = |expected: Btc| expected / published.produced - 1.0;
            let from_power = match published.power.zip(published.efficiency) {
                Some((power, efficiency)) => Some(error(of(power / efficiency)?)),
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
            .filter_map(|(basis, errors)| Some((basis, ErrorSummary::of(&errors)?)))
            .collect();
        let from_power: Vec<f64> =
            rows.iter().filter_map(|row| row.relative_error_from_power).collect();
        Ok(Self { summary, from_power: ErrorSummary::of(&from_power), rows })
    }
}

impl ErrorSummary {
    fn of(errors: &[f64]) -> Option<Self> {
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
        // The normal quantile with Fisher's correction for few rows; none below five.
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
    fn published_months_come_out_within_half_a_percent() {
        let months = CompanyMonth::from_csv("validation.csv", SHIPPED).unwrap();
        let backtest = Backtest::of(months, Epochs::shipped().unwrap()).unwrap();
        let operating = backtest.summary["avg_operating"];
        assert_eq!(operating.n, 24);
        // Of these rows; rows that nobody here has seen are asked for 0.4, 1.5 and 0.6 %.
        assert!(operating.median < 0.004 && operating.p90 < 0.015, "{operating:?}");
        assert!(operating.bias.abs() < 0.006, "{operating:?}");
    }

    #[test]
    fn a_month_of_one_difficulty_is_the_formula() {
        // 1 EH/s for ten days within epoch 477, whose difficulty and fees the table has.
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
    fn a_halving_splits_the_month() {
        // Epoch 416 holds the halving of April 2024: its first days pay 6.25, its last 3.125.
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
