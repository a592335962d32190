//! Mining machines by name. Every row of the shipped table states its source and its uncertainty.

use crate::EconError;
use crate::search::{Found, search};
use crate::uncertainty::{AsOf, Efficiency, Provenance, Uncertain};
use crate::units::{Hashrate, JoulesPerHash, Watts};
use hashwatt_quantities::plausible::ASIC_EFFICIENCY;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::LazyLock;

const SHIPPED: &str = include_str!("../data/catalogue.csv");
/// Maximum number of suggestions in an error message.
const MAX_NEAREST: usize = 3;

/// A machine as described by its manufacturer or by a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Machine {
    /// Manufacturer.
    pub vendor: String,
    /// Model with its hashrate class.
    pub model: String,
    /// `air`, `hydro` or `immersion`.
    pub cooling: String,
    /// Rated hashrate.
    pub hashrate: Hashrate,
    /// Rated power at the machine.
    pub power: Watts,
    /// Release date as given by the source; empty if unknown.
    pub release: String,
    /// Source of the figures.
    pub source: String,
    /// What is uncertain about the row, if anything.
    pub uncertain: Option<String>,
}

impl Machine {
    /// Vendor and model.
    pub fn name(&self) -> String {
        format!("{} {}", self.vendor, self.model)
    }

    /// The release day: the day in the source, the first of the month, the middle of the year if only the year is
    /// known, 1 January of the second year for `2024/25` (assumed), or the shipping day if the source gives one.
    /// `None` if unknown.
    pub fn released(&self) -> Option<Date> {
        let release =
            self.release.split_once("ship ").map_or(self.release.as_str(), |(_, ships)| ships);
        let end = release.find(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '/')));
        let text = release.get(..end.unwrap_or(release.len()))?;
        if let Some((year, _)) = text.split_once('/') {
            return Date::new(year.parse::<i16>().ok()?.checked_add(1)?, 1, 1).ok();
        }
        match text.parse().ok()? {
            AsOf::Month { year, month } => Date::new(year, month, 1).ok(),
            date => date.middle(),
        }
    }

    /// Rated power over rated hashrate.
    ///
    /// # Errors
    /// [`EconError::Table`] if the row's figures are not positive.
    pub fn efficiency(&self) -> Result<Efficiency, EconError> {
        let provenance =
            Provenance::Datasheet { product: self.name(), source: self.source.clone() };
        Efficiency::new(Uncertain::new(self.power / self.hashrate, provenance)).map_err(|e| {
            EconError::Table { table: "catalogue", reason: format!("{}: {e}", self.name()) }
        })
    }
}

/// A list of machines.
#[derive(Clone, Debug, PartialEq)]
pub struct Catalogue(Vec<Machine>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    vendor: String,
    model: String,
    cooling: String,
    #[serde(rename = "hashrate_TH")]
    hashrate_th: f64,
    #[serde(rename = "power_W")]
    power_w: f64,
    /// The list's own rounding of power over hashrate.
    #[serde(rename = "J_per_TH")]
    j_per_th: f64,
    release: String,
    source: String,
    uncertain: String,
}

impl Catalogue {
    /// The shipped machines.
    ///
    /// # Errors
    /// None in practice: a test reads every row.
    pub fn shipped() -> Result<Self, EconError> {
        Self::from_csv(SHIPPED)
    }

