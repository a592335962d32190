//! Gives values their registers, and writes the instructions down.

use crate::code::{Base, Binary, Input, Op, Place, Shift, Value, What, Width};
use crate::variants::Unwritable;
use std::collections::{HashMap, VecDeque};

impl Base {
    pub(crate) fn register(self) -> &'static str {
        match self {
            Self::Block => "%rdi",
            Self::Verdicts => "%rdx",
            Self::Rows => "%rdi",
            Self::Narrow => "%r8",
            Self::Pairs { of: 0, filling: false } => "%r8",
            Self::Pairs { of: 0, filling: true } => "%r9",
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

/// The instructions for `ops`, one inner list an operation, in registers of `pool`.
pub(crate) fn assign(ops: &[Op], pool: &[u32]) -> Result<Vec<Vec<String>>, Unwritable> {
    let mut registers = Registers {
        free: pool.iter().copied().collect(),
        held: HashMap::new(),
        last_read: HashMap::new(),
        now: 0,
    };
    for (at, op) in ops.iter().enumerate() {
        registers.last_read.extend(op.reads().into_iter().map(|value| (value, at)));
    }
    let mut lines = Vec::with_capacity(ops.len());
    for (now, op) in ops.iter().enumerate() {
        registers.now = now;
        lines.push(match op.what {
            What::Ternary(table, abc) => registers.ternary(op, table, abc)?,
            _ => registers.other(op)?,
        });
    }
    Ok(lines)
}

struct Registers {
    /// First in, first out: a register rests as long as possible before it is written again.
    free: VecDeque<u32>,
    held: HashMap<Value, u32>,
    /// By which operation a value is read last.
    last_read: HashMap<Value, usize>,
    /// The operation at hand.
    now: usize,
}

impl Registers {
    fn dies(&self, value: &Value) -> bool {
        self.last_read.get(value) == Some(&self.now)
    }
    fn take(&mut self) -> Result<u32, Unwritable> {
        self.free
            .pop_front()
            .ok_or_else(|| Unwritable(format!("operation {} finds no free register", self.now)))
    }
    /// The registers of `values`, given up where those die.
    fn read(&mut self, values: &[Value]) -> Vec<u32> {
        let registers = values.iter().map(|value| self.held[value]).collect();
        for value in values {
            if self.dies(value)
                && let Some(register) = self.held.remove(value)
            {
                self.free.push_back(register);
            }
        }
        registers
    }

    /// The destination is the first input: one that dies, or a copy.
    fn ternary(
        &mut self,
        op: &Op,
        table: u8,
        mut abc: [Value; 3],
    ) -> Result<Vec<String>, Unwritable> {
        let dying = abc.iter().position(|value| self.dies(value));
        let i = dying.unwrap_or(0);
        abc.swap(0, i);
        let [a, b, c] = abc.map(|value| self.held[&value]);
        let mut lines = Vec::new();
        let to = if dying.is_some() {
            self.held.remove(&abc[0]);
            a
        } else {
            let to = self.take()?;
            lines.push(format!("vmovdqa64 {},{}", name(op, a), name(op, to)));
            to
        };
        let (table, b, c) = (swapped(table, i), name(op, b), name(op, c));
        lines.push(format!("vpternlogd $0x{table:02x},{c},{b},{}", name(op, to)));
        self.read(&abc[1..]);
        self.held.insert(op.to.expect("has a result"), to);
        Ok(lines)
    }

    fn other(&mut self, op: &Op) -> Result<Vec<String>, Unwritable> {
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
                let register = self.take()?;
                self.held.insert(value, register);
                name(op, register)
            }
            None => String::new(),
        };
        Ok(match op.what {
            What::Binary(binary, a, b) => {
                vec![format!("{} {},{},{to}", mnemonic(binary), input(b), register(a))]
            }
            What::Shift(Shift::Rotate, by, a) => {
                vec![format!("vprord ${by},{},{to}", input(a))]
            }
            What::Shift(Shift::Right, by, a) => {
                vec![format!("vpsrld ${by},{},{to}", input(a))]
            }
            What::Load(Input::Splat(place)) => vec![format!("vpbroadcastd {place},{to}")],
            What::Load(from) => vec![format!("vmovdqa64 {},{to}", input(from))],
            What::Store(value, place) => vec![format!("vmovdqa64 {},{place}", register(value))],
            What::Nonces(counter) => vec![
                format!("movl {counter},%eax"),
                format!("addl ${},{counter}", op.width.lanes()),
                "bswapl %eax".to_owned(),
                format!("vpbroadcastd %eax,{to}"),
            ],
            What::AtMost(value, bound, place) => vec![
                format!("vpcmpud $2,{},{},%k1", input(Input::Splat(bound)), register(value)),
                format!("kmovw %k1,{place}"),
            ],
            What::Ternary(..) => unreachable!("has a function of its own"),
            What::Shift(Shift::Left, ..) | What::Signs(..) => {
                unreachable!("no wide kernel has it")
            }
        })
    }
}

/// The truth table with inputs 0 and `i` changed for each other.
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
        Binary::Least => "vpminud",
        Binary::Equal | Binary::Bytes => unreachable!("no wide kernel has it"),
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
