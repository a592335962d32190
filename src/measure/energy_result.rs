//! The result of one meter.

use super::batch_means::BatchMeans;
use super::component::Component;
use super::conditions::ConditionsRecord;
use super::idle::IdleMeasurement;
use super::steady::Trend;
use super::unavailable::EnergyUnavailable;
use crate::energy::{Gaps, MeterDescriptor};
use crate::uncertainty::Uncertain;
use crate::units::Joules;

/// The energy of one meter over the window, or the reason why it is not available.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct EnergyResult {
    /// The meter.
    pub meter: MeterDescriptor,
    /// The energy.
    #[serde(serialize_with = "crate::serialise::value_or_reason")]
    pub joules: Result<Uncertain<Joules>, EnergyUnavailable>,
    /// Number of readings.
    pub readings: usize,
    /// Times during which the meter could not be read.
    pub gaps: Gaps,
    /// Whether all readings of a power were equal: the resolution is too coarse to distinguish a steady load from a
    /// stuck sensor.
    pub unchanged: bool,
    /// The scatter of the energy per hash within the window.
    pub scatter: Option<BatchMeans>,
    /// The trend of the power within the window, relative to its mean.
    pub trend: Option<Trend>,
    /// The idle power, if it was measured.
    pub idle: Option<IdleMeasurement>,
    /// The state that the device reported.
    pub conditions: Option<ConditionsRecord>,
    /// Components of the uncertainty other than gain and scatter.
    pub components: Vec<Component>,
}

impl EnergyResult {
    /// A result with an energy, or the reason why it is not available, and nothing else.
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
