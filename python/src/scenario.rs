//! Scenarios for Python: immutable, compared by content, and picklable for other processes.

use super::convert::{to_python, toml_text, typed};
use super::parallel::run_long;
use super::run::{Kind, Run};
use super::value_error;
use hashwatt_econ::document::{self, Head, PROJECTION_SWITCHING_FIGURES, round_to_15_digits};
use hashwatt_econ::network::{Catalogue, Machine};
use hashwatt_econ::prelude::{Figure, Paths, Study};
use hashwatt_econ::scenario::{self as econ, Axis};
use hashwatt_econ::view::headline::Headline;
use hashwatt_econ::view::sweep::{self, default_figures, sweep_rows};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The greatest length of a file that a scenario names, in bytes.
const MAX_FILE_BYTES: u64 = 8 << 20;

/// The content of a scenario, by which it is compared and pickled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Source {
    /// The text of its file, and the name of the file.
    text: Option<String>,
    name: String,
    /// The folder of the files that it names.
    folder: Option<PathBuf>,
    /// Keys that were set in addition, with their values as typed.
    settings: Vec<(String, String)>,
    /// The texts of files that it names, by name.
    files: BTreeMap<String, String>,
}

/// A scenario.
#[pyclass(frozen, module = "hashwatt._native", eq, hash)]
#[derive(Debug)]
pub struct Scenario {
    source: Source,
    scenario: econ::Scenario,
    /// Files that have been read, so that they are pickled too and do not change.
    read: Mutex<BTreeMap<String, String>>,
    study: OnceLock<Arc<Study>>,
    /// The last parsed axes, of up to 100,000 values: all blocks of a sweep use the same ones.
    axes: Mutex<Option<(Pairs, Arc<Vec<Axis>>)>>,
}

impl PartialEq for Scenario {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl std::hash::Hash for Scenario {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.source.hash(state);
    }
}

impl Scenario {
    fn new(source: Source) -> PyResult<Self> {
        let mut scenario = match &source.text {
            Some(text) => econ::Scenario::draft(text, &source.name).map_err(value_error)?,
            None => econ::Scenario::new(),
        };
        for (key, text) in &source.settings {
            scenario.set_typed(key, text, key).map_err(value_error)?;
        }
        Ok(Self {
            source,
            scenario,
            read: Mutex::default(),
            study: OnceLock::new(),
            axes: Mutex::default(),
        })
    }

    /// A scenario derived from this one, with the files that this one has read.
    fn derived(&self, source: Source) -> PyResult<Self> {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Ok(Self { read: Mutex::new(read), ..Self::new(source)? })
    }

    /// The text of a file that it names.
    fn file(&self, name: &str) -> Result<String, String> {
        if let Some(text) = self.source.files.get(name) {
            return Ok(text.clone());
        }
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(text) = read.get(name) {
            return Ok(text.clone());
        }
        let Some(folder) = &self.source.folder else {
            return Err("names a file, but the scenario has no folder; give folder=, or the file's text with \
                        with_files"
                .to_owned());
        };
        let path = folder.join(name);
        let message = |error: std::io::Error| format!("{}: {error}", path.display());
        let size = std::fs::metadata(&path).map_err(message)?.len();
        if size > MAX_FILE_BYTES {
            return Err(format!("{}: is longer than {} MiB", path.display(), MAX_FILE_BYTES >> 20));
        }
        let text = std::fs::read_to_string(&path).map_err(message)?;
        read.insert(name.to_owned(), text.clone());
        Ok(text)
    }

    fn study(&self) -> PyResult<&Arc<Study>> {
        if let Some(study) = self.study.get() {
            return Ok(study);
        }
        let resolved =
            self.scenario.resolve_with_files(|name| self.file(name)).map_err(value_error)?;
        let study = Study::new(resolved).map_err(value_error)?;
        Ok(self.study.get_or_init(|| Arc::new(study)))
    }
}

#[pymethods]
impl Scenario {
    /// From the text of a file; its keys are not checked yet.
    #[staticmethod]
    #[pyo3(signature = (text, name, folder=None))]
    fn parse(text: String, name: String, folder: Option<PathBuf>) -> PyResult<Self> {
        Self::new(Source { text: Some(text), name, folder, ..Source::default() })
    }

