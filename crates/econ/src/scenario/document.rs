//! A scenario as an ordered list of keys with their values and origins, read from TOML.

use super::error::{Mistake, Problem, Read};
use super::keys::{self, MAX_ENTRIES, Shape};
use super::mistakes::{Mistakes, UnreadKeys};
use super::renamed::{self, Rename};
use super::value::{ByYear, Scalar, Sourced, StatedOrigin, Value};
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
use walk::{Lines, TablePath, TomlReader};

/// Groups of keys of which a scenario gives only one, each in the same table.
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
    /// In a file, on a line.
    File { name: String, line: usize },
    /// By an option or a caller, named here.
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
    /// Makes a mistake at this key.
    pub(super) fn mistake(&self, problem: Problem) -> Mistake {
        problem.on(self.origin.line(), &self.key)
    }

    /// The name of its origin.
    pub(super) fn by(&self) -> String {
        match &self.origin {
            // The key is shown next to it; results must not contain paths of the user's computer.
            Origin::File { .. } => "the scenario".to_owned(),
            Origin::Named(name) => name.clone(),
        }
    }

    /// The origin of its value.
    pub(super) fn provenance(&self) -> Provenance {
        match &self.value {
            Value::Given(Sourced { origin, .. }) | Value::ByYear(ByYear { origin, .. }) => {
                origin.provenance(self.by())
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
    /// Number of entries of each list by its key, such as 2 for `lot`.
    counts: HashMap<String, usize>,
    /// Lines on which tables begin.
    tables: HashMap<String, usize>,
    warnings: Vec<Warning>,
    /// Mistakes in keys of the file.
    mistakes: Mistakes,
    unread: UnreadKeys,
}

impl Document {
    /// Parses TOML; `name` is the origin of the values. Mistakes in single keys are collected in
    /// [`Document::mistakes`].
    ///
    /// # Errors
    /// The text is not valid TOML.
    pub(super) fn parse(text: &str, name: &str) -> Read<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = Lines::new(text);
        depth::check(text, |at| lines.at(at))?;
        let root = DeTable::parse(text).map_err(|error| syntax::explain(text, &error, &lines))?;
        let mut walk = TomlReader { lines, name, document: Self::default() };
        walk.table(root.get_ref(), &TablePath::default());
        walk.document.mistakes.set_currency(table::local_currency(root.get_ref()));
        Ok(walk.document)
    }

    /// The local currency according to the keys set so far.
    fn local_currency(&self) -> Option<Currency> {
        let named = self.text("local_currency").and_then(|text| text.parse().ok());
        let of_rate = || quotient(self.text("exchange_rate")?)?.1.parse().ok();
        named.or_else(of_rate)
    }

    /// Records what could not be read; `is_table` if further keys were lost with it.
    fn record_unread(&mut self, mistake: Mistake, is_table: bool) {
        self.unread.add(&mistake);
        if is_table
            && matches!(mistake.problem, Problem::UnknownKey { .. } | Problem::WrongKind { .. })
        {
            self.unread.add_table();
        }
        self.mistakes.add(mistake);
    }

    /// The mistakes in keys of the file.
    pub(super) fn mistakes(&self) -> &Mistakes {
        &self.mistakes
    }

    /// Whether a mistake may be only a consequence of keys that could not be read and have not been set since.
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

    /// Number of entries of a list.
    pub(super) fn count(&self, list: &str) -> usize {
        self.counts.get(list).copied().unwrap_or(0)
    }

    /// Whether at least one key of a table is given.
    pub(super) fn has_table(&self, table: &str) -> bool {
        let of = |entry: &Entry| entry.key.strip_prefix(table).is_some_and(|r| r.starts_with('.'));
        self.entries.iter().any(of)
    }

    /// The text of a key.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        match &self.get(key)?.value {
            Value::Given(Sourced { value: Scalar::Text(text), .. }) => Some(text),
            _ => None,
        }
    }

    /// The number of a key.
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

    /// The numbers of a key, one for each month.
    pub(super) fn months(&self, key: &str) -> Option<[f64; 12]> {
        match &self.get(key)?.value {
            Value::Numbers(months) => months.as_slice().try_into().ok(),
            _ => None,
        }
    }

    /// The list of numbers of a key.
    pub(super) fn numbers(&self, key: &str) -> Option<&[f64]> {
        match &self.get(key)?.value {
            Value::Numbers(numbers) => Some(numbers),
            _ => None,
        }
    }

    /// Makes a mistake at a key with its line, or the line of its table if the key is missing.
    pub(super) fn mistake(&self, key: &str, problem: Problem) -> Mistake {
        let own = self.get(key).and_then(|entry| entry.origin.line());
        let around = || {
            let tables = key.rmatch_indices(['.', '[']).map(|(end, _)| &key[..end]);
            std::iter::once(key).chain(tables).find_map(|table| self.tables.get(table).copied())
        };
        problem.on(own.or_else(around), key)
    }

    /// Sets a key.
    pub(super) fn set(&mut self, key: &str, mut value: Value, origin: Origin) -> Read<()> {
        let (mut pattern, mut key) = (pattern_of(key), key.to_owned());
        if !has_its_indices(&key) {
            let nearest = match keys::shape(&pattern) {
                Some(_) => Some(with_first_indices(&pattern)),
                None => keys::nearest(&pattern),
            };
            return Err(Problem::UnknownKey { nearest }.at(&key));
        }
        match renamed::lookup(&pattern) {
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
            return Err(Problem::UnknownKey { nearest: keys::nearest(&pattern) }.at(&key));
        };
        current_value(&pattern, &mut value);
        let local = || self.local_currency();
        check(shape, &value).map_err(|problem| problem.in_currency(local()).at(&key))?;
        self.grow_lists(&key)?;
        self.mistakes.remove(&key);
        self.unread.remove(&key);
        self.drop_alternatives(&key);
        match self.places.get(&key) {
            Some(&place) => self.entries[place] = Entry { key, value, origin },
            None => self.add(Entry { key, value, origin }),
        }
        Ok(())
    }

    /// Adds the next entry of a list if the key refers to it; entries beyond that are refused.
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
                    return Err(Problem::UnknownName { what: "entry", given, known }.at(key));
                }
            }
        }
        Ok(())
    }

    /// Removes alternatives to a key that the file gives, with a warning.
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

