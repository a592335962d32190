//! The SHA instructions alone: three nonces, each a third of the way behind the one before, or four
//! and a quarter, so that whenever one waits for its rounds another has rounds to do.
//!
//! A nonce goes through both compressions in a number of slots, a pair of rounds a slot. A loop's
//! iteration is a leg, a third or a quarter of the slots, done for all nonces in turn: one enters, one leaves, and
//! then each has the next one's place ([`rolled`]). What is no pair of rounds stands in the slots
//! where it is needed next: the schedule some slots ahead of its rounds, the nonce's own words and
//! the last rounds in the integer registers ([`integers`]), which have nothing else to do.

mod integers;
mod rolled;

use crate::variants::Unwritable;
use hashwatt::scan::internals::{
    Compression, MAX_IN_FLIGHT, MIDDLE, RoundConstants, Shared, Staggered, Stream, Word,
};
use std::mem::offset_of;

/// How the upper pair of a quad's words gets to where the instruction wants it, where it is not
/// read from memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upper {
    /// The sum is kept in a register of its own until the next slot.
    Kept,
    /// Both pairs of rounds stand in one slot, and the next has none.
    MultiScanner,
}

/// How nonces are staggered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Staggering {
    /// Nonces in flight: 3 or 4.
    pub in_flight: usize,
    /// Rounds at the end of the second compression that are done in integer registers: 1 or 3.
    pub integer_rounds: usize,
    /// Slots by which a quad of words is made before its rounds.
    pub lead: usize,
    /// Slots by which its oldest terms are added up before that.
    pub early: usize,
    /// Of a quad that is not in memory.
    pub upper: Upper,
    /// The slot in which the integer rounds begin, of the nonce that comes after.
    pub rounds_from: usize,
    /// How many of their instructions stand in a slot.
    pub rounds_step: usize,
    /// The slot from which on the nonce's own words are worked out, of the nonce that comes three
    /// after.
    pub nonce_from: usize,
    /// Of what stands in a slot.
    pub order: Order,
}

/// A register to be. An instruction that changes it keeps its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Name {
    /// Half of a compression's state: which of the two takes turns.
    State(Compression, usize),
    /// The quad of words from that one on.
    Quad(Compression, usize),
    /// Words seven back, on their way to a quad.
    Seven(Compression, usize),
    /// A quad with its round constants.
    Sum(Compression, usize),
}

/// Instructions that stay together; `{0}` stands for the first name's register.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    part: Part,
    text: String,
    names: Vec<Name>,
}

/// What an instruction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// The words of the rounds of this slot, and the rounds.
    Rounds,
    /// The schedule of later rounds.
    Schedule,
    /// Integer registers, and what is stored at the end.
    Others,
}

/// What is done in one slot, for one nonce.
type Slot = Vec<Line>;

/// In which order the parts of three nonces' slots stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// One nonce after the other, what is for later rounds first.
    ScheduleFirst,
    /// One nonce after the other, the rounds first.
    RoundsFirst,
    /// The rounds of all, then the rest of all by turns.
    Turns,
}

/// A byte of the page that a register points into; of the block, from the first page's register.
fn at(base: &str, offset: usize) -> String {
    format!("{}({base})", offset as i64 - MIDDLE as i64)
}
fn shared(offset: usize) -> String {
    at("%rdi", offset)
}
/// The quad of round constants from the even `t` on.
fn constants(t: usize) -> String {
    let row = 16 * (t / 4);
    match t % 4 {
        0 => at("%rsi", offset_of!(RoundConstants, low) + row),
        _ => at("%rbx", row),
    }
}
/// The registers that point to the nonces, the youngest first.
const STREAMS: [&str; MAX_IN_FLIGHT] = ["%rbp", "%rdx", "%rcx", "%r12"];

/// One nonce's slots, its page at `page`, where it has reached that third of the way: what depends
/// on the counter is counted from there.
struct Way<'a> {
    how: &'a Staggering,
    page: &'static str,
    /// What is being put.
    part: Part,
    slots: Vec<Slot>,
}

const FIRST: Compression = Compression::First;
const SECOND: Compression = Compression::Second;

impl Staggering {
    fn pairs(which: Compression) -> usize {
        match which {
            FIRST => 30,
            SECOND => 31,
        }
    }
    /// Pairs of rounds of a nonce.
    pub(crate) fn rounds(&self) -> usize {
        Self::pairs(FIRST) + Self::pairs(SECOND) - self.integer_rounds.div_ceil(2)
    }
    /// Slots of an iteration.
    fn leg(&self) -> usize {
        self.rounds().div_ceil(self.in_flight)
    }
    /// The last round that is done by the SHA instructions.
    fn last_round(&self) -> usize {
        60 - self.integer_rounds
    }
}

