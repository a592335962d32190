//! Search by name: letter case, blanks and punctuation do not matter. If no name matches, similar ones are
//! found.

use std::cmp::Ordering;

/// Longest query, characters; no name is longer, and comparing it would take long.
const MAX_QUERY_CHARS: usize = 60;
/// Smallest similarity of a name, 0 to 1, that may be a typing error.
const MIN_SIMILARITY: f64 = 0.6;
/// Most similar names that are returned.
const MAX_SIMILAR: usize = 5;

/// The result of a search, best match first.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<'a, T> {
    /// The items that match the query.
    pub hits: Vec<&'a T>,
    /// Whether no name matches and the hits are only similar.
    pub is_near: bool,
}

/// Finds the items whose names match a query, best match first; equally good matches keep their order.
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
    let best = |names: &[Name]| names.iter().map(|name| query.similarity(name)).max();
    let mut near: Vec<(Similarity, &T)> = items
        .iter()
        .filter_map(|(item, names)| Some((best(names)?, *item)))
        .filter(|(similarity, _)| similarity.value >= MIN_SIMILARITY)
        .collect();
    near.sort_by(|(a, _), (b, _)| b.cmp(a));
    near.truncate(MAX_SIMILAR);
    Found { hits: near.into_iter().map(|(_, item)| item).collect(), is_near: true }
}

/// How well a name matches a query, the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The query is the name or consecutive words of it; the number of remaining words.
    Words(usize),
    /// Consecutive words begin with the query; the number of remaining words.
    Begins(usize),
    /// Each word of the query begins a word of the name.
    AnyOrder(usize),
    /// The name contains the query.
    Contains,
}

/// The similarity of a name and a query.
#[derive(Clone, Copy)]
struct Similarity {
    /// 0 to 1.
    value: f64,
    /// Words of the name that are not compared: of equally similar names, the one with the fewest was meant.
    others: usize,
}

impl Ord for Similarity {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.total_cmp(&other.value).then(other.others.cmp(&self.others))
    }
}

impl PartialOrd for Similarity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Similarity {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Similarity {}

struct Name {
    words: Vec<String>,
    /// Number of words before brackets; words in brackets are details, such as `(200T)`.
    plain: usize,
}

impl Name {
    fn new(name: &str) -> Self {
        let (begin, _) = name.split_once('(').unwrap_or((name, ""));
        Self { words: words(name), plain: words(begin).len() }
    }

    /// All sequences of consecutive words, joined, with the number of other plain words.
    fn sequences(&self) -> impl Iterator<Item = (String, usize)> + '_ {
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
        let query = if query.chars().nth(MAX_QUERY_CHARS).is_some() { "" } else { query };
        Self { squashed: squashed(query), words: words(query) }
    }

    fn rank(&self, name: &Name) -> Option<Rank> {
        if self.squashed.is_empty() {
            return None;
        }
        let row = |fits: &dyn Fn(&str) -> bool| {
            name.sequences().filter(|(row, _)| fits(row)).map(|(_, others)| others).min()
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
        within.then_some(Rank::Contains)
    }

    /// The similarity of the most similar sequence of words.
    fn similarity(&self, name: &Name) -> Similarity {
        let of = |(row, others): (String, usize)| Similarity {
            value: strsim::normalized_damerau_levenshtein(&row, &self.squashed),
            others,
        };
        name.sequences().map(of).max().unwrap_or(Similarity { value: 0.0, others: 0 })
    }
}

/// A name in lower case without blanks and punctuation; a plus sign distinguishes models and is kept.
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

/// Removes accents: the names of countries are listed without them.
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
    fn short_name_finds_plain_model_before_variants() {
        let (hits, is_near) = found("s21");
        assert_eq!(hits[0], "Antminer S21 (200T)");
        assert_eq!(hits[3], "Antminer S21+ (216T)", "{hits:?}");
        assert_eq!((hits.len(), is_near), (4, false));
    }

    #[test]
    fn search_ignores_case_blanks_dashes_and_brackets() {
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
    fn misspelt_name_finds_similar_names() {
        let (hits, is_near) = found("antmner s21 pro");
        assert_eq!((hits[0], is_near), ("Antminer S21 Pro (234T)", true));
        // Of equally similar models, plain ones come first.
        assert_eq!(found("S20").0[0], "Antminer S21 (200T)");
        assert_eq!(found("qqqqqqqq"), (Vec::new(), true));
        assert!(found("").0.is_empty() && found("--").0.is_empty());
        assert_eq!(found(&"S21".repeat(100_000)), (Vec::new(), true));
    }

    #[test]
    fn normalized_names_of_different_spellings_are_equal() {
        assert_eq!(squashed("south-korea"), squashed("South Korea"));
        assert_ne!(squashed("S21"), squashed("S21+"));
        assert_eq!(squashed(" - "), "");
    }
}
