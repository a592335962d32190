//! What the values of hardware monitors cover, by driver.

use super::super::{FileSystem, MeterError, files::read_text, topology};
use crate::pci::{AMD, INTEL};
use crate::uncertainty::Scope;
use crate::units::{Seconds, Watts};
use hashwatt_quantities::plausible::{GPU_BOARD_POWER, NODE_POWER, RAIL_POWER};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// One channel of a monitor.
pub(super) struct Channel {
    pub is_energy: bool,
    pub label: Option<String>,
    pub file: PathBuf,
}

/// What a channel covers.
pub(super) struct Coverage {
    pub scope: Scope,
    pub subject: String,
    /// The maximum power.
    pub ceiling: Watts,
    pub refresh: Seconds,
    /// For energy channels only.
    pub max_read_gap: Option<Seconds>,
    pub caveat: String,
}

/// A channel with what it covers.
pub(super) struct CoveredChannel {
    pub channel: Channel,
    pub coverage: Coverage,
    /// Why it must not be read, if so.
    pub refused: Option<MeterError>,
}

/// Assumed if neither the driver nor its documentation states a refresh interval.
const DEFAULT_REFRESH: Seconds = Seconds::from_seconds(1.0);

/// The maximum power of Intel cards: the largest is rated 600 W. Lower than the maximum for boards of
/// other vendors, because [`INTEL_MAX_READ_GAP`] depends on it.
const INTEL_CEILING: Watts = Watts::from_watts(1_000.0);

/// i915 and xe read their 32-bit register only when the file is read, and can detect one wrap
/// (`hwm_energy` in i915_hwmon.c). In units of 2^-14 J it wraps after 262 kJ, in the finer units
/// of 2^-16 J after 65.5 kJ, which takes 65 s at [`INTEL_CEILING`].
const INTEL_MAX_READ_GAP: Seconds = Seconds::from_seconds(60.0);

/// The thread of amd_energy reads the register every 2^15 J / 250 W; below this power it detects
/// every wrap.
const AMD_CEILING: Watts = Watts::from_watts(500.0);

/// An unknown counter has at least 32 bits of microjoules. Within this time the ceiling of
/// [`RAIL_POWER`] wraps it at most once, which is detectable because the count goes down.
const UNKNOWN_MAX_READ_GAP: Seconds = Seconds::from_seconds(4.0);

/// The PCI vendor of the chips of a driver.
pub(super) fn vendor(driver: &str) -> Option<u32> {
    match driver {
        "amdgpu" => Some(AMD),
        "i915" | "xe" => Some(INTEL),
        _ => None,
    }
}

/// Whether a driver without a value gives this number: a register with all bits set, signed or
/// unsigned, in the unit of the register (lm-sensors issue 460: 0xFFFFFFFF mW of an ACPI power meter).
pub(super) fn has_no_value(microwatts: u64) -> bool {
    const WATT: u64 = 1_000_000;
    let registers = [u64::from(u32::MAX), i32::MAX as u64];
    let in_units = registers.into_iter().flat_map(|ones| [ones, ones * 1_000, ones * WATT]);
    // Sixteen set bits are a pattern in watts only: a card can draw 65.535 W.
    in_units.chain([u64::from(u16::MAX) * WATT]).any(|pattern| pattern == microwatts)
}

/// The channels to read, with what they cover; the others are parts or copies of these.
pub(super) fn coverage(
    files: &dyn FileSystem,
    sys: &Path,
    driver: &str,
    device: &str,
    channels: Vec<Channel>,
) -> Vec<CoveredChannel> {
    if driver == "amd_energy" {
        return amd_energy(files, sys, channels);
    }
    let cover = |channel: Channel| {
        let coverage = device_coverage(driver, device, channel.label.as_deref(), channel.is_energy);
        CoveredChannel { channel, coverage, refused: None }
    };
    channels.into_iter().map(cover).collect()
}

