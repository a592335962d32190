//! The speed limit set by a core's execution ports: cycles per hash if no instruction ever waited. The
//! model covers only cores whose ports were measured.

use super::kernel::Kernel;

/// A core whose ports were measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Core {
    pub(super) name: &'static str,
    /// For 128-bit operations.
    xmm: Ports,
    /// For 256-bit operations.
    ymm: Ports,
    /// For 512-bit operations, if the core has them.
    zmm: Option<Ports>,
    /// Cycles from one `sha256rnds2` to the next.
    rounds: f64,
}

/// Throughput per cycle: of additions, logic and shifts together, and of shifts alone.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Ports {
    all: f64,
    shifts: f64,
}

const FOUR_AND_TWO: Ports = Ports { all: 4.0, shifts: 2.0 };

/// Measured at 2.5 to 2.9 GHz with prototypes of these kernels: one pipe takes shifts, and 256 bits
/// take two passes.
pub(super) const ZEN_1: Core = Core {
    name: "Zen 1",
    xmm: Ports { all: 4.0, shifts: 1.0 },
    ymm: Ports { all: 2.0, shifts: 0.5 },
    zmm: None,
    rounds: 2.0,
};
/// EPYC 9xx4 at 3.694 GHz, measured with prototypes of these kernels: 512 bits take two passes.
pub(super) const ZEN_4: Core = Core {
    name: "Zen 4",
    xmm: FOUR_AND_TWO,
    ymm: FOUR_AND_TWO,
    zmm: Some(Ports { all: 2.0, shifts: 1.0 }),
    rounds: 1.0,
};
/// EPYC 9xx5, measured on 2026-11-24 (benches/RESULTS.md): 512 bits in one pass, but a
/// `sha256rnds2` can start only every other cycle.
const ZEN_5: Core = Core { name: "Zen 5", zmm: Some(FOUR_AND_TWO), rounds: 2.0, ..ZEN_4 };

impl Core {
    /// The core of an x86 processor, if known. Mobile Zen 5 models with narrower vector units are
    /// excluded.
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    pub(super) fn from_cpuid(vendor: &str, family: u8, model: u8) -> Option<Self> {
        match (vendor, family, model) {
            ("AuthenticAMD", 0x17, 0x00..=0x2f) => Some(ZEN_1),
            ("AuthenticAMD", 0x19, 0x10..=0x1f | 0x60..=0x7f | 0xa0..=0xaf) => Some(ZEN_4),
            ("AuthenticAMD", 0x1a, 0x00..=0x1f | 0x40..=0x4f) => Some(ZEN_5),
            _ => None,
        }
    }
}

/// The operations of a double hash on a vector of nonces, without those that do not depend on the
/// nonce.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operations {
    /// Sums of two words.
    pub additions: u32,
    /// Rotations.
    pub rotations: u32,
    /// Shifts other than rotations.
    pub shifts: u32,
    /// Exclusive ors of three words.
    pub parities: u32,
    /// Ch.
    pub choices: u32,
    /// Maj.
    pub majorities: u32,
}

/// Counted in the generator's output; a test of `crates/kernel-gen` compares them.
pub const OPERATIONS: Operations = Operations {
    additions: 1050,
    rotations: 1022,
    shifts: 156,
    parities: 392,
    choices: 121,
    majorities: 116,
};

/// How many left shifts of a plain double hash can be replaced by two additions each.
pub const DOUBLED: u32 = 87;

/// The operations per nonce of a kernel with the SHA instructions alone and the last rounds in integer
/// registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Staggered {
    /// Pairs of rounds.
    pub pairs: u32,
    /// `sha256msg1`, two issue slots each.
    pub msg1: u32,
    /// `sha256msg2`, four issue slots each.
    pub msg2: u32,
    /// Additions and shuffles.
    pub others: u32,
}

/// Counted like [`OPERATIONS`].
pub const STAGGERED_OPERATIONS: Staggered = Staggered { pairs: 59, msg1: 18, msg2: 22, others: 90 };

/// Pairs of rounds per nonce in the streams.
pub const STREAMED_PAIRS: u32 = 60;
/// The vector operations for eight nonces in the streams.
pub const STREAM_OPERATIONS: Streamed = Streamed { others: 781, shifts: 472 };

/// Vector operations for eight nonces in the streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Streamed {
    /// All operations except shifts and rotations.
    pub others: u32,
    /// Shifts and rotations.
    pub shifts: u32,
}

