//! Names as people type them: letter case, blanks and punctuation do not matter, and of what has no such name the
//! nearest are found.

use std::cmp::Ordering;

/// No longer query is the name of anything; letter by letter it would be compared for long.
const LONGEST: usize = 60;
/// Names below this likeness, 0 to 1, are no slip of the keyboard any more.
const MIN_LIKENESS: f64 = 0.6;
/// So many near names are shown at most.
const MAX_NEAR: usize = 5;

/// What a search found, best first.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<'a, T> {
    /// What answers the query.
    pub hits: Vec<&'a T>,
    /// Whether nothing is called so, and these are only called like it.
    pub is_near: bool,
}

/// Those whose names answer a query, best first; those that do so equally well keep their order.
pub(crate) fn search<'a, T>(
    items: impl IntoIterator<Item = &'a T>,
    query: &str,
    names: impl Fn(&T) -> Vec<String>,
) -> Found<'a, T> {
    let query = Query::new(query);
    let items: Vec<(&T, Vec<Name>)> = items
        .into_iter()
        .map(|item| (item, names(item).iter().map(|name| Name::new(name)).collect()))
        .collect();
    let mut exact: Vec<(Rank, &T)> = items
        .iter()
        .filter_map(|(item, names)| {
            Some((names.iter().filter_map(|name| query.rank(name)).min()?, *item))
        })
        .collect();
    if !exact.is_empty() {
        exact.sort_by_key(|(rank, _)| *rank);
        let hits = exact.into_iter().map(|(_, item)| item).collect();
        return Found { hits, is_near: false };
    }
    let best = |names: &[Name]| names.iter().map(|name| query.likeness(name)).max();
    let mut near: Vec<(Likeness, &T)> = items
        .iter()
        .filter_map(|(item, names)| Some((best(names)?, *item)))
        .filter(|(likeness, _)| likeness.part >= MIN_LIKENESS)
        .collect();
    near.sort_by(|(a, _), (b, _)| b.cmp(a));
    near.truncate(MAX_NEAR);
    Found { hits: near.into_iter().map(|(_, item)| item).collect(), is_near: true }
}

/// How well a name answers a query, the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// It is the name, or a row of its words; so many other words stand beside.
    Words(usize),
    /// A word begins with it.
    Begins(usize),
    /// All its words begin words of the name.
    AnyOrder(usize),
    /// It stands within.
    Within,
}

/// How much a name is like a query, of which part of the name.
#[derive(Clone, Copy)]
struct Likeness {
    /// 0 to 1.
    part: f64,
    /// Words of the name that it leaves out: of names that are as much alike, the plainest was meant.
    others: usize,
}

impl Ord for Likeness {
    fn cmp(&self, other: &Self) -> Ordering {
        self.part.total_cmp(&other.part).then(other.others.cmp(&self.others))
    }
}

impl PartialOrd for Likeness {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Likeness {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Likeness {}

struct Name {
    words: Vec<String>,
    /// Words that tell names apart: those in brackets are details, such as `(200T)`.
    plain: usize,
}

impl Name {
    fn new(name: &str) -> Self {
        let (begin, _) = name.split_once('(').unwrap_or((name, ""));
        Self { words: words(name), plain: words(begin).len() }
    }

    /// Each row of words, run together, with the number of plain words that it leaves out.
    fn rows(&self) -> impl Iterator<Item = (String, usize)> + '_ {
        let count = self.words.len();
        (0..count).flat_map(move |from| (from + 1..=count).map(move |to| (from, to))).map(
            |(from, to)| {
                let inside = (from..to).filter(|&at| at < self.plain).count();
                (self.words[from..to].concat(), self.plain - inside)
            },
        )
    }
}

struct Query {
    squashed: String,
    words: Vec<String>,
}

impl Query {
    fn new(query: &str) -> Self {
        let query = if query.chars().nth(LONGEST).is_some() { "" } else { query };
        Self { squashed: squashed(query), words: words(query) }
    }

