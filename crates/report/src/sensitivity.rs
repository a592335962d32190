//! The report of what a result depends on.

use super::projection::BandReport;
use super::{Assumption, SCHEMA_VERSION, tidy};
use hashwatt::econ::{Sensitivity, SobolIndex, TornadoBar};
use hashwatt::text::{Sheet, grouped};
use serde::Serialize;
use std::fmt;

/// What a result depends on: one input at a time, and parts of the variance.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct SensitivityReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// Whether every sample was done.
    pub complete: bool,
    /// `npv_usd`, or `operating_value_usd` (income less cash costs, discounted) where that is missing.
    pub result: &'static str,
    /// Why it is not the net present value.
    pub npv_missing: Option<String>,
    /// The result with every input at its base, along the expected path, USD.
    pub base_usd: f64,
    /// The result over the samples, USD.
    pub distribution_usd: BandReport,
    /// One input at a time, the longest first.
    pub tornado: Vec<TornadoRow>,
    /// Parts of the variance, the largest first.
    pub sobol: Vec<SobolRow>,
    /// Samples of each matrix of the design.
    pub samples: usize,
    /// Paths that were followed.
    pub runs: usize,
    /// The largest difference of a total index between half the samples and all.
    pub half_difference: f64,
    /// Whether that is below 0.1 and every total's interval narrower than 0.1.
    pub converged: bool,
    /// Every input with its origin.
    pub assumptions: Vec<Assumption>,
    /// What a reader must know before quoting a figure.
    pub warnings: Vec<String>,
}

/// The result at the ends of one input's range.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct TornadoRow {
    /// The input; `market` for 5 % and 95 % of the market's paths.
    pub input: &'static str,
    /// Its low end; ratios are to its base.
    pub low: Option<f64>,
    /// Its high end.
    pub high: Option<f64>,
    /// The result at the low end, USD.
    pub at_low_usd: f64,
    /// The result at the high end, USD.
    pub at_high_usd: f64,
}

/// A part of the variance.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct SobolRow {
    /// The input; `market` for the path of price, fees and the others' growth together.
    pub input: &'static str,
    /// What it explains alone.
    pub first_order: f64,
    /// The 90 % interval of that.
    pub first_order_interval: [f64; 2],
    /// What it explains with its interactions.
    pub total: f64,
    /// The 90 % interval of that.
    pub total_interval: [f64; 2],
    /// The total by the first half of the samples.
    pub total_by_half: f64,
}

const MARKET: &str = "market";

impl From<&Sensitivity> for SensitivityReport {
    fn from(found: &Sensitivity) -> Self {
        let bar = |bar: &TornadoBar| TornadoRow {
            input: bar.factor.as_ref().map_or(MARKET, |factor| factor.kind.name()),
            low: bar.factor.as_ref().map(|factor| tidy(factor.low)),
            high: bar.factor.as_ref().map(|factor| tidy(factor.high)),
            at_low_usd: tidy(bar.at_low.as_usd()),
            at_high_usd: tidy(bar.at_high.as_usd()),
        };
        let pair = |(low, high): (f64, f64)| [tidy(low), tidy(high)];
        let index = |index: &SobolIndex| SobolRow {
            input: index.factor.map_or(MARKET, |factor| factor.name()),
            first_order: tidy(index.first),
            first_order_interval: pair(index.first_interval),
            total: tidy(index.total),
            total_interval: pair(index.total_interval),
            total_by_half: tidy(index.total_by_half),
        };
        let usd = found.result.map(|value| tidy(value.as_usd()));
        Self {
            schema_version: SCHEMA_VERSION,
            complete: found.complete,
            result: if found.is_npv { "npv_usd" } else { "operating_value_usd" },
            npv_missing: found.npv_missing.clone(),
            base_usd: tidy(found.base.as_usd()),
            distribution_usd: BandReport {
                p5: usd.p5,
                p25: usd.p25,
                p50: usd.p50,
                p75: usd.p75,
                p95: usd.p95,
                mean: usd.mean,
            },
            tornado: found.tornado.iter().map(bar).collect(),
            sobol: found.sobol.iter().map(index).collect(),
            samples: found.samples,
            runs: found.runs,
            half_difference: tidy(found.half_difference),
            converged: found.converged,
            assumptions: found.inputs.iter().map(Into::into).collect(),
            warnings: found.warnings.clone(),
        }
    }
}

impl fmt::Display for SensitivityReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.result {
            "npv_usd" => "net present value",
            _ => "income less cash costs, present value",
        };
        let part = if self.complete { "" } else { " (interrupted)" };
        let million = |usd: f64| grouped(usd / 1e6, 1);
        writeln!(f, "{what}: {} M USD with every input at its base{part}", million(self.base_usd))?;
        let d = &self.distribution_usd;
        let [p5, p50, p95] = [d.p5, d.p50, d.p95].map(million);
        writeln!(f, "over all inputs and paths: {p5} (P5), {p50} (P50), {p95} (P95) M USD")?;
        let mut sheet = Sheet::new(f);
        if let Some(missing) = &self.npv_missing {
            sheet.note(&format!("no net present value; {missing}"))?;
        }
        writeln!(
            f,
            "\n  {:<24}{:>12}{:>12}{:>14}{:>14}",
            "one at a time", "low", "high", "M USD", "M USD"
        )?;
        for row in &self.tornado {
            let end = |end: Option<f64>| end.map_or("P5/P95".to_owned(), |end| grouped(end, 3));
            let (low, high) = (end(row.low), end(row.high));
            let (at_low, at_high) = (million(row.at_low_usd), million(row.at_high_usd));
            writeln!(f, "  {:<24}{low:>12}{high:>12}{at_low:>14}{at_high:>14}", row.input)?;
        }
        writeln!(f, "\n  {:<24}{:>12}{:>22}", "of the variance", "alone", "with interactions")?;
        for row in &self.sobol {
            let [low, high] = row.total_interval;
            writeln!(
                f,
                "  {:<24}{:>12.3}{:>10.3} ({low:.3} to {high:.3})",
                row.input, row.first_order, row.total
            )?;
        }
        let state = if self.converged { "converged" } else { "not converged; take more --samples" };
        let (samples, runs) = (self.samples, self.runs);
        let difference = self.half_difference;
        writeln!(f)?;
        let mut sheet = Sheet::begun(f);
        sheet.note(&format!(
            "{samples} samples, {runs} paths; half of them differ by {difference:.3}: {state}"
        ))?;
        sheet.title("Inputs")?;
        self.assumptions.iter().try_for_each(|input| input.write(&mut sheet))?;
        sheet.title("Warnings")?;
        self.warnings.iter().try_for_each(|warning| sheet.note(warning))
    }
}
