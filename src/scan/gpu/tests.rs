//! What needs the inside: faults that no healthy device has, and the shaders' text.

use super::*;
use crate::pow::{CompactTarget, Header};
use crate::scan::range::NonceRange;
use crate::scan::tally::Tally;
use crate::scan::work::OneRange;
use std::sync::Arc;

/// After how many submissions the device is lost, again and again.
#[derive(Debug, Default)]
pub(super) struct Losses {
    /// One entry a loss: submissions before it.
    pub(super) after: VecDeque<u32>,
}

impl Losses {
    pub(super) fn strike(&mut self, device: &Device) {
        match self.after.front_mut() {
            Some(0) => {
                self.after.pop_front();
                device.lose();
            }
            Some(left) => *left -= 1,
            None => (),
        }
    }
}

const PLAIN: Variant = Variant { addition: Addition::Plain, threads: 64, nonces: 16 };

/// The first adapter of any kind; without one the test is skipped, or fails where a GPU is
/// required.
pub(super) fn any_adapter() -> Option<Adapter> {
    let adapter = Adapter::all().into_iter().next();
    let required = std::env::var_os("HASHWATT_REQUIRE_GPU").is_some_and(|value| value == "1");
    assert!(adapter.is_some() || !required, "HASHWATT_REQUIRE_GPU is set and there is no adapter");
    if adapter.is_none() {
        eprintln!("skipped: no adapter");
    }
    adapter
}

fn job(bits: u32) -> Job {
    let target = Target::from_compact(CompactTarget::from_bits(bits)).unwrap();
    Job::new(&Header::from_bytes(&[0x42; 80]), target)
}

fn reference(job: &Job, range: NonceRange) -> Vec<Hit> {
    range.iter().filter_map(|nonce| job.judge(nonce)).collect()
}

#[test]
fn one_loss_is_made_good_and_a_second_leaves_an_exact_part() {
    let Some(adapter) = any_adapter() else { return };
    let job = Arc::new(job(0x1f7f_ffff));
    let range = NonceRange::new(12_345, 400_000).unwrap();
    for (losses, survives) in [(vec![3], true), (vec![2, 3], false), (vec![0, 5], false)] {
        let mut scanner = GpuScanner::new(&adapter, PLAIN).unwrap();
        scanner.batch = 20_000;
        scanner.losses.after = losses.into();
        let work = OneRange::new(Arc::clone(&job), range);
        let tally = Tally::new();
        let end = scanner.run(&work, &tally, &StopToken::new());
        let found = tally.finish(range).unwrap();
        let expected: Vec<Hit> =
            found.covered.iter().flat_map(|covered| reference(&job, *covered)).collect();
        assert_eq!(found.hits, expected);
        assert_eq!(found.hashes, found.covered.iter().map(|r| r.len()).sum::<u64>());
        assert_eq!(found.complete, survives, "{end:?} with {:?} left", scanner.losses);
        match end {
            Ok(()) => assert!(survives && scanner.batch == 10_000),
            Err(error) => {
                assert!(matches!(error, ScanError::DeviceLost { .. }), "{error}");
                assert!(!survives);
            }
        }
    }
}

#[test]
fn the_job_in_a_buffer_does_as_well_as_in_immediates() {
    let Some(adapter) = any_adapter() else { return };
    let job = job(0x1f7f_ffff);
    let range = NonceRange::new(777, 100_000).unwrap();
    for uniform in [false, true] {
        let mut scanner = GpuScanner::open(&adapter, PLAIN, 1, uniform).unwrap();
        assert_eq!(scanner.scan_range(&job, range), Ok((reference(&job, range), 0)));
    }
}

#[test]
fn more_hits_than_room_are_scanned_again() {
    let Some(adapter) = any_adapter() else { return };
    let mut scanner = GpuScanner::new(&adapter, PLAIN).unwrap();
    // Half of all hashes: one dispatch of 20,000 would have ten times the room.
    let job = job(0x207f_ffff);
    let range = NonceRange::new(u32::MAX - 19_999, 20_000).unwrap();
    let flight = scanner.device.submit(&GpuJob::new(&job), &[], range).unwrap();
    assert_eq!(scanner.device.land(flight), Ok(vec![Verdict::Overflow]));
    let piece = Work { id: 7, job: Arc::new(job.clone()), range };
    let tally = Tally::new();
    scanner.deliver(piece, Verdict::Overflow, &tally).unwrap();
    assert_eq!(tally.finish(range).unwrap().hits, reference(&job, range));
}

#[test]
fn false_candidates_are_hardware_errors() {
    let job = job(0x1f7f_ffff);
    let range = NonceRange::new(0, 5_000).unwrap();
    let hits = reference(&job, range);
    let none = range.iter().find(|nonce| job.judge(*nonce).is_none()).unwrap();
    let mut judged = Judged::default();
    // A hit, the same again, one that is none, and one from elsewhere.
    let elsewhere = (5_000..).find(|nonce| job.judge(*nonce).is_some()).unwrap();
    judged.add(&job, range, &[hits[0].nonce, hits[0].nonce, none, elsewhere]);
    assert_eq!((judged.hits, judged.false_candidates), (vec![hits[0]], 3));
}

