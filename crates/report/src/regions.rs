//! The listing of regions with shipped data.

use super::csv::{csv_table, csv_text};
use super::untrusted::sanitize;
use super::{SCHEMA_VERSION, round_to_15_digits};
use hashwatt::econ::document::Origin;
use hashwatt::econ::scenario::{
    KeyDoc, RegionData, RegionReference, RegionValue, documented_keys, search_regions,
};
use hashwatt::text::{Sheet, grouped, plain};
use serde::Serialize;
use std::borrow::Cow;
use std::fmt;

/// The key that every region has a value for.
const GRID_KEY: &str = "grid_average_g_per_kwh";

/// Regions with shipped data.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct RegionsReport {
    /// Version of the JSON format.
    pub schema_version: u32,
    /// The search text; null without a search.
    pub search: Option<String>,
    /// Whether no name matches the search, and the rows only have similar names.
    pub only_similar: bool,
    /// One row for each region; for a search, the best match first.
    pub regions: Vec<RegionRow>,
    /// Whether the text shows all data of each region, instead of one line each.
    #[serde(skip)]
    is_detailed: bool,
}

/// A region with all data that ships for it.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct RegionRow {
    /// ISO 3166-1 alpha-3 code, as used for `region` in a scenario.
    pub iso3: String,
    /// ISO 3166-1 alpha-2 code.
    pub iso2: String,
    /// Name of the country.
    pub country: String,
    /// Local currency (ISO 4217).
    pub currency: String,
    /// Default values for keys that a scenario of the region does not set.
    pub values: Vec<RegionValueRow>,
    /// Reference prices for tariffs in the region.
    pub references: Vec<RegionReferenceRow>,
    /// Shipped tables that `scarcity.profile` and `supply.merit_order` can name in a scenario of the region.
    pub tables: Vec<&'static str>,
}

/// A default value of a region.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct RegionValueRow {
    /// The scenario's key.
    pub key: String,
    /// The value.
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// Description.
    pub what: &'static str,
    /// Origin of the value.
    pub origin: Origin,
}

/// A reference price for tariffs of a region.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct RegionReferenceRow {
    /// Kind of the reference.
    pub kind: &'static str,
    /// Description.
    pub what: String,
    /// The price.
    pub value: f64,
    /// Its unit, such as `PKR/kWh`.
    pub unit: String,
    /// Metering point of the energy.
    pub metering_point: &'static str,
    /// The month that the price applies to (1 to 12); null if it applies to all.
    pub month: Option<u8>,
    /// Origin of the price.
    pub origin: Origin,
}

impl RegionsReport {
    /// Lists regions, one line each in text.
    pub fn all(regions: &[RegionData]) -> Self {
        Self::new(None, false, false, regions.iter())
    }

    /// Regions that match a query, the best match first; `None` if no name is similar to it.
    pub fn search(regions: &[RegionData], query: &str) -> Option<Self> {
        let found = search_regions(regions, query);
        let report =
            Self::new(Some(query.to_owned()), found.is_near, false, found.hits.into_iter());
        (!report.regions.is_empty()).then_some(report)
    }

    /// All data of one region.
    pub fn detailed(region: &RegionData) -> Self {
        Self::new(None, false, true, std::iter::once(region))
    }

