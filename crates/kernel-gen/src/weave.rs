//! Merges independent chains into one instruction order. A core looks only some hundred
//! instructions ahead, so operations that should run in parallel must be close together.

use crate::code::Op;
use hashwatt::scan::internals::SplitMix64 as Random;

/// Merges chains so that all have progressed by the same fraction at every point. Each chain is
/// split into chunks of `chunk` operations, which stay together. A `seed` other than 0 moves chunks
/// by small random distances.
pub(crate) fn merge(chains: &[&[Op]], chunk: usize, seed: u64) -> Vec<Op> {
    let mut random = Random::new(seed);
    let mut order: Vec<(f64, usize, &[Op])> = Vec::new();
    for (number, ops) in chains.iter().enumerate() {
        let chunks = ops.chunks(chunk.max(1));
        let count = chunks.len() as f64;
        let mut position = 0.0f64;
        for (i, ops) in chunks.enumerate() {
            let shift = if seed == 0 { 0.0 } else { random.uniform() * 12.0 - 6.0 };
            // The order within a chain is preserved.
            position = position.max((i as f64 + 0.5 + shift) / count);
            order.push((position, number, ops));
        }
    }
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    order.into_iter().flat_map(|(_, _, ops)| ops.iter().copied()).collect()
}

/// Spreads the instructions of operations evenly over the steps of the streams, with `nops` empty
/// instructions inside each step: on Zen 4 one prevents the streams from taking issue slots that the
/// vectors need.
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
