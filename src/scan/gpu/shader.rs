//! The shader in its variants: files of `shaders/` put one after another.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How words are added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Addition {
    /// As they are.
    Plain,
    /// As a multiplication by one that the compiler cannot see through, and an addition: for
    /// NVIDIA's second pipe.
    Multiply,
}

/// One way to run the shader: what tuning chooses among.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Variant {
    /// How words are added.
    pub addition: Addition,
    /// Threads of a workgroup.
    pub threads: u32,
    /// Nonces that a thread tries one after another.
    pub nonces: u32,
}

impl fmt::Display for Variant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let addition = match self.addition {
            Addition::Plain => "plain",
            Addition::Multiply => "multiply",
        };
        write!(f, "{addition}-{}x{}", self.threads, self.nonces)
    }
}

/// Nonces that a dispatch can report: the shader's `ROOM`.
pub(super) const ROOM: usize = 1023;

/// The scanning shader's source.
pub(super) fn source(addition: Addition, immediates: bool) -> String {
    let job = if immediates {
        include_str!("../../../shaders/job_immediate.wgsl")
    } else {
        include_str!("../../../shaders/job_uniform.wgsl")
    };
    let add = match addition {
        Addition::Plain => include_str!("../../../shaders/add_plain.wgsl"),
        Addition::Multiply => include_str!("../../../shaders/add_multiply.wgsl"),
    };
    let shared = include_str!("../../../shaders/job.wgsl");
    [shared, job, add, include_str!("../../../shaders/sha256d.wgsl")].concat()
}
