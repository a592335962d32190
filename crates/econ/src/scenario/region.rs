//! What is known of a region: rows of `regions.csv`, and the prices that a tariff there is held against.

use super::choice::{MeteringPoint, ReferenceKind};
use super::columns::table;
use super::document::price;
use super::error::Problem;
use crate::Currency;
use crate::params::{Per, Region};
use crate::uncertainty::{AsOf, Provenance};
use hashwatt_input::table::{Row, TableError};

const REGIONS: &str = include_str!("../data/regions.csv");
const REFERENCES: &str = include_str!("../data/references.csv");
const HOURS_PAKISTAN: &str = include_str!("../data/hours_pakistan.csv");
const PLANTS_PAKISTAN: &str = include_str!("../data/plants_pakistan.csv");
const MERIT_PAKISTAN: &str = include_str!("../data/merit_order_pakistan.csv");

/// Pakistan.
const PAKISTAN: Region = Region(*b"PAK");
/// Tables by the names that a scenario asks for them with.
const TABLES: &[(&str, Region)] = &[("pakistan", PAKISTAN)];

/// A row of `regions.csv`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RegionRow {
    pub key: String,
    pub value: f64,
    /// As the table has it, such as `PKR/kWh`.
    pub unit: String,
    pub provenance: Provenance,
}

impl RegionRow {
    /// The currency of a price for a kWh.
    pub(super) fn currency(&self) -> Option<Currency> {
        self.unit.strip_suffix("/kWh").and_then(|currency| currency.parse().ok())
    }
}

/// A price of `references.csv`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ShippedReference {
    pub kind: ReferenceKind,
    pub what: String,
    pub value: f64,
    pub currency: Currency,
    pub metering_point: MeteringPoint,
    pub month: Option<u8>,
    pub provenance: Provenance,
}

/// A region with what is known of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Known {
    pub region: Region,
    pub rows: Vec<RegionRow>,
    pub references: Vec<ShippedReference>,
}

/// Tables that a scenario asks for by name, which are of one region.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shipped {
    pub region: Region,
    pub hours: &'static str,
    pub plants: &'static str,
    pub merit_order: &'static str,
}

/// The tables of that name.
pub(super) fn shipped(name: &str) -> Option<Shipped> {
    let (_, region) = TABLES.iter().find(|(known, _)| *known == name)?;
    (*region == PAKISTAN).then_some(Shipped {
        region: *region,
        hours: HOURS_PAKISTAN,
        plants: PLANTS_PAKISTAN,
        merit_order: MERIT_PAKISTAN,
    })
}

fn published(as_of: &str, source: String) -> Result<Provenance, String> {
    let as_of: AsOf = as_of.parse().map_err(|error| format!("{error}"))?;
    if source.trim().is_empty() {
        return Err("has a row without a source".to_owned());
    }
    Ok(Provenance::published(as_of, source))
}

/// What to do about a table that ships with the crate.
const SHIPPED: &str = "report it as a mistake of this program";
const COLUMNS: &[&str] = &["iso3", "key", "value", "unit", "as_of", "source"];

/// What is known of the region of that ISO 3166-1 alpha-3 code.
pub(super) fn known(code: &str) -> Result<Known, Problem> {
    let regions = table("regions.csv", REGIONS, COLUMNS, &[])?;
    let all = regions.all()?;
    let no_such = || {
        let mut near: Vec<&str> = all.iter().map(|row| row.text(0)).collect();
        near.sort_by_key(|iso3| strsim::damerau_levenshtein(iso3, code));
        near.dedup();
        near.truncate(3);
        let given = code.chars().take(60).collect();
        let known = format!("give an ISO 3166 code; the nearest are {}", near.join(", "));
        Problem::NoSuch { what: "region", given, known }
    };
    let letters: [u8; 3] = code.as_bytes().try_into().map_err(|_| no_such())?;
    let region = Region(letters);
    let found: Result<Vec<RegionRow>, TableError> =
        all.iter().filter(|row| row.text(0) == code).map(region_row).collect();
    let found = found?;
    if found.is_empty() {
        return Err(no_such());
    }
    let references = references(region)?;
    Ok(Known { region, rows: found, references })
}

