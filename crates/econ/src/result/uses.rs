//! The value of a MWh at the site's meter in other uses (equation M34).

use super::{Figure, Summary};
use crate::account::{FlowKind, Party, Quantity, border};
use crate::params::{ParamId, Price, Uses};

/// A use of the energy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Use {
    /// The project of the scenario.
    Project,
    /// Industry that would use the energy.
    Industry,
    /// Households, at their tariff.
    HouseholdTariff,
    /// Households that would otherwise be without power, at the stated value of lost load.
    HouseholdLostLoad,
    /// The idle case: the plants that would serve it do not run.
    Idle,
}

impl Use {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Project, Self::Industry, Self::HouseholdTariff, Self::HouseholdLostLoad, Self::Idle];

    /// The key in machine-readable output.
    pub fn key(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Industry => "industry",
            Self::HouseholdTariff => "household_tariff",
            Self::HouseholdLostLoad => "household_lost_load",
            Self::Idle => "idle",
        }
    }

    /// Describes the use.
    pub fn text(self) -> &'static str {
        match self {
            Self::Project => "The project",
            Self::Industry => "Industry",
            Self::HouseholdTariff => "Households, at their tariff",
            Self::HouseholdLostLoad => "Households without power, at the value of lost load",
            Self::Idle => "Idle case (plants do not run)",
        }
    }
}

/// A measure of the value of a use, USD of day one per MWh, levelised over the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueMeasure {
    /// Gross value.
    Gross,
    /// Less the payment for energy; for households and for the idle case, less the cost of the energy to the power
    /// system.
    AfterEnergy,
    /// Less all other costs and capital.
    AfterCapital,
    /// The part that stays in the country.
    Local,
}

impl ValueMeasure {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Gross, Self::AfterEnergy, Self::AfterCapital, Self::Local];

    /// The key in machine-readable output.
    pub fn key(self) -> &'static str {
        match self {
            Self::Gross => "gross_usd_per_mwh",
            Self::AfterEnergy => "after_energy_usd_per_mwh",
            Self::AfterCapital => "after_capital_usd_per_mwh",
            Self::Local => "local_usd_per_mwh",
        }
    }
}

/// The parameters of other uses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UseIds {
    /// Tariff of industry, currency/kWh.
    pub industry_tariff: Price<ParamId>,
    /// Tariff of households, currency/kWh.
    pub household_tariff: Price<ParamId>,
    /// Parameters of industry and households.
    pub terms: Uses<ParamId>,
}

/// The values of the parameters in one draw, USD of day one per MWh.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct UseValues {
    pub industry_tariff: f64,
    pub household_tariff: f64,
    pub terms: Uses,
}

const INCOME: &[FlowKind] = &[
    FlowKind::BitcoinSold,
    FlowKind::BitcoinHeld,
    FlowKind::BitcoinAbroad,
    FlowKind::AiExported,
    FlowKind::AiSoldHome,
    FlowKind::Ancillary,
    FlowKind::EmergencyPayment,
    FlowKind::LeaseRent,
    FlowKind::LeaseRentHome,
    FlowKind::LeaseEnergy,
    FlowKind::LeaseEnergyHome,
    FlowKind::PowerResold,
];
const BILL: &[FlowKind] = &[
    FlowKind::EnergyCharge,
    FlowKind::Adjustments,
    FlowKind::PeakCharge,
    FlowKind::DemandCharge,
    FlowKind::CapacityCharge,
    FlowKind::Levy,
    FlowKind::UnrecoverableTax,
    FlowKind::PowerContract,
];

impl Summary<'_> {
    /// Present value of some flows per MWh.
    fn levelised(&self, kinds: &[FlowKind]) -> f64 {
        let worth: f64 = kinds.iter().map(|&kind| self.accounts.sum(kind).pv).sum();
        worth / self.accounts.total(Quantity::EnergyDiscounted)
    }

    /// The value of a MWh in a use; NaN if the measure is not defined for the use.
    pub(crate) fn use_value(&self, of: Use, worth: ValueMeasure) -> f64 {
        let Some(uses) = self.uses else { return f64::NAN };
        let supply = self.levelised(&[FlowKind::EnergyPurchase]);
        let imported = self.levelised(&[FlowKind::FuelImport]);
        let energy = self.accounts.total(Quantity::EnergyDiscounted);
        match (of, worth) {
            (Use::Project, ValueMeasure::Gross) => self.levelised(INCOME),
            (Use::Project, ValueMeasure::AfterEnergy) => {
                self.levelised(INCOME) - self.levelised(BILL)
            }
            (Use::Project, ValueMeasure::AfterCapital) => self.totals.npv_project / energy,
            (Use::Project, ValueMeasure::Local) => {
                let home = Party::ALL.into_iter().filter(|party| party.is_home());
                home.map(|party| border::net_value(self.accounts, party)).sum::<f64>() / energy
            }
            (Use::Industry, ValueMeasure::Gross) => uses.terms.value_added,
            (Use::Industry, ValueMeasure::AfterEnergy) => {
                uses.terms.value_added - uses.industry_tariff
            }
            (Use::Industry, ValueMeasure::AfterCapital) => {
                uses.terms.value_added - uses.industry_tariff - uses.terms.industry_capital
            }
            (Use::Industry, ValueMeasure::Local) => {
                uses.terms.value_added * uses.terms.industry_local - imported
            }
            (Use::HouseholdTariff | Use::HouseholdLostLoad, _) => {
                let gross = match of {
                    Use::HouseholdTariff => uses.household_tariff,
                    _ => self.inputs.externalities.lost_load * 1e3,
                };
                match worth {
                    ValueMeasure::Gross => gross,
                    ValueMeasure::AfterEnergy => gross - supply,
                    ValueMeasure::AfterCapital => f64::NAN,
                    ValueMeasure::Local => gross - imported,
                }
            }
            // The value is the fuel that is saved; nothing is produced and nothing imported.
            (Use::Idle, ValueMeasure::Local) => 0.0,
            (Use::Idle, _) => supply,
        }
    }
}

/// The figures of all uses.
pub(crate) fn figures() -> impl Iterator<Item = Figure> {
    let of = |of: Use| ValueMeasure::ALL.map(|worth| Figure::Use(of, worth));
    let none = |figure: &Figure| {
        matches!(
            figure,
            Figure::Use(Use::HouseholdTariff | Use::HouseholdLostLoad, ValueMeasure::AfterCapital)
        )
    };
    Use::ALL.into_iter().flat_map(of).filter(move |figure| !none(figure))
}