impl Way<'_> {
    fn stream(&self, offset: usize) -> String {
        at(self.page, offset)
    }
    /// The slot of the rounds from `t` on.
    fn slot(which: Compression, t: usize) -> usize {
        match which {
            FIRST => (t - 4) / 2,
            SECOND => Staggering::pairs(FIRST) + t / 2,
        }
    }
    fn put(&mut self, slot: usize, text: String, names: &[Name]) {
        self.slots[slot].push(Line { part: self.part, text, names: names.to_vec() });
    }

    /// Where the quad from word `t` on stands in memory.
    fn quad(&self, which: Compression, t: usize) -> String {
        match (which, t) {
            (FIRST, 16) => self.stream(offset_of!(Stream, w16)),
            (SECOND, 8) => shared(offset_of!(Shared, padding)),
            (SECOND, 12) => shared(offset_of!(Shared, padding) + 16),
            _ => self.stream(offset_of!(Stream, words) + 16 * (t / 4 - 4)),
        }
    }
    /// Whether the quad is stored for later words; then its upper pair is read from there.
    fn is_stored(&self, which: Compression, t: usize) -> bool {
        (16..60).contains(&t) && (which, t) != (FIRST, 16)
    }

    /// Makes the quad from word `t` on, if it has to be made.
    fn schedule(&mut self, which: Compression, t: usize) {
        self.part = Part::Schedule;
        let begin = if which == FIRST { 0 } else { Staggering::pairs(FIRST) };
        let slot = (Self::slot(which, t) - self.how.lead).max(begin);
        let early = slot.saturating_sub(self.how.early).max(begin);
        let (made, seven) = (name(which, t), Name::Seven(which, t));
        let [four, eight, twelve, sixteen] = [4, 8, 12, 16].map(|back| t - back);
        // Words seven back, from the quads eight and four back.
        let last = name(which, four);
        let align = |way: &Self| format!("vpalignr $4,{},{{0}},{{1}}", way.quad(which, eight));
        match (which, t) {
            // The terms sixteen, fifteen and seven back are known or zero.
            (FIRST, 20) => {
                let part = shared(offset_of!(Shared, part20));
                self.put(early, format!("vmovdqa {part},{{0}}"), &[made]);
            }
            // Those sixteen and fifteen back are.
            (FIRST, 24) => self.put(slot, align(self), &[last, made]),
            (FIRST, 28) | (SECOND, 24) => {
                let part = match which {
                    FIRST => shared(offset_of!(Shared, part28)),
                    SECOND => self.quad(SECOND, 8),
                };
                self.put(slot, align(self), &[last, made]);
                self.put(slot, format!("vpaddd {part},{{0}},{{0}}"), &[made]);
            }
            // Those seven back are; the words are the digest, in registers.
            (SECOND, 16) => {
                self.put(early, "sha256msg1 {1},{0}".into(), &[made, name(SECOND, 4)]);
            }
            _ => {
                if name(which, t) != name(which, sixteen) {
                    let sixteen = self.quad(which, sixteen);
                    self.put(early, format!("vmovdqa {sixteen},{{0}}"), &[made]);
                }
                let twelve = self.quad(which, twelve);
                self.put(early, format!("sha256msg1 {twelve},{{0}}"), &[made]);
                self.put(slot, align(self), &[last, seven]);
                self.put(slot, "vpaddd {0},{1},{1}".into(), &[seven, made]);
            }
        }
        if four == 16 && which == FIRST || four == 12 {
            let four = self.quad(which, four);
            self.put(slot, format!("sha256msg2 {four},{{0}}"), &[made]);
        } else {
            self.put(slot, "sha256msg2 {1},{0}".into(), &[made, last]);
        }
        if self.is_stored(which, t) {
            let place = self.quad(which, t);
            self.put(slot, format!("vmovdqa {{0}},{place}"), &[made]);
        }
    }

    /// The words of the rounds `t` and `t + 1` to xmm0, and the rounds.
    fn two_rounds(&mut self, which: Compression, t: usize, state: &mut [Name; 2]) {
        self.part = Part::Rounds;
        let slot = Self::slot(which, t);
        let mut rounds = |way: &mut Self, slot: usize| {
            way.put(slot, "sha256rnds2 {0},{1}".into(), &*state);
            state.swap(0, 1);
        };
        let known = [t, t + 1].iter().all(|t| which.word(*t) != Word::Varies);
        let (quad, upper) = (t / 4 * 4, t % 4 == 2);
        let (words, sum) = (name(which, quad), Name::Sum(which, quad));
        let in_memory = self.is_stored(which, quad);
        if known || (which, t) == (FIRST, 18) {
            let place = match which {
                _ if t == 18 => self.stream(offset_of!(Stream, kw18)),
                FIRST => shared(offset_of!(Shared, first_kw) + 8 * ((t - 4) / 2)),
                SECOND => shared(offset_of!(Shared, second_kw) + 8 * ((t - 8) / 2)),
            };
            self.put(slot, format!("vmovq {place},%xmm0"), &[]);
        } else if upper && in_memory {
            let place = self.stream(offset_of!(Stream, words) + 16 * (quad / 4 - 4) + 8);
            self.put(slot, format!("vmovq {place},%xmm0"), &[]);
            self.put(slot, format!("vpaddd {},%xmm0,%xmm0", constants(t)), &[]);
        } else if upper {
            match self.how.upper {
                Upper::Kept => self.put(slot, "vpshufd $0x0e,{0},%xmm0".into(), &[sum]),
                // Done in the slot before.
                Upper::MultiScanner => return,
            }
        } else if in_memory {
            self.put(slot, format!("vpaddd {},{{0}},%xmm0", constants(t)), &[words]);
        } else if self.how.upper == Upper::Kept {
            self.put(slot, format!("vpaddd {},{{0}},{{1}}", constants(t)), &[words, sum]);
            self.put(slot, "vmovdqa {0},%xmm0".into(), &[sum]);
        } else {
            self.put(slot, format!("vpaddd {},{{0}},%xmm0", constants(t)), &[words]);
            rounds(self, slot);
            self.put(slot, "vpshufd $0x0e,%xmm0,%xmm0".into(), &[]);
        }
        rounds(self, slot);
    }

    /// One compression, from the state before its first slot to the one after its last.
    fn compress(&mut self, which: Compression) -> [Name; 2] {
        let mut state = [0, 1].map(|i| Name::State(which, i));
        let (begin, last) = match which {
            FIRST => (4, 63),
            SECOND => (0, self.how.last_round()),
        };
        self.enter(which, state);
        for t in (begin..=last).step_by(2) {
            for quad in (16..64).step_by(4) {
                let made_here = quad > begin + 12
                    && quad <= last
                    && !matches!((which, quad), (FIRST, 16))
                    && (Self::slot(which, quad) - self.how.lead).max(Self::slot(which, begin))
                        == Self::slot(which, t);
                if made_here {
                    self.schedule(which, quad);
                }
            }
            self.two_rounds(which, t, &mut state);
        }
        state
    }

    /// The state before the first round that is left, and the second message.
    fn enter(&mut self, which: Compression, [abef, cdgh]: [Name; 2]) {
        self.part = Part::Rounds;
        let slot = Self::slot(which, if which == FIRST { 4 } else { 0 });
        let rows = match which {
            FIRST => {
                [self.stream(offset_of!(Stream, begin)), shared(offset_of!(Shared, first_cdgh))]
            }
            SECOND => [0, 16].map(|half| shared(offset_of!(Shared, iv) + half)),
        };
        if which == SECOND {
            // The first compression has an even number of pairs of rounds.
            let digest = [0, 1].map(|i| Name::State(FIRST, i));
            for (i, half) in digest.into_iter().enumerate() {
                let midstate = shared(offset_of!(Shared, midstate) + 16 * i);
                self.put(slot, format!("vpaddd {midstate},{{0}},{{0}}"), &[half]);
            }
            // ABEF and CDGH become the words A to D and E to H.
            for (t, order) in [(0, 0xbb), (4, 0x11)] {
                let names = [digest[0], digest[1], name(SECOND, t)];
                self.put(slot, format!("vshufps ${order:#x},{{1}},{{0}},{{2}}"), &names);
            }
        }
        let [first, second] = rows;
        self.put(slot, format!("vmovdqa {first},{{0}}"), &[abef]);
        self.put(slot, format!("vmovdqa {second},{{0}}"), &[cdgh]);
    }
}

