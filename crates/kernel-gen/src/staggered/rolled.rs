//! A loop's iteration from the slots of three nonces or four, and its registers: what a nonce keeps from one
//! leg of its way to the next is moved where the next leg expects it.

use super::{Line, Name, Order, Part, Slot};
use crate::variants::Unwritable;
use std::collections::{BTreeMap, BTreeSet};

/// Registers for names: xmm1 to xmm15. The rounds take their words from xmm0.
const POOL: std::ops::Range<u32> = 1..16;

/// A name in one leg of the way: the lines of the iteration in which it has its register.
struct Piece {
    name: Name,
    leg: usize,
    from: usize,
    to: usize,
}

/// Lines of the nonces in their legs.
type Placed<'a> = Vec<(usize, &'a Line)>;

/// One slot of every nonce.
fn slot<'a>(of: &[&'a Slot], order: Order) -> Placed<'a> {
    let part = |j: usize, wanted: fn(Part) -> bool| -> Placed<'a> {
        of[j].iter().filter(|line| wanted(line.part)).map(|line| (j, line)).collect()
    };
    let (rounds, rest) = (|part| part == Part::Rounds, |part| part != Part::Rounds);
    let nonces = 0..of.len();
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
        Order::Turns => {
            let mut lines: Placed<'a> = nonces.clone().flat_map(|j| part(j, rounds)).collect();
            let mut turns: Placed<'a> = Vec::new();
            let rests: Vec<Placed<'a>> = nonces.map(|j| part(j, rest)).collect();
            let longest = rests.iter().map(Vec::len).max().unwrap_or(0);
            for turn in 0..longest {
                turns.extend(rests.iter().filter_map(|rest| rest.get(turn).copied()));
            }
            lines.extend(turns);
            lines
        }
    }
}

/// The iteration, and the moves at its end.
pub(super) fn body(
    ways: &[Vec<Slot>],
    leg: usize,
    order: Order,
) -> Result<Vec<String>, Unwritable> {
    let mut lines: Placed<'_> = Vec::new();
    for number in 0..leg {
        let of: Vec<&Slot> =
            ways.iter().enumerate().map(|(j, way)| &way[number + j * leg]).collect();
        lines.extend(slot(&of, order));
    }
    let registers = assign(&pieces(&ways[0], &lines, leg), lines.len())?;
    let mut body: Vec<String> = lines.iter().map(|(j, line)| write(line, *j, &registers)).collect();
    let crossing = registers.iter().filter_map(|(&(name, j), &from)| {
        let to = *registers.get(&(name, j + 1))?;
        (from != to).then_some((from, to))
    });
    body.extend(moves(crossing.collect()));
    Ok(body)
}

/// Of every name in every leg.
fn pieces(way: &[Slot], lines: &[(usize, &Line)], leg: usize) -> Vec<Piece> {
    // The first and last slot of every name.
    let mut spans: BTreeMap<Name, (usize, usize)> = BTreeMap::new();
    for (number, slot) in way.iter().enumerate() {
        for name in slot.iter().flat_map(|line| &line.names) {
            spans.entry(*name).or_insert((number, number)).1 = number;
        }
    }
    let mut pieces = Vec::new();
    for (&name, &(first, last)) in &spans {
        for j in first / leg..=last / leg {
            let has_it =
                |(_, (of, line)): &(usize, &(usize, &Line))| *of == j && line.names.contains(&name);
            let mut here = lines.iter().enumerate().filter(has_it).map(|(at, _)| at);
            let (begins, ends) = (here.next(), here.next_back());
            let begins_here = (first / leg == j).then_some(begins).flatten();
            let ends_here = (last / leg == j).then_some(ends.or(begins)).flatten();
            let (from, to) = (begins_here.unwrap_or(0), ends_here.unwrap_or(lines.len()));
            pieces.push(Piece { name, leg: j, from, to });
        }
    }
    // What crosses an iteration's end first, then the longest.
    let crosses = |piece: &Piece| piece.from == 0 || piece.to == lines.len();
    pieces.sort_by_key(|piece| {
        (!crosses(piece), std::cmp::Reverse(piece.to - piece.from), piece.name, piece.leg)
    });
    pieces
}

type Registers = BTreeMap<(Name, usize), u32>;

fn assign(pieces: &[Piece], of: usize) -> Result<Registers, Unwritable> {
    let mut taken: BTreeMap<u32, Vec<bool>> = POOL.map(|i| (i, vec![false; of + 1])).collect();
    let mut registers = Registers::new();
    for piece in pieces {
        let Piece { name, leg, from, to } = *piece;
        let span = from..to.max(from + 1);
        // Where it was or will be, which saves a move.
        let neighbours = [leg.checked_sub(1), Some(leg + 1)].into_iter().flatten();
        let liked = neighbours.filter_map(|j| registers.get(&(name, j)).copied());
        let free = liked.chain(POOL).find(|i| taken[i][span.clone()].iter().all(|taken| !taken));
        let register = free
            .ok_or_else(|| Unwritable(format!("{name:?} finds no free register in leg {leg}")))?;
        if let Some(taken) = taken.get_mut(&register) {
            taken[span].fill(true);
        }
        registers.insert((name, leg), register);
    }
    Ok(registers)
}

fn write(line: &Line, leg: usize, registers: &Registers) -> String {
    let mut text = line.text.clone();
    for (i, name) in line.names.iter().enumerate() {
        let register = format!("%xmm{}", registers[&(*name, leg)]);
        text = text.replace(&format!("{{{i}}}"), &register);
    }
    text
}

/// All at once: a register is written when nothing has to be read from it any more; a circle goes
/// through xmm0.
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
