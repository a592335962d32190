//! Figures: every number of a report is a figure, with the same value wherever it is shown.

use super::{Basis, Moment, PaymentLine, Stage, Use, ValueMeasure, Variable};
use crate::account::{FlowKind, MeansOfPayment, Party, Quantity};
use crate::currency::Currency;
use crate::engine::{Column, DispatchColumn, DispatchHours};
use crate::params::{Denomination, Unit};

/// A calendar year of the accounts, or the whole project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Period {
    /// A calendar year by its index, from 0.
    Year(u8),
    /// From the start to the horizon.
    Whole,
}

/// A cost to others that is not paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Externality {
    /// Unserved energy of others, at the stated value of lost load.
    LostLoad,
    /// Carbon at the stated price: marginal emissions if plants are known, else average ones.
    Carbon,
}

impl Externality {
    /// Both.
    pub const ALL: [Self; 2] = [Self::LostLoad, Self::Carbon];

    /// The key in machine-readable output.
    pub fn key(self) -> &'static str {
        match self {
            Self::LostLoad => "lost_load_usd",
            Self::Carbon => "carbon_usd",
        }
    }
}

/// The stated externalities that are included in the result of the nation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counted {
    /// The value of lost load.
    LostLoad,
    /// The price of carbon.
    Carbon,
    /// Both.
    Both,
}

impl Counted {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::LostLoad, Self::Carbon, Self::Both];

    /// The included externalities.
    pub fn externalities(self) -> &'static [Externality] {
        match self {
            Self::LostLoad => &[Externality::LostLoad],
            Self::Carbon => &[Externality::Carbon],
            Self::Both => &Externality::ALL,
        }
    }

    /// The key in machine-readable output.
    pub fn key(self) -> &'static str {
        match self {
            Self::LostLoad => "with_lost_load",
            Self::Carbon => "with_carbon",
            Self::Both => "with_both_externalities",
        }
    }

    /// Describes the included externalities.
    pub fn text(self) -> &'static str {
        match self {
            Self::LostLoad => "including lost load",
            Self::Carbon => "including carbon",
            Self::Both => "including lost load and carbon",
        }
    }
}

/// A figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Figure {
    /// Net present value after tax and financing (M28).
    Npv,
    /// Net present value before tax and financing (M28).
    NpvProject,
    /// Present value of machines, duty and sites (M29).
    Outlay,
    /// Return per year (M29).
    Return,
    /// Internal rate of return per year of the base path, if its flows change sign once (M29).
    InternalRate,
    /// Number of sign changes of the monthly flows of the base path (M29).
    SignChanges,
    /// Years to payback (M30).
    Payback,
    /// Running costs and outlays per bitcoin, undiscounted.
    CostPerBtc,
    /// Running costs per bitcoin, undiscounted.
    CashCostPerBtc,
    /// Present value of the flows of the state at its own discount rate (M27).
    StateValue,
    /// Net amount of a party in a period.
    Net(Party, Period, Denomination),
    /// Present value of the net amounts of a party.
    NetValue(Party),
    /// Present value of payments of the operator to the power system less the cost of supply, before any party
    /// covers a loss (M35).
    PowerSystemValue,
    /// Present value of the inflow less the outflow of foreign exchange (M35).
    ForeignExchangeValue,
    /// Present value of the net amounts of the nation, without externalities (M35).
    NationalValue,
    /// Present value of the net amounts of the nation including stated externalities.
    NationalValueWith(Counted),
    /// A kind of flow.
    Flow(FlowKind, Period, Denomination),
    /// Present value of a kind of flow.
    FlowValue(FlowKind),
    /// A quantity; for the whole project its sum, or its last value if it is a stock at the end of a year.
    Quantity(Quantity, Period),
    /// Net amount that crosses the border in one means of payment (M25).
    Border(MeansOfPayment, Period, Denomination),
    /// Net amount of the nation (M27), without externalities.
    National(Period, Denomination),
    /// A cost to others that is not paid for; negative.
    Externality(Externality, Period),
    /// Revenue at a reference price less the bill of the site (M31), by the index of the reference.
    Subsidy(u8, Period, Denomination),
    /// Subsidy of a steady year at day-one prices, by the index of the reference.
    SteadySubsidy(u8, Denomination),
    /// Net effect on a class of other consumers, by the index of the class (M22).
    Class(u8, Period),
    /// Net effect per consumer of a class and month, mean of the years.
    ClassConsumer(u8),
    /// Value of a MWh in a use (M34).
    Use(Use, ValueMeasure),
    /// A line of the balance of payments of the base path in a month, by the index of the month (M25).
    Payments(PaymentLine, u16),
    /// A figure of a month, by the index of the month.
    Month(Column, u16),
    /// A result of some hours of the first year of the base path, if hours differ in price (M8).
    Dispatch(DispatchColumn, DispatchHours),
    /// A figure of the steady year (M33).
    Moment(Moment),
    /// Break-even value in the steady year (M32).
    BreakEven(Variable, Basis, Stage),
}

