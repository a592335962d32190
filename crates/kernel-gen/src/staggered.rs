//! Kernels with the SHA instructions alone: three nonces, each a third of the work behind the previous
//! one, or four, each a quarter behind. While one nonce waits for its rounds, another has rounds to do.
//!
//! A nonce passes through both compressions in slots, one pair of rounds per slot. An iteration of
//! the loop is one stage, a third or a quarter of the slots, for all nonces: one nonce enters, one
//! leaves, and each nonce then moves to the next stage ([`rolled`]). Other instructions are placed in
//! slots before their results are needed: the schedule some slots ahead of its rounds; the nonce's own
//! words and the last rounds use the integer registers ([`integers`]), which are otherwise idle.

mod integers;
mod rolled;

use crate::variants::GenerationError;
use hashwatt::scan::internals::{
    Compression, MAX_IN_FLIGHT, MIDDLE, RoundConstants, Shared, Staggered, Stream, Word,
};
use std::mem::offset_of;

/// How the upper pair of a quad's words is moved to the operand of `sha256rnds2` if the quad is not
/// in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpperPair {
    /// The sum is kept in a register of its own until the next slot.
    KeptInRegister,
    /// Both pairs of rounds are in one slot, and the next slot has none.
    SameSlot,
}

/// How nonces are staggered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Staggering {
    /// Nonces in flight: 3 or 4.
    pub in_flight: usize,
    /// Rounds at the end of the second compression that are done in integer registers: 1 or 3.
    pub integer_rounds: usize,
    /// How many slots before its rounds a quad of words is computed.
    pub lead: usize,
    /// How many slots before that its oldest terms are added up.
    pub early: usize,
    /// How the upper pair of a quad that is not in memory is handled.
    pub upper_pair: UpperPair,
    /// The slot of the following nonce in which the integer rounds begin.
    pub rounds_from: usize,
    /// How many instructions of the integer rounds are in a slot.
    pub rounds_step: usize,
    /// The slot from which on the words of the nonce that enters three later are computed.
    pub nonce_from: usize,
    /// The order of the instructions in a slot.
    pub order: Order,
}

/// A virtual register. An instruction that overwrites it does not change its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum VirtualRegister {
    /// Half of a compression's state; the two halves swap roles with every pair of rounds.
    State(Compression, usize),
    /// The quad of words that starts with the given one.
    Quad(Compression, usize),
    /// The words seven back, to be added to the quad.
    Seven(Compression, usize),
    /// The sum of a quad and its round constants.
    Sum(Compression, usize),
}

/// Instructions that stay together; `{0}` is replaced by the first register.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    part: Part,
    text: String,
    registers: Vec<VirtualRegister>,
}

/// The purpose of an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// The rounds of this slot and loading their words.
    Rounds,
    /// The schedule of later rounds.
    Schedule,
    /// Instructions with integer registers, and the stores at the end.
    Others,
}

/// The instructions of one slot for one nonce.
type Slot = Vec<Line>;

/// The order of the instructions of all nonces within a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// One nonce after the other, the schedule of later rounds first.
    ScheduleFirst,
    /// One nonce after the other, the rounds first.
    RoundsFirst,
    /// The rounds of all nonces, then their other instructions interleaved.
    Interleaved,
}

/// The operand at `offset` in the page that `base` points into the middle of.
fn at(base: &str, offset: usize) -> String {
    format!("{}({base})", offset as i64 - MIDDLE as i64)
}
fn shared(offset: usize) -> String {
    at("%rdi", offset)
}
/// The operand of the quad of round constants from the even `t` on.
fn constants(t: usize) -> String {
    let row = 16 * (t / 4);
    match t % 4 {
        0 => at("%rsi", offset_of!(RoundConstants, low) + row),
        _ => at("%rbx", row),
    }
}
/// The registers that point to the pages of the nonces, the latest first.
const STREAMS: [&str; MAX_IN_FLIGHT] = ["%rbp", "%rdx", "%rcx", "%r12"];

