//! SHA-256 in operations: the message schedule, the rounds and the comparison with the target.

use crate::code::{Binary, Chain, Input, Place, Value};
use hashwatt::scan::internals::{Block, Constants};
use hashwatt::scan::internals::{Compression, Word};
use std::mem::{offset_of, size_of};

/// Truth tables of SHA-256's functions of three bits.
const CHOOSE: u8 = 0xca;
const MAJORITY: u8 = 0xe8;
const PARITY: u8 = 0x96;

/// Whether schedule word `t` has constant terms that are not zero, but varies.
fn has_part(which: Compression, t: usize) -> bool {
    t >= 16
        && which.word(t) == Word::Varies
        && [2, 7, 15, 16].iter().any(|back| which.word(t - back) == Word::Constant)
}

/// How a compression is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// How the exclusive or of three is made.
    pub parity: Parity,
    /// Whether the shifts of an old schedule word read it from memory themselves, each for
    /// itself, or one load serves all three.
    pub fused: bool,
    /// Rounds by which a schedule word is made before it is used.
    pub lead: usize,
}

/// How the exclusive or of three is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parity {
    /// By one `vpternlogd`.
    Ternary,
    /// By two `vpxord`, which more pipes take.
    TwoXors,
}

fn parity(chain: &mut Chain, how: Parity, abc: [Value; 3]) -> Value {
    match how {
        Parity::Ternary => chain.ternary(PARITY, abc),
        Parity::TwoXors => {
            let ab = chain.binary(Binary::Xor, abc[0], abc[1]);
            chain.binary(Binary::Xor, ab, abc[2])
        }
    }
}

/// Where a constant of that compression stands.
fn constant(which: Compression, offset: usize) -> Place {
    let of = offset_of!(Block, constants) + which as usize * size_of::<Constants>();
    Place::block(of + offset)
}
/// `K`, with the schedule word where that is constant.
pub(crate) fn kw(which: Compression, t: usize) -> Place {
    constant(which, offset_of!(Constants, kw) + 4 * t)
}
fn part(which: Compression, t: usize) -> Place {
    constant(which, offset_of!(Constants, part) + 4 * (t - 16))
}
fn state(which: Compression, i: usize) -> Place {
    constant(which, offset_of!(Constants, state) + 4 * i)
}
/// The constant state's row for the SHA instructions.
pub(crate) fn state_row(which: Compression, row: usize) -> Place {
    constant(which, offset_of!(Constants, rows) + 16 * row)
}
pub(crate) fn midstate(i: usize) -> Place {
    Place::block(offset_of!(Block, midstate) + 4 * i)
}

/// The schedule of one compression. Every word is kept in a ring in memory; those just made are
/// in registers, too.
pub(crate) struct Schedule {
    which: Compression,
    /// The ring's first byte in the block.
    ring: usize,
    style: Style,
    made: [Option<Value>; 64],
    /// Words that stand elsewhere: the first hash in the second's message.
    elsewhere: [Option<Place>; 8],
}

impl Schedule {
    pub(crate) fn new(which: Compression, ring: usize, style: Style) -> Self {
        Self { which, ring, style, made: [None; 64], elsewhere: [None; 8] }
    }

    fn place(&self, t: usize) -> Place {
        let ring = Place::block(self.ring + 64 * (t % 16));
        self.elsewhere.get(t).copied().flatten().unwrap_or(ring)
    }

    /// A word that is there already in memory.
    pub(crate) fn stands(&mut self, t: usize, at: Place) {
        self.elsewhere[t] = Some(at);
    }

    /// A word that is there already in a register; later words that need it find it in memory.
    pub(crate) fn given(&mut self, chain: &mut Chain, t: usize, value: Value) {
        self.made[t] = Some(value);
        if t + 7 <= self.which.last_round() {
            chain.store(value, self.place(t));
        }
    }

    /// Makes word `t`, 16 or more, if it varies.
    pub(crate) fn make(&mut self, chain: &mut Chain, t: usize) {
        if self.which.word(t) != Word::Varies || self.made[t].is_some() {
            return;
        }
        let mut terms = Vec::new();
        let varies = |back: usize| self.which.word(t - back) == Word::Varies;
        if varies(15) {
            let at = Input::Row(self.place(t - 15));
            let word = if self.style.fused { at } else { chain.load(at).into() };
            terms.push(Input::Value(self.sigma(chain, word, [7, 18, 3])));
        }
        if varies(16) {
            terms.push(Input::Row(self.place(t - 16)));
        }
        if varies(7) {
            terms.push(Input::Row(self.place(t - 7)));
        }
        if has_part(self.which, t) {
            terms.push(Input::Splat(part(self.which, t)));
        }
        if varies(2) {
            // Last: the word two rounds ago is the youngest.
            let word = self.made[t - 2].expect("made in order");
            terms.push(Input::Value(self.sigma(chain, word.into(), [17, 19, 10])));
        }
        let value = sum(chain, &terms);
        self.given(chain, t, value);
    }

