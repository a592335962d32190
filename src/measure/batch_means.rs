//! The confidence interval of the mean of autocorrelated readings, by batch means (Conway 1963; Law, *Simulation
//! Modeling and Analysis*, ch. 9).
//!
//! The readings of a run are not independent: a processor's clock varies over seconds, and an interval that treats
//! every reading as independent is far too narrow (with an AR(1) coefficient of 0.9, a nominal 95 % interval covers
//! about 36 %). Means of batches that are much longer than the autocorrelation time are nearly independent. With too
//! few such batches there is no interval.

use hashwatt_quantities::statistics::{mean, student_t95, variance};
use std::fmt;

/// The least number of batches; the scatter of fewer is too uncertain.
pub(super) const MIN_BATCHES: usize = 10;
/// The least length of a batch in autocorrelation times.
pub(super) const MIN_BATCH_LENGTH: f64 = 20.0;

/// The uncertainty of the mean of a series of equally spaced readings.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct BatchMeans {
    /// Standard error of the mean, divided by the mean; `None` if it has not converged.
    pub relative_standard_error: Option<f64>,
    /// The factor for a 95 % interval (Student's t).
    pub t95: f64,
    /// Number of batches.
    pub batches: usize,
    /// The autocorrelation time in units of the spacing; 1/2 for independent readings.
    pub autocorrelation_time: f64,
    /// Number of readings.
    pub readings: usize,
}

impl BatchMeans {
    /// Computes the uncertainty from a series, whose mean must not be zero.
    pub(super) fn from_series(series: &[f64]) -> Self {
        let readings = series.len();
        let autocorrelation_time = autocorrelation_time(series);
        let min_length = (MIN_BATCH_LENGTH * autocorrelation_time).ceil().max(1.0) as usize;
        let batches = readings / min_length;
        let relative_standard_error = (batches >= MIN_BATCHES).then(|| {
            let length = readings / batches;
            let means: Vec<f64> = series.chunks_exact(length).take(batches).map(mean).collect();
            let all = mean(&means);
            let by_batches = variance(&means) / batches as f64;
            // The mean of two estimates of the same variance: with only ten batches, runs whose means agree by chance
            // would seem to have converged.
            let by_autocorrelation =
                2.0 * autocorrelation_time * variance(series) / readings as f64;
            ((by_batches + by_autocorrelation) / 2.0).sqrt() / all.abs()
        });
        let t95 = student_t95(batches.max(2) as f64 - 1.0);
        Self { relative_standard_error, t95, batches, autocorrelation_time, readings }
    }

    /// The half-width of the 95 % interval over the mean.
    pub fn relative_half_width_95(&self) -> Option<f64> {
        self.relative_standard_error.map(|u| u * self.t95)
    }

    /// Estimated factor by which the window must be longer to converge.
    pub fn times_too_short(&self) -> f64 {
        MIN_BATCHES as f64 * MIN_BATCH_LENGTH * self.autocorrelation_time
            / self.readings.max(1) as f64
    }
}

impl fmt::Display for BatchMeans {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.relative_standard_error {
            Some(_) => write!(f, "{} batches", self.batches),
            None => write!(
                f,
                "not converged: {} readings are equivalent to {:.0} independent ones, and 100 are \
                 needed; measure {:.1} times longer",
                self.readings,
                self.readings as f64 / (2.0 * self.autocorrelation_time),
                self.times_too_short().max(1.1)
            ),
        }
    }
}

