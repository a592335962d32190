//! Assigns registers to values and writes the instructions.

use crate::code::{Base, Binary, Input, Op, OpKind, Place, Shift, Value, Width};
use crate::variants::GenerationError;
use std::collections::{HashMap, VecDeque};

impl Base {
    pub(crate) fn register(self) -> &'static str {
        match self {
            Self::Block => "%rdi",
            Self::Verdicts => "%rdx",
            Self::Rows => "%rdi",
            Self::Narrow => "%r8",
            Self::Pairs { compression: 0, filling: false } => "%r8",
            Self::Pairs { compression: 0, filling: true } => "%r9",
            Self::Pairs { filling: false, .. } => "%r10",
            Self::Pairs { filling: true, .. } => "%r11",
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}({})", self.offset, self.base.register())
    }
}

/// The instructions for `ops`, one inner list per operation, with registers of `pool`.
pub(crate) fn assign(ops: &[Op], pool: &[u32]) -> Result<Vec<Vec<String>>, GenerationError> {
    let mut allocator = Allocator {
        free: pool.iter().copied().collect(),
        assigned: HashMap::new(),
        last_read: HashMap::new(),
        now: 0,
    };
    for (at, op) in ops.iter().enumerate() {
        allocator.last_read.extend(op.reads().into_iter().map(|value| (value, at)));
    }
    let mut lines = Vec::with_capacity(ops.len());
    for (now, op) in ops.iter().enumerate() {
        allocator.now = now;
        lines.push(match op.kind {
            OpKind::Ternary(table, abc) => allocator.ternary(op, table, abc)?,
            _ => allocator.other(op)?,
        });
    }
    Ok(lines)
}

struct Allocator {
    /// First in, first out: a register is reused as late as possible.
    free: VecDeque<u32>,
    assigned: HashMap<Value, u32>,
    /// The index of the operation that reads a value last.
    last_read: HashMap<Value, usize>,
    /// The index of the current operation.
    now: usize,
}

impl Allocator {
    fn is_last_read(&self, value: &Value) -> bool {
        self.last_read.get(value) == Some(&self.now)
    }
    fn allocate(&mut self) -> Result<u32, GenerationError> {
        self.free
            .pop_front()
            .ok_or_else(|| GenerationError(format!("no free register for operation {}", self.now)))
    }
    /// The registers of `values`; those of values that are not read again are freed.
    fn read(&mut self, values: &[Value]) -> Vec<u32> {
        let registers = values.iter().map(|value| self.assigned[value]).collect();
        for value in values {
            if self.is_last_read(value)
                && let Some(register) = self.assigned.remove(value)
            {
                self.free.push_back(register);
            }
        }
        registers
    }

    /// The destination is the first input: one that is not read again, or a copy.
    fn ternary(
        &mut self,
        op: &Op,
        table: u8,
        mut abc: [Value; 3],
    ) -> Result<Vec<String>, GenerationError> {
        let overwritten = abc.iter().position(|value| self.is_last_read(value));
        let i = overwritten.unwrap_or(0);
        abc.swap(0, i);
        let [a, b, c] = abc.map(|value| self.assigned[&value]);
        let mut lines = Vec::new();
        let to = if overwritten.is_some() {
            self.assigned.remove(&abc[0]);
            a
        } else {
            let to = self.allocate()?;
            lines.push(format!("vmovdqa64 {},{}", name(op, a), name(op, to)));
            to
        };
        let (table, b, c) = (swapped(table, i), name(op, b), name(op, c));
        lines.push(format!("vpternlogd $0x{table:02x},{c},{b},{}", name(op, to)));
        self.read(&abc[1..]);
        self.assigned.insert(op.to.expect("has a result"), to);
        Ok(lines)
    }

    fn other(&mut self, op: &Op) -> Result<Vec<String>, GenerationError> {
        let values = op.reads();
        let registers = self.read(&values);
        let register = |value: Value| {
            let i = values.iter().position(|read| *read == value).expect("is read");
            name(op, registers[i])
        };
        let input = |input: Input| match input {
            Input::Value(value) => register(value),
            Input::Row(place) => place.to_string(),
            Input::Splat(place) => format!("{place}{{1to{}}}", op.width.lanes()),
        };
        let to = match op.to {
            Some(value) => {
                let register = self.allocate()?;
                self.assigned.insert(value, register);
                name(op, register)
            }
            None => String::new(),
        };
        Ok(match op.kind {
            OpKind::Binary(binary, a, b) => {
                vec![format!("{} {},{},{to}", mnemonic(binary), input(b), register(a))]
            }
            OpKind::Shift(Shift::Rotate, by, a) => {
                vec![format!("vprord ${by},{},{to}", input(a))]
            }
            OpKind::Shift(Shift::Right, by, a) => {
                vec![format!("vpsrld ${by},{},{to}", input(a))]
            }
            OpKind::Load(Input::Splat(place)) => vec![format!("vpbroadcastd {place},{to}")],
            OpKind::Load(from) => vec![format!("vmovdqa64 {},{to}", input(from))],
            OpKind::Store(value, place) => vec![format!("vmovdqa64 {},{place}", register(value))],
            OpKind::Nonces(counter) => vec![
                format!("movl {counter},%eax"),
                format!("addl ${},{counter}", op.width.lanes()),
                "bswapl %eax".to_owned(),
                format!("vpbroadcastd %eax,{to}"),
            ],
            OpKind::AtMost(value, bound, place) => vec![
                format!("vpcmpud $2,{},{},%k1", input(Input::Splat(bound)), register(value)),
                format!("kmovw %k1,{place}"),
            ],
            OpKind::Ternary(..) => unreachable!("written by `ternary`"),
            OpKind::Shift(Shift::Left, ..) | OpKind::Signs(..) => {
                unreachable!("not used by wide kernels")
            }
        })
    }
}

/// The truth table with inputs 0 and `i` exchanged.
fn swapped(table: u8, i: usize) -> u8 {
    let mut to = 0;
    for index in 0..8u8 {
        // Bit 2 of the index is the first input's.
        let (first, other) = (index >> 2 & 1, index >> (2 - i) & 1);
        let rest = index & !(1 << 2 | 1 << (2 - i));
        let from = rest | other << 2 | first << (2 - i);
        to |= (table >> from & 1) << index;
    }
    to
}

fn mnemonic(binary: Binary) -> &'static str {
    match binary {
        Binary::Add => "vpaddd",
        Binary::Xor => "vpxord",
        Binary::And => "vpandd",
        Binary::Min => "vpminud",
        Binary::Equal | Binary::ShuffleBytes => unreachable!("not used by wide kernels"),
        Binary::UnpackLow => "vpunpckldq",
        Binary::UnpackHigh => "vpunpckhdq",
        Binary::UnpackLowPairs => "vpunpcklqdq",
        Binary::UnpackHighPairs => "vpunpckhqdq",
    }
}

fn name(op: &Op, register: u32) -> String {
    match op.width {
        Width::Four => format!("%xmm{register}"),
        Width::Eight => format!("%ymm{register}"),
        Width::Sixteen => format!("%zmm{register}"),
    }
}