impl Core {
    /// Cycles per hash of a kernel if every operation found its port free. `None` if the kernel is not
    /// limited by vector ports.
    pub(super) fn limit(&self, kernel: Kernel) -> Option<f64> {
        let o = OPERATIONS;
        // With rotations and functions of three inputs in one instruction each.
        let ternary = o.parities + o.choices + o.majorities;
        let avx512 = (o.additions + o.rotations + o.shifts + ternary, o.rotations + o.shifts);
        // A rotation is two shifts and an or. Maj shares an exclusive or with the previous round.
        let plain_shifts = 2 * o.rotations + o.shifts;
        let logic = o.rotations + 2 * o.parities + 3 * o.choices + 3 * o.majorities;
        let plain = o.additions + plain_shifts + logic;
        // The form with the lower limit.
        let narrow = [(plain, plain_shifts), (plain + DOUBLED, plain_shifts - DOUBLED)];
        let vectors = |ports: Ports, (all, shifts): (u32, u32), lanes: f64| {
            (f64::from(all) / ports.all).max(f64::from(shifts) / ports.shifts) / lanes
        };
        let narrow = |ports, lanes| {
            narrow.map(|form| vectors(ports, form, lanes)).into_iter().reduce(f64::min)
        };
        match kernel {
            Kernel::Sse41 => narrow(self.xmm, 4.0),
            Kernel::Avx2 => narrow(self.ymm, 8.0),
            Kernel::Avx512 => Some(vectors(self.zmm?, avx512, 16.0)),
            Kernel::ShaNi => {
                let Staggered { pairs, msg1, msg2, others } = STAGGERED_OPERATIONS;
                let slots = f64::from(pairs + 2 * msg1 + 4 * msg2 + others);
                Some((f64::from(pairs) * self.rounds).max(slots / self.xmm.all))
            }
            Kernel::Hybrid => {
                let pairs = f64::from(STREAMED_PAIRS);
                let all =
                    pairs + f64::from(STREAM_OPERATIONS.others + STREAM_OPERATIONS.shifts) / 8.0;
                self.zmm?;
                Some((pairs * self.rounds).max(all / self.ymm.all))
            }
            Kernel::Scalar | Kernel::Sha2 | Kernel::Sha2Naive | Kernel::ArmSha2 => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_equal_manual_calculation() {
        let limits = |core: Core| {
            [Kernel::Avx512, Kernel::Hybrid, Kernel::Avx2, Kernel::Sse41, Kernel::ShaNi]
                .map(|kernel| core.limit(kernel).map(|limit| (limit * 10.0).round() / 10.0))
        };
        // 2857 operations of 16 lanes at two or four per cycle; 60 or 59 pairs of rounds per nonce.
        // The SHA instructions alone fill Zen 4's issue slots: 59 + 18 * 2 + 22 * 4 + 90 at four per
        // cycle.
        assert_eq!(limits(ZEN_4), [89.3, 60.0, 180.2, 360.4, 68.3].map(Some));
        assert_eq!(limits(ZEN_5), [44.6, 120.0, 180.2, 360.4, 118.0].map(Some));
        // 2113 shifts on one pipe, 256-bit shifts in two passes.
        assert_eq!(limits(ZEN_1), [None, None, Some(528.3), Some(528.3), Some(118.0)]);
        assert_eq!(ZEN_4.limit(Kernel::Sha2), None);
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn measured_cores_are_identified_and_others_are_unknown() {
        assert_eq!(Core::from_cpuid("AuthenticAMD", 0x17, 0x01), Some(ZEN_1));
        assert_eq!(Core::from_cpuid("AuthenticAMD", 0x19, 0x11), Some(ZEN_4));
        assert_eq!(Core::from_cpuid("AuthenticAMD", 0x1a, 0x02), Some(ZEN_5));
        // Zen 2, Zen 3, a mobile Zen 5, an Intel core of the same numbers.
        assert_eq!(Core::from_cpuid("AuthenticAMD", 0x17, 0x31), None);
        assert_eq!(Core::from_cpuid("AuthenticAMD", 0x19, 0x21), None);
        assert_eq!(Core::from_cpuid("AuthenticAMD", 0x1a, 0x24), None);
        assert_eq!(Core::from_cpuid("GenuineIntel", 0x19, 0x11), None);
    }
}
