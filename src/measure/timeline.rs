//! The times of a run.

use std::time::Instant;

/// The times at which the load began and ended and the window opened and closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The scanner was started.
    pub load_began: Instant,
    /// The window opened.
    pub opened: Instant,
    /// The window closed.
    pub closed: Instant,
    /// The scanner had stopped.
    pub load_ended: Instant,
}