    /// Like [`Catalogue::shipped`], but parsed only once: scenarios are resolved by the thousand.
    pub(crate) fn read_once() -> Result<&'static Self, EconError> {
        static READ: LazyLock<Result<Catalogue, EconError>> = LazyLock::new(Catalogue::shipped);
        READ.as_ref().map_err(Clone::clone)
    }

    /// Reads a table with the columns of the shipped one: `vendor, model, cooling, hashrate_TH,
    /// power_W, J_per_TH, release, source, uncertain`.
    ///
    /// # Errors
    /// [`EconError::Table`] with the row that cannot be read, whose J/TH differs from power over hashrate, or whose
    /// J/TH is not plausible for an ASIC.
    pub fn from_csv(text: &str) -> Result<Self, EconError> {
        let wrong = |reason: String| EconError::Table { table: "catalogue", reason };
        let mut machines = Vec::new();
        for row in csv::Reader::from_reader(text.as_bytes()).into_deserialize() {
            let row: Row = row.map_err(|e| wrong(e.to_string()))?;
            let name = format!("{} {}", row.vendor, row.model);
            let computed = row.power_w / row.hashrate_th;
            // Lists round watts or J/TH; a difference above 1 % is a contradiction.
            let agrees = (computed / row.j_per_th - 1.0).abs() <= 0.01;
            if !(agrees && row.hashrate_th > 0.0 && row.power_w > 0.0) {
                return Err(wrong(format!(
                    "{name}: {} W over {} TH/s is {computed:.2} J/TH; the row says {}",
                    row.power_w, row.hashrate_th, row.j_per_th
                )));
            }
            ASIC_EFFICIENCY
                .check(JoulesPerHash::from_j_per_th(computed))
                .map_err(|reason| wrong(format!("{name}: {reason}")))?;
            machines.push(Machine {
                vendor: row.vendor,
                model: row.model,
                cooling: row.cooling,
                hashrate: Hashrate::from_th_s(row.hashrate_th),
                power: Watts::from_watts(row.power_w),
                release: row.release,
                source: row.source,
                uncertain: Some(row.uncertain).filter(|text| !text.is_empty()),
            });
        }
        Ok(Self(machines))
    }

    /// All machines.
    pub fn machines(&self) -> &[Machine] {
        &self.0
    }

    /// Finds a machine by name: vendor and model, the model alone, or either without the class in brackets, in upper
    /// or lower case.
    ///
    /// # Errors
    /// [`EconError::UnknownMachine`] with similar names, [`EconError::AmbiguousMachine`] with the matching names.
    pub fn find(&self, name: &str) -> Result<&Machine, EconError> {
        let wanted = simplified(name);
        let matching = |spellings: fn(&Machine) -> [String; 2]| {
            let fits = |machine: &&Machine| spellings(machine).contains(&wanted);
            self.0.iter().filter(fits).collect::<Vec<_>>()
        };
        let mut found = matching(full_spellings);
        if found.is_empty() {
            found = matching(spellings_without_class);
        }
        match found[..] {
            [machine] => Ok(machine),
            [] => Err(EconError::UnknownMachine {
                name: name.to_owned(),
                nearest: self.nearest(&wanted),
            }),
            _ => Err(EconError::AmbiguousMachine { name: name.to_owned(), matches: names(&found) }),
        }
    }

    /// Finds machines by part of a name, in upper or lower case, with or without spaces and dashes; best match first.
    /// The plain model comes before its variants, and air-cooled machines before others.
    ///
    /// ```
    /// let catalogue = hashwatt_econ::network::Catalogue::shipped()?;
    /// let found = catalogue.search("s19 xp");
    /// assert_eq!(found.hits[0].model, "Antminer S19 XP (140T)");
    /// assert!(!found.is_near);
    /// # Ok::<(), hashwatt_econ::EconError>(())
    /// ```
    pub fn search(&self, query: &str) -> Found<'_, Machine> {
        let mut by_cooling: Vec<&Machine> = self.0.iter().collect();
        by_cooling.sort_by_key(|machine| machine.cooling != "air");
        search(by_cooling, query, |machine| vec![machine.name()])
    }

    fn nearest(&self, wanted: &str) -> String {
        let mut found = self.search(wanted).hits;
        found.truncate(MAX_NEAREST);
        match found.is_empty() {
            true => "none, see `hashwatt machines`".to_owned(),
            false => names(&found),
        }
    }
}

fn names(machines: &[&Machine]) -> String {
    machines.iter().map(|machine| machine.name()).collect::<Vec<_>>().join(", ")
}

fn full_spellings(machine: &Machine) -> [String; 2] {
    [simplified(&machine.name()), simplified(&machine.model)]
}

fn spellings_without_class(machine: &Machine) -> [String; 2] {
    full_spellings(machine)
        .map(|name| name.split_once('(').map_or(name.clone(), |(before, _)| simplified(before)))
}

