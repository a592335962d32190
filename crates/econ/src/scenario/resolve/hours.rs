//! The hours of a site: its own profile and what the system has free, put together on each hour.

mod by_file;
mod profile;

pub(super) use by_file::FileTariff;

use super::contract::PeakWindow;
use super::{Resolver, TableSource};
use crate::params::inputs::Dispatch;
use crate::params::{Hour, HourProfile, SystemHour};
use crate::scenario::columns::{days, table};
use crate::scenario::error::{Problem, Read};
use crate::scenario::region;
use crate::uncertainty::AsOf;
use by_file::by_file;
use hashwatt_input::table::{Row, TableError};
use profile::own_profile;
use std::collections::HashMap;
use std::sync::Arc;

/// Probabilities of a month's peak add up to 1 this well.
const SUM_WITHIN: f64 = 1e-3;
/// Keys that say which hours a site has and what they cost.
const GIVEN: [&str; 4] = ["profile", "prices", "availability", "available"];
/// What takes the place of `prices` or `availability` in an error.
const PROFILE: usize = 0;
const PRICES: usize = 1;
const AVAILABILITY: usize = 2;
const AVAILABLE: usize = 3;

/// The system and whether the tariff calls it a peak, by month and hour.
pub(super) type System = [[(SystemHour, bool); 24]; 12];

/// The hours of a site, and what their file says of the price of energy.
#[derive(Clone)]
pub(super) struct SiteHours {
    pub profile: Arc<HourProfile>,
    /// The mean price of the file, where the scenario gives no tariff.
    pub tariff: Option<FileTariff>,
}

/// Hours that several sites share, by the keys that give them.
#[derive(Default)]
pub(super) struct Shared {
    known: HashMap<(String, bool, Option<String>), SiteHours>,
}

/// The hours of a site, the keys of which begin with `prefix`; `has_tariff` says whether the scenario gives a
/// tariff for it.
pub(super) fn hours(
    r: &mut Resolver,
    prefix: &str,
    has_tariff: bool,
    system: Option<&System>,
    shared: &mut Shared,
) -> Read<SiteHours> {
    let own = format!("{prefix}hours.");
    // A site's own hours, however they are given, replace those of all sites together.
    let has_own = GIVEN.iter().any(|name| r.document.get(&format!("{own}{name}")).is_some());
    let table = if has_own { own } else { "hours.".to_owned() };
    let known = (table.clone(), has_tariff, PeakWindow::key(r, prefix));
    if let Some(found) = shared.known.get(&known) {
        return Ok(found.clone());
    }
    let keys = GIVEN.map(|name| format!("{table}{name}"));
    unless_two(r, &keys)?;
    let peaks = PeakWindow::of(r, prefix)?;
    let found = match r.document.get(&keys[PRICES]).or_else(|| r.document.get(&keys[AVAILABILITY]))
    {
        Some(_) => by_file(r, &keys, has_tariff, system, peaks.as_ref())?,
        None => {
            let profile = by_mean_days(r, &keys, system, peaks.as_ref())?;
            SiteHours { profile: Arc::new(profile), tariff: None }
        }
    };
    shared.known.insert(known, found.clone());
    Ok(found)
}

/// Of the keys that give hours one is given, or prices and availability, each in its file.
fn unless_two(r: &Resolver, keys: &[String; 4]) -> Read<()> {
    let given = |key: usize| r.document.get(&keys[key]).is_some();
    // In the order in which one takes the other's place.
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
            Err(r.document.wrong(&keys[key], Problem::Conflict { other }))
        }
        None => Ok(()),
    }
}

/// A mean day for every month, or parts of months, or all hours alike.
fn by_mean_days(
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
        let other = "tariff_terms.peak_months: the profile has a peak_probability of its own";
        return Err(r.document.wrong(profile, Problem::Conflict { other: other.to_owned() }));
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
    made.map_err(|error| r.document.wrong(profile, Problem::Other(error.to_string())))
}

/// Demand and availability of the system, where the scenario names a table of them: one that ships with the
/// crate, or a file with the columns `month`, `hour`, `demand_mw`, `available_mw`, `peak` (0 or 1), `as_of` and
/// `source`.
pub(super) fn system(r: &mut Resolver) -> Read<Option<Box<System>>> {
    let key = "scarcity.profile";
    let Some(name) = r.document.text(key) else { return Ok(None) };
    let shipped = region::shipped(name);
    let text = match shipped {
        Some(shipped) => shipped.hours.to_owned(),
        None => r.file(key, name)?,
    };
    let document = r.document;
    let wrong = |error| document.wrong(key, Problem::Table(error));
    let columns = ["month", "hour", "demand_mw", "available_mw", "peak", "as_of", "source"];
    let table = table(name, &text, &columns, &[]).map_err(wrong)?;
    let system = days(&table, system_hour).map_err(wrong)?;
    let first = table.rows().next().transpose().map_err(wrong)?;
    r.names(TableSource {
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
        possible.then_some(value).ok_or_else(|| row.wrong(column, "cannot be", "give 0 to 1e7 MW"))
    };
    let (demand_mw, available_mw) = (mw(2)?, mw(3)?);
    if row.text(5).parse::<AsOf>().is_err() {
        return Err(row.wrong(5, "is no date", "write YYYY, YYYY-MM or YYYY-MM-DD"));
    }
    row.some_text(6)?;
    match row.text(4) {
        peak @ ("0" | "1") => Ok((SystemHour { available_mw, demand_mw }, peak == "1")),
        _ => Err(row.wrong(
            4,
            "is neither 0 nor 1",
            "give 1 in hours that the tariff counts as peak",
        )),
    }
}

/// When a site runs, and in how many hours of a year at most.
pub(super) fn rules(r: &Resolver, prefix: &str) -> (Dispatch, Option<f64>) {
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
    /// Notes a table that the scenario names.
    pub(super) fn names(&mut self, table: TableSource) {
        if !self.tables.contains(&table) {
            self.tables.push(table);
        }
    }
}
