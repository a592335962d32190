//! Times variants against each other on this machine, and breaks them to see whether the
//! self-test notices. Candidates are assembled by `cc` and loaded as libraries; nothing of this
//! is in the library itself.
//!
//! `HASHWATT_TUNE=60 cargo test --release --lib tuner::tuner -- --nocapture`

use super::super::super::{clock::Clock, kernel::Kernel, probe, self_test};
use super::super::{Entry, Generated, STREAMS, VECTORS};
use super::compression::{Parity, Style};
use super::variants::{Engine, SHIPPED, Variant};
use super::weave::Random;
use crate::scan::range::NonceRange;
use std::path::Path;
use std::process::Command;

struct Candidate {
    label: String,
    kernel: Generated,
    /// Holds the code in memory.
    _library: libloading::Library,
    cycles: Vec<f64>,
}

fn load(label: String, engine: Engine, text: &str, folder: &Path, number: usize) -> Candidate {
    let source = folder.join(format!("{number}.s"));
    let object = source.with_extension("so");
    std::fs::write(&source, format!(".globl kernel\n.p2align 6\nkernel:\n{text}")).unwrap();
    let linked = Command::new("cc")
        .args(["-shared", "-nostdlib", "-Wl,-z,noexecstack", "-o"])
        .args([&object, &source])
        .status()
        .unwrap();
    assert!(linked.success());
    // SAFETY: it was made above, and has no initialisers.
    let library = unsafe { libloading::Library::new(&object) }.unwrap();
    // SAFETY: the symbol is a generated kernel's.
    let entry = *unsafe { library.get::<Entry>(b"kernel") }.unwrap();
    let unit = match engine {
        Engine::Vectors => &VECTORS,
        Engine::Streams { .. } => &STREAMS,
    };
    let kernel = Generated { name: "candidate", entry, unit };
    Candidate { label, kernel, _library: library, cycles: Vec::new() }
}

fn verdict(candidate: &Candidate) -> Result<(), String> {
    self_test::run(|job, range, hits| candidate.kernel.scan(job, range, hits))
}

/// Interleaved slices, the order rotated; the best first.
fn compare(candidates: &mut Vec<Candidate>, slices: u32) {
    const NONCES: u64 = 1 << 17;
    let job = self_test::hard_job();
    let of = candidates.len();
    for slice in 0..slices {
        let cycle = probe::cycle().as_seconds();
        for i in 0..of {
            let candidate = &mut candidates[(i + slice as usize) % of];
            let range = NonceRange::new(slice << 20, NONCES).unwrap();
            let begun = Clock::now();
            candidate.kernel.scan(&job, range, &mut Vec::new());
            let taken = begun.elapsed().as_seconds();
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

/// Whether this processor can run what is generated; `cc` is there wherever Rust links.
fn can_run() -> bool {
    let missing = [Kernel::Avx512, Kernel::Hybrid].map(|kernel| kernel.available().err());
    for reason in missing.iter().flatten() {
        println!("skipped: {reason}");
    }
    missing.iter().all(Option::is_none)
}

/// What is shipped, then a search around it, `HASHWATT_TUNE` candidates: whatever the generator
/// can write finds the reference's hits.
#[test]
fn tuner() {
    if !can_run() {
        return;
    }
    let asked: Option<usize> = std::env::var("HASHWATT_TUNE").ok().map(|n| n.parse().unwrap());
    let (number, slices) = asked.map_or((8, 1), |number| (number, 41));
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
    let mut candidates = Vec::new();
    for (i, variant) in variants.iter().enumerate() {
        let label = format!("{variant:?}");
        match variant.assembly() {
            Ok(text) => {
                let candidate = load(label, variant.engine, &text, folder.path(), i);
                assert_eq!(verdict(&candidate), Ok(()), "{}", candidate.label);
                candidates.push(candidate);
            }
            Err(reason) => println!("{reason:?}: {label}"),
        }
    }
    assert!(candidates.len() >= SHIPPED.len());
    compare(&mut candidates, slices);
}

/// The instruction with one defect of a kind that a generator could make, if it is of a kind
/// that has one.
fn broken(line: &str) -> Option<String> {
    let (mnemonic, operands) = line.split_once(' ')?;
    let (first, rest) = operands.split_once(',')?;
    match mnemonic {
        // A rotation or shift by one more.
        "vprord" | "vpsrld" => {
            let by: u32 = first.trim_start_matches('$').parse().ok()?;
            Some(format!("{mnemonic} ${},{rest}", by + 1))
        }
        // Another function of three bits.
        "vpternlogd" => Some(format!("{mnemonic} $0x6a,{rest}")),
        // A sum without its term: the other one alone.
        "vpaddd" if line.ends_with("{%k2}") => None,
        "vpaddd" => Some(format!("vmovdqa64 {rest}")),
        "vpxord" => Some(format!("vpandd {operands}")),
        // Low halves for high ones; above for at most.
        "vpunpckhdq" => Some(format!("vpunpckldq {operands}")),
        "vpcmpud" => Some(format!("vpcmpud $6,{rest}")),
        // The message words of another pair of rounds.
        "vmovq" => {
            let (offset, base) = first.split_once('(')?;
            let offset: i32 = offset.parse().ok()?;
            Some(format!("vmovq {}({base},{rest}", offset + 8))
        }
        _ => None,
    }
}

/// Every defect is caught by the self-test alone.
#[test]
fn defects_of_what_is_shipped_are_caught() {
    if !can_run() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut random = Random(7);
    let mut number = 0;
    for variant in &SHIPPED {
        let text = variant.assembly().unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let mut tried = 0;
        while tried < 40 {
            let at = random.next() as usize % lines.len();
            let Some(line) = broken(lines[at]) else { continue };
            let mut mutant = lines.clone();
            mutant[at] = &line;
            let label = format!("{}: {} -> {line}", variant.name, lines[at]);
            let text = mutant.join("\n") + "\n";
            let candidate = load(label, variant.engine, &text, folder.path(), number);
            assert!(verdict(&candidate).is_err(), "survived: {}", candidate.label);
            (tried, number) = (tried + 1, number + 1);
        }
    }
    println!("{number} defects, all caught");
}