fn device_coverage(driver: &str, device: &str, label: Option<&str>, is_energy: bool) -> Coverage {
    let refresh = Seconds::from_seconds(0.1);
    let (scope, refresh, gap, caveat) = match (driver, label) {
        // Kernel documentation, hwmon/acpi_power_meter.rst; ACPI 6.5, 10.4.
        ("power_meter", _) => (
            Scope::NodeWall,
            DEFAULT_REFRESH,
            None,
            "an ACPI power meter, usually the input of the machine's power supplies; the board \
             maker decides what it covers",
        ),
        // Kernel documentation, gpu/amdgpu/thermal.rst.
        ("amdgpu", _) => (
            Scope::GpuBoard,
            DEFAULT_REFRESH,
            None,
            "documented by amdgpu as the power of the chip with its memory, on an APU including \
             the processor; fans and converters may be excluded",
        ),
        // Kernel documentation, ABI/testing/sysfs-driver-intel-i915-hwmon.
        ("i915", _) => (
            Scope::GpuBoard,
            refresh,
            Some(INTEL_MAX_READ_GAP),
            "documented by i915 as the entire device, but read from the package's register, so \
             memory, fans and converters may be excluded",
        ),
        // Kernel documentation, ABI/testing/sysfs-driver-intel-xe-hwmon.
        ("xe", None | Some("card")) => (
            Scope::GpuBoard,
            refresh,
            Some(INTEL_MAX_READ_GAP),
            "documented by xe as the energy of the card",
        ),
        ("xe", _) => {
            (Scope::Rail, refresh, Some(INTEL_MAX_READ_GAP), "covers a part of the card only")
        }
        (gt, _) if gt.starts_with("i915_gt") => {
            (Scope::Rail, refresh, Some(INTEL_MAX_READ_GAP), "covers one tile of the GPU only")
        }
        ("zenpower", _) => (
            Scope::Rail,
            DEFAULT_REFRESH,
            Some(UNKNOWN_MAX_READ_GAP),
            "covers one rail of the processor only",
        ),
        _ => (
            Scope::Rail,
            DEFAULT_REFRESH,
            Some(UNKNOWN_MAX_READ_GAP),
            if is_energy {
                "what it covers depends on the board; whether its counter wraps is not \
                 documented, so a decrease is refused"
            } else {
                "what it covers depends on the board"
            },
        ),
    };
    let ceiling = match (driver, scope) {
        (driver, _) if driver == "xe" || driver.starts_with("i915") => INTEL_CEILING,
        (_, Scope::GpuBoard) => GPU_BOARD_POWER.ceiling(),
        (_, Scope::NodeWall) => NODE_POWER.ceiling(),
        _ => RAIL_POWER.ceiling(),
    };
    Coverage {
        scope,
        // The node, as for wall meters.
        subject: if scope == Scope::NodeWall { "node" } else { device }.to_owned(),
        ceiling,
        refresh,
        max_read_gap: gap,
        caveat: caveat.to_owned(),
    }
}

/// `amd_energy` (kernel documentation, hwmon/amd_energy.rst; in kernels 5.8 to 5.12): `Ecore`
/// channels are parts of the `Esocket` channels. The driver treats every NUMA node as a socket, so
/// with several nodes per socket the channels are copies; the first is used for its package.
fn amd_energy(files: &dyn FileSystem, sys: &Path, channels: Vec<Channel>) -> Vec<CoveredChannel> {
    let node = |channel: &Channel| -> Option<u32> {
        channel.label.as_ref()?.strip_prefix("Esocket")?.parse().ok()
    };
    let sockets: Vec<_> = channels
        .into_iter()
        .filter_map(|channel| node(&channel).map(|node| (node, channel)))
        .collect();
    let is_alone = sockets.len() == 1;
    let mut seen = BTreeSet::new();
    let mut covered = Vec::new();
    for (node, channel) in sockets {
        let package = match package_of_node(files, sys, node) {
            // There is only one socket.
            Err(_) if is_alone => Ok(0),
            package => package,
        };
        if package.as_ref().is_ok_and(|package| !seen.insert(*package)) {
            continue;
        }
        let coverage = Coverage {
            scope: Scope::CpuPackage,
            subject: match &package {
                // The name of the powercap zone, which reads the same register.
                Ok(package) => format!("package-{package}"),
                Err(_) => format!("package of node {node}"),
            },
            ceiling: AMD_CEILING,
            refresh: Seconds::from_seconds(1e-3),
            // The driver's own thread detects each wrap of the register.
            max_read_gap: None,
            caveat: "each wrap of the register loses one count".to_owned(),
        };
        covered.push(CoveredChannel { channel, coverage, refused: package.err() });
    }
    covered
}

fn package_of_node(files: &dyn FileSystem, sys: &Path, node: u32) -> Result<u64, MeterError> {
    let meter = format!("hwmon amd_energy Esocket{node}");
    let list = sys.join(format!("devices/system/node/node{node}/cpulist"));
    let list = read_text(files, &list, &meter)?;
    let cpu = topology::cpu_list(&list).and_then(|cpus| cpus.first().copied());
    let cpu = cpu.ok_or_else(|| MeterError::malformed(&meter, &list))?;
    topology::package(files, sys, cpu, &meter)
}

#[cfg(test)]
mod tests {
    use super::has_no_value;

    #[test]
    fn registers_with_all_bits_set_have_no_value_in_any_unit() {
        for none in
            [4_294_967_295_000, 4_294_967_295, 2_147_483_647, 2_147_483_647_000, 65_535_000_000]
        {
            assert!(has_no_value(none), "{none}");
        }
        for value in [0, 65_535_000, 120_000_000, 4_294_967_294, 2_147_483_648] {
            assert!(!has_no_value(value), "{value}");
        }
    }
}
