//! Converts TOML tables to a list of keys; old names are replaced by the current ones.

use super::{Document, Entry, Origin, check, current_value, renamed_key, table};
use crate::scenario::error::{Problem, Read};
use crate::scenario::keys::{self, MAX_ENTRIES, Shape};
use crate::scenario::renamed::{self, Rename};
use crate::scenario::warning::{Line, Warning};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The positions of line ends.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    /// The line of a byte, counted from 1.
    pub(super) fn at(&self, byte: usize) -> usize {
        self.0.partition_point(|&end| end < byte) + 1
    }
}

/// The table being read: its name as written, its current name without indices, and its current name with them.
#[derive(Clone, Default)]
pub(super) struct TablePath {
    written: String,
    pattern: String,
    key: String,
}

fn join(table: &str, name: &str) -> String {
    if table.is_empty() { name.to_owned() } else { format!("{table}.{name}") }
}

pub(super) struct TomlReader<'a> {
    pub lines: Lines,
    pub name: &'a str,
    pub document: Document,
}

impl TomlReader<'_> {
    /// Reads all keys of a table in the order of the file; mistakes are recorded in the document.
    pub(super) fn table(&mut self, table: &DeTable, at: &TablePath) {
        let mut keys: Vec<_> = table.iter().collect();
        keys.sort_by_key(|(name, _)| name.span().start);
        for (name, value) in keys {
            let line = self.lines.at(name.span().start);
            let name = name.get_ref().as_ref();
            let inside = TablePath {
                written: join(&at.written, name),
                pattern: join(&at.pattern, name),
                key: join(&at.key, name),
            };
            if let Err(mistake) = self.named(value, inside, line) {
                let is_table = matches!(value.get_ref(), DeValue::Table(_) | DeValue::Array(_));
                self.document.record_unread(mistake, is_table);
            }
        }
    }

    fn named(&mut self, value: &Spanned<DeValue>, mut at: TablePath, line: usize) -> Read<()> {
        match renamed::lookup(&at.pattern) {
            Some(Rename::To(new)) => {
                at.key = renamed_key(&at.pattern, new, &at.key);
                new.clone_into(&mut at.pattern);
                self.renamed(line, at.written.clone(), new.to_owned());
            }
            Some(Rename::Superseded(instead)) => {
                let (old, instead) = (at.written, instead.to_owned());
                let warning = Warning::SupersededKey { line: Line(Some(line)), old, instead };
                self.document.warnings.push(warning);
                return Ok(());
            }
            None => {}
        }
        if let Some(shape) = keys::shape(&at.pattern) {
            return self.leaf(shape, value, &at, line);
        }
        let wrong = |problem: Problem| problem.on(Some(line), &at.key);
        let kind =
            |wanted: String| Problem::WrongKind { given: table::describe(value.get_ref()), wanted };
        let list = || kind(format!("tables, each begun by [[{}]]", at.pattern));
        if keys::is_list(&at.pattern) {
            let entries = value.get_ref().as_array().ok_or_else(|| wrong(list()))?;
            if entries.len() > MAX_ENTRIES {
                let (given, most) = (entries.len(), MAX_ENTRIES);
                return Err(wrong(Problem::TooMany { given, most }));
            }
            self.document.counts.insert(at.key.clone(), entries.len());
            self.document.tables.insert(at.key.clone(), line);
            for (index, entry) in entries.iter().enumerate() {
                let table = entry.get_ref().as_table();
                let table = table.ok_or_else(|| wrong(list()))?;
                let at = TablePath { key: format!("{}[{index}]", at.key), ..at.clone() };
                let line = self.lines.at(entry.span().start);
                self.document.tables.insert(at.key.clone(), line);
                self.table(table, &at);
            }
            return Ok(());
        }
        if keys::is_table(&at.pattern) {
            let table = value
                .get_ref()
                .as_table()
                .ok_or_else(|| wrong(kind(format!("a table, begun by [{}]", at.pattern))))?;
            self.document.tables.insert(at.key.clone(), line);
            self.table(table, &at);
            return Ok(());
        }
        // The nearest key takes time to find and is not needed for a mistake that is only counted.
        let full = self.document.mistakes.is_full();
        let nearest = if full { None } else { keys::nearest(&at.pattern) };
        Err(wrong(Problem::UnknownKey { nearest }))
    }

    fn leaf(
        &mut self,
        shape: &Shape,
        value: &Spanned<DeValue>,
        at: &TablePath,
        line: usize,
    ) -> Read<()> {
        let wrong = |problem: Problem| problem.on(Some(line), &at.key);
        let mut value = table::value(shape, value.get_ref()).map_err(wrong)?;
        if let Some((old, new)) = current_value(&at.pattern, &mut value) {
            let (old, new) = (format!("{} = {old}", at.written), format!("{} = {new}", at.pattern));
            self.renamed(line, old, new);
        }
        check(shape, &value).map_err(wrong)?;
        if let Some(first) = self.document.get(&at.key) {
            // The discount rate of the project replaces the former one of the operator.
            if at.written.ends_with("operator.discount_per_year") {
                let instead = format!("{} applies", at.key);
                let (line, old) = (Line(Some(line)), at.written.clone());
                self.document.warnings.push(Warning::SupersededKey { line, old, instead });
                return Ok(());
            }
            let other = format!("{} on line {}", first.key, first.origin.line().unwrap_or(0));
            return Err(wrong(Problem::Conflict { other }));
        }
        let origin = Origin::File { name: self.name.to_owned(), line };
        self.document.add(Entry { key: at.key.clone(), value, origin });
        Ok(())
    }

    /// Adds a warning, once for each old name.
    fn renamed(&mut self, line: usize, old: String, new: String) {
        let known = |warning: &Warning| matches!(warning, Warning::RenamedKey { old: known, .. } if *known == old);
        if !self.document.warnings.iter().any(known) {
            let line = Line(Some(line));
            self.document.warnings.push(Warning::RenamedKey { line, old, new });
        }
    }
}
