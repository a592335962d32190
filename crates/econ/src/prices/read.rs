//! Conversion of the rows of a price file to a series without gaps.

use super::format::{HOUR, Layout, PLACE, PRICE, QUARTER, REPEATED, SEQUENCE, TIME, When};
use super::hour_columns::HourColumns;
use super::unit::unit;
use super::{PriceFile, PriceFormat, PriceSeries};
use crate::text::plain;
use hashwatt_input::table::time::{
    Clock, ClockError, ColumnDateOrder, DateOrder, ParsedTimestamp, Zone,
};
use hashwatt_input::table::{Row, Table, TableError, UnknownColumns};
use hashwatt_quantities::plausible::HOUR_PRICE_RATIO;
use hashwatt_quantities::statistics::upper_median;
use jiff::civil::{DateTime, Time};
use jiff::tz::AmbiguousOffset;
use jiff::{SignedDuration, Timestamp};

const HOUR_S: i64 = 3600;
/// Supported lengths of a price's period, seconds.
const STEPS: [i64; 4] = [300, 900, 1800, HOUR_S];
/// Maximum number of rows: ten years of five minutes.
const MAX_ROWS: usize = 1_100_000;
/// Time zones with summer time that are tried if the file names none.
const CHANGING: [Zone; 2] = [Zone::CentralEurope, Zone::UsCentral];

/// A row with a price, or without one.
struct Entry {
    line: u64,
    stamp: ParsedTimestamp,
    /// Length of its price's period, s, if the row gives it.
    length: Option<i64>,
    /// Whether it is in the second of the two repeated hours in autumn, if the row gives it.
    repeated: Option<bool>,
    price: Option<f64>,
    columns: HourColumns,
}

/// Reads a file with the first layout whose columns it has; `columns`: whether to read the columns of
/// [`HourColumns`].
pub(super) fn read(
    file: &str,
    text: &str,
    layouts: &[Layout],
    columns: bool,
) -> Result<Option<PriceFile>, TableError> {
    for layout in layouts {
        match Table::parse(file, text, &layout.wanted(columns), UnknownColumns::Ignored) {
            Ok(table) => return from_table(&table, layout).map(Some),
            // The columns are present but cannot be used: no other layout applies.
            Err(error) if !(error.is_header_error() && error.column.is_none()) => {
                return Err(error);
            }
            Err(_) => {}
        }
    }
    Ok(None)
}

fn from_table(table: &Table<'_>, layout: &Layout) -> Result<PriceFile, TableError> {
    let order = order(table, layout)?;
    let has_columns = HourColumns::are_present(table)?;
    let mut notes = Vec::new();
    let mut place: Option<String> = None;
    let (mut entries, mut sequences) = (Vec::new(), Vec::new());
    for row in table.rows() {
        let row = row?;
        if entries.len() == MAX_ROWS {
            return Err(row.wrong_row(format!("is beyond {MAX_ROWS} rows"), "give fewer years"));
        }
        let sequence = row.text(SEQUENCE);
        if !sequence.is_empty() && sequences.iter().all(|known| known != sequence) {
            sequences.push(sequence.to_owned());
        }
        if !is_first_sequence(sequence) {
            continue;
        }
        check_place(&row, &mut place)?;
        entries.push(entry(table, &row, layout, order)?);
    }
    if sequences.len() > 1 {
        notes.push("the first of several auction sequences was used".to_owned());
    }
    if entries.len() < 2 {
        let reason = format!("has {} prices", entries.len());
        return Err(table.wrong(reason, "give a row for every hour of a year"));
    }
    let stated = table.annotation(TIME).and_then(Zone::from_header);
    let zone = stated.unwrap_or(layout.zone);
    let has_offsets = entries.iter().all(|entry| entry.stamp.offset.is_some());
    let mut series_rows = build_series(table, layout, &entries, zone, &mut notes);
    if zone == Zone::Unstated
        && !has_offsets
        && let Err(fault) = &series_rows
    {
        let better = CHANGING.into_iter().find_map(|zone| {
            let tried = build_series(table, layout, &entries, zone, &mut Vec::new());
            // If this clock skips the missing hour in spring, report the fault found on this clock instead.
            (tried.is_ok() || fault.is_explained_by(zone)).then_some(tried)
        });
        series_rows = better.unwrap_or(series_rows);
    }
    let SeriesRows { mut series, rows, last_line } =
        series_rows.map_err(|fault| fault.into_error(table))?;
    let price_warning = price_warning(table, &entries);
    let (currency, per_mwh) = match layout.is_price {
        true => unit(table, PRICE, layout.currency)?,
        false => (None, 1.0),
    };
    let columns = match has_columns {
        true => HourColumns::for_prices(entries.len(), &rows, |row| entries[row].columns),
        false => Vec::new(),
    };
    series.currency = currency;
    if per_mwh != 1.0 {
        series.values.iter_mut().for_each(|price| *price *= per_mwh);
    }
    let (file, format) = (table.name().to_owned(), layout.format);
    Ok(PriceFile { file, format, place, series, notes, price_warning, columns, last_line })
}