fn simplified(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn shipped_machines_are_unique_and_have_sources() {
        let catalogue = Catalogue::shipped().unwrap();
        assert_eq!(catalogue.machines().len(), SHIPPED.lines().count() - 1);
        let mut seen = HashSet::new();
        for machine in catalogue.machines() {
            assert!(!machine.source.is_empty(), "{}", machine.name());
            assert!(machine.efficiency().is_ok(), "{}", machine.name());
            assert!(seen.insert(simplified(&machine.name())), "{} appears twice", machine.name());
            assert_eq!(catalogue.find(&machine.name()).unwrap(), machine);
        }
    }

    #[test]
    fn release_text_gives_release_day() {
        let machine = |release: &str| {
            let catalogue = Catalogue::shipped().unwrap();
            Machine { release: release.to_owned(), ..catalogue.machines()[0].clone() }
        };
        for (release, day) in [
            ("2016-07", "2016-07-01"),
            ("2020-02 announced", "2020-02-01"),
            ("2025-10-29 announced", "2025-10-29"),
            ("2025-06 manual; ship 2026-01", "2026-01-01"),
            ("2022", "2022-07-01"),
            ("2026?", "2026-07-01"),
            ("2026 announced", "2026-07-01"),
            ("2020/21", "2021-01-01"),
        ] {
            assert_eq!(machine(release).released().unwrap().to_string(), day, "{release}");
        }
        for unknown in ["", "soon", "-", "/", "99999/1"] {
            assert_eq!(machine(unknown).released(), None, "{unknown}");
        }
        // Two of the shipped rows have no date; all others have a day.
        let shipped = Catalogue::shipped().unwrap();
        let undated = shipped.machines().iter().filter(|m| m.released().is_none());
        assert!(undated.clone().all(|m| m.release.is_empty()));
        assert_eq!(undated.count(), 2);
    }

    #[test]
    fn machine_is_found_by_common_spellings() {
        let catalogue = Catalogue::shipped().unwrap();
        for name in ["Bitmain Antminer S21 (200T)", "antminer s21 (200t)", "antminer  s21"] {
            assert_eq!(catalogue.find(name).unwrap().model, "Antminer S21 (200T)", "{name}");
        }
        // The class in brackets may be omitted if one machine remains.
        assert_eq!(catalogue.find("Antminer S21+").unwrap().model, "Antminer S21+ (216T)");
        let Err(EconError::UnknownMachine { nearest, .. }) = catalogue.find("Antminer S22") else {
            panic!("S22 is not a machine")
        };
        assert!(nearest.contains("Antminer S2"), "{nearest}");
        let Err(EconError::UnknownMachine { nearest, .. }) = catalogue.find("s21pro") else {
            panic!("s21pro is not a name in the catalogue")
        };
        assert_eq!(nearest, "Bitmain Antminer S21 Pro (234T)");
    }

    #[test]
    fn search_ranks_the_expected_machine_first() {
        let catalogue = Catalogue::shipped().unwrap();
        let first = |query: &str| {
            let found = catalogue.search(query);
            (found.hits[0].model.clone(), found.is_near)
        };
        for (query, model) in [
            ("s21", "Antminer S21 (200T)"),
            ("S21-Pro", "Antminer S21 Pro (234T)"),
            ("s19 xp", "Antminer S19 XP (140T)"),
            ("m60s", "Whatsminer M60S (186T)"),
            ("M60S++", "Whatsminer M60S++ (226T)"),
            ("bitmain s21", "Antminer S21 (200T)"),
            ("a15 pro", "Avalon A15 Pro (218T)"),
        ] {
            assert_eq!(first(query), (model.to_owned(), false), "{query}");
        }
        assert_eq!(catalogue.search("s21").hits[1].model, "Antminer S21 Pro (234T)");
        assert_eq!(first("antminor s21 pro"), ("Antminer S21 Pro (234T)".to_owned(), true));
        let cooled: Vec<&str> =
            catalogue.search("s21 xp").hits.iter().map(|m| m.cooling.as_str()).collect();
        assert_eq!(cooled[0], "air");
    }

    #[test]
    fn row_with_contradictory_figures_is_refused() {
        let head = SHIPPED.lines().next().unwrap();
        let table = |row: &str| Catalogue::from_csv(&format!("{head}\n{row}\n"));
        assert!(table("A,B,air,100,1500,15,2026,src,").is_ok());
        for bad in [
            "A,B,air,100,1500,25,2026,src,",
            "A,B,air,0,1500,15,2026,src,",
            "A,B,air,100,many,15,2026,src,",
            "A,B,air,NaN,1500,15,2026,src,",
            "A,B,air,-100,-1500,15,2026,src,",
        ] {
            assert!(matches!(table(bad), Err(EconError::Table { .. })), "{bad}");
        }
        let twice = format!("{head}\nA,B (1T),air,100,1500,15,,s,\nA,B (2T),air,100,1500,15,,s,\n");
        let twice = Catalogue::from_csv(&twice).unwrap();
        assert!(matches!(twice.find("A B"), Err(EconError::AmbiguousMachine { .. })));
    }
}
