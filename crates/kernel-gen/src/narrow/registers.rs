//! Gives values one of sixteen registers, or a place in memory where there are too few, and writes
//! the instructions down. A value that stands in memory anyway is read from there.

use super::Isa;
use crate::code::{Binary, Input, Op, Place, Shift, Value, What};
use crate::layout::Layout;
use crate::variants::Unwritable;
use hashwatt::scan::internals::SPILLED;
use std::collections::{BTreeMap, VecDeque};

const REGISTERS: u32 = 16;

/// A value in memory that is read within so many operations again is loaded for all of them.
const SOON: usize = 24;

/// The instructions for `ops`.
pub(super) fn write(ops: &[Op], isa: Isa) -> Result<Vec<String>, Unwritable> {
    let mut reads: BTreeMap<Value, VecDeque<usize>> = BTreeMap::new();
    for (at, op) in ops.iter().enumerate() {
        for value in op.reads() {
            reads.entry(value).or_default().push_back(at);
        }
    }
    let mut writer = Writer {
        isa,
        free: (0..REGISTERS).collect(),
        held: BTreeMap::new(),
        homes: BTreeMap::new(),
        free_homes: (0..SPILLED).rev().collect(),
        own_homes: BTreeMap::new(),
        left_homes: Vec::new(),
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

struct Writer {
    isa: Isa,
    free: VecDeque<u32>,
    held: BTreeMap<Value, u32>,
    /// Where values stand in memory.
    homes: BTreeMap<Value, Place>,
    /// Numbers of places for values that have none.
    free_homes: Vec<usize>,
    own_homes: BTreeMap<Value, usize>,
    /// Those that are free from the next operation on.
    left_homes: Vec<usize>,
    /// The operations that read a value, those before this one taken away.
    reads: BTreeMap<Value, VecDeque<usize>>,
    now: usize,
    lines: Vec<String>,
}

impl Writer {
    fn put(&mut self, line: String) {
        self.lines.push(line);
    }
    /// The operation that reads the value next, after this one.
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
        self.put(line);
    }

    /// A register for a result: a free one, or that of the value that is read last of all, which
    /// then stands in memory. Those of `kept` stay.
    fn take(&mut self, kept: &[Value]) -> Result<u32, Unwritable> {
        if let Some(register) = self.free.pop_front() {
            return Ok(register);
        }
        let next = |value: &Value| self.next_read(*value).unwrap_or(usize::MAX / 2);
        // One that stands in memory already costs no store.
        let cost = |value: &Value| next(value) + if self.homes.contains_key(value) { 8 } else { 0 };
        let out =
            self.held.keys().filter(|value| !kept.contains(value)).max_by_key(|value| cost(value));
        let none = || Unwritable(format!("operation {} finds no free register", self.now));
        let out = *out.ok_or_else(none)?;
        let register = self.held[&out];
        if !self.homes.contains_key(&out) {
            let number = self.free_homes.pop().ok_or_else(none)?;
            let place = Layout::spilled(number);
            self.own_homes.insert(out, number);
            self.homes.insert(out, place);
            let from = self.name(register);
            self.copy(&from, &place.to_string());
        }
        self.held.remove(&out);
        Ok(register)
    }

    /// The value's register, loaded if it is in memory.
    fn register(&mut self, value: Value, kept: &[Value]) -> Result<u32, Unwritable> {
        if let Some(register) = self.held.get(&value) {
            return Ok(*register);
        }
        let home = self.homes.get(&value).copied();
        let home = home.ok_or_else(|| Unwritable(format!("{value:?} is nowhere")))?;
        let register = self.take(kept)?;
        let to = self.name(register);
        self.copy(&home.to_string(), &to);
        self.held.insert(value, register);
        Ok(register)
    }

    /// An input that may be read from memory.
    fn input(&mut self, input: Input, kept: &[Value]) -> Result<String, Unwritable> {
        match input {
            Input::Row(place) => Ok(place.to_string()),
            Input::Value(value) => {
                let soon = self.next_read(value).is_some_and(|at| at < self.now + SOON);
                match self.homes.get(&value) {
                    Some(home) if !self.held.contains_key(&value) && !soon => Ok(home.to_string()),
                    _ => self.register(value, kept).map(|register| self.name(register)),
                }
            }
            Input::Splat(_) => Err(Unwritable("no narrow instruction reads one word".to_owned())),
        }
    }

    /// Gives up what is read here for the last time.
    fn done_with(&mut self, values: &[Value]) {
        for value in values {
            if self.next_read(*value).is_none() {
                self.free.extend(self.held.remove(value));
                self.homes.remove(value);
                // Not before the next operation: this one may still read it.
                self.left_homes.extend(self.own_homes.remove(value));
            }
        }
    }

    fn result(&mut self, op: &Op, register: u32) -> Result<(), Unwritable> {
        let to = op.to.ok_or_else(|| Unwritable("an operation without a result".to_owned()))?;
        self.held.insert(to, register);
        Ok(())
    }

    fn operation(&mut self, op: &Op) -> Result<(), Unwritable> {
        self.free_homes.append(&mut self.left_homes);
        let values = op.reads();
        match op.what {
            What::Binary(binary, a, b) => self.binary(op, binary, a, b)?,
            What::Shift(shift, by, Input::Value(a)) => self.shift(op, shift, by, a)?,
            What::Load(Input::Row(place)) => {
                let to = op.to.ok_or_else(|| Unwritable("a load of nothing".to_owned()))?;
                self.homes.insert(to, place);
            }
            What::Store(value, place) => {
                let register = self.register(value, &values)?;
                let from = self.name(register);
                self.copy(&from, &place.to_string());
                // Read from there, should it lose its register.
                self.homes.entry(value).or_insert(place);
                self.done_with(&values);
            }
            What::Nonces(counter) => {
                let register = self.take(&[])?;
                self.nonces(counter, op.width.lanes(), register);
                self.result(op, register)?;
            }
            What::Signs(value, place) => {
                let register = self.register(value, &values)?;
                let line = format!("{} {},%eax", self.mnemonic("movmskps"), self.name(register));
                self.put(line);
                self.put(format!("movl %eax,{place}"));
                self.done_with(&values);
            }
            What::Shift(..) | What::Load(_) | What::Ternary(..) | What::AtMost(..) => {
                return Err(Unwritable(format!("no narrow instruction: {:?}", op.what)));
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
    ) -> Result<(), Unwritable> {
        let values = op.reads();
        let dies = |writer: &Self, value: Value| writer.next_read(value).is_none();
        if let Input::Value(other) = b
            && commutes(binary)
        {
            // What comes first is in a register and, best, is done with.
            let worth = |writer: &Self, value: Value| {
                (writer.held.contains_key(&value), dies(writer, value))
            };
            if worth(self, other) > worth(self, a) {
                (a, b) = (other, Input::Value(a));
            }
        }
        let name = self.mnemonic(mnemonic(binary)?);
        if self.isa == Isa::Avx2 {
            let first = self.register(a, &values)?;
            let second = self.input(b, &values)?;
            self.done_with(&values);
            let to = self.take(&[])?;
            let line = format!("{name} {second},{},{}", self.name(first), self.name(to));
            self.put(line);
            return self.result(op, to);
        }
        let to = self.changed(a, &values)?;
        let second = if b == Input::Value(a) { self.name(to) } else { self.input(b, &values)? };
        let line = format!("{name} {second},{}", self.name(to));
        self.put(line);
        self.done_with(&values);
        self.result(op, to)
    }

    /// A register with the value in it that may be changed.
    fn changed(&mut self, value: Value, kept: &[Value]) -> Result<u32, Unwritable> {
        if self.next_read(value).is_none()
            && let Some(register) = self.held.remove(&value)
        {
            return Ok(register);
        }
        let from = match (self.held.get(&value), self.homes.get(&value)) {
            (Some(register), _) => self.name(*register),
            (None, Some(home)) => home.to_string(),
            (None, None) => return Err(Unwritable(format!("{value:?} is nowhere"))),
        };
        let register = self.take(kept)?;
        let to = self.name(register);
        self.copy(&from, &to);
        Ok(register)
    }

    fn shift(&mut self, op: &Op, shift: Shift, by: u32, a: Value) -> Result<(), Unwritable> {
        let name = self.mnemonic(match shift {
            Shift::Right => "psrld",
            Shift::Left => "pslld",
            Shift::Rotate => return Err(Unwritable("no narrow rotation".to_owned())),
        });
        if self.isa == Isa::Avx2 {
            let from = self.register(a, &[a])?;
            self.done_with(&[a]);
            let to = self.take(&[a])?;
            let line = format!("{name} ${by},{},{}", self.name(from), self.name(to));
            self.put(line);
            return self.result(op, to);
        }
        let to = self.changed(a, &[a])?;
        let line = format!("{name} ${by},{}", self.name(to));
        self.put(line);
        self.done_with(&[a]);
        self.result(op, to)
    }

    fn nonces(&mut self, counter: Place, lanes: usize, to: u32) {
        self.put(format!("movl {counter},%eax"));
        self.put(format!("addl ${lanes},{counter}"));
        self.put("bswapl %eax".to_owned());
        match self.isa {
            Isa::Sse41 => {
                self.put(format!("movd %eax,%xmm{to}"));
                self.put(format!("pshufd $0,%xmm{to},%xmm{to}"));
            }
            Isa::Avx2 => {
                self.put(format!("vmovd %eax,%xmm{to}"));
                self.put(format!("vpbroadcastd %xmm{to},%ymm{to}"));
            }
        }
    }
}

fn commutes(binary: Binary) -> bool {
    matches!(binary, Binary::Add | Binary::Xor | Binary::And | Binary::Least | Binary::Equal)
}

fn mnemonic(binary: Binary) -> Result<&'static str, Unwritable> {
    Ok(match binary {
        Binary::Add => "paddd",
        Binary::Xor => "pxor",
        Binary::And => "pand",
        Binary::Least => "pminud",
        Binary::Equal => "pcmpeqd",
        Binary::Bytes => "pshufb",
        other => return Err(Unwritable(format!("no narrow instruction: {other:?}"))),
    })
}
