//! Whether a device computes what the reference computes: the self-test before its first use, and
//! samples from time to time.

use super::device::Verdict;
use super::engine::Engine;
use super::fault::Fault;
use super::job::GpuJob;
use super::verify::Verified;
use crate::scan::cpu::self_test;
use crate::scan::error::ScanError;
use crate::scan::job::Job;
use crate::scan::range::NonceRange;
use std::cell::RefCell;

/// The self-test, of every version.
pub(super) fn prove(engine: &mut Engine) -> Result<(), ScanError> {
    let name = engine.name().to_owned();
    let state = RefCell::new((engine, None, 0));
    let verdict = self_test::run(|job, range, hits| {
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
    match (fault, verdict) {
        (Some(fault), _) => Err(fault.into_error(&name)),
        (None, Err(case)) => Err(wrong(case)),
        // A false candidate is a fault as much as a missed one.
        (None, Ok(())) if false_candidates > 0 => {
            Err(wrong(format!("{false_candidates} candidates that are none")))
        }
        (None, Ok(())) => match versions_differ_as_they_should(engine) {
            Ok(true) => Ok(()),
            Ok(false) => Err(wrong("versions are mixed up".to_owned())),
            Err(fault) => Err(fault.into_error(&name)),
        },
    }
}

/// Every version's hits are its own, not another's.
fn versions_differ_as_they_should(engine: &mut Engine) -> Result<bool, Fault> {
    let jobs: Vec<Job> = (0..engine.versions as u32).map(self_test::easy_job_of).collect();
    let [first, others @ ..] = &jobs[..] else { return Ok(true) };
    let others: Vec<GpuJob> = others.iter().map(GpuJob::new).collect();
    let range = NonceRange::ALL.skip(1 << 20).take(1 << 12);
    let flight = engine.device.submit(&GpuJob::new(first), &others, range)?;
    let verdicts = engine.device.wait(flight)?;
    Ok(jobs.iter().zip(&verdicts).all(|(job, verdict)| {
        let Verdict::Candidates(nonces) = verdict else { return false };
        let verified = Verified::of(job, range, nonces);
        let expected = range.iter().filter_map(|nonce| job.verify(nonce));
        verified.false_candidates == 0 && expected.eq(verified.hits)
    }))
}

/// How many hits of an easy target in that range the device misses.
pub(super) fn missed_hits(engine: &mut Engine, range: NonceRange) -> Result<usize, Fault> {
    let job = self_test::easy_job();
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
    fn the_job_in_a_buffer_does_as_well_as_in_immediates() {
        let Some(adapter) = any_adapter() else { return };
        let job = job(0x1f7f_ffff);
        let range = NonceRange::new(777, 100_000).unwrap();
        for uniform in [false, true] {
            let mut engine = Engine::open(&adapter, PLAIN, 1, uniform).unwrap();
            prove(&mut engine).unwrap();
            let found = Verified { hits: reference(&job, range), false_candidates: 0 };
            assert_eq!(engine.scan_range(&job, range), Ok(found));
        }
    }

    /// The text of a shader with one thing in it changed is caught by the self-test.
    #[test]
    fn broken_shaders_fail_the_self_test() {
        let Some(adapter) = any_adapter() else { return };
        let breaks = [
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
        for (right, wrong) in breaks {
            let text = source(Addition::Plain, JobIn::Buffer);
            assert!(text.contains(right), "{right}");
            let device = Device::with_source(
                &adapter,
                PLAIN,
                1,
                JobIn::Buffer,
                &text.replacen(right, wrong, 1),
            );
            let mut engine = Engine::open(&adapter, PLAIN, 1, false).unwrap();
            engine.device = device.unwrap();
            let verdict = prove(&mut engine);
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
        let mut engine = Engine::open(&adapter, PLAIN, 4, false).unwrap();
        assert_eq!(prove(&mut engine), Ok(()));
        for (right, wrong) in breaks {
            let text = versions_source(Addition::Plain, 4);
            assert!(text.contains(right), "{right}");
            let text = text.replace(right, wrong);
            engine.device = Device::with_source(&adapter, PLAIN, 4, JobIn::Buffer, &text).unwrap();
            let verdict = prove(&mut engine);
            assert!(verdict.is_err(), "{right}");
        }
    }
}
