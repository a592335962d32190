//! A measurement as a few lines of text; a report has more.

use super::Measurement;
use crate::text::{Sheet, grouped};
use std::fmt;

impl fmt::Display for Measurement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sheet = Sheet::new(f);
        let ending = if self.complete { "" } else { ", INCOMPLETE" };
        sheet
            .title(&format!("Kernel {} on {}{ending}", self.scanner.kernel, self.scanner.device))?;
        let seconds = self.duration.as_seconds();
        let warm_up = self.warm_up.as_seconds();
        sheet.text("Warm-up", &format!("{warm_up:.3} s, not included in the figures"))?;
        sheet.text("Hashes", &format!("{} in {seconds:.3} s", self.hashes))?;
        match (&self.hashrate, self.hashrate_ci95) {
            (Some(rate), Some((low, high))) => {
                let (rate, low, high) = (rate.value().as_mh_s(), low.as_mh_s(), high.as_mh_s());
                let text = format!("{rate:.3} MH/s (95 % interval {low:.3} to {high:.3})");
                sheet.text("Hashrate", &text)?;
            }
            (Some(rate), None) => {
                sheet.text("Hashrate", &format!("{:.3} MH/s", rate.value().as_mh_s()))?;
            }
            (None, _) => {
                sheet.text("Hashrate", "not measured: the run ended before the window opened")?
            }
        }
        match self.efficiency() {
            Ok(found) => {
                let spread = match found.as_uncertain().standard_uncertainty() {
                    Some(u) => format!("±{} (k = 2)", grouped(2.0 * u.as_j_per_th(), 0)),
                    None => "uncertainty not known".to_owned(),
                };
                let kind = found.as_uncertain().provenance().kind();
                let value = grouped(found.value().as_j_per_th(), 0);
                sheet.text("Efficiency", &format!("{value} J/TH, {kind}, {spread}"))
            }
            Err(reason) => {
                sheet.text("Efficiency", "J/TH needs an energy measurement")?;
                sheet.note(&reason.to_string())
            }
        }
    }
}
