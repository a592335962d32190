//! A user's series of the network's power, for comparison with the model.

use crate::EconError;
use crate::uncertainty::AsOf;
use crate::units::{Joules, Seconds, Watts};
use hashwatt_input::table::{ColumnSpec, Row, Table, TableError, Unique, UnknownColumns};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Maximum number of rows: days of 55 years.
const MAX_ROWS: usize = 20_000;
/// Plausibility limit: more than the world's power stations.
const MAX_GW: f64 = 1e4;
/// Names of the columns of power, energy and date.
const POWER: [&str; 5] = ["power_GW", "power", "GW", "best_guess_GW", "power GUESS, GW"];
const ENERGY: [&str; 6] = [
    "energy_TWh_per_year",
    "best_guess_TWh_per_year",
    "annualised consumption GUESS, TWh",
    "TWh_per_year",
    "TWh/year",
    "TWh",
];
const DATE: [&str; 4] = ["month", "date", "day", "Date and Time"];

/// Power of the network by month, from another source.
#[derive(Clone, Debug, PartialEq)]
pub struct PowerSeries {
    /// Mean power by the first day of each month.
    months: BTreeMap<Date, Watts>,
}

impl PowerSeries {
    /// Reads a table with a column `month` or `date` (YYYY-MM or YYYY-MM-DD, optionally with a time) and a column of
    /// power in GW or of energy in TWh per year, found by name and unit: `power_GW`, `Power (MW)`,
    /// `energy_TWh_per_year`. Days are averaged to months; other columns are ignored. `file` is the name of the table
    /// in errors.
    ///
    /// # Errors
    /// [`EconError::UserTable`] with the line and the column that cannot be used, and if the table has neither or both
    /// of the columns of power and energy.
    pub fn from_csv(file: &str, text: &str) -> Result<Self, EconError> {
        let wanted = [
            ColumnSpec::required(&DATE),
            ColumnSpec::optional(&POWER).in_unit("GW"),
            ColumnSpec::optional(&ENERGY),
        ];
        let table = Table::parse(file, text, &wanted, UnknownColumns::Ignored)?;
        if table.has(1) == table.has(2) {
            let remedy =
                "give one column of power, such as power_GW, or of energy, such as TWh_per_year";
            let reason = match table.has(1) {
                true => "has a column of power and one of energy",
                false => "has no column of power or energy",
            };
            return Err(table.wrong(reason, remedy).into());
        }
        let mut sums: BTreeMap<Date, (Watts, u32)> = BTreeMap::new();
        let mut seen = Unique::default();
        for (place, row) in table.rows().enumerate() {
            let row = row?;
            if place == MAX_ROWS {
                let reason = format!("is beyond {MAX_ROWS} rows");
                return Err(row.wrong_row(reason, "give means of months").into());
            }
            let date = date(&row)?;
            seen.insert(&row, date, &date.to_string())?;
            let first = date.middle().map_or(Date::ZERO, Date::first_of_month);
            let sum = sums.entry(first).or_insert((Watts::ZERO, 0));
            *sum = (sum.0 + power(&table, &row)?, sum.1 + 1);
        }
        if sums.is_empty() {
            return Err(table.wrong("has no rows", "give at least one month").into());
        }
        let mean = |(first, (sum, count)): (Date, (Watts, u32))| (first, sum / f64::from(count));
        Ok(Self { months: sums.into_iter().map(mean).collect() })
    }

    /// The mean power of a month, given by its first day; `None` if the file does not contain it.
    pub fn in_month(&self, first: Date) -> Option<Watts> {
        self.months.get(&first).copied()
    }

    /// All months, by their first day.
    pub fn months(&self) -> impl Iterator<Item = (Date, Watts)> {
        self.months.iter().map(|(first, power)| (*first, *power))
    }
}

/// A month, or a day with or without a time.
fn date(row: &Row<'_>) -> Result<AsOf, TableError> {
    let text = row.text(0);
    let (day, time) = text.split_at_checked(10).unwrap_or((text, ""));
    let is_time = time.is_empty() || time.starts_with(['T', ' ']);
    let found = day.parse().ok().filter(|found| is_time && !matches!(found, AsOf::Year(_)));
    found.ok_or_else(|| {
        row.wrong(0, "is not a month", "write YYYY-MM or YYYY-MM-DD, such as 2024-06")
    })
}

fn power(table: &Table<'_>, row: &Row<'_>) -> Result<Watts, TableError> {
    let (column, gw) = match table.has(1) {
        true => (1, row.number(1)?),
        false => {
            let energy = Joules::from_twh(row.number(2)?);
            (2, (energy / Seconds::from_years(1.0)).as_mw() / 1e3)
        }
    };
    match gw > 0.0 && gw <= MAX_GW {
        true => Ok(Watts::from_mw(gw * 1e3)),
        false => {
            let remedy = format!("give a number above 0, at most {MAX_GW} GW or its TWh a year");
            Err(row.wrong(column, "is not a plausible power of the network", remedy))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    fn read(text: &str) -> Result<PowerSeries, String> {
        PowerSeries::from_csv("p.csv", text).map_err(|error| error.to_string())
    }

    #[test]
    fn power_and_energy_columns_are_found_by_name_and_unit() {
        for text in [
            "month,power_GW\n2024-06,15.75\n",
            "date;Power (MW)\n2024-06-01;15000\n2024-06-02;16500\n",
            "month,energy_TWh_per_year,source\n2024-06,137.97,x\n",
            "Month,TWh/year\n2024-06,137.97\n",
            "Timestamp,Date and Time,\"power MAX, GW\",\"power MIN, GW\",\"power GUESS, GW\"\n\
             1717200000,2024-06-01T00:00:00,30,8,15.75\n",
        ] {
            let found = read(text).unwrap();
            let gw = found.in_month(day(2024, 6, 1)).unwrap().as_mw() / 1e3;
            assert!((gw - 15.75).abs() < 1e-9, "{text}: {gw}");
            assert_eq!((found.months().count(), found.in_month(day(2024, 7, 1))), (1, None));
        }
    }

    #[test]
    fn invalid_series_is_refused_with_line_column_and_remedy() {
        for (text, part) in [
            ("month,price\n2024-06,1\n", "no column of power or energy"),
            ("month,power_GW,TWh\n2024-06,1,2\n", "a column of power and one of energy"),
            ("month,power_GW\n", "has no rows"),
            ("month,power_GW\n2024,1\n", "line 2, column month: `2024` is not a month"),
            (
                "month,power_GW\n2024-06,0\n",
                "line 2, column power_GW: `0` is not a plausible power",
            ),
            ("month,power_GW\n2024-06,NaN\n", "`NaN` is not a number"),
            ("month,power_GW\n2024-06,1\n2024-06,2\n", "line 3: 2024-06 appears twice"),
            ("month,TWh\n2024-06,1e9\n", "line 2, column TWh: `1e9` is not a plausible power"),
            ("power_GW\n1\n", "month"),
        ] {
            let message = read(text).unwrap_err();
            assert!(message.starts_with("p.csv") && message.contains(part), "{message}");
        }
    }
}
