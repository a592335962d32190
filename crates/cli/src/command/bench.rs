//! `hashwatt bench`: hashrate and energy of this machine over one window.

mod kernels;

use super::engine::Engine;
use super::interrupt::Interrupt;
use super::output::{Place, rendered, tell, write};
use super::progress::Progress;
use super::saved::{self, Saved};
use super::{Failure, number};
use clap::{Args, ValueEnum};
use hashwatt::econ::scenario::{Case, Mistake, Scenario, ScenarioError};
use hashwatt::econ::view::Study;
use hashwatt::energy::{
    AssumedMeter, EnergyMeter, LogColumns, MeterError, MeterSpec, PowerLog, discover,
    discover_boards,
};
use hashwatt::measure::{MeasurementPlan, measure};
use hashwatt::pow::{Header, Target};
#[cfg(feature = "gpu")]
use hashwatt::scan::{Adapter, Addition, GpuRoofline, Scanner, ShaderVariant, gpu_roofline};
use hashwatt::scan::{
    HashingDevice, Host, Kernel, RollingTime, RollingVersion, ScannerDescriptor, WorkSource,
    roofline,
};
use hashwatt::units::{Seconds, Watts};
use hashwatt_report::{BenchComparison, BenchReport, EstimateReport, ExportFormat, RooflineReport};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Block 125552: a real header with a target so hard that no hit disturbs the measurement.
const HEADER: &str = "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000\
    e320b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a42a14695";

/// The exit code of a comparison in which the second is slower.
const SLOWER: u8 = 3;

/// The exit code of a comparison in which one of the two has no interval.
const CANNOT_TELL: u8 = 4;

/// A log shows the idle machine by a few samples, a second apart at the most.
const MIN_IDLE: f64 = 5.0;

/// Measure the hashrate and, where a meter can be read, the joules per terahash
#[derive(Args)]
#[command(after_help = "Examples (--kernel gpu needs a build with the feature gpu):
  hashwatt bench --seconds 60 --save before
  hashwatt bench --kernel avx2,sha-ni,sha2-naive --threads 1
  hashwatt bench --kernel gpu --meter nvml:0 --idle 10 --json -o gpu.json
  hashwatt bench --compare before gpu.json")]
pub(super) struct Arguments {
    #[command(flatten)]
    engine: Engine,
    /// Length of the window in seconds, after a warm-up; with several kernels, of each of them
    #[arg(long, value_name = "S", default_value = "5", value_parser = number::positive, allow_hyphen_values = true)]
    seconds: f64,
    /// Warm up for exactly so many seconds, with several kernels in all, which are not in the figures
    /// [default: until hashrate and power stand still, at most as long as the window]
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
    /// The column of times in the files of --meter csv:FILE [default: by common names, such as time_s,
    /// timestamp, Time, last_changed]
    #[arg(long, value_name = "NAME")]
    csv_time: Option<String>,
    /// The column of powers in those files [default: by common names, such as power_w, Watts,
    /// Power (kW), P-1, state]
    #[arg(long, value_name = "NAME")]
    csv_power: Option<String>,
    /// Assume so many watts, as --meter assumed:WW; the figures are marked assumed
    #[arg(long, value_name = "W", value_parser = number::positive, allow_hyphen_values = true)]
    watts: Option<f64>,
    /// What the efficiency found would make of so many megawatts
    #[arg(long, value_name = "X", value_parser = number::not_negative, allow_hyphen_values = true)]
    mw: Option<f64>,
    /// Hash 2 or 4 versions of a header at once (with --kernel gpu): a mode of its own, whose rate is
    /// no rate of one header
    #[cfg(feature = "gpu")]
    #[arg(long, value_name = "N", default_value = "1", conflicts_with_all = ["roofline", "compare"], value_parser = number::versions)]
    versions: usize,
    /// Time every kernel (or those of --kernel and the baseline) on one thread against the others and
    /// against what the core's ports allow, in place of hashrate and energy
    #[arg(long, conflicts_with_all = ["threads", "pin", "adapter", "meter", "csv_time", "csv_power", "warm_up", "idle", "watts", "mw", "save", "export"])]
    roofline: bool,
    /// Keep the JSON result by a name, or in a path that ends in .json, to compare others with
    #[arg(long, value_name = "NAME", value_parser = saved::parse)]
    save: Option<Saved>,
    /// Compare two kept results (names or JSON files), the second with the first, in place of
    /// measuring; the exit code is 3 where the second is slower, 4 where that cannot be told because
    /// one has no interval
    #[arg(long, value_name = "NAME", num_args = 2, value_names = ["A", "B"], value_parser = saved::parse, conflicts_with_all = [
        "kernel", "threads", "pin", "adapter", "seconds", "warm_up", "idle", "meter", "csv_time",
        "csv_power", "watts", "mw",
        "roofline", "save", "export",
    ])]
    compare: Vec<Saved>,
    /// Print the result as a table's rows or as a table
    #[arg(long, value_name = "FORMAT", value_enum, conflicts_with = "json")]
    export: Option<Export>,
    /// Write what would be printed into a file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace files that are there
    #[arg(long)]
    force: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Export {
    /// A header and one row for each kernel
    Csv,
    /// All of it, as --json
    Json,
    /// A table of quantities or kernels
    Markdown,
}

