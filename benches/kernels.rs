//! Every kernel that this machine can run, on one thread. Criterion times the kernel itself (for a GPU,
//! a whole scan). A table of ratios follows, from alternating slices of all kernels, which other load on
//! the machine affects less.
//!
//! `cargo bench --bench kernels`; the table alone: `cargo bench --bench kernels -- table`

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group};
use hashwatt::pow::{Header, Target};
use hashwatt::scan::hazmat::ProvenKernel;
#[cfg(feature = "gpu")]
use hashwatt::scan::{Adapter, GpuScanner, cache_folder, scan};
use hashwatt::scan::{
    CpuScanner, Job, Kernel, NonceRange, RollingTime, Scanner, StopToken, roofline,
};
use hashwatt::units::Seconds;
use hashwatt_test_support::headers::BLOCK_125552_HEX;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// A fast kernel takes about a millisecond, a slow one some tens.
const NONCES: u64 = 1 << 16;

fn kernels(c: &mut Criterion) {
    let header: Header = BLOCK_125552_HEX.parse().expect("a valid header");
    let target = Target::from_compact(header.bits).expect("valid bits");
    let job = Job::new(&header, target);
    let range = NonceRange::new(0, NONCES).expect("within all nonces");

    let mut group = c.benchmark_group("sha256d");
    group.sample_size(20);
    group.throughput(Throughput::Elements(NONCES));
    for kernel in Kernel::all_available() {
        let proven = ProvenKernel::new(kernel).expect("a kernel that passes its self-test");
        let mut hits = Vec::new();
        group.bench_function(BenchmarkId::from_parameter(kernel), |b| {
            b.iter(|| {
                hits.clear();
                proven.scan(black_box(&job), range, &mut hits);
                black_box(&hits);
            });
        });
    }
    #[cfg(feature = "gpu")]
    for mut scanner in gpus() {
        let nonces = scanner.descriptor().batch * 8;
        let range = NonceRange::new(0, nonces.min(1 << 31)).expect("within all nonces");
        let name = format!("gpu: {}", scanner.descriptor().device);
        group.throughput(Throughput::Elements(range.len()));
        group.bench_function(BenchmarkId::from_parameter(name), |b| {
            b.iter(|| scan(&mut scanner, black_box(&job), range).expect("a scan"));
        });
    }
    group.finish();
}

/// Every adapter with its fastest variant, software rasterisers included.
#[cfg(feature = "gpu")]
fn gpus() -> Vec<GpuScanner> {
    let open = |adapter: &Adapter| {
        let tuned = GpuScanner::tuned(adapter, cache_folder().as_deref(), &mut |_| ());
        tuned.map(|(scanner, _, _)| scanner).expect("an adapter that passes")
    };
    Adapter::all().iter().map(open).collect()
}

/// The rows of GPUs: whole scans, compared with one thread of the processor.
#[cfg(feature = "gpu")]
fn gpu_rows(naive_mh_s: f64) {
    let header: Header = BLOCK_125552_HEX.parse().expect("a valid header");
    let target = Target::from_compact(header.bits).expect("valid bits");
    let job = Job::new(&header, target);
    for mut scanner in gpus() {
        let nonces = (scanner.descriptor().batch * 16).min(1 << 32);
        let range = NonceRange::new(0, nonces).expect("within all nonces");
        let mut rates: Vec<f64> = (0..5)
            .map(|_| {
                let begun = Instant::now();
                scan(&mut scanner, &job, range).expect("a scan");
                range.len() as f64 / begun.elapsed().as_secs_f64() / 1e6
            })
            .collect();
        rates.sort_by(f64::total_cmp);
        let (device, rate) = (&scanner.descriptor().device, rates[2]);
        let times = rate / naive_mh_s;
        println!(
            "  gpu: {device}: {rate:.1} MH/s (median of 5, {:.1} to {:.1})",
            rates[0], rates[4]
        );
        println!("  {times:>24.2} times sha2-naive on one thread");
    }
}

/// The table of ratios. It is not a criterion benchmark, because its figures belong to one run.
fn table() {
    let kernels: Vec<Kernel> = Kernel::all_available().collect();
    let time = Seconds::from_seconds(10.0);
    let found = roofline(&kernels, time, &StopToken::new()).expect("kernels that pass");
    println!("\n{found}");
    println!("  {:<12}{:>12}{:>12}{:>16}", "times", "sha2-naive", "sha2", "stops in, ms");
    for row in &found.kernels {
        let [naive, midstate] = [Kernel::Sha2Naive, Kernel::Sha2].map(|baseline| {
            found.times(row, baseline).map_or("-".to_owned(), |times| format!("{times:.2}"))
        });
        let stop = stop_latency(row.kernel).as_secs_f64() * 1e3;
        println!("  {:<12}{naive:>12}{midstate:>12}{stop:>16.2}", row.kernel.name());
    }
    #[cfg(feature = "gpu")]
    if let Some(naive) = found.kernels.iter().find(|row| row.kernel == Kernel::Sha2Naive) {
        gpu_rows(naive.rate.as_mh_s());
    }
}

/// The longest time of several from the stop of a scan on all threads until it returns.
fn stop_latency(kernel: Kernel) -> Duration {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut scanner = CpuScanner::new(kernel, threads).expect("a kernel that passes");
    let header: Header = BLOCK_125552_HEX.parse().expect("a valid header");
    let target = Target::from_compact(header.bits).expect("valid bits");
    let one = || {
        let work = RollingTime::new(header, target);
        let stop = StopToken::new();
        std::thread::scope(|scope| {
            let running = scope.spawn(|| scanner.run(&work, &(), &stop));
            std::thread::sleep(Duration::from_millis(30));
            let asked = Instant::now();
            stop.stop();
            running.join().expect("no panic").expect("a scan");
            asked.elapsed()
        })
    };
    std::iter::repeat_with(one).take(20).max().unwrap_or_default()
}

criterion_group!(benches, kernels);

fn main() {
    // `cargo test` builds and calls this target, too, with `--test`.
    let arguments: Vec<String> = std::env::args().collect();
    if !arguments.iter().any(|argument| argument == "table") {
        benches();
        Criterion::default().configure_from_args().final_summary();
    }
    if arguments.iter().any(|argument| argument == "--bench") {
        table();
    }
}
