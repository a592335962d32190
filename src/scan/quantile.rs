//! Quantiles of a sample.

/// The quantiles at those parts (0 to 1) of a sample in any order, each by nearest rank. `None`
/// for an empty sample.
pub fn nearest_ranks<const N: usize>(mut sample: Vec<f64>, parts: [f64; N]) -> Option<[f64; N]> {
    let last = sample.len().checked_sub(1)?;
    sample.sort_by(f64::total_cmp);
    // A part beyond 1 is the greatest value, one below 0 or no number the least.
    Some(parts.map(|part| sample[((part * last as f64).round() as usize).min(last)]))
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
}
