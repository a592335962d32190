//! Long computations: on threads of this process, without the interpreter lock, interruptible by Ctrl-C.

use super::value_error;
use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How often signals are checked and progress is reported.
const POLL_INTERVAL: Duration = Duration::from_millis(50);

/// The thread pool that was created last.
struct CachedPool {
    process: u32,
    threads: usize,
    pool: Arc<ThreadPool>,
}

static POOL: Mutex<Option<CachedPool>> = Mutex::new(None);

fn new_pool(threads: usize) -> PyResult<Arc<ThreadPool>> {
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|index| format!("hashwatt-{index}"))
        .build();
    pool.map(Arc::new).map_err(value_error)
}

/// The greatest number of threads; more are probably a mistake, and each takes memory.
const MAX_THREADS: usize = 1024;

/// A thread pool of this process: a forked child does not have the threads of its parent.
fn pool(threads: usize) -> PyResult<Arc<ThreadPool>> {
    if threads == 1 {
        // Not shared, so that calls with one thread each, such as Dask tasks in one process, run concurrently.
        return new_pool(1);
    }
    if threads > MAX_THREADS {
        return Err(value_error(format!(
            "threads is {threads}; give 1 to {MAX_THREADS}, or leave it out"
        )));
    }
    let process = std::process::id();
    let mut cached = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    let is_current = |c: &&CachedPool| c.process == process && c.threads == threads;
    if let Some(current) = cached.as_ref().filter(is_current) {
        return Ok(Arc::clone(&current.pool));
    }
    let pool = new_pool(threads)?;
    let previous = cached.replace(CachedPool { process, threads, pool: Arc::clone(&pool) });
    if let Some(previous) = previous.filter(|previous| previous.process != process) {
        // Its threads belong to the parent, so dropping it would wait forever.
        std::mem::forget(previous.pool);
    }
    Ok(pool)
}

/// The threads of a computation.
#[derive(Clone, Copy, Debug)]
pub enum Threads {
    /// A pool of this many threads; 0 for all cores.
    Pool(usize),
    /// The computation creates its own threads.
    #[cfg(feature = "search")]
    Own,
}

impl From<Option<usize>> for Threads {
    fn from(count: Option<usize>) -> Self {
        Self::Pool(count.unwrap_or(0))
    }
}

/// The result of a computation, and the exception that stopped it.
pub struct LongResult<T> {
    pub value: T,
    pub stopped_by: Option<PyErr>,
}

/// Runs a computation that can be stopped. The computation calls its argument with the amount of work done; the return
/// value is whether to continue. `progress` is called with the amount of work done.
pub fn run_long<T: Send>(
    py: Python<'_>,
    threads: impl Into<Threads>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&(dyn Fn(usize) -> bool + Sync)) -> T + Send,
) -> PyResult<LongResult<T>> {
    let pool = match threads.into() {
        Threads::Pool(count) => Some(pool(count)?),
        #[cfg(feature = "search")]
        Threads::Own => None,
    };
    let (stop, count) = (AtomicBool::new(false), AtomicUsize::new(0));
    let watch = |done: usize| {
        count.fetch_max(done, Ordering::Relaxed);
        !stop.load(Ordering::Relaxed)
    };
    let mut stopped_by = None;
    let mut reported = 0;
    let value = std::thread::scope(|scope| {
        let (sender, receiver) = channel();
        // In a mutex so that it can be waited for without the interpreter lock.
        let receiver = Mutex::new(receiver);
        let wait =
            || receiver.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(POLL_INTERVAL);
        let (pool, watch) = (&pool, &watch);
        scope.spawn(move || {
            // The receiver may be gone.
            let _ = sender.send(match pool {
                Some(pool) => pool.install(|| work(watch)),
                None => work(watch),
            });
        });
        loop {
            match py.detach(wait) {
                Ok(value) => break Some(value),
                Err(RecvTimeoutError::Disconnected) => break None,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if stopped_by.is_some() {
                continue;
            }
            let done = count.load(Ordering::Relaxed);
            let mut report = Ok(());
            if let Some(progress) = progress.filter(|_| done > reported) {
                reported = done;
                report = progress.call1((done,)).map(|_| ());
            }
            if let Err(error) = py.check_signals().and(report) {
                stop.store(true, Ordering::Relaxed);
                stopped_by = Some(error);
            }
        }
    });
    let value = value
        .ok_or_else(|| value_error("the computation ended without a result; please report this"))?;
    if stopped_by.is_none() {
        // An exception now is too late to stop the computation; its value is kept.
        let done = count.load(Ordering::Relaxed);
        let mut report = Ok(());
        if let Some(progress) = progress.filter(|_| done > reported) {
            report = progress.call1((done,)).map(|_| ());
        }
        stopped_by = py.check_signals().and(report).err();
    }
    Ok(LongResult { value, stopped_by })
}
