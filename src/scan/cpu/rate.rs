//! A short measurement of an implementation's rate, precise enough for ranking.

use super::clock::Clock;
use super::dispatch::KernelImpl;
use super::self_test;
use crate::scan::range::NonceRange;
use crate::units::{Hashes, Hashrate, Seconds};

/// The fastest of one or more implementations. A single one is not timed.
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

/// The rate by the shortest of several timings, because other load and interrupts only add time. The
/// number of nonces is increased until the clock can resolve the time.
pub(super) fn rate(kernel: KernelImpl) -> Hashrate {
    const MIN_NONCES: u64 = 1 << 12;
    const MAX_NONCES: u64 = 1 << 22;
    const TIMINGS: usize = 8;
    const MIN_TIME: Seconds = Seconds::from_seconds(20e-6);

    let job = self_test::hard_job();
    let mut hits = Vec::new();
    let mut nonces = MIN_NONCES;
    loop {
        let range = NonceRange::ALL.take(nonces);
        let shortest = (0..TIMINGS)
            .map(|_| {
                let begun = Clock::now();
                kernel.scan(&job, range, &mut hits);
                begun.elapsed()
            })
            .min_by(|a, b| a.as_seconds().total_cmp(&b.as_seconds()))
            .unwrap_or(MIN_TIME);
        if shortest >= MIN_TIME {
            return Hashes::from_count(nonces) / shortest;
        }
        if nonces >= MAX_NONCES {
            // No processor is that fast, so the clock does not advance. The result is a finite bound.
            return Hashes::from_count(nonces) / MIN_TIME;
        }
        nonces *= 4;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fastest_of_several_implementations_is_chosen() {
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
        // A single implementation is not timed.
        assert!(matches!(fastest(c, &[], |_| panic!("timed")), KernelImpl::Sha2Naive));
    }

    #[test]
    fn measured_rate_is_finite_and_positive() {
        let rate = rate(KernelImpl::Sha2);
        assert!(rate.is_finite() && rate > Hashrate::ZERO);
    }
}
