//! Parsing of numbers, and the decimal separator of a column.

use super::Table;
use super::error::TableError;
use super::unit::{Unit, UnitMatch, unwanted_quantity};

/// Why a cell is refused, and the remedy.
pub(super) struct CellError {
    pub(super) reason: &'static str,
    pub(super) remedy: String,
}

/// The decimal separator of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum DecimalStyle {
    /// `1.5`, or numbers without a fraction.
    #[default]
    Point,
    /// `1,5`.
    Comma,
    /// Only numbers such as `1,234`: one separator before three digits, which could separate thousands.
    Ambiguous,
}

/// The separators that the cells of a column contain.
#[derive(Clone, Copy, Default)]
struct SeparatorsFound {
    /// A comma that can only be a decimal separator.
    comma: bool,
    /// A comma before three digits, which could separate thousands.
    ambiguous_comma: bool,
    /// Like `comma`, but a point.
    point: bool,
    /// Like `ambiguous_comma`, but a point.
    ambiguous_point: bool,
}

/// The decimal separator of each wanted column. A column whose own cells are ambiguous follows the other columns.
pub(super) fn column_styles(table: &Table<'_>) -> Result<Vec<DecimalStyle>, TableError> {
    let mut found = vec![SeparatorsFound::default(); table.found_columns.len()];
    // In a table that is separated by commas, only a quoted cell can contain one.
    let may_hold_commas = match table.delimiter {
        b',' => table.body.contains('"'),
        _ => table.body.contains(','),
    };
    if may_hold_commas {
        for row in table.rows() {
            // A faulty row is reported when it is read.
            let Ok(row) = row else { break };
            for (column, found) in found.iter_mut().enumerate() {
                if let Some((_, cell)) = row.cell(column) {
                    found.note(cell);
                }
            }
        }
    }
    let has_commas = found.iter().any(|column| column.comma);
    let style = |found: &SeparatorsFound| match *found {
        SeparatorsFound { comma: true, .. } => DecimalStyle::Comma,
        // A thousands separator next to decimal points is reported for its cell.
        SeparatorsFound { point: true, .. } => DecimalStyle::Point,
        SeparatorsFound { ambiguous_comma: true, ambiguous_point: false, .. } if has_commas => {
            DecimalStyle::Comma
        }
        SeparatorsFound { ambiguous_comma: true, .. } => DecimalStyle::Ambiguous,
        SeparatorsFound { ambiguous_point: true, .. } if has_commas => DecimalStyle::Ambiguous,
        _ => DecimalStyle::Point,
    };
    Ok(found.iter().map(style).collect())
}

impl SeparatorsFound {
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
            (true, true) => self.ambiguous_comma = true,
            (false, false) => self.point = true,
            (false, true) => self.ambiguous_point = true,
        }
    }
}

/// Whether a separator could separate thousands: three digits after one to three that do not begin with 0.
fn may_be_thousands(whole: &str, fraction: &str) -> bool {
    fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0')
}

/// Whether a text is a usual marker of a missing number.
pub(super) fn is_missing_marker(text: &str) -> bool {
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

const NUMBER_REMEDY: &str = "write a number, such as 12.5";

/// The number of a cell.
pub(super) fn parse(text: &str, style: DecimalStyle) -> Result<f64, CellError> {
    let error = |reason, remedy: &str| Err(CellError { reason, remedy: remedy.to_owned() });
    if text.is_empty() {
        return error("is empty", "write a number");
    }
    if is_missing_marker(text) {
        return error("is not a number", "write a number");
    }
    // The typographic minus sign.
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
        return Err(decorated_number(&plain));
    }
    let number = match (style, commas, points) {
        (_, 0, 0) => plain.clone(),
        (DecimalStyle::Point, 0, 1) => plain.clone(),
        (DecimalStyle::Comma, 1, 0) => plain.replace(',', "."),
        (DecimalStyle::Comma, 0, 1) => {
            let remedy = format!("write {} as the other numbers are", plain.replace('.', ","));
            return Err(CellError {
                reason: "has a decimal point in a column with decimal commas",
                remedy,
            });
        }
        (DecimalStyle::Ambiguous, 1, 0) | (DecimalStyle::Ambiguous, 0, 1) => {
            let (joined, point) = (plain.replace([',', '.'], ""), plain.replace(',', "."));
            let remedy =
                format!("write {joined} or {point}, and the other numbers in the same way");
            return Err(CellError { reason: "is ambiguous", remedy });
        }
        _ => return thousands(&plain),
    };
    match number.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        Ok(_) => error("is not a finite number", "write a finite number"),
        Err(_) => error("is not a number", NUMBER_REMEDY),
    }
}

