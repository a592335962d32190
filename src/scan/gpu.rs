//! The GPU scanner: wgpu compute shaders on Vulkan, Metal and DX12.
//!
//! The shader compares the hash's highest word with the target's; every candidate is judged by
//! the reference on the CPU. What a device reports and the reference refuses is a hardware error
//! and counted; what a device might miss is looked for by scanning a sample again on the CPU
//! with a target so easy that it has many hits.

mod adapter;
mod device;
mod job;
mod roofline;
mod shader;
mod tune;
mod variant;

pub use adapter::{Adapter, AdapterDescription, AdapterKind};
pub use roofline::{GpuRoofline, gpu_roofline};
pub use tune::{Tuned, Tuning, cache_folder, tune};
pub use variant::{Addition, UnknownVariant, Variant};

use super::cpu::self_test;
use crate::pow::Target;
use crate::scan::error::ScanError;
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;
use crate::scan::scanner::{Scanner, ScannerDescriptor};
use crate::scan::sink::Done;
use crate::scan::sink::{Sink, Worker};
use crate::scan::stop::StopToken;
use crate::scan::work::{Work, WorkSource};
use device::{Device, Fault, Flight, Verdict};
use job::{GpuJob, MAX_VERSIONS};
use shader::MAX_CANDIDATES;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Ranges on their way at once: while one is judged on the CPU, the others keep the device busy.
const IN_FLIGHT: usize = 3;

/// The first dispatch; watchdogs of slow devices allow no long one.
const TINY: u64 = 1 << 14;

/// How long a dispatch is meant to last: long beside its overhead, short beside a watchdog.
const LONG_ENOUGH: Duration = Duration::from_millis(50);

/// How often a sample is scanned again, and how many nonces it has.
const SAMPLE_EVERY: Duration = Duration::from_secs(2);
const SAMPLE: u64 = 1 << 13;

/// Searches nonces on one GPU.
#[derive(Debug)]
pub struct GpuScanner {
    adapter: Adapter,
    variant: Variant,
    /// Headers of a dispatch.
    versions: usize,
    uniform: bool,
    device: Device,
    /// Nonces of a dispatch.
    batch: u64,
    descriptor: ScannerDescriptor,
    /// Ranges that were taken and not delivered when the device was lost.
    left: VecDeque<Work>,
    sampled: Instant,
    /// Faults made on purpose: after so many submissions the device is lost, so many times.
    #[cfg(test)]
    losses: tests::Losses,
}

impl GpuScanner {
    /// Opens the adapter, has the variant prove itself, and finds how many nonces make a
    /// dispatch of 50 to 100 ms.
    ///
    /// # Errors
    /// Where the device cannot be opened, is lost, does not answer, or fails the self-test.
    pub fn new(adapter: &Adapter, variant: Variant) -> Result<Self, ScanError> {
        Self::open(adapter, variant, 1, false)
    }

    /// The same for 2 or 4 versions of a header at once, whose message schedule is made only once
    /// (BIP 320). Pieces of work that come one after another, differ in the version alone and
    /// have one range, as [`RollingVersion`](super::RollingVersion) gives them, go together.
    /// It is another mode of working: its rate is no rate of one header.
    ///
    /// # Errors
    /// [`ScanError::Versions`] for another number; else as [`GpuScanner::new`].
    pub fn with_versions(
        adapter: &Adapter,
        variant: Variant,
        versions: usize,
    ) -> Result<Self, ScanError> {
        if ![1, 2, MAX_VERSIONS].contains(&versions) {
            return Err(ScanError::Versions { asked: versions });
        }
        Self::open(adapter, variant, versions, false)
    }

    fn open(
        adapter: &Adapter,
        variant: Variant,
        versions: usize,
        uniform: bool,
    ) -> Result<Self, ScanError> {
        let name = &adapter.description().name;
        let device =
            Device::open(adapter, variant, versions, uniform).map_err(|f| f.into_error(name))?;
        let kernel = match versions {
            1 => "gpu".to_owned(),
            _ => format!("gpu, {versions} versions"),
        };
        let descriptor = ScannerDescriptor {
            kernel,
            variant: Some(variant.to_string()),
            device: format!("{name} ({})", adapter.description().backend),
            // A batch in each flight, of each version, can be unfinished.
            threads: IN_FLIGHT * versions,
            batch: TINY,
            pinned: false,
        };
        let mut opened = Self {
            adapter: adapter.clone(),
            variant,
            versions,
            uniform,
            device,
            batch: TINY,
            descriptor,
            left: VecDeque::new(),
            sampled: Instant::now(),
            #[cfg(test)]
            losses: tests::Losses::default(),
        };
        opened.prove()?;
        opened.grow().map_err(|fault| fault.into_error(name))?;
        Ok(opened)
    }

