//! Where work comes from: one range, or a header rolled for as long as anybody asks.

use super::{Job, NonceRange};
use crate::pow::{Header, Target};
use std::sync::{Arc, Mutex, PoisonError};

/// A piece of work for one batch.
#[derive(Clone, Debug)]
pub struct Work {
    /// Comes back with the result.
    pub id: u64,
    /// What to hash.
    pub job: Arc<Job>,
    /// Which nonces.
    pub range: NonceRange,
}

/// Hands out work to any number of threads, each nonce once.
pub trait WorkSource: Sync {
    /// At most `want` nonces, fewer near an end; `None` when there is nothing left.
    fn next(&self, want: u64) -> Option<Work>;
}

/// One job over one range.
#[derive(Debug)]
pub struct OneRange {
    job: Arc<Job>,
    rest: Mutex<NonceRange>,
}

impl OneRange {
    /// Work over `range`, all with id 0.
    pub fn new(job: Arc<Job>, range: NonceRange) -> Self {
        Self { job, rest: Mutex::new(range) }
    }
}

impl WorkSource for OneRange {
    fn next(&self, want: u64) -> Option<Work> {
        let mut rest = self.rest.lock().unwrap_or_else(PoisonError::into_inner);
        let range = rest.take(want);
        *rest = rest.skip(want);
        (!range.is_empty()).then(|| Work { id: 0, job: Arc::clone(&self.job), range })
    }
}

/// One header after another, all nonces of each, the time rolled a second on from one to the
/// next. It never ends: a bench searches for a duration, not for a range. The id counts the
/// headers.
#[derive(Debug)]
pub struct RollingTime {
    state: Mutex<Rolling>,
    target: Target,
}

#[derive(Debug)]
struct Rolling {
    header: Header,
    id: u64,
    job: Arc<Job>,
    rest: NonceRange,
}

impl RollingTime {
    /// From `header` on.
    pub fn new(header: Header, target: Target) -> Self {
        let job = Arc::new(Job::new(&header, target));
        Self { state: Mutex::new(Rolling { header, id: 0, job, rest: NonceRange::ALL }), target }
    }
}

impl WorkSource for RollingTime {
    fn next(&self, want: u64) -> Option<Work> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.rest.is_empty() {
            state.header.time = state.header.time.wrapping_add(1);
            state.id += 1;
            state.job = Arc::new(Job::new(&state.header, self.target));
            state.rest = NonceRange::ALL;
        }
        let range = state.rest.take(want);
        state.rest = state.rest.skip(want);
        Some(Work { id: state.id, job: Arc::clone(&state.job), range })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header::from_bytes(&[7; 80])
    }

    #[test]
    fn one_range_is_handed_out_once_and_ends() {
        let job = Arc::new(Job::new(&header(), Target::MAINNET_LIMIT));
        let source = OneRange::new(job, NonceRange::new(u32::MAX - 99, 100).unwrap());
        let mut next = u64::from(u32::MAX - 99);
        while let Some(work) = source.next(33) {
            assert_eq!(u64::from(work.range.start()), next);
            next = work.range.end();
        }
        assert_eq!(next, 1 << 32);
        assert!(source.next(1).is_none());
    }

    #[test]
    fn rolling_goes_on_with_another_header() {
        let source = RollingTime::new(header(), Target::MAINNET_LIMIT);
        let first = source.next(1 << 32).unwrap();
        let second = source.next(5).unwrap();
        assert_eq!((first.id, first.range), (0, NonceRange::ALL));
        assert_eq!((second.id, second.range.start()), (1, 0));
        assert_ne!(first.job.tail(), second.job.tail());
    }
}
