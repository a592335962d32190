//! The ratio of two results and its interval.

use super::batch_means::BatchMeans;
use super::series::thinned;
use hashwatt_quantities::statistics::{mean, student_t95};

/// One result: a value above zero, how uncertain it is, and how well that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// The value, in any unit.
    pub value: f64,
    /// Standard uncertainty over the value.
    pub relative: f64,
    /// Degrees of freedom of that.
    pub degrees: f64,
}

impl Sample {
    /// The result behind a 95 % interval that Student's t of `batches - 1` degrees made.
    pub fn of_interval(value: f64, [low, high]: [f64; 2], batches: f64) -> Self {
        let degrees = batches - 1.0;
        let relative = (high - low) / (2.0 * value * student_t95(degrees));
        Self { value, relative, degrees }
    }
}

/// A ratio with its 95 % interval.
///
/// The interval is that of its logarithm (so that A against B is B against A turned over): by the
/// delta method ln(b/a) has the variance u² = u_a² + u_b² of the relative uncertainties (Casella &
/// Berger, *Statistical Inference*, 2nd ed., section 5.5.4), and with the effective degrees of
/// freedom of Welch and Satterthwaite, ν = u⁴ / (u_a⁴/ν_a + u_b⁴/ν_b) (JCGM 100:2008, G.4.1; Welch
/// 1947), the interval is b/a · exp(±t₉₅(ν) u).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// The second result over the first.
    pub value: f64,
    /// Its 95 % interval.
    pub ci95: [f64; 2],
    /// Effective degrees of freedom.
    pub degrees: f64,
}

impl Ratio {
    /// Of `b` to `a`.
    pub fn of(a: &Sample, b: &Sample) -> Self {
        let value = b.value / a.value;
        let (square_a, square_b) = (a.relative.powi(2), b.relative.powi(2));
        let square = square_a + square_b;
        let spread = square_a.powi(2) / a.degrees + square_b.powi(2) / b.degrees;
        // Without any scatter there is nothing to know better.
        let degrees = if spread > 0.0 { square.powi(2) / spread } else { a.degrees + b.degrees };
        let factor = (student_t95(degrees) * square.sqrt()).exp();
        Self { value, ci95: [value / factor, value * factor], degrees }
    }

    /// Of the mean of `b` to that of `a`, two series of readings taken in pairs: what disturbed both
    /// of a pair alike is not in the interval. By the delta method ln(b/a) scatters as the
    /// differences b_i/mean(b) - a_i/mean(a) do (Cochran, *Sampling Techniques*, 3rd ed., section
    /// 6.3); their scatter is that of batch means.
    ///
    /// # Errors
    /// The scatter, where it has not converged. The means must be above 0, the series equally long.
    pub(super) fn paired(a: &[f64], b: &[f64]) -> Result<Self, BatchMeans> {
        let means = [mean(a), mean(b)];
        let differences = a.iter().zip(b).map(|(a, b)| 1.0 + b / means[1] - a / means[0]);
        let scatter = BatchMeans::of(&thinned(differences.collect()));
        let relative = scatter.relative_standard_error.ok_or(scatter)?;
        let degrees = scatter.batches as f64 - 1.0;
        // All of the scatter is with the second: the first has none of its own.
        let sample = |value, relative| Sample { value, relative, degrees };
        Ok(Self::of(&sample(means[0], 0.0), &sample(means[1], relative)))
    }

    /// Which side of 1 the whole interval is on: more, less or neither.
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

    fn sample(value: f64, relative: f64, degrees: f64) -> Sample {
        Sample { value, relative, degrees }
    }

    #[test]
    fn a_ratio_worked_out_by_hand() {
        // Equal scatter and degrees: twice the degrees, root two times the uncertainty.
        let ratio = Ratio::of(&sample(100.0, 0.01, 10.0), &sample(110.0, 0.01, 10.0));
        assert!((ratio.degrees - 20.0).abs() < 1e-9 && (ratio.value - 1.1).abs() < 1e-12);
        // t95(20) = 2.086.
        let half = 2.086 * 0.01 * 2f64.sqrt();
        assert!((ratio.ci95[1] / (1.1 * half.exp()) - 1.0).abs() < 1e-4);
        assert!((ratio.ci95[0] * ratio.ci95[1] - 1.1 * 1.1).abs() < 1e-12);
        assert_eq!(ratio.side(), Ordering::Greater);
        // One that is known far worse stands alone.
        let ratio = Ratio::of(&sample(100.0, 1e-6, 500.0), &sample(90.0, 0.01, 9.0));
        assert!((ratio.degrees - 9.0).abs() < 1e-3);
        assert_eq!(ratio.side(), Ordering::Less);
        // Turned over, the interval is turned over.
        let (a, b) = (sample(3.0, 0.02, 11.0), sample(4.0, 0.03, 40.0));
        let (there, back) = (Ratio::of(&a, &b), Ratio::of(&b, &a));
        assert!((there.ci95[0] * back.ci95[1] - 1.0).abs() < 1e-12);
        let same = Ratio::of(&sample(5.0, 0.0, 9.0), &sample(5.0, 0.0, 9.0));
        assert_eq!((same.ci95, same.side()), ([1.0, 1.0], Ordering::Equal));
    }

    #[test]
    fn pairs_share_what_disturbs_both() {
        let mut random = Random::new(17);
        let drift = random.autoregressive(0.999, 1.0, 100.0, 1_000);
        let mut noisy = |factor: f64| -> Vec<f64> {
            let noise = random.autoregressive(0.0, 0.001, 1.0, drift.len());
            drift.iter().zip(noise).map(|(drift, noise)| drift * noise * factor).collect()
        };
        let (a, b) = (noisy(1.0), noisy(1.01));
        // Each drifts too far to have an interval of its own; the ratio has one.
        assert_eq!(BatchMeans::of(&a).relative_standard_error, None);
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
    fn nineteen_of_twenty_paired_intervals_hold_the_true_ratio() {
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
    fn the_interval_is_taken_apart_as_it_was_made() {
        let found = Sample::of_interval(100.0, [97.738, 102.262], 10.0);
        assert!((found.relative - 0.01).abs() < 1e-5 && found.degrees == 9.0);
    }

    #[test]
    fn nineteen_of_twenty_intervals_hold_the_true_ratio() {
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
        let (mut covered, mut called) = (0, 0);
        for _ in 0..RUNS {
            let ratio = Ratio::of(&draw(100.0, 3.0, 10), &draw(120.0, 1.0, 40));
            covered += usize::from(ratio.ci95[0] <= 1.2 && 1.2 <= ratio.ci95[1]);
            let equal = Ratio::of(&draw(100.0, 3.0, 10), &draw(100.0, 3.0, 10));
            called += usize::from(equal.side() != Ordering::Equal);
        }
        let (covered, called) = (covered as f64 / RUNS as f64, called as f64 / RUNS as f64);
        assert!((0.94..0.96).contains(&covered), "{covered}");
        assert!((0.04..0.06).contains(&called), "{called}");
    }
}
