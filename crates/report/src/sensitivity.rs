//! The report of what a result depends on.

use super::figures::{
    Cell, Row, Scale, Table, inputs_table, paragraph, warnings_table, write_table,
};
use super::rows::rows_csv;
use super::tidy;
use hashwatt::econ::document::{Head, InputRow, WarningRow, number as json_number};
use hashwatt::econ::params::Group;
use hashwatt::econ::view::Study;
use hashwatt::econ::view::sensitivity::{Sensitivity, SobolIndex, TornadoBar};
use serde::Serialize;
use std::fmt;

/// What the net present value depends on.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct SensitivityReport {
    /// [`FIGURES_SCHEMA_VERSION`](crate::FIGURES_SCHEMA_VERSION).
    pub schema_version: u32,
    /// What the scenario is called.
    pub title: Option<String>,
    /// The height of the first block.
    pub height: u32,
    /// The key of the figure.
    pub figure: String,
    /// Its unit.
    pub unit: String,
    /// With every input as it is taken.
    pub base: f64,
    /// Over the samples.
    pub distribution: SampleBand,
    /// One input at a time, the longest first.
    pub tornado: Vec<TornadoRow>,
    /// Parts of the variance, the largest total first.
    pub sobol: Vec<SobolRow>,
    /// Samples of each of the design's two matrices that were done.
    pub samples: usize,
    /// Samples that were asked for.
    pub samples_asked: usize,
    /// Paths that were followed.
    pub runs: usize,
    /// The largest difference of a total index between half the samples and all; null where there is none.
    pub half_difference: Option<f64>,
    /// Whether every total's interval is narrower than 0.1 and half the samples agree to 0.1.
    pub converged: bool,
    /// Whether all samples were done.
    pub complete: bool,
    /// Every input with its origin.
    pub inputs: Vec<InputRow>,
    /// What a reader must know.
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

/// Points of the figure over the samples.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct SampleBand {
    /// 5 % are below.
    pub p05: f64,
    /// A quarter is below.
    pub p25: f64,
    /// Half are below.
    pub p50: f64,
    /// Three quarters are below.
    pub p75: f64,
    /// 95 % are below.
    pub p95: f64,
    /// The mean.
    pub mean: f64,
}

/// The figure with one input at its 5 % and 95 % points.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct TornadoRow {
    /// The input's key, the name of its group, or `market`.
    pub input: String,
    /// At its 5 % point; of the market, 5 % of its paths are below.
    pub at_low: f64,
    /// At its 95 % point.
    pub at_high: f64,
}

/// An input's part of the variance.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct SobolRow {
    /// The input's key, the name of its group, or `market`.
    pub input: String,
    /// What it explains alone.
    pub first_order: Option<f64>,
    /// The 90 % interval of that.
    pub first_order_interval: [Option<f64>; 2],
    /// What it explains with all its interactions.
    pub total: Option<f64>,
    /// The 90 % interval of that.
    pub total_interval: [Option<f64>; 2],
    /// The total from the first half of the samples alone.
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

/// What the market is called among the inputs.
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
        Self { input, at_low: tidy(bar.at_low), at_high: tidy(bar.at_high) }
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
    /// From a study's [sensitivity](Study::sensitivity).
    pub fn new(study: &Study, found: &Sensitivity) -> Self {
        let head = Head::new(study.resolved());
        let unit = found.figure.unit(study.resolved().currency);
        let ends = found.tornado.iter().flat_map(|bar| [bar.at_low, bar.at_high]);
        let points = found.band.points().map(|(_, point)| point);
        let greatest = ends.chain(points).chain([found.base]).fold(0.0, |a: f64, b| a.max(b.abs()));
        let band = &found.band;
        let scale = Scale::new(unit, greatest);
        Self {
            schema_version: super::FIGURES_SCHEMA_VERSION,
            title: head.title.clone(),
            height: head.height,
            figure: found.figure.key(),
            unit: unit.to_string(),
            base: tidy(found.base),
            distribution: SampleBand {
                p05: tidy(band.p05),
                p25: tidy(band.p25),
                p50: tidy(band.p50),
                p75: tidy(band.p75),
                p95: tidy(band.p95),
                mean: tidy(band.mean),
            },
            tornado: found.tornado.iter().map(Into::into).collect(),
            sobol: found.sobol.iter().map(Into::into).collect(),
            samples: found.samples,
            samples_asked: found.asked,
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

    /// With something that a reader must know, before all else.
    pub fn warn(&mut self, key: &str, text: impl Into<String>) {
        let row = WarningRow::new(key, text);
        self.warnings.insert(0, row.clone());
        self.head.warnings.insert(0, row);
    }

    /// Every number as a row: what it is of (`figure`, `tornado`, `sobol`), its input, its name, its unit, its value.
    ///
    /// # Errors
    /// Those of the writer.
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

    fn words(&self) -> String {
        let Self { samples, samples_asked, runs, .. } = self;
        let title = self.title.as_deref().map_or(String::new(), |title| format!("{title}. "));
        let cut = match self.complete {
            true => String::new(),
            false => format!(" Interrupted: {samples_asked} samples were asked for."),
        };
        let converged = match self.converged {
            true => "the indices have converged",
            false => "the indices have not converged: more samples narrow their intervals",
        };
        crate::untrusted::neutral(&format!(
            "{title}What the net present value depends on. {samples} samples, {runs} paths; {converged}.{cut}"
        ))
    }

    pub(crate) fn tables(&self) -> [Table; 2] {
        let money = |value: f64| Cell::words(self.scale.shown(value));
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
        let base = self.scale.shown(self.base);
        [
            Table {
                note: format!(
                    "{base} with every input as it is taken. The market's ends are those of its paths."
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
                note: "First order: by itself; total: with its interactions.".to_owned(),
                corner: "input".to_owned(),
                ..Table::new(
                    "sobol",
                    "Parts of its variance (Sobol indices with 90 % intervals)",
                    ["first", "from", "to", "total", "from", "to"].map(str::to_owned).to_vec(),
                    rows(parts),
                )
            },
        ]
    }
}

fn rows(of: impl Iterator<Item = (String, Vec<Cell>)>) -> Vec<Row> {
    let row = |(label, cells): (String, Vec<Cell>)| Row {
        label: crate::untrusted::neutral(&label),
        cells: Ok(cells),
        unit: String::new(),
    };
    of.map(row).collect()
}

impl fmt::Display for SensitivityReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        paragraph(f, &self.words(), 0)?;
        let (warnings, inputs) = (warnings_table(&self.head, None), inputs_table(&self.head));
        for table in self.tables().iter().chain(&warnings).chain([&inputs]) {
            writeln!(f)?;
            write_table(f, table)?;
        }
        Ok(())
    }
}
