//! The GPU scanner: takes work, keeps the device busy, and delivers verified results.

use super::adapter::{Adapter, AdapterDescription};
use super::backlog::Backlog;
use super::device::{DispatchResult, InFlight};
use super::engine::Engine;
use super::fault::Fault;
use super::job::{GpuJob, MAX_VERSIONS};
use super::self_test;
use super::shader_variant::ShaderVariant;
use super::verify::Verified;
use crate::scan::error::ScanError;
use crate::scan::range::NonceRange;
use crate::scan::scanner::{Scanner, ScannerDescriptor};
use crate::scan::sink::{CompletedBatch, Sink, Worker};
use crate::scan::stop::StopToken;
use crate::scan::work_source::{WorkItem, WorkSource};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Dispatches in flight: while one is verified on the CPU, the others keep the device busy.
const IN_FLIGHT: usize = 3;

/// The interval between samples, and the number of nonces of a sample.
const SAMPLE_EVERY: Duration = Duration::from_secs(2);
const SAMPLE: u64 = 1 << 13;

/// Searches nonces on one GPU.
#[derive(Debug)]
pub struct GpuScanner {
    pub(super) engine: Engine,
    descriptor: ScannerDescriptor,
    backlog: Backlog,
    sampled: Instant,
    /// Faults injected by tests.
    #[cfg(test)]
    losses: super::testing::InjectedLosses,
}

impl GpuScanner {
    /// Opens the adapter, runs the self-test of the variant, and determines the number of nonces for a
    /// dispatch of 50 to 100 ms.
    ///
    /// # Errors
    /// If the device cannot be opened, is lost, does not respond, or fails the self-test.
    pub fn new(adapter: &Adapter, variant: ShaderVariant) -> Result<Self, ScanError> {
        Self::open(adapter, variant, 1, false)
    }

    /// Like [`GpuScanner::new`], but for 2 or 4 versions of a header at once, which share one message
    /// schedule (BIP 320). Consecutive pieces of work are combined if they have the same range and
    /// differ only in the version, such as those of [`RollingVersion`](crate::scan::RollingVersion).
    /// The rate of this mode cannot be compared with the rate for one header.
    ///
    /// # Errors
    /// [`ScanError::Versions`] for a number other than 1, 2 or 4; otherwise as [`GpuScanner::new`].
    pub fn with_versions(
        adapter: &Adapter,
        variant: ShaderVariant,
        versions: usize,
    ) -> Result<Self, ScanError> {
        if ![1, 2, MAX_VERSIONS].contains(&versions) {
            return Err(ScanError::Versions { given: versions });
        }
        Self::open(adapter, variant, versions, false)
    }

    fn open(
        adapter: &Adapter,
        variant: ShaderVariant,
        versions: usize,
        uniform: bool,
    ) -> Result<Self, ScanError> {
        let AdapterDescription { name, backend, .. } = adapter.description();
        let fault = |fault: Fault| fault.into_error(name);
        let mut engine = Engine::open(adapter, variant, versions, uniform).map_err(fault)?;
        self_test::run(&mut engine)?;
        engine.lengthen_dispatches().map_err(fault)?;
        let kernel = match versions {
            1 => "gpu".to_owned(),
            _ => format!("gpu, {versions} versions"),
        };
        let descriptor = ScannerDescriptor {
            kernel,
            variant: Some(variant.to_string()),
            device: format!("{name} ({backend})"),
            hashes_on: adapter.description().hashes_on(),
            // Each dispatch in flight has one unfinished batch per version.
            threads: IN_FLIGHT * versions,
            batch: engine.batch,
            pinned: false,
        };
        Ok(Self {
            engine,
            descriptor,
            backlog: Backlog::default(),
            sampled: Instant::now(),
            #[cfg(test)]
            losses: super::testing::InjectedLosses::default(),
        })
    }

    /// The variant of the shader.
    pub fn variant(&self) -> ShaderVariant {
        self.engine.variant
    }

    /// The adapter on which it runs.
    pub fn adapter(&self) -> &AdapterDescription {
        self.engine.adapter.description()
    }

    /// Takes work until there is none. After a fault, work that was not delivered is in the backlog.
    fn run_until_fault(
        &mut self,
        work: &dyn WorkSource,
        sink: &dyn Sink,
        stop: &StopToken,
    ) -> Result<(), Interruption> {
        let mut flights: VecDeque<(Vec<WorkItem>, InFlight)> = VecDeque::new();
        let result = self.submit_and_wait(&mut flights, work, sink, stop);
        // After a fault, the work of the remaining dispatches is put back.
        let pieces: Vec<WorkItem> = flights.into_iter().flat_map(|(group, _)| group).collect();
        self.backlog.put_back(pieces.into_iter());
        result
    }

