//! The report of the regions of which something ships.

use super::untrusted::neutral;
use super::{Origin, SCHEMA_VERSION, csv_table, csv_text, tidy};
use hashwatt::econ::scenario::{
    KeyDoc, RegionData, RegionReference, RegionValue, documented_keys, search_regions,
};
use hashwatt::text::{Sheet, grouped, plain};
use serde::Serialize;
use std::borrow::Cow;
use std::fmt;

/// The key that every region has a value of.
const GRID: &str = "grid_average_g_per_kwh";

/// Regions of which something ships.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct RegionsReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// What was searched for.
    pub search: Option<String>,
    /// Whether nothing is called so, and these regions are only called like it.
    pub only_similar: bool,
    /// One row a region; of a search the best first.
    pub regions: Vec<RegionRow>,
    /// Whether the text has everything of them, and not a line each.
    #[serde(skip)]
    is_detailed: bool,
}

/// A region with everything that ships for it.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct RegionRow {
    /// Its ISO 3166-1 alpha-3 code, as a scenario's `region` takes it.
    pub iso3: String,
    /// Its ISO 3166-1 alpha-2 code.
    pub iso2: String,
    /// The country's name.
    pub country: String,
    /// What is paid with there (ISO 4217).
    pub currency: String,
    /// Values that hold where a scenario of the region leaves their keys out.
    pub values: Vec<RegionValueRow>,
    /// Prices that tariffs there are held against.
    pub references: Vec<RegionReferenceRow>,
    /// What `scarcity.profile` and `supply.merit_order` may name in a scenario of the region.
    pub tables: Vec<&'static str>,
}

/// A value of a region.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct RegionValueRow {
    /// The scenario's key.
    pub key: String,
    /// The value.
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// What it is.
    pub what: &'static str,
    /// Where it comes from.
    pub origin: Origin,
}

/// A price that tariffs of a region are held against.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct RegionReferenceRow {
    /// What it stands for.
    pub kind: &'static str,
    /// What it is, in words.
    pub what: String,
    /// The price.
    pub value: f64,
    /// Its unit, such as `PKR/kWh`.
    pub unit: String,
    /// Where its energy is metered.
    pub metering_point: &'static str,
    /// The month that it is of, where it is of one.
    pub month: Option<u8>,
    /// Where it comes from.
    pub origin: Origin,
}

impl RegionsReport {
    /// A line for each of these.
    pub fn all(regions: &[RegionData]) -> Self {
        Self::of(None, false, false, regions.iter())
    }

    /// Those of these that answer a query, best first; `None` where no name is even like it.
    pub fn search(regions: &[RegionData], query: &str) -> Option<Self> {
        let found = search_regions(regions, query);
        let report = Self::of(Some(query.to_owned()), found.is_near, false, found.hits.into_iter());
        (!report.regions.is_empty()).then_some(report)
    }

    /// Everything of one.
    pub fn detailed(region: &RegionData) -> Self {
        Self::of(None, false, true, std::iter::once(region))
    }

    fn of<'a>(
        search: Option<String>,
        only_similar: bool,
        is_detailed: bool,
        regions: impl Iterator<Item = &'a RegionData>,
    ) -> Self {
        let docs = documented_keys();
        let regions = regions.map(|data| RegionRow::new(data, &docs)).collect();
        Self { schema_version: SCHEMA_VERSION, search, only_similar, regions, is_detailed }
    }

    /// As a CSV table, a value or a reference a row.
    ///
    /// # Errors
    /// None in practice: every row has the header's columns.
    pub fn to_csv(&self) -> Result<String, csv::Error> {
        let header = [
            "iso3", "iso2", "country", "currency", "key", "value", "unit", "what", "as_of",
            "source",
        ];
        let row =
            |of: &RegionRow, key: &str, value: f64, unit: &str, what: &str, origin: &Origin| {
                let text = |text: &str| Cow::<'static, str>::Owned(csv_text(text).into_owned());
                vec![
                    text(&of.iso3),
                    text(&of.iso2),
                    text(&of.country),
                    text(&of.currency),
                    text(key),
                    Cow::Owned(value.to_string()),
                    text(unit),
                    text(what),
                    text(origin.as_of.as_deref().unwrap_or_default()),
                    text(&origin.detail),
                ]
            };
        let mut rows = Vec::new();
        for of in &self.regions {
            for RegionValueRow { key, value, unit, what, origin } in &of.values {
                rows.push(row(of, key, *value, unit, what, origin));
            }
            for reference in &of.references {
                let RegionReferenceRow { kind, what, value, unit, origin, .. } = reference;
                rows.push(row(of, &format!("reference.{kind}"), *value, unit, what, origin));
            }
        }
        csv_table(&header.map(str::to_owned), rows)
    }

    /// A line for each.
    fn list(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Sources stand below, each once.
        let mut sources: Vec<&str> = Vec::new();
        let (country, also) = ("country", "also known");
        writeln!(
            f,
            "{:<5}{country:<34}{:>10} {:<8}{:>3}  {also}",
            "code", "g CO2/kWh", "date", "src"
        )?;
        for row in &self.regions {
            let Some(grid) = row.values.iter().find(|value| value.key == GRID) else { continue };
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
        writeln!(f, "\nsrc: the source of the grid's average emissions")?;
        for (place, source) in sources.iter().enumerate() {
            Sheet::begun(f).note(&format!("{} {source}", place + 1))?;
        }
        let told = "They hold where a scenario names its region, such as region = \"KAZ\", and leaves the key \
                    out. hashwatt regions CODE shows everything that is known of one.";
        Sheet::begun(f).title(told)
    }
}

