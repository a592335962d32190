//! A scenario as an ordered list of keys with their values and origins, read from TOML by key path.

use super::error::{Mistake, Problem, Read};
use super::keys::{self, MAX_ENTRIES, Shape};
use super::mistakes::{Mistakes, Unread};
use super::renamed::{self, Rename};
use super::value::{ByYear, Claim, Scalar, Sourced, Value};
use super::warning::{Line, Warning};
use crate::Currency;
use crate::currency::quotient;
use crate::uncertainty::{AsOf, Provenance};
use std::collections::HashMap;
use toml::de::DeTable;

mod check;
mod depth;
mod near;
mod syntax;
mod table;
mod walk;

pub(super) use check::{check, price};
use walk::{At, Lines, Walk};

/// Keys of which a scenario gives one, each with the same tables before it.
const ALTERNATIVES: &[&[&str]] = &[
    &["efficiency_j_per_th", "machine", "measured"],
    &["network_hashrate_eh_per_s", "difficulty"],
    &["power_mw", "count"],
    &["machine_price_usd_per_th_s", "price_from_list"],
    &["profile", "available"],
];

/// Where a value was given.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Origin {
    /// In a file of that name, on that line.
    File { name: String, line: usize },
    /// By something of that name, such as an option.
    Named(String),
}

impl Origin {
    pub(super) fn line(&self) -> Option<usize> {
        match self {
            Self::File { line, .. } => Some(*line),
            Self::Named(_) => None,
        }
    }
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub key: String,
    pub value: Value,
    pub origin: Origin,
}

impl Entry {
    /// At this key.
    pub(super) fn wrong(&self, problem: Problem) -> Mistake {
        problem.on(self.origin.line(), &self.key)
    }

    /// What its origin is called.
    pub(super) fn by(&self) -> String {
        match &self.origin {
            // Its key stands beside it, and no path of a machine belongs into a result.
            Origin::File { .. } => "the scenario".to_owned(),
            Origin::Named(name) => name.clone(),
        }
    }

    /// The origin of its value.
    pub(super) fn provenance(&self) -> Provenance {
        match &self.value {
            Value::Given(Sourced { claim, .. }) | Value::ByYear(ByYear { claim, .. }) => {
                claim.provenance(self.by())
            }
            _ => Provenance::UserReported { by: self.by() },
        }
    }
}

/// The keys of a scenario in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Document {
    entries: Vec<Entry>,
    places: HashMap<String, usize>,
    /// Entries of each list by its key, such as 2 for `lot`.
    counts: HashMap<String, usize>,
    /// Lines on which tables begin.
    tables: HashMap<String, usize>,
    warnings: Vec<Warning>,
    /// What of the file could not be read.
    mistakes: Mistakes,
    unread: Unread,
}