    fn submit_and_wait(
        &mut self,
        flights: &mut VecDeque<(Vec<WorkItem>, InFlight)>,
        work: &dyn WorkSource,
        sink: &dyn Sink,
        stop: &StopToken,
    ) -> Result<(), Interruption> {
        loop {
            while flights.len() < IN_FLIGHT && !stop.is_stopped() {
                let group = self.backlog.next_group(&self.engine, work);
                let [first, others @ ..] = &group[..] else { break };
                #[cfg(test)]
                self.losses.lose_if_due(&self.engine.device);
                let job = GpuJob::new(&first.job);
                let others: Vec<GpuJob> = others.iter().map(|w| GpuJob::new(&w.job)).collect();
                match self.engine.device.submit(&job, &others, first.range) {
                    Ok(flight) => flights.push_back((group, flight)),
                    Err(fault) => return Err(self.put_back(group, fault)),
                }
            }
            let Some((group, flight)) = flights.pop_front() else { return Ok(()) };
            let results = match self.engine.device.wait(flight) {
                Ok(results) => results,
                Err(fault) => return Err(self.put_back(group, fault)),
            };
            let mut pieces = group.into_iter().zip(results);
            while let Some((piece, result)) = pieces.next() {
                if let Err(interruption) = self.deliver(piece, result, sink) {
                    self.backlog.append(pieces.map(|(piece, _)| piece));
                    return Err(interruption);
                }
            }
            self.sample()?;
        }
    }

    /// Puts work that was interrupted by a fault back into the backlog.
    fn put_back(&mut self, group: Vec<WorkItem>, fault: Fault) -> Interruption {
        self.backlog.put_back(group.into_iter());
        fault.into()
    }

    fn deliver(
        &mut self,
        piece: WorkItem,
        result: DispatchResult,
        sink: &dyn Sink,
    ) -> Result<(), Interruption> {
        let found = match result {
            DispatchResult::Candidates(nonces) => {
                Verified::from_candidates(&piece.job, piece.range, &nonces)
            }
            DispatchResult::Overflow => match self.engine.scan_range(&piece.job, piece.range) {
                Ok(found) => found,
                Err(fault) => return Err(self.put_back(vec![piece], fault)),
            },
        };
        sink.completed(CompletedBatch {
            work_id: piece.id,
            range: piece.range,
            hits: found.hits,
            at: Instant::now(),
            hardware_errors: found.false_candidates,
            worker: Worker::default(),
        });
        Ok(())
    }

    /// Checks periodically that the device finds the same hits as the reference.
    fn sample(&mut self) -> Result<(), Interruption> {
        if self.sampled.elapsed() < SAMPLE_EVERY {
            return Ok(());
        }
        // A different range each time, derived from the clock: the factor (Knuth's, odd) spreads
        // nanoseconds over all 32 bits.
        let start = self.sampled.elapsed().subsec_nanos().wrapping_mul(0x9e37_79b1) & !0xffff;
        self.sampled = Instant::now();
        let Ok(range) = NonceRange::new(start, SAMPLE) else { return Ok(()) };
        match self_test::missed_hits(&mut self.engine, range)? {
            0 => Ok(()),
            missed => Err(Interruption::Missed(missed)),
        }
    }
}

/// Why a run ended early.
#[derive(Debug)]
enum Interruption {
    Fault(Fault),
    Missed(usize),
}

impl From<Fault> for Interruption {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Scanner for GpuScanner {
    fn descriptor(&self) -> &ScannerDescriptor {
        &self.descriptor
    }

    fn run(
        &mut self,
        work: &dyn WorkSource,
        sink: &dyn Sink,
        stop: &StopToken,
    ) -> Result<(), ScanError> {
        let name = self.engine.name().to_owned();
        self.backlog.clear();
        let mut reopened = false;
        loop {
            match self.run_until_fault(work, sink, stop) {
                Ok(()) => return Ok(()),
                Err(Interruption::Missed(missed)) => {
                    return Err(ScanError::MissedHits { device: name, missed, nonces: SAMPLE });
                }
                // A timeout is treated like a loss: the driver may have reset the device.
                Err(Interruption::Fault(Fault::Lost(_) | Fault::Timeout)) if !reopened => {
                    self.engine.reopen().map_err(|fault| fault.into_error(&name))?;
                    reopened = true;
                }
                Err(Interruption::Fault(fault)) => return Err(fault.into_error(&name)),
            }
        }
    }
}

#[cfg(test)]
mod tests;