/// Builds the slots of one nonce. `page` is the register of its page in the stage for which the
/// slots are generated.
struct SlotBuilder<'a> {
    how: &'a Staggering,
    page: &'static str,
    /// The purpose of the instructions that are being emitted.
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
    /// Pairs of rounds per nonce that the SHA instructions do.
    pub(crate) fn rounds(&self) -> usize {
        Self::pairs(FIRST) + Self::pairs(SECOND) - self.integer_rounds.div_ceil(2)
    }
    /// Slots of a stage, which is an iteration of the loop.
    fn stage_slots(&self) -> usize {
        self.rounds().div_ceil(self.in_flight)
    }
    /// The last round that is done by the SHA instructions.
    fn last_round(&self) -> usize {
        60 - self.integer_rounds
    }
}

impl SlotBuilder<'_> {
    fn stream(&self, offset: usize) -> String {
        at(self.page, offset)
    }
    /// The slot of the rounds `t` and `t + 1`.
    fn slot(which: Compression, t: usize) -> usize {
        match which {
            FIRST => (t - 4) / 2,
            SECOND => Staggering::pairs(FIRST) + t / 2,
        }
    }
    fn emit(&mut self, slot: usize, text: String, registers: &[VirtualRegister]) {
        self.slots[slot].push(Line { part: self.part, text, registers: registers.to_vec() });
    }

    /// The memory operand of the quad from word `t` on.
    fn quad(&self, which: Compression, t: usize) -> String {
        match (which, t) {
            (FIRST, 16) => self.stream(offset_of!(Stream, w16)),
            (SECOND, 8) => shared(offset_of!(Shared, padding)),
            (SECOND, 12) => shared(offset_of!(Shared, padding) + 16),
            _ => self.stream(offset_of!(Stream, words) + 16 * (t / 4 - 4)),
        }
    }
    /// Whether the quad is stored for later words; its upper pair is then read from memory.
    fn is_stored(&self, which: Compression, t: usize) -> bool {
        (16..60).contains(&t) && (which, t) != (FIRST, 16)
    }

    /// Computes the quad from word `t` on.
    fn schedule(&mut self, which: Compression, t: usize) {
        self.part = Part::Schedule;
        let begin = if which == FIRST { 0 } else { Staggering::pairs(FIRST) };
        let slot = (Self::slot(which, t) - self.how.lead).max(begin);
        let early = slot.saturating_sub(self.how.early).max(begin);
        let (made, seven) = (quad_register(which, t), VirtualRegister::Seven(which, t));
        let [four, eight, twelve, sixteen] = [4, 8, 12, 16].map(|back| t - back);
        // Words seven back, from the quads eight and four back.
        let last = quad_register(which, four);
        let align =
            |builder: &Self| format!("vpalignr $4,{},{{0}},{{1}}", builder.quad(which, eight));
        match (which, t) {
            // The terms of the words 16, 15 and 7 back are known or zero.
            (FIRST, 20) => {
                let part = shared(offset_of!(Shared, part20));
                self.emit(early, format!("vmovdqa {part},{{0}}"), &[made]);
            }
            // Those of the words 16 and 15 back are known or zero.
            (FIRST, 24) => self.emit(slot, align(self), &[last, made]),
            (FIRST, 28) | (SECOND, 24) => {
                let part = match which {
                    FIRST => shared(offset_of!(Shared, part28)),
                    SECOND => self.quad(SECOND, 8),
                };
                self.emit(slot, align(self), &[last, made]);
                self.emit(slot, format!("vpaddd {part},{{0}},{{0}}"), &[made]);
            }
            // Those of the words 7 back are known or zero; the words are the digest, in registers.
            (SECOND, 16) => {
                self.emit(early, "sha256msg1 {1},{0}".into(), &[made, quad_register(SECOND, 4)]);
            }
            _ => {
                if quad_register(which, t) != quad_register(which, sixteen) {
                    let sixteen = self.quad(which, sixteen);
                    self.emit(early, format!("vmovdqa {sixteen},{{0}}"), &[made]);
                }
                let twelve = self.quad(which, twelve);
                self.emit(early, format!("sha256msg1 {twelve},{{0}}"), &[made]);
                self.emit(slot, align(self), &[last, seven]);
                self.emit(slot, "vpaddd {0},{1},{1}".into(), &[seven, made]);
            }
        }
        if four == 16 && which == FIRST || four == 12 {
            let four = self.quad(which, four);
            self.emit(slot, format!("sha256msg2 {four},{{0}}"), &[made]);
        } else {
            self.emit(slot, "sha256msg2 {1},{0}".into(), &[made, last]);
        }
        if self.is_stored(which, t) {
            let place = self.quad(which, t);
            self.emit(slot, format!("vmovdqa {{0}},{place}"), &[made]);
        }
    }

    /// Rounds `t` and `t + 1`: moves their words to xmm0 and does the rounds.
    fn two_rounds(&mut self, which: Compression, t: usize, state: &mut [VirtualRegister; 2]) {
        self.part = Part::Rounds;
        let slot = Self::slot(which, t);
        let mut rounds = |builder: &mut Self, slot: usize| {
            builder.emit(slot, "sha256rnds2 {0},{1}".into(), &*state);
            state.swap(0, 1);
        };
        let known = [t, t + 1].iter().all(|t| which.word(*t) != Word::Varies);
        let (quad, upper) = (t / 4 * 4, t % 4 == 2);
        let (words, sum) = (quad_register(which, quad), VirtualRegister::Sum(which, quad));
        let in_memory = self.is_stored(which, quad);
        if known || (which, t) == (FIRST, 18) {
            let place = match which {
                _ if t == 18 => self.stream(offset_of!(Stream, kw18)),
                FIRST => shared(offset_of!(Shared, first_kw) + 8 * ((t - 4) / 2)),
                SECOND => shared(offset_of!(Shared, second_kw) + 8 * ((t - 8) / 2)),
            };
            self.emit(slot, format!("vmovq {place},%xmm0"), &[]);
        } else if upper && in_memory {
            let place = self.stream(offset_of!(Stream, words) + 16 * (quad / 4 - 4) + 8);
            self.emit(slot, format!("vmovq {place},%xmm0"), &[]);
            self.emit(slot, format!("vpaddd {},%xmm0,%xmm0", constants(t)), &[]);
        } else if upper {
            match self.how.upper_pair {
                UpperPair::KeptInRegister => {
                    self.emit(slot, "vpshufd $0x0e,{0},%xmm0".into(), &[sum])
                }
                // Done in the previous slot.
                UpperPair::SameSlot => return,
            }
        } else if in_memory {
            self.emit(slot, format!("vpaddd {},{{0}},%xmm0", constants(t)), &[words]);
        } else if self.how.upper_pair == UpperPair::KeptInRegister {
            self.emit(slot, format!("vpaddd {},{{0}},{{1}}", constants(t)), &[words, sum]);
            self.emit(slot, "vmovdqa {0},%xmm0".into(), &[sum]);
        } else {
            self.emit(slot, format!("vpaddd {},{{0}},%xmm0", constants(t)), &[words]);
            rounds(self, slot);
            self.emit(slot, "vpshufd $0x0e,%xmm0,%xmm0".into(), &[]);
        }
        rounds(self, slot);
    }

    /// One compression; returns the registers of the final state.
    fn compress(&mut self, which: Compression) -> [VirtualRegister; 2] {
        let mut state = [0, 1].map(|i| VirtualRegister::State(which, i));
        let (begin, last) = match which {
            FIRST => (4, 63),
            SECOND => (0, self.how.last_round()),
        };
        self.enter(which, state);
        for t in (begin..=last).step_by(2) {
            for quad in (16..64).step_by(4) {
                let computed_here = quad > begin + 12
                    && quad <= last
                    && !matches!((which, quad), (FIRST, 16))
                    && (Self::slot(which, quad) - self.how.lead).max(Self::slot(which, begin))
                        == Self::slot(which, t);
                if computed_here {
                    self.schedule(which, quad);
                }
            }
            self.two_rounds(which, t, &mut state);
        }
        state
    }

    /// The state before the first round that is done for each nonce, and for the second compression
    /// its message.
    fn enter(&mut self, which: Compression, [abef, cdgh]: [VirtualRegister; 2]) {
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
            let digest = [0, 1].map(|i| VirtualRegister::State(FIRST, i));
            for (i, half) in digest.into_iter().enumerate() {
                let midstate = shared(offset_of!(Shared, midstate) + 16 * i);
                self.emit(slot, format!("vpaddd {midstate},{{0}},{{0}}"), &[half]);
            }
            // Reorder ABEF and CDGH to the words A to D and E to H.
            for (t, order) in [(0, 0xbb), (4, 0x11)] {
                let registers = [digest[0], digest[1], quad_register(SECOND, t)];
                self.emit(slot, format!("vshufps ${order:#x},{{1}},{{0}},{{2}}"), &registers);
            }
        }
        let [first, second] = rows;
        self.emit(slot, format!("vmovdqa {first},{{0}}"), &[abef]);
        self.emit(slot, format!("vmovdqa {second},{{0}}"), &[cdgh]);
    }
}

