//! What the shipped scenarios and tables are made of, by grade.

use hashwatt_econ::params::Param;
use hashwatt_econ::scenario::Scenario;
use hashwatt_econ::uncertainty::Provenance;
use std::fmt::Write;
use std::path::Path;

/// Words by which a source says that it is no publisher's own.
const COPIES: [&str; 6] = ["press", "secondary", "through", "copy", "copies", "derived"];

#[derive(Clone, Copy, Default)]
struct Grades {
    published: usize,
    copies: usize,
    assumed_range: usize,
    assumed_fixed: usize,
    reported: usize,
    modelled: usize,
    unstated: usize,
    missing: usize,
}

impl Grades {
    fn count(&mut self, row: &Param) {
        let is_drawn = row.spread.is_drawn();
        match &row.provenance {
            _ if row.missing => self.missing += 1,
            Provenance::Assumed { basis } if basis == "none was stated" => self.unstated += 1,
            Provenance::Assumed { .. } if is_drawn => self.assumed_range += 1,
            Provenance::Assumed { .. } => self.assumed_fixed += 1,
            Provenance::UserReported { .. } => self.reported += 1,
            Provenance::Modelled { .. } => self.modelled += 1,
            Provenance::Measured(_) => panic!("{}: no shipped scenario has a measurement", row.key),
            published => {
                self.published += 1;
                let detail = published.detail().to_ascii_lowercase();
                self.copies += usize::from(COPIES.iter().any(|word| detail.contains(word)));
            }
        }
    }

    fn row(self, name: &str, what: &str) -> String {
        let Self { published, copies, assumed_range, assumed_fixed, .. } = self;
        let Self { reported, modelled, unstated, missing, .. } = self;
        format!(
            "| `{name}` | {what} | {published} ({copies}) | {assumed_range} | {assumed_fixed} | {reported} | \
             {modelled} | {unstated} | {missing} |\n"
        )
    }
}

/// Inputs of every shipped scenario by grade.
pub fn grades(folder: &Path) -> String {
    let mut text = "\n| scenario | inputs | published (of it copies) | assumed, with range | assumed, fixed | \
                    user-reported | modelled | not stated | missing |\n|---|---|---|---|---|---|---|---|---|\n"
        .to_owned();
    for name in files(folder, "toml") {
        let resolved = Scenario::load(folder.join(&name)).unwrap().resolve().unwrap();
        let (mut plants, mut others) = (Grades::default(), Grades::default());
        let mut has_plants = false;
        for row in resolved.table.rows() {
            // A row for every plant, figure and month.
            let is_of_plant = row.key.starts_with("plant.") && row.key.ends_with(']');
            has_plants |= is_of_plant;
            if is_of_plant { &mut plants } else { &mut others }.count(row);
        }
        text += &others.row(&name, "all but plants by month");
        if has_plants {
            text += &plants.row(&name, "plants by month");
        }
    }
    text.push('\n');
    text
}

fn files(folder: &Path, ending: &str) -> Vec<String> {
    let all = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let of = all.filter(|path| path.extension().is_some_and(|of| of == ending));
    let mut names: Vec<String> =
        of.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// What each shipped table holds, who published it, and how good that is.
const TABLES: [(&str, &str, &str); 12] = [
    (
        "catalogue.csv",
        "Hashrate, power and J/TH of mining machines",
        "makers' figures as lists on the internet copy them; no data sheet was at hand",
    ),
    ("countries.csv", "Names, codes and currencies of countries", "standard codes; no figures"),
    (
        "epochs.csv",
        "Difficulty of every retarget epoch; fees and price since June 2020",
        "difficulty: block headers, exact; fees and price: daily series of others (secondary)",
    ),
    (
        "hours_pakistan.csv",
        "Demand and available capacity by hour of the mean day of each month",
        "synthetic: no hourly data of the operator were found",
    ),
    (
        "levy_presets.csv",
        "Levies on mining and AI that a scenario may name",
        "IMF and US Treasury (primary), proposals; Kazakhstan's through press (secondary), its middle steps assumed with ranges",
    ),
    (
        "machine_prices.csv",
        "Prices of machines by J/TH",
        "Bitmain's lists and Coin Metrics, through press; none for the newest machines",
    ),
    (
        "merit_order_pakistan.csv",
        "Output, idle capacity and fuel cost of plants by month",
        "CPPA-G's fuel charges adjustments and brokers' tables, through press; months without a copy are interpolated",
    ),
    (
        "network_monthly.csv",
        "Hashrate, price, fees and hashprice by month; J/TH of the fleet",
        "block counts and difficulty; J/TH is a model of Coin Metrics (secondary)",
    ),
    (
        "network_published.csv",
        "Energy, emissions and J/TH of the whole network as others published them",
        "single figures of CCAF, CoinShares, BloombergNEF and Digiconomist, each with its source; no series of an index",
    ),
    (
        "plants_pakistan.csv",
        "Emissions and imported part of the cost of plants",
        "assumed, with ranges: no plant's data were found",
    ),
    (
        "references.csv",
        "Prices that a tariff is held against",
        "CPPA-G and NEPRA through press; press alone where no publisher is named",
    ),
    (
        "regions.csv",
        "Grid emissions of 213 countries; Pakistan's losses, retail tariff and use of a household",
        "Our World in Data and Ember, copied from codecarbon; CPPA-G, NEPRA and Economic Survey through press",
    ),
];

/// The shipped tables.
pub fn tables(folder: &Path) -> String {
    let mut text =
        "\n| table | rows | as of | what it holds | publisher and quality |\n|---|---|---|---|---|\n"
            .to_owned();
    for name in files(folder, "csv") {
        let known = TABLES.iter().find(|(table, ..)| *table == name);
        let (_, what, quality) = known.unwrap_or_else(|| panic!("{name}: say what it holds"));
        let mut rows = csv::Reader::from_path(folder.join(&name)).unwrap();
        let place = rows.headers().unwrap().iter().position(|column| column == "as_of");
        let records: Vec<csv::StringRecord> = rows.records().map(|row| row.unwrap()).collect();
        let dates = place.map(|at| records.iter().map(move |row| row[at].to_owned()));
        let dates = dates.map(|all| (all.clone().min().unwrap(), all.max().unwrap()));
        let as_of = match dates {
            None => String::new(),
            Some((first, last)) if first == last => first,
            Some((first, last)) => format!("{first} to {last}"),
        };
        writeln!(text, "| `{name}` | {} | {as_of} | {what} | {quality} |", records.len()).unwrap();
    }
    text.push('\n');
    text
}
