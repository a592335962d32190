//! Sweeps: the figures of a scenario for all combinations of values on several axes.

use super::Study;
use crate::EconError;
use crate::account::Party;
use crate::params::Table;
use crate::result::{Figure, Missing, Moment, Outcome, Period};
use crate::scenario::{AxisPoint, Scenario, ScenarioError, Warning};
use crate::simulate::{Paths, Progress};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

pub use crate::scenario::Axis;

/// Most rows of a sweep.
pub const MAX_ROWS: usize = 100_000;
/// Rows that are computed together; results do not depend on their distribution over threads.
const CHUNK: usize = 64;
/// Most warnings that are kept.
const MAX_WARNINGS: usize = 20;
/// No paths: base values only.
const BASE: Paths = Paths { count: 0, seed: 0 };

/// Why a sweep has no result.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SweepError {
    /// There is no axis.
    #[error("there is no axis; give at least one")]
    NoAxis,
    /// Two axes have the same key.
    #[error("{0}: is given as an axis twice; remove one")]
    DuplicateAxis(String),
    /// There are too many combinations.
    #[error("there are {rows} combinations; give fewer values, for at most {MAX_ROWS}")]
    TooManyRows {
        /// Number of combinations.
        rows: u128,
    },
    /// A combination is not a valid scenario.
    #[error("at {at}: {error}")]
    Scenario {
        /// The values of the axes.
        at: String,
        /// What is wrong.
        error: ScenarioError,
    },
    /// A combination has no result.
    #[error("at {at}: {error}")]
    Result {
        /// The values of the axes.
        at: String,
        /// What is wrong.
        error: EconError,
    },
    /// Amounts in one column would be in different currencies.
    #[error(
        "at {at}: amounts are in {currency}, but in {first} in the first row; give one local currency"
    )]
    Currency {
        /// The values of the axes.
        at: String,
        /// The currency of that combination.
        currency: crate::Currency,
        /// The currency of the first row.
        first: crate::Currency,
    },
}

/// The results of a sweep.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// The axes.
    pub axes: Vec<Axis>,
    /// The figures, in the order of the values of each row.
    pub figures: Vec<Figure>,
    /// The first combination.
    pub first: Study,
    /// Keys of parameters that differ between rows.
    pub varied: BTreeSet<String>,
    /// A row for each combination in order, the last axis varying fastest; `None` for a missing figure.
    pub rows: Vec<Vec<Option<f64>>>,
    /// The requested combinations, by their index among all; more than there are rows if it was stopped.
    pub requested: Range<usize>,
    /// Figures that are missing in at least one row, with the keys that they need.
    pub missing: Vec<(Figure, Missing)>,
    /// The distinct warnings.
    pub warnings: Vec<Warning>,
    /// Number of further warnings.
    pub more_warnings: usize,
}

impl Sweep {
    /// Whether every combination was computed.
    pub fn is_complete(&self) -> bool {
        self.rows.len() == self.requested.len()
    }

    /// The values of the axes for a row.
    pub fn points(&self, row: usize) -> Vec<&AxisPoint> {
        points(&self.axes, self.requested.start + row)
    }

    /// The value of a figure in a row, if it has one.
    pub fn get(&self, row: usize, figure: Figure) -> Option<f64> {
        let place = self.figures.iter().position(|known| *known == figure)?;
        *self.rows.get(row)?.get(place)?
    }
}

/// The default figures: all figures of the steady year, and of the base path the net present value and the net
/// amounts of all parties and of the nation without externalities.
pub fn default_figures(study: &Study) -> Vec<Figure> {
    let money = study.money();
    let moments = Moment::ALL.iter().map(|moment| Figure::Moment(*moment));
    let parties = Party::ALL.map(|party| Figure::Net(party, Period::Whole, money));
    let nation = Figure::National(Period::Whole, money);
    moments.chain([Figure::Npv]).chain(parties).chain([nation]).collect()
}

/// The values of the axes for a row; the last axis varies fastest.
fn points(axes: &[Axis], mut row: usize) -> Vec<&AxisPoint> {
    let mut found = Vec::with_capacity(axes.len());
    for axis in axes.iter().rev() {
        let count = axis.points().len().max(1);
        found.extend(axis.points().get(row % count));
        row /= count;
    }
    found.reverse();
    found
}

