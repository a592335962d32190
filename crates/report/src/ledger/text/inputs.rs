//! Every input in lines.

use super::wrapped;
use crate::LedgerReport;
use hashwatt::text::plain;
use std::fmt::{self, Formatter};

/// The key of a month's input without the month at its end.
fn of_month(key: &str) -> Option<&str> {
    let (stem, month) = key.rsplit_once('.')?;
    let digits = month.len() == 2 && month.bytes().all(|byte| byte.is_ascii_digit());
    digits.then_some(stem)
}

impl LedgerReport {
    /// Each with its origin; months of one figure in one line.
    pub(super) fn write_inputs(&self, f: &mut Formatter) -> fmt::Result {
        writeln!(f, "\nInputs")?;
        let mut told = Vec::new();
        for input in &self.inputs {
            if let Some(stem) = of_month(&input.key) {
                if !told.contains(&stem) {
                    told.push(stem);
                    let months = self.inputs.iter().filter(|i| of_month(&i.key) == Some(stem));
                    let mut months: Vec<_> = months.collect();
                    months.sort_by_key(|month| &month.key);
                    let values: Vec<_> = months.iter().map(|month| plain(month.value)).collect();
                    let (count, values) = (values.len(), values.join("; "));
                    let text = format!("{stem}, {count} months = {values} {}", input.unit);
                    wrapped(f, &text, 2)?;
                    wrapped(f, "each with its own date and source: --json, --csv", 4)?;
                }
                continue;
            }
            let range = match (input.low, input.high) {
                (Some(low), Some(high)) => format!(" ({} to {})", plain(low), plain(high)),
                _ => String::new(),
            };
            let text = format!("{} = {} {}{range}", input.key, plain(input.value), input.unit);
            wrapped(f, &text, 2)?;
            let date = input.origin.as_of.as_ref().map_or(String::new(), |d| format!(" {d}"));
            wrapped(f, &format!("{}{date}: {}", input.origin.kind, input.origin.detail), 4)?;
        }
        Ok(())
    }
}
