//! Finds the meters of this machine.

use super::selector::{Meters, boxed, files};
use super::{
    EnergyMeter, HwmonMeter, METER_SPEC_FORMS, MeterDescriptor, MeterError, MeterSpec, hwmon,
};
use crate::uncertainty::Scope;
use std::path::Path;

/// The meters of this machine's processors: on Linux the powercap zones, or the perf events of the
/// same registers if only those can be read by this user. A meter that exists but cannot be read is
/// in the list and returns the reason when it is read.
///
/// # Errors
/// [`MeterError::NotPresent`] if there is none, [`MeterError::Hidden`] if a container hides them.
pub fn discover() -> Result<Meters, MeterError> {
    let readable = |meters: &mut Meters| meters.iter_mut().all(|meter| meter.read().is_ok());
    let mut zones = MeterSpec::Rapl.open();
    if zones.as_mut().is_ok_and(readable) {
        return zones;
    }
    let Ok(mut counters) = MeterSpec::Perf.open() else { return zones };
    let better = zones.is_err() || readable(&mut counters);
    if better { Ok(counters) } else { zones }
}

/// The meters of this machine's GPU boards: those of NVML and the hardware monitors of the other
/// vendors' drivers.
///
/// # Errors
/// [`MeterError::NotPresent`] if there is none.
pub fn discover_gpus() -> Result<Meters, MeterError> {
    let monitors = HwmonMeter::discover(&files(), Path::new(hwmon::CLASS));
    let mut boards: Meters = monitors
        .map(boxed)
        .unwrap_or_default()
        .into_iter()
        .filter(|meter| meter.descriptor().scope == Scope::GpuBoard)
        .collect();
    match MeterSpec::Nvml(None).open() {
        Ok(meters) => boards.extend(meters),
        Err(error) if boards.is_empty() => return Err(error),
        Err(_) => {}
    }
    Ok(boards)
}

/// The result of a search for one kind of meter.
#[derive(Clone, Debug, PartialEq)]
pub struct MeterInventory {
    /// The form of its specification, one of [`METER_SPEC_FORMS`].
    pub form: &'static str,
    /// Each meter with the error of a first read, if it failed; or why no meter was found.
    pub found: Result<Vec<(MeterDescriptor, Option<MeterError>)>, MeterError>,
}

/// Searches this machine for every kind of meter and reads each once. Meters that need an address
/// are not searched for.
pub fn inventory() -> Vec<MeterInventory> {
    let search = |form: &'static str| {
        let opened = match form {
            "rapl" => MeterSpec::Rapl.open(),
            "perf" => MeterSpec::Perf.open(),
            "hwmon:NAME" => HwmonMeter::discover(&files(), Path::new(hwmon::CLASS)).map(boxed),
            "nvml:INDEX" => MeterSpec::Nvml(None).open(),
            "ipmi" => MeterSpec::Ipmi.open(),
            "csv:FILE" => Err(MeterError::NotSearched {
                remedy: "not searched for; give the file of a power log".to_owned(),
            }),
            "assumed:350W" => Err(MeterError::NotSearched {
                remedy: "not a meter; give an assumed power; results are marked as assumed"
                    .to_owned(),
            }),
            _ if cfg!(feature = "wall") => Err(MeterError::NotSearched {
                remedy: format!("not searched for; give its network address as {form}"),
            }),
            _ => Err(MeterError::NotPresent {
                meter: form.split(':').next().unwrap_or(form).to_owned(),
                remedy: "this build does not include it; build with --features wall".to_owned(),
            }),
        };
        let found = opened.map(|meters| {
            let read = |mut meter: Box<dyn EnergyMeter>| {
                let error = meter.read().err();
                (meter.descriptor().clone(), error)
            };
            meters.into_iter().map(read).collect()
        });
        MeterInventory { form, found }
    };
    METER_SPEC_FORMS.into_iter().map(search).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inventory_lists_every_kind_of_meter() {
        let inventory = inventory();
        assert_eq!(inventory.len(), METER_SPEC_FORMS.len());
        // Meters that only the user can specify are not reported as missing.
        for row in &inventory {
            let sought = !matches!(row.found, Err(MeterError::NotSearched { .. }));
            let addressed = row.form.ends_with(":URL") && cfg!(feature = "wall");
            assert_eq!(sought, !addressed && !["csv:FILE", "assumed:350W"].contains(&row.form));
        }
        for row in inventory {
            if let Err(error) = row.found {
                assert!(!error.to_string().is_empty(), "{}", row.form);
            }
        }
    }
}
