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

impl std::str::FromStr for Variant {
    type Err = UnknownVariant;

    fn from_str(name: &str) -> Result<Self, UnknownVariant> {
        let read = || {
            let (addition, sizes) = name.split_once('-')?;
            let (threads, nonces) = sizes.split_once('x')?;
            let addition = match addition {
                "plain" => Addition::Plain,
                "multiply" => Addition::Multiply,
                _ => return None,
            };
            Some(Self { addition, threads: threads.parse().ok()?, nonces: nonces.parse().ok()? })
        };
        read().ok_or_else(|| UnknownVariant(name.to_owned()))
    }
}

/// A name that no variant has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no variant; one is called plain-64x16")]
pub struct UnknownVariant(pub String);

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
    let scan = include_str!("../../../shaders/sha256d.wgsl");
    [job(immediates), add(addition), scan].concat()
}

/// The source for several versions of a header at once: the words of the schedule are made once,
/// the rounds are done for each version. The lines are those of the one-version shader.
pub(super) fn versions_source(addition: Addition, versions: usize) -> String {
    let scan = include_str!("../../../shaders/sha256d.wgsl");
    let signature = "fn highest_word(nonce: u32) -> u32 {\n";
    let (helpers, rest) = scan.split_once(signature).unwrap_or((scan, ""));
    let (body, _) = rest.split_once("\n}\n").unwrap_or((rest, ""));
    let of_a_version = |line: &str| {
        let line =
            line.replace("job.state_", "own.state_").replace("job.midstate_", "own.midstate_");
        format!("    {}\n", line.replace("return ", "let highest = "))
    };
    let (words, rounds): (Vec<&str>, Vec<&str>) =
        body.lines().partition(|line| line.starts_with("    let w"));
    let words: String = words.iter().map(|line| format!("{line}\n")).collect();
    let rounds: String = rounds.into_iter().map(of_a_version).collect();
    let one = "read_write> found: Found;";
    [
        &format!("const VERSIONS = {versions}u;\n"),
        include_str!("../../../shaders/job_versions.wgsl"),
        add(addition),
        &helpers.replace(one, "read_write> found: array<Found, VERSIONS>;"),
        &include_str!("../../../shaders/versions.wgsl")
            .replace("    // WORDS\n", &words)
            .replace("        // ROUNDS\n", &rounds),
    ]
    .concat()
}

/// What a micro-kernel does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Micro {
    Rotate,
    Multiply,
    Mix,
}

/// A micro-kernel's source, its job in a buffer.
pub(super) fn micro_source(micro: Micro, addition: Addition) -> String {
    let work = match micro {
        Micro::Rotate => include_str!("../../../shaders/roofline_rotate.wgsl"),
        Micro::Multiply => include_str!("../../../shaders/roofline_multiply.wgsl"),
        Micro::Mix => include_str!("../../../shaders/roofline_mix.wgsl"),
    };
    let shared = include_str!("../../../shaders/roofline.wgsl");
    [job(false), add(addition), work, shared].concat()
}

fn job(immediates: bool) -> &'static str {
    if immediates {
        concat!(
            include_str!("../../../shaders/job.wgsl"),
            include_str!("../../../shaders/job_immediate.wgsl")
        )
    } else {
        concat!(
            include_str!("../../../shaders/job.wgsl"),
            include_str!("../../../shaders/job_uniform.wgsl")
        )
    }
}

fn add(addition: Addition) -> &'static str {
    match addition {
        Addition::Plain => include_str!("../../../shaders/add_plain.wgsl"),
        Addition::Multiply => include_str!("../../../shaders/add_multiply.wgsl"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_variants() {
        for addition in [Addition::Plain, Addition::Multiply] {
            let variant = Variant { addition, threads: 128, nonces: 4 };
            assert_eq!(variant.to_string().parse(), Ok(variant));
        }
        for name in ["", "plain", "plain-64", "plain-x4", "odd-64x4", "plain-64x-1"] {
            assert!(name.parse::<Variant>().is_err(), "{name}");
        }
    }
}
