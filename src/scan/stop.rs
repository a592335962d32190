//! A token that stops running scanners.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Stops running scanners. Clones share one flag.
#[derive(Clone, Debug, Default)]
pub struct StopToken(Arc<AtomicBool>);

impl StopToken {
    /// A token that is not stopped.
    pub fn new() -> Self {
        Self::default()
    }
    /// Requests a stop. Scanners finish their current batches and return.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
    /// Whether a stop was requested.
    pub fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
    /// The flag itself, for a signal handler.
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }
}
