//! The listing of GPUs.

use super::SCHEMA_VERSION;
use super::rows::rows_csv;
use hashwatt::scan::{AdapterDescription, AdapterKind};
use serde::Serialize;
use std::fmt;

/// Every graphics adapter that the drivers report.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct DevicesReport {
    /// Version of the JSON format.
    pub schema_version: u32,
    /// One row for each adapter, hardware GPUs first.
    pub devices: Vec<DeviceRow>,
}

/// A graphics adapter.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct DeviceRow {
    /// Description by the driver.
    #[serde(flatten)]
    pub adapter: AdapterDescription,
    /// Whether `--kernel gpu` uses it by default.
    pub taken_by_default: bool,
}

impl DevicesReport {
    /// Lists adapters in the given order.
    pub fn new<'a>(adapters: impl Iterator<Item = &'a AdapterDescription>) -> Self {
        let row = |adapter: &AdapterDescription| DeviceRow {
            adapter: adapter.clone(),
            taken_by_default: adapter.kind != AdapterKind::Software,
        };
        Self { schema_version: SCHEMA_VERSION, devices: adapters.map(row).collect() }
    }

    /// The adapters as CSV, one row each.
    ///
    /// # Errors
    /// Returns the CSV writer's error.
    pub fn to_csv(&self) -> Result<String, csv::Error> {
        const HEADER: [&str; 9] = [
            "name",
            "backend",
            "kind",
            "driver",
            "driver_info",
            "pci_bus_id",
            "vendor_id",
            "device_id",
            "taken_by_default",
        ];
        rows_csv(&HEADER, &self.devices)
    }
}

impl fmt::Display for DevicesReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.devices.is_empty() {
            return writeln!(
                f,
                "no GPU was found; install a Vulkan driver if the computer has one"
            );
        }
        for row in &self.devices {
            let AdapterDescription { name, backend, kind, driver, driver_info, .. } = &row.adapter;
            let mark = if row.taken_by_default { '*' } else { ' ' };
            let kind = format!("{kind:?}").to_lowercase();
            writeln!(f, "{mark} {name}")?;
            write!(f, "    {kind}, {backend}, {driver} {driver_info}")?;
            match row.adapter.pci_bus_id.as_str() {
                "" => writeln!(f)?,
                pci => writeln!(f, ", PCI {pci}")?,
            }
        }
        writeln!(f, "* marks what --kernel gpu uses; select another with --adapter")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn software_adapter_is_listed_but_not_a_default() {
        let adapter = |name: &str, kind| AdapterDescription {
            name: name.to_owned(),
            backend: "vulkan".to_owned(),
            kind,
            driver: "d".to_owned(),
            driver_info: "1".to_owned(),
            pci_bus_id: "0000:01:00.0".to_owned(),
            vendor_id: 0x10de,
            device_id: 1,
        };
        let all = [adapter("card", AdapterKind::Discrete), adapter("soft", AdapterKind::Software)];
        let report = DevicesReport::new(all.iter());
        let text = report.to_string();
        assert!(text.contains("* card") && text.contains("  soft"), "{text}");
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!(json["devices"][0]["pci_bus_id"], "0000:01:00.0");
        assert_eq!(json["devices"][1]["kind"], "software");
        assert_eq!(json["devices"][1]["taken_by_default"], false);
        let csv = report.to_csv().unwrap();
        assert_eq!(csv.lines().nth(1), Some("card,vulkan,discrete,d,1,0000:01:00.0,4318,1,true"));
        assert!(DevicesReport::new([].into_iter()).to_string().contains("no GPU"));
    }
}
