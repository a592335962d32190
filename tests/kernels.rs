//! Every kernel finds the same hits as the reference: random headers, ragged ranges, easy and hard
//! targets, one thread and several. `HASHWATT_FULL=1` runs many more cases; with
//! `HASHWATT_REQUIRE_KERNELS=avx2,sha-ni` the tests fail if one of these kernels is not available.

use hashwatt::pow::{Hash256, Header, Target};
use hashwatt::scan::{
    CompletedBatch, CpuScanner, Hit, Job, Kernel, NonceRange, OneRange, ScanError, Scanner, Sink,
    StopToken, Tally, scan,
};
use hashwatt_test_support::headers::{BLOCK_125552_HEX, GENESIS_HEX};
use proptest::prelude::*;
use std::sync::Arc;

fn full() -> bool {
    std::env::var_os("HASHWATT_FULL").is_some_and(|value| value == "1")
}

/// Number of random cases.
fn cases() -> u32 {
    if full() { 100_000 } else { 500 }
}

fn target(bits: u32) -> Target {
    Target::from_compact(hashwatt::pow::CompactTarget::from_bits(bits)).unwrap()
}

fn reference(job: &Job, range: NonceRange) -> Vec<Hit> {
    range.iter().filter_map(|nonce| job.verify(nonce)).collect()
}

/// All scanners that this machine can run, each kernel on one thread and on three (possibly more than
/// the machine has). Reports the others as skipped.
fn scanners() -> Vec<CpuScanner> {
    let threads = [1, 3];
    for kernel in Kernel::ALL {
        if let Err(reason) = kernel.available() {
            println!("skipped: {reason}");
        }
    }
    Kernel::all_available()
        .flat_map(|kernel| threads.map(|threads| CpuScanner::new(kernel, threads).unwrap()))
        .collect()
}

/// The environment variable lists the kernels that must not be skipped on this machine.
#[test]
fn required_kernels_are_available() {
    let required = std::env::var("HASHWATT_REQUIRE_KERNELS").unwrap_or_default();
    for name in required.split(',').filter(|name| !name.is_empty()) {
        let kernel: Kernel = name.parse().unwrap();
        assert_eq!(kernel.available(), Ok(()), "required by HASHWATT_REQUIRE_KERNELS");
    }
}

fn assert_all_agree(scanners: &mut [CpuScanner], job: &Job, range: NonceRange, expected: &[Hit]) {
    for scanner in scanners {
        let found = scan(scanner, job, range).unwrap();
        let name = format!("{:?} over {range:?}", scanner.descriptor());
        assert_eq!(found.hits, expected, "{name}");
        assert_eq!(found.hashes, range.len(), "{name}");
        assert!(found.complete, "{name}");
    }
}

fn any_header() -> impl Strategy<Value = Header> {
    (any::<[u8; 40]>(), any::<[u8; 40]>()).prop_map(|(a, b)| {
        let mut bytes = [0; 80];
        bytes[..40].copy_from_slice(&a);
        bytes[40..].copy_from_slice(&b);
        Header::from_bytes(&bytes)
    })
}

/// Lengths 0, 1, primes and random; starts at 0, at random, or so that the last nonce is included.
fn any_range() -> impl Strategy<Value = NonceRange> {
    let primes = prop::sample::select(vec![2u64, 3, 7, 31, 127, 521, 1021, 4093]);
    let len = prop_oneof![Just(0u64), Just(1u64), primes, 2u64..3000];
    (len, any::<u32>(), 0..3).prop_map(|(len, start, place)| {
        let start = match place {
            0 => 0,
            1 => ((1u64 << 32) - len.max(1)) as u32,
            _ => start.min(u32::MAX - 4096),
        };
        NonceRange::new(start, len).unwrap()
    })
}

