//! How fast an implementation is: a few milliseconds of it, good for ranking.

use super::clock::Clock;
use super::dispatch::KernelImpl;
use super::self_test;
use crate::scan::range::NonceRange;
use crate::units::{Hashes, Hashrate, Seconds};

/// The fastest of one implementation or more.
pub(super) fn fastest(
    first: KernelImpl,
    others: &[KernelImpl],
    rate: impl Fn(KernelImpl) -> Hashrate,
) -> KernelImpl {
    if others.is_empty() {
        return first;
    }
    let timed = others.iter().map(|candidate| (rate(*candidate), *candidate));
    let faster = |best: (Hashrate, KernelImpl), next: (Hashrate, KernelImpl)| {
        if next.0 > best.0 { next } else { best }
    };
    timed.fold((rate(first), first), faster).1
}

/// Of several short timings the shortest: a neighbour or an interrupt only ever adds time. As
/// many nonces are hashed as the clock can tell from none.
pub(super) fn rate(kernel: KernelImpl) -> Hashrate {
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
        let (a, b, c) = (KernelImpl::Scalar, KernelImpl::Sha2, KernelImpl::Sha2Naive);
        let rates = |of_a: f64, of_b: f64, of_c: f64| {
            move |candidate| {
                Hashrate::from_mh_s(match candidate {
                    KernelImpl::Scalar => of_a,
                    KernelImpl::Sha2 => of_b,
                    _ => of_c,
                })
            }
        };
        assert!(matches!(fastest(a, &[b, c], rates(3.0, 2.0, 1.0)), KernelImpl::Scalar));
        assert!(matches!(fastest(a, &[b, c], rates(1.0, 3.0, 2.0)), KernelImpl::Sha2));
        assert!(matches!(fastest(a, &[b, c], rates(1.0, 2.0, 3.0)), KernelImpl::Sha2Naive));
        // One alone is not even timed.
        assert!(matches!(fastest(c, &[], |_| panic!("timed")), KernelImpl::Sha2Naive));
    }

    #[test]
    fn rates_are_finite_and_positive() {
        let rate = rate(KernelImpl::Sha2);
        assert!(rate.is_finite() && rate > Hashrate::ZERO);
    }
}
