//! A device and the length of its dispatches: scans ranges of any length and verifies the candidates. It
//! does not depend on work sources.

use super::adapter::Adapter;
use super::device::{Device, DispatchResult, InFlight, MIN_DISPATCH_TIME};
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

/// The nonces of the first dispatch, which must be within the driver's time limit on slow devices, too.
const FIRST_BATCH: u64 = 1 << 14;

/// An opened device with one variant of the shader.
#[derive(Debug)]
pub(super) struct Engine {
    pub(super) adapter: Adapter,
    pub(super) variant: ShaderVariant,
    /// Headers per dispatch.
    pub(super) versions: usize,
    uniform: bool,
    pub(super) device: Device,
    /// Nonces per dispatch.
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
        Ok(Self {
            adapter: adapter.clone(),
            variant,
            versions,
            uniform,
            device,
            batch: FIRST_BATCH,
        })
    }

    /// The adapter's name.
    pub(super) fn name(&self) -> &str {
        &self.adapter.description().name
    }

    /// Doubles the nonces per dispatch until it takes [`MIN_DISPATCH_TIME`].
    pub(super) fn lengthen_dispatches(&mut self) -> Result<(), Fault> {
        let job = GpuJob::new(&self_test::hard_job());
        loop {
            let start = Instant::now();
            let flight = self.device.submit(&job, &[], NonceRange::ALL.take(self.batch))?;
            self.device.wait(flight)?;
            if start.elapsed() >= MIN_DISPATCH_TIME || 2 * self.batch > self.device.max_nonces() {
                return Ok(());
            }
            self.batch *= 2;
        }
    }

    /// Reopens the device, with half the nonces per dispatch.
    pub(super) fn reopen(&mut self) -> Result<(), Fault> {
        self.device = Device::open(&self.adapter, self.variant, self.versions, self.uniform)?;
        self.batch = (self.batch / 2).max(1);
        Ok(())
    }

    /// Nonces per dispatch for a target: with an easy target fewer, so that the expected candidates are
    /// at most half of [`MAX_CANDIDATES`].
    pub(super) fn batch_for(&self, target: Target) -> u64 {
        let probability = (f64::from(target.top_word()) + 1.0) / 2f64.powi(32);
        let max = MAX_CANDIDATES as f64 / 2.0 / probability;
        self.batch.min(max as u64).max(1)
    }

    /// Scans a range of any length, piece by piece.
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
            match self.wait_for_one_result(flight)? {
                DispatchResult::Candidates(nonces) => verified.add(job, piece, &nonces),
                // A single nonce cannot have more than one candidate.
                DispatchResult::Overflow if piece.len() == 1 => verified.false_candidates += 1,
                DispatchResult::Overflow => {
                    let half = piece.len() / 2;
                    left.push(piece.skip(half));
                    left.push(piece.take(half));
                }
            }
        }
        Ok(verified.sorted())
    }

    /// The result for one job that was used for every version; all results must be equal.
    fn wait_for_one_result(&mut self, flight: InFlight) -> Result<DispatchResult, Fault> {
        let results = self.device.wait(flight)?;
        let mut all = results.into_iter().map(|result| match result {
            DispatchResult::Candidates(mut nonces) => {
                nonces.sort_unstable();
                DispatchResult::Candidates(nonces)
            }
            overflow => overflow,
        });
        let first = all.next().unwrap_or(DispatchResult::Overflow);
        if all.all(|other| other == first) {
            Ok(first)
        } else {
            Err(Fault::DriverError("the versions of one job have different results".to_owned()))
        }
    }
}
