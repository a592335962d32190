//! How fast the clock is, and whether somebody else is on the core.
use crate::units::Seconds;
use std::time::Instant;

/// One cycle, by a chain of additions that each take one.
pub(super) fn cycle() -> Seconds {
    let n = 200_000u64;
    let mut best = f64::MAX;
    for _ in 0..5 {
        let t = Instant::now();
        let mut i = n;
        // SAFETY: x
        unsafe {
            std::arch::asm!("2:", "add {x}, 1","add {x}, 1","add {x}, 1","add {x}, 1", "add {x}, 1","add {x}, 1","add {x}, 1","add {x}, 1","dec {i}", "jnz 2b", x = out(reg) _, i = inout(reg) i);
        }
        let _ = i;
        i = 0;
        let _ = i;
        best = best.min(t.elapsed().as_secs_f64() / (n as f64 * 8.0));
    }
    Seconds::from_seconds(best)
}
