//! Which meters are here.

use super::selector::{Meters, boxed, files};
use super::{
    EnergyMeter, HwmonMeter, METER_SPEC_FORMS, MeterDescriptor, MeterError, MeterSpec, hwmon,
};
use crate::uncertainty::Scope;
use std::path::Path;

/// The meters of this machine's processors: on Linux the powercap zones, or the perf events of the
/// same registers where this user may read those and not the zones. One that is there but cannot
/// be read is in the list and says why when it is read.
///
/// # Errors
/// [`MeterError::NotPresent`] where there is none.
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

/// The meters of this machine's GPU boards: NVML's, and the monitors of the other makers' drivers.
///
/// # Errors
/// [`MeterError::NotPresent`] where there is none.
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

/// What a look for one kind of meter found.
#[derive(Clone, Debug, PartialEq)]
pub struct MeterInventory {
    /// How it is named.
    pub form: &'static str,
    /// Each meter with what keeps it from being read, if anything does; or why there is none.
    pub found: Result<Vec<(MeterDescriptor, Option<MeterError>)>, MeterError>,
}

/// Looks for every kind of meter on this machine and reads each once. Those that need an address
/// are not looked for.
pub fn inventory() -> Vec<MeterInventory> {
    let look = |form: &'static str| {
        let opened = match form {
            "rapl" => MeterSpec::Rapl.open(),
            "perf" => MeterSpec::Perf.open(),
            "hwmon:NAME" => HwmonMeter::discover(&files(), Path::new(hwmon::CLASS)).map(boxed),
            "nvml:INDEX" => MeterSpec::Nvml(None).open(),
            "ipmi" => MeterSpec::Ipmi.open(),
            "csv:FILE" => Err(MeterError::NotSought {
                remedy: "an analyser's log is read when its file is named".to_owned(),
            }),
            "assumed:350W" => Err(MeterError::NotSought {
                remedy: "no meter, but watts that you state and that stay assumed".to_owned(),
            }),
            _ if cfg!(feature = "wall") => Err(MeterError::NotSought {
                remedy: format!("the network is not searched: name its address, {form}"),
            }),
            _ => Err(MeterError::NotPresent {
                meter: form.split(':').next().unwrap_or(form).to_owned(),
                remedy: "this build has no driver for it: build with --features wall".to_owned(),
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
    METER_SPEC_FORMS.into_iter().map(look).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_survey_says_something_of_every_form() {
        let inventory = inventory();
        assert_eq!(inventory.len(), METER_SPEC_FORMS.len());
        // What only the user can name is not said to be missing.
        for row in &inventory {
            let sought = !matches!(row.found, Err(MeterError::NotSought { .. }));
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
