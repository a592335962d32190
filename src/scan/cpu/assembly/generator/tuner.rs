//! Times variants against each other on this machine. Candidates are assembled by `cc` and
//! loaded as libraries; nothing of this is in the library itself.
//!
//! `cargo test --release --lib tuner -- --ignored --nocapture`

use super::super::super::self_test;
use super::super::{Entry, Generated};
use super::compression::{Parity, Style};
use super::variants::{Engine, SHIPPED, Variant};
use super::weave::Random;
use crate::scan::NonceRange;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

struct Candidate {
    label: String,
    kernel: Generated,
    /// Holds the code in memory.
    _library: libloading::Library,
    cycles: Vec<f64>,
}

fn load(label: String, variant: &Variant, folder: &Path, number: usize) -> Option<Candidate> {
    let text = match variant.assembly() {
        Ok(text) => text,
        Err(reason) => {
            println!("{label}: {reason:?}");
            return None;
        }
    };
    let source = folder.join(format!("{number}.s"));
    let object = source.with_extension("so");
    std::fs::write(&source, format!(".globl kernel\n.p2align 6\nkernel:\n{text}")).unwrap();
    let linked = Command::new("cc")
        .args(["-shared", "-nostdlib", "-Wl,-z,noexecstack", "-o"])
        .args([&object, &source])
        .status()
        .unwrap();
    assert!(linked.success());
    // SAFETY: the library has no initialisers.
    let library = unsafe { libloading::Library::new(&object) }.unwrap();
    // SAFETY: the symbol is a generated kernel's.
    let entry = *unsafe { library.get::<Entry>(b"kernel") }.unwrap();
    let units = match variant.engine {
        Engine::Vectors => &super::super::VECTORS,
        Engine::Streams { .. } => &super::super::STREAMS,
    };
    let kernel = Generated { name: "candidate", entry, unit: units };
    if let Err(case) = self_test::run(|job, range, hits| kernel.scan(job, range, hits)) {
        println!("{label}: WRONG, {case}");
        return None;
    }
    Some(Candidate { label, kernel, _library: library, cycles: Vec::new() })
}

/// Interleaved slices, the order rotated; the best first.
fn compare(candidates: &mut Vec<Candidate>, slices: u32) {
    const NONCES: u64 = 1 << 17;
    let job = self_test::hard_job();
    let of = candidates.len();
    for slice in 0..slices {
        let cycle = crate::scan::cpu::probe::cycle().as_seconds();
        for i in 0..of {
            let candidate = &mut candidates[(i + slice as usize) % of];
            let range = NonceRange::new(slice << 20, NONCES).unwrap();
            let begun = Instant::now();
            candidate.kernel.scan(&job, range, &mut Vec::new());
            let taken = begun.elapsed().as_secs_f64();
            candidate.cycles.push(taken / NONCES as f64 / cycle);
        }
    }
    for candidate in candidates.iter_mut() {
        candidate.cycles.sort_by(f64::total_cmp);
    }
    let median = |candidate: &Candidate| candidate.cycles[candidate.cycles.len() / 2];
    candidates.sort_by(|a, b| median(a).total_cmp(&median(b)));
    for candidate in candidates {
        let p10 = candidate.cycles[candidate.cycles.len() / 10];
        println!("{:8.2} median {p10:8.2} p10  {}", median(candidate), candidate.label);
    }
}

/// What is shipped, then a search around it; `HASHWATT_TUNE` is how many candidates.
#[test]
#[ignore = "a tool, not a test"]
fn tuner() {
    let number = std::env::var("HASHWATT_TUNE").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    let folder = tempfile::tempdir().unwrap();
    let mut random = Random(1);
    let mut variants: Vec<Variant> = SHIPPED.to_vec();
    for _ in 0..number {
        let mut pick = |of: usize| random.next() as usize % of;
        let like = SHIPPED[pick(SHIPPED.len())];
        let engine = match like.engine {
            Engine::Vectors => Engine::Vectors,
            Engine::Streams { .. } => {
                let groups: [&[usize]; 4] =
                    [&[5, 6, 5], &[4, 4, 4, 4], &[6, 5, 5], &[3, 3, 3, 3, 4]];
                Engine::Streams { groups: groups[pick(4)], nops: pick(3) }
            }
        };
        let style = Style {
            parity: [Parity::Ternary, Parity::TwoXors][pick(2)],
            fused: pick(2) == 0,
            lead: pick(8),
        };
        let chunk = [1, 2, 3, 4, 6, 12][pick(6)];
        let seed = random.next() % 1000 * (random.next() % 2);
        variants.push(Variant { name: "", engine, style, chunk, seed });
    }
    let mut candidates: Vec<Candidate> = variants
        .iter()
        .enumerate()
        .filter_map(|(i, variant)| load(format!("{variant:?}"), variant, folder.path(), i))
        .collect();
    compare(&mut candidates, 41);
}
