//! The projection: value of the project, income and costs by year, the network by month.

use super::table::{FigureTable, GridRow, Layout, Section};
use crate::account::{FlowKind, Party, Quantity};
use crate::engine::{Calendar, Column, DispatchColumn, DispatchHours};
use crate::params::Denomination;
use crate::result::{Figure, Outcome, Period};

/// Whether a figure is nonzero in the base or in its band.
pub(crate) fn is_shown(outcome: &Outcome, figure: Figure) -> bool {
    outcome.get(figure).is_ok_and(|value| {
        let band = value.band.is_some_and(|band| band.points().iter().any(|(_, v)| *v != 0.0));
        value.base != 0.0 || band
    })
}

/// Receipts and payments of the operator by kind of flow.
pub(super) fn operator_flows(calendar: &Calendar, outcome: &Outcome) -> FigureTable {
    let whole = |kind: FlowKind| Figure::Flow(kind, Period::Whole, Denomination::Usd);
    let kinds = FlowKind::ALL.iter().copied().filter(|kind| {
        let own = kind.sign(Party::Operator) != 0.0 && kind.spec().class.in_npv();
        own && is_shown(outcome, whole(*kind))
    });
    let rows = kinds.map(|kind| {
        let sign = if kind.sign(Party::Operator) > 0.0 { "in" } else { "out" };
        (format!("{kind} ({sign})"), kind)
    });
    FigureTable::by_year(
        "operator_flows",
        "Receipts and payments of the operator, nominal USD",
        calendar,
        rows,
        |kind, period| Figure::Flow(kind, period, Denomination::Usd),
    )
}

/// Most years in the summary.
const MAX_YEARS: usize = 8;

/// The tables of a projection.
pub fn tables(calendar: &Calendar, outcome: &Outcome) -> Vec<FigureTable> {
    let whole = |quantity| Figure::Quantity(quantity, Period::Whole);
    // Short labels, so that each fits on one line of a terminal together with its range.
    let flow = |kind| Figure::Flow(kind, Period::Whole, Denomination::Usd);
    // With power bought ahead, energy at the tariff is only the energy beyond it.
    let ahead = [
        ("Power bought ahead", flow(FlowKind::PowerContract)),
        ("Contracted power sold", flow(FlowKind::PowerResold)),
    ];
    let ahead = ahead.into_iter().filter(|(_, figure)| is_shown(outcome, *figure));
    let energy = [
        ("Bitcoin mined", whole(Quantity::Btc)),
        ("Energy at the meter", whole(Quantity::Energy)),
        ("Energy at the tariff", flow(FlowKind::EnergyCharge)),
    ];
    let returns = [
        ("NPV", Figure::Npv),
        ("Project NPV, pre-tax", Figure::NpvProject),
        ("Outlay", Figure::Outlay),
        ("Return per year", Figure::Return),
        ("Payback", Figure::Payback),
        ("All costs per BTC", Figure::CostPerBtc),
    ];
    let rows = energy.into_iter().chain(ahead).chain(returns);
    let totals = FigureTable::labelled(
        "totals",
        "The whole project",
        rows.map(|(label, figure)| (label.to_owned(), figure)),
    )
    .with_note(
        "NPV: net present value, after tax and financing; project NPV, return and payback before both. Real, in USD \
         of the first day.",
    );
    let more = FigureTable::list(
        "totals_more",
        "The whole project: cash cost, rates, residual value",
        [
            Figure::InternalRate,
            Figure::SignChanges,
            Figure::CashCostPerBtc,
            Figure::FlowValue(FlowKind::Residual),
        ],
    )
    .with_note(
        "The residual value of machines and site is included in both net present values, but not in cash flows.",
    )
    .within(Section::Rest);
    let years = FigureTable::by_year(
        "years",
        "Bitcoin and energy by year",
        calendar,
        [("Bitcoin mined", Quantity::Btc), ("Energy used", Quantity::Energy)]
            .map(|(label, quantity)| (label.to_owned(), quantity)),
        Figure::Quantity,
    );
    // All years of a long project would not fit on a screen.
    let years = match calendar.years() > MAX_YEARS {
        true => years.within(Section::Months),
        false => years,
    };
    let flows = operator_flows(calendar, outcome).within(Section::Flows);
    let mut tables = vec![totals, more, years, flows, months(calendar).within(Section::Months)];
    tables.extend(dispatch(outcome).map(|table| table.within(Section::Months)));
    tables
}

