//! Long work: over threads of this process, without the interpreter, stopped by Ctrl-C.

use super::wrong;
use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How often signals are looked for and progress is told.
const TICK: Duration = Duration::from_millis(50);

/// Threads that were made last.
struct Known {
    process: u32,
    threads: usize,
    pool: Arc<ThreadPool>,
}

static POOL: Mutex<Option<Known>> = Mutex::new(None);

fn new_pool(threads: usize) -> PyResult<Arc<ThreadPool>> {
    let pool = ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|place| format!("hashwatt-{place}"))
        .build();
    pool.map(Arc::new).map_err(wrong)
}

/// More threads than this are a mistake: no machine has the cores, and each costs memory.
const MAX_THREADS: usize = 1024;

/// Threads of this process: those that a parent had are not in a child that was forked.
fn pool(threads: usize) -> PyResult<Arc<ThreadPool>> {
    if threads == 1 {
        // Not shared: calls with one thread each, such as tasks of Dask in one process, run beside each other.
        return new_pool(1);
    }
    if threads > MAX_THREADS {
        return Err(wrong(format!(
            "threads is {threads}; give 1 to {MAX_THREADS}, or leave it out"
        )));
    }
    let process = std::process::id();
    let mut known = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = known.as_ref().filter(|k| k.process == process && k.threads == threads) {
        return Ok(Arc::clone(&known.pool));
    }
    let pool = new_pool(threads)?;
    let before = known.replace(Known { process, threads, pool: Arc::clone(&pool) });
    if let Some(before) = before.filter(|before| before.process != process) {
        // Its threads are the parent's: there is nobody to wait for.
        std::mem::forget(before.pool);
    }
    Ok(pool)
}

/// Which threads work.
#[derive(Clone, Copy, Debug)]
pub enum Threads {
    /// So many of this process, all cores for 0.
    Pool(usize),
    /// The work has its own.
    #[cfg(feature = "search")]
    Own,
}

impl From<Option<usize>> for Threads {
    fn from(count: Option<usize>) -> Self {
        Self::Pool(count.unwrap_or(0))
    }
}

/// What became of some work, and what stopped it.
pub struct Done<T> {
    pub value: T,
    pub stopped_by: Option<PyErr>,
}

/// Does work that watches for being stopped: it is given what is told how much is done and says whether to go on.
/// `progress`, where there is one, is called with how much is done.
pub fn long<T: Send>(
    py: Python<'_>,
    threads: impl Into<Threads>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&(dyn Fn(usize) -> bool + Sync)) -> T + Send,
) -> PyResult<Done<T>> {
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
    let mut told = 0;
    let value = std::thread::scope(|scope| {
        let (sender, receiver) = channel();
        // Only so that it may be waited for without the interpreter.
        let receiver = Mutex::new(receiver);
        let wait = || receiver.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(TICK);
        let (pool, watch) = (&pool, &watch);
        scope.spawn(move || {
            // Nobody waits for it any more where the receiver is gone.
            let _ = sender.send(match pool {
                Some(pool) => pool.install(|| work(watch)),
                None => work(watch),
            });
        });
        loop {
            let answer = py.detach(wait);
            match answer {
                Ok(value) => break Some(value),
                Err(RecvTimeoutError::Disconnected) => break None,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if stopped_by.is_some() {
                continue;
            }
            let done = count.load(Ordering::Relaxed);
            let mut told_on = Ok(());
            if let Some(progress) = progress.filter(|_| done > told) {
                told = done;
                told_on = progress.call1((done,)).map(|_| ());
            }
            if let Err(error) = py.check_signals().and(told_on) {
                stop.store(true, Ordering::Relaxed);
                stopped_by = Some(error);
            }
        }
    });
    let value = value.ok_or_else(|| wrong("the work ended without a result; please report it"))?;
    if stopped_by.is_none() {
        // What stops it now comes too late for the work, whose value is kept all the same.
        let done = count.load(Ordering::Relaxed);
        let mut told_on = Ok(());
        if let Some(progress) = progress.filter(|_| done > told) {
            told_on = progress.call1((done,)).map(|_| ());
        }
        stopped_by = py.check_signals().and(told_on).err();
    }
    Ok(Done { value, stopped_by })
}