/// The register of the quad from word `t` on; some quads replace an older one in its register.
fn quad_register(which: Compression, t: usize) -> VirtualRegister {
    match (which, t) {
        (SECOND, 16) => VirtualRegister::Quad(SECOND, 0),
        (SECOND, 20) => VirtualRegister::Quad(SECOND, 4),
        _ => VirtualRegister::Quad(which, t),
    }
}

/// All slots of a nonce, with the page register that it has in the given stage.
fn nonce_slots(how: &Staggering, stage: usize) -> Vec<Slot> {
    let empty = vec![Slot::new(); how.in_flight * how.stage_slots()];
    let mut builder = SlotBuilder { how, page: STREAMS[stage], part: Part::Others, slots: empty };
    builder.compress(FIRST);
    let state = builder.compress(SECOND);
    builder.part = Part::Others;
    let last = how.rounds() - 1;
    for (i, half) in state.into_iter().enumerate() {
        let place = builder.stream(offset_of!(Stream, last) + 16 * i);
        builder.emit(last, format!("vmovdqa {{0}},{place}"), &[half]);
    }
    // The final state of the nonce that had the page before is compared while the next nonce has it.
    for (i, lines) in
        integers::last_rounds(builder.page, how.integer_rounds).chunks(how.rounds_step).enumerate()
    {
        builder.emit(how.rounds_from + i, lines.join("\n"), &[]);
    }
    for (i, lines) in integers::nonce(builder.page, how.in_flight - stage).into_iter().enumerate() {
        builder.emit(how.nonce_from + 2 * i, lines.join("\n"), &[]);
    }
    builder.slots
}