    fn sigma(&self, chain: &mut Chain, x: Input, [r1, r2, s]: [u32; 3]) -> Value {
        let abc = [chain.rotate(x, r1), chain.rotate(x, r2), chain.shift(x, s)];
        parity(chain, self.style.parity, abc)
    }

    /// `K + W` of round `t`: a constant, or a value made now.
    pub(crate) fn kw(&self, chain: &mut Chain, t: usize) -> Input {
        let splat = Input::Splat(kw(self.which, t));
        match self.which.word(t) {
            Word::Varies => {
                let word = self.made[t].unwrap_or_else(|| chain.load(Input::Row(self.place(t))));
                Input::Value(chain.add(word, splat))
            }
            _ => splat,
        }
    }
}

/// The sum of one term or more, in that order.
fn sum(chain: &mut Chain, terms: &[Input]) -> Value {
    // An operation's first input is a value: the first that is one begins.
    let begin = terms.iter().position(|term| matches!(term, Input::Value(_)));
    let mut total = match begin.map(|i| terms[i]) {
        Some(Input::Value(value)) => value,
        _ => chain.load(terms[0]),
    };
    for (i, term) in terms.iter().enumerate() {
        if i != begin.unwrap_or(0) {
            total = chain.add(total, *term);
        }
    }
    total
}

/// All rounds of a compression in vectors: from the word that enters A and E to the state.
pub(crate) fn rounds(
    chain: &mut Chain,
    which: Compression,
    mut schedule: Schedule,
    entering: Value,
) -> [Value; 8] {
    let mut state: [Value; 8] = std::array::from_fn(|i| {
        let constant = Input::Splat(state(which, i));
        if i % 4 == 0 { chain.add(entering, constant) } else { chain.load(constant) }
    });
    let style = schedule.style;
    let last = which.last_round();
    let mut made = 16;
    for t in which.first_round()..=last {
        while made <= (t + style.lead).min(last) {
            schedule.make(chain, made);
            made += 1;
        }
        let kw = schedule.kw(chain, t);
        state = round(chain, style.parity, state, kw);
    }
    state
}

/// What the next round waits for first comes first: on Zen 5 this order took 48.9 cycles a hash,
/// with the sum of H, K and W first 49.7, with A's half of the round first 51.9.
fn round(chain: &mut Chain, parity: Parity, state: [Value; 8], kw: Input) -> [Value; 8] {
    let [a, b, c, d, e, f, g, h] = state;
    let sum1 = big_sigma(chain, parity, e, [6, 11, 25]);
    let choose = chain.ternary(CHOOSE, [e, f, g]);
    let h_kw = chain.add(h, kw);
    let early = chain.add(h_kw, choose);
    let sum0 = big_sigma(chain, parity, a, [2, 13, 22]);
    let majority = chain.ternary(MAJORITY, [a, b, c]);
    let t1 = chain.add(early, sum1);
    let new_e = chain.add(d, t1);
    let t2 = chain.add(sum0, majority);
    let new_a = chain.add(t1, t2);
    [new_a, a, b, c, new_e, e, f, g]
}

fn big_sigma(chain: &mut Chain, how: Parity, x: Value, by: [u32; 3]) -> Value {
    let abc = by.map(|by| chain.rotate(x, by));
    parity(chain, how, abc)
}

/// Compares the digest's last word, as the highest of the hash read as a number, with the bound;
/// `h` is the last word's register before the IV is added.
pub(crate) fn verdict(chain: &mut Chain, h: Value, to: Place) {
    let splat = |offset: usize| Input::Splat(Place::block(offset));
    let word = chain.add(h, splat(offset_of!(Block, last_iv)));
    let odd = chain.rotate(word, 8);
    let even = chain.rotate(word, 24);
    let mask = chain.load(splat(offset_of!(Block, odd_bytes)));
    let swapped = chain.ternary(CHOOSE, [mask, odd, even]);
    chain.at_most(swapped, Place::block(offset_of!(Block, bound)), to);
}
