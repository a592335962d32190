//! The report of a miner's own telemetry.

use super::{SCHEMA_VERSION, tidy};
use hashwatt::energy::{AsicRun, MIN_SHARES};
use hashwatt::text::Sheet;
use serde::Serialize;
use std::fmt;

/// What a log of a miner's telemetry says over its window. Nothing of it is measured: the
/// figures are those that the machine gave, and the file is the user's.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct AsicReport {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// Maker and model.
    pub machine: String,
    /// The firmware and its version; empty where they are not known.
    pub firmware: String,
    /// `asic-rs` or `pyasic`.
    pub exporter: &'static str,
    /// What the power covers: `asic_board_dc` or `node_wall`.
    pub scope: &'static str,
    /// How many snapshots count.
    pub snapshots: usize,
    /// Snapshots that lack power or hashrate, or repeat the one before, and do not count.
    pub snapshots_left_out: usize,
    /// From the first to the last, s.
    pub duration_s: f64,
    /// Power integrated over that, J.
    pub energy_j: f64,
    /// Mean power, W.
    pub mean_power_w: f64,
    /// Mean hashrate by the machine's own figure, TH/s.
    pub mean_hashrate_th_s: f64,
    /// What the machine is expected to hash, by its own record, TH/s; null where it does not say.
    pub expected_hashrate_th_s: Option<f64>,
    /// The mean hashrate over that, a pure number.
    pub hashrate_over_expected: Option<f64>,
    /// The headline, J/TH.
    pub j_per_th: f64,
    /// What counts the hashes under the headline: `hashrate` or `shares`.
    pub j_per_th_basis: &'static str,
    /// Standard uncertainty of the headline, J/TH; null, since no maker states that of its power.
    pub j_per_th_standard_uncertainty: Option<f64>,
    /// The origin of all figures: `user_reported`.
    pub provenance: &'static str,
    /// Whose figures they are.
    pub energy_origin: String,
    /// Hashes by the machine's own hashrate, TH.
    pub hashes_by_hashrate_th: f64,
    /// Energy over those, J/TH.
    pub j_per_th_by_hashrate: f64,
    /// Shares that the pools took.
    pub accepted_shares: Option<u64>,
    /// Shares that they refused.
    pub rejected_shares: Option<u64>,
    /// The difficulty of each, where it was given.
    pub share_difficulty: Option<f64>,
    /// Hashes by accepted shares, TH.
    pub hashes_by_shares_th: Option<f64>,
    /// The counting error of those, 1/sqrt(N), a pure number.
    pub hashes_by_shares_relative_standard_uncertainty: Option<f64>,
    /// Energy over those, J/TH.
    pub j_per_th_by_shares: Option<f64>,
    /// Hashes by shares over hashes by hashrate.
    pub shares_over_hashrate: Option<f64>,
    /// The mean of the machine's own J/TH, for comparison only.
    pub machine_says_j_per_th: Option<f64>,
    /// What a reader must know before quoting a figure.
    pub warnings: Vec<String>,
}

impl From<&AsicRun> for AsicReport {
    fn from(run: &AsicRun) -> Self {
        let (efficiency, basis) = run.efficiency();
        let shares = run.shares.as_ref();
        let work = shares.and_then(|shares| shares.work.as_ref());
        let hashes = run.hashes_by_hashrate.value();
        let expected = run.expected_hashrate;
        Self {
            schema_version: SCHEMA_VERSION,
            machine: run.machine.clone(),
            firmware: run.firmware.clone(),
            exporter: run.exporter.name(),
            scope: run.scope.name(),
            snapshots: run.snapshots,
            snapshots_left_out: run.left_out,
            duration_s: tidy(run.duration.as_seconds()),
            energy_j: tidy(run.energy.value().as_joules()),
            mean_power_w: tidy(run.mean_power().as_watts()),
            mean_hashrate_th_s: tidy(run.mean_hashrate().as_th_s()),
            expected_hashrate_th_s: expected.map(|expected| tidy(expected.as_th_s())),
            hashrate_over_expected: run.hashrate_over_expected().map(tidy),
            j_per_th: tidy(efficiency.value().as_j_per_th()),
            j_per_th_basis: basis.name(),
            j_per_th_standard_uncertainty: efficiency
                .as_uncertain()
                .standard_uncertainty()
                .map(|u| tidy(u.as_j_per_th())),
            provenance: run.energy.provenance().kind(),
            energy_origin: run.energy.provenance().detail(),
            hashes_by_hashrate_th: tidy(hashes.as_th()),
            j_per_th_by_hashrate: tidy(run.efficiency_by_hashrate.value().as_j_per_th()),
            accepted_shares: shares.map(|shares| shares.accepted),
            rejected_shares: shares.and_then(|shares| shares.rejected),
            share_difficulty: work.map(|work| tidy(work.difficulty)),
            hashes_by_shares_th: work.map(|work| tidy(work.hashes.value().as_th())),
            hashes_by_shares_relative_standard_uncertainty: work
                .and_then(|work| work.hashes.relative_uncertainty().map(tidy)),
            j_per_th_by_shares: work.map(|work| tidy(work.efficiency.value().as_j_per_th())),
            shares_over_hashrate: work.map(|work| tidy(work.over_hashrate)),
            machine_says_j_per_th: run.machine_says.map(|says| tidy(says.as_j_per_th())),
            warnings: run.warnings.clone(),
        }
    }
}

