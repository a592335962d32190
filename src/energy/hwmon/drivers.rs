//! What the drivers of hardware monitors say their figures cover.

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
    /// More it cannot draw.
    pub ceiling: Watts,
    pub refresh: Seconds,
    /// Of energy alone.
    pub max_read_gap: Option<Seconds>,
    pub caveat: String,
}

/// A channel with what it covers.
pub(super) struct Covered {
    pub channel: Channel,
    pub coverage: Coverage,
    /// Why it must not be read, where there is a reason.
    pub refused: Option<MeterError>,
}

/// Assumed where neither the driver nor its documentation says how often a figure changes.
const SLOW: Seconds = Seconds::from_seconds(1.0);

/// No card of Intel's draws more: their largest is rated 600 W. Less than what boards of any maker
/// are taken to draw, since [`INTEL_GAP`] rests on it.
const INTEL_CEILING: Watts = Watts::from_watts(1_000.0);

/// i915 and xe look at their 32-bit register only when the file is read, and can tell one wrap
/// (`hwm_energy` in i915_hwmon.c). In units of 2^-14 J it wraps after 262 kJ, in the finer ones
/// of 2^-16 J after 65.5 kJ, which [`INTEL_CEILING`] takes 65 s to draw.
const INTEL_GAP: Seconds = Seconds::from_seconds(60.0);

/// amd_energy's thread looks every 2^15 J / 250 W: at less than this no wrap escapes it.
const AMD_CEILING: Watts = Watts::from_watts(500.0);

/// A counter of which nothing is known has 32 bits of microjoules at least: within this time
/// [`RAIL_POWER`]'s ceiling wraps it once at most, which shows, since the count goes down.
const UNKNOWN_GAP: Seconds = Seconds::from_seconds(4.0);

/// The maker of the chips that a driver is for.
pub(super) fn vendor(driver: &str) -> Option<u32> {
    match driver {
        "amdgpu" => Some(AMD),
        "i915" | "xe" => Some(INTEL),
        _ => None,
    }
}

/// What a driver writes that has no value: a register whose bits are all set, signed or not, in the
/// unit that it reads (lm-sensors issue 460: 0xFFFFFFFF mW of an ACPI power meter).
pub(super) fn has_no_value(microwatts: u64) -> bool {
    const WATT: u64 = 1_000_000;
    let registers = [u64::from(u32::MAX), i32::MAX as u64];
    let in_units = registers.into_iter().flat_map(|ones| [ones, ones * 1_000, ones * WATT]);
    // Sixteen bits are a pattern in watts alone: 65.535 W is what a card can draw.
    in_units.chain([u64::from(u16::MAX) * WATT]).any(|pattern| pattern == microwatts)
}

/// The channels that stand for something by themselves, with what they cover; the others are
/// parts or copies of these.
pub(super) fn coverage(
    files: &dyn FileSystem,
    sys: &Path,
    driver: &str,
    device: &str,
    channels: Vec<Channel>,
) -> Vec<Covered> {
    if driver == "amd_energy" {
        return amd_energy(files, sys, channels);
    }
    let cover = |channel: Channel| {
        let coverage = of_device(driver, device, channel.label.as_deref(), channel.is_energy);
        Covered { channel, coverage, refused: None }
    };
    channels.into_iter().map(cover).collect()
}

fn of_device(driver: &str, device: &str, label: Option<&str>, is_energy: bool) -> Coverage {
    let refresh = Seconds::from_seconds(0.1);
    let (scope, refresh, gap, caveat) = match (driver, label) {
        // Kernel documentation, hwmon/acpi_power_meter.rst; ACPI 6.5, 10.4.
        ("power_meter", _) => (
            Scope::NodeWall,
            SLOW,
            None,
            "an ACPI power meter: as a rule the input of the machine's power supplies; what it \
             covers is the board maker's choice",
        ),
        // Kernel documentation, gpu/amdgpu/thermal.rst.
        ("amdgpu", _) => (
            Scope::GpuBoard,
            SLOW,
            None,
            "amdgpu documents it as the power of the chip with its memory, on an APU with the \
             processor; fans and converters may be left out",
        ),
        // Kernel documentation, ABI/testing/sysfs-driver-intel-i915-hwmon.
        ("i915", _) => (
            Scope::GpuBoard,
            refresh,
            Some(INTEL_GAP),
            "i915 documents it as the entire device; the register is the package's, so that \
             memory, fans and converters may be left out",
        ),
        // Kernel documentation, ABI/testing/sysfs-driver-intel-xe-hwmon.
        ("xe", None | Some("card")) => {
            (Scope::GpuBoard, refresh, Some(INTEL_GAP), "xe documents it as the card's")
        }
        ("xe", _) => (
            Scope::Rail,
            refresh,
            Some(INTEL_GAP),
            "a part of the card alone: the rest of it is left out",
        ),
        (gt, _) if gt.starts_with("i915_gt") => {
            (Scope::Rail, refresh, Some(INTEL_GAP), "one tile of the GPU alone")
        }
        ("zenpower", _) => {
            (Scope::Rail, SLOW, Some(UNKNOWN_GAP), "one rail of the processor alone")
        }
        _ => (
            Scope::Rail,
            SLOW,
            Some(UNKNOWN_GAP),
            if is_energy {
                "what it covers is the board's design; whether its counter wraps is not \
                 documented, so that one that goes down is refused"
            } else {
                "what it covers is the board's design"
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
        // The same node that wall meters see.
        subject: if scope == Scope::NodeWall { "node" } else { device }.to_owned(),
        ceiling,
        refresh,
        max_read_gap: gap,
        caveat: caveat.to_owned(),
    }
}

/// `amd_energy` (kernel documentation, hwmon/amd_energy.rst; in kernels 5.8 to 5.12): `Ecore`
/// channels are parts of the `Esocket` ones. It takes every NUMA node for a socket, so with
/// several nodes a socket the channels are copies; the first one stands for its package.
fn amd_energy(files: &dyn FileSystem, sys: &Path, channels: Vec<Channel>) -> Vec<Covered> {
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
            // The only socket there is.
            Err(_) if is_alone => Ok(0),
            package => package,
        };
        if package.as_ref().is_ok_and(|package| !seen.insert(*package)) {
            continue;
        }
        let coverage = Coverage {
            scope: Scope::CpuPackage,
            subject: match &package {
                // As powercap's zone is named: they are the same register.
                Ok(package) => format!("package-{package}"),
                Err(_) => format!("package of node {node}"),
            },
            ceiling: AMD_CEILING,
            refresh: Seconds::from_seconds(1e-3),
            // The driver's own thread sees each wrap of the register.
            max_read_gap: None,
            caveat: "each wrap of the register loses one count of it".to_owned(),
        };
        covered.push(Covered { channel, coverage, refused: package.err() });
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
    fn registers_with_all_bits_set_are_no_value_in_any_unit() {
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