/// The error for a number with thousands separators. The last of `.` and `,` is the decimal separator if it occurs
/// only once.
fn thousands<T>(text: &str) -> Result<T, CellError> {
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
        Ok(_) => CellError { reason, remedy: format!("write {plain}") },
        Err(_) => CellError { reason: "is not a number", remedy: NUMBER_REMEDY.to_owned() },
    })
}

/// The error for a number with other characters: a sign for "about", a percent sign, a currency. For a unit see
/// [`number_with_unit`], which needs the unit of the column.
fn decorated_number(text: &str) -> CellError {
    if let Some(share) = percent(text) {
        return CellError { reason: "is a percentage", remedy: format!("write {share}") };
    }
    let core = text.trim_matches(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '+' | '.'));
    let remedy = match core.parse::<f64>() {
        // The number alone would be a quantity in another unit.
        Ok(_) if text.contains('/') => {
            "write the number alone, in the unit of the column".to_owned()
        }
        Ok(value) if value.is_finite() => format!("write {core}"),
        _ => NUMBER_REMEDY.to_owned(),
    };
    let reason = match text.chars().next() {
        Some('~' | '\u{2248}' | '<' | '>') if remedy.starts_with("write ") => {
            "is not an exact number"
        }
        _ if core.parse::<f64>().is_ok() => "contains more than a number",
        _ => "is not a number",
    };
    CellError { reason, remedy }
}

/// A percentage as a fraction, as it is to be written: `0.406` for `40.6 %`.
fn percent(text: &str) -> Option<String> {
    let digits = text.strip_suffix('%')?.trim_end().replacen(',', ".", 1);
    let is_plain = digits.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'.' | b'-'));
    // Not divided: 0.7 over 100 is 0.006999999999999999.
    let share: f64 = format!("{digits}e-2").parse().ok().filter(|_| is_plain)?;
    Some(share.to_string())
}

/// The error for a number with a unit in its cell, in a column of `unit` whose numbers are multiplied by `factor`.
/// `None` where the text after the number is not a unit.
pub(super) fn number_with_unit(text: &str, unit: Unit, factor: f64) -> Option<CellError> {
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (number, given) = (text[..end].trim().replacen(',', ".", 1), text[end..].trim());
    let value: f64 = number.parse().ok()?;
    let other_quantity = || {
        let remedy = format!("give a column of {}", unit.quantity());
        Some(CellError { reason: "has a unit of another quantity", remedy })
    };
    match (Unit::parse(given), unwanted_quantity(given)) {
        (UnitMatch::Unique(given), _) => match given.in_units_of(unit) {
            Some(size) => {
                let written = value * size / factor;
                // Rounded, without floating-point noise.
                let written: f64 = format!("{written:.12e}").parse().unwrap_or(written);
                let reason = "contains more than a number";
                Some(CellError { reason, remedy: format!("write {written}") })
            }
            None => other_quantity(),
        },
        (_, Some("shares")) | (UnitMatch::Unknown, None) => None,
        (_, Some(_)) => other_quantity(),
        (UnitMatch::Ambiguous, None) => {
            let reason = "has an ambiguous unit";
            Some(CellError {
                reason,
                remedy: "write the number alone, in the unit of the column".to_owned(),
            })
        }
    }
}
