//! Countries by their codes and names (ISO 3166-1), with their money (ISO 4217).

use super::columns::table;
use super::error::Problem;
use crate::Currency;
use crate::params::Region;
use crate::search::{Found, search, squashed};
use hashwatt_input::table::{Row, TableError};
use std::collections::HashMap;
use std::sync::LazyLock;

const COUNTRIES: &str = include_str!("../data/countries.csv");
const COLUMNS: &[&str] = &["iso3", "iso2", "currency", "country"];
/// What to do about a table that ships with the crate.
const SHIPPED: &str = "report it as a mistake of this program";
/// So many names stand in an error.
const MAX_NAMED: usize = 3;
/// No country's name is longer, nor is more of what was given shown.
const LONGEST_SHOWN: usize = 60;

/// A country of which something is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// Its ISO 3166-1 alpha-3 code.
    pub iso3: Region,
    /// Its ISO 3166-1 alpha-2 code.
    pub iso2: String,
    /// What is paid with there.
    pub currency: Currency,
    /// Its name in English.
    pub name: String,
}

/// Every country, and where it stands by each of its names.
struct Countries {
    all: Vec<Country>,
    by_name: HashMap<String, usize>,
}

/// Read once: scenarios are resolved by the thousand.
fn countries() -> Result<&'static Countries, TableError> {
    static COUNTRIES_READ: LazyLock<Result<Countries, TableError>> = LazyLock::new(|| {
        let table = table("countries.csv", COUNTRIES, COLUMNS, &[])?;
        let all: Vec<Country> = table.all()?.iter().map(country).collect::<Result<_, _>>()?;
        let places = all.iter().enumerate();
        let by_name = places
            .flat_map(|(at, country)| names(country).map(|name| (squashed(&name), at)))
            .collect();
        Ok(Countries { all, by_name })
    });
    COUNTRIES_READ.as_ref().map_err(Clone::clone)
}

/// Every country of which something is known, by code.
pub(super) fn all() -> Result<&'static [Country], TableError> {
    Ok(&countries()?.all)
}

fn country(row: &Row<'_>) -> Result<Country, TableError> {
    let letters = row.text(0).as_bytes().try_into();
    let iso3 = letters.map_err(|_| row.wrong(0, "is no code of three letters", SHIPPED))?;
    let currency = row.text(2).parse::<Currency>();
    Ok(Country {
        iso3: Region(iso3),
        iso2: row.some_text(1)?.to_owned(),
        currency: currency.map_err(|error| row.wrong(2, error.to_string(), SHIPPED))?,
        name: row.some_text(3)?.to_owned(),
    })
}

/// A country by either of its codes or its name, in any case.
pub(super) fn find(given: &str) -> Result<Country, Problem> {
    let Countries { all, by_name } = countries()?;
    let short: String = given.chars().take(LONGEST_SHOWN).collect();
    let is_whole = short.len() == given.len();
    if let Some(country) = by_name.get(&squashed(&short)).and_then(|&at| all.get(at))
        && is_whole
    {
        return Ok(country.clone());
    }
    let near = search(all, &short, |country| names(country).to_vec()).hits;
    let near: Vec<String> = near
        .iter()
        .take(MAX_NAMED)
        .map(|country| format!("{} ({})", country.iso3, country.name))
        .collect();
    let nearest = match near.is_empty() {
        true => String::new(),
        false => format!("; the nearest are {}", near.join(", ")),
    };
    let known =
        format!("give an ISO 3166 code or a country's name, see `hashwatt regions`{nearest}");
    Err(Problem::NoSuch { what: "region", given: short, known })
}

/// Those of these that answer a query.
pub(super) fn search_in<'a, T>(
    all: &'a [T],
    query: &str,
    of: impl Fn(&T) -> &Country,
) -> Found<'a, T> {
    search(all, query, |one| names(of(one)).to_vec())
}

fn names(country: &Country) -> [String; 3] {
    [country.name.clone(), country.iso3.to_string(), country.iso2.clone()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_is_found_by_its_codes_and_its_name() {
        let countries = all().unwrap();
        assert_eq!(countries.len(), COUNTRIES.lines().count() - 1);
        for country in countries {
            for name in names(country) {
                assert_eq!(find(&name).unwrap(), *country, "{name}");
                assert_eq!(find(&name.to_lowercase()).unwrap(), *country, "{name}");
            }
        }
        assert_eq!(find(" south-korea ").unwrap().iso3.to_string(), "KOR");
    }

    #[test]
    fn an_unknown_region_is_told_the_nearest() {
        for (given, told) in [
            ("kazachstan", "the nearest are KAZ (Kazakhstan)"),
            ("PKA", "PAK (Pakistan)"),
            ("", "give an ISO 3166 code or a country's name"),
            ("kaz akh", "KAZ (Kazakhstan)"),
        ] {
            let error = find(given).unwrap_err().to_string();
            assert!(error.contains(told), "{given}: {error}");
        }
        let long = find(&"x".repeat(100_000)).unwrap_err().to_string();
        assert!(long.len() < 200, "{long}");
        // What follows a name is no part of it, however far behind.
        assert!(find(&format!("KAZ{}x", " ".repeat(100))).is_err());
    }
}
