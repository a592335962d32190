//! What one meter gave.

use super::batch_means::Scatter;
use super::component::Component;
use super::conditions::ConditionsRecord;
use super::idle::Idle;
use super::no_energy::NoEnergy;
use super::steady::Trend;
use crate::energy::{Gaps, MeterDescriptor};
use crate::uncertainty::Estimate;
use crate::units::Joules;

/// One meter's energy over the window, or the reason why there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct EnergyResult {
    /// The meter.
    pub meter: MeterDescriptor,
    /// The energy.
    pub joules: Result<Estimate<Joules>, NoEnergy>,
    /// How many values it rests on.
    pub readings: usize,
    /// What could not be read for a while.
    pub gaps: Gaps,
    /// Whether all readings of a power were the same, so that the sensor's steps are too coarse to
    /// tell a steady load from a sensor that is stuck.
    pub unchanged: bool,
    /// The scatter of joules over hashes within the window.
    pub scatter: Option<Scatter>,
    /// How the power moved within the window, over its mean.
    pub trend: Option<Trend>,
    /// The idle machine, where it was measured.
    pub idle: Option<Idle>,
    /// What the device told of its state.
    pub conditions: Option<ConditionsRecord>,
    /// What the energy may be off by, beside gain and scatter.
    pub components: Vec<Component>,
}

impl EnergyResult {
    /// An energy, or the reason why there is none, and nothing beside it.
    pub(super) fn bare(meter: MeterDescriptor, joules: Result<Estimate<Joules>, NoEnergy>) -> Self {
        Self {
            meter,
            joules,
            readings: 0,
            gaps: Gaps::default(),
            unchanged: false,
            scatter: None,
            trend: None,
            idle: None,
            conditions: None,
            components: Vec::new(),
        }
    }
}
