//! The listing of energy and power meters that were found on this computer.

pub use super::energy::MeterFacts;

use super::rows::rows_csv;
use super::{SCHEMA_VERSION, round_to_15_digits};
use hashwatt::energy::{MeterDescriptor, MeterError, MeterInventory};
use hashwatt::text::Sheet;
use serde::Serialize;
use std::fmt;

/// Every kind of meter, with the meters found.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct MetersReport {
    /// Version of the JSON format.
    pub schema_version: u32,
    /// One row for each kind.
    pub kinds: Vec<MeterKindRow>,
}

/// A kind of meter.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct MeterKindRow {
    /// How a meter of this kind is written for `--meter`.
    pub form: &'static str,
    /// The meters found.
    pub meters: Vec<FoundMeterRow>,
    /// Why none was found, and what to do.
    pub reason: Option<String>,
}

/// A meter that was found.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct FoundMeterRow {
    /// Properties of the meter.
    #[serde(flatten)]
    pub facts: MeterFacts,
    /// Whether it can be read now.
    pub readable: bool,
    /// Why it cannot be read, and what to do.
    pub reason: Option<String>,
}

impl From<&[MeterInventory]> for MetersReport {
    fn from(found: &[MeterInventory]) -> Self {
        let meter = |(meter, error): &(MeterDescriptor, Option<MeterError>)| FoundMeterRow {
            facts: meter.into(),
            readable: error.is_none(),
            reason: error.as_ref().map(ToString::to_string),
        };
        let row = |inventory: &MeterInventory| MeterKindRow {
            form: inventory.form,
            meters: inventory.found.iter().flatten().map(meter).collect(),
            reason: inventory.found.as_ref().err().map(ToString::to_string),
        };
        Self { schema_version: SCHEMA_VERSION, kinds: found.iter().map(row).collect() }
    }
}

impl MetersReport {
    /// The meters as CSV, one row each; a kind without a meter has one row with the reason.
    ///
    /// # Errors
    /// Returns the CSV writer's error.
    pub fn to_csv(&self) -> Result<String, csv::Error> {
        const HEADER: [&str; 16] = [
            "form",
            "meter",
            "scope",
            "subject",
            "quantity",
            "resolution_j",
            "resolution_w",
            "wraps_at_j",
            "averaging_s",
            "refresh_s",
            "max_read_gap_s",
            "tolerance_percent",
            "tolerance_basis",
            "caveat",
            "readable",
            "reason",
        ];
        #[derive(Serialize)]
        struct Line<'a> {
            form: &'static str,
            #[serde(flatten)]
            found: Option<&'a FoundMeterRow>,
            #[serde(skip_serializing_if = "Option::is_none")]
            reason: Option<&'a str>,
        }
        let lines = self.kinds.iter().flat_map(|kind| {
            let form = kind.form;
            let found = kind.meters.iter().map(move |found| Line {
                form,
                found: Some(found),
                reason: None,
            });
            let none = kind.reason.as_deref().map(|reason| Line {
                form,
                found: None,
                reason: Some(reason),
            });
            found.chain(none)
        });
        rows_csv(&HEADER, lines)
    }
}

impl fmt::Display for MetersReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sheet = Sheet::new(f);
        for kind in &self.kinds {
            sheet.title(kind.form)?;
            if let Some(reason) = &kind.reason {
                sheet.note(&format!("none: {reason}"))?;
            }
            for found in &kind.meters {
                let facts = &found.facts;
                let MeterFacts { meter, scope, subject, quantity, refresh_s, .. } = facts;
                sheet.note(meter)?;
                let refresh = match refresh_s {
                    0.0 => "always current".to_owned(),
                    seconds => format!("updated every {} s", round_to_15_digits(*seconds)),
                };
                sheet.aside(&format!("{quantity} of {subject} ({scope}), {refresh}"))?;
                let claim = match (facts.tolerance_percent, &facts.tolerance_basis) {
                    (Some(percent), Some(basis)) => format!("tolerance ±{percent} % ({basis})"),
                    _ => "tolerance not stated".to_owned(),
                };
                sheet.aside(&claim)?;
                if let Some(caveat) = &facts.caveat {
                    sheet.aside(caveat)?;
                }
                if let Some(reason) = &found.reason {
                    sheet.aside(&format!("CANNOT BE READ: {reason}"))?;
                }
            }
        }
        Ok(())
    }
}
