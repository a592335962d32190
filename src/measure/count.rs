//! Origin and uncertainty of a count of hashes between two completed batches.

use crate::scan::ScannerDescriptor;
use crate::uncertainty::{Measured, Scope};
use crate::units::Hashes;
use hashwatt_quantities::metering::Meter as _;

/// The origin of a count of hashes.
pub(super) fn count_proof(scanner: &ScannerDescriptor) -> Measured {
    let by = format!("completed batches of {}, monotonic clock", scanner.kernel);
    Measured::by_meter(Scope::Scanner, by)
}

/// The standard uncertainty of a count between two points in time: at each of them, every thread has completed an
/// unknown part of a batch, which is uniformly distributed.
pub(super) fn count_uncertainty(scanner: &ScannerDescriptor) -> Hashes {
    let each = scanner.batch as f64 / 12f64.sqrt();
    Hashes::from_hashes(each * (2.0 * scanner.threads as f64).sqrt())
}
