//! The inputs that each figure needs; a figure without one of them is missing and names it.

use super::{
    Basis, Counted, Externality, Figure, Missing, Moment, Use, UseIds, ValueMeasure, Variable,
};
use crate::account::{Class, FlowKind, Party, Quantity};
use crate::engine::Column;
use crate::params::inputs::Inputs;
use crate::params::{BillEffects, ConsumerClass, ParamId, Price, Table};

/// An input that a scenario may leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Need {
    Tariff,
    MachinePrice,
    Infrastructure,
    Ai,
    Losses,
    Plants,
    Retail,
    GridAverage,
    Embodied,
    Displaced,
    LostLoad,
    CarbonPrice,
    Industry,
    Household,
    OtherLoad,
}

const OPERATING: &[Need] = &[Need::Tariff, Need::Ai];
const PROJECT: &[Need] = &[Need::Tariff, Need::MachinePrice, Need::Infrastructure, Need::Ai];
const SYSTEM: &[Need] = &[Need::Plants, Need::Losses, Need::Ai];
const MARGIN: &[Need] = &[Need::Tariff, Need::Plants, Need::Losses, Need::Retail, Need::Ai];
const PRICE_RISE: &[Need] = &[Need::Plants, Need::Losses, Need::OtherLoad, Need::Ai];
/// Uncollected bills of other consumers stay within the nation, so no retail price is needed.
const NATION: &[Need] =
    &[Need::Tariff, Need::MachinePrice, Need::Infrastructure, Need::Plants, Need::Losses, Need::Ai];
const PAYERS: &[Need] = &[
    Need::Tariff,
    Need::MachinePrice,
    Need::Infrastructure,
    Need::Plants,
    Need::Losses,
    Need::Retail,
    Need::Ai,
];

const NATION_WITH_LOST_LOAD: &[Need] = &[
    Need::Tariff,
    Need::MachinePrice,
    Need::Infrastructure,
    Need::Plants,
    Need::Losses,
    Need::LostLoad,
    Need::Ai,
];
const NATION_WITH_CARBON: &[Need] = &[
    Need::Tariff,
    Need::MachinePrice,
    Need::Infrastructure,
    Need::Plants,
    Need::Losses,
    Need::GridAverage,
    Need::CarbonPrice,
    Need::Ai,
];
const NATION_WITH_BOTH: &[Need] = &[
    Need::Tariff,
    Need::MachinePrice,
    Need::Infrastructure,
    Need::Plants,
    Need::Losses,
    Need::LostLoad,
    Need::GridAverage,
    Need::CarbonPrice,
    Need::Ai,
];

fn flow_needs(kind: FlowKind) -> &'static [Need] {
    match (kind, kind.spec().class) {
        (FlowKind::BitcoinSold | FlowKind::BitcoinHeld | FlowKind::BitcoinAbroad, _) => &[],
        (FlowKind::Machines | FlowKind::Duty | FlowKind::Resale | FlowKind::Spares, _) => {
            &[Need::MachinePrice, Need::Ai]
        }
        (FlowKind::SiteHome | FlowKind::SiteAbroad, _) => &[Need::Infrastructure],
        (FlowKind::AiHome | FlowKind::AiAbroad, _) => &[Need::Ai],
        (FlowKind::EnergyPurchase | FlowKind::FuelImport | FlowKind::FuelHome, _) => SYSTEM,
        (FlowKind::PriceRise | FlowKind::MarginalRent, _) => PRICE_RISE,
        (FlowKind::NetworkRelief | FlowKind::NetworkBuilt, _) => &[Need::Ai],
        (FlowKind::UnservedBill, _) => &[Need::Plants, Need::Losses, Need::Retail, Need::Ai],
        (
            FlowKind::ContractDelivered
            | FlowKind::StateCovers
            | FlowKind::ConsumersCover
            | FlowKind::Relief,
            _,
        ) => MARGIN,
        (_, Class::Operating) => OPERATING,
        (_, Class::System) => &[Need::Losses, Need::Ai],
        _ => PROJECT,
    }
}

fn party_needs(party: Party) -> &'static [Need] {
    match party {
        Party::Operator | Party::HomeOwners | Party::ForeignOwners => PROJECT,
        Party::HomeLenders | Party::ForeignLenders => PROJECT,
        Party::Generators => PRICE_RISE,
        Party::Tenant => OPERATING,
        Party::Distribution => MARGIN,
        Party::World => NATION,
        Party::State | Party::Consumers => PAYERS,
    }
}

