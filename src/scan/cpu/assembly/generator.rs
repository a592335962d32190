//! Writes the kernels whose instructions must stand in a given order: typed operations
//! ([`code`]) that compute something ([`compression`], [`units`], [`streams`]), woven into one
//! order ([`weave`]) and given registers ([`registers`]), for every row of a table
//! ([`variants`]). The output is checked in under `generated/`; a test holds it to the table.
//!
//! To change a kernel, change this and run
//! `HASHWATT_BLESS=1 cargo test --lib generated_files_are_the_generators`.

mod code;
mod compression;
mod registers;
mod streams;
mod tuner;
mod units;
mod variants;
mod weave;

use variants::{SHIPPED, Variant};

fn file(variant: &Variant) -> String {
    let body = variant.assembly().expect("what is shipped has registers enough");
    format!("# Written by src/scan/cpu/assembly/generator.rs; not to be edited.\n{body}")
}

#[test]
fn generated_files_are_the_generators() {
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scan/cpu/assembly/generated");
    let bless = std::env::var_os("HASHWATT_BLESS").is_some();
    for variant in &SHIPPED {
        let path = folder.join(variant.name).with_extension("s");
        if bless {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, file(variant)).unwrap();
        }
        let there = std::fs::read_to_string(&path).unwrap();
        assert!(there == file(variant), "{}: see the generator's first lines", path.display());
    }
    let files = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(files, SHIPPED.len(), "a file that no row of the table has written");
}
