//! The ratio of two results and its confidence interval.

use super::batch_means::BatchMeans;
use super::series::thinned;
use hashwatt_quantities::statistics::{mean, student_t95};

/// One result: a positive value, its standard uncertainty, and the degrees of freedom of that.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Sample {
    /// The value, in any unit.
    pub value: f64,
    /// Standard uncertainty divided by the value.
    pub relative_uncertainty: f64,
    /// Degrees of freedom of the standard uncertainty.
    pub degrees_of_freedom: f64,
}

impl Sample {
    /// The result for a 95 % interval that was computed with Student's t and `batches - 1` degrees of freedom.
    pub fn from_interval(value: f64, [low, high]: [f64; 2], batches: f64) -> Self {
        let degrees_of_freedom = batches - 1.0;
        let relative_uncertainty = (high - low) / (2.0 * value * student_t95(degrees_of_freedom));
        Self { value, relative_uncertainty, degrees_of_freedom }
    }
}

/// A ratio with its 95 % interval.
///
/// The interval is that of its logarithm (so that the intervals of A/B and B/A are reciprocal): by the delta method,
/// ln(b/a) has the variance u² = u_a² + u_b² of the relative uncertainties (Casella &
/// Berger, *Statistical Inference*, 2nd ed., section 5.5.4), and with the effective degrees of
/// freedom of Welch and Satterthwaite, ν = u⁴ / (u_a⁴/ν_a + u_b⁴/ν_b) (JCGM 100:2008, G.4.1; Welch
/// 1947), the interval is b/a · exp(±t₉₅(ν) u).
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Ratio {
    /// The second result over the first.
    pub value: f64,
    /// Its 95 % interval.
    pub ci95: [f64; 2],
    /// Effective degrees of freedom.
    pub degrees_of_freedom: f64,
}

impl Ratio {
    /// The ratio `b / a`.
    pub fn new(a: &Sample, b: &Sample) -> Self {
        let value = b.value / a.value;
        let square_a = a.relative_uncertainty.powi(2);
        let square_b = b.relative_uncertainty.powi(2);
        let square = square_a + square_b;
        let spread =
            square_a.powi(2) / a.degrees_of_freedom + square_b.powi(2) / b.degrees_of_freedom;
        // Without any scatter the degrees of freedom have no effect.
        let degrees_of_freedom = match spread > 0.0 {
            true => square.powi(2) / spread,
            false => a.degrees_of_freedom + b.degrees_of_freedom,
        };
        let factor = (student_t95(degrees_of_freedom) * square.sqrt()).exp();
        Self { value, ci95: [value / factor, value * factor], degrees_of_freedom }
    }

    /// The ratio of the means of two series of paired readings, `b / a`. Disturbances that affect both readings of a pair
    /// cancel in the interval. By the delta method, ln(b/a) scatters like the differences b_i/mean(b) - a_i/mean(a)
    /// (Cochran, *Sampling Techniques*, 3rd ed., section 6.3); their scatter is computed by batch means.
    ///
    /// # Errors
    /// The scatter, if it has not converged. The means must be above 0 and the series equally long.
    pub(super) fn paired(a: &[f64], b: &[f64]) -> Result<Self, BatchMeans> {
        let means = [mean(a), mean(b)];
        let differences = a.iter().zip(b).map(|(a, b)| 1.0 + b / means[1] - a / means[0]);
        let scatter = BatchMeans::from_series(&thinned(differences.collect()));
        let relative = scatter.relative_standard_error.ok_or(scatter)?;
        let degrees_of_freedom = scatter.batches as f64 - 1.0;
        // The whole scatter is attributed to the second sample.
        let sample = |value, relative_uncertainty| Sample {
            value,
            relative_uncertainty,
            degrees_of_freedom,
        };
        Ok(Self::new(&sample(means[0], 0.0), &sample(means[1], relative)))
    }