/// The integrated autocorrelation time 1/2 + sum of the autocorrelations, in spacings: the
/// larger of two estimates. The first sums with Sokal's window (M >= 5 tau; *Monte Carlo Methods in
/// Statistical Mechanics*, 1997, section 3). The second assumes an AR(1) process with the first autocorrelation,
/// which is more stable if the sum is noisy.
fn autocorrelation_time(series: &[f64]) -> f64 {
    const WINDOW: f64 = 5.0;
    const ROUNDING: f64 = 1e-12;
    let average = mean(series);
    let centred: Vec<f64> = series.iter().map(|value| value - average).collect();
    let variance: f64 = centred.iter().map(|c| c * c).sum();
    // A constant series, except for rounding.
    if variance <= series.len() as f64 * (average * ROUNDING).powi(2) {
        return 0.5;
    }
    let correlation = |lag: usize| -> f64 {
        let products = centred.iter().zip(&centred[lag..]).map(|(a, b)| a * b);
        products.sum::<f64>() / variance
    };
    let first = if series.len() > 1 { correlation(1) } else { 0.0 };
    let autoregressive = 0.5 + if first > 0.0 { first / (1.0 - first).max(1e-9) } else { 0.0 };
    let mut summed = 0.5;
    // A sum that has not ended by then is far too long for the series.
    for lag in 1..series.len() / 8 {
        summed += correlation(lag);
        if lag as f64 >= WINDOW * summed {
            break;
        }
    }
    summed.max(autoregressive).max(0.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hashwatt_test_support::noise::Random;

    #[test]
    fn standard_error_of_known_batches_is_exact() {
        // Ten batches of ten alternating values about 1 to 10: mean 5.5, variance of the mean
        // 55/60. The alternation keeps the autocorrelation time at its minimum, at which readings count as
        // independent: 100 with sample variance (90^2 * 100 + 82.5 * 10) / 99.
        let means = [1.0, 8.0, 3.0, 10.0, 5.0, 2.0, 7.0, 4.0, 9.0, 6.0];
        let series: Vec<f64> = means.iter().flat_map(|m| [m + 90.0, m - 90.0].repeat(5)).collect();
        let scatter = BatchMeans::from_series(&series);
        assert_eq!((scatter.batches, scatter.autocorrelation_time), (10, 0.5));
        let independent = (90.0f64.powi(2) * 100.0 + 82.5 * 10.0) / 99.0 / 100.0;
        let expected = ((55.0f64 / 60.0 + independent) / 2.0).sqrt() / 5.5;
        assert!((scatter.relative_standard_error.unwrap() - expected).abs() < 1e-12);
        assert!((scatter.t95 - 2.262).abs() < 1e-3);
        let short = BatchMeans::from_series(&series[..99]);
        assert_eq!(short.relative_standard_error, None);
        assert!(short.times_too_short() > 1.0);
    }

    #[test]
    fn autocorrelation_time_of_known_processes_is_found() {
        let mut random = Random::new(7);
        for (phi, expected) in [(0.0, 0.5), (0.5, 1.5), (0.9, 9.5), (0.97, 32.83)] {
            let mut sum = 0.0;
            for _ in 0..20 {
                sum += autocorrelation_time(&random.autoregressive(phi, 1.0, 100.0, 20_000));
            }
            let found = sum / 20.0;
            assert!((found / expected - 1.0).abs() < 0.12, "{phi}: {found} for {expected}");
        }
        assert_eq!(autocorrelation_time(&[5.0; 100]), 0.5);
        assert_eq!(autocorrelation_time(&[5.0]), 0.5);
        assert_eq!(autocorrelation_time(&[]), 0.5);
    }

    /// How many of `runs` series converge, and how many of those intervals contain the true mean.
    fn coverage(phi: f64, readings: usize, runs: usize, seed: u64) -> (usize, usize) {
        const TRUTH: f64 = 100.0;
        let mut random = Random::new(seed);
        let (mut converged, mut covered) = (0, 0);
        for _ in 0..runs {
            let series = random.autoregressive(phi, 1.0, TRUTH, readings);
            let average = mean(&series);
            if let Some(half) = BatchMeans::from_series(&series).relative_half_width_95() {
                converged += 1;
                covered += usize::from((average - TRUTH).abs() <= half * average);
            }
        }
        (converged, covered)
    }

    /// `HASHWATT_FULL=1` for the figures in benches/RESULTS.md.
    #[test]
    fn interval_has_its_nominal_coverage_or_is_withheld() {
        let full = std::env::var_os("HASHWATT_FULL").is_some();
        let (runs, slack) = if full { (4_000, 0.0) } else { (400, 0.025) };
        const READINGS: usize = 7_000;
        for (phi, seed) in [(0.0, 1), (0.5, 2), (0.9, 3), (0.95, 4), (0.97, 5)] {
            let (converged, covered) = coverage(phi, READINGS, runs, seed);
            let share = covered as f64 / converged as f64;
            println!("AR(1) {phi}: {converged} of {runs} converged, {share:.4} cover");
            assert!(converged > runs / 4, "{phi}: {converged}");
            assert!((0.93 - slack..=0.97 + slack).contains(&share), "{phi}: {share}");
        }
        for (phi, seed) in [(0.98, 6), (0.985, 7), (0.99, 8), (0.999, 9), (0.9999, 10)] {
            let (converged, _) = coverage(phi, READINGS, runs, seed);
            println!("AR(1) {phi}: {converged} of {runs} converged");
            assert!(converged * 100 <= runs, "{phi}: {converged} of {runs}");
        }
    }

    #[test]
    fn interval_for_independent_readings_has_too_little_coverage() {
        // Without batches: every reading counts as independent.
        let mut random = Random::new(11);
        let covered = (0..400)
            .filter(|_| {
                let series = random.autoregressive(0.9, 1.0, 100.0, 1_000);
                let average = mean(&series);
                let squares: f64 = series.iter().map(|x| (x - average).powi(2)).sum();
                let naive = 1.96 * (squares / 999.0 / 1_000.0).sqrt();
                (average - 100.0).abs() <= naive
            })
            .count();
        assert!(covered < 240, "{covered} of 400");
    }
}
