//! Probes of the core's current state: the length of a clock cycle, and whether another load uses its
//! execution units. Both are needed to interpret a kernel's cycles.

use super::clock::Clock;
use crate::units::Seconds;
use std::hint::black_box;

/// The length of a clock cycle, by a chain of dependent operations: an addition and an exclusive or
/// take one cycle each on every core known to us. The shortest of several chains is used, because an
/// interrupt only adds time.
pub fn cycle() -> Seconds {
    const STEPS: u32 = 100_000;
    let shortest = (0..3).map(|_| {
        let (mut x, y, z) = (black_box(1u64), black_box(3), black_box(5));
        let begun = Clock::now();
        for _ in 0..STEPS {
            x = x.wrapping_add(y) ^ z;
        }
        black_box(x);
        begun.elapsed()
    });
    shortest.min_by(|a, b| a.as_seconds().total_cmp(&b.as_seconds())).unwrap_or(Seconds::ZERO)
        / f64::from(2 * STEPS)
}

/// The time per 256-bit addition among many independent ones: a quarter of a cycle on Zen 4 and 5, a
/// third on most Intel cores. It is longer if another load shares the core. `None` without AVX2.
#[cfg(target_arch = "x86_64")]
pub(super) fn vector_add() -> Option<Seconds> {
    use std::arch::asm;
    const ROUNDS: u32 = 20_000;
    const ADDITIONS: u32 = 16;

    super::isa::Avx2::detect().ok()?;
    let time = |_| {
        let mut left = ROUNDS;
        let begun = Clock::now();
        // SAFETY: AVX2 was detected above. The code writes the registers named below and no
        // memory.
        unsafe {
            asm!(
                "2:",
                "vpaddd ymm1, ymm0, ymm0", "vpaddd ymm2, ymm0, ymm0",
                "vpaddd ymm3, ymm0, ymm0", "vpaddd ymm4, ymm0, ymm0",
                "vpaddd ymm5, ymm0, ymm0", "vpaddd ymm6, ymm0, ymm0",
                "vpaddd ymm7, ymm0, ymm0", "vpaddd ymm8, ymm0, ymm0",
                "vpaddd ymm9, ymm0, ymm0", "vpaddd ymm10, ymm0, ymm0",
                "vpaddd ymm11, ymm0, ymm0", "vpaddd ymm12, ymm0, ymm0",
                "vpaddd ymm13, ymm0, ymm0", "vpaddd ymm14, ymm0, ymm0",
                "vpaddd ymm15, ymm0, ymm0", "vpaddd ymm1, ymm0, ymm0",
                "dec {left:e}",
                "jnz 2b",
                "vzeroupper",
                left = inout(reg) left,
                out("ymm0") _, out("ymm1") _, out("ymm2") _, out("ymm3") _,
                out("ymm4") _, out("ymm5") _, out("ymm6") _, out("ymm7") _,
                out("ymm8") _, out("ymm9") _, out("ymm10") _, out("ymm11") _,
                out("ymm12") _, out("ymm13") _, out("ymm14") _, out("ymm15") _,
                options(nomem, nostack),
            );
        }
        black_box(left);
        begun.elapsed()
    };
    let shortest = (0..3).map(time).min_by(|a, b| a.as_seconds().total_cmp(&b.as_seconds()))?;
    Some(shortest / f64::from(ROUNDS * ADDITIONS))
}

/// Not available on this architecture.
#[cfg(not(target_arch = "x86_64"))]
pub(super) fn vector_add() -> Option<Seconds> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probed_times_are_finite_and_positive() {
        assert!(cycle().is_finite() && cycle() > Seconds::ZERO);
        assert!(vector_add().is_none_or(|time| time.is_finite() && time > Seconds::ZERO));
    }
}
