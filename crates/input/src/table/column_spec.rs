//! Specifications of wanted columns, and how a column of a header matches one: by its name, and by the unit that the
//! name states.

use super::error::TableError;
use super::header::HeaderCell;
use super::name::{normalised, shown};
use super::unit::{Unit, UnitMatch, unwanted_quantity};

/// Characters that separate the words of a column's name.
const SEPARATORS: [char; 8] = ['_', ' ', '-', ',', ';', ':', '.', '\t'];
/// The greatest number of words in a unit: `J_per_TH`.
const MAX_UNIT_WORDS: usize = 3;

/// The specification of a wanted column.
#[derive(Clone, Copy, Debug)]
pub struct ColumnSpec<'a> {
    names: &'a [&'a str],
    unit: Option<&'a str>,
    allows_annotation: bool,
    is_required: bool,
}

impl<'a> ColumnSpec<'a> {
    /// A required column with one of these names. Errors show the first name.
    pub const fn required(names: &'a [&'a str]) -> Self {
        Self { names, unit: None, allows_annotation: false, is_required: true }
    }

    /// An optional column with one of these names.
    pub const fn optional(names: &'a [&'a str]) -> Self {
        Self { names, unit: None, allows_annotation: false, is_required: false }
    }

    /// Sets the unit of the column's numbers. Other units of the same quantity in the header are converted, whether
    /// the name matches as a whole or without its unit.
    #[must_use]
    pub const fn in_unit(mut self, unit: &'a str) -> Self {
        self.unit = Some(unit);
        self
    }

    /// Allows brackets after the name that hold something other than a unit, such as a time zone. A column without
    /// a unit of its own then accepts any brackets, and the caller must check
    /// [`annotation`](super::Table::annotation).
    #[must_use]
    pub const fn allow_annotation(mut self) -> Self {
        self.allows_annotation = true;
        self
    }

    pub(super) fn name(&self) -> &str {
        self.names.first().copied().unwrap_or("-")
    }

    pub(super) fn is_required(&self) -> bool {
        self.is_required
    }

    /// The unit in which its numbers are wanted.
    pub(super) fn unit(&self) -> Option<Unit> {
        match self.unit.map(Unit::parse) {
            Some(UnitMatch::Unique(unit)) => Some(unit),
            _ => None,
        }
    }

    /// How a column of a header matches; `None` where it is another column.
    pub(super) fn fits(&self, head: &HeaderCell) -> Option<Fit> {
        let is_named = self.names.iter().any(|name| normalised(name) == head.key);
        let Some(unit) = self.unit() else {
            return self.fits_without_unit(head, is_named);
        };
        if is_named {
            return Some(self.fit_by_stated_unit(head, unit));
        }
        for name in self.names.iter().map(|name| normalised(name)) {
            // `power_w` is named `power` where the header states the unit separately.
            let bare = unit.spellings().map(normalised).find_map(|s| {
                name.strip_suffix(&s).filter(|bare| !bare.is_empty()).map(str::to_owned)
            });
            let bases = [Some(name.clone()), bare];
            for base in bases.iter().flatten() {
                if head.brackets.is_some() && head.base == *base {
                    return Some(self.fit_by_stated_unit(head, unit));
                }
                let tail = head.key.strip_prefix(base.as_str()).filter(|tail| !tail.is_empty());
                if let Some(tail) = tail
                    && unit.spellings().any(|spelling| normalised(spelling) == tail)
                {
                    // With the letter case of the header: `Power_mW`.
                    let plain: String =
                        head.plain.chars().filter(|c| !matches!(c, '_' | ' ' | '-')).collect();
                    let at = plain.len().saturating_sub(tail.len());
                    return Some(Fit::from_unit(plain.get(at..).unwrap_or(tail), unit));
                }
            }
        }
        None
    }

    /// The match of a column without a specified unit. Its name contains the unit, if there is one, so that another
    /// unit in brackets would be ignored.
    fn fits_without_unit(&self, head: &HeaderCell, is_named: bool) -> Option<Fit> {
        let is_base = || self.names.iter().any(|name| normalised(name) == head.base);
        match &head.brackets {
            _ if is_named => Some(Fit::Factor(1.0)),
            _ if !is_base() => None,
            Some(text) if !self.allows_annotation && looks_like_a_unit(text) => {
                Some(Fit::Unit(text.clone()))
            }
            _ => Some(Fit::Factor(1.0)),
        }
    }

    /// The match by the unit that the header states, in brackets or as a word; without one, the wanted unit.
    fn fit_by_stated_unit(&self, head: &HeaderCell, unit: Unit) -> Fit {
        let (outside, groups) = without_brackets(&head.plain);
        let mut found: Option<f64> = None;
        let in_brackets = groups.iter().enumerate().filter_map(|(at, text)| {
            let is_behind = head.brackets.is_some() && at + 1 == groups.len();
            match (Unit::parse(text), unwanted_quantity(text)) {
                // Words before the end of a name, such as `(L1)`, are not a unit.
                (UnitMatch::Unknown, None) if self.allows_annotation || !is_behind => None,
                _ => Some(Fit::from_unit(text, unit)),
            }
        });
        for fit in in_brackets.chain(self.fit_by_words(&outside, unit)) {
            match (fit, found) {
                (Fit::Factor(factor), Some(other)) if factor != other => {
                    return Fit::Several(head.plain.clone());
                }
                (Fit::Factor(factor), _) => found = Some(factor),
                (wrong, _) => return wrong,
            }
        }
        Fit::Factor(found.unwrap_or(1.0))
    }

    /// The match by a word, or the end of a word, that is a unit.
    fn fit_by_words(&self, name: &str, unit: Unit) -> Option<Fit> {
        let words: Vec<&str> = name.split(SEPARATORS).filter(|word| !word.is_empty()).collect();
        // The name in the specification states its unit in its own form: `power_mw` is in MW.
        let own = self.unit.map(normalised);
        let is_own = |text: &str| own.as_deref() == Some(normalised(text).as_str());
        for end in (1..=words.len()).rev() {
            for count in (1..=MAX_UNIT_WORDS.min(end)).rev() {
                let text = words[end - count..end].join("_");
                if is_own(&text) {
                    return Some(Fit::Factor(1.0));
                }
                // In the middle of a name, one letter is rarely a unit, `us` is rarely a time, and `min` may mean the
                // minimum.
                let is_behind = end == words.len();
                let is_unclear = !is_behind
                    && (text.chars().count() == 1
                        || Fit::from_unit(&text, unit).is_wrong()
                            && unwanted_quantity(&text).is_none());
                let may_be_minimum =
                    text.eq_ignore_ascii_case("min") && Fit::from_unit(&text, unit).is_wrong();
                let is_unit = Unit::parse(&text) != UnitMatch::Unknown
                    || unwanted_quantity(&text).is_some_and(|_| is_unit_as_a_word(&text));
                if is_unit && !is_unclear && !may_be_minimum {
                    return Some(Fit::from_unit(&text, unit));
                }
            }
        }
        words.last().and_then(|word| joined_unit(word)).map(|end| match end {
            Joined::Unit(text) => Fit::from_unit(text, unit),
            Joined::Unclear(text) => Fit::Unclear(text.to_owned()),
        })
    }

    /// The error for a column whose unit does not match; `None` for one that does.
    pub(super) fn unit_error(
        &self,
        table: &str,
        head: &HeaderCell,
        fit: &Fit,
    ) -> Option<TableError> {
        let choices = self.unit().map(|unit| unit.choices().join(", ")).unwrap_or_default();
        let write = format!("write one of {choices}");
        let (reason, remedy) = match fit {
            Fit::Factor(_) => return None,
            Fit::Unit(given) if self.unit.is_none() => {
                let reason = format!("`{}` conflicts with the unit in the name", shown(given));
                (
                    reason,
                    format!("give the values in the unit of `{}`, under this name", self.name()),
                )
            }
            Fit::Unit(given) => match (Unit::parse(given), unwanted_quantity(given), self.unit()) {
                (UnitMatch::Ambiguous, ..) => {
                    (format!("`{}` is an ambiguous unit", shown(given)), write)
                }
                (UnitMatch::Unknown, None, _) | (.., None) => {
                    (format!("`{}` is not a valid unit of this column", shown(given)), write)
                }
                (UnitMatch::Unique(_), None, Some(unit)) | (_, Some(_), Some(unit)) => {
                    let given_quantity = match Unit::parse(given) {
                        UnitMatch::Unique(one) => one.quantity(),
                        _ => unwanted_quantity(given).unwrap_or("another quantity"),
                    };
                    let quantity = unit.quantity();
                    (
                        format!(
                            "`{}` is a unit of {given_quantity}, but this column is for {quantity}",
                            shown(given)
                        ),
                        format!("give a column of {quantity}, in one of {choices}"),
                    )
                }
            },
            Fit::Several(name) => {
                (format!("`{}` states two units", shown(name)), "state only one of them".to_owned())
            }
            Fit::Unclear(end) => {
                let reason =
                    format!("may end in the unit `{}` or only in a part of it", shown(end));
                (reason, format!("write the unit in brackets, such as `Power ({end})`"))
            }
        };
        Some(TableError::new(table, reason, remedy).in_column(&head.shown))
    }
}

