//! All mistakes of a scenario in one error, in the order of the file.

use super::error::{Mistake, Problem};
use super::keys;
use crate::Currency;
use std::fmt;

/// The mistakes of a scenario, at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct ScenarioError {
    mistakes: Vec<Mistake>,
    more: usize,
}

impl ScenarioError {
    /// Most mistakes that are reported; the others are only counted.
    pub const MAX_REPORTED: usize = 20;

    /// The mistakes in order of their lines, at most [`ScenarioError::MAX_REPORTED`].
    pub fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }

    /// Number of further mistakes.
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
    /// Writes one line for each mistake.
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

/// Most mistakes that are stored. More than are reported, because setting a key removes its mistake; bounded,
/// because each new mistake is compared with all others.
const MAX_KEPT: usize = 1_000;

/// The distinct mistakes found so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Mistakes {
    kept: Vec<Mistake>,
    more: usize,
}

impl Mistakes {
    pub(super) fn is_empty(&self) -> bool {
        self.kept.is_empty() && self.more == 0
    }

    /// Whether a further mistake would not be reported.
    pub(super) fn is_full(&self) -> bool {
        self.kept.len() >= ScenarioError::MAX_REPORTED
    }

    pub(super) fn add(&mut self, mistake: Mistake) {
        // One exchange rate serves all prices in its currency.
        let same = |known: &Mistake| match (&known.problem, &mistake.problem) {
            (
                Problem::MissingExchangeRate { currency: known },
                Problem::MissingExchangeRate { currency },
            ) => known == currency,
            (Problem::NotApplicable { .. }, Problem::NotApplicable { .. }) => {
                known.location == mistake.location
            }
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

    /// Fills in the local currency of the scenario in remedies that need one.
    pub(super) fn set_currency(&mut self, local: Option<Currency>) {
        for mistake in &mut self.kept {
            mistake.problem = mistake.problem.clone().in_currency(local);
        }
    }

    /// Removes the mistakes of a key that has been given another value.
    pub(super) fn remove(&mut self, key: &str) {
        self.kept.retain(|mistake| mistake.location.key != key);
    }

    /// The mistakes as an error, ordered by line; those without a line come last.
    ///
    /// # Errors
    /// There is at least one mistake.
    pub(super) fn into_result(mut self) -> Result<(), ScenarioError> {
        if self.is_empty() {
            return Ok(());
        }
        self.kept.sort_by_key(|mistake| mistake.location.line.unwrap_or(usize::MAX));
        let more = self.more + self.kept.len().saturating_sub(ScenarioError::MAX_REPORTED);
        self.kept.truncate(ScenarioError::MAX_REPORTED);
        Err(ScenarioError { mistakes: self.kept, more })
    }
}

/// Keys of a file that could not be read and may cause follow-up mistakes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct UnreadKeys {
    /// The last parts of the keys and of the keys that were probably meant.
    names: Vec<String>,
    /// Whether a whole table could not be read.
    table: bool,
}

fn last(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}

impl UnreadKeys {
    pub(super) fn add(&mut self, mistake: &Mistake) {
        self.names.push(last(&mistake.location.key).to_owned());
        if let Problem::UnknownKey { nearest: Some(nearest) } = &mistake.problem {
            self.table |= keys::is_table(nearest);
            self.names.push(last(nearest).to_owned());
        }
    }

    pub(super) fn add_table(&mut self) {
        self.table = true;
    }

    pub(super) fn remove(&mut self, key: &str) {
        self.names.retain(|name| name != last(key));
    }

    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|unread| unread == name)
    }

    /// Whether a mistake may be only a consequence of a key that could not be read.
    pub(super) fn explains(&self, mistake: &Mistake) -> bool {
        if self.names.is_empty() && !self.table {
            return false;
        }
        let name = last(&mistake.location.key);
        self.has(name)
            || match &mistake.problem {
                Problem::Missing { .. } => {
                    // `count` and `mining_share` can take the place of a power.
                    self.table
                        || (name == "power_mw" && (self.has("count") || self.has("mining_share")))
                }
                Problem::MissingExchangeRate { .. } | Problem::ThirdCurrency { .. } => {
                    self.has("exchange_rate") || self.has("local_currency")
                }
                Problem::UnknownName { .. } => self.table || self.has("name"),
                Problem::Conflict { .. } | Problem::Implausible(_) | Problem::Duplicate(_) => false,
                // The other mistakes concern several values together, or files that may not have been meant.
                _ => true,
            }
    }
}
