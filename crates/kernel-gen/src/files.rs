//! The generated files in the library.

use crate::variants::{GenerationError, Variant};
use std::path::{Path, PathBuf};

/// The folder of the generated files.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/scan/cpu/assembly/generated")
}

/// The path of a variant's file.
pub fn path(variant: &Variant) -> PathBuf {
    folder().join(variant.name).with_extension("s")
}

/// The content of a variant's file.
///
/// # Errors
/// [`GenerationError`] if the variant needs more registers than there are.
pub fn text(variant: &Variant) -> Result<String, GenerationError> {
    let body = variant.assembly()?;
    Ok(format!("# Written by crates/kernel-gen; not to be edited.\n{body}"))
}
