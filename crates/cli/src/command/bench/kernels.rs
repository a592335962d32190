//! `hashwatt bench --kernel a,b,c`: several kernels in turn, compared with the first.

use super::super::interrupt::Interrupt;
use super::super::output::{OutputFile, render};
use super::super::progress::Progress;
use super::{Arguments, Failure, export_failure, plan, write_result};
use hashwatt::measure::InterleavedBench;
use hashwatt::scan::{Host, Kernel};
use hashwatt_report::BenchKernelsReport;
use std::process::ExitCode;

/// Measures several kernels in turn, instead of the hashrate and energy of one.
pub(super) fn run(
    arguments: &Arguments,
    kernels: &[Kernel],
    output: Option<&OutputFile>,
) -> Result<ExitCode, Failure> {
    refuse_single_kernel_options(arguments)?;
    let plan = plan(arguments)?;
    let interrupt = Interrupt::listen()?;
    let mut scanners = arguments.scanner.open_each(kernels)?;
    let measured = {
        let progress = Progress::interleaved(plan.longest_interleaved(scanners.len()), &());
        InterleavedBench::new(&mut scanners)
            .plan(plan)
            .observer(&progress)
            .stop(interrupt.token())
            .run()?
    };
    let report = BenchKernelsReport::new(&measured).with_host(&Host::here());
    let text = match arguments.export {
        Some(format) => report.export(format.into()).map_err(export_failure)?,
        None => render(&report, arguments.json)?,
    };
    write_result(&text, output)?;
    Ok(if measured.complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

/// Refuses options that apply to a single kernel only.
fn refuse_single_kernel_options(arguments: &Arguments) -> Result<(), Failure> {
    const ENERGY: &str = "energy cannot be measured with several kernels, whose time slices are too short \
        for a meter; omit it, or bench one kernel at a time";
    const SAVE: &str = "saves the result of a single kernel; give --json -o FILE, or bench one kernel at \
        a time";
    for (option, is_given, message) in [
        ("--meter", !arguments.meter.is_empty(), ENERGY),
        ("--watts", arguments.watts.is_some(), ENERGY),
        ("--idle", arguments.idle.is_some(), ENERGY),
        ("--mw", arguments.mw.is_some(), ENERGY),
        ("--save", arguments.save.is_some(), SAVE),
        (
            "--versions",
            arguments.versions() > 1,
            "only a GPU hashes several versions at once; give --kernel gpu alone",
        ),
    ] {
        if is_given {
            return Err(Failure::Input(format!("{option}: {message}")));
        }
    }
    Ok(())
}