/// A key without indices.
pub(super) fn pattern_of(key: &str) -> String {
    let mut inside = false;
    let kept = key.chars().filter(|&letter| {
        inside = letter == '[' || (inside && letter != ']');
        !inside && letter != ']'
    });
    kept.collect()
}

/// A key with the index of the first entry of each list, such as `lot[0].power_mw`.
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

/// Whether a key has an index after each list and nowhere else.
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

/// The new name of a key; indices are kept if the table is the same.
fn renamed_key(old_pattern: &str, new: &str, key: &str) -> String {
    let parent = |pattern: &str| pattern.rsplit_once('.').map(|(parent, _)| parent.to_owned());
    let last = new.rsplit('.').next().unwrap_or(new);
    match (parent(old_pattern) == parent(new), key.rsplit_once('.')) {
        (true, Some((tables, _))) => format!("{tables}.{last}"),
        _ => new.to_owned(),
    }
}

/// The current name of a key of version 0.1.
pub(super) fn current_name(key: &str) -> Option<String> {
    let pattern = pattern_of(key);
    match renamed::lookup(&pattern)? {
        Rename::To(new) => Some(renamed_key(&pattern, new, key)),
        Rename::Superseded(_) => None,
    }
}

/// Parses a value that is written as in a file.
pub(super) fn toml_value(shape: &Shape, text: &str) -> Result<Value, Problem> {
    let syntax = |message: &str| Problem::Syntax(format!("is not a valid TOML value: {message}"));
    let text = format!("value = {text}");
    depth::check(&text, |_| 1).map_err(|mistake| mistake.problem)?;
    let root = DeTable::parse(&text).map_err(|error| syntax(error.message()))?;
    match root.get_ref().get("value") {
        Some(value) if root.get_ref().len() == 1 => table::value(shape, value.get_ref()),
        _ => Err(syntax("there is more than one")),
    }
}

/// Replaces an old value of a key by the current one; returns both if it did.
pub(super) fn current_value(pattern: &str, value: &mut Value) -> Option<(String, &'static str)> {
    let old = match &*value {
        Value::Flag(flag) => flag.to_string(),
        Value::Given(Sourced { value: Scalar::Text(text), .. }) => text.clone(),
        _ => return None,
    };
    let new = renamed::value_of(pattern, &old)?;
    *value = Value::from(new);
    Some((old, new))
}

/// The stated origin of a value: a source with its date, a reason, or neither.
fn stated_origin(
    as_of: Option<String>,
    source: Option<String>,
    assumed: Option<String>,
) -> Result<StatedOrigin, Problem> {
    match (as_of, source, assumed) {
        (_, Some(_), Some(_)) => {
            Err(Problem::Invalid("has a source and is assumed; give one of the two"))
        }
        (Some(as_of), Some(source), None) => {
            let as_of: AsOf = as_of.parse().map_err(|e| Problem::Other(format!("as_of: {e}")))?;
            Ok(StatedOrigin::Published { as_of, source })
        }
        (None, None, Some(basis)) => Ok(StatedOrigin::Assumed { basis }),
        (None, None, None) => Ok(StatedOrigin::None),
        _ => Err(Problem::Invalid("source and as_of belong together; give both or neither")),
    }
}
