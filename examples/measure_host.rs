//! Measures this machine's energy per hash with every meter that can be read:
//!
//! `cargo run --release --example measure_host`

use hashwatt::energy::discover;
use hashwatt::measure::Bench;
use hashwatt::scan::CpuScanner;
use hashwatt::units::Seconds;
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut meters, no_meter) = match discover() {
        Ok(meters) => (meters, None),
        Err(reason) => (Vec::new(), Some(reason)),
    };
    let threads = std::thread::available_parallelism()?.get();
    let mut scanner = CpuScanner::fastest(threads)?;
    let bench = Bench::new(&mut scanner).meters(&mut meters);
    let measured = bench.window(Seconds::from_seconds(3.0)).run()?;
    // A reader such as `head` may close the pipe before the end.
    let mut out = std::io::stdout();
    let _ = write!(out, "{measured}");
    if let Some(reason) = &no_meter {
        let _ = writeln!(out, "  no meter: {reason}");
    }
    Ok(())
}
