//! Where everything stands in the library's blocks.

use crate::code::{Input, Place};
use hashwatt::scan::internals::{Block, Compression, Constants, Narrow, NarrowRow, Rows};
use std::mem::{offset_of, size_of};

/// One of the library's blocks of memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// `Block`: constants stand once and are read into every lane.
    Wide,
    /// `Narrow`: constants stand once a lane.
    Narrow,
}

/// Where a constant of that compression stands in the wide block.
fn constant(which: Compression, offset: usize) -> Place {
    let of = offset_of!(Block, constants) + which as usize * size_of::<Constants>();
    Place::block(of + offset)
}
/// In the narrow block, a row of that compression.
fn rows(which: Compression, offset: usize, row: usize) -> usize {
    offset_of!(Narrow, rows) + which as usize * size_of::<Rows>() + offset + narrow_row(row)
}
fn narrow_row(i: usize) -> usize {
    i * size_of::<NarrowRow>()
}

/// The constant state's row for the SHA instructions.
pub(crate) fn state_row(which: Compression, row: usize) -> Place {
    constant(which, offset_of!(Constants, rows) + 16 * row)
}

impl Layout {
    /// `K`, with the schedule word where that is constant.
    pub(crate) fn kw(self, which: Compression, t: usize) -> Input {
        match self {
            Self::Wide => Input::Splat(constant(which, offset_of!(Constants, kw) + 4 * t)),
            Self::Narrow => Input::Row(Place::rows(rows(which, offset_of!(Rows, kw), t))),
        }
    }
    /// The constant terms of schedule word `t`.
    pub(crate) fn part(self, which: Compression, t: usize) -> Input {
        match self {
            Self::Wide => Input::Splat(constant(which, offset_of!(Constants, part) + 4 * (t - 16))),
            Self::Narrow => Input::Row(Place::narrow(rows(which, offset_of!(Rows, part), t - 16))),
        }
    }
    /// The constant state.
    pub(crate) fn state(self, which: Compression, i: usize) -> Input {
        match self {
            Self::Wide => Input::Splat(constant(which, offset_of!(Constants, state) + 4 * i)),
            Self::Narrow => Input::Row(Place::narrow(rows(which, offset_of!(Rows, state), i))),
        }
    }
    /// The state after the header's first block.
    pub(crate) fn midstate(self, i: usize) -> Input {
        match self {
            Self::Wide => Input::Splat(Place::block(offset_of!(Block, midstate) + 4 * i)),
            Self::Narrow => Input::Row(Place::narrow(offset_of!(Narrow, midstate) + narrow_row(i))),
        }
    }
    /// Schedule word `t`: a ring of sixteen in the wide block.
    pub(crate) fn word(self, which: Compression, t: usize) -> Place {
        match self {
            Self::Wide => {
                let ring = offset_of!(Block, ring) + 64 * 16 * which as usize;
                Place::block(ring + 64 * (t % 16))
            }
            Self::Narrow => Place::rows(rows(which, offset_of!(Rows, words), t)),
        }
    }
    /// A word of the first hash, which is the second's message.
    pub(crate) fn digest(self, i: usize) -> Place {
        match self {
            Self::Wide => Place::block(offset_of!(Block, digest) + 64 * i),
            Self::Narrow => self.word(Compression::Second, i),
        }
    }
    /// `K` of one of the first rounds, which `kw` of the second compression has no more.
    pub(crate) fn k(i: usize) -> Place {
        Place::narrow(offset_of!(Narrow, k) + narrow_row(i))
    }
    /// Whether `kw` of that round holds the sum with the word already, which the first hash stores.
    pub(crate) fn has_sum(self, which: Compression, t: usize) -> bool {
        self == Self::Narrow && which == Compression::Second && t < 8
    }
    /// Where the state waits from one part of the way to the next.
    pub(crate) fn carried(which: Compression, i: usize) -> Place {
        Place::narrow(rows(which, offset_of!(Rows, carried), i))
    }
    /// Where a value waits that finds no register.
    pub(crate) fn spilled(i: usize) -> Place {
        Place::narrow(offset_of!(Narrow, spilled) + narrow_row(i))
    }
    /// Added to the last word's register.
    pub(crate) fn last_iv(self) -> Input {
        match self {
            Self::Wide => Input::Splat(Place::block(offset_of!(Block, last_iv))),
            Self::Narrow => Input::Row(Place::narrow(offset_of!(Narrow, last_iv))),
        }
    }
    /// What swaps a word's bytes: bits taken from the rotation by 8, or an order of bytes.
    pub(crate) fn swap(self) -> Input {
        match self {
            Self::Wide => Input::Splat(Place::block(offset_of!(Block, odd_bytes))),
            Self::Narrow => Input::Row(Place::narrow(offset_of!(Narrow, swap))),
        }
    }
    /// The highest word of the target.
    pub(crate) fn bound(self) -> Place {
        match self {
            Self::Wide => Place::block(offset_of!(Block, bound)),
            Self::Narrow => Place::narrow(offset_of!(Narrow, bound)),
        }
    }
    /// The counter of nonces.
    pub(crate) fn next_nonce(self) -> Place {
        match self {
            Self::Wide => Place::block(offset_of!(Block, next_nonce)),
            Self::Narrow => Place::narrow(offset_of!(Narrow, next_nonce)),
        }
    }
    /// The step from lane to lane.
    pub(crate) fn lanes(self) -> Input {
        match self {
            Self::Wide => Input::Row(Place::block(offset_of!(Block, lanes))),
            Self::Narrow => Input::Row(Place::narrow(offset_of!(Narrow, lanes))),
        }
    }
}