/// A warning about the most unusual price, if any.
fn price_warning(table: &Table<'_>, entries: &[Entry]) -> Option<String> {
    let median = upper_median(entries.iter().filter_map(|e| e.price).map(f64::abs).collect())?;
    let ratio = |entry: &Entry| entry.price.filter(|_| median > 0.0).map(|price| price / median);
    let ratios = entries.iter().filter_map(|entry| Some((entry, ratio(entry)?)));
    let (entry, ratio) = ratios.max_by(|(_, a), (_, b)| a.abs().total_cmp(&b.abs()))?;
    let warning = HOUR_PRICE_RATIO.check(ratio).ok()??;
    let (file, line, column) = (table.name(), entry.line, table.column(PRICE));
    let price = plain(entry.price?);
    Some(format!(
        "{file}, line {line}, column {column}: the price {price} over the median: {warning}"
    ))
}

/// Markets with several auctions per day number them.
fn is_first_sequence(sequence: &str) -> bool {
    sequence.is_empty()
        || sequence.eq_ignore_ascii_case("without sequence")
        || sequence.ends_with(" 1")
        || sequence == "1"
}

fn check_place(row: &Row<'_>, place: &mut Option<String>) -> Result<(), TableError> {
    let found = row.text(PLACE);
    match place {
        _ if found.is_empty() => Ok(()),
        Some(known) if known != found => {
            let reason = format!("is a second place, after `{known}`");
            Err(row.wrong(PLACE, reason, "keep the header and the rows of one place"))
        }
        _ => {
            *place = Some(found.to_owned());
            Ok(())
        }
    }
}

fn order(table: &Table<'_>, layout: &Layout) -> Result<Option<DateOrder>, TableError> {
    if layout.order.is_some() {
        return Ok(layout.order);
    }
    let mut order = ColumnDateOrder::default();
    for row in table.rows() {
        order.note(&row?, TIME)?;
    }
    Ok(order.order())
}

fn entry(
    table: &Table<'_>,
    row: &Row<'_>,
    layout: &Layout,
    order: Option<DateOrder>,
) -> Result<Entry, TableError> {
    let price = if row.is_missing(PRICE) { None } else { Some(row.number(PRICE)?) };
    let repeated = match row.text(REPEATED) {
        "" => None,
        flag if flag.eq_ignore_ascii_case("y") => Some(true),
        flag if flag.eq_ignore_ascii_case("n") => Some(false),
        _ => return Err(row.wrong(REPEATED, "is neither Y nor N", "write one of the two")),
    };
    let mut length = None;
    let stamp = match layout.when {
        When::Interval => {
            let (from, to) = ParsedTimestamp::interval_from_cell(row, TIME, order)?;
            let seconds = from.civil().zip(to.civil()).map(|(from, to)| between(from, to));
            // At a change of the clock, the two ends do not show the length.
            length = seconds.filter(|seconds| STEPS.contains(seconds));
            from
        }
        When::Start => ParsedTimestamp::from_cell(row, TIME, order)?,
        // The step is subtracted later, when it is known.
        When::End => ParsedTimestamp::from_cell(row, TIME, order)?,
        When::HourEnding => {
            let text = row.text(HOUR);
            let hour = text.split(':').next().and_then(|hour| hour.trim().parse::<i8>().ok());
            let hour = hour.filter(|hour| (1..=24).contains(hour));
            let hour = hour.ok_or_else(|| {
                row.wrong(HOUR, "is not a valid hour ending", "write 1 to 24, or 01:00 to 24:00")
            })?;
            let quarter =
                match row.text(QUARTER) {
                    "" => 1,
                    text => text.parse::<i8>().ok().filter(|q| (1..=4).contains(q)).ok_or_else(
                        || row.wrong(QUARTER, "is not a quarter of an hour", "write 1 to 4"),
                    )?,
                };
            if !row.text(QUARTER).is_empty() {
                length = Some(900);
            }
            at(row, order, hour - 1, (quarter - 1) * 15)?
        }
        When::Hours => {
            let text = row.text(HOUR);
            let hour = text.split(['-', '\u{2013}']).next();
            let hour = hour.and_then(|hour| hour.trim().parse::<i8>().ok());
            let hour = hour.filter(|hour| (0..24).contains(hour));
            at(
                row,
                order,
                hour.ok_or_else(|| row.wrong(HOUR, "is not an hour", "write 00 - 01"))?,
                0,
            )?
        }
    };
    if stamp.date.is_none() {
        return Err(row.wrong(TIME, "has no day", "write 2026-01-31 12:00"));
    }
    // A row without a price is skipped, or refused later.
    let columns = match price {
        Some(_) => HourColumns::from_row(row, |column| table.has(column))?,
        None => HourColumns::default(),
    };
    Ok(Entry { line: row.line(), stamp, length, repeated, price, columns })
}