#[test]
fn silence_and_refusals_are_faults_of_their_own() {
    let Some(adapter) = any_adapter() else { return };
    let refused = Device::with_source(&adapter, PLAIN, 1, true, "fn scan() { this is no WGSL }");
    assert!(matches!(refused, Err(Fault::Refused(_))), "{refused:?}");
    // More threads in a workgroup than any device has.
    let huge = Variant { threads: 1 << 20, ..PLAIN };
    assert!(matches!(GpuScanner::new(&adapter, huge), Err(ScanError::DeviceRefused { .. })));

    let mut scanner = GpuScanner::new(&adapter, PLAIN).unwrap();
    scanner.device.lose_patience();
    let job = GpuJob::new(&job(0x1f7f_ffff));
    let flight = scanner.device.submit(&job, &[], NonceRange::new(0, 1 << 20).unwrap()).unwrap();
    assert_eq!(scanner.device.land(flight), Err(Fault::Silent));
    let error = Fault::Silent.into_error("card");
    assert!(error.to_string().contains("card has not answered for 20 s"), "{error}");
}

/// A silent device is opened anew, as a lost one is.
#[test]
fn a_device_that_fell_silent_is_opened_anew() {
    let Some(adapter) = any_adapter() else { return };
    let mut scanner = GpuScanner::new(&adapter, PLAIN).unwrap();
    // Long enough that none has landed when it is first asked for.
    scanner.batch = 1 << 20;
    scanner.device.lose_patience();
    let job = job(0x1e7f_ffff);
    let range = NonceRange::new(9, 3_000_000).unwrap();
    let found = crate::scan::scan(&mut scanner, &job, range).unwrap();
    let mut cpu = crate::scan::CpuScanner::fastest(2).unwrap();
    assert_eq!(found, crate::scan::scan(&mut cpu, &job, range).unwrap());
    assert_eq!(scanner.batch, 1 << 19);
}

/// What a device misses is found by scanning a sample again.
#[test]
fn missed_hits_are_noticed() {
    let Some(adapter) = any_adapter() else { return };
    let mut scanner = GpuScanner::new(&adapter, PLAIN).unwrap();
    scanner.sampled = Instant::now() - 2 * SAMPLE_EVERY;
    assert!(scanner.sample().is_ok());
    let blind = shader::source(Addition::Plain, false).replace("<= job.bound", "< job.bound >> 4u");
    scanner.device = Device::with_source(&adapter, PLAIN, 1, true, &blind).unwrap();
    assert!(scanner.sample().is_ok(), "it is not yet time");
    scanner.sampled = Instant::now() - 2 * SAMPLE_EVERY;
    assert!(matches!(scanner.sample(), Err(Outcome::Missed(1..))));
}

/// The text of a shader with one thing in it changed is caught by the self-test.
#[test]
fn broken_shaders_fail_the_self_test() {
    let Some(adapter) = any_adapter() else { return };
    let breaks = [
        ("rotr(x, 25u)", "rotr(x, 24u)"),
        ("rotr(x, 22u)", "rotr(x, 21u)"),
        ("(x >> 3u)", "(x >> 4u)"),
        ("(x & y) ^ (~x & z)", "(x & y) ^ (x & z)"),
        ("sigma0(v20)", "sigma0(v21)"),
        ("job.part31", "job.part32"),
        ("<= job.bound", "< job.bound"),
        ("<= job.bound", "<= (job.bound | 0xffffffu)"),
        ("return swap_bytes(", "return ("),
        ("index < job.count", "index + 1u < job.count"),
        ("found.nonces[at] = nonce", "found.nonces[at] = index"),
    ];
    for (right, wrong) in breaks {
        let text = shader::source(Addition::Plain, false);
        assert!(text.contains(right), "{right}");
        let device = Device::with_source(&adapter, PLAIN, 1, true, &text.replacen(right, wrong, 1));
        let mut scanner = GpuScanner::new(&adapter, PLAIN).unwrap();
        scanner.device = device.unwrap();
        let verdict = scanner.prove();
        assert!(matches!(verdict, Err(ScanError::SelfTest { .. })), "{right}: {verdict:?}");
    }
}

/// The mode of several versions proves each of them, too.
#[test]
fn mixed_up_versions_fail_the_self_test() {
    let Some(adapter) = any_adapter() else { return };
    let breaks = [
        ("job.versions[version]", "job.versions[0]"),
        ("found[version].nonces[at]", "found[0].nonces[at]"),
        ("own.state_abcd.x", "job.versions[0].state_abcd.x"),
        ("own.midstate_efgh.w", "job.versions[1].midstate_efgh.w"),
        ("version < VERSIONS", "version < VERSIONS - 1u"),
    ];
    let mut scanner = GpuScanner::with_versions(&adapter, PLAIN, 4).unwrap();
    for (right, wrong) in breaks {
        let text = shader::versions_source(Addition::Plain, 4);
        assert!(text.contains(right), "{right}");
        let text = text.replace(right, wrong);
        scanner.device = Device::with_source(&adapter, PLAIN, 4, true, &text).unwrap();
        let verdict = scanner.prove();
        assert!(verdict.is_err(), "{right}");
    }
}

