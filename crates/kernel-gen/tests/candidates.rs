//! Whatever the generator can write finds the reference's hits, and what is broken does not.

#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

use hashwatt_kernel_gen::candidate::{Candidate, compare, neighbour};
use hashwatt_kernel_gen::defect::Defect;
use hashwatt_kernel_gen::{Random, SHIPPED, Variant};

/// What is shipped and can run here; what cannot is said.
fn here() -> Vec<&'static Variant> {
    let can_run = |variant: &&Variant| match variant.engine.can_run() {
        Ok(()) => true,
        Err(reason) => {
            println!("skipped: {}: {reason}", variant.name);
            false
        }
    };
    SHIPPED.iter().filter(can_run).collect()
}

#[test]
fn shipped_variants_and_their_neighbours_match_the_reference() {
    let (here, folder) = (here(), tempfile::tempdir().unwrap());
    let mut random = Random::new(1);
    let neighbours: Vec<Variant> = (0..8).filter_map(|_| neighbour(&mut random, &here)).collect();
    let mut candidates = Vec::new();
    for (i, variant) in here.iter().copied().chain(&neighbours).enumerate() {
        if let Err(reason) = variant.assembly() {
            println!("{reason}: {variant:?}");
            continue;
        }
        let candidate = Candidate::load(variant, None, folder.path(), i).unwrap();
        assert_eq!(candidate.verify(), Ok(()), "{}", candidate.label);
        candidates.push(candidate);
    }
    assert!(candidates.len() >= here.len());
    let timed = compare(&candidates, 1).unwrap();
    assert_eq!(timed.len(), candidates.len());
    assert!(timed.is_sorted_by(|a, b| a.median <= b.median));
}

/// Every defect is caught by the self-test alone: a few of each variant, with `HASHWATT_FULL=1` one in
/// every line that can have one.
#[test]
fn defects_of_what_is_shipped_fail_the_self_test() {
    const A_FEW: usize = 8;
    let folder = tempfile::tempdir().unwrap();
    let mut random = Random::new(7);
    let full = std::env::var_os("HASHWATT_FULL").is_some_and(|value| value == "1");
    let mut number = 0;
    for variant in here() {
        let text = variant.assembly().unwrap();
        let mut defects: Vec<Defect> =
            (0..text.lines().count()).filter_map(|line| Defect::at(&text, line)).collect();
        assert!(defects.len() > A_FEW, "{}", variant.name);
        if !full {
            defects =
                (0..A_FEW).map(|_| defects.swap_remove(random.below(defects.len()))).collect();
        }
        for defect in &defects {
            let candidate = Candidate::load(variant, Some(defect), folder.path(), number).unwrap();
            assert!(candidate.verify().is_err(), "survived: {}", candidate.label);
            number += 1;
        }
        println!("{}: {} defects, all caught", variant.name, defects.len());
    }
}
