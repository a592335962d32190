//! The sensors that Linux provides as files, with sysfs trees and injected file faults.

#[path = "../stubs/faulty.rs"]
mod faulty;
mod hwmon;
mod rapl;

use faulty::{EACCES, EIO, ENODEV, EOPNOTSUPP, EPERM, Faulty};
use hashwatt::energy::{
    EnergyAccount, EnergyMeter, HwmonMeter, MeterError, MeterQuantity, RaplMeter, RawValue, Reading,
};
use hashwatt::uncertainty::Scope;
use hashwatt::units::Seconds;
use hashwatt_test_support::sysfs::{PACKAGE_RANGE_UJ, rapl_zone, write};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

fn subjects<M: EnergyMeter>(meters: &[M]) -> Vec<&str> {
    meters.iter().map(|meter| meter.descriptor().subject.as_str()).collect()
}

fn scopes<M: EnergyMeter>(meters: &[M]) -> Vec<Scope> {
    meters.iter().map(|meter| meter.descriptor().scope).collect()
}

/// Texts that are not a valid number of a sensor, including one longer than any sysfs file.
fn invalid_texts() -> Vec<String> {
    ["", "\n", "N/A", "-5", "1.5", "0x10", "12 13", "99999999999999999999"]
        .into_iter()
        .map(str::to_owned)
        .chain(["1".repeat(70_000)])
        .collect()
}

const DRAM_RANGE: u64 = 65_532_610_987;

fn one_package(energy_uj: u64) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    rapl_zone(root.path(), "intel-rapl:0", "package-0", PACKAGE_RANGE_UJ, energy_uj);
    root
}

fn rapl(root: &Path) -> Vec<RaplMeter> {
    RaplMeter::discover(&Faulty::default().files(), root).unwrap()
}

fn account_of(meter: &dyn EnergyMeter) -> EnergyAccount {
    EnergyAccount::new(meter.descriptor().clone())
}

/// Writes each state to the counter's file and reads it.
fn record_states(meter: &mut dyn EnergyMeter, file: &Path, states: &[u64]) -> EnergyAccount {
    let mut account = account_of(meter);
    for state in states {
        fs::write(file, format!("{state}\n")).unwrap();
        account.record(meter.read());
    }
    account
}

fn microjoules(account: &EnergyAccount) -> Result<u64, MeterError> {
    Ok((account.energy()?.value().as_joules() * 1e6).round() as u64)
}
