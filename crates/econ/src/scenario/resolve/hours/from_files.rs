//! Hours with individual prices and availability: from a file of market prices, of typical days or of
//! availability.

use super::super::contract::PeakWindow;
use super::super::{Resolver, TableSource};
use super::{AVAILABILITY, PRICES, SUM_WITHIN, SiteHours, System};
use crate::Currency;
use crate::params::{Denomination, Hour, HourProfile, MONTH_HOURS, SystemHour};
use crate::prices::{PriceFile, PricedHour, TypicalDays};
use crate::scenario::error::{Problem, Read};
use crate::scenario::warning::{Line, Warning};
use crate::text::{grouped, plain};
use hashwatt_input::table::TableError;
use hashwatt_quantities::plausible::PROFILE_MEAN;
use std::sync::Arc;

/// The mean price of a file that serves as the energy price.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::scenario::resolve) struct FileTariff {
    /// The key that it replaces.
    pub key: String,
    pub currency: Currency,
    pub denomination: Denomination,
    /// The price in its currency, per kWh.
    pub per_kwh: f64,
    /// Description of the file.
    pub source: String,
}

/// The hours of a site from its files; `keys` are those of [`super::GIVEN`].
pub(super) fn from_files(
    r: &mut Resolver,
    keys: &[String; 4],
    has_tariff: bool,
    system: Option<&System>,
    peaks: Option<&PeakWindow>,
) -> Read<SiteHours> {
    let availability = match r.document.text(&keys[AVAILABILITY]) {
        Some(file) => Some(availability(r, &keys[AVAILABILITY], file)?),
        None => None,
    };
    let (key, found) = match (r.document.text(&keys[PRICES]), availability) {
        (Some(file), availability) => {
            let key = &keys[PRICES];
            let priced = priced(r, key, file)?;
            (key, priced.with_availability(r, keys, availability)?)
        }
        (None, Some(file)) => {
            let key = &keys[AVAILABILITY];
            let months = file.by_month().map_err(|e| r.document.mistake(key, Problem::Table(e)))?;
            (key, Priced::of_availability(file.file, months))
        }
        (None, None) => return Ok(SiteHours { profile: Arc::default(), tariff: None }),
    };
    found
        .check_peak_probabilities()
        .map_err(|error| r.document.mistake(key, Problem::Table(error)))?;
    let has_system = found.hours().any(|hour| hour.columns.system.is_some());
    if has_system && system.is_some() {
        let other = "scarcity.profile".to_owned();
        return Err(r.document.mistake(key, Problem::Conflict { other }));
    }
    let mean = mean(r, key, &found)?;
    let tariff = match found.kind {
        Kind::Prices if !has_tariff => Some(tariff(r, key, &found, mean)?),
        _ => None,
    };
    if let Some(content) = found.content(mean) {
        let treatment = match (&found.kind, &tariff) {
            (Kind::Prices, Some(_)) => "the prices apply hour by hour as the energy price",
            (Kind::Prices, None) => {
                "the prices divided by their mean apply hour by hour as a factor of the tariff"
            }
            _ => "the ratios apply hour by hour as a factor of the tariff",
        };
        let (file_key, treatment) = (key.clone(), treatment.to_owned());
        r.warn(Warning::HourlyPrices { key: file_key, content: content.clone(), treatment });
        let (key, name) = (key.clone(), found.file.clone());
        r.add_table_source(TableSource { key, name, region: None, as_of: None, source: content });
    }
    if peaks.is_some() && found.hours().any(|hour| hour.columns.peak_probability > 0.0) {
        let other = "tariff_terms.peak_months, because the file has its own peak_probability";
        return Err(r.document.mistake(key, Problem::Conflict { other: other.to_owned() }));
    }
    let mut months = found.months(mean, system);
    if let Some(peaks) = peaks {
        found.distribute(peaks, &mut months);
    }
    let profile = HourProfile::new(months);
    let profile = profile.map_err(|e| r.document.mistake(key, Problem::Other(e.to_string())))?;
    Ok(SiteHours { profile: Arc::new(profile), tariff })
}

/// The kind of numbers in the price column.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Prices,
    /// Ratios to their mean.
    Ratios,
    /// Constant, because only availability is known.
    None,
}

/// Hours with their prices, and the description of their file.
struct Priced {
    file: String,
    kind: Kind,
    currency: Option<Currency>,
    /// The series of a file of market prices, for its description and for joining availability.
    series: Option<PriceFile>,
    /// Number of typical days, if the file has those.
    days: usize,
    months: [Vec<PricedHour>; 12],
}

