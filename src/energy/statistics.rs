//! Means and medians of samples.

/// NaN of nothing.
pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The sum of the squared differences from a mean.
pub(crate) fn squares_about(mean: f64, values: &[f64]) -> f64 {
    values.iter().map(|value| (value - mean).powi(2)).sum()
}

/// The median, of an even number the upper of the two in the middle; `None` of nothing.
pub(super) fn upper_median(mut values: Vec<f64>) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let middle = values.len() / 2;
    let (_, median, _) = values.select_nth_unstable_by(middle, f64::total_cmp);
    Some(*median)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_samples() {
        assert_eq!((mean(&[1.0, 2.0, 6.0]), squares_about(3.0, &[1.0, 2.0, 6.0])), (3.0, 14.0));
        assert_eq!(upper_median(vec![3.0, 1.0, 4.0, 2.0]), Some(3.0));
        assert_eq!(upper_median(vec![5.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(upper_median(Vec::new()), None);
    }
}
