//! The self-test of kernels: a comparison with the reference before the first use.

use crate::pow::{Header, Target};
use crate::scan::job::{Hit, Job};
use crate::scan::range::NonceRange;
use std::sync::OnceLock;

/// The header of block 125552, with a hard target and a known nonce.
const BLOCK_125552: &str = "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a3080000\
    00000000e320b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a\
    42a14695";

/// The highest bytes of easier targets, so that missed nonces are detected: one hash in 512 meets the
/// first, half of all meet the second (regtest's 207fffff), all meet the third.
const EASIER: [[u8; 4]; 3] = [[0x00, 0x7f, 0xff, 0xff], [0x7f, 0xff, 0xff, 0], [0xff; 4]];

/// Start and length of the ranges: empty, one nonce, a ragged range, across a carry into the nonce's
/// third byte, around the known nonce, the last nonces.
const RANGES: [(u32, u64); 6] =
    [(5, 0), (0, 1), (1, 67), (0x0001_ffd3, 83), (0x9546_a100, 131), (u32::MAX - 96, 97)];

/// A nonce whose hash is used as the target, so that it is a hit. A kernel compares only the highest
/// word.
const EDGE_NONCE: u32 = 33;

/// More such nonces, each with its own target: a defect in only the lowest bits of the highest word is
/// not detected with half of all targets.
const EDGE_NONCES: std::ops::Range<u32> = 4_000..4_012;

/// The job of block 125552 with its own target.
pub fn hard_job() -> Job {
    // The constant is valid, which a test below checks.
    let header: Header = BLOCK_125552.parse().unwrap_or_else(|_| Header::from_bytes(&[0; 80]));
    Job::new(&header, Target::from_compact(header.bits).unwrap_or(Target::MAINNET_LIMIT))
}

/// The job of block 125552 with another version (BIP 320) and a target that one hash in 512 meets.
#[cfg(feature = "gpu")]
pub(in super::super) fn easy_job_with_version(version: u32) -> Job {
    let mut header = Header::from_bytes(&hard_job().header_bytes(0));
    header.version ^= (version << 13).cast_signed();
    Job::new(&header, easy_job().target())
}

/// The job of block 125552 with a target that one hash in 512 meets.
#[cfg(feature = "gpu")]
pub(in super::super) fn easy_job() -> Job {
    jobs().nth(1).unwrap_or_else(hard_job)
}

/// The jobs of block 125552 with the hard target, the easier targets, and one equal to a hash.
fn jobs() -> impl Iterator<Item = Job> {
    let with = |target| hard_job().with_target(target);
    let easier = EASIER.into_iter().filter_map(move |highest| {
        let mut bytes = [highest[3]; 32];
        bytes[..4].copy_from_slice(&highest);
        Target::from_be_bytes(bytes).ok().map(with)
    });
    std::iter::once(hard_job()).chain(easier).chain(edge_job(EDGE_NONCE))
}

/// The job of block 125552 with the hash of a nonce as the target.
fn edge_job(nonce: u32) -> Option<Job> {
    let with = |target| hard_job().with_target(target);
    let all = Target::from_be_bytes([0xff; 32]).ok()?;
    let mut hash = with(all).verify(nonce)?.hash.to_bytes();
    hash.reverse();
    Target::from_be_bytes(hash).ok().map(with)
}

/// A job, a range, and the hits that the reference finds.
struct Case {
    job: Job,
    range: NonceRange,
    expected: Vec<Hit>,
}

/// All cases, computed once per process, because the reference is slow.
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

/// Compares the hits of a scan with the reference in every case.
///
/// # Errors
/// A description of the first case whose hits differ.
pub fn run(scan: impl Fn(&Job, NonceRange, &mut Vec<Hit>)) -> Result<(), String> {
    for Case { job, range, expected } in cases() {
        let mut found = Vec::new();
        scan(job, *range, &mut found);
        found.sort_unstable_by_key(|hit| hit.nonce);
        if found != *expected {
            return Err(format!(
                "wrong hits in {} nonces from {} at target {}: {} found, {} expected",
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
    fn cases_include_the_known_nonce() {
        let header: Header = BLOCK_125552.parse().unwrap();
        assert_eq!(header.nonce, 2_504_433_986);
        assert!(hard_job().verify(header.nonce).is_some());
        assert!(RANGES.iter().any(|&(start, len)| {
            (u64::from(start)..u64::from(start) + len).contains(&u64::from(header.nonce))
        }));
    }

    #[test]
    fn every_case_is_constructed_and_edge_cases_have_one_hit() {
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
    fn kernels_with_wrong_hits_fail_and_reference_passes() {
        let reference = |job: &Job, range: NonceRange, hits: &mut Vec<Hit>| {
            hits.extend(range.iter().filter_map(|nonce| job.verify(nonce)));
        };
        assert_eq!(run(reference), Ok(()));
        // Finds nothing; reports a hit twice; misses the last nonce of a range.
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
        // Finds only hits of the hard target, whose highest word is 0.
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
