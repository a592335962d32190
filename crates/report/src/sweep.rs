//! The report of a sweep: one row for each combination of the values of its axes.

use super::csv::{csv_table, csv_text};
use super::figures::{
    Cell, Row, Scale, Table, csv_number, inputs_table, paragraph, warnings_table, write_table,
};
use crate::untrusted::sanitize;
use hashwatt::econ::Currency;
use hashwatt::econ::account::Party;
use hashwatt::econ::document::{
    FIGURES_SCHEMA_VERSION, Head, InputRow, WarningRow, figure_location, number as json_number,
};
use hashwatt::econ::params::{Denomination, Unit};
use hashwatt::econ::result::{Figure, Moment, Period};
use hashwatt::econ::scenario::{Axis, Scalar};
use hashwatt::econ::view::Sweep;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// Maximum number of rows in the text; JSON and CSV have all rows.
const MAX_TEXT_ROWS: usize = 60;

/// The figures of every combination of the axes' values.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct SweepReport {
    /// Version of the JSON format.
    pub schema_version: u32,
    /// Title of the scenario.
    pub title: Option<String>,
    /// The local currency.
    pub currency: String,
    /// Number of requested combinations.
    pub rows_asked: usize,
    /// Whether all of them were computed.
    pub complete: bool,
    /// The varied inputs; the last one varies fastest.
    pub axes: Vec<SweepAxisRow>,
    /// The figures of each row.
    pub columns: Vec<SweepColumnRow>,
    /// The rows: the name of every column with its value.
    #[schemars(with = "Vec<BTreeMap<String, Option<SweepCell>>>")]
    pub rows: SweepRows,
    /// Figures that are missing in at least one row.
    pub missing: Vec<SweepMissingRow>,
    /// All inputs that are not varied, with their origins.
    pub inputs: Vec<InputRow>,
    /// Warnings to read before quoting a figure.
    pub warnings: Vec<WarningRow>,
    #[serde(skip)]
    #[schemars(skip)]
    head: Head,
}

/// An axis of the sweep.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct SweepAxisRow {
    /// Name of the column.
    pub column: String,
    /// Key of the scenario.
    pub key: String,
    /// Unit; empty for dimensionless numbers and texts.
    pub unit: String,
    /// Number of values.
    pub values: usize,
}

/// A figure in the rows.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct SweepColumnRow {
    /// Name of the column: the key of the figure in other documents, with its currency; prefixed by `result.` if
    /// an axis has the same name.
    pub column: String,
    /// Unit; empty for dimensionless numbers.
    pub unit: String,
    /// Description.
    pub text: String,
}

/// A missing figure and the inputs that it needs.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct SweepMissingRow {
    /// Name of the column.
    pub column: String,
    /// Keys of the scenario.
    pub needs: Vec<String>,
}

/// A cell of a row: a number, or the text of an axis; null if the figure has no value.
#[derive(schemars::JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "used only for the schema of a row's cells")]
enum SweepCell {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

/// The rows of a sweep. They serialise as a list of objects, with one key for each column.
#[derive(Clone, Debug)]
pub struct SweepRows {
    names: Vec<String>,
    found: Sweep,
}

/// The name of a figure's column that differs from the names of the axes.
fn distinct_name(axes: &[SweepAxisRow], column: String) -> String {
    match axes.iter().any(|axis| axis.column == column) {
        true => format!("result.{column}"),
        false => column,
    }
}

/// The name of a figure's column: its key in other documents, with the currency of amounts.
fn column(figure: Figure, money: Denomination, currency: Currency) -> String {
    let key = figure_location(figure, money).column();
    let is_money = matches!(figure.unit(currency), Unit::Usd | Unit::Money(_));
    match key.split_once('.') {
        Some((group, rest)) if is_money && !group.contains("usd") => {
            let group = group.strip_suffix("_local").unwrap_or(group);
            let code = match figure.unit(currency) {
                Unit::Money(currency) => currency,
                _ => Currency::USD,
            };
            format!("{group}_{}.{rest}", code.to_string().to_lowercase())
        }
        _ => key,
    }
}

impl SweepRows {
    /// The values of the axes in a row.
    fn axes(&self, row: usize) -> impl Iterator<Item = &Scalar> {
        self.found.points(row).into_iter().map(|point| &point.shown)
    }

