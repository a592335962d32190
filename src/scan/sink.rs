//! The receiver of completed batches.

use super::job::Hit;
use super::range::NonceRange;
use std::time::Instant;

/// The part and thread of a scanner that completed a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Worker {
    /// The index in [`Scanner::parts`](crate::scan::Scanner::parts).
    pub part: usize,
    /// The thread of that part, from 0; a device that is fed from one thread has thread 0.
    pub thread: usize,
}

/// A completed batch: every nonce of its range was hashed and compared with the target.
#[derive(Clone, Debug)]
pub struct CompletedBatch {
    /// The id of the work item.
    pub work_id: u64,
    /// What was searched.
    pub range: NonceRange,
    /// All hits of the range.
    pub hits: Vec<Hit>,
    /// When the range was completed.
    pub at: Instant,
    /// Reported nonces that the reference did not confirm: faults of the device.
    pub hardware_errors: u64,
    /// The part and thread that completed it.
    pub worker: Worker,
}

/// Receives completed batches, from any thread, in any order.
pub trait Sink: Sync {
    /// Called once for each completed range.
    fn completed(&self, batch: CompletedBatch);
}

/// Ignores every batch.
impl Sink for () {
    fn completed(&self, _: CompletedBatch) {}
}
