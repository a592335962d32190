//! Typical days: a few days represent a month, each for a number of days.

use super::PricedHour;
use super::format::{AVAILABLE, AVAILABLE_MW, DEMAND_MW, PEAK_PROBABILITY, PRICES};
use super::hour_columns::HourColumns;
use super::unit::unit;
use crate::Currency;
use crate::text::plain;
use hashwatt_input::table::{ColumnSpec, Row, Table, TableError, Unique, UnknownColumns};

const MONTH: usize = 0;
const DAY: usize = 1;
const WEIGHT: usize = 2;
const HOUR: usize = 3;
const PRICE: usize = 4;
const PRICE_RATIO: usize = 5;
/// Maximum number of typical days.
const MAX_DAYS: usize = 12 * 366;

/// A table with the columns `month` (1 to 12), `day` (any name), `weight` (the number of days that it represents),
/// `hour` (0 to 23) and `price` or `price_ratio`, and optionally the columns of [`HourColumns`].
pub(crate) struct TypicalDays {
    /// The currency of prices per MWh, if the file gives it.
    pub currency: Option<Currency>,
    /// Whether it has ratios to the mean price instead of prices.
    pub is_of_ratios: bool,
    pub months: [Vec<PricedHour>; 12],
    /// The number of days in all months.
    pub days: usize,
}

/// A typical day with the hours read so far.
struct Day {
    month: usize,
    name: String,
    /// The number of days that it represents, as given.
    weight: f64,
    hours: [Option<PricedHour>; 24],
}

impl TypicalDays {
    /// Reads a file of typical days; `None` if its header is of another kind.
    ///
    /// # Errors
    /// [`TableError`] for a day with a missing or repeated hour or two weights, a month without a day, and unreadable
    /// cells.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Option<Self>, TableError> {
        // The additional columns have the same indices as in a price series.
        let wanted: [ColumnSpec<'_>; 11] = [
            ColumnSpec::required(&["month"]),
            ColumnSpec::required(&["day"]),
            ColumnSpec::required(&["weight"]),
            ColumnSpec::required(&["hour"]),
            ColumnSpec::optional(PRICES).allow_annotation(),
            ColumnSpec::optional(&["price_ratio"]),
            ColumnSpec::optional(&["source"]),
            ColumnSpec::optional(&["available"]),
            ColumnSpec::optional(&["peak_probability"]),
            ColumnSpec::optional(&["demand_mw"]).in_unit("MW"),
            ColumnSpec::optional(&["available_mw"]).in_unit("MW"),
        ];
        debug_assert!([AVAILABLE, PEAK_PROBABILITY, DEMAND_MW, AVAILABLE_MW] == [7, 8, 9, 10]);
        match Table::parse(file, text, &wanted, UnknownColumns::Refused) {
            Ok(table) => Self::from_table(&table).map(Some),
            // A file with all of these columns is of this kind, with an error in another column.
            Err(error) if error.is_header_error() && is_other(file, text) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn from_table(table: &Table<'_>) -> Result<Self, TableError> {
        let (has_price, is_of_ratios) = (table.has(PRICE), table.has(PRICE_RATIO));
        if has_price == is_of_ratios {
            let reason = if has_price { "has both prices and ratios" } else { "has no prices" };
            return Err(table.wrong(reason, "give one column, price or price_ratio"));
        }
        let column = if is_of_ratios { PRICE_RATIO } else { PRICE };
        let (currency, per_mwh) = match is_of_ratios {
            true => (None, 1.0),
            false => unit(table, PRICE, None)?,
        };
        HourColumns::are_present(table)?;
        let days = days(table, column)?;
        let mut months: [Vec<PricedHour>; 12] = std::array::from_fn(|_| Vec::new());
        for Day { month, name, weight, hours } in &days {
            for (hour, found) in hours.iter().enumerate() {
                let found = found.ok_or_else(|| {
                    let reason = format!("has no hour {hour} of day {name} of month {}", month + 1);
                    table.wrong(reason, "give each day its hours 0 to 23")
                })?;
                let price = found.price * per_mwh;
                months[*month].push(PricedHour { weight: weight / 24.0, price, ..found });
            }
        }
        if let Some(month) = months.iter().position(Vec::is_empty) {
            let reason = format!("has no day of month {}", month + 1);
            return Err(table.wrong(reason, "give every month from 1 to 12 at least one day"));
        }
        Ok(Self { currency, is_of_ratios, months, days: days.len() })
    }
}

/// Whether the columns specific to typical days are missing.
fn is_other(file: &str, text: &str) -> bool {
    let own = [
        ColumnSpec::required(&["month"]),
        ColumnSpec::required(&["day"]),
        ColumnSpec::required(&["weight"]),
    ];
    Table::parse(file, text, &own, UnknownColumns::Ignored).is_err()
}

fn days(table: &Table<'_>, column: usize) -> Result<Vec<Day>, TableError> {
    let (mut days, mut seen) = (Vec::<Day>::new(), Unique::default());
    let mut places = std::collections::HashMap::new();
    for row in table.rows() {
        let row = row?;
        let (month, hour) = (row.whole(MONTH)?, row.whole(HOUR)?);
        if !(1..=12).contains(&month) {
            return Err(row.wrong(MONTH, "is not a month", "give months from 1 to 12"));
        }
        if hour > 23 {
            return Err(row.wrong(HOUR, "is not an hour of the day", "give hours from 0 to 23"));
        }
        let name = row.required_text(DAY)?.to_owned();
        let what = format!("month {month}, day {name}, hour {hour}");
        seen.insert(&row, (month, name.clone(), hour), &what)?;
        let weight = weight(&row)?;
        let place = *places.entry((month, name.clone())).or_insert(days.len());
        if place == days.len() {
            if days.len() == MAX_DAYS {
                return Err(row.wrong_row(format!("is beyond {MAX_DAYS} days"), "give fewer"));
            }
            days.push(Day { month: month - 1, name, weight, hours: [None; 24] });
        }
        let day = &mut days[place];
        if day.weight != weight {
            let reason = format!("differs from {} in this day's first row", plain(day.weight));
            return Err(row.wrong(WEIGHT, reason, "give a day one weight in all its rows"));
        }
        let columns = HourColumns::from_row(&row, |column| table.has(column))?;
        let price = row.number(column)?;
        day.hours[hour] = Some(PricedHour { weight, hour, price, columns });
    }
    Ok(days)
}

fn weight(row: &Row<'_>) -> Result<f64, TableError> {
    let weight = row.number(WEIGHT)?;
    let is_possible = weight > 0.0 && weight <= 1e6;
    is_possible
        .then_some(weight)
        .ok_or_else(|| row.wrong(WEIGHT, "is not a valid number of days", "give a number above 0"))
}
