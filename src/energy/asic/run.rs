//! Computes energy, hashes and J/TH over one window from the snapshots of one machine.

use super::error::AsicError;
use super::exporter::Exporter;
use super::figures::Figures;
use super::limits::{MAX_GAP_S, MIN_SHARES};
use super::sequence::{answered_polls, between};
use super::shares::{ShareWork, Shares, count_shares};
use super::snapshot::Snapshot;
use super::warnings::{expected, warnings};
use crate::energy::{EnergyAccount, MeterDescriptor, MeterQuantity, RawValue, Reading};
use crate::plausible::ASIC_EFFICIENCY;
use crate::pow::Difficulty;
use crate::uncertainty::{Efficiency, Scope, Uncertain};
use crate::units::{Hashes, Hashrate, Joules, JoulesPerHash, Seconds, Watts};
use std::time::{Duration, Instant};

/// A relative deviation of the reported J/TH from the computed J/TH above this is a warning.
const MAX_EFFICIENCY_DEVIATION: f64 = 0.1;
/// A deviation of the shares from the hashrate above this multiple of the counting error is a
/// warning.
const MAX_SHARE_SIGMAS: f64 = 3.0;

/// The results of a log for one machine over one window.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct AsicRun {
    /// Maker and model, as the exporter names them.
    pub machine: String,
    /// The firmware and its version; empty if they are not known.
    pub firmware: String,
    /// The exporter of the log.
    pub exporter: Exporter,
    /// What the power covers, as given by the caller.
    pub scope: Scope,
    /// The number of snapshots that are used.
    pub snapshots: usize,
    /// The number of snapshots that lack power or hashrate or repeat the previous one, and are not
    /// used.
    pub left_out: usize,
    /// The time between the first and the last snapshot.
    pub duration: Seconds,
    /// The power integrated over [`Self::duration`].
    pub energy: Uncertain<Joules>,
    /// The hashrate integrated over [`Self::duration`].
    pub hashes_by_hashrate: Uncertain<Hashes>,
    /// The energy divided by these hashes.
    pub efficiency_by_hashrate: Efficiency,
    /// The mean expected hashrate, as recorded by the machine.
    pub expected_hashrate: Option<Hashrate>,
    /// The shares counted by the pools, if every snapshot gives them.
    pub shares: Option<Shares>,
    /// The mean efficiency reported by the machine, for comparison only.
    pub reported_efficiency: Option<JoulesPerHash>,
    /// Warnings about the log and the results.
    pub warnings: Vec<String>,
}

/// The number of hashes on which the efficiency is based.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum HashBasis {
    /// The hashrate reported by the machine.
    Hashrate,
    /// The shares counted by the pool.
    Shares,
}

impl HashBasis {
    /// The name in machine-readable formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hashrate => "hashrate",
            Self::Shares => "shares",
        }
    }
}

impl AsicRun {
    /// The efficiency and its basis: shares from [`MIN_SHARES`] shares on, otherwise the hashrate.
    pub fn efficiency(&self) -> (&Efficiency, HashBasis) {
        match &self.shares {
            Some(Shares { accepted, work: Some(work), .. }) if *accepted >= MIN_SHARES => {
                (&work.efficiency, HashBasis::Shares)
            }
            _ => (&self.efficiency_by_hashrate, HashBasis::Hashrate),
        }
    }

    /// The mean hashrate of the window, as reported by the machine.
    pub fn mean_hashrate(&self) -> Hashrate {
        self.hashes_by_hashrate.value() / self.duration
    }

    /// The mean hashrate divided by the expected hashrate.
    pub fn hashrate_over_expected(&self) -> Option<f64> {
        self.expected_hashrate.map(|expected| self.mean_hashrate() / expected)
    }

    /// The mean power of the window.
    pub fn mean_power(&self) -> Watts {
        self.energy.value() / self.duration
    }
}

