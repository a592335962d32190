//! Scenario files to start from, made from the table of keys: every key of a kind of scenario with its
//! description and its default.

mod layout;
#[cfg(test)]
mod tests;

use super::choice::ScenarioKind;
use super::keys::{self, KeyDoc, Shape};
use super::region::RegionData;
use hashwatt_quantities::text::wrapped;
use layout::{GIVEN, SECTIONS, Section, keys_of};
use std::fmt::Write;

/// The column at which comments after keys begin, and the width of lines.
const COMMENT: usize = 40;
const WIDTH: usize = 110;

/// A scenario file of a kind, for editing. Required keys have an assumed value; all other keys are commented
/// out and show their default. With a region, the file names it, and the comments show its shipped values.
///
/// The file can be read, resolved and run without changes.
///
/// ```
/// use hashwatt_econ::scenario::{Scenario, ScenarioKind, region, template};
///
/// let text = template(ScenarioKind::Country, Some(&region("Kazakhstan")?));
/// let scenario = Scenario::from_toml(&text)?;
/// assert_eq!(scenario.resolve()?.region.map(|region| region.to_string()), Some("KAZ".to_owned()));
/// # Ok::<(), hashwatt_econ::scenario::ScenarioError>(())
/// ```
pub fn template(kind: ScenarioKind, region: Option<&RegionData>) -> String {
    let mut text = head(kind, region);
    for section in SECTIONS.iter().filter(|section| section.from <= kind) {
        section_of(&mut text, section, kind, region);
    }
    text
}

fn head(kind: ScenarioKind, region: Option<&RegionData>) -> String {
    let made = match region {
        Some(data) => format!("hashwatt init --kind {kind} --region {}", data.country.iso3),
        None => format!("hashwatt init --kind {kind}"),
    };
    let mut text = "#:schema ./hashwatt-scenario.schema.json\n".to_owned();
    for paragraph in [
        "With the line above, editors that use taplo check this file and complete its keys. Save the schema in the \
         same folder: hashwatt schema scenario > hashwatt-scenario.schema.json",
        "",
        &format!(
            "Written by `{made}`. It runs without changes; replace the values that are `assumed` by your own. Keys \
             that are left out are commented out with `#` and show their default; `?` is a value that only you \
             can know."
        ),
        "",
        "A value can have a range, from its 5 % point (low) to its 95 % point (high), and an origin, which every \
         report prints:",
        "  uptime = 0.95",
        "  uptime = { value = 0.95, low = 0.85, high = 0.98, assumed = \"why\" }",
        "  uptime = { value = 0.95, as_of = \"2026-08-21\", source = \"who published it\" }",
        "",
        "hashwatt estimate --scenario FILE: a steady year. project: development over time. ledger: who gains and who \
         pays. report -o FILE.html: a page with all results.",
    ] {
        comment(&mut text, paragraph);
    }
    if let Some(data) = region {
        comment(&mut text, "");
        comment(&mut text, &about(data));
        for value in &data.values {
            let (key, number, unit) = (&value.key, keys::shown(value.value), &value.unit);
            let line = format!("  {key}: {number} {unit}").trim_end().to_owned();
            comment(&mut text, &format!("{line}, {}", value.provenance));
        }
        for reference in &data.references {
            let (kind, what, point) = (reference.kind, &reference.what, reference.metering_point);
            let price = format!("{} {}/kWh", keys::shown(reference.value), reference.currency);
            let of = format!(
                "  reference, {kind}: {price} at {point}, {what}, {}",
                reference.provenance
            );
            comment(&mut text, &of);
        }
    }
    text
}

/// Describes the region of the file and the conversion of its prices.
fn about(data: &RegionData) -> String {
    let country = &data.country;
    let mut about = format!(
        "{} ({}). The shipped values below are used where their key is left out; reports mark them with the code of \
         the region. ",
        country.name, country.iso3
    );
    about += &match country.currency {
        crate::Currency::USD => "Prices are in US dollars.".to_owned(),
        currency => format!(
            "Prices in {currency} need exchange_rate; without it the region's prices are not used."
        ),
    };
    if let [name, ..] = data.tables[..] {
        let _ = write!(
            about,
            " Tables: supply.merit_order = \"{name}\" instead of [[plant]], scarcity.profile = \"{name}\"."
        );
    }
    about
}

fn section_of(
    text: &mut String,
    section: &Section,
    kind: ScenarioKind,
    region: Option<&RegionData>,
) {
    text.push('\n');
    comment(text, &format!("{}.", section.heading));
    let mut last = "";
    for (table, key) in keys_of(section) {
        let given = given(key, kind, region);
        if table != last {
            header(text, table, kind, table != section.table);
            last = table;
        }
        let Some(shape) = keys::shape(key) else { continue };
        let doc = keys::doc(key, shape);
        // A key of one site or lot has the same meaning as the key for all of them.
        let as_all = ["site", "lot"].into_iter().find_map(|of| {
            let of_all = key.strip_prefix(of)?.strip_prefix('.')?;
            (keys::doc(of_all, keys::shape(of_all)?).text == doc.text).then_some((of, of_all))
        });
        let known = region.and_then(|data| {
            data.values.iter().find(|value| value.key == key).map(|value| (data, value))
        });
        let name = key.rsplit('.').next().unwrap_or(key);
        match (given, known) {
            (Some(value), _) => entry(text, &format!("{name} = {value}"), &explained(&doc, shape)),
            (None, Some((data, value))) => {
                let number = keys::shown(value.value);
                let example = match shape {
                    Shape::Price(_) => format!("\"{number} {}\"", value.unit),
                    _ => number,
                };
                let origin = format!("Value of {}, {}.", data.country.iso3, value.provenance);
                let message = format!("{origin} {}", described(&doc, shape));
                entry(text, &format!("# {name} = {example}"), &message);
            }
            (None, None) => {
                let message = match as_all {
                    Some((of, of_all)) => format!("Like {of_all}, for this {of} only."),
                    None => explained(&doc, shape),
                };
                entry(text, &format!("# {name} = {}", example(&doc, region)), &message);
            }
        }
    }
}

