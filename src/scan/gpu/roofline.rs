//! What a GPU's arithmetic units can do at this moment, measured on the device itself: wgpu tells
//! neither how many there are nor their clock.

use super::adapter::Adapter;
use super::device::{Device, LONG_ENOUGH};
use super::fault::Fault;
use super::job::{GpuJob, JobIn};
use super::shader::{Micro, micro_source};
use super::shader_variant::{Addition, ShaderVariant};
use crate::scan::cpu::ports::OPERATIONS;
use crate::scan::cpu::self_test::hard_job;
use crate::scan::error::ScanError;
use crate::scan::range::NonceRange;
use crate::units::{Hashes, Hashrate, Seconds};
use std::time::Instant;

/// Operations of the micro-kernels a second, and the rates of hashing that they allow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GpuRoofline {
    /// Rotations and three-input logic operations a second, half of each.
    pub rotate_logic_per_s: f64,
    /// Opaque multiplications with an addition a second.
    pub multiply_add_per_s: f64,
    /// Hashes whose operations the mixed micro-kernel does in a second, with plain additions.
    pub mix_plain: Hashrate,
    /// The same with additions as opaque multiplications.
    pub mix_multiply: Hashrate,
}

impl GpuRoofline {
    /// What the pipes allow: with plain additions every operation takes a slot of one pipe; with
    /// multiplications the additions have a pipe of their own.
    pub fn limit(&self, addition: Addition) -> Hashrate {
        let (logic, additions) = operations();
        Hashrate::from_h_s(match addition {
            Addition::Plain => self.rotate_logic_per_s / (logic + additions),
            Addition::Multiply => {
                (self.rotate_logic_per_s / logic).min(self.multiply_add_per_s / additions)
            }
        })
    }

    /// What the mix allows: the same operations, none of which waits.
    pub fn mix(&self, addition: Addition) -> Hashrate {
        match addition {
            Addition::Plain => self.mix_plain,
            Addition::Multiply => self.mix_multiply,
        }
    }
}

/// Shifts, rotations and logic operations of a hash, and its additions.
fn operations() -> (f64, f64) {
    let o = OPERATIONS;
    let logic = o.rotations + o.shifts + o.parities + o.choices + o.majorities;
    (f64::from(logic), f64::from(o.additions))
}

/// Operations that a thread does for each of the variant's `nonces`: shaders/roofline.wgsl.
const A_NONCE: f64 = 4.0 * 128.0;

/// Measures the adapter, a fraction of a second for each micro-kernel.
///
/// # Errors
/// Where the device cannot be opened, is lost or does not answer.
pub fn gpu_roofline(adapter: &Adapter) -> Result<GpuRoofline, ScanError> {
    let measure = |micro, addition| {
        works_per_s(adapter, micro, addition)
            .map_err(|fault| fault.into_error(&adapter.description().name))
    };
    let (logic, additions) = operations();
    // A work of the mix is two rotations, a logic operation and two additions.
    let works_a_hash = (logic + additions) / 5.0;
    let mix = |addition| Ok(Hashrate::from_h_s(measure(Micro::Mix, addition)? / works_a_hash));
    Ok(GpuRoofline {
        rotate_logic_per_s: 2.0 * measure(Micro::Rotate, Addition::Plain)?,
        multiply_add_per_s: measure(Micro::Multiply, Addition::Plain)?,
        mix_plain: mix(Addition::Plain)?,
        mix_multiply: mix(Addition::Multiply)?,
    })
}

/// Works of a micro-kernel a second: the best of some dispatches that last long enough.
fn works_per_s(adapter: &Adapter, micro: Micro, addition: Addition) -> Result<f64, Fault> {
    const DISPATCHES: usize = 3;
    let variant = ShaderVariant { addition, threads: 64, nonces: 16 };
    let mut device =
        Device::with_source(adapter, variant, 1, JobIn::Buffer, &micro_source(micro, addition))?;
    let job = GpuJob::new(&hard_job());
    let mut time = |nonces: u64| -> Result<Seconds, Fault> {
        let begun = Instant::now();
        let flight = device.submit(&job, &[], NonceRange::ALL.take(nonces))?;
        device.wait(flight)?;
        Ok(Seconds::from_seconds(begun.elapsed().as_secs_f64()))
    };
    let most = 1u64 << 30;
    let mut nonces = 1u64 << 10;
    while time(nonces)?.as_seconds() < LONG_ENOUGH.as_secs_f64() && 2 * nonces <= most {
        nonces *= 2;
    }
    let mut shortest = time(nonces)?;
    for _ in 1..DISPATCHES {
        let next = time(nonces)?;
        shortest = if next < shortest { next } else { shortest };
    }
    let a_second: Hashrate = Hashes::from_count(nonces) / shortest;
    Ok(a_second.as_h_s() * A_NONCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_those_worked_out_by_hand() {
        let found = GpuRoofline {
            rotate_logic_per_s: 1807e6,
            multiply_add_per_s: 525e6,
            mix_plain: Hashrate::from_mh_s(0.5),
            mix_multiply: Hashrate::from_mh_s(0.75),
        };
        // 1807 + 1050 slots on one pipe; 1050 additions on a pipe of half the speed.
        let plain = found.limit(Addition::Plain).as_mh_s();
        assert!((plain - 1807.0 / 2857.0).abs() < 1e-12, "{plain}");
        assert!((found.limit(Addition::Multiply).as_mh_s() - 0.5).abs() < 1e-12);
        let faster = GpuRoofline { multiply_add_per_s: 1e12, ..found };
        assert!((faster.limit(Addition::Multiply).as_mh_s() - 1.0).abs() < 1e-12);
        assert_eq!(found.mix(Addition::Plain), found.mix_plain);
        assert_eq!(found.mix(Addition::Multiply), found.mix_multiply);
    }

    #[test]
    fn any_adapter_has_a_roofline() {
        let Some(adapter) = crate::scan::gpu::testing::any_adapter() else { return };
        let found = gpu_roofline(&adapter).unwrap();
        for figure in [
            found.rotate_logic_per_s,
            found.multiply_add_per_s,
            found.mix_plain.as_h_s(),
            found.mix_multiply.as_h_s(),
        ] {
            assert!(figure.is_finite() && figure > 0.0, "{found:?}");
        }
    }
}
