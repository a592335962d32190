//! Whether a series has stopped moving: its slope is shown to be nearly zero, not merely not
//! shown to differ from it (two one-sided tests, Schuirmann 1987). A noisy series that could hide
//! a drift is not steady.

use hashwatt_quantities::statistics::mean;
use std::fmt;

/// The series is cut into so many pieces, whose means make the line.
const PIECES: usize = 10;
/// The one-sided 99 % quantile of Student's t with 8 degrees of freedom.
const T99: f64 = 2.896;
/// A line needs this many readings in each piece to say anything.
const MIN_IN_PIECE: usize = 2;

/// How a series moved from its beginning to its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// The line's change over the series, over the mean or in the series' own unit.
    pub change: f64,
    /// The half-width of the 98 % interval of the change.
    pub half_width: f64,
    /// The most that counts as none.
    pub limit: f64,
    /// The unit of all three; empty for parts of the mean.
    pub unit: &'static str,
}

impl Trend {
    /// The change relative to the mean; `None` for a series too short to tell, or of nothing.
    pub(super) fn relative(series: &[f64], limit: f64) -> Option<Self> {
        let average = mean(series);
        let trend = Self::absolute(series, limit, "")?;
        (average > 0.0).then(|| Self {
            change: trend.change / average,
            half_width: trend.half_width / average,
            ..trend
        })
    }

    /// The change in the series' own unit.
    pub(super) fn absolute(series: &[f64], limit: f64, unit: &'static str) -> Option<Self> {
        let length = series.len() / PIECES;
        if length < MIN_IN_PIECE {
            return None;
        }
        // The oldest readings over are left out.
        let recent = &series[series.len() - length * PIECES..];
        let pieces: Vec<f64> = recent.chunks_exact(length).map(mean).collect();
        let (n, average) = (PIECES as f64, mean(&pieces));
        let middle = (n - 1.0) / 2.0;
        let squares = n * (n * n - 1.0) / 12.0;
        let place = |i: usize| i as f64 - middle;
        let slope =
            pieces.iter().enumerate().map(|(i, p)| place(i) * (p - average)).sum::<f64>() / squares;
        let line = |i: usize| average + slope * place(i);
        let left: f64 = pieces.iter().enumerate().map(|(i, p)| (p - line(i)).powi(2)).sum();
        let error = (left / (n - 2.0) / squares).sqrt();
        Some(Self { change: slope * n, half_width: T99 * error * n, limit, unit })
    }

    /// Whether it is shown to move by no more than the limit.
    pub fn is_flat(&self) -> bool {
        self.change.abs() + self.half_width <= self.limit
    }

    /// Whether it is shown to move at all. One that is neither flat nor moving is too noisy to
    /// tell.
    pub fn is_moving(&self) -> bool {
        self.change.abs() > self.half_width
    }
}

impl fmt::Display for Trend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (factor, unit) = if self.unit.is_empty() { (100.0, "%") } else { (1.0, self.unit) };
        let [change, half, limit] =
            [self.change, self.half_width, self.limit].map(|part| part * factor);
        write!(f, "changes by {change:.2} {unit} (±{half:.2} {unit}), allowed are {limit} {unit}")
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
    fn a_line_is_found_exactly() {
        let series: Vec<f64> = (0..100).map(|i| 50.0 + f64::from(i)).collect();
        let trend = Trend::absolute(&series, 1.0, "").unwrap();
        // Ten pieces of ten: a slope of 10 a piece, 100 over the whole.
        assert!((trend.change - 100.0).abs() < 1e-9 && trend.half_width < 1e-9);
        assert!(trend.is_moving() && !trend.is_flat() && flat(&[5.0; 20]));
        assert!(Trend::absolute(&series[..19], 1.0, "").is_none());
        assert!(Trend::relative(&[0.0; 100], 1.0).is_none());
    }

    /// `HASHWATT_FULL=1` for the figures of benches/RESULTS.md. Series of 400 readings with noise
    /// of 0.5 % (white) or 0.2 % (AR(1), 0.9); ramps of 2 % or more, and approaches to an end value.
    #[test]
    fn ramps_are_refused_and_steady_runs_accepted() {
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
