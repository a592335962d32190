//! How much of a document a reader is shown: a screenful, and what is asked for beside it.

use super::document::Document;
use super::head::{inputs_table, warnings_table};
use super::table::Table;
use super::text::{paragraph, write};
use hashwatt::econ::view::table::Section;
use std::fmt;

/// What of a document is shown beside its summary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// Inputs with their sources, and all warnings.
    pub inputs: bool,
    /// Tables by calendar year and by month.
    pub months: bool,
    /// Flows, foreign exchange, the nation's account.
    pub flows: bool,
    /// All of it, and what else there is.
    pub all: bool,
}

/// Sections with the option that shows each.
const OPTIONS: [(Section, &str); 4] = [
    (Section::Inputs, INPUTS),
    (Section::Months, "--months"),
    (Section::Flows, "--flows"),
    (Section::Rest, "--all"),
];
const INPUTS: &str = "--inputs";
/// Warnings of a screenful.
const MAX_WARNINGS: usize = 5;

impl Detail {
    /// The whole document.
    pub const EVERYTHING: Self = Self { inputs: true, months: true, flows: true, all: true };

    fn shows(self, section: Section) -> bool {
        let asked = match section {
            Section::Summary => true,
            Section::Inputs => self.inputs,
            Section::Months => self.months,
            Section::Flows => self.flows,
            Section::Rest => false,
        };
        asked || self.all
    }
}

/// A document in some detail, as text.
pub(crate) struct InDetail<'a> {
    pub document: &'a Document,
    pub detail: Detail,
}

impl InDetail<'_> {
    /// What is not shown is named by its option.
    fn more(&self) -> Option<String> {
        let is_left_out = |section: Section| {
            let is_there = section == Section::Inputs
                || self.document.tables.iter().any(|table| table.section == section);
            is_there && !self.detail.shows(section)
        };
        let mut options: Vec<&str> = OPTIONS
            .into_iter()
            .filter(|(section, _)| is_left_out(*section))
            .map(|(_, option)| option)
            .collect();
        // Several sections are shown at once by the one option for all of them.
        let all = OPTIONS[OPTIONS.len() - 1].1;
        if options.len() > 1 && !options.contains(&all) {
            options.push(all);
        }
        (!options.is_empty()).then(|| format!("More: {}", options.join(", ")))
    }

    /// All warnings with the inputs; otherwise those that change how a figure may be quoted.
    fn warnings(&self) -> Option<Table> {
        let head = self.document.head();
        if self.detail.shows(Section::Inputs) {
            return warnings_table(head, None);
        }
        warnings_table(head, Some((MAX_WARNINGS, INPUTS)))
    }
}

impl fmt::Display for InDetail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { document, detail } = self;
        paragraph(f, &document.words(), 0)?;
        let shown = document.tables.iter().filter(|table| detail.shows(table.section));
        let inputs = detail.shows(Section::Inputs).then(|| inputs_table(document.head()));
        for table in shown.chain(&self.warnings()).chain(&inputs) {
            writeln!(f)?;
            write(f, table)?;
        }
        match self.more() {
            Some(more) => {
                writeln!(f)?;
                paragraph(f, &more, 0)
            }
            None => Ok(()),
        }
    }
}
