//! The CPU scanner: which kernel, proven by its self-test, split over threads.

mod affinity;
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "calls generated assembly; a token proves each instruction set")]
mod assembly;
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "kernels call intrinsics; a token proves each")]
mod avx2;
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "kernels call intrinsics; a token proves each")]
mod avx512;
mod calibrate;
mod clock;
#[cfg(target_arch = "x86_64")]
mod isa;
mod kernel;
mod lanes;
mod machine;
#[cfg_attr(
    not(target_arch = "x86_64"),
    allow(dead_code, reason = "no core of another architecture is known yet")
)]
pub(super) mod ports;
#[cfg_attr(
    target_arch = "x86_64",
    expect(unsafe_code, reason = "counts cycles of instructions that a compiler would leave out")
)]
mod probe;
mod roofline;
mod scalar;
pub(super) mod self_test;
mod sha2;
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "kernels call intrinsics; a token proves each")]
mod sha_ni;
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "kernels call intrinsics; a token proves each")]
mod sse41;
mod vector;

pub use calibrate::Calibrated;
pub use kernel::{Kernel, UnknownKernel};
pub use machine::Machine;
pub use roofline::{KernelCycles, Percentiles, Roofline, roofline};

use kernel::Ready;

use super::{Done, ScanError, Scanner, ScannerDescriptor, Sink, StopToken, WorkSource, Worker};
use std::time::Instant;

/// Nonces in one batch: 0.7 ms at 50 MH/s, 10 ms at 3 MH/s, so that a stop is quick and the
/// source is asked seldom.
const BATCH: u64 = 1 << 15;

/// More threads than any machine has; far below what a pool would choke on.
const MOST_THREADS: usize = 4096;

/// Searches nonces on CPU threads of its own.
#[derive(Debug)]
pub struct CpuScanner {
    kernel: Ready,
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
        if !(1..=MOST_THREADS).contains(&threads) {
            return Err(ScanError::Threads { asked: threads, most: MOST_THREADS });
        }
        let ready = kernel.proven()?;
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .thread_name(|i| format!("hashwatt-{i}"))
            .build()
            .map_err(|e| ScanError::ThreadPool { reason: e.to_string() })?;
        let descriptor = ScannerDescriptor {
            kernel: kernel.name().to_owned(),
            variant: ready.variant().map(str::to_owned),
            device: machine::name(),
            threads,
            batch: BATCH,
            pinned: false,
        };
        Ok(Self { kernel: ready, pool, descriptor })
    }

    /// The same scanner with every thread on a processor of its own.
    ///
    /// # Errors
    /// [`ScanError::Pinning`] where there are more threads than processors that this process
    /// may use, or the system refuses.
    pub fn pinned(mut self) -> Result<Self, ScanError> {
        let refused = |reason| ScanError::Pinning { reason };
        let processors = affinity::processors().map_err(refused)?;
        let threads = self.descriptor.threads;
        if threads > processors.len() {
            let there = processors.len();
            return Err(refused(format!("{threads} threads have {there} processors")));
        }
        let pinned = self.pool.broadcast(|thread| affinity::pin(processors[thread.index()]));
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
            while !stop.is_stopped() {
                let Some(piece) = work.next(BATCH) else { break };
                let mut hits = Vec::new();
                self.kernel.scan(&piece.job, piece.range, &mut hits);
                sink.finished(Done {
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

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn pinned_threads_have_a_processor_each() {
        let there = affinity::processors().unwrap();
        let scanner = CpuScanner::new(Kernel::Scalar, there.len()).unwrap().pinned().unwrap();
        assert!(scanner.descriptor().pinned);
        let mut kept: Vec<usize> = Vec::new();
        for processors in scanner.pool.broadcast(|_| affinity::processors().unwrap()) {
            let [processor] = processors[..] else { panic!("on {processors:?}") };
            kept.push(processor);
        }
        kept.sort_unstable();
        assert_eq!(kept, there);
        // This thread is none of the pool's.
        assert_eq!(affinity::processors().unwrap(), there);
        let one_more = CpuScanner::new(Kernel::Scalar, there.len() + 1).unwrap().pinned();
        assert!(matches!(one_more, Err(ScanError::Pinning { .. })));
    }
}