    /// How it runs the shader.
    pub fn variant(&self) -> Variant {
        self.variant
    }

    /// The adapter it runs on.
    pub fn adapter(&self) -> &AdapterDescription {
        self.adapter.description()
    }

    /// The self-test, of every version.
    fn prove(&mut self) -> Result<(), ScanError> {
        let name = self.adapter.description().name.clone();
        let state = RefCell::new((self, None, 0));
        let verdict = self_test::run(|job, range, hits| {
            let (scanner, fault, false_candidates) = &mut *state.borrow_mut();
            if fault.is_none() {
                match scanner.scan_range(job, range) {
                    Ok((found, wrong)) => {
                        hits.extend(found);
                        *false_candidates += wrong;
                    }
                    Err(error) => *fault = Some(error),
                }
            }
        });
        let (scanner, fault, false_candidates) = state.into_inner();
        let wrong = |case| ScanError::SelfTest { kernel: format!("gpu on {name}"), case };
        match (fault, verdict) {
            (Some(fault), _) => Err(fault.into_error(&name)),
            (None, Err(case)) => Err(wrong(case)),
            // A false candidate is a fault as much as a missed one.
            (None, Ok(())) if false_candidates > 0 => {
                Err(wrong(format!("{false_candidates} candidates that are none")))
            }
            (None, Ok(())) => match scanner.versions_differ_as_they_should() {
                Ok(true) => Ok(()),
                Ok(false) => Err(wrong("versions are mixed up".to_owned())),
                Err(fault) => Err(fault.into_error(&name)),
            },
        }
    }

    /// Every version's hits are its own, not another's.
    fn versions_differ_as_they_should(&mut self) -> Result<bool, Fault> {
        let jobs: Vec<Job> = (0..self.versions as u32).map(self_test::easy_job_of).collect();
        let [first, others @ ..] = &jobs[..] else { return Ok(true) };
        let others: Vec<GpuJob> = others.iter().map(GpuJob::new).collect();
        let range = NonceRange::ALL.skip(1 << 20).take(1 << 12);
        let flight = self.device.submit(&GpuJob::new(first), &others, range)?;
        let verdicts = self.device.land(flight)?;
        Ok(jobs.iter().zip(&verdicts).all(|(job, verdict)| {
            let Verdict::Candidates(nonces) = verdict else { return false };
            let mut judged = Judged::default();
            judged.add(job, range, nonces);
            judged.hits.sort_unstable_by_key(|hit| hit.nonce);
            let expected = range.iter().filter_map(|nonce| job.judge(nonce));
            judged.false_candidates == 0 && expected.eq(judged.hits)
        }))
    }

    /// Doubles the dispatch until it lasts long enough.
    fn grow(&mut self) -> Result<(), Fault> {
        let job = GpuJob::new(&self_test::hard_job());
        loop {
            let begun = Instant::now();
            let flight = self.device.submit(&job, &[], NonceRange::ALL.take(self.batch))?;
            self.device.land(flight)?;
            if begun.elapsed() >= LONG_ENOUGH || 2 * self.batch > self.device.most() {
                break;
            }
            self.batch *= 2;
        }
        self.descriptor.batch = self.batch;
        Ok(())
    }

    /// Nonces of a dispatch for that target: not so many that the hits find no room.
    fn batch_for(&self, target: Target) -> u64 {
        let rate = (f64::from(target.top_word()) + 1.0) / 2f64.powi(32);
        let room = MAX_CANDIDATES as f64 / 2.0 / rate;
        self.batch.min(room as u64).max(1)
    }

