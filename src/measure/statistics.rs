//! The spread of a mean of slices.

/// A mean's standard error and the factor that makes a 95 % interval of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    pub standard_error: f64,
    pub t95: f64,
}

/// `None` below ten values, which tell too little of their scatter.
pub(super) fn spread_of_mean(values: &[f64]) -> Option<Spread> {
    const LEAST: usize = 10;
    if values.len() < LEAST {
        return None;
    }
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0);
    Some(Spread { standard_error: (variance / n).sqrt(), t95: student_t95(n - 1.0) })
}

/// The two-sided 95 % quantile of Student's t: Cornish and Fisher's expansion about the normal
/// quantile (Abramowitz & Stegun 26.7.5), within 0.001 from 9 degrees of freedom on.
fn student_t95(degrees: f64) -> f64 {
    const Z: f64 = 1.959_963_984_540_054;
    let g1 = (Z.powi(3) + Z) / 4.0;
    let g2 = (5.0 * Z.powi(5) + 16.0 * Z.powi(3) + 3.0 * Z) / 96.0;
    let g3 = (3.0 * Z.powi(7) + 19.0 * Z.powi(5) + 17.0 * Z.powi(3) - 15.0 * Z) / 384.0;
    Z + g1 / degrees + g2 / degrees.powi(2) + g3 / degrees.powi(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (degrees, table) in [(9.0, 2.262), (19.0, 2.093), (29.0, 2.045), (120.0, 1.980)] {
            assert!((student_t95(degrees) - table).abs() < 1e-3, "{degrees}");
        }
    }

    #[test]
    fn spread_of_a_known_sample() {
        let values: Vec<f64> = (1..=10).map(f64::from).collect();
        let spread = spread_of_mean(&values).unwrap();
        // Sample variance 55/6.
        assert!((spread.standard_error - (55.0f64 / 60.0).sqrt()).abs() < 1e-12);
        assert!(spread_of_mean(&values[..9]).is_none());
    }
}
