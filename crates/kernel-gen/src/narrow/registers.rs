//! Assigns sixteen registers to values, spills values to memory where there are too few, and writes
//! the instructions. A value that is in memory anyway is read from there.

use super::Isa;
use crate::code::{Binary, Input, Op, OpKind, Place, Shift, Value};
use crate::layout::Layout;
use crate::variants::GenerationError;
use hashwatt::scan::internals::SPILLED;
use std::collections::{BTreeMap, VecDeque};

const REGISTERS: u32 = 16;

/// A value in memory that is read again within this many operations is loaded into a register.
const RELOAD_WINDOW: usize = 24;

/// The instructions for `ops`.
pub(super) fn write(ops: &[Op], isa: Isa) -> Result<Vec<String>, GenerationError> {
    let mut reads: BTreeMap<Value, VecDeque<usize>> = BTreeMap::new();
    for (at, op) in ops.iter().enumerate() {
        for value in op.reads() {
            reads.entry(value).or_default().push_back(at);
        }
    }
    let mut writer = CodeWriter {
        isa,
        free: (0..REGISTERS).collect(),
        registers: BTreeMap::new(),
        places: BTreeMap::new(),
        free_spill_slots: (0..SPILLED).rev().collect(),
        spill_slots: BTreeMap::new(),
        released_spill_slots: Vec::new(),
        reads,
        now: 0,
        lines: Vec::new(),
    };
    for (now, op) in ops.iter().enumerate() {
        writer.now = now;
        writer.operation(op)?;
    }
    Ok(writer.lines)
}

struct CodeWriter {
    isa: Isa,
    free: VecDeque<u32>,
    /// The registers of values.
    registers: BTreeMap<Value, u32>,
    /// The places of values that are in memory.
    places: BTreeMap<Value, Place>,
    free_spill_slots: Vec<usize>,
    /// The spill slots of values.
    spill_slots: BTreeMap<Value, usize>,
    /// Spill slots that are free from the next operation on.
    released_spill_slots: Vec<usize>,
    /// The operations that read a value, in order.
    reads: BTreeMap<Value, VecDeque<usize>>,
    now: usize,
    lines: Vec<String>,
}

impl CodeWriter {
    fn emit(&mut self, line: String) {
        self.lines.push(line);
    }
    /// The next operation after the current one that reads the value.
    fn next_read(&self, value: Value) -> Option<usize> {
        self.reads.get(&value)?.iter().copied().find(|at| *at > self.now)
    }
    fn name(&self, register: u32) -> String {
        match self.isa {
            Isa::Sse41 => format!("%xmm{register}"),
            Isa::Avx2 => format!("%ymm{register}"),
        }
    }
    fn mnemonic(&self, name: &str) -> String {
        match self.isa {
            Isa::Sse41 => name.to_owned(),
            Isa::Avx2 => format!("v{name}"),
        }
    }
    fn copy(&mut self, from: &str, to: &str) {
        let line = format!("{} {from},{to}", self.mnemonic("movdqa"));
        self.emit(line);
    }

    /// A register for a result: a free one, or that of the value whose next read is furthest away,
    /// which is spilled to memory. Values of `in_use` keep their registers.
    fn allocate(&mut self, in_use: &[Value]) -> Result<u32, GenerationError> {
        if let Some(register) = self.free.pop_front() {
            return Ok(register);
        }
        let next = |value: &Value| self.next_read(*value).unwrap_or(usize::MAX / 2);
        // A value that is already in memory costs no store.
        let cost =
            |value: &Value| next(value) + if self.places.contains_key(value) { 8 } else { 0 };
        let spilled = self
            .registers
            .keys()
            .filter(|value| !in_use.contains(value))
            .max_by_key(|value| cost(value));
        let none = || GenerationError(format!("no free register for operation {}", self.now));
        let spilled = *spilled.ok_or_else(none)?;
        let register = self.registers[&spilled];
        if !self.places.contains_key(&spilled) {
            let number = self.free_spill_slots.pop().ok_or_else(none)?;
            let place = Layout::spilled(number);
            self.spill_slots.insert(spilled, number);
            self.places.insert(spilled, place);
            let from = self.name(register);
            self.copy(&from, &place.to_string());
        }
        self.registers.remove(&spilled);
        Ok(register)
    }

