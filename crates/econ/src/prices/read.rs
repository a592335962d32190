//! From the rows of a price file to a series without a gap.

use super::format::{HOUR, Layout, PLACE, PRICE, QUARTER, REPEATED, SEQUENCE, TIME, When};
use super::hour_columns::HourColumns;
use super::unit::unit;
use super::{PriceFile, PriceFormat, PriceSeries};
use crate::text::plain;
use hashwatt_input::table::time::{
    Clock, DateOrder, NotOnClock, OrderOfColumn, ParsedTimestamp, Zone,
};
use hashwatt_input::table::{Others, Row, Table, TableError};
use hashwatt_quantities::plausible::HOUR_PRICE_RATIO;
use hashwatt_quantities::statistics::upper_median;
use jiff::civil::{DateTime, Time};
use jiff::tz::AmbiguousOffset;
use jiff::{SignedDuration, Timestamp};

const HOUR_S: i64 = 3600;
/// Prices hold for a whole part of an hour.
const STEPS: [i64; 4] = [300, 900, 1800, HOUR_S];
/// No file has more: ten years of five minutes.
const MAX_ROWS: usize = 1_100_000;
/// Clocks that are tried where the file names none and its hours are those of summer time.
const CHANGING: [Zone; 2] = [Zone::CentralEurope, Zone::UsCentral];

/// A row with a price, or without one.
struct Entry {
    line: u64,
    stamp: ParsedTimestamp,
    /// How long its price holds, where the row says that, s.
    length: Option<i64>,
    /// Whether it is of the second of two equal hours, where the row says that.
    repeated: Option<bool>,
    price: Option<f64>,
    beside: HourColumns,
}

/// By the first of some layouts whose columns the file has; `beside` says whether what its columns have of the
/// hour beside the price is read.
pub(super) fn read(
    file: &str,
    text: &str,
    layouts: &[Layout],
    beside: bool,
) -> Result<Option<PriceFile>, TableError> {
    for layout in layouts {
        match Table::parse(file, text, &layout.wanted(beside), Others::Ignored) {
            Ok(table) => return of_table(&table, layout).map(Some),
            // Columns that are there and cannot be used are no other layout's.
            Err(error) if !(error.is_of_header() && error.column.is_none()) => return Err(error),
            Err(_) => {}
        }
    }
    Ok(None)
}

fn of_table(table: &Table<'_>, layout: &Layout) -> Result<PriceFile, TableError> {
    let order = order(table, layout)?;
    let has_beside = HourColumns::is_in(table)?;
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
        unless_another(&row, &mut place)?;
        entries.push(entry(table, &row, layout, order)?);
    }
    if sequences.len() > 1 {
        notes.push("of several auctions the first sequence was taken".to_owned());
    }
    if entries.len() < 2 {
        let reason = format!("has {} prices", entries.len());
        return Err(table.wrong(reason, "give a row for every hour of a year"));
    }
    let stated = table.annotation(TIME).and_then(Zone::of_header);
    let zone = stated.unwrap_or(layout.zone);
    let has_offsets = entries.iter().all(|entry| entry.stamp.offset.is_some());
    let mut laid = lay_out(table, layout, &entries, zone, &mut notes);
    if zone == Zone::Unstated
        && !has_offsets
        && let Err(fault) = &laid
    {
        let better = CHANGING.into_iter().find_map(|zone| {
            let tried = lay_out(table, layout, &entries, zone, &mut Vec::new());
            // Of a clock that leaves out the hour which would be missing, what it lacks itself is the fault.
            (tried.is_ok() || fault.is_explained_by(zone)).then_some(tried)
        });
        laid = better.unwrap_or(laid);
    }
    let Laid { mut series, rows, last_line } = laid.map_err(|fault| fault.of(table))?;
    let doubt = doubt(table, &entries);
    let (currency, per_mwh) = match layout.is_price {
        true => unit(table, PRICE, layout.currency)?,
        false => (None, 1.0),
    };
    let beside = match has_beside {
        true => HourColumns::of_values(entries.len(), &rows, |row| entries[row].beside),
        false => Vec::new(),
    };
    series.currency = currency;
    if per_mwh != 1.0 {
        series.values.iter_mut().for_each(|price| *price *= per_mwh);
    }
    let (file, format) = (table.name().to_owned(), layout.format);
    Ok(PriceFile { file, format, place, series, notes, doubt, beside, last_line })
}

