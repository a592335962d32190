//! The report of the catalogue of machines.

use super::untrusted::neutral;
use super::{SCHEMA_VERSION, csv_table, csv_text, tidy};
use hashwatt::econ::network::{Catalogue, Machine};
use hashwatt::text::{Sheet, grouped};
use serde::Serialize;
use std::borrow::Cow;
use std::fmt;

/// Machines of the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct MachinesReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// What was searched for.
    pub search: Option<String>,
    /// Whether nothing is called so, and these machines are only called like it.
    pub only_similar: bool,
    /// One row a machine; of a search the best first.
    pub machines: Vec<CatalogueRow>,
}

/// A machine of the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct CatalogueRow {
    /// Vendor and model, as a scenario's `machine` takes it.
    pub machine: String,
    /// Maker.
    pub vendor: String,
    /// Model with its hashrate class.
    pub model: String,
    /// `air`, `hydro` or `immersion`.
    pub cooling: String,
    /// Rated hashrate, TH/s.
    pub hashrate_th_s: f64,
    /// Rated power at the machine, W.
    pub power_w: f64,
    /// Rated energy per hash at the machine, J/TH.
    pub efficiency_j_per_th: f64,
    /// When it came out, as the source says it; empty where that is not known.
    pub release: String,
    /// Where the figures come from.
    pub source: String,
    /// What is doubtful about them.
    pub uncertain: Option<String>,
}

impl MachinesReport {
    /// All machines, in the catalogue's order.
    pub fn all(catalogue: &Catalogue) -> Self {
        Self::of(None, false, catalogue.machines().iter())
    }

    /// Those that answer a query, best first; `None` where no name is even like it.
    pub fn search(catalogue: &Catalogue, query: &str) -> Option<Self> {
        let found = catalogue.search(query);
        let report = Self::of(Some(query.to_owned()), found.is_near, found.hits.into_iter());
        (!report.machines.is_empty()).then_some(report)
    }

    fn of<'a>(
        search: Option<String>,
        only_similar: bool,
        machines: impl Iterator<Item = &'a Machine>,
    ) -> Self {
        let machines = machines.map(CatalogueRow::from).collect();
        Self { schema_version: SCHEMA_VERSION, search, only_similar, machines }
    }

    /// As a CSV table, a machine a row.
    ///
    /// # Errors
    /// None in practice: every row has the header's columns.
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
            hashrate_th_s: tidy(machine.hashrate.as_th_s()),
            power_w: tidy(machine.power.as_watts()),
            efficiency_j_per_th: tidy((machine.power / machine.hashrate).as_j_per_th()),
            release: machine.release.clone(),
            source: machine.source.clone(),
            uncertain: machine.uncertain.clone(),
        }
    }
}

impl fmt::Display for MachinesReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(search), true) = (&self.search, self.only_similar) {
            let told = format!("No machine is called \"{}\". The nearest:", neutral(search));
            Sheet::new(f).title(&told)?;
        }
        // Sources stand below, each once.
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
            let doubts: Vec<&str> =
                release.iter().chain(&row.uncertain).map(String::as_str).collect();
            if !doubts.is_empty() {
                Sheet::begun(f).aside(&doubts.join("; "))?;
            }
        }
        writeln!(f, "\nsrc: the source")?;
        for (place, source) in sources.iter().enumerate() {
            Sheet::begun(f).note(&format!("{} {source}", place + 1))?;
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
    fn text_fits_a_terminal_and_names_every_machine_and_source() {
        let report = MachinesReport::all(&catalogue());
        let text = report.to_string();
        for line in text.lines() {
            assert!(line.chars().count() <= 80 && line == line.trim_end(), "{line}");
        }
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for row in &report.machines {
            assert!(words.contains(&row.machine) && words.contains(&row.source), "{row:?}");
            assert!(words.contains(&row.release), "{row:?}");
            assert!(row.uncertain.iter().all(|doubt| words.contains(doubt)), "{row:?}");
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
    fn a_search_says_when_it_only_found_similar_names() {
        let report = MachinesReport::search(&catalogue(), "antminer s20").unwrap();
        assert!(report.only_similar);
        assert!(
            report.to_string().starts_with("No machine is called \"antminer s20\". The nearest:\n")
        );
        assert!(!MachinesReport::search(&catalogue(), "m60s").unwrap().only_similar);
        assert_eq!(MachinesReport::search(&catalogue(), "qqqqqqqq"), None);
    }
}
