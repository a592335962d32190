//! The GPU scanner on any adapter, including software rasterisers, finds the same hits as the reference.
//! Without an adapter the tests are skipped, or fail with `HASHWATT_REQUIRE_GPU=1`. `HASHWATT_FULL=1`
//! runs more nonces.

use hashwatt::pow::{CompactTarget, Header, Target};
use hashwatt_test_support::headers::{BLOCK_125552_HEX, GENESIS_HEX};
use std::collections::BTreeMap;
use std::sync::Mutex;

use hashwatt::scan::{
    Adapter, AdapterKind, Addition, CompletedBatch, CpuScanner, GpuScanner, Hit, Job, Kernel,
    MultiScanner, NonceRange, RollingVersion, ScanError, Scanner, ShaderVariant, Sink, StopToken,
    scan,
};

fn adapter() -> Option<Adapter> {
    let adapter = Adapter::all().into_iter().next();
    let required = std::env::var_os("HASHWATT_REQUIRE_GPU").is_some_and(|value| value == "1");
    assert!(
        adapter.is_some() || !required,
        "HASHWATT_REQUIRE_GPU is set, but no adapter was found"
    );
    if adapter.is_none() {
        eprintln!("skipped: no adapter");
    }
    adapter
}

fn full() -> bool {
    std::env::var_os("HASHWATT_FULL").is_some_and(|value| value == "1")
}

fn target(bits: u32) -> Target {
    Target::from_compact(CompactTarget::from_bits(bits)).unwrap()
}

fn reference(job: &Job, range: NonceRange) -> Vec<Hit> {
    range.iter().filter_map(|nonce| job.verify(nonce)).collect()
}

const PLAIN: ShaderVariant = ShaderVariant { addition: Addition::Plain, threads: 64, nonces: 16 };

#[test]
fn every_variant_matches_reference() {
    let Some(adapter) = adapter() else { return };
    let job = Job::new(&Header::from_bytes(&[0x21; 80]), target(0x1f7f_ffff));
    let last = NonceRange::new(u32::MAX - 30_000, 30_001).unwrap();
    let first = NonceRange::new(0, 30_011).unwrap();
    for addition in [Addition::Plain, Addition::Multiply] {
        for (threads, nonces) in [(1, 1), (32, 3), (64, 16), (256, 64)] {
            let variant = ShaderVariant { addition, threads, nonces };
            let mut scanner = GpuScanner::new(&adapter, variant).unwrap();
            assert_eq!(scanner.descriptor().variant, Some(variant.to_string()));
            for range in [first, last, one(12_345)] {
                let found = scan(&mut scanner, &job, range).unwrap();
                assert_eq!(found.hits, reference(&job, range), "{variant} over {range:?}");
                assert_eq!((found.hashes, found.hardware_errors), (range.len(), 0));
                assert!(found.complete);
            }
        }
    }
}

fn one(nonce: u32) -> NonceRange {
    NonceRange::new(nonce, 1).unwrap()
}

#[test]
fn real_blocks_are_found_at_their_nonces() {
    let Some(adapter) = adapter() else { return };
    let mut scanner = GpuScanner::new(&adapter, PLAIN).unwrap();
    for text in [GENESIS_HEX, BLOCK_125552_HEX] {
        let header: Header = text.parse().unwrap();
        let job = Job::new(&header, target(header.bits.to_bits()));
        let around = if full() { 1 << 24 } else { 1 << 19 };
        let range = NonceRange::new(header.nonce - around / 2, around.into()).unwrap();
        let hit = Hit { nonce: header.nonce, hash: header.hash() };
        assert_eq!(scan(&mut scanner, &job, range).unwrap().hits, [hit]);
    }
}

/// Many nonces of several headers, with easy and hard targets.
#[test]
fn many_nonces_match_fastest_cpu_kernel() {
    let Some(adapter) = adapter() else { return };
    let mut gpu = GpuScanner::new(&adapter, PLAIN).unwrap();
    let mut cpu = CpuScanner::fastest(2).unwrap();
    let nonces = if full() { 1 << 22 } else { 1 << 18 };
    for (seed, bits) in [(1u8, 0x207f_ffff), (2, 0x2000_ffff), (3, 0x1f7f_ffff), (4, 0x1e7f_ffff)] {
        // Half of all nonces are hits of the first target, so it is given fewer nonces.
        let nonces = if bits == 0x207f_ffff { nonces >> 5 } else { nonces };
        let job = Job::new(&Header::from_bytes(&[seed; 80]), target(bits));
        let range = NonceRange::new(0x7fff_0000 + u32::from(seed), nonces).unwrap();
        let [on_gpu, on_cpu] = [&mut gpu as &mut dyn Scanner, &mut cpu as &mut dyn Scanner]
            .map(|scanner| scan(scanner, &job, range).unwrap());
        assert!(!on_cpu.hits.is_empty());
        assert_eq!(on_gpu, on_cpu);
    }
}

