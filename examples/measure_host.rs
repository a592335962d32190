//! How many hashes this machine makes of a joule, with every meter that can be read:
//!
//! `cargo run --release --example measure_host`

use hashwatt::energy::discover;
use hashwatt::measure::{MeasurementPlan, measure};
use hashwatt::pow::{Header, Target};
use hashwatt::scan::{CpuScanner, RollingTime, StopToken};
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
    // Any header will do; the hardest target keeps hits out of the measurement.
    let mut hardest = [0; 32];
    hardest[31] = 1;
    let work = RollingTime::new(Header::from_bytes(&[0; 80]), Target::from_be_bytes(hardest)?);
    let plan = MeasurementPlan::new(Seconds::from_seconds(3.0))?;

    let measured = measure(&mut scanner, &work, &mut meters, &plan, &(), &StopToken::new())?;
    // A reader such as `head` may close the pipe before the end.
    let mut out = std::io::stdout();
    let _ = write!(out, "{measured}");
    if let Some(reason) = &no_meter {
        let _ = writeln!(out, "  no meter: {reason}");
    }
    Ok(())
}