impl Document {
    /// From TOML; `name` is what its values' origin is called. Mistakes of single keys are kept until
    /// [`Document::mistakes`] asks for them.
    ///
    /// # Errors
    /// A text that is no TOML.
    pub(super) fn parse(text: &str, name: &str) -> Read<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = Lines::of(text);
        depth::check(text, |at| lines.at(at))?;
        let root = DeTable::parse(text).map_err(|error| syntax::explain(text, &error, &lines))?;
        let mut walk = Walk { lines, name, document: Self::default() };
        walk.table(root.get_ref(), &At::default());
        walk.document.mistakes.name_currency(table::local_currency(root.get_ref()));
        Ok(walk.document)
    }

    /// The currency that the keys so far give.
    fn local_currency(&self) -> Option<Currency> {
        let named = self.text("local_currency").and_then(|text| text.parse().ok());
        let of_rate = || quotient(self.text("exchange_rate")?)?.1.parse().ok();
        named.or_else(of_rate)
    }

    /// Keeps what could not be read; `is_table` where keys of its own were lost with it.
    fn misread(&mut self, mistake: Mistake, is_table: bool) {
        self.unread.add(&mistake);
        if is_table && matches!(mistake.problem, Problem::Unknown { .. } | Problem::Kind { .. }) {
            self.unread.add_table();
        }
        self.mistakes.add(mistake);
    }

    /// What of the file could not be read.
    pub(super) fn mistakes(&self) -> &Mistakes {
        &self.mistakes
    }

    /// Whether a mistake may be there only because of what could not be read. Where all could be, or has another
    /// value now, nothing is.
    pub(super) fn explains(&self, mistake: &Mistake) -> bool {
        !self.mistakes.is_empty() && self.unread.explains(mistake)
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(super) fn warn(&mut self, warning: Warning) {
        self.warnings.push(warning);
    }

    pub(super) fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.places.get(key).map(|&place| &self.entries[place])
    }

    /// How many entries a list has.
    pub(super) fn count(&self, list: &str) -> usize {
        self.counts.get(list).copied().unwrap_or(0)
    }

    /// Whether any key of a table is given.
    pub(super) fn has_table(&self, table: &str) -> bool {
        let of = |entry: &Entry| entry.key.strip_prefix(table).is_some_and(|r| r.starts_with('.'));
        self.entries.iter().any(of)
    }

    /// A key's text.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        match &self.get(key)?.value {
            Value::Given(Sourced { value: Scalar::Text(text), .. }) => Some(text),
            _ => None,
        }
    }

    /// A key's number.
    pub(super) fn number(&self, key: &str) -> Option<f64> {
        match &self.get(key)?.value {
            Value::Given(Sourced { value: Scalar::Number(number), .. }) => Some(*number),
            _ => None,
        }
    }

    /// Whether a key is given and true.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.get(key).is_some_and(|entry| entry.value == Value::Flag(true))
    }

    /// A key's number for each month.
    pub(super) fn months(&self, key: &str) -> Option<[f64; 12]> {
        match &self.get(key)?.value {
            Value::Numbers(months) => months.as_slice().try_into().ok(),
            _ => None,
        }
    }

    /// A key's numbers, as many as there are.
    pub(super) fn numbers(&self, key: &str) -> Option<&[f64]> {
        match &self.get(key)?.value {
            Value::Numbers(numbers) => Some(numbers),
            _ => None,
        }
    }

    /// An error at a key, with its line, or that of the table in which it is missing.
    pub(super) fn wrong(&self, key: &str, problem: Problem) -> Mistake {
        let own = self.get(key).and_then(|entry| entry.origin.line());
        let around = || {
            let tables = key.rmatch_indices(['.', '[']).map(|(end, _)| &key[..end]);
            std::iter::once(key).chain(tables).find_map(|table| self.tables.get(table).copied())
        };
        problem.on(own.or_else(around), key)
    }

    /// Gives a key a value.
    pub(super) fn set(&mut self, key: &str, mut value: Value, origin: Origin) -> Read<()> {
        let (mut pattern, mut key) = (pattern_of(key), key.to_owned());
        if !has_its_indices(&key) {
            let nearest = match keys::shape(&pattern) {
                Some(_) => Some(with_first_indices(&pattern)),
                None => keys::nearest(&pattern),
            };
            return Err(Problem::Unknown { nearest }.at(&key));
        }
        match renamed::of(&pattern) {
            Some(Rename::To(new)) => {
                let (line, old) = (Line(None), std::mem::take(&mut key));
                key = renamed_key(&pattern, new, &old);
                new.clone_into(&mut pattern);
                self.warnings.push(Warning::RenamedKey { line, old, new: key.clone() });
            }
            Some(Rename::Superseded(instead)) => {
                let (line, instead) = (Line(None), instead.to_owned());
                self.warnings.push(Warning::SupersededKey { line, old: key, instead });
                return Ok(());
            }
            None => {}
        }
        let Some(shape) = keys::shape(&pattern) else {
            return Err(Problem::Unknown { nearest: keys::nearest(&pattern) }.at(&key));
        };
        modern_value(&pattern, &mut value);
        let local = || self.local_currency();
        check(shape, &value).map_err(|problem| problem.in_currency(local()).at(&key))?;
        self.grow_lists(&key)?;
        self.mistakes.forget(&key);
        self.unread.forget(&key);
        self.drop_alternatives(&key);
        match self.places.get(&key) {
            Some(&place) => self.entries[place] = Entry { key, value, origin },
            None => self.add(Entry { key, value, origin }),
        }
        Ok(())
    }

    /// A list's next entry may be set, and none beyond that.
    fn grow_lists(&mut self, key: &str) -> Read<()> {
        for (open, _) in key.match_indices('[') {
            let digits = key[open + 1..].split(']').next().unwrap_or("");
            let count = self.counts.entry(key[..open].to_owned()).or_default();
            match digits.parse::<usize>() {
                Ok(index) if index < MAX_ENTRIES && index <= *count => {
                    *count = (*count).max(index + 1);
                }
                _ => {
                    let (given, known) = (digits.to_owned(), format!("there are {count}"));
                    return Err(Problem::NoSuch { what: "entry", given, known }.at(key));
                }
            }
        }
        Ok(())
    }

    /// Drops what the file gave in place of a key that something else sets, and says so.
    fn drop_alternatives(&mut self, key: &str) {
        let (table, name) = key.rsplit_once('.').map_or(("", key), |(table, name)| (table, name));
        for other in ALTERNATIVES.iter().filter(|group| group.contains(&name)).copied().flatten() {
            let other =
                if table.is_empty() { (*other).to_owned() } else { format!("{table}.{other}") };
            let of_file = |entry: &Entry| matches!(entry.origin, Origin::File { .. });
            if other != key && self.get(&other).is_some_and(of_file) {
                let (old, new) = (other.clone(), key.to_owned());
                self.warnings.push(Warning::ReplacedKey { old, new });
                self.entries.retain(|entry| entry.key != other);
                let places = self.entries.iter().enumerate();
                self.places = places.map(|(place, entry)| (entry.key.clone(), place)).collect();
            }
        }
    }

    fn add(&mut self, entry: Entry) {
        self.places.insert(entry.key.clone(), self.entries.len());
        self.entries.push(entry);
    }
}

