//! Tests with injected faults.

use super::*;
use crate::scan::gpu::device::Device;
use crate::scan::gpu::job::JobIn;
use crate::scan::gpu::shader::source;
use crate::scan::gpu::shader_variant::Addition;
use crate::scan::gpu::testing::{PLAIN, any_adapter, job, reference};
use crate::scan::job::Hit;
use crate::scan::tally::Tally;
use crate::scan::work_source::OneRange;
use std::sync::Arc;

#[test]
fn first_device_loss_is_recovered_and_second_leaves_an_exact_partial_result() {
    let Some(adapter) = any_adapter() else { return };
    let job = Arc::new(job(0x1f7f_ffff));
    let range = NonceRange::new(12_345, 400_000).unwrap();
    for (losses, survives) in [(vec![3], true), (vec![2, 3], false), (vec![0, 5], false)] {
        let mut scanner = GpuScanner::new(&adapter, PLAIN).unwrap();
        scanner.engine.batch = 20_000;
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
            Ok(()) => assert!(survives && scanner.engine.batch == 10_000),
            Err(error) => {
                assert!(matches!(error, ScanError::DeviceLost { .. }), "{error}");
                assert!(!survives);
            }
        }
    }
}

#[test]
fn range_with_too_many_candidates_is_scanned_again() {
    let Some(adapter) = any_adapter() else { return };
    let mut scanner = GpuScanner::new(&adapter, PLAIN).unwrap();
    // Half of all hashes are hits: one dispatch of 20,000 has about ten times `MAX_CANDIDATES`.
    let job = job(0x207f_ffff);
    let range = NonceRange::new(u32::MAX - 19_999, 20_000).unwrap();
    let flight = scanner.engine.device.submit(&GpuJob::new(&job), &[], range).unwrap();
    assert_eq!(scanner.engine.device.wait(flight), Ok(vec![DispatchResult::Overflow]));
    let piece = WorkItem { id: 7, job: Arc::new(job.clone()), range };
    let tally = Tally::new();
    scanner.deliver(piece, DispatchResult::Overflow, &tally).unwrap();
    assert_eq!(tally.finish(range).unwrap().hits, reference(&job, range));
}

#[test]
fn timeouts_and_driver_errors_are_reported_as_such() {
    let Some(adapter) = any_adapter() else { return };
    let refused =
        Device::with_source(&adapter, PLAIN, 1, JobIn::Buffer, "fn scan() { this is not WGSL }");
    assert!(matches!(refused, Err(Fault::DriverError(_))), "{refused:?}");
    // More threads in a workgroup than any device supports.
    let huge = ShaderVariant { threads: 1 << 20, ..PLAIN };
    assert!(matches!(GpuScanner::new(&adapter, huge), Err(ScanError::DeviceRefused { .. })));

    let mut scanner = GpuScanner::new(&adapter, PLAIN).unwrap();
    scanner.engine.device.set_zero_timeout();
    let job = GpuJob::new(&job(0x1f7f_ffff));
    let flight =
        scanner.engine.device.submit(&job, &[], NonceRange::new(0, 1 << 20).unwrap()).unwrap();
    assert_eq!(scanner.engine.device.wait(flight), Err(Fault::Timeout));
    let error = Fault::Timeout.into_error("card");
    assert!(error.to_string().contains("card has not responded for 20 s"), "{error}");
}

#[test]
fn device_that_timed_out_is_reopened() {
    let Some(adapter) = any_adapter() else { return };
    let mut scanner = GpuScanner::new(&adapter, PLAIN).unwrap();
    // Long enough that no dispatch has finished at the first wait.
    scanner.engine.batch = 1 << 20;
    scanner.engine.device.set_zero_timeout();
    let job = job(0x1e7f_ffff);
    let range = NonceRange::new(9, 3_000_000).unwrap();
    let found = crate::scan::scan(&mut scanner, &job, range).unwrap();
    let mut cpu = crate::scan::CpuScanner::fastest(2).unwrap();
    assert_eq!(found, crate::scan::scan(&mut cpu, &job, range).unwrap());
    assert_eq!(scanner.engine.batch, 1 << 19);
}

#[test]
fn missed_hits_are_detected_by_the_next_sample() {
    let Some(adapter) = any_adapter() else { return };
    let mut scanner = GpuScanner::new(&adapter, PLAIN).unwrap();
    scanner.sampled = Instant::now() - 2 * SAMPLE_EVERY;
    assert!(scanner.sample().is_ok());
    let defective =
        source(Addition::Plain, JobIn::Buffer).replace("<= job.bound", "< job.bound >> 4u");
    scanner.engine.device =
        Device::with_source(&adapter, PLAIN, 1, JobIn::Buffer, &defective).unwrap();
    // Opening the device may have taken longer than the interval between samples.
    scanner.sampled = Instant::now();
    assert!(scanner.sample().is_ok(), "no sample is due yet");
    scanner.sampled = Instant::now() - 2 * SAMPLE_EVERY;
    assert!(matches!(scanner.sample(), Err(Interruption::Missed(1..))));
}
