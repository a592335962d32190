//! What each parameter moves of the headline results, and what is not shown without it: computed from a scenario.

use hashwatt_econ::params::{Absent, Param, Spread, Table, all_specs};
use hashwatt_econ::result::{Figure, Missing, Outcome};
use hashwatt_econ::scenario::{Resolved, Scenario, price_specs};
use hashwatt_econ::simulate::Paths;
use hashwatt_econ::view::Study;
use hashwatt_econ::view::headline::HeadlineParty;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

/// A result that moves by less is not moved, over what it is.
const LEAST: f64 = 0.01;
/// How far a value without a range is moved, over what it is.
const WITHOUT_RANGE: f64 = 0.1;
/// Parameters from which others are made when a scenario is resolved: a change of the table does not reach those.
const RESOLVED: [&str; 2] = ["mining_share", "power_mw"];
const BASE: Paths = Paths { count: 0, seed: 1 };

/// A key of the table as the documentation has it: without the lot, site, plant, year or month that it is of.
fn pattern(key: &str) -> String {
    let outside = |part: &str| part.split_once(']').map_or("", |(_, rest)| rest).to_owned();
    let mut parts = key.split('[');
    let mut bare = parts.next().unwrap_or("").to_owned();
    bare.extend(parts.map(outside));
    // A lot's own keys may stand at the top, for all lots.
    if matches!(&*bare, "efficiency_j_per_th" | "machine_price_usd_per_th_s") {
        return format!("lot.{bare}");
    }
    let mut names = bare.split('.');
    match (names.next(), names.next(), names.next()) {
        (Some("plant"), Some(_), Some(last)) => format!("plant.{last}"),
        (Some("site"), Some(_), _) => bare["site.".len()..].to_owned(),
        _ => bare,
    }
}

/// The scenario with each row changed.
fn with(resolved: &Resolved, change: impl Fn(&Param) -> Param) -> Resolved {
    let mut table = Table::default();
    for row in resolved.table.rows() {
        table.add(change(row));
    }
    Resolved { table, ..resolved.clone() }
}

/// The base; `None` where the values cannot be together, such as lots beyond their site.
fn base(resolved: Resolved) -> Option<Outcome> {
    Study::new(resolved).ok()?.simulate(BASE, &|_| true).ok()
}

/// Over its years, and of the steady year.
fn outcomes(study: &Study) -> [Outcome; 2] {
    [study.simulate(BASE, &|_| true).unwrap(), study.estimate().unwrap()]
}

fn names(found: &BTreeSet<usize>) -> String {
    match found.len() {
        0 => "none".to_owned(),
        5 => "all five".to_owned(),
        _ => {
            let names: Vec<String> =
                found.iter().map(|&place| HeadlineParty::ALL[place].to_string()).collect();
            names.join(", ")
        }
    }
}

struct Moves {
    scenario: Scenario,
    resolved: Resolved,
    outcomes: [Outcome; 2],
    taken: [f64; 5],
}

impl Moves {
    /// Which of the five results move when rows go to an end; `None` where they cannot.
    fn at(&self, of: impl Fn(&Param) -> Option<f64>) -> Option<BTreeSet<usize>> {
        let held = |row: &Param| {
            let value = of(row).unwrap_or(row.value);
            let value = value.clamp(*row.possible.start(), *row.possible.end());
            Param { value, spread: Spread::Fixed, ..row.clone() }
        };
        self.moved(with(&self.resolved, held))
    }

    fn moved(&self, resolved: Resolved) -> Option<BTreeSet<usize>> {
        let outcome = base(resolved)?;
        let moved = |&place: &usize| {
            let there = outcome.base(HeadlineParty::ALL[place].figure()).unwrap();
            (there - self.taken[place]).abs() > LEAST * self.taken[place].abs()
        };
        Some((0..5).filter(moved).collect())
    }

