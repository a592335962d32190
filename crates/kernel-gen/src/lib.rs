//! Writes hashwatt's assembly kernels, whose instructions must stand in an order that no compiler
//! keeps. The output is checked in under `src/scan/cpu/assembly/generated` of the library; a test
//! here holds the files to the generator.
//!
//! # How a kernel is made
//!
//! 1. **Operations** (`code`): a `Chain` is a list of typed vector operations on values that have no
//!    registers yet, each after those that it needs. Memory is named by a `Place`, an offset into
//!    one of the library's own blocks: `offset_of!` of the struct that it fills (`layout`).
//! 2. **SHA-256** (`compression`): schedule, rounds and the comparison with the target as chains,
//!    in one of several styles. What does not depend on the nonce is known from the library's
//!    `Compression::word`.
//! 3. **An iteration** (`units`, `streams`): which batch is at which stage. Chains work on different
//!    batches, so that none waits for another. `units` are nonces in vectors and the message words
//!    of nonces in the SHA instructions; `streams` are the rounds of those, in fixed registers.
//! 4. **An order** (`weave`): the chains merged, and instructions spread over the streams' steps.
//! 5. **Registers and text** (`registers`): each value in a register, each operation as one or more
//!    instructions in AT&T syntax.
//! 6. **A table** (`variants`): the shipped combinations, and the loop around an iteration.
//!
//! Without AVX-512 there are sixteen registers: `narrow` takes chains of 1 and 2, puts rounds that
//! are alike into loops, and lets values wait in memory. The SHA instructions alone have a shape of
//! their own: `staggered` lists a nonce's instructions slot by slot, and merges three or four nonces.
//!
//! What it takes from the library (its blocks, `Compression`, the call of a kernel, the self-test) is
//! in the library's hidden module `hashwatt::scan::internals`.
//!
//! # How to change or add a kernel
//!
//! A variant of what there is: a row in [`SHIPPED`], its name in the library's
//! `assembly/entries.rs`, and a file of that name with `ret` alone, for the library to build until
//! the generator has written it. Another instruction set: operations and widths that it lacks in `code`, their
//! instructions in `registers`, an [`Engine`] in `variants` that says which chains an iteration
//! has; in the library a `Unit`, which says how many nonces an iteration has and how its verdicts
//! are read, a list in `entries.rs` and a line in `dispatch.rs`. Then
//!
//! ```text
//! cargo run --release -p hashwatt-kernel-gen --example generate   # writes the files
//! cargo test --release -p hashwatt-kernel-gen                     # hits, operations, defects
//! cargo run --release -p hashwatt-kernel-gen --example tune -- 60 # times 60 neighbours of the table
//! ```

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[expect(unsafe_code, reason = "loads what was assembled")]
pub mod candidate;
mod code;
mod compression;
pub mod defect;
pub mod files;
mod layout;
mod narrow;
mod registers;
mod staggered;
mod streams;
mod units;
mod variants;
mod weave;

pub use compression::{Functions, Shifts, Style};
pub use hashwatt::scan::internals::SplitMix64 as Random;
pub use narrow::{Isa, Lanes};
pub use staggered::{Order, Staggering, Upper};
pub use variants::{Engine, SHIPPED, Unwritable, Variant, Weave};
