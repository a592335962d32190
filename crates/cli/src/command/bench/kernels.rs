//! `hashwatt bench --kernel a,b,c`: several kernels in turn against the first.

use super::super::interrupt::Interrupt;
use super::super::output::{Place, rendered};
use super::super::progress::Progress;
use super::{Arguments, Failure, exported, hard_header, plan, put};
use hashwatt::measure::measure_interleaved;
use hashwatt::scan::{Host, Kernel, RollingTime};
use hashwatt_report::BenchKernelsReport;
use std::process::ExitCode;

/// Several kernels in turn, in place of the hashrate and energy of one.
pub(super) fn run(
    arguments: &Arguments,
    kernels: &[Kernel],
    output: Option<&Place>,
) -> Result<ExitCode, Failure> {
    refuse_beside_several(arguments)?;
    let plan = plan(arguments)?;
    let (header, target) = hard_header()?;
    let interrupt = Interrupt::listen()?;
    let mut scanners = arguments.engine.opened_in_turn(kernels)?;
    let work = RollingTime::new(header, target);
    let measured = {
        let progress = Progress::in_turn(plan.longest_interleaved(scanners.len()), &());
        measure_interleaved(&mut scanners, &work, &plan, &progress, interrupt.token())?
    };
    let report = BenchKernelsReport::new(&measured).with_host(&Host::here());
    let text = match arguments.export {
        Some(format) => report.export(format.into()).map_err(exported)?,
        None => rendered(&report, arguments.json)?,
    };
    put(&text, output)?;
    Ok(if measured.complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

/// What belongs to one kernel alone is an error beside several, never ignored.
fn refuse_beside_several(arguments: &Arguments) -> Result<(), Failure> {
    const ENERGY: &str = "energy is not measured of several kernels, whose slices are too short for \
        a meter; leave it out, or bench one kernel at a time";
    const KEPT: &str = "keeps the result of one kernel; give --json -o FILE, or bench one kernel at \
        a time";
    for (option, given, told) in [
        ("--meter", !arguments.meter.is_empty(), ENERGY),
        ("--watts", arguments.watts.is_some(), ENERGY),
        ("--idle", arguments.idle.is_some(), ENERGY),
        ("--mw", arguments.mw.is_some(), ENERGY),
        ("--save", arguments.save.is_some(), KEPT),
        (
            "--versions",
            arguments.versions() > 1,
            "only a GPU hashes several at once; give --kernel gpu alone",
        ),
    ] {
        if given {
            return Err(Failure::Input(format!("{option}: {told}")));
        }
    }
    Ok(())
}
