//! Vectors of four or eight words in sixteen registers: SSE4.1 and AVX2.
//!
//! Identical rounds are a loop over rounds, so that the code fits into the core's cache of decoded
//! instructions: on Zen 5 a loop of more than some 5,000 instructions is fetched at 2.8 to 3.4 per
//! cycle, a shorter one at 4. Rounds whose words are partly known are unrolled. Between two parts of
//! a compression the state is stored in memory; variants for cores on which that is expensive have no
//! loop over rounds.

mod registers;

use crate::code::{Chain, Input, Op, Place, Value, Width};
use crate::compression::{Schedule, Style, enter, rounds, verdict};
use crate::layout::Layout;
use crate::units::next_nonces;
use crate::variants::{GenerationError, Weave};
use crate::weave::merge;
use hashwatt::scan::internals::{Compression, NarrowRow};
use registers::write;

/// The instruction set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isa {
    /// Four lanes; an instruction overwrites its first input.
    Sse41,
    /// Eight lanes.
    Avx2,
}

impl Isa {
    fn width(self) -> Width {
        match self {
            Self::Sse41 => Width::Four,
            Self::Avx2 => Width::Eight,
        }
    }
}

/// How narrow vectors are hashed in an iteration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lanes {
    /// The instruction set.
    pub isa: Isa,
    /// Whether the second hash of a batch is merged with the first hash of the next batch; otherwise
    /// it follows the first hash of its own batch.
    pub woven: bool,
    /// Rounds in the body of the loop over the first 12, whose words are known or already added to
    /// `K`: a divisor of 12.
    pub opening: usize,
    /// Rounds in the body of the loop over the last 32, which are all identical: a divisor of 32.
    pub body: usize,
    /// How operations are written and merged.
    pub weave: Weave,
}

const LAYOUT: Layout = Layout::Narrow;
const FIRST: Compression = Compression::First;
const SECOND: Compression = Compression::Second;

/// Rounds at the beginning of a compression that compute no words.
const OPENING: usize = 12;

/// Rounds at the end of a compression that are all identical.
const UNIFORM: usize = 32;

/// The first of the identical rounds.
fn first_uniform(which: Compression) -> usize {
    which.last_round() + 1 - UNIFORM
}

/// Builds the chains of one batch and compression.
struct ChainBuilder {
    which: Compression,
    style: Style,
    width: Width,
}

impl ChainBuilder {
    /// An empty chain. Its number is the compression: chains that are merged must differ in it.
    fn chain(&self) -> Chain {
        Chain::new(self.which as u32, self.width)
    }
    fn carry(&self, chain: &mut Chain, state: [Value; 8]) {
        for (i, word) in state.into_iter().enumerate() {
            chain.store(word, Layout::carried(self.which, i));
        }
    }
    fn carried(&self, chain: &mut Chain, i: usize) -> Value {
        chain.load(Input::Row(Layout::carried(self.which, i)))
    }

    /// The state before the first round, from the nonces or the first hash.
    fn enter(&self, chain: &mut Chain) -> [Value; 8] {
        let entering = match self.which {
            FIRST => {
                let nonces = next_nonces(chain, LAYOUT);
                chain.store(nonces, LAYOUT.word(FIRST, 3));
                nonces
            }
            SECOND => chain.load(Input::Row(LAYOUT.digest(0))),
        };
        enter(chain, self.which, LAYOUT, entering)
    }
    fn begin(&self) -> Vec<Op> {
        let mut chain = self.chain();
        let state = self.enter(&mut chain);
        self.carry(&mut chain, state);
        chain.ops
    }

    /// The whole compression without a loop: the state stays in registers.
    fn straight(&self) -> Vec<Op> {
        let mut chain = self.chain();
        let state = self.enter(&mut chain);
        let schedule = Schedule::new(self.which, LAYOUT, self.style);
        let range = self.which.first_round()..=self.which.last_round();
        let state = rounds(&mut chain, schedule, range, state);
        self.leave(&mut chain, state);
        chain.without_dead().ops
    }

    /// `number` rounds from round `from` on, with the schedule in memory.
    fn rounds(&self, schedule: Schedule, from: usize, number: usize) -> Vec<Op> {
        let mut chain = self.chain();
        let state = std::array::from_fn(|i| self.carried(&mut chain, i));
        let state = rounds(&mut chain, schedule, from..=from + number - 1, state);
        self.carry(&mut chain, state);
        chain.without_dead().ops
    }