fn at(
    row: &Row<'_>,
    order: Option<DateOrder>,
    hour: i8,
    minute: i8,
) -> Result<ParsedTimestamp, TableError> {
    let day = ParsedTimestamp::from_cell(row, TIME, order)?;
    Ok(ParsedTimestamp { time: Some(Time::constant(hour, minute, 0, 0)), ..day })
}

fn between(from: DateTime, to: DateTime) -> i64 {
    to.duration_since(from).as_secs()
}

/// The reason why rows do not form a series on a clock.
enum Fault {
    /// Missing prices: their number, the total, the line after the first one, and its time.
    Missing {
        zone: Zone,
        count: i64,
        all: i64,
        line: u64,
        first: DateTime,
        is_repeated: bool,
    },
    Other(TableError),
}

impl From<TableError> for Fault {
    fn from(error: TableError) -> Self {
        Self::Other(error)
    }
}

impl Fault {
    /// Whether the first missing price is at a time that this clock skips.
    fn is_explained_by(&self, zone: Zone) -> bool {
        let Self::Missing { first, .. } = self else { return false };
        let offset = zone.rules().to_ambiguous_timestamp(*first).offset();
        matches!(offset, AmbiguousOffset::Gap { .. })
    }

    fn into_error(self, table: &Table<'_>) -> TableError {
        let (zone, count, all, line, first, is_repeated) = match self {
            Self::Other(error) => return error,
            Self::Missing { zone, count, all, line, first, is_repeated } => {
                (zone, count, all, line, first, is_repeated)
            }
        };
        let mut reason = format!("{count} of {all} prices are missing, the first of {first}");
        let mut remedy = "fill them in, or give a whole year".to_owned();
        if is_repeated {
            let (day, hour) = (first.date(), first.strftime("%H:%M"));
            reason = format!(
                "{reason}, which occurs twice on the clock: {day} has 25 hours by the clock ({zone})"
            );
            remedy = format!("give a row of {hour} for each of the two hours, one after the other");
        }
        table.wrong(reason, remedy).on_line(line)
    }
}

/// Missing prices.
#[derive(Default)]
struct Missing {
    count: i64,
    first: Option<(u64, Timestamp)>,
}

/// A series with the rows of its prices.
struct SeriesRows {
    series: PriceSeries,
    /// The index of the row of each price.
    rows: Vec<usize>,
    last_line: u64,
}

