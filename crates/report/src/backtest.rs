//! The report of a backtest.

use super::rows::rows_csv;
use super::{SCHEMA_VERSION, round_to_15_digits};
use hashwatt::econ::backtest::{Backtest, BacktestRow, CAVEAT, ErrorSummary};
use hashwatt::text::Sheet;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// Published monthly production compared with the model.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct BacktestReport {
    /// Version of the JSON format.
    pub schema_version: u32,
    /// One row for each month of each company.
    pub rows: Vec<BacktestReportRow>,
    /// Error summaries by the basis of the published hashrate.
    pub summary: BTreeMap<String, BacktestSummary>,
    /// Error summary of the model run from published power and efficiency, for rows that have both. For
    /// information only; hashwatt makes no accuracy claim for it.
    pub from_power: Option<BacktestSummary>,
    /// Limits of the comparison.
    pub caveat: &'static str,
}

/// One month of one company.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct BacktestReportRow {
    /// The company.
    pub company: String,
    /// The month, YYYY-MM.
    pub month: String,
    /// What the published hashrate measures, such as energised or operating hashrate.
    pub basis: String,
    /// Published production, BTC.
    pub produced_btc: f64,
    /// Production that the model expects from the published hashrate, BTC.
    pub expected_btc: f64,
    /// Expected minus published production, percent of the published.
    pub error_pct: f64,
    /// Like `error_pct`, but expected from the published power and efficiency, percent; null without both.
    pub error_from_power_pct: Option<f64>,
    /// Source of the row.
    pub source: String,
}

/// The errors of all rows of one basis.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct BacktestSummary {
    /// Number of rows.
    pub n: usize,
    /// Median of the absolute error, percent.
    pub median_abs_error_pct: f64,
    /// 90th percentile of the absolute error, percent.
    pub p90_abs_error_pct: f64,
    /// Mean error, percent.
    pub bias_pct: f64,
    /// 95 % confidence interval of the mean error, percent; null with fewer than five rows.
    pub bias_ci95_pct: Option<[f64; 2]>,
}

impl From<&ErrorSummary> for BacktestSummary {
    fn from(found: &ErrorSummary) -> Self {
        let percent = |part: f64| round_to_15_digits(part * 100.0);
        Self {
            n: found.n,
            median_abs_error_pct: percent(found.median),
            p90_abs_error_pct: percent(found.p90),
            bias_pct: percent(found.bias),
            bias_ci95_pct: found.bias_ci95.map(|(low, high)| [percent(low), percent(high)]),
        }
    }
}

impl From<&Backtest> for BacktestReport {
    fn from(found: &Backtest) -> Self {
        let row = |row: &BacktestRow| BacktestReportRow {
            company: row.published.company.clone(),
            month: row.published.month.to_string(),
            basis: row.published.basis.clone(),
            produced_btc: round_to_15_digits(row.published.produced.as_btc()),
            expected_btc: round_to_15_digits(row.expected.as_btc()),
            error_pct: round_to_15_digits(row.relative_error * 100.0),
            error_from_power_pct: row
                .relative_error_from_power
                .map(|e| round_to_15_digits(e * 100.0)),
            source: row.published.source.clone(),
        };
        Self {
            schema_version: SCHEMA_VERSION,
            rows: found.rows.iter().map(row).collect(),
            summary: found.summary.iter().map(|(basis, s)| (basis.clone(), s.into())).collect(),
            from_power: found.from_power.as_ref().map(Into::into),
            caveat: CAVEAT,
        }
    }
}

impl BacktestReport {
    /// The rows as CSV.
    ///
    /// # Errors
    /// Returns the CSV writer's error.
    pub fn to_csv(&self) -> Result<String, csv::Error> {
        const HEADER: [&str; 8] = [
            "company",
            "month",
            "basis",
            "produced_btc",
            "expected_btc",
            "error_pct",
            "error_from_power_pct",
            "source",
        ];
        rows_csv(&HEADER, &self.rows)
    }
}

impl fmt::Display for BacktestReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = ["company", "month", "produced", "expected", "error", "basis"];
        let [company, month, produced, expected, error, basis] = title;
        writeln!(f, "  {company:<10}{month:<9}{produced:>10}{expected:>10}{error:>10}  {basis}")?;
        for row in &self.rows {
            let BacktestReportRow { company, month, produced_btc, expected_btc, .. } = row;
            writeln!(
                f,
                "  {company:<10}{month:<9}{produced_btc:>10.1}{expected_btc:>10.1}{:>8.2} %  {}",
                row.error_pct, row.basis
            )?;
        }
        writeln!(f, "\n  {:<28}{:>4}{:>12}{:>12}{:>12}", "basis", "n", "median", "p90", "bias")?;
        let power = self.from_power.iter().map(|s| ("power and J/TH".to_owned(), *s));
        let all = self.summary.iter().map(|(basis, s)| (basis.clone(), *s)).chain(power);
        for (basis, s) in all {
            writeln!(
                f,
                "  {basis:<28}{:>4}{:>10.2} %{:>10.2} %{:>10.2} %",
                s.n, s.median_abs_error_pct, s.p90_abs_error_pct, s.bias_pct
            )?;
        }
        writeln!(f)?;
        Sheet::new(f).note(self.caveat)
    }
}
