//! Which GPUs there are, and which is meant.

use crate::scan::error::ScanError;
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