/// How a column of a header matches the wanted one.
pub(super) enum Fit {
    /// It matches; its numbers times this factor are in the wanted unit.
    Factor(f64),
    /// Its unit is of another quantity, unknown or ambiguous.
    Unit(String),
    /// Its name states two units.
    Several(String),
    /// Its name may end in this unit, or only in a part of it.
    Unclear(String),
}

impl Fit {
    fn from_unit(given: &str, wanted: Unit) -> Self {
        match Unit::parse(given) {
            UnitMatch::Unique(unit) => match unit.in_units_of(wanted) {
                Some(factor) => Self::Factor(factor),
                None => Self::Unit(given.to_owned()),
            },
            UnitMatch::Ambiguous | UnitMatch::Unknown => Self::Unit(given.to_owned()),
        }
    }

    fn is_wrong(&self) -> bool {
        !matches!(self, Self::Factor(_))
    }
}

/// A name without its brackets, and the texts inside them.
fn without_brackets(name: &str) -> (String, Vec<String>) {
    let (mut outside, mut groups) = (String::new(), Vec::new());
    let mut rest = name;
    while let Some(at) = rest.find(['(', '[']) {
        let (before, from) = rest.split_at(at);
        let close = if from.starts_with('(') { ')' } else { ']' };
        let Some(end) = from.find(close) else { break };
        outside.push_str(before);
        outside.push(' ');
        groups.push(from.get(1..end).unwrap_or("").trim().to_owned());
        rest = from.get(end + 1..).unwrap_or("");
    }
    outside.push_str(rest);
    (outside, groups)
}

