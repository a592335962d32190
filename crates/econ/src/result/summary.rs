//! Computes the figures of a path from its accounts.

use super::{Counted, Externality, Figure, Period, UseValues};
use crate::account::border::{YearSums, net_value, year_sums};
use crate::account::{Accounts, Class, FlowKind, MeansOfPayment, Party, Quantity};
use crate::engine::{MonthRow, PathTotals};
use crate::params::inputs::Inputs;
use crate::params::{Denomination, Price};

/// The price of a reference in one draw (equation M31).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ReferencePrice {
    pub price: Price,
    /// Losses from its metering point to the customer.
    pub loss: f64,
}

/// A path with intermediate results that many figures need.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Summary<'a> {
    pub accounts: &'a Accounts,
    pub totals: &'a PathTotals,
    pub months: &'a [MonthRow],
    pub inputs: &'a Inputs,
    pub references: &'a [ReferencePrice],
    pub uses: Option<UseValues>,
    /// Sums by year, in US dollars and in local currency.
    pub sums: &'a [[YearSums; 2]],
}

/// The sums of each year, in US dollars and in local currency.
pub(crate) fn sums(accounts: &Accounts, sums: &mut Vec<[YearSums; 2]>) {
    let both = [Denomination::Usd, Denomination::Local];
    sums.clear();
    sums.extend((0..accounts.years()).map(|year| both.map(|of| year_sums(accounts, year, of))));
}

impl Summary<'_> {
    fn over(&self, period: Period, of: impl Fn(usize) -> f64) -> f64 {
        match period {
            Period::Year(year) => of(usize::from(year)),
            Period::Whole => (0..self.accounts.years()).map(of).sum(),
        }
    }

    /// The value of a figure; NaN if it has none.
    pub(crate) fn value(&self, figure: Figure) -> f64 {
        let accounts = self.accounts;
        match figure {
            Figure::Npv => self.totals.npv,
            Figure::NpvProject => self.totals.npv_project,
            Figure::Outlay => self.totals.outlay,
            Figure::Return => self.totals.return_per_year,
            Figure::Payback => self.totals.payback_years,
            Figure::CashCostPerBtc => self.cost_per_btc(false),
            Figure::CostPerBtc => self.cost_per_btc(true),
            Figure::StateValue => accounts.state_value(),
            Figure::Net(party, period, of) => {
                self.over(period, |year| self.sums[year][of as usize].net(party))
            }
            Figure::NetValue(party) => net_value(accounts, party),
            Figure::PowerSystemValue => self.power_system_value(),
            Figure::ForeignExchangeValue => self.foreign_exchange_value(),
            Figure::NationalValue => self.national_value(),
            Figure::NationalValueWith(counted) => self.national_value_with(counted),
            Figure::Flow(kind, period, of) => self.over(period, |year| {
                let cell = accounts.cell(kind, year);
                if of == Denomination::Usd { cell.usd } else { cell.local }
            }),
            Figure::FlowValue(kind) => accounts.sum(kind).pv,
            Figure::Quantity(quantity, Period::Whole) if quantity.is_stock() => {
                accounts.quantity(quantity, accounts.years() - 1)
            }
            Figure::Quantity(quantity, period) => {
                self.over(period, |year| accounts.quantity(quantity, year))
            }
            Figure::Border(means, period, of) => {
                self.over(period, |year| self.sums[year][of as usize].cross_border(means))
            }
            Figure::National(period, of) => {
                self.over(period, |year| self.sums[year][of as usize].national)
            }
            Figure::Externality(which, period) => {
                self.over(period, |year| self.externality(which, year))
            }
            Figure::Subsidy(place, period, of) => {
                let reference = self.references.get(usize::from(place));
                let one = |reference: &ReferencePrice| {
                    self.over(period, |year| self.subsidy(reference, year, of))
                };
                reference.map_or(f64::NAN, one)
            }
            Figure::Class(place, period) => self.over(period, |year| self.class(place, year)),
            Figure::ClassConsumer(place) => self.class_consumer(place),
            // Computed from dated flows and hours of the base path, or from the steady year.
            Figure::InternalRate
            | Figure::SignChanges
            | Figure::Payments(..)
            | Figure::Dispatch(..) => f64::NAN,
            Figure::Use(of, worth) => self.use_value(of, worth),
            Figure::Moment(_) | Figure::SteadySubsidy(..) | Figure::BreakEven(..) => f64::NAN,
            Figure::Month(column, place) => {
                self.months.get(usize::from(place)).map_or(f64::NAN, |row| row.get(column))
            }
        }
    }

    /// Costs of the operator per bitcoin, with or without outlays for machines and sites.
    fn cost_per_btc(&self, with_outlays: bool) -> f64 {
        let btc = self.accounts.total(Quantity::Btc);
        // The costs of a lease are not costs of bitcoin.
        if self.inputs.lease.is_some() {
            return f64::NAN;
        }
        let of = |kind: FlowKind| {
            let class = kind.spec().class;
            let counts = class == Class::Operating || (with_outlays && class == Class::Capital);
            let cost = kind.sign(Party::Operator) < 0.0;
            if counts && cost { self.accounts.sum(kind).usd } else { 0.0 }
        };
        let costs: f64 = FlowKind::ALL.iter().map(|&kind| of(kind)).sum();
        if btc > 0.0 { costs / btc } else { f64::NAN }
    }

    /// An externality in a year, at its day-one value; negative.
    pub(super) fn externality(&self, which: Externality, year: usize) -> f64 {
        let given = &self.inputs.externalities;
        let accounts = self.accounts;
        match which {
            Externality::LostLoad => {
                let lost = accounts.quantity(Quantity::Short, year);
                -lost * (1.0 - self.inputs.supply.losses) * 1e3 * given.lost_load
            }
            Externality::Carbon => {
                let of = match self.inputs.plants.is_empty() {
                    true => Quantity::AverageT,
                    false => Quantity::MarginalT,
                };
                -accounts.quantity(of, year) * given.carbon_price
            }
        }
    }

    /// M31: the reference price at the customer's meter less the bill before taxes, for the energy of a year.
    fn subsidy(&self, reference: &ReferencePrice, year: usize, of: Denomination) -> f64 {
        let accounts = self.accounts;
        let bill = [
            FlowKind::EnergyCharge,
            FlowKind::CapacityCharge,
            FlowKind::DemandCharge,
            FlowKind::PeakCharge,
            FlowKind::Adjustments,
            FlowKind::PowerContract,
        ];
        let paid = |kind: FlowKind| {
            let cell = accounts.cell(kind, year);
            if of == Denomination::Usd { cell.usd } else { cell.local }
        };
        let bill: f64 = bill.into_iter().map(paid).sum();
        // The cost of contracted power that is used is its payment less the proceeds of sales.
        let bill = bill - paid(FlowKind::PowerResold);
        let indexed = match (reference.price.denomination, of) {
            (Denomination::Usd, Denomination::Usd) => Quantity::EnergyUsdInUsd,
            (Denomination::Usd, Denomination::Local) => Quantity::EnergyUsdInLocal,
            (Denomination::Local, Denomination::Usd) => Quantity::EnergyLocalInUsd,
            (Denomination::Local, Denomination::Local) => Quantity::EnergyLocalInLocal,
        };
        let kwh = accounts.quantity(indexed, year) * 1e3;
        reference.price.value / (1.0 - reference.loss) * kwh - bill
    }
}

