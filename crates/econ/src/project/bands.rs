//! What many paths say together: bands by epoch, and of the whole.

use super::Project;
use super::finance::PathTotals;
use super::plan::YEAR_S;
use super::simulate::{Chunk, Settings};
use crate::units::{Btc, Fraction, Hashprice, Hashrate, Joules, Quantity, Seconds, Usd, UsdPerBtc};
use crate::{EconError, Input};
use jiff::civil::{Date, DateTime, Time};

/// Points of a distribution over paths (linear between ranks, Hyndman and Fan's 7), and its mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band<Q> {
    /// 5 % of the paths are below.
    pub p5: Q,
    /// A quarter is below.
    pub p25: Q,
    /// Half are below.
    pub p50: Q,
    /// Three quarters are below.
    pub p75: Q,
    /// 95 % are below.
    pub p95: Q,
    /// The mean of all.
    pub mean: Q,
}

impl<Q: Copy> Band<Q> {
    /// The quantiles with their parts of all paths.
    pub fn quantiles(&self) -> [(f64, Q); 5] {
        [(0.05, self.p5), (0.25, self.p25), (0.50, self.p50), (0.75, self.p75), (0.95, self.p95)]
    }

    /// Each point by itself.
    pub fn map<R>(&self, of: impl Fn(Q) -> R) -> Band<R> {
        Band {
            p5: of(self.p5),
            p25: of(self.p25),
            p50: of(self.p50),
            p75: of(self.p75),
            p95: of(self.p95),
            mean: of(self.mean),
        }
    }
}

impl Band<f64> {
    /// Of values in any order, of which there has to be one.
    pub(crate) fn of(values: &mut [f64]) -> Self {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let mut points = [0.0; 5];
        // Each selection leaves the smaller below and the greater above, where the next ones look.
        let last = (values.len() - 1) as f64;
        let mut from = 0;
        for (point, part) in points.iter_mut().zip([0.05, 0.25, 0.5, 0.75, 0.95]) {
            let rank = last * part;
            *point = ranked(&mut values[from..], rank - from as f64);
            from = rank as usize;
        }
        let [p5, p25, p50, p75, p95] = points;
        Self { p5, p25, p50, p75, p95, mean }
    }

    fn in_units<Q: Quantity>(&self, scale: f64) -> Band<Q> {
        self.map(|value| Q::from_base(value * scale))
    }
}

fn quantile(values: &mut [f64], part: f64) -> f64 {
    let rank = (values.len() - 1) as f64 * part;
    ranked(values, rank)
}

/// The value at a rank, which may lie between two.
fn ranked(values: &mut [f64], rank: f64) -> f64 {
    let (_, low, above) = values.select_nth_unstable_by(rank as usize, f64::total_cmp);
    let low = *low;
    if rank.fract() == 0.0 {
        return low;
    }
    let high = above.iter().copied().fold(f64::INFINITY, f64::min);
    // Infinite values, such as a payback that never comes, are not mixed with finite ones.
    if low == high { low } else { low + (high - low) * rank.fract() }
}

/// The figures that are kept of each epoch of each path.
pub(super) mod columns {
    use super::Step;

    pub(in super::super) const COUNT: usize = 14;

    /// In units that 32 bits hold.
    pub(in super::super) fn of(step: &Step, cumulative: f64) -> [f32; COUNT] {
        [
            step.at,
            step.price,
            step.difficulty,
            step.network / 1e18,
            step.own / 1e18,
            super::quoted(step.hashprice),
            step.btc,
            step.revenue,
            step.joules,
            step.energy_cost,
            step.operating(),
            cumulative,
            step.displaced,
            step.apart / 1e18,
        ]
        .map(|value| value as f32)
    }
}

use super::path::{Step, quoted};

/// One epoch over all paths.
#[derive(Clone, Debug, PartialEq)]
pub struct EpochRow {
    /// Its number since genesis.
    pub epoch: u32,
    /// The first block of it that counts.
    pub first_height: u32,
    /// When it begins, from the project's start.
    pub begins: Band<Seconds>,
    /// Price of a bitcoin.
    pub price: Band<UsdPerBtc>,
    /// Difficulty, a pure number.
    pub difficulty: Band<f64>,
    /// Everybody's hashrate, the project's included.
    pub network: Band<Hashrate>,
    /// Everybody's hashrate under the same surprises, had the project never come.
    pub network_without: Band<Hashrate>,
    /// The project's mean hashrate.
    pub own: Band<Hashrate>,
    /// What a hash earns, before the pool's fee.
    pub hashprice: Band<Hashprice>,
    /// What the project earns in it.
    pub btc: Band<Btc>,
    /// The worth of that.
    pub revenue: Band<Usd>,
    /// Energy at the sites' meters.
    pub energy: Band<Joules>,
    /// What that costs, where tariffs are given.
    pub energy_cost: Option<Band<Usd>>,
    /// Income less all cash costs but capital, where tariffs are given.
    pub operating: Option<Band<Usd>>,
    /// All cash since the start, capital included, where every price is given.
    pub cumulative: Option<Band<Usd>>,
    /// The part of the own hashrate that has pushed others out, a pure number.
    pub displacement: Band<f64>,
}

