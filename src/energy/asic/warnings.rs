//! The warnings of a result.

use super::figures::{Figures, Missed};
use super::limits::{STALE_AFTER_S, TYPICAL_HASHRATE_RATIO};
use super::sequence::{LeftOut, between};
use crate::units::Hashrate;

/// All warnings on the snapshots; `all` is the number of snapshots of the machine in the log.
pub(super) fn warnings(
    figures: &[Figures],
    left_out: &LeftOut,
    all: usize,
    mean: Hashrate,
) -> Vec<String> {
    let stale = stale(figures);
    let of_whole = stale.is_some_and(|(first, last)| first == 0 && last + 1 == figures.len());
    let affected_by = |holds: &dyn Fn(&Figures) -> bool| Affected::new(figures, holds);
    let mut warnings = left_out_warnings(left_out, all);
    warnings.extend(hashrate_warning(figures, mean));
    warnings.extend(board_warning(figures));
    warnings.extend(chip_warning(figures));
    warnings.extend(affected_by(&|f| f.condition.paused).map(|affected| {
        format!(
            "{affected} state that the machine does not mine, but give a hashrate: the values may \
             be stale"
        )
    }));
    if let Some((first, last)) = stale.and_then(|(a, b)| figures.get(a).zip(figures.get(b))) {
        warnings.push(format!(
            "stale telemetry: hashrate, power and shares are the same from snapshot {} to {}, \
             {:.0} s: the exporter may repeat its last data",
            first.number,
            last.number,
            between(first, last).as_seconds()
        ));
    }
    if !of_whole {
        warnings.extend(constant_values(figures));
    }
    warnings.extend(plausibility_warnings(figures));
    if affected_by(&|f| !f.unit_stated).is_some() {
        warnings.push(
            "the log gives hashrates without a unit; they are taken as TH/s, as in old versions of \
             pyasic"
                .to_owned(),
        );
    }
    if affected_by(&|f| !f.algorithm_stated).is_some() {
        warnings.push("the log does not state that the machine computes SHA-256d".to_owned());
    }
    warnings
}

/// The snapshots that a warning applies to.
struct Affected {
    count: usize,
    of: usize,
    first: usize,
}

impl Affected {
    fn new(figures: &[Figures], holds: &dyn Fn(&Figures) -> bool) -> Option<Self> {
        let mut those = figures.iter().filter(|figures| holds(figures));
        let first = those.next()?.number;
        Some(Self { count: 1 + those.count(), of: figures.len(), first })
    }
}

impl std::fmt::Display for Affected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { count, of, first } = self;
        match count == of {
            true => write!(f, "all {of} snapshots"),
            false => write!(f, "{count} of {of} snapshots (the first is {first})"),
        }
    }
}

fn left_out_warnings(left_out: &LeftOut, all: usize) -> Vec<String> {
    let LeftOut { missed, repeated } = left_out;
    let mut warnings = Vec::new();
    if let [Missed { number, field, .. }, ..] = missed.as_slice() {
        warnings.push(format!(
            "{} of {all} snapshots lack power or hashrate and are left out (the first is \
             {number}: {field}); power and hashrate are interpolated linearly there",
            missed.len()
        ));
    }
    if let [first, ..] = repeated.as_slice() {
        warnings.push(format!(
            "{} of {all} snapshots repeat the time and values of the previous one (the first is \
             {first}): each record counts once; the telemetry may be stale",
            repeated.len()
        ));
    }
    warnings
}

/// The mean expected hashrate of the snapshots that give one.
pub(super) fn expected(figures: &[Figures]) -> Option<Hashrate> {
    let all: Vec<Hashrate> = figures.iter().filter_map(|f| f.condition.expected).collect();
    (!all.is_empty()).then(|| all.iter().copied().sum::<Hashrate>() / all.len() as f64)
}

