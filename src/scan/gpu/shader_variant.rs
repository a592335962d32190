//! Variants of the scanning shader, among which tuning chooses.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How words are added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Addition {
    /// By plain additions.
    Plain,
    /// By a multiplication by a 1 that the compiler does not know, and an addition, which uses NVIDIA's
    /// second pipe.
    Multiply,
}

/// A variant of the scanning shader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ShaderVariant {
    /// How words are added.
    pub addition: Addition,
    /// Threads per workgroup.
    pub threads: u32,
    /// Nonces that each thread tries in sequence.
    pub nonces: u32,
}

impl std::str::FromStr for ShaderVariant {
    type Err = UnknownShaderVariant;

    fn from_str(name: &str) -> Result<Self, UnknownShaderVariant> {
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
        read().ok_or_else(|| UnknownShaderVariant(name.to_owned()))
    }
}

/// A text that is not the name of a variant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a shader variant; give one such as plain-64x16")]
pub struct UnknownShaderVariant(pub String);

impl fmt::Display for ShaderVariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let addition = match self.addition {
            Addition::Plain => "plain",
            Addition::Multiply => "multiply",
        };
        write!(f, "{addition}-{}x{}", self.threads, self.nonces)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variant_names_round_trip_and_invalid_ones_are_refused() {
        for addition in [Addition::Plain, Addition::Multiply] {
            let variant = ShaderVariant { addition, threads: 128, nonces: 4 };
            assert_eq!(variant.to_string().parse(), Ok(variant));
        }
        for name in ["", "plain", "plain-64", "plain-x4", "odd-64x4", "plain-64x-1"] {
            assert!(name.parse::<ShaderVariant>().is_err(), "{name}");
        }
    }
}