#[test]
fn cpu_and_gpu_on_one_range_match_reference() {
    let Some(adapter) = adapter() else { return };
    let gpu = GpuScanner::new(&adapter, PLAIN).unwrap();
    let cpu = CpuScanner::new(Kernel::Sha2, 1).unwrap();
    let mut both = MultiScanner::new(vec![Box::new(cpu), Box::new(gpu)]).unwrap();
    assert_eq!(both.descriptor().kernel, "sha2 + gpu");
    let job = Job::new(&Header::from_bytes(&[0x77; 80]), target(0x1f7f_ffff));
    let range = NonceRange::new(5, 1 << 19).unwrap();
    let found = scan(&mut both, &job, range).unwrap();
    assert!(found.complete);
    assert_eq!(found.hits, reference(&job, range));
    assert!(MultiScanner::new(Vec::new()).is_none());
}

#[test]
fn software_adapter_is_chosen_only_by_name() {
    let Some(adapter) = adapter() else { return };
    let error = Adapter::choose(Some("no such card")).unwrap_err();
    let ScanError::NoAdapter { given, available } = &error else { panic!("{error}") };
    assert_eq!(given.as_deref(), Some("no such card"));
    assert!(available.contains(&adapter.description().name));
    assert!(error.to_string().contains(&adapter.description().name), "{error}");

    let upper = adapter.description().name.to_uppercase();
    assert!(!Adapter::choose(Some(&upper)).unwrap().is_empty());
    let default_choice = Adapter::choose(None);
    match &default_choice {
        Ok(chosen) => {
            let kinds = chosen.iter().map(|adapter| adapter.description().kind);
            assert!(kinds.clone().count() > 0);
            assert!(kinds.into_iter().all(|kind| kind != AdapterKind::Software));
        }
        Err(error) => {
            assert!(matches!(error, ScanError::NoAdapter { given: None, .. }), "{error}");
            assert_eq!(adapter.description().kind, AdapterKind::Software);
        }
    }
}

type Pieces = Vec<(NonceRange, Vec<Hit>)>;

/// Collects ranges and hits by the id of the work, and requests a stop after `left` pieces.
struct ByVersion {
    pieces: Mutex<BTreeMap<u64, Pieces>>,
    left: Mutex<u32>,
    stop: StopToken,
}

impl Sink for ByVersion {
    fn completed(&self, done: CompletedBatch) {
        assert_eq!(done.hardware_errors, 0);
        let mut pieces = self.pieces.lock().unwrap();
        pieces.entry(done.work_id).or_default().push((done.range, done.hits));
        let mut left = self.left.lock().unwrap();
        *left = left.saturating_sub(1);
        if *left == 0 {
            self.stop.stop();
        }
    }
}

/// Two and four versions at once, also where the last dispatch is not full.
#[test]
fn each_version_of_a_header_matches_cpu_kernel() {
    let Some(adapter) = adapter() else { return };
    let header: Header = BLOCK_125552_HEX.parse().unwrap();
    let target = target(0x1e7f_ffff);
    for (at_once, versions) in [(2, 2), (4, 4), (4, 3), (4, 6)] {
        let mut scanner = GpuScanner::with_versions(&adapter, PLAIN, at_once).unwrap();
        assert_eq!(scanner.descriptor().kernel, format!("gpu, {at_once} versions"));
        let work = RollingVersion::new(header, target, versions);
        let stop = StopToken::new();
        let left = Mutex::new(2 * versions);
        let sink = ByVersion { pieces: Mutex::default(), left, stop: stop.clone() };
        scanner.run(&work, &sink, &stop).unwrap();
        let pieces = sink.pieces.into_inner().unwrap();
        assert_eq!(pieces.len(), versions as usize);
        for (id, pieces) in pieces {
            let mut header = header;
            header.version ^= (id as i32) << 13;
            let job = Job::new(&header, target);
            // The reference would take long for a whole piece; the hits are verified, and must be
            // those of the fastest CPU kernel.
            let mut cpu = CpuScanner::fastest(2).unwrap();
            for (range, hits) in pieces {
                assert_eq!(hits, scan(&mut cpu, &job, range).unwrap().hits, "version {id}");
            }
        }
    }
    let three = GpuScanner::with_versions(&adapter, PLAIN, 3);
    assert!(matches!(three, Err(ScanError::Versions { given: 3 })));
}
