//! The generator's intermediate representation: vector operations on values without registers.

use hashwatt::scan::internals::BASE;

/// The result of one operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Value(u32);

/// A memory operand: a base register and a displacement in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    pub(crate) base: Base,
    pub(crate) offset: i32,
}

/// The base of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Base {
    /// The wide block.
    Block,
    /// A buffer of pairs, at [`PAIRS_BASE`]: of which compression (0 or 1), and whether the one
    /// that is being filled or the one that is being hashed.
    Pairs { compression: usize, filling: bool },
    /// The result record of this iteration.
    Verdicts,
    /// The narrow block; a loop over rounds advances it.
    Rows,
    /// The start of the narrow block.
    Narrow,
}

/// Where the base register of a buffer of pairs points to: half of the displacements are then short.
pub(crate) const PAIRS_BASE: i32 = 1024;

impl Place {
    /// `offset` bytes into the block.
    pub(crate) fn block(offset: usize) -> Self {
        Self { base: Base::Block, offset: signed(offset) - signed(BASE) }
    }
    pub(crate) fn pairs(compression: usize, filling: bool, offset: usize) -> Self {
        Self { base: Base::Pairs { compression, filling }, offset: signed(offset) - PAIRS_BASE }
    }
    /// `offset` bytes into the narrow block, in a loop over rounds relative to the current rounds.
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

/// The source of an operation's last input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    Value(Value),
    /// Memory with one word per lane of the operation.
    Row(Place),
    /// One word in memory, broadcast to all lanes.
    Splat(Place),
}

impl From<Value> for Input {
    fn from(value: Value) -> Self {
        Self::Value(value)
    }
}

/// The number of lanes of an operation.
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
    /// The unsigned minimum.
    Min,
    /// All ones in lanes that are equal, zero elsewhere.
    Equal,
    /// The bytes of the first input in the order given by the second.
    ShuffleBytes,
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
pub(crate) enum OpKind {
    Binary(Binary, Value, Input),
    Shift(Shift, u32, Input),
    /// A bitwise function of three inputs, by its truth table, indexed by the three bits.
    Ternary(u8, [Value; 3]),
    Load(Input),
    Store(Value, Place),
    /// Loads the next nonces, byte-swapped, and advances the counter at the place.
    Nonces(Place),
    /// Stores one bit per lane at the second place: whether the lane is at most the word at the
    /// first place.
    AtMost(Value, Place, Place),
    /// Stores the highest bit of every lane.
    Signs(Value, Place),
}

/// One operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Op {
    pub(crate) kind: OpKind,
    pub(crate) width: Width,
    pub(crate) to: Option<Value>,
}

impl Op {
    /// The values that the operation reads.
    pub(crate) fn reads(&self) -> Vec<Value> {
        let from = |input: &Input| match input {
            Input::Value(value) => Some(*value),
            _ => None,
        };
        match &self.kind {
            OpKind::Binary(_, a, b) => [*a].into_iter().chain(from(b)).collect(),
            OpKind::Shift(_, _, a) | OpKind::Load(a) => from(a).into_iter().collect(),
            OpKind::Ternary(_, abc) => abc.to_vec(),
            OpKind::Store(a, _) | OpKind::AtMost(a, _, _) | OpKind::Signs(a, _) => vec![*a],
            OpKind::Nonces(_) => Vec::new(),
        }
    }
}

/// A sequence of operations, each after the operations whose results it reads.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    pub(crate) ops: Vec<Op>,
    width: Width,
    /// The number of the next value. Chains to be merged use disjoint numbers.
    next: u32,
}

impl Chain {
    /// An empty chain. Chains that are merged must differ in `number`.
    pub(crate) fn new(number: u32, width: Width) -> Self {
        Self { ops: Vec::new(), width, next: number << 16 }
    }
    fn op(&mut self, kind: OpKind) -> Value {
        let to = Value(self.next);
        self.next += 1;
        self.ops.push(Op { kind, width: self.width, to: Some(to) });
        to
    }
    fn effect(&mut self, kind: OpKind) {
        self.ops.push(Op { kind, width: self.width, to: None });
    }
    pub(crate) fn binary(&mut self, op: Binary, a: Value, b: impl Into<Input>) -> Value {
        self.op(OpKind::Binary(op, a, b.into()))
    }
    pub(crate) fn add(&mut self, a: Value, b: impl Into<Input>) -> Value {
        self.binary(Binary::Add, a, b)
    }
    pub(crate) fn rotate(&mut self, a: impl Into<Input>, by: u32) -> Value {
        self.op(OpKind::Shift(Shift::Rotate, by, a.into()))
    }
    pub(crate) fn shift(&mut self, a: impl Into<Input>, by: u32) -> Value {
        self.op(OpKind::Shift(Shift::Right, by, a.into()))
    }
    pub(crate) fn shift_left(&mut self, a: impl Into<Input>, by: u32) -> Value {
        self.op(OpKind::Shift(Shift::Left, by, a.into()))
    }
    pub(crate) fn ternary(&mut self, table: u8, abc: [Value; 3]) -> Value {
        self.op(OpKind::Ternary(table, abc))
    }
    pub(crate) fn load(&mut self, from: Input) -> Value {
        self.op(OpKind::Load(from))
    }
    pub(crate) fn nonces(&mut self, counter: Place) -> Value {
        self.op(OpKind::Nonces(counter))
    }
    pub(crate) fn store(&mut self, value: Value, to: Place) {
        self.effect(OpKind::Store(value, to));
    }
    pub(crate) fn signs(&mut self, value: Value, to: Place) {
        self.effect(OpKind::Signs(value, to));
    }
    pub(crate) fn at_most(&mut self, value: Value, bound: Place, to: Place) {
        self.effect(OpKind::AtMost(value, bound, to));
    }

    /// Removes operations whose results are not used.
    pub(crate) fn without_dead(mut self) -> Self {
        let mut used = std::collections::HashSet::new();
        let mut kept: Vec<Op> = Vec::with_capacity(self.ops.len());
        for op in self.ops.into_iter().rev() {
            if op.to.is_none_or(|to| used.contains(&to)) {
                used.extend(op.reads());
                kept.push(op);
            }
        }
        kept.reverse();
        self.ops = kept;
        self
    }
}
