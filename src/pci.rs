//! Where a device is on the PCI bus, by which a GPU that hashes and the meter of its board know each other.

use std::fmt;
use std::str::FromStr;

/// The address of a PCI function: `0000:03:00.0` is domain, bus, device and function, in hexadecimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PciAddress {
    domain: u32,
    bus: u8,
    device: u8,
    function: u8,
}

/// A text that is no PCI address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no PCI address; give DOMAIN:BUS:DEVICE.FUNCTION in hexadecimal, such as 0000:03:00.0"
)]
pub struct NotAPciAddress(String);

impl FromStr for PciAddress {
    type Err = NotAPciAddress;

    /// With a domain of up to eight digits, as NVML writes it, or of four, as Linux does.
    fn from_str(text: &str) -> Result<Self, NotAPciAddress> {
        let hex = |text: &str, most: usize| -> Option<u32> {
            let digits = (1..=most).contains(&text.len());
            let digits = digits && text.bytes().all(|digit| digit.is_ascii_hexdigit());
            digits.then(|| u32::from_str_radix(text, 16).ok()).flatten()
        };
        let byte = |text: &str| hex(text, 2).and_then(|value| u8::try_from(value).ok());
        let read = || {
            let (domain, rest) = text.split_once(':')?;
            let (bus, rest) = rest.split_once(':')?;
            let (device, function) = rest.split_once('.')?;
            let (device, function) = (byte(device)?, byte(function)?);
            let fits = device < 32 && function < 8;
            let domain = hex(domain, 8)?;
            fits.then_some(Self { domain, bus: byte(bus)?, device, function })
        };
        read().ok_or_else(|| NotAPciAddress(text.chars().take(40).collect()))
    }
}

impl fmt::Display for PciAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { domain, bus, device, function } = self;
        write!(f, "{domain:04x}:{bus:02x}:{device:02x}.{function:x}")
    }
}

/// A GPU, as far as the driver of its scanner or of its meter tells which one it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GpuIdentity {
    /// What the driver calls it.
    pub name: String,
    /// Where it is, where the driver tells.
    pub address: Option<PciAddress>,
    /// Who made its chip (PCI vendor ID), where that is known.
    pub vendor_id: Option<u32>,
}

/// NVIDIA's PCI vendor ID.
#[cfg(any(feature = "gpu", feature = "nvml", test))]
pub(crate) const NVIDIA: u32 = 0x10de;
/// AMD's.
pub(crate) const AMD: u32 = 0x1002;
/// Intel's.
pub(crate) const INTEL: u32 = 0x8086;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_drivers_that_write_them_differently_are_equal() {
        let linux: PciAddress = "0000:0a:1f.1".parse().unwrap();
        assert_eq!("00000000:0A:1F.1".parse(), Ok(linux));
        assert_eq!(linux.to_string(), "0000:0a:1f.1");
        assert_ne!("0001:0a:1f.1".parse(), Ok(linux));
    }

    #[test]
    fn what_is_no_address_is_refused_and_shown() {
        for bad in [
            "",
            "03:00.0",
            "0000:03:00",
            "0000:03:20.0",
            "0000:03:00.8",
            "000000001:03:00.0",
            "+000:03:00.0",
        ] {
            let told = bad.parse::<PciAddress>().unwrap_err().to_string();
            assert!(told.contains("0000:03:00.0") && told.contains(bad), "{told}");
        }
    }
}
