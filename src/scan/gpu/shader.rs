//! The sources of the shaders: concatenated files of `shaders/`, and the hash function that [`hash`]
//! writes. A test of `crates/kernel-gen` validates [`all`].

mod hash;

use super::job::{JobIn, MAX_VERSIONS};
use super::shader_variant::Addition;

/// The maximum number of nonces that a dispatch can report, per version.
pub const MAX_CANDIDATES: usize = 1023;

const FOUND: &str = include_str!("../../../shaders/found.wgsl");
const FUNCTIONS: &str = include_str!("../../../shaders/functions.wgsl");
const SCAN: &str = include_str!("../../../shaders/scan.wgsl");
const SCAN_VERSIONS: &str = include_str!("../../../shaders/scan_versions.wgsl");
const ROOFLINE: &str = include_str!("../../../shaders/roofline.wgsl");
const JOB_VERSIONS: &str = include_str!("../../../shaders/job_versions.wgsl");

/// The scanning shader's source.
pub(super) fn source(addition: Addition, job_in: JobIn) -> String {
    let hash = hash::highest_word();
    [&candidates(), job(job_in), add(addition), FOUND, FUNCTIONS, &hash, SCAN].concat()
}

/// The source for several versions of a header at once: the schedule is computed once, the rounds for
/// each version.
pub(super) fn versions_source(addition: Addition, versions: usize) -> String {
    let numbers = format!(
        "const VERSIONS = {versions}u;\nconst MAX_VERSIONS = {MAX_VERSIONS}u;\n{}",
        candidates()
    );
    let hash = hash::try_nonce();
    [&numbers, JOB_VERSIONS, add(addition), FOUND, FUNCTIONS, &hash, SCAN_VERSIONS].concat()
}

/// A shader of this library.
#[derive(Clone, Debug)]
pub struct Shader {
    /// The name of the shader.
    pub name: String,
    /// The WGSL source.
    pub source: String,
    /// Headers per dispatch.
    pub versions: usize,
}

/// All shaders that this library can use.
pub fn all() -> Vec<Shader> {
    let mut all = Vec::new();
    for addition in [Addition::Plain, Addition::Multiply] {
        let mut add = |name: String, versions, source| {
            all.push(Shader { name: format!("{name}, {addition:?}"), source, versions });
        };
        for job_in in [JobIn::Immediates, JobIn::Buffer] {
            add(format!("scan, {job_in:?}"), 1, source(addition, job_in));
        }
        for micro in [Micro::Rotate, Micro::Multiply, Micro::Mix] {
            add(format!("{micro:?}"), 1, micro_source(micro, addition));
        }
        for versions in [2, MAX_VERSIONS] {
            add(format!("{versions} versions"), versions, versions_source(addition, versions));
        }
    }
    all
}

/// The operation of a micro-kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Micro {
    Rotate,
    Multiply,
    Mix,
}

/// The source of a micro-kernel, with the job in a buffer.
pub(super) fn micro_source(micro: Micro, addition: Addition) -> String {
    let work = match micro {
        Micro::Rotate => include_str!("../../../shaders/roofline_rotate.wgsl"),
        Micro::Multiply => include_str!("../../../shaders/roofline_multiply.wgsl"),
        Micro::Mix => include_str!("../../../shaders/roofline_mix.wgsl"),
    };
    [&candidates(), job(JobIn::Buffer), add(addition), FOUND, work, ROOFLINE].concat()
}

/// The definition of the length of the list of candidates, which Rust and the shaders share.
fn candidates() -> String {
    format!("const MAX_CANDIDATES = {MAX_CANDIDATES}u;\n")
}

fn job(job_in: JobIn) -> &'static str {
    match job_in {
        JobIn::Immediates => concat!(
            include_str!("../../../shaders/job.wgsl"),
            include_str!("../../../shaders/job_immediate.wgsl")
        ),
        JobIn::Buffer => concat!(
            include_str!("../../../shaders/job.wgsl"),
            include_str!("../../../shaders/job_uniform.wgsl")
        ),
    }
}

fn add(addition: Addition) -> &'static str {
    match addition {
        Addition::Plain => include_str!("../../../shaders/add_plain.wgsl"),
        Addition::Multiply => include_str!("../../../shaders/add_multiply.wgsl"),
    }
}
