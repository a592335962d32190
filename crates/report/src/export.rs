//! A bench's result in the formats of tables, beside its JSON.

use super::csv::{csv_cell, csv_table, csv_text, markdown_cell};
use super::{BenchKernelsReport, BenchReport, to_json};
use serde_json::Value;
use std::borrow::Cow;

/// The columns, by where they stand in the JSON; a column's name is made of the keys on the way,
/// which bear the units.
const COLUMNS: [&str; 33] = [
    "/schema_version",
    "/kernel",
    "/kernel_reason",
    "/variant",
    "/device",
    "/threads",
    "/pinned",
    "/platform",
    "/hashes",
    "/duration_s",
    "/warm_up_s",
    "/hashrate_mh_s",
    "/hashrate_mh_s_ci95/0",
    "/hashrate_mh_s_ci95/1",
    "/batches",
    "/convergence_reason",
    "/steady",
    "/steady_reason",
    "/energy_j",
    "/energy_reason",
    "/energy_origin",
    "/provenance",
    "/j_per_th",
    "/j_per_th_standard_uncertainty",
    "/net_j_per_th",
    "/throttled",
    "/complete",
    "/hardware_errors",
    "/machine/processor",
    "/machine/frequency_mhz",
    "/machine/os",
    "/machine/os_kernel",
    "/machine/hashwatt_version",
];

/// The columns of several kernels: a key of the kernel, else of the whole.
const KERNEL_COLUMNS: [&str; 28] = [
    "/schema_version",
    "/kernel",
    "/variant",
    "/device",
    "/threads",
    "/pinned",
    "/platform",
    "/warm_up_s",
    "/rounds",
    "/slice_s",
    "/hashrate_mh_s",
    "/hashrate_mh_s_ci95/0",
    "/hashrate_mh_s_ci95/1",
    "/batches",
    "/convergence_reason",
    "/baseline",
    "/hashrate_ratio",
    "/hashrate_ratio_ci95/0",
    "/hashrate_ratio_ci95/1",
    "/verdict",
    "/verdict_reason",
    "/complete",
    "/hardware_errors",
    "/machine/processor",
    "/machine/frequency_mhz",
    "/machine/os",
    "/machine/os_kernel",
    "/machine/hashwatt_version",
];

/// Those of them that a page has room for.
const KERNEL_COLUMNS_OF_A_PAGE: [&str; 8] = [
    "/kernel",
    "/hashrate_mh_s",
    "/hashrate_mh_s_ci95/0",
    "/hashrate_mh_s_ci95/1",
    "/hashrate_ratio",
    "/hashrate_ratio_ci95/0",
    "/hashrate_ratio_ci95/1",
    "/verdict",
];

/// A format that a bench's result is exported in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// One header and one row, so that results can be put below one another.
    Csv,
    /// All of it.
    Json,
    /// A table of quantities, for an issue or a page.
    Markdown,
}

impl BenchReport {
    /// The result in a format. CSV and Markdown have the figures and their reasons; the meters
    /// and the budget are in JSON alone.
    ///
    /// # Errors
    /// None for this crate's reports; the signature is that of the writers.
    pub fn export(&self, format: ExportFormat) -> Result<String, Box<dyn std::error::Error>> {
        if format == ExportFormat::Json {
            return Ok(to_json(self)?);
        }
        let all = serde_json::to_value(self)?;
        let cell = |at: &str| all.pointer(at).unwrap_or(&Value::Null);
        if format == ExportFormat::Csv {
            let header = COLUMNS.map(name);
            let row = COLUMNS.map(|at| match cell(at) {
                // In decimal: a text for JSON's sake alone.
                Value::String(hashes) if at == "/hashes" => Cow::Borrowed(hashes.as_str()),
                value => csv_cell(value),
            });
            return Ok(csv_table(&header, [row.to_vec()])?);
        }
        let mut table = "| quantity | value |\n|---|---|\n".to_owned();
        for at in COLUMNS {
            let value = match cell(at) {
                Value::Null => continue,
                Value::String(text) => markdown_cell(text),
                value => value.to_string(),
            };
            table.push_str(&format!("| {} | {value} |\n", markdown_cell(&name(at))));
        }
        Ok(table)
    }
}

impl BenchKernelsReport {
    /// The result in a format: CSV and Markdown have a row for each kernel, Markdown the figures
    /// alone.
    ///
    /// # Errors
    /// None for this crate's reports; the signature is that of the writers.
    pub fn export(&self, format: ExportFormat) -> Result<String, Box<dyn std::error::Error>> {
        let all = serde_json::to_value(self)?;
        let rows = all.get("kernels").and_then(Value::as_array).cloned().unwrap_or_default();
        let cell = |row: &Value, at: &str| {
            row.pointer(at).or_else(|| all.pointer(at)).cloned().unwrap_or_default()
        };
        match format {
            ExportFormat::Json => Ok(to_json(self)?),
            ExportFormat::Csv => {
                let row = |row| {
                    let cells = KERNEL_COLUMNS.map(|at| csv_cell(&cell(row, at)).into_owned());
                    cells.map(Cow::Owned).to_vec()
                };
                Ok(csv_table(&KERNEL_COLUMNS.map(name), rows.iter().map(row))?)
            }
            ExportFormat::Markdown => {
                let line = |cells: [String; 8]| format!("| {} |\n", cells.join(" | "));
                let columns = KERNEL_COLUMNS_OF_A_PAGE;
                let mut table = line(columns.map(|at| markdown_cell(&name(at))));
                table.push_str("|---|---|---|---|---|---|---|---|\n");
                for row in &rows {
                    table.push_str(&line(columns.map(|at| match cell(row, at) {
                        Value::Null => String::new(),
                        Value::String(text) => markdown_cell(&text),
                        value => value.to_string(),
                    })));
                }
                Ok(table)
            }
        }
    }
}

/// `/hashrate_mh_s_ci95/0` is `hashrate_mh_s_ci95_low`.
fn name(at: &str) -> String {
    let name = at.trim_start_matches('/').replace("/0", "_low").replace("/1", "_high");
    csv_text(&name.replace('/', "_")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_bear_their_units() {
        assert_eq!(name("/hashrate_mh_s_ci95/0"), "hashrate_mh_s_ci95_low");
        assert_eq!(name("/hashrate_mh_s_ci95/1"), "hashrate_mh_s_ci95_high");
        assert_eq!(name("/machine/frequency_mhz"), "machine_frequency_mhz");
    }
}
