//! The tables in DEVICES.md list every form of a meter specification and every telemetry exporter.
#![cfg(feature = "cpu")]

use hashwatt::energy::{Exporter, METER_SPEC_FORMS};

const DEVICES: &str = include_str!("../DEVICES.md");

#[test]
fn every_meter_specification_form_is_listed_in_devices_md() {
    for form in METER_SPEC_FORMS {
        // `hwmon:NAME`, or the beginning of a longer form.
        let begin = format!("`{form}");
        let column = format!("--meter {form}");
        assert!(DEVICES.contains(&begin) || DEVICES.contains(&column), "{form}");
    }
}

#[test]
fn every_telemetry_exporter_is_listed_in_devices_md() {
    for exporter in [Exporter::AsicRs, Exporter::Pyasic] {
        assert!(DEVICES.contains(&format!("[{}]", exporter.name())), "{}", exporter.name());
    }
}
