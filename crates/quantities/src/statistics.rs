//! Means, variances and quantiles of samples, and what draws them.

/// Numbers that look random, the same on every machine (SplitMix64: Steele, Lea and Flood, *Fast
/// Splittable Pseudorandom Number Generators*, 2014).
#[derive(Clone, Debug)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// The numbers of that seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to 1.
    pub fn uniform(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// One of the numbers below `of`; 0 where that is 0.
    pub fn below(&mut self, of: usize) -> usize {
        self.next_u64().checked_rem(of as u64).unwrap_or(0) as usize
    }
}

/// The quantiles at those parts (0 to 1) of a sample in any order, each by nearest rank. `None`
/// for an empty sample.
pub fn nearest_ranks<const N: usize>(mut sample: Vec<f64>, parts: [f64; N]) -> Option<[f64; N]> {
    let last = sample.len().checked_sub(1)?;
    sample.sort_by(f64::total_cmp);
    // A part beyond 1 is the greatest value, one below 0 or no number the least.
    Some(parts.map(|part| sample[((part * last as f64).round() as usize).min(last)]))
}

/// NaN of nothing.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The sum of the squared differences from a mean.
pub fn squares_about(mean: f64, values: &[f64]) -> f64 {
    values.iter().map(|value| (value - mean).powi(2)).sum()
}

/// The median, of an even number the upper of the two in the middle; `None` of nothing.
pub fn upper_median(mut values: Vec<f64>) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let middle = values.len() / 2;
    let (_, median, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    Some(*median)
}

/// The sample variance.
pub fn variance(values: &[f64]) -> f64 {
    squares_about(mean(values), values) / (values.len() as f64 - 1.0)
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
    fn nearest_ranks_of_small_samples() {
        assert_eq!(nearest_ranks(Vec::new(), [0.5]), None);
        assert_eq!(nearest_ranks(vec![7.0], [0.0, 0.5, 1.0]), Some([7.0; 3]));
        assert_eq!(nearest_ranks(vec![3.0, 1.0, 2.0], [0.0, 0.4, 1.0]), Some([1.0, 2.0, 3.0]));
        assert_eq!(nearest_ranks(vec![1.0, 2.0], [-1.0, 2.0, f64::NAN]), Some([1.0, 2.0, 1.0]));
    }

    #[test]
    fn known_samples() {
        assert_eq!((mean(&[1.0, 2.0, 6.0]), squares_about(3.0, &[1.0, 2.0, 6.0])), (3.0, 14.0));
        assert_eq!(upper_median(vec![3.0, 1.0, 4.0, 2.0]), Some(3.0));
        assert_eq!(upper_median(vec![5.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(upper_median(Vec::new()), None);
    }

    #[test]
    fn quantiles_are_those_of_the_tables() {
        for (degrees, table) in [(9.0, 2.262), (19.0, 2.093), (29.0, 2.045), (120.0, 1.980)] {
            assert!((student_t95(degrees) - table).abs() < 1e-3, "{degrees}");
        }
    }
}
