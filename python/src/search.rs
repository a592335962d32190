//! Nonce search on this machine's CPU, and the available kernels.

use super::parallel::{Threads, run_long};
use super::value_error;
use hashwatt::pow::{CompactTarget, Header, Target};
use hashwatt::scan::{
    CompletedBatch, CpuScanner, Job, Kernel, NonceRange, OneRange, Scanner, Sink, StopToken, Tally,
};
use hashwatt_econ::document::round_to_15_digits;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The greatest expected number of hits.
const MAX_HITS: f64 = 1e7;

/// Collects completed batches, reports their hashes, and stops the search on request.
struct MonitoredTally<'a> {
    tally: &'a Tally,
    done: AtomicUsize,
    watch: &'a (dyn Fn(usize) -> bool + Sync),
    stop: &'a StopToken,
}

impl Sink for MonitoredTally<'_> {
    fn completed(&self, batch: CompletedBatch) {
        let hashes = usize::try_from(batch.range.len()).unwrap_or(usize::MAX);
        self.tally.completed(batch);
        let total = self.done.fetch_add(hashes, Ordering::Relaxed).saturating_add(hashes);
        if !(self.watch)(total) {
            self.stop.stop();
        }
    }
}

/// Every kernel on this machine, as dictionaries.
#[pyfunction]
pub fn kernels(py: Python<'_>) -> PyResult<Vec<Bound<'_, PyDict>>> {
    let all = py.detach(Kernel::calibration);
    let row = |of: &hashwatt::scan::KernelCalibration| {
        let row = PyDict::new(py);
        row.set_item("name", of.kernel.name())?;
        row.set_item("lanes", of.lanes)?;
        row.set_item("available", of.rate.is_ok())?;
        row.set_item("reason", of.rate.as_ref().err().map(ToString::to_string))?;
        row.set_item(
            "rate_mh_s",
            of.rate.as_ref().ok().map(|rate| round_to_15_digits(rate.as_mh_s())),
        )?;
        row.set_item("variant", of.variant)?;
        row.set_item("chosen", of.chosen)?;
        Ok(row)
    };
    all.iter().map(row).collect()
}

/// Searches nonces of a hexadecimal header. The second value is the exception that stopped the search.
#[pyfunction]
#[pyo3(signature = (header, start, count, bits=None, kernel=None, threads=1, progress=None))]
#[expect(clippy::too_many_arguments, reason = "each is an argument of the Python function")]
pub fn scan<'py>(
    py: Python<'py>,
    header: &str,
    start: u32,
    count: u64,
    bits: Option<u32>,
    kernel: Option<&str>,
    threads: usize,
    progress: Option<&Bound<'py, PyAny>>,
) -> PyResult<(Bound<'py, PyDict>, Option<PyErr>)> {
    let header: Header = header.parse().map_err(|error| value_error(format!("header: {error}")))?;
    let bits = bits.map_or(header.bits, CompactTarget::from_bits);
    let target =
        Target::from_compact(bits).map_err(|error| value_error(format!("bits: {error}")))?;
    let range =
        NonceRange::new(start, count).map_err(|error| value_error(format!("count: {error}")))?;
    let expected = range.len() as f64 / target.work().expected_hashes().as_hashes();
    if expected > MAX_HITS {
        return Err(value_error(format!(
            "count: about {expected:.0} hits are expected, more than the limit of {MAX_HITS:.0}; \
             scan fewer nonces at a time"
        )));
    }
    let kernel = kernel.map(str::parse::<Kernel>).transpose().map_err(value_error)?;
    let stop = StopToken::new();
    let done = run_long(py, Threads::Own, progress, |watch| {
        let mut scanner = match kernel {
            Some(kernel) => CpuScanner::new(kernel, threads)?,
            None => CpuScanner::fastest(threads)?,
        };
        let work = OneRange::new(Arc::new(Job::new(&header, target)), range);
        let tally = Tally::new();
        let sink =
            MonitoredTally { tally: &tally, done: AtomicUsize::new(0), watch: &watch, stop: &stop };
        scanner.run(&work, &sink, &stop)?;
        Ok::<_, hashwatt::scan::ScanError>((scanner.descriptor().clone(), tally.finish(range)?))
    })?;
    let (scanner, found) = done.value.map_err(value_error)?;
    let result = PyDict::new(py);
    result.set_item("bits", bits.to_bits())?;
    result.set_item("kernel", scanner.kernel)?;
    result.set_item("variant", scanner.variant)?;
    result.set_item("threads", scanner.threads)?;
    result.set_item("complete", found.complete)?;
    result.set_item("hashes", found.hashes)?;
    let hits: Vec<(u32, String)> =
        found.hits.iter().map(|hit| (hit.nonce, hit.hash.to_string())).collect();
    result.set_item("hits", hits)?;
    let covered: Vec<(u32, u64)> =
        found.covered.iter().map(|range| (range.start(), range.len())).collect();
    result.set_item("covered", covered)?;
    Ok((result, done.stopped_by))
}