/// The price that is the most unusual beside the others, where one is.
fn doubt(table: &Table<'_>, entries: &[Entry]) -> Option<String> {
    let median = upper_median(entries.iter().filter_map(|e| e.price).map(f64::abs).collect())?;
    let ratio = |entry: &Entry| entry.price.filter(|_| median > 0.0).map(|price| price / median);
    let doubted = entries.iter().filter_map(|entry| Some((entry, ratio(entry)?)));
    let (entry, ratio) = doubted.max_by(|(_, a), (_, b)| a.abs().total_cmp(&b.abs()))?;
    let doubt = HOUR_PRICE_RATIO.check(ratio).ok()??;
    let (file, line, column) = (table.name(), entry.line, table.column(PRICE));
    let price = plain(entry.price?);
    Some(format!(
        "{file}, line {line}, column {column}: the price {price} over the median: {doubt}"
    ))
}

/// Markets that clear several auctions of a day number them.
fn is_first_sequence(sequence: &str) -> bool {
    sequence.is_empty()
        || sequence.eq_ignore_ascii_case("without sequence")
        || sequence.ends_with(" 1")
        || sequence == "1"
}

fn unless_another(row: &Row<'_>, place: &mut Option<String>) -> Result<(), TableError> {
    let found = row.text(PLACE);
    match place {
        _ if found.is_empty() => Ok(()),
        Some(known) if known != found => {
            let reason = format!("is a second place beside `{known}`");
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
    let mut order = OrderOfColumn::default();
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
            let (from, to) = ParsedTimestamp::interval(row, TIME, order)?;
            let seconds = from.civil().zip(to.civil()).map(|(from, to)| between(from, to));
            // Beside a change of the clock, both ends do not show how long it is.
            length = seconds.filter(|seconds| STEPS.contains(seconds));
            from
        }
        When::Start => ParsedTimestamp::of(row, TIME, order)?,
        // The step is taken off where it is known.
        When::End => ParsedTimestamp::of(row, TIME, order)?,
        When::HourEnding => {
            let text = row.text(HOUR);
            let hour = text.split(':').next().and_then(|hour| hour.trim().parse::<i8>().ok());
            let hour = hour.filter(|hour| (1..=24).contains(hour));
            let hour = hour.ok_or_else(|| {
                row.wrong(HOUR, "is no hour that ends", "write 1 to 24, or 01:00 to 24:00")
            })?;
            let quarter =
                match row.text(QUARTER) {
                    "" => 1,
                    text => text.parse::<i8>().ok().filter(|q| (1..=4).contains(q)).ok_or_else(
                        || row.wrong(QUARTER, "is no quarter of an hour", "write 1 to 4"),
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
            at(row, order, hour.ok_or_else(|| row.wrong(HOUR, "is no hour", "write 00 - 01"))?, 0)?
        }
    };
    if stamp.date.is_none() {
        return Err(row.wrong(TIME, "says no day", "write 2026-01-31 12:00"));
    }
    // A row without a price is none of an hour, or is refused for that.
    let beside = match price {
        Some(_) => HourColumns::of(row, |column| table.has(column))?,
        None => HourColumns::default(),
    };
    Ok(Entry { line: row.line(), stamp, length, repeated, price, beside })
}

fn at(
    row: &Row<'_>,
    order: Option<DateOrder>,
    hour: i8,
    minute: i8,
) -> Result<ParsedTimestamp, TableError> {
    let day = ParsedTimestamp::of(row, TIME, order)?;
    Ok(ParsedTimestamp { time: Some(Time::constant(hour, minute, 0, 0)), ..day })
}

fn between(from: DateTime, to: DateTime) -> i64 {
    to.duration_since(from).as_secs()
}

/// Why rows are no series on a clock.
enum Fault {
    /// Prices that are not there: how many of how many, the line behind the first, and when that would be.
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
    /// Whether the first price is missing at a time that this clock never shows.
    fn is_explained_by(&self, zone: Zone) -> bool {
        let Self::Missing { first, .. } = self else { return false };
        let offset = zone.rules().to_ambiguous_timestamp(*first).offset();
        matches!(offset, AmbiguousOffset::Gap { .. })
    }

    fn of(self, table: &Table<'_>) -> TableError {
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
                "{reason}, which the clock shows twice: {day} has 25 hours by the clock ({zone})"
            );
            remedy = format!("give a row of {hour} for each of the two hours, one after the other");
        }
        table.wrong(reason, remedy).on_line(line)
    }
}

