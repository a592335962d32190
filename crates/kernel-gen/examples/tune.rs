//! Times what is shipped and a number of its neighbours, 60 if none is given, against each other on
//! this machine: `cargo run --release -p hashwatt-kernel-gen --example tune -- 60`; those alone
//! whose names begin with something: `... -- 60 sha_ni`

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    use hashwatt_kernel_gen::candidate::{Candidate, compare, neighbour};
    use hashwatt_kernel_gen::{Random, SHIPPED, Variant};

    const SLICES: u32 = 41;
    let number: usize = std::env::args().nth(1).map_or(Ok(60), |text| text.parse())?;
    let of = std::env::args().nth(2).unwrap_or_default();
    let like: Vec<&Variant> = SHIPPED
        .iter()
        .filter(|variant| variant.name.starts_with(&of) && variant.engine.can_run().is_ok())
        .collect();
    let folder = tempfile::tempdir()?;
    let mut random = Random::new(1);
    let mut variants: Vec<Variant> = like.iter().copied().copied().collect();
    variants.extend((0..number).filter_map(|_| neighbour(&mut random, &like)));
    let mut candidates = Vec::new();
    for (i, variant) in variants.iter().enumerate() {
        match variant.assembly() {
            Ok(_) => candidates.push(Candidate::load(variant, None, folder.path(), i)?),
            Err(reason) => println!("{reason}: {variant:?}"),
        }
    }
    for timed in compare(&candidates, SLICES)? {
        println!("{:8.2} median {:8.2} p10  {}", timed.median, timed.p10, timed.label);
    }
    Ok(())
}

#[cfg(not(all(target_os = "linux", target_arch = "x86_64")))]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    Err("the kernels are x86-64's, and are loaded the way Linux does".into())
}