impl fmt::Display for AsicReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sheet = Sheet::new(f);
        sheet.title(&format!("{}, by its own telemetry", self.machine))?;
        if !self.firmware.is_empty() {
            sheet.text("Firmware", &self.firmware)?;
        }
        let left_out = match self.snapshots_left_out {
            0 => String::new(),
            count => format!(", {count} left out"),
        };
        let window = format!("{} snapshots of {}{left_out}", self.snapshots, self.exporter);
        sheet.text("Window", &format!("{:.1} s, {window}", self.duration_s))?;
        let energy = format!("{:.3} kWh", self.energy_j / 3.6e6);
        let power = format!("{:.1} W on average, {}", self.mean_power_w, self.scope);
        sheet.text("Energy", &format!("{energy}, {power}"))?;
        let rate = format!("{:.3} TH/s on average", self.mean_hashrate_th_s);
        sheet
            .text("Hashes by hashrate", &format!("{:.1} TH, {rate}", self.hashes_by_hashrate_th))?;
        if let (Some(expected), Some(ratio)) =
            (self.expected_hashrate_th_s, self.hashrate_over_expected)
        {
            let told = format!("{expected:.3} TH/s, of which it does {:.0} %", 100.0 * ratio);
            sheet.text("Expected by the machine", &told)?;
        }
        let shares = match (self.accepted_shares, self.rejected_shares) {
            (Some(accepted), Some(rejected)) => format!("{accepted} accepted, {rejected} rejected"),
            (Some(accepted), None) => format!("{accepted} accepted"),
            (None, _) => "not in the log".to_owned(),
        };
        sheet.text("Shares", &shares)?;
        if let (Some(hashes), Some(error), Some(ratio), Some(difficulty)) = (
            self.hashes_by_shares_th,
            self.hashes_by_shares_relative_standard_uncertainty,
            self.shares_over_hashrate,
            self.share_difficulty,
        ) {
            let counted = format!("counting error {:.1} %, difficulty {difficulty}", 100.0 * error);
            sheet.text("Hashes by shares", &format!("{hashes:.1} TH, {counted}"))?;
            let told = format!("{:.1} % of the hashrate's work", 100.0 * ratio);
            sheet.text("", &told)?;
        }
        let by = format!("by {}, {}", self.j_per_th_basis, self.provenance);
        sheet.text("Efficiency", &format!("{:.3} J/TH {by}", self.j_per_th))?;
        if let Some(by_shares) = self.j_per_th_by_shares {
            let by_hashrate = self.j_per_th_by_hashrate;
            let told = format!("{by_hashrate:.3} J/TH by hashrate, {by_shares:.3} by shares");
            sheet.text("", &told)?;
            if self.j_per_th_basis == "hashrate" {
                sheet.note(&format!("fewer than {MIN_SHARES} shares: they only check"))?;
            }
        }
        if let Some(says) = self.machine_says_j_per_th {
            sheet.text("Machine says", &format!("{says:.3} J/TH, used for nothing"))?;
        }
        sheet.note(&self.energy_origin)?;
        for warning in &self.warnings {
            sheet.note(warning)?;
        }
        Ok(())
    }
}
