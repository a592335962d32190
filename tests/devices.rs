//! The table of what is read (DEVICES.md) has every form of a meter that is taken.
#![cfg(feature = "cpu")]

use hashwatt::energy::{Exporter, METER_SPEC_FORMS};

const DEVICES: &str = include_str!("../DEVICES.md");

#[test]
fn every_form_of_a_meter_stands_in_the_table_of_devices() {
    for form in METER_SPEC_FORMS {
        // `hwmon:NAME`, or what stands before a longer form.
        let begin = format!("`{form}");
        let column = format!("--meter {form}");
        assert!(DEVICES.contains(&begin) || DEVICES.contains(&column), "{form}");
    }
}

#[test]
fn every_exporter_of_telemetry_stands_in_the_table_of_devices() {
    for exporter in [Exporter::AsicRs, Exporter::Pyasic] {
        assert!(DEVICES.contains(&format!("[{}]", exporter.name())), "{}", exporter.name());
    }
}
