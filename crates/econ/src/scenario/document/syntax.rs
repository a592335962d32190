//! Explanations of TOML syntax errors: the key, what is wrong there, and what to write instead.
//!
//! A TOML parser reports what it expected next, which is seldom what the author meant. This module examines the
//! line again for common typing errors.

use super::near;
use super::walk::Lines;
use crate::currency::quotient;
use crate::params::Per;
use crate::scenario::error::{Mistake, Problem};
use hashwatt_quantities::number;

/// Longest part of a line that is shown, characters.
const MAX_SHOWN_CHARS: usize = 60;

/// Explains a syntax error at its line and key.
pub(super) fn explain(text: &str, error: &toml::de::Error, lines: &Lines) -> Mistake {
    let at = error.span().map_or(text.len(), |span| span.start.min(text.len()));
    let all: Vec<&str> = text.lines().collect();
    // An unclosed quote or bracket is reported at the end of the text; the error is on the last line with text.
    let is_blank = |number: &usize| all.get(number - 1).is_none_or(|line| line.trim().is_empty());
    let last = (1..=lines.at(at)).rev().find(|number| !is_blank(number));
    let number = last.unwrap_or(1);
    let begin = beginning(&all, number);
    let line = all.get(begin - 1).copied().unwrap_or("");
    let (key, message) = if text.trim_start().starts_with('{') {
        (String::new(), "is JSON; write TOML with one key per line: power_mw = 100".to_owned())
    } else if error.message().starts_with("duplicate key") {
        duplicate(&all, number)
    } else {
        let key = key_of(line).map(|key| in_table(&all, begin, key)).unwrap_or_default();
        let message = slip_of_cents(&all, line).or_else(|| slip(line, begin != number));
        let message = message.unwrap_or_else(|| {
            format!(
                "`{}` is not valid TOML: {}",
                short(all.get(number - 1).unwrap_or(&line)),
                error.message()
            )
        });
        (key, message)
    };
    Problem::Syntax(message).on(Some(number), &key)
}

fn short(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(MAX_SHOWN_CHARS).collect()
}

/// The first line of the list that contains a line; otherwise the line itself.
fn beginning(all: &[&str], number: usize) -> usize {
    let own = all.get(number - 1).copied().unwrap_or("");
    if key_of(own).is_some() || own.trim_start().starts_with('[') {
        return number;
    }
    let above = (1..number).rev().find(|above| {
        let line = all.get(above - 1).copied().unwrap_or("");
        key_of(line).is_some() || is_header(line)
    });
    let open = |line: &str| {
        value_of(line).is_some_and(|value| value.starts_with('[') && !value.contains(']'))
    };
    above.filter(|above| open(all.get(above - 1).copied().unwrap_or(""))).unwrap_or(number)
}

fn is_header(line: &str) -> bool {
    line.trim_start().starts_with('[') && key_of(line).is_none()
}

/// The text before the `=`.
fn key_of(line: &str) -> Option<&str> {
    let line = line.trim();
    let (key, _) = line.split_once('=')?;
    (!line.starts_with(['#', '['])).then(|| key.trim())
}

/// The text after the `=`, without a comment.
fn value_of(line: &str) -> Option<&str> {
    let (_, value) = line.trim().split_once('=')?;
    let value = match value.contains(['"', '\'']) {
        true => value,
        false => value.split_once('#').map_or(value, |(value, _)| value),
    };
    Some(value.trim())
}

/// A key with its table, such as `project.start` and `lot[1].machine`.
fn in_table(all: &[&str], number: usize, key: &str) -> String {
    let above = || all.iter().take(number - 1).map(|line| line.trim());
    let Some(header) = above().rfind(|line| is_header(line)) else { return key.to_owned() };
    let name = header.split('#').next().unwrap_or(header).trim();
    let name = name.trim_start_matches('[').trim_end_matches(']').trim();
    match header.starts_with("[[") {
        true => {
            let index =
                above().filter(|line| line.starts_with("[[") && *line == header).count() - 1;
            format!("{name}[{index}].{key}")
        }
        false => format!("{name}.{key}"),
    }
}

