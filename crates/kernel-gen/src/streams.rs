//! Nonces in the SHA instructions: groups that are hashed in parallel, in fixed registers.

use crate::code::{Input, Place};
use crate::layout::{Layout, state_row};
use hashwatt::scan::internals::{Block, PAIRS, Pairs, STREAMED};
use hashwatt::scan::internals::{Compression, Word};
use std::mem::offset_of;

/// The mask that selects A and E in a row FEBA; set once at the start of the function.
pub(crate) const A_AND_E: u8 = 0b1010;

/// The offset of the words of a lane's pair of rounds in a buffer of pairs: unpacking leaves lanes 0,
/// 1, 4, 5 in the first half, lanes 2, 3, 6, 7 in the second.
fn pair(lane: usize, pair: usize) -> usize {
    let (half, quarter, eighth) = (lane % 4 / 2, lane / 4, lane % 2);
    offset_of!(Pairs, words) + 64 * pair + 32 * half + 16 * quarter + 8 * eighth
}

/// The offset of a lane's row of states: lanes 0 and 4 are adjacent, and so on, so that a 4-by-4
/// transposition in both halves gives the lanes in order.
pub(crate) fn row(lane: usize) -> usize {
    32 * (lane % 4) + 16 * (lane / 4)
}

/// One nonce in one compression.
#[derive(Clone, Copy, Debug)]
struct Stream {
    which: Compression,
    lane: usize,
    /// The two state registers; each pair of rounds swaps their roles.
    registers: [u32; 2],
}

impl Stream {
    fn begin(&self) -> Vec<String> {
        let [abef, cdgh] = self.registers;
        let entering = offset_of!(Pairs, entering) + 4 * self.lane;
        let entering = Place::pairs(self.which as usize, false, entering);
        vec![
            format!("vmovdqa {},%xmm{abef}", state_row(self.which, 0)),
            format!("vmovdqa {},%xmm{cdgh}", state_row(self.which, 1)),
            format!("vpaddd {entering}{{1to4}},%xmm{abef},%xmm{abef}{{%k2}}"),
        ]
    }

    /// Two rounds: loads the message words into xmm0, the implicit operand, and does the rounds.
    fn two_rounds(&self, number: usize) -> Vec<String> {
        let t = self.which.first_round() + 2 * number;
        let known = (t..t + 2).all(|t| self.which.word(t) != Word::Varies);
        let words = match Layout::Wide.kw(self.which, t) {
            Input::Splat(place) if known => place,
            _ => Place::pairs(self.which as usize, false, pair(self.lane, number)),
        };
        let [abef, cdgh] = self.registers;
        let (from, to) = if number.is_multiple_of(2) { (abef, cdgh) } else { (cdgh, abef) };
        vec![format!("vmovq {words},%xmm0"), format!("sha256rnds2 %xmm0,%xmm{from},%xmm{to}")]
    }

    fn end(&self) -> Vec<String> {
        let [abef, cdgh] = self.registers;
        match self.which {
            Compression::First => {
                let at = |i: usize| {
                    let states = offset_of!(Block, streamed_states) + 16 * STREAMED * i;
                    Place::block(states + row(self.lane))
                };
                vec![
                    format!("vmovdqa %xmm{abef},{}", at(0)),
                    format!("vmovdqa %xmm{cdgh},{}", at(1)),
                ]
            }
            Compression::Second => {
                let results = offset_of!(Block, streamed_results) + 16 * self.lane;
                vec![format!("vmovdqa %xmm{abef},{}", Place::block(results))]
            }
        }
    }
}

/// Both compressions of eight nonces, the second compression (of an older batch) first, in groups of
/// the given sizes: the steps in order, each with its instructions.
pub(crate) fn steps(groups: &[usize]) -> Vec<Vec<String>> {
    let mut jobs = [Compression::Second, Compression::First]
        .into_iter()
        .flat_map(|which| (0..STREAMED).map(move |lane| (which, lane)));
    let mut steps = Vec::new();
    for size in groups {
        let group: Vec<Stream> = jobs
            .by_ref()
            .take(*size)
            .zip(0..)
            .map(|((which, lane), i)| Stream { which, lane, registers: [1 + 2 * i, 2 + 2 * i] })
            .collect();
        steps.extend(group.iter().map(Stream::begin));
        for number in 0..PAIRS {
            steps.extend(group.iter().map(|stream| stream.two_rounds(number)));
        }
        steps.extend(group.iter().map(Stream::end));
    }
    assert!(jobs.next().is_none(), "the groups cover every job");
    steps
}

/// The registers that are left for vectors if no group is larger than `largest`.
pub(crate) fn free_registers(largest: usize) -> Vec<u32> {
    let first = if largest == 0 { 0 } else { 1 + 2 * largest as u32 };
    (first..32).collect()
}
