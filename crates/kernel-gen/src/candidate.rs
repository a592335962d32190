//! Kernels that are not in the library: assembled by `cc`, loaded, compared with the reference and
//! timed.

use crate::compression::{Functions, Shifts, Style};
use crate::defect::Defect;
use crate::narrow::{Isa, Lanes};
use crate::staggered::{Order, Staggering, UpperPair};
use crate::variants::{Engine, Variant, Weave};
use hashwatt::scan::internals::SplitMix64 as Random;
use hashwatt::scan::internals::{
    Clock, EIGHT, EIGHT_WOVEN, Entry, FOUR, FOUR_STAGGERED, FOUR_WOVEN, Generated, STREAMS,
    THREE_STAGGERED, Unit, VECTORS, cycle, hard_job, nearest_rank_quantiles, self_test,
};
use hashwatt::scan::{Kernel, NonceRange, ScanError};
use std::io;
use std::path::Path;
use std::process::Command;

impl Engine {
    /// How nonces pass through an iteration, and how candidates are read.
    fn unit(&self) -> &'static Unit {
        match self {
            Self::Vectors(_) => &VECTORS,
            Self::Streams { .. } => &STREAMS,
            Self::Narrow(Lanes { isa: Isa::Avx2, woven: true, .. }) => &EIGHT_WOVEN,
            Self::Narrow(Lanes { isa: Isa::Avx2, .. }) => &EIGHT,
            Self::Narrow(Lanes { isa: Isa::Sse41, woven: true, .. }) => &FOUR_WOVEN,
            Self::Narrow(Lanes { isa: Isa::Sse41, .. }) => &FOUR,
            Self::Staggered(Staggering { in_flight: 4, .. }) => &FOUR_STAGGERED,
            Self::Staggered(_) => &THREE_STAGGERED,
        }
    }

    /// Checks that this processor can run the generated kernels. `cc` is available wherever Rust
    /// links.
    ///
    /// # Errors
    /// [`ScanError::KernelUnavailable`] with the missing processor features.
    pub fn can_run(&self) -> Result<(), ScanError> {
        match self {
            Self::Vectors(_) => Kernel::Avx512.available(),
            Self::Streams { .. } => Kernel::Hybrid.available(),
            Self::Narrow(Lanes { isa: Isa::Avx2, .. }) => Kernel::Avx2.available(),
            Self::Narrow(_) => Kernel::Sse41.available(),
            Self::Staggered(_) => Kernel::ShaNi.available(),
        }
    }
}

/// A loaded kernel.
#[derive(Debug)]
pub struct Candidate {
    /// The name in reports.
    pub label: String,
    engine: Engine,
    kernel: Generated,
    /// Keeps the code loaded.
    _library: libloading::Library,
}

/// The speed of a candidate.
#[derive(Clone, Debug)]
pub struct Timing {
    /// The candidate's label.
    pub label: String,
    /// Cycles per hash: the median of the slices.
    pub median: f64,
    /// Cycles per hash: the tenth percentile of the slices.
    pub p10: f64,
}

impl Candidate {
    /// Assembles a variant, with or without a defect, and loads it. The files are written to
    /// `folder` and named after `number`.
    ///
    /// # Errors
    /// If the variant needs more registers than there are, the defect belongs to another variant,
    /// the folder cannot be written, or `cc` rejects the assembly.
    pub fn load(
        variant: &Variant,
        defect: Option<&Defect>,
        folder: &Path,
        number: usize,
    ) -> io::Result<Self> {
        let mut body = variant.assembly().map_err(io::Error::other)?;
        let mut label = format!("{variant:?}");
        if let Some(defect) = defect {
            label = format!("{}: {defect}", variant.name);
            let no_such_line = || io::Error::other(format!("{label}: the line does not exist"));
            body = defect.apply(&body).ok_or_else(no_such_line)?;
        }
        let source = folder.join(format!("{number}.s"));
        let object = source.with_extension("so");
        std::fs::write(&source, format!(".globl kernel\n.p2align 6\nkernel:\n{body}"))?;
        let linked = Command::new("cc")
            .args(["-shared", "-nostdlib", "-Wl,-z,noexecstack", "-o"])
            .args([&object, &source])
            .status()?;
        if !linked.success() {
            return Err(io::Error::other(format!("cc: {linked}")));
        }
        // SAFETY: the file was written above, and has no initialisers.
        let library = unsafe { libloading::Library::new(&object) }.map_err(io::Error::other)?;
        // SAFETY: the symbol is a generated kernel, which has this type.
        let entry = *unsafe { library.get::<Entry>(b"kernel") }.map_err(io::Error::other)?;
        // SAFETY: the body was generated for the library's memory block and the engine's unit; a
        // defect stays inside the block. `verify` runs it first, and only on a processor that has
        // the instructions.
        let kernel = unsafe { Generated::new("candidate", entry, variant.engine.unit()) };
        Ok(Self { label, engine: variant.engine, kernel, _library: library })
    }

