//! The readings of a chassis and their pages.

use super::super::super::{MeterError, MeterQuantity, RawValue};
use super::super::json;
use super::super::opening::Opening;
use super::super::remote::Extract;
use super::control::Control;
use super::link::Link;
use crate::units::{Joules, Watts};
use hashwatt_quantities::plausible::NODE_POWER;
use serde_json::Value;

/// Counts of 1 Wh in a kilowatt-hour.
const COUNTS_PER_KWH: f64 = 1000.0;
const POWER: [&str; 2] = ["PowerWatts", "Reading"];
const ENERGY: [&str; 2] = ["EnergykWh", "Reading"];

/// The readings of a chassis and their pages.
#[derive(Debug)]
pub(super) struct Figures {
    pub chassis: Link,
    pub power: (Link, PowerField),
    /// The page with its energy, if it has one.
    pub energy: Option<Link>,
}

/// The position of the power on its page.
#[derive(Clone, Debug)]
pub(super) enum PowerField {
    /// `EnvironmentMetrics`, since 2020.
    Metrics,
    /// An entry of the older page `Power`.
    Control(Control),
}

/// Why a chassis has no power reading.
#[derive(Debug, Default)]
pub(super) struct NoPower {
    /// The resources that it has, and what is missing in them.
    pub found: Vec<String>,
    /// The first invalid response.
    pub problem: Option<MeterError>,
}

impl Figures {
    /// Follows the links of a chassis; the usual paths are tried only if it cannot be read.
    ///
    /// # Errors
    /// Transient errors that remain after retries. A missing or invalid value on one page is not an
    /// error, because another page may have it.
    pub(super) fn fetch(
        opening: &Opening<'_>,
        chassis: &Link,
    ) -> Result<Result<Self, NoPower>, MeterError> {
        let mut no_power = NoPower::default();
        let page = no_power.page(opening, Some(chassis))?;
        let link = |field: &str| match &page {
            Some(page) => Link::from_field(page, field),
            None => chassis.child(field),
        };
        if page.as_ref().is_some_and(|page| page.get("PowerSubsystem").is_some()) {
            no_power.found.push("PowerSubsystem, whose supplies are not added up".to_owned());
        }
        let metrics_link = link("EnvironmentMetrics");
        let metrics = no_power.page(opening, metrics_link.as_ref())?.zip(metrics_link);
        let has = |path: &[&str]| {
            metrics.as_ref().filter(|(page, _)| json::find(page, path).is_some()).cloned()
        };
        let energy = has(&ENERGY).map(|(_, link)| link);
        let mut power = None;
        if let Some((page, link)) = has(&POWER) {
            power = no_power
                .keep_error(nonzero_power(&opening.device, &page, &POWER))
                .map(|_| (link, PowerField::Metrics));
        } else if metrics.is_some() {
            no_power.found.push("EnvironmentMetrics without PowerWatts".to_owned());
        }
        if power.is_none() {
            let link = link("Power");
            if let Some((page, link)) = no_power.page(opening, link.as_ref())?.zip(link) {
                match Control::select(&page) {
                    Ok(control) => {
                        let field = PowerField::Control(control);
                        let read = field.read(&opening.device, &page);
                        power = no_power.keep_error(read).map(|_| (link, field));
                    }
                    Err(found) => no_power.found.push(found),
                }
            }
        }
        Ok(match power {
            Some(power) => Ok(Self { chassis: chassis.clone(), power, energy }),
            None => Err(no_power),
        })
    }
}

impl NoPower {
    /// Fetches a page, if it exists.
    fn page(
        &mut self,
        opening: &Opening<'_>,
        link: Option<&Link>,
    ) -> Result<Option<Value>, MeterError> {
        let Some(link) = link else { return Ok(None) };
        match opening.fetch(link.path()) {
            Ok(Ok(page)) => Ok(Some(page)),
            Ok(Err(response)) if response.status == 404 => Ok(None),
            Ok(Err(response)) => {
                Ok(self
                    .keep_error(Err(opening.unsupported(format!("{}: {response}", link.path())))))
            }
            Err(error) if error.is_transient() => Err(error),
            Err(error) => Ok(self.keep_error(Err(error))),
        }
    }

    /// Keeps the first error.
    fn keep_error<T>(&mut self, read: Result<T, MeterError>) -> Option<T> {
        read.map_err(|error| self.problem.get_or_insert(error).clone()).ok()
    }

    /// The reason as text.
    pub(super) fn describe(&self) -> String {
        match (&self.problem, self.found.is_empty()) {
            (Some(problem), _) => problem.to_string(),
            (None, true) => "neither EnvironmentMetrics nor Power".to_owned(),
            (None, false) => self.found.join(", "),
        }
    }
}

impl PowerField {
    fn read(&self, meter: &str, page: &Value) -> Result<RawValue, MeterError> {
        match self {
            Self::Metrics => nonzero_power(meter, page, &POWER),
            Self::Control(control) => {
                let path = control.path(page);
                nonzero_power(meter, page, &path.each_ref().map(String::as_str))
            }
        }
    }

    /// The controller's name of the reading, if it has several.
    pub(super) fn name(&self) -> Option<String> {
        match self {
            Self::Metrics => None,
            Self::Control(control) => control.name(),
        }
    }

    pub(super) fn view(self) -> (MeterQuantity, Extract) {
        let quantity = MeterQuantity::Power { resolution: Watts::from_watts(1.0), averaging: None };
        (quantity, Box::new(move |meter, page| self.read(meter, page)))
    }
}

/// The energy of `EnvironmentMetrics`.
pub(super) fn energy_view() -> (MeterQuantity, Extract) {
    let quantity = MeterQuantity::CumulativeEnergy {
        per_count: Joules::from_kwh(1.0) / COUNTS_PER_KWH,
        wrap_modulus: None,
        ceiling: NODE_POWER.ceiling(),
    };
    let extract: Extract = Box::new(|meter, page| {
        json::counts(meter, page, &ENERGY, COUNTS_PER_KWH).map(RawValue::Count)
    });
    (quantity, extract)
}

/// A power above 0 W: controllers that cannot measure give 0 W, which is impossible for a running
/// machine.
fn nonzero_power(meter: &str, page: &Value, path: &[&str]) -> Result<RawValue, MeterError> {
    match json::power(meter, page, path)? {
        RawValue::Power(Watts::ZERO) => {
            Err(MeterError::malformed(meter, &format!("{}: 0 W", path.join("."))))
        }
        raw => Ok(raw),
    }
}
