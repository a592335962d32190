//! What is known of a region: rows of `regions.csv`, and the prices that a tariff there is held against.

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
/// Tables by the names that a scenario asks for them with.
const TABLES: &[(&str, Region)] = &[("pakistan", PAKISTAN)];

/// A value that ships for a region: it holds where a scenario of the region leaves its key out.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionValue {
    /// The scenario's key.
    pub key: String,
    /// The value.
    pub value: f64,
    /// Its unit, such as `PKR/kWh`.
    pub unit: String,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl RegionValue {
    /// The currency of a price for a kWh.
    pub(super) fn currency(&self) -> Option<Currency> {
        self.unit.strip_suffix("/kWh").and_then(|currency| currency.parse().ok())
    }
}

/// A price that ships for a region, which every tariff there is held against.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionReference {
    /// What it stands for.
    pub kind: ReferenceKind,
    /// What it is, in words.
    pub what: String,
    /// The price of a kWh, in units of its currency.
    pub value: f64,
    /// Its currency.
    pub currency: Currency,
    /// Where its energy is metered.
    pub metering_point: MeteringPoint,
    /// The month that it is of, 1 to 12, where it is of one.
    pub month: Option<u8>,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// A region with everything that ships for it.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionData {
    /// The country.
    pub country: Country,
    /// Values of keys, one a key.
    pub values: Vec<RegionValue>,
    /// Prices that its tariffs are held against.
    pub references: Vec<RegionReference>,
    /// What `scarcity.profile` and `supply.merit_order` may name in a scenario of it.
    pub tables: Vec<&'static str>,
}

/// Every region of which something ships, by code.
///
/// # Errors
/// None in practice: a test reads every row.
pub fn regions() -> Result<Vec<RegionData>, TableError> {
    all().map(<[RegionData]>::to_vec)
}

/// The same, read once: scenarios are resolved by the thousand.
fn all() -> Result<&'static [RegionData], TableError> {
    static READ: LazyLock<Result<Vec<RegionData>, TableError>> = LazyLock::new(|| {
        let values = table("regions.csv", REGIONS, COLUMNS, &[])?;
        let prices = table("references.csv", REFERENCES, OF_REFERENCES, &[])?;
        let (values, prices) = (values.all()?, prices.all()?);
        let of = |country: &Country| of_country(country.clone(), &values, &prices);
        country::all()?.iter().map(of).collect()
    });
    READ.as_deref().map_err(Clone::clone)
}

/// What ships for one region, by either code of ISO 3166-1 or the country's name, in any case.
///
/// # Errors
/// The nearest where there is none of that name.
pub fn region(name: &str) -> Result<RegionData, ScenarioError> {
    known(name).map_err(|problem| problem.at("region").into())
}

/// Those of these that answer a query, best first: part of a name, or a code.
pub fn search_regions<'a>(all: &'a [RegionData], query: &str) -> Found<'a, RegionData> {
    country::search_in(all, query, |data| &data.country)
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

/// What ships for the region of that code or name.
pub(super) fn known(name: &str) -> Result<RegionData, Problem> {
    let country = country::find(name)?;
    let found = all()?.iter().find(|region| region.country == country).cloned();
    // Every country has its data, if only none.
    Ok(found.unwrap_or(RegionData {
        country,
        values: Vec::new(),
        references: Vec::new(),
        tables: Vec::new(),
    }))
}

/// The rows of one country.
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
            .map_err(|e| row.wrong_row(e, SHIPPED))?,
    })
}

const OF_REFERENCES: &[&str] =
    &["iso3", "kind", "what", "price", "metering_point", "as_of", "source", "quality"];

fn reference(row: &Row<'_>) -> Result<RegionReference, TableError> {
    let kind = ReferenceKind::of_name(row.text(1));
    let kind = kind.ok_or_else(|| row.wrong(1, "is no known kind", SHIPPED))?;
    let metering_point = MeteringPoint::of_name(row.text(4));
    let metering_point =
        metering_point.ok_or_else(|| row.wrong(4, "is no known metering point", SHIPPED))?;
    let (value, currency) =
        price(row.text(3), Per::Kwh).map_err(|error| row.wrong(3, error.to_string(), SHIPPED))?;
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
    Ok(RegionReference { kind, what, value, currency, metering_point, month, provenance })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::keys::{self, Shape};

    #[test]
    fn every_row_has_a_country_a_known_key_a_possible_value_and_a_source() {
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
        // No row is lost for want of its country, and every country has something.
        let regions = regions().unwrap();
        assert_eq!(regions.iter().map(|region| region.values.len()).sum::<usize>(), rows);
        for region in &regions {
            let grid = region.values.iter().find(|value| value.key == "grid_average_g_per_kwh");
            assert!(grid.is_some(), "{:?}", region.country);
        }
    }

    #[test]
    fn a_region_is_found_by_its_codes_and_its_name() {
        let pakistan = known("PAK").unwrap();
        let grid = pakistan.values.iter().find(|row| row.key == "grid_average_g_per_kwh").unwrap();
        assert_eq!(grid.value, 440.6);
        assert_eq!(pakistan.references.len(), REFERENCES.lines().count() - 1);
        assert_eq!(pakistan.tables, ["pakistan"]);
        let kazakhstan = known("KAZ").unwrap();
        assert_eq!((kazakhstan.values.len(), kazakhstan.references.len()), (1, 0));
        assert_eq!(kazakhstan.country.currency.to_string(), "KZT");
        for name in ["kaz", "kz", "Kazakhstan", "KAZAKHSTAN"] {
            assert_eq!(known(name).unwrap(), kazakhstan, "{name}");
        }
        assert!(region("").is_err() && region("atlantis").is_err());
    }

    #[test]
    fn a_search_finds_the_country_that_was_meant() {
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