impl From<Export> for ExportFormat {
    fn from(export: Export) -> Self {
        match export {
            Export::Csv => Self::Csv,
            Export::Json => Self::Json,
            Export::Markdown => Self::Markdown,
        }
    }
}

impl Arguments {
    fn log_columns(&self) -> LogColumns {
        LogColumns { time: self.csv_time.clone(), power: self.csv_power.clone() }
    }

    /// Versions of a header at once.
    fn versions(&self) -> usize {
        #[cfg(feature = "gpu")]
        let versions = self.versions;
        #[cfg(not(feature = "gpu"))]
        let versions = 1;
        versions
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let output = arguments.output.as_deref();
    let output = output.map(|path| Place::new(path, arguments.force)).transpose()?;
    if let [a, b] = &arguments.compare[..] {
        let found = BenchComparison::new(a.read()?, b.read()?);
        put(&rendered(&found, arguments.json)?, output.as_ref())?;
        return Ok(match found {
            found if found.cannot_tell() => ExitCode::from(CANNOT_TELL),
            found if found.is_slower() => ExitCode::from(SLOWER),
            _ => ExitCode::SUCCESS,
        });
    }
    let several = arguments.engine.several()?;
    if arguments.roofline {
        return run_roofline(arguments, several, output.as_ref());
    }
    if let Some(kernels) = several {
        return kernels::run(arguments, &kernels, output.as_ref());
    }
    let save = arguments.save.as_ref().map(|saved| saved.place(arguments.force)).transpose()?;
    let plan = plan(arguments)?;
    let budget = arguments.mw.map(|mw| Case::builder(Watts::from_mw(mw)).build());
    let budget = budget.transpose().map_err(of_budget)?;
    if let Some(scenario) = &budget {
        // What is wrong with it is better said before the measurement than after.
        Study::new(scenario.resolve().map_err(of_budget)?)?.estimate()?;
    }
    let mut meters = named_meters(arguments)?;
    let (header, target) = hard_header()?;
    let versions = arguments.versions();
    let interrupt = Interrupt::listen()?;
    let mut scanner = arguments.engine.opened(versions, &interrupt)?;
    if arguments.meter.is_empty() {
        meters.add_those_of(&scanner.parts());
    }
    let Meters { mut live, logs, missing } = meters;
    let work: Box<dyn WorkSource> = match u32::try_from(versions) {
        Ok(versions @ 2..) => Box::new(RollingVersion::new(header, target, versions)),
        _ => Box::new(RollingTime::new(header, target)),
    };

    #[cfg(feature = "gpu")]
    let gpu = gpu_before(arguments, &*scanner)?;
    let mut measured = {
        let progress = Progress::of_time(plan.longest(), &());
        measure(&mut *scanner, &*work, &mut live, &plan, &progress, interrupt.token())?
    };
    for log in logs {
        measured.add_log(&log, &arguments.log_columns());
    }
    let mut report =
        BenchReport::new(&measured).with_host(&Host::here(), arguments.engine.reason());
    #[cfg(feature = "gpu")]
    if let Some((adapter, addition, before)) = gpu
        && measured.complete
    {
        report = report.with_gpu_roofline(addition, &[before, gpu_roofline(&adapter)?]);
    }
    if let Some(reason) = &missing {
        report = report.with_no_meter(reason);
    }
    if let Some(scenario) = budget {
        let budget = at_this_efficiency(scenario, &report);
        report = report.with_budget(budget);
    }
    let text = match arguments.export {
        Some(format) => report.export(format.into()).map_err(exported)?,
        None => rendered(&report, arguments.json)?,
    };
    put(&text, output.as_ref())?;
    if let Some(place) = save {
        place.write(&rendered(&report, true)?)?;
    }
    Ok(if measured.complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

fn exported(error: Box<dyn std::error::Error>) -> Failure {
    Failure::Run(error.to_string())
}

/// To the file, or to stdout. What was measured is not lost where the file cannot be written.
fn put(text: &str, output: Option<&Place>) -> Result<(), Failure> {
    let Some(place) = output else { return write(text) };
    place.write(text).inspect_err(|_| {
        let _ = write(text);
    })
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

impl Meters {
    /// Those of what hashes: the boards of its GPUs and the processor that drives them.
    fn add_those_of(&mut self, parts: &[ScannerDescriptor]) {
        let gpu = |part: &ScannerDescriptor| match &part.hashes_on {
            HashingDevice::Gpu(gpu) => Some(gpu.clone()),
            _ => None,
        };
        let gpus: Vec<_> = parts.iter().filter_map(gpu).collect();
        let mut found = discover_boards(&gpus);
        match discover() {
            Ok(processor) => found.extend(processor),
            Err(reason) => self.missing = Some(reason),
        }
        // Assumed watts come last.
        self.live.splice(0..0, found);
    }
}

/// Those that were named. One that cannot be opened ends the run before it begins; one that is
/// merely missing is a reason in the report.
fn named_meters(arguments: &Arguments) -> Result<Meters, Failure> {
    let mut meters = Meters { live: Vec::new(), logs: Vec::new(), missing: None };
    for spec in &arguments.meter {
        if let Some(log) = spec.log() {
            if arguments.idle.is_none_or(|idle| idle < MIN_IDLE) {
                return Err(Failure::Input(format!(
                    "--meter {spec}: its clock is found by the step from idle to load and back; \
                     add --idle with at least {MIN_IDLE} seconds"
                )));
            }
            unless_unreadable(spec, log, &arguments.log_columns())?;
            meters.logs.push(log.to_owned());
        }
        let opened = spec.open().map_err(|error| match Failure::from(error) {
            Failure::Input(told) => Failure::Input(format!("--meter {spec}: {told}")),
            Failure::Run(told) => Failure::Run(format!("--meter {spec}: {told}")),
            several @ Failure::Inputs(_) => several,
        })?;
        meters.live.extend(opened);
    }
    if let Some(watts) = arguments.watts {
        meters.live.push(Box::new(AssumedMeter::new(Watts::from_watts(watts))?));
    }
    Ok(meters)
}

/// A log that is there with a header that cannot be read would cost the run and give no energy.
fn unless_unreadable(spec: &MeterSpec, log: &Path, columns: &LogColumns) -> Result<(), Failure> {
    let later = |what: &str| {
        tell(&format!("warning: --meter {spec}: {what}; it is read after the run"));
        Ok(())
    };
    match PowerLog::has_header(log, columns) {
        Ok(true) => Ok(()),
        Ok(false) => later("the file is empty so far"),
        Err(MeterError::NotPresent { .. }) => later("no such file yet"),
        Err(MeterError::BadLog(error)) if error.is_of_header() => {
            let error = error.or("name them by --csv-time NAME and --csv-power NAME");
            Err(Failure::Input(format!("--meter csv: {error}")))
        }
        Err(error) => Err(Failure::Input(format!("--meter csv: {error}"))),
    }
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
    let (Some(adapter), Some(ShaderVariant { addition, .. })) =
        (arguments.engine.single_gpu(), variant)
    else {
        return Ok(None);
    };
    let before = gpu_roofline(&adapter)?;
    Ok(Some((adapter, addition, before)))
}

/// What is hashed.
fn hard_header() -> Result<(Header, Target), Failure> {
    let header: Header = HEADER.parse()?;
    let target = Target::from_compact(header.bits)?;
    Ok((header, target))
}

fn run_roofline(
    arguments: &Arguments,
    several: Option<Vec<Kernel>>,
    output: Option<&Place>,
) -> Result<ExitCode, Failure> {
    if arguments.engine.has_gpu() {
        let told = "--roofline: a GPU's comes with its own bench; name a CPU kernel here";
        return Err(Failure::Input(told.to_owned()));
    }
    let mut kernels: Vec<Kernel> = match (several, arguments.engine.named()) {
        (Some(several), _) => several,
        (None, Some(kernel)) => vec![kernel],
        (None, None) => Kernel::all_available().collect(),
    };
    if !kernels.contains(&Kernel::Sha2Naive) {
        kernels.insert(0, Kernel::Sha2Naive);
    }
    let interrupt = Interrupt::listen()?;
    let found = {
        let _progress = Progress::busy("kernels in turn", &());
        roofline(&kernels, Seconds::from_seconds(arguments.seconds), interrupt.token())
    };
    let found = found?;
    put(&rendered(&RooflineReport::from(&found), arguments.json)?, output)?;
    Ok(if found.complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

/// What is wrong with the budget.
fn of_budget(error: ScenarioError) -> Failure {
    let told = |mistake: &Mistake| format!("--mw: {}", mistake.problem);
    Failure::Inputs(error.mistakes().iter().map(told).collect())
}

/// The budget with this machine's efficiency, as `estimate --measured` reads the result.
fn at_this_efficiency(
    mut scenario: Scenario,
    report: &BenchReport,
) -> Result<EstimateReport, String> {
    const RESULT: &str = "this measurement";
    if let Some(reason) = &report.energy_reason {
        return Err(reason.clone());
    }
    let told = |error: &dyn std::fmt::Display| error.to_string();
    let json = rendered(report, true).map_err(|failure| match failure {
        Failure::Input(reason) | Failure::Run(reason) => reason,
        Failure::Inputs(reasons) => reasons.join("; "),
    })?;
    scenario.set("measured", RESULT).map_err(|error| told(&error))?;
    let resolved =
        scenario.resolve_with_files(|_| Ok(json.clone())).map_err(|error| told(&error))?;
    let study = Study::new(resolved).map_err(|error| told(&error))?;
    let outcome = study.estimate().map_err(|error| told(&error))?;
    Ok(EstimateReport::new(&study, &outcome))
}