/// All figures for a number of years, months and references.
pub fn all_figures(years: usize, months: usize, references: usize, uses: bool) -> Vec<Figure> {
    use crate::engine::Column;
    let mut figures = vec![
        Figure::Npv,
        Figure::NpvProject,
        Figure::Outlay,
        Figure::Return,
        Figure::Payback,
        Figure::CostPerBtc,
        Figure::CashCostPerBtc,
        Figure::StateValue,
    ];
    figures.extend(Party::ALL.map(Figure::NetValue));
    figures.extend([Figure::PowerSystemValue, Figure::ForeignExchangeValue, Figure::NationalValue]);
    figures.extend(Counted::ALL.map(Figure::NationalValueWith));
    figures.extend(FlowKind::ALL.iter().map(|&kind| Figure::FlowValue(kind)));
    let years = (0..years).map(|year| Period::Year(year as u8));
    for period in years.chain([Period::Whole]) {
        for of in [Denomination::Usd, Denomination::Local] {
            figures.extend(Party::ALL.map(|party| Figure::Net(party, period, of)));
            figures.extend(MeansOfPayment::CROSSING.map(|means| Figure::Border(means, period, of)));
            figures.push(Figure::National(period, of));
            let subsidy = |place| Figure::Subsidy(place as u8, period, of);
            figures.extend((0..references).map(subsidy));
        }
        let flow = |&kind: &FlowKind| Figure::Flow(kind, period, Denomination::Usd);
        figures.extend(FlowKind::ALL.iter().map(flow));
        figures.extend(Quantity::ALL.iter().map(|&q| Figure::Quantity(q, period)));
        figures.extend(Externality::ALL.map(|which| Figure::Externality(which, period)));
    }
    if uses {
        figures.extend(super::uses::figures());
    }
    for &column in Column::ALL {
        figures.extend((0..months).map(|month| Figure::Month(column, month as u16)));
    }
    figures
}