/// Computes all combinations of the values of the axes with [`Study::estimate`] and [`Study::simulate`] without
/// paths. `figures` selects the figures, such as [`default_figures`]. Files to which the scenario refers are
/// read once by `read`. `watch` is called with the number of completed rows; if it returns `false`, the sweep
/// stops and keeps the completed rows.
///
/// ```
/// use hashwatt_econ::prelude::*;
/// use hashwatt_econ::view::sweep::{Axis, sweep};
///
/// let scenario = Scenario::from_toml("power_mw = 100\ntariff = \"50 USD/MWh\"\n")?;
/// let axes = [Axis::parse(&scenario, "tariff", "30:50:10")?, Axis::parse(&scenario, "uptime", "0.8,0.9")?];
/// let margin = Figure::Moment(Moment::MarginAfter);
/// let no_files = |_: &str| Err("no files".to_owned());
/// let found = sweep(&scenario, &axes, &|_| vec![margin], &no_files, &|_| true)?;
/// assert_eq!((found.rows.len(), found.is_complete()), (6, true));
/// assert!(found.get(0, margin) > found.get(5, margin));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`SweepError`]; if several combinations are invalid, that of the first one.
pub fn sweep(
    scenario: &Scenario,
    axes: &[Axis],
    figures: &dyn Fn(&Study) -> Vec<Figure>,
    read: &(dyn Fn(&str) -> Result<String, String> + Sync),
    watch: Progress,
) -> Result<Sweep, SweepError> {
    sweep_rows(scenario, axes, 0..count(axes)?, figures, read, watch)
}

/// Like [`sweep`], for a range of combinations by their index among all; indices beyond the last are ignored.
/// Parts computed by several processes together equal the whole sweep.
///
/// # Errors
/// As [`sweep`].
pub fn sweep_rows(
    scenario: &Scenario,
    axes: &[Axis],
    requested: Range<usize>,
    figures: &dyn Fn(&Study) -> Vec<Figure>,
    read: &(dyn Fn(&str) -> Result<String, String> + Sync),
    watch: Progress,
) -> Result<Sweep, SweepError> {
    let all = count(axes)?;
    let requested = requested.start.min(all)..requested.end.min(all);
    let cache = FileCache { read, known: Mutex::default() };
    let rows = Rows { scenario, axes, files: &cache };
    let first = rows.study(0)?;
    let figures = figures(&first);
    let mut found = Sweep {
        axes: axes.to_vec(),
        figures,
        first,
        varied: BTreeSet::new(),
        rows: Vec::with_capacity(requested.len()),
        requested,
        missing: Vec::new(),
        warnings: Vec::new(),
        more_warnings: 0,
    };
    while !found.is_complete() {
        let begin = found.requested.start + found.rows.len();
        // The first row is computed alone, to find out early whether there is a result.
        let end =
            if found.rows.is_empty() { begin + 1 } else { found.requested.end.min(begin + CHUNK) };
        for row in compute_rows(begin..end, |row| rows.row(row, &found)) {
            found.add(row?);
        }
        if !watch(found.rows.len()) {
            break;
        }
    }
    Ok(found)
}

/// The number of combinations.
///
/// # Errors
/// [`SweepError`] if there is no axis, an axis is given twice, or there are more than [`MAX_ROWS`]
/// combinations.
pub fn count(axes: &[Axis]) -> Result<usize, SweepError> {
    if axes.is_empty() {
        return Err(SweepError::NoAxis);
    }
    for (place, axis) in axes.iter().enumerate() {
        if axes[..place].iter().any(|known| known.key() == axis.key()) {
            return Err(SweepError::DuplicateAxis(axis.key().to_owned()));
        }
    }
    let rows =
        axes.iter().fold(1_u128, |rows, axis| rows.saturating_mul(axis.points().len() as u128));
    match usize::try_from(rows) {
        Ok(rows) if rows <= MAX_ROWS => Ok(rows),
        _ => Err(SweepError::TooManyRows { rows }),
    }
}

/// Computes rows in order, in parallel if the feature is enabled.
fn compute_rows<T: Send>(
    rows: std::ops::Range<usize>,
    one: impl Fn(usize) -> T + Sync + Send,
) -> Vec<T> {
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        rows.into_par_iter().map(one).collect()
    }
    #[cfg(not(feature = "parallel"))]
    rows.map(one).collect()
}

/// A cache of files, so that each is read once for all rows.
struct FileCache<'a> {
    read: &'a (dyn Fn(&str) -> Result<String, String> + Sync),
    known: Mutex<BTreeMap<String, Result<String, String>>>,
}

impl FileCache<'_> {
    fn read(&self, name: &str) -> Result<String, String> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(name.to_owned()).or_insert_with(|| (self.read)(name)).clone()
    }
}

