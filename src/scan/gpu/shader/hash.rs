//! Writes a WGSL function for the highest word of the double hash of a header with a nonce:
//! straight-line code without the parts that do not depend on the nonce (`scan/prehash.rs`). The
//! counterpart on the CPU is `scan/cpu/lanes.rs`; words and rounds are numbered as in FIPS 180-4.

use crate::pow::{IV, K};
use crate::scan::prehash::{Compression, HEADER_BITS, PADDING, Prehash, Word, sigma0};

/// One line of the function. Words depend only on the nonce, states also on the version.
enum Line {
    Word(String),
    State(String),
}

impl Line {
    fn text(&self) -> &str {
        match self {
            Self::Word(text) | Self::State(text) => text,
        }
    }
}

/// The function that computes the highest 32 bits of the hash for a nonce.
pub(super) fn highest_word() -> String {
    let lines = lines("job");
    let body: String = lines.iter().map(|line| format!("    {}\n", line.text())).collect();
    format!("fn highest_word(nonce: u32) -> u32 {{\n{body}    return {HIGHEST};\n}}\n\n")
}

/// The function that compares the hashes of every version with the target for a nonce: the words are
/// computed once, the states in a loop.
pub(super) fn try_nonce() -> String {
    let lines = lines("own");
    let (words, states): (Vec<&Line>, Vec<&Line>) =
        lines.iter().partition(|line| matches!(line, Line::Word(_)));
    let indented = |lines: Vec<&Line>, by: &str| -> String {
        lines.iter().map(|line| format!("{by}{}\n", line.text())).collect()
    };
    let (words, states) = (indented(words, "    "), indented(states, "        "));
    format!(
        "fn try_nonce(nonce: u32) {{\n\
         {words}\
         \x20   for (var version = 0u; version < VERSIONS; version++) {{\n\
         \x20       let own = job.versions[version];\n\
         {states}\
         \x20       let highest = {HIGHEST};\n\
         \x20       if highest <= job.bound {{\n\
         \x20           report(version, nonce);\n\
         \x20       }}\n\
         \x20   }}\n\
         }}\n\n"
    )
}

/// E of round 60 moves unchanged to H, the digest's last word, in three more rounds. As a number, the
/// hash's bytes are reversed.
const HIGHEST: &str = "swap_bytes(add(s.e, 0x5be0cd19u))";
const _: () = assert!(IV[7] == 0x5be0_cd19);

/// The lines of both hashes; `own` is the variable with the midstate and the state before the first
/// round.
fn lines(own: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    // The first hash's second block. As a SHA-256 word the little-endian nonce is byte-swapped; it is
    // added to A and E.
    lines.push(Line::Word("let w3 = swap_bytes(nonce);".to_owned()));
    let state = |i: usize| format!("{own}.{}", in_vectors("state", i));
    lines.push(Line::State(format!("var s = {};", begin("w3", state))));
    let kw = |t: usize| match t {
        16 | 17 => format!("{} + job.w{t}", round_constant(t)),
        4 => literal(K[t].wrapping_add(PADDING)),
        15 => literal(K[t].wrapping_add(HEADER_BITS)),
        _ => round_constant(t),
    };
    rounds(&mut lines, Compression::First, Line::Word, constant_of_first, kw);

    // The second hash, of the first hash and its padding.
    for (i, register) in ["a", "b", "c", "d", "e", "f", "g", "h"].into_iter().enumerate() {
        let midstate = in_vectors("midstate", i);
        lines.push(Line::State(format!("let v{i} = add(s.{register}, {own}.{midstate});")));
    }
    let Prehash { kw, part, state } = Prehash::second();
    lines.push(Line::State(format!("s = {};", begin("v0", |i| literal(state[i])))));
    rounds(
        &mut lines,
        Compression::Second,
        Line::State,
        |t| part.get(t - 16).filter(|part| **part != 0).map(|part| literal(*part)),
        |t| literal(kw[t]),
    );
    lines
}

/// The rounds of a compression that are done for each nonce, each preceded by its schedule word as a
/// line of the given `kind`. `constant` gives the constant term of a varying word, `kw` the round
/// constant plus a word that does not vary.
fn rounds(
    lines: &mut Vec<Line>,
    which: Compression,
    kind: fn(String) -> Line,
    constant: impl Fn(usize) -> Option<String>,
    kw: impl Fn(usize) -> String,
) {
    let varies = |t: usize| which.word(t) == Word::Varies;
    let name = |t: usize| match which {
        Compression::First => format!("w{t}"),
        Compression::Second => format!("v{t}"),
    };
    for t in which.first_round()..=which.last_round() {
        if t >= 16 && varies(t) {
            let terms = [
                varies(t - 2).then(|| format!("sigma1({})", name(t - 2))),
                varies(t - 7).then(|| name(t - 7)),
                varies(t - 15).then(|| format!("sigma0({})", name(t - 15))),
                varies(t - 16).then(|| name(t - 16)),
                constant(t),
            ];
            let terms: Vec<String> = terms.into_iter().flatten().collect();
            lines.push(kind(format!("let {} = {};", name(t), sum(&terms))));
        }
        let kw = if varies(t) { sum(&[name(t), round_constant(t)]) } else { kw(t) };
        lines.push(Line::State(format!("s = sha_round(s, {kw});")));
    }
}

/// The constant term of a varying word of the first compression; from the job if it depends on the
/// header.
fn constant_of_first(t: usize) -> Option<String> {
    match t {
        18 | 19 | 31 | 32 => Some(format!("job.part{t}")),
        // Words 4 and 15 are the padding, 16 and 17 constants of the job.
        20 => Some(literal(PADDING)),
        22 => Some(literal(HEADER_BITS)),
        23 => Some("job.w16".to_owned()),
        24 | 33 => Some("job.w17".to_owned()),
        30 => Some(literal(sigma0(HEADER_BITS))),
        _ => None,
    }
}

/// A state of words from A to H, with `entering` added to A and E.
fn begin(entering: &str, word: impl Fn(usize) -> String) -> String {
    let words: Vec<String> = (0..8)
        .map(|i| if i % 4 == 0 { sum(&[entering.to_owned(), word(i)]) } else { word(i) })
        .collect();
    format!("State({})", words.join(", "))
}

/// Word `i` of eight in two vectors of four.
fn in_vectors(name: &str, i: usize) -> String {
    let (half, member) = (["abcd", "efgh"][i / 4], ["x", "y", "z", "w"][i % 4]);
    format!("{name}_{half}.{member}")
}

fn round_constant(t: usize) -> String {
    literal(K[t])
}

fn literal(word: u32) -> String {
    format!("{word:#010x}u")
}

/// The sum of the terms, from left to right.
fn sum(terms: &[String]) -> String {
    let added = |sum: String, term: &String| format!("add({sum}, {term})");
    match terms {
        [] => literal(0),
        [first, rest @ ..] => rest.iter().fold(first.clone(), added),
    }
}
