//! The hours of a site: its own profile and what the system has free, put together on each hour.

use super::{Resolver, TableSource};
use crate::params::inputs::Dispatch;
use crate::params::{Hour, HourProfile, SystemHour};
use crate::scenario::columns::{Row, days, rows};
use crate::scenario::error::{Problem, Read};
use crate::scenario::region;
use crate::uncertainty::AsOf;
use std::sync::Arc;

/// Probabilities of a month's peak add up to 1 this well.
const SUM_WITHIN: f64 = 1e-3;

/// The system and whether the tariff calls it a peak, by month and hour.
pub(super) type System = [[(SystemHour, bool); 24]; 12];
type Profile = [[Hour; 24]; 12];

/// The hours of a site, the keys of which begin with `prefix`.
pub(super) fn hours(
    r: &mut Resolver,
    prefix: &str,
    system: Option<&System>,
) -> Read<Arc<HourProfile>> {
    let own_keys = ["profile", "available"].map(|name| format!("{prefix}hours.{name}"));
    let flat_keys = ["profile", "available"].map(|name| format!("hours.{name}"));
    // A site's own hours, however they are given, replace those of all sites together.
    let has_own = own_keys.iter().any(|key| r.document.get(key).is_some());
    let [profile, available] = if has_own { own_keys } else { flat_keys };
    let months = r.document.months(&available);
    let own = match (r.document.text(&profile), months) {
        (Some(_), Some(_)) => {
            return Err(r.document.wrong(&profile, Problem::Conflict { other: available }));
        }
        (Some(file), None) => Some(own_profile(r, &profile, file)?),
        (None, _) => None,
    };
    let combined: [Vec<Hour>; 12] = std::array::from_fn(|month| {
        let plain = Hour { available: months.map_or(1.0, |part| part[month]), ..Hour::PLAIN };
        if own.is_none() && system.is_none() {
            return vec![plain];
        }
        let hour = |hour: usize| {
            let mut one = own.as_ref().map_or(plain, |profile| profile[month][hour]);
            one.weight = 1.0 / 24.0;
            if let Some(system) = system {
                (one.system, one.peak) = system[month][hour];
            }
            one
        };
        (0..24).map(hour).collect()
    });
    let made = HourProfile::new(combined);
    made.map(Arc::new)
        .map_err(|error| r.document.wrong(&profile, Problem::Other(error.to_string())))
}

/// A table with the columns `month` (1 to 12), `hour` (0 to 23), `available` (0 to 1) and, where they differ by
/// hour, `price_ratio` (over the tariff) and `peak_probability` (of a coincident peak; 1 in a month of one).
fn own_profile(r: &mut Resolver, key: &str, file: &str) -> Read<Profile> {
    let text = r.file(key, file)?;
    let wrong = |reason| r.document.wrong(key, Problem::File { file: file.to_owned(), reason });
    let optional = ["price_ratio", "peak_probability", "source"];
    let found = rows(&text, &["month", "hour", "available"], &optional).map_err(wrong)?;
    let profile = days(&found, own_hour).map_err(wrong)?;
    for (month, hours) in profile.iter().enumerate() {
        let sum: f64 = hours.iter().map(|hour| hour.peak_probability).sum();
        if sum != 0.0 && (sum - 1.0).abs() > SUM_WITHIN {
            let month = month + 1;
            return Err(wrong(format!(
                "month {month}: peak_probability adds up to {sum}; give 1 or 0"
            )));
        }
    }
    let source = found.first().map_or("", |row| row.text(5)).to_owned();
    let (key, name) = (key.to_owned(), file.to_owned());
    r.names(TableSource { key, name, region: None, as_of: None, source });
    Ok(profile)
}

fn own_hour(row: &Row) -> Result<Hour, String> {
    let available = row.number(2)?;
    let price_ratio = row.some_number(3)?.unwrap_or(1.0);
    let peak_probability = row.some_number(4)?.unwrap_or(0.0);
    if !(0.0..=1.0).contains(&available) || !(-1000.0..=1000.0).contains(&price_ratio) {
        return Err(row.wrong("give available of 0 to 1 and price_ratio of -1000 to 1000"));
    }
    if !(0.0..=1.0).contains(&peak_probability) {
        return Err(row.wrong("give peak_probability of 0 to 1"));
    }
    Ok(Hour { available, price_ratio, peak_probability, ..Hour::PLAIN })
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
    let wrong = |reason| r.document.wrong(key, Problem::File { file: name.to_owned(), reason });
    let columns = ["month", "hour", "demand_mw", "available_mw", "peak", "as_of", "source"];
    let found = rows(&text, &columns, &[]).map_err(wrong)?;
    let system = days(&found, system_hour).map_err(wrong)?;
    let first = found.first();
    r.names(TableSource {
        key: key.to_owned(),
        name: name.to_owned(),
        region: shipped.map(|shipped| shipped.region),
        as_of: first.and_then(|row| row.text(5).parse().ok()),
        source: first.map_or("", |row| row.text(6)).to_owned(),
    });
    Ok(Some(Box::new(system)))
}

fn system_hour(row: &Row) -> Result<(SystemHour, bool), String> {
    let (demand_mw, available_mw) = (row.number(2)?, row.number(3)?);
    let possible = 0.0..=1e7;
    if !possible.contains(&demand_mw) || !possible.contains(&available_mw) {
        return Err(row.wrong("give MW of 0 to 1e7"));
    }
    if row.text(6).is_empty() || row.text(5).parse::<AsOf>().is_err() {
        return Err(row.wrong("has no source or no date"));
    }
    match row.text(4) {
        peak @ ("0" | "1") => Ok((SystemHour { available_mw, demand_mw }, peak == "1")),
        _ => Err(row.wrong("give a peak of 0 or 1")),
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
