//! What a scenario comes to, as Python holds it: the command's own document, made when it is first asked for.

use super::convert::to_python;
use super::wrong;
use hashwatt_econ::document::{Document, FigureRow, Part, place, tidy};
use hashwatt_econ::prelude::{Outcome, ScenarioVariant, Study};
use hashwatt_econ::view::switching_value::FigureSwitchingValues;
use numpy::PyArray1;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::sync::{Arc, OnceLock};

/// Which document.
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
    turns: Vec<FigureSwitchingValues>,
    document: OnceLock<Document>,
}

impl Run {
    pub fn new(
        study: Arc<Study>,
        kind: Kind,
        outcome: Outcome,
        variants: Vec<(ScenarioVariant, Outcome)>,
        turns: Vec<FigureSwitchingValues>,
    ) -> Self {
        Self { study, kind, outcome, variants, turns, document: OnceLock::new() }
    }

    fn document(&self) -> &Document {
        self.document.get_or_init(|| {
            let (study, outcome) = (&self.study, &self.outcome);
            let (variants, turns) = (&self.variants, &self.turns);
            match self.kind {
                Kind::Estimate => Document::estimate(study, outcome),
                Kind::Projection => Document::projection(study, outcome, variants, turns),
                Kind::Ledger => Document::ledger(study, outcome, variants, turns),
            }
        })
    }
}

/// What part of a document a figure is of.
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
    /// The document, as the command's JSON has it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        // In the order of the command's.
        let json = serde_json::to_string(self.document()).map_err(wrong)?;
        py.import("json")?.call_method1("loads", (json,))
    }

    /// The same without inputs, references and warnings.
    fn figures<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &serde_json::Value::Object(self.document().figures_map()))
    }

    /// The same as text.
    fn to_json(&self) -> PyResult<String> {
        serde_json::to_string_pretty(self.document()).map(|json| json + "\n").map_err(wrong)
    }

    /// Figures in long form: texts as lists, numbers as arrays.
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let document = self.document();
        let rows: Vec<FigureRow> = document.rows().collect();
        let columns = PyDict::new(py);
        let money = document.money();
        let parts: Vec<&str> =
            rows.iter().map(|row| part_name(place(row.figure, money).part)).collect();
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
            let values = rows.iter().map(|row| of(row).map_or(f64::NAN, tidy));
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

    /// What every figure's key means: key and text, each once.
    fn texts(&self) -> Vec<(String, String)> {
        let mut seen = std::collections::HashSet::new();
        let rows = self.document().rows();
        let fresh = rows.filter(|row| seen.insert(row.key.clone()));
        fresh.map(|row| (row.key, row.figure.text())).collect()
    }

    /// The inputs with their origins.
    fn inputs<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &serde_json::to_value(&self.document().head().inputs).map_err(wrong)?)
    }

    /// What a reader must know, by key.
    fn warnings(&self) -> Vec<(String, String)> {
        let warnings = &self.study.resolved().warnings;
        warnings.iter().map(|warning| (warning.key().to_owned(), warning.to_string())).collect()
    }

    /// Paths that were followed.
    #[getter]
    fn paths(&self) -> usize {
        self.outcome.paths
    }

    /// Paths that were asked for.
    #[getter]
    fn paths_asked(&self) -> usize {
        self.outcome.asked
    }

    /// Where the random numbers began.
    #[getter]
    fn seed(&self) -> u64 {
        self.outcome.seed
    }

    /// Whether every path that was asked for was followed.
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
