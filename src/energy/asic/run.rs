//! From one machine's snapshots to energy, hashes and J/TH over one window.

use super::error::AsicError;
use super::exporter::Exporter;
use super::figures::Figures;
use super::limits::{MAX_GAP_S, MIN_SHARES};
use super::remarks::{expected, remarks};
use super::sequence::{answered, between};
use super::shares::{ShareWork, Shares, count_shares};
use super::snapshot::Snapshot;
use crate::energy::{EnergyAccount, MeterDescriptor, MeterQuantity, RawValue, Reading};
use crate::plausible::ASIC_EFFICIENCY;
use crate::pow::Difficulty;
use crate::uncertainty::{Efficiency, Scope, Uncertain};
use crate::units::{Hashes, Hashrate, Joules, JoulesPerHash, Seconds, Watts};
use std::time::{Duration, Instant};

/// A machine's own J/TH further from ours than this deserves a word.
const OWN_FIGURE_OFF: f64 = 0.1;
/// Hashrate and shares further apart than so many counting errors deserve one.
const SIGMAS: f64 = 3.0;

/// What a log says of one machine over one window.
#[derive(Clone, Debug, PartialEq)]
pub struct AsicRun {
    /// Maker and model, as the exporter names them.
    pub machine: String,
    /// The firmware and its version; empty where they are not known.
    pub firmware: String,
    /// Who wrote the log.
    pub exporter: Exporter,
    /// What the power covers, by the caller's word.
    pub scope: Scope,
    /// How many snapshots count.
    pub snapshots: usize,
    /// Snapshots that lack power or hashrate, or repeat the one before, and do not count.
    pub left_out: usize,
    /// From the first snapshot to the last.
    pub duration: Seconds,
    /// Power integrated over that.
    pub energy: Uncertain<Joules>,
    /// Hashrate integrated over that.
    pub hashes_by_hashrate: Uncertain<Hashes>,
    /// Energy over those hashes.
    pub efficiency_by_hashrate: Efficiency,
    /// The mean of what the machine is expected to hash, by its own record.
    pub expected_hashrate: Option<Hashrate>,
    /// What the pools counted, where every snapshot says it.
    pub shares: Option<Shares>,
    /// The mean of the machine's own figures, for comparison only.
    pub machine_says: Option<JoulesPerHash>,
    /// What a reader must know before quoting a figure.
    pub warnings: Vec<String>,
}

/// Which count of hashes stands under the efficiency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashBasis {
    /// The machine's own hashrate.
    Hashrate,
    /// The pool's shares.
    Shares,
}

impl HashBasis {
    /// The name in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hashrate => "hashrate",
            Self::Shares => "shares",
        }
    }
}

impl AsicRun {
    /// The headline, and which count of hashes it rests on: shares from [`MIN_SHARES`] on,
    /// else the hashrate.
    pub fn efficiency(&self) -> (&Efficiency, HashBasis) {
        match &self.shares {
            Some(Shares { accepted, work: Some(work), .. }) if *accepted >= MIN_SHARES => {
                (&work.efficiency, HashBasis::Shares)
            }
            _ => (&self.efficiency_by_hashrate, HashBasis::Hashrate),
        }
    }

    /// The mean hashrate of the window, by the machine's own figure.
    pub fn mean_hashrate(&self) -> Hashrate {
        self.hashes_by_hashrate.value() / self.duration
    }

    /// That over what the machine is expected to hash.
    pub fn hashrate_over_expected(&self) -> Option<f64> {
        self.expected_hashrate.map(|expected| self.mean_hashrate() / expected)
    }

    /// The mean power of the window.
    pub fn mean_power(&self) -> Watts {
        self.energy.value() / self.duration
    }
}

