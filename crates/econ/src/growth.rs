//! Exponential growth of several values at once, without `exp` in the inner loop.

/// Years between two anchors.
const STEP: f64 = 0.25;
/// Maximum logarithm within half a step. The first omitted term of the series is 0.05^7/5040 = 2e-13, so all digits
/// but the last two are exact.
const MAX_LOG: f64 = 0.05;

/// `exp(log * years)` for annual logarithmic rates, from year 0 on: a series between anchors a quarter of a year
/// apart, accurate to 1e-12; `exp` itself if one of the rates is too high for the series.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Growth<const N: usize> {
    logs: [f64; N],
    anchors: Vec<[f64; N]>,
}

impl<const N: usize> Default for Growth<N> {
    fn default() -> Self {
        Self { logs: [0.0; N], anchors: Vec::new() }
    }
}

impl<const N: usize> Growth<N> {
    /// Sets the rates, for a number of years.
    pub(crate) fn fill(&mut self, logs: [f64; N], years: f64) {
        self.logs = logs;
        self.anchors.clear();
        if logs.iter().any(|log| log.is_nan() || log.abs() * STEP / 2.0 > MAX_LOG) {
            return;
        }
        let step = logs.map(|log| (log * STEP).exp());
        let mut anchor = [1.0; N];
        let count = (years / STEP).round() as usize + 1;
        for _ in 0..count {
            self.anchors.push(anchor);
            for (anchor, step) in anchor.iter_mut().zip(step) {
                *anchor *= step;
            }
        }
    }

    /// The values at a time; beyond the anchors with `exp`.
    #[inline]
    pub(crate) fn at(&self, years: f64) -> [f64; N] {
        let place = (years * (1.0 / STEP) + 0.5) as usize;
        let Some(anchor) = self.anchors.get(place).filter(|_| years >= 0.0) else {
            return self.logs.map(|log| (log * years).exp());
        };
        let rest = years - place as f64 * STEP;
        let mut grown = *anchor;
        for (grown, log) in grown.iter_mut().zip(self.logs) {
            // Powers in pairs: a short chain of dependent steps.
            let x = log * rest;
            let square = x * x;
            let last = (1.0 / 24.0 + x * (1.0 / 120.0)) + square * (1.0 / 720.0);
            *grown *= (1.0 + x) + square * ((0.5 + x * (1.0 / 6.0)) + square * last);
        }
        grown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_series_matches_exponential() {
        let mut growth = Growth::default();
        for logs in [[0.0, 0.1, -0.37], [0.39, -0.4, 1e-9], [5.0, -0.1, 0.0]] {
            growth.fill(logs, 10.0);
            for place in 0..1300 {
                let years = f64::from(place) * 0.01 - 1.0;
                for (ours, log) in growth.at(years).into_iter().zip(logs) {
                    let exact = (log * years).exp();
                    assert!((ours / exact - 1.0).abs() < 1e-12, "{log} {years}: {ours} {exact}");
                }
            }
        }
        growth.fill([0.0, 0.1, 0.0], 10.0);
        assert_eq!(growth.at(3.3)[0], 1.0);
    }
}
