//! The report of a sweep: a row for each combination of the axes' values.

use super::csv::{csv_table, csv_text};
use super::figures::{
    Cell, Row, Scale, Table, csv_number, inputs_table, paragraph, warnings_table, write_table,
};
use crate::untrusted::neutral;
use hashwatt::econ::Currency;
use hashwatt::econ::account::Party;
use hashwatt::econ::document::{Head, InputRow, WarningRow, number as json_number, place};
use hashwatt::econ::params::{Denomination, Unit};
use hashwatt::econ::result::{Figure, Moment, Period};
use hashwatt::econ::scenario::{Axis, Scalar};
use hashwatt::econ::view::Sweep;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// Rows that a text shows; the machine formats have all.
const MAX_SHOWN: usize = 60;

/// The figures of every combination of the axes' values.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct SweepReport {
    /// [`FIGURES_SCHEMA_VERSION`](crate::FIGURES_SCHEMA_VERSION).
    pub schema_version: u32,
    /// What the scenario is called.
    pub title: Option<String>,
    /// The local currency.
    pub currency: String,
    /// Combinations that were asked for.
    pub rows_asked: usize,
    /// Whether all of them were computed.
    pub complete: bool,
    /// What is varied, the last axis fastest.
    pub axes: Vec<SweepAxisRow>,
    /// The figures of each row.
    pub columns: Vec<SweepColumnRow>,
    /// The rows: every column's name with its value.
    #[schemars(with = "Vec<BTreeMap<String, Option<SweepCell>>>")]
    pub rows: SweepRows,
    /// Figures that are missing in some row.
    pub missing: Vec<SweepMissingRow>,
    /// Every input that is the same in all rows, with its origin.
    pub inputs: Vec<InputRow>,
    /// What a reader must know.
    pub warnings: Vec<WarningRow>,
    #[serde(skip)]
    #[schemars(skip)]
    head: Head,
}

/// An axis.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct SweepAxisRow {
    /// The column.
    pub column: String,
    /// The key of the scenario.
    pub key: String,
    /// The unit; empty for pure numbers and texts.
    pub unit: String,
    /// How many values it has.
    pub values: usize,
}

/// A figure of the rows.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct SweepColumnRow {
    /// The column: the key that the figure has elsewhere, with its currency; behind `result.` where an axis
    /// has that name.
    pub column: String,
    /// The unit; empty for pure numbers.
    pub unit: String,
    /// What it is.
    pub text: String,
}

/// A figure that is missing, and what it needs.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct SweepMissingRow {
    /// The column.
    pub column: String,
    /// The keys of the scenario.
    pub needs: Vec<String>,
}

