//! What a count of hashes between two completed batches may claim.

use crate::scan::ScannerDescriptor;
use crate::uncertainty::{Measured, Scope};
use crate::units::Hashes;
use hashwatt_quantities::metering::Meter as _;

/// What a count of hashes may call itself.
pub(super) fn counted(scanner: &ScannerDescriptor) -> Measured {
    let by = format!("completed batches of {}, monotonic clock", scanner.kernel);
    Measured::by_meter(Scope::Scanner, by)
}

/// The standard uncertainty of a count between two moments: at either, each thread has done an
/// unknown part of a batch, uniform over it.
pub(super) fn unfinished(scanner: &ScannerDescriptor) -> Hashes {
    let each = scanner.batch as f64 / 12f64.sqrt();
    Hashes::from_hashes(each * (2.0 * scanner.threads as f64).sqrt())
}