/// Reads a file of prices: typical days or market prices.
fn priced(r: &mut Resolver, key: &str, file: &str) -> Read<Priced> {
    let text = r.file(key, file)?;
    let wrong = |error: TableError| r.document.mistake(key, Problem::Table(error));
    let name = file.to_owned();
    if let Some(found) = TypicalDays::parse(file, &text).map_err(wrong)? {
        let kind = if found.is_of_ratios { Kind::Ratios } else { Kind::Prices };
        let TypicalDays { currency, months, days, .. } = found;
        return Ok(Priced { file: name, kind, currency, series: None, days, months });
    }
    let found = PriceFile::with_hours(file, &text).map_err(wrong)?;
    let found = found.ok_or_else(|| {
        let reason = "has no known columns of times and prices";
        let remedy = "name them `datetime` and `Price (EUR/MWh)`, or give typical days: `month,day,weight,hour,price`";
        wrong(TableError::new(file, reason, remedy))
    })?;
    let months = found.by_month().map_err(wrong)?;
    if let Some(reason) = found.price_warning.clone() {
        r.warn(Warning::UnusualValue { line: Line(None), key: key.to_owned(), reason });
    }
    let (kind, currency) = (Kind::Prices, found.series.currency());
    Ok(Priced { file: name, kind, currency, series: Some(found), days: 0, months })
}

fn availability(r: &mut Resolver, key: &str, file: &str) -> Read<PriceFile> {
    let text = r.file(key, file)?;
    let wrong = |error: TableError| r.document.mistake(key, Problem::Table(error));
    let found = PriceFile::availability(file, &text).map_err(wrong)?;
    let found = found.ok_or_else(|| {
        let reason = "has no columns of times and availability";
        wrong(TableError::new(file, reason, "name them `datetime` and `available`"))
    })?;
    // Only whole years determine the energy of a year.
    found.by_month().map_err(wrong)?;
    let mean = plain(found.series.mean());
    let source = format!("{} hours of availability, mean {mean}", grouped(found.series.hours(), 0));
    let (key, name) = (key.to_owned(), file.to_owned());
    r.add_table_source(TableSource { key, name, region: None, as_of: None, source });
    Ok(found)
}

/// The mean price, above zero; 1 if there are no prices.
fn mean(r: &mut Resolver, key: &str, found: &Priced) -> Read<f64> {
    let mean = found.mean();
    let wrong = |reason: String, remedy: &str| {
        Err(r.document.mistake(key, Problem::Table(TableError::new(&found.file, reason, remedy))))
    };
    match found.kind {
        Kind::None => Ok(1.0),
        Kind::Prices if mean <= 0.0 => {
            let reason = format!("has the mean price {}", plain(mean));
            wrong(
                reason,
                "prices are used as ratios to their mean, which must be above 0; give another year",
            )
        }
        Kind::Prices => Ok(mean),
        Kind::Ratios => match PROFILE_MEAN.check(mean) {
            Err(implausible) => {
                let mean = plain(mean);
                let reason =
                    format!("has ratios with the mean {mean} over all hours of the year, not 1");
                wrong(reason, implausible.hint)
            }
            Ok(reason) => {
                if reason.is_some() {
                    let (file, column) = (found.file.clone(), "price_ratio".to_owned());
                    r.warn(Warning::ProfileMean { file, column, mean: plain(mean) });
                }
                Ok(mean)
            }
        },
    }
}

/// Uses the mean price as the tariff of the site.
fn tariff(r: &Resolver, key: &str, found: &Priced, mean: f64) -> Read<FileTariff> {
    let wrong = |problem| r.document.mistake(key, problem);
    let no_currency = || Problem::NoCurrency { file: found.file.clone() };
    let currency = found.currency.ok_or_else(|| wrong(no_currency()))?;
    let denomination = r.denomination(currency).map_err(wrong)?;
    let table = key.strip_suffix("hours.prices").unwrap_or_default();
    let content = found.content(mean).unwrap_or_default();
    Ok(FileTariff {
        key: format!("{table}tariff"),
        currency,
        denomination,
        per_kwh: mean / 1e3,
        // Results must not contain names of files; the key identifies the file.
        source: format!("mean of the prices in {key}: {content}"),
    })
}

impl Priced {
    fn of_availability(file: String, mut months: [Vec<PricedHour>; 12]) -> Self {
        for hour in months.iter_mut().flatten() {
            hour.columns.available = Some(hour.price);
            hour.price = 1.0;
        }
        Self { file, kind: Kind::None, currency: None, series: None, days: 0, months }
    }

    fn hours(&self) -> impl Iterator<Item = &PricedHour> {
        self.months.iter().flatten()
    }

