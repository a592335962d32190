//! Axes: the mapping of values to pixels, with ticks at round numbers.

/// A linear axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Axis {
    /// Minimum and maximum value.
    pub low: f64,
    pub high: f64,
    /// Their positions, in pixels.
    pub from: f64,
    pub to: f64,
}

impl Axis {
    /// An axis over values that includes zero, so that lengths of bars are proportional.
    pub(crate) fn with_zero(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        let (mut low, mut high) = (0.0f64, 0.0f64);
        for value in values.filter(|value| value.is_finite()) {
            low = low.min(value);
            high = high.max(value);
        }
        if low == high {
            high = 1.0;
        }
        Self { low, high, from, to }
    }

    /// A logarithmic axis over positive values, between powers of ten.
    pub(crate) fn logarithms(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        let (low, high) = values
            .map(f64::log10)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        let (low, high) = (low.floor(), high.ceil());
        Self { low, high: if high > low { high } else { low + 1.0 }, from, to }
    }

    /// The powers of ten of a logarithmic axis.
    pub(crate) fn powers(&self) -> Vec<f64> {
        (self.low as i32..=self.high as i32).map(|power| 10f64.powi(power)).collect()
    }

    /// The position of a value, in pixels.
    pub(crate) fn at(&self, value: f64) -> f64 {
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    /// About `about` round numbers within the axis.
    pub(crate) fn ticks(&self, about: usize) -> Vec<f64> {
        let min_step = (self.high - self.low) / about.max(1) as f64;
        let power = 10f64.powf(min_step.log10().floor());
        let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * power);
        let step = steps.into_iter().find(|step| *step >= min_step * 0.999).unwrap_or(min_step);
        let first = (self.low / step - 1e-9).ceil() as i64;
        let last = (self.high / step + 1e-9).floor() as i64;
        (first..=last).map(|place| place as f64 * step).collect()
    }

    /// Extends the axis to the next ticks at both ends.
    pub(crate) fn rounded(self, about: usize) -> Self {
        let ticks = self.ticks(about);
        let [first, second] = match ticks[..] {
            [first, second, ..] => [first, second],
            _ => return self,
        };
        let step = second - first;
        let low = (self.low / step + 1e-9).floor() * step;
        let high = (self.high / step - 1e-9).ceil() * step;
        Self { low: low.min(self.low), high: high.max(self.high), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axis_includes_zero_and_has_round_ticks() {
        let axis = Axis::with_zero([-406.0, 106.0].into_iter(), 0.0, 512.0);
        assert_eq!((axis.at(-406.0), axis.at(106.0)), (0.0, 512.0));
        assert_eq!(axis.ticks(5), [-400.0, -200.0, 0.0]);
        let width = axis.rounded(5);
        assert_eq!((width.low, width.high), (-600.0, 200.0));
        let flat = Axis::with_zero([0.0].into_iter(), 0.0, 10.0);
        assert!(flat.at(0.0) == 0.0 && flat.high == 1.0);
        let small = Axis::with_zero([0.003].into_iter(), 0.0, 10.0);
        assert!(small.ticks(4).len() >= 3, "{:?}", small.ticks(4));
    }
}