    fn rank(&self, name: &Name) -> Option<Rank> {
        if self.squashed.is_empty() {
            return None;
        }
        let row = |fits: &dyn Fn(&str) -> bool| {
            name.rows().filter(|(row, _)| fits(row)).map(|(_, others)| others).min()
        };
        if let Some(others) = row(&|row| row == self.squashed) {
            return Some(Rank::Words(others));
        }
        if let Some(others) = row(&|row| row.starts_with(&self.squashed)) {
            return Some(Rank::Begins(others));
        }
        let begins = |word: &String| name.words.iter().any(|of_name| of_name.starts_with(word));
        if self.words.iter().all(begins) {
            return Some(Rank::AnyOrder(name.plain));
        }
        let within = self.squashed.len() > 1 && name.words.concat().contains(&self.squashed);
        within.then_some(Rank::Within)
    }

    /// That of the row of words that is most like it.
    fn likeness(&self, name: &Name) -> Likeness {
        let of = |(row, others): (String, usize)| Likeness {
            part: strsim::normalized_damerau_levenshtein(&row, &self.squashed),
            others,
        };
        name.rows().map(of).max().unwrap_or(Likeness { part: 0.0, others: 0 })
    }
}

/// A name without letter case, blanks and punctuation; a plus tells models apart and stays.
pub(crate) fn squashed(name: &str) -> String {
    words(name).concat()
}

fn words(name: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '+' | '.' | '\'' | '’');
    let words = name.split(|c: char| !is_part(c)).map(|word| {
        let kept = word.chars().filter(|c| c.is_alphanumeric() || *c == '+');
        kept.flat_map(char::to_lowercase).map(without_accent).collect::<String>()
    });
    words.filter(|word| !word.is_empty()).collect()
}

/// Names of countries are listed without accents.
fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 7] = [
        "Antminer S21 Hyd (335T)",
        "Antminer S21 (200T)",
        "Antminer S21+ (216T)",
        "Antminer S21 Pro (234T)",
        "Antminer S19 XP (140T)",
        "Antminer S19 XP+ Hyd (293T)",
        "Côte d'Ivoire",
    ];

    fn found(query: &str) -> (Vec<&'static str>, bool) {
        let found = search(NAMES.iter(), query, |name| vec![(*name).to_owned()]);
        (found.hits.into_iter().copied().collect(), found.is_near)
    }

    #[test]
    fn a_short_name_finds_the_plain_model_before_its_variants() {
        let (hits, is_near) = found("s21");
        assert_eq!(hits[0], "Antminer S21 (200T)");
        assert_eq!(hits[3], "Antminer S21+ (216T)", "{hits:?}");
        assert_eq!((hits.len(), is_near), (4, false));
    }

    #[test]
    fn case_blanks_dashes_and_brackets_do_not_matter() {
        for query in
            ["s19 xp", "S19XP", "s19-xp", "Antminer_S19  XP", "s19 xp (140t)", "S19 XP 140T"]
        {
            assert_eq!(found(query).0[0], "Antminer S19 XP (140T)", "{query}");
        }
        assert_eq!(found("S21+").0, ["Antminer S21+ (216T)"]);
        assert_eq!(found("pro antminer").0, ["Antminer S21 Pro (234T)"]);
        assert_eq!(found("cote divoire"), (vec!["Côte d'Ivoire"], false));
    }

    #[test]
    fn a_slip_finds_near_names_and_says_so() {
        let (hits, is_near) = found("antmner s21 pro");
        assert_eq!((hits[0], is_near), ("Antminer S21 Pro (234T)", true));
        // Of models that are as near, the plain ones come first.
        assert_eq!(found("S20").0[0], "Antminer S21 (200T)");
        assert_eq!(found("qqqqqqqq"), (Vec::new(), true));
        assert!(found("").0.is_empty() && found("--").0.is_empty());
        assert_eq!(found(&"S21".repeat(100_000)), (Vec::new(), true));
    }

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        assert_eq!(squashed("south-korea"), squashed("South Korea"));
        assert_ne!(squashed("S21"), squashed("S21+"));
        assert_eq!(squashed(" - "), "");
    }
}