/// The shaders in every variant, for every system's shading language.
#[test]
fn naga_takes_every_variant_for_every_system() {
    use naga::back::{hlsl, msl, spv};
    use naga::valid::{Capabilities, ValidationFlags, Validator};

    use shader::Micro;
    for addition in [Addition::Plain, Addition::Multiply] {
        let scans = [false, true].map(|immediates| shader::source(addition, immediates));
        let micros = [Micro::Rotate, Micro::Multiply, Micro::Mix]
            .map(|micro| shader::micro_source(micro, addition));
        let versions = [2, 4].map(|versions| shader::versions_source(addition, versions));
        for text in scans.into_iter().chain(micros).chain(versions) {
            let module = naga::front::wgsl::parse_str(&text).unwrap();
            let info = Validator::new(ValidationFlags::all(), Capabilities::all())
                .validate(&module)
                .unwrap();
            if text.contains("VERSIONS") {
                layout_is_the_versions(&module);
            } else {
                layout_is_the_jobs(&module);
            }
            let constants: naga::back::PipelineConstants =
                [("threads".to_owned(), 64.0), ("nonces".to_owned(), 16.0)].into_iter().collect();
            let (module, info) =
                naga::back::pipeline_constants::process_overrides(&module, &info, None, &constants)
                    .unwrap();
            spv::write_vec(&module, &info, &spv::Options::default(), None).unwrap();
            let msl = msl::Options { fake_missing_bindings: true, ..Default::default() };
            msl::write_string(&module, &info, &msl, &msl::PipelineOptions::default()).unwrap();
            let mut out = String::new();
            let target = hlsl::BindTarget::default();
            let hlsl = hlsl::Options {
                fake_missing_bindings: true,
                immediates_target: Some(target),
                ..Default::default()
            };
            let pipeline = hlsl::PipelineOptions::default();
            hlsl::Writer::new(&mut out, &hlsl, &pipeline).write(&module, &info, None).unwrap();
        }
    }
}

fn layout_is_the_versions(module: &naga::Module) {
    let named = |name: &str| {
        let found = module.types.iter().find(|(_, ty)| ty.name.as_deref() == Some(name));
        match &found.expect(name).1.inner {
            naga::TypeInner::Struct { members, span } => (members.clone(), *span as usize),
            other => panic!("{other:?}"),
        }
    };
    let (version, span) = named("Version");
    let offsets: Vec<u32> = version.iter().map(|member| member.offset).collect();
    assert_eq!((&offsets[..], span), (&[0, 16, 32, 48][..], 64));
    let (job, span) = named("Job");
    let names: Vec<&str> = job.iter().filter_map(|member| member.name.as_deref()).collect();
    let common = ["w16", "w17", "part18", "part19", "part31", "part32", "bound", "first", "count"];
    assert_eq!(names, [&["versions"][..], &common, &["one"]].concat());
    assert_eq!(job[1].offset as usize, std::mem::offset_of!(job::VersionsJob, common));
    assert_eq!(span, size_of::<job::VersionsJob>());
}

/// Every member of the shader's job stands where Rust puts it.
fn layout_is_the_jobs(module: &naga::Module) {
    use std::mem::offset_of;
    let (_, ty) =
        module.types.iter().find(|(_, ty)| ty.name.as_deref() == Some("Job")).expect("a Job");
    let naga::TypeInner::Struct { members, span } = &ty.inner else { panic!("no struct") };
    let expected = [
        ("midstate_abcd", offset_of!(GpuJob, midstate)),
        ("midstate_efgh", offset_of!(GpuJob, midstate) + 16),
        ("state_abcd", offset_of!(GpuJob, state)),
        ("state_efgh", offset_of!(GpuJob, state) + 16),
        ("w16", offset_of!(GpuJob, w16)),
        ("w17", offset_of!(GpuJob, w17)),
        ("part18", offset_of!(GpuJob, part18)),
        ("part19", offset_of!(GpuJob, part19)),
        ("part31", offset_of!(GpuJob, part31)),
        ("part32", offset_of!(GpuJob, part32)),
        ("bound", offset_of!(GpuJob, bound)),
        ("first", offset_of!(GpuJob, first)),
        ("count", offset_of!(GpuJob, count)),
        ("one", offset_of!(GpuJob, one)),
    ];
    let there: Vec<(&str, usize)> = members
        .iter()
        .map(|member| (member.name.as_deref().unwrap_or(""), member.offset as usize))
        .collect();
    assert_eq!(there, expected);
    assert_eq!(*span as usize, size_of::<GpuJob>());
}
