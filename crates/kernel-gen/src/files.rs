//! The generated files in the library.

use crate::variants::{Unwritable, Variant};
use std::path::{Path, PathBuf};

/// The folder that holds them.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/scan/cpu/assembly/generated")
}

/// A variant's file.
pub fn path(variant: &Variant) -> PathBuf {
    folder().join(variant.name).with_extension("s")
}

/// What stands in it.
///
/// # Errors
/// Where the variant needs more registers than there are.
pub fn text(variant: &Variant) -> Result<String, Unwritable> {
    let body = variant.assembly()?;
    Ok(format!("# Written by crates/kernel-gen; not to be edited.\n{body}"))
}