impl Figure {
    /// The unit; `local` is the local currency of the scenario.
    pub fn unit(self, local: Currency) -> Unit {
        let money = |denomination| match denomination {
            Denomination::Usd => Unit::Usd,
            Denomination::Local => Unit::Money(local),
        };
        match self {
            Self::Npv | Self::NpvProject | Self::Outlay | Self::StateValue => Unit::Usd,
            Self::Return | Self::InternalRate => Unit::PerYear,
            Self::SignChanges => Unit::One,
            Self::Payback => Unit::Years,
            Self::CostPerBtc | Self::CashCostPerBtc => Unit::UsdPerBtc,
            Self::NetValue(_) | Self::FlowValue(_) | Self::Externality(..) => Unit::Usd,
            Self::PowerSystemValue | Self::ForeignExchangeValue => Unit::Usd,
            Self::Class(..) | Self::ClassConsumer(_) | Self::Payments(..) => Unit::Usd,
            Self::NationalValue | Self::NationalValueWith(_) => Unit::Usd,
            Self::Net(_, _, of)
            | Self::Flow(_, _, of)
            | Self::Border(_, _, of)
            | Self::National(_, of)
            | Self::Subsidy(_, _, of)
            | Self::SteadySubsidy(_, of) => money(of),
            Self::Quantity(quantity, _) => quantity.spec().unit,
            Self::Month(column, _) => column.unit(),
            Self::Dispatch(column, _) => column.unit(),
            Self::Use(..) => Unit::UsdPerMwh,
            Self::Moment(moment) => moment.unit(),
            Self::BreakEven(variable, ..) => variable.unit(),
        }
    }

    /// The key in machine-readable output, without period and denomination.
    pub fn key(self) -> String {
        match self {
            Self::Npv => "npv_usd".to_owned(),
            Self::NpvProject => "npv_project_usd".to_owned(),
            Self::Outlay => "outlay_usd".to_owned(),
            Self::Return => "return_per_year".to_owned(),
            Self::InternalRate => "internal_rate_per_year".to_owned(),
            Self::SignChanges => "sign_changes".to_owned(),
            Self::Payback => "payback_years".to_owned(),
            Self::CostPerBtc => "cost_usd_per_btc".to_owned(),
            Self::CashCostPerBtc => "cash_cost_usd_per_btc".to_owned(),
            Self::StateValue => "state_value_usd".to_owned(),
            Self::Net(party, ..) => format!("net.{}", party.key()),
            Self::NetValue(party) => format!("net_value.{}", party.key()),
            Self::PowerSystemValue => "power_system_value_usd".to_owned(),
            Self::ForeignExchangeValue => "foreign_exchange_value_usd".to_owned(),
            Self::NationalValue => "national_value_usd.without_externalities".to_owned(),
            Self::NationalValueWith(counted) => format!("national_value_usd.{}", counted.key()),
            Self::Flow(kind, ..) => format!("flow.{}", kind.spec().key),
            Self::FlowValue(kind) => format!("flow_value.{}", kind.spec().key),
            Self::Quantity(quantity, _) => quantity.spec().key.to_owned(),
            Self::Border(means, ..) => format!("border.{}", means.key()),
            Self::National(..) => "national".to_owned(),
            Self::Externality(which, _) => format!("externality.{}", which.key()),
            Self::Subsidy(place, ..) => format!("subsidy.{place}"),
            Self::SteadySubsidy(place, _) => format!("subsidy_per_year.{place}"),
            Self::Class(place, _) => format!("class_usd.{place}"),
            Self::ClassConsumer(place) => format!("class_usd_per_consumer_month.{place}"),
            Self::Payments(line, _) => format!("payments_usd.{}", line.key()),
            Self::Month(column, _) => column.key().to_owned(),
            Self::Dispatch(column, _) => format!("dispatch.{}", column.key()),
            Self::Use(of, worth) => format!("use.{}.{}", of.key(), worth.key()),
            Self::Moment(moment) => moment.key().to_owned(),
            Self::BreakEven(variable, basis, stage) => {
                format!("break_even.{}.{}.{}", stage.key(), basis.key(), variable.key())
            }
        }
    }

