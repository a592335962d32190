//! Which figures a chassis has, and on which pages.

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

/// The figures of a chassis and the pages on which they stand.
#[derive(Debug)]
pub(super) struct Figures {
    pub chassis: Link,
    pub power: (Link, PowerField),
    /// The page with its energy, where it has one.
    pub energy: Option<Link>,
}

/// Where a power stands on its page.
#[derive(Clone, Debug)]
pub(super) enum PowerField {
    /// `EnvironmentMetrics`, since 2020.
    Metrics,
    /// An entry of the older `Power`.
    Control(Control),
}

/// What a chassis has in place of a power.
#[derive(Debug, Default)]
pub(super) struct Nothing {
    /// The resources that it has, and what they lack.
    pub found: Vec<String>,
    /// The first answer that was none.
    pub problem: Option<MeterError>,
}

impl Figures {
    /// Follows a chassis' links; the customary addresses are tried only where it cannot be read.
    ///
    /// # Errors
    /// What may pass and has not. What one page lacks or gives wrongly is no error: another may have it.
    pub(super) fn ask(
        opening: &Opening<'_>,
        chassis: &Link,
    ) -> Result<Result<Self, Nothing>, MeterError> {
        let mut nothing = Nothing::default();
        let page = nothing.page(opening, Some(chassis))?;
        let link = |field: &str| match &page {
            Some(page) => Link::of(page, field),
            None => chassis.below(field),
        };
        if page.as_ref().is_some_and(|page| page.get("PowerSubsystem").is_some()) {
            nothing.found.push("PowerSubsystem, whose supplies are not added up".to_owned());
        }
        let metrics_link = link("EnvironmentMetrics");
        let metrics = nothing.page(opening, metrics_link.as_ref())?.zip(metrics_link);
        let has = |path: &[&str]| {
            metrics.as_ref().filter(|(page, _)| json::find(page, path).is_some()).cloned()
        };
        let energy = has(&ENERGY).map(|(_, link)| link);
        let mut power = None;
        if let Some((page, link)) = has(&POWER) {
            power = nothing
                .note(positive(&opening.device, &page, &POWER))
                .map(|_| (link, PowerField::Metrics));
        } else if metrics.is_some() {
            nothing.found.push("EnvironmentMetrics without PowerWatts".to_owned());
        }
        if power.is_none() {
            let link = link("Power");
            if let Some((page, link)) = nothing.page(opening, link.as_ref())?.zip(link) {
                match Control::choose(&page) {
                    Ok(control) => {
                        let field = PowerField::Control(control);
                        let read = field.read(&opening.device, &page);
                        power = nothing.note(read).map(|_| (link, field));
                    }
                    Err(found) => nothing.found.push(found),
                }
            }
        }
        Ok(match power {
            Some(power) => Ok(Self { chassis: chassis.clone(), power, energy }),
            None => Err(nothing),
        })
    }
}

impl Nothing {
    /// A page, where there is one.
    fn page(
        &mut self,
        opening: &Opening<'_>,
        link: Option<&Link>,
    ) -> Result<Option<Value>, MeterError> {
        let Some(link) = link else { return Ok(None) };
        match opening.ask(link.path()) {
            Ok(Ok(page)) => Ok(Some(page)),
            Ok(Err(refusal)) if refusal.status == 404 => Ok(None),
            Ok(Err(refusal)) => {
                Ok(self.note(Err(opening.unsupported(format!("{}: {refusal}", link.path())))))
            }
            Err(error) if error.is_passing() => Err(error),
            Err(error) => Ok(self.note(Err(error))),
        }
    }

    /// Keeps the first problem.
    fn note<T>(&mut self, read: Result<T, MeterError>) -> Option<T> {
        read.map_err(|error| self.problem.get_or_insert(error).clone()).ok()
    }

    /// What is found, in words.
    pub(super) fn words(&self) -> String {
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
            Self::Metrics => positive(meter, page, &POWER),
            Self::Control(control) => {
                let path = control.path(page);
                positive(meter, page, &path.each_ref().map(String::as_str))
            }
        }
    }

    /// The controller's name of the figure, where it has several.
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

/// Controllers that cannot measure say 0 W; a machine that runs this draws more.
fn positive(meter: &str, page: &Value, path: &[&str]) -> Result<RawValue, MeterError> {
    match json::power(meter, page, path)? {
        RawValue::Power(Watts::ZERO) => {
            Err(MeterError::malformed(meter, &format!("{}: 0 W", path.join("."))))
        }
        raw => Ok(raw),
    }
}