pub(super) fn of(
    source: &str,
    snapshots: &[Snapshot],
    scope: Scope,
    share_difficulty: Option<f64>,
) -> Result<AsicRun, AsicError> {
    let (figures, left_out) = answered(snapshots)?;
    let exporter = snapshots.first().map_or(Exporter::AsicRs, |first| first.exporter);
    let known = |of: fn(&Figures) -> &Option<String>| figures.iter().find_map(|f| of(f).clone());
    let machine = known(|f| &f.model).unwrap_or_else(|| "unnamed machine".to_owned());
    let firmware = [known(|f| &f.firmware), known(|f| &f.version)];
    let count = figures.len();
    let by = format!("{machine}, its own API, {source}, {count} snapshots");
    let (energy, duration) = integrate_power(&by, scope, &figures)?;
    let hashes = figures.windows(2).map(|pair| match pair {
        [a, b] => (a.hashrate + b.hashrate) / 2.0 * between(a, b),
        _ => Hashes::ZERO,
    });
    let hashes_by_hashrate = Uncertain::user_reported(hashes.sum::<Hashes>(), by.clone());
    let efficiency = |hashes: &Uncertain<Hashes>| Efficiency::new(energy.quotient(hashes));
    let efficiency_by_hashrate = efficiency(&hashes_by_hashrate)?;

    let mean = hashes_by_hashrate.value() / duration;
    let mut warnings = remarks(&figures, &left_out, snapshots.len(), mean);
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
            let by = format!("{by}, {accepted} accepted shares of difficulty {difficulty}");
            let hashes = Uncertain::user_reported(value, by)
                .with_standard_uncertainty(value / counted.sqrt());
            let over_hashrate = value / hashes_by_hashrate.value();
            if (over_hashrate - 1.0).abs() * counted.sqrt() > SIGMAS {
                warnings.push(format!(
                    "shares make {:.1} % of the hashrate's work, further off than {SIGMAS} times \
                     their counting error of {:.1} %: the share difficulty was another or changed, \
                     shares were lost, or the machine's hashrate is off",
                    100.0 * over_hashrate,
                    100.0 / counted.sqrt()
                ));
            }
            let efficiency = efficiency(&hashes)?;
            let work = Some(ShareWork { difficulty, hashes, efficiency, over_hashrate });
            Some(Shares { accepted, rejected, work })
        }
    };
    let machine_says = mean_of_own(&figures);
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
        machine_says,
        warnings,
    };
    let by_shares = run.shares.iter().filter_map(|shares| Some(&shares.work.as_ref()?.efficiency));
    for efficiency in std::iter::once(&run.efficiency_by_hashrate).chain(by_shares) {
        let doubt = ASIC_EFFICIENCY.check(efficiency.value());
        let doubt = doubt.map_err(|e| AsicError::ImplausibleEfficiency(Box::new(e)))?;
        run.warnings.extend(doubt.map(|doubt| doubt.to_string()));
    }
    let own = run.machine_says.map(|says| says / run.efficiency_by_hashrate.value());
    if own.is_some_and(|own| (own - 1.0).abs() > OWN_FIGURE_OFF) {
        run.warnings.push(
            "the machine's own J/TH is more than 10 % off its power over its hashrate: \
             check the units of the log"
                .to_owned(),
        );
    }
    Ok(run)
}

/// Power over time, by the account that integrates every power meter here.
fn integrate_power(
    by: &str,
    scope: Scope,
    figures: &[Figures],
) -> Result<(Uncertain<Joules>, Seconds), AsicError> {
    // How finely a firmware resolves its power is nowhere stated.
    let quantity = MeterQuantity::Power { resolution: Watts::ZERO, averaging: None };
    let mut account = EnergyAccount::new(MeterDescriptor {
        max_read_gap: Some(Seconds::from_seconds(MAX_GAP_S.into())),
        caveat: Some("the machine's own figure".to_owned()),
        ..MeterDescriptor::bare(by, scope, "as reported", quantity)
    });
    // The account knows only this machine's clock: the first snapshot stands at any moment of it.
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
            remedy: "a time that this machine's clock can hold",
        })?;
        account.take(Ok(Reading::new(at, at, RawValue::Power(next.power))));
    }
    Ok((account.energy()?, account.duration()))
}

fn mean_of_own(figures: &[Figures]) -> Option<JoulesPerHash> {
    let own: Vec<_> = figures.iter().filter_map(|figures| figures.says).collect();
    let sum: JoulesPerHash = own.iter().copied().sum();
    (!own.is_empty()).then(|| sum / own.len() as f64)
}
