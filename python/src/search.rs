//! The nonce search of this machine's processor, and the kernels that it can run.

use super::parallel::{Threads, long};
use super::wrong;
use hashwatt::pow::{CompactTarget, Header, Target};
use hashwatt::scan::{
    CompletedBatch, CpuScanner, Job, Kernel, NonceRange, OneRange, Scanner, Sink, StopToken, Tally,
};
use hashwatt_econ::document::tidy;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// More hits are not kept.
const MAX_HITS: f64 = 1e7;

/// Takes finished work, tells how much that is, and stops the search where that is wanted.
struct Watched<'a> {
    tally: &'a Tally,
    done: AtomicUsize,
    watch: &'a (dyn Fn(usize) -> bool + Sync),
    stop: &'a StopToken,
}

impl Sink for Watched<'_> {
    fn finished(&self, done: CompletedBatch) {
        let more = usize::try_from(done.range.len()).unwrap_or(usize::MAX);
        self.tally.finished(done);
        let all = self.done.fetch_add(more, Ordering::Relaxed).saturating_add(more);
        if !(self.watch)(all) {
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
        row.set_item("rate_mh_s", of.rate.as_ref().ok().map(|rate| tidy(rate.as_mh_s())))?;
        row.set_item("variant", of.variant)?;
        row.set_item("chosen", of.chosen)?;
        Ok(row)
    };
    all.iter().map(row).collect()
}

/// Searches nonces of a header, in hexadecimal; the second value is what stopped it.
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
    let header: Header = header.parse().map_err(|error| wrong(format!("header: {error}")))?;
    let bits = bits.map_or(header.bits, CompactTarget::from_bits);
    let target = Target::from_compact(bits).map_err(|error| wrong(format!("bits: {error}")))?;
    let range = NonceRange::new(start, count).map_err(|error| wrong(format!("count: {error}")))?;
    let expected = range.len() as f64 / target.work().expected_hashes().as_hashes();
    if expected > MAX_HITS {
        return Err(wrong(format!(
            "count: about {expected:.0} hits are expected, more than the {MAX_HITS:.0} that are kept; \
             scan fewer nonces at a time"
        )));
    }
    let kernel = kernel.map(str::parse::<Kernel>).transpose().map_err(wrong)?;
    let stop = StopToken::new();
    let done = long(py, Threads::Own, progress, |watch| {
        let mut scanner = match kernel {
            Some(kernel) => CpuScanner::new(kernel, threads)?,
            None => CpuScanner::fastest(threads)?,
        };
        let work = OneRange::new(Arc::new(Job::new(&header, target)), range);
        let tally = Tally::new();
        let sink = Watched { tally: &tally, done: AtomicUsize::new(0), watch: &watch, stop: &stop };
        scanner.run(&work, &sink, &stop)?;
        Ok::<_, hashwatt::scan::ScanError>((scanner.descriptor().clone(), tally.finish(range)?))
    })?;
    let (scanner, found) = done.value.map_err(wrong)?;
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
