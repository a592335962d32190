//! The listing of the catalogue of mining machines.

use super::csv::{csv_table, csv_text};
use super::untrusted::sanitize;
use super::{SCHEMA_VERSION, round_to_15_digits};
use hashwatt::econ::network::{Catalogue, Machine};
use hashwatt::text::{Sheet, grouped};
use serde::Serialize;
use std::borrow::Cow;
use std::fmt;

/// Machines of the catalogue, all of them or those that match a search.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct MachinesReport {
    /// Version of the JSON format.
    pub schema_version: u32,
    /// The search text; null for the whole catalogue.
    pub search: Option<String>,
    /// Whether no name matches the search, and the rows only have similar names.
    pub only_similar: bool,
    /// One row for each machine; for a search, the best match first.
    pub machines: Vec<CatalogueRow>,
}

/// A machine of the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct CatalogueRow {
    /// Vendor and model, as used for `machine` in a scenario.
    pub machine: String,
    /// Manufacturer.
    pub vendor: String,
    /// Model with hashrate class.
    pub model: String,
    /// `air`, `hydro` or `immersion`.
    pub cooling: String,
    /// Rated hashrate, TH/s.
    pub hashrate_th_s: f64,
    /// Rated power at the machine, W.
    pub power_w: f64,
    /// Rated energy per hash at the machine, J/TH.
    pub efficiency_j_per_th: f64,
    /// Release date as given by the source; empty if unknown.
    pub release: String,
    /// Source of the figures.
    pub source: String,
    /// Doubts about the figures.
    pub uncertain: Option<String>,
}

impl MachinesReport {
    /// All machines, in the catalogue's order.
    pub fn all(catalogue: &Catalogue) -> Self {
        Self::new(None, false, catalogue.machines().iter())
    }

    /// Machines that match a query, the best match first; `None` if no name is similar to it.
    pub fn search(catalogue: &Catalogue, query: &str) -> Option<Self> {
        let found = catalogue.search(query);
        let report = Self::new(Some(query.to_owned()), found.is_near, found.hits.into_iter());
        (!report.machines.is_empty()).then_some(report)
    }

    fn new<'a>(
        search: Option<String>,
        only_similar: bool,
        machines: impl Iterator<Item = &'a Machine>,
    ) -> Self {
        let machines = machines.map(CatalogueRow::from).collect();
        Self { schema_version: SCHEMA_VERSION, search, only_similar, machines }
    }

    /// The machines as CSV, one row each.
    ///
    /// # Errors
    /// Returns the CSV writer's error; none occurs in practice.
    pub fn to_csv(&self) -> Result<String, csv::Error> {
        let header = [
            "machine",
            "vendor",
            "model",
            "cooling",
            "hashrate_th_s",
            "power_w",
            "efficiency_j_per_th",
            "release",
            "source",
            "uncertain",
        ];
        let row = |row: &'_ CatalogueRow| -> Vec<Cow<'static, str>> {
            let text = |text: &str| Cow::Owned(csv_text(text).into_owned());
            let number = |value: f64| Cow::Owned(value.to_string());
            vec![
                text(&row.machine),
                text(&row.vendor),
                text(&row.model),
                text(&row.cooling),
                number(row.hashrate_th_s),
                number(row.power_w),
                number(row.efficiency_j_per_th),
                text(&row.release),
                text(&row.source),
                text(row.uncertain.as_deref().unwrap_or_default()),
            ]
        };
        csv_table(&header.map(str::to_owned), self.machines.iter().map(row))
    }
}

impl From<&Machine> for CatalogueRow {
    fn from(machine: &Machine) -> Self {
        Self {
            machine: machine.name(),
            vendor: machine.vendor.clone(),
            model: machine.model.clone(),
            cooling: machine.cooling.clone(),
            hashrate_th_s: round_to_15_digits(machine.hashrate.as_th_s()),
            power_w: round_to_15_digits(machine.power.as_watts()),
            efficiency_j_per_th: round_to_15_digits(
                (machine.power / machine.hashrate).as_j_per_th(),
            ),
            release: machine.release.clone(),
            source: machine.source.clone(),
            uncertain: machine.uncertain.clone(),
        }
    }
}

impl fmt::Display for MachinesReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(search), true) = (&self.search, self.only_similar) {
            let title = format!("No machine is called \"{}\". The nearest:", sanitize(search));
            Sheet::new(f).title(&title)?;
        }
        // The sources follow the table, each once.
        let mut sources: Vec<&str> = Vec::new();
        let (machine, cooling, date) = ("machine", "cooling", "released");
        writeln!(
            f,
            "{machine:<37}{:>6}{:>7}{:>6} {cooling:<10}{date:<9}{:>3}",
            "TH/s", "W", "J/TH", "src"
        )?;
        for row in &self.machines {
            let source = sources.iter().position(|known| *known == row.source);
            let source = source.unwrap_or_else(|| {
                sources.push(&row.source);
                sources.len() - 1
            });
            let (name, cooling) = (&row.machine, &row.cooling);
            let (date, _) = row.release.split_once([' ', ';']).unwrap_or((&row.release, ""));
            let [rate, power, efficiency] = [
                grouped(row.hashrate_th_s, usize::from(row.hashrate_th_s.fract() != 0.0)),
                grouped(row.power_w, 0),
                grouped(row.efficiency_j_per_th, 1),
            ];
            let line = format!(
                "{name:<37}{rate:>6}{power:>7}{efficiency:>6} {cooling:<10}{date:<9}{:>3}",
                source + 1
            );
            writeln!(f, "{line}")?;
            let release = (date != row.release).then(|| format!("released: {}", row.release));
            let remarks: Vec<&str> =
                release.iter().chain(&row.uncertain).map(String::as_str).collect();
            if !remarks.is_empty() {
                Sheet::continued(f).aside(&remarks.join("; "))?;
            }
        }
        writeln!(f, "\nsrc: number of the source")?;
        for (place, source) in sources.iter().enumerate() {
            Sheet::continued(f).note(&format!("{} {source}", place + 1))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue() -> Catalogue {
        Catalogue::shipped().unwrap()
    }

    #[test]
    fn text_fits_80_columns_and_names_every_machine_and_source() {
        let report = MachinesReport::all(&catalogue());
        let text = report.to_string();
        for line in text.lines() {
            assert!(line.chars().count() <= 80 && line == line.trim_end(), "{line}");
        }
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for row in &report.machines {
            assert!(words.contains(&row.machine) && words.contains(&row.source), "{row:?}");
            assert!(words.contains(&row.release), "{row:?}");
            assert!(row.uncertain.iter().all(|remark| words.contains(remark)), "{row:?}");
        }
    }

    #[test]
    fn csv_has_a_row_for_each_machine() {
        let report = MachinesReport::all(&catalogue());
        let text = report.to_csv().unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), report.machines.len());
        let s21 = rows.iter().find(|row| &row[2] == "Antminer S21 (200T)").unwrap();
        assert_eq!((&s21[4], &s21[5], &s21[6]), ("200", "3500", "17.5"));
    }

    #[test]
    fn search_without_exact_match_reports_similar_names() {
        let report = MachinesReport::search(&catalogue(), "antminer s20").unwrap();
        assert!(report.only_similar);
        assert!(
            report.to_string().starts_with("No machine is called \"antminer s20\". The nearest:\n")
        );
        assert!(!MachinesReport::search(&catalogue(), "m60s").unwrap().only_similar);
        assert_eq!(MachinesReport::search(&catalogue(), "qqqqqqqq"), None);
    }
}
