//! The amount of detail in the text of a document: a summary that fits on a screen, and optional sections.

use super::document::Document;
use super::head::{inputs_table, warnings_table};
use super::table::Table;
use super::text::{paragraph, write};
use hashwatt::econ::view::table::Section;
use std::fmt;

/// The sections of a document that its text shows in addition to the summary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// All inputs with their sources, and all warnings.
    pub inputs: bool,
    /// Tables by calendar year and by month.
    pub months: bool,
    /// Flows between parties, foreign exchange and the national account.
    pub flows: bool,
    /// All sections.
    pub all: bool,
}

/// The optional sections, each with the command-line option that shows it.
const OPTIONS: [(Section, &str); 4] = [
    (Section::Inputs, INPUTS),
    (Section::Months, "--months"),
    (Section::Flows, "--flows"),
    (Section::Rest, "--all"),
];
const INPUTS: &str = "--inputs";
/// Maximum number of warnings in the summary.
const MAX_WARNINGS: usize = 5;

impl Detail {
    /// All sections.
    pub const EVERYTHING: Self = Self { inputs: true, months: true, flows: true, all: true };

    fn shows(self, section: Section) -> bool {
        let is_selected = match section {
            Section::Summary => true,
            Section::Inputs => self.inputs,
            Section::Months => self.months,
            Section::Flows => self.flows,
            Section::Rest => false,
        };
        is_selected || self.all
    }
}

/// The text of a document with the given detail.
pub(crate) struct DetailedText<'a> {
    pub document: &'a Document,
    pub detail: Detail,
}

impl DetailedText<'_> {
    /// A line with the options that show the remaining sections.
    fn remaining_options(&self) -> Option<String> {
        let is_left_out = |section: Section| {
            let is_present = section == Section::Inputs
                || self.document.tables.iter().any(|table| table.section == section);
            is_present && !self.detail.shows(section)
        };
        let mut options: Vec<&str> = OPTIONS
            .into_iter()
            .filter(|(section, _)| is_left_out(*section))
            .map(|(_, option)| option)
            .collect();
        // The option for all sections shows several at once.
        let all = OPTIONS[OPTIONS.len() - 1].1;
        if options.len() > 1 && !options.contains(&all) {
            options.push(all);
        }
        (!options.is_empty()).then(|| format!("More: {}", options.join(", ")))
    }

    /// All warnings if the inputs are shown; otherwise those that restrict how a figure may be quoted.
    fn warnings(&self) -> Option<Table> {
        let head = self.document.head();
        if self.detail.shows(Section::Inputs) {
            return warnings_table(head, None);
        }
        warnings_table(head, Some((MAX_WARNINGS, INPUTS)))
    }
}

impl fmt::Display for DetailedText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { document, detail } = self;
        paragraph(f, &document.introduction(), 0)?;
        let shown = document.tables.iter().filter(|table| detail.shows(table.section));
        let inputs = detail.shows(Section::Inputs).then(|| inputs_table(document.head()));
        for table in shown.chain(&self.warnings()).chain(&inputs) {
            writeln!(f)?;
            write(f, table)?;
        }
        match self.remaining_options() {
            Some(more) => {
                writeln!(f)?;
                paragraph(f, &more, 0)
            }
            None => Ok(()),
        }
    }
}
