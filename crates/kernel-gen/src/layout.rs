//! The addresses of all data in the library's memory blocks.

use crate::code::{Input, Place};
use hashwatt::scan::internals::{Block, Compression, Constants, Narrow, NarrowRow, Rows};
use std::mem::{offset_of, size_of};

/// One of the library's blocks of memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// `Block`: constants are stored once and broadcast to every lane.
    Wide,
    /// `Narrow`: constants are stored once per lane.
    Narrow,
}

/// The place of a compression's constant in the wide block.
fn constant(which: Compression, offset: usize) -> Place {
    let base = offset_of!(Block, constants) + which as usize * size_of::<Constants>();
    Place::block(base + offset)
}
/// The offset of a compression's row in the narrow block.
fn rows(which: Compression, offset: usize, row: usize) -> usize {
    offset_of!(Narrow, rows) + which as usize * size_of::<Rows>() + offset + narrow_row(row)
}
fn narrow_row(i: usize) -> usize {
    i * size_of::<NarrowRow>()
}

/// A row of the constant state in the format of the SHA instructions.
pub(crate) fn state_row(which: Compression, row: usize) -> Place {
    constant(which, offset_of!(Constants, rows) + 16 * row)
}

impl Layout {
    /// `K`, plus the schedule word if that is constant.
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
    /// Schedule word `t`; the wide block keeps a ring of the last sixteen.
    pub(crate) fn word(self, which: Compression, t: usize) -> Place {
        match self {
            Self::Wide => {
                let ring = offset_of!(Block, ring) + 64 * 16 * which as usize;
                Place::block(ring + 64 * (t % 16))
            }
            Self::Narrow => Place::rows(rows(which, offset_of!(Rows, words), t)),
        }
    }
    /// A word of the first hash, which is the message of the second.
    pub(crate) fn digest(self, i: usize) -> Place {
        match self {
            Self::Wide => Place::block(offset_of!(Block, digest) + 64 * i),
            Self::Narrow => self.word(Compression::Second, i),
        }
    }
    /// `K` of one of the first eight rounds: in the second compression, `kw` of these rounds holds
    /// the sum with the word.
    pub(crate) fn k(i: usize) -> Place {
        Place::narrow(offset_of!(Narrow, k) + narrow_row(i))
    }
    /// Whether `kw` of round `t` already includes the word, because the first hash stores the sum.
    pub(crate) fn has_sum(self, which: Compression, t: usize) -> bool {
        self == Self::Narrow && which == Compression::Second && t < 8
    }
    /// Where the state is stored between two parts of a compression.
    pub(crate) fn carried(which: Compression, i: usize) -> Place {
        Place::narrow(rows(which, offset_of!(Rows, carried), i))
    }
    /// The spill slot `i`, for a value without a register.
    pub(crate) fn spilled(i: usize) -> Place {
        Place::narrow(offset_of!(Narrow, spilled) + narrow_row(i))
    }
    /// The initial value that is added to the register of the digest's last word.
    pub(crate) fn last_iv(self) -> Input {
        match self {
            Self::Wide => Input::Splat(Place::block(offset_of!(Block, last_iv))),
            Self::Narrow => Input::Row(Place::narrow(offset_of!(Narrow, last_iv))),
        }
    }
    /// The operand that swaps the bytes of a word: the mask of the bits to take from the rotation by
    /// 8 (wide), or a byte order (narrow).
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
    /// The offset of each lane's nonce, byte-swapped.
    pub(crate) fn lanes(self) -> Input {
        match self {
            Self::Wide => Input::Row(Place::block(offset_of!(Block, lanes))),
            Self::Narrow => Input::Row(Place::narrow(offset_of!(Narrow, lanes))),
        }
    }
}
