//! Rows of CSV tables by the names of their columns.

/// A row of a table.
pub(super) struct Row {
    /// The line of the file, from 1.
    pub line: u64,
    cells: Vec<String>,
}

impl Row {
    /// A column's text by its place among those that were asked for; empty where it is left out.
    pub(super) fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// Its number.
    pub(super) fn number(&self, column: usize) -> Result<f64, String> {
        let text = self.text(column);
        let number = text.parse().ok().filter(|number: &f64| number.is_finite());
        number.ok_or_else(|| self.wrong(&format!("`{text}` is no number")))
    }

    /// Its number, where there is one.
    pub(super) fn some_number(&self, column: usize) -> Result<Option<f64>, String> {
        if self.text(column).is_empty() { Ok(None) } else { self.number(column).map(Some) }
    }

    /// Its whole number.
    pub(super) fn whole(&self, column: usize) -> Result<usize, String> {
        let text = self.text(column);
        text.parse().map_err(|_| self.wrong(&format!("`{text}` is no whole number")))
    }

    /// What is wrong with it, with its line.
    pub(super) fn wrong(&self, reason: &str) -> String {
        format!("line {}: {reason}", self.line)
    }
}

/// The rows of a table. All `required` columns must be there, the `optional` ones may be, and no others;
/// cells are in this order.
pub(super) fn rows(text: &str, required: &[&str], optional: &[&str]) -> Result<Vec<Row>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|error| error.to_string())?.clone();
    let place = |name: &str| headers.iter().position(|header| header.trim() == name);
    if let Some(missing) = required.iter().find(|name| place(name).is_none()) {
        return Err(format!("column `{missing}` is missing; give {}", required.join(", ")));
    }
    let known = |name: &&str| required.contains(name) || optional.contains(name);
    if let Some(unknown) = headers.iter().map(str::trim).find(|name| !known(name)) {
        let all: Vec<&str> = required.iter().chain(optional).copied().collect();
        return Err(format!("unknown column `{unknown}`; give {}", all.join(", ")));
    }
    let places: Vec<Option<usize>> =
        required.iter().chain(optional).map(|name| place(name)).collect();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let cell = |place: &Option<usize>| {
            place.and_then(|place| record.get(place)).unwrap_or("").trim().to_owned()
        };
        let line = record.position().map_or(0, csv::Position::line);
        rows.push(Row { line, cells: places.iter().map(cell).collect() });
    }
    Ok(rows)
}

/// A table with a row for every hour of every month's mean day: `of` makes an entry of a row, whose first two
/// columns are the month from 1 and the hour from 0.
pub(super) fn days<T: Copy>(
    rows: &[Row],
    of: impl Fn(&Row) -> Result<T, String>,
) -> Result<[[T; 24]; 12], String> {
    let mut given = [[None; 24]; 12];
    for row in rows {
        let slot = row
            .whole(0)?
            .checked_sub(1)
            .and_then(|month| given.get_mut(month))
            .zip(row.whole(1).ok())
            .and_then(|(month, hour)| month.get_mut(hour))
            .ok_or_else(|| row.wrong("give months of 1 to 12 and hours of 0 to 23"))?;
        if slot.replace(of(row)?).is_some() {
            return Err(row.wrong("appears twice"));
        }
    }
    let mut days = Vec::with_capacity(12);
    for (month, hours) in given.iter().enumerate() {
        let mut day = Vec::with_capacity(24);
        for (hour, slot) in hours.iter().enumerate() {
            day.push(slot.ok_or_else(|| format!("month {} hour {hour} is missing", month + 1))?);
        }
        days.push(day.try_into().map_err(|_| "has no 24 hours".to_owned())?);
    }
    days.try_into().map_err(|_| "has no 12 months".to_owned())
}
