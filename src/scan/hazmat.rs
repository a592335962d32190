//! A kernel called directly on the caller's thread, for benchmarks of the kernel and nothing else.
//!
//! A [`Scanner`](super::Scanner) gives batches to its threads, so that timing one of its runs also times waking
//! them. A [`ProvenKernel`] runs only the loop. It has no batches, no progress and no order of the hits, and it
//! cannot be stopped before the range is done.
//!
//! ```
//! use hashwatt::pow::{Header, Target};
//! use hashwatt::scan::hazmat::ProvenKernel;
//! use hashwatt::scan::{Job, Kernel, NonceRange};
//! use std::time::Instant;
//!
//! let kernel = ProvenKernel::new(Kernel::fastest()?)?;
//! let job = Job::new(&Header::from_bytes(&[0; 80]), Target::HARDEST);
//! let (range, mut hits) = (NonceRange::new(0, 1 << 16)?, Vec::new());
//! let begun = Instant::now();
//! kernel.scan(&job, range, &mut hits);
//! println!("{}: {:.1} MH/s", kernel.kernel(), range.len() as f64 / begun.elapsed().as_secs_f64() / 1e6);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub use super::cpu::ProvenKernel;