    /// Adds availability from a file, joined by the hour of the year.
    fn with_availability(
        mut self,
        r: &Resolver,
        keys: &[String; 4],
        availability: Option<PriceFile>,
    ) -> Read<Self> {
        let Some(availability) = availability else { return Ok(self) };
        let wrong = |problem| r.document.mistake(&keys[AVAILABILITY], problem);
        let Some(mut prices) = self.series.take() else {
            let reason =
                "cannot be combined with typical days; give them a column `available` instead";
            return Err(wrong(Problem::Other(reason.to_owned())));
        };
        if self.hours().any(|hour| hour.columns.available.is_some()) {
            let other = format!("the column available of {}", self.file);
            return Err(wrong(Problem::Conflict { other }));
        }
        let (left, right) = (begin(&prices), begin(&availability));
        let (count, of) = (prices.series.values().len(), availability.series.values().len());
        if count != of || left != right || prices.series.step() != availability.series.step() {
            let extent = |file: &PriceFile, (month, day, time): &Begin| {
                let (count, minutes) = (file.series.values().len(), file.series.step().as_mins());
                format!("{count} steps of {minutes} minutes from month {month}, day {day}, {time}")
            };
            let reason = format!(
                "has {}, but {} has {}",
                extent(&availability, &right),
                prices.file,
                extent(&prices, &left)
            );
            let remedy = "give both for the same hours of a year";
            return Err(wrong(Problem::Table(TableError::new(&availability.file, reason, remedy))));
        }
        prices.columns.resize(count, Default::default());
        for (columns, part) in prices.columns.iter_mut().zip(availability.series.values()) {
            columns.available = Some(*part);
        }
        self.months = prices.by_month().map_err(|error| wrong(Problem::Table(error)))?;
        self.series = Some(prices);
        Ok(self)
    }

    /// The mean price over all hours of a year of 365 days.
    fn mean(&self) -> f64 {
        let of_month = |(hours, length): (&Vec<PricedHour>, f64)| {
            let all: f64 = hours.iter().map(|hour| hour.weight).sum();
            hours.iter().map(|hour| hour.weight * hour.price).sum::<f64>() / all * length
        };
        let sum: f64 = self.months.iter().zip(MONTH_HOURS).map(of_month).sum();
        sum / MONTH_HOURS.iter().sum::<f64>()
    }

    /// Describes the content of the file; `None` if it has no prices.
    fn content(&self, mean: f64) -> Option<String> {
        match (&self.series, self.kind) {
            (_, Kind::None) => None,
            (Some(series), _) => Some(series.to_string()),
            (None, kind) => {
                let unit = match (kind, self.currency) {
                    (Kind::Ratios, _) => "ratios".to_owned(),
                    (_, Some(currency)) => format!("{currency}/MWh"),
                    (_, None) => "unit not stated".to_owned(),
                };
                Some(format!("{} typical days, {unit}, mean {}", self.days, grouped(mean, 2)))
            }
        }
    }

    /// Checks that the peak probabilities of each month add up to 1 or 0.
    fn check_peak_probabilities(&self) -> Result<(), TableError> {
        for (month, hours) in self.months.iter().enumerate() {
            let sum: f64 = hours.iter().map(|hour| hour.columns.peak_probability).sum();
            if sum != 0.0 && (sum - 1.0).abs() > SUM_WITHIN {
                let reason = format!("adds up to {} in month {}", plain(sum), month + 1);
                let remedy =
                    "give probabilities that add up to 1 in each month of each year with a peak";
                return Err(
                    TableError::new(&self.file, reason, remedy).in_column("peak_probability")
                );
            }
        }
        Ok(())
    }

    /// Distributes the peaks of a month evenly over the hours of the day in which they may occur.
    fn distribute(&self, peaks: &PeakWindow, months: &mut [Vec<Hour>; 12]) {
        for (month, (hours, priced)) in months.iter_mut().zip(&self.months).enumerate() {
            let inside = |hour: &PricedHour| peaks.is_open(hour.hour);
            let all: f64 = priced.iter().filter(|hour| inside(hour)).map(|hour| hour.weight).sum();
            for (hour, of) in hours.iter_mut().zip(priced).filter(|(_, of)| inside(of)) {
                hour.peak_probability = peaks.of_month(month) * of.weight / all;
            }
        }
    }

    /// The hours of each month, with price ratios to the mean.
    fn months(&self, mean: f64, system: Option<&System>) -> [Vec<Hour>; 12] {
        std::array::from_fn(|month| {
            let hour = |found: &PricedHour| {
                let known = system.map(|system| system[month][found.hour]);
                let (of_system, peak) = known.unwrap_or((SystemHour::AMPLE, false));
                Hour {
                    weight: found.weight,
                    price_ratio: found.price / mean,
                    available: found.columns.available.unwrap_or(1.0),
                    peak_probability: found.columns.peak_probability,
                    system: found.columns.system.unwrap_or(of_system),
                    peak,
                }
            };
            self.months[month].iter().map(hour).collect()
        })
    }
}

/// Month, day and time of the first row of a file.
type Begin = (i8, i8, jiff::civil::Time);

fn begin(file: &PriceFile) -> Begin {
    let first = file.series.local().next();
    first.map_or((1, 1, jiff::civil::Time::MIN), |(at, _)| (at.month(), at.day(), at.time()))
}