/// The inputs of all rows.
struct Rows<'a> {
    scenario: &'a Scenario,
    axes: &'a [Axis],
    files: &'a FileCache<'a>,
}

/// A row with its differences from the first and its warnings.
struct Row {
    values: Vec<Result<f64, Missing>>,
    varied: Vec<String>,
    warnings: Vec<Warning>,
}

impl Rows<'_> {
    /// Describes the values of the axes for a row.
    fn at(&self, row: usize) -> String {
        let words = self.axes.iter().zip(points(self.axes, row)).map(|(axis, point)| {
            format!("{} = {} {}", axis.key(), point.shown, axis.unit()).trim_end().to_owned()
        });
        words.collect::<Vec<_>>().join(", ")
    }

    fn study(&self, row: usize) -> Result<Study, SweepError> {
        let wrong = |error| SweepError::Scenario { at: self.at(row), error };
        let mut scenario = self.scenario.clone();
        for (axis, point) in self.axes.iter().zip(points(self.axes, row)) {
            let origin = format!("--over {}", axis.key());
            scenario.set_from(axis.key(), point.value.clone(), &origin).map_err(wrong)?;
        }
        let resolved = scenario.resolve_with_files(|name| self.files.read(name)).map_err(wrong)?;
        Study::new(resolved).map_err(|error| SweepError::Result { at: self.at(row), error })
    }

    fn row(&self, row: usize, of: &Sweep) -> Result<Row, SweepError> {
        let study = self.study(row)?;
        let (resolved, first) = (study.resolved(), of.first.resolved());
        if resolved.currency != first.currency {
            let (currency, first) = (resolved.currency, first.currency);
            return Err(SweepError::Currency { at: self.at(row), currency, first });
        }
        let wrong = |error| SweepError::Result { at: self.at(row), error };
        let estimate = study.estimate().map_err(wrong)?;
        let is_known = |figure: &Figure| has(&estimate, *figure);
        let base = match of.figures.iter().all(is_known) {
            true => None,
            false => Some(study.simulate(BASE, &|_| true).map_err(wrong)?),
        };
        let value = |figure: &Figure| {
            let found = match &base {
                Some(base) if !is_known(figure) => base.get(*figure),
                _ => estimate.get(*figure),
            };
            found.map(|value| value.base)
        };
        Ok(Row {
            values: of.figures.iter().map(value).collect(),
            varied: differing(&first.table, &resolved.table),
            warnings: resolved.warnings.clone(),
        })
    }
}

/// Whether a run computes a figure.
fn has(outcome: &Outcome, figure: Figure) -> bool {
    !matches!(outcome.get(figure), Err(Missing { keys }) if keys.is_empty())
        || matches!(figure, Figure::Moment(_) | Figure::BreakEven(..) | Figure::SteadySubsidy(..))
}

/// The keys of the first table whose values differ in the second table or are not in it.
fn differing(first: &Table, other: &Table) -> Vec<String> {
    let rows = other.rows();
    let differs = |(place, param): &(usize, &crate::params::Param)| {
        let same_place = rows.get(*place).filter(|row| row.key == param.key);
        let found = same_place.or_else(|| rows.iter().find(|row| row.key == param.key));
        found.is_none_or(|row| {
            (row.value.to_bits(), row.missing, row.unit)
                != (param.value.to_bits(), param.missing, param.unit)
                || row.provenance != param.provenance
        })
    };
    let found = first.rows().iter().enumerate().filter(differs);
    found.map(|(_, param)| param.key.clone()).collect()
}

impl Sweep {
    fn add(&mut self, row: Row) {
        for (figure, value) in self.figures.iter().zip(&row.values) {
            let Err(missing) = value else { continue };
            if missing.keys.is_empty() {
                continue;
            }
            match self.missing.iter_mut().find(|(known, _)| known == figure) {
                None => self.missing.push((*figure, missing.clone())),
                Some((_, known)) => {
                    let new = missing.keys.iter().filter(|key| !known.keys.contains(key));
                    let new: Vec<String> = new.cloned().collect();
                    known.keys.extend(new);
                }
            }
        }
        self.varied.extend(row.varied);
        for warning in row.warnings {
            if self.warnings.contains(&warning) {
                continue;
            }
            match self.warnings.len() < MAX_WARNINGS {
                true => self.warnings.push(warning),
                false => self.more_warnings += 1,
            }
        }
        self.rows.push(row.values.into_iter().map(Result::ok).collect());
    }
}

#[cfg(test)]
mod tests;