/// The whole time over all paths.
#[derive(Clone, Debug, PartialEq)]
pub struct Totals {
    /// Bitcoin earned.
    pub btc: Band<Btc>,
    /// Energy at the sites' meters.
    pub energy: Band<Joules>,
    /// The worth of the bitcoin, each at its epoch's price.
    pub revenue: Band<Usd>,
    /// Cost of energy.
    pub energy_cost: Option<Band<Usd>>,
    /// Present value of income less cash costs, capital left out.
    pub operating_value: Option<Band<Usd>>,
    /// Net present value; machines are worth at the end what their age leaves of their price.
    pub npv: Option<Band<Usd>>,
    /// The part of the paths on which it is positive.
    pub npv_positive: Option<Fraction>,
    /// Internal rate of return a year, over the paths that have one; a pure number.
    pub irr: Option<Band<f64>>,
    /// The part of the paths that have one.
    pub irr_exists: Option<Fraction>,
    /// Time until all cash so far is no longer negative: 5 %, half and 95 % of the paths are faster;
    /// `None` is never.
    pub payback: Option<[Option<Seconds>; 3]>,
    /// The part of the paths that pay back.
    pub pays_back: Option<Fraction>,
    /// All cash costs and capital for a bitcoin.
    pub cost_per_btc: Option<Band<UsdPerBtc>>,
    /// The same without capital.
    pub cash_cost_per_btc: Option<Band<UsdPerBtc>>,
}

/// A project over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// The day it begins.
    pub start: Date,
    /// How long it is followed.
    pub length: Seconds,
    /// Paths that were asked for, and their seed.
    pub settings: Settings,
    /// Paths that were followed.
    pub paths: usize,
    /// Every epoch that all of them begin.
    pub epochs: Vec<EpochRow>,
    /// The whole.
    pub totals: Totals,
    /// Why there is no profit, where there is none.
    pub profit_missing: Option<String>,
    /// Why there is no net present value, where there is none.
    pub npv_missing: Option<String>,
    /// Every input with its origin.
    pub inputs: Vec<Input>,
    /// What a reader must know.
    pub warnings: Vec<String>,
}

impl Projection {
    /// Whether every path that was asked for was followed.
    pub fn is_complete(&self) -> bool {
        self.paths == self.settings.paths
    }

    /// A time from the start as a date (UTC); the last one there is, where it lies beyond.
    pub fn date(&self, at: Seconds) -> DateTime {
        let start = self.start.to_datetime(Time::midnight());
        let seconds = jiff::SignedDuration::try_from_secs_f64(at.as_seconds().round());
        seconds.ok().and_then(|s| start.checked_add(s).ok()).unwrap_or(DateTime::MAX)
    }

    pub(super) fn of(
        project: &Project,
        settings: &Settings,
        chunks: &[Chunk],
    ) -> Result<Self, EconError> {
        let paths: Vec<_> = chunks.iter().flat_map(|chunk| &chunk.paths).collect();
        let Some(epochs) = paths.iter().map(|(epochs, _)| *epochs).min() else {
            return Err(EconError::OutOfRange {
                field: "paths",
                given: "interrupted before the first was done".to_owned(),
                remedy: "more time",
            });
        };
        let (profit_missing, npv_missing) = (project.profit_missing(), project.npv_missing());
        let rows = Rows { chunks, project, with_profit: profit_missing.is_none() };
        let with_capital = npv_missing.is_none();
        let one = |epoch: usize| rows.row(epoch, with_capital);
        #[cfg(feature = "parallel")]
        let epochs: Vec<EpochRow> = {
            use rayon::prelude::*;
            (0..epochs).into_par_iter().map(one).collect::<Result<_, _>>()?
        };
        #[cfg(not(feature = "parallel"))]
        let epochs: Vec<EpochRow> = (0..epochs).map(one).collect::<Result<_, _>>()?;
        let totals: Vec<&PathTotals> = paths.iter().map(|(_, totals)| totals).collect();
        Ok(Self {
            start: project.start,
            length: project.length,
            settings: *settings,
            paths: totals.len(),
            epochs,
            totals: Totals::of(&totals, profit_missing.is_none(), with_capital)?,
            profit_missing,
            npv_missing,
            inputs: project.inputs.clone(),
            warnings: project.warnings.clone(),
        })
    }
}

struct Rows<'a> {
    chunks: &'a [Chunk],
    project: &'a Project,
    with_profit: bool,
}

