//! Sources of work: one range, or a header that is rolled without end.

use crate::pow::{Header, Target};
use crate::scan::job::Job;
use crate::scan::range::NonceRange;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// The work of one batch.
#[derive(Clone, Debug)]
pub struct WorkItem {
    /// Returned with the completed batch.
    pub id: u64,
    /// The header and target.
    pub job: Arc<Job>,
    /// The nonces.
    pub range: NonceRange,
}

/// Distributes work over any number of threads, each nonce once.
pub trait WorkSource: Sync {
    /// The next `want` nonces, or fewer near an end; `None` when no work is left.
    fn next(&self, want: u64) -> Option<WorkItem>;
}

/// One job over one range of nonces.
#[derive(Debug)]
pub struct OneRange {
    job: Arc<Job>,
    rest: Mutex<NonceRange>,
}

impl OneRange {
    /// Creates work over `range`, with id 0.
    pub fn new(job: Arc<Job>, range: NonceRange) -> Self {
        Self { job, rest: Mutex::new(range) }
    }
}

impl WorkSource for OneRange {
    fn next(&self, want: u64) -> Option<WorkItem> {
        let mut rest = self.rest.lock().unwrap_or_else(PoisonError::into_inner);
        let range = rest.take(want);
        *rest = rest.skip(want);
        (!range.is_empty()).then(|| WorkItem { id: 0, job: Arc::clone(&self.job), range })
    }
}

/// One header after another, all nonces of each; the time of each header is one second later than
/// that of the one before. The source never ends, because a bench searches for a duration and not a
/// range. The id counts the headers.
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
    /// Creates a source that starts with `header`.
    pub fn new(header: Header, target: Target) -> Self {
        let job = Arc::new(Job::new(&header, target));
        Self { state: Mutex::new(Rolling { header, id: 0, job, rest: NonceRange::ALL }), target }
    }
}

impl WorkSource for RollingTime {
    fn next(&self, want: u64) -> Option<WorkItem> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.rest.is_empty() {
            state.header.time = state.header.time.wrapping_add(1);
            state.id += 1;
            state.job = Arc::new(Job::new(&state.header, self.target));
            state.rest = NonceRange::ALL;
        }
        let range = state.rest.take(want);
        state.rest = state.rest.skip(want);
        Some(WorkItem { id: state.id, job: Arc::clone(&state.job), range })
    }
}

/// Versions of a header (BIP 320): all versions over one range, then over the next. When all nonces
/// are done, the time advances by one second. The source never ends. The id counts headers and
/// versions.
#[derive(Debug)]
pub struct RollingVersion {
    state: Mutex<Versions>,
    target: Target,
    versions: u32,
}

#[derive(Debug)]
struct Versions {
    header: Header,
    jobs: Vec<(u64, Arc<Job>)>,
    rest: NonceRange,
    /// Work items of the current range that are not distributed yet.
    waiting: VecDeque<WorkItem>,
}

/// The lowest bit of the version that miners may roll (BIP 320), and the number of bits.
const ROLLED_FROM: u32 = 13;
const ROLLED_BITS: u32 = 16;

impl RollingVersion {
    /// Creates a source that starts with `header`, in `versions` versions: at least 1, at most 2^16.
    pub fn new(header: Header, target: Target, versions: u32) -> Self {
        let versions = versions.clamp(1, 1 << ROLLED_BITS);
        let jobs = Vec::new();
        let state = Versions { header, jobs, rest: NonceRange::NONE, waiting: VecDeque::new() };
        Self { state: Mutex::new(state), target, versions }
    }
}

impl WorkSource for RollingVersion {
    fn next(&self, want: u64) -> Option<WorkItem> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state = &mut *state;
        if state.waiting.is_empty() {
            if state.rest.is_empty() {
                let first_id = state.jobs.last().map_or(0, |(id, _)| {
                    state.header.time = state.header.time.wrapping_add(1);
                    id + 1
                });
                let job = |version: u32| {
                    let mut header = state.header;
                    header.version ^= (version << ROLLED_FROM).cast_signed();
                    (first_id + u64::from(version), Arc::new(Job::new(&header, self.target)))
                };
                state.jobs = (0..self.versions).map(job).collect();
                state.rest = NonceRange::ALL;
            }
            let range = state.rest.take(want);
            state.rest = state.rest.skip(want);
            let piece =
                |(id, job): &(u64, Arc<Job>)| WorkItem { id: *id, job: Arc::clone(job), range };
            state.waiting = state.jobs.iter().map(piece).collect();
        }
        let piece = state.waiting.pop_front()?;
        let rest = piece.range.skip(want);
        if !rest.is_empty() {
            // This call wants fewer nonces than the one before.
            state.waiting.push_back(WorkItem { range: rest, ..piece.clone() });
        }
        Some(WorkItem { range: piece.range.take(want), ..piece })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header::from_bytes(&[7; 80])
    }

    #[test]
    fn one_range_is_distributed_once_and_ends() {
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
    fn versions_share_ranges_and_each_nonce_is_distributed_once() {
        let source = RollingVersion::new(header(), Target::MAINNET_LIMIT, 4);
        let group: Vec<WorkItem> = (0..4).map(|_| source.next(1 << 30).unwrap()).collect();
        assert!(group.iter().all(|work| work.range == group[0].range));
        assert!(group.iter().all(|work| work.job.tail() == group[0].job.tail()));
        let ids: Vec<u64> = group.iter().map(|work| work.id).collect();
        assert_eq!(ids, [0, 1, 2, 3]);
        for (i, work) in group.iter().enumerate() {
            // The lowest of BIP 320's bits, and no other.
            let first_word = |job: &Job| {
                let bytes = job.header_bytes(0);
                u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
            };
            assert_eq!(first_word(&work.job) ^ first_word(&group[0].job), (i as u32) << 13);
        }
        // With changing sizes, all nonces of all versions come once, then those of the next second.
        let mut covered = vec![1u64 << 30; 4];
        let wants = [1 << 31, 1 << 29, 3 << 28, 1 << 32];
        for want in wants.into_iter().cycle() {
            let work = source.next(want).unwrap();
            assert!(work.range.len() <= want && !work.range.is_empty());
            if work.id >= 4 {
                assert_ne!(work.job.tail(), group[0].job.tail());
                break;
            }
            covered[work.id as usize] += work.range.len();
        }
        assert_eq!(covered, [1 << 32; 4]);
    }

    #[test]
    fn rolling_time_continues_with_another_header() {
        let source = RollingTime::new(header(), Target::MAINNET_LIMIT);
        let first = source.next(1 << 32).unwrap();
        let second = source.next(5).unwrap();
        assert_eq!((first.id, first.range), (0, NonceRange::ALL));
        assert_eq!((second.id, second.range.start()), (1, 0));
        assert_ne!(first.job.tail(), second.job.tail());
    }
}
