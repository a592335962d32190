//! Matches board meters to the GPUs that hash, so that the energy of other boards is not counted.

use super::selector::Meters;
use super::{EnergyMeter, MeterDescriptor, MeterError, MeterQuantity, Reading, discover_gpus};
use crate::pci::GpuIdentity;
use crate::uncertainty::Scope;
use crate::units::Watts;

/// The meters of the boards of these GPUs, each once. They are matched by PCI address or, if an
/// address is not known, by vendor if the machine has only one board of that vendor. A GPU without
/// a matching meter has an entry that returns the reason when it is read, so that an incomplete sum
/// is not taken for the total.
pub fn discover_boards(gpus: &[GpuIdentity]) -> Meters {
    if gpus.is_empty() { Vec::new() } else { match_gpus(gpus, discover_gpus()) }
}

fn match_gpus(gpus: &[GpuIdentity], found: Result<Meters, MeterError>) -> Meters {
    let (found, discovery_error) = match found {
        Ok(found) => (found, None),
        Err(reason) => (Vec::new(), Some(reason)),
    };
    let mut hashes = vec![false; found.len()];
    let mut unmatched: Meters = Vec::new();
    for gpu in gpus {
        let boards = match &discovery_error {
            Some(reason) => Err(reason.to_string()),
            None => board_meters(gpu, gpus, &found),
        };
        match boards {
            Ok(places) => places.into_iter().for_each(|place| hashes[place] = true),
            Err(reason) => unmatched.push(Box::new(UnmatchedMeter::new(gpu, reason))),
        }
    }
    let known = found.into_iter().zip(hashes).filter(|(_, hashes)| *hashes);
    known.map(|(meter, _)| meter).chain(unmatched).collect()
}

/// The indices of the meters of a GPU's board, or why none could be matched.
fn board_meters(
    gpu: &GpuIdentity,
    gpus: &[GpuIdentity],
    found: &Meters,
) -> Result<Vec<usize>, String> {
    let places = |is: &dyn Fn(&GpuIdentity) -> bool| -> Vec<usize> {
        let of = |meter: &dyn EnergyMeter| meter.gpu().is_some_and(is);
        (0..found.len()).filter(|&place| of(&*found[place])).collect()
    };
    let at_same_address = places(&|board| board.address.is_some() && board.address == gpu.address);
    if !at_same_address.is_empty() {
        return Ok(at_same_address);
    }
    let same_maker =
        |other: &GpuIdentity| other.vendor_id.is_some() && other.vendor_id == gpu.vendor_id;
    let candidates = places(&same_maker);
    let mut boards: Vec<&str> =
        candidates.iter().map(|&place| &*found[place].descriptor().subject).collect();
    boards.dedup();
    let at_other_address = |&place: &usize| {
        let address = found[place].gpu().and_then(|board| board.address);
        address.is_some() && gpu.address.is_some()
    };
    let alike = gpus.iter().filter(|other| same_maker(other)).count();
    match (&boards[..], alike) {
        ([_], 1) if !candidates.iter().any(at_other_address) => Ok(candidates),
        ([], _) => Err(format!("the only meters are those of {}", all_boards(found))),
        _ if candidates.iter().all(at_other_address) => Err(format!(
            "no meter has its PCI address; the meters are those of {}",
            boards.join(", ")
        )),
        _ => Err(format!(
            "the drivers do not report which of these boards of the same vendor it is: {}",
            boards.join(", ")
        )),
    }
}

fn all_boards(found: &Meters) -> String {
    let mut names: Vec<&str> = found
        .iter()
        .map(|meter| meter.gpu().map_or(&*meter.descriptor().subject, |gpu| &*gpu.name))
        .collect();
    names.dedup();
    names.join(", ")
}

/// Stands in for the missing meter of a GPU.
#[derive(Debug)]
struct UnmatchedMeter {
    descriptor: MeterDescriptor,
    reason: MeterError,
}

impl UnmatchedMeter {
    fn new(gpu: &GpuIdentity, reason: String) -> Self {
        let quantity = MeterQuantity::Power { resolution: Watts::ZERO, averaging: None };
        let subject = match gpu.address {
            Some(address) => format!("pci {address}"),
            None => gpu.name.clone(),
        };
        let id = format!("meter of {}", gpu.name);
        Self {
            descriptor: MeterDescriptor::bare(id, Scope::GpuBoard, subject, quantity),
            reason: MeterError::NoBoardMeter { gpu: gpu.name.clone(), reason },
        }
    }
}