/// The series on the clock of a zone.
fn build_series(
    table: &Table<'_>,
    layout: &Layout,
    entries: &[Entry],
    zone: Zone,
    notes: &mut Vec<String>,
) -> Result<SeriesRows, Fault> {
    let clock = Clock::new(zone);
    let placed = place(table, entries, zone)?;
    let step = step(table, &placed)?;
    let mut missing = Missing::default();
    let mut lacks = |line: u64, at: Timestamp, count: i64| {
        missing.count += count;
        missing.first.get_or_insert((line, at));
    };
    let Some(first) = placed.first() else {
        return Err(table.wrong("has no prices", "give a row for every hour of a year").into());
    };
    let later = |at: Timestamp, seconds: i64| {
        at.checked_add(SignedDuration::from_secs(seconds))
            .map_err(|_| table.wrong("is outside the supported years", "give another year"))
    };
    let (mut next, mut last_line) = (first.at, first.entry.line);
    let mut values = Vec::with_capacity(placed.len());
    let mut rows = Vec::with_capacity(placed.len());
    for Placed { at, entry, row } in &placed {
        let late = at.duration_since(next).as_secs();
        if late < 0 {
            let (reason, remedy) = match late + step {
                0 => (format!("has the time of line {last_line}"), "remove one of the two rows"),
                _ => (format!("is before the end of line {last_line}"), "sort the rows by time"),
            };
            return Err(table.wrong_column(TIME, reason, remedy).on_line(entry.line).into());
        }
        if late > 0 {
            let is_mean_of_two = layout.format == PriceFormat::NordPool
                && late == HOUR_S
                && is_repeated(&clock, next);
            match values.last().copied().filter(|_| is_mean_of_two) {
                Some(price) => {
                    let day = clock.civil_at(next).date();
                    notes.push(format!("one price is used for both hours of 02:00 on {day}"));
                    values.push(price);
                    rows.extend(rows.last().copied());
                }
                None => lacks(entry.line, next, (late / step).max(1)),
            }
        }
        let length = entry.length.unwrap_or(step);
        match entry.price {
            Some(price) => {
                values.extend((0..length / step).map(|_| price));
                rows.resize(values.len(), *row);
            }
            None => lacks(entry.line, *at, length / step),
        }
        next = later(*at, length)?;
        last_line = entry.line;
    }
    if let Missing { count, first: Some((line, at)) } = missing {
        let all = values.len() as i64 + count;
        let (first, is_repeated) = (clock.civil_at(at), is_repeated(&clock, at));
        return Err(Fault::Missing { zone, count, all, line, first, is_repeated });
    }
    let back = if layout.when == When::End { -step } else { 0 };
    let (start, step) = (later(first.at, back)?, SignedDuration::from_secs(step));
    let series = PriceSeries { start, step, zone, currency: None, values };
    Ok(SeriesRows { series, rows, last_line })
}

/// An entry with its time.
struct Placed<'e> {
    at: Timestamp,
    entry: &'e Entry,
    /// Its index.
    row: usize,
}

fn place<'e>(
    table: &Table<'_>,
    entries: &'e [Entry],
    zone: Zone,
) -> Result<Vec<Placed<'e>>, TableError> {
    let mut clock = Clock::new(zone);
    let mut placed = Vec::with_capacity(entries.len());
    for (row, entry) in entries.iter().enumerate() {
        let wrong = |reason: &str, remedy: &str| {
            Err(table.wrong_column(TIME, reason, remedy).on_line(entry.line))
        };
        match clock.take(&entry.stamp, entry.repeated) {
            Ok(at) => placed.push(Placed { at, entry, row }),
            // Some files have a row without a price for this hour.
            Err(ClockError::SkippedHour) if entry.price.is_none() => {}
            Err(ClockError::SkippedHour) => {
                return wrong(
                    "is in the hour that clocks skip on this day",
                    "remove the row, or name the time zone in the header: `(UTC)`",
                );
            }
            Err(ClockError::NoDate) => return wrong("has no day", "write a day"),
        }
    }
    Ok(placed)
}

/// The length of a price's period: the shortest one given by a row, else the most common interval between rows.
fn step(table: &Table<'_>, placed: &[Placed<'_>]) -> Result<i64, TableError> {
    let stated = placed.iter().filter_map(|placed| placed.entry.length).min();
    let between = |pair: &[Placed<'_>]| pair[1].at.duration_since(pair[0].at).as_secs();
    let count = |step: i64| placed.windows(2).filter(|pair| between(pair) == step).count();
    let usual =
        || STEPS.into_iter().max_by_key(|step| count(*step)).filter(|step| count(*step) > 0);
    stated.or_else(usual).ok_or_else(|| {
        let first = placed.windows(2).next().map_or(0, between);
        let reason = format!("has rows {first} s apart");
        table.wrong_column(TIME, reason, "give a row every 60, 30, 15 or 5 minutes")
    })
}

/// Whether a time is in a repeated hour of the clock.
fn is_repeated(clock: &Clock, at: Timestamp) -> bool {
    let before = at.checked_sub(SignedDuration::from_secs(HOUR_S));
    before.is_ok_and(|before| clock.civil_at(before) == clock.civil_at(at))
}