    /// A range of any length, piece after piece: its hits, and candidates that were none.
    fn scan_range(&mut self, job: &Job, range: NonceRange) -> Result<(Vec<Hit>, u64), Fault> {
        let mut judged = Judged::default();
        let prepared = GpuJob::new(job);
        let mut left = vec![range];
        let batch = self.batch_for(job.target());
        while let Some(range) = left.pop() {
            if range.is_empty() {
                continue;
            }
            let piece = range.take(batch);
            left.push(range.skip(piece.len()));
            let flight = self.device.submit(&prepared, &[], piece)?;
            match self.land_as_one(flight)? {
                Verdict::Candidates(nonces) => judged.add(job, piece, &nonces),
                // One nonce cannot have more hits than there is room for.
                Verdict::Overflow if piece.len() == 1 => judged.false_candidates += 1,
                Verdict::Overflow => {
                    let half = piece.len() / 2;
                    left.push(piece.skip(half));
                    left.push(piece.take(half));
                }
            }
        }
        judged.hits.sort_unstable_by_key(|hit| hit.nonce);
        Ok((judged.hits, judged.false_candidates))
    }

    /// The verdict on one job that was put in every version's place: all must agree.
    fn land_as_one(&mut self, flight: Flight) -> Result<Verdict, Fault> {
        let verdicts = self.device.land(flight)?;
        let mut all = verdicts.into_iter().map(|verdict| match verdict {
            Verdict::Candidates(mut nonces) => {
                nonces.sort_unstable();
                Verdict::Candidates(nonces)
            }
            overflow => overflow,
        });
        let first = all.next().unwrap_or(Verdict::Overflow);
        if all.all(|other| other == first) {
            Ok(first)
        } else {
            Err(Fault::Refused("versions of one job that do not agree".to_owned()))
        }
    }

    /// Takes work until there is none; what was taken and not delivered is left in `left`.
    fn fly(
        &mut self,
        work: &dyn WorkSource,
        sink: &dyn Sink,
        stop: &StopToken,
    ) -> Result<(), Outcome> {
        let mut flights: VecDeque<(Vec<Work>, Flight)> = VecDeque::new();
        let result = self.fly_with(&mut flights, work, sink, stop);
        // A fault leaves flights behind; their work is not lost with them.
        for piece in flights.into_iter().rev().flat_map(|(group, _)| group.into_iter().rev()) {
            self.left.push_front(piece);
        }
        result
    }

    fn fly_with(
        &mut self,
        flights: &mut VecDeque<(Vec<Work>, Flight)>,
        work: &dyn WorkSource,
        sink: &dyn Sink,
        stop: &StopToken,
    ) -> Result<(), Outcome> {
        loop {
            while flights.len() < IN_FLIGHT && !stop.is_stopped() {
                let group = self.next_group(work);
                let [first, others @ ..] = &group[..] else { break };
                #[cfg(test)]
                self.losses.strike(&self.device);
                let job = GpuJob::new(&first.job);
                let others: Vec<GpuJob> = others.iter().map(|w| GpuJob::new(&w.job)).collect();
                match self.device.submit(&job, &others, first.range) {
                    Ok(flight) => flights.push_back((group, flight)),
                    Err(fault) => return Err(self.give_back(group, fault)),
                }
            }
            let Some((group, flight)) = flights.pop_front() else { return Ok(()) };
            let verdicts = match self.device.land(flight) {
                Ok(verdicts) => verdicts,
                Err(fault) => return Err(self.give_back(group, fault)),
            };
            let mut judged = group.into_iter().zip(verdicts);
            while let Some((piece, verdict)) = judged.next() {
                if let Err(outcome) = self.deliver(piece, verdict, sink) {
                    let rest: Vec<Work> = judged.map(|(piece, _)| piece).collect();
                    self.left.extend(rest);
                    return Err(outcome);
                }
            }
            self.sample()?;
        }
    }

    /// Work that met a fault is done again.
    fn give_back(&mut self, group: Vec<Work>, fault: Fault) -> Outcome {
        for piece in group.into_iter().rev() {
            self.left.push_front(piece);
        }
        fault.into()
    }

    /// As many pieces as go into one dispatch: one, or versions of a header over one range.
    fn next_group(&mut self, work: &dyn WorkSource) -> Vec<Work> {
        let mut group: Vec<Work> = Vec::new();
        while group.len() < self.versions {
            let Some(piece) = self.left.pop_front().or_else(|| self.next(work)) else { break };
            let fits = group.first().is_none_or(|first| {
                first.range == piece.range && first.job.shares_schedule(&piece.job)
            });
            if !fits {
                self.left.push_front(piece);
                break;
            }
            group.push(piece);
        }
        group
    }

