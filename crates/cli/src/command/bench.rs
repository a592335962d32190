//! `hashwatt bench`: hashrate and energy of this machine over one measurement window.

mod kernels;

use super::interrupt::Interrupt;
use super::output::{OutputFile, print_message, render, write};
use super::progress::Progress;
use super::saved_bench::{self, BenchLocation};
use super::scanner_options::ScannerOptions;
use super::{Failure, value_parsers};
use clap::{Args, ValueEnum};
use hashwatt::econ::scenario::{Case, Mistake, Scenario, ScenarioError};
use hashwatt::econ::view::Study;
use hashwatt::energy::{
    AssumedMeter, EnergyMeter, LogColumns, MeterError, MeterSpec, PowerLog, discover,
    discover_boards,
};
use hashwatt::measure::{Bench, MeasurementPlan};
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

/// The exit code of a comparison in which the second bench is slower.
const SLOWER_EXIT_CODE: u8 = 3;

/// The exit code of a comparison in which one of the benches has no interval.
const INCONCLUSIVE_EXIT_CODE: u8 = 4;

/// The minimum idle time with a power log: a few samples, at most a second apart.
const MIN_IDLE_SECONDS: f64 = 5.0;

/// Measure the hashrate and, if a meter can be read, the joules per terahash
#[derive(Args)]
#[command(after_help = "Examples (--kernel gpu needs a build with the feature gpu):
  hashwatt bench --seconds 60 --save before
  hashwatt bench --kernel avx2,sha-ni,sha2-naive --threads 1
  hashwatt bench --kernel gpu --meter nvml:0 --idle 10 --json -o gpu.json
  hashwatt bench --compare before gpu.json")]