#[test]
fn random_cases_match_reference() {
    let mut scanners = scanners();
    let mut runner = prop::test_runner::TestRunner::new(ProptestConfig {
        cases: cases(),
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let bits = prop::sample::select(vec![0x207f_ffffu32, 0x1f7f_ffff, 0x1d00_ffff]);
    let scanners = std::cell::RefCell::new(&mut scanners);
    runner
        .run(&(any_header(), any_range(), bits), |(header, range, bits)| {
            let job = Job::new(&header, target(bits));
            let expected = reference(&job, range);
            assert_all_agree(&mut scanners.borrow_mut(), &job, range, &expected);
            Ok(())
        })
        .unwrap();
}

/// The lowest hash of the range is a target with exactly one hit; a target lower by one has none.
#[test]
fn hash_equal_to_target_is_a_hit_and_one_above_is_not() {
    let mut scanners = scanners();
    for seed in 0..if full() { 200u8 } else { 12 } {
        let header = Header::from_bytes(&[seed; 80]);
        let range = NonceRange::new(u32::MAX - 2_000, 2_001).unwrap();
        let all = Job::new(&header, Target::from_be_bytes([0xff; 32]).unwrap());
        let value = |hash: &Hash256| {
            let mut bytes = hash.to_bytes();
            bytes.reverse();
            bytes
        };
        let lowest = reference(&all, range).into_iter().min_by_key(|hit| value(&hit.hash)).unwrap();

        let exactly = Job::new(&header, Target::from_be_bytes(value(&lowest.hash)).unwrap());
        assert_all_agree(&mut scanners, &exactly, range, &[lowest]);

        let mut below = value(&lowest.hash);
        for byte in below.iter_mut().rev() {
            let borrow = *byte == 0;
            *byte = byte.wrapping_sub(1);
            if !borrow {
                break;
            }
        }
        let none = Job::new(&header, Target::from_be_bytes(below).unwrap());
        assert_all_agree(&mut scanners, &none, range, &[]);
    }
}

#[test]
fn real_blocks_are_found_at_their_nonces() {
    let around = if full() { 1 << 24 } else { 1 << 17 };
    for text in [GENESIS_HEX, BLOCK_125552_HEX] {
        let header: Header = text.parse().unwrap();
        let job = Job::new(&header, Target::from_compact(header.bits).unwrap());
        let range = NonceRange::new(header.nonce - around / 2, around.into()).unwrap();
        let hit = Hit { nonce: header.nonce, hash: header.hash() };
        assert_all_agree(&mut scanners(), &job, range, &[hit]);
    }
}

/// Ranges that need several calls of a generated kernel, split at different nonces.
#[test]
fn long_ranges_over_several_calls_match_reference() {
    let job = Job::new(&Header::from_bytes(&[0x5a; 80]), target(0x1f7f_ffff));
    let lengths: &[u64] = if full() { &[16_384, 70_001, 300_007] } else { &[16_384, 33_001] };
    for &len in lengths {
        for start in [0, 7, 16_000, (1 << 24) - 9_000, u32::MAX - len as u32 + 1] {
            let range = NonceRange::new(start, len).unwrap();
            assert_all_agree(&mut scanners(), &job, range, &reference(&job, range));
        }
    }
}

/// The number of hits is binomial with the target's probability, so a scanner cannot have skipped
/// nonces. In addition to the comparison of sets.
#[test]
fn hit_count_agrees_with_target_probability() {
    let job = Job::new(&Header::from_bytes(&[0x33; 80]), target(0x1f7f_ffff));
    let nonces = if full() { 1u64 << 24 } else { 1 << 18 };
    let p = 0.5f64.powi(9);
    for scanner in &mut scanners() {
        let found = scan(scanner, &job, NonceRange::new(0x1234_5678, nonces).unwrap()).unwrap();
        let expected = nonces as f64 * p;
        let sigma = (expected * (1.0 - p)).sqrt();
        let deviation = (found.hits.len() as f64 - expected).abs() / sigma;
        assert!(deviation < 5.0, "{:?}: {} hits", scanner.descriptor(), found.hits.len());
    }
}

/// Forwards batches to a tally and requests a stop after some of them.
struct StopAfter<'a> {
    tally: &'a Tally,
    stop: StopToken,
    batches: std::sync::atomic::AtomicUsize,
}

impl Sink for StopAfter<'_> {
    fn completed(&self, done: CompletedBatch) {
        self.tally.completed(done);
        if self.batches.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 5 {
            self.stop.stop();
        }
    }
}

