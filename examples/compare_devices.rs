//! Measures every kernel of this processor, and every GPU with `--features gpu`. Prints rate and J/TH, or the reason
//! why a figure is missing.
//!
//! `cargo run --release --example compare_devices`

use hashwatt::energy::discover;
use hashwatt::measure::Bench;
use hashwatt::scan::{CpuScanner, Kernel, Scanner};
use hashwatt::units::Seconds;
use std::error::Error;
use std::io::Write;

type Found = Result<(f64, String), Box<dyn Error>>;

fn rate(scanner: &mut dyn Scanner) -> Found {
    let mut meters = discover().unwrap_or_default();
    let measured =
        Bench::new(scanner).meters(&mut meters).window(Seconds::from_seconds(1.0)).run()?;
    let energy = match measured.efficiency() {
        Ok(efficiency) => format!("{:.0} J/TH", efficiency.value().as_j_per_th()),
        Err(reason) => format!("no J/TH: {reason}"),
    };
    let hashrate = measured.hashrate.as_ref().ok_or("no batch was completed")?;
    Ok((hashrate.value().as_mh_s(), energy))
}

fn main() -> Result<(), Box<dyn Error>> {
    let threads = std::thread::available_parallelism()?.get();
    let mut rows: Vec<(String, Found)> = Vec::new();
    for kernel in Kernel::all_available() {
        let found = CpuScanner::new(kernel, threads);
        let found = found.map_err(Into::into).and_then(|mut scanner| rate(&mut scanner));
        rows.push((format!("{} on {threads} threads", kernel.name()), found));
    }
    #[cfg(feature = "gpu")]
    for adapter in hashwatt::scan::Adapter::all() {
        let name = adapter.description().name.clone();
        let found = hashwatt::scan::GpuScanner::tuned(&adapter, None, &mut |_| ());
        rows.push((name, found.map_err(Into::into).and_then(|mut found| rate(&mut found.0))));
    }
    // A reader such as `head` may close the pipe before the end.
    let mut out = std::io::stdout();
    for (name, found) in rows {
        let _ = match found {
            Ok((mh_s, energy)) => writeln!(out, "{name:<32}{mh_s:>10.2} MH/s   {energy}"),
            Err(reason) => writeln!(out, "{name:<32}{:>10}        {reason}", "-"),
        };
    }
    Ok(())
}
