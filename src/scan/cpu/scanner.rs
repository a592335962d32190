//! The CPU scanner: runs a kernel on several threads.

use super::dispatch::KernelImpl;
use super::kernel::Kernel;
use super::processors::Processors;
use super::{affinity, host};
use crate::scan::error::ScanError;
use crate::scan::scanner::{HashingDevice, Scanner, ScannerDescriptor};
use crate::scan::sink::{CompletedBatch, Sink, Worker};
use crate::scan::stop::StopToken;
use crate::scan::work_source::WorkSource;
use std::time::{Duration, Instant};

/// The maximum number of nonces in a batch: 0.7 ms at 50 MH/s, 10 ms at 3 MH/s, so that requests to the
/// work source are rare.
const BATCH: u64 = 1 << 15;

/// After a batch that takes longer, the next one is shorter; after a batch that takes less than half as
/// long, it is longer. A stop then takes effect soon, and a short window has many batches even if
/// hashing is slow or processors are shared.
const MAX_BATCH_TIME: Duration = Duration::from_millis(20);

/// The minimum number of nonces in a batch, and the length of the first batch.
const MIN_BATCH: u64 = 1 << 9;

/// The maximum number of threads: four per processor, but at least 64. More threads than processors do
/// not increase the rate, and each thread adds a batch to wait for at a stop.
fn max_threads() -> usize {
    let here = Processors::here();
    let count = here.online.unwrap_or(0).max(here.allowed.len());
    count.saturating_mul(4).max(64)
}

/// Searches nonces on its own CPU threads.
#[derive(Debug)]
pub struct CpuScanner {
    kernel: KernelImpl,
    pool: rayon::ThreadPool,
    descriptor: ScannerDescriptor,
}

impl CpuScanner {
    /// A scanner with `threads` threads. The kernel's self-test runs before its first use in the
    /// process.
    ///
    /// # Errors
    /// If the number of threads is out of range, this machine cannot run the kernel, the kernel fails its
    /// self-test, or the threads cannot be started.
    pub fn new(kernel: Kernel, threads: usize) -> Result<Self, ScanError> {
        let max = max_threads();
        if !(1..=max).contains(&threads) {
            return Err(ScanError::Threads { given: threads, max });
        }
        let implementation = kernel.proven()?;
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|i| format!("hashwatt-{i}"))
            .build()
            .map_err(|e| ScanError::ThreadPool { reason: e.to_string() })?;
        let descriptor = ScannerDescriptor {
            kernel: kernel.name().to_owned(),
            variant: implementation.variant().map(str::to_owned),
            device: host::name(),
            hashes_on: HashingDevice::Processor,
            threads,
            batch: BATCH,
            pinned: false,
        };
        Ok(Self { kernel: implementation, pool, descriptor })
    }

    /// Pins every thread to its own processor.
    ///
    /// # Errors
    /// [`ScanError::TooFewProcessors`] if there are more threads than processors that this process may
    /// use; [`ScanError::Pinning`] if the system refuses, or for processors above 1,023, which are not
    /// supported.
    pub fn pinned(mut self) -> Result<Self, ScanError> {
        let refused = |reason| ScanError::Pinning { reason };
        let allowed = Processors::here().allowed;
        let (threads, processors) = (self.descriptor.threads, allowed.len());
        if threads > processors {
            return Err(ScanError::TooFewProcessors { threads, processors });
        }
        // Thread i gets processor i of that list.
        let pinned = self.pool.broadcast(|thread| match allowed.get(thread.index()) {
            Some(processor) => affinity::pin(*processor),
            None => Err("there are fewer processors than threads".to_owned()),
        });
        pinned.into_iter().collect::<Result<(), String>>().map_err(refused)?;
        self.descriptor.pinned = true;
        Ok(self)
    }

    /// A scanner with the kernel that measures fastest on this machine.
    ///
    /// # Errors
    /// As [`CpuScanner::new`].
    pub fn fastest(threads: usize) -> Result<Self, ScanError> {
        Self::new(Kernel::fastest()?, threads)
    }
}

impl Scanner for CpuScanner {
    fn descriptor(&self) -> &ScannerDescriptor {
        &self.descriptor
    }

    fn run(
        &mut self,
        work: &dyn WorkSource,
        sink: &dyn Sink,
        stop: &StopToken,
    ) -> Result<(), ScanError> {
        self.pool.broadcast(|thread| {
            let worker = Worker { part: 0, thread: thread.index() };
            let mut batch = MIN_BATCH;
            while !stop.is_stopped() {
                let Some(piece) = work.next(batch) else { break };
                let (mut hits, start) = (Vec::new(), Instant::now());
                self.kernel.scan(&piece.job, piece.range, &mut hits);
                batch = next_batch(batch, start.elapsed());
                sink.completed(CompletedBatch {
                    work_id: piece.id,
                    range: piece.range,
                    hits,
                    at: Instant::now(),
                    hardware_errors: 0,
                    worker,
                });
            }
        });
        Ok(())
    }
}

/// The length of the next batch, from the length and the duration of the last one.
fn next_batch(batch: u64, duration: Duration) -> u64 {
    match duration {
        long if long > MAX_BATCH_TIME => (batch / 2).max(MIN_BATCH),
        short if short < MAX_BATCH_TIME / 2 => (batch * 2).min(BATCH),
        _ => batch,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batch_length_adapts_to_hashrate() {
        let after = |rate: f64| {
            let duration = |batch: u64| Duration::from_secs_f64(batch as f64 / rate);
            (0..20).fold(MIN_BATCH, |batch, _| next_batch(batch, duration(batch)))
        };
        assert_eq!((after(50e6), after(3e6)), (BATCH, BATCH));
        // A debug build on a shared processor.
        let slow = after(50e3);
        assert!((MIN_BATCH..=1024).contains(&slow), "{slow}");
        assert_eq!(after(1.0), MIN_BATCH);
        // A single batch that was delayed has no lasting effect.
        assert_eq!(next_batch(next_batch(BATCH, 2 * MAX_BATCH_TIME), MAX_BATCH_TIME / 40), BATCH);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn pinned_threads_have_one_processor_each() {
        let allowed = Processors::here().allowed;
        let scanner = CpuScanner::new(Kernel::Scalar, allowed.len()).unwrap().pinned().unwrap();
        assert!(scanner.descriptor().pinned);
        let mut pinned: Vec<usize> = Vec::new();
        for processors in scanner.pool.broadcast(|_| Processors::here().allowed) {
            let [processor] = processors[..] else { panic!("on {processors:?}") };
            pinned.push(processor);
        }
        pinned.sort_unstable();
        assert_eq!(pinned, allowed);
        // This thread does not belong to the pool.
        assert_eq!(Processors::here().allowed, allowed);
        let one_more = CpuScanner::new(Kernel::Scalar, allowed.len() + 1).unwrap().pinned();
        let error = one_more.err().unwrap();
        assert!(matches!(error, ScanError::TooFewProcessors { .. }), "{error}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn pinning_above_the_last_processor_is_an_error_that_does_not_suggest_fewer_threads() {
        let reason = affinity::pin(1024).unwrap_err();
        let message = ScanError::Pinning { reason }.to_string();
        assert!(message.contains("processor 1024 is above 1023"), "{message}");
        assert!(!message.contains("fewer"), "{message}");
    }
}
