//! Shipped data of regions: rows of `regions.csv` and the reference prices with which tariffs are compared.

use super::choice::{MeteringPoint, ReferenceKind};
use super::columns::table;
use super::country::{self, Country};
use super::document::price;
use super::error::Problem;
use super::mistakes::ScenarioError;
use crate::Currency;
use crate::params::{Per, Region};
use crate::search::Found;
use crate::uncertainty::{AsOf, Provenance};
use hashwatt_input::table::{Row, TableError};
use std::sync::LazyLock;

const REGIONS: &str = include_str!("../data/regions.csv");
const REFERENCES: &str = include_str!("../data/references.csv");
const HOURS_PAKISTAN: &str = include_str!("../data/hours_pakistan.csv");
const PLANTS_PAKISTAN: &str = include_str!("../data/plants_pakistan.csv");
const MERIT_PAKISTAN: &str = include_str!("../data/merit_order_pakistan.csv");

/// Pakistan.
const PAKISTAN: Region = Region(*b"PAK");
/// Regions of the shipped tables, by the names that a scenario uses.
const TABLES: &[(&str, Region)] = &[("pakistan", PAKISTAN)];

/// A shipped value of a region. It applies when a scenario of the region leaves the key out.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RegionValue {
    /// The key of the scenario.
    pub key: String,
    /// The value.
    pub value: f64,
    /// Its unit, such as `PKR/kWh`.
    pub unit: String,
    /// Its origin.
    pub provenance: Provenance,
}

impl RegionValue {
    /// The currency of a price per kWh.
    pub(super) fn currency(&self) -> Option<Currency> {
        self.unit.strip_suffix("/kWh").and_then(|currency| currency.parse().ok())
    }
}

/// A shipped reference price of a region, with which tariffs there are compared.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RegionReference {
    /// The meaning of the price.
    pub kind: ReferenceKind,
    /// Description of the price.
    pub what: String,
    /// The price per kWh, in its currency.
    pub value: f64,
    /// Its currency.
    pub currency: Currency,
    /// The point at which its energy is metered.
    pub metering_point: MeteringPoint,
    /// The month to which it applies, 1 to 12; `None` if it applies to all months.
    pub month: Option<u8>,
    /// Its origin.
    pub provenance: Provenance,
}

/// A region with all its shipped data.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RegionData {
    /// The country.
    pub country: Country,
    /// Values of keys, one for each key.
    pub values: Vec<RegionValue>,
    /// Reference prices with which its tariffs are compared.
    pub references: Vec<RegionReference>,
    /// Table names for `scarcity.profile` and `supply.merit_order` in scenarios of this region.
    pub tables: Vec<&'static str>,
}

/// All regions with shipped data, ordered by code.
///
/// # Errors
/// The shipped table cannot be read; a test excludes this.
pub fn regions() -> Result<Vec<RegionData>, TableError> {
    all().map(<[RegionData]>::to_vec)
}

/// All regions, read once because scenarios are resolved by the thousand.
fn all() -> Result<&'static [RegionData], TableError> {
    static READ: LazyLock<Result<Vec<RegionData>, TableError>> = LazyLock::new(|| {
        let values = table("regions.csv", REGIONS, COLUMNS, &[])?;
        let prices = table("references.csv", REFERENCES, REFERENCE_COLUMNS, &[])?;
        let (values, prices) = (values.all()?, prices.all()?);
        let of = |country: &Country| of_country(country.clone(), &values, &prices);
        country::all()?.iter().map(of).collect()
    });
    READ.as_deref().map_err(Clone::clone)
}

/// The shipped data of one region, by an ISO 3166-1 code or the name of the country, ignoring case.
///
/// # Errors
/// There is no region of that name; the error suggests similar ones.
pub fn region(name: &str) -> Result<RegionData, ScenarioError> {
    known(name).map_err(|problem| problem.at("region").into())
}

/// Searches regions by code or part of a name; the best matches come first.
pub fn search_regions<'a>(all: &'a [RegionData], query: &str) -> Found<'a, RegionData> {
    country::search_in(all, query, |data| &data.country)
}

/// Shipped tables of one region that a scenario refers to by name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ShippedTables {
    pub region: Region,
    pub hours: &'static str,
    pub plants: &'static str,
    pub merit_order: &'static str,
}

