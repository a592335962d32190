//! The report of a miner's own telemetry.

use super::{SCHEMA_VERSION, round_to_15_digits};
use hashwatt::energy::{AsicRun, MIN_SHARES};
use hashwatt::text::Sheet;
use serde::Serialize;
use std::fmt;

/// The figures of a log of a miner's telemetry over its window. None of them is measured by hashwatt:
/// they are what the machine reported, in a file that the user supplied.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
#[non_exhaustive]
pub struct AsicReport {
    /// Version of the JSON format.
    pub schema_version: u32,
    /// Manufacturer and model.
    pub machine: String,
    /// The firmware and its version; empty if unknown.
    pub firmware: String,
    /// `asic-rs` or `pyasic`.
    pub exporter: &'static str,
    /// What the power includes: `asic_board_dc` or `node_wall`.
    pub scope: &'static str,
    /// Number of snapshots used.
    pub snapshots: usize,
    /// Number of snapshots not used because they lack power or hashrate or repeat the previous one.
    pub snapshots_left_out: usize,
    /// Time from the first to the last snapshot used, s.
    pub duration_s: f64,
    /// Power integrated over that time, J.
    pub energy_j: f64,
    /// Mean power, W.
    pub mean_power_w: f64,
    /// Mean hashrate as the machine reported it, TH/s.
    pub mean_hashrate_th_s: f64,
    /// The machine's nominal hashrate as it reported it, TH/s; null if it did not.
    pub expected_hashrate_th_s: Option<f64>,
    /// Mean hashrate divided by the nominal hashrate, dimensionless.
    pub hashrate_over_expected: Option<f64>,
    /// The efficiency to quote, J/TH.
    pub j_per_th: f64,
    /// How the hashes of `j_per_th` were counted: by `hashrate` or by `shares`.
    pub j_per_th_basis: &'static str,
    /// Standard uncertainty of `j_per_th`, J/TH; null, because no manufacturer states one for its power
    /// reading.
    pub j_per_th_standard_uncertainty: Option<f64>,
    /// The kind of origin of all figures: `user_reported`.
    pub provenance: &'static str,
    /// Who reported the figures, when and in how many snapshots.
    pub energy_origin: String,
    /// Hashes according to the machine's reported hashrate, TH.
    pub hashes_by_hashrate_th: f64,
    /// Energy divided by those hashes, J/TH.
    pub j_per_th_by_hashrate: f64,
    /// Shares that the pools accepted.
    pub accepted_shares: Option<u64>,
    /// Shares that the pools rejected.
    pub rejected_shares: Option<u64>,
    /// Difficulty of a share, if given.
    pub share_difficulty: Option<f64>,
    /// Hashes according to the accepted shares, TH.
    pub hashes_by_shares_th: Option<f64>,
    /// Relative counting uncertainty of those hashes, 1/sqrt(N), dimensionless.
    pub hashes_by_shares_relative_standard_uncertainty: Option<f64>,
    /// Energy divided by those hashes, J/TH.
    pub j_per_th_by_shares: Option<f64>,
    /// Hashes by shares divided by hashes by hashrate, dimensionless.
    pub shares_over_hashrate: Option<f64>,
    /// Mean of the efficiency that the machine reported, J/TH; for comparison only.
    pub reported_j_per_th: Option<f64>,
    /// Warnings to read before quoting a figure.
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
            duration_s: round_to_15_digits(run.duration.as_seconds()),
            energy_j: round_to_15_digits(run.energy.value().as_joules()),
            mean_power_w: round_to_15_digits(run.mean_power().as_watts()),
            mean_hashrate_th_s: round_to_15_digits(run.mean_hashrate().as_th_s()),
            expected_hashrate_th_s: expected.map(|expected| round_to_15_digits(expected.as_th_s())),
            hashrate_over_expected: run.hashrate_over_expected().map(round_to_15_digits),
            j_per_th: round_to_15_digits(efficiency.value().as_j_per_th()),
            j_per_th_basis: basis.name(),
            j_per_th_standard_uncertainty: efficiency
                .as_uncertain()
                .standard_uncertainty()
                .map(|u| round_to_15_digits(u.as_j_per_th())),
            provenance: run.energy.provenance().kind(),
            energy_origin: run.energy.provenance().detail(),
            hashes_by_hashrate_th: round_to_15_digits(hashes.as_th()),
            j_per_th_by_hashrate: round_to_15_digits(
                run.efficiency_by_hashrate.value().as_j_per_th(),
            ),
            accepted_shares: shares.map(|shares| shares.accepted),
            rejected_shares: shares.and_then(|shares| shares.rejected),
            share_difficulty: work.map(|work| round_to_15_digits(work.difficulty)),
            hashes_by_shares_th: work.map(|work| round_to_15_digits(work.hashes.value().as_th())),
            hashes_by_shares_relative_standard_uncertainty: work
                .and_then(|work| work.hashes.relative_uncertainty().map(round_to_15_digits)),
            j_per_th_by_shares: work
                .map(|work| round_to_15_digits(work.efficiency.value().as_j_per_th())),
            shares_over_hashrate: work.map(|work| round_to_15_digits(work.ratio_to_hashrate)),
            reported_j_per_th: run
                .reported_efficiency
                .map(|reported| round_to_15_digits(reported.as_j_per_th())),
            warnings: run.warnings.clone(),
        }
    }
}

impl fmt::Display for AsicReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sheet = Sheet::new(f);
        sheet.title(&format!("{}: telemetry of the miner", self.machine))?;
        if !self.firmware.is_empty() {
            sheet.text("Firmware", &self.firmware)?;
        }
        let left_out = match self.snapshots_left_out {
            0 => String::new(),
            count => format!(", {count} not used"),
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
            let text = format!("{expected:.3} TH/s; the mean is {:.0} % of it", 100.0 * ratio);
            sheet.text("Nominal hashrate", &text)?;
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
            let counted =
                format!("counting uncertainty {:.1} %, difficulty {difficulty}", 100.0 * error);
            sheet.text("Hashes by shares", &format!("{hashes:.1} TH, {counted}"))?;
            let text = format!("{:.1} % of the hashes by hashrate", 100.0 * ratio);
            sheet.text("", &text)?;
        }
        let by = format!("by {}, {}", self.j_per_th_basis, self.provenance);
        sheet.text("Efficiency", &format!("{:.3} J/TH {by}", self.j_per_th))?;
        if let Some(by_shares) = self.j_per_th_by_shares {
            let by_hashrate = self.j_per_th_by_hashrate;
            let text = format!("{by_hashrate:.3} J/TH by hashrate, {by_shares:.3} by shares");
            sheet.text("", &text)?;
            if self.j_per_th_basis == "hashrate" {
                sheet.note(&format!("fewer than {MIN_SHARES} shares: used as a check only"))?;
            }
        }
        if let Some(reported) = self.reported_j_per_th {
            sheet.text("Reported by the machine", &format!("{reported:.3} J/TH, not used"))?;
        }
        sheet.note(&self.energy_origin)?;
        for warning in &self.warnings {
            sheet.note(warning)?;
        }
        Ok(())
    }
}