fn quantity_needs(quantity: Quantity) -> &'static [Need] {
    match quantity {
        Quantity::Btc | Quantity::MiningEnergy | Quantity::OwnHashes => &[],
        Quantity::MarginalT | Quantity::Burnt | Quantity::Short => SYSTEM,
        Quantity::AverageT => &[Need::GridAverage, Need::Losses, Need::Ai],
        Quantity::EmbodiedT => &[Need::Embodied],
        Quantity::DisplacedT => &[Need::Displaced],
        Quantity::Taxable | Quantity::LossCarried | Quantity::TaxBook | Quantity::Debt => PROJECT,
        Quantity::CircularDebt => MARGIN,
        Quantity::ForeignClaim => PROJECT,
        Quantity::BillInUsd => OPERATING,
        _ => &[Need::Ai],
    }
}

fn use_needs(of: Use, worth: ValueMeasure) -> &'static [Need] {
    match (of, worth) {
        (Use::Project, ValueMeasure::Gross) => OPERATING,
        (Use::Project, ValueMeasure::AfterEnergy) => OPERATING,
        (Use::Project, ValueMeasure::AfterCapital) => PROJECT,
        (Use::Project, ValueMeasure::Local) => NATION,
        (Use::Industry, ValueMeasure::Local) => &[Need::Industry, Need::Plants, Need::Losses],
        (Use::Industry, _) => &[Need::Industry],
        (Use::HouseholdTariff, ValueMeasure::Gross) => &[Need::Household],
        (Use::HouseholdTariff, _) => &[Need::Household, Need::Plants, Need::Losses],
        (Use::HouseholdLostLoad, ValueMeasure::Gross) => &[Need::LostLoad],
        (Use::HouseholdLostLoad, _) => &[Need::LostLoad, Need::Plants, Need::Losses],
        (Use::Idle, _) => &[Need::Plants, Need::Losses],
    }
}

fn moment_needs(moment: Moment) -> &'static [Need] {
    match moment {
        Moment::TariffUsd
        | Moment::EnergyCost
        | Moment::RunningCost
        | Moment::MarginBefore
        | Moment::MarginAfter
        | Moment::CashMarginBefore
        | Moment::CashMarginAfter
        | Moment::ProfitMaximising
        | Moment::ZeroProfit
        | Moment::NextMwProfit => OPERATING,
        Moment::AverageCarbon => quantity_needs(Quantity::AverageT),
        Moment::MarginalCarbon => SYSTEM,
        Moment::DisplacedCarbon => quantity_needs(Quantity::DisplacedT),
        Moment::EnergyPerDay | Moment::EnergyPerYear => &[Need::Ai],
        _ => &[],
    }
}

/// The inputs that a figure needs.
pub(crate) fn needs(figure: Figure) -> &'static [Need] {
    match figure {
        Figure::Npv | Figure::NpvProject | Figure::Return | Figure::Payback => PROJECT,
        Figure::InternalRate | Figure::SignChanges => PROJECT,
        Figure::CostPerBtc => PROJECT,
        Figure::CashCostPerBtc => OPERATING,
        Figure::Outlay => &[Need::MachinePrice, Need::Infrastructure, Need::Ai],
        Figure::StateValue => PAYERS,
        Figure::National(..) | Figure::Border(..) | Figure::Payments(..) => NATION,
        Figure::NationalValue | Figure::ForeignExchangeValue => NATION,
        Figure::NationalValueWith(Counted::LostLoad) => NATION_WITH_LOST_LOAD,
        Figure::NationalValueWith(Counted::Carbon) => NATION_WITH_CARBON,
        Figure::NationalValueWith(Counted::Both) => NATION_WITH_BOTH,
        Figure::PowerSystemValue => MARGIN,
        Figure::Net(party, ..) | Figure::NetValue(party) => party_needs(party),
        Figure::Flow(kind, ..) | Figure::FlowValue(kind) => flow_needs(kind),
        Figure::Quantity(quantity, _) => quantity_needs(quantity),
        Figure::Externality(Externality::LostLoad, _) => {
            &[Need::LostLoad, Need::Plants, Need::Losses, Need::Ai]
        }
        Figure::Externality(Externality::Carbon, _) => {
            &[Need::CarbonPrice, Need::GridAverage, Need::Losses, Need::Ai]
        }
        Figure::Subsidy(..) | Figure::SteadySubsidy(..) => OPERATING,
        Figure::Class(..) | Figure::ClassConsumer(_) => PAYERS,
        Figure::Month(Column::Operating, _) => OPERATING,
        Figure::Month(Column::Cumulative, _) => PROJECT,
        Figure::Month(..) => &[],
        Figure::Dispatch(..) => OPERATING,
        Figure::Moment(moment) => moment_needs(moment),
        Figure::Use(of, worth) => use_needs(of, worth),
        Figure::BreakEven(_, Basis::WithCapital, _) => PROJECT,
        // The break-even tariff does not need a tariff.
        Figure::BreakEven(Variable::Tariff, ..) => &[Need::Ai],
        Figure::BreakEven(..) => OPERATING,
    }
}