pub(super) fn evaluate(
    source: &str,
    snapshots: &[Snapshot],
    scope: Scope,
    share_difficulty: Option<f64>,
) -> Result<AsicRun, AsicError> {
    let (figures, left_out) = answered_polls(snapshots)?;
    let exporter = snapshots.first().map_or(Exporter::AsicRs, |first| first.exporter);
    let known = |of: fn(&Figures) -> &Option<String>| figures.iter().find_map(|f| of(f).clone());
    let machine = known(|f| &f.model).unwrap_or_else(|| "unnamed machine".to_owned());
    let firmware = [known(|f| &f.firmware), known(|f| &f.version)];
    let count = figures.len();
    let origin = format!("{machine}, its own API, {source}, {count} snapshots");
    let (energy, duration) = integrate_power(&origin, scope, &figures)?;
    let hashes = figures.windows(2).map(|pair| match pair {
        [a, b] => (a.hashrate + b.hashrate) / 2.0 * between(a, b),
        _ => Hashes::ZERO,
    });
    let hashes_by_hashrate = Uncertain::user_reported(hashes.sum::<Hashes>(), origin.clone());
    let efficiency = |hashes: &Uncertain<Hashes>| Efficiency::new(energy.quotient(hashes));
    let efficiency_by_hashrate = efficiency(&hashes_by_hashrate)?;

    let mean = hashes_by_hashrate.value() / duration;
    let mut warnings = warnings(&figures, &left_out, snapshots.len(), mean);
    let shares = match (count_shares(&figures)?, share_difficulty) {
        (Err(reason), Some(_)) => return Err(AsicError::NoShares { reason }),
        (Ok((0, _)), Some(_)) => {
            let reason = "no share was accepted in the window".to_owned();
            return Err(AsicError::NoShares { reason });
        }
        (Err(_), None) => None,
        (Ok((accepted, rejected)), None) => Some(Shares { accepted, rejected, work: None }),
        (Ok((accepted, rejected)), Some(difficulty)) => {
            let counted = accepted as f64;
            let value = Hashes::from_hashes(counted * difficulty * Difficulty::HASHES_AT_ONE);
            let origin = format!("{origin}, {accepted} accepted shares of difficulty {difficulty}");
            let hashes = Uncertain::user_reported(value, origin)
                .with_standard_uncertainty(value / counted.sqrt());
            let ratio_to_hashrate = value / hashes_by_hashrate.value();
            if (ratio_to_hashrate - 1.0).abs() * counted.sqrt() > MAX_SHARE_SIGMAS {
                warnings.push(format!(
                    "the work by shares is {:.1} % of the work by hashrate, which deviates by more \
                     than {MAX_SHARE_SIGMAS} times the counting error of {:.1} %: the share \
                     difficulty is different or was not constant, shares were lost, or the reported \
                     hashrate is wrong",
                    100.0 * ratio_to_hashrate,
                    100.0 / counted.sqrt()
                ));
            }
            let efficiency = efficiency(&hashes)?;
            let work = Some(ShareWork { difficulty, hashes, efficiency, ratio_to_hashrate });
            Some(Shares { accepted, rejected, work })
        }
    };
    let reported_efficiency = mean_reported_efficiency(&figures);
    let mut run = AsicRun {
        machine,
        firmware: firmware.into_iter().flatten().collect::<Vec<_>>().join(" "),
        exporter,
        scope,
        snapshots: count,
        left_out: snapshots.len() - count,
        duration,
        energy,
        hashes_by_hashrate,
        efficiency_by_hashrate,
        expected_hashrate: expected(&figures),
        shares,
        reported_efficiency,
        warnings,
    };
    let by_shares = run.shares.iter().filter_map(|shares| Some(&shares.work.as_ref()?.efficiency));
    for efficiency in std::iter::once(&run.efficiency_by_hashrate).chain(by_shares) {
        let warning = ASIC_EFFICIENCY.check(efficiency.value());
        let warning = warning.map_err(|e| AsicError::ImplausibleEfficiency(Box::new(e)))?;
        run.warnings.extend(warning.map(|warning| warning.to_string()));
    }
    let ratio = run
        .reported_efficiency
        .map(|reported_efficiency| reported_efficiency / run.efficiency_by_hashrate.value());
    if ratio.is_some_and(|ratio| (ratio - 1.0).abs() > MAX_EFFICIENCY_DEVIATION) {
        run.warnings.push(
            "the J/TH reported by the machine differs by more than 10 % from its power divided by \
             its hashrate: check the units of the log"
                .to_owned(),
        );
    }
    Ok(run)
}

/// Integrates the power with the account that is used for all power meters.
fn integrate_power(
    origin: &str,
    scope: Scope,
    figures: &[Figures],
) -> Result<(Uncertain<Joules>, Seconds), AsicError> {
    // The resolution of a firmware's power is not documented.
    let quantity = MeterQuantity::Power { resolution: Watts::ZERO, averaging: None };
    let mut account = EnergyAccount::new(MeterDescriptor {
        max_read_gap: Some(Seconds::from_seconds(MAX_GAP_S.into())),
        caveat: Some("reported by the machine itself".to_owned()),
        ..MeterDescriptor::bare(origin, scope, "as reported", quantity)
    });
    // The account uses this machine's clock; the time of the first snapshot on it is arbitrary.
    let mut at = Instant::now();
    let mut last = figures.first().map(|first| first.at);
    for next in figures {
        let step = last.map_or(Duration::ZERO, |last| {
            Duration::try_from(next.at.duration_since(last)).unwrap_or_default()
        });
        last = Some(next.at);
        at = at.checked_add(step).ok_or(AsicError::Malformed {
            snapshot: next.number,
            field: "timestamp",
            given: next.at.to_string(),
            remedy: "a time within the range of this machine's clock",
        })?;
        account.record(Ok(Reading::new(at, at, RawValue::Power(next.power))));
    }
    Ok((account.energy()?, account.duration()))
}

fn mean_reported_efficiency(figures: &[Figures]) -> Option<JoulesPerHash> {
    let ratio: Vec<_> = figures.iter().filter_map(|figures| figures.reported_efficiency).collect();
    let sum: JoulesPerHash = ratio.iter().copied().sum();
    (!ratio.is_empty()).then(|| sum / ratio.len() as f64)
}
