//! The table of what is generated, and the loop around an iteration.

use crate::code::{Base, PAIRS_BASE, Place};
use crate::compression::{Parity, Style};
use crate::registers::{TooManyLive, assign};
use crate::streams::{A_AND_E, free_registers, steps};
use crate::units::{first_words, second_words, streamed_verdict, vectors};
use crate::weave::{merge, spread};
use hashwatt::scan::internals::{Block, Pairs};
use std::mem::{offset_of, size_of};

/// What a kernel hashes with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Sixteen nonces in vectors.
    Vectors,
    /// Eight nonces in the SHA instructions, both compressions of each, in groups of those
    /// sizes; vectors make their message words.
    Streams {
        /// How many nonces are hashed side by side, one group after another.
        groups: &'static [usize],
        /// Empty instructions in each step.
        nops: usize,
    },
}

/// One way to write a kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The function's name and its file's.
    pub name: &'static str,
    /// What it hashes with.
    pub engine: Engine,
    /// How its compressions are written.
    pub style: Style,
    /// Operations of a chain that stay together.
    pub chunk: usize,
    /// Of the order of chunks.
    pub seed: u64,
}

const TERNARY: Style = Style { parity: Parity::Ternary, fused: true, lead: 4 };
const TWO_XORS: Style = Style { parity: Parity::TwoXors, fused: false, lead: 0 };
const GROUPS: &[usize] = &[5, 6, 5];

/// What is shipped: the best on Zen 5 of the vectors, and of the hybrids what the prototype
/// found best on Zen 4 with its neighbours; calibration chooses among them.
pub const SHIPPED: [Variant; 5] = [
    Variant { name: "avx512_even", engine: Engine::Vectors, style: TERNARY, chunk: 1, seed: 0 },
    Variant { name: "avx512_coarse", engine: Engine::Vectors, style: TERNARY, chunk: 12, seed: 0 },
    Variant {
        name: "hybrid_565_nop",
        engine: Engine::Streams { groups: GROUPS, nops: 1 },
        style: TWO_XORS,
        chunk: 3,
        seed: 0,
    },
    Variant {
        name: "hybrid_565",
        engine: Engine::Streams { groups: GROUPS, nops: 0 },
        style: TWO_XORS,
        chunk: 3,
        seed: 0,
    },
    Variant {
        name: "hybrid_4444_nop",
        engine: Engine::Streams { groups: &[4, 4, 4, 4], nops: 1 },
        style: TWO_XORS,
        chunk: 3,
        seed: 0,
    },
];

impl Variant {
    /// The body of its function, AT&T syntax.
    ///
    /// # Errors
    /// Where it needs more registers than there are.
    pub fn assembly(&self) -> Result<String, TooManyLive> {
        let (setup, body, swaps) = match self.engine {
            Engine::Vectors => {
                let [first, second] = vectors(self.style, [0, 1]);
                let ops = merge(&[&first.ops, &second.ops], self.chunk, self.seed);
                let body = assign(&ops, &free_registers(0))?;
                (Vec::new(), body.into_iter().flatten().collect(), Vec::new())
            }
            Engine::Streams { groups, nops } => {
                let verdict = streamed_verdict(0);
                let (before, second) = second_words(self.style, 1);
                let first = first_words(self.style, 2);
                // What the streams left is taken up before the first of them ends and writes anew.
                let (taken_up, rest) = second.ops.split_at(before);
                let mut ops = [&verdict.ops, taken_up].concat();
                ops.extend(merge(&[&first.ops, rest], self.chunk, self.seed));
                let largest = groups.iter().copied().max().unwrap_or(0);
                let instructions = assign(&ops, &free_registers(largest))?;
                (point_at_pairs(), spread(&steps(groups), &instructions, nops), swap_pairs())
            }
        };
        let begin = [".p2align 6".to_owned(), "2:".to_owned()];
        let next = ["addq $8,%rdx", "decq %rsi", "jnz 2b", "vzeroupper", "ret"].map(str::to_owned);
        let mut text = [&setup[..], &begin, &body, &swaps, &next].concat().join("\n");
        text.push('\n');
        Ok(text)
    }
}

/// Registers for the buffers of pairs, and the mask for what enters a state.
fn point_at_pairs() -> Vec<String> {
    let mut lines = vec![format!("movl ${A_AND_E},%eax"), "kmovw %eax,%k2".to_owned()];
    for of in 0..2 {
        for filling in [false, true] {
            let number = 2 * of + usize::from(filling);
            let start = Place::block(offset_of!(Block, pairs) + size_of::<Pairs>() * number);
            let at = Place { offset: start.offset + PAIRS_BASE, ..start };
            lines.push(format!("leaq {at},{}", Base::Pairs { of, filling }.register()));
        }
    }
    lines
}

/// What was filled is hashed next.
fn swap_pairs() -> Vec<String> {
    let register = |of, filling| Base::Pairs { of, filling }.register();
    (0..2).map(|of| format!("xchgq {},{}", register(of, false), register(of, true))).collect()
}
