//! Every kernel proves itself against the reference before its first number is shown.

use crate::pow::{Header, Target};
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;
use std::sync::OnceLock;

/// Block 125552: a hard target, its nonce known.
const BLOCK_125552: &str = "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a3080000\
    00000000e320b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a\
    42a14695";

/// The highest bytes of easier targets: one hash in 512 meets the first, half of all meet the
/// second (regtest's 207fffff), all meet the third, so that a missed nonce shows.
const EASIER: [[u8; 4]; 3] = [[0x00, 0x7f, 0xff, 0xff], [0x7f, 0xff, 0xff, 0], [0xff; 4]];

/// Start and length: nothing, one, ragged, over a carry into the nonce's third byte, the known
/// nonce, the last nonces.
const RANGES: [(u32, u64); 6] =
    [(5, 0), (0, 1), (1, 67), (0x0001_ffd3, 83), (0x9546_a100, 131), (u32::MAX - 96, 97)];

/// Its hash is a target itself: the hash that equals the target is a hit, also in its highest
/// word, which is all that a kernel compares.
const EDGE_NONCE: u32 = 33;

/// More of those, each for itself: what is wrong in the lowest bits of the highest word alone goes
/// unseen with half of all targets.
const EDGE_NONCES: std::ops::Range<u32> = 4_000..4_012;

/// The job of block 125552 with its own target.
pub fn hard_job() -> Job {
    // The constant is valid; a test below holds it to that.
    let header: Header = BLOCK_125552.parse().unwrap_or_else(|_| Header::from_bytes(&[0; 80]));
    Job::new(&header, Target::from_compact(header.bits).unwrap_or(Target::MAINNET_LIMIT))
}

/// The same header in another version (BIP 320) with a target that one hash in 512 meets.
#[cfg(feature = "gpu")]
pub(in super::super) fn easy_job_of(version: u32) -> Job {
    let mut header = Header::from_bytes(&hard_job().header_bytes(0));
    header.version ^= (version << 13).cast_signed();
    Job::new(&header, easy_job().target())
}

/// The same header with a target that one hash in 512 meets.
#[cfg(feature = "gpu")]
pub(in super::super) fn easy_job() -> Job {
    jobs().nth(1).unwrap_or_else(hard_job)
}

/// The same header with the hard target, the easier ones, and one on the edge.
fn jobs() -> impl Iterator<Item = Job> {
    let with = |target| hard_job().with_target(target);
    let easier = EASIER.into_iter().filter_map(move |highest| {
        let mut bytes = [highest[3]; 32];
        bytes[..4].copy_from_slice(&highest);
        Target::from_be_bytes(bytes).ok().map(with)
    });
    std::iter::once(hard_job()).chain(easier).chain(edge_job(EDGE_NONCE))
}

/// The same header with the hash of that nonce as the target.
fn edge_job(nonce: u32) -> Option<Job> {
    let with = |target| hard_job().with_target(target);
    let all = Target::from_be_bytes([0xff; 32]).ok()?;
    let mut hash = with(all).verify(nonce)?.hash.to_bytes();
    hash.reverse();
    Target::from_be_bytes(hash).ok().map(with)
}

/// What is searched, and what the reference finds.
struct Case {
    job: Job,
    range: NonceRange,
    expected: Vec<Hit>,
}

/// All cases, worked out once in the process: the reference is the slowest of all.
fn cases() -> &'static [Case] {
    static CASES: OnceLock<Vec<Case>> = OnceLock::new();
    CASES.get_or_init(|| {
        let ranges =
            || RANGES.into_iter().filter_map(|(start, len)| NonceRange::new(start, len).ok());
        let case = |(job, range): (Job, NonceRange)| {
            let expected = range.iter().filter_map(|nonce| job.verify(nonce)).collect();
            Case { job, range, expected }
        };
        let whole = jobs().flat_map(|job| ranges().map(move |range| (job.clone(), range)));
        let edges =
            EDGE_NONCES.filter_map(|nonce| edge_job(nonce).zip(NonceRange::new(nonce, 1).ok()));
        whole.chain(edges).map(case).collect()
    })
}

/// Holds a scan to the reference in every case.
///
/// # Errors
/// The first case in which its hits are not the reference's.
pub fn run(scan: impl Fn(&Job, NonceRange, &mut Vec<Hit>)) -> Result<(), String> {
    for Case { job, range, expected } in cases() {
        let mut found = Vec::new();
        scan(job, *range, &mut found);
        found.sort_unstable_by_key(|hit| hit.nonce);
        if found != *expected {
            return Err(format!(
                "{} nonces from {} at target {}: {} hits, the reference has {}",
                range.len(),
                range.start(),
                job.target(),
                found.len(),
                expected.len()
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod defects;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_reach_the_known_nonce() {
        let header: Header = BLOCK_125552.parse().unwrap();
        assert_eq!(header.nonce, 2_504_433_986);
        assert!(hard_job().verify(header.nonce).is_some());
        assert!(RANGES.iter().any(|&(start, len)| {
            (u64::from(start)..u64::from(start) + len).contains(&u64::from(header.nonce))
        }));
    }

    #[test]
    fn all_cases_are_made() {
        assert_eq!(jobs().count(), 2 + EASIER.len());
        assert_eq!(cases().len(), jobs().count() * RANGES.len() + EDGE_NONCES.len());
        let edges = &cases()[jobs().count() * RANGES.len()..];
        assert!(edges.iter().all(|case| case.expected.len() == 1));
        let edge = jobs().last().unwrap();
        assert!(edge.verify(EDGE_NONCE).is_some());
        let in_a_range = |&(start, len): &(u32, u64)| {
            (u64::from(start)..u64::from(start) + len).contains(&u64::from(EDGE_NONCE))
        };
        assert!(RANGES.iter().any(in_a_range));
    }

    #[test]
    fn broken_kernels_are_caught() {
        let reference = |job: &Job, range: NonceRange, hits: &mut Vec<Hit>| {
            hits.extend(range.iter().filter_map(|nonce| job.verify(nonce)));
        };
        assert_eq!(run(reference), Ok(()));
        // Finds nothing; finds one twice; misses a range's last nonce.
        assert!(run(|_, _, _| ()).is_err());
        assert!(
            run(|job, range, hits| {
                reference(job, range, hits);
                hits.extend(hits.last().copied());
            })
            .is_err()
        );
        assert!(
            run(|job, range, hits| reference(job, range.take(range.len().saturating_sub(1)), hits))
                .is_err()
        );
        // Compares as a hard target alone does: with the digest's last word only when it is 0.
        assert!(
            run(|job, range, hits| {
                if job.target().top_word() == 0 {
                    reference(job, range, hits);
                }
            })
            .is_err()
        );
    }
}
