//! Compares the results of a device with the reference: in a self-test before its first use, and
//! periodically with samples.

use super::device::DispatchResult;
use super::engine::Engine;
use super::fault::Fault;
use super::job::GpuJob;
use super::verify::Verified;
use crate::scan::cpu::self_test as kernel_self_test;
use crate::scan::error::ScanError;
use crate::scan::job::Job;
use crate::scan::range::NonceRange;
use std::cell::RefCell;

/// Runs the self-test with every version of the shader.
///
/// # Errors
/// [`ScanError::SelfTest`] for wrong results, or the fault of the device.
pub(super) fn run(engine: &mut Engine) -> Result<(), ScanError> {
    let name = engine.name().to_owned();
    let state = RefCell::new((engine, None, 0));
    let result = kernel_self_test::run(|job, range, hits| {
        let (engine, fault, false_candidates) = &mut *state.borrow_mut();
        if fault.is_none() {
            match engine.scan_range(job, range) {
                Ok(found) => {
                    hits.extend(found.hits);
                    *false_candidates += found.false_candidates;
                }
                Err(error) => *fault = Some(error),
            }
        }
    });
    let (engine, fault, false_candidates) = state.into_inner();
    let wrong = |case| ScanError::SelfTest { kernel: format!("gpu on {name}"), case };
    match (fault, result) {
        (Some(fault), _) => Err(fault.into_error(&name)),
        (None, Err(case)) => Err(wrong(case)),
        // False candidates are errors, too.
        (None, Ok(())) if false_candidates > 0 => {
            Err(wrong(format!("{false_candidates} false candidates")))
        }
        (None, Ok(())) => match versions_match_reference(engine) {
            Ok(true) => Ok(()),
            Ok(false) => Err(wrong("the hits of several versions are wrong".to_owned())),
            Err(fault) => Err(fault.into_error(&name)),
        },
    }
}

/// Whether each version's hits are those of its own header.
fn versions_match_reference(engine: &mut Engine) -> Result<bool, Fault> {
    let jobs: Vec<Job> =
        (0..engine.versions as u32).map(kernel_self_test::easy_job_with_version).collect();
    let [first, others @ ..] = &jobs[..] else { return Ok(true) };
    let others: Vec<GpuJob> = others.iter().map(GpuJob::new).collect();
    let range = NonceRange::ALL.skip(1 << 20).take(1 << 12);
    let flight = engine.device.submit(&GpuJob::new(first), &others, range)?;
    let results = engine.device.wait(flight)?;
    Ok(jobs.iter().zip(&results).all(|(job, result)| {
        let DispatchResult::Candidates(nonces) = result else { return false };
        let verified = Verified::from_candidates(job, range, nonces);
        let expected = range.iter().filter_map(|nonce| job.verify(nonce));
        verified.false_candidates == 0 && expected.eq(verified.hits)
    }))
}

/// The number of hits of an easy target in the range that the device misses.
pub(super) fn missed_hits(engine: &mut Engine, range: NonceRange) -> Result<usize, Fault> {
    let job = kernel_self_test::easy_job();
    let found = engine.scan_range(&job, range)?.hits;
    let expected = range.iter().filter_map(|nonce| job.verify(nonce));
    Ok(expected.filter(|hit| !found.contains(hit)).count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::gpu::device::Device;
    use crate::scan::gpu::job::JobIn;
    use crate::scan::gpu::shader::{source, versions_source};
    use crate::scan::gpu::shader_variant::Addition;
    use crate::scan::gpu::testing::{PLAIN, any_adapter, job, reference};

    #[test]
    fn job_in_buffer_and_in_immediates_match_reference() {
        let Some(adapter) = any_adapter() else { return };
        let job = job(0x1f7f_ffff);
        let range = NonceRange::new(777, 100_000).unwrap();
        for uniform in [false, true] {
            let mut engine = Engine::open(&adapter, PLAIN, 1, uniform).unwrap();
            run(&mut engine).unwrap();
            let found = Verified { hits: reference(&job, range), false_candidates: 0 };
            assert_eq!(engine.scan_range(&job, range), Ok(found));
        }
    }

    /// Each shader has one change in its text.
    #[test]
    fn shaders_with_a_defect_fail_the_self_test() {
        let Some(adapter) = any_adapter() else { return };
        let defects = [
            ("rotr(x, 25u)", "rotr(x, 24u)"),
            ("rotr(x, 22u)", "rotr(x, 21u)"),
            ("(x >> 3u)", "(x >> 4u)"),
            ("(x & y) | (~x & z)", "(x & y) | (x & z)"),
            ("(z & (x | y))", "(z & (x & y))"),
            ("sigma0(v20)", "sigma0(v21)"),
            ("job.part31", "job.part32"),
            ("<= job.bound", "< job.bound"),
            ("<= job.bound", "<= (job.bound | 0xffffffu)"),
            ("return swap_bytes(", "return ("),
            ("index < job.count", "index + 1u < job.count"),
            ("found.nonces[at] = nonce", "found.nonces[at] = index"),
        ];
        for (original, defective) in defects {
            let text = source(Addition::Plain, JobIn::Buffer);
            assert!(text.contains(original), "{original}");
            let device = Device::with_source(
                &adapter,
                PLAIN,
                1,
                JobIn::Buffer,
                &text.replacen(original, defective, 1),
            );
            let mut engine = Engine::open(&adapter, PLAIN, 1, false).unwrap();
            engine.device = device.unwrap();
            let result = run(&mut engine);
            assert!(matches!(result, Err(ScanError::SelfTest { .. })), "{original}: {result:?}");
        }
    }

    #[test]
    fn shaders_that_confuse_versions_fail_the_self_test() {
        let Some(adapter) = any_adapter() else { return };
        let defects = [
            ("job.versions[version]", "job.versions[0]"),
            ("found[version].nonces[at]", "found[0].nonces[at]"),
            ("own.state_abcd.x", "job.versions[0].state_abcd.x"),
            ("own.midstate_efgh.w", "job.versions[1].midstate_efgh.w"),
            ("version < VERSIONS", "version < VERSIONS - 1u"),
        ];
        let mut engine = Engine::open(&adapter, PLAIN, 4, false).unwrap();
        assert_eq!(run(&mut engine), Ok(()));
        for (original, defective) in defects {
            let text = versions_source(Addition::Plain, 4);
            assert!(text.contains(original), "{original}");
            let text = text.replace(original, defective);
            engine.device = Device::with_source(&adapter, PLAIN, 4, JobIn::Buffer, &text).unwrap();
            let result = run(&mut engine);
            assert!(result.is_err(), "{original}");
        }
    }
}
