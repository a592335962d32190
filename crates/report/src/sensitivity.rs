//! The report of a sensitivity analysis: how the net present value depends on each input.

use super::figures::{
    Cell, Row, Scale, Table, inputs_table, paragraph, warnings_table, write_table,
};
use super::round_to_15_digits;
use super::rows::rows_csv;
use hashwatt::econ::document::{
    FIGURES_SCHEMA_VERSION, Head, InputRow, WarningRow, number as json_number,
};
use hashwatt::econ::params::Group;
use hashwatt::econ::view::Study;
use hashwatt::econ::view::sensitivity::{Sensitivity, SobolIndex, TornadoBar};
use serde::Serialize;
use std::fmt;

/// The sensitivity of the net present value to the inputs.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct SensitivityReport {
    /// Version of the JSON format.
    pub schema_version: u32,
    /// Title of the scenario.
    pub title: Option<String>,
    /// Height of the first block.
    pub height: u32,
    /// Key of the figure.
    pub figure: String,
    /// Unit of the figure.
    pub unit: String,
    /// The figure with all inputs at their base values.
    pub base: f64,
    /// Distribution of the figure over the samples.
    pub distribution: SampleBand,
    /// The figure with one input at a time at the ends of its range, the longest bar first.
    pub tornado: Vec<TornadoRow>,
    /// Sobol indices: contributions of the inputs to the variance, the largest total index first.
    pub sobol: Vec<SobolRow>,
    /// Number of completed samples of each of the two matrices of the Sobol design.
    pub samples: usize,
    /// Number of requested samples.
    pub samples_asked: usize,
    /// Number of simulated paths.
    pub runs: usize,
    /// Largest difference of a total index between half of the samples and all of them; null if undefined.
    pub half_difference: Option<f64>,
    /// Whether every total index has an interval narrower than 0.1 and half of the samples agree within 0.1.
    pub converged: bool,
    /// Whether all samples were completed.
    pub complete: bool,
    /// All inputs with their origins.
    pub inputs: Vec<InputRow>,
    /// Warnings to read before quoting a figure.
    pub warnings: Vec<WarningRow>,
    #[serde(skip)]
    #[schemars(skip)]
    head: Head,
    #[serde(skip)]
    #[schemars(skip)]
    scale: Scale,
    #[serde(skip)]
    #[schemars(skip)]
    scaled_unit: String,
}

/// Percentiles and mean of the figure over the samples.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct SampleBand {
    /// 5th percentile.
    pub p05: f64,
    /// 25th percentile.
    pub p25: f64,
    /// Median.
    pub p50: f64,
    /// 75th percentile.
    pub p75: f64,
    /// 95th percentile.
    pub p95: f64,
    /// Mean.
    pub mean: f64,
}

/// The figure with one input at its 5 % and 95 % points.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct TornadoRow {
    /// The input's key, the name of its group, or `market`.
    pub input: String,
    /// The figure at the input's 5 % point; for the market, the 5th percentile over its paths.
    pub at_low: f64,
    /// The figure at the input's 95 % point; for the market, the 95th percentile over its paths.
    pub at_high: f64,
}

/// The Sobol indices of an input.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct SobolRow {
    /// The input's key, the name of its group, or `market`.
    pub input: String,
    /// First-order index: the fraction of the variance that the input explains alone.
    pub first_order: Option<f64>,
    /// 90 % confidence interval of the first-order index.
    pub first_order_interval: [Option<f64>; 2],
    /// Total index: the fraction that the input explains with all its interactions.
    pub total: Option<f64>,
    /// 90 % confidence interval of the total index.
    pub total_interval: [Option<f64>; 2],
    /// Total index from the first half of the samples.
    pub total_by_half: Option<f64>,
}

/// A line of the CSV.
#[derive(Serialize)]
struct Line<'a> {
    of: &'static str,
    input: &'a str,
    statistic: &'static str,
    unit: &'a str,
    value: Option<f64>,
}

/// The name of the market among the inputs.
const MARKET: &str = "market";

fn name(group: Option<&Group>) -> String {
    group.map_or_else(|| MARKET.to_owned(), |group| group.name.clone())
}

fn finite(value: f64) -> Option<f64> {
    json_number(value).as_f64()
}

impl From<&TornadoBar> for TornadoRow {
    fn from(bar: &TornadoBar) -> Self {
        let input = name(bar.group.as_ref());
        Self {
            input,
            at_low: round_to_15_digits(bar.at_low),
            at_high: round_to_15_digits(bar.at_high),
        }
    }
}

impl From<&SobolIndex> for SobolRow {
    fn from(index: &SobolIndex) -> Self {
        let both = |(low, high): (f64, f64)| [finite(low), finite(high)];
        Self {
            input: name(index.group.as_ref()),
            first_order: finite(index.first),
            first_order_interval: both(index.first_interval),
            total: finite(index.total),
            total_interval: both(index.total_interval),
            total_by_half: finite(index.total_by_half),
        }
    }
}

