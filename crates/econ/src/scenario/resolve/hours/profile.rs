//! A mean day for every month, from its own table or from market prices.

use super::super::{Resolver, TableSource};
use super::SUM_WITHIN;
use crate::params::{Hour, MONTH_HOURS};
use crate::prices::PriceFile;
use crate::scenario::columns::{days, table};
use crate::scenario::error::{Problem, Read};
use crate::scenario::warning::{Line, Warning};
use crate::text::plain;
use hashwatt_input::table::{Row, Table, TableError};
use hashwatt_quantities::plausible::PROFILE_MEAN;

pub(super) type Profile = [[Hour; 24]; 12];

const REQUIRED_COLUMNS: [&str; 3] = ["month", "hour", "available"];
const OPTIONAL_COLUMNS: [&str; 3] = ["price_ratio", "peak_probability", "source"];
const AVAILABLE: usize = 2;
const PRICE_RATIO: usize = 3;
const PEAK_PROBABILITY: usize = 4;
const SOURCE: usize = 5;

/// Reads a table with the columns `month` (1 to 12), `hour` (0 to 23), `available` (0 to 1) and optionally
/// `price_ratio` (to the tariff) and `peak_probability` (of a coincident peak; sum 1 in a month with one); or a
/// file of market prices, which are converted to ratios to their mean.
pub(super) fn own_profile(r: &mut Resolver, key: &str, file: &str) -> Read<Profile> {
    let text = r.file(key, file)?;
    let document = r.document;
    let wrong = |error| document.mistake(key, Problem::Table(error));
    let (profile, source, warning) = match table(file, &text, &REQUIRED_COLUMNS, &OPTIONAL_COLUMNS)
    {
        Ok(table) => given_profile(&table).map_err(wrong)?,
        Err(error) if error.is_header_error() => match PriceFile::parse(file, &text)
            .map_err(wrong)?
        {
            Some(prices) => {
                if let Some(reason) = prices.price_warning.clone() {
                    r.warn(Warning::UnusualValue { line: Line(None), key: key.to_owned(), reason });
                }
                profile_of_prices(file, &prices).map_err(wrong)?
            }
            None => return Err(wrong(error.or_remedy("give a file of hourly market prices"))),
        },
        Err(error) => return Err(wrong(error)),
    };
    if let Some(warning) = warning {
        r.warn(warning);
    }
    let (key, name) = (key.to_owned(), file.to_owned());
    r.add_table_source(TableSource { key, name, region: None, as_of: None, source });
    Ok(profile)
}

/// A profile, its stated origin, and a warning.
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
    let reason = PROFILE_MEAN.check(mean).map_err(|implausible| {
        let reason = format!(
            "has the mean {} over all hours of the year, but ratios to the mean price have the mean 1",
            plain(mean)
        );
        table.wrong_column(PRICE_RATIO, reason, implausible.hint)
    })?;
    let warning = reason.map(|_| {
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

/// A profile from market prices: energy in all hours, with price ratios to the mean.
fn profile_of_prices(file: &str, prices: &PriceFile) -> Result<Found, TableError> {
    let means = prices.means_by_month_and_hour()?;
    let mut profile =
        means.map(|hours| hours.map(|price| Hour { price_ratio: price, ..Hour::PLAIN }));
    let mean = mean_ratio(&profile);
    if mean <= 0.0 {
        let reason = format!("has the mean price {}", plain(mean));
        let remedy =
            "prices are used as ratios to their mean, which must be above 0; give another year";
        return Err(TableError::new(file, reason, remedy));
    }
    profile.iter_mut().flatten().for_each(|hour| hour.price_ratio /= mean);
    let content = prices.to_string();
    let warning = Warning::PriceProfile { file: file.to_owned(), content: content.clone() };
    Ok((profile, content, Some(warning)))
}

fn own_hour(row: &Row<'_>) -> Result<Hour, TableError> {
    let within = |column: usize, value: f64, least: f64, most: f64| {
        let remedy = format!("give {least} to {most}");
        let is_within = (least..=most).contains(&value);
        is_within.then_some(value).ok_or_else(|| row.wrong(column, "is not possible", remedy))
    };
    let available = within(AVAILABLE, row.number(AVAILABLE)?, 0.0, 1.0)?;
    let price_ratio = row.optional_number(PRICE_RATIO)?.unwrap_or(1.0);
    // The bounds are wide: prices given by mistake instead of ratios are recognised by their mean.
    let price_ratio = within(PRICE_RATIO, price_ratio, -1e5, 1e5)?;
    let peak_probability = row.optional_number(PEAK_PROBABILITY)?.unwrap_or(0.0);
    let peak_probability = within(PEAK_PROBABILITY, peak_probability, 0.0, 1.0)?;
    Ok(Hour { available, price_ratio, peak_probability, ..Hour::PLAIN })
}
