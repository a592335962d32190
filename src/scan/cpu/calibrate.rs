//! Which kernel is fastest here is measured, not looked up.

use super::super::{NonceRange, ScanError};
use super::clock::Clock;
use super::kernel::{Kernel, Ready};
use super::self_test;
use crate::units::{Hashes, Hashrate, Seconds};
use std::sync::OnceLock;

/// A kernel on this machine: its rate on one thread, or why it cannot be used.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibrated {
    /// The kernel.
    pub kernel: Kernel,
    /// What a few milliseconds gave, good for ranking; a bench measures it properly.
    pub rate: Result<Hashrate, ScanError>,
    /// Which of several ways to run it was the fastest.
    pub variant: Option<&'static str>,
    /// Whether it is the fastest.
    pub chosen: bool,
}

/// All kernels: detected, tested and timed, once in the process.
pub(super) fn all() -> &'static [Calibrated] {
    static ALL: OnceLock<Vec<Calibrated>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all: Vec<_> = Kernel::ALL
            .into_iter()
            .map(|kernel| {
                let ready = kernel.proven();
                let variant = ready.as_ref().ok().and_then(|ready| ready.variant());
                Calibrated { kernel, rate: ready.map(rate), variant, chosen: false }
            })
            .collect();
        let fastest = all
            .iter_mut()
            .filter(|kernel| kernel.rate.is_ok())
            .max_by(|a, b| speed(a).total_cmp(&speed(b)));
        if let Some(fastest) = fastest {
            fastest.chosen = true;
        }
        all
    })
}

fn speed(kernel: &Calibrated) -> f64 {
    kernel.rate.as_ref().map_or(0.0, |rate| rate.as_h_s())
}

/// The fastest of one or more ways to run a kernel.
pub(super) fn fastest(candidates: &[Ready]) -> Ready {
    let [first, rest @ ..] = candidates else { return Ready::Scalar };
    if rest.is_empty() {
        return *first;
    }
    let timed = candidates.iter().map(|ready| (rate(*ready).as_h_s(), *ready));
    timed.max_by(|a, b| a.0.total_cmp(&b.0)).map_or(*first, |(_, ready)| ready)
}

/// Of several short timings the shortest: a neighbour or an interrupt only ever adds time.
pub(super) fn rate(kernel: Ready) -> Hashrate {
    const NONCES: u64 = 1 << 12;
    const TIMINGS: usize = 8;
    let job = self_test::hard_job();
    let mut hits = Vec::new();
    let shortest = (0..TIMINGS)
        .map(|_| {
            let begun = Clock::now();
            kernel.scan(&job, NonceRange::ALL.take(NONCES), &mut hits);
            begun.elapsed()
        })
        .min_by(|a, b| a.as_seconds().total_cmp(&b.as_seconds()));
    Hashes::from_count(NONCES) / shortest.unwrap_or(Seconds::ZERO)
}
