//! An axis: from values to pixels, with ticks at round numbers.

/// A linear axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Axis {
    /// The least and the greatest value.
    pub low: f64,
    pub high: f64,
    /// Where they stand.
    pub from: f64,
    pub to: f64,
}

impl Axis {
    /// Over values, zero among them: a length is never cut.
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

    /// Over the logarithms of values above zero, from a power of ten to a power of ten.
    pub(crate) fn logarithms(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        let (low, high) = values
            .map(f64::log10)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        let (low, high) = (low.floor(), high.ceil());
        Self { low, high: if high > low { high } else { low + 1.0 }, from, to }
    }

    /// The powers of ten of an axis of logarithms.
    pub(crate) fn powers(&self) -> Vec<f64> {
        (self.low as i32..=self.high as i32).map(|power| 10f64.powi(power)).collect()
    }

    /// The pixel of a value.
    pub(crate) fn at(&self, value: f64) -> f64 {
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    /// Round numbers within the axis, about so many.
    pub(crate) fn ticks(&self, about: usize) -> Vec<f64> {
        let least = (self.high - self.low) / about.max(1) as f64;
        let power = 10f64.powf(least.log10().floor());
        let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * power);
        let step = steps.into_iter().find(|step| *step >= least * 0.999).unwrap_or(least);
        let first = (self.low / step - 1e-9).ceil() as i64;
        let last = (self.high / step + 1e-9).floor() as i64;
        (first..=last).map(|place| place as f64 * step).collect()
    }

    /// Wider to the next ticks at both ends, where it reaches beyond zero.
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
    fn an_axis_holds_zero_and_round_ticks() {
        let axis = Axis::with_zero([-406.0, 106.0].into_iter(), 0.0, 512.0);
        assert_eq!((axis.at(-406.0), axis.at(106.0)), (0.0, 512.0));
        assert_eq!(axis.ticks(5), [-400.0, -200.0, 0.0]);
        let wide = axis.rounded(5);
        assert_eq!((wide.low, wide.high), (-600.0, 200.0));
        let flat = Axis::with_zero([0.0].into_iter(), 0.0, 10.0);
        assert!(flat.at(0.0) == 0.0 && flat.high == 1.0);
        let small = Axis::with_zero([0.003].into_iter(), 0.0, 10.0);
        assert!(small.ticks(4).len() >= 3, "{:?}", small.ticks(4));
    }
}
