//! Vectors of four or eight words in sixteen registers: SSE4.1 and AVX2.
//!
//! What is the same for every round is a loop over rounds, so that the whole stays inside a core's
//! cache of decoded instructions: on Zen 5 a loop of more than some 5,000 instructions is fed at
//! 2.8 to 3.4 a cycle, a shorter one at 4. The rounds before it have words that are known in part,
//! and stand one by one. From one part of the way to the next the state goes through memory; where
//! that is dear there is no loop over rounds.

mod registers;

use crate::code::{Chain, Input, Op, Place, Value, Width};
use crate::compression::{Schedule, Style, enter, rounds, verdict};
use crate::layout::Layout;
use crate::units::next_nonces;
use crate::variants::{Unwritable, Weave};
use crate::weave::merge;
use hashwatt::scan::internals::{Compression, NarrowRow};
use registers::write;

/// Whose instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isa {
    /// Four lanes; an instruction changes its first input.
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

/// How narrow vectors go through an iteration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lanes {
    /// The instructions.
    pub isa: Isa,
    /// Whether the second hash of a batch is woven into the first one of the next, or follows its
    /// own.
    pub woven: bool,
    /// Rounds in the body of the loop over the first 12, whose words are known or already added to
    /// `K`: a part of 12.
    pub opening: usize,
    /// Rounds in the body of the loop over the last 32, whose words are all alike: a part of 32.
    pub body: usize,
    /// How operations are written and merged.
    pub weave: Weave,
}

const LAYOUT: Layout = Layout::Narrow;
const FIRST: Compression = Compression::First;
const SECOND: Compression = Compression::Second;

/// Rounds at the beginning of a compression that make no words.
const OPENING: usize = 12;

/// Rounds at the end of a compression that are all alike.
const ALIKE: usize = 32;

/// The first of them.
fn alike_from(which: Compression) -> usize {
    which.last_round() + 1 - ALIKE
}

/// Chains of one batch and compression.
struct Way {
    which: Compression,
    style: Style,
    width: Width,
}

impl Way {
    /// Chains that are merged must differ in their numbers.
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

    /// From the nonces, or the first hash, to the state before the first round.
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

    /// The whole compression without a loop: no state goes through memory.
    fn straight(&self) -> Vec<Op> {
        let mut chain = self.chain();
        let state = self.enter(&mut chain);
        let schedule = Schedule::new(self.which, LAYOUT, self.style);
        let range = self.which.first_round()..=self.which.last_round();
        let state = rounds(&mut chain, schedule, range, state);
        self.leave(&mut chain, state);
        chain.without_dead().ops
    }

    /// Rounds from that one on, with the schedule as it stands in memory.
    fn rounds(&self, schedule: Schedule, from: usize, number: usize) -> Vec<Op> {
        let mut chain = self.chain();
        let state = std::array::from_fn(|i| self.carried(&mut chain, i));
        let state = rounds(&mut chain, schedule, from..=from + number - 1, state);
        self.carry(&mut chain, state);
        chain.without_dead().ops
    }

    /// The body of the loop over the first rounds, with the addresses of its first time.
    fn opening(&self, body: usize) -> Vec<Op> {
        let schedule = Schedule::new(self.which, LAYOUT, self.style);
        self.rounds(schedule, self.which.first_round(), body)
    }

    /// Rounds whose words are known in part.
    fn middle(&self) -> Vec<Op> {
        let from = self.which.first_round() + OPENING;
        let schedule = Schedule::new(self.which, LAYOUT, self.style);
        self.rounds(schedule, from, alike_from(self.which) - from)
    }

    /// The body of the loop over the last rounds, with the addresses of its first time.
    fn alike(&self, body: usize) -> Vec<Op> {
        let from = alike_from(self.which);
        let schedule = Schedule::whole(self.which, LAYOUT, self.style, from);
        self.rounds(schedule, from, body)
    }

    /// The first hash, or the verdict.
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
pub(crate) fn assembly(how: &Lanes) -> Result<Vec<String>, Unwritable> {
    let Weave { style, chunk, seed } = how.weave;
    let divides = |part: usize, of: usize| part > 0 && of.is_multiple_of(part);
    if !divides(how.opening, OPENING) || !divides(how.body, ALIKE) || style.lead > 0 {
        let what = "loops over rounds have a part of 12 and of 32, and words their own rounds";
        return Err(Unwritable(what.to_owned()));
    }
    let way = |which| Way { which, style, width: how.isa.width() };
    let groups: &[&[Compression]] =
        if how.woven { &[&[SECOND, FIRST]] } else { &[&[FIRST], &[SECOND]] };
    let mut lines = Vec::new();
    for group in groups {
        let ways: Vec<Way> = group.iter().map(|which| way(*which)).collect();
        let part = |ops: &dyn Fn(&Way) -> Vec<Op>| {
            let chains: Vec<Vec<Op>> = ways.iter().map(ops).collect();
            let chains: Vec<&[Op]> = chains.iter().map(Vec::as_slice).collect();
            write(&merge(&chains, chunk, seed), how.isa)
        };
        if (how.opening, how.body) == (OPENING, ALIKE) {
            lines.extend(part(&Way::straight)?);
            continue;
        }
        lines.extend(part(&Way::begin)?);
        let opening = part(&|way| way.opening(how.opening))?;
        lines.extend(over_rounds(opening, how.opening, OPENING));
        lines.extend(part(&Way::middle)?);
        let alike = part(&|way| way.alike(how.body))?;
        lines.extend(over_rounds(alike, how.body, ALIKE));
        lines.extend(part(&Way::end)?);
    }
    Ok(lines)
}

/// A loop over rounds: the block's rows go on with them, and back.
fn over_rounds(body: Vec<String>, rounds: usize, of: usize) -> Vec<String> {
    let times = of / rounds;
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
