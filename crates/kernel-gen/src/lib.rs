//! Generates hashwatt's assembly kernels. Their speed depends on the order of the instructions, which
//! no compiler preserves. The output is checked in under `src/scan/cpu/assembly/generated` of the
//! library; a test of this crate compares the files with the generator's output.
//!
//! # How a kernel is generated
//!
//! 1. **Operations** (`code`): a `Chain` is a list of typed vector operations on values without
//!    registers, each after the operations whose results it reads. A `Place` names memory: an offset
//!    into one of the library's memory blocks, by `offset_of!` of the struct (`layout`).
//! 2. **SHA-256** (`compression`): schedule, rounds and the comparison with the target as chains,
//!    in one of several styles. The library's `Compression::word` gives the words that do not depend
//!    on the nonce.
//! 3. **An iteration** (`units`, `streams`): which batch is at which stage. Chains work on different
//!    batches, so that none waits for another. `units` hashes nonces in vectors and computes the
//!    message words of nonces hashed by the SHA instructions; `streams` does the rounds of the latter
//!    in fixed registers.
//! 4. **Instruction order** (`weave`): merges the chains, and spreads instructions over the steps of
//!    the streams.
//! 5. **Registers and text** (`registers`): assigns a register to each value and writes each
//!    operation as one or more instructions in AT&T syntax.
//! 6. **Table** (`variants`): the shipped combinations, and the loop around an iteration.
//!
//! Without AVX-512 there are sixteen registers: `narrow` uses the chains of steps 1 and 2, puts
//! identical rounds into loops, and spills values to memory. The kernels that use the SHA
//! instructions alone are built differently: `staggered` lists the instructions of a nonce slot by
//! slot, and merges three or four nonces.
//!
//! The items used from the library (memory blocks, `Compression`, the kernel call, the self-test)
//! are in its hidden module `hashwatt::scan::internals`.
//!
//! # How to change or add a kernel
//!
//! A variant of an existing kernel needs a row in [`SHIPPED`], its name in the library's
//! `assembly/entries.rs`, and a file of that name that contains only `ret`, so that the library
//! builds before the generator writes the file. Another instruction set needs its operations and
//! widths in `code`, their instructions in `registers`, and an [`Engine`] in `variants` that defines
//! the chains of an iteration; in the library it needs a `Unit` (nonces per iteration and how
//! candidates are read), a list in `entries.rs` and a line in `dispatch.rs`. Then run
//!
//! ```text
//! cargo run --release -p hashwatt-kernel-gen --example generate   # writes the files
//! cargo test --release -p hashwatt-kernel-gen                     # hits, operations, defects
//! cargo run --release -p hashwatt-kernel-gen --example tune -- 60 # times 60 neighbours of the table
//! ```

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[expect(unsafe_code, reason = "loads assembled kernels")]
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
pub use staggered::{Order, Staggering, UpperPair};
pub use variants::{Engine, GenerationError, SHIPPED, Variant, Weave};
