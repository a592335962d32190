//! SHA-256 as operations: the message schedule, the rounds and the comparison with the target.

use crate::code::{Binary, Chain, Input, Place, Value};
use crate::layout::Layout;
use hashwatt::scan::internals::{Compression, Word};

/// Truth tables of SHA-256's functions of three bits.
const CHOOSE: u8 = 0xca;
const MAJORITY: u8 = 0xe8;
const PARITY: u8 = 0x96;

/// Whether schedule word `t` varies and has constant terms other than zero.
fn has_part(which: Compression, t: usize) -> bool {
    t >= 16
        && which.word(t) == Word::Varies
        && [2, 7, 15, 16].iter().any(|back| which.word(t - back) == Word::Constant)
}

/// How a compression is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The instructions for its functions.
    pub functions: Functions,
    /// Whether each of the three shifts of an old schedule word reads it from memory; otherwise one
    /// load serves all three.
    pub fused: bool,
    /// How many rounds before its use a schedule word is computed.
    pub lead: usize,
}

/// How rotations and bitwise functions of three inputs are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Functions {
    /// By rotate and ternary-logic instructions, the exclusive or of three by `vpternlogd`.
    Ternary,
    /// Like [`Functions::Ternary`], but the exclusive or of three by two `vpxord`, which can use more
    /// pipes.
    TwoXors,
    /// By shifts and functions of two inputs.
    Plain(Shifts),
}

/// How the exclusive or of rotations is computed with shifts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shifts {
    /// Each shift reads the word itself: lower latency.
    Independent,
    /// Each shift reads the result of the previous one: fewer copies where an instruction overwrites
    /// its input.
    Nested,
    /// Nested, with a left shift by two as two additions: fewer shifts.
    Doubled,
}

impl Functions {
    fn parity(self, chain: &mut Chain, [a, b, c]: [Value; 3]) -> Value {
        if self == Self::Ternary {
            return chain.ternary(PARITY, [a, b, c]);
        }
        let ab = chain.binary(Binary::Xor, a, b);
        chain.binary(Binary::Xor, ab, c)
    }

    fn choose(self, chain: &mut Chain, [e, f, g]: [Value; 3]) -> Value {
        if !matches!(self, Self::Plain(_)) {
            return chain.ternary(CHOOSE, [e, f, g]);
        }
        let differ = chain.binary(Binary::Xor, f, g);
        let chosen = chain.binary(Binary::And, differ, e);
        chain.binary(Binary::Xor, chosen, g)
    }

    /// Maj. `bc` is the exclusive or of `b` and `c` if known: that of `a` and `b` in the round before.
    fn majority(self, chain: &mut Chain, [a, b, c]: [Value; 3], bc: &mut Option<Value>) -> Value {
        if !matches!(self, Self::Plain(_)) {
            return chain.ternary(MAJORITY, [a, b, c]);
        }
        let ab = chain.binary(Binary::Xor, a, b);
        let bc = bc.replace(ab).unwrap_or_else(|| chain.binary(Binary::Xor, b, c));
        // Where b and c agree the result is b, elsewhere a.
        let other = chain.binary(Binary::And, bc, ab);
        chain.binary(Binary::Xor, other, b)
    }

    /// The exclusive or of three rotations to the right; with `shift`, the third is a shift.
    fn sigma(self, chain: &mut Chain, x: Input, rotations: [u32; 3], shift: bool) -> Value {
        let [r1, r2, r3] = rotations;
        let Self::Plain(shifts) = self else {
            let (first, second) = (chain.rotate(x, r1), chain.rotate(x, r2));
            let third = if shift { chain.shift(x, r3) } else { chain.rotate(x, r3) };
            return self.parity(chain, [first, second, third]);
        };
        let x = match x {
            Input::Value(value) => value,
            place => chain.load(place),
        };
        let mut right = [r1, r2, r3];
        right.sort_unstable();
        let mut left: Vec<u32> = rotations.iter().map(|by| 32 - by).collect();
        if shift {
            left.pop();
        }
        left.sort_unstable();
        let (right, left) = match shifts {
            Shifts::Independent => (
                xor_of_shifts(chain, right.map(|by| (by, false)).as_slice(), x),
                xor_of_shifts(chain, &left.iter().map(|by| (*by, true)).collect::<Vec<_>>(), x),
            ),
            _ => (nested(chain, &right, x, shifts, false), nested(chain, &left, x, shifts, true)),
        };
        chain.binary(Binary::Xor, right, left)
    }
}

