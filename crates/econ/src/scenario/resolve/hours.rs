//! The hours of a site: its own profile combined with the state of the power system in each hour.

mod from_files;
mod profile;

pub(super) use from_files::FileTariff;

use super::contract::PeakWindow;
use super::{Resolver, TableSource};
use crate::params::inputs::Dispatch;
use crate::params::{Hour, HourProfile, SystemHour};
use crate::scenario::columns::{days, table};
use crate::scenario::error::{Problem, Read};
use crate::scenario::region;
use crate::uncertainty::AsOf;
use from_files::from_files;
use hashwatt_input::table::{Row, TableError};
use profile::own_profile;
use std::collections::HashMap;
use std::sync::Arc;

/// Tolerance of the sum of the peak probabilities of a month.
const SUM_WITHIN: f64 = 1e-3;
/// Keys that give the hours of a site and their prices.
const GIVEN: [&str; 4] = ["profile", "prices", "availability", "available"];
/// Indices into [`GIVEN`].
const PROFILE: usize = 0;
const PRICES: usize = 1;
const AVAILABILITY: usize = 2;
const AVAILABLE: usize = 3;

/// The state of the power system and whether the hour is a peak hour of the tariff, by month and hour.
pub(super) type System = [[(SystemHour, bool); 24]; 12];

/// The hours of a site, and the tariff if their file determines it.
#[derive(Clone)]
pub(super) struct SiteHours {
    pub profile: Arc<HourProfile>,
    /// The mean price of the file, if the scenario gives no tariff.
    pub tariff: Option<FileTariff>,
}

/// Cache of hours that several sites share, by the keys that give them.
#[derive(Default)]
pub(super) struct Shared {
    known: HashMap<(String, bool, Option<String>), SiteHours>,
}

/// The hours of a site whose keys begin with `prefix`; `has_tariff` states whether the scenario gives a tariff
/// for it.
pub(super) fn hours(
    r: &mut Resolver,
    prefix: &str,
    has_tariff: bool,
    system: Option<&System>,
    shared: &mut Shared,
) -> Read<SiteHours> {
    let own = format!("{prefix}hours.");
    // The own hours of a site, however they are given, replace those of all sites as a whole.
    let has_own = GIVEN.iter().any(|name| r.document.get(&format!("{own}{name}")).is_some());
    let table = if has_own { own } else { "hours.".to_owned() };
    let known = (table.clone(), has_tariff, PeakWindow::key(r, prefix));
    if let Some(found) = shared.known.get(&known) {
        return Ok(found.clone());
    }
    let keys = GIVEN.map(|name| format!("{table}{name}"));
    check_conflicts(r, &keys)?;
    let peaks = PeakWindow::read(r, prefix)?;
    let found = match r.document.get(&keys[PRICES]).or_else(|| r.document.get(&keys[AVAILABILITY]))
    {
        Some(_) => from_files(r, &keys, has_tariff, system, peaks.as_ref())?,
        None => {
            let profile = from_mean_days(r, &keys, system, peaks.as_ref())?;
            SiteHours { profile: Arc::new(profile), tariff: None }
        }
    };
    shared.known.insert(known, found.clone());
    Ok(found)
}

/// Checks that only one of the keys for hours is given; prices and availability may be combined.
fn check_conflicts(r: &Resolver, keys: &[String; 4]) -> Read<()> {
    let given = |key: usize| r.document.get(&keys[key]).is_some();
    // The first key of each pair is the one that is reported.
    let pairs = [
        (PROFILE, AVAILABLE),
        (PRICES, PROFILE),
        (PRICES, AVAILABLE),
        (AVAILABILITY, PROFILE),
        (AVAILABILITY, AVAILABLE),
    ];
    match pairs.into_iter().find(|(key, other)| given(*key) && given(*other)) {
        Some((key, other)) => {
            let other = keys[other].clone();
            Err(r.document.mistake(&keys[key], Problem::Conflict { other }))
        }
        None => Ok(()),
    }
}

