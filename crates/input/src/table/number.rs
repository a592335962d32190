//! Numbers as people write them, and how a whole column writes them.

use super::Table;
use super::error::TableError;
use super::unit::{Spelling, Unit, quantity_of};

/// What is wrong with a cell, and what to write.
pub(super) struct Wrong {
    pub(super) reason: &'static str,
    pub(super) remedy: String,
}

/// How the numbers of a column are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Style {
    /// `1.5`, or without a fraction.
    #[default]
    Point,
    /// `1,5`.
    Comma,
    /// `1,234` in all of it: one comma before three digits, which has two meanings.
    Unclear,
}

/// What is seen of a column's cells.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// A comma that can only be a decimal one, or one before three digits.
    comma: bool,
    unclear_comma: bool,
    /// The same of points.
    point: bool,
    unclear_point: bool,
}

/// How each wanted column writes its numbers. A column that does not decide follows the other columns.
pub(super) fn styles(table: &Table<'_>) -> Result<Vec<Style>, TableError> {
    let mut seen = vec![Seen::default(); table.places.len()];
    // Without quotation marks a cell of a table divided by commas holds none.
    let may_hold_commas = match table.divider {
        b',' => table.body.contains('"'),
        _ => table.body.contains(','),
    };
    if may_hold_commas {
        for row in table.rows() {
            // A row that is wrong is told of when it is read.
            let Ok(row) = row else { break };
            for (column, seen) in seen.iter_mut().enumerate() {
                if let Some((_, cell)) = row.cell(column) {
                    seen.note(cell);
                }
            }
        }
    }
    let has_commas = seen.iter().any(|column| column.comma);
    let style = |seen: &Seen| match *seen {
        Seen { comma: true, .. } => Style::Comma,
        // A thousands separator beside decimal points is told of at its cell.
        Seen { point: true, .. } => Style::Point,
        Seen { unclear_comma: true, unclear_point: false, .. } if has_commas => Style::Comma,
        Seen { unclear_comma: true, .. } => Style::Unclear,
        Seen { unclear_point: true, .. } if has_commas => Style::Unclear,
        _ => Style::Point,
    };
    Ok(seen.iter().map(style).collect())
}

impl Seen {
    fn note(&mut self, cell: &str) {
        let digits = cell.split(['e', 'E']).next().unwrap_or(cell);
        let digits = digits.strip_prefix(['-', '+']).unwrap_or(digits);
        let Some(at) = digits.find([',', '.']) else { return };
        let (whole, fraction) = (&digits[..at], &digits[at + 1..]);
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !(is_number(whole) && is_number(fraction)) || fraction.is_empty() {
            return;
        }
        let is_comma = digits.as_bytes()[at] == b',';
        match (is_comma, may_be_thousands(whole, fraction)) {
            (true, false) => self.comma = true,
            (true, true) => self.unclear_comma = true,
            (false, false) => self.point = true,
            (false, true) => self.unclear_point = true,
        }
    }
}

/// Three digits behind one to three that are not 0.
fn may_be_thousands(whole: &str, fraction: &str) -> bool {
    fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0')
}

/// What people write where there is no number.
pub(super) fn means_nothing(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "-",
        "--",
        "\u{2013}",
        "\u{2014}",
        "n/a",
        "na",
        "#n/a",
        "n.a.",
        "nan",
        "null",
        "none",
        "n/e",
        "unknown",
        "unavailable",
    ];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

pub(super) fn parse(text: &str, style: Style) -> Result<f64, Wrong> {
    let wrong = |reason, remedy: &str| Err(Wrong { reason, remedy: remedy.to_owned() });
    if text.is_empty() {
        return wrong("is empty", "write a number");
    }
    if means_nothing(text) {
        return wrong("is no number", "write a number");
    }
    // The sign of typographers.
    let plain = text.replace('\u{2212}', "-");
    let commas = plain.matches(',').count();
    let points = plain.matches('.').count();
    let is_written = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | ',' | 'e' | 'E');
    let separated = |c: char| c.is_whitespace() || matches!(c, '\'' | '\u{2019}' | '_');
    if plain.contains(separated) && !plain.contains(|c| !is_written(c) && !separated(c)) {
        let joined: String = plain.chars().filter(|c| !separated(*c)).collect();
        return thousands(&joined);
    }
    if plain.chars().any(|c| !is_written(c)) {
        return Err(decorated(&plain));
    }
    let number = match (style, commas, points) {
        (_, 0, 0) => plain.clone(),
        (Style::Point, 0, 1) => plain.clone(),
        (Style::Comma, 1, 0) => plain.replace(',', "."),
        (Style::Comma, 0, 1) => {
            let remedy = format!("write {} as the other numbers are", plain.replace('.', ","));
            return Err(Wrong { reason: "has a point, and the column has decimal commas", remedy });
        }
        (Style::Unclear, 1, 0) | (Style::Unclear, 0, 1) => {
            let (joined, point) = (plain.replace([',', '.'], ""), plain.replace(',', "."));
            let remedy = format!("write {joined} or {point}, and the other numbers alike");
            return Err(Wrong { reason: "has two meanings", remedy });
        }
        _ => return thousands(&plain),
    };
    match number.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        Ok(_) => wrong("is no finite number", "write a finite one"),
        Err(_) => wrong("is no number", "write one, such as 12.5"),
    }
}

