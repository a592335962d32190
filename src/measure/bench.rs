//! One call for a measurement: what is measured is set step by step, everything else has a default.

use super::error::MeasureError;
use super::interleaved::{InterleavedMeasurement, measure_interleaved};
use super::measurement::Measurement;
use super::observer::MeasurementObserver;
use super::plan::MeasurementPlan;
use super::run::measure;
use crate::energy::EnergyMeter;
use crate::pow::{Header, Target};
use crate::scan::{RollingTime, Scanner, StopToken, WorkSource};
use crate::units::Seconds;

/// The window where none is given.
const WINDOW: Seconds = Seconds::from_seconds(10.0);

/// A measurement of one scanner: hashes, and joules where there are meters, over the same window.
///
/// ```no_run
/// use hashwatt::energy::discover;
/// use hashwatt::measure::Bench;
/// use hashwatt::scan::CpuScanner;
/// use hashwatt::units::Seconds;
///
/// let (mut scanner, mut meters) = (CpuScanner::fastest(2)?, discover()?);
/// let measured = Bench::new(&mut scanner).meters(&mut meters).window(Seconds::from_seconds(10.0)).run()?;
/// println!("{} J/TH", measured.efficiency()?.value().as_j_per_th());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Bench<'a> {
    scanner: &'a mut dyn Scanner,
    meters: &'a mut [Box<dyn EnergyMeter>],
    settings: Settings<'a>,
}

/// A measurement of several scanners, each in turn in short slices, so that a disturbance of the machine disturbs
/// all alike. Hashrates and their ratios, no energy: slices are too short for a meter.
///
/// ```
/// use hashwatt::measure::InterleavedBench;
/// use hashwatt::scan::{CpuScanner, Kernel, Scanner};
/// use hashwatt::units::Seconds;
///
/// let mut scanners: Vec<Box<dyn Scanner>> = Vec::new();
/// for kernel in [Kernel::Sha2Naive, Kernel::Sha2] {
///     scanners.push(Box::new(CpuScanner::new(kernel, 1)?));
/// }
/// let measured = InterleavedBench::new(&mut scanners).window(Seconds::from_seconds(0.5)).run()?;
/// let [naive, midstate] = &measured.scanners[..] else { unreachable!() };
/// println!("{:?}", midstate.ratio_to(naive));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct InterleavedBench<'a> {
    scanners: &'a mut [Box<dyn Scanner>],
    settings: Settings<'a>,
}

/// What both kinds of bench can be given.
struct Settings<'a> {
    plan: Result<MeasurementPlan, MeasureError>,
    work: Option<&'a dyn WorkSource>,
    observer: Option<&'a dyn MeasurementObserver>,
    stop: Option<&'a StopToken>,
}

impl Settings<'_> {
    fn new() -> Self {
        Self { plan: MeasurementPlan::new(WINDOW), work: None, observer: None, stop: None }
    }

    /// Runs a measurement with what is set, or with the default in its place.
    fn run<T>(
        self,
        measure: impl FnOnce(
            &dyn WorkSource,
            &MeasurementPlan,
            &dyn MeasurementObserver,
            &StopToken,
        ) -> Result<T, MeasureError>,
    ) -> Result<T, MeasureError> {
        // Any header will do. The hardest target keeps hits out of the measurement.
        let endless = RollingTime::new(Header::from_bytes(&[0; Header::LEN]), Target::HARDEST);
        let never = StopToken::new();
        measure(
            self.work.unwrap_or(&endless),
            &self.plan?,
            self.observer.unwrap_or(&()),
            self.stop.unwrap_or(&never),
        )
    }
}

/// The steps that both have.
macro_rules! settings {
    () => {
        /// How long hashes are counted: 0.2 s to a year, 10 s by default. The rest is as
        /// [`MeasurementPlan::new`] has it; [`plan`](Self::plan) sets warm-up and idle time, too.
        #[must_use]
        pub fn window(mut self, window: Seconds) -> Self {
            self.settings.plan = MeasurementPlan::new(window);
            self
        }

        /// Window, warm-up and idle time together, in place of [`window`](Self::window).
        #[must_use]
        pub fn plan(mut self, plan: MeasurementPlan) -> Self {
            self.settings.plan = Ok(plan);
            self
        }

        /// Where work comes from. By default one header whose time is rolled, with the hardest target: the scanner
        /// has work for as long as it runs, and no hits.
        #[must_use]
        pub fn work(mut self, work: &'a dyn WorkSource) -> Self {
            self.settings.work = Some(work);
            self
        }

        /// Sees every completed batch and every stage, for progress.
        #[must_use]
        pub fn observer(mut self, observer: &'a dyn MeasurementObserver) -> Self {
            self.settings.observer = Some(observer);
            self
        }

        /// Ends the measurement early; the result is valid and marked incomplete.
        #[must_use]
        pub fn stop(mut self, stop: &'a StopToken) -> Self {
            self.settings.stop = Some(stop);
            self
        }
    };
}

impl<'a> Bench<'a> {
    /// A measurement of a scanner, without meters until [`Bench::meters`] gives some.
    pub fn new(scanner: &'a mut dyn Scanner) -> Self {
        Self { scanner, meters: &mut [], settings: Settings::new() }
    }

    /// The meters that are read over the window, each from a thread of its own.
    #[must_use]
    pub fn meters(mut self, meters: &'a mut [Box<dyn EnergyMeter>]) -> Self {
        self.meters = meters;
        self
    }

    settings!();

    /// Runs the measurement.
    ///
    /// # Errors
    /// [`MeasureError::Window`] for a window outside its range, and the error of a scanner that fails. If a meter
    /// fails, the result has the reason in place of its energy.
    pub fn run(self) -> Result<Measurement, MeasureError> {
        let Self { scanner, meters, settings } = self;
        settings
            .run(|work, plan, observer, stop| measure(scanner, work, meters, plan, observer, stop))
    }
}

impl<'a> InterleavedBench<'a> {
    /// A measurement of at least two scanners.
    pub fn new(scanners: &'a mut [Box<dyn Scanner>]) -> Self {
        Self { scanners, settings: Settings::new() }
    }

    settings!();

    /// Runs the measurement. The order is drawn anew in each round, so that no scanner always follows the same
    /// other. Each scanner is counted for the window; the warm-up is that of all together. A slice is 10 to 20 ms,
    /// up to 100 ms in a window of more than 20 minutes: a scanner must complete its batches in less.
    ///
    /// # Errors
    /// [`MeasureError::Scanners`] for fewer than two scanners, [`MeasureError::Window`] for a window outside its
    /// range, [`MeasureError::IdleInterleaved`] for a plan with idle time, and where a scanner fails.
    pub fn run(self) -> Result<InterleavedMeasurement, MeasureError> {
        let Self { scanners, settings } = self;
        settings.run(|work, plan, observer, stop| {
            measure_interleaved(scanners, work, plan, observer, stop)
        })
    }
}
