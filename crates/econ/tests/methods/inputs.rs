//! Tables of the inputs of shipped scenarios by grade, and of the shipped data.

use hashwatt_econ::params::Param;
use hashwatt_econ::scenario::Scenario;
use hashwatt_econ::uncertainty::Provenance;
use std::fmt::Write;
use std::path::Path;

/// Words that mark a source as not being the original publisher.
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

/// Inputs of each shipped scenario by grade.
pub fn grades(folder: &Path) -> String {
    let mut text = "\n| scenario | inputs | published (copies among them) | assumed, with range | assumed, fixed | \
                    user-reported | modelled | not stated | missing |\n|---|---|---|---|---|---|---|---|---|\n"
        .to_owned();
    for name in files(folder, "toml") {
        let resolved = Scenario::load(folder.join(&name)).unwrap().resolve().unwrap();
        let (mut plants, mut others) = (Grades::default(), Grades::default());
        let mut has_plants = false;
        for row in resolved.table.rows() {
            // One row for each plant, figure and month.
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

/// The content, publisher and quality of each shipped table.
const TABLES: [(&str, &str, &str); 12] = [
    (
        "catalogue.csv",
        "Hashrate, power and J/TH of mining machines",
        "manufacturers' figures as copied in lists on the internet; data sheets were not available",
    ),
    ("countries.csv", "Names, codes and currencies of countries", "standard codes; no figures"),
    (
        "epochs.csv",
        "Difficulty of every retarget epoch; fees and price since June 2020",
        "difficulty: block headers, exact; fees and price: daily series of third parties (secondary)",
    ),
    (
        "hours_pakistan.csv",
        "Demand and available capacity by hour of the mean day of each month",
        "synthetic: no hourly data of the operator were found",
    ),
    (
        "levy_presets.csv",
        "Levies on mining and AI by name",
        "IMF and US Treasury (primary), proposals; Kazakhstan's through press (secondary), its middle steps assumed with ranges",
    ),
    (
        "machine_prices.csv",
        "Prices of machines by J/TH",
        "price lists of Bitmain and Coin Metrics, through press; none for the newest machines",
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
        "Published estimates of energy, emissions and J/TH of the whole network",
        "single figures of CCAF, CoinShares, BloombergNEF and Digiconomist, each with its source; no series of an index",
    ),
    (
        "plants_pakistan.csv",
        "Emissions and imported share of the cost of plants",
        "assumed, with ranges: no data of plants were found",
    ),
    (
        "references.csv",
        "Reference prices with which a tariff is compared",
        "CPPA-G and NEPRA through press; only press where no publisher is named",
    ),
    (
        "regions.csv",
        "Grid emissions of 213 countries; losses, retail tariff and household use of Pakistan",
        "Our World in Data and Ember, copied from codecarbon; CPPA-G, NEPRA and Economic Survey through press",
    ),
];

/// The shipped tables.
pub fn tables(folder: &Path) -> String {
    let mut text =
        "\n| table | rows | as of | content | publisher and quality |\n|---|---|---|---|---|\n"
            .to_owned();
    for name in files(folder, "csv") {
        let known = TABLES.iter().find(|(table, ..)| *table == name);
        let (_, what, quality) = known.unwrap_or_else(|| panic!("{name}: describe its content"));
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
