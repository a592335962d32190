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
/// The remedy for an error in a table that ships with the crate.
const SHIPPED_TABLE_REMEDY: &str = "this is a bug in hashwatt; please report it";
/// Most suggestions in an error message.
const MAX_SUGGESTIONS: usize = 3;
/// Longest name that is looked up or shown, characters; no country's name is longer.
const MAX_NAME_CHARS: usize = 60;

/// A country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// Its ISO 3166-1 alpha-3 code.
    pub iso3: Region,
    /// Its ISO 3166-1 alpha-2 code.
    pub iso2: String,
    /// Its currency.
    pub currency: Currency,
    /// Its name in English.
    pub name: String,
}

/// All countries, with an index by name.
struct Countries {
    all: Vec<Country>,
    by_name: HashMap<String, usize>,
}

/// The table of countries, read once because scenarios are resolved by the thousand.
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

/// All countries, ordered by code.
pub(super) fn all() -> Result<&'static [Country], TableError> {
    Ok(&countries()?.all)
}

fn country(row: &Row<'_>) -> Result<Country, TableError> {
    let letters = row.text(0).as_bytes().try_into();
    let iso3 =
        letters.map_err(|_| row.wrong(0, "is not a three-letter code", SHIPPED_TABLE_REMEDY))?;
    let currency = row.text(2).parse::<Currency>();
    Ok(Country {
        iso3: Region(iso3),
        iso2: row.required_text(1)?.to_owned(),
        currency: currency
            .map_err(|error| row.wrong(2, error.to_string(), SHIPPED_TABLE_REMEDY))?,
        name: row.required_text(3)?.to_owned(),
    })
}

/// Finds a country by one of its codes or its name, ignoring case.
pub(super) fn find(given: &str) -> Result<Country, Problem> {
    let Countries { all, by_name } = countries()?;
    let short: String = given.chars().take(MAX_NAME_CHARS).collect();
    let is_whole = short.len() == given.len();
    if let Some(country) = by_name.get(&squashed(&short)).and_then(|&at| all.get(at))
        && is_whole
    {
        return Ok(country.clone());
    }
    let near = search(all, &short, |country| names(country).to_vec()).hits;
    let near: Vec<String> = near
        .iter()
        .take(MAX_SUGGESTIONS)
        .map(|country| format!("{} ({})", country.iso3, country.name))
        .collect();
    let nearest = match near.is_empty() {
        true => String::new(),
        false => format!("; the nearest are {}", near.join(", ")),
    };
    let known = format!("give an ISO 3166 code or a country name, see `hashwatt regions`{nearest}");
    Err(Problem::UnknownName { what: "region", given: short, known })
}

/// Searches items by the names of their country.
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
    fn find_by_code_or_name_returns_country() {
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
    fn find_unknown_name_suggests_nearest() {
        for (given, message) in [
            ("kazachstan", "the nearest are KAZ (Kazakhstan)"),
            ("PKA", "PAK (Pakistan)"),
            ("", "give an ISO 3166 code or a country name"),
            ("kaz akh", "KAZ (Kazakhstan)"),
        ] {
            let error = find(given).unwrap_err().to_string();
            assert!(error.contains(message), "{given}: {error}");
        }
        let long = find(&"x".repeat(100_000)).unwrap_err().to_string();
        assert!(long.len() < 200, "{long}");
        // Text after a name is not ignored, however far behind it is.
        assert!(find(&format!("KAZ{}x", " ".repeat(100))).is_err());
    }
}
