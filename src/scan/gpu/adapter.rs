//! Which GPUs there are, and which is meant.

use crate::pci::{GpuIdentity, NVIDIA};
use crate::scan::error::ScanError;
use crate::scan::scanner::HashingDevice;
use serde::Serialize;

/// A GPU as its driver shows it, or a software rasteriser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AdapterDescription {
    /// The driver's name for it.
    pub name: String,
    /// The interface it is reached by: vulkan, metal, dx12.
    pub backend: String,
    /// What kind of device it is.
    pub kind: AdapterKind,
    /// The driver.
    pub driver: String,
    /// The driver's own words on its version.
    pub driver_info: String,
    /// Its place on the PCI bus, which pairs it with a meter; empty where unknown.
    pub pci_bus_id: String,
    /// PCI vendor and device.
    pub vendor_id: u32,
    /// See `vendor_id`.
    pub device_id: u32,
}

/// What kind of device an adapter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum AdapterKind {
    /// A card with memory of its own.
    Discrete,
    /// Part of the processor's package.
    Integrated,
    /// A virtual machine's.
    Virtual,
    /// The processor itself, drawing as if it were a GPU.
    Software,
    /// The driver does not say.
    Other,
}

impl AdapterDescription {
    fn of(adapter: &wgpu::Adapter) -> Self {
        let info = adapter.get_info();
        let kind = match info.device_type {
            wgpu::DeviceType::DiscreteGpu => AdapterKind::Discrete,
            wgpu::DeviceType::IntegratedGpu => AdapterKind::Integrated,
            wgpu::DeviceType::VirtualGpu => AdapterKind::Virtual,
            wgpu::DeviceType::Cpu => AdapterKind::Software,
            wgpu::DeviceType::Other => AdapterKind::Other,
        };
        Self {
            name: info.name,
            backend: info.backend.to_string(),
            kind,
            driver: info.driver,
            driver_info: info.driver_info,
            pci_bus_id: info.device_pci_bus_id,
            vendor_id: info.vendor,
            device_id: info.device,
        }
    }

    /// What part of the machine hashes where this does. A rasteriser is the processor; a GPU in the
    /// processor's package is in the package's energy. NVIDIA's have a meter of their own even so.
    pub fn hashes_on(&self) -> HashingDevice {
        let in_package = match self.kind {
            AdapterKind::Software => true,
            AdapterKind::Integrated => self.vendor_id != NVIDIA,
            AdapterKind::Discrete | AdapterKind::Virtual | AdapterKind::Other => false,
        };
        if in_package {
            return HashingDevice::Processor;
        }
        HashingDevice::Gpu(GpuIdentity {
            name: self.name.clone(),
            address: self.pci_bus_id.parse().ok(),
            vendor_id: Some(self.vendor_id),
        })
    }

    /// Whether the adapter's name has `part` in it, in either case.
    fn is_called(&self, part: &str) -> bool {
        self.name.to_lowercase().contains(&part.to_lowercase())
    }
}

/// An adapter that was found; a scanner opens it.
#[derive(Clone, Debug)]
pub struct Adapter {
    pub(super) adapter: wgpu::Adapter,
    description: AdapterDescription,
}

impl Adapter {
    /// What it is.
    pub fn description(&self) -> &AdapterDescription {
        &self.description
    }

    /// Every adapter that can compute, real ones first.
    pub fn all() -> Vec<Self> {
        let mut descriptor = wgpu::InstanceDescriptor::new_without_display_handle();
        descriptor.backends = wgpu::Backends::PRIMARY;
        let instance = wgpu::Instance::new(descriptor);
        let found = pollster::block_on(instance.enumerate_adapters(wgpu::Backends::PRIMARY));
        let mut all: Vec<Self> = found
            .into_iter()
            .map(|adapter| Self { description: AdapterDescription::of(&adapter), adapter })
            .collect();
        all.sort_by_key(|adapter| adapter.rank());
        all
    }

    /// The order in which adapters are preferred; sorting keeps equals in the system's order.
    fn rank(&self) -> u8 {
        match self.description.kind {
            AdapterKind::Discrete => 0,
            AdapterKind::Integrated => 1,
            AdapterKind::Virtual => 2,
            AdapterKind::Other => 3,
            AdapterKind::Software => 4,
        }
    }

    /// Those whose name has `part` in it; without it every GPU, but no software rasteriser: a
    /// rate of the processor must not pass for one of a GPU.
    ///
    /// # Errors
    /// [`ScanError::NoAdapter`], which names what there is.
    pub fn choose(part: Option<&str>) -> Result<Vec<Self>, ScanError> {
        let all = Self::all();
        let names: Vec<String> = all.iter().map(|a| a.description.name.clone()).collect();
        let meant = |adapter: &Self| match part {
            Some(part) => adapter.description.is_called(part),
            None => adapter.description.kind != AdapterKind::Software,
        };
        let chosen: Vec<Self> = all.into_iter().filter(meant).collect();
        if chosen.is_empty() {
            let asked = part.map(str::to_owned);
            return Err(ScanError::NoAdapter { asked, there: names });
        }
        Ok(chosen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adapter(kind: AdapterKind, vendor_id: u32, pci_bus_id: &str) -> AdapterDescription {
        AdapterDescription {
            name: "a GPU".to_owned(),
            backend: "vulkan".to_owned(),
            kind,
            driver: "driver".to_owned(),
            driver_info: "1".to_owned(),
            pci_bus_id: pci_bus_id.to_owned(),
            vendor_id,
            device_id: 1,
        }
    }

    #[test]
    fn rasterisers_and_gpus_in_the_package_hash_on_the_processor() {
        use AdapterKind::{Integrated, Software};
        for (kind, vendor) in [(Software, 0x10005), (Integrated, 0x8086), (Integrated, 0x1002)] {
            let on = adapter(kind, vendor, "0000:00:02.0").hashes_on();
            assert_eq!(on, HashingDevice::Processor, "{kind:?}");
        }
    }

    #[test]
    fn cards_hash_on_boards_of_their_own_with_their_address_where_it_is_known() {
        for (kind, vendor) in [(AdapterKind::Discrete, 0x1002), (AdapterKind::Integrated, NVIDIA)] {
            for (place, known) in [("0000:03:00.0", true), ("", false)] {
                let HashingDevice::Gpu(gpu) = adapter(kind, vendor, place).hashes_on() else {
                    panic!("{kind:?}")
                };
                assert_eq!((gpu.address.is_some(), gpu.vendor_id), (known, Some(vendor)));
            }
        }
    }
}
