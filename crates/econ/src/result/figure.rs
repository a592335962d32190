//! The figures: every number of a report has one, and so one value wherever it is shown.

use super::{Basis, Moment, PaymentLine, Stage, Use, Variable, Worth};
use crate::account::{FlowKind, MeansOfPayment, Party, Quantity};
use crate::currency::Currency;
use crate::engine::{Column, DispatchColumn, DispatchHours};
use crate::params::{Denomination, Unit};

/// A calendar year of the accounts, or all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Period {
    /// A calendar year by its place, from 0.
    Year(u8),
    /// From the start to the horizon.
    Whole,
}

/// A cost to others without a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Externality {
    /// Energy that others lack, at the stated value of lost load.
    LostLoad,
    /// Carbon at the stated price: marginal where plants are known, else average.
    Carbon,
}

impl Externality {
    /// Both.
    pub const ALL: [Self; 2] = [Self::LostLoad, Self::Carbon];

    /// The key in machine formats.
    pub fn key(self) -> &'static str {
        match self {
            Self::LostLoad => "lost_load_usd",
            Self::Carbon => "carbon_usd",
        }
    }
}

/// Which stated externalities are counted with the nation's result.
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

    /// The externalities that it counts.
    pub fn externalities(self) -> &'static [Externality] {
        match self {
            Self::LostLoad => &[Externality::LostLoad],
            Self::Carbon => &[Externality::Carbon],
            Self::Both => &Externality::ALL,
        }
    }

    /// The key in machine formats.
    pub fn key(self) -> &'static str {
        match self {
            Self::LostLoad => "with_lost_load",
            Self::Carbon => "with_carbon",
            Self::Both => "with_both_externalities",
        }
    }

    /// What is counted, for a reader.
    pub fn text(self) -> &'static str {
        match self {
            Self::LostLoad => "with the value of lost load",
            Self::Carbon => "with the price of carbon",
            Self::Both => "with lost load and carbon",
        }
    }
}

/// A figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Figure {
    /// Net present value after tax and financing (M28).
    Npv,
    /// Net present value before both (M28).
    NpvProject,
    /// Present value of machines, duty and sites (M29).
    Outlay,
    /// Return a year (M29).
    Return,
    /// Internal rate of return a year of the base, where its flows change sign once (M29).
    InternalRate,
    /// How often the base's monthly flows change sign (M29).
    SignChanges,
    /// Years to payback (M30).
    Payback,
    /// Running costs and outlays for a bitcoin, undiscounted.
    CostPerBtc,
    /// Running costs for a bitcoin.
    CashCostPerBtc,
    /// Present value of the state's flows at its own rate (M27).
    StateValue,
    /// What a party has of a period.
    Net(Party, Period, Denomination),
    /// Present value of what a party has.
    NetValue(Party),
    /// Present value of what the operator pays the power system less what serving it costs, before anybody covers
    /// a shortfall (M35).
    PowerSystemValue,
    /// Present value of foreign exchange in less out (M35).
    ForeignExchangeValue,
    /// Present value of what the nation has, externalities left out (M35).
    NationalValue,
    /// The same with stated externalities.
    NationalValueWith(Counted),
    /// A kind of flow.
    Flow(FlowKind, Period, Denomination),
    /// Present value of a kind of flow.
    FlowValue(FlowKind),
    /// A quantity; for the whole time its sum, or for what stands at a year's end the last.
    Quantity(Quantity, Period),
    /// What crosses the border in one means (M25).
    Border(MeansOfPayment, Period, Denomination),
    /// What the nation has (M27), externalities left out.
    National(Period, Denomination),
    /// A cost to others without a payment; negative.
    Externality(Externality, Period),
    /// What a reference would have brought less what the site pays (M31), by the reference's place.
    Subsidy(u8, Period, Denomination),
    /// The same of a steady year at day-one prices.
    SteadySubsidy(u8, Denomination),
    /// What a class of other consumers has of it, by the class's place (M22).
    Class(u8, Period),
    /// The same for each of its consumers a month, mean of the years.
    ClassConsumer(u8),
    /// What a MWh is worth in a use (M34).
    Use(Use, Worth),
    /// A line of the base's balance of payments in a month, by the month's place (M25).
    Payments(PaymentLine, u16),
    /// A month's figure by its place.
    Month(Column, u16),
    /// What some hours of the base's first year come to, where hours differ in price (M8).
    Dispatch(DispatchColumn, DispatchHours),
    /// A figure of the steady year (M33).
    Moment(Moment),
    /// Where income equals cost in the steady year (M32).
    BreakEven(Variable, Basis, Stage),
}

impl Figure {
    /// The unit; `local` is the scenario's currency.
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

    /// The key in machine formats, periods and denominations left out.
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

    /// What it is, for a reader.
    pub fn text(self) -> String {
        match self {
            Self::Npv => "Net present value after tax and financing".to_owned(),
            Self::NpvProject => "Net present value before tax and financing".to_owned(),
            Self::Outlay => "Present value of machines, duty and sites".to_owned(),
            Self::Return => "Return a year, before tax and financing".to_owned(),
            Self::InternalRate => "Internal rate of return a year, base alone".to_owned(),
            Self::SignChanges => "Changes of sign of the base's monthly flows".to_owned(),
            Self::Payback => "Payback, before tax and financing".to_owned(),
            Self::CostPerBtc => "All costs for a bitcoin".to_owned(),
            Self::CashCostPerBtc => "Running costs for a bitcoin".to_owned(),
            Self::StateValue => "Present value of the state's flows".to_owned(),
            Self::Net(party, ..) | Self::NetValue(party) => party.to_string(),
            Self::PowerSystemValue => "Power system, before anybody covers a shortfall".to_owned(),
            Self::ForeignExchangeValue => "Foreign exchange in less out".to_owned(),
            Self::NationalValue => "The nation, externalities left out".to_owned(),
            Self::NationalValueWith(counted) => format!("The nation, {}", counted.text()),
            Self::Flow(kind, ..) | Self::FlowValue(kind) => kind.to_string(),
            Self::Quantity(quantity, _) => quantity.spec().text.to_owned(),
            Self::Border(means, ..) => format!("Across the border, {}", means.key()),
            Self::National(..) => "The nation, externalities left out".to_owned(),
            Self::Externality(Externality::LostLoad, _) => "Lost load of others".to_owned(),
            Self::Externality(Externality::Carbon, _) => "Carbon at the stated price".to_owned(),
            Self::Subsidy(..) => "Subsidy against a reference".to_owned(),
            Self::SteadySubsidy(..) => "Subsidy of a year against a reference".to_owned(),
            Self::Class(..) => "Bills of a class of other consumers: what it saves".to_owned(),
            Self::ClassConsumer(_) => "The same for each of its consumers a month".to_owned(),
            Self::Payments(line, _) => line.text().to_owned(),
            Self::Month(column, _) => column.text().to_owned(),
            Self::Dispatch(column, _) => column.text().to_owned(),
            Self::Use(of, _) => of.text().to_owned(),
            Self::Moment(moment) => moment.text().to_owned(),
            Self::BreakEven(variable, ..) => format!("{} at break-even", variable.text()),
        }
    }

    /// Numbers of the equations that make it.
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
