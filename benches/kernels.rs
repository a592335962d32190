//! Every kernel that this machine can run, on one thread, in one group: nonces decided per second.
//!
//! `cargo bench --bench kernels`

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use hashwatt::pow::{Header, Target};
use hashwatt::scan::{CpuScanner, Job, Kernel, NonceRange, scan};
use std::hint::black_box;

/// Block 125552.
const HEADER: &str = "0100000081cd02ab7e569e8bcd9317e2fe99f2de44d49ab2b8851ba4a308000000000000\
    e320b6c2fffc8d750423db8b1eb942ae710e951ed797f7affc8892b0f1fc122bc7f5d74df2b9441a42a14695";

/// Tens of milliseconds even for a fast kernel: waking the scanner's thread took up to 0.8 ms on
/// a virtual machine, and must not show.
const NONCES: u64 = 1 << 19;

fn kernels(c: &mut Criterion) {
    let header: Header = HEADER.parse().expect("a valid header");
    let target = Target::from_compact(header.bits).expect("valid bits");
    let job = Job::new(&header, target);
    let range = NonceRange::new(0, NONCES).expect("within all nonces");

    let mut group = c.benchmark_group("sha256d");
    group.sample_size(20);
    group.throughput(Throughput::Elements(NONCES));
    for kernel in Kernel::all_available() {
        let mut scanner = CpuScanner::new(kernel, 1).expect("a kernel that passes its self-test");
        group.bench_function(BenchmarkId::from_parameter(kernel), |b| {
            b.iter(|| scan(&mut scanner, black_box(&job), range).expect("a scan"));
        });
    }
    group.finish();
}

criterion_group!(benches, kernels);
criterion_main!(benches);
