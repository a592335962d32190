//! The energy from a power analyser's log, which is read after the run.

use super::component::{Component, Evaluation};
use super::energy_result::EnergyResult;
use super::evaluate::account_result;
use super::measurement::Measurement;
use super::series::power_range;
use super::steadiness::Steadiness;
use super::timeline::Timeline;
use super::unavailable::EnergyUnavailable;
use crate::energy::{AlignedLog, EnergyAccount, LoadPhases, LogColumns, PowerLog, log_descriptor};
use crate::units::Seconds;
use std::path::Path;

impl Measurement {
    /// Adds the energy of the window from a power analyser's log (see [`PowerLog::read`]). The log's clock may differ
    /// from this machine's: it is aligned by the step of the power at the load, so the log must contain the idle machine
    /// before and after the load. An unusable log gives a result with the reason instead of an energy.
    pub fn add_log(&mut self, file: &Path, columns: &LogColumns) {
        let result = self.log_result(file, columns).unwrap_or_else(|reason| {
            let meter = log_descriptor(&file.display().to_string(), Seconds::ZERO);
            EnergyResult::bare(meter, Err(reason))
        });
        if let Some(trend) = &result.trend {
            let previous = std::mem::replace(&mut self.steadiness, Steadiness::Steady);
            self.steadiness = previous.combine(&format!("{}: power", result.meter.id), trend);
        }
        self.energy.push(result);
    }

    fn log_result(
        &self,
        file: &Path,
        columns: &LogColumns,
    ) -> Result<EnergyResult, EnergyUnavailable> {
        let Some(Timeline { load_began, opened, closed, load_ended }) = self.timeline else {
            return Err(EnergyUnavailable::NoWindow);
        };
        let log = PowerLog::read(file, columns)?;
        let aligned = AlignedLog::new(&log, &LoadPhases { load_began, load_ended })?;
        let mut account = EnergyAccount::new(aligned.descriptor().clone());
        for reading in aligned.readings_between(opened, closed)? {
            account.record(Ok(reading));
        }
        let mut result = account_result(&account, &self.marks, self.duration);
        result.components.extend(offset_component(&account, aligned.offset_standard_uncertainty()));
        Ok(result)
    }
}

/// The component for a window that is shifted in time: it gains at one end the energy that it loses at the other, to
/// within the range of the power.
fn offset_component(account: &EnergyAccount, u: Seconds) -> Option<Component> {
    let energy = account.points().last()?.energy;
    let [min, max] = power_range(account.points())?;
    if energy.as_joules() <= 0.0 {
        return None;
    }
    Some(Component {
        name: "offset of the log's clock".to_owned(),
        evaluation: Evaluation::TypeB,
        relative_uncertainty: (max - min) * u / energy,
        basis: format!("{u:.3} from the load step, times the range of the power"),
        in_comparison: true,
    })
}
