//! The scanner: takes work, keeps the device busy, delivers what was verified.

use super::adapter::{Adapter, AdapterDescription};
use super::backlog::Backlog;
use super::device::{InFlight, Verdict};
use super::engine::Engine;
use super::fault::Fault;
use super::job::{GpuJob, MAX_VERSIONS};
use super::proof;
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

/// Ranges on their way at once: while one is verified on the CPU, the others keep the device busy.
const IN_FLIGHT: usize = 3;

/// How often a sample is scanned again, and how many nonces it has.
const SAMPLE_EVERY: Duration = Duration::from_secs(2);
const SAMPLE: u64 = 1 << 13;

/// Searches nonces on one GPU.
#[derive(Debug)]
pub struct GpuScanner {
    pub(super) engine: Engine,
    descriptor: ScannerDescriptor,
    backlog: Backlog,
    sampled: Instant,
    /// Faults made on purpose.
    #[cfg(test)]
    losses: super::testing::Losses,
}

impl GpuScanner {
    /// Opens the adapter, has the variant prove itself, and finds how many nonces make a
    /// dispatch of 50 to 100 ms.
    ///
    /// # Errors
    /// Where the device cannot be opened, is lost, does not answer, or fails the self-test.
    pub fn new(adapter: &Adapter, variant: ShaderVariant) -> Result<Self, ScanError> {
        Self::open(adapter, variant, 1, false)
    }

    /// The same for 2 or 4 versions of a header at once, whose message schedule is made only once
    /// (BIP 320). Pieces of work that come one after another, differ in the version alone and
    /// have one range, as [`RollingVersion`](crate::scan::RollingVersion) gives them, go together.
    /// It is another mode of working: its rate is no rate of one header.
    ///
    /// # Errors
    /// [`ScanError::Versions`] for another number; else as [`GpuScanner::new`].
    pub fn with_versions(
        adapter: &Adapter,
        variant: ShaderVariant,
        versions: usize,
    ) -> Result<Self, ScanError> {
        if ![1, 2, MAX_VERSIONS].contains(&versions) {
            return Err(ScanError::Versions { asked: versions });
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
        proof::prove(&mut engine)?;
        engine.grow().map_err(fault)?;
        let kernel = match versions {
            1 => "gpu".to_owned(),
            _ => format!("gpu, {versions} versions"),
        };
        let descriptor = ScannerDescriptor {
            kernel,
            variant: Some(variant.to_string()),
            device: format!("{name} ({backend})"),
            hashes_on: adapter.description().hashes_on(),
            // A batch in each flight, of each version, can be unfinished.
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
            losses: super::testing::Losses::default(),
        })
    }

    /// How it runs the shader.
    pub fn variant(&self) -> ShaderVariant {
        self.engine.variant
    }

    /// The adapter it runs on.
    pub fn adapter(&self) -> &AdapterDescription {
        self.engine.adapter.description()
    }

    /// Takes work until there is none; what was taken and not delivered is left in the backlog.
    fn run_to_fault(
        &mut self,
        work: &dyn WorkSource,
        sink: &dyn Sink,
        stop: &StopToken,
    ) -> Result<(), Interruption> {
        let mut flights: VecDeque<(Vec<WorkItem>, InFlight)> = VecDeque::new();
        let result = self.submit_and_wait(&mut flights, work, sink, stop);
        // A fault leaves flights behind; their work is not lost with them.
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
                self.losses.strike(&self.engine.device);
                let job = GpuJob::new(&first.job);
                let others: Vec<GpuJob> = others.iter().map(|w| GpuJob::new(&w.job)).collect();
                match self.engine.device.submit(&job, &others, first.range) {
                    Ok(flight) => flights.push_back((group, flight)),
                    Err(fault) => return Err(self.put_back(group, fault)),
                }
            }
            let Some((group, flight)) = flights.pop_front() else { return Ok(()) };
            let verdicts = match self.engine.device.wait(flight) {
                Ok(verdicts) => verdicts,
                Err(fault) => return Err(self.put_back(group, fault)),
            };
            let mut judged = group.into_iter().zip(verdicts);
            while let Some((piece, verdict)) = judged.next() {
                if let Err(interruption) = self.deliver(piece, verdict, sink) {
                    self.backlog.append(judged.map(|(piece, _)| piece));
                    return Err(interruption);
                }
            }
            self.sample()?;
        }
    }

    /// Work that met a fault is done again.
    fn put_back(&mut self, group: Vec<WorkItem>, fault: Fault) -> Interruption {
        self.backlog.put_back(group.into_iter());
        fault.into()
    }

    fn deliver(
        &mut self,
        piece: WorkItem,
        verdict: Verdict,
        sink: &dyn Sink,
    ) -> Result<(), Interruption> {
        let found = match verdict {
            Verdict::Candidates(nonces) => Verified::of(&piece.job, piece.range, &nonces),
            Verdict::Overflow => match self.engine.scan_range(&piece.job, piece.range) {
                Ok(found) => found,
                Err(fault) => return Err(self.put_back(vec![piece], fault)),
            },
        };
        sink.finished(CompletedBatch {
            work_id: piece.id,
            range: piece.range,
            hits: found.hits,
            at: Instant::now(),
            hardware_errors: found.false_candidates,
            worker: Worker::default(),
        });
        Ok(())
    }

    /// From time to time: does the device find what the reference finds?
    fn sample(&mut self) -> Result<(), Interruption> {
        if self.sampled.elapsed() < SAMPLE_EVERY {
            return Ok(());
        }
        // Another place each time, by the clock, anywhere among the nonces: the factor (Knuth's, odd)
        // spreads nanoseconds over all 32 bits.
        let place = self.sampled.elapsed().subsec_nanos().wrapping_mul(0x9e37_79b1) & !0xffff;
        self.sampled = Instant::now();
        let Ok(range) = NonceRange::new(place, SAMPLE) else { return Ok(()) };
        match proof::missed_hits(&mut self.engine, range)? {
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
            match self.run_to_fault(work, sink, stop) {
                Ok(()) => return Ok(()),
                Err(Interruption::Missed(missed)) => {
                    return Err(ScanError::MissedHits { device: name, missed, nonces: SAMPLE });
                }
                // Silence is as good as loss: the driver may have reset the device.
                Err(Interruption::Fault(Fault::Lost(_) | Fault::Silent)) if !reopened => {
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
