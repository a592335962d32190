//! The content of a loop iteration: chains of operations for nonces hashed in vectors, and for the
//! message words of nonces hashed by the SHA instructions. Every chain works on a different batch,
//! so that none waits for another.

use crate::code::{Binary, Chain, Input, Place, Value, Width};
use crate::compression::{Schedule, Style, enter, rounds, verdict};
use crate::layout::Layout;
use crate::streams::row;
use hashwatt::scan::internals::{Block, Compression, Pairs, STREAMED, Word};
use std::mem::offset_of;

const LAYOUT: Layout = Layout::Wide;

pub(crate) fn next_nonces(chain: &mut Chain, layout: Layout) -> Value {
    let first = chain.nonces(layout.next_nonce());
    chain.add(first, layout.lanes())
}

/// All rounds of a compression.
fn all_rounds(
    chain: &mut Chain,
    which: Compression,
    schedule: Schedule,
    entering: Value,
) -> [Value; 8] {
    let state = enter(chain, which, LAYOUT, entering);
    rounds(chain, schedule, which.first_round()..=which.last_round(), state)
}

/// Sixteen nonces in vectors: the first hash of a batch and the second hash of the previous batch.
pub(crate) fn vectors(style: Style, numbers: [u32; 2]) -> [Chain; 2] {
    let mut first = Chain::new(numbers[0], Width::Sixteen);
    let nonces = next_nonces(&mut first, LAYOUT);
    let mut schedule = Schedule::new(Compression::First, LAYOUT, style);
    schedule.set_in_register(&mut first, 3, nonces);
    let state = all_rounds(&mut first, Compression::First, schedule, nonces);
    for (i, word) in state.into_iter().enumerate() {
        let word = first.add(word, LAYOUT.midstate(i));
        first.store(word, LAYOUT.digest(i));
    }

    let mut second = Chain::new(numbers[1], Width::Sixteen);
    let mut schedule = Schedule::new(Compression::Second, LAYOUT, style);
    for i in 0..8 {
        schedule.set_in_memory(i, LAYOUT.digest(i));
    }
    let entering = second.load(Input::Row(LAYOUT.digest(0)));
    let state = all_rounds(&mut second, Compression::Second, schedule, entering);
    verdict(&mut second, LAYOUT, state[4], Place::verdicts(0));
    [first.without_dead(), second.without_dead()]
}

/// The comparison with the target for eight nonces that left the streams in the previous iteration.
pub(crate) fn streamed_verdict(number: u32) -> Chain {
    let mut chain = Chain::new(number, Width::Sixteen);
    for half in 0..2 {
        let results = offset_of!(Block, streamed_results) + 64 * half;
        let rows = chain.load(Input::Row(Place::block(results)));
        verdict(&mut chain, LAYOUT, rows, Place::verdicts(2 * half));
    }
    chain
}

/// The message words of eight nonces for the first compression.
pub(crate) fn first_words(style: Style, number: u32) -> Chain {
    let which = Compression::First;
    let mut chain = Chain::new(number, Width::Eight);
    let nonces = next_nonces(&mut chain, LAYOUT);
    chain.store(nonces, Place::pairs(which as usize, true, offset_of!(Pairs, entering)));
    let mut schedule = Schedule::new(which, LAYOUT, style);
    schedule.set_in_register(&mut chain, 3, nonces);
    pack(&mut chain, which, &mut schedule);
    chain.without_dead()
}

/// Reads the first hashes of eight nonces from the streams' rows back into lanes, and computes the
/// message words for the second compression. Also returns how many operations must run before the
/// streams overwrite the rows.
pub(crate) fn second_words(style: Style, number: u32) -> (usize, Chain) {
    let which = Compression::Second;
    let mut chain = Chain::new(number, Width::Eight);
    let mut schedule = Schedule::new(which, LAYOUT, style);
    // From the lowest lane up the rows are FEBA and HGDC.
    for (rows, words) in [(0, [5, 4, 1, 0]), (1, [7, 6, 3, 2])] {
        let load = |chain: &mut Chain, lane: usize| {
            let states = offset_of!(Block, streamed_states) + 16 * STREAMED * rows;
            chain.load(Input::Row(Place::block(states + row(lane))))
        };
        let [r0, r1, r2, r3] = [0, 1, 2, 3].map(|lane| load(&mut chain, lane));
        let mut both = |op, a, b| chain.binary(op, a, b);
        let (low01, low23) = (both(Binary::UnpackLow, r0, r1), both(Binary::UnpackLow, r2, r3));
        let (high01, high23) = (both(Binary::UnpackHigh, r0, r1), both(Binary::UnpackHigh, r2, r3));
        let columns = [
            both(Binary::UnpackLowPairs, low01, low23),
            both(Binary::UnpackHighPairs, low01, low23),
            both(Binary::UnpackLowPairs, high01, high23),
            both(Binary::UnpackHighPairs, high01, high23),
        ];
        for (column, i) in columns.into_iter().zip(words) {
            let word = chain.add(column, LAYOUT.midstate(i));
            schedule.set_in_register(&mut chain, i, word);
            if i == 0 {
                let entering = offset_of!(Pairs, entering);
                chain.store(word, Place::pairs(which as usize, true, entering));
            }
        }
    }
    let reads = chain.ops.len();
    pack(&mut chain, which, &mut schedule);
    (reads, chain)
}

/// Computes the words and stores `W + K` of two rounds next to each other, pair after pair.
fn pack(chain: &mut Chain, which: Compression, schedule: &mut Schedule) {
    for (number, t) in (which.first_round()..which.last_round()).step_by(2).enumerate() {
        let pair = [t, t + 1];
        for t in pair {
            if t >= 16 {
                schedule.compute(chain, t);
            }
        }
        if pair.iter().all(|t| which.word(*t) != Word::Varies) {
            continue;
        }
        let [a, b] = pair.map(|t| match schedule.kw(chain, t) {
            Input::Value(value) => value,
            _ => chain.load(LAYOUT.kw(which, t)),
        });
        for (half, op) in [Binary::UnpackLow, Binary::UnpackHigh].into_iter().enumerate() {
            let words = chain.binary(op, a, b);
            let at = offset_of!(Pairs, words) + 64 * number + 32 * half;
            chain.store(words, Place::pairs(which as usize, true, at));
        }
    }
}
