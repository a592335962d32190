//! A bench's result as CSV and Markdown tables.

use super::csv::{csv_cell, csv_table, csv_text, markdown_cell};
use super::{BenchKernelsReport, BenchReport, to_json};
use serde_json::Value;
use std::borrow::Cow;

/// The columns, as JSON pointers. The name of a column consists of the keys of its pointer, which contain the
/// unit.
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
    "/host/processor",
    "/host/frequency_mhz",
    "/host/os",
    "/host/os_kernel",
    "/host/hashwatt_version",
];

/// The columns for several kernels: a key of the kernel's row, or of the report if the row does not have it.
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
    "/host/processor",
    "/host/frequency_mhz",
    "/host/os",
    "/host/os_kernel",
    "/host/hashwatt_version",
];

/// The columns of the Markdown table, which has to fit on a page.
const MARKDOWN_KERNEL_COLUMNS: [&str; 8] = [
    "/kernel",
    "/hashrate_mh_s",
    "/hashrate_mh_s_ci95/0",
    "/hashrate_mh_s_ci95/1",
    "/hashrate_ratio",
    "/hashrate_ratio_ci95/0",
    "/hashrate_ratio_ci95/1",
    "/verdict",
];

/// The format of an exported result of a bench.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExportFormat {
    /// CSV: a header and one row for each kernel, so that results can be concatenated.
    Csv,
    /// JSON: the complete report.
    Json,
    /// A Markdown table, for an issue or a document.
    Markdown,
}

impl BenchReport {
    /// Writes the result in a format. CSV and Markdown contain the figures and the reasons for missing ones;
    /// the meters and the power budget are in JSON only.
    ///
    /// # Errors
    /// Returns the writer's error; none occurs in practice.
    pub fn export(&self, format: ExportFormat) -> Result<String, Box<dyn std::error::Error>> {
        if format == ExportFormat::Json {
            return Ok(to_json(self)?);
        }
        let all = serde_json::to_value(self)?;
        let cell = |at: &str| all.pointer(at).unwrap_or(&Value::Null);
        if format == ExportFormat::Csv {
            let header = COLUMNS.map(name);
            let row = COLUMNS.map(|at| match cell(at) {
                // The number of hashes is a text in JSON only because it may exceed 2^53.
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
    /// Writes the result in a format. CSV and Markdown have a row for each kernel; Markdown has fewer columns.
    ///
    /// # Errors
    /// Returns the writer's error; none occurs in practice.
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
                let columns = MARKDOWN_KERNEL_COLUMNS;
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

/// The name of a column: `/hashrate_mh_s_ci95/0` is `hashrate_mh_s_ci95_low`.
fn name(pointer: &str) -> String {
    let name = pointer.trim_start_matches('/').replace("/0", "_low").replace("/1", "_high");
    csv_text(&name.replace('/', "_")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_names_join_the_keys_of_the_pointer() {
        assert_eq!(name("/hashrate_mh_s_ci95/0"), "hashrate_mh_s_ci95_low");
        assert_eq!(name("/hashrate_mh_s_ci95/1"), "hashrate_mh_s_ci95_high");
        assert_eq!(name("/host/frequency_mhz"), "host_frequency_mhz");
    }
}
