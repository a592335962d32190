//! What the generator speaks: vector operations on values that have no registers yet.

use hashwatt::scan::internals::BASE;

/// The result of one operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Value(u32);

/// Memory at a register's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    pub(crate) base: Base,
    pub(crate) offset: i32,
}

/// Which register an address starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Base {
    /// The block.
    Block,
    /// A buffer of pairs, in the middle: of which compression (0 or 1), and whether the one
    /// that is being filled or the one that is being hashed.
    Pairs { of: usize, filling: bool },
    /// The record of this iteration's verdicts.
    Verdicts,
    /// The narrow block; in a loop over rounds it goes on with them.
    Rows,
    /// The narrow block, at its beginning.
    Narrow,
}

/// Displacements from a buffer of pairs are counted from here, to keep half of them short.
pub(crate) const PAIRS_BASE: i32 = 1024;

impl Place {
    /// `offset` bytes into the block.
    pub(crate) fn block(offset: usize) -> Self {
        Self { base: Base::Block, offset: signed(offset) - signed(BASE) }
    }
    pub(crate) fn pairs(of: usize, filling: bool, offset: usize) -> Self {
        Self { base: Base::Pairs { of, filling }, offset: signed(offset) - PAIRS_BASE }
    }
    /// `offset` bytes into the narrow block, further with the rounds.
    pub(crate) fn rows(offset: usize) -> Self {
        Self { base: Base::Rows, offset: signed(offset) }
    }
    /// `offset` bytes into the narrow block.
    pub(crate) fn narrow(offset: usize) -> Self {
        Self { base: Base::Narrow, offset: signed(offset) }
    }
    pub(crate) fn verdicts(offset: usize) -> Self {
        Self { base: Base::Verdicts, offset: signed(offset) }
    }
}

fn signed(offset: usize) -> i32 {
    i32::try_from(offset).expect("blocks are small")
}

/// Where an operation's last input comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    Value(Value),
    /// As many lanes as the operation has.
    Row(Place),
    /// One word for all lanes.
    Splat(Place),
}

impl From<Value> for Input {
    fn from(value: Value) -> Self {
        Self::Value(value)
    }
}

/// Lanes of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Width {
    Four,
    Eight,
    Sixteen,
}

impl Width {
    pub(crate) fn lanes(self) -> usize {
        match self {
            Self::Four => 4,
            Self::Eight => 8,
            Self::Sixteen => 16,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binary {
    Add,
    Xor,
    And,
    /// The lesser of two.
    Least,
    /// All ones where two are equal.
    Equal,
    /// The first one's bytes in the second's order.
    Bytes,
    UnpackLow,
    UnpackHigh,
    UnpackLowPairs,
    UnpackHighPairs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shift {
    Rotate,
    Right,
    Left,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Binary(Binary, Value, Input),
    Shift(Shift, u32, Input),
    /// Any function of three bits: its truth table, indexed by the bits of the three.
    Ternary(u8, [Value; 3]),
    Load(Input),
    Store(Value, Place),
    /// The next nonces, byte-swapped; and on to the ones after them. The place is the counter's.
    Nonces(Place),
    /// One bit a lane, whether it is at most the word at the first place, stored at the second.
    AtMost(Value, Place, Place),
    /// The highest bit of every lane, stored.
    Signs(Value, Place),
}

/// One operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Op {
    pub(crate) what: What,
    pub(crate) width: Width,
    pub(crate) to: Option<Value>,
}

impl Op {
    /// The values it reads.
    pub(crate) fn reads(&self) -> Vec<Value> {
        let from = |input: &Input| match input {
            Input::Value(value) => Some(*value),
            _ => None,
        };
        match &self.what {
            What::Binary(_, a, b) => [*a].into_iter().chain(from(b)).collect(),
            What::Shift(_, _, a) | What::Load(a) => from(a).into_iter().collect(),
            What::Ternary(_, abc) => abc.to_vec(),
            What::Store(a, _) | What::AtMost(a, _, _) | What::Signs(a, _) => vec![*a],
            What::Nonces(_) => Vec::new(),
        }
    }
}

/// Operations in an order that computes something, each after those that it needs.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    pub(crate) ops: Vec<Op>,
    width: Width,
    /// Values are numbered from here on, so that chains can be merged.
    next: u32,
}

impl Chain {
    /// An empty chain; chains that are merged must differ in `number`.
    pub(crate) fn new(number: u32, width: Width) -> Self {
        Self { ops: Vec::new(), width, next: number << 16 }
    }
    fn op(&mut self, what: What) -> Value {
        let to = Value(self.next);
        self.next += 1;
        self.ops.push(Op { what, width: self.width, to: Some(to) });
        to
    }
    fn effect(&mut self, what: What) {
        self.ops.push(Op { what, width: self.width, to: None });
    }
    pub(crate) fn binary(&mut self, op: Binary, a: Value, b: impl Into<Input>) -> Value {
        self.op(What::Binary(op, a, b.into()))
    }
    pub(crate) fn add(&mut self, a: Value, b: impl Into<Input>) -> Value {
        self.binary(Binary::Add, a, b)
    }
    pub(crate) fn rotate(&mut self, a: impl Into<Input>, by: u32) -> Value {
        self.op(What::Shift(Shift::Rotate, by, a.into()))
    }
    pub(crate) fn shift(&mut self, a: impl Into<Input>, by: u32) -> Value {
        self.op(What::Shift(Shift::Right, by, a.into()))
    }
    pub(crate) fn shift_left(&mut self, a: impl Into<Input>, by: u32) -> Value {
        self.op(What::Shift(Shift::Left, by, a.into()))
    }
    pub(crate) fn ternary(&mut self, table: u8, abc: [Value; 3]) -> Value {
        self.op(What::Ternary(table, abc))
    }
    pub(crate) fn load(&mut self, from: Input) -> Value {
        self.op(What::Load(from))
    }
    pub(crate) fn nonces(&mut self, counter: Place) -> Value {
        self.op(What::Nonces(counter))
    }
    pub(crate) fn store(&mut self, value: Value, to: Place) {
        self.effect(What::Store(value, to));
    }
    pub(crate) fn signs(&mut self, value: Value, to: Place) {
        self.effect(What::Signs(value, to));
    }
    pub(crate) fn at_most(&mut self, value: Value, bound: Place, to: Place) {
        self.effect(What::AtMost(value, bound, to));
    }

    /// Leaves out what nothing depends on.
    pub(crate) fn without_dead(mut self) -> Self {
        let mut wanted = std::collections::HashSet::new();
        let mut kept: Vec<Op> = Vec::with_capacity(self.ops.len());
        for op in self.ops.into_iter().rev() {
            if op.to.is_none_or(|to| wanted.contains(&to)) {
                wanted.extend(op.reads());
                kept.push(op);
            }
        }
        kept.reverse();
        self.ops = kept;
        self
    }
}
