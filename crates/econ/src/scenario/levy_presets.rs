//! Levies that ship by name: adopted ones and proposals, each row with its source or with why it is assumed.

use super::choice::{LevyPart, PowerSource};
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
/// What to do about a table that ships with the crate.
const SHIPPED: &str = "report it as a mistake of this program";

/// Their names.
pub(super) const NAMES: &[&str] =
    &["imf-2024-carbon", "imf-2024-carbon-and-air", "dame-2023", "kazakhstan-2023"];

/// What a row's rate is of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// A kWh, in a currency.
    Kwh(Currency),
    /// The bill.
    Bill,
    /// A kWh in hours whose price is below this, in a currency; infinite for the last.
    Step(f64, Currency),
}

/// A row of a preset.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PresetRow {
    /// How firm the whole of it is, such as `not enacted`.
    pub status: String,
    pub kind: Kind,
    pub of: LevyPart,
    /// The power that it is due on; `None` for all.
    pub source: Option<PowerSource>,
    /// From which year on, counted from the levy's first day, and up to which.
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

/// The rows of a preset, in the table's order.
pub(super) fn preset(name: &str) -> Result<Vec<PresetRow>, TableError> {
    let table = table("levy_presets.csv", PRESETS, COLUMNS, &[])?;
    let rows = table.all()?;
    rows.iter().filter(|row| row.text(0) == name).map(preset_row).collect()
}

fn preset_row(row: &Row<'_>) -> Result<PresetRow, TableError> {
    let wrong = |column: usize| row.wrong(column, "is not known", SHIPPED);
    let currency = |column: usize| {
        let (_, currency) = price(&format!("1 {}", row.text(9)), Per::Kwh)
            .map_err(|error| row.wrong(column, error.to_string(), SHIPPED))?;
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
        name => Some(PowerSource::of_name(name).ok_or_else(|| wrong(4))?),
    };
    let year = |column| Ok::<_, TableError>(row.optional_number(column)?.map(|year| year as i16));
    let range = match (row.optional_number(10)?, row.optional_number(11)?) {
        (Some(low), Some(high)) => Some((low, high)),
        _ => None,
    };
    let note = row.some_text(15)?;
    let provenance = match row.text(14) {
        "assumed" => Provenance::Assumed { basis: note.to_owned() },
        quality => {
            let as_of: AsOf = row.text(12).parse().map_err(|_| wrong(12))?;
            let source = format!("{} ({quality}); {note}", row.some_text(13)?);
            Provenance::published(as_of, source)
        }
    };
    Ok(PresetRow {
        status: row.some_text(1)?.to_owned(),
        kind,
        of: LevyPart::of_name(row.text(3)).ok_or_else(|| wrong(3))?,
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
    fn every_preset_has_rows_and_every_row_a_preset() {
        let table = table("levy_presets.csv", PRESETS, COLUMNS, &[]).unwrap();
        let mut rows = 0;
        for name in NAMES {
            let found = preset(name).unwrap();
            assert!(!found.is_empty(), "{name}");
            rows += found.len();
            // What is assumed has a range, and what is published has none.
            assert!(found.iter().all(|row| row.is_assumed() == row.range.is_some()), "{name}");
        }
        assert_eq!(rows, table.all().unwrap().len());
    }
}
