//! The hours of a site: its own profile and what the system has free, put together on each hour.

use super::contract::PeakWindow;
use super::{Resolver, TableSource};
use crate::params::inputs::Dispatch;
use crate::params::{Hour, HourProfile, MONTH_HOURS, SystemHour};
use crate::prices::PriceFile;
use crate::scenario::columns::{days, table};
use crate::scenario::error::{Problem, Read};
use crate::scenario::region;
use crate::scenario::warning::{Line, Warning};
use crate::text::plain;
use crate::uncertainty::AsOf;
use hashwatt_input::table::{Row, Table, TableError};
use hashwatt_quantities::plausible::PROFILE_MEAN;
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
    let peaks = PeakWindow::of(r, prefix)?;
    let has_own = |own: &Profile| own.iter().flatten().any(|hour| hour.peak_probability > 0.0);
    if peaks.is_some() && own.as_ref().is_some_and(has_own) {
        let other = "tariff_terms.peak_months: the profile has a peak_probability of its own";
        return Err(r.document.wrong(&profile, Problem::Conflict { other: other.to_owned() }));
    }
    let combined: [Vec<Hour>; 12] = std::array::from_fn(|month| {
        let plain = Hour { available: months.map_or(1.0, |part| part[month]), ..Hour::PLAIN };
        if own.is_none() && system.is_none() && peaks.is_none() {
            return vec![plain];
        }
        let hour = |hour: usize| {
            let mut one = own.as_ref().map_or(plain, |profile| profile[month][hour]);
            one.weight = 1.0 / 24.0;
            if let Some(peaks) = &peaks {
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
    made.map(Arc::new)
        .map_err(|error| r.document.wrong(&profile, Problem::Other(error.to_string())))
}

const PROFILE: [&str; 3] = ["month", "hour", "available"];
const OF_PROFILE: [&str; 3] = ["price_ratio", "peak_probability", "source"];
const AVAILABLE: usize = 2;
const PRICE_RATIO: usize = 3;
const PEAK_PROBABILITY: usize = 4;
const SOURCE: usize = 5;

/// A table with the columns `month` (1 to 12), `hour` (0 to 23), `available` (0 to 1) and, where they differ by
/// hour, `price_ratio` (over the tariff) and `peak_probability` (of a coincident peak; 1 in a month of one); or a
/// file of a market's prices, of which the ratios to their mean are taken.
fn own_profile(r: &mut Resolver, key: &str, file: &str) -> Read<Profile> {
    let text = r.file(key, file)?;
    let document = r.document;
    let wrong = |error| document.wrong(key, Problem::Table(error));
    let (profile, source, warning) = match table(file, &text, &PROFILE, &OF_PROFILE) {
        Ok(table) => given_profile(&table).map_err(wrong)?,
        Err(error) if error.is_of_header() => match PriceFile::parse(file, &text).map_err(wrong)? {
            Some(prices) => {
                if let Some(doubt) = prices.doubt.clone() {
                    r.warn(Warning::UnusualValue { line: Line(None), key: key.to_owned(), doubt });
                }
                profile_of_prices(file, &prices).map_err(wrong)?
            }
            None => return Err(wrong(error.or("give a file of a market's prices by hour"))),
        },
        Err(error) => return Err(wrong(error)),
    };
    if let Some(warning) = warning {
        r.warn(warning);
    }
    let (key, name) = (key.to_owned(), file.to_owned());
    r.names(TableSource { key, name, region: None, as_of: None, source });
    Ok(profile)
}

/// A profile, what it says of its origin, and what a reader must know of it.
type Found = (Profile, String, Option<Warning>);

fn given_profile(table: &Table<'_>) -> Result<Found, TableError> {
    let mut profile = days(table, own_hour)?;
    for (month, hours) in profile.iter().enumerate() {
        let sum: f64 = hours.iter().map(|hour| hour.peak_probability).sum();
        if sum != 0.0 && (sum - 1.0).abs() > SUM_WITHIN {
            let reason = format!("adds up to {sum} in month {}", month + 1);
            return Err(table.wrong_column(PEAK_PROBABILITY, reason, "give 1 or 0"));
        }
    }
    let mean = mean_ratio(&profile);
    let doubt = PROFILE_MEAN.check(mean).map_err(|implausible| {
        let reason = format!(
            "has the mean {} over all hours of the year, and ratios to the mean price have 1",
            plain(mean)
        );
        table.wrong_column(PRICE_RATIO, reason, implausible.hint)
    })?;
    let warning = doubt.map(|_| {
        profile.iter_mut().flatten().for_each(|hour| hour.price_ratio /= mean);
        let (file, mean) = (table.name().to_owned(), plain(mean));
        Warning::ProfileMean { file, column: table.column(PRICE_RATIO).to_owned(), mean }
    });
    let first = table.rows().next().transpose()?;
    let source = first.map_or(String::new(), |row| row.text(SOURCE).to_owned());
    Ok((profile, source, warning))
}

/// The mean of price ratios over all hours of a year of 365 days.
fn mean_ratio(profile: &Profile) -> f64 {
    let months = profile.iter().zip(MONTH_HOURS);
    let sum: f64 = months
        .map(|(hours, of_month)| {
            hours.iter().map(|hour| hour.price_ratio).sum::<f64>() / 24.0 * of_month
        })
        .sum();
    sum / MONTH_HOURS.iter().sum::<f64>()
}

/// Energy at all hours, at a market's prices over their mean.
fn profile_of_prices(file: &str, prices: &PriceFile) -> Result<Found, TableError> {
    let means = prices.means_by_month_and_hour()?;
    let mut profile =
        means.map(|hours| hours.map(|price| Hour { price_ratio: price, ..Hour::PLAIN }));
    let mean = mean_ratio(&profile);
    if mean <= 0.0 {
        let reason = format!("has the mean price {}", plain(mean));
        let remedy = "ratios to a mean need one above 0: give another year";
        return Err(TableError::new(file, reason, remedy));
    }
    profile.iter_mut().flatten().for_each(|hour| hour.price_ratio /= mean);
    let told = prices.to_string();
    let warning = Warning::PriceProfile { file: file.to_owned(), told: told.clone() };
    Ok((profile, told, Some(warning)))
}

fn own_hour(row: &Row<'_>) -> Result<Hour, TableError> {
    let within = |column: usize, value: f64, least: f64, most: f64| {
        let remedy = format!("give {least} to {most}");
        let is_within = (least..=most).contains(&value);
        is_within.then_some(value).ok_or_else(|| row.wrong(column, "cannot be", remedy))
    };
    let available = within(AVAILABLE, row.number(AVAILABLE)?, 0.0, 1.0)?;
    let price_ratio = row.optional_number(PRICE_RATIO)?.unwrap_or(1.0);
    // Wide: a market's prices, taken for ratios, are told by their mean.
    let price_ratio = within(PRICE_RATIO, price_ratio, -1e5, 1e5)?;
    let peak_probability = row.optional_number(PEAK_PROBABILITY)?.unwrap_or(0.0);
    let peak_probability = within(PEAK_PROBABILITY, peak_probability, 0.0, 1.0)?;
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