#[test]
fn stopped_scan_counts_exactly_the_finished_batches() {
    let header = Header::from_bytes(&[9; 80]);
    let job = Job::new(&header, target(0x1f7f_ffff));
    for scanner in &mut scanners() {
        let (tally, stop) = (Tally::new(), StopToken::new());
        let sink = StopAfter { tally: &tally, stop: stop.clone(), batches: 0.into() };
        let work = OneRange::new(Arc::new(job.clone()), NonceRange::ALL);
        scanner.run(&work, &sink, &stop).unwrap();
        let threads = scanner.descriptor().threads as u64;
        let batch = scanner.descriptor().batch;
        let batches = sink.batches.into_inner() as u64;
        let found = tally.finish(NonceRange::ALL).unwrap();
        assert!(!found.complete);
        // The sixth batch requested the stop; each thread may have had one more in progress.
        assert!((6..=6 + threads).contains(&batches), "{batches}");
        assert!((batches..=batches * batch).contains(&found.hashes), "{}", found.hashes);
        let covered: u64 = found.covered.iter().map(|range| range.len()).sum();
        assert_eq!(found.hashes, covered);
        let expected: Vec<Hit> =
            found.covered.iter().flat_map(|&range| reference(&job, range)).collect();
        assert_eq!(found.hits, expected);
    }
}

#[test]
fn calibration_chooses_the_fastest_kernel() {
    let all = Kernel::calibration();
    assert_eq!(all.len(), Kernel::ALL.len());
    let chosen: Vec<_> = all.iter().filter(|kernel| kernel.chosen).collect();
    let [chosen] = chosen[..] else { panic!("{} chosen", chosen.len()) };
    assert_eq!(Kernel::fastest(), Ok(chosen.kernel));
    let rate = chosen.rate.clone().unwrap();
    for kernel in all {
        assert_eq!(kernel.rate.is_ok(), kernel.kernel.available().is_ok(), "{kernel:?}");
        assert!(kernel.rate.as_ref().is_ok_and(|other| *other <= rate) || kernel.rate.is_err());
    }
}

#[test]
fn unavailable_kernel_is_a_typed_error() {
    for kernel in Kernel::ALL {
        match (kernel.available(), CpuScanner::new(kernel, 1)) {
            (Ok(()), scanner) => assert!(scanner.is_ok(), "{kernel}: {scanner:?}"),
            (Err(reason), scanner) => {
                assert!(matches!(reason, ScanError::KernelUnavailable { .. }), "{reason}");
                assert_eq!(scanner.err(), Some(reason));
            }
        }
    }
    // These need no processor features.
    for portable in [Kernel::Scalar, Kernel::Sha2, Kernel::Sha2Naive] {
        assert_eq!(portable.available(), Ok(()));
    }
}

#[test]
fn pinned_threads_match_reference_or_give_a_typed_error() {
    let job = Job::new(&Header::from_bytes(&[4; 80]), target(0x1f7f_ffff));
    let range = NonceRange::new(99, 100_000).unwrap();
    let pinned = CpuScanner::new(Kernel::Sha2, 1).unwrap().pinned();
    if cfg!(target_os = "linux") {
        let found = scan(&mut pinned.unwrap(), &job, range).unwrap();
        assert_eq!(found.hits, reference(&job, range));
    } else {
        assert!(matches!(pinned, Err(ScanError::Pinning { .. })), "{pinned:?}");
    }
}

#[test]
fn zero_or_excessive_thread_counts_are_refused() {
    for threads in [0, 100_000, usize::MAX] {
        let refused = CpuScanner::new(Kernel::Scalar, threads);
        assert!(matches!(refused, Err(ScanError::Threads { given, .. }) if given == threads));
    }
}
