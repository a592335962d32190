//! The shares counted by the pools.

use super::error::AsicError;
use super::figures::Figures;
use crate::uncertainty::{Efficiency, Uncertain};
use crate::units::Hashes;

/// The shares of the window.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Shares {
    /// The number of accepted shares.
    pub accepted: u64,
    /// The number of rejected shares, if every snapshot gives it.
    pub rejected: Option<u64>,
    /// The work of the accepted shares, if the share difficulty was given.
    pub work: Option<ShareWork>,
}

/// The work of the accepted shares.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct ShareWork {
    /// The share difficulty.
    pub difficulty: f64,
    /// Accepted shares times difficulty times 2^48/65535, with the counting error as standard
    /// uncertainty.
    pub hashes: Uncertain<Hashes>,
    /// The energy divided by these hashes.
    pub efficiency: Efficiency,
    /// These hashes divided by the hashes by hashrate.
    pub ratio_to_hashrate: f64,
}

pub(super) type Counted = Result<(u64, Option<u64>), String>;

/// Accepted and rejected shares of the window over all pools, or why they cannot be counted.
pub(super) fn count_shares(figures: &[Figures]) -> Result<Counted, AsicError> {
    let (mut accepted, mut rejected) = (0u64, Some(0u64));
    for figures in [figures.first(), figures.last()].into_iter().flatten() {
        if figures.pools.is_empty() {
            return Ok(Err(format!("snapshot {} has no pools", figures.number)));
        }
    }
    // Snapshots without pools are skipped: the increase of the counters over them is still known.
    let stated: Vec<&Figures> = figures.iter().filter(|f| !f.pools.is_empty()).collect();
    for pair in stated.windows(2) {
        let [before, after] = pair else { continue };
        let names = |figures: &Figures| -> Vec<String> {
            figures.pools.iter().map(|pool| pool.name.clone()).collect()
        };
        if names(before) != names(after) {
            return Ok(Err(format!("snapshot {} has different pools", after.number)));
        }
        for (old, new) in before.pools.iter().zip(&after.pools) {
            let step = |field, old: Option<u64>, new_count: Option<u64>| match (old, new_count) {
                (Some(before), Some(count)) => match count.checked_sub(before) {
                    Some(step) => Ok(Some(step)),
                    None => Err(AsicError::CounterDown {
                        snapshot: after.number,
                        field,
                        pool: new.name.clone(),
                        before,
                        after: count,
                    }),
                },
                _ => Ok(None),
            };
            let Some(new_accepted) = step("accepted shares", old.accepted, new.accepted)? else {
                let message =
                    format!("{} of snapshot {} does not give them", new.name, after.number);
                return Ok(Err(message));
            };
            let new_rejected = step("rejected shares", old.rejected, new.rejected)?;
            accepted = accepted.saturating_add(new_accepted);
            rejected = rejected
                .zip(new_rejected)
                .map(|(sum, new_rejected)| sum.saturating_add(new_rejected));
        }
    }
    Ok(Ok((accepted, rejected)))
}
