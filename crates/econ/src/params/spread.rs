//! Distributions of parameters that are not known exactly.

use crate::normal::P95;

/// Draws are cut at this number of standard deviations.
const MAX_DEVIATIONS: f64 = 3.0;

/// The distribution of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Spread {
    /// Not drawn: the value is known.
    Fixed,
    /// Split normal: two halves of normal distributions that join at the value.
    SplitNormal {
        /// The 5 % point.
        low: f64,
        /// The 95 % point.
        high: f64,
    },
    /// Lognormal, with the value as median.
    LogNormal {
        /// Standard deviation of the logarithm.
        deviation: f64,
    },
}

impl Spread {
    /// A split normal distribution with these 5 and 95 % points, or [`Spread::Fixed`] if they coincide.
    pub fn between(low: f64, high: f64) -> Self {
        if low < high { Self::SplitNormal { low, high } } else { Self::Fixed }
    }

    /// Whether it is drawn.
    pub fn is_drawn(self) -> bool {
        self != Self::Fixed
    }

    /// The value at a standard normal deviate, cut to three deviations.
    pub fn at(self, value: f64, deviate: f64) -> f64 {
        let z = deviate.clamp(-MAX_DEVIATIONS, MAX_DEVIATIONS);
        match self {
            Self::Fixed => value,
            Self::SplitNormal { low, high } => {
                let reach = if z < 0.0 { value - low } else { high - value };
                value + z / P95 * reach
            }
            Self::LogNormal { deviation } => value * (z * deviation).exp(),
        }
    }

    /// The 5 % and 95 % points; `None` if it is not drawn.
    pub fn range(self, value: f64) -> Option<(f64, f64)> {
        match self {
            Self::Fixed => None,
            Self::SplitNormal { low, high } => Some((low, high)),
            Self::LogNormal { .. } => Some((self.at(value, -P95), self.at(value, P95))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_passes_through_its_5_and_95_percent_points() {
        let split = Spread::SplitNormal { low: 8.0, high: 20.0 };
        for (z, value) in [(-P95, 8.0), (0.0, 10.0), (P95, 20.0)] {
            assert!((split.at(10.0, z) - value).abs() < 1e-12, "{z}");
        }
        assert_eq!(split.at(10.0, 9.0), split.at(10.0, 3.0));
        let log = Spread::LogNormal { deviation: 0.45 };
        assert!((log.range(10.0).unwrap().1 - 10.0 * (P95 * 0.45f64).exp()).abs() < 1e-9);
        assert_eq!(Spread::Fixed.at(10.0, 2.0), 10.0);
        assert_eq!(Spread::between(1.0, 1.0), Spread::Fixed);
    }
}
