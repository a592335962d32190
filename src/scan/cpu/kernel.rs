//! The list of kernels, used by tests, benches, calibration and the command line. Their implementations
//! are selected in `dispatch`.

use std::fmt;
use std::str::FromStr;

/// A method of hashing on the CPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kernel {
    /// Portable Rust, one nonce at a time.
    Scalar,
    /// The `sha2` crate's compression from the midstate.
    Sha2,
    /// The `sha2` crate on the whole header, without the shortcuts of mining: a baseline.
    Sha2Naive,
    /// Four nonces at a time with SSE4.1.
    Sse41,
    /// Eight nonces at a time with AVX2.
    Avx2,
    /// Sixteen nonces at a time with AVX-512.
    Avx512,
    /// Interleaved nonces with x86's SHA instructions.
    ShaNi,
    /// The rounds with x86's SHA instructions, the message words with AVX-512.
    Hybrid,
    /// Interleaved nonces with Arm's SHA-256 instructions.
    ArmSha2,
}

impl Kernel {
    /// Every kernel, whether this machine can run it or not.
    pub const ALL: [Self; 9] = [
        Self::Scalar,
        Self::Sha2,
        Self::Sha2Naive,
        Self::Sse41,
        Self::Avx2,
        Self::Avx512,
        Self::ShaNi,
        Self::Hybrid,
        Self::ArmSha2,
    ];

    /// The name on the command line and in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scalar => "scalar",
            Self::Sha2 => "sha2",
            Self::Sha2Naive => "sha2-naive",
            Self::Sse41 => "sse41",
            Self::Avx2 => "avx2",
            Self::Avx512 => "avx512",
            Self::ShaNi => "sha-ni",
            Self::Hybrid => "hybrid",
            Self::ArmSha2 => "arm-sha2",
        }
    }

    /// The number of nonces hashed in parallel; if variants differ, the maximum.
    pub const fn lanes(self) -> usize {
        match self {
            Self::Scalar | Self::Sha2 | Self::Sha2Naive => 1,
            Self::Sse41 => 4,
            // The intrinsics have two, the generated variants three or four.
            Self::ShaNi => 4,
            Self::Avx2 | Self::Hybrid => 8,
            Self::Avx512 => 16,
            // As many as fit into the registers; not measured, because no such machine was available.
            Self::ArmSha2 => 4,
        }
    }
}

impl fmt::Display for Kernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Serialises as the kernel's name.
impl serde::Serialize for Kernel {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl FromStr for Kernel {
    type Err = UnknownKernel;

    fn from_str(name: &str) -> Result<Self, UnknownKernel> {
        Self::ALL
            .into_iter()
            .find(|kernel| kernel.name() == name)
            .ok_or_else(|| UnknownKernel(name.to_owned()))
    }
}

/// A text that is not the name of a kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKernel(pub String);

impl fmt::Display for UnknownKernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Kernel::ALL.map(Kernel::name).join(", ");
        write!(f, "`{}` is not a kernel; give one of: {names}", self.0)
    }
}

impl std::error::Error for UnknownKernel {}
