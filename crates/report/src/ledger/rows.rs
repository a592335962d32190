//! The rows of a ledger's report on who pays whom, references, months, capacity and the tariff.

use crate::{Origin, tidy};
use hashwatt::econ::{
    CapacityMode, CapacityYear, Flow, Ledger, LedgerMonth, LedgerReference, Matrix, Party,
    Resource, ServedBy, TariffTerms,
};
use serde::Serialize;

/// A party.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct PartyRow {
    /// Its name.
    pub party: &'static str,
    /// Whether the nation counts it.
    pub national: bool,
    /// What it is paid less what it pays.
    pub transfers: f64,
    /// What it has of real resources and externalities.
    pub resources: f64,
    /// Both together.
    pub net: f64,
}

/// What one pays another.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct MatrixCellRow {
    /// Who pays.
    pub from: &'static str,
    /// Who is paid.
    pub to: &'static str,
    /// How much in the year.
    pub amount: f64,
    /// The same, exact, in hundredths of the currency.
    pub hundredths: String,
    /// The flows that it is the sum of.
    pub flows: Vec<&'static str>,
}

/// A flow.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct FlowRow {
    /// What it is.
    pub name: &'static str,
    /// Who pays.
    pub from: &'static str,
    /// Who is paid.
    pub to: &'static str,
    /// `money`, `bitcoin_held` or `kept_abroad`.
    pub means: &'static str,
    /// How much in the year.
    pub amount: f64,
    /// How it is worked out.
    pub formula: &'static str,
    /// The keys of the inputs that it follows from; `inputs` has their dates and sources.
    pub inputs: Vec<String>,
}

/// What is no transfer.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct ResourceRow {
    /// What it is.
    pub name: &'static str,
    /// The party that bears it, or `public`.
    pub bearer: &'static str,
    /// Whether it is a stated externality, else a real resource.
    pub externality: bool,
    /// How much in the year: positive for a gain.
    pub amount: f64,
    /// How it is worked out.
    pub formula: &'static str,
    /// The keys of the inputs that it follows from.
    pub inputs: Vec<String>,
}

/// What the nation has of it.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct NationalRow {
    /// Real resources.
    pub resources: f64,
    /// Money over the border, in less out.
    pub foreign_exchange: f64,
    /// Bitcoin held.
    pub bitcoin_held: f64,
    /// Money kept abroad.
    pub kept_abroad: f64,
    /// Stated externalities.
    pub externalities: f64,
    /// All but these.
    pub without_externalities: f64,
    /// All of it.
    pub net: f64,
}

/// A plant's part of the next MW.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct ServedByRow {
    /// The plant.
    pub plant: String,
    /// Its part, 0 to 1.
    pub share: f64,
}

impl From<&ServedBy> for ServedByRow {
    fn from(x: &ServedBy) -> Self {
        Self { plant: x.plant.clone(), share: tidy(x.share) }
    }
}

/// A month.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct LedgerMonthRow {
    /// 1 to 12.
    pub month: u8,
    /// Hours in full load.
    pub served_hours: f64,
    /// Hours curtailed.
    pub curtailed_hours: f64,
    /// Hours in which it runs although the system is short by as much.
    pub at_risk_hours: f64,
    /// Energy at the site's meter, GWh.
    pub energy_gwh: f64,
    /// The plants that serve it.
    pub served_by: Vec<ServedByRow>,
    /// The part for which none has room, 0 to 1.
    pub beyond_headroom: f64,
    /// Incremental cost at the site's meter, for a kWh.
    pub incremental_per_kwh: f64,
    /// What the site pays for a kWh of energy.
    pub paid_per_kwh: f64,
    /// What the system earns with it; negative: loses.
    pub earns_against_incremental: f64,
}

impl From<&LedgerMonth> for LedgerMonthRow {
    fn from(x: &LedgerMonth) -> Self {
        Self {
            month: x.month,
            served_hours: tidy(x.hours.served),
            curtailed_hours: tidy(x.hours.curtailed),
            at_risk_hours: tidy(x.hours.at_risk),
            energy_gwh: tidy(x.energy_gwh),
            served_by: x.served_by.iter().map(Into::into).collect(),
            beyond_headroom: tidy(x.beyond_headroom),
            incremental_per_kwh: tidy(x.incremental_per_kwh),
            paid_per_kwh: tidy(x.paid_per_kwh),
            earns_against_incremental: tidy(x.earns),
        }
    }
}

/// A reference beside what the site pays.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct LedgerReferenceRow {
    /// `incremental_fuel`, `average_energy`, `cost_of_service`, `purchase_average`, `consumer_tariff` or `alternative_buyer`.
    pub kind: &'static str,
    /// What it is.
    pub what: String,
    /// As quoted, for a kWh.
    pub quoted_per_kwh: f64,
    /// Where it is metered.
    pub metering_point: &'static str,
    /// Losses from there to the customer, 0 to 1.
    pub loss_factor: f64,
    /// At the customer's meter.
    pub at_customer_per_kwh: f64,
    /// The month that it is of, 1 to 12.
    pub month: Option<u8>,
    /// Its date and source.
    pub origin: Origin,
    /// That less what the site pays; negative: the site brings more.
    pub subsidy_per_kwh: f64,
    /// The same for the year's energy.
    pub subsidy_per_year: f64,
}

