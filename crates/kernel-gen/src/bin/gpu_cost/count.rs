//! Counts the executed instructions of AMD GPU assembly by kind.

use std::collections::BTreeMap;
use std::ops::Range;

/// Kinds of vector instructions, with the prefixes of their names. The last kind has all others.
pub const KINDS: [(&str, &[&str]); 14] = [
    ("shift", &["v_lshlrev", "v_lshrrev", "v_ashrrev"]),
    ("lshl_or", &["v_lshl_or"]),
    ("alignbit", &["v_alignbit", "v_alignbyte"]),
    ("add3", &["v_add3"]),
    ("add", &["v_add_nc", "v_add_u", "v_add_co", "v_sub_"]),
    ("lshl_add", &["v_lshl_add", "v_add_lshl"]),
    ("xad", &["v_xad"]),
    ("xor3", &["v_xor3"]),
    ("logic", &["v_and_b", "v_or_b", "v_xor_b", "v_not_b", "v_xnor_b", "v_or3"]),
    ("bfi", &["v_bfi"]),
    ("and_or", &["v_and_or"]),
    ("mul", &["v_mul_"]),
    ("mad", &["v_mad_"]),
    ("other", &["v_"]),
];

/// The number of executed instructions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts {
    /// All instructions.
    pub total: u64,
    /// Instructions of the vector units, in the order of [`KINDS`].
    pub kinds: [u64; KINDS.len()],
}

impl Counts {
    /// All instructions of the vector units.
    pub fn vector(&self) -> u64 {
        self.kinds.iter().sum()
    }

    /// Counts the instructions of RADV's assembly text. `trips` has the iterations of each loop,
    /// outermost first. Instructions that a branch may skip are counted as executed.
    ///
    /// # Errors
    /// If the number of loops is neither 0 nor the length of `trips`: their iterations are unknown.
    pub fn from_assembly(assembly: &str, trips: &[u64]) -> Result<Self, String> {
        let lines: Vec<&str> = assembly.lines().collect();
        let loops = loops(&lines);
        if !loops.is_empty() && loops.len() != trips.len() {
            return Err(format!("{} loops, expected {}", loops.len(), trips.len()));
        }
        let mut counts = Self::default();
        for (i, line) in lines.iter().enumerate() {
            let Some(name) = instruction(line) else { continue };
            let enclosing = loops.iter().zip(trips).filter(|(range, _)| range.contains(&i));
            let times: u64 = enclosing.map(|(_, trips)| trips).product();
            counts.total += times;
            let matches =
                |(_, prefixes): &(_, &[&str])| prefixes.iter().any(|s| name.starts_with(s));
            if let Some(kind) = KINDS.iter().position(matches) {
                counts.kinds[kind] += times;
            }
        }
        Ok(counts)
    }
}

/// The lines of each loop, outermost first: from a label to the last branch back to it.
fn loops(lines: &[&str]) -> Vec<Range<usize>> {
    let mut labels = BTreeMap::new();
    let mut loops: BTreeMap<usize, usize> = BTreeMap::new();
    for (i, line) in lines.iter().enumerate() {
        if let Some(label) = line.strip_suffix(':') {
            labels.insert(label, i);
        } else if instruction(line).is_some_and(|name| name.contains("branch"))
            && let Some(begin) = line.split_whitespace().nth(1).and_then(|to| labels.get(to))
        {
            loops.insert(*begin, i + 1);
        }
    }
    loops.into_iter().map(|(begin, end)| begin..end).collect()
}

/// The name of the instruction on a line, if it has one.
fn instruction(line: &str) -> Option<&str> {
    line.starts_with('\t').then(|| line.split_whitespace().next()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASSEMBLY: &str = "BB0:\n\
        \ts_mov_b32 s0, 0 ; 00\n\
        \tv_mov_b32_e32 v0, 0 ; 00\n\
        BB1:\n\
        \ts_cbranch_scc1 BB9 ; 00\n\
        \tv_lshrrev_b32_e32 v1, 7, v0 ; 00\n\
        BB2:\n\
        \tv_lshl_or_b32 v1, v0, 25, v1 ; 00\n\
        \tv_xor_b32_sdwa v1, v0, v1 ; 00\n\
        \ts_branch BB2 ; 00\n\
        BB3:\n\
        \tv_and_or_b32 v1, v0, v1, v1 ; 00\n\
        \ts_cbranch_scc0 BB1 ; 00\n\
        BB9:\n\
        \ts_endpgm ; 00\n";

    fn kind(counts: &Counts, name: &str) -> u64 {
        counts.kinds[KINDS.iter().position(|(kind, _)| *kind == name).unwrap()]
    }

    #[test]
    fn instructions_in_loops_are_counted_per_iteration() {
        let counts = Counts::from_assembly(ASSEMBLY, &[2, 3]).unwrap();
        // 3 outside, 4 in the outer loop alone, 3 in the inner one.
        assert_eq!(counts.total, 3 + 4 * 2 + 3 * 6);
        let found = ["shift", "lshl_or", "logic", "and_or", "other", "add"];
        assert_eq!(found.map(|name| kind(&counts, name)), [2, 6, 6, 2, 1, 0]);
        assert_eq!(counts.vector(), 17);
    }

    #[test]
    fn unexpected_loop_count_is_refused_and_unrolled_loops_are_accepted() {
        assert_eq!(Counts::from_assembly(ASSEMBLY, &[2]), Err("2 loops, expected 1".to_owned()));
        let straight = "BB0:\n\tv_add3_u32 v0, v0, v0, v0 ; 00\n\ts_endpgm ; 00\n";
        let counts = Counts::from_assembly(straight, &[4]).unwrap();
        assert_eq!((counts.total, kind(&counts, "add3")), (2, 1));
    }
}
