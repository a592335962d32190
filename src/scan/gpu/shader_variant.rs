//! The ways to run the shader, which tuning chooses among.

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
pub struct ShaderVariant {
    /// How words are added.
    pub addition: Addition,
    /// Threads of a workgroup.
    pub threads: u32,
    /// Nonces that a thread tries one after another.
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

/// A name that no variant has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no variant; one is called plain-64x16")]
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
    fn names_lead_back_to_their_variants() {
        for addition in [Addition::Plain, Addition::Multiply] {
            let variant = ShaderVariant { addition, threads: 128, nonces: 4 };
            assert_eq!(variant.to_string().parse(), Ok(variant));
        }
        for name in ["", "plain", "plain-64", "plain-x4", "odd-64x4", "plain-64x-1"] {
            assert!(name.parse::<ShaderVariant>().is_err(), "{name}");
        }
    }
}
