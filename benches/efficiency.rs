//! J/TH of every kernel on all processors, and of every GPU: criterion, with joules in place of time.
//!
//! `cargo bench --bench efficiency` reads the meters of the device that hashes;
//! `HASHWATT_METER=shelly:http://192.0.2.7 cargo bench --bench efficiency` reads the given meters,
//! separated by spaces. If no meter can be read, it prints the reason and exits successfully.
//!
//! An iteration of criterion is a window of one second: a sample of n iterations is one window of n
//! seconds, its value is n times the window's J/TH, and the mean is J/TH.

use criterion::measurement::{Measurement, ValueFormatter};
use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput};
use hashwatt::energy::{EnergyMeter, MeterSpec, discover};
use hashwatt::measure::{Bench, MeasurementPlan};
use hashwatt::scan::{CpuScanner, Kernel, Scanner};
use hashwatt::uncertainty::Efficiency;
use hashwatt::units::Seconds;
use std::process::ExitCode;
use std::time::Duration;

/// Long compared with the refresh interval of any counter.
const WINDOW_S: f64 = 1.0;

/// Joules per terahash.
struct JoulesPerTerahash;

impl Measurement for JoulesPerTerahash {
    type Intermediate = ();
    type Value = f64;

    // Windows are measured by the library: every benchmark here is an `iter_custom`.
    fn start(&self) {}
    fn end(&self, (): ()) -> f64 {
        f64::NAN
    }
    fn add(&self, a: &f64, b: &f64) -> f64 {
        a + b
    }
    fn zero(&self) -> f64 {
        0.0
    }
    fn to_f64(&self, j_per_th: &f64) -> f64 {
        *j_per_th
    }
    fn formatter(&self) -> &dyn ValueFormatter {
        self
    }
}

impl ValueFormatter for JoulesPerTerahash {
    fn scale_values(&self, typical: f64, values: &mut [f64]) -> &'static str {
        let (factor, unit) = match typical {
            t if t >= 1e9 => (1e-9, "GJ/TH"),
            t if t >= 1e6 => (1e-6, "MJ/TH"),
            t if t >= 1e3 => (1e-3, "kJ/TH"),
            _ => (1.0, "J/TH"),
        };
        for value in values {
            *value *= factor;
        }
        unit
    }
    fn scale_throughputs(&self, _: f64, _: &Throughput, values: &mut [f64]) -> &'static str {
        for value in values {
            *value = 1.0 / *value;
        }
        "TH/J"
    }
    fn scale_for_machines(&self, _: &mut [f64]) -> &'static str {
        "J/TH"
    }
}

type Meters = Vec<Box<dyn EnergyMeter>>;

/// The efficiency of one window.
fn window(
    scanner: &mut dyn Scanner,
    meters: &mut Meters,
    seconds: f64,
) -> Result<Efficiency, String> {
    let plan = MeasurementPlan::new(Seconds::from_seconds(seconds));
    // Criterion has already warmed up; each window still begins while the scanner runs.
    let plan = plan.and_then(|plan| plan.with_warm_up(Seconds::from_seconds(0.2)));
    let plan = plan.map_err(|error| error.to_string())?;
    let measured = Bench::new(scanner).meters(meters).plan(plan).run();
    let measured = measured.map_err(|error| error.to_string())?;
    measured.efficiency().map_err(|error| error.to_string())
}

/// The meters of `HASHWATT_METER`, or else those of the processors or the GPUs.
fn meters(gpu: bool) -> Result<Meters, String> {
    let Ok(named) = std::env::var("HASHWATT_METER") else {
        #[cfg(feature = "gpu")]
        if gpu {
            return hashwatt::energy::discover_gpus().map_err(|error| error.to_string());
        }
        let _ = gpu;
        return discover().map_err(|error| error.to_string());
    };
    let mut meters = Meters::new();
    for spec in named.split_whitespace() {
        let opened = spec.parse::<MeterSpec>().and_then(|spec| spec.open());
        meters.extend(opened.map_err(|error| format!("HASHWATT_METER: {error}"))?);
    }
    Ok(meters)
}

fn bench(c: &mut Criterion<JoulesPerTerahash>, scanner: &mut dyn Scanner, name: &str, gpu: bool) {
    let mut meters = match meters(gpu) {
        Ok(meters) => meters,
        Err(reason) => return println!("{name}: no J/TH: {reason}"),
    };
    // The name contains the kind of the figure: measured, user-reported or assumed.
    let kind = match window(scanner, &mut meters, WINDOW_S) {
        Ok(efficiency) => efficiency.as_uncertain().provenance().to_string(),
        Err(reason) => return println!("{name}: no J/TH: {reason}"),
    };
    let mut group = c.benchmark_group(format!("J/TH ({kind})"));
    group.sampling_mode(SamplingMode::Flat);
    group.sample_size(10);
    group.warm_up_time(Duration::from_secs(1));
    group.measurement_time(Duration::from_secs(15));
    group.bench_function(BenchmarkId::from_parameter(name), |b| {
        b.iter_custom(|iterations| {
            let seconds = iterations as f64 * WINDOW_S;
            match window(scanner, &mut meters, seconds) {
                Ok(efficiency) => efficiency.value().as_j_per_th() * iterations as f64,
                // Criterion cannot cancel a benchmark that has started.
                Err(reason) => {
                    println!("{name}: no J/TH any more: {reason}");
                    std::process::exit(1)
                }
            }
        });
    });
    group.finish();
}

fn main() -> ExitCode {
    let mut criterion =
        Criterion::default().with_measurement(JoulesPerTerahash).configure_from_args();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    if let Err(reason) = meters(false) {
        println!("processors: no J/TH: {reason}");
    } else {
        for kernel in Kernel::all_available() {
            match CpuScanner::new(kernel, threads) {
                Ok(mut scanner) => bench(&mut criterion, &mut scanner, kernel.name(), false),
                Err(reason) => println!("{kernel}: {reason}"),
            }
        }
    }
    #[cfg(feature = "gpu")]
    gpus(&mut criterion);
    criterion.final_summary();
    ExitCode::SUCCESS
}

#[cfg(feature = "gpu")]
fn gpus(criterion: &mut Criterion<JoulesPerTerahash>) {
    use hashwatt::scan::{Adapter, GpuScanner, cache_folder};

    if let Err(reason) = meters(true) {
        return println!("GPUs: no J/TH: {reason}");
    }
    for adapter in Adapter::choose(None).unwrap_or_default() {
        match GpuScanner::tuned(&adapter, cache_folder().as_deref(), &mut |_| ()) {
            Ok((mut scanner, _, _)) => {
                let name = format!("gpu: {}", adapter.description().name);
                bench(criterion, &mut scanner, &name, true);
            }
            Err(reason) => println!("{}: {reason}", adapter.description().name),
        }
    }
}
