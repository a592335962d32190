//! The checked-in files are equal to the generator's output.

use hashwatt_kernel_gen::{Engine, Isa, Lanes, SHIPPED, files};

#[test]
fn checked_in_files_equal_the_generator_output() {
    for variant in &SHIPPED {
        let path = files::path(variant);
        let checked_in = std::fs::read_to_string(&path).unwrap();
        let remedy = "run `cargo run --release -p hashwatt-kernel-gen --example generate`";
        assert!(checked_in == files::text(variant).unwrap(), "{}: {remedy}", path.display());
    }
    let files = std::fs::read_dir(files::folder()).unwrap().count();
    assert_eq!(files, SHIPPED.len(), "a file belongs to no row of the table");
}

/// An instruction that the processor lacks would end the process.
#[test]
fn narrow_kernels_use_no_instruction_of_a_wider_set() {
    for variant in &SHIPPED {
        let text = variant.assembly().unwrap();
        let avx = text.lines().find(|line| line.starts_with('v'));
        let beyond_avx2 = text.lines().find(|line| {
            let register =
                |name: &str| name.trim_start_matches("xmm").trim_start_matches("ymm").parse();
            let names = line.split([',', ' ', '%']);
            let highest = names.filter_map(|name| register(name).ok()).max();
            let number: u32 = if line.contains("mm") { highest.unwrap_or(0) } else { 0 };
            number > 15 || ["zmm", "{", "vpternlog", "vpror"].iter().any(|part| line.contains(part))
        });
        match variant.engine {
            Engine::Narrow(Lanes { isa: Isa::Sse41, .. }) => assert_eq!(avx, None),
            Engine::Narrow(_) | Engine::Staggered(_) => assert_eq!(beyond_avx2, None),
            Engine::Vectors(_) | Engine::Streams { .. } => assert!(beyond_avx2.is_some()),
        }
    }
}
