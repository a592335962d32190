//! The pools' count of the work.

use super::error::AsicError;
use super::figures::Figures;
use crate::uncertainty::{Efficiency, Uncertain};
use crate::units::Hashes;

/// The shares of the window.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// Those that the pools took.
    pub accepted: u64,
    /// Those that they refused, where every snapshot says it.
    pub rejected: Option<u64>,
    /// The work they stand for, where the difficulty was given.
    pub work: Option<ShareWork>,
}

/// The work that shares stand for.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareWork {
    /// The difficulty of each.
    pub difficulty: f64,
    /// Accepted shares times difficulty times 2^48/65535, with the counting error as its
    /// standard uncertainty.
    pub hashes: Uncertain<Hashes>,
    /// Energy over those hashes.
    pub efficiency: Efficiency,
    /// These hashes over those by hashrate.
    pub over_hashrate: f64,
}

pub(super) type Counted = Result<(u64, Option<u64>), String>;

/// Accepted and rejected shares of the window over all pools, or why they cannot be counted.
pub(super) fn count_shares(figures: &[Figures]) -> Result<Counted, AsicError> {
    let (mut accepted, mut rejected) = (0u64, Some(0u64));
    for figures in [figures.first(), figures.last()].into_iter().flatten() {
        if figures.pools.is_empty() {
            return Ok(Err(format!("snapshot {} names no pools", figures.number)));
        }
    }
    // Pools that could not be asked for once: what their counters rose by is known all the same.
    let stated: Vec<&Figures> = figures.iter().filter(|f| !f.pools.is_empty()).collect();
    for pair in stated.windows(2) {
        let [before, after] = pair else { continue };
        let names = |figures: &Figures| -> Vec<String> {
            figures.pools.iter().map(|pool| pool.name.clone()).collect()
        };
        if names(before) != names(after) {
            return Ok(Err(format!("snapshot {} has other pools", after.number)));
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
            let Some(taken) = step("accepted shares", old.accepted, new.accepted)? else {
                let told = format!("{} of snapshot {} does not say them", new.name, after.number);
                return Ok(Err(told));
            };
            let refused = step("rejected shares", old.rejected, new.rejected)?;
            accepted = accepted.saturating_add(taken);
            rejected = rejected.zip(refused).map(|(sum, refused)| sum.saturating_add(refused));
        }
    }
    Ok(Ok((accepted, rejected)))
}
