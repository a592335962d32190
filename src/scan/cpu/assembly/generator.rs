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
#[cfg(target_os = "linux")]
#[expect(clippy::print_stdout, reason = "a tool that is run by hand")]
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

/// What the ports' model says a double hash takes is what the generator makes.
#[test]
fn operations_are_those_of_the_ports_model() {
    use super::super::ports::{OPERATIONS, Operations, STREAMED, STREAMED_PAIRS, Streamed};

    let instructions = |name: &str| -> Vec<String> {
        let variant = SHIPPED.iter().find(|variant| variant.name == name).unwrap();
        variant.assembly().unwrap().lines().map(str::to_owned).collect()
    };
    let count = |lines: &[String], start: &str| {
        lines.iter().filter(|line| line.starts_with(start)).count() as u32
    };
    let vectors = instructions("avx512_even");
    // A table may have its inputs changed for each other, which parity and Maj do not show.
    let parities = count(&vectors, "vpternlogd $0x96");
    let majorities = count(&vectors, "vpternlogd $0xe8");
    let made = Operations {
        additions: count(&vectors, "vpaddd"),
        rotations: count(&vectors, "vprord"),
        shifts: count(&vectors, "vpsrld"),
        parities,
        choices: count(&vectors, "vpternlogd") - parities - majorities,
        majorities,
    };
    assert_eq!(made, OPERATIONS);

    let streams = instructions("hybrid_565");
    assert_eq!(count(&streams, "sha256rnds2"), 8 * STREAMED_PAIRS);
    let shifts = count(&streams, "vprord") + count(&streams, "vpsrld");
    let others = ["vpaddd", "vpxord", "vpunpck", "vpternlogd"];
    let others = others.map(|start| count(&streams, start)).iter().sum();
    assert_eq!(Streamed { others, shifts }, STREAMED);
}