    /// The figures of a row.
    fn figures(&self, row: usize) -> &[Option<f64>] {
        self.found.rows.get(row).map_or(&[], Vec::as_slice)
    }

    /// The cells of a row with the names of their columns.
    fn row(&self, row: usize) -> impl Iterator<Item = (&String, serde_json::Value)> {
        let axes = self.axes(row).map(|shown| match shown {
            Scalar::Number(number) => json_number(*number),
            Scalar::Text(text) => text.as_str().into(),
        });
        let figure = |value: &Option<f64>| value.map_or(serde_json::Value::Null, json_number);
        self.names.iter().zip(axes.chain(self.figures(row).iter().map(figure)))
    }
}

/// The row with the given index.
struct OneRow<'a>(&'a SweepRows, usize);

impl Serialize for OneRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.row(self.1))
    }
}

impl Serialize for SweepRows {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((0..self.found.rows.len()).map(|row| OneRow(self, row)))
    }
}

impl SweepReport {
    /// Creates the report of a [sweep](hashwatt::econ::view::sweep()).
    pub fn new(found: Sweep) -> Self {
        let resolved = found.first.resolved();
        let (money, currency) = (found.first.money(), resolved.currency);
        let mut head = Head::new(resolved);
        head.inputs.retain(|input| !found.varied.contains(&input.key));
        head.warnings = found.warnings.iter().map(WarningRow::from).collect();
        if found.more_warnings > 0 {
            let text = format!("{} more warnings are not shown", found.more_warnings);
            head.warnings.push(WarningRow::new("more_warnings", text));
        }
        let axis = |axis: &Axis| SweepAxisRow {
            column: axis.column(),
            key: axis.key().to_owned(),
            unit: axis.unit().to_owned(),
            values: axis.points().len(),
        };
        let axes: Vec<_> = found.axes.iter().map(axis).collect();
        let column = |figure: Figure| distinct_name(&axes, column(figure, money, currency));
        let figure = |figure: &Figure| SweepColumnRow {
            column: column(*figure),
            unit: figure.unit(currency).to_string(),
            text: figure.text(),
        };
        let columns: Vec<_> = found.figures.iter().map(figure).collect();
        let missing = found.missing.iter().map(|(figure, missing)| SweepMissingRow {
            column: column(*figure),
            needs: missing.keys.clone(),
        });
        let missing = missing.collect();
        let names = axes.iter().map(|axis| axis.column.clone());
        let names = names.chain(columns.iter().map(|figure| figure.column.clone())).collect();
        Self {
            schema_version: FIGURES_SCHEMA_VERSION,
            title: head.title.clone(),
            currency: head.currency.clone(),
            rows_asked: found.requested.len(),
            complete: found.is_complete(),
            axes,
            columns,
            rows: SweepRows { names, found },
            missing,
            inputs: head.inputs.clone(),
            warnings: head.warnings.clone(),
            head,
        }
    }

    /// Adds a warning before all others.
    pub fn warn(&mut self, key: &str, text: impl Into<String>) {
        let row = WarningRow::new(key, text);
        self.warnings.insert(0, row.clone());
        self.head.warnings.insert(0, row);
    }

    /// The sweep as CSV: one row for each combination and one column for each axis and figure; missing values are
    /// empty.
    ///
    /// # Errors
    /// Returns the CSV writer's error.
    pub fn to_csv(&self) -> Result<String, ::csv::Error> {
        let header: Vec<String> =
            self.rows.names.iter().map(|name| csv_text(name).into_owned()).collect();
        let row = |row: usize| {
            let axes = self.rows.axes(row).map(|shown| match shown {
                Scalar::Number(number) => csv_number(*number),
                Scalar::Text(text) => csv_text(text),
            });
            let figure = |value: &Option<f64>| value.map_or(Cow::Borrowed(""), csv_number);
            axes.chain(self.rows.figures(row).iter().map(figure)).collect()
        };
        csv_table(&header, (0..self.rows.found.rows.len()).map(row))
    }

