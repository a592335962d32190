//! The interface of all meters.

use super::conditions::Conditions;
use super::descriptor::MeterDescriptor;
use super::error::MeterError;
use super::reading::Reading;
use crate::pci::GpuIdentity;

/// A meter that reads energy or power.
pub trait EnergyMeter: Send {
    /// The descriptor of the meter.
    fn descriptor(&self) -> &MeterDescriptor;
    /// Reads the meter now.
    ///
    /// # Errors
    /// A failed read is an error, never zero.
    fn read(&mut self) -> Result<Reading, MeterError>;
    /// The GPU whose board the meter measures, as far as its driver reports it; `None` for other
    /// meters.
    fn gpu(&self) -> Option<&GpuIdentity> {
        None
    }
    /// Clock, temperature and throttling of the measured device, if the meter reports them.
    fn conditions(&mut self) -> Option<Conditions> {
        None
    }
}
