//! The work of the integer registers: the terms that a nonce adds to its first words, the last
//! rounds, and the comparison with the target.

use super::{at, shared};
use hashwatt::scan::internals::{IV, K, Shared, Staggered, Stream};
use std::mem::offset_of;

/// The operand of a field's lane in the page of a nonce.
fn lane(page: &str, field: usize, lane: usize) -> String {
    at(page, field + 4 * lane)
}

/// Computes what the next nonce of this page adds to words 18 and 19 and to the state, in three parts.
/// That nonce is the counter (the nonce that enters in this iteration) plus `ahead`.
pub(super) fn nonce(page: &str, ahead: usize) -> [Vec<String>; 3] {
    let nonce = [format!("leal {ahead}(%r9),%eax"), "bswapl %eax".to_owned()];
    let word = |i: usize| lane(page, offset_of!(Stream, w16), 2 + i);
    let kw = |i: usize| lane(page, offset_of!(Stream, kw18), i);
    let part = |i: usize| shared(offset_of!(Shared, part18) + 4 * i);
    let entering = |i: usize| shared(offset_of!(Shared, entering) + 4 * i);
    let begin = |i: usize| lane(page, offset_of!(Stream, begin), i);
    let word_19 = vec![
        format!("movl {},%r8d", part(1)),
        "addl %eax,%r8d".to_owned(),
        format!("movl %r8d,{}", word(1)),
        format!("addl ${},%r8d", K[19].cast_signed()),
        format!("movl %r8d,{}", kw(1)),
    ];
    // sigma0 of the nonce.
    let word_18 = vec![
        "rorxl $11,%eax,%r8d".to_owned(),
        "xorl %eax,%r8d".to_owned(),
        "rorl $7,%r8d".to_owned(),
        "shrl $3,%eax".to_owned(),
        "xorl %eax,%r8d".to_owned(),
        format!("addl {},%r8d", part(0)),
        format!("movl %r8d,{}", word(0)),
        format!("addl ${},%r8d", K[18].cast_signed()),
        format!("movl %r8d,{}", kw(0)),
    ];
    // The row is FEBA.
    let state = vec![
        format!("movl {},%r8d", entering(1)),
        "addl %eax,%r8d".to_owned(),
        format!("movl %r8d,{}", begin(3)),
        format!("addl {},%eax", entering(0)),
        format!("movl %eax,{}", begin(1)),
    ];
    [word_19, word_18, state].map(|rest| [&nonce[..], &rest].concat())
}

/// For the nonce that had this page before: word 60, the rounds from the last of the SHA instructions
/// up to round 60, and the comparison with the target.
pub(super) fn last_rounds(page: &str, rounds: usize) -> Vec<String> {
    let word = |t: usize| lane(page, offset_of!(Stream, words) + 16 * (t / 4 - 4), t % 4);
    let last = 60 - rounds;
    let state = |row: usize, i: usize| lane(page, offset_of!(Stream, last) + 16 * row, i);
    // From the lowest lane up the rows are FEBA and HGDC.
    let mut e = vec![state(1, 0), state(1, 1), state(0, 0), state(0, 1)];
    let a = [state(1, 2), state(1, 3), state(0, 2)];

    let mut lines = vec![
        format!("movl {},%r14d", word(58)),
        "rorxl $17,%r14d,%r13d".to_owned(),
        "rorxl $19,%r14d,%r11d".to_owned(),
        "shrl $10,%r14d".to_owned(),
        "xorl %r11d,%r13d".to_owned(),
        "xorl %r14d,%r13d".to_owned(),
        format!("movl {},%r14d", word(45)),
        format!("addl {},%r13d", word(53)),
        "rorxl $7,%r14d,%r11d".to_owned(),
        "rorxl $18,%r14d,%r15d".to_owned(),
        "shrl $3,%r14d".to_owned(),
        "xorl %r15d,%r11d".to_owned(),
        "xorl %r14d,%r11d".to_owned(),
        format!("addl {},%r13d", word(44)),
        "addl %r11d,%r13d".to_owned(),
        // E after the last round of the SHA instructions.
        format!("movl {},%r10d", e[3]),
    ];
    e[3] = "%r10d".to_owned();
    let scratch = at(page, offset_of!(Stream, scratch));
    if rounds > 1 {
        lines.push(format!("movl %r13d,{scratch}"));
    }
    for (t, a) in (last + 1..=60).zip(a) {
        let [h, g, f, x] = [4, 3, 2, 1].map(|back| e[e.len() - back].clone());
        // A register can be reused after Ch has read it.
        let (sum, word, constant) = match t {
            58 => ("%r11d", Some(word(58)), K[58]),
            59 => ("%r13d", Some(word(59)), K[59]),
            _ if rounds > 1 => ("%r10d", Some(scratch.clone()), K[60].wrapping_add(IV[7])),
            _ => ("%r13d", None, K[60].wrapping_add(IV[7])),
        };
        lines.extend([
            // Sigma1 by nested rotations.
            format!("rorxl $14,{x},%r14d"),
            format!("movl {f},%r15d"),
            format!("xorl {x},%r14d"),
            format!("xorl {g},%r15d"),
            "rorl $5,%r14d".to_owned(),
            format!("andl {x},%r15d"),
            format!("xorl {x},%r14d"),
            format!("xorl {g},%r15d"),
            "rorl $6,%r14d".to_owned(),
        ]);
        lines.extend(word.map(|word| format!("movl {word},{sum}")));
        lines.extend([
            format!("addl ${},{sum}", constant.cast_signed()),
            format!("addl {h},{sum}"),
            format!("addl {a},{sum}"),
            format!("addl %r15d,{sum}"),
            format!("addl %r14d,{sum}"),
        ]);
        e.push(sum.to_owned());
    }
    let hash_word = &e[e.len() - 1];
    lines.push(format!("bswapl {hash_word}"));
    let bound = shared(offset_of!(Shared, bound));
    lines.push(format!("cmpl {bound},{hash_word}\njbe 3f\n4:"));
    lines
}

/// Records a candidate, the counter minus `back`, outside the main path of the loop.
pub(super) fn found(back: usize) -> Vec<String> {
    let count = shared(offset_of!(Staggered, found));
    let candidates = offset_of!(Staggered, candidates) - super::MIDDLE;
    vec![
        "3:".to_owned(),
        format!("movl {count},%eax"),
        format!("leal -{back}(%r9),%r8d"),
        format!("movl %r8d,{candidates}(%rdi,%rax,4)"),
        format!("incl {count}"),
        "jmp 4b".to_owned(),
    ]
}
