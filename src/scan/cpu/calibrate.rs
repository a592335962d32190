//! Which kernel is fastest here is measured, not looked up.

use super::clock::Clock;
use super::kernel::{Kernel, Ready};
use super::self_test;
use crate::scan::error::ScanError;
use crate::scan::range::NonceRange;
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
pub(super) fn fastest(first: Ready, others: &[Ready], rate: impl Fn(Ready) -> Hashrate) -> Ready {
    if others.is_empty() {
        return first;
    }
    let timed = others.iter().map(|ready| (rate(*ready), *ready));
    let faster = |best: (Hashrate, Ready), next: (Hashrate, Ready)| {
        if next.0 > best.0 { next } else { best }
    };
    timed.fold((rate(first), first), faster).1
}

/// Of several short timings the shortest: a neighbour or an interrupt only ever adds time. As
/// many nonces are hashed as the clock can tell from none.
pub(super) fn rate(kernel: Ready) -> Hashrate {
    const LEAST: u64 = 1 << 12;
    const MOST: u64 = 1 << 22;
    const TIMINGS: usize = 8;
    const GRAIN: Seconds = Seconds::from_seconds(20e-6);

    let job = self_test::hard_job();
    let mut hits = Vec::new();
    let mut nonces = LEAST;
    loop {
        let range = NonceRange::ALL.take(nonces);
        let shortest = (0..TIMINGS)
            .map(|_| {
                let begun = Clock::now();
                kernel.scan(&job, range, &mut hits);
                begun.elapsed()
            })
            .min_by(|a, b| a.as_seconds().total_cmp(&b.as_seconds()))
            .unwrap_or(GRAIN);
        if shortest >= GRAIN {
            return Hashes::from_count(nonces) / shortest;
        }
        if nonces >= MOST {
            // No processor is that fast: the clock stands. The figure is finite and a bound.
            return Hashes::from_count(nonces) / GRAIN;
        }
        nonces *= 4;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fastest_of_several_stands_for_the_kernel() {
        let (a, b, c) = (Ready::Scalar, Ready::Sha2, Ready::Sha2Naive);
        let rates = |of_a: f64, of_b: f64, of_c: f64| {
            move |ready| {
                Hashrate::from_mh_s(match ready {
                    Ready::Scalar => of_a,
                    Ready::Sha2 => of_b,
                    _ => of_c,
                })
            }
        };
        assert!(matches!(fastest(a, &[b, c], rates(3.0, 2.0, 1.0)), Ready::Scalar));
        assert!(matches!(fastest(a, &[b, c], rates(1.0, 3.0, 2.0)), Ready::Sha2));
        assert!(matches!(fastest(a, &[b, c], rates(1.0, 2.0, 3.0)), Ready::Sha2Naive));
        // One alone is not even timed.
        assert!(matches!(fastest(c, &[], |_| panic!("timed")), Ready::Sha2Naive));
    }

    #[test]
    fn rates_are_finite_and_positive() {
        let rate = rate(Ready::Sha2);
        assert!(rate.is_finite() && rate > Hashrate::ZERO);
    }
}