impl RegionRow {
    fn new(data: &RegionData, docs: &[KeyDoc]) -> Self {
        let value = |of: &RegionValue| RegionValueRow {
            key: of.key.clone(),
            value: tidy(of.value),
            unit: of.unit.clone(),
            what: docs.iter().find(|doc| doc.key == of.key).map_or("", |doc| doc.text),
            origin: Origin::from(&of.provenance),
        };
        let reference = |of: &RegionReference| RegionReferenceRow {
            kind: of.kind.name(),
            what: of.what.clone(),
            value: tidy(of.value),
            unit: format!("{}/kWh", of.currency),
            metering_point: of.metering_point.name(),
            month: of.month,
            origin: Origin::from(&of.provenance),
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

fn origin(of: &Origin) -> String {
    let date = of.as_of.as_ref().map_or(String::new(), |date| format!(" {date}"));
    format!("{}{date}: {}", of.kind.replace('_', " "), of.detail)
}

impl fmt::Display for RegionRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { iso3, iso2, country, currency, .. } = self;
        let mut sheet = Sheet::new(f);
        sheet.title(&format!("{country} ({iso3}, {iso2}); prices in {currency}"))?;
        sheet
            .title(&format!("Holds where a scenario of region = \"{iso3}\" leaves the key out"))?;
        for value in &self.values {
            let RegionValueRow { key, value, unit, what, origin: from } = value;
            sheet.text(key, format!("{} {unit}", plain(*value)).trim_end())?;
            sheet.aside(what)?;
            sheet.aside(&origin(from))?;
        }
        if !self.references.is_empty() {
            sheet.title("Prices that a tariff there is held against")?;
        }
        for reference in &self.references {
            let RegionReferenceRow { kind, what, value, unit, metering_point, .. } = reference;
            sheet.text(kind, &format!("{} {unit}", plain(*value)))?;
            sheet.aside(&format!("{what}; metered at the point {metering_point}"))?;
            sheet.aside(&origin(&reference.origin))?;
        }
        for table in &self.tables {
            sheet.title("Tables")?;
            sheet.note(&format!(
                "scarcity.profile = \"{table}\": the system's demand and capacity by hour"
            ))?;
            sheet.note(&format!(
                "supply.merit_order = \"{table}\": the plants that serve the next MW"
            ))?;
        }
        Ok(())
    }
}

impl fmt::Display for RegionsReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(search), true) = (&self.search, self.only_similar) {
            let told = format!("No region is called \"{}\". The nearest:", neutral(search));
            Sheet::new(f).title(&told)?;
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

    fn fits(text: &str) {
        for line in text.lines() {
            assert!(line.chars().count() <= 80 && line == line.trim_end(), "{line}");
        }
    }

    #[test]
    fn text_fits_a_terminal_and_names_every_region() {
        let all = regions().unwrap();
        let text = RegionsReport::all(&all).to_string();
        fits(&text);
        for data in &all {
            let begin = format!("{}  {}", data.country.iso3, data.country.name);
            assert!(text.lines().any(|line| line.starts_with(&begin)), "{begin}");
        }
    }

    #[test]
    fn a_region_alone_shows_every_key_with_its_unit_date_and_source() {
        let pakistan = region("Pakistan").unwrap();
        let text = RegionsReport::detailed(&pakistan).to_string();
        fits(&text);
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for value in &pakistan.values {
            let source = value.provenance.detail();
            for told in [&value.key, &value.unit, &source] {
                assert!(words.contains(told), "{told}: {text}");
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
        assert_eq!((&kazakhstan[4], &kazakhstan[5], &kazakhstan[6]), (GRID, "821.391", "g/kWh"));
    }

    #[test]
    fn a_search_says_when_it_only_found_similar_names() {
        let all = regions().unwrap();
        let near = RegionsReport::search(&all, "kazakstan").unwrap();
        assert!(near.only_similar && near.regions[0].iso3 == "KAZ");
        assert!(near.to_string().starts_with("No region is called \"kazakstan\". The nearest:\n"));
        assert!(!RegionsReport::search(&all, "kaz").unwrap().only_similar);
        assert_eq!(RegionsReport::search(&all, "qqqqqqqq"), None);
    }
}
