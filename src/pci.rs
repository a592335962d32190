//! PCI addresses, which identify a GPU and the energy meter of its board as the same device.

use std::fmt;
use std::str::FromStr;

/// The address of a PCI function: domain, bus, device and function in hexadecimal, such as
/// `0000:03:00.0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PciAddress {
    domain: u32,
    bus: u8,
    device: u8,
    function: u8,
}

/// A text that is not a valid PCI address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a valid PCI address; \
     give DOMAIN:BUS:DEVICE.FUNCTION in hexadecimal, such as 0000:03:00.0"
)]
pub struct NotAPciAddress(String);

impl FromStr for PciAddress {
    type Err = NotAPciAddress;

    /// Accepts a domain of up to eight digits: NVML writes eight, Linux four.
    fn from_str(text: &str) -> Result<Self, NotAPciAddress> {
        let hex = |text: &str, max_digits: usize| -> Option<u32> {
            let digits = (1..=max_digits).contains(&text.len());
            let digits = digits && text.bytes().all(|digit| digit.is_ascii_hexdigit());
            digits.then(|| u32::from_str_radix(text, 16).ok()).flatten()
        };
        let byte = |text: &str| hex(text, 2).and_then(|value| u8::try_from(value).ok());
        let parse = || {
            let (domain, rest) = text.split_once(':')?;
            let (bus, rest) = rest.split_once(':')?;
            let (device, function) = rest.split_once('.')?;
            let (device, function) = (byte(device)?, byte(function)?);
            let fits = device < 32 && function < 8;
            let domain = hex(domain, 8)?;
            fits.then_some(Self { domain, bus: byte(bus)?, device, function })
        };
        parse().ok_or_else(|| NotAPciAddress(text.chars().take(40).collect()))
    }
}

/// Serialises as the text of the address.
impl serde::Serialize for PciAddress {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for PciAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { domain, bus, device, function } = self;
        write!(f, "{domain:04x}:{bus:02x}:{device:02x}.{function:x}")
    }
}

/// The identity of a GPU, as reported by the driver of its scanner or of its meter.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct GpuIdentity {
    /// The driver's name for it.
    pub name: String,
    /// Its PCI address, if the driver reports it.
    pub address: Option<PciAddress>,
    /// The PCI vendor ID of its chip, if known.
    pub vendor_id: Option<u32>,
}

/// NVIDIA's PCI vendor ID.
#[cfg(any(feature = "gpu", feature = "nvml", test))]
pub(crate) const NVIDIA: u32 = 0x10de;
/// AMD's PCI vendor ID.
pub(crate) const AMD: u32 = 0x1002;
/// Intel's PCI vendor ID.
pub(crate) const INTEL: u32 = 0x8086;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_linux_and_nvml_format_are_equal() {
        let linux: PciAddress = "0000:0a:1f.1".parse().unwrap();
        assert_eq!("00000000:0A:1F.1".parse(), Ok(linux));
        assert_eq!(linux.to_string(), "0000:0a:1f.1");
        assert_ne!("0001:0a:1f.1".parse(), Ok(linux));
    }

    #[test]
    fn invalid_address_is_refused_with_its_text_and_an_example() {
        for bad in [
            "",
            "03:00.0",
            "0000:03:00",
            "0000:03:20.0",
            "0000:03:00.8",
            "000000001:03:00.0",
            "+000:03:00.0",
        ] {
            let message = bad.parse::<PciAddress>().unwrap_err().to_string();
            assert!(message.contains("0000:03:00.0") && message.contains(bad), "{message}");
        }
    }
}