    /// The value's register, loaded if it is in memory.
    fn register(&mut self, value: Value, in_use: &[Value]) -> Result<u32, GenerationError> {
        if let Some(register) = self.registers.get(&value) {
            return Ok(*register);
        }
        let place = self.places.get(&value).copied();
        let place = place.ok_or_else(|| missing(value))?;
        let register = self.allocate(in_use)?;
        let to = self.name(register);
        self.copy(&place.to_string(), &to);
        self.registers.insert(value, register);
        Ok(register)
    }

    /// An input that may be read from memory.
    fn input(&mut self, input: Input, in_use: &[Value]) -> Result<String, GenerationError> {
        match input {
            Input::Row(place) => Ok(place.to_string()),
            Input::Value(value) => {
                let soon = self.next_read(value).is_some_and(|at| at < self.now + RELOAD_WINDOW);
                match self.places.get(&value) {
                    Some(place) if !self.registers.contains_key(&value) && !soon => {
                        Ok(place.to_string())
                    }
                    _ => self.register(value, in_use).map(|register| self.name(register)),
                }
            }
            Input::Splat(_) => {
                Err(GenerationError("narrow instructions cannot broadcast a word".to_owned()))
            }
        }
    }

    /// Frees the registers and spill slots of values that are not read again.
    fn release(&mut self, values: &[Value]) {
        for value in values {
            if self.next_read(*value).is_none() {
                self.free.extend(self.registers.remove(value));
                self.places.remove(value);
                // Not before the next operation, because the current one may still read it.
                self.released_spill_slots.extend(self.spill_slots.remove(value));
            }
        }
    }

    fn result(&mut self, op: &Op, register: u32) -> Result<(), GenerationError> {
        let to = op.to.ok_or_else(|| GenerationError("an operation has no result".to_owned()))?;
        self.registers.insert(to, register);
        Ok(())
    }

    fn operation(&mut self, op: &Op) -> Result<(), GenerationError> {
        self.free_spill_slots.append(&mut self.released_spill_slots);
        let values = op.reads();
        match op.kind {
            OpKind::Binary(binary, a, b) => self.binary(op, binary, a, b)?,
            OpKind::Shift(shift, by, Input::Value(a)) => self.shift(op, shift, by, a)?,
            OpKind::Load(Input::Row(place)) => {
                let to = op.to.ok_or_else(|| GenerationError("a load has no result".to_owned()))?;
                self.places.insert(to, place);
            }
            OpKind::Store(value, place) => {
                let register = self.register(value, &values)?;
                let from = self.name(register);
                self.copy(&from, &place.to_string());
                // If the value loses its register, it is read from this place.
                self.places.entry(value).or_insert(place);
                self.release(&values);
            }
            OpKind::Nonces(counter) => {
                let register = self.allocate(&[])?;
                self.nonces(counter, op.width.lanes(), register);
                self.result(op, register)?;
            }
            OpKind::Signs(value, place) => {
                let register = self.register(value, &values)?;
                let line = format!("{} {},%eax", self.mnemonic("movmskps"), self.name(register));
                self.emit(line);
                self.emit(format!("movl %eax,{place}"));
                self.release(&values);
            }
            OpKind::Shift(..) | OpKind::Load(_) | OpKind::Ternary(..) | OpKind::AtMost(..) => {
                return Err(GenerationError(format!("no narrow instruction for {:?}", op.kind)));
            }
        }
        Ok(())
    }

