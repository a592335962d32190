//! What is checked in is what the generator writes.

use hashwatt_kernel_gen::{SHIPPED, files};

#[test]
fn checked_in_files_equal_the_generators_output() {
    for variant in &SHIPPED {
        let path = files::path(variant);
        let there = std::fs::read_to_string(&path).unwrap();
        let remedy = "run `cargo run --release -p hashwatt-kernel-gen --example generate`";
        assert!(there == files::text(variant).unwrap(), "{}: {remedy}", path.display());
    }
    let files = std::fs::read_dir(files::folder()).unwrap().count();
    assert_eq!(files, SHIPPED.len(), "a file that no row of the table has written");
}
