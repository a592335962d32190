//! The table of headline results that depend on each parameter, and of figures that are missing without it,
//! computed from a scenario.

use hashwatt_econ::params::{Absent, Param, Spread, Table, all_specs};
use hashwatt_econ::result::{Figure, Missing, Outcome};
use hashwatt_econ::scenario::{Resolved, Scenario, price_specs};
use hashwatt_econ::simulate::Paths;
use hashwatt_econ::view::Study;
use hashwatt_econ::view::headline::HeadlineParty;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

/// Smallest relative change of a result that counts.
const MIN_CHANGE: f64 = 0.01;
/// Relative change of a value without a range.
const WITHOUT_RANGE: f64 = 0.1;
/// Parameters from which others are derived when a scenario is resolved; a change of the table does not affect
/// those.
const RESOLVED: [&str; 2] = ["mining_share", "power_mw"];
const BASE: Paths = Paths { count: 0, seed: 1 };

/// A key as in the documentation: without the index of a lot, site, plant, year or month.
fn pattern(key: &str) -> String {
    let outside = |part: &str| part.split_once(']').map_or("", |(_, rest)| rest).to_owned();
    let mut parts = key.split('[');
    let mut bare = parts.next().unwrap_or("").to_owned();
    bare.extend(parts.map(outside));
    // Keys of a lot may be given at the top level, for all lots.
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

/// The scenario with changed rows.
fn with(resolved: &Resolved, change: impl Fn(&Param) -> Param) -> Resolved {
    let mut table = Table::default();
    for row in resolved.table.rows() {
        table.add(change(row));
    }
    Resolved { table, ..resolved.clone() }
}

/// The base outcome; `None` if the values contradict each other, such as lots that exceed their site.
fn base(resolved: Resolved) -> Option<Outcome> {
    Study::new(resolved).ok()?.simulate(BASE, &|_| true).ok()
}

/// The outcomes of the base path and of the steady year.
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
    base_values: [f64; 5],
}

impl Moves {
    /// The results that change when rows are set to other values; `None` if that is impossible.
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
            let value = outcome.base(HeadlineParty::ALL[place].figure()).unwrap();
            let base = self.base_values[place];
            (value - base).abs() > MIN_CHANGE * base.abs()
        };
        Some((0..5).filter(moved).collect())
    }

    /// The results that change over the range of each group of parameters, or by a relative change without a
    /// range.
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

    /// The results that change with another value in the scenario, if that is possible.
    fn resolved_with(&self, key: &str, value: f64) -> Option<BTreeSet<usize>> {
        let mut scenario = self.scenario.clone();
        let resolved = scenario.set(key, value).and_then(|()| scenario.resolve()).ok()?;
        self.moved(resolved)
    }

    /// Figures that are missing if the key is not given.
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
                match HeadlineParty::ALL.iter().position(|party| party.figure() == *figure) {
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

/// The key of a figure without year, month, party or measure.
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

/// The table for the scenario at a path in the repository.
pub fn table(root: &Path, path: &str) -> String {
    let scenario = Scenario::load(root.join(path)).unwrap();
    let resolved = scenario.resolve().unwrap();
    let outcomes = outcomes(&Study::new(resolved.clone()).unwrap());
    let base_values = HeadlineParty::ALL.map(|party| outcomes[0].base(party.figure()).unwrap());
    let (start, years) = (resolved.inputs.start, resolved.inputs.years);
    let moves = Moves { scenario, resolved, outcomes, base_values };
    let mut text = format!("\nScenario `{path}`, {years} years from {start}.\n\n");
    text += "| key | changes these results in the example | figures missing without it |\n|---|---|---|\n";
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