/// A cell of a row: a number, or the text of an axis; null where there is none.
#[derive(schemars::JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "it stands for the schema of what a row's cells are")]
enum SweepCell {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

/// The rows, with their columns' names.
#[derive(Clone, Debug)]
pub struct SweepRows {
    names: Vec<String>,
    found: Sweep,
}

/// The name of a figure's column, where no axis has it.
fn unlike(axes: &[SweepAxisRow], column: String) -> String {
    match axes.iter().any(|axis| axis.column == column) {
        true => format!("result.{column}"),
        false => column,
    }
}

/// A figure's column: its key elsewhere, amounts with their currency.
fn column(figure: Figure, money: Denomination, currency: Currency) -> String {
    let key = place(figure, money).column();
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
    /// The axes' values of a row.
    fn axes(&self, row: usize) -> impl Iterator<Item = &Scalar> {
        self.found.points(row).into_iter().map(|point| &point.shown)
    }

    /// The figures of a row.
    fn figures(&self, row: usize) -> &[Option<f64>] {
        self.found.rows.get(row).map_or(&[], Vec::as_slice)
    }

    /// A row with every column's name.
    fn row(&self, row: usize) -> impl Iterator<Item = (&String, serde_json::Value)> {
        let axes = self.axes(row).map(|shown| match shown {
            Scalar::Number(number) => json_number(*number),
            Scalar::Text(text) => text.as_str().into(),
        });
        let figure = |value: &Option<f64>| value.map_or(serde_json::Value::Null, json_number);
        self.names.iter().zip(axes.chain(self.figures(row).iter().map(figure)))
    }
}

/// One row by its place.
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
    /// From a [sweep](hashwatt::econ::view::sweep()).
    pub fn new(found: Sweep) -> Self {
        let resolved = found.first.resolved();
        let (money, currency) = (found.first.money(), resolved.currency);
        let mut head = Head::new(resolved);
        head.inputs.retain(|input| !found.varied.contains(&input.key));
        head.warnings = found.warnings.iter().map(WarningRow::from).collect();
        if found.more_warnings > 0 {
            let text = format!("{} more warnings are left out", found.more_warnings);
            head.warnings.push(WarningRow::new("more_warnings", text));
        }
        let axis = |axis: &Axis| SweepAxisRow {
            column: axis.column(),
            key: axis.key().to_owned(),
            unit: axis.unit().to_owned(),
            values: axis.points().len(),
        };
        let axes: Vec<_> = found.axes.iter().map(axis).collect();
        let column = |figure: Figure| unlike(&axes, column(figure, money, currency));
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
            schema_version: super::FIGURES_SCHEMA_VERSION,
            title: head.title.clone(),
            currency: head.currency.clone(),
            rows_asked: found.asked.len(),
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

    /// With something that a reader must know, before all else.
    pub fn warn(&mut self, key: &str, text: impl Into<String>) {
        let row = WarningRow::new(key, text);
        self.warnings.insert(0, row.clone());
        self.head.warnings.insert(0, row);
    }

    /// As CSV: a row for each combination, a column for each axis and figure; what is missing is empty.
    ///
    /// # Errors
    /// Those of the writer.
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

    fn words(&self) -> String {
        let title = self.title.as_deref().map_or(String::new(), |title| format!("{title}. "));
        let axes: Vec<&str> = self.axes.iter().map(|axis| axis.key.as_str()).collect();
        let rows = self.rows.found.rows.len();
        let cut = match self.complete {
            true => String::new(),
            false => format!(" Interrupted: {} rows were asked for.", self.rows_asked),
        };
        neutral(&format!(
            "{title}{rows} combinations of {}, every other parameter as it is taken.{cut}",
            axes.join(", ")
        ))
    }

    /// What a text shows of a row: the axes and a few figures.
    fn table(&self) -> Table {
        let found = &self.rows.found;
        let shown = found.rows.len().min(MAX_SHOWN);
        let currency = found.first.resolved().currency;
        let main: Vec<(usize, &str)> = main(found.first.money())
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
                let greatest = finite.fold(0.0, |greatest: f64, value| greatest.max(value.abs()));
                Scale::new(found.figures[*place].unit(currency), greatest)
            })
            .collect();
        let heads = main.iter().zip(&scales).map(|((place, name), scale)| {
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
            let axes = self.rows.axes(row).map(|shown| neutral(&shown.to_string()));
            let figures = main.iter().zip(&scales).zip(&is_missing);
            let cells = figures.map(|(((place, _), scale), is_missing)| {
                let value = self.rows.figures(row).get(*place).copied().flatten();
                let nothing = if *is_missing { "missing" } else { "none" };
                Cell::words(value.map_or_else(|| nothing.to_owned(), |value| scale.shown(value)))
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
        let table = Table::new("sweep", neutral(&format!("By {axes}")), heads.collect(), rows);
        Table { note: self.note(shown), ..table }
    }

    /// What the table leaves out.
    fn note(&self, shown: usize) -> String {
        let all = self.rows.found.rows.len();
        let cut = match shown < all {
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
            false => format!(" Missing for want of {}.", keys.join(", ")),
        };
        let figures = self.columns.len();
        format!("{cut}--csv and --json have all rows with {figures} figures each.{missing}")
    }
}

/// The figures of a text, by a few words each.
fn main(money: Denomination) -> [(Figure, &'static str); 6] {
    [
        (Figure::Moment(Moment::BtcAfter), "bitcoin"),
        (Figure::Moment(Moment::RevenueAfter), "income"),
        (Figure::Moment(Moment::CashMarginAfter), "income less running costs"),
        (Figure::Npv, "net present value"),
        (Figure::Net(Party::State, Period::Whole, money), "the state"),
        (Figure::National(Period::Whole, money), "the nation"),
    ]
}

impl fmt::Display for SweepReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        paragraph(f, &self.words(), 0)?;
        let (warnings, inputs) = (warnings_table(&self.head, None), inputs_table(&self.head));
        for table in [&self.table()].into_iter().chain(&warnings).chain([&inputs]) {
            writeln!(f)?;
            write_table(f, table)?;
        }
        Ok(())
    }
}
