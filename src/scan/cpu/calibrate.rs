//! Which kernel is fastest here is measured, not looked up.

use super::super::{NonceRange, ScanError};
use super::kernel::{Kernel, Ready};
use super::self_test;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The fastest of the kernels that pass their self-test, measured once in the process.
pub(super) fn fastest() -> Result<Kernel, ScanError> {
    static FASTEST: OnceLock<Result<Kernel, ScanError>> = OnceLock::new();
    FASTEST.get_or_init(calibrate).clone()
}

fn calibrate() -> Result<Kernel, ScanError> {
    let mut fastest: Option<(Duration, Kernel)> = None;
    let mut refused = None;
    for kernel in Kernel::all_available() {
        match kernel.proven() {
            Ok(ready) => {
                let took = time(ready);
                if fastest.is_none_or(|(least, _)| took < least) {
                    fastest = Some((took, kernel));
                }
            }
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    match (fastest, refused) {
        (Some((_, kernel)), _) => Ok(kernel),
        (None, Some(error)) => Err(error),
        // Three kernels need no instruction set, so one of them was tried.
        (None, None) => Ok(Kernel::Scalar),
    }
}

/// The least of several short timings: a neighbour or an interrupt only ever adds time.
fn time(kernel: Ready) -> Duration {
    const NONCES: u64 = 1 << 12;
    const TIMINGS: usize = 8;
    let job = self_test::hard_job();
    let mut hits = Vec::new();
    (0..TIMINGS)
        .map(|_| {
            let begun = Instant::now();
            kernel.scan(&job, NonceRange::ALL.take(NONCES), &mut hits);
            begun.elapsed()
        })
        .min()
        .unwrap_or(Duration::MAX)
}