/// Short names of calendar months.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Results of the hours of the first year by month and by decile of price; empty if all hours cost the same.
fn dispatch(outcome: &Outcome) -> impl Iterator<Item = FigureTable> {
    let is_available = |hours: &DispatchHours| {
        outcome.get(Figure::Dispatch(DispatchColumn::Hours, *hours)).is_ok()
    };
    let name = |hours: &DispatchHours| match hours {
        DispatchHours::Month(month) => MONTHS[usize::from(*month) % 12].to_owned(),
        DispatchHours::Decile(decile) => (decile + 1).to_string(),
        DispatchHours::Year => "all".to_owned(),
    };
    let rows = [
        ("hours", DispatchColumn::Hours),
        ("running", DispatchColumn::Running),
        ("standby", DispatchColumn::Standby),
        ("stopped", DispatchColumn::Stopped),
        ("mean price", DispatchColumn::Price),
        ("price paid", DispatchColumn::PricePaid),
        ("energy", DispatchColumn::Energy),
        ("bitcoin", DispatchColumn::Btc),
        ("revenue", DispatchColumn::Revenue),
        ("cost of energy", DispatchColumn::EnergyCost),
        ("margin", DispatchColumn::Margin),
    ];
    let of = |is_of_months: bool| {
        let shown: Vec<DispatchHours> = DispatchHours::all()
            .filter(|hours| match hours {
                DispatchHours::Month(_) => is_of_months,
                DispatchHours::Decile(_) => !is_of_months,
                DispatchHours::Year => true,
            })
            .filter(is_available)
            .collect();
        let row = |(label, column): (&str, DispatchColumn)| GridRow {
            label: label.to_owned(),
            figures: shown.iter().map(|hours| Figure::Dispatch(column, *hours)).collect(),
        };
        let rows = if shown.is_empty() { Vec::new() } else { rows.map(row).to_vec() };
        let (key, title) = match is_of_months {
            true => ("dispatch_months", "The hours of the first 365 days, by calendar month"),
            false => (
                "dispatch_deciles",
                "The hours of the first 365 days, by decile of price, the cheapest first",
            ),
        };
        let columns = shown.iter().map(name).collect();
        FigureTable::new(key, title, Layout::Grid { columns, rows })
    };
    let note = "Base path, without random variation of the market. Hours are weighted by installed power; energy and \
                its cost are those of mining, without monthly charges.";
    [of(true).with_note(note), of(false)].into_iter().filter(|table| !table.figures().is_empty())
}

/// The network and the project, every third month.
fn months(calendar: &Calendar) -> FigureTable {
    let shown: Vec<usize> = (0..calendar.months().len()).step_by(3).collect();
    let name = |place: &usize| {
        let month = calendar.months()[*place];
        format!("{}-{:02}", month.year, month.month + 1)
    };
    let columns = shown.iter().map(name).collect();
    let kept = [
        Column::Price,
        Column::Network,
        Column::Own,
        Column::Hashprice,
        Column::Displacement,
        Column::Power,
        Column::Btc,
        Column::Cumulative,
    ];
    let row = |column: Column| GridRow {
        label: column.text().to_owned(),
        figures: shown.iter().map(|month| Figure::Month(column, *month as u16)).collect(),
    };
    let layout = Layout::Grid { columns, rows: kept.map(row).to_vec() };
    FigureTable::new("network", "The network and the project, every third month", layout)
}