impl Rows<'_> {
    fn column(
        &self,
        epoch: usize,
        column: usize,
        name: &'static str,
    ) -> Result<Band<f64>, EconError> {
        let mut values = Vec::new();
        for chunk in self.chunks {
            let count = chunk.paths.len();
            let from = (epoch * columns::COUNT + column) * count;
            values.extend(chunk.values[from..from + count].iter().map(|value| f64::from(*value)));
        }
        match values.iter().all(|value| value.is_finite()) {
            true => Ok(Band::of(&mut values)),
            false => Err(EconError::Overflow(name)),
        }
    }

    fn row(&self, epoch: usize, with_capital: bool) -> Result<EpochRow, EconError> {
        let first = self.project.network.height.value();
        let interval = crate::pow::RETARGET_INTERVAL;
        let number = first / interval + epoch as u32;
        let band = |column, name| self.column(epoch, column, name);
        let profit = |column, name| match self.with_profit {
            true => band(column, name).map(|band| Some(band.in_units(1.0))),
            false => Ok(None),
        };
        Ok(EpochRow {
            epoch: number,
            first_height: first.max(number.saturating_mul(interval)),
            begins: band(0, "time")?.in_units(1.0),
            price: band(1, "price")?.in_units(1.0),
            difficulty: band(2, "difficulty")?,
            network: band(3, "network hashrate")?.map(Hashrate::from_eh_s),
            network_without: band(13, "network hashrate")?.map(Hashrate::from_eh_s),
            own: band(4, "hashrate")?.map(Hashrate::from_eh_s),
            hashprice: band(5, "hashprice")?.map(Hashprice::from_usd_per_ph_day),
            btc: band(6, "income in BTC")?.in_units(1.0),
            revenue: band(7, "income in USD")?.in_units(1.0),
            energy: band(8, "energy")?.in_units(1.0),
            energy_cost: profit(9, "energy cost")?,
            operating: profit(10, "profit")?,
            cumulative: match with_capital {
                true => Some(band(11, "cash")?.in_units(1.0)),
                false => None,
            },
            displacement: band(12, "displacement")?,
        })
    }
}

impl Totals {
    fn of(paths: &[&PathTotals], profit: bool, capital: bool) -> Result<Self, EconError> {
        let values = |of: &dyn Fn(&PathTotals) -> f64| -> Vec<f64> {
            paths.iter().map(|totals| of(totals)).collect()
        };
        let band = |name, of: &dyn Fn(&PathTotals) -> f64| {
            let mut values = values(of);
            match values.iter().all(|value| value.is_finite()) {
                true => Ok(Band::of(&mut values)),
                false => Err(EconError::Overflow(name)),
            }
        };
        let given = |there: bool, name, of: &dyn Fn(&PathTotals) -> f64| match there {
            true => band(name, of).map(Some),
            false => Ok(None),
        };
        let part = |of: &dyn Fn(&PathTotals) -> bool| {
            let count = paths.iter().filter(|totals| of(totals)).count();
            Fraction::new(count as f64 / paths.len() as f64).unwrap_or(Fraction::ZERO)
        };
        let cash = |t: &PathTotals| t.energy_cost + t.other_cost;
        // Nothing earned is no cost of a bitcoin.
        let earns = paths.iter().all(|totals| totals.btc > 0.0);
        let mut rates = values(&|t| t.irr);
        rates.retain(|rate| rate.is_finite());
        let mut paybacks = values(&|t| t.payback);
        let payback = [0.05, 0.5, 0.95].map(|at| {
            let years = quantile(&mut paybacks, at);
            years.is_finite().then(|| Seconds::from_seconds(years * YEAR_S))
        });
        let npv = given(capital, "net present value", &|t| t.npv)?;
        Ok(Self {
            btc: band("income in BTC", &|t| t.btc)?.in_units(1.0),
            energy: band("energy", &|t| t.joules)?.in_units(1.0),
            revenue: band("income in USD", &|t| t.revenue)?.in_units(1.0),
            energy_cost: given(profit, "energy cost", &|t| t.energy_cost)?
                .map(|band| band.in_units(1.0)),
            operating_value: given(profit, "present value", &|t| t.operating_value)?
                .map(|band| band.in_units(1.0)),
            npv: npv.map(|band| band.in_units(1.0)),
            npv_positive: capital.then(|| part(&|t| t.npv > 0.0)),
            irr: (capital && !rates.is_empty()).then(|| Band::of(&mut rates)),
            irr_exists: capital.then(|| part(&|t| t.irr.is_finite())),
            payback: capital.then_some(payback),
            pays_back: capital.then(|| part(&|t| t.payback.is_finite())),
            cost_per_btc: given(capital && earns, "cost", &|t| (cash(t) + t.capital) / t.btc)?
                .map(|band| band.in_units(1.0)),
            cash_cost_per_btc: given(profit && earns, "cost", &|t| cash(t) / t.btc)?
                .map(|band| band.in_units(1.0)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_linear_between_ranks() {
        let mut values: Vec<f64> = (0..101).rev().map(f64::from).collect();
        let band = Band::of(&mut values);
        assert_eq!((band.p5, band.p50, band.p95, band.mean), (5.0, 50.0, 95.0, 50.0));
        let mut two = [4.0, 2.0];
        assert_eq!(Band::of(&mut two).p25, 2.5);
        assert_eq!(Band::of(&mut [7.0]).p95, 7.0);
        // Never is never, and does not make finite values so.
        let mut paybacks = [1.0, 2.0, f64::INFINITY, f64::INFINITY];
        assert_eq!(quantile(&mut paybacks, 0.05), 1.15);
        assert!(quantile(&mut paybacks, 0.95).is_infinite());
    }
}