/// The shipped tables of that name.
pub(super) fn shipped_tables(name: &str) -> Option<ShippedTables> {
    let (_, region) = TABLES.iter().find(|(known, _)| *known == name)?;
    (*region == PAKISTAN).then_some(ShippedTables {
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

/// The remedy for an error in a table that ships with the crate.
const SHIPPED_TABLE_REMEDY: &str = "this is a bug in hashwatt; please report it";
const COLUMNS: &[&str] = &["iso3", "key", "value", "unit", "as_of", "source"];

/// The shipped data of the region with that code or name.
pub(super) fn known(name: &str) -> Result<RegionData, Problem> {
    let country = country::find(name)?;
    let found = all()?.iter().find(|region| region.country == country).cloned();
    // A country without shipped data is known, too.
    Ok(found.unwrap_or(RegionData {
        country,
        values: Vec::new(),
        references: Vec::new(),
        tables: Vec::new(),
    }))
}

/// Collects the rows of one country.
fn of_country(
    country: Country,
    values: &[Row<'_>],
    prices: &[Row<'_>],
) -> Result<RegionData, TableError> {
    let code = country.iso3.to_string();
    let here = |row: &&Row<'_>| row.text(0) == code;
    let values = values.iter().filter(here).map(region_value).collect::<Result<_, _>>()?;
    let references = prices.iter().filter(here).map(reference).collect::<Result<_, _>>()?;
    let of_it = TABLES.iter().filter(|(_, region)| *region == country.iso3);
    let tables = of_it.map(|(name, _)| *name).collect();
    Ok(RegionData { country, values, references, tables })
}

fn region_value(row: &Row<'_>) -> Result<RegionValue, TableError> {
    Ok(RegionValue {
        key: row.text(1).to_owned(),
        value: row.number(2)?,
        unit: row.text(3).to_owned(),
        provenance: published(row.text(4), row.text(5).to_owned())
            .map_err(|e| row.wrong_row(e, SHIPPED_TABLE_REMEDY))?,
    })
}

const REFERENCE_COLUMNS: &[&str] =
    &["iso3", "kind", "what", "price", "metering_point", "as_of", "source", "quality"];

fn reference(row: &Row<'_>) -> Result<RegionReference, TableError> {
    let kind = ReferenceKind::from_name(row.text(1));
    let kind = kind.ok_or_else(|| row.wrong(1, "is not a known kind", SHIPPED_TABLE_REMEDY))?;
    let metering_point = MeteringPoint::from_name(row.text(4));
    let metering_point = metering_point
        .ok_or_else(|| row.wrong(4, "is not a known metering point", SHIPPED_TABLE_REMEDY))?;
    let (value, currency) = price(row.text(3), Per::Kwh)
        .map_err(|error| row.wrong(3, error.to_string(), SHIPPED_TABLE_REMEDY))?;
    let source = format!("{} ({})", row.text(6), row.text(7));
    let provenance =
        published(row.text(5), source).map_err(|e| row.wrong_row(e, SHIPPED_TABLE_REMEDY))?;
    // A fuel cost applies to one month.
    let month = match provenance.as_of() {
        Some(AsOf::Month { month, .. }) if kind == ReferenceKind::IncrementalFuel => {
            u8::try_from(month).ok()
        }
        _ => None,
    };
    let what = row.text(2).to_owned();
    Ok(RegionReference { kind, what, value, currency, metering_point, month, provenance })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::keys::{self, Shape};

    #[test]
    fn shipped_rows_have_country_known_key_possible_value_and_source() {
        let table = table("regions.csv", REGIONS, COLUMNS, &[]).unwrap();
        let all = table.all().unwrap();
        for row in &all {
            let found = region_value(row).unwrap();
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
        // Every row belongs to a country, and every country has a row.
        let regions = regions().unwrap();
        assert_eq!(regions.iter().map(|region| region.values.len()).sum::<usize>(), rows);
        for region in &regions {
            let grid = region.values.iter().find(|value| value.key == "grid_average_g_per_kwh");
            assert!(grid.is_some(), "{:?}", region.country);
        }
    }

    #[test]
    fn region_by_code_or_name_returns_its_data() {
        let pakistan = known("PAK").unwrap();
        let grid = pakistan.values.iter().find(|row| row.key == "grid_average_g_per_kwh").unwrap();
        assert_eq!(grid.value, 440.6);
        // Each row of the tables belongs to the country of its first column.
        let rows_of =
            |table: &str, code: &str| table.lines().filter(|row| row.starts_with(code)).count();
        assert_eq!(pakistan.references.len(), rows_of(REFERENCES, "PAK,"));
        assert_eq!(pakistan.tables, ["pakistan"]);
        let kazakhstan = known("KAZ").unwrap();
        assert_eq!(kazakhstan.values.len(), rows_of(REGIONS, "KAZ,"));
        assert_eq!(kazakhstan.references.len(), rows_of(REFERENCES, "KAZ,"));
        assert_eq!(kazakhstan.country.currency.to_string(), "KZT");
        for name in ["kaz", "kz", "Kazakhstan", "KAZAKHSTAN"] {
            assert_eq!(known(name).unwrap(), kazakhstan, "{name}");
        }
        assert!(region("").is_err() && region("atlantis").is_err());
    }

    #[test]
    fn search_with_part_or_misspelt_name_finds_country() {
        let all = regions().unwrap();
        let found = |query: &str| {
            let found = search_regions(&all, query);
            (found.hits.first().map(|data| data.country.iso3.to_string()), found.is_near)
        };
        for (query, code, is_near) in
            [("kaz", "KAZ", false), ("united st", "USA", false), ("kazakstan", "KAZ", true)]
        {
            assert_eq!(found(query), (Some(code.to_owned()), is_near), "{query}");
        }
        assert_eq!(found("qqqqqqqq"), (None, true));
    }
}