/// Some quads are made where an older one stood.
fn name(which: Compression, t: usize) -> Name {
    match (which, t) {
        (SECOND, 16) => Name::Quad(SECOND, 0),
        (SECOND, 20) => Name::Quad(SECOND, 4),
        _ => Name::Quad(which, t),
    }
}

/// All slots of a nonce that has gone so many legs of the way.
fn way(how: &Staggering, gone: usize) -> Vec<Slot> {
    let empty = vec![Slot::new(); how.in_flight * how.leg()];
    let mut way = Way { how, page: STREAMS[gone], part: Part::Others, slots: empty };
    way.compress(FIRST);
    let state = way.compress(SECOND);
    way.part = Part::Others;
    let last = how.rounds() - 1;
    for (i, half) in state.into_iter().enumerate() {
        let place = way.stream(offset_of!(Stream, last) + 16 * i);
        way.put(last, format!("vmovdqa {{0}},{place}"), &[half]);
    }
    // What the nonce before left in the page is judged while the next is in it.
    for (i, lines) in
        integers::last_rounds(way.page, how.integer_rounds).chunks(how.rounds_step).enumerate()
    {
        way.put(how.rounds_from + i, lines.join("\n"), &[]);
    }
    for (i, lines) in integers::nonce(way.page, how.in_flight - gone).into_iter().enumerate() {
        way.put(how.nonce_from + 2 * i, lines.join("\n"), &[]);
    }
    way.slots
}