impl SensitivityReport {
    /// Creates the report from a study's [sensitivity](Study::sensitivity).
    pub fn new(study: &Study, found: &Sensitivity) -> Self {
        let head = Head::new(study.resolved());
        let unit = found.figure.unit(study.resolved().currency);
        let ends = found.tornado.iter().flat_map(|bar| [bar.at_low, bar.at_high]);
        let points = found.band.points().map(|(_, point)| point);
        let largest = ends.chain(points).chain([found.base]).fold(0.0, |a: f64, b| a.max(b.abs()));
        let band = &found.band;
        let scale = Scale::new(unit, largest);
        Self {
            schema_version: FIGURES_SCHEMA_VERSION,
            title: head.title.clone(),
            height: head.height,
            figure: found.figure.key(),
            unit: unit.to_string(),
            base: round_to_15_digits(found.base),
            distribution: SampleBand {
                p05: round_to_15_digits(band.p05),
                p25: round_to_15_digits(band.p25),
                p50: round_to_15_digits(band.p50),
                p75: round_to_15_digits(band.p75),
                p95: round_to_15_digits(band.p95),
                mean: round_to_15_digits(band.mean),
            },
            tornado: found.tornado.iter().map(Into::into).collect(),
            sobol: found.sobol.iter().map(Into::into).collect(),
            samples: found.samples,
            samples_asked: found.requested,
            runs: found.runs,
            half_difference: finite(found.half_difference),
            converged: found.is_converged(),
            complete: found.is_complete(),
            inputs: head.inputs.clone(),
            warnings: head.warnings.clone(),
            scaled_unit: scale.unit(unit),
            scale,
            head,
        }
    }

    /// Adds a warning before all others.
    pub fn warn(&mut self, key: &str, text: impl Into<String>) {
        let row = WarningRow::new(key, text);
        self.warnings.insert(0, row.clone());
        self.head.warnings.insert(0, row);
    }

    /// All numbers as CSV, one row each: group (`figure`, `tornado`, `sobol`), input, statistic, unit and value.
    ///
    /// # Errors
    /// Returns the CSV writer's error.
    pub fn to_csv(&self) -> Result<String, csv::Error> {
        let unit = self.unit.as_str();
        let line = |of, input, statistic, unit, value| Line { of, input, statistic, unit, value };
        let SampleBand { p05, p25, p50, p75, p95, mean } = self.distribution;
        let points = [
            ("base", self.base),
            ("p05", p05),
            ("p25", p25),
            ("p50", p50),
            ("p75", p75),
            ("p95", p95),
            ("mean", mean),
        ];
        let figure = points.map(|(name, value)| line("figure", "", name, unit, Some(value)));
        let tornado = self.tornado.iter().flat_map(|row| {
            [("at_low", row.at_low), ("at_high", row.at_high)]
                .map(|(name, value)| line("tornado", &row.input, name, unit, Some(value)))
        });
        let sobol = self.sobol.iter().flat_map(|row| {
            let ([first_low, first_high], [total_low, total_high]) =
                (row.first_order_interval, row.total_interval);
            [
                ("first_order", row.first_order),
                ("first_order_low", first_low),
                ("first_order_high", first_high),
                ("total", row.total),
                ("total_low", total_low),
                ("total_high", total_high),
                ("total_by_half", row.total_by_half),
            ]
            .map(|(name, value)| line("sobol", &row.input, name, "", value))
        });
        let header = ["of", "input", "statistic", "unit", "value"];
        rows_csv(&header, figure.into_iter().chain(tornado).chain(sobol))
    }

    fn introduction(&self) -> String {
        let Self { samples, samples_asked, runs, .. } = self;
        let title = self.title.as_deref().map_or(String::new(), |title| format!("{title}. "));
        let interrupted = match self.complete {
            true => String::new(),
            false => format!(" Interrupted: {samples_asked} samples were requested."),
        };
        let converged = match self.converged {
            true => "the indices have converged",
            false => "the indices have not converged; more samples narrow their intervals",
        };
        crate::untrusted::sanitize(&format!(
            "{title}Sensitivity of the net present value. {samples} samples, {runs} paths; {converged}.{interrupted}"
        ))
    }

    pub(crate) fn tables(&self) -> [Table; 2] {
        let money = |value: f64| Cell::words(self.scale.format(value));
        let index = |value: Option<f64>| {
            Cell::words(value.map_or_else(|| "none".to_owned(), |value| format!("{value:.3}")))
        };
        let bars = self.tornado.iter().map(|row| {
            (
                row.input.clone(),
                vec![
                    money(row.at_low),
                    money(row.at_high),
                    money((row.at_high - row.at_low).abs()),
                ],
            )
        });
        let parts = self.sobol.iter().map(|row| {
            let ([first_low, first_high], [low, high]) =
                (row.first_order_interval, row.total_interval);
            let cells = [row.first_order, first_low, first_high, row.total, low, high];
            (row.input.clone(), cells.map(index).to_vec())
        });
        let base = self.scale.format(self.base);
        [
            Table {
                note: format!(
                    "{base} with all inputs at their base values. The market's values are percentiles over its paths."
                ),
                corner: "input".to_owned(),
                ..Table::new(
                    "tornado",
                    format!(
                        "Net present value with one input at its 5 % and 95 % points ({})",
                        self.scaled_unit
                    ),
                    ["at 5 %", "at 95 %", "swing"].map(str::to_owned).to_vec(),
                    rows(bars),
                )
            },
            Table {
                note: "First order: the input alone; total: including interactions.".to_owned(),
                corner: "input".to_owned(),
                ..Table::new(
                    "sobol",
                    "Contributions to the variance of the net present value (Sobol indices with 90 % intervals)",
                    ["first", "from", "to", "total", "from", "to"].map(str::to_owned).to_vec(),
                    rows(parts),
                )
            },
        ]
    }
}

fn rows(labelled: impl Iterator<Item = (String, Vec<Cell>)>) -> Vec<Row> {
    let row = |(label, cells): (String, Vec<Cell>)| Row {
        label: crate::untrusted::sanitize(&label),
        cells: Ok(cells),
        unit: String::new(),
    };
    labelled.map(row).collect()
}

impl fmt::Display for SensitivityReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        paragraph(f, &self.introduction(), 0)?;
        let (warnings, inputs) = (warnings_table(&self.head, None), inputs_table(&self.head));
        for table in self.tables().iter().chain(&warnings).chain([&inputs]) {
            writeln!(f)?;
            write_table(f, table)?;
        }
        Ok(())
    }
}
