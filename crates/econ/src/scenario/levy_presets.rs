//! Shipped levies by name: enacted ones and proposals. Each row has a source or the reason for its assumption.

use super::choice::{LevyBase, PowerSource};
use super::columns::table;
use super::document::price;
use crate::Currency;
use crate::params::Per;
use crate::uncertainty::{AsOf, Provenance};
use hashwatt_input::table::{Row, TableError};

const PRESETS: &str = include_str!("../data/levy_presets.csv");
const COLUMNS: &[&str] = &[
    "preset",
    "status",
    "kind",
    "of",
    "power_source",
    "from_year",
    "until_year",
    "below",
    "rate",
    "unit",
    "low",
    "high",
    "as_of",
    "source",
    "quality",
    "note",
];
/// The remedy for an error in a table that ships with the crate.
const SHIPPED_TABLE_REMEDY: &str = "this is a bug in hashwatt; please report it";

/// Names of the shipped levies.
pub(super) const NAMES: &[&str] =
    &["imf-2024-carbon", "imf-2024-carbon-and-air", "dame-2023", "kazakhstan-2023"];

/// The base of a rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// Per kWh, in a currency.
    Kwh(Currency),
    /// A share of the bill.
    Bill,
    /// Per kWh in hours with a price below this, in a currency; infinite for the last step.
    Step(f64, Currency),
}

/// A row of a shipped levy.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PresetRow {
    /// The status of the levy, such as `not enacted`.
    pub status: String,
    pub kind: Kind,
    pub of: LevyBase,
    /// The power source to which it applies; `None` for all.
    pub source: Option<PowerSource>,
    /// First year, counted from the first day of the levy, and the year in which it ends.
    pub years: (i16, Option<i16>),
    pub rate: f64,
    pub range: Option<(f64, f64)>,
    pub provenance: Provenance,
}

impl PresetRow {
    pub(super) fn is_assumed(&self) -> bool {
        matches!(self.provenance, Provenance::Assumed { .. })
    }
}

/// The rows of a shipped levy, in the order of the table.
pub(super) fn preset(name: &str) -> Result<Vec<PresetRow>, TableError> {
    let table = table("levy_presets.csv", PRESETS, COLUMNS, &[])?;
    let rows = table.all()?;
    rows.iter().filter(|row| row.text(0) == name).map(preset_row).collect()
}

fn preset_row(row: &Row<'_>) -> Result<PresetRow, TableError> {
    let wrong = |column: usize| row.wrong(column, "is not known", SHIPPED_TABLE_REMEDY);
    let currency = |column: usize| {
        let (_, currency) = price(&format!("1 {}", row.text(9)), Per::Kwh)
            .map_err(|error| row.wrong(column, error.to_string(), SHIPPED_TABLE_REMEDY))?;
        Ok::<_, TableError>(currency)
    };
    let kind = match row.text(2) {
        "kwh" => Kind::Kwh(currency(9)?),
        "bill" => Kind::Bill,
        "step" => Kind::Step(row.optional_number(7)?.unwrap_or(f64::INFINITY), currency(9)?),
        _ => return Err(wrong(2)),
    };
    let source = match row.text(4) {
        "" => None,
        name => Some(PowerSource::from_name(name).ok_or_else(|| wrong(4))?),
    };
    let year = |column| Ok::<_, TableError>(row.optional_number(column)?.map(|year| year as i16));
    let range = match (row.optional_number(10)?, row.optional_number(11)?) {
        (Some(low), Some(high)) => Some((low, high)),
        _ => None,
    };
    let note = row.required_text(15)?;
    let provenance = match row.text(14) {
        "assumed" => Provenance::Assumed { basis: note.to_owned() },
        quality => {
            let as_of: AsOf = row.text(12).parse().map_err(|_| wrong(12))?;
            let source = format!("{} ({quality}); {note}", row.required_text(13)?);
            Provenance::published(as_of, source)
        }
    };
    Ok(PresetRow {
        status: row.required_text(1)?.to_owned(),
        kind,
        of: LevyBase::from_name(row.text(3)).ok_or_else(|| wrong(3))?,
        source,
        years: (year(5)?.unwrap_or(0), year(6)?),
        rate: row.number(8)?,
        range,
        provenance,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_presets_and_rows_match_each_other() {
        let table = table("levy_presets.csv", PRESETS, COLUMNS, &[]).unwrap();
        let mut rows = 0;
        for name in NAMES {
            let found = preset(name).unwrap();
            assert!(!found.is_empty(), "{name}");
            rows += found.len();
            // Assumed rates have a range, published rates have none.
            assert!(found.iter().all(|row| row.is_assumed() == row.range.is_some()), "{name}");
        }
        assert_eq!(rows, table.all().unwrap().len());
    }
}
