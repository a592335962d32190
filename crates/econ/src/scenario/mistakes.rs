//! Everything that is wrong with a scenario: one report of all mistakes, in the order of the file.

use super::error::{Mistake, Problem};
use super::keys;
use crate::Currency;
use std::fmt;

/// Everything that is wrong with a scenario: at least one mistake.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioError {
    mistakes: Vec<Mistake>,
    more: usize,
}

impl ScenarioError {
    /// No more mistakes are told; the rest is counted.
    pub const MOST: usize = 20;

    /// The mistakes, by line, at most [`ScenarioError::MOST`].
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }

    /// How many mistakes there are beyond those.
    pub fn more(&self) -> usize {
        self.more
    }
}

impl From<Mistake> for ScenarioError {
    fn from(mistake: Mistake) -> Self {
        Self { mistakes: vec![mistake], more: 0 }
    }
}

impl std::error::Error for ScenarioError {}

impl fmt::Display for ScenarioError {
    /// A line for each mistake.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, mistake) in self.mistakes.iter().enumerate() {
            let end = if place == 0 { "" } else { "\n" };
            write!(f, "{end}{mistake}")?;
        }
        match self.more {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

/// No more mistakes are kept: a key that is set takes its mistake off, and each is held against all others.
const MAX_KEPT: usize = 1_000;

/// The mistakes found so far, each once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Mistakes {
    kept: Vec<Mistake>,
    more: usize,
}

impl Mistakes {
    pub(super) fn is_empty(&self) -> bool {
        self.kept.is_empty() && self.more == 0
    }

    /// Whether one more would not be told.
    pub(super) fn is_full(&self) -> bool {
        self.kept.len() >= ScenarioError::MOST
    }

    pub(super) fn add(&mut self, mistake: Mistake) {
        // One rate serves all prices of its currency.
        let same = |known: &Mistake| match (&known.problem, &mistake.problem) {
            (Problem::NoRate { currency: known }, Problem::NoRate { currency }) => {
                known == currency
            }
            (Problem::NoPlace { .. }, Problem::NoPlace { .. }) => known.place == mistake.place,
            _ => *known == mistake,
        };
        if self.kept.iter().any(same) {
            return;
        }
        match self.kept.len() < MAX_KEPT {
            true => self.kept.push(mistake),
            false => self.more += 1,
        }
    }

    /// Tells remedies in the scenario's local currency where they need one.
    pub(super) fn name_currency(&mut self, local: Option<Currency>) {
        for mistake in &mut self.kept {
            mistake.problem = mistake.problem.clone().in_currency(local);
        }
    }

    /// Takes those of a key off, which has another value now.
    pub(super) fn forget(&mut self, key: &str) {
        self.kept.retain(|mistake| mistake.place.key != key);
    }

    /// Nothing, or all of them by line; those without a line are last.
    ///
    /// # Errors
    /// Where there is any.
    pub(super) fn none(mut self) -> Result<(), ScenarioError> {
        if self.is_empty() {
            return Ok(());
        }
        self.kept.sort_by_key(|mistake| mistake.place.line.unwrap_or(usize::MAX));
        let more = self.more + self.kept.len().saturating_sub(ScenarioError::MOST);
        self.kept.truncate(ScenarioError::MOST);
        Err(ScenarioError { mistakes: self.kept, more })
    }
}

/// The keys of a file that could not be read, by which others may seem to be wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Unread {
    /// The last parts of the keys, and of those that were probably meant.
    names: Vec<String>,
    /// Whether a whole table could not be read.
    table: bool,
}

fn last(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}

impl Unread {
    pub(super) fn add(&mut self, mistake: &Mistake) {
        self.names.push(last(&mistake.place.key).to_owned());
        if let Problem::Unknown { nearest: Some(nearest) } = &mistake.problem {
            self.table |= keys::is_table(nearest);
            self.names.push(last(nearest).to_owned());
        }
    }

    pub(super) fn add_table(&mut self) {
        self.table = true;
    }

    pub(super) fn forget(&mut self, key: &str) {
        self.names.retain(|name| name != last(key));
    }

    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|unread| unread == name)
    }

    /// Whether a mistake may be there only because of a key that could not be read.
    pub(super) fn explains(&self, mistake: &Mistake) -> bool {
        if self.names.is_empty() && !self.table {
            return false;
        }
        let name = last(&mistake.place.key);
        self.has(name)
            || match &mistake.problem {
                Problem::Missing { .. } => {
                    // What stands in place of a power.
                    self.table
                        || (name == "power_mw" && (self.has("count") || self.has("mining_share")))
                }
                Problem::NoRate { .. } | Problem::ThirdCurrency { .. } => {
                    self.has("exchange_rate") || self.has("local_currency")
                }
                Problem::NoSuch { .. } => self.table || self.has("name"),
                Problem::Conflict { .. } | Problem::Implausible(_) | Problem::Twice(_) => false,
                // The others are of several values together, or of files, which nobody may have asked for.
                _ => true,
            }
    }
}