impl From<&LedgerReference> for LedgerReferenceRow {
    fn from(x: &LedgerReference) -> Self {
        Self {
            kind: x.kind.name(),
            what: x.what.clone(),
            quoted_per_kwh: tidy(x.quoted_per_kwh),
            metering_point: x.metering_point.name(),
            loss_factor: tidy(x.loss_factor),
            at_customer_per_kwh: tidy(x.at_customer_per_kwh),
            month: x.month,
            origin: (&x.input.provenance).into(),
            subsidy_per_kwh: tidy(x.subsidy_per_kwh),
            subsidy_per_year: tidy(x.subsidy_per_year),
        }
    }
}

/// Payments for capacity in one mode.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct CapacityModeRow {
    /// `sunk`, `load_factor_share`, `average` or `new_build`.
    pub mode: &'static str,
    /// What counts against the site.
    pub cost: f64,
    /// What the site pays less incremental cost less that.
    pub left: f64,
}

/// Payments for capacity in a year.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct CapacityReportYear {
    /// From 1.
    pub year: usize,
    /// The part of today's payments in force.
    pub in_force: f64,
    /// The part of them due whether a plant runs or not.
    pub take_or_pay: f64,
    /// In four ways.
    pub modes: Vec<CapacityModeRow>,
}

impl From<&CapacityYear> for CapacityReportYear {
    fn from(x: &CapacityYear) -> Self {
        Self {
            year: x.year,
            in_force: tidy(x.in_force),
            take_or_pay: tidy(x.take_or_pay),
            modes: CapacityMode::ALL
                .into_iter()
                .zip(x.cost.into_iter().zip(x.left))
                .map(|(mode, (cost, left))| CapacityModeRow {
                    mode: mode.name(),
                    cost: tidy(cost),
                    left: tidy(left),
                })
                .collect(),
        }
    }
}

/// What the site pays.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct TariffRow {
    /// `approved`, `proposed` or `hypothetical`.
    pub status: &'static str,
    /// Who may have it.
    pub eligibility: String,
    /// A year's energy charge.
    pub energy_charge: f64,
    /// A year's charge on contracted load.
    pub capacity_charge: f64,
    /// A year's adjustments.
    pub adjustments: f64,
    /// Sales tax that comes back.
    pub recoverable_tax: f64,
    /// Taxes that do not.
    pub unrecoverable_tax: f64,
    /// All before taxes, for a kWh.
    pub paid_per_kwh: f64,
}

impl From<&TariffTerms> for TariffRow {
    fn from(x: &TariffTerms) -> Self {
        Self {
            status: x.status.name(),
            eligibility: x.eligibility.clone(),
            energy_charge: tidy(x.energy_charge),
            capacity_charge: tidy(x.capacity_charge),
            adjustments: tidy(x.adjustments),
            recoverable_tax: tidy(x.recoverable_tax),
            unrecoverable_tax: tidy(x.unrecoverable_tax),
            paid_per_kwh: tidy(x.paid_per_kwh),
        }
    }
}

pub(super) fn parties(matrix: &Matrix) -> Vec<PartyRow> {
    let row = |party: Party| PartyRow {
        party: party.name(),
        national: party.is_national(),
        transfers: matrix.transfers(party).as_units(),
        resources: matrix.resources(party).as_units(),
        net: matrix.net(party).as_units(),
    };
    Party::ALL.into_iter().map(row).collect()
}

/// Cells in which something flows.
pub(super) fn matrix(matrix: &Matrix) -> Vec<MatrixCellRow> {
    let pairs = Party::ALL.into_iter().flat_map(|from| Party::ALL.map(|to| (from, to)));
    pairs
        .map(|(from, to)| {
            let amount = matrix.cell(from, to);
            let here = matrix.flows.iter().filter(|f| f.spec.from == from && f.spec.to == to);
            MatrixCellRow {
                from: from.name(),
                to: to.name(),
                amount: amount.as_units(),
                hundredths: amount.hundredths().to_string(),
                flows: here
                    .filter(|flow| flow.amount.hundredths() != 0)
                    .map(|flow| flow.spec.name)
                    .collect(),
            }
        })
        .filter(|cell| !cell.flows.is_empty())
        .collect()
}

fn keys(ledger: &Ledger, prefixes: &[&str]) -> Vec<String> {
    ledger.inputs_of(prefixes).into_iter().map(|input| input.key.clone()).collect()
}

pub(super) fn flows(ledger: &Ledger) -> Vec<FlowRow> {
    let row = |flow: &Flow| FlowRow {
        name: flow.spec.name,
        from: flow.spec.from.name(),
        to: flow.spec.to.name(),
        means: flow.spec.means.name(),
        amount: flow.amount.as_units(),
        formula: flow.spec.formula,
        inputs: keys(ledger, flow.spec.inputs),
    };
    ledger.matrix.flows.iter().map(row).collect()
}

pub(super) fn resources(ledger: &Ledger) -> Vec<ResourceRow> {
    let row = |resource: &Resource| ResourceRow {
        name: resource.spec.name,
        bearer: resource.spec.party.map_or("public", Party::name),
        externality: resource.spec.externality,
        amount: resource.amount.as_units(),
        formula: resource.spec.formula,
        inputs: keys(ledger, resource.spec.inputs),
    };
    ledger.matrix.resources.iter().map(row).collect()
}

pub(super) fn national(matrix: &Matrix) -> NationalRow {
    let net = matrix.national();
    NationalRow {
        resources: net.resources.as_units(),
        foreign_exchange: net.foreign_exchange.as_units(),
        bitcoin_held: net.bitcoin_held.as_units(),
        kept_abroad: net.kept_abroad.as_units(),
        externalities: net.externalities.as_units(),
        without_externalities: net.without_externalities().as_units(),
        net: net.total().as_units(),
    }
}