    fn new<'a>(
        search: Option<String>,
        only_similar: bool,
        is_detailed: bool,
        regions: impl Iterator<Item = &'a RegionData>,
    ) -> Self {
        let docs = documented_keys();
        let regions = regions.map(|data| RegionRow::new(data, &docs)).collect();
        Self { schema_version: SCHEMA_VERSION, search, only_similar, regions, is_detailed }
    }

    /// The data as CSV, one row for each value and each reference.
    ///
    /// # Errors
    /// Returns the CSV writer's error; none occurs in practice.
    pub fn to_csv(&self) -> Result<String, csv::Error> {
        let header = [
            "iso3", "iso2", "country", "currency", "key", "value", "unit", "what", "as_of",
            "source",
        ];
        let row =
            |region: &RegionRow, key: &str, value: f64, unit: &str, what: &str, origin: &Origin| {
                let text = |text: &str| Cow::<'static, str>::Owned(csv_text(text).into_owned());
                vec![
                    text(&region.iso3),
                    text(&region.iso2),
                    text(&region.country),
                    text(&region.currency),
                    text(key),
                    Cow::Owned(value.to_string()),
                    text(unit),
                    text(what),
                    text(origin.as_of.as_deref().unwrap_or_default()),
                    text(&origin.detail),
                ]
            };
        let mut rows = Vec::new();
        for region in &self.regions {
            for RegionValueRow { key, value, unit, what, origin } in &region.values {
                rows.push(row(region, key, *value, unit, what, origin));
            }
            for reference in &region.references {
                let RegionReferenceRow { kind, what, value, unit, origin, .. } = reference;
                rows.push(row(region, &format!("reference.{kind}"), *value, unit, what, origin));
            }
        }
        csv_table(&header.map(str::to_owned), rows)
    }

    /// Writes one line for each region.
    fn list(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The sources follow the table, each once.
        let mut sources: Vec<&str> = Vec::new();
        let (country, more) = ("country", "more data");
        writeln!(
            f,
            "{:<5}{country:<34}{:>10} {:<8}{:>3}  {more}",
            "code", "g CO2/kWh", "date", "src"
        )?;
        for row in &self.regions {
            let Some(grid) = row.values.iter().find(|value| value.key == GRID_KEY) else {
                continue;
            };
            let source = sources.iter().position(|known| *known == grid.origin.detail);
            let source = source.unwrap_or_else(|| {
                sources.push(&grid.origin.detail);
                sources.len() - 1
            });
            let more = row.values.len() - 1 + row.references.len() + row.tables.len();
            let more = if more > 0 { format!("{more} more") } else { String::new() };
            let (code, country, value) = (&row.iso3, &row.country, grouped(grid.value, 1));
            let date = grid.origin.as_of.as_deref().unwrap_or_default();
            let line =
                format!("{code:<5}{country:<34}{value:>10} {date:<8}{:>3}  {more}", source + 1);
            writeln!(f, "{}", line.trim_end())?;
        }
        writeln!(f, "\nsrc: number of the source of the grid's average emissions")?;
        for (place, source) in sources.iter().enumerate() {
            Sheet::continued(f).note(&format!("{} {source}", place + 1))?;
        }
        let title = "A scenario with a region, such as region = \"KAZ\", uses these values for keys that it does \
                     not set. hashwatt regions CODE shows all data of one region.";
        Sheet::continued(f).title(title)
    }
}

impl RegionRow {
    fn new(data: &RegionData, docs: &[KeyDoc]) -> Self {
        let value = |value: &RegionValue| RegionValueRow {
            key: value.key.clone(),
            value: round_to_15_digits(value.value),
            unit: value.unit.clone(),
            what: docs.iter().find(|doc| doc.key == value.key).map_or("", |doc| doc.text),
            origin: Origin::from(&value.provenance),
        };
        let reference = |reference: &RegionReference| RegionReferenceRow {
            kind: reference.kind.name(),
            what: reference.what.clone(),
            value: round_to_15_digits(reference.value),
            unit: format!("{}/kWh", reference.currency),
            metering_point: reference.metering_point.name(),
            month: reference.month,
            origin: Origin::from(&reference.provenance),
        };
        Self {
            iso3: data.country.iso3.to_string(),
            iso2: data.country.iso2.clone(),
            country: data.country.name.clone(),
            currency: data.country.currency.to_string(),
            values: data.values.iter().map(value).collect(),
            references: data.references.iter().map(reference).collect(),
            tables: data.tables.clone(),
        }
    }
}

fn origin_text(origin: &Origin) -> String {
    let date = origin.as_of.as_ref().map_or(String::new(), |date| format!(" {date}"));
    format!("{}{date}: {}", origin.kind.replace('_', " "), origin.detail)
}