/// The value that a file of this kind gives for a key, unless the region has one.
fn given(key: &str, kind: ScenarioKind, region: Option<&RegionData>) -> Option<String> {
    match (key, region) {
        ("title", None) => return Some(format!("\"{}\"", title(kind))),
        ("title", Some(data)) => {
            return Some(format!("\"{} in {}\"", title(kind), data.country.name));
        }
        ("region", Some(data)) => return Some(format!("\"{}\"", data.country.iso3)),
        _ => {}
    }
    if region.is_some_and(|data| data.values.iter().any(|value| value.key == key)) {
        return None;
    }
    let found = GIVEN.iter().find(|given| given.key == key && given.kinds.contains(&kind));
    found.map(|given| given.value.to_owned())
}

fn title(kind: ScenarioKind) -> &'static str {
    match kind {
        ScenarioKind::Home => "A machine at home",
        ScenarioKind::Site => "A mining site",
        ScenarioKind::Country => "500 MW for mining",
    }
}

/// The example of a key, in the currency of the region if it includes a currency.
fn example(doc: &KeyDoc, region: Option<&RegionData>) -> String {
    match (doc.key.as_str(), region) {
        ("exchange_rate" | "site.exchange_rate", Some(data)) => {
            format!("\"? {}/USD\"", data.country.currency)
        }
        ("local_currency", Some(data)) => format!("\"{}\"", data.country.currency),
        _ => doc.example.clone(),
    }
}

/// Writes the header of a table. A single table may be empty, so that only its keys need to be uncommented; an
/// empty entry of a list would lack its required keys and is commented out.
fn header(text: &mut String, table: &str, kind: ScenarioKind, is_inside: bool) {
    if is_inside {
        text.push('\n');
    }
    let of_site = table == "site" || table.starts_with("site.");
    let has_given = || {
        GIVEN.iter().any(|given| {
            given.kinds.contains(&kind)
                && given.key.rsplit_once('.').is_some_and(|(of, _)| of == table)
        })
    };
    let _ = match (keys::is_list(table), of_site) {
        (true, _) if has_given() => writeln!(text, "[[{table}]]"),
        (true, _) => writeln!(text, "# [[{table}]]"),
        (false, true) => writeln!(text, "# [{table}]"),
        (false, false) => writeln!(text, "[{table}]"),
    };
}

/// The description of a key with its possible values.
fn described(doc: &KeyDoc, shape: &Shape) -> String {
    let range = doc.possible.map(|(least, most)| {
        let (least, most) = (keys::shown(least), keys::shown(most));
        format!("{least} to {most}")
    });
    let holds = match (shape, range) {
        (Shape::Number(_) | Shape::Plain { .. }, Some(range)) => format!("{range} {}", doc.unit),
        (Shape::Months { .. } | Shape::DayHours | Shape::ByYear, Some(range)) => range,
        (Shape::Choice(names), _) => format!("One of {}", names.join(", ")),
        _ => return format!("{}.", doc.text),
    };
    format!("{}. {}.", holds.trim_end(), doc.text)
}

/// Like [`described`], with the default.
fn explained(doc: &KeyDoc, shape: &Shape) -> String {
    format!("{} {}", described(doc, shape), doc.without).trim_end().to_owned()
}

/// Writes a comment on lines of its own.
fn comment(text: &mut String, paragraph: &str) {
    let indent = paragraph.len() - paragraph.trim_start().len();
    let begin = format!("# {}", " ".repeat(indent));
    for (at, line) in wrapped(paragraph, WIDTH - begin.len(), "", 0).iter().enumerate() {
        let more = if at == 0 || indent == 0 { "" } else { "  " };
        let _ = writeln!(text, "{}", format!("{begin}{more}{line}").trim_end());
    }
}

/// Writes a key with its comment after it, or below it if there is no room.
fn entry(text: &mut String, line: &str, comment: &str) {
    let lines = wrapped(comment, WIDTH - COMMENT - 2, "", 0);
    let mut lines = lines.iter().map(|line| format!("# {line}"));
    let (length, blank) = (line.chars().count(), " ".repeat(COMMENT));
    if length < COMMENT {
        let first = lines.next().unwrap_or_default();
        let _ = writeln!(text, "{}", format!("{line:<COMMENT$}{first}").trim_end());
    } else {
        let _ = writeln!(text, "{line}");
    }
    for line in lines {
        let _ = writeln!(text, "{blank}{line}");
    }
}
