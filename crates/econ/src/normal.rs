//! The normal distribution.

/// Its 95 % point.
pub(super) const P95: f64 = 1.644_853_626_951_473;

/// The standard normal distribution (Abramowitz and Stegun 26.2.17, within 7.5e-8).
pub(super) fn normal_cdf(x: f64) -> f64 {
    const B: [f64; 5] =
        [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    if x.is_nan() {
        return 0.0;
    }
    let t = 1.0 / (1.0 + 0.231_641_9 * x.abs());
    let polynomial = B.iter().rev().fold(0.0, |sum, b| (sum + b) * t);
    let tail = (-x * x / 2.0).exp() / std::f64::consts::TAU.sqrt() * polynomial;
    if x >= 0.0 { 1.0 - tail } else { tail }
}

/// The normal distribution's quantile: Abramowitz and Stegun 26.2.23, and two steps of Newton's.
pub(super) fn normal_quantile(probability: f64) -> f64 {
    let tail = probability.min(1.0 - probability).max(1e-12);
    let t = (-2.0 * tail.ln()).sqrt();
    let over = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let under = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let mut z = over / under - t;
    for _ in 0..2 {
        let density = (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt();
        z -= (normal_cdf(z) - tail) / density;
    }
    if probability < 0.5 { z } else { -z }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_cdf_matches_known_points() {
        for (x, expected) in [(0.0, 0.5), (1.0, 0.841_344_75), (-1.96, 0.024_997_90), (40.0, 1.0)] {
            assert!((normal_cdf(x) - expected).abs() < 1e-7, "{x}");
        }
        assert_eq!(normal_cdf(f64::NEG_INFINITY), 0.0);
    }

    #[test]
    fn normal_quantile_matches_known_points() {
        for (part, z) in
            [(0.5, 0.0), (0.05, -P95), (0.95, P95), (0.975, 1.959_964), (0.001, -3.090_232)]
        {
            assert!((normal_quantile(part) - z).abs() < 2e-4, "{part}: {}", normal_quantile(part));
        }
    }
}
