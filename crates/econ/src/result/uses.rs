//! What a MWh at the site's meter is worth in other uses (equation M34).

use super::{Figure, Summary};
use crate::account::{FlowKind, Party, Quantity, border};
use crate::params::{ParamId, Price, Uses};

/// A use of the energy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Use {
    /// The project, as the scenario has it.
    Project,
    /// Industry that would take the energy.
    Industry,
    /// Households at what they pay.
    HouseholdTariff,
    /// Households that lack it, at the stated value of lost load.
    HouseholdLostLoad,
    /// Nobody: plants that serve it stand still.
    Idle,
}

impl Use {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Project, Self::Industry, Self::HouseholdTariff, Self::HouseholdLostLoad, Self::Idle];

    /// The key in machine formats.
    pub fn key(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Industry => "industry",
            Self::HouseholdTariff => "household_tariff",
            Self::HouseholdLostLoad => "household_lost_load",
            Self::Idle => "idle",
        }
    }

    /// What it is, for a reader.
    pub fn text(self) -> &'static str {
        match self {
            Self::Project => "The project",
            Self::Industry => "Industry",
            Self::HouseholdTariff => "Households, at what they pay",
            Self::HouseholdLostLoad => "Households that lack it, at the value of lost load",
            Self::Idle => "Nobody: the plants stand still",
        }
    }
}

/// What is counted of a use, USD of day one for a MWh, levelised over the project's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Worth {
    /// What it brings.
    Gross,
    /// Less what the user pays for energy; of households and of nobody, less what the energy costs the system.
    AfterEnergy,
    /// Less all other costs and capital.
    AfterCapital,
    /// What stays at home.
    Local,
}

impl Worth {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Gross, Self::AfterEnergy, Self::AfterCapital, Self::Local];

    /// The key in machine formats.
    pub fn key(self) -> &'static str {
        match self {
            Self::Gross => "gross_usd_per_mwh",
            Self::AfterEnergy => "after_energy_usd_per_mwh",
            Self::AfterCapital => "after_capital_usd_per_mwh",
            Self::Local => "local_usd_per_mwh",
        }
    }
}

/// Where the parameters of other uses stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UseIds {
    /// What industry pays, money/kWh.
    pub industry_tariff: Price<ParamId>,
    /// What a household pays, money/kWh.
    pub household_tariff: Price<ParamId>,
    /// Industry and households.
    pub terms: Uses<ParamId>,
}

/// Their values in one draw, USD of day one for a MWh.
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
    /// Present value of some flows for a MWh.
    fn levelised(&self, kinds: &[FlowKind]) -> f64 {
        let worth: f64 = kinds.iter().map(|&kind| self.accounts.sum(kind).pv).sum();
        worth / self.accounts.total(Quantity::EnergyDiscounted)
    }

    /// What a MWh is worth in a use; NaN where the use has no such worth.
    pub(crate) fn use_value(&self, of: Use, worth: Worth) -> f64 {
        let Some(uses) = self.uses else { return f64::NAN };
        let supply = self.levelised(&[FlowKind::EnergyPurchase]);
        let imported = self.levelised(&[FlowKind::FuelImport]);
        let energy = self.accounts.total(Quantity::EnergyDiscounted);
        match (of, worth) {
            (Use::Project, Worth::Gross) => self.levelised(INCOME),
            (Use::Project, Worth::AfterEnergy) => self.levelised(INCOME) - self.levelised(BILL),
            (Use::Project, Worth::AfterCapital) => self.totals.npv_project / energy,
            (Use::Project, Worth::Local) => {
                let home = Party::ALL.into_iter().filter(|party| party.is_home());
                home.map(|party| border::net_value(self.accounts, party)).sum::<f64>() / energy
            }
            (Use::Industry, Worth::Gross) => uses.terms.value_added,
            (Use::Industry, Worth::AfterEnergy) => uses.terms.value_added - uses.industry_tariff,
            (Use::Industry, Worth::AfterCapital) => {
                uses.terms.value_added - uses.industry_tariff - uses.terms.industry_capital
            }
            (Use::Industry, Worth::Local) => {
                uses.terms.value_added * uses.terms.industry_local - imported
            }
            (Use::HouseholdTariff | Use::HouseholdLostLoad, _) => {
                let gross = match of {
                    Use::HouseholdTariff => uses.household_tariff,
                    _ => self.inputs.externalities.lost_load * 1e3,
                };
                match worth {
                    Worth::Gross => gross,
                    Worth::AfterEnergy => gross - supply,
                    Worth::AfterCapital => f64::NAN,
                    Worth::Local => gross - imported,
                }
            }
            // What is not burnt is what it brings; nothing is made and nothing imported.
            (Use::Idle, Worth::Local) => 0.0,
            (Use::Idle, _) => supply,
        }
    }
}

/// The figures of every use that has them.
pub(crate) fn figures() -> impl Iterator<Item = Figure> {
    let of = |of: Use| Worth::ALL.map(|worth| Figure::Use(of, worth));
    let none = |figure: &Figure| {
        matches!(
            figure,
            Figure::Use(Use::HouseholdTariff | Use::HouseholdLostLoad, Worth::AfterCapital)
        )
    };
    Use::ALL.into_iter().flat_map(of).filter(move |figure| !none(figure))
}
