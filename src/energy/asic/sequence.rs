//! Checks the sequence of one machine's snapshots and selects those that are used.

use super::error::AsicError;
use super::figures::{Figures, Missed, Poll};
use super::limits::MAX_GAP_S;
use super::snapshot::Snapshot;
use crate::units::Seconds;
use jiff::Timestamp;

/// Snapshots that are left out without ending the window.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct LeftOut {
    /// Those that lack power or hashrate.
    pub missed: Vec<Missed>,
    /// The numbers of those that repeat the previous one.
    pub repeated: Vec<usize>,
}

/// The snapshots with values: at least two, in the order of time, without a gap that is too long, of
/// one machine with one firmware.
pub(super) fn answered_polls(snapshots: &[Snapshot]) -> Result<(Vec<Figures>, LeftOut), AsicError> {
    let polls =
        snapshots.iter().map(|snapshot| snapshot.poll.clone()).collect::<Result<Vec<_>, _>>()?;
    let [first, .., _] = snapshots else {
        return Err(AsicError::TooFew { count: snapshots.len() });
    };
    check_given(&polls, first.exporter.name())?;
    let (polls, repeated) = in_order(polls, first.exporter.time_field())?;
    check_gaps(&polls, first.exporter.time_field())?;
    let (mut figures, mut missed) = (Vec::new(), Vec::new());
    for poll in polls {
        match poll {
            Poll::Answered(next) => figures.push(*next),
            Poll::Missed(poll) => missed.push(poll),
        }
    }
    match figures.len() {
        0 | 1 if !repeated.is_empty() => Err(AsicError::Repeated { count: snapshots.len() }),
        count @ (0 | 1) => Err(AsicError::TooFew { count }),
        _ => {
            check_unchanged(&figures)?;
            Ok((figures, LeftOut { missed, repeated }))
        }
    }
}

/// Checks that power and hashrate are not missing in all snapshots, which has another cause than a
/// machine that stops responding.
fn check_given(polls: &[Poll], exporter: &'static str) -> Result<(), AsicError> {
    let missing = |poll: &Poll| match poll {
        Poll::Answered(_) => None,
        Poll::Missed(missed) => Some(missed.field),
    };
    match polls.first().and_then(missing) {
        Some(field) if polls.iter().all(|poll| missing(poll) == Some(field)) => {
            Err(AsicError::NeverGiven { field, count: polls.len(), exporter })
        }
        _ => Ok(()),
    }
}

/// The polls, checked to be in the order of time, without repeated ones, whose numbers are returned.
fn in_order(polls: Vec<Poll>, field: &'static str) -> Result<(Vec<Poll>, Vec<usize>), AsicError> {
    let (mut kept, mut repeated) = (Vec::<Poll>::new(), Vec::new());
    for poll in polls {
        let snapshot = poll.number();
        match kept.last() {
            Some(last) if poll.at() < last.at() => {
                return Err(AsicError::OutOfOrder { snapshot, field });
            }
            Some(last) if poll.at() == last.at() => match last.is_repeated_by(&poll) {
                true => repeated.push(snapshot),
                false => return Err(AsicError::DuplicateTime { snapshot, field }),
            },
            _ => kept.push(poll),
        }
    }
    Ok((kept, repeated))
}

/// Checks that no gap between two polls with values, and no end of the log without values, is too
/// long.
fn check_gaps(polls: &[Poll], field: &'static str) -> Result<(), AsicError> {
    let mut since = polls.first().map(Poll::at);
    let mut missed: Option<Missed> = None;
    let mut before = 0;
    for poll in polls {
        let at = poll.at();
        let seconds = since.map_or(0.0, |since| span(since, at).as_seconds());
        let too_long = seconds > f64::from(MAX_GAP_S);
        match (poll, missed) {
            (Poll::Answered(next), None) if too_long => {
                return Err(AsicError::Gap { snapshot: next.number, field, seconds });
            }
            (Poll::Answered(_), Some(first)) if too_long => {
                let (first, field) = (first.number, first.field);
                return Err(AsicError::Unanswered { first, last: before, field, seconds });
            }
            (Poll::Answered(_), _) => (since, missed) = (Some(at), None),
            (Poll::Missed(next), _) => missed = missed.or(Some(*next)),
        }
        before = poll.number();
    }
    let (Some(first), Some(since), Some(end)) = (missed, since, polls.last()) else {
        return Ok(());
    };
    let seconds = span(since, end.at()).as_seconds();
    match seconds > f64::from(MAX_GAP_S) {
        true => {
            let (first, field) = (first.number, first.field);
            Err(AsicError::Unanswered { first, last: before, field, seconds })
        }
        false => Ok(()),
    }
}

/// Checks that model and firmware do not change. A missing value counts as unchanged.
fn check_unchanged(figures: &[Figures]) -> Result<(), AsicError> {
    for (field, of) in [
        ("model", (|figures| &figures.model) as fn(&Figures) -> &Option<String>),
        ("firmware", |figures| &figures.firmware),
        ("firmware version", |figures| &figures.version),
    ] {
        let mut known = None;
        for next in figures {
            let Some(after) = of(next) else { continue };
            if let Some(before) = known.replace(after)
                && before != after
            {
                let (before, after) = (before.clone(), after.clone());
                return Err(AsicError::Changed { snapshot: next.number, field, before, after });
            }
        }
    }
    Ok(())
}

impl Poll {
    fn number(&self) -> usize {
        match self {
            Self::Answered(figures) => figures.number,
            Self::Missed(missed) => missed.number,
        }
    }

    fn at(&self) -> Timestamp {
        match self {
            Self::Answered(figures) => figures.at,
            Self::Missed(missed) => missed.at,
        }
    }

    /// Whether the other poll is the same record except for its number.
    fn is_repeated_by(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Answered(one), Self::Answered(other)) => {
                **one == Figures { number: one.number, ..(**other).clone() }
            }
            (Self::Missed(one), Self::Missed(other)) => one.field == other.field,
            _ => false,
        }
    }
}

pub(super) fn between(before: &Figures, after: &Figures) -> Seconds {
    span(before.at, after.at)
}

fn span(before: Timestamp, after: Timestamp) -> Seconds {
    Seconds::from_seconds(after.duration_since(before).as_secs_f64())
}