/// Finds the missing inputs of a scenario.
pub(crate) struct MissingInputs<'a> {
    inputs: &'a Inputs<ParamId>,
    table: &'a Table,
    uses: Option<&'a UseIds>,
}

impl<'a> MissingInputs<'a> {
    pub(crate) fn new(
        inputs: &'a Inputs<ParamId>,
        table: &'a Table,
        uses: Option<&'a UseIds>,
    ) -> Self {
        Self { inputs, table, uses }
    }

    fn missing_among(&self, ids: &mut dyn Iterator<Item = ParamId>) -> Vec<String> {
        let rows = ids.map(|id| self.table.get(id)).filter(|row| row.missing);
        let mut keys: Vec<String> = rows.map(|row| row.key.clone()).collect();
        keys.dedup();
        keys
    }

    fn missing_keys(&self, need: Need) -> Vec<String> {
        let Inputs { sites, lots, externalities, supply, ai, lease, retail, bills, .. } =
            self.inputs;
        let some = |ids: &[ParamId]| self.missing_among(&mut ids.iter().copied());
        let price = |of: &Price<ParamId>| self.missing_among(&mut [of.value].into_iter());
        match need {
            Need::Tariff => self.missing_among(&mut sites.iter().map(|site| site.tariff.value)),
            Need::MachinePrice => self.missing_among(&mut lots.iter().map(|lot| lot.price)),
            Need::Infrastructure => {
                self.missing_among(&mut sites.iter().map(|site| site.infrastructure))
            }
            Need::Losses => some(&[supply.losses]),
            // Without hours of the power system there is no shortage.
            Need::Retail if !sites.iter().any(|site| site.hours.knows_system()) => Vec::new(),
            Need::Retail => price(retail),
            Need::GridAverage => some(&[externalities.grid_average]),
            Need::Embodied => some(&[externalities.embodied]),
            Need::Displaced => {
                some(&[externalities.others_j_per_th, externalities.others_g_per_kwh])
            }
            Need::LostLoad => some(&[externalities.lost_load]),
            Need::CarbonPrice => some(&[externalities.carbon_price]),
            Need::Industry => self.uses.map_or_else(Vec::new, |uses| {
                let terms = &uses.terms;
                let capital = [terms.industry_capital, terms.industry_local];
                some(&[uses.industry_tariff.value, terms.value_added, capital[0], capital[1]])
            }),
            Need::Household => {
                self.uses.map_or_else(Vec::new, |uses| price(&uses.household_tariff))
            }
            Need::OtherLoad => {
                let exposed = bills.as_ref().filter(|bills| self.is_exposed(bills));
                let known = sites.iter().any(|site| site.hours.knows_system());
                match exposed.filter(|bills| bills.other_load_mw.is_none() && !known) {
                    Some(_) => vec!["bills.other_load_mw".to_owned()],
                    None => Vec::new(),
                }
            }
            Need::Plants if self.inputs.plants.is_empty() => vec!["plant".to_owned()],
            Need::Plants => Vec::new(),
            Need::Ai => {
                let mut ids = Vec::new();
                if let Some(ai) = ai {
                    ai.terms.map(|id| ids.push(id));
                }
                if let Some(lease) = lease {
                    lease.terms.map(|id| ids.push(id));
                }
                some(&ids)
            }
        }
    }

    /// Whether the price of some energy of other consumers follows the marginal plant.
    fn is_exposed(&self, bills: &BillEffects<ParamId>) -> bool {
        let of_class =
            |class: &ConsumerClass| class.at_marginal_price.is_some_and(|part| part > 0.0);
        let all = self.table.get(bills.terms.at_marginal_price);
        all.value > 0.0 || all.spread.is_drawn() || bills.classes.iter().any(of_class)
    }

    /// The missing keys of a figure.
    pub(crate) fn for_figure(&self, figure: Figure) -> Option<Missing> {
        let mut keys: Vec<String> =
            needs(figure).iter().flat_map(|&need| self.missing_keys(need)).collect();
        keys.dedup();
        (!keys.is_empty()).then_some(Missing { keys })
    }
}
