//! What a reader must know of the window before quoting its figure.

use super::figures::{Figures, Missed};
use super::limits::{STALE_AFTER_S, TYPICAL_HASHRATE_RATIO};
use super::sequence::{LeftOut, between};
use crate::units::Hashrate;

/// Every remark on the snapshots; `all` is how many the log has of the machine.
pub(super) fn remarks(
    figures: &[Figures],
    left_out: &LeftOut,
    all: usize,
    mean: Hashrate,
) -> Vec<String> {
    let stale = stale(figures);
    let of_whole = stale.is_some_and(|(first, last)| first == 0 && last + 1 == figures.len());
    let numbered = |holds: &dyn Fn(&Figures) -> bool| Numbered::of(figures, holds);
    let mut remarks = left_out_of(left_out, all);
    remarks.extend(against_expected(figures, mean));
    remarks.extend(boards(figures));
    remarks.extend(chips(figures));
    remarks.extend(numbered(&|f| f.condition.paused).map(|where_| {
        format!("{where_} say that the machine does not mine, and give a hashrate: it may be old")
    }));
    if let Some((first, last)) = stale.and_then(|(a, b)| figures.get(a).zip(figures.get(b))) {
        remarks.push(format!(
            "stale telemetry: hashrate, power and shares are the same from snapshot {} to {}, \
             {:.0} s: the exporter may repeat its last answer",
            first.number,
            last.number,
            between(first, last).as_seconds()
        ));
    }
    if !of_whole {
        remarks.extend(never_moves(figures));
    }
    remarks.extend(doubts(figures));
    if numbered(&|f| !f.unit_stated).is_some() {
        remarks.push("the log gives hashrates without a unit; old pyasic means TH/s".to_owned());
    }
    if numbered(&|f| !f.algorithm_stated).is_some() {
        remarks.push("the log does not say that the machine hashes SHA-256d".to_owned());
    }
    remarks
}

/// Some of a window's snapshots.
struct Numbered {
    count: usize,
    of: usize,
    first: usize,
}

impl Numbered {
    fn of(figures: &[Figures], holds: &dyn Fn(&Figures) -> bool) -> Option<Self> {
        let mut those = figures.iter().filter(|figures| holds(figures));
        let first = those.next()?.number;
        Some(Self { count: 1 + those.count(), of: figures.len(), first })
    }
}

impl std::fmt::Display for Numbered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { count, of, first } = self;
        match count == of {
            true => write!(f, "all {of} snapshots"),
            false => write!(f, "{count} of {of} snapshots (the first is {first})"),
        }
    }
}

fn left_out_of(left_out: &LeftOut, all: usize) -> Vec<String> {
    let LeftOut { missed, repeated } = left_out;
    let mut remarks = Vec::new();
    if let [Missed { number, field, .. }, ..] = missed.as_slice() {
        remarks.push(format!(
            "{} of {all} snapshots lack power or hashrate and are left out (the first is \
             {number}: {field}); between their neighbours both are taken to be straight lines",
            missed.len()
        ));
    }
    if let [first, ..] = repeated.as_slice() {
        remarks.push(format!(
            "{} of {all} snapshots repeat time and figures of the one above (the first is \
             {first}): each record counts once; the telemetry may be stale",
            repeated.len()
        ));
    }
    remarks
}

/// The mean of what the machine is expected to hash, where snapshots say it.
pub(super) fn expected(figures: &[Figures]) -> Option<Hashrate> {
    let all: Vec<Hashrate> = figures.iter().filter_map(|f| f.condition.expected).collect();
    (!all.is_empty()).then(|| all.iter().copied().sum::<Hashrate>() / all.len() as f64)
}

