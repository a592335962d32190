//! The energy of an analyser's log, which is read when the run is over.

use super::component::{Component, Evaluation};
use super::energy_result::EnergyResult;
use super::evaluate::of_account;
use super::measurement::Measurement;
use super::series::power_range;
use super::steadiness::Steadiness;
use super::timeline::Timeline;
use super::unavailable::EnergyUnavailable;
use crate::energy::{AlignedLog, EnergyAccount, LoadPhases, LogColumns, PowerLog, log_descriptor};
use crate::units::Seconds;
use std::path::Path;

impl Measurement {
    /// Adds what an analyser's log (see [`PowerLog::read`]) shows of the window. The log's clock
    /// need not be this machine's: it is found by the step of power that the load makes, so the
    /// log has to hold the idle machine before and after it. A log that cannot be used gives a
    /// result with the reason instead of an energy.
    pub fn add_log(&mut self, file: &Path, columns: &LogColumns) {
        let result = self.of_log(file, columns).unwrap_or_else(|reason| {
            let meter = log_descriptor(&file.display().to_string(), Seconds::ZERO);
            EnergyResult::bare(meter, Err(reason))
        });
        if let Some(trend) = &result.trend {
            let so_far = std::mem::replace(&mut self.steadiness, Steadiness::Steady);
            self.steadiness = so_far.and(&format!("{}: power", result.meter.id), trend);
        }
        self.energy.push(result);
    }

    fn of_log(&self, file: &Path, columns: &LogColumns) -> Result<EnergyResult, EnergyUnavailable> {
        let Some(Timeline { load_began, opened, closed, load_ended }) = self.timeline else {
            return Err(EnergyUnavailable::NoWindow);
        };
        let log = PowerLog::read(file, columns)?;
        let aligned = AlignedLog::new(&log, &LoadPhases { load_began, load_ended })?;
        let mut account = EnergyAccount::new(aligned.descriptor().clone());
        for reading in aligned.readings_between(opened, closed)? {
            account.take(Ok(reading));
        }
        let mut result = of_account(&account, &self.marks, self.duration);
        result.components.extend(offset(&account, aligned.offset_standard_uncertainty()));
        Ok(result)
    }
}

/// A window that lies a little beside the true one: what it gains at one end it loses at the
/// other, to within the spread of the power.
fn offset(account: &EnergyAccount, u: Seconds) -> Option<Component> {
    let energy = account.points().last()?.energy;
    let [least, most] = power_range(account.points())?;
    if energy.as_joules() <= 0.0 {
        return None;
    }
    Some(Component {
        name: "offset of the log's clock".to_owned(),
        evaluation: Evaluation::TypeB,
        relative: (most - least) * u / energy,
        basis: format!("{u:.3} by the load's step, times the spread of the power"),
        in_comparison: true,
    })
}