fn hashrate_warning(figures: &[Figures], mean: Hashrate) -> Option<String> {
    let [min, max] = TYPICAL_HASHRATE_RATIO;
    let expected = expected(figures)?;
    let share = |f: &Figures| f.condition.expected.map(|expected| f.hashrate / expected);
    let [low, high] = [
        Affected::new(figures, &|f| share(f).is_some_and(|share| share < min)),
        Affected::new(figures, &|f| share(f).is_some_and(|share| share > max)),
    ];
    let of =
        |affected: Option<Affected>| affected.map_or(String::new(), |those| format!(" ({those})"));
    let comparison = format!(
        "{:.3} TH/s is {:.0} % of the expected {:.3} TH/s",
        mean.as_th_s(),
        100.0 * (mean / expected),
        expected.as_th_s()
    );
    let low_hint = "a board may be off or not reported, or the machine is underclocked";
    let high_hint = "the machine is overclocked, or the expected rate is that of another model";
    if mean / expected < min {
        return Some(format!("{comparison}{}: {low_hint}", of(low)));
    }
    if mean / expected > max {
        return Some(format!("{comparison}{}: {high_hint}", of(high)));
    }
    let describe = |those: Affected, bound: &str, why: &str| {
        format!("{those} have a hashrate {bound} of the expected rate: {why}")
    };
    let low = low.map(|those| describe(those, &format!("below {:.0} %", 100.0 * min), low_hint));
    low.or_else(|| {
        high.map(|those| describe(those, &format!("above {:.0} %", 100.0 * max), high_hint))
    })
}

fn board_warning(figures: &[Figures]) -> Option<String> {
    let missing = |f: &Figures| f.condition.boards.filter(|(hashing, expected)| hashing < expected);
    let affected = Affected::new(figures, &|f| missing(f).is_some())?;
    let (hashing, expected) = figures.iter().find_map(missing)?;
    Some(format!("{hashing} of {expected} boards hash in {affected}"))
}

fn chip_warning(figures: &[Figures]) -> Option<String> {
    let [min, _] = TYPICAL_HASHRATE_RATIO;
    let few = |f: &Figures| {
        f.condition.chips.filter(|(present, expected)| (*present as f64) < min * *expected as f64)
    };
    let affected = Affected::new(figures, &|f| few(f).is_some())?;
    let (present, expected) = figures.iter().find_map(few)?;
    Some(format!("{present} of {expected} chips respond in {affected}"))
}

/// The indices of the first and last snapshot of the longest period without any change, if it is
/// longer than [`STALE_AFTER_S`].
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
    // Two equal snapshots may be chance: the power is in whole watts and the rate has few digits.
    let long = runs.into_iter().filter(|run| run.1 - run.0 >= 2 && length(run) > STALE_AFTER_S);
    long.max_by(|a, b| length(a).total_cmp(&length(b)))
}

fn constant_values(figures: &[Figures]) -> Vec<String> {
    let mut warnings = Vec::new();
    let [first, rest @ ..] = figures else { return warnings };
    if rest.len() >= 2 && rest.iter().all(|next| next.power == first.power) {
        warnings.push(format!(
            "the power is {} in every snapshot: probably a setting or a model value, not a reading",
            first.power
        ));
    }
    if rest.len() >= 2 && rest.iter().all(|next| next.hashrate == first.hashrate) {
        warnings.push(format!(
            "the hashrate is {} TH/s in every snapshot: probably a rating, not a reading",
            first.hashrate.as_th_s()
        ));
    }
    warnings
}

/// One warning for each kind of unusual value, with the first of them.
fn plausibility_warnings(figures: &[Figures]) -> Vec<String> {
    let mut kinds: Vec<&'static str> = Vec::new();
    let mut warnings = Vec::new();
    for warning in figures.iter().flat_map(|figures| &figures.plausibility_warnings) {
        if kinds.contains(&warning.name) {
            continue;
        }
        kinds.push(warning.name);
        let of_kind =
            |f: &Figures| f.plausibility_warnings.iter().any(|other| other.name == warning.name);
        if let Some(affected) = Affected::new(figures, &of_kind) {
            warnings.push(format!("{warning} (in {affected})"));
        }
    }
    warnings
}