fn looks_like_a_unit(text: &str) -> bool {
    // `DD/MM/YYYY` is a date format.
    let is_of_dates = text.chars().all(|c| "dmyhsj:/-. ".contains(c.to_ascii_lowercase()));
    Unit::parse(text) != UnitMatch::Unknown
        || unwanted_quantity(text).is_some()
        || text.contains(['/', '%']) && !is_of_dates
}

/// Whether a word of a name is probably a unit. Some usually mean something else: phases, and a moving average.
fn is_unit_as_a_word(text: &str) -> bool {
    !["a", "v", "c", "f", "k", "ma"].contains(&text.to_ascii_lowercase().as_str())
}

/// A unit that is joined to the word before it.
enum Joined<'w> {
    Unit(&'w str),
    Unclear(&'w str),
}

/// `PowerMW` and `powerkw` end in a unit; `NetworkW` may end in either of two.
fn joined_unit(word: &str) -> Option<Joined<'_>> {
    // `P/kW` is the notation of the standard.
    if let Some((_, unit)) = word.rsplit_once('/')
        && (Unit::parse(unit) != UnitMatch::Unknown || unwanted_quantity(unit).is_some())
    {
        return Some(Joined::Unit(unit));
    }
    let lower = word.to_ascii_lowercase();
    const ENDS: [&str; 8] = ["kwh", "mwh", "wh", "kva", "kvar", "kw", "mw", "gw"];
    let end = ENDS.into_iter().find(|end| lower.ends_with(end))?;
    let (stem, text) = word.split_at_checked(word.len() - end.len())?;
    let is_capital = text.starts_with(|c: char| c.is_ascii_uppercase());
    let begins_a_word = is_capital && stem.ends_with(|c: char| c.is_lowercase());
    let is_known = stem.to_lowercase().ends_with("power") || unwanted_quantity(text).is_some();
    Some(if begins_a_word || is_known { Joined::Unit(text) } else { Joined::Unclear(text) })
}
