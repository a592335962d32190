//! Reading of tables with given columns, and of tables with a mean day for every month.

use hashwatt_input::table::{ColumnSpec, Row, Table, TableError, Unique, UnknownColumns};

/// Parses a table with all `required` columns, any of the `optional` ones and no others. Rows refer to the
/// columns in this order. `name` is the name of the table in errors.
pub(super) fn table<'t>(
    name: &str,
    text: &'t str,
    required: &[&str],
    optional: &[&str],
) -> Result<Table<'t>, TableError> {
    fn with_unit<'a>(wanted: ColumnSpec<'a>, name: &str) -> ColumnSpec<'a> {
        if name.ends_with("_mw") { wanted.in_unit("MW") } else { wanted }
    }
    let required = required
        .iter()
        .map(|name| with_unit(ColumnSpec::required(std::slice::from_ref(name)), name));
    let optional = optional
        .iter()
        .map(|name| with_unit(ColumnSpec::optional(std::slice::from_ref(name)), name));
    let wanted: Vec<ColumnSpec<'_>> = required.chain(optional).collect();
    Table::parse(name, text, &wanted, UnknownColumns::Refused)
}

/// Reads a table with a row for every hour of the mean day of every month. The first two columns are the month,
/// from 1, and the hour, from 0; `of` converts a row to an entry.
pub(super) fn days<T: Copy>(
    table: &Table<'_>,
    of: impl Fn(&Row<'_>) -> Result<T, TableError>,
) -> Result<[[T; 24]; 12], TableError> {
    let mut given = [[None; 24]; 12];
    let mut seen = Unique::default();
    for row in table.rows() {
        let row = row?;
        let (month, hour) = (row.whole(0)?, row.whole(1)?);
        let wrong = |column, remedy| row.wrong(column, "is not in a year", remedy);
        let day = month.checked_sub(1).and_then(|at| given.get_mut(at));
        let day = day.ok_or_else(|| wrong(0, "give months of 1 to 12"))?;
        let slot = day.get_mut(hour).ok_or_else(|| wrong(1, "give hours of 0 to 23"))?;
        seen.insert(&row, (month, hour), &format!("month {month}, hour {hour}"))?;
        *slot = Some(of(&row)?);
    }
    let missing = |month: usize, hour: usize| {
        let reason = format!("has no row for month {month}, hour {hour}");
        table.wrong(reason, "give every hour of 0 to 23 of every month of 1 to 12")
    };
    let mut days = Vec::with_capacity(12);
    for (month, hours) in given.iter().enumerate() {
        let mut day = Vec::with_capacity(24);
        for (hour, slot) in hours.iter().enumerate() {
            day.push(slot.ok_or_else(|| missing(month + 1, hour))?);
        }
        days.push(day.try_into().map_err(|_| missing(month + 1, 0))?);
    }
    days.try_into().map_err(|_| missing(1, 0))
}