impl Staggering {
    /// Whether nothing in a nonce's page is written anew before it is read.
    fn check(&self, rounds: usize) -> Result<(), Unwritable> {
        let wrong = |what: &str| Err(Unwritable(what.to_owned()));
        if !matches!((self.in_flight, self.integer_rounds), (3 | 4, 1 | 3)) {
            return wrong("3 or 4 nonces are in flight, and 1 or 3 rounds in integer registers");
        }
        if self.lead == 0 || self.lead + self.early > 6 {
            return wrong("words are made 1 to 6 slots before their rounds");
        }
        // The words that the last rounds need are from 44 on; word 32 reads the nonce's own.
        let made = |t: usize| Way::slot(FIRST, t) - self.lead;
        let judged = self.rounds_from + rounds.div_ceil(self.rounds_step.max(1));
        if judged > made(44).min(self.leg()) {
            return wrong("the last rounds' words are written anew before they are read");
        }
        if self.nonce_from < made(32) || self.nonce_from + 4 >= self.rounds() {
            return wrong("the nonce's own words are written anew before they are read");
        }
        Ok(())
    }
}

/// The function's body.
///
/// # Errors
/// Why it cannot be written.
pub(crate) fn assembly(how: &Staggering) -> Result<Vec<String>, Unwritable> {
    let instructions = integers::last_rounds(STREAMS[0], how.integer_rounds).len();
    how.check(instructions)?;
    let ways: Vec<Vec<Slot>> = (0..how.in_flight).map(|gone| way(how, gone)).collect();
    let body = rolled::body(&ways, how.leg(), how.order)?;
    let streams = &STREAMS[..how.in_flight];
    let saved = ["%rbx", "%rbp", "%r12", "%r13", "%r14", "%r15"];
    let mut lines: Vec<String> = vec!["vzeroupper".into()];
    lines.extend(saved.iter().map(|register| format!("pushq {register}")));
    let pages = [
        ("%rsi", offset_of!(Staggered, constants)),
        ("%rbx", offset_of!(Staggered, constants) + offset_of!(RoundConstants, high)),
    ];
    let starts = streams
        .iter()
        .enumerate()
        .map(|(i, register)| (*register, offset_of!(Staggered, streams) + i * size_of::<Stream>()));
    lines.push(format!("movl {},%r9d", shared(offset_of!(Staggered, next))));
    lines.extend(
        pages
            .into_iter()
            .chain(starts)
            .map(|(register, offset)| format!("leaq {offset}(%rdi),{register}")),
    );
    lines.extend([".p2align 6".into(), "2:".into()]);
    lines.extend(body);
    // The oldest has left: its page is the next nonce's.
    let (youngest, oldest) = (streams[0], streams[how.in_flight - 1]);
    lines.push(format!("movq {oldest},%rax"));
    for pair in streams.windows(2).rev() {
        lines.push(format!("movq {},{}", pair[0], pair[1]));
    }
    lines.push(format!("movq %rax,{youngest}"));
    lines.push("incl %r9d".into());
    lines.push(format!("cmpl {},%r9d", shared(offset_of!(Shared, end))));
    lines.push("jne 2b".into());
    lines.extend(saved.iter().rev().map(|register| format!("popq {register}")));
    lines.push("ret".into());
    // The verdict is on the nonce that had the page of the one that enters.
    lines.extend(integers::found(how.in_flight));
    Ok(lines)
}
