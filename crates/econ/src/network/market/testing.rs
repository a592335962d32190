//! Residuals as they were once centred, to measure what that did.

use super::*;

/// With the mean over epochs taken off, in place of the mean over what blocks draw.
pub(in crate::network) fn centred_by_epochs(
    residuals: &[MarketShock],
    block: usize,
) -> MarketResiduals {
    let n = residuals.len();
    let total: f64 = (0..n).map(|i| recency(n, i)).sum();
    let by_epoch: Vec<f64> = (0..n).map(|i| recency(n, i) / total).collect();
    let cumulative = MarketResiduals::of(residuals, block).cumulative;
    MarketResiduals::centred(residuals, block, cumulative, &by_epoch)
}
