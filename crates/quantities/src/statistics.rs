//! Means, variances and quantiles of samples, and a random number generator.

/// A pseudorandom number generator with the same sequence on every machine (SplitMix64: Steele, Lea and Flood, *Fast
/// Splittable Pseudorandom Number Generators*, 2014).
#[derive(Clone, Debug)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// A generator with this seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// The next number of a uniform distribution from 0 to below 1.
    pub fn uniform(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A random integer below `bound`; 0 if `bound` is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.next_u64().checked_rem(bound as u64).unwrap_or(0) as usize
    }
}

/// Quantiles (0 to 1) of a sample in any order, each by nearest rank. `None` for an empty sample.
pub fn nearest_rank_quantiles<const N: usize>(
    mut sample: Vec<f64>,
    parts: [f64; N],
) -> Option<[f64; N]> {
    let last = sample.len().checked_sub(1)?;
    sample.sort_by(f64::total_cmp);
    // A part beyond 1 is the greatest value, one below 0 or no number the least.
    Some(parts.map(|part| sample[((part * last as f64).round() as usize).min(last)]))
}

/// The arithmetic mean; NaN for an empty sample.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The sum of the squared deviations from a mean.
pub fn sum_of_squared_deviations(mean: f64, values: &[f64]) -> f64 {
    values.iter().map(|value| (value - mean).powi(2)).sum()
}

/// The median; for an even number of values the greater of the two middle ones. `None` for an empty sample.
pub fn upper_median(mut values: Vec<f64>) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let middle = values.len() / 2;
    let (_, median, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    Some(*median)
}

/// The sample variance, with n - 1 degrees of freedom.
pub fn variance(values: &[f64]) -> f64 {
    sum_of_squared_deviations(mean(values), values) / (values.len() as f64 - 1.0)
}

/// The two-sided 95 % quantile of Student's t: Cornish and Fisher's expansion about the normal
/// quantile (Abramowitz & Stegun 26.7.5), within 0.001 from 9 degrees of freedom on.
pub fn student_t95(degrees: f64) -> f64 {
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
    fn nearest_rank_quantiles_of_small_samples_are_sample_values() {
        assert_eq!(nearest_rank_quantiles(Vec::new(), [0.5]), None);
        assert_eq!(nearest_rank_quantiles(vec![7.0], [0.0, 0.5, 1.0]), Some([7.0; 3]));
        assert_eq!(
            nearest_rank_quantiles(vec![3.0, 1.0, 2.0], [0.0, 0.4, 1.0]),
            Some([1.0, 2.0, 3.0])
        );
        assert_eq!(
            nearest_rank_quantiles(vec![1.0, 2.0], [-1.0, 2.0, f64::NAN]),
            Some([1.0, 2.0, 1.0])
        );
    }

    #[test]
    fn mean_deviations_and_median_of_known_samples_are_exact() {
        assert_eq!(
            (mean(&[1.0, 2.0, 6.0]), sum_of_squared_deviations(3.0, &[1.0, 2.0, 6.0])),
            (3.0, 14.0)
        );
        assert_eq!(upper_median(vec![3.0, 1.0, 4.0, 2.0]), Some(3.0));
        assert_eq!(upper_median(vec![5.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(upper_median(Vec::new()), None);
    }

    #[test]
    fn student_t95_matches_published_tables() {
        for (degrees, table) in [(9.0, 2.262), (19.0, 2.093), (29.0, 2.045), (120.0, 1.980)] {
            assert!((student_t95(degrees) - table).abs() < 1e-3, "{degrees}");
        }
    }
}