    /// The side of 1 on which the whole interval lies: greater, less, or `Equal` for neither.
    pub fn side(&self) -> std::cmp::Ordering {
        use std::cmp::Ordering::{Equal, Greater, Less};
        match self.ci95 {
            [low, _] if low > 1.0 => Greater,
            [_, high] if high < 1.0 => Less,
            _ => Equal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hashwatt_test_support::noise::Random;
    use std::cmp::Ordering;

    fn sample(value: f64, relative_uncertainty: f64, degrees_of_freedom: f64) -> Sample {
        Sample { value, relative_uncertainty, degrees_of_freedom }
    }

    #[test]
    fn ratio_and_interval_match_a_hand_calculation() {
        // Equal scatter and degrees of freedom: twice the degrees, root two times the uncertainty.
        let ratio = Ratio::new(&sample(100.0, 0.01, 10.0), &sample(110.0, 0.01, 10.0));
        assert!(
            (ratio.degrees_of_freedom - 20.0).abs() < 1e-9 && (ratio.value - 1.1).abs() < 1e-12
        );
        // t95(20) = 2.086.
        let half = 2.086 * 0.01 * 2f64.sqrt();
        assert!((ratio.ci95[1] / (1.1 * half.exp()) - 1.0).abs() < 1e-4);
        assert!((ratio.ci95[0] * ratio.ci95[1] - 1.1 * 1.1).abs() < 1e-12);
        assert_eq!(ratio.side(), Ordering::Greater);
        // A much more uncertain sample dominates.
        let ratio = Ratio::new(&sample(100.0, 1e-6, 500.0), &sample(90.0, 0.01, 9.0));
        assert!((ratio.degrees_of_freedom - 9.0).abs() < 1e-3);
        assert_eq!(ratio.side(), Ordering::Less);
        // The interval of the reciprocal ratio is reciprocal.
        let (a, b) = (sample(3.0, 0.02, 11.0), sample(4.0, 0.03, 40.0));
        let (ratio, reciprocal) = (Ratio::new(&a, &b), Ratio::new(&b, &a));
        assert!((ratio.ci95[0] * reciprocal.ci95[1] - 1.0).abs() < 1e-12);
        let same = Ratio::new(&sample(5.0, 0.0, 9.0), &sample(5.0, 0.0, 9.0));
        assert_eq!((same.ci95, same.side()), ([1.0, 1.0], Ordering::Equal));
    }

    #[test]
    fn paired_ratio_cancels_common_disturbances() {
        let mut random = Random::new(17);
        let drift = random.autoregressive(0.999, 1.0, 100.0, 1_000);
        let mut noisy = |factor: f64| -> Vec<f64> {
            let noise = random.autoregressive(0.0, 0.001, 1.0, drift.len());
            drift.iter().zip(noise).map(|(drift, noise)| drift * noise * factor).collect()
        };
        let (a, b) = (noisy(1.0), noisy(1.01));
        // Each series drifts too far for an interval of its own; the ratio has one.
        assert_eq!(BatchMeans::from_series(&a).relative_standard_error, None);
        let ratio = Ratio::paired(&a, &b).unwrap();
        assert!((ratio.value - 1.01).abs() < 1e-3 && ratio.side() == Ordering::Greater);
        // A thousand pairs, each with the noise of two.
        let half = (ratio.ci95[1] / ratio.value).ln();
        let expected = 1.96 * 0.001 * (2.0f64 / 1_000.0).sqrt();
        assert!((0.7..1.5).contains(&(half / expected)), "{half} for {expected}");
        assert_eq!(Ratio::paired(&b, &a).unwrap().side(), Ordering::Less);
        assert_eq!(Ratio::paired(&a, &a).unwrap().ci95, [1.0, 1.0]);
        let few = Ratio::paired(&a[..99], &b[..99]).unwrap_err();
        assert_eq!(few.readings, 99);
    }

    #[test]
    fn paired_interval_covers_the_true_ratio_in_19_of_20_cases() {
        let mut random = Random::new(23);
        const RUNS: usize = 1_000;
        let mut covered = 0;
        for _ in 0..RUNS {
            let mut series = |mean: f64| random.autoregressive(0.0, 0.02 * mean, mean, 256);
            let (a, b) = (series(100.0), series(250.0));
            let [low, high] = Ratio::paired(&a, &b).unwrap().ci95;
            covered += usize::from((low..=high).contains(&2.5));
        }
        let share = covered as f64 / RUNS as f64;
        assert!((0.925..=0.975).contains(&share), "{share}");
    }

    #[test]
    fn sample_from_interval_has_the_original_uncertainty() {
        let found = Sample::from_interval(100.0, [97.738, 102.262], 10.0);
        assert!((found.relative_uncertainty - 0.01).abs() < 1e-5);
        assert_eq!(found.degrees_of_freedom, 9.0);
    }

    #[test]
    fn interval_covers_the_true_ratio_in_19_of_20_cases() {
        let mut random = Random::new(5);
        // Means of normal readings and their standard errors, of unequal length and scatter.
        let mut draw = |truth: f64, sd: f64, readings: usize| {
            let series = random.autoregressive(0.0, sd, truth, readings);
            let mean = hashwatt_quantities::statistics::mean(&series);
            let error =
                (hashwatt_quantities::statistics::variance(&series) / readings as f64).sqrt();
            sample(mean, error / mean, readings as f64 - 1.0)
        };
        const RUNS: usize = 4_000;
        let (mut covered, mut distinguished) = (0, 0);
        for _ in 0..RUNS {
            let ratio = Ratio::new(&draw(100.0, 3.0, 10), &draw(120.0, 1.0, 40));
            covered += usize::from(ratio.ci95[0] <= 1.2 && 1.2 <= ratio.ci95[1]);
            let equal = Ratio::new(&draw(100.0, 3.0, 10), &draw(100.0, 3.0, 10));
            distinguished += usize::from(equal.side() != Ordering::Equal);
        }
        let [covered, distinguished] = [covered, distinguished].map(|n| n as f64 / RUNS as f64);
        assert!((0.94..0.96).contains(&covered), "{covered}");
        assert!((0.04..0.06).contains(&distinguished), "{distinguished}");
    }
}