fn against_expected(figures: &[Figures], mean: Hashrate) -> Option<String> {
    let [least, most] = TYPICAL_HASHRATE_RATIO;
    let expected = expected(figures)?;
    let share = |f: &Figures| f.condition.expected.map(|expected| f.hashrate / expected);
    let [low, high] = [
        Numbered::of(figures, &|f| share(f).is_some_and(|share| share < least)),
        Numbered::of(figures, &|f| share(f).is_some_and(|share| share > most)),
    ];
    let of = |where_: Option<Numbered>| where_.map_or(String::new(), |those| format!(" ({those})"));
    let mean_is = format!(
        "{:.3} TH/s is {:.0} % of the {:.3} TH/s that the machine should do",
        mean.as_th_s(),
        100.0 * (mean / expected),
        expected.as_th_s()
    );
    let off = "a board may be off or not counted, or the machine is tuned down";
    let over = "the machine is tuned up, or the expected figure is of another model";
    if mean / expected < least {
        return Some(format!("{mean_is}{}: {off}", of(low)));
    }
    if mean / expected > most {
        return Some(format!("{mean_is}{}: {over}", of(high)));
    }
    let one = |those: Numbered, bound: &str, why: &str| {
        format!("{those} have a hashrate {bound} of what the machine should do: {why}")
    };
    let low = low.map(|those| one(those, &format!("below {:.0} %", 100.0 * least), off));
    low.or_else(|| high.map(|those| one(those, &format!("above {:.0} %", 100.0 * most), over)))
}

fn boards(figures: &[Figures]) -> Option<String> {
    let missing = |f: &Figures| f.condition.boards.filter(|(hashing, expected)| hashing < expected);
    let where_ = Numbered::of(figures, &|f| missing(f).is_some())?;
    let (hashing, expected) = figures.iter().find_map(missing)?;
    Some(format!("{hashing} of {expected} boards hash in {where_}"))
}

fn chips(figures: &[Figures]) -> Option<String> {
    let [least, _] = TYPICAL_HASHRATE_RATIO;
    let few = |f: &Figures| {
        f.condition.chips.filter(|(there, expected)| (*there as f64) < least * *expected as f64)
    };
    let where_ = Numbered::of(figures, &|f| few(f).is_some())?;
    let (there, expected) = figures.iter().find_map(few)?;
    Some(format!("{there} of {expected} chips answer in {where_}"))
}

/// The first and the last place of the longest time without any change, where it is too long for a reading.
fn stale(figures: &[Figures]) -> Option<(usize, usize)> {
    let same = |a: &Figures, b: &Figures| {
        a.power == b.power && a.hashrate == b.hashrate && a.pools == b.pools
    };
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (place, pair) in figures.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        match runs.last_mut() {
            _ if !same(before, after) => {}
            Some((_, end)) if *end == place => *end = place + 1,
            _ => runs.push((place, place + 1)),
        }
    }
    let length = |&(first, last): &(usize, usize)| {
        figures.get(first).zip(figures.get(last)).map_or(0.0, |(a, b)| between(a, b).as_seconds())
    };
    // Two alike may be chance: a power in whole watts and a rate of few digits.
    let long = runs.into_iter().filter(|run| run.1 - run.0 >= 2 && length(run) > STALE_AFTER_S);
    long.max_by(|a, b| length(a).total_cmp(&length(b)))
}

fn never_moves(figures: &[Figures]) -> Vec<String> {
    let mut remarks = Vec::new();
    let [first, rest @ ..] = figures else { return remarks };
    if rest.len() >= 2 && rest.iter().all(|next| next.power == first.power) {
        remarks.push(format!(
            "the power is {} in every snapshot: a set value or a model's, and no reading",
            first.power
        ));
    }
    if rest.len() >= 2 && rest.iter().all(|next| next.hashrate == first.hashrate) {
        remarks.push(format!(
            "the hashrate is {} TH/s in every snapshot: a rating, and no reading",
            first.hashrate.as_th_s()
        ));
    }
    remarks
}

/// Once for each kind of figure, by the first that is unusual.
fn doubts(figures: &[Figures]) -> Vec<String> {
    let mut kinds: Vec<&'static str> = Vec::new();
    let mut remarks = Vec::new();
    for doubt in figures.iter().flat_map(|figures| &figures.doubts) {
        if kinds.contains(&doubt.name) {
            continue;
        }
        kinds.push(doubt.name);
        let of_kind = |f: &Figures| f.doubts.iter().any(|other| other.name == doubt.name);
        if let Some(where_) = Numbered::of(figures, &of_kind) {
            remarks.push(format!("{doubt} (in {where_})"));
        }
    }
    remarks
}
