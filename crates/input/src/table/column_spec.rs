//! Columns that are looked for, and how a column of a header is one of them: its name, and the unit that the name
//! states.

use super::error::TableError;
use super::header::Head;
use super::name::{normalised, shown};
use super::unit::{Spelling, Unit, quantity_of};

/// What separates the words of a column's name.
const SEPARATORS: [char; 8] = ['_', ' ', '-', ',', ';', ':', '.', '\t'];
/// The most words of a unit: `J_per_TH`.
const MAX_WORDS: usize = 3;

/// A column that is looked for.
#[derive(Clone, Copy, Debug)]
pub struct ColumnSpec<'a> {
    names: &'a [&'a str],
    unit: Option<&'a str>,
    takes_words: bool,
    is_required: bool,
}

impl<'a> ColumnSpec<'a> {
    /// One that must be there, under one of these names; the first is what it is called in errors.
    pub const fn required(names: &'a [&'a str]) -> Self {
        Self { names, unit: None, takes_words: false, is_required: true }
    }

    /// One that may be there.
    pub const fn optional(names: &'a [&'a str]) -> Self {
        Self { names, unit: None, takes_words: false, is_required: false }
    }

    /// The same with numbers in a unit: others of its kind in the header are converted, whether the name is
    /// matched whole or without its unit.
    #[must_use]
    pub const fn in_unit(mut self, unit: &'a str) -> Self {
        self.unit = Some(unit);
        self
    }

    /// The same, where the brackets behind its name may hold something else than its unit, such as a zone. A
    /// column without a unit of its own takes any brackets then, and whoever reads it must look at
    /// [`annotation`](super::Table::annotation).
    #[must_use]
    pub const fn or_words(mut self) -> Self {
        self.takes_words = true;
        self
    }

    pub(super) fn name(&self) -> &str {
        self.names.first().copied().unwrap_or("-")
    }

    pub(super) fn is_required(&self) -> bool {
        self.is_required
    }

    /// In what unit its numbers are wanted.
    pub(super) fn unit(&self) -> Option<Unit> {
        match self.unit.map(Unit::of) {
            Some(Spelling::One(unit)) => Some(unit),
            _ => None,
        }
    }

    /// How a column of a header is this one: nothing where it is another.
    pub(super) fn fits(&self, head: &Head) -> Option<Fit> {
        let is_named = self.names.iter().any(|name| normalised(name) == head.key);
        let Some(unit) = self.unit() else {
            return self.fits_without_unit(head, is_named);
        };
        if is_named {
            return Some(self.stated(head, unit));
        }
        for name in self.names.iter().map(|name| normalised(name)) {
            // `power_w` is called `power` where the header has the unit beside it.
            let bare = unit.spellings().map(normalised).find_map(|s| {
                name.strip_suffix(&s).filter(|bare| !bare.is_empty()).map(str::to_owned)
            });
            let bases = [Some(name.clone()), bare];
            for base in bases.iter().flatten() {
                if head.brackets.is_some() && head.base == *base {
                    return Some(self.stated(head, unit));
                }
                let tail = head.key.strip_prefix(base.as_str()).filter(|tail| !tail.is_empty());
                if let Some(tail) = tail
                    && unit.spellings().any(|spelling| normalised(spelling) == tail)
                {
                    // With the letters as the header has them: `Power_mW`.
                    let plain: String =
                        head.plain.chars().filter(|c| !matches!(c, '_' | ' ' | '-')).collect();
                    let at = plain.len().saturating_sub(tail.len());
                    return Some(Fit::of(plain.get(at..).unwrap_or(tail), unit));
                }
            }
        }
        None
    }

    /// Of a column without a unit beside its name. The name holds the unit, where there is one: another in
    /// brackets would be lost.
    fn fits_without_unit(&self, head: &Head, is_named: bool) -> Option<Fit> {
        let is_base = || self.names.iter().any(|name| normalised(name) == head.base);
        match &head.brackets {
            _ if is_named => Some(Fit::Factor(1.0)),
            _ if !is_base() => None,
            Some(text) if !self.takes_words && looks_like_a_unit(text) => {
                Some(Fit::Unit(text.clone()))
            }
            _ => Some(Fit::Factor(1.0)),
        }
    }

    /// By the unit that the header's name states, in brackets or as a word; without one, the wanted unit.
    fn stated(&self, head: &Head, unit: Unit) -> Fit {
        let (outside, groups) = parts(&head.plain);
        let mut found: Option<f64> = None;
        let in_brackets = groups.iter().enumerate().filter_map(|(at, text)| {
            let is_behind = head.brackets.is_some() && at + 1 == groups.len();
            match (Unit::of(text), quantity_of(text)) {
                // Words before the end of a name, such as `(L1)`, are no unit.
                (Spelling::Unknown, None) if self.takes_words || !is_behind => None,
                _ => Some(Fit::of(text, unit)),
            }
        });
        for fit in in_brackets.chain(self.in_words(&outside, unit)) {
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

    /// The unit that a word or the end of a word of a name is.
    fn in_words(&self, name: &str, unit: Unit) -> Option<Fit> {
        let words: Vec<&str> = name.split(SEPARATORS).filter(|word| !word.is_empty()).collect();
        // The name of the column that is asked for states its unit in a form of its own: `power_mw` is in MW.
        let own = self.unit.map(normalised);
        let is_own = |text: &str| own.as_deref() == Some(normalised(text).as_str());
        for end in (1..=words.len()).rev() {
            for count in (1..=MAX_WORDS.min(end)).rev() {
                let text = words[end - count..end].join("_");
                if is_own(&text) {
                    return Some(Fit::Factor(1.0));
                }
                // In the middle of a name one letter is hardly a unit, `us` no time, and `min` may be the least.
                let is_behind = end == words.len();
                let is_unclear = !is_behind
                    && (text.chars().count() == 1
                        || Fit::of(&text, unit).is_wrong() && quantity_of(&text).is_none());
                let may_be_least =
                    text.eq_ignore_ascii_case("min") && Fit::of(&text, unit).is_wrong();
                let is_unit = Unit::of(&text) != Spelling::Unknown
                    || quantity_of(&text).is_some_and(|_| is_unit_as_a_word(&text));
                if is_unit && !is_unclear && !may_be_least {
                    return Some(Fit::of(&text, unit));
                }
            }
        }
        words.last().and_then(|word| joined(word)).map(|end| match end {
            Joined::Unit(text) => Fit::of(text, unit),
            Joined::Unclear(text) => Fit::Unclear(text.to_owned()),
        })
    }

    /// What is wrong with the unit of a column of a header, which `fit` is not.
    pub(super) fn wrong_unit(&self, table: &str, head: &Head, fit: &Fit) -> Option<TableError> {
        let choices = self.unit().map(|unit| unit.choices().join(", ")).unwrap_or_default();
        let write = format!("write one of {choices}");
        let (reason, remedy) = match fit {
            Fit::Factor(_) => return None,
            Fit::Unit(given) if self.unit.is_none() => {
                let reason = format!("`{}` is beside a name that states its unit", shown(given));
                (reason, format!("give the values as `{}` says, under this name", self.name()))
            }
            Fit::Unit(given) => match (Unit::of(given), quantity_of(given), self.unit()) {
                (Spelling::Several, ..) => (format!("`{}` may be two units", shown(given)), write),
                (Spelling::Unknown, None, _) | (.., None) => {
                    (format!("`{}` is no unit of this column", shown(given)), write)
                }
                (Spelling::One(_), None, Some(unit)) | (_, Some(_), Some(unit)) => {
                    let given_quantity = match Unit::of(given) {
                        Spelling::One(one) => one.quantity(),
                        _ => quantity_of(given).unwrap_or("something else"),
                    };
                    let quantity = unit.quantity();
                    (
                        format!(
                            "`{}` is a unit of {given_quantity}, and this column is of {quantity}",
                            shown(given)
                        ),
                        format!("give a column of {quantity}, in one of {choices}"),
                    )
                }
            },
            Fit::Several(name) => {
                (format!("`{}` states two units", shown(name)), "state one of them".to_owned())
            }
            Fit::Unclear(end) => {
                let reason = format!("may end in the unit `{}` or in a part of it", shown(end));
                (reason, format!("write the unit in brackets, such as `Power ({end})`"))
            }
        };
        Some(TableError::new(table, reason, remedy).in_column(&head.shown))
    }
}

/// How a column of a header is the wanted one.
pub(super) enum Fit {
    /// Its numbers times this are in the wanted unit.
    Factor(f64),
    /// It would be in a unit that is none of the kind, or could be two.
    Unit(String),
    /// Its name has two units.
    Several(String),
    /// Its name may end in this unit, or in a part of it.
    Unclear(String),
}

impl Fit {
    fn of(given: &str, wanted: Unit) -> Self {
        match Unit::of(given) {
            Spelling::One(unit) => match unit.in_units_of(wanted) {
                Some(factor) => Self::Factor(factor),
                None => Self::Unit(given.to_owned()),
            },
            Spelling::Several | Spelling::Unknown => Self::Unit(given.to_owned()),
        }
    }

    fn is_wrong(&self) -> bool {
        !matches!(self, Self::Factor(_))
    }
}

/// A name without what is in brackets, and that.
fn parts(name: &str) -> (String, Vec<String>) {
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
    // `DD/MM/YYYY` is how dates are written.
    let is_of_dates = text.chars().all(|c| "dmyhsj:/-. ".contains(c.to_ascii_lowercase()));
    Unit::of(text) != Spelling::Unknown
        || quantity_of(text).is_some()
        || text.contains(['/', '%']) && !is_of_dates
}

/// Units that as words of a name are something else as a rule: phases, and a moving average.
fn is_unit_as_a_word(text: &str) -> bool {
    !["a", "v", "c", "f", "k", "ma"].contains(&text.to_ascii_lowercase().as_str())
}

/// A unit that is joined to the word before it.
enum Joined<'w> {
    Unit(&'w str),
    Unclear(&'w str),
}

/// `PowerMW` and `powerkw` end in a unit; `NetworkW` may end in either of two.
fn joined(word: &str) -> Option<Joined<'_>> {
    // `P/kW` is the standard's way of writing it.
    if let Some((_, unit)) = word.rsplit_once('/')
        && (Unit::of(unit) != Spelling::Unknown || quantity_of(unit).is_some())
    {
        return Some(Joined::Unit(unit));
    }
    let lower = word.to_ascii_lowercase();
    const ENDS: [&str; 8] = ["kwh", "mwh", "wh", "kva", "kvar", "kw", "mw", "gw"];
    let end = ENDS.into_iter().find(|end| lower.ends_with(end))?;
    let (stem, text) = word.split_at_checked(word.len() - end.len())?;
    let is_capital = text.starts_with(|c: char| c.is_ascii_uppercase());
    let begins_a_word = is_capital && stem.ends_with(|c: char| c.is_lowercase());
    let is_known = stem.to_lowercase().ends_with("power") || quantity_of(text).is_some();
    Some(if begins_a_word || is_known { Joined::Unit(text) } else { Joined::Unclear(text) })
}
