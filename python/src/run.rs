//! The results of a scenario for Python: the command's document, created on first use.

use super::convert::to_python;
use super::value_error;
use hashwatt_econ::document::{Document, FigureRow, Part, figure_location, round_to_15_digits};
use hashwatt_econ::prelude::{Outcome, Study};
use hashwatt_econ::view::ScenarioVariant;
use hashwatt_econ::view::switching_value::FigureSwitchingValues;
use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::sync::{Arc, OnceLock};

/// The kind of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Estimate,
    Projection,
    Ledger,
}

/// A run of a scenario.
#[pyclass(frozen, module = "hashwatt._native")]
pub struct Run {
    study: Arc<Study>,
    kind: Kind,
    outcome: Outcome,
    variants: Vec<(ScenarioVariant, Outcome)>,
    switching_values: Vec<FigureSwitchingValues>,
    document: OnceLock<Document>,
}

impl Run {
    pub fn new(
        study: Arc<Study>,
        kind: Kind,
        outcome: Outcome,
        variants: Vec<(ScenarioVariant, Outcome)>,
        switching_values: Vec<FigureSwitchingValues>,
    ) -> Self {
        Self { study, kind, outcome, variants, switching_values, document: OnceLock::new() }
    }

    fn document(&self) -> &Document {
        self.document.get_or_init(|| {
            let (study, outcome) = (&self.study, &self.outcome);
            let (variants, switching_values) = (&self.variants, &self.switching_values);
            match self.kind {
                Kind::Estimate => Document::estimate(study, outcome),
                Kind::Projection => {
                    Document::projection(study, outcome, variants, switching_values)
                }
                Kind::Ledger => Document::ledger(study, outcome, variants, switching_values),
            }
        })
    }
}

/// The name of the part of a document to which a figure belongs.
fn part_name(part: Part) -> &'static str {
    match part {
        Part::Moment => "moment",
        Part::Totals => "totals",
        Part::Year(_) => "year",
        Part::ForeignExchange(_) => "foreign_exchange",
        Part::Month(_) => "month",
        Part::Dispatch(_) => "dispatch",
    }
}

#[pymethods]
impl Run {
    /// The document, as in the command's JSON.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        // Keeps the order of the command's JSON.
        let json = serde_json::to_string(self.document()).map_err(value_error)?;
        py.import("json")?.call_method1("loads", (json,))
    }

    /// The document without inputs, references and warnings.
    fn figures<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &serde_json::Value::Object(self.document().figures_map()))
    }

    /// The document as JSON text.
    fn to_json(&self) -> PyResult<String> {
        serde_json::to_string_pretty(self.document()).map(|json| json + "\n").map_err(value_error)
    }

    /// The figures in long form: texts as lists, numbers as arrays.
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let document = self.document();
        let rows: Vec<FigureRow> = document.rows().collect();
        let columns = PyDict::new(py);
        let money = document.money();
        let parts: Vec<&str> =
            rows.iter().map(|row| part_name(figure_location(row.figure, money).part)).collect();
        columns.set_item("part", parts)?;
        columns.set_item("key", rows.iter().map(|row| row.key.as_str()).collect::<Vec<_>>())?;
        columns
            .set_item("period", rows.iter().map(|row| row.period.as_str()).collect::<Vec<_>>())?;
        let units: Vec<String> = rows
            .iter()
            .map(|row| row.unit().map_or_else(String::new, |unit| unit.to_string()))
            .collect();
        columns.set_item("unit", units)?;
        let array = |of: &dyn Fn(&FigureRow) -> Option<f64>| {
            let values = rows.iter().map(|row| of(row).map_or(f64::NAN, round_to_15_digits));
            PyArray1::from_iter(py, values)
        };
        columns.set_item("base", array(&|row| Some(row.value.as_ref()?.base)))?;
        columns.set_item("p05", array(&|row| Some(row.band()?.p05)))?;
        columns.set_item("p25", array(&|row| Some(row.band()?.p25)))?;
        columns.set_item("p50", array(&|row| Some(row.band()?.p50)))?;
        columns.set_item("p75", array(&|row| Some(row.band()?.p75)))?;
        columns.set_item("p95", array(&|row| Some(row.band()?.p95)))?;
        columns.set_item("mean", array(&|row| Some(row.band()?.mean)))?;
        columns.set_item("positive", array(&|row| row.value.as_ref()?.positive))?;
        Ok(columns)
    }

    /// The description of every figure's key: key and text, each once.
    fn texts(&self) -> Vec<(String, String)> {
        let mut seen = std::collections::HashSet::new();
        let rows = self.document().rows();
        let fresh = rows.filter(|row| seen.insert(row.key.clone()));
        fresh.map(|row| (row.key, row.figure.text())).collect()
    }

    /// The inputs with their origins.
    fn inputs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &serde_json::to_value(&self.document().head().inputs).map_err(value_error)?)
    }

    /// The warnings, by key.
    fn warnings(&self) -> Vec<(String, String)> {
        let warnings = &self.study.resolved().warnings;
        warnings.iter().map(|warning| (warning.key().to_owned(), warning.to_string())).collect()
    }

    /// Number of simulated paths.
    #[getter]
    fn paths(&self) -> usize {
        self.outcome.paths
    }

    /// Number of requested paths.
    #[getter]
    fn paths_requested(&self) -> usize {
        self.outcome.requested
    }

    /// Seed of the random numbers.
    #[getter]
    fn seed(&self) -> u64 {
        self.outcome.seed
    }

    /// Whether all requested paths were simulated.
    #[getter]
    fn complete(&self) -> bool {
        self.outcome.is_complete()
    }

    /// `estimate`, `projection` or `ledger`.
    #[getter]
    fn kind(&self) -> &'static str {
        match self.kind {
            Kind::Estimate => "estimate",
            Kind::Projection => "projection",
            Kind::Ledger => "ledger",
        }
    }

    #[getter]
    fn title(&self) -> Option<&str> {
        self.study.resolved().title.as_deref()
    }

    /// The scenario's currency.
    #[getter]
    fn currency(&self) -> String {
        self.study.resolved().currency.to_string()
    }
}