/// Explains a key or a table that is given twice.
fn duplicate(all: &[&str], number: usize) -> (String, String) {
    let line = all.get(number - 1).copied().unwrap_or("");
    let first = |same: &dyn Fn(&str) -> bool| {
        all.iter().take(number - 1).rposition(|above| same(above)).map_or(0, |at| at + 1)
    };
    match key_of(line) {
        Some(key) => {
            let before = first(&|above| key_of(above) == Some(key));
            let message = format!("appears twice, first on line {before}; remove one of the two");
            (in_table(all, number, key), message)
        }
        None => {
            let table = line.trim();
            let before = first(&|above| above.trim() == table);
            let message = format!(
                "{} appears twice, first on line {before}; put all its keys under the first one",
                short(table)
            );
            (table.trim_matches(['[', ']', ' ']).to_owned(), message)
        }
    }
}

/// Explains a line with a common typing error.
fn slip(line: &str, in_list: bool) -> Option<String> {
    let line = line.trim();
    let found = |what: &str, remedy: &str| Some(format!("{what}; {remedy}"));
    if let Some(quote) = line.chars().find(|c| "“”„‟‘’‚«»".contains(*c)) {
        return found(&format!("has the typographic quote {quote}"), "write straight quotes, \"");
    }
    if let Some(blank) = line.chars().find(|c| c.is_whitespace() && !matches!(c, ' ' | '\t' | '\r'))
    {
        let code = u32::from(blank);
        return found(&format!("has the whitespace character U+{code:04X}"), "write a plain space");
    }
    if line.contains('\r') {
        return found(
            "has line endings of the old Mac OS",
            "save it with line endings of Unix or Windows",
        );
    }
    if line.starts_with(['[']) && key_of(line).is_none() {
        return match line {
            "[]" | "[[]]" => found("a table without a name", "write its name, such as [project]"),
            _ if !line.ends_with(']') => {
                found("the name of a table is not closed", "write [project]")
            }
            _ => None,
        };
    }
    let (Some(key), Some(value)) = (key_of(line), value_of(line)) else {
        return no_equals(line);
    };
    if key.contains(char::is_whitespace) && !key.starts_with(['"', '\'']) {
        return found(
            "the key contains a space",
            &format!("write {}", key.replace(char::is_whitespace, "_")),
        );
    }
    if in_list || (value.starts_with('[') && !value.ends_with(']')) {
        return found(
            "the list cannot be read",
            "separate the numbers by commas and close the list with ]",
        );
    }
    if value.starts_with('{') || value.ends_with('}') {
        return found("the braces cannot be read", "write { value = 1, low = 0.5, high = 2 }");
    }
    slip_of_value(value)
}

fn no_equals(line: &str) -> Option<String> {
    if ["//", "--", ";", "/*", "%"].iter().any(|mark| line.starts_with(mark)) {
        return Some(format!("`{}` is not a comment; begin comments with #", short(line)));
    }
    let (key, value) = line.split_once(':').or_else(|| line.split_once(char::is_whitespace))?;
    let (key, value) = (key.trim(), value.trim());
    Some(format!("`{}` has no `=`; write {key} = {value}", short(line)))
}

