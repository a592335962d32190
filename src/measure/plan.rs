//! The times of a measurement.

use super::error::MeasureError;
use crate::units::Seconds;
use std::time::Duration;

/// Window, warm-up and idle time of a measurement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeasurementPlan {
    pub(super) window: Duration,
    /// The minimum time that the scanner runs before the window opens.
    pub(super) warm_up: Duration,
    /// The maximum time to wait for a steady state.
    pub(super) longest_warm_up: Duration,
    /// The idle time before and after the run; zero for no idle measurement.
    pub(super) idle: Duration,
}

impl MeasurementPlan {
    /// A shorter window has too few batches for a rate.
    const SHORTEST: Duration = Duration::from_millis(200);
    /// A year is longer than any measurement and short enough for every clock.
    const LONGEST: Seconds = Seconds::from_years(1.0);

    /// A plan with this window. The warm-up lasts until the run is steady: at least a tenth of the window
    /// (0.2 s to 2 s) and at most as long as the window (0.5 s to 600 s). The idle machine is not
    /// measured.
    ///
    /// # Errors
    /// [`MeasureError::Window`] outside 0.2 s to one year.
    pub fn new(window: Seconds) -> Result<Self, MeasureError> {
        let wrong = || MeasureError::Window { given: window.as_seconds().to_string() };
        let window = duration(window).filter(|window| *window >= Self::SHORTEST);
        let window = window.ok_or_else(wrong)?;
        let warm_up = (window / 10).clamp(Duration::from_millis(200), Duration::from_secs(2));
        let longest_warm_up = window.clamp(Duration::from_millis(500), Duration::from_secs(600));
        Ok(Self { window, warm_up, longest_warm_up, idle: Duration::ZERO })
    }

    /// The plan with a warm-up of exactly this time, steady or not.
    ///
    /// # Errors
    /// [`MeasureError::WarmUp`] outside 0 s to one year.
    pub fn with_warm_up(self, warm_up: Seconds) -> Result<Self, MeasureError> {
        let wrong = || MeasureError::WarmUp { given: warm_up.as_seconds().to_string() };
        let warm_up = duration(warm_up).ok_or_else(wrong)?;
        Ok(Self { warm_up, longest_warm_up: warm_up, ..self })
    }

    /// The plan with an idle measurement of this time before and after, for the energy net of it.
    ///
    /// # Errors
    /// [`MeasureError::Idle`] outside 0 s to one year.
    pub fn with_idle(self, idle: Seconds) -> Result<Self, MeasureError> {
        let wrong = || MeasureError::Idle { given: idle.as_seconds().to_string() };
        let idle = duration(idle).ok_or_else(wrong)?;
        Ok(Self { idle, ..self })
    }

    /// The maximum time that the measurement takes; the warm-up may end earlier.
    pub fn longest(&self) -> Duration {
        let idle = if self.idle.is_zero() { Duration::ZERO } else { self.idle * 2 + self.rest() };
        idle + self.longest_warm_up + self.window
    }

    /// The pause between the load and the idle measurement after it, for clocks and fans to slow down.
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
