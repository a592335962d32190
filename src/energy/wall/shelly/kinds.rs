//! The table of Shelly components that measure.

use super::super::super::{MeterError, MeterQuantity, RawValue};
use super::super::json;
use super::super::remote::Extract;
use crate::units::{Joules, Seconds, Watts};
use hashwatt_quantities::plausible::NODE_POWER;
use serde_json::Value;

/// A kind of component, or one phase of it.
#[derive(Debug)]
pub(super) struct Kind {
    /// Its name before the colon in a status page and after `#`.
    pub key: &'static str,
    /// The phase, for one phase of a three-phase component.
    pub phase: Option<&'static str>,
    power: Field,
    /// The step between two powers, in watts.
    power_step: f64,
    energy: Field,
    counts: Counts,
}

/// The position of a value: the page, to which a component's number is appended, and the path.
#[derive(Debug)]
struct Field {
    page: &'static str,
    keys: &'static [&'static str],
}

/// The unit of a counter.
#[derive(Debug)]
struct Counts {
    /// The number of counts in one unit of the device's output.
    per_unit: f64,
    /// The energy of one count.
    joules: f64,
}

/// Wh with three decimals.
const MILLIWATT_HOURS: Counts = Counts { per_unit: 1000.0, joules: 3.6 };
/// Wh with two decimals.
const CENTIWATT_HOURS: Counts = Counts { per_unit: 100.0, joules: 36.0 };
/// Wh with one decimal.
const DECIWATT_HOURS: Counts = Counts { per_unit: 10.0, joules: 360.0 };
const WATT_MINUTES: Counts = Counts { per_unit: 1.0, joules: 60.0 };

/// A component with power and energy on one page.
const fn single(key: &'static str, page: &'static str) -> Kind {
    Kind {
        key,
        phase: None,
        power: Field { page, keys: &["apower"] },
        power_step: 0.1,
        energy: Field { page, keys: &["aenergy", "total"] },
        counts: MILLIWATT_HOURS,
    }
}

const EM: &str = "/rpc/EM.GetStatus?id=";
const EM_DATA: &str = "/rpc/EMData.GetStatus?id=";

const fn three_phase(
    phase: Option<&'static str>,
    power: &'static [&'static str],
    energy: &'static [&'static str],
) -> Kind {
    Kind {
        key: "em",
        phase,
        power: Field { page: EM, keys: power },
        power_step: 0.1,
        energy: Field { page: EM_DATA, keys: energy },
        counts: CENTIWATT_HOURS,
    }
}

/// The kinds of the second generation and later.
pub(super) const LATER: [Kind; 7] = [
    single("switch", "/rpc/Switch.GetStatus?id="),
    single("pm1", "/rpc/PM1.GetStatus?id="),
    three_phase(None, &["total_act_power"], &["total_act"]),
    three_phase(Some("a"), &["a_act_power"], &["a_total_act_energy"]),
    three_phase(Some("b"), &["b_act_power"], &["b_total_act_energy"]),
    three_phase(Some("c"), &["c_act_power"], &["c_total_act_energy"]),
    Kind {
        key: "em1",
        phase: None,
        power: Field { page: "/rpc/EM1.GetStatus?id=", keys: &["act_power"] },
        power_step: 0.1,
        energy: Field { page: "/rpc/EM1Data.GetStatus?id=", keys: &["total_act_energy"] },
        counts: CENTIWATT_HOURS,
    },
];

/// The kinds of the first generation.
pub(super) const FIRST: [Kind; 2] = [
    Kind {
        key: "meter",
        phase: None,
        power: Field { page: "/meter/", keys: &["power"] },
        power_step: 0.01,
        energy: Field { page: "/meter/", keys: &["total"] },
        counts: WATT_MINUTES,
    },
    Kind {
        key: "emeter",
        phase: None,
        power: Field { page: "/emeter/", keys: &["power"] },
        power_step: 0.01,
        energy: Field { page: "/emeter/", keys: &["total"] },
        counts: DECIWATT_HOURS,
    },
];

/// The names of kinds for a message.
pub(super) fn keys(kinds: &[Kind]) -> String {
    let mut keys: Vec<_> = kinds.iter().map(|kind| kind.key).collect();
    keys.dedup();
    keys.join(", ")
}

impl Kind {
    /// The page with a component's power.
    pub(super) fn power_page(&self, number: u16) -> String {
        format!("{}{number}", self.power.page)
    }
    /// The page with a component's energy, often the same.
    pub(super) fn energy_page(&self, number: u16) -> String {
        format!("{}{number}", self.energy.page)
    }
    /// Whether a component's status has a measured power. Without a sensor the field is missing; in
    /// the first generation the power of a component without a counter is a value set by the user.
    pub(super) fn has_power(&self, status: &Value) -> bool {
        let has = |field: &Field| json::find(status, field.keys).is_some();
        has(&self.power) && (self.power.page != self.energy.page || has(&self.energy))
    }
    pub(super) fn power(&'static self) -> (MeterQuantity, Extract) {
        let resolution = Watts::from_watts(self.power_step);
        let quantity = MeterQuantity::Power { resolution, averaging: Some(Seconds::ZERO) };
        let extract: Extract = Box::new(|meter, page| {
            check_valid(meter, page)?;
            json::power(meter, page, self.power.keys)
        });
        (quantity, extract)
    }
    pub(super) fn energy(&'static self) -> (MeterQuantity, Extract) {
        let quantity = MeterQuantity::CumulativeEnergy {
            per_count: Joules::from_joules(self.counts.joules),
            wrap_modulus: None,
            ceiling: NODE_POWER.ceiling(),
        };
        let extract: Extract = Box::new(|meter, page| {
            check_valid(meter, page)?;
            json::counts(meter, page, self.energy.keys, self.counts.per_unit).map(RawValue::Count)
        });
        (quantity, extract)
    }
}

/// Checks the flag `is_valid` of the first generation.
fn check_valid(meter: &str, page: &Value) -> Result<(), MeterError> {
    match page.get("is_valid") {
        Some(Value::Bool(false)) => Err(MeterError::malformed(meter, "is_valid: false")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_joules_of_every_kind_give_watt_hours_or_watt_minutes() {
        for kind in LATER.iter().chain(&FIRST) {
            let per_unit = kind.counts.per_unit * kind.counts.joules;
            let unit = if kind.key == "meter" { 60.0 } else { 3600.0 };
            assert!((per_unit - unit).abs() < 1e-9, "{kind:?}");
        }
    }
}