    fn introduction(&self) -> String {
        let title = self.title.as_deref().map_or(String::new(), |title| format!("{title}. "));
        let axes: Vec<&str> = self.axes.iter().map(|axis| axis.key.as_str()).collect();
        let rows = self.rows.found.rows.len();
        let interrupted = match self.complete {
            true => String::new(),
            false => format!(" Interrupted: {} rows were requested.", self.rows_asked),
        };
        sanitize(&format!(
            "{title}{rows} combinations of {}; all other inputs at their base values.{interrupted}",
            axes.join(", ")
        ))
    }

    /// The table of the text: the axes and a few figures.
    fn table(&self) -> Table {
        let found = &self.rows.found;
        let shown = found.rows.len().min(MAX_TEXT_ROWS);
        let currency = found.first.resolved().currency;
        let main: Vec<(usize, &str)> = text_figures(found.first.money())
            .into_iter()
            .filter_map(|(figure, name)| {
                Some((found.figures.iter().position(|known| *known == figure)?, name))
            })
            .collect();
        let scales: Vec<Scale> = main
            .iter()
            .map(|(place, _)| {
                let values = found.rows[..shown].iter().filter_map(|row| row[*place]);
                let finite = values.filter(|value| value.is_finite());
                let largest = finite.fold(0.0, |largest: f64, value| largest.max(value.abs()));
                Scale::new(found.figures[*place].unit(currency), largest)
            })
            .collect();
        let headers = main.iter().zip(&scales).map(|((place, name), scale)| {
            let unit = scale.unit(found.figures[*place].unit(currency));
            format!("{name}, {unit}")
        });
        let is_missing: Vec<bool> = main
            .iter()
            .map(|(place, _)| {
                found.missing.iter().any(|(known, _)| *known == found.figures[*place])
            })
            .collect();
        let row = |row: usize| {
            let axes = self.rows.axes(row).map(|shown| sanitize(&shown.to_string()));
            let figures = main.iter().zip(&scales).zip(&is_missing);
            let cells = figures.map(|(((place, _), scale), is_missing)| {
                let value = self.rows.figures(row).get(*place).copied().flatten();
                let no_value = if *is_missing { "missing" } else { "none" };
                Cell::words(value.map_or_else(|| no_value.to_owned(), |value| scale.format(value)))
            });
            let label = axes.collect::<Vec<_>>().join(", ");
            Row { label, cells: Ok(cells.collect()), unit: String::new() }
        };
        let axes = self.axes.iter().map(|axis| match axis.unit.as_str() {
            "" => axis.key.clone(),
            unit => format!("{} in {unit}", axis.key),
        });
        let axes = axes.collect::<Vec<_>>().join(", ");
        let rows = (0..shown).map(row).collect();
        let table = Table::new("sweep", sanitize(&format!("By {axes}")), headers.collect(), rows);
        Table { note: self.note(shown), ..table }
    }

    /// The note about rows and figures that the table does not show.
    fn note(&self, shown: usize) -> String {
        let all = self.rows.found.rows.len();
        let truncated = match shown < all {
            true => format!("The first {shown} of {all} rows. "),
            false => String::new(),
        };
        let mut keys: Vec<&str> = Vec::new();
        for key in self.missing.iter().flat_map(|missing| &missing.needs) {
            if !keys.contains(&key.as_str()) {
                keys.push(key);
            }
        }
        let missing = match keys.is_empty() {
            true => String::new(),
            false => format!(" Missing values need {}.", keys.join(", ")),
        };
        let figures = self.columns.len();
        format!("{truncated}--csv and --json have all rows with {figures} figures each.{missing}")
    }
}

/// The figures of the text, each with a short name.
fn text_figures(money: Denomination) -> [(Figure, &'static str); 6] {
    [
        (Figure::Moment(Moment::BtcAfter), "bitcoin"),
        (Figure::Moment(Moment::RevenueAfter), "revenue"),
        (Figure::Moment(Moment::CashMarginAfter), "revenue less running costs"),
        (Figure::Npv, "net present value"),
        (Figure::Net(Party::State, Period::Whole, money), "the state"),
        (Figure::National(Period::Whole, money), "the nation"),
    ]
}

impl fmt::Display for SweepReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        paragraph(f, &self.introduction(), 0)?;
        let (warnings, inputs) = (warnings_table(&self.head, None), inputs_table(&self.head));
        for table in [&self.table()].into_iter().chain(&warnings).chain([&inputs]) {
            writeln!(f)?;
            write_table(f, table)?;
        }
        Ok(())
    }
}