/// With separators between thousands: the last of `.` and `,` is the decimal one where it stands alone.
fn thousands<T>(text: &str) -> Result<T, Wrong> {
    let last = text.rfind(['.', ',']);
    let is_decimal = |at: usize| {
        let sign = &text[at..=at];
        text.matches(sign).count() == 1
            && (text.contains(if sign == "." { ',' } else { '.' })
                || !may_be_thousands(text[..at].trim_start_matches(['-', '+']), &text[at + 1..]))
    };
    let plain: String = match last.filter(|at| is_decimal(*at)) {
        Some(at) => format!("{}.{}", text[..at].replace([',', '.'], ""), &text[at + 1..]),
        None => text.replace([',', '.'], ""),
    };
    let reason = "has thousands separators";
    Err(match plain.parse::<f64>() {
        Ok(_) => Wrong { reason, remedy: format!("write {plain}") },
        Err(_) => Wrong { reason: "is no number", remedy: "write one, such as 12.5".to_owned() },
    })
}

/// With something beside the number: a sign for "about", a percent sign, a currency. Of a unit the column has to be
/// known: see [`with_unit`].
fn decorated(text: &str) -> Wrong {
    if let Some(share) = percent(text) {
        return Wrong { reason: "is a percentage", remedy: format!("write {share}") };
    }
    let core = text.trim_matches(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '+' | '.'));
    let remedy = match core.parse::<f64>() {
        // The number alone would be one of something else.
        Ok(_) if text.contains('/') => {
            "write the number alone, in the unit of the column".to_owned()
        }
        Ok(value) if value.is_finite() => format!("write {core}"),
        _ => "write one, such as 12.5".to_owned(),
    };
    let reason = match text.chars().next() {
        Some('~' | '\u{2248}' | '<' | '>') if remedy.starts_with("write ") => {
            "is not one exact number"
        }
        _ if core.parse::<f64>().is_ok() => "is more than a number",
        _ => "is no number",
    };
    Wrong { reason, remedy }
}

/// The share of a percentage, as it is to be written: `0.406` of `40.6 %`.
fn percent(text: &str) -> Option<String> {
    let digits = text.strip_suffix('%')?.trim_end().replacen(',', ".", 1);
    let is_plain = digits.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'.' | b'-'));
    // Not divided: 0.7 over 100 is 0.006999999999999999.
    let share: f64 = format!("{digits}e-2").parse().ok().filter(|_| is_plain)?;
    Some(share.to_string())
}

/// What is wrong with a number that has its unit beside it, in a column of `unit`, whose numbers are `factor` of
/// that each: nothing where what stands there is no unit.
pub(super) fn with_unit(text: &str, unit: Unit, factor: f64) -> Option<Wrong> {
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (number, given) = (text[..end].trim().replacen(',', ".", 1), text[end..].trim());
    let value: f64 = number.parse().ok()?;
    let of =
        |of: &str, remedy| Some(Wrong { reason: OTHER_QUANTITY, remedy: format!("{remedy}{of}") });
    match (Unit::of(given), quantity_of(given)) {
        (Spelling::One(given), _) => match given.in_units_of(unit) {
            Some(size) => {
                let written = value * size / factor;
                // To what a double shows without what computing adds.
                let written: f64 = format!("{written:.12e}").parse().unwrap_or(written);
                let reason = "is more than a number";
                Some(Wrong { reason, remedy: format!("write {written}") })
            }
            None => of(unit.quantity(), "give a column of "),
        },
        (_, Some("shares")) | (Spelling::Unknown, None) => None,
        (_, Some(_)) => of(unit.quantity(), "give a column of "),
        (Spelling::Several, None) => {
            let reason = "has a unit that may be two";
            Some(Wrong {
                reason,
                remedy: "write the number alone, in the unit of the column".to_owned(),
            })
        }
    }
}

const OTHER_QUANTITY: &str = "has a unit of another quantity";
