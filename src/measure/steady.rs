//! Whether a series is steady: its slope is shown to be nearly zero, not merely not shown to differ from zero (two
//! one-sided tests, Schuirmann 1987). A noisy series that could hide a drift is not steady.

use hashwatt_quantities::statistics::mean;
use std::fmt;

/// Number of pieces of the series; the line is fitted to their means.
const PIECES: usize = 10;
/// The one-sided 99 % quantile of Student's t with 8 degrees of freedom.
const T99: f64 = 2.896;
/// The least number of readings in each piece.
const MIN_READINGS_PER_PIECE: usize = 2;

/// The trend of a series from its beginning to its end.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Trend {
    /// The change of the fitted line over the series, relative to the mean or in the series' own unit.
    pub change: f64,
    /// The half-width of the 98 % interval of the change.
    pub half_width: f64,
    /// The greatest change that counts as steady.
    pub limit: f64,
    /// The unit of all three; empty for values relative to the mean.
    pub unit: &'static str,
}

impl Trend {
    /// The trend relative to the mean; `None` for a series that is too short or whose mean is not positive.
    pub(super) fn relative(series: &[f64], limit: f64) -> Option<Self> {
        let average = mean(series);
        let trend = Self::absolute(series, limit, "")?;
        (average > 0.0).then(|| Self {
            change: trend.change / average,
            half_width: trend.half_width / average,
            ..trend
        })
    }

    /// The trend in the series' own unit; `None` for a series that is too short.
    pub(super) fn absolute(series: &[f64], limit: f64, unit: &'static str) -> Option<Self> {
        let length = series.len() / PIECES;
        if length < MIN_READINGS_PER_PIECE {
            return None;
        }
        // Surplus readings at the beginning are left out.
        let recent = &series[series.len() - length * PIECES..];
        let pieces: Vec<f64> = recent.chunks_exact(length).map(mean).collect();
        let (n, average) = (PIECES as f64, mean(&pieces));
        let middle = (n - 1.0) / 2.0;
        let squares = n * (n * n - 1.0) / 12.0;
        let position = |i: usize| i as f64 - middle;
        let slope =
            pieces.iter().enumerate().map(|(i, p)| position(i) * (p - average)).sum::<f64>()
                / squares;
        let line = |i: usize| average + slope * position(i);
        let residuals: f64 = pieces.iter().enumerate().map(|(i, p)| (p - line(i)).powi(2)).sum();
        let error = (residuals / (n - 2.0) / squares).sqrt();
        Some(Self { change: slope * n, half_width: T99 * error * n, limit, unit })
    }

    /// Whether the change is shown to be within the limit.
    pub fn is_flat(&self) -> bool {
        self.change.abs() + self.half_width <= self.limit
    }

    /// Whether the series is shown to change at all. A series that is neither flat nor moving is too noisy for a
    /// decision.
    pub fn is_moving(&self) -> bool {
        self.change.abs() > self.half_width
    }
}

impl fmt::Display for Trend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (factor, unit) = if self.unit.is_empty() { (100.0, "%") } else { (1.0, self.unit) };
        let [change, half, limit] =
            [self.change, self.half_width, self.limit].map(|part| part * factor);
        write!(f, "changes by {change:.2} {unit} (±{half:.2} {unit}); {limit} {unit} is allowed")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hashwatt_test_support::noise::Random;

    const LIMIT: f64 = 0.01;

    fn flat(series: &[f64]) -> bool {
        Trend::relative(series, LIMIT).unwrap().is_flat()
    }

    #[test]
    fn change_of_a_line_is_exact() {
        let series: Vec<f64> = (0..100).map(|i| 50.0 + f64::from(i)).collect();
        let trend = Trend::absolute(&series, 1.0, "").unwrap();
        // Ten pieces of ten: a slope of 10 a piece, 100 over the whole.
        assert!((trend.change - 100.0).abs() < 1e-9 && trend.half_width < 1e-9);
        assert!(trend.is_moving() && !trend.is_flat() && flat(&[5.0; 20]));
        assert!(Trend::absolute(&series[..19], 1.0, "").is_none());
        assert!(Trend::relative(&[0.0; 100], 1.0).is_none());
    }

    /// `HASHWATT_FULL=1` for the figures in benches/RESULTS.md. Series of 400 readings with noise
    /// of 0.5 % (white) or 0.2 % (AR(1), 0.9); ramps of 2 % or more, and approaches to an end value.
    #[test]
    fn ramp_is_refused_and_steady_series_is_accepted() {
        let full = std::env::var_os("HASHWATT_FULL").is_some();
        let runs = if full { 20_000 } else { 2_000 };
        let mut random = Random::new(21);
        let (mut accepted, mut refused) = (0, 0);
        for run in 0..runs {
            let (phi, deviation) = if run % 2 == 0 { (0.0, 0.5) } else { (0.9, 0.2) };
            let noise = random.autoregressive(phi, deviation, 100.0, 400);
            accepted += usize::from(flat(&noise));
            // Up or down by 2 to 20 %, in a line or with a time constant of a tenth of the
            // series up to twice its length.
            let size = random.between(2.0, 20.0) * if random.uniform() < 0.5 { 1.0 } else { -1.0 };
            let constant = random.between(0.1, 2.0);
            let moving = noise.iter().enumerate().map(|(i, value)| {
                let part = i as f64 / 400.0;
                let exponential =
                    (1.0 - (-part / constant).exp()) / (1.0 - (-1.0 / constant).exp());
                value + size * if run % 4 < 2 { part } else { exponential }
            });
            refused += usize::from(!flat(&moving.collect::<Vec<_>>()));
        }
        println!("steady: {accepted} of {runs} accepted; ramps: {refused} of {runs} refused");
        assert!(accepted * 100 >= runs * 95, "{accepted} of {runs} accepted");
        assert!(refused * 100 >= runs * 99, "{refused} of {runs} refused");
    }
}
