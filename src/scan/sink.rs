//! Where finished work goes.

use super::job::Hit;
use super::range::NonceRange;
use std::time::Instant;

/// Who of a scanner did a piece of work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Worker {
    /// Which of [`Scanner::parts`](crate::scan::Scanner::parts).
    pub part: usize,
    /// Which of its threads, from 0; a device that is fed from one is thread 0.
    pub thread: usize,
}

/// One finished piece of work. Finished means every nonce of the range was decided.
#[derive(Clone, Debug)]
pub struct CompletedBatch {
    /// The id that came with the work.
    pub work_id: u64,
    /// What was searched.
    pub range: NonceRange,
    /// All hits of the range.
    pub hits: Vec<Hit>,
    /// When the range was finished.
    pub at: Instant,
    /// Reported nonces that the reference refused: faults of the device.
    pub hardware_errors: u64,
    /// Who did it.
    pub worker: Worker,
}

/// Takes finished work, from any thread, in any order.
pub trait Sink: Sync {
    /// Called once for every range that was finished.
    fn finished(&self, done: CompletedBatch);
}

/// Nobody looks.
impl Sink for () {
    fn finished(&self, _: CompletedBatch) {}
}
