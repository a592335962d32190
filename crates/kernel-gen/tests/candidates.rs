//! Generated kernels find the same hits as the reference, and defective ones fail the self-test.

#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

use hashwatt_kernel_gen::candidate::{Candidate, compare, neighbour};
use hashwatt_kernel_gen::defect::Defect;
use hashwatt_kernel_gen::{Random, SHIPPED, Variant};

/// The shipped variants that this processor can run; reports the others as skipped.
fn runnable() -> Vec<&'static Variant> {
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
    let (runnable, folder) = (runnable(), tempfile::tempdir().unwrap());
    let mut random = Random::new(1);
    let neighbours: Vec<Variant> =
        (0..8).filter_map(|_| neighbour(&mut random, &runnable)).collect();
    let mut candidates = Vec::new();
    for (i, variant) in runnable.iter().copied().chain(&neighbours).enumerate() {
        if let Err(reason) = variant.assembly() {
            println!("{reason}: {variant:?}");
            continue;
        }
        let candidate = Candidate::load(variant, None, folder.path(), i).unwrap();
        assert_eq!(candidate.verify(), Ok(()), "{}", candidate.label);
        candidates.push(candidate);
    }
    assert!(candidates.len() >= runnable.len());
    let timings = compare(&candidates, 1).unwrap();
    assert_eq!(timings.len(), candidates.len());
    assert!(timings.is_sorted_by(|a, b| a.median <= b.median));
}

/// The self-test alone detects every defect: some lines of each variant, with `HASHWATT_FULL=1` every
/// line for which a defect is defined.
#[test]
fn shipped_kernels_with_a_defect_fail_the_self_test() {
    const DEFECTS: usize = 8;
    let folder = tempfile::tempdir().unwrap();
    let mut random = Random::new(7);
    let full = std::env::var_os("HASHWATT_FULL").is_some_and(|value| value == "1");
    let mut number = 0;
    for variant in runnable() {
        let text = variant.assembly().unwrap();
        let mut defects: Vec<Defect> =
            (0..text.lines().count()).filter_map(|line| Defect::in_line(&text, line)).collect();
        assert!(defects.len() > DEFECTS, "{}", variant.name);
        if !full {
            defects =
                (0..DEFECTS).map(|_| defects.swap_remove(random.below(defects.len()))).collect();
        }
        for defect in &defects {
            let candidate = Candidate::load(variant, Some(defect), folder.path(), number).unwrap();
            assert!(candidate.verify().is_err(), "not detected: {}", candidate.label);
            number += 1;
        }
        println!("{}: {} defects, all detected", variant.name, defects.len());
    }
}
