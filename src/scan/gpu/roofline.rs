//! Measures the current throughput of a GPU's arithmetic units, because wgpu reports neither their
//! number nor their clock.

use super::adapter::Adapter;
use super::device::{Device, MIN_DISPATCH_TIME};
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

/// The throughput of micro-kernels, and the hashrates that it allows.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct GpuRoofline {
    /// Rotations and three-input logic operations per second, half of each.
    pub rotate_logic_per_s: f64,
    /// Multiplications by a number unknown to the compiler, with an addition, per second.
    pub multiply_add_per_s: f64,
    /// The hashrate at which the operations of a hash would run in the mixed micro-kernel, with plain
    /// additions.
    pub mix_plain: Hashrate,
    /// Like `mix_plain`, with additions as multiplications.
    pub mix_multiply: Hashrate,
}

impl GpuRoofline {
    /// The hashrate that the pipes allow. With plain additions, every operation takes an issue slot of
    /// one pipe; with multiplications, the additions use a separate pipe.
    pub fn limit(&self, addition: Addition) -> Hashrate {
        let (logic, additions) = operations();
        Hashrate::from_h_s(match addition {
            Addition::Plain => self.rotate_logic_per_s / (logic + additions),
            Addition::Multiply => {
                (self.rotate_logic_per_s / logic).min(self.multiply_add_per_s / additions)
            }
        })
    }

    /// The hashrate that the mixed micro-kernel allows: the same operations without dependencies.
    pub fn mix(&self, addition: Addition) -> Hashrate {
        match addition {
            Addition::Plain => self.mix_plain,
            Addition::Multiply => self.mix_multiply,
        }
    }
}

/// The shifts, rotations and logic operations of a hash, and its additions.
fn operations() -> (f64, f64) {
    let o = OPERATIONS;
    let logic = o.rotations + o.shifts + o.parities + o.choices + o.majorities;
    (f64::from(logic), f64::from(o.additions))
}

/// The operations of a thread for each of the variant's `nonces`: shaders/roofline.wgsl.
const OPERATIONS_PER_NONCE: f64 = 4.0 * 128.0;

/// Measures the adapter, which takes a fraction of a second for each micro-kernel.
///
/// # Errors
/// If the device cannot be opened, is lost or does not respond.
pub fn gpu_roofline(adapter: &Adapter) -> Result<GpuRoofline, ScanError> {
    let measure = |micro, addition| {
        works_per_s(adapter, micro, addition)
            .map_err(|fault| fault.into_error(&adapter.description().name))
    };
    let (logic, additions) = operations();
    // One `work` of the mix is two rotations, a logic operation and two additions.
    let works_per_hash = (logic + additions) / 5.0;
    let mix = |addition| Ok(Hashrate::from_h_s(measure(Micro::Mix, addition)? / works_per_hash));
    Ok(GpuRoofline {
        rotate_logic_per_s: 2.0 * measure(Micro::Rotate, Addition::Plain)?,
        multiply_add_per_s: measure(Micro::Multiply, Addition::Plain)?,
        mix_plain: mix(Addition::Plain)?,
        mix_multiply: mix(Addition::Multiply)?,
    })
}

/// Calls of `work` in a micro-kernel per second: the best of several dispatches of sufficient length.
fn works_per_s(adapter: &Adapter, micro: Micro, addition: Addition) -> Result<f64, Fault> {
    const DISPATCHES: usize = 3;
    let variant = ShaderVariant { addition, threads: 64, nonces: 16 };
    let mut device =
        Device::with_source(adapter, variant, 1, JobIn::Buffer, &micro_source(micro, addition))?;
    let job = GpuJob::new(&hard_job());
    let mut time = |nonces: u64| -> Result<Seconds, Fault> {
        let start = Instant::now();
        let flight = device.submit(&job, &[], NonceRange::ALL.take(nonces))?;
        device.wait(flight)?;
        Ok(Seconds::from_seconds(start.elapsed().as_secs_f64()))
    };
    let max = 1u64 << 30;
    let mut nonces = 1u64 << 10;
    while time(nonces)?.as_seconds() < MIN_DISPATCH_TIME.as_secs_f64() && 2 * nonces <= max {
        nonces *= 2;
    }
    let mut shortest = time(nonces)?;
    for _ in 1..DISPATCHES {
        let next = time(nonces)?;
        shortest = if next < shortest { next } else { shortest };
    }
    let rate: Hashrate = Hashes::from_count(nonces) / shortest;
    Ok(rate.as_h_s() * OPERATIONS_PER_NONCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_equal_manual_calculation() {
        let found = GpuRoofline {
            rotate_logic_per_s: 1807e6,
            multiply_add_per_s: 525e6,
            mix_plain: Hashrate::from_mh_s(0.5),
            mix_multiply: Hashrate::from_mh_s(0.75),
        };
        // 1807 + 1050 issue slots on one pipe; 1050 additions on a pipe of half the speed.
        let plain = found.limit(Addition::Plain).as_mh_s();
        assert!((plain - 1807.0 / 2857.0).abs() < 1e-12, "{plain}");
        assert!((found.limit(Addition::Multiply).as_mh_s() - 0.5).abs() < 1e-12);
        let faster = GpuRoofline { multiply_add_per_s: 1e12, ..found };
        assert!((faster.limit(Addition::Multiply).as_mh_s() - 1.0).abs() < 1e-12);
        assert_eq!(found.mix(Addition::Plain), found.mix_plain);
        assert_eq!(found.mix(Addition::Multiply), found.mix_multiply);
    }

    #[test]
    fn roofline_of_any_adapter_is_finite_and_positive() {
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