    /// The body of the loop over the first rounds, with the addresses of the first pass.
    fn opening(&self, body: usize) -> Vec<Op> {
        let schedule = Schedule::new(self.which, LAYOUT, self.style);
        self.rounds(schedule, self.which.first_round(), body)
    }

    /// Rounds whose words are partly known.
    fn middle(&self) -> Vec<Op> {
        let from = self.which.first_round() + OPENING;
        let schedule = Schedule::new(self.which, LAYOUT, self.style);
        self.rounds(schedule, from, first_uniform(self.which) - from)
    }

    /// The body of the loop over the last rounds, with the addresses of the first pass.
    fn uniform(&self, body: usize) -> Vec<Op> {
        let from = first_uniform(self.which);
        let schedule = Schedule::with_all_varying(self.which, LAYOUT, self.style, from);
        self.rounds(schedule, from, body)
    }

    /// Stores the first hash, or compares the second with the target.
    fn leave(&self, chain: &mut Chain, state: [Value; 8]) {
        if self.which == SECOND {
            return verdict(chain, LAYOUT, state[4], Place::verdicts(0));
        }
        for (i, word) in state.into_iter().enumerate() {
            let word = chain.add(word, LAYOUT.midstate(i));
            chain.store(word, LAYOUT.digest(i));
            if let (Input::Row(kw), true) = (LAYOUT.kw(SECOND, i), i > 0) {
                let sum = chain.add(word, Input::Row(Layout::k(i)));
                chain.store(sum, kw);
            }
        }
    }
    fn end(&self) -> Vec<Op> {
        let mut chain = self.chain();
        let state = std::array::from_fn(|i| self.carried(&mut chain, i));
        self.leave(&mut chain, state);
        chain.without_dead().ops
    }
}

/// The body of the loop over batches.
pub(crate) fn assembly(how: &Lanes) -> Result<Vec<String>, GenerationError> {
    let Weave { style, chunk, seed } = how.weave;
    let divides = |part: usize, of: usize| part > 0 && of.is_multiple_of(part);
    if !divides(how.opening, OPENING) || !divides(how.body, UNIFORM) || style.lead > 0 {
        let message = "narrow loops need divisors of 12 and of 32 rounds, and a lead of 0";
        return Err(GenerationError(message.to_owned()));
    }
    let builder = |which| ChainBuilder { which, style, width: how.isa.width() };
    let groups: &[&[Compression]] =
        if how.woven { &[&[SECOND, FIRST]] } else { &[&[FIRST], &[SECOND]] };
    let mut lines = Vec::new();
    for group in groups {
        let builders: Vec<ChainBuilder> = group.iter().map(|which| builder(*which)).collect();
        let part = |ops: &dyn Fn(&ChainBuilder) -> Vec<Op>| {
            let chains: Vec<Vec<Op>> = builders.iter().map(ops).collect();
            let chains: Vec<&[Op]> = chains.iter().map(Vec::as_slice).collect();
            write(&merge(&chains, chunk, seed), how.isa)
        };
        if (how.opening, how.body) == (OPENING, UNIFORM) {
            lines.extend(part(&ChainBuilder::straight)?);
            continue;
        }
        lines.extend(part(&ChainBuilder::begin)?);
        let opening = part(&|builder| builder.opening(how.opening))?;
        lines.extend(over_rounds(opening, how.opening, OPENING));
        lines.extend(part(&ChainBuilder::middle)?);
        let uniform = part(&|builder| builder.uniform(how.body))?;
        lines.extend(over_rounds(uniform, how.body, UNIFORM));
        lines.extend(part(&ChainBuilder::end)?);
    }
    Ok(lines)
}

/// A loop over rounds: each pass advances the register that points to the rows; the end resets it.
fn over_rounds(body: Vec<String>, rounds: usize, total_rounds: usize) -> Vec<String> {
    let times = total_rounds / rounds;
    if times == 1 {
        return body;
    }
    let step = rounds * size_of::<NarrowRow>();
    let begin = [format!("movl ${times},%r9d"), ".p2align 5".to_owned(), "3:".to_owned()];
    let end = [
        format!("addq ${step},%rdi"),
        "decl %r9d".to_owned(),
        "jnz 3b".to_owned(),
        format!("subq ${},%rdi", times * step),
    ];
    [&begin[..], &body, &end].concat()
}
