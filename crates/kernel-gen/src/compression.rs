//! SHA-256 in operations: the message schedule, the rounds and the comparison with the target.

use crate::code::{Binary, Chain, Input, Place, Value};
use crate::layout::Layout;
use hashwatt::scan::internals::{Compression, Word};

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
    /// How its functions are.
    pub functions: Functions,
    /// Whether the shifts of an old schedule word read it from memory themselves, each for
    /// itself, or one load serves all three.
    pub fused: bool,
    /// Rounds by which a schedule word is made before it is used.
    pub lead: usize,
}

/// How rotations and functions of three bits are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Functions {
    /// By instructions of their own, the exclusive or of three by `vpternlogd`.
    Ternary,
    /// By instructions of their own, the exclusive or of three by two `vpxord`, which more pipes
    /// take.
    TwoXors,
    /// By shifts and functions of two.
    Plain(Shifts),
}

/// How sums of rotations are made of shifts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shifts {
    /// Each from the word itself: shorter to wait for.
    Apart,
    /// Each from what the one before gave: fewer copies where an instruction changes its input.
    Nested,
    /// Nested, and a shift by two to the left as two additions: fewer shifts.
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

    /// With the exclusive or of `b` and `c`, which is that of `a` and `b` a round before.
    fn majority(self, chain: &mut Chain, [a, b, c]: [Value; 3], bc: &mut Option<Value>) -> Value {
        if !matches!(self, Self::Plain(_)) {
            return chain.ternary(MAJORITY, [a, b, c]);
        }
        let ab = chain.binary(Binary::Xor, a, b);
        let bc = bc.replace(ab).unwrap_or_else(|| chain.binary(Binary::Xor, b, c));
        // Where b and c agree it is b, elsewhere a decides.
        let other = chain.binary(Binary::And, bc, ab);
        chain.binary(Binary::Xor, other, b)
    }

    /// The exclusive or of three rotations, or of two and a shift: to the right, `shift` is one.
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
            Shifts::Apart => (
                sum_of(chain, right.map(|by| (by, false)).as_slice(), x),
                sum_of(chain, &left.iter().map(|by| (*by, true)).collect::<Vec<_>>(), x),
            ),
            _ => (nested(chain, &right, x, shifts, false), nested(chain, &left, x, shifts, true)),
        };
        chain.binary(Binary::Xor, right, left)
    }
}

/// The exclusive or of `x` shifted by each, to the left where it says so.
fn sum_of(chain: &mut Chain, by: &[(u32, bool)], x: Value) -> Value {
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

/// The same, all in one direction, `by` rising: what is shifted most is shifted first, by the
/// difference to the next.
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

/// The schedule of one compression. Every word is kept in memory; those just made are in registers,
/// too.
pub(crate) struct Schedule {
    which: Compression,
    layout: Layout,
    style: Style,
    /// From here on every word is made as if all its terms varied.
    whole_from: usize,
    made: [Option<Value>; 64],
    /// Words that stand elsewhere: the first hash in the second's message.
    elsewhere: [Option<Place>; 8],
}

impl Schedule {
    pub(crate) fn new(which: Compression, layout: Layout, style: Style) -> Self {
        Self { which, layout, style, whole_from: 64, made: [None; 64], elsewhere: [None; 8] }
    }

    /// The same from word `t` on, with no word in a register: all that are needed are in memory, and
    /// none is known.
    pub(crate) fn whole(which: Compression, layout: Layout, style: Style, t: usize) -> Self {
        Self { whole_from: t, ..Self::new(which, layout, style) }
    }

    fn place(&self, t: usize) -> Place {
        let place = self.layout.word(self.which, t);
        self.elsewhere.get(t).copied().flatten().unwrap_or(place)
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
        let whole = t >= self.whole_from;
        let mut terms = Vec::new();
        let varies = |back: usize| whole || self.which.word(t - back) == Word::Varies;
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
        if !whole && has_part(self.which, t) {
            terms.push(self.layout.part(self.which, t));
        }
        if varies(2) {
            // Last: the word two rounds ago is the youngest.
            let word = match self.made[t - 2] {
                Some(word) => word,
                None => chain.load(Input::Row(self.place(t - 2))),
            };
            terms.push(Input::Value(self.sigma(chain, word.into(), [17, 19, 10])));
        }
        let value = sum(chain, &terms);
        self.given(chain, t, value);
    }

    fn sigma(&self, chain: &mut Chain, x: Input, by: [u32; 3]) -> Value {
        self.style.functions.sigma(chain, x, by, true)
    }

    /// `K + W` of round `t`: a constant, or a value made now.
    pub(crate) fn kw(&self, chain: &mut Chain, t: usize) -> Input {
        let constant = self.layout.kw(self.which, t);
        match self.which.word(t) {
            Word::Varies if !self.layout.has_sum(self.which, t) => {
                let word = self.made[t].unwrap_or_else(|| chain.load(Input::Row(self.place(t))));
                Input::Value(chain.add(word, constant))
            }
            _ => constant,
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

/// The state before the first round that is done for each nonce, from the word that enters A and E.
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

/// The rounds of a range on a state.
pub(crate) fn rounds(
    chain: &mut Chain,
    mut schedule: Schedule,
    range: std::ops::RangeInclusive<usize>,
    mut state: [Value; 8],
) -> [Value; 8] {
    let (style, last) = (schedule.style, *range.end());
    let mut made = (*range.start()).max(16);
    let mut bc = None;
    for t in range {
        while made <= (t + style.lead).min(last) {
            schedule.make(chain, made);
            made += 1;
        }
        let kw = schedule.kw(chain, t);
        state = round(chain, style.functions, state, kw, &mut bc);
    }
    state
}

/// What the next round waits for first comes first: on Zen 5 this order took 48.9 cycles a hash,
/// with the sum of H, K and W first 49.7, with A's half of the round first 51.9.
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

/// Compares the digest's last word, as the highest of the hash read as a number, with the bound;
/// `h` is the last word's register before the IV is added.
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
            let swapped = chain.binary(Binary::Bytes, word, layout.swap());
            let least = chain.binary(Binary::Least, swapped, Input::Row(layout.bound()));
            let met = chain.binary(Binary::Equal, least, swapped);
            chain.signs(met, to);
        }
    }
}