/// Hours from a mean day for every month, from monthly shares, or all hours alike.
fn from_mean_days(
    r: &mut Resolver,
    keys: &[String; 4],
    system: Option<&System>,
    peaks: Option<&PeakWindow>,
) -> Read<HourProfile> {
    let [profile, .., available] = keys;
    let months = r.document.months(available);
    let own = match r.document.text(profile) {
        Some(file) => Some(own_profile(r, profile, file)?),
        None => None,
    };
    let has_own =
        |own: &profile::Profile| own.iter().flatten().any(|hour| hour.peak_probability > 0.0);
    if peaks.is_some() && own.as_ref().is_some_and(has_own) {
        let other = "tariff_terms.peak_months, because the profile has its own peak_probability";
        return Err(r.document.mistake(profile, Problem::Conflict { other: other.to_owned() }));
    }
    let combined: [Vec<Hour>; 12] = std::array::from_fn(|month| {
        let plain = Hour { available: months.map_or(1.0, |part| part[month]), ..Hour::PLAIN };
        if own.is_none() && system.is_none() && peaks.is_none() {
            return vec![plain];
        }
        let hour = |hour: usize| {
            let mut one = own.as_ref().map_or(plain, |profile| profile[month][hour]);
            one.weight = 1.0 / 24.0;
            if let Some(peaks) = peaks {
                one.peak_probability = peaks.probability(month, hour);
            }
            if let Some(system) = system {
                (one.system, one.peak) = system[month][hour];
            }
            one
        };
        (0..24).map(hour).collect()
    });
    let made = HourProfile::new(combined);
    made.map_err(|error| r.document.mistake(profile, Problem::Other(error.to_string())))
}

/// Demand and available capacity of the power system, if the scenario refers to a table: a shipped one, or a
/// file with the columns `month`, `hour`, `demand_mw`, `available_mw`, `peak` (0 or 1), `as_of` and `source`.
pub(super) fn system(r: &mut Resolver) -> Read<Option<Box<System>>> {
    let key = "scarcity.profile";
    let Some(name) = r.document.text(key) else { return Ok(None) };
    let shipped = region::shipped_tables(name);
    let text = match shipped {
        Some(shipped) => shipped.hours.to_owned(),
        None => r.file(key, name)?,
    };
    let document = r.document;
    let wrong = |error| document.mistake(key, Problem::Table(error));
    let columns = ["month", "hour", "demand_mw", "available_mw", "peak", "as_of", "source"];
    let table = table(name, &text, &columns, &[]).map_err(wrong)?;
    let system = days(&table, system_hour).map_err(wrong)?;
    let first = table.rows().next().transpose().map_err(wrong)?;
    r.add_table_source(TableSource {
        key: key.to_owned(),
        name: name.to_owned(),
        region: shipped.map(|shipped| shipped.region),
        as_of: first.as_ref().and_then(|row| row.text(5).parse().ok()),
        source: first.map_or(String::new(), |row| row.text(6).to_owned()),
    });
    Ok(Some(Box::new(system)))
}

fn system_hour(row: &Row<'_>) -> Result<(SystemHour, bool), TableError> {
    let mw = |column: usize| {
        let value = row.number(column)?;
        let possible = (0.0..=1e7).contains(&value);
        possible
            .then_some(value)
            .ok_or_else(|| row.wrong(column, "is not possible", "give 0 to 1e7 MW"))
    };
    let (demand_mw, available_mw) = (mw(2)?, mw(3)?);
    if row.text(5).parse::<AsOf>().is_err() {
        return Err(row.wrong(5, "is not a date", "write YYYY, YYYY-MM or YYYY-MM-DD"));
    }
    row.required_text(6)?;
    match row.text(4) {
        peak @ ("0" | "1") => Ok((SystemHour { available_mw, demand_mw }, peak == "1")),
        _ => Err(row.wrong(
            4,
            "is neither 0 nor 1",
            "give 1 in peak hours of the tariff and 0 in others",
        )),
    }
}

/// The dispatch rule of a site, and its maximum hours of operation in a year.
pub(super) fn dispatch_rules(r: &Resolver, prefix: &str) -> (Dispatch, Option<f64>) {
    let key = |name: &str| format!("{prefix}hours.{name}");
    let flat = |name: &str| format!("hours.{name}");
    let text = |name| r.document.text(&key(name)).or_else(|| r.document.text(&flat(name)));
    let dispatch = match text("dispatch") {
        Some("must_run") => Dispatch::MustRun,
        _ => Dispatch::Responsive,
    };
    let name = "cap_hours_per_year";
    let cap = r.document.number(&key(name)).or_else(|| r.document.number(&flat(name)));
    (dispatch, cap)
}

impl Resolver<'_> {
    /// Records a table to which the scenario refers.
    pub(super) fn add_table_source(&mut self, table: TableSource) {
        if !self.tables.contains(&table) {
            self.tables.push(table);
        }
    }
}