/// The exclusive or of `x` shifted by each distance, to the left where the flag is set.
fn xor_of_shifts(chain: &mut Chain, by: &[(u32, bool)], x: Value) -> Value {
    let mut total = None;
    for &(by, left) in by {
        let term = if left { chain.shift_left(x, by) } else { chain.shift(x, by) };
        total = Some(match total {
            Some(total) => chain.binary(Binary::Xor, total, term),
            None => term,
        });
    }
    total.expect("one shift or more")
}

/// The exclusive or of `x` shifted by each distance, all in one direction, `by` ascending. The result
/// of each shift is combined with `x` and shifted on by the difference to the next distance.
fn nested(chain: &mut Chain, by: &[u32], x: Value, shifts: Shifts, left: bool) -> Value {
    let mut total = x;
    for i in (0..by.len()).rev() {
        let step = by[i] - if i == 0 { 0 } else { by[i - 1] };
        total = match (left, step, shifts) {
            (true, 2, Shifts::Doubled) => {
                let doubled = chain.add(total, total);
                chain.add(doubled, doubled)
            }
            (true, ..) => chain.shift_left(total, step),
            (false, ..) => chain.shift(total, step),
        };
        if i > 0 {
            total = chain.binary(Binary::Xor, total, x);
        }
    }
    total
}

/// The schedule of one compression. Every word is stored in memory; recently computed words are also
/// in registers.
pub(crate) struct Schedule {
    which: Compression,
    layout: Layout,
    style: Style,
    /// From this word on, every word is computed as if all its terms varied.
    all_vary_from: usize,
    values: [Option<Value>; 64],
    /// Other places of words 0 to 7: the first hash, as the message of the second.
    places: [Option<Place>; 8],
}

impl Schedule {
    pub(crate) fn new(which: Compression, layout: Layout, style: Style) -> Self {
        Self { which, layout, style, all_vary_from: 64, values: [None; 64], places: [None; 8] }
    }

    /// The schedule from word `t` on, with no word in a register: all needed words are in memory, and
    /// all terms are treated as varying.
    pub(crate) fn with_all_varying(
        which: Compression,
        layout: Layout,
        style: Style,
        t: usize,
    ) -> Self {
        Self { all_vary_from: t, ..Self::new(which, layout, style) }
    }

    fn place(&self, t: usize) -> Place {
        let place = self.layout.word(self.which, t);
        self.places.get(t).copied().flatten().unwrap_or(place)
    }

    /// Sets the place of a word that is already in memory.
    pub(crate) fn set_in_memory(&mut self, t: usize, at: Place) {
        self.places[t] = Some(at);
    }

    /// Sets the value of a word that is already in a register, and stores it for later words.
    pub(crate) fn set_in_register(&mut self, chain: &mut Chain, t: usize, value: Value) {
        self.values[t] = Some(value);
        if t + 7 <= self.which.last_round() {
            chain.store(value, self.place(t));
        }
    }

    /// Computes word `t`, 16 or more, if it varies.
    pub(crate) fn compute(&mut self, chain: &mut Chain, t: usize) {
        if self.which.word(t) != Word::Varies || self.values[t].is_some() {
            return;
        }
        let all_vary = t >= self.all_vary_from;
        let mut terms = Vec::new();
        let varies = |back: usize| all_vary || self.which.word(t - back) == Word::Varies;
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
        if !all_vary && has_part(self.which, t) {
            terms.push(self.layout.part(self.which, t));
        }
        if varies(2) {
            // Last, because the word two rounds ago is available last.
            let word = match self.values[t - 2] {
                Some(word) => word,
                None => chain.load(Input::Row(self.place(t - 2))),
            };
            terms.push(Input::Value(self.sigma(chain, word.into(), [17, 19, 10])));
        }
        let value = sum(chain, &terms);
        self.set_in_register(chain, t, value);
    }