/// A key without its indices.
pub(super) fn pattern_of(key: &str) -> String {
    let mut inside = false;
    let kept = key.chars().filter(|&letter| {
        inside = letter == '[' || (inside && letter != ']');
        !inside && letter != ']'
    });
    kept.collect()
}

/// A key with the first entry of each of its lists: `lot[0].power_mw`.
fn with_first_indices(pattern: &str) -> String {
    let mut so_far = String::new();
    let part = |part: &str| {
        if !so_far.is_empty() {
            so_far.push('.');
        }
        so_far.push_str(part);
        if keys::is_list(&so_far) { format!("{part}[0]") } else { part.to_owned() }
    };
    pattern.split('.').map(part).collect::<Vec<_>>().join(".")
}

/// Whether a key has an index after each list, and none elsewhere.
fn has_its_indices(key: &str) -> bool {
    let mut pattern = String::new();
    key.split('.').all(|part| {
        let (name, index) = match part.split_once('[') {
            Some((name, index)) => (name, index.strip_suffix(']')),
            None => (part, None),
        };
        if !pattern.is_empty() {
            pattern.push('.');
        }
        pattern.push_str(name);
        let counts = |index: &str| index.bytes().all(|digit| digit.is_ascii_digit());
        match keys::is_list(&pattern) {
            true => index.is_some_and(counts),
            false => !part.contains('['),
        }
    })
}

/// The new key of an old one: its indices stay where the table does.
fn renamed_key(old_pattern: &str, new: &str, key: &str) -> String {
    let parent = |pattern: &str| pattern.rsplit_once('.').map(|(parent, _)| parent.to_owned());
    let last = new.rsplit('.').next().unwrap_or(new);
    match (parent(old_pattern) == parent(new), key.rsplit_once('.')) {
        (true, Some((tables, _))) => format!("{tables}.{last}"),
        _ => new.to_owned(),
    }
}

/// This edition's name of a key of the first one.
pub(super) fn modern_key(key: &str) -> Option<String> {
    let pattern = pattern_of(key);
    match renamed::of(&pattern)? {
        Rename::To(new) => Some(renamed_key(&pattern, new, key)),
        Rename::Superseded(_) => None,
    }
}

/// A value that is written as in a file.
pub(super) fn toml_value(shape: &Shape, text: &str) -> Result<Value, Problem> {
    let syntax = |told: &str| Problem::Syntax(format!("is no TOML value: {told}"));
    let text = format!("value = {text}");
    depth::check(&text, |_| 1).map_err(|mistake| mistake.problem)?;
    let root = DeTable::parse(&text).map_err(|error| syntax(error.message()))?;
    match root.get_ref().get("value") {
        Some(value) if root.get_ref().len() == 1 => table::value(shape, value.get_ref()),
        _ => Err(syntax("there is more than one")),
    }
}

/// Puts a value of this edition in place of one of the first; says whether it did.
pub(super) fn modern_value(pattern: &str, value: &mut Value) -> Option<(String, &'static str)> {
    let old = match &*value {
        Value::Flag(flag) => flag.to_string(),
        Value::Given(Sourced { value: Scalar::Text(text), .. }) => text.clone(),
        _ => return None,
    };
    let new = renamed::value_of(pattern, &old)?;
    *value = Value::from(new);
    Some((old, new))
}

/// What a table says of its value's origin: a source with its date, a reason, or neither.
fn claim(
    as_of: Option<String>,
    source: Option<String>,
    assumed: Option<String>,
) -> Result<Claim, Problem> {
    match (as_of, source, assumed) {
        (_, Some(_), Some(_)) => {
            Err(Problem::Half("has a source and is assumed; give one of the two"))
        }
        (Some(as_of), Some(source), None) => {
            let as_of: AsOf = as_of.parse().map_err(|e| Problem::Other(format!("as_of: {e}")))?;
            Ok(Claim::Published { as_of, source })
        }
        (None, None, Some(basis)) => Ok(Claim::Assumed { basis }),
        (None, None, None) => Ok(Claim::None),
        _ => Err(Problem::Half("source and as_of belong together; give both or neither")),
    }
}
