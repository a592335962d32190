//! The table of generated kernels, and the loop around an iteration.

use crate::code::{Base, PAIRS_BASE, Place};
use crate::compression::{Functions, Shifts, Style};
use crate::narrow::{self, Isa, Lanes};
use crate::registers::assign;
use crate::staggered::{self, Order, Staggering, UpperPair};
use crate::streams::{A_AND_E, free_registers, steps};
use crate::units::{first_words, second_words, streamed_verdict, vectors as chains};
use crate::weave::{merge, spread};
use hashwatt::scan::internals::{Block, Pairs};
use std::mem::{offset_of, size_of};

/// How chains of vector operations are written and merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weave {
    /// How the compressions are written.
    pub style: Style,
    /// How many operations of a chain stay together.
    pub chunk: usize,
    /// The seed of the random changes to the order of chunks; 0 for none.
    pub seed: u64,
}

/// The method by which a kernel hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Sixteen nonces in vectors.
    Vectors(Weave),
    /// Eight nonces in the SHA instructions, both compressions of each, in groups; vectors compute
    /// their message words.
    Streams {
        /// The sizes of the groups: how many nonces are hashed in parallel, one group after another.
        groups: &'static [usize],
        /// `nop` instructions in each step.
        nops: usize,
        /// The vectors' operations.
        weave: Weave,
    },
    /// Four or eight nonces in vectors.
    Narrow(Lanes),
    /// Three or four nonces in the SHA instructions alone.
    Staggered(Staggering),
}

/// A kernel to generate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The name of the function and of its file.
    pub name: &'static str,
    /// The method by which it hashes.
    pub engine: Engine,
}

const TERNARY: Style = Style { functions: Functions::Ternary, fused: true, lead: 4 };
const TWO_XORS: Style = Style { functions: Functions::TwoXors, fused: false, lead: 0 };

const fn vectors(name: &'static str, chunk: usize) -> Variant {
    Variant { name, engine: Engine::Vectors(Weave { style: TERNARY, chunk, seed: 0 }) }
}
const fn hybrid(name: &'static str, groups: &'static [usize], nops: usize) -> Variant {
    let weave = Weave { style: TWO_XORS, chunk: 3, seed: 0 };
    Variant { name, engine: Engine::Streams { groups, nops, weave } }
}
const fn sha_ni(name: &'static str, how: Staggering) -> Variant {
    Variant { name, engine: Engine::Staggered(how) }
}

const fn narrow(
    name: &'static str,
    isa: Isa,
    woven: bool,
    [opening, body]: [usize; 2],
    shifts: Shifts,
) -> Variant {
    let style = Style { functions: Functions::Plain(shifts), fused: false, lead: 0 };
    let weave = Weave { style, chunk: if woven { 1 } else { 12 }, seed: 0 };
    Variant { name, engine: Engine::Narrow(Lanes { isa, woven, opening, body, weave }) }
}

/// The fastest of a search on Zen 1, with 60 and 59 pairs of rounds.
const SIXTY: Staggering = Staggering {
    in_flight: 3,
    integer_rounds: 1,
    lead: 2,
    early: 0,
    upper_pair: UpperPair::KeptInRegister,
    rounds_from: 5,
    rounds_step: 8,
    nonce_from: 14,
    order: Order::ScheduleFirst,
};
const FIFTY_NINE: Staggering = Staggering {
    in_flight: 3,
    integer_rounds: 3,
    lead: 2,
    early: 0,
    upper_pair: UpperPair::SameSlot,
    rounds_from: 3,
    rounds_step: 6,
    nonce_from: 14,
    order: Order::ScheduleFirst,
};

/// The fastest of a search on Zen 5, where every `sha256rnds2` has two cycles of slack with three
/// nonces and four cycles with four: a delay by another instruction on its pipe is then made up. The
/// variants above take 7 to 13 % more time.
const FOUR_IN_FLIGHT: Staggering = Staggering {
    in_flight: 4,
    lead: 1,
    upper_pair: UpperPair::KeptInRegister,
    rounds_from: 4,
    rounds_step: 7,
    nonce_from: 23,
    ..FIFTY_NINE
};