/// Explains what is wrong with the text after the `=`.
fn slip_of_value(value: &str) -> Option<String> {
    let shown = short(value);
    let is = |remedy: &str| Some(format!("is {shown}; {remedy}"));
    if value.is_empty() {
        return Some("has no value; write one after the `=`, or remove the line".to_owned());
    }
    if value.starts_with("\"\"\"") {
        return None;
    }
    if let Some(rest) = value.strip_prefix('=') {
        return Some(format!("has two `=`; write one, before {}", short(rest)));
    }
    if value.starts_with('"') {
        return match value {
            _ if value.matches('"').count() == 1 => is("close the text with \""),
            _ if value.contains('\\') => is("write / instead of \\, or '..' instead of \"..\""),
            _ => is("write one key per line, and # before a comment"),
        };
    }
    if value.ends_with('"') {
        return is("begin the text with \"");
    }
    match value.to_ascii_lowercase().as_str() {
        "yes" | "on" | "true" => return is("write true"),
        "no" | "off" | "false" => return is("write false"),
        "null" | "none" | "nil" | "n/a" | "-" => {
            return is("remove the line if there is no value");
        }
        _ => {}
    }
    if let Some(number) = value.strip_suffix(';') {
        return is(&format!("write {} without `;`", number.trim()));
    }
    if let Some((before, _)) = value.split_once("//") {
        return is(&format!("write {} and # before a comment", before.trim()));
    }
    if value.contains('=') {
        return is("write one key per line");
    }
    slip_of_number(value).or_else(|| slip_of_date(value)).or_else(|| {
        let letters = value.contains(char::is_alphabetic);
        let text = PRICES.into_iter().find_map(|per| near::price(value, per));
        let text = text.unwrap_or_else(|| shown.clone());
        letters.then(|| format!("is {shown}; write a text in quotes, \"{text}\""))
    })
}

const PRICES: [Per; 3] = [Per::Kwh, Per::KwMonth, Per::MwMonth];

/// Explains an unquoted price in cents, in the currency of the scenario.
fn slip_of_cents(all: &[&str], line: &str) -> Option<String> {
    let value = value_of(line)?;
    let problem = PRICES.into_iter().find_map(|per| near::hundredths(value, per))?;
    let text = |key: &str| {
        let line = all.iter().find(|line| key_of(line) == Some(key))?;
        Some(value_of(line)?.trim_matches('"'))
    };
    let named = text("local_currency").and_then(|text| text.parse().ok());
    let of_rate = || quotient(text("exchange_rate")?)?.1.parse().ok();
    Some(problem.in_currency(named.or_else(of_rate)).to_string())
}

fn slip_of_number(value: &str) -> Option<String> {
    let write = |number: &str| Some(format!("is {}; write {number}", short(value)));
    if let Some(percent) = value.strip_suffix('%') {
        let share = number::hundredth(&percent.trim().replacen(',', ".", 1))?;
        return write(&format!("{share} for {}", short(value)));
    }
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (sign, bare) = match value.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", value),
    };
    let groups: Vec<&str> = bare.split([',', ' ', '\'']).collect();
    match groups[..] {
        [whole, part] if bare.contains(',') && digits(whole) && digits(part) => {
            let point = format!("{sign}{whole}.{part} with a decimal point");
            match part.len() {
                3 => write(&format!("{point}, or {sign}{whole}{part} for thousands")),
                _ => write(&point),
            }
        }
        [first, ref rest @ ..]
            if !rest.is_empty()
                && digits(first)
                && rest.iter().all(|g| digits(g) && g.len() == 3) =>
        {
            write(&format!("{sign}{} without thousands separators", groups.concat()))
        }
        _ => {
            let number: f64 = bare.parse().ok()?;
            // Digits are missing on one side of the point, or there is a superfluous leading zero.
            let plain = number.to_string();
            let zero = if bare.contains('.') && !plain.contains('.') { ".0" } else { "" };
            write(&format!("{sign}{plain}{zero}"))
        }
    }
}

fn slip_of_date(value: &str) -> Option<String> {
    let parts: Vec<&str> = value.split(['.', '/', '-']).collect();
    let numbers = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_date = numbers
        && match parts[..] {
            [a, b, c] => [a, b, c].iter().all(|part| (1..=4).contains(&part.len())),
            [year, month] => year.len() == 4 && month.len() == 2,
            _ => false,
        };
    is_date.then(|| {
        format!("is {}; write an existing date as year-month-day, 2026-10-01", short(value))
    })
}
