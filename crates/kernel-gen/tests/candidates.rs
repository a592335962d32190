//! Whatever the generator can write finds the reference's hits, and what is broken does not.

#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

use hashwatt_kernel_gen::candidate::{Candidate, can_run, compare, neighbour};
use hashwatt_kernel_gen::defect::Defect;
use hashwatt_kernel_gen::{Random, SHIPPED, Variant};

fn is_here() -> bool {
    let here = can_run();
    if let Err(reason) = &here {
        println!("skipped: {reason}");
    }
    here.is_ok()
}

#[test]
fn shipped_variants_and_their_neighbours_match_the_reference() {
    if !is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut random = Random::new(1);
    let neighbours: Vec<Variant> = (0..8).map(|_| neighbour(&mut random)).collect();
    let mut candidates = Vec::new();
    for (i, variant) in SHIPPED.iter().chain(&neighbours).enumerate() {
        if let Err(reason) = variant.assembly() {
            println!("{reason}: {variant:?}");
            continue;
        }
        let candidate = Candidate::load(variant, None, folder.path(), i).unwrap();
        assert_eq!(candidate.verify(), Ok(()), "{}", candidate.label);
        candidates.push(candidate);
    }
    assert!(candidates.len() >= SHIPPED.len());
    let timed = compare(&candidates, 1).unwrap();
    assert_eq!(timed.len(), candidates.len());
    assert!(timed.is_sorted_by(|a, b| a.median <= b.median));
}

/// Every defect is caught by the self-test alone.
#[test]
fn defects_of_what_is_shipped_fail_the_self_test() {
    if !is_here() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut random = Random::new(7);
    let mut number = 0;
    for variant in &SHIPPED {
        let text = variant.assembly().unwrap();
        let lines = text.lines().count();
        let mut tried = 0;
        while tried < 40 {
            let Some(defect) = Defect::at(&text, random.below(lines)) else { continue };
            let candidate = Candidate::load(variant, Some(&defect), folder.path(), number).unwrap();
            assert!(candidate.verify().is_err(), "survived: {}", candidate.label);
            (tried, number) = (tried + 1, number + 1);
        }
    }
    println!("{number} defects, all caught");
}