/// The shipped variants; calibration chooses among the variants of a kernel. Wide vectors: the fastest
/// on Zen 5. Hybrid: the fastest in a prototype on Zen 4 and its neighbours. SHA instructions alone:
/// the fastest on Zen 1 and 5. Narrow vectors: the fastest on Zen 5, with longer and shorter code, and
/// one with few stores and few shifts, which share a pipe on Zen 1.
pub const SHIPPED: [Variant; 14] = [
    vectors("avx512_even", 1),
    vectors("avx512_coarse", 12),
    hybrid("hybrid_565_nop", &[5, 6, 5], 1),
    hybrid("hybrid_565", &[5, 6, 5], 0),
    hybrid("hybrid_4444_nop", &[4, 4, 4, 4], 1),
    sha_ni("sha_ni_60", SIXTY),
    sha_ni("sha_ni_59", FIFTY_NINE),
    sha_ni("sha_ni_59_four", FOUR_IN_FLIGHT),
    narrow("avx2_woven", Isa::Avx2, true, [12, 8], Shifts::Independent),
    narrow("avx2_short", Isa::Avx2, true, [6, 4], Shifts::Independent),
    narrow("avx2_single", Isa::Avx2, false, [12, 32], Shifts::Doubled),
    narrow("sse41_woven", Isa::Sse41, true, [12, 4], Shifts::Doubled),
    narrow("sse41_short", Isa::Sse41, true, [6, 4], Shifts::Doubled),
    narrow("sse41_single", Isa::Sse41, false, [12, 32], Shifts::Doubled),
];

/// Why a variant cannot be generated: it needs more registers than there are, or it reads a value
/// before it is available.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GenerationError(pub(crate) String);

impl std::fmt::Display for GenerationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for GenerationError {}

impl Variant {
    /// The body of the function in AT&T syntax.
    ///
    /// # Errors
    /// [`GenerationError`] with the reason why the variant cannot be generated.
    pub fn assembly(&self) -> Result<String, GenerationError> {
        let lines = match self.engine {
            Engine::Vectors(Weave { style, chunk, seed }) => {
                let [first, second] = chains(style, [0, 1]);
                let ops = merge(&[&first.ops, &second.ops], chunk, seed);
                let body = assign(&ops, &free_registers(0))?;
                with_records(true, &[], &body.concat(), &[])
            }
            Engine::Streams { groups, nops, weave: Weave { style, chunk, seed } } => {
                let verdict = streamed_verdict(0);
                let (read_count, second) = second_words(style, 1);
                let first = first_words(style, 2);
                // The results of the streams are read before the first stream overwrites them.
                let (reads, rest) = second.ops.split_at(read_count);
                let mut ops = [&verdict.ops, reads].concat();
                ops.extend(merge(&[&first.ops, rest], chunk, seed));
                let largest = groups.iter().copied().max().unwrap_or(0);
                let instructions = assign(&ops, &free_registers(largest))?;
                let body = spread(&steps(groups), &instructions, nops);
                with_records(true, &point_at_pairs(), &body, &swap_pairs())
            }
            Engine::Narrow(how) => {
                let body = narrow::assembly(&how)?;
                with_records(how.isa != Isa::Sse41, &["movq %rdi,%r8".to_owned()], &body, &[])
            }
            Engine::Staggered(how) => staggered::assembly(&how)?,
        };
        Ok(lines.join("\n") + "\n")
    }
}

/// The loop around an iteration that writes a result record. Code with AVX clears the upper halves of
/// the registers at its end, because they slow down code without AVX.
fn with_records(avx: bool, setup: &[String], body: &[String], end: &[String]) -> Vec<String> {
    let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    let begin = lines(&[".p2align 6", "2:"]);
    let next = lines(&["addq $8,%rdx", "decq %rsi", "jnz 2b"]);
    let leave = lines(if avx { &["vzeroupper", "ret"] } else { &["ret"] });
    [setup, &begin, body, end, &next, &leave].concat()
}

/// Sets the registers for the buffers of pairs, and the mask that selects A and E.
fn point_at_pairs() -> Vec<String> {
    let mut lines = vec![format!("movl ${A_AND_E},%eax"), "kmovw %eax,%k2".to_owned()];
    for compression in 0..2 {
        for filling in [false, true] {
            let number = 2 * compression + usize::from(filling);
            let start = Place::block(offset_of!(Block, pairs) + size_of::<Pairs>() * number);
            let at = Place { offset: start.offset + PAIRS_BASE, ..start };
            lines.push(format!("leaq {at},{}", Base::Pairs { compression, filling }.register()));
        }
    }
    lines
}

/// Swaps the buffers: the filled one is hashed next.
fn swap_pairs() -> Vec<String> {
    let register = |compression, filling| Base::Pairs { compression, filling }.register();
    (0..2).map(|i| format!("xchgq {},{}", register(i, false), register(i, true))).collect()
}
