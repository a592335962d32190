//! The CPU scanner: a kernel split over threads.

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

/// Nonces in one batch at the most: 0.7 ms at 50 MH/s, 10 ms at 3 MH/s, so that the source is asked
/// seldom.
const BATCH: u64 = 1 << 15;

/// A batch that takes longer is followed by a shorter one, and one that takes less than half of it
/// by a longer one, so that a stop is heard soon and a short window has many batches also where
/// hashing is slow or processors are shared.
const LONG: Duration = Duration::from_millis(20);

/// No batch is shorter, whatever it takes; the first is so short.
const MIN_BATCH: u64 = 1 << 9;

/// The most threads that can be asked for: several a processor, which gains nothing, and no more than
/// that, since each is another batch to wait for when all are to stop.
fn most_threads() -> usize {
    let here = Processors::here();
    let count = here.online.unwrap_or(0).max(here.allowed.len());
    count.saturating_mul(4).max(64)
}

/// Searches nonces on CPU threads of its own.
#[derive(Debug)]
pub struct CpuScanner {
    kernel: KernelImpl,
    pool: rayon::ThreadPool,
    descriptor: ScannerDescriptor,
}

impl CpuScanner {
    /// A scanner with `threads` threads. The kernel proves itself against the reference before
    /// its first use in the process.
    ///
    /// # Errors
    /// Where this machine lacks what the kernel needs, the kernel fails its self-test, or the
    /// threads cannot be had.
    pub fn new(kernel: Kernel, threads: usize) -> Result<Self, ScanError> {
        let most = most_threads();
        if !(1..=most).contains(&threads) {
            return Err(ScanError::Threads { asked: threads, most });
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

    /// The same scanner with every thread on a processor of its own.
    ///
    /// # Errors
    /// [`ScanError::TooFewProcessors`] where there are more threads than processors that this process
    /// may use, [`ScanError::Pinning`] where the system refuses, and for processors beyond 1,023,
    /// which it cannot be given here.
    pub fn pinned(mut self) -> Result<Self, ScanError> {
        let refused = |reason| ScanError::Pinning { reason };
        let allowed = Processors::here().allowed;
        let (threads, processors) = (self.descriptor.threads, allowed.len());
        if threads > processors {
            return Err(ScanError::TooFewProcessors { threads, processors });
        }
        // Each thread has the processor of its place in that list.
        let pinned = self.pool.broadcast(|thread| match allowed.get(thread.index()) {
            Some(processor) => affinity::pin(*processor),
            None => Err("there is no processor for each thread".to_owned()),
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
                let (mut hits, begun) = (Vec::new(), Instant::now());
                self.kernel.scan(&piece.job, piece.range, &mut hits);
                batch = next_batch(batch, begun.elapsed());
                sink.finished(CompletedBatch {
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

/// The length after a batch that took so long.
fn next_batch(batch: u64, took: Duration) -> u64 {
    match took {
        long if long > LONG => (batch / 2).max(MIN_BATCH),
        short if short < LONG / 2 => (batch * 2).min(BATCH),
        _ => batch,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_are_as_long_as_the_machine_is_fast() {
        let after = |rate: f64| {
            let took = |batch: u64| Duration::from_secs_f64(batch as f64 / rate);
            (0..20).fold(MIN_BATCH, |batch, _| next_batch(batch, took(batch)))
        };
        assert_eq!((after(50e6), after(3e6)), (BATCH, BATCH));
        // A debug build on a shared processor.
        let slow = after(50e3);
        assert!((MIN_BATCH..=1024).contains(&slow), "{slow}");
        assert_eq!(after(1.0), MIN_BATCH);
        // A batch that had to wait is no rate.
        assert_eq!(next_batch(next_batch(BATCH, 2 * LONG), LONG / 40), BATCH);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn pinned_threads_have_a_processor_each() {
        let there = Processors::here().allowed;
        let scanner = CpuScanner::new(Kernel::Scalar, there.len()).unwrap().pinned().unwrap();
        assert!(scanner.descriptor().pinned);
        let mut kept: Vec<usize> = Vec::new();
        for processors in scanner.pool.broadcast(|_| Processors::here().allowed) {
            let [processor] = processors[..] else { panic!("on {processors:?}") };
            kept.push(processor);
        }
        kept.sort_unstable();
        assert_eq!(kept, there);
        // This thread is none of the pool's.
        assert_eq!(Processors::here().allowed, there);
        let one_more = CpuScanner::new(Kernel::Scalar, there.len() + 1).unwrap().pinned();
        let told = one_more.err().unwrap();
        assert!(matches!(told, ScanError::TooFewProcessors { .. }), "{told}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_processor_beyond_the_set_is_an_error_and_no_advice_to_give_fewer() {
        let reason = affinity::pin(1024).unwrap_err();
        let told = ScanError::Pinning { reason }.to_string();
        assert!(told.contains("processor 1024 is beyond 1023"), "{told}");
        assert!(!told.contains("fewer"), "{told}");
    }
}