    /// The next piece, no longer than a dispatch for its target may be: what is over is left.
    fn next(&mut self, work: &dyn WorkSource) -> Option<Work> {
        let mut piece = work.next(self.batch)?;
        let batch = self.batch_for(piece.job.target()).min(self.device.most());
        let mut rest = piece.range.skip(batch);
        piece.range = piece.range.take(batch);
        while !rest.is_empty() {
            self.left.push_back(Work { range: rest.take(batch), ..piece.clone() });
            rest = rest.skip(batch);
        }
        Some(piece)
    }

    fn deliver(&mut self, piece: Work, verdict: Verdict, sink: &dyn Sink) -> Result<(), Outcome> {
        let (hits, hardware_errors) = match verdict {
            Verdict::Candidates(nonces) => {
                let mut judged = Judged::default();
                judged.add(&piece.job, piece.range, &nonces);
                judged.hits.sort_unstable_by_key(|hit| hit.nonce);
                (judged.hits, judged.false_candidates)
            }
            Verdict::Overflow => match self.scan_range(&piece.job, piece.range) {
                Ok(found) => found,
                Err(fault) => {
                    self.left.push_front(piece);
                    return Err(fault.into());
                }
            },
        };
        sink.finished(Done {
            work_id: piece.id,
            range: piece.range,
            hits,
            at: Instant::now(),
            hardware_errors,
            worker: Worker::default(),
        });
        Ok(())
    }

    /// From time to time: does the device find what the reference finds?
    fn sample(&mut self) -> Result<(), Outcome> {
        if self.sampled.elapsed() < SAMPLE_EVERY {
            return Ok(());
        }
        let job = self_test::easy_job();
        // Another place each time, by the clock, anywhere among the nonces: the factor (Knuth's, odd)
        // spreads nanoseconds over all 32 bits.
        let place = self.sampled.elapsed().subsec_nanos().wrapping_mul(0x9e37_79b1) & !0xffff;
        self.sampled = Instant::now();
        let Ok(range) = NonceRange::new(place, SAMPLE) else { return Ok(()) };
        let (found, _) = self.scan_range(&job, range)?;
        let expected = range.iter().filter_map(|nonce| job.judge(nonce));
        let missed = expected.filter(|hit| !found.contains(hit)).count();
        if missed > 0 {
            return Err(Outcome::Missed(missed));
        }
        Ok(())
    }

    /// Opens the device anew with dispatches half as long.
    fn reopen(&mut self) -> Result<(), Fault> {
        self.device = Device::open(&self.adapter, self.variant, self.versions, self.uniform)?;
        self.batch = (self.batch / 2).max(1);
        Ok(())
    }
}

/// Why a run ended early.
#[derive(Debug)]
enum Outcome {
    Fault(Fault),
    Missed(usize),
}

impl From<Fault> for Outcome {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Candidates after the reference's verdict.
#[derive(Debug, Default)]
struct Judged {
    hits: Vec<Hit>,
    false_candidates: u64,
}

impl Judged {
    fn add(&mut self, job: &Job, range: NonceRange, nonces: &[u32]) {
        for &nonce in nonces {
            let inside =
                u64::from(nonce) >= u64::from(range.start()) && u64::from(nonce) < range.end();
            match job.judge(nonce).filter(|_| inside) {
                Some(hit) if !self.hits.contains(&hit) => self.hits.push(hit),
                // The highest word alone can meet the target's without the hash meeting it.
                None if inside && job.passes_filter(nonce) => (),
                _ => self.false_candidates += 1,
            }
        }
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
        let name = self.adapter.description().name.clone();
        self.left.clear();
        let mut reopened = false;
        loop {
            match self.fly(work, sink, stop) {
                Ok(()) => return Ok(()),
                Err(Outcome::Missed(missed)) => {
                    return Err(ScanError::MissedHits { device: name, missed, nonces: SAMPLE });
                }
                // Silence is as good as loss: the driver may have reset the device.
                Err(Outcome::Fault(Fault::Lost(_) | Fault::Silent)) if !reopened => {
                    self.reopen().map_err(|fault| fault.into_error(&name))?;
                    reopened = true;
                }
                Err(Outcome::Fault(fault)) => return Err(fault.into_error(&name)),
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
mod tests;