/// Prices that are not there.
#[derive(Default)]
struct Missing {
    count: i64,
    first: Option<(u64, Timestamp)>,
}

/// A series.
struct Laid {
    series: PriceSeries,
    /// The place of the row of each price.
    rows: Vec<usize>,
    last_line: u64,
}

/// The series on the clock of a zone.
fn lay_out(
    table: &Table<'_>,
    layout: &Layout,
    entries: &[Entry],
    zone: Zone,
    notes: &mut Vec<String>,
) -> Result<Laid, Fault> {
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
            .map_err(|_| table.wrong("is beyond the years that are counted", "give another year"))
    };
    let (mut next, mut last_line) = (first.at, first.entry.line);
    let mut values = Vec::with_capacity(placed.len());
    let mut rows = Vec::with_capacity(placed.len());
    for Placed { at, entry, row } in &placed {
        let late = at.duration_since(next).as_secs();
        if late < 0 {
            let (reason, remedy) = match late + step {
                0 => (format!("has the time of line {last_line}"), "remove one of the two rows"),
                _ => (format!("is earlier than line {last_line} allows"), "sort the rows by time"),
            };
            return Err(table.wrong_column(TIME, reason, remedy).on_line(entry.line).into());
        }
        if late > 0 {
            let is_mean_of_two = layout.format == PriceFormat::NordPool
                && late == HOUR_S
                && is_repeated(&clock, next);
            match values.last().copied().filter(|_| is_mean_of_two) {
                Some(price) => {
                    let day = clock.shows(next).date();
                    notes.push(format!("one price stands for both hours of 02:00 on {day}"));
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
        let (first, is_repeated) = (clock.shows(at), is_repeated(&clock, at));
        return Err(Fault::Missing { zone, count, all, line, first, is_repeated });
    }
    let back = if layout.when == When::End { -step } else { 0 };
    let (start, step) = (later(first.at, back)?, SignedDuration::from_secs(step));
    let series = PriceSeries { start, step, zone, currency: None, values };
    Ok(Laid { series, rows, last_line })
}

/// An entry with its moment.
struct Placed<'e> {
    at: Timestamp,
    entry: &'e Entry,
    /// Its place.
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
            // Files have a row without a price there.
            Err(NotOnClock::LeftOut) if entry.price.is_none() => {}
            Err(NotOnClock::LeftOut) => {
                return wrong(
                    "is in the hour that clocks leave out on this day",
                    "remove the row, or say in the header whose clock it is: `(UTC)`",
                );
            }
            Err(NotOnClock::NoDay) => return wrong("is no day that is counted", "write a day"),
        }
    }
    Ok(placed)
}

/// For how long a price holds: the shortest that a row says, else what lies between most rows.
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

/// Whether the clock shows an hour for the second time.
fn is_repeated(clock: &Clock, at: Timestamp) -> bool {
    let before = at.checked_sub(SignedDuration::from_secs(HOUR_S));
    before.is_ok_and(|before| clock.shows(before) == clock.shows(at))
}
