//! Times the shipped variants and a number of neighbours (60 by default) against each other on this
//! machine: `cargo run --release -p hashwatt-kernel-gen --example tune -- 60`; only variants whose
//! names start with a prefix: `... -- 60 sha_ni`

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    use hashwatt_kernel_gen::candidate::{Candidate, compare, neighbour};
    use hashwatt_kernel_gen::{Random, SHIPPED, Variant};

    const SLICES: u32 = 41;
    let number: usize = std::env::args().nth(1).map_or(Ok(60), |text| text.parse())?;
    let prefix = std::env::args().nth(2).unwrap_or_default();
    let shipped: Vec<&Variant> = SHIPPED
        .iter()
        .filter(|variant| variant.name.starts_with(&prefix) && variant.engine.can_run().is_ok())
        .collect();
    let folder = tempfile::tempdir()?;
    let mut random = Random::new(1);
    let mut variants: Vec<Variant> = shipped.iter().copied().copied().collect();
    variants.extend((0..number).filter_map(|_| neighbour(&mut random, &shipped)));
    let mut candidates = Vec::new();
    for (i, variant) in variants.iter().enumerate() {
        match variant.assembly() {
            Ok(_) => candidates.push(Candidate::load(variant, None, folder.path(), i)?),
            Err(reason) => println!("{reason}: {variant:?}"),
        }
    }
    for timing in compare(&candidates, SLICES)? {
        println!("{:8.2} median {:8.2} p10  {}", timing.median, timing.p10, timing.label);
    }
    Ok(())
}

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    Err("the kernels need x86-64 and Linux".into())
}
