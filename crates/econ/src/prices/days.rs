//! Typical days: some days of a month stand for all of them, each by a number of days.

use super::PricedHour;
use super::format::{AVAILABLE, AVAILABLE_MW, DEMAND_MW, PEAK_PROBABILITY, PRICES};
use super::hour_columns::HourColumns;
use super::unit::unit;
use crate::Currency;
use crate::text::plain;
use hashwatt_input::table::{ColumnSpec, Others, Row, Table, TableError, Unique};

const MONTH: usize = 0;
const DAY: usize = 1;
const WEIGHT: usize = 2;
const HOUR: usize = 3;
const PRICE: usize = 4;
const PRICE_RATIO: usize = 5;
/// No file has more typical days.
const MAX_DAYS: usize = 12 * 366;

/// A table of the columns `month` (1 to 12), `day` (any name), `weight` (how many days of the month it stands for),
/// `hour` (0 to 23) and `price` or `price_ratio`; what an hour has beside its price may stand there too.
pub(crate) struct TypicalDays {
    /// The currency of prices of a MWh, where the file says one.
    pub currency: Option<Currency>,
    /// Whether it has ratios to the mean price in the place of prices.
    pub is_of_ratios: bool,
    pub months: [Vec<PricedHour>; 12],
    /// How many days there are of all months.
    pub days: usize,
}

/// A day with the hours that it has so far.
struct Day {
    month: usize,
    name: String,
    /// As the file has it, and the line that says so.
    weight: f64,
    hours: [Option<PricedHour>; 24],
}

impl TypicalDays {
    /// Reads a file of typical days; nothing where its header is another one.
    ///
    /// # Errors
    /// A day that lacks an hour, has one twice or two weights, a month without a day, and what cannot be read.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Option<Self>, TableError> {
        // The columns beside the price stand where those of a series do.
        let wanted: [ColumnSpec<'_>; 11] = [
            ColumnSpec::required(&["month"]),
            ColumnSpec::required(&["day"]),
            ColumnSpec::required(&["weight"]),
            ColumnSpec::required(&["hour"]),
            ColumnSpec::optional(PRICES).or_words(),
            ColumnSpec::optional(&["price_ratio"]),
            ColumnSpec::optional(&["source"]),
            ColumnSpec::optional(&["available"]),
            ColumnSpec::optional(&["peak_probability"]),
            ColumnSpec::optional(&["demand_mw"]).in_unit("MW"),
            ColumnSpec::optional(&["available_mw"]).in_unit("MW"),
        ];
        debug_assert!([AVAILABLE, PEAK_PROBABILITY, DEMAND_MW, AVAILABLE_MW] == [7, 8, 9, 10]);
        match Table::parse(file, text, &wanted, Others::Refused) {
            Ok(table) => Self::of_table(&table).map(Some),
            // What has all of its own columns is such a file with a slip in another.
            Err(error) if error.is_of_header() && is_other(file, text) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn of_table(table: &Table<'_>) -> Result<Self, TableError> {
        let (has_price, is_of_ratios) = (table.has(PRICE), table.has(PRICE_RATIO));
        if has_price == is_of_ratios {
            let reason = if has_price { "has prices and ratios" } else { "has no prices" };
            return Err(table.wrong(reason, "give one column, price or price_ratio"));
        }
        let column = if is_of_ratios { PRICE_RATIO } else { PRICE };
        let (currency, per_mwh) = match is_of_ratios {
            true => (None, 1.0),
            false => unit(table, PRICE, None)?,
        };
        HourColumns::is_in(table)?;
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
            return Err(table.wrong(reason, "give every month of 1 to 12 at least one day"));
        }
        Ok(Self { currency, is_of_ratios, months, days: days.len() })
    }
}

/// Whether the columns that only such a file has are not there.
fn is_other(file: &str, text: &str) -> bool {
    let own = [
        ColumnSpec::required(&["month"]),
        ColumnSpec::required(&["day"]),
        ColumnSpec::required(&["weight"]),
    ];
    Table::parse(file, text, &own, Others::Ignored).is_err()
}

fn days(table: &Table<'_>, column: usize) -> Result<Vec<Day>, TableError> {
    let (mut days, mut seen) = (Vec::<Day>::new(), Unique::default());
    let mut places = std::collections::HashMap::new();
    for row in table.rows() {
        let row = row?;
        let (month, hour) = (row.whole(MONTH)?, row.whole(HOUR)?);
        if !(1..=12).contains(&month) {
            return Err(row.wrong(MONTH, "is not in a year", "give months of 1 to 12"));
        }
        if hour > 23 {
            return Err(row.wrong(HOUR, "is not in a day", "give hours of 0 to 23"));
        }
        let name = row.some_text(DAY)?.to_owned();
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
        let beside = HourColumns::of(&row, |column| table.has(column))?;
        let price = row.number(column)?;
        day.hours[hour] = Some(PricedHour { weight, hour, price, beside });
    }
    Ok(days)
}

fn weight(row: &Row<'_>) -> Result<f64, TableError> {
    let weight = row.number(WEIGHT)?;
    let is_possible = weight > 0.0 && weight <= 1e6;
    is_possible
        .then_some(weight)
        .ok_or_else(|| row.wrong(WEIGHT, "is no number of days", "give one above 0"))
}
