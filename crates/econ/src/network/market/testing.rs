//! Residuals centred by epochs, an earlier method, to measure its bias.

use super::*;

/// Subtracts the mean over epochs, instead of the mean over the distribution of drawn blocks.
pub(in crate::network) fn centred_by_epochs(
    residuals: &[MarketShock],
    block: usize,
) -> MarketResiduals {
    let n = residuals.len();
    let total: f64 = (0..n).map(|i| recency(n, i)).sum();
    let by_epoch: Vec<f64> = (0..n).map(|i| recency(n, i) / total).collect();
    let cumulative = MarketResiduals::new(residuals, block).cumulative;
    MarketResiduals::centred(residuals, block, cumulative, &by_epoch)
}
