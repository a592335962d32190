//! `hashwatt bench`: hashrate and energy of this machine over one window.

use super::engine::Engine;
use super::interrupt::Interrupt;
use super::progress::Progress;
use super::{Failure, number, print};
use clap::Args;
use hashwatt::econ::{Case, Fleet};
use hashwatt::energy::{AssumedMeter, EnergyMeter, MeterError, MeterSpec, discover, discover_gpus};
use hashwatt::measure::{Measurement, MeasurementPlan, measure};
use hashwatt::pow::{Header, Target};
use hashwatt::report::{BenchReport, EstimateReport, RooflineReport};
#[cfg(feature = "gpu")]
use hashwatt::scan::{Adapter, Addition, GpuRoofline, Scanner, Variant, gpu_roofline};
use hashwatt::scan::{Kernel, RollingTime, RollingVersion, WorkSource, roofline};
use hashwatt::units::{Seconds, Watts};
use std::path::PathBuf;
use std::process::ExitCode;

/// Block 125552: a real header with a target so hard that no hit disturbs the measurement.
const HEADER: &str = "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000\
    e320b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a42a14695";

/// A log shows the idle machine by a few samples, a second apart at the most.
const LEAST_IDLE: f64 = 5.0;

/// Measure the hashrate and, where a meter can be read, the joules per terahash
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    engine: Engine,
    /// Length of the window in seconds, after a warm-up
    #[arg(long, value_name = "S", default_value = "5", value_parser = number::positive, allow_hyphen_values = true)]
    seconds: f64,
    /// Warm up for exactly so many seconds [default: until hashrate and power stand still, at most
    /// as long as the window]
    #[arg(long, value_name = "S", value_parser = number::not_negative, allow_hyphen_values = true)]
    warm_up: Option<f64>,
    /// Measure the idle machine for so many seconds before and after, for the energy net of it
    #[arg(long, value_name = "S", value_parser = number::not_negative, allow_hyphen_values = true)]
    idle: Option<f64>,
    /// Read this meter, several times for several: rapl, perf, hwmon:NAME, nvml:INDEX, shelly:URL,
    /// tasmota:URL, ipmi, redfish:URL, csv:FILE, assumed:350W [default: those of what hashes;
    /// `hashwatt meters` lists them]
    #[arg(long, value_name = "METER")]
    meter: Vec<MeterSpec>,
    /// Assume so many watts, as --meter assumed:WW; the figures are marked assumed
    #[arg(long, value_name = "W", value_parser = number::positive, allow_hyphen_values = true)]
    watts: Option<f64>,
    /// What the efficiency found would make of so many megawatts
    #[arg(long, value_name = "X", value_parser = number::not_negative, allow_hyphen_values = true)]
    mw: Option<f64>,
    /// Hash 2 or 4 versions of a header at once (with --kernel gpu): a mode of its own, whose rate is
    /// no rate of one header
    #[cfg(feature = "gpu")]
    #[arg(long, value_name = "N", default_value = "1", conflicts_with = "roofline", value_parser = number::versions)]
    versions: usize,
    /// Time every kernel (or --kernel and the baseline) on one thread against the others and
    /// against what the core's ports allow, in place of hashrate and energy
    #[arg(long, conflicts_with_all = ["threads", "pin", "adapter", "meter", "warm_up", "idle", "watts", "mw"])]
    roofline: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    if arguments.roofline {
        return run_roofline(arguments);
    }
    let plan = plan(arguments)?;
    let budget = arguments.mw.map(|mw| Case::new(Watts::from_mw(mw)));
    if let Some(case) = &budget {
        // What is wrong with it is better said before the measurement than after.
        case.snapshot()?;
    }
    let Meters { mut live, logs, missing } = meters(arguments)?;
    let header: Header = HEADER.parse()?;
    let target = Target::from_compact(header.bits)?;
    #[cfg(feature = "gpu")]
    let versions = arguments.versions;
    #[cfg(not(feature = "gpu"))]
    let versions = 1;
    let mut scanner = arguments.engine.scanner_of(versions)?;
    let work: Box<dyn WorkSource> = match u32::try_from(versions) {
        Ok(versions @ 2..) => Box::new(RollingVersion::new(header, target, versions)),
        _ => Box::new(RollingTime::new(header, target)),
    };

    #[cfg(feature = "gpu")]
    let gpu = gpu_before(arguments, &*scanner)?;
    let interrupt = Interrupt::listen()?;
    let mut measured = {
        let progress = Progress::endless(&());
        measure(&mut *scanner, &*work, &mut live, &plan, &progress, interrupt.token())?
    };
    for log in logs {
        measured.add_log(&log);
    }
    let mut report = BenchReport::new(&measured);
    #[cfg(feature = "gpu")]
    if let Some((adapter, addition, before)) = gpu
        && measured.complete
    {
        report = report.with_gpu_roofline(addition, &[before, gpu_roofline(&adapter)?]);
    }
    if let Some(reason) = &missing {
        report = report.with_no_meter(reason);
    }
    if let Some(case) = budget {
        report = report.with_budget(at_this_efficiency(case, &measured));
    }
    print(&report, arguments.json)?;
    Ok(if measured.complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

fn plan(arguments: &Arguments) -> Result<MeasurementPlan, Failure> {
    let mut plan = MeasurementPlan::new(Seconds::from_seconds(arguments.seconds))?;
    if let Some(warm_up) = arguments.warm_up {
        plan = plan.with_warm_up(Seconds::from_seconds(warm_up))?;
    }
    if let Some(idle) = arguments.idle {
        plan = plan.with_idle(Seconds::from_seconds(idle))?;
    }
    Ok(plan)
}

/// What is to be read.
struct Meters {
    /// While the run goes on.
    live: Vec<Box<dyn EnergyMeter>>,
    /// When it is over.
    logs: Vec<PathBuf>,
    /// Why the machine has no meter of its own.
    missing: Option<MeterError>,
}

/// Those that were named, or those of what hashes. One that was named and cannot be opened ends the
/// run before it begins; one that is merely missing is a reason in the report.
fn meters(arguments: &Arguments) -> Result<Meters, Failure> {
    let mut meters = Meters { live: Vec::new(), logs: Vec::new(), missing: None };
    if arguments.meter.is_empty() {
        let mut found = Vec::new();
        if arguments.engine.has_gpu() {
            found.push(discover_gpus());
        }
        found.push(discover());
        for found in found {
            match found {
                Ok(found) => meters.live.extend(found),
                Err(reason) => meters.missing = meters.missing.or(Some(reason)),
            }
        }
    }
    for spec in &arguments.meter {
        if let Some(log) = spec.log() {
            if arguments.idle.is_none_or(|idle| idle < LEAST_IDLE) {
                return Err(Failure::Input(format!(
                    "--meter {spec}: its clock is found by the step from idle to load and back; \
                     add --idle with at least {LEAST_IDLE} seconds"
                )));
            }
            if !log.exists() {
                eprintln!("warning: --meter {spec}: no such file yet; it is read after the run");
            }
            meters.logs.push(log.to_owned());
        }
        let opened = spec.open().map_err(|error| match Failure::from(error) {
            Failure::Input(told) => Failure::Input(format!("--meter {spec}: {told}")),
            Failure::Run(told) => Failure::Run(format!("--meter {spec}: {told}")),
        })?;
        meters.live.extend(opened);
    }
    if let Some(watts) = arguments.watts {
        meters.live.push(Box::new(AssumedMeter::new(Watts::from_watts(watts))?));
    }
    Ok(meters)
}

/// What a GPU's units allow, before the window; and how the variant in use adds.
#[cfg(feature = "gpu")]
fn gpu_before(
    arguments: &Arguments,
    scanner: &dyn Scanner,
) -> Result<Option<(Adapter, Addition, GpuRoofline)>, Failure> {
    if arguments.versions > 1 {
        // Versions share operations: what one header allows is no limit of theirs.
        return Ok(None);
    }
    let variant = scanner.descriptor().variant.as_ref().and_then(|name| name.parse().ok());
    let (Some(adapter), Some(Variant { addition, .. })) = (arguments.engine.single_gpu(), variant)
    else {
        return Ok(None);
    };
    let before = gpu_roofline(&adapter)?;
    Ok(Some((adapter, addition, before)))
}

fn run_roofline(arguments: &Arguments) -> Result<ExitCode, Failure> {
    if arguments.engine.has_gpu() {
        let told = "--roofline: a GPU's comes with its own bench; name a CPU kernel here";
        return Err(Failure::Input(told.to_owned()));
    }
    let kernels: Vec<Kernel> = match arguments.engine.named() {
        Some(Kernel::Sha2Naive) => vec![Kernel::Sha2Naive],
        Some(kernel) => vec![Kernel::Sha2Naive, kernel],
        None => Kernel::all_available().collect(),
    };
    let interrupt = Interrupt::listen()?;
    let found = {
        let _progress = Progress::busy("kernels in turn", &());
        roofline(&kernels, Seconds::from_seconds(arguments.seconds), interrupt.token())
    };
    let found = found?;
    print(&RooflineReport::from(&found), arguments.json)?;
    Ok(if found.complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

/// The budget with this machine's efficiency, and whose it is.
fn at_this_efficiency(case: Case, measured: &Measurement) -> Result<EstimateReport, String> {
    let efficiency = measured.efficiency().map_err(|reason| reason.to_string())?;
    let fleet = Fleet::of_efficiency(efficiency);
    let snapshot = Case { fleet, ..case }.snapshot().map_err(|reason| reason.to_string())?;
    let mut report = EstimateReport::from(&snapshot);
    report.warnings.insert(
        0,
        format!(
            "the fleet is given the efficiency of kernel {} on {}: no mining fleet has it",
            measured.scanner.kernel, measured.scanner.device
        ),
    );
    Ok(report)
}