impl Staggering {
    /// Checks that nothing in a nonce's page is overwritten before it is read.
    fn check(&self, rounds: usize) -> Result<(), GenerationError> {
        let error = |message: &str| Err(GenerationError(message.to_owned()));
        if !matches!((self.in_flight, self.integer_rounds), (3 | 4, 1 | 3)) {
            return error("use 3 or 4 nonces in flight and 1 or 3 rounds in integer registers");
        }
        if self.lead == 0 || self.lead + self.early > 6 {
            return error("compute words 1 to 6 slots before their rounds");
        }
        // The last rounds need words from 44 on; word 32 is the last to read the nonce's own words.
        let computed = |t: usize| SlotBuilder::slot(FIRST, t) - self.lead;
        let compared = self.rounds_from + rounds.div_ceil(self.rounds_step.max(1));
        if compared > computed(44).min(self.stage_slots()) {
            return error("the words of the last rounds are overwritten before they are read");
        }
        if self.nonce_from < computed(32) || self.nonce_from + 4 >= self.rounds() {
            return error("the nonce's own words are overwritten before they are read");
        }
        Ok(())
    }
}

/// The body of the function.
///
/// # Errors
/// [`GenerationError`] if the parameters cannot be combined.
pub(crate) fn assembly(how: &Staggering) -> Result<Vec<String>, GenerationError> {
    let instructions = integers::last_rounds(STREAMS[0], how.integer_rounds).len();
    how.check(instructions)?;
    let slots_by_stage: Vec<Vec<Slot>> =
        (0..how.in_flight).map(|stage| nonce_slots(how, stage)).collect();
    let body = rolled::body(&slots_by_stage, how.stage_slots(), how.order)?;
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
    // The nonce in the last stage has left: the next nonce gets its page.
    let (first, last) = (streams[0], streams[how.in_flight - 1]);
    lines.push(format!("movq {last},%rax"));
    for pair in streams.windows(2).rev() {
        lines.push(format!("movq {},{}", pair[0], pair[1]));
    }
    lines.push(format!("movq %rax,{first}"));
    lines.push("incl %r9d".into());
    lines.push(format!("cmpl {},%r9d", shared(offset_of!(Shared, end))));
    lines.push("jne 2b".into());
    lines.extend(saved.iter().rev().map(|register| format!("popq {register}")));
    lines.push("ret".into());
    // The candidate is the nonce that had the page of the entering nonce before.
    lines.extend(integers::found(how.in_flight));
    Ok(lines)
}
