//! Variances and quantiles.

pub(super) use crate::energy::statistics::{mean, squares_about};

/// The sample variance.
pub(super) fn variance(values: &[f64]) -> f64 {
    squares_about(mean(values), values) / (values.len() as f64 - 1.0)
}

/// The two-sided 95 % quantile of Student's t: Cornish and Fisher's expansion about the normal
/// quantile (Abramowitz & Stegun 26.7.5), within 0.001 from 9 degrees of freedom on.
pub(super) fn student_t95(degrees: f64) -> f64 {
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
}