    fn binary(
        &mut self,
        op: &Op,
        binary: Binary,
        mut a: Value,
        mut b: Input,
    ) -> Result<(), GenerationError> {
        let values = op.reads();
        let is_last_read = |writer: &Self, value: Value| writer.next_read(value).is_none();
        if let Input::Value(other) = b
            && commutes(binary)
        {
            // The first input should be in a register and, if possible, not be read again.
            let preference = |writer: &Self, value: Value| {
                (writer.registers.contains_key(&value), is_last_read(writer, value))
            };
            if preference(self, other) > preference(self, a) {
                (a, b) = (other, Input::Value(a));
            }
        }
        let name = self.mnemonic(mnemonic(binary)?);
        if self.isa == Isa::Avx2 {
            let first = self.register(a, &values)?;
            let second = self.input(b, &values)?;
            self.release(&values);
            let to = self.allocate(&[])?;
            let line = format!("{name} {second},{},{}", self.name(first), self.name(to));
            self.emit(line);
            return self.result(op, to);
        }
        let to = self.writable(a, &values)?;
        let second = if b == Input::Value(a) { self.name(to) } else { self.input(b, &values)? };
        let line = format!("{name} {second},{}", self.name(to));
        self.emit(line);
        self.release(&values);
        self.result(op, to)
    }

    /// A register that contains the value and may be overwritten.
    fn writable(&mut self, value: Value, in_use: &[Value]) -> Result<u32, GenerationError> {
        if self.next_read(value).is_none()
            && let Some(register) = self.registers.remove(&value)
        {
            return Ok(register);
        }
        let from = match (self.registers.get(&value), self.places.get(&value)) {
            (Some(register), _) => self.name(*register),
            (None, Some(place)) => place.to_string(),
            (None, None) => return Err(missing(value)),
        };
        let register = self.allocate(in_use)?;
        let to = self.name(register);
        self.copy(&from, &to);
        Ok(register)
    }

    fn shift(&mut self, op: &Op, shift: Shift, by: u32, a: Value) -> Result<(), GenerationError> {
        let name = self.mnemonic(match shift {
            Shift::Right => "psrld",
            Shift::Left => "pslld",
            Shift::Rotate => {
                return Err(GenerationError("narrow vectors have no rotation".to_owned()));
            }
        });
        if self.isa == Isa::Avx2 {
            let from = self.register(a, &[a])?;
            self.release(&[a]);
            let to = self.allocate(&[a])?;
            let line = format!("{name} ${by},{},{}", self.name(from), self.name(to));
            self.emit(line);
            return self.result(op, to);
        }
        let to = self.writable(a, &[a])?;
        let line = format!("{name} ${by},{}", self.name(to));
        self.emit(line);
        self.release(&[a]);
        self.result(op, to)
    }

    fn nonces(&mut self, counter: Place, lanes: usize, to: u32) {
        self.emit(format!("movl {counter},%eax"));
        self.emit(format!("addl ${lanes},{counter}"));
        self.emit("bswapl %eax".to_owned());
        match self.isa {
            Isa::Sse41 => {
                self.emit(format!("movd %eax,%xmm{to}"));
                self.emit(format!("pshufd $0,%xmm{to},%xmm{to}"));
            }
            Isa::Avx2 => {
                self.emit(format!("vmovd %eax,%xmm{to}"));
                self.emit(format!("vpbroadcastd %xmm{to},%ymm{to}"));
            }
        }
    }
}

fn missing(value: Value) -> GenerationError {
    GenerationError(format!("{value:?} is neither in a register nor in memory"))
}

fn commutes(binary: Binary) -> bool {
    matches!(binary, Binary::Add | Binary::Xor | Binary::And | Binary::Min | Binary::Equal)
}

fn mnemonic(binary: Binary) -> Result<&'static str, GenerationError> {
    Ok(match binary {
        Binary::Add => "paddd",
        Binary::Xor => "pxor",
        Binary::And => "pand",
        Binary::Min => "pminud",
        Binary::Equal => "pcmpeqd",
        Binary::ShuffleBytes => "pshufb",
        other => return Err(GenerationError(format!("no narrow instruction for {other:?}"))),
    })
}
