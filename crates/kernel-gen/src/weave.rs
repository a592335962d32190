//! Weaves chains that do not depend on each other into one order: the core looks only some
//! hundred instructions ahead, so what is to run side by side must stand side by side.

use crate::code::Op;
use hashwatt::scan::internals::SplitMix64 as Random;

/// Merges chains so that each is done by the same part at every point; `chunk` operations of a
/// chain stay together. `seed` shifts chunks a little from their places; 0 leaves them.
pub(crate) fn merge(chains: &[&[Op]], chunk: usize, seed: u64) -> Vec<Op> {
    let mut random = Random::new(seed);
    let mut order: Vec<(f64, usize, &[Op])> = Vec::new();
    for (number, ops) in chains.iter().enumerate() {
        let chunks = ops.chunks(chunk.max(1));
        let of = chunks.len() as f64;
        let mut before = 0.0f64;
        for (i, ops) in chunks.enumerate() {
            let shift = if seed == 0 { 0.0 } else { random.uniform() * 12.0 - 6.0 };
            // A chain's own order stays.
            before = before.max((i as f64 + 0.5 + shift) / of);
            order.push((before, number, ops));
        }
    }
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    order.into_iter().flat_map(|(_, _, ops)| ops.iter().copied()).collect()
}

/// Spreads the instructions of operations evenly over the steps of the streams, with `nops`
/// inside each step: on Zen 4 one keeps the streams from taking the vectors' places.
pub(crate) fn spread(steps: &[Vec<String>], ops: &[Vec<String>], nops: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut done = 0;
    for (i, step) in steps.iter().enumerate() {
        let (first, rest) = step.split_at(1);
        lines.extend_from_slice(first);
        lines.extend(std::iter::repeat_n("nop".to_owned(), nops));
        lines.extend_from_slice(rest);
        let until = (i + 1) * ops.len() / steps.len();
        lines.extend(ops[done..until].iter().flatten().cloned());
        done = until;
    }
    lines
}
