//! When what happened.

use std::time::Instant;

/// When the machine was under load, and when the window was open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The scanner was started.
    pub load_began: Instant,
    /// The window opened.
    pub opened: Instant,
    /// It closed.
    pub closed: Instant,
    /// The scanner had stopped.
    pub load_ended: Instant,
}
