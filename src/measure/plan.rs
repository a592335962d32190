//! How long to measure.

use super::error::MeasureError;
use crate::units::Seconds;
use std::time::Duration;

/// How long to measure, to warm up and to watch the idle machine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeasurementPlan {
    pub(super) window: Duration,
    /// At least so long the scanner runs before the window opens.
    pub(super) warm_up: Duration,
    /// At most so long it is waited for a steady state.
    pub(super) longest_warm_up: Duration,
    /// Before and after the run, nothing hashes for so long; zero for no idle measurement.
    pub(super) idle: Duration,
}

impl MeasurementPlan {
    /// Below this a slice is a few batches and its rate says little.
    const SHORTEST: Duration = Duration::from_millis(200);
    /// A year: longer than anyone measures, short enough for every clock.
    const LONGEST: Seconds = Seconds::from_years(1.0);

    /// A window of so many seconds after a warm-up of at least a tenth of it (0.2 s to 2 s) and
    /// at most as long as the window again (0.5 s to 600 s), until the run is steady. The idle
    /// machine is not measured.
    ///
    /// # Errors
    /// [`MeasureError::Window`] unless 0.2 s to a year.
    pub fn new(window: Seconds) -> Result<Self, MeasureError> {
        let wrong = || MeasureError::Window { given: window.as_seconds().to_string() };
        let window = duration(window).filter(|window| *window >= Self::SHORTEST);
        let window = window.ok_or_else(wrong)?;
        let warm_up = (window / 10).clamp(Duration::from_millis(200), Duration::from_secs(2));
        let longest_warm_up = window.clamp(Duration::from_millis(500), Duration::from_secs(600));
        Ok(Self { window, warm_up, longest_warm_up, idle: Duration::ZERO })
    }

    /// With a warm-up of exactly so long, steady or not.
    ///
    /// # Errors
    /// [`MeasureError::WarmUp`] unless 0 s to a year.
    pub fn with_warm_up(self, warm_up: Seconds) -> Result<Self, MeasureError> {
        let wrong = || MeasureError::WarmUp { given: warm_up.as_seconds().to_string() };
        let warm_up = duration(warm_up).ok_or_else(wrong)?;
        Ok(Self { warm_up, longest_warm_up: warm_up, ..self })
    }

    /// With the idle machine measured for so long before and after, for the energy net of it.
    ///
    /// # Errors
    /// [`MeasureError::Idle`] unless 0 s to a year.
    pub fn with_idle(self, idle: Seconds) -> Result<Self, MeasureError> {
        let wrong = || MeasureError::Idle { given: idle.as_seconds().to_string() };
        let idle = duration(idle).ok_or_else(wrong)?;
        Ok(Self { idle, ..self })
    }

    /// The longest that a run of it takes: the warm-up may end before its time.
    pub fn longest(&self) -> Duration {
        let idle = if self.idle.is_zero() { Duration::ZERO } else { self.idle * 2 + self.rest() };
        idle + self.longest_warm_up + self.window
    }

    /// Between the load and the idle machine after it, for clocks and fans to come down.
    pub(super) fn rest(&self) -> Duration {
        (self.idle / 4).min(Duration::from_secs(2))
    }

    /// The series by which a steady state is judged.
    pub(super) fn steady_window(&self) -> Duration {
        (self.window / 4).clamp(Duration::from_millis(100), Duration::from_secs(30))
    }
}

fn duration(given: Seconds) -> Option<Duration> {
    let given = Some(given).filter(|given| *given <= MeasurementPlan::LONGEST)?;
    Duration::try_from_secs_f64(given.as_seconds()).ok()
}
