//! The machines: by an efficiency, or by a machine of the catalogue.

use super::{EconError, Machine, MeasuredResult};
use crate::uncertainty::{Efficiency, Provenance};
use crate::units::{Hashrate, Watts};
use std::num::NonZeroU32;

const DEFAULT_J_PER_TH: NonZeroU32 = NonZeroU32::new(15).expect("15 is not zero");

/// Machines of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Fleet {
    efficiency: Efficiency,
    machine: Option<Machine>,
    /// What the efficiency is of, where it is one machine's by a file.
    warning: Option<String>,
}

impl Fleet {
    /// A fleet known only by its efficiency.
    pub fn of_efficiency(efficiency: Efficiency) -> Self {
        Self { efficiency, machine: None, warning: None }
    }

    /// A fleet of a catalogue's machine at its rating.
    ///
    /// # Errors
    /// Where the machine's figures are not positive.
    pub fn of_machine(machine: Machine) -> Result<Self, EconError> {
        Ok(Self { efficiency: machine.efficiency()?, machine: Some(machine), warning: None })
    }

    /// A fleet of machines like the one of a measured result, whose warning goes with it.
    pub fn of_result(result: MeasuredResult) -> Self {
        let MeasuredResult { efficiency, warning } = result;
        Self { efficiency, machine: None, warning: Some(warning) }
    }

    /// The default: 15 J/TH, an air-cooled machine of 2024.
    pub(super) fn assumed() -> Self {
        let basis = "an air-cooled machine of 2024, such as Antminer S21 Pro";
        Self::of_efficiency(Efficiency::assumed_j_per_th(DEFAULT_J_PER_TH, basis))
    }

    /// Energy per hash at the machine.
    pub fn efficiency(&self) -> &Efficiency {
        &self.efficiency
    }

    /// The machine, where the fleet is of one.
    pub fn machine(&self) -> Option<&Machine> {
        self.machine.as_ref()
    }

    /// What a reader must know of their figures.
    pub(super) fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if let Some(machine) = &self.machine
            && let Some(doubt) = &machine.uncertain
        {
            warnings.push(format!("the figures of {} are uncertain: {doubt}", machine.name()));
        }
        if let Provenance::Measured(measured) = self.efficiency.estimate().provenance() {
            let meter = measured.meter();
            warnings.push(format!("the fleet's efficiency was measured on one machine ({meter})"));
        }
        warnings.extend(self.warning.clone());
        warnings
    }

    /// What so much power at the machines hashes.
    pub fn hashrate(&self, at_machines: Watts) -> Hashrate {
        at_machines / self.efficiency.value()
    }

    /// How many machines so much power runs.
    pub fn count(&self, at_machines: Watts) -> Option<f64> {
        self.machine.as_ref().map(|machine| at_machines / machine.power)
    }
}
