//! What every meter can do.

use super::conditions::Conditions;
use super::descriptor::MeterDescriptor;
use super::error::MeterError;
use super::reading::Reading;
use crate::pci::GpuIdentity;

/// Reads energy or power.
pub trait EnergyMeter: Send {
    /// What the meter is.
    fn descriptor(&self) -> &MeterDescriptor;
    /// Reads it now.
    ///
    /// # Errors
    /// A failed read is an error, never a zero.
    fn read(&mut self) -> Result<Reading, MeterError>;
    /// The GPU whose board it measures, as far as its driver tells; `None` for a meter of anything
    /// else.
    fn gpu(&self) -> Option<&GpuIdentity> {
        None
    }
    /// Clock, temperature and throttling of what the meter sees, where it can tell.
    fn conditions(&mut self) -> Option<Conditions> {
        None
    }
}
