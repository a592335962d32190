//! The job of a dispatch in the layout of the shaders; must match shaders/job.wgsl.

use super::super::prehash::Prehash;
use crate::scan::job::Job;
use crate::scan::range::NonceRange;
use bytemuck::{Pod, Zeroable};

/// Several jobs that differ only in their midstates; must match shaders/job_versions.wgsl.
#[repr(C, align(16))]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub struct VersionsJob {
    /// The midstate and the state before round 4 of each version.
    pub versions: [[u32; 16]; MAX_VERSIONS],
    /// The words of the job from `w16` on, which all versions share.
    pub common: [u32; 12],
}

/// The maximum number of versions per dispatch.
pub(super) const MAX_VERSIONS: usize = 4;

impl VersionsJob {
    /// Combines one or more jobs. If there are fewer than [`MAX_VERSIONS`], the last one is repeated.
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

/// The job of one header: 26 words, padded to whole vectors, so that it fits in 128 bytes of immediates.
#[repr(C, align(16))]
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
pub struct GpuJob {
    /// The state after the header's first block.
    pub midstate: [u32; 8],
    /// The state before round 4, without the nonce's addition to A and E.
    pub state: [u32; 8],
    /// Schedule word 16, which is constant.
    pub w16: u32,
    /// Schedule word 17, which is constant.
    pub w17: u32,
    /// The constant part of schedule word 18.
    pub part18: u32,
    /// The constant part of schedule word 19.
    pub part19: u32,
    /// The constant part of schedule word 31.
    pub part31: u32,
    /// The constant part of schedule word 32.
    pub part32: u32,
    /// The highest word of the target.
    pub bound: u32,
    /// The first nonce.
    pub first: u32,
    /// The number of nonces.
    pub count: u32,
    /// Always 1, but unknown to the shader's compiler.
    pub one: u32,
    /// Padding to whole vectors.
    pub padding: [u32; 2],
}

impl GpuJob {
    /// The job of a header, with an empty range of nonces.
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

    /// The job with a range of fewer than 2^32 nonces.
    pub(super) fn over(self, range: NonceRange) -> Self {
        // A dispatch never has 2^32 nonces; the clamped count would omit one.
        let count = u32::try_from(range.len()).unwrap_or(u32::MAX);
        Self { first: range.start(), count, ..self }
    }
}

/// How the job is passed to a dispatch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JobIn {
    /// As immediate data of the dispatch.
    Immediates,
    /// In a uniform buffer.
    Buffer,
}
