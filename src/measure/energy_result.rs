//! What one meter gave.

use super::batch_means::BatchMeans;
use super::component::Component;
use super::conditions::ConditionsRecord;
use super::idle::IdleMeasurement;
use super::steady::Trend;
use super::unavailable::EnergyUnavailable;
use crate::energy::{Gaps, MeterDescriptor};
use crate::uncertainty::Uncertain;
use crate::units::Joules;

/// One meter's energy over the window, or the reason why there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct EnergyResult {
    /// The meter.
    pub meter: MeterDescriptor,
    /// The energy.
    pub joules: Result<Uncertain<Joules>, EnergyUnavailable>,
    /// How many values it rests on.
    pub readings: usize,
    /// What could not be read for a while.
    pub gaps: Gaps,
    /// Whether all readings of a power were the same, so that the sensor's steps are too coarse to
    /// tell a steady load from a sensor that is stuck.
    pub unchanged: bool,
    /// The scatter of joules over hashes within the window.
    pub scatter: Option<BatchMeans>,
    /// How the power moved within the window, over its mean.
    pub trend: Option<Trend>,
    /// The idle machine, where it was measured.
    pub idle: Option<IdleMeasurement>,
    /// What the device told of its state.
    pub conditions: Option<ConditionsRecord>,
    /// What the energy may be off by, beside gain and scatter.
    pub components: Vec<Component>,
}

impl EnergyResult {
    /// An energy, or the reason why there is none, and nothing beside it.
    pub(super) fn bare(
        meter: MeterDescriptor,
        joules: Result<Uncertain<Joules>, EnergyUnavailable>,
    ) -> Self {
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
