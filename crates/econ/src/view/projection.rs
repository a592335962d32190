//! A project over time: its worth, its income and costs by year, the network by month.

use super::table::{FigureTable, GridRow, Layout, Section};
use crate::account::{FlowKind, Party, Quantity};
use crate::engine::{Calendar, Column, DispatchColumn, DispatchHours};
use crate::params::Denomination;
use crate::result::{Figure, Outcome, Period};

/// Whether a figure is anything but zero in the base or in a band.
pub(crate) fn is_shown(outcome: &Outcome, figure: Figure) -> bool {
    outcome.get(figure).is_ok_and(|value| {
        let band = value.band.is_some_and(|band| band.points().iter().any(|(_, v)| *v != 0.0));
        value.base != 0.0 || band
    })
}

/// What the operator has and pays, by kind of flow, where there is any.
pub fn operator_flows(calendar: &Calendar, outcome: &Outcome) -> FigureTable {
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
        "What the operator receives and pays, nominal USD",
        calendar,
        rows,
        |kind, period| Figure::Flow(kind, period, Denomination::Usd),
    )
}

/// So many years stand in the summary.
const MAX_YEARS: usize = 8;

/// The tables of a projection.
pub fn tables(calendar: &Calendar, outcome: &Outcome) -> Vec<FigureTable> {
    let whole = |quantity| Figure::Quantity(quantity, Period::Whole);
    // Short, so that each stands on one line of a terminal beside its range.
    let flow = |kind| Figure::Flow(kind, Period::Whole, Denomination::Usd);
    // With power bought ahead, energy at the tariff is but what lies beyond it.
    let ahead = [
        ("Power bought ahead", flow(FlowKind::PowerContract)),
        ("Of it sold", flow(FlowKind::PowerResold)),
    ];
    let ahead = ahead.into_iter().filter(|(_, figure)| is_shown(outcome, *figure));
    let energy = [
        ("Bitcoin mined", whole(Quantity::Btc)),
        ("Energy at the meter", whole(Quantity::Energy)),
        ("Energy at the tariff", flow(FlowKind::EnergyCharge)),
    ];
    let worth = [
        ("NPV", Figure::Npv),
        ("NPV before tax, debt", Figure::NpvProject),
        ("Outlay", Figure::Outlay),
        ("Return a year", Figure::Return),
        ("Payback", Figure::Payback),
        ("All costs per BTC", Figure::CostPerBtc),
    ];
    let rows = energy.into_iter().chain(ahead).chain(worth);
    let totals = FigureTable::labelled(
        "totals",
        "The whole time",
        rows.map(|(label, figure)| (label.to_owned(), figure)),
    )
    .with_note(
        "NPV, net present value, after tax and financing; return and payback before both. Real, in USD of the \
         first day.",
    );
    let more = FigureTable::list(
        "totals_more",
        "The whole time: cash, rates, what is left",
        [
            Figure::InternalRate,
            Figure::SignChanges,
            Figure::CashCostPerBtc,
            Figure::FlowValue(FlowKind::Residual),
        ],
    )
    .with_note(
        "The worth of machines and site at the end is counted in both net present values and in no cash.",
    )
    .within(Section::Rest);
    let years = FigureTable::by_year(
        "years",
        "Bitcoin and energy by year",
        calendar,
        [("Bitcoin mined", Quantity::Btc), ("Energy taken", Quantity::Energy)]
            .map(|(label, quantity)| (label.to_owned(), quantity)),
        Figure::Quantity,
    );
    // A long project would not fit into a screen with all its years.
    let years = match calendar.years() > MAX_YEARS {
        true => years.within(Section::Months),
        false => years,
    };
    let flows = operator_flows(calendar, outcome).within(Section::Flows);
    let mut tables = vec![totals, more, years, flows, months(calendar).within(Section::Months)];
    tables.extend(dispatch(outcome).map(|table| table.within(Section::Months)));
    tables
}

/// Names of calendar months, short.
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// What the hours of the first year come to, by month and by tenths of them; nothing where all cost the same.
fn dispatch(outcome: &Outcome) -> impl Iterator<Item = FigureTable> {
    let is_there = |hours: &DispatchHours| {
        outcome.get(Figure::Dispatch(DispatchColumn::Hours, *hours)).is_ok()
    };
    let name = |hours: &DispatchHours| match hours {
        DispatchHours::Month(month) => MONTHS[usize::from(*month) % 12].to_owned(),
        DispatchHours::Decile(decile) => (decile + 1).to_string(),
        DispatchHours::Year => "all".to_owned(),
    };
    let rows = [
        ("hours", DispatchColumn::Hours),
        ("run", DispatchColumn::Running),
        ("stand by", DispatchColumn::Standby),
        ("stopped", DispatchColumn::Stopped),
        ("mean price", DispatchColumn::Price),
        ("price paid", DispatchColumn::PricePaid),
        ("energy", DispatchColumn::Energy),
        ("bitcoin", DispatchColumn::Btc),
        ("worth of it", DispatchColumn::Revenue),
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
            .filter(is_there)
            .collect();
        let row = |(label, column): (&str, DispatchColumn)| GridRow {
            label: label.to_owned(),
            figures: shown.iter().map(|hours| Figure::Dispatch(column, *hours)).collect(),
        };
        let rows = if shown.is_empty() { Vec::new() } else { rows.map(row).to_vec() };
        let (key, title) = match is_of_months {
            true => ("dispatch_months", "The hours of the first 365 days, by calendar month"),
            false => ("dispatch_deciles", "The same by tenths of the hours, the cheapest first"),
        };
        let columns = shown.iter().map(name).collect();
        FigureTable::new(key, title, Layout::Grid { columns, rows })
    };
    let note = "The base, without a surprise of the market. Hours count by the megawatts that are there; energy and \
                its cost are those of mining, charges by the month left out.";
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
