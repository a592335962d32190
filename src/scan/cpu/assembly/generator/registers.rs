//! Gives values their registers, and writes the instructions down.

use super::code::{Base, Binary, Input, Op, Place, Shift, Value, What, Width};
use std::collections::{HashMap, VecDeque};

impl Base {
    pub(super) fn register(self) -> &'static str {
        match self {
            Self::Block => "%rdi",
            Self::Verdicts => "%rdx",
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

/// An operation that found no free register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooManyLive {
    pub(super) at: usize,
}

/// The instructions for `ops`, one inner list an operation, in registers of `pool`.
pub(super) fn assign(ops: &[Op], pool: &[u32]) -> Result<Vec<Vec<String>>, TooManyLive> {
    let mut last_read = HashMap::new();
    for (at, op) in ops.iter().enumerate() {
        for value in op.reads() {
            last_read.insert(value, at);
        }
    }
    // First in, first out: a register rests as long as possible before it is written again.
    let mut free: VecDeque<u32> = pool.iter().copied().collect();
    let mut held: HashMap<Value, u32> = HashMap::new();
    let mut lines = Vec::with_capacity(ops.len());
    for (at, op) in ops.iter().enumerate() {
        let dies = |value: &Value| last_read.get(value) == Some(&at);
        let mut out = Vec::new();
        let what = match op.what {
            // The destination is the first input: one that dies, or a copy.
            What::Ternary(table, abc) => {
                let (table, abc) = match abc.iter().position(dies) {
                    Some(i) => (swapped(table, i), {
                        let mut abc = abc;
                        abc.swap(0, i);
                        abc
                    }),
                    None => (table, abc),
                };
                let registers = abc.map(|value| held[&value]);
                let to = if dies(&abc[0]) {
                    held.remove(&abc[0]);
                    registers[0]
                } else {
                    let to = free.pop_front().ok_or(TooManyLive { at })?;
                    out.push(format!("vmovdqa64 {},{}", name(op, registers[0]), name(op, to)));
                    to
                };
                let [_, b, c] = registers.map(|register| name(op, register));
                out.push(format!("vpternlogd $0x{table:02x},{c},{b},{}", name(op, to)));
                for value in &abc[1..] {
                    if dies(value)
                        && let Some(register) = held.remove(value)
                    {
                        free.push_back(register);
                    }
                }
                held.insert(op.to.expect("has a result"), to);
                lines.push(out);
                continue;
            }
            what => what,
        };
        let reads: Vec<(Value, u32)> =
            op.reads().into_iter().map(|value| (value, held[&value])).collect();
        for (value, register) in &reads {
            if dies(value) && held.remove(value).is_some() {
                free.push_back(*register);
            }
        }
        let to = match op.to {
            Some(value) => {
                let register = free.pop_front().ok_or(TooManyLive { at })?;
                held.insert(value, register);
                name(op, register)
            }
            None => String::new(),
        };
        let register = |value: Value| {
            let (_, register) = reads.iter().find(|(read, _)| *read == value).expect("is read");
            name(op, *register)
        };
        let input = |input: Input| match input {
            Input::Value(value) => register(value),
            Input::Row(place) => place.to_string(),
            Input::Splat(place) => match op.width {
                Width::Eight => format!("{place}{{1to8}}"),
                Width::Sixteen => format!("{place}{{1to16}}"),
            },
        };
        match what {
            What::Binary(binary, a, b) => {
                out.push(format!("{} {},{},{to}", mnemonic(binary), input(b), register(a)));
            }
            What::Shift(shift, by, a) => {
                let mnemonic = match shift {
                    Shift::RotateRight => "vprord",
                    Shift::ShiftRight => "vpsrld",
                };
                out.push(format!("{mnemonic} ${by},{},{to}", input(a)));
            }
            What::Load(Input::Splat(place)) => out.push(format!("vpbroadcastd {place},{to}")),
            What::Load(from) => out.push(format!("vmovdqa64 {},{to}", input(from))),
            What::Store(value, place) => {
                out.push(format!("vmovdqa64 {},{place}", register(value)));
            }
            What::Nonces(counter) => {
                let lanes = match op.width {
                    Width::Eight => 8,
                    Width::Sixteen => 16,
                };
                out.push(format!("movl {counter},%eax"));
                out.push(format!("addl ${lanes},{counter}"));
                out.push("bswapl %eax".to_owned());
                out.push(format!("vpbroadcastd %eax,{to}"));
            }
            What::AtMost(value, bound, place) => {
                let bound = input(Input::Splat(bound));
                out.push(format!("vpcmpud $2,{bound},{},%k1", register(value)));
                out.push(format!("kmovw %k1,{place}"));
            }
            What::Ternary(..) => unreachable!("handled above"),
        }
        lines.push(out);
    }
    Ok(lines)
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
        Binary::UnpackLow => "vpunpckldq",
        Binary::UnpackHigh => "vpunpckhdq",
        Binary::UnpackLowPairs => "vpunpcklqdq",
        Binary::UnpackHighPairs => "vpunpckhqdq",
    }
}

fn name(op: &Op, register: u32) -> String {
    match op.width {
        Width::Eight => format!("%ymm{register}"),
        Width::Sixteen => format!("%zmm{register}"),
    }
}
