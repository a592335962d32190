//! Lists the available GPUs and selects among them.

use crate::pci::{GpuIdentity, NVIDIA};
use crate::scan::error::ScanError;
use crate::scan::scanner::HashingDevice;
use serde::Serialize;

/// The driver's description of a GPU or a software rasteriser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AdapterDescription {
    /// The driver's name for it.
    pub name: String,
    /// The graphics API: vulkan, metal, dx12.
    pub backend: String,
    /// The kind of device.
    pub kind: AdapterKind,
    /// The name of the driver.
    pub driver: String,
    /// The version text of the driver.
    pub driver_info: String,
    /// The PCI address, which associates it with a meter; empty if unknown.
    pub pci_bus_id: String,
    /// The PCI vendor ID.
    pub vendor_id: u32,
    /// The PCI device ID.
    pub device_id: u32,
}

/// The kind of device of an adapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum AdapterKind {
    /// A card with its own memory.
    Discrete,
    /// A GPU in the processor's package.
    Integrated,
    /// A GPU of a virtual machine.
    Virtual,
    /// A software rasteriser, which runs on the processor.
    Software,
    /// Unknown.
    Other,
}

impl AdapterDescription {
    fn from_wgpu(adapter: &wgpu::Adapter) -> Self {
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

    /// The device that hashes, for the choice of meters. A software rasteriser runs on the processor, and
    /// the energy of a GPU in the processor's package is included in the package's. Integrated NVIDIA
    /// GPUs have their own meter.
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

    /// Whether the adapter's name contains `part`, case-insensitive.
    fn name_contains(&self, part: &str) -> bool {
        self.name.to_lowercase().contains(&part.to_lowercase())
    }
}

/// An available adapter, which a scanner can open.
#[derive(Clone, Debug)]
pub struct Adapter {
    pub(super) adapter: wgpu::Adapter,
    description: AdapterDescription,
}

impl Adapter {
    /// The driver's description.
    pub fn description(&self) -> &AdapterDescription {
        &self.description
    }

    /// All adapters that support compute shaders, GPUs first and software rasterisers last.
    pub fn all() -> Vec<Self> {
        let mut descriptor = wgpu::InstanceDescriptor::new_without_display_handle();
        descriptor.backends = wgpu::Backends::PRIMARY;
        let instance = wgpu::Instance::new(descriptor);
        let found = pollster::block_on(instance.enumerate_adapters(wgpu::Backends::PRIMARY));
        let mut all: Vec<Self> = found
            .into_iter()
            .map(|adapter| Self { description: AdapterDescription::from_wgpu(&adapter), adapter })
            .collect();
        all.sort_by_key(|adapter| adapter.rank());
        all
    }

    /// The order of preference. Sorting keeps adapters of equal rank in the system's order.
    fn rank(&self) -> u8 {
        match self.description.kind {
            AdapterKind::Discrete => 0,
            AdapterKind::Integrated => 1,
            AdapterKind::Virtual => 2,
            AdapterKind::Other => 3,
            AdapterKind::Software => 4,
        }
    }

    /// The adapters whose names contain `part`, case-insensitive. Without `part`, all GPUs but no
    /// software rasteriser, so that a rate of the processor is not reported as that of a GPU.
    ///
    /// # Errors
    /// [`ScanError::NoAdapter`] with the names of the available adapters.
    pub fn choose(part: Option<&str>) -> Result<Vec<Self>, ScanError> {
        let all = Self::all();
        let names: Vec<String> = all.iter().map(|a| a.description.name.clone()).collect();
        let matches = |adapter: &Self| match part {
            Some(part) => adapter.description.name_contains(part),
            None => adapter.description.kind != AdapterKind::Software,
        };
        let chosen: Vec<Self> = all.into_iter().filter(matches).collect();
        if chosen.is_empty() {
            let given = part.map(str::to_owned);
            return Err(ScanError::NoAdapter { given, available: names });
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
    fn software_rasterisers_and_integrated_gpus_hash_on_the_processor() {
        use AdapterKind::{Integrated, Software};
        for (kind, vendor) in [(Software, 0x10005), (Integrated, 0x8086), (Integrated, 0x1002)] {
            let on = adapter(kind, vendor, "0000:00:02.0").hashes_on();
            assert_eq!(on, HashingDevice::Processor, "{kind:?}");
        }
    }

    #[test]
    fn discrete_and_nvidia_gpus_hash_on_gpu_with_address_if_known() {
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