    /// Runs the library's self-test.
    ///
    /// # Errors
    /// The first case whose hits differ from the reference, or the reason why this processor cannot
    /// run the kernel.
    pub fn verify(&self) -> Result<(), String> {
        self.engine.can_run().map_err(|reason| reason.to_string())?;
        self_test(|job, range, hits| self.kernel.scan(job, range, hits))
    }
}

/// Verifies and times candidates against each other, in `slices` short slices of each in rotating
/// order. The fastest is first in the result.
///
/// # Errors
/// The first candidate that fails its verification.
pub fn compare(candidates: &[Candidate], slices: u32) -> Result<Vec<Timing>, String> {
    const NONCES: u64 = 1 << 17;
    for candidate in candidates {
        candidate.verify().map_err(|case| format!("{}: {case}", candidate.label))?;
    }
    let job = hard_job();
    let count = candidates.len();
    let mut cycles: Vec<Vec<f64>> = vec![Vec::new(); count];
    for slice in 0..slices {
        let cycle = cycle().as_seconds();
        for i in 0..count {
            let i = (i + slice as usize) % count;
            let range = NonceRange::new(slice << 20, NONCES).map_err(|error| error.to_string())?;
            let start = Clock::now();
            candidates[i].kernel.scan(&job, range, &mut Vec::new());
            let seconds = start.elapsed().as_seconds();
            cycles[i].push(seconds / NONCES as f64 / cycle);
        }
    }
    let timing = |(candidate, cycles): (&Candidate, Vec<f64>)| {
        let [p10, median] = nearest_rank_quantiles(cycles, [0.1, 0.5])?;
        Some(Timing { label: candidate.label.clone(), median, p10 })
    };
    let mut timings: Vec<Timing> = candidates.iter().zip(cycles).filter_map(timing).collect();
    timings.sort_by(|a, b| a.median.total_cmp(&b.median));
    Ok(timings)
}

/// A random variant with the same engine as one of `variants`; `None` if `variants` is empty.
pub fn neighbour(random: &mut Random, variants: &[&Variant]) -> Option<Variant> {
    if variants.is_empty() {
        return None;
    }
    let engine = match variants[random.below(variants.len())].engine {
        Engine::Vectors(_) => Engine::Vectors(weave(random)),
        Engine::Streams { .. } => {
            const GROUPS: [&[usize]; 4] = [&[5, 6, 5], &[4, 4, 4, 4], &[6, 5, 5], &[3, 3, 3, 3, 4]];
            let (groups, nops) = (GROUPS[random.below(4)], random.below(3));
            Engine::Streams { groups, nops, weave: weave(random) }
        }
        Engine::Narrow(Lanes { isa, .. }) => {
            let shifts = [Shifts::Independent, Shifts::Nested, Shifts::Doubled][random.below(3)];
            let mut weave = weave(random);
            weave.style = Style { functions: Functions::Plain(shifts), fused: false, lead: 0 };
            let (opening, body) = ([4, 6, 12][random.below(3)], [4, 8, 16, 32][random.below(4)]);
            let woven = random.below(4) > 0;
            Engine::Narrow(Lanes { isa, woven, opening, body, weave })
        }
        Engine::Staggered(_) => Engine::Staggered(Staggering {
            in_flight: 3 + random.below(2),
            integer_rounds: [1, 3][random.below(2)],
            lead: 1 + random.below(3),
            early: random.below(3),
            upper_pair: [UpperPair::KeptInRegister, UpperPair::SameSlot][random.below(2)],
            rounds_from: random.below(7),
            rounds_step: 4 + random.below(6),
            nonce_from: 13 + random.below(20),
            order: [Order::ScheduleFirst, Order::RoundsFirst, Order::Interleaved][random.below(3)],
        }),
    };
    Some(Variant { name: "", engine })
}

fn weave(random: &mut Random) -> Weave {
    let style = Style {
        functions: [Functions::Ternary, Functions::TwoXors][random.below(2)],
        fused: random.below(2) == 0,
        lead: random.below(8),
    };
    let chunk = [1, 2, 3, 4, 6, 12][random.below(6)];
    let seed = random.next_u64() % 1000 * (random.next_u64() % 2);
    Weave { style, chunk, seed }
}
