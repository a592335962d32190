//! The most that a core's execution ports allow: cycles a hash if nothing ever waited. It is a
//! model of known cores, and says nothing of others.

use super::kernel::Kernel;

/// A core whose ports were measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Core {
    pub(super) name: &'static str,
    /// Additions, logic and shifts of up to 256 bits a cycle, and how many of them shifts.
    narrow: Ports,
    /// The same of 512 bits.
    wide: Ports,
    /// Cycles from one `sha256rnds2` to the next, and of one `sha256msg2`.
    rounds: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Ports {
    all: f64,
    shifts: f64,
}

/// EPYC 9xx4 at 3.694 GHz, measured with prototypes of these kernels before this crate had them:
/// 512 bits take two passes.
pub(super) const ZEN_4: Core = Core {
    name: "Zen 4",
    narrow: Ports { all: 4.0, shifts: 2.0 },
    wide: Ports { all: 2.0, shifts: 1.0 },
    rounds: 1.0,
};
/// EPYC 9xx5, measured on 2026-11-24 (benches/RESULTS.md): 512 bits in one pass, but a
/// `sha256rnds2` only every other cycle.
const ZEN_5: Core = Core { name: "Zen 5", wide: ZEN_4.narrow, rounds: 2.0, ..ZEN_4 };

impl Core {
    /// The core of an x86 processor. Of Zen 5, the mobile models with halved vector units are
    /// left out.
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    pub(super) fn of(vendor: &str, family: u8, model: u8) -> Option<Self> {
        match (vendor, family, model) {
            ("AuthenticAMD", 0x19, 0x10..=0x1f | 0x60..=0x7f | 0xa0..=0xaf) => Some(ZEN_4),
            ("AuthenticAMD", 0x1a, 0x00..=0x1f | 0x40..=0x4f) => Some(ZEN_5),
            _ => None,
        }
    }
}

/// Operations of a double hash on a vector of nonces, the nonce-independent ones left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operations {
    /// Sums of two words.
    pub additions: u32,
    /// Rotations.
    pub rotations: u32,
    /// Shifts that are no rotation.
    pub shifts: u32,
    /// Exclusive or of three.
    pub parities: u32,
    /// Ch.
    pub choices: u32,
    /// Maj.
    pub majorities: u32,
}

/// Counted in the generator's output; a test of `crates/kernel-gen` holds this to that.
pub const OPERATIONS: Operations = Operations {
    additions: 1050,
    rotations: 1022,
    shifts: 156,
    parities: 392,
    choices: 121,
    majorities: 116,
};

/// Pairs of rounds of a nonce in the streams.
pub const STREAMED_PAIRS: u32 = 60;
/// What vectors do for eight nonces in the streams.
pub const STREAM_OPERATIONS: Streamed = Streamed { others: 781, shifts: 472 };

/// Vector operations for eight nonces in the streams, shifts apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Streamed {
    /// All but shifts.
    pub others: u32,
    /// Shifts and rotations.
    pub shifts: u32,
}

impl Core {
    /// Cycles a hash of a kernel whose every operation found its port free. `None` where no
    /// vector port is what limits a kernel.
    pub(super) fn limit(&self, kernel: Kernel) -> Option<f64> {
        let o = OPERATIONS;
        // With rotations and functions of three in one instruction each.
        let ternary = o.parities + o.choices + o.majorities;
        let avx512 = (o.additions + o.rotations + o.shifts + ternary, o.rotations + o.shifts);
        // A rotation is two shifts and an or. Maj shares an exclusive or with the round before.
        let plain_shifts = 2 * o.rotations + o.shifts;
        let logic = o.rotations + 2 * o.parities + 3 * o.choices + 3 * o.majorities;
        let avx2 = (o.additions + plain_shifts + logic, plain_shifts);
        let vectors = |ports: Ports, (all, shifts): (u32, u32), lanes: f64| {
            (f64::from(all) / ports.all).max(f64::from(shifts) / ports.shifts) / lanes
        };
        match kernel {
            Kernel::Sse41 => Some(vectors(self.narrow, avx2, 4.0)),
            Kernel::Avx2 => Some(vectors(self.narrow, avx2, 8.0)),
            Kernel::Avx512 => Some(vectors(self.wide, avx512, 16.0)),
            Kernel::ShaNi => {
                // 62 pairs of rounds; the schedule's 24 groups of four words take a msg1 (two
                // slots), a msg2 (four), an alignment and an addition each; every other pair of
                // rounds needs its words moved, every group its constants added.
                let slots = 62.0 + 24.0 * 8.0 + 30.0 + 27.0;
                Some((62.0 * self.rounds).max(slots / self.narrow.all))
            }
            Kernel::Hybrid => {
                let pairs = f64::from(STREAMED_PAIRS);
                let all =
                    pairs + f64::from(STREAM_OPERATIONS.others + STREAM_OPERATIONS.shifts) / 8.0;
                Some((pairs * self.rounds).max(all / self.narrow.all))
            }
            Kernel::Scalar | Kernel::Sha2 | Kernel::Sha2Naive | Kernel::ArmSha2 => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_those_worked_out_by_hand() {
        let limits = |core: Core| {
            [Kernel::Avx512, Kernel::Avx2, Kernel::Sse41, Kernel::ShaNi, Kernel::Hybrid]
                .map(|kernel| (core.limit(kernel).unwrap() * 10.0).round() / 10.0)
        };
        // 2857 operations of 16 lanes at two or four a cycle; 62 or 60 pairs of rounds a nonce.
        // Pure SHA-NI on Zen 4 fills its slots: 62 + 24 * 8 + 30 + 27 at four a cycle.
        assert_eq!(limits(ZEN_4), [89.3, 180.2, 360.4, 77.8, 60.0]);
        assert_eq!(limits(ZEN_5), [44.6, 180.2, 360.4, 124.0, 120.0]);
        assert_eq!(ZEN_4.limit(Kernel::Sha2), None);
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn only_known_cores_have_a_name() {
        assert_eq!(Core::of("AuthenticAMD", 0x19, 0x11), Some(ZEN_4));
        assert_eq!(Core::of("AuthenticAMD", 0x1a, 0x02), Some(ZEN_5));
        // Zen 3, a mobile Zen 5, an Intel core of the same numbers.
        assert_eq!(Core::of("AuthenticAMD", 0x19, 0x21), None);
        assert_eq!(Core::of("AuthenticAMD", 0x1a, 0x24), None);
        assert_eq!(Core::of("GenuineIntel", 0x19, 0x11), None);
    }
}
