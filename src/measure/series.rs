//! Cumulative quantities over time, cut into equal slices: hashes by marks, energy by points.

use super::window::CompletionMark;
use crate::clock::seconds;
use crate::energy::account::Point;
use crate::units::Watts;
use hashwatt_quantities::statistics::mean;
use std::time::Instant;

/// The greatest number of slices; more would add no information.
pub(super) const MAX_SLICES: usize = 2048;

/// A cumulative quantity at ordered points in time, interpolated linearly between them.
pub(super) struct Curve {
    origin: Instant,
    points: Vec<(f64, f64)>,
}

impl Curve {
    /// Times are kept in seconds from `origin`, which must not be after any of them.
    pub(super) fn new(origin: Instant, points: impl Iterator<Item = (Instant, f64)>) -> Self {
        let seconds = |at: Instant| at.saturating_duration_since(origin).as_secs_f64();
        Self { origin, points: points.map(|(at, value)| (seconds(at), value)).collect() }
    }

    /// The number of points in a span, its ends included.
    pub(super) fn count_in(&self, from: Instant, to: Instant) -> usize {
        let (from, to) = (self.seconds(from), self.seconds(to));
        self.points.iter().filter(|(at, _)| (from..=to).contains(at)).count()
    }

    /// The mean rate per second in each of `count` equal slices of a span. Before the first point and after the last,
    /// the rate is zero.
    pub(super) fn rates(&self, from: Instant, to: Instant, count: usize) -> Vec<f64> {
        let (from, to) = (self.seconds(from), self.seconds(to));
        let length = (to - from) / count as f64;
        let mut index = 0;
        let mut last = self.value(from, &mut index);
        (1..=count)
            .map(|slice| {
                let value = self.value(from + length * slice as f64, &mut index);
                let rate = (value - last) / length;
                last = value;
                rate
            })
            .collect()
    }

    fn seconds(&self, at: Instant) -> f64 {
        at.saturating_duration_since(self.origin).as_secs_f64()
    }

    /// The interpolated value. `index` only moves forward, because times are requested in order.
    fn value(&self, at: f64, index: &mut usize) -> f64 {
        while self.points.get(*index + 1).is_some_and(|(next, _)| *next < at) {
            *index += 1;
        }
        match (self.points.get(*index), self.points.get(*index + 1)) {
            (Some((a, low)), Some((b, high))) if b > a => {
                low + (high - low) * ((at - a) / (b - a)).clamp(0.0, 1.0)
            }
            (Some((_, only)), _) => *only,
            _ => 0.0,
        }
    }
}

/// The hashrate in equal slices of the window; there are no more slices than intervals between marks.
pub(super) fn rates(marks: &[CompletionMark]) -> Vec<f64> {
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else { return Vec::new() };
    let slices = (marks.len() - 1).min(MAX_SLICES);
    if slices == 0 || last.at <= first.at {
        return Vec::new();
    }
    hash_curve(marks).rates(first.at, last.at, slices)
}

/// A series of readings of equal weight, reduced to at most [`MAX_SLICES`] means of neighbours.
pub(super) fn thinned(series: Vec<f64>) -> Vec<f64> {
    match series.len().div_ceil(MAX_SLICES) {
        0 | 1 => series,
        length => series.chunks_exact(length).map(mean).collect(),
    }
}

pub(super) fn hash_curve(marks: &[CompletionMark]) -> Curve {
    let origin = marks.first().map_or_else(Instant::now, |mark| mark.at);
    let base = marks.first().map_or(0, |mark| mark.hashes);
    Curve::new(origin, marks.iter().map(|mark| (mark.at, (mark.hashes - base) as f64)))
}

pub(super) fn energy_curve(points: &[Point]) -> Option<Curve> {
    let first = points.first()?;
    let joules = points.iter().map(|point| (point.at, point.energy.as_joules()));
    Some(Curve::new(first.at, joules))
}

/// The power in equal slices between the first and the last point.
pub(super) fn powers(points: &[Point]) -> Vec<f64> {
    let (Some(first), Some(last), Some(curve)) =
        (points.first(), points.last(), energy_curve(points))
    else {
        return Vec::new();
    };
    if last.at <= first.at {
        return Vec::new();
    }
    curve.rates(first.at, last.at, (points.len() - 1).min(MAX_SLICES))
}

/// The least and the greatest power between neighbouring points; `None` if no time passed.
pub(super) fn power_range(points: &[Point]) -> Option<[Watts; 2]> {
    let pairs = points.windows(2).filter(|pair| pair[1].at > pair[0].at);
    pairs.map(|pair| (pair[1].energy - pair[0].energy) / seconds(pair[1].at - pair[0].at)).fold(
        None,
        |range: Option<[Watts; 2]>, power| {
            let [low, high] = range.unwrap_or([power; 2]);
            Some([if power < low { power } else { low }, if power > high { power } else { high }])
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn long_series_is_reduced_to_means_of_neighbours() {
        let line = |length: u32| (0..length).map(f64::from).collect::<Vec<_>>();
        assert_eq!(thinned(line(2048)), line(2048));
        let half = thinned(line(4096));
        assert_eq!((half.len(), half[0], half[2047]), (2048, 0.5, 4094.5));
    }

    #[test]
    fn rates_of_a_line_and_a_step_are_exact() {
        let origin = Instant::now();
        let at = |s: f64| origin + Duration::from_secs_f64(s);
        let curve =
            Curve::new(origin, [(at(0.0), 0.0), (at(4.0), 8.0), (at(6.0), 8.0)].into_iter());
        let rates = curve.rates(at(1.0), at(6.0), 5);
        for (rate, expected) in rates.iter().zip([2.0, 2.0, 2.0, 0.0, 0.0]) {
            assert!((rate - expected).abs() < 1e-9, "{rates:?}");
        }
        assert_eq!(curve.count_in(at(1.0), at(6.0)), 2);
    }
}
