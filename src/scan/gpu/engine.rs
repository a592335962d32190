//! A device with the length of its dispatches: scans a range of any length and verifies what it
//! reports. It knows nothing of work sources.

use super::adapter::Adapter;
use super::device::{Device, InFlight, LONG_ENOUGH, Verdict};
use super::fault::Fault;
use super::job::GpuJob;
use super::shader::MAX_CANDIDATES;
use super::shader_variant::ShaderVariant;
use super::verify::Verified;
use crate::pow::Target;
use crate::scan::cpu::self_test;
use crate::scan::job::Job;
use crate::scan::range::NonceRange;
use std::time::Instant;

/// The first dispatch; watchdogs of slow devices allow no long one.
const TINY: u64 = 1 << 14;

/// An opened device with one variant.
#[derive(Debug)]
pub(super) struct Engine {
    pub(super) adapter: Adapter,
    pub(super) variant: ShaderVariant,
    /// Headers of a dispatch.
    pub(super) versions: usize,
    uniform: bool,
    pub(super) device: Device,
    /// Nonces of a dispatch.
    pub(super) batch: u64,
}

impl Engine {
    /// Opens the adapter, with short dispatches.
    pub(super) fn open(
        adapter: &Adapter,
        variant: ShaderVariant,
        versions: usize,
        uniform: bool,
    ) -> Result<Self, Fault> {
        let device = Device::open(adapter, variant, versions, uniform)?;
        Ok(Self { adapter: adapter.clone(), variant, versions, uniform, device, batch: TINY })
    }

    /// The adapter's name.
    pub(super) fn name(&self) -> &str {
        &self.adapter.description().name
    }

    /// Doubles the dispatch until it lasts long enough.
    pub(super) fn grow(&mut self) -> Result<(), Fault> {
        let job = GpuJob::new(&self_test::hard_job());
        loop {
            let begun = Instant::now();
            let flight = self.device.submit(&job, &[], NonceRange::ALL.take(self.batch))?;
            self.device.wait(flight)?;
            if begun.elapsed() >= LONG_ENOUGH || 2 * self.batch > self.device.most() {
                return Ok(());
            }
            self.batch *= 2;
        }
    }

    /// Opens the device anew with dispatches half as long.
    pub(super) fn reopen(&mut self) -> Result<(), Fault> {
        self.device = Device::open(&self.adapter, self.variant, self.versions, self.uniform)?;
        self.batch = (self.batch / 2).max(1);
        Ok(())
    }

    /// Nonces of a dispatch for that target: not so many that the hits find no room.
    pub(super) fn batch_for(&self, target: Target) -> u64 {
        let rate = (f64::from(target.top_word()) + 1.0) / 2f64.powi(32);
        let room = MAX_CANDIDATES as f64 / 2.0 / rate;
        self.batch.min(room as u64).max(1)
    }

    /// A range of any length, piece after piece.
    pub(super) fn scan_range(&mut self, job: &Job, range: NonceRange) -> Result<Verified, Fault> {
        let mut verified = Verified::default();
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
            match self.wait_for_one(flight)? {
                Verdict::Candidates(nonces) => verified.add(job, piece, &nonces),
                // One nonce cannot have more hits than there is room for.
                Verdict::Overflow if piece.len() == 1 => verified.false_candidates += 1,
                Verdict::Overflow => {
                    let half = piece.len() / 2;
                    left.push(piece.skip(half));
                    left.push(piece.take(half));
                }
            }
        }
        Ok(verified.sorted())
    }

    /// The verdict on one job that was put in every version's place: all must agree.
    fn wait_for_one(&mut self, flight: InFlight) -> Result<Verdict, Fault> {
        let verdicts = self.device.wait(flight)?;
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
}