    /// Over its range, each group of parameters by itself as it is drawn; else by a part of its value.
    fn of(&self, key: &str) -> String {
        let mine = |row: &Param| pattern(&row.key) == key;
        let rows: Vec<&Param> = self.resolved.table.rows().iter().filter(|row| mine(row)).collect();
        if rows.is_empty() {
            return "not in the scenario".to_owned();
        }
        let table = &self.resolved.table;
        let groups = table.drawn_groups();
        let drawn: Vec<_> =
            groups.iter().filter(|group| mine(table.get(group.params[0]))).collect();
        let mut found = BTreeSet::new();
        for group in &drawn {
            let keys: Vec<&str> = group.params.iter().map(|&id| &*table.get(id).key).collect();
            let within = |row: &Param| row.range().filter(|_| keys.contains(&&*row.key));
            let low = self.at(|row| within(row).map(|range| range.0));
            let high = self.at(|row| within(row).map(|range| range.1));
            found.extend([low, high].into_iter().flatten().flatten());
        }
        if !drawn.is_empty() {
            return names(&found);
        }
        if rows.iter().all(|row| row.value == 0.0) {
            return "not stated".to_owned();
        }
        let ends =
            [1.0 - WITHOUT_RANGE, 1.0 + WITHOUT_RANGE].map(|part| match RESOLVED.contains(&key) {
                true => self.resolved_with(key, rows[0].value * part),
                false => self.at(|row| mine(row).then_some(row.value * part)),
            });
        if ends.iter().all(Option::is_none) {
            return "not alone".to_owned();
        }
        found.extend(ends.into_iter().flatten().flatten());
        format!("{} (10 %)", names(&found))
    }

    /// Which results move with another value in the scenario, where it can have it.
    fn resolved_with(&self, key: &str, value: f64) -> Option<BTreeSet<usize>> {
        let mut scenario = self.scenario.clone();
        let resolved = scenario.set(key, value).and_then(|()| scenario.resolve()).ok()?;
        self.moved(resolved)
    }

    /// Results that are not shown where nobody gives it.
    fn needed(&self, key: &str) -> String {
        let missing = |row: &Param| {
            let missing = row.missing || pattern(&row.key) == key;
            Param { missing, ..row.clone() }
        };
        let study = Study::new(with(&self.resolved, missing)).unwrap();
        let without = outcomes(&study);
        let mut rows = BTreeSet::new();
        let mut others = BTreeSet::new();
        for (before, without) in self.outcomes.iter().zip(&without) {
            for (figure, shown) in before.figures() {
                let lacks = |missing: &Missing| missing.keys.iter().any(|of| pattern(of) == key);
                let is_lost = match (shown, without.get(*figure)) {
                    (_, Ok(_)) => false,
                    (Ok(_), Err(_)) => true,
                    (Err(_), Err(missing)) => lacks(&missing),
                };
                if !is_lost {
                    continue;
                }
                match HeadlineParty::ALL.iter().position(|whose| whose.figure() == *figure) {
                    Some(place) => rows.insert(place),
                    None => others.insert(kind(*figure)),
                };
            }
        }
        match (rows.len(), others.len()) {
            (0, 0) => "nothing".to_owned(),
            (0, _) => others.into_iter().collect::<Vec<_>>().join(", "),
            (_, count) => format!("{}, and {count} kinds of other figures", names(&rows)),
        }
    }
}

/// A figure's key without its year, month, party or worth.
fn kind(figure: Figure) -> String {
    let key = figure.key();
    let mut names = key.split('.');
    match (figure, names.next(), names.next()) {
        (Figure::Use(..), Some(first), Some(second)) => format!("`{first}.{second}`"),
        (Figure::Moment(_) | Figure::NationalValueWith(_) | Figure::Externality(..), ..) => {
            format!("`{key}`")
        }
        (_, first, _) => format!("`{}`", first.unwrap_or(&key)),
    }
}

/// The table, from the scenario of that path under the repository's root.
pub fn table(root: &Path, path: &str) -> String {
    let scenario = Scenario::load(root.join(path)).unwrap();
    let resolved = scenario.resolve().unwrap();
    let outcomes = outcomes(&Study::new(resolved.clone()).unwrap());
    let taken = HeadlineParty::ALL.map(|whose| outcomes[0].base(whose.figure()).unwrap());
    let (start, years) = (resolved.inputs.start, resolved.inputs.years);
    let moves = Moves { scenario, resolved, outcomes, taken };
    let mut text = format!("\nScenario `{path}`, {years} years from {start}.\n\n");
    text += "| key | moves in the example | not shown without it |\n|---|---|---|\n";
    let specs = all_specs().into_iter().flat_map(|(_, rows)| rows);
    let specs = specs.map(|spec| (spec.key, spec.absent == Absent::Missing));
    let prices = price_specs().iter().map(|price| (price.key, price.needed));
    for (key, is_needed) in specs.chain(prices) {
        let needed = if is_needed { moves.needed(key) } else { "nothing".to_owned() };
        writeln!(text, "| `{key}` | {} | {needed} |", moves.of(key)).unwrap();
    }
    text.push('\n');
    text
}
