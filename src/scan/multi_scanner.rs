//! Several scanners on one work source: each takes the next piece when it has finished the last, so
//! that its share depends on its speed.

use crate::scan::error::ScanError;
use crate::scan::scanner::{HashingDevice, Scanner, ScannerDescriptor};
use crate::scan::sink::{CompletedBatch, Sink, Worker};
use crate::scan::stop::StopToken;
use crate::scan::work_source::WorkSource;

/// Scanners that work in parallel on one work source.
pub struct MultiScanner {
    scanners: Vec<Box<dyn Scanner>>,
    descriptor: ScannerDescriptor,
}

impl MultiScanner {
    /// Combines one or more scanners; `None` if there are none.
    pub fn new(scanners: Vec<Box<dyn Scanner>>) -> Option<Self> {
        let all = || scanners.iter().map(|scanner| scanner.descriptor());
        let joined = |part: fn(&ScannerDescriptor) -> String| {
            all().map(part).collect::<Vec<_>>().join(" + ")
        };
        let descriptor = ScannerDescriptor {
            kernel: joined(|d| d.kernel.clone()),
            variant: all()
                .any(|d| d.variant.is_some())
                .then(|| joined(|d| d.variant.clone().unwrap_or_else(|| d.kernel.clone()))),
            device: joined(|d| d.device.clone()),
            hashes_on: match &scanners[..] {
                [one] => one.descriptor().hashes_on.clone(),
                _ => HashingDevice::Several,
            },
            threads: all().map(|d| d.threads).sum(),
            pinned: false,
            batch: all().map(|d| d.batch).max()?,
        };
        Some(Self { scanners, descriptor })
    }
}

/// Adds the index of the scanner to its completed batches.
struct Part<'a> {
    part: usize,
    next: &'a dyn Sink,
}

impl Sink for Part<'_> {
    fn completed(&self, done: CompletedBatch) {
        let worker = Worker { part: self.part, ..done.worker };
        self.next.completed(CompletedBatch { worker, ..done });
    }
}

impl Scanner for MultiScanner {
    fn descriptor(&self) -> &ScannerDescriptor {
        &self.descriptor
    }
    fn parts(&self) -> Vec<ScannerDescriptor> {
        self.scanners.iter().map(|scanner| scanner.descriptor().clone()).collect()
    }

    /// # Errors
    /// The first error, after all scanners have ended. If a scanner fails, the others continue; only
    /// its unfinished batches are not covered.
    fn run(
        &mut self,
        work: &dyn WorkSource,
        sink: &dyn Sink,
        stop: &StopToken,
    ) -> Result<(), ScanError> {
        std::thread::scope(|scope| {
            let running: Vec<_> = self
                .scanners
                .iter_mut()
                .enumerate()
                .map(|(part, scanner)| {
                    let sink = Part { part, next: sink };
                    scope.spawn(move || scanner.run(work, &sink, stop))
                })
                .collect();
            let results = running.into_iter().map(|thread| match thread.join() {
                Ok(result) => result,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            // All threads are joined before the first error is returned.
            results.collect::<Vec<_>>().into_iter().collect()
        })
    }
}