pub(super) struct Arguments {
    #[command(flatten)]
    scanner: ScannerOptions,
    /// Length of the measurement window in seconds, after the warm-up; with several kernels, for each
    #[arg(long, value_name = "S", default_value = "5", value_parser = value_parsers::positive, allow_hyphen_values = true)]
    seconds: f64,
    /// Warm up for exactly this many seconds, excluded from the figures; with several kernels, for all
    /// together [default: until hashrate and power are steady, at most as long as the window]
    #[arg(long, value_name = "S", value_parser = value_parsers::not_negative, allow_hyphen_values = true)]
    warm_up: Option<f64>,
    /// Measure the idle machine for this many seconds before and after, for the net energy
    #[arg(long, value_name = "S", value_parser = value_parsers::not_negative, allow_hyphen_values = true)]
    idle: Option<f64>,
    /// Meter to read; repeat for several: rapl, perf, hwmon:NAME, nvml:INDEX, shelly:URL, tasmota:URL,
    /// ipmi, redfish:URL, csv:FILE, assumed:350W [default: the meters of the hashing devices;
    /// `hashwatt meters` lists them]
    #[arg(long, value_name = "METER")]
    meter: Vec<MeterSpec>,
    /// Time column in the files of --meter csv:FILE [default: a common name, such as time_s, timestamp,
    /// Time, last_changed]
    #[arg(long, value_name = "NAME")]
    csv_time: Option<String>,
    /// Power column in these files [default: a common name, such as power_w, Watts, Power (kW), P-1,
    /// state]
    #[arg(long, value_name = "NAME")]
    csv_power: Option<String>,
    /// Assume this many watts, like --meter assumed:WW; the figures are marked as assumed
    #[arg(long, value_name = "W", value_parser = value_parsers::positive, allow_hyphen_values = true)]
    watts: Option<f64>,
    /// Also estimate this many megawatts of mining at the measured efficiency
    #[arg(long, value_name = "X", value_parser = value_parsers::not_negative, allow_hyphen_values = true)]
    mw: Option<f64>,
    /// Hash 2 or 4 versions of a header at once (with --kernel gpu); the rate is not comparable with that
    /// of a single header
    #[cfg(feature = "gpu")]
    #[arg(long, value_name = "N", default_value = "1", conflicts_with_all = ["roofline", "compare"], value_parser = value_parsers::versions)]
    versions: usize,
    /// Instead of measuring hashrate and energy, compare all kernels (or those of --kernel and the
    /// baseline) on one thread with each other and with the limit of the core's ports
    #[arg(long, conflicts_with_all = ["threads", "pin", "adapter", "meter", "csv_time", "csv_power", "warm_up", "idle", "watts", "mw", "save", "export"])]
    roofline: bool,
    /// Save the JSON result under a name, or to a path that ends in .json, for later comparison
    #[arg(long, value_name = "NAME", value_parser = saved_bench::parse)]
    save: Option<BenchLocation>,
    /// Instead of measuring, compare two saved results (names or JSON files), the second with the first;
    /// the exit code is 3 if the second is slower, and 4 if the comparison is inconclusive because one
    /// has no interval
    #[arg(long, value_name = "NAME", num_args = 2, value_names = ["A", "B"], value_parser = saved_bench::parse, conflicts_with_all = [
        "kernel", "threads", "pin", "adapter", "seconds", "warm_up", "idle", "meter", "csv_time",
        "csv_power", "watts", "mw",
        "roofline", "save", "export",
    ])]
    compare: Vec<BenchLocation>,
    /// Export format of the result
    #[arg(long, value_name = "FORMAT", value_enum, conflicts_with = "json")]
    export: Option<Export>,
    /// Write the result to a file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace existing files
    #[arg(long)]
    force: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Export {
    /// Header and one row per kernel
    Csv,
    /// Complete result, like --json
    Json,
    /// Table of quantities or kernels
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

    /// The number of versions of a header hashed at once.
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
    let output = output.map(|path| OutputFile::new(path, arguments.force)).transpose()?;
    if let [a, b] = &arguments.compare[..] {
        let comparison = BenchComparison::new(a.read()?, b.read()?);
        write_result(&render(&comparison, arguments.json)?, output.as_ref())?;
        return Ok(match comparison {
            comparison if comparison.cannot_tell() => ExitCode::from(INCONCLUSIVE_EXIT_CODE),
            comparison if comparison.is_slower() => ExitCode::from(SLOWER_EXIT_CODE),
            _ => ExitCode::SUCCESS,
        });
    }
    let compared = arguments.scanner.compared_kernels()?;
    if arguments.roofline {
        return run_roofline(arguments, compared, output.as_ref());
    }
    if let Some(kernels) = compared {
        return kernels::run(arguments, &kernels, output.as_ref());
    }
    let save = arguments
        .save
        .as_ref()
        .map(|location| location.output_file(arguments.force))
        .transpose()?;
    let plan = plan(arguments)?;
    let budget = arguments.mw.map(|mw| Case::builder(Watts::from_mw(mw)).build());
    let budget = budget.transpose().map_err(budget_failure)?;
    if let Some(scenario) = &budget {
        // Report mistakes in it before the measurement.
        Study::new(scenario.resolve().map_err(budget_failure)?)?.estimate()?;
    }
    let mut meters = named_meters(arguments)?;
    let versions = arguments.versions();
    let interrupt = Interrupt::listen()?;
    let mut scanner = arguments.scanner.open(versions, &interrupt)?;
    if arguments.meter.is_empty() {
        meters.add_defaults(&scanner.parts());
    }
    let Meters { mut live, logs, missing } = meters;
    // Any header will do. The hardest target keeps hits out of the measurement.
    let header = Header::from_bytes(&[0; Header::LEN]);
    let work: Box<dyn WorkSource> = match u32::try_from(versions) {
        Ok(versions @ 2..) => Box::new(RollingVersion::new(header, Target::HARDEST, versions)),
        _ => Box::new(RollingTime::new(header, Target::HARDEST)),
    };

    #[cfg(feature = "gpu")]
    let gpu = initial_gpu_roofline(arguments, &*scanner)?;
    let mut measured = {
        let progress = Progress::measurement(plan.longest(), &());
        Bench::new(&mut *scanner)
            .meters(&mut live)
            .work(&*work)
            .plan(plan)
            .observer(&progress)
            .stop(interrupt.token())
            .run()?
    };
    for log in logs {
        measured.add_log(&log, &arguments.log_columns());
    }
    let mut report =
        BenchReport::new(&measured).with_host(&Host::here(), arguments.scanner.selection_reason());
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
        let budget = estimate_at_measured_efficiency(scenario, &report);
        report = report.with_budget(budget);
    }
    let text = match arguments.export {
        Some(format) => report.export(format.into()).map_err(export_failure)?,
        None => render(&report, arguments.json)?,
    };
    write_result(&text, output.as_ref())?;
    if let Some(file) = save {
        file.write(&render(&report, true)?)?;
    }
    Ok(if measured.complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

fn export_failure(error: Box<dyn std::error::Error>) -> Failure {
    Failure::Run(error.to_string())
}

/// Writes the result to the file, or to stdout if there is no file or it cannot be written.
fn write_result(text: &str, output: Option<&OutputFile>) -> Result<(), Failure> {
    let Some(file) = output else { return write(text) };
    file.write(text).inspect_err(|_| {
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

/// The meters of a run.
struct Meters {
    /// Read during the run.
    live: Vec<Box<dyn EnergyMeter>>,
    /// Log files, read after the run.
    logs: Vec<PathBuf>,
    /// Why the processor has no meter.
    missing: Option<MeterError>,
}

impl Meters {
    /// Adds the meters of the hashing devices: the GPU boards, and the processor that drives them.
    fn add_defaults(&mut self, parts: &[ScannerDescriptor]) {
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
        // Assumed watts stay last.
        self.live.splice(0..0, found);
    }
}

/// Opens the meters given by options. A meter that cannot be opened ends the run before it begins; a missing
/// meter is reported in the result.
fn named_meters(arguments: &Arguments) -> Result<Meters, Failure> {
    let mut meters = Meters { live: Vec::new(), logs: Vec::new(), missing: None };
    for spec in &arguments.meter {
        if let Some(log) = spec.log() {
            if arguments.idle.is_none_or(|idle| idle < MIN_IDLE_SECONDS) {
                return Err(Failure::Input(format!(
                    "--meter {spec}: its clock is aligned by the step from idle to load and back; \
                     add --idle with at least {MIN_IDLE_SECONDS} seconds"
                )));
            }
            check_log_header(spec, log, &arguments.log_columns())?;
            meters.logs.push(log.to_owned());
        }
        let opened = spec.open().map_err(|error| match Failure::from(error) {
            Failure::Input(message) => Failure::Input(format!("--meter {spec}: {message}")),
            Failure::Run(message) => Failure::Run(format!("--meter {spec}: {message}")),
            several @ Failure::Inputs(_) => several,
        })?;
        meters.live.extend(opened);
    }
    if let Some(watts) = arguments.watts {
        meters.live.push(Box::new(AssumedMeter::new(Watts::from_watts(watts))?));
    }
    Ok(meters)
}

/// Refuses an existing log whose header cannot be read, since the run would then give no energy.
fn check_log_header(spec: &MeterSpec, log: &Path, columns: &LogColumns) -> Result<(), Failure> {
    let read_later = |what: &str| {
        print_message(&format!("warning: --meter {spec}: {what}; it is read after the run"));
        Ok(())
    };
    match PowerLog::has_header(log, columns) {
        Ok(true) => Ok(()),
        Ok(false) => read_later("the file is still empty"),
        Err(MeterError::NotPresent { .. }) => read_later("the file does not exist yet"),
        Err(MeterError::BadLog(error)) if error.is_header_error() => {
            let error = error.or_remedy("name them with --csv-time NAME and --csv-power NAME");
            Err(Failure::Input(format!("--meter csv: {error}")))
        }
        Err(error) => Err(Failure::Input(format!("--meter csv: {error}"))),
    }
}

/// The roofline of the GPU before the measurement window, and the addition of the variant in use.
#[cfg(feature = "gpu")]
fn initial_gpu_roofline(
    arguments: &Arguments,
    scanner: &dyn Scanner,
) -> Result<Option<(Adapter, Addition, GpuRoofline)>, Failure> {
    if arguments.versions > 1 {
        // Versions share operations, so the limit of a single header does not apply.
        return Ok(None);
    }
    let variant = scanner.descriptor().variant.as_ref().and_then(|name| name.parse().ok());
    let (Some(adapter), Some(ShaderVariant { addition, .. })) =
        (arguments.scanner.single_gpu(), variant)
    else {
        return Ok(None);
    };
    let before = gpu_roofline(&adapter)?;
    Ok(Some((adapter, addition, before)))
}

fn run_roofline(
    arguments: &Arguments,
    compared: Option<Vec<Kernel>>,
    output: Option<&OutputFile>,
) -> Result<ExitCode, Failure> {
    if arguments.scanner.uses_gpu() {
        let message = "--roofline: applies to CPU kernels only; the bench of a GPU includes its own \
            roofline; name a CPU kernel";
        return Err(Failure::Input(message.to_owned()));
    }
    let mut kernels: Vec<Kernel> = match (compared, arguments.scanner.named_kernel()) {
        (Some(compared), _) => compared,
        (None, Some(kernel)) => vec![kernel],
        (None, None) => Kernel::all_available().collect(),
    };
    if !kernels.contains(&Kernel::Sha2Naive) {
        kernels.insert(0, Kernel::Sha2Naive);
    }
    let interrupt = Interrupt::listen()?;
    let found = {
        let _progress = Progress::spinner("kernels in turn", &());
        roofline(&kernels, Seconds::from_seconds(arguments.seconds), interrupt.token())
    };
    let found = found?;
    write_result(&render(&RooflineReport::from(&found), arguments.json)?, output)?;
    Ok(if found.complete { ExitCode::SUCCESS } else { interrupt.exit_code() })
}

/// The failure of the power budget given by `--mw`.
fn budget_failure(error: ScenarioError) -> Failure {
    let line = |mistake: &Mistake| format!("--mw: {}", mistake.problem);
    Failure::Inputs(error.mistakes().iter().map(line).collect())
}

/// Estimates the budget at the measured efficiency, as `estimate --measured` reads the result.
fn estimate_at_measured_efficiency(
    mut scenario: Scenario,
    report: &BenchReport,
) -> Result<EstimateReport, String> {
    const RESULT_NAME: &str = "this measurement";
    if let Some(reason) = &report.energy_reason {
        return Err(reason.clone());
    }
    let message = |error: &dyn std::fmt::Display| error.to_string();
    let json = render(report, true).map_err(|failure| match failure {
        Failure::Input(reason) | Failure::Run(reason) => reason,
        Failure::Inputs(reasons) => reasons.join("; "),
    })?;
    scenario.set("measured", RESULT_NAME).map_err(|error| message(&error))?;
    let resolved =
        scenario.resolve_with_files(|_| Ok(json.clone())).map_err(|error| message(&error))?;
    let study = Study::new(resolved).map_err(|error| message(&error))?;
    let outcome = study.estimate().map_err(|error| message(&error))?;
    Ok(EstimateReport::new(&study, &outcome))
}