impl EnergyMeter for UnmatchedMeter {
    fn descriptor(&self) -> &MeterDescriptor {
        &self.descriptor
    }
    fn read(&mut self) -> Result<Reading, MeterError> {
        Err(self.reason.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::energy::RawValue;
    use crate::pci::{AMD, INTEL, NVIDIA};
    use std::time::Instant;

    struct Board(MeterDescriptor, GpuIdentity);

    impl EnergyMeter for Board {
        fn descriptor(&self) -> &MeterDescriptor {
            &self.0
        }
        fn read(&mut self) -> Result<Reading, MeterError> {
            let now = Instant::now();
            Ok(Reading::new(now, now, RawValue::Power(Watts::from_watts(90.0))))
        }
        fn gpu(&self) -> Option<&GpuIdentity> {
            Some(&self.1)
        }
    }

    fn gpu(name: &str, address: Option<&str>, vendor_id: u32) -> GpuIdentity {
        let address = address.map(|address| address.parse().unwrap());
        GpuIdentity { name: name.to_owned(), address, vendor_id: Some(vendor_id) }
    }

    /// A counter and a power for each board.
    fn meters(boards: &[GpuIdentity]) -> Meters {
        let quantity = MeterQuantity::Power { resolution: Watts::ZERO, averaging: None };
        let both = |board: &GpuIdentity| {
            ["energy", "power"].map(|what| {
                let id = format!("{} {what}", board.name);
                let meter = MeterDescriptor::bare(id, Scope::GpuBoard, &*board.name, quantity);
                Box::new(Board(meter, board.clone())) as Box<dyn EnergyMeter>
            })
        };
        boards.iter().flat_map(both).collect()
    }

    fn ids(meters: &Meters) -> Vec<&str> {
        meters.iter().map(|meter| &*meter.descriptor().id).collect()
    }

    fn only_reason(mut meters: Meters) -> String {
        assert_eq!(meters.len(), 1, "{:?}", ids(&meters));
        let reason = meters[0].read().unwrap_err();
        assert!(matches!(reason, MeterError::NoBoardMeter { .. }), "{reason}");
        assert!(reason.to_string().ends_with("select its meter with --meter"), "{reason}");
        reason.to_string()
    }

    #[test]
    fn boards_that_do_not_hash_are_left_out_by_pci_address() {
        let eight: Vec<_> = (0..8)
            .map(|bus| gpu(&format!("board {bus}"), Some(&format!("0000:{bus:02x}:00.0")), NVIDIA))
            .collect();
        let hashing = gpu("RTX", Some("00000000:05:00.0"), NVIDIA);
        let found = match_gpus(std::slice::from_ref(&hashing), Ok(meters(&eight)));
        assert_eq!(ids(&found), ["board 5 energy", "board 5 power"]);
        // Two drivers of one board count as one board.
        let found = match_gpus(&[hashing.clone(), hashing], Ok(meters(&eight)));
        assert_eq!(ids(&found), ["board 5 energy", "board 5 power"]);
    }

    #[test]
    fn gpu_without_address_matches_the_only_board_of_its_maker() {
        let boards = [gpu("card", Some("0000:03:00.0"), AMD), gpu("other", None, INTEL)];
        let found = match_gpus(&[gpu("Radeon", None, AMD)], Ok(meters(&boards)));
        assert_eq!(ids(&found), ["card energy", "card power"]);
        let found = match_gpus(&[gpu("Arc", Some("0000:07:00.0"), INTEL)], Ok(meters(&boards)));
        assert_eq!(ids(&found), ["other energy", "other power"]);
    }

    #[test]
    fn unmatched_gpu_gets_a_meter_that_returns_the_reason() {
        let two = [gpu("one", Some("0000:03:00.0"), AMD), gpu("two", Some("0000:04:00.0"), AMD)];
        let result = only_reason(match_gpus(&[gpu("Radeon", None, AMD)], Ok(meters(&two))));
        assert!(
            result.contains("which of these boards of the same vendor it is: one, two"),
            "{result}"
        );
        let result = only_reason(match_gpus(&[gpu("RTX", None, NVIDIA)], Ok(meters(&two))));
        assert!(result.contains("the only meters are those of one, two"), "{result}");
        let at_other_address = gpu("Radeon", Some("0000:09:00.0"), AMD);
        let result = only_reason(match_gpus(&[at_other_address], Ok(meters(&two[..1]))));
        assert!(result.contains("no meter has its PCI address"), "{result}");
        let discovery_error =
            MeterError::NotPresent { meter: "nvml".to_owned(), remedy: "remedy".to_owned() };
        let result = only_reason(match_gpus(&[gpu("RTX", None, NVIDIA)], Err(discovery_error)));
        assert!(result.contains("no meter was found for RTX: nvml is not present"), "{result}");
        assert!(discover_boards(&[]).is_empty());
    }

    #[test]
    fn one_board_never_matches_two_gpus_of_its_maker() {
        let gpus = [gpu("first", None, AMD), gpu("second", None, AMD)];
        let mut found = match_gpus(&gpus, Ok(meters(&[gpu("card", None, AMD)])));
        assert_eq!(ids(&found), ["meter of first", "meter of second"]);
        assert!(found.iter_mut().all(|meter| meter.read().is_err()));
    }
}
