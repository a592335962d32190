//! Helpers shared by the tests of several files.

use super::adapter::Adapter;
use super::device::Device;
use super::shader_variant::{Addition, ShaderVariant};
use crate::pow::{CompactTarget, Header, Target};
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;
use std::collections::VecDeque;

pub(super) const PLAIN: ShaderVariant =
    ShaderVariant { addition: Addition::Plain, threads: 64, nonces: 16 };

/// Device losses that a test injects.
#[derive(Debug, Default)]
pub(super) struct InjectedLosses {
    /// For each loss, the number of submissions before it.
    pub(super) after: VecDeque<u32>,
}

impl InjectedLosses {
    pub(super) fn lose_if_due(&mut self, device: &Device) {
        match self.after.front_mut() {
            Some(0) => {
                self.after.pop_front();
                device.lose();
            }
            Some(left) => *left -= 1,
            None => (),
        }
    }
}

pub(super) fn any_adapter() -> Option<Adapter> {
    let adapter = Adapter::all().into_iter().next();
    let required = std::env::var_os("HASHWATT_REQUIRE_GPU").is_some_and(|value| value == "1");
    assert!(adapter.is_some() || !required, "HASHWATT_REQUIRE_GPU is set and there is no adapter");
    if adapter.is_none() {
        eprintln!("skipped: no adapter");
    }
    adapter
}

pub(super) fn job(bits: u32) -> Job {
    let target = Target::from_compact(CompactTarget::from_bits(bits)).unwrap();
    Job::new(&Header::from_bytes(&[0x42; 80]), target)
}

pub(super) fn reference(job: &Job, range: NonceRange) -> Vec<Hit> {
    range.iter().filter_map(|nonce| job.verify(nonce)).collect()
}