    /// Describes the figure.
    pub fn text(self) -> String {
        match self {
            Self::Npv => "Net present value after tax and financing".to_owned(),
            Self::NpvProject => "Net present value before tax and financing".to_owned(),
            Self::Outlay => "Present value of machines, duty and sites".to_owned(),
            Self::Return => "Return per year, before tax and financing".to_owned(),
            Self::InternalRate => "Internal rate of return per year, base path".to_owned(),
            Self::SignChanges => "Sign changes of monthly flows, base path".to_owned(),
            Self::Payback => "Payback, before tax and financing".to_owned(),
            Self::CostPerBtc => "All costs per bitcoin".to_owned(),
            Self::CashCostPerBtc => "Running costs per bitcoin".to_owned(),
            Self::StateValue => "Present value of the state's flows".to_owned(),
            Self::Net(party, ..) | Self::NetValue(party) => party.to_string(),
            Self::PowerSystemValue => "Power system, before any party covers a loss".to_owned(),
            Self::ForeignExchangeValue => "Foreign exchange, inflow less outflow".to_owned(),
            Self::NationalValue => "The nation, without externalities".to_owned(),
            Self::NationalValueWith(counted) => format!("The nation, {}", counted.text()),
            Self::Flow(kind, ..) | Self::FlowValue(kind) => kind.to_string(),
            Self::Quantity(quantity, _) => quantity.spec().text.to_owned(),
            Self::Border(means, ..) => format!("Across the border, {}", means.key()),
            Self::National(..) => "The nation, without externalities".to_owned(),
            Self::Externality(Externality::LostLoad, _) => "Lost load of others".to_owned(),
            Self::Externality(Externality::Carbon, _) => "Carbon at the stated price".to_owned(),
            Self::Subsidy(..) => "Subsidy against a reference".to_owned(),
            Self::SteadySubsidy(..) => "Yearly subsidy against a reference".to_owned(),
            Self::Class(..) => "Savings on the bills of a class of other consumers".to_owned(),
            Self::ClassConsumer(_) => "Savings per consumer of a class and month".to_owned(),
            Self::Payments(line, _) => line.text().to_owned(),
            Self::Month(column, _) => column.text().to_owned(),
            Self::Dispatch(column, _) => column.text().to_owned(),
            Self::Use(of, _) => of.text().to_owned(),
            Self::Moment(moment) => moment.text().to_owned(),
            Self::BreakEven(variable, ..) => format!("{} at break-even", variable.text()),
        }
    }

    /// Numbers of its equations in `METHODS.md`.
    pub fn equations(self) -> &'static str {
        match self {
            Self::Npv | Self::NpvProject => "M28",
            Self::Outlay | Self::Return | Self::InternalRate | Self::SignChanges => "M29",
            Self::Payback => "M30",
            Self::CostPerBtc | Self::CashCostPerBtc => "M4, M8",
            Self::StateValue | Self::National(..) => "M27",
            Self::Net(..) | Self::NetValue(_) => "M18, M24",
            Self::PowerSystemValue | Self::ForeignExchangeValue => "M35",
            Self::NationalValue | Self::NationalValueWith(_) => "M35",
            Self::Flow(kind, ..) | Self::FlowValue(kind) => kind.spec().equations,
            Self::Quantity(quantity, _) => quantity.spec().equations,
            Self::Border(..) | Self::Payments(..) => "M25",
            Self::Externality(Externality::LostLoad, _) => "M19",
            Self::Externality(Externality::Carbon, _) => "M26",
            Self::Subsidy(..) | Self::SteadySubsidy(..) => "M31",
            Self::Class(..) | Self::ClassConsumer(_) => "M22",
            Self::Month(column, _) => column.equations(),
            Self::Dispatch(..) => "M4, M8",
            Self::Use(..) => "M34",
            Self::Moment(moment) => moment.equations(),
            Self::BreakEven(..) => "M32",
        }
    }
}
