//! Compares the operations of a double hash in the library's port model with those in the generator's
//! output.

use hashwatt::scan::internals::{
    DOUBLED, OPERATIONS, Operations, STAGGERED_OPERATIONS, STREAM_OPERATIONS, STREAMED_PAIRS,
    StaggeredOperations, Streamed,
};
use hashwatt_kernel_gen::SHIPPED;

fn instructions(name: &str) -> Vec<String> {
    let variant = SHIPPED.iter().find(|variant| variant.name == name).unwrap();
    variant.assembly().unwrap().lines().map(str::to_owned).collect()
}

fn count(lines: &[String], start: &str) -> u32 {
    lines.iter().filter(|line| line.starts_with(start)).count() as u32
}

#[test]
fn operations_of_generated_kernels_equal_those_of_the_port_model() {
    let vectors = instructions("avx512_even");
    // Inputs may be exchanged, which does not change the truth tables of parity and Maj.
    let parities = count(&vectors, "vpternlogd $0x96");
    let majorities = count(&vectors, "vpternlogd $0xe8");
    let counted = Operations {
        additions: count(&vectors, "vpaddd"),
        rotations: count(&vectors, "vprord"),
        shifts: count(&vectors, "vpsrld"),
        parities,
        choices: count(&vectors, "vpternlogd") - parities - majorities,
        majorities,
    };
    assert_eq!(counted, OPERATIONS);

    let streams = instructions("hybrid_565");
    assert_eq!(count(&streams, "sha256rnds2"), 8 * STREAMED_PAIRS);
    let shifts = count(&streams, "vprord") + count(&streams, "vpsrld");
    let others = ["vpaddd", "vpxord", "vpunpck", "vpternlogd"];
    let others = others.map(|start| count(&streams, start)).iter().sum();
    assert_eq!(Streamed { others, shifts }, STREAM_OPERATIONS);

    let staggered = instructions("sha_ni_59");
    let others = ["vpaddd", "vpalignr", "vshufps", "vpshufd"];
    let counted = StaggeredOperations {
        pairs: count(&staggered, "sha256rnds2"),
        msg1: count(&staggered, "sha256msg1"),
        msg2: count(&staggered, "sha256msg2"),
        others: others.map(|start| count(&staggered, start)).iter().sum(),
    };
    assert_eq!(counted, STAGGERED_OPERATIONS);
    assert_eq!(count(&instructions("sha_ni_60"), "sha256rnds2"), 60);

    // Without a loop over rounds, and with two additions in place of some shifts. Bytes are swapped by
    // a shuffle, not by two rotations.
    let plain = instructions("avx2_single");
    let Operations { additions, rotations, shifts, .. } = OPERATIONS;
    let counted = count(&plain, "vpsrld") + count(&plain, "vpslld");
    assert_eq!(counted, 2 * (rotations - 2) + shifts - DOUBLED);
    assert_eq!(count(&plain, "vpaddd"), additions + 2 * DOUBLED);
}
