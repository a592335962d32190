//! The job of a dispatch as the shaders read it: shaders/job.wgsl in Rust.

use super::super::prehash::Prehash;
use crate::scan::job::Job;
use crate::scan::range::NonceRange;
use bytemuck::{Pod, Zeroable};

/// Several jobs of which only the midstates differ: shaders/job_versions.wgsl in Rust.
#[repr(C, align(16))]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub struct VersionsJob {
    /// Of each version the midstate and the state before round 4.
    pub versions: [[u32; 16]; MAX_VERSIONS],
    /// What all have in common: the job's words from `w16` on.
    pub common: [u32; 12],
}

/// Versions that a dispatch can have.
pub(super) const MAX_VERSIONS: usize = 4;

impl VersionsJob {
    /// Of one job or more; where there are fewer than the shader has room for, the last stands
    /// for the rest.
    pub(super) fn new(first: &GpuJob, others: &[GpuJob]) -> Self {
        let words: &[u32; 28] = bytemuck::cast_ref(first);
        let mut common = [0; 12];
        common.copy_from_slice(&words[16..]);
        let versions = std::array::from_fn(|i| {
            let job = match others {
                [] => first,
                _ if i == 0 => first,
                _ => &others[(i - 1).min(others.len() - 1)],
            };
            let mut version = [0; 16];
            version[..8].copy_from_slice(&job.midstate);
            version[8..].copy_from_slice(&job.state);
            version
        });
        Self { versions, common }
    }
}

/// 26 words, padded to whole vectors: it fits in 128 bytes of immediates.
#[repr(C, align(16))]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub struct GpuJob {
    /// The state after the header's first block.
    pub midstate: [u32; 8],
    /// The state before round 4, without what the nonce adds to A and E.
    pub state: [u32; 8],
    /// A constant schedule word.
    pub w16: u32,
    /// A constant schedule word.
    pub w17: u32,
    /// The constant part of a schedule word.
    pub part18: u32,
    /// The constant part of a schedule word.
    pub part19: u32,
    /// The constant part of a schedule word.
    pub part31: u32,
    /// The constant part of a schedule word.
    pub part32: u32,
    /// The highest word of the target.
    pub bound: u32,
    /// The first nonce.
    pub first: u32,
    /// How many nonces.
    pub count: u32,
    /// Always 1, which the shader's compiler cannot know.
    pub one: u32,
    /// To whole vectors.
    pub padding: [u32; 2],
}

impl GpuJob {
    /// Everything but the nonces.
    pub(super) fn new(job: &Job) -> Self {
        let Prehash { part, state, .. } = Prehash::first(job);
        let part = |t: usize| part[t - 16];
        Self {
            midstate: job.midstate().words(),
            state,
            w16: part(16),
            w17: part(17),
            part18: part(18),
            part19: part(19),
            part31: part(31),
            part32: part(32),
            bound: job.target().top_word(),
            first: 0,
            count: 0,
            one: 1,
            padding: [0; 2],
        }
    }

    /// For those nonces, fewer than 2^32.
    pub(super) fn over(self, range: NonceRange) -> Self {
        // A dispatch is never that long; a longer count would leave nonces out.
        let count = u32::try_from(range.len()).unwrap_or(u32::MAX);
        Self { first: range.start(), count, ..self }
    }
}

/// Where the job of a dispatch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JobIn {
    /// In the dispatch itself.
    Immediates,
    /// In a buffer.
    Buffer,
}