    /// From a dictionary of keys, with sections as nested dictionaries.
    #[staticmethod]
    #[pyo3(signature = (keys, folder=None))]
    fn from_dict(keys: &Bound<'_, PyDict>, folder: Option<PathBuf>) -> PyResult<Self> {
        Self::parse(toml_text(keys)?, "the dictionary".to_owned(), folder)
    }

    /// From keys alone.
    #[staticmethod]
    fn from_keys(settings: &Bound<'_, PyList>) -> PyResult<Self> {
        Self::new(Source::default())?.with_keys(settings)
    }

    /// A copy with other values for some keys: pairs of a key, or its short name, and a value.
    fn with_keys(&self, settings: &Bound<'_, PyList>) -> PyResult<Self> {
        let mut source = self.source.clone();
        for pair in settings.iter() {
            let (name, value): (String, Bound<'_, PyAny>) = pair.extract()?;
            let key = econ::current_key(econ::key_for_name(&name));
            source.settings.push((key, typed(&name, &value)?));
        }
        self.derived(source)
    }

    /// A copy with the texts of files that it names, by name.
    fn with_files(&self, files: BTreeMap<String, String>) -> PyResult<Self> {
        let mut source = self.source.clone();
        source.files.extend(files);
        self.derived(source)
    }

    /// Its whole content, including the files that it names.
    fn state(&self) -> State {
        // The files are known after it has been resolved; an invalid scenario is pickled without them.
        let _ = self.study();
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Source { text, name, folder, settings, files } = self.source.clone();
        (text, name, folder, settings, files, read)
    }

    /// The scenario from a [`state`](Self::state).
    #[staticmethod]
    fn from_state(
        text: Option<String>,
        name: String,
        folder: Option<PathBuf>,
        settings: Vec<(String, String)>,
        files: BTreeMap<String, String>,
        read: BTreeMap<String, String>,
    ) -> PyResult<Self> {
        let scenario = Self::new(Source { text, name, folder, settings, files })?;
        Ok(Self { read: Mutex::new(read), ..scenario })
    }

    /// Checks the scenario: raises its errors, and returns its warnings by key.
    fn check(&self, py: Python<'_>) -> PyResult<Vec<(String, String)>> {
        let study = py.detach(|| self.study())?;
        let warnings = &study.resolved().warnings;
        Ok(warnings.iter().map(|warning| (warning.key().to_owned(), warning.to_string())).collect())
    }

    /// Its keys with their displayed values, in its order.
    fn entries(&self) -> Vec<(String, String)> {
        let entry =
            |(key, value, _): (&str, &econ::Value, Option<usize>)| (key.to_owned(), value.shown());
        self.scenario.entries().map(entry).collect()
    }

    #[getter]
    fn title(&self) -> Option<&str> {
        self.scenario.title()
    }

    /// SHA-256 of the text from which it was parsed.
    #[getter]
    fn sha256(&self) -> Option<String> {
        let digest = self.scenario.sha256()?;
        Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// The estimate for a steady year.
    fn estimate(&self, py: Python<'_>) -> PyResult<Run> {
        let (study, outcome) = py.detach(|| {
            let study = self.study()?;
            Ok::<_, PyErr>((Arc::clone(study), study.estimate().map_err(value_error)?))
        })?;
        Ok(Run::new(study, Kind::Estimate, outcome, Vec::new(), Vec::new()))
    }

    /// Simulates the project over paths. The second value is the exception that stopped it.
    #[pyo3(signature = (kind, paths, seed, threads=None, progress=None))]
    fn simulate(
        &self,
        py: Python<'_>,
        kind: &str,
        paths: usize,
        seed: u64,
        threads: Option<usize>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<(Run, Option<PyErr>)> {
        let study = Arc::clone(py.detach(|| self.study())?);
        let paths = Paths { count: paths, seed };
        let kind = if kind == "ledger" { Kind::Ledger } else { Kind::Projection };
        let result = run_long(py, threads, progress, |watch| {
            let outcome = study.simulate(paths, &watch)?;
            watch(outcome.paths);
            let variants = study.variants()?;
            let figures = match kind {
                Kind::Ledger => Headline::figures(&outcome),
                _ => PROJECTION_SWITCHING_FIGURES.to_vec(),
            };
            // An interrupted search has no result. It counts inputs, not paths.
            let continues = |_: usize| watch(0);
            let mut switching_values = Vec::new();
            if continues(0) {
                switching_values = study.switching_values(&figures, &continues)?;
                if !continues(0) {
                    switching_values.clear();
                }
            }
            Ok::<_, hashwatt_econ::EconError>((outcome, variants, switching_values))
        })?;
        let (outcome, variants, switching_values) = result.value.map_err(value_error)?;
        Ok((Run::new(study, kind, outcome, variants, switching_values), result.stopped_by))
    }

    /// The number of combinations of some axes, and each axis: key, column, unit and values.
    fn axes(&self, py: Python<'_>, over: &Bound<'_, PyList>) -> PyResult<(usize, Vec<AxisParts>)> {
        let axes = self.parsed_axes(over)?;
        let count = sweep::count(&axes).map_err(value_error)?;
        let parts = |axis: &Axis| {
            let shown = |scalar: &econ::Scalar| match scalar {
                econ::Scalar::Number(number) => {
                    number.into_pyobject(py).map(|it| it.into_any().unbind()).map_err(PyErr::from)
                }
                econ::Scalar::Text(text) => {
                    text.into_pyobject(py).map(|it| it.into_any().unbind()).map_err(PyErr::from)
                }
            };
            let values = axis.points().iter().map(|point| shown(&point.shown));
            Ok((
                axis.key().to_owned(),
                axis.column(),
                axis.unit().to_owned(),
                values.collect::<PyResult<_>>()?,
            ))
        };
        Ok((count, axes.iter().map(parts).collect::<PyResult<_>>()?))
    }

    /// The inputs of the first combination with their origins.
    fn sweep_inputs<'py>(
        &self,
        py: Python<'py>,
        over: &Bound<'py, PyList>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let axes = self.parsed_axes(over)?;
        let read = |name: &str| self.file(name);
        let found = sweep_rows(&self.scenario, &axes, 0..0, &|_| Vec::new(), &read, &|_| true);
        let inputs = Head::new(found.map_err(value_error)?.first.resolved()).inputs;
        to_python(py, &serde_json::to_value(&inputs).map_err(value_error)?)
    }

    /// Some combinations of axes: figures (key, unit, text) and a value for each row and figure, NaN if missing. `chosen`
    /// are keys of figures, of which the existing ones are used; without them, the default figures.
    #[pyo3(signature = (over, begin, end, chosen=None, threads=None, progress=None))]
    #[expect(clippy::too_many_arguments, reason = "each is a keyword argument in Python")]
    fn sweep(
        &self,
        py: Python<'_>,
        over: &Bound<'_, PyList>,
        begin: usize,
        end: usize,
        chosen: Option<Vec<String>>,
        threads: Option<usize>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<SweepParts> {
        let axes = self.parsed_axes(over)?;
        let figures = |study: &Study| {
            let usual = default_figures(study);
            let Some(chosen) = &chosen else { return usual };
            let of = |figure: &Figure| document::figure_location(*figure, study.money()).column();
            let known: Vec<(String, Figure)> = usual.iter().map(|it| (of(it), *it)).collect();
            let found = |key: &String| known.iter().find(|(known, _)| known == key);
            chosen.iter().filter_map(found).map(|(_, figure)| *figure).collect()
        };
        let done = run_long(py, threads, progress, |watch| {
            sweep_rows(&self.scenario, &axes, begin..end, &figures, &|name| self.file(name), &watch)
        })?;
        let found = done.value.map_err(value_error)?;
        let money = found.first.money();
        let figure = |figure: &Figure| {
            let place = document::figure_location(*figure, money);
            let unit = figure.unit(found.first.resolved().currency);
            (place.column(), unit.to_string(), figure.text())
        };
        let values = found.rows.iter().flatten();
        let values: Vec<f64> =
            values.map(|value| value.map_or(f64::NAN, document::round_to_15_digits)).collect();
        let missing =
            found.missing.iter().map(|(of, missing)| (figure(of).0, missing.keys.clone()));
        let warnings = found.warnings.iter().map(|it| (it.key().to_owned(), it.to_string()));
        let more = format!("{} more warnings are left out", found.more_warnings);
        let more = (found.more_warnings > 0).then(|| (MORE_WARNINGS.to_owned(), more));
        Ok((
            found.figures.iter().map(figure).collect(),
            numpy::PyArray1::from_vec(py, values).unbind(),
            missing.collect(),
            warnings.chain(more).collect(),
            found.varied.into_iter().collect(),
            done.stopped_by,
        ))
    }
}

/// Text, name, folder, keys set in addition, files given, files read.
type State = (
    Option<String>,
    String,
    Option<PathBuf>,
    Vec<(String, String)>,
    BTreeMap<String, String>,
    BTreeMap<String, String>,
);

/// Keys with values as typed.
type Pairs = Vec<(String, String)>;

/// Key, column, unit and values.
type AxisParts = (String, String, String, Vec<Py<PyAny>>);

/// Key of the warning that more warnings were left out.
const MORE_WARNINGS: &str = "more_warnings";

/// Figures, values, missing figures, warnings, keys of inputs that differ between rows, the exception that stopped it.
type SweepParts = (
    Vec<(String, String, String)>,
    Py<numpy::PyArray1<f64>>,
    Vec<(String, Vec<String>)>,
    Vec<(String, String)>,
    Vec<String>,
    Option<PyErr>,
);

impl Scenario {
    /// The axes from pairs of a key and values as typed.
    fn parsed_axes(&self, over: &Bound<'_, PyList>) -> PyResult<Arc<Vec<Axis>>> {
        let over: Pairs = over.extract()?;
        let mut known = self.axes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, axes)) = known.as_ref().filter(|(of, _)| *of == over) {
            return Ok(Arc::clone(axes));
        }
        let axis = |(name, text): &(String, String)| {
            Axis::parse(&self.scenario, econ::key_for_name(name), text).map_err(value_error)
        };
        let axes = Arc::new(over.iter().map(axis).collect::<PyResult<Vec<_>>>()?);
        *known = Some((over, Arc::clone(&axes)));
        Ok(axes)
    }
}

/// The full key for a short name.
#[pyfunction]
pub fn key_of(name: &str) -> String {
    econ::current_key(econ::key_for_name(name))
}

/// Every key of a scenario, with its description.
#[pyfunction]
pub fn keys() -> Vec<(String, String)> {
    econ::documented_keys()
        .into_iter()
        .map(|doc| (doc.key.to_owned(), doc.text.to_owned()))
        .collect()
}

/// Machines of the catalogue as dictionaries: all of them, or those that match a query, best match first.
#[pyfunction]
#[pyo3(signature = (query=None))]
pub fn machines<'py>(py: Python<'py>, query: Option<&str>) -> PyResult<Vec<Bound<'py, PyDict>>> {
    let catalogue = Catalogue::shipped().map_err(value_error)?;
    let found: Vec<&Machine> = match query {
        Some(query) => catalogue.search(query).hits,
        None => catalogue.machines().iter().collect(),
    };
    let row = |machine: &Machine| {
        let row = PyDict::new(py);
        row.set_item("machine", machine.name())?;
        row.set_item("vendor", &machine.vendor)?;
        row.set_item("model", &machine.model)?;
        row.set_item("cooling", &machine.cooling)?;
        row.set_item("hashrate_th_s", round_to_15_digits(machine.hashrate.as_th_s()))?;
        row.set_item("power_w", round_to_15_digits(machine.power.as_watts()))?;
        row.set_item(
            "efficiency_j_per_th",
            round_to_15_digits((machine.power / machine.hashrate).as_j_per_th()),
        )?;
        row.set_item("release", &machine.release)?;
        row.set_item("source", &machine.source)?;
        row.set_item("uncertain", machine.uncertain.as_deref())?;
        Ok(row)
    };
    found.into_iter().map(row).collect()
}

/// The regions that a scenario can use: ISO 3166 code and name.
#[pyfunction]
pub fn regions() -> PyResult<Vec<(String, String)>> {
    let regions = econ::regions().map_err(value_error)?;
    Ok(regions
        .iter()
        .map(|region| (region.country.iso3.to_string(), region.country.name.to_string()))
        .collect())
}