    fn sigma(&self, chain: &mut Chain, x: Input, by: [u32; 3]) -> Value {
        self.style.functions.sigma(chain, x, by, true)
    }

    /// `K + W` of round `t`: a constant, or a value computed here.
    pub(crate) fn kw(&self, chain: &mut Chain, t: usize) -> Input {
        let constant = self.layout.kw(self.which, t);
        match self.which.word(t) {
            Word::Varies if !self.layout.has_sum(self.which, t) => {
                let word = self.values[t].unwrap_or_else(|| chain.load(Input::Row(self.place(t))));
                Input::Value(chain.add(word, constant))
            }
            _ => constant,
        }
    }
}

/// The sum of one or more terms, in the order given.
fn sum(chain: &mut Chain, terms: &[Input]) -> Value {
    // The first input of an operation must be a value: start with the first term that is one.
    let start = terms.iter().position(|term| matches!(term, Input::Value(_)));
    let mut total = match start.map(|i| terms[i]) {
        Some(Input::Value(value)) => value,
        _ => chain.load(terms[0]),
    };
    for (i, term) in terms.iter().enumerate() {
        if i != start.unwrap_or(0) {
            total = chain.add(total, *term);
        }
    }
    total
}

/// The state before the first round that is done for each nonce, from the word that is added to A
/// and E.
pub(crate) fn enter(
    chain: &mut Chain,
    which: Compression,
    layout: Layout,
    entering: Value,
) -> [Value; 8] {
    std::array::from_fn(|i| {
        let constant = layout.state(which, i);
        if i % 4 == 0 { chain.add(entering, constant) } else { chain.load(constant) }
    })
}

/// Applies a range of rounds to a state.
pub(crate) fn rounds(
    chain: &mut Chain,
    mut schedule: Schedule,
    range: std::ops::RangeInclusive<usize>,
    mut state: [Value; 8],
) -> [Value; 8] {
    let (style, last) = (schedule.style, *range.end());
    let mut next_word = (*range.start()).max(16);
    let mut bc = None;
    for t in range {
        while next_word <= (t + style.lead).min(last) {
            schedule.compute(chain, next_word);
            next_word += 1;
        }
        let kw = schedule.kw(chain, t);
        state = round(chain, style.functions, state, kw, &mut bc);
    }
    state
}

/// One round. The results that the next round needs first are computed first: on Zen 5 this order
/// took 48.9 cycles per hash, with the sum of H, K and W first 49.7, with A's half of the round
/// first 51.9.
fn round(
    chain: &mut Chain,
    functions: Functions,
    state: [Value; 8],
    kw: Input,
    bc: &mut Option<Value>,
) -> [Value; 8] {
    let [a, b, c, d, e, f, g, h] = state;
    let sum1 = functions.sigma(chain, e.into(), [6, 11, 25], false);
    let choose = functions.choose(chain, [e, f, g]);
    let h_kw = chain.add(h, kw);
    let early = chain.add(h_kw, choose);
    let sum0 = functions.sigma(chain, a.into(), [2, 13, 22], false);
    let majority = functions.majority(chain, [a, b, c], bc);
    let t1 = chain.add(early, sum1);
    let new_e = chain.add(d, t1);
    let t2 = chain.add(sum0, majority);
    let new_a = chain.add(t1, t2);
    [new_a, a, b, c, new_e, e, f, g]
}

/// Compares the digest's last word (the highest 32 bits of the hash as a number) with the bound; `h`
/// is the last word before the initial value is added.
pub(crate) fn verdict(chain: &mut Chain, layout: Layout, h: Value, to: Place) {
    let word = chain.add(h, layout.last_iv());
    match layout {
        Layout::Wide => {
            let odd = chain.rotate(word, 8);
            let even = chain.rotate(word, 24);
            let mask = chain.load(layout.swap());
            let swapped = chain.ternary(CHOOSE, [mask, odd, even]);
            chain.at_most(swapped, layout.bound(), to);
        }
        Layout::Narrow => {
            let swapped = chain.binary(Binary::ShuffleBytes, word, layout.swap());
            let lower = chain.binary(Binary::Min, swapped, Input::Row(layout.bound()));
            let at_most = chain.binary(Binary::Equal, lower, swapped);
            chain.signs(at_most, to);
        }
    }
}
