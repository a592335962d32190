//! Builds an iteration of the loop from the slots of three or four nonces, and assigns registers. At
//! the end of an iteration, values are moved to the registers that the next stage expects.

use super::{Line, Order, Part, Slot, VirtualRegister};
use crate::variants::GenerationError;
use std::collections::{BTreeMap, BTreeSet};

/// The registers to assign: xmm1 to xmm15. The rounds take their words from xmm0.
const POOL: std::ops::Range<u32> = 1..16;

/// The lines of an iteration in which a virtual register of one stage holds a value.
struct LiveRange {
    register: VirtualRegister,
    stage: usize,
    from: usize,
    to: usize,
}

/// Lines, each with the stage of its nonce.
type PlacedLines<'a> = Vec<(usize, &'a Line)>;

/// One slot of every nonce.
fn slot<'a>(slots: &[&'a Slot], order: Order) -> PlacedLines<'a> {
    let part = |j: usize, wanted: fn(Part) -> bool| -> PlacedLines<'a> {
        slots[j].iter().filter(|line| wanted(line.part)).map(|line| (j, line)).collect()
    };
    let (rounds, rest) = (|part| part == Part::Rounds, |part| part != Part::Rounds);
    let nonces = 0..slots.len();
    match order {
        Order::RoundsFirst => {
            nonces.flat_map(|j| [part(j, rounds), part(j, rest)].concat()).collect()
        }
        Order::ScheduleFirst => nonces
            .flat_map(|j| {
                let schedule = part(j, |part| part == Part::Schedule);
                [schedule, part(j, rounds), part(j, |part| part == Part::Others)].concat()
            })
            .collect(),
        Order::Interleaved => {
            let mut lines: PlacedLines<'a> = nonces.clone().flat_map(|j| part(j, rounds)).collect();
            let mut others: PlacedLines<'a> = Vec::new();
            let rests: Vec<PlacedLines<'a>> = nonces.map(|j| part(j, rest)).collect();
            let longest = rests.iter().map(Vec::len).max().unwrap_or(0);
            for i in 0..longest {
                others.extend(rests.iter().filter_map(|rest| rest.get(i).copied()));
            }
            lines.extend(others);
            lines
        }
    }
}

/// The instructions of an iteration, and the moves at its end.
pub(super) fn body(
    slots_by_stage: &[Vec<Slot>],
    stage_slots: usize,
    order: Order,
) -> Result<Vec<String>, GenerationError> {
    let mut lines: PlacedLines<'_> = Vec::new();
    for number in 0..stage_slots {
        let slots = slots_by_stage.iter().enumerate();
        let slots: Vec<&Slot> = slots.map(|(j, slots)| &slots[number + j * stage_slots]).collect();
        lines.extend(slot(&slots, order));
    }
    let registers = assign(&ranges(&slots_by_stage[0], &lines, stage_slots), lines.len())?;
    let mut body: Vec<String> = lines.iter().map(|(j, line)| write(line, *j, &registers)).collect();
    let crossing = registers.iter().filter_map(|(&(register, j), &from)| {
        let to = *registers.get(&(register, j + 1))?;
        (from != to).then_some((from, to))
    });
    body.extend(moves(crossing.collect()));
    Ok(body)
}

/// The live ranges of every virtual register in every stage.
fn ranges(slots: &[Slot], lines: &[(usize, &Line)], stage_slots: usize) -> Vec<LiveRange> {
    // The first and last slot of every virtual register.
    let mut spans: BTreeMap<VirtualRegister, (usize, usize)> = BTreeMap::new();
    for (number, slot) in slots.iter().enumerate() {
        for register in slot.iter().flat_map(|line| &line.registers) {
            spans.entry(*register).or_insert((number, number)).1 = number;
        }
    }
    let mut ranges = Vec::new();
    for (&register, &(first, last)) in &spans {
        for j in first / stage_slots..=last / stage_slots {
            let has_it = |(_, (of, line)): &(usize, &(usize, &Line))| {
                *of == j && line.registers.contains(&register)
            };
            let mut here = lines.iter().enumerate().filter(has_it).map(|(at, _)| at);
            let (begins, ends) = (here.next(), here.next_back());
            let begins_here = (first / stage_slots == j).then_some(begins).flatten();
            let ends_here = (last / stage_slots == j).then_some(ends.or(begins)).flatten();
            let (from, to) = (begins_here.unwrap_or(0), ends_here.unwrap_or(lines.len()));
            ranges.push(LiveRange { register, stage: j, from, to });
        }
    }
    // First the ranges that cross the end of an iteration, then the longest.
    let crosses = |range: &LiveRange| range.from == 0 || range.to == lines.len();
    ranges.sort_by_key(|range| {
        (!crosses(range), std::cmp::Reverse(range.to - range.from), range.register, range.stage)
    });
    ranges
}

type Registers = BTreeMap<(VirtualRegister, usize), u32>;

fn assign(ranges: &[LiveRange], lines: usize) -> Result<Registers, GenerationError> {
    let mut taken: BTreeMap<u32, Vec<bool>> = POOL.map(|i| (i, vec![false; lines + 1])).collect();
    let mut registers = Registers::new();
    for range in ranges {
        let LiveRange { register: name, stage, from, to } = *range;
        let span = from..to.max(from + 1);
        // The register in the previous or next stage, which saves a move.
        let neighbours = [stage.checked_sub(1), Some(stage + 1)].into_iter().flatten();
        let preferred = neighbours.filter_map(|j| registers.get(&(name, j)).copied());
        let free =
            preferred.chain(POOL).find(|i| taken[i][span.clone()].iter().all(|taken| !taken));
        let register = free.ok_or_else(|| {
            GenerationError(format!("no free register for {name:?} in stage {stage}"))
        })?;
        if let Some(taken) = taken.get_mut(&register) {
            taken[span].fill(true);
        }
        registers.insert((name, stage), register);
    }
    Ok(registers)
}

fn write(line: &Line, stage: usize, registers: &Registers) -> String {
    let mut text = line.text.clone();
    for (i, name) in line.registers.iter().enumerate() {
        let register = format!("%xmm{}", registers[&(*name, stage)]);
        text = text.replace(&format!("{{{i}}}"), &register);
    }
    text
}

/// Moves that take effect as if simultaneous: a register is written once nothing more is read from
/// it; a cycle goes through xmm0.
fn moves(mut left: Vec<(u32, u32)>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut put = |from: u32, to: u32| lines.push(format!("vmovdqa %xmm{from},%xmm{to}"));
    while let Some(&(first, _)) = left.first() {
        let read: BTreeSet<u32> = left.iter().map(|(from, _)| *from).collect();
        match left.iter().position(|(_, to)| !read.contains(to)) {
            Some(i) => {
                let (from, to) = left.remove(i);
                put(from, to);
            }
            None => {
                put(first, 0);
                for (from, _) in &mut left {
                    if *from == first {
                        *from = 0;
                    }
                }
            }
        }
    }
    lines
}