fn region_row(row: &Row<'_>) -> Result<RegionRow, TableError> {
    Ok(RegionRow {
        key: row.text(1).to_owned(),
        value: row.number(2)?,
        unit: row.text(3).to_owned(),
        provenance: published(row.text(4), row.text(5).to_owned())
            .map_err(|e| row.wrong_row(e, SHIPPED))?,
    })
}

const OF_REFERENCES: &[&str] =
    &["iso3", "kind", "what", "price", "metering_point", "as_of", "source", "quality"];

fn references(region: Region) -> Result<Vec<ShippedReference>, TableError> {
    let table = table("references.csv", REFERENCES, OF_REFERENCES, &[])?;
    let all = table.all()?;
    let here = all.iter().filter(|row| row.text(0) == region.to_string());
    here.map(|row| {
        let kind = ReferenceKind::of_name(row.text(1));
        let kind = kind.ok_or_else(|| row.wrong(1, "is no known kind", SHIPPED))?;
        let metering_point = MeteringPoint::of_name(row.text(4));
        let metering_point =
            metering_point.ok_or_else(|| row.wrong(4, "is no known metering point", SHIPPED))?;
        let (value, currency) = price(row.text(3), Per::Kwh)
            .map_err(|error| row.wrong(3, error.to_string(), SHIPPED))?;
        let source = format!("{} ({})", row.text(6), row.text(7));
        let provenance = published(row.text(5), source).map_err(|e| row.wrong_row(e, SHIPPED))?;
        // Fuel costs are of one month.
        let month = match provenance.as_of() {
            Some(AsOf::Month { month, .. }) if kind == ReferenceKind::IncrementalFuel => {
                u8::try_from(month).ok()
            }
            _ => None,
        };
        let what = row.text(2).to_owned();
        Ok(ShippedReference { kind, what, value, currency, metering_point, month, provenance })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::keys::{self, Shape};

    #[test]
    fn every_row_has_a_known_key_a_possible_value_and_a_source() {
        let table = table("regions.csv", REGIONS, COLUMNS, &[]).unwrap();
        let all = table.all().unwrap();
        for row in &all {
            let found = region_row(row).unwrap();
            let (least, most, unit) = match keys::shape(&found.key) {
                Some(Shape::Number(spec)) => (spec.least, spec.most, spec.unit.to_string()),
                Some(Shape::Price(spec)) => {
                    let currency = found.currency().unwrap();
                    (spec.least, spec.most, format!("{currency}/kWh"))
                }
                other => panic!("{}: {other:?}", found.key),
            };
            assert!((least..=most).contains(&found.value), "{found:?}");
            assert_eq!(unit, found.unit, "{}", found.key);
            assert_ne!(found.key, "exchange_rate");
        }
        let mut seen: Vec<_> = all.iter().map(|row| (row.text(0), row.text(1))).collect();
        seen.sort_unstable();
        let rows = seen.len();
        seen.dedup();
        assert_eq!(seen.len(), rows);
    }

    #[test]
    fn a_region_is_found_by_its_code() {
        let pakistan = known("PAK").unwrap();
        let grid = pakistan.rows.iter().find(|row| row.key == "grid_average_g_per_kwh").unwrap();
        assert_eq!(grid.value, 440.6);
        assert_eq!(pakistan.references.len(), REFERENCES.lines().count() - 1);
        let kazakhstan = known("KAZ").unwrap();
        assert_eq!((kazakhstan.rows.len(), kazakhstan.references.len()), (1, 0));
        let told = known("PKA").unwrap_err().to_string();
        assert!(told.contains("PAK"), "{told}");
        assert!(known("").is_err() && known("pakistan").is_err());
    }
}