impl fmt::Display for RegionRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { iso3, iso2, country, currency, .. } = self;
        let mut sheet = Sheet::new(f);
        sheet.title(&format!("{country} ({iso3}, {iso2}); prices in {currency}"))?;
        sheet.title(&format!("Default values of a scenario with region = \"{iso3}\""))?;
        for value in &self.values {
            let RegionValueRow { key, value, unit, what, origin } = value;
            sheet.text(key, format!("{} {unit}", plain(*value)).trim_end())?;
            sheet.aside(what)?;
            sheet.aside(&origin_text(origin))?;
        }
        if !self.references.is_empty() {
            sheet.title("Reference prices for a tariff")?;
        }
        for reference in &self.references {
            let RegionReferenceRow { kind, what, value, unit, metering_point, .. } = reference;
            sheet.text(kind, &format!("{} {unit}", plain(*value)))?;
            sheet.aside(&format!("{what}; metering point {metering_point}"))?;
            sheet.aside(&origin_text(&reference.origin))?;
        }
        for table in &self.tables {
            sheet.title("Tables")?;
            sheet.note(&format!(
                "scarcity.profile = \"{table}\": demand and capacity of the power system by hour"
            ))?;
            sheet.note(&format!(
                "supply.merit_order = \"{table}\": power plants in the order of dispatch"
            ))?;
        }
        Ok(())
    }
}

impl fmt::Display for RegionsReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(search), true) = (&self.search, self.only_similar) {
            let title = format!("No region is called \"{}\". The nearest:", sanitize(search));
            Sheet::new(f).title(&title)?;
        }
        match self.is_detailed {
            true => self.regions.iter().try_for_each(|row| row.fmt(f)),
            false => self.list(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hashwatt::econ::scenario::{region, regions};

    fn assert_fits_terminal(text: &str) {
        for line in text.lines() {
            assert!(line.chars().count() <= 80 && line == line.trim_end(), "{line}");
        }
    }

    #[test]
    fn text_fits_80_columns_and_names_every_region() {
        let all = regions().unwrap();
        let text = RegionsReport::all(&all).to_string();
        assert_fits_terminal(&text);
        for data in &all {
            let begin = format!("{}  {}", data.country.iso3, data.country.name);
            assert!(text.lines().any(|line| line.starts_with(&begin)), "{begin}");
        }
    }

    #[test]
    fn detailed_region_shows_every_key_with_unit_date_and_source() {
        let pakistan = region("Pakistan").unwrap();
        let text = RegionsReport::detailed(&pakistan).to_string();
        assert_fits_terminal(&text);
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for value in &pakistan.values {
            let source = value.provenance.detail();
            for expected in [&value.key, &value.unit, &source] {
                assert!(words.contains(expected), "{expected}: {text}");
            }
        }
        for reference in &pakistan.references {
            assert!(words.contains(&reference.what), "{text}");
        }
        assert!(words.contains("retail_tariff 34 PKR/kWh"), "{text}");
        assert!(words.contains("supply.merit_order = \"pakistan\""), "{text}");
    }

    #[test]
    fn csv_has_a_row_for_each_value_and_reference() {
        let all = regions().unwrap();
        let rows: usize = all.iter().map(|data| data.values.len() + data.references.len()).sum();
        let text = RegionsReport::all(&all).to_csv().unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let records: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), rows);
        let kazakhstan = records.iter().find(|record| &record[0] == "KAZ").unwrap();
        assert_eq!((&kazakhstan[2], &kazakhstan[3]), ("Kazakhstan", "KZT"));
        assert_eq!(
            (&kazakhstan[4], &kazakhstan[5], &kazakhstan[6]),
            (GRID_KEY, "821.391", "g/kWh")
        );
    }

    #[test]
    fn search_without_exact_match_reports_similar_names() {
        let all = regions().unwrap();
        let near = RegionsReport::search(&all, "kazakstan").unwrap();
        assert!(near.only_similar && near.regions[0].iso3 == "KAZ");
        assert!(near.to_string().starts_with("No region is called \"kazakstan\". The nearest:\n"));
        assert!(!RegionsReport::search(&all, "kaz").unwrap().only_similar);
        assert_eq!(RegionsReport::search(&all, "qqqqqqqq"), None);
    }
}
