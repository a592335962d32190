//! The ledger: parties, flows, the nation, foreign exchange and carbon, by calendar year.

use super::projection::is_shown;
use super::table::{FigureTable, GridRow, Layout, Section};
use crate::account::{FlowKind, MeansOfPayment, Party, Quantity};
use crate::engine::Calendar;
use crate::params::{ConsumerClass, Denomination};
use crate::result::{Externality, Figure, Outcome, PaymentLine, Period, Use, ValueMeasure};

/// The tables of a ledger; `money` is the currency of amounts, `references` are the names of the reference
/// prices.
pub fn tables(
    calendar: &Calendar,
    outcome: &Outcome,
    money: Denomination,
    references: &[String],
    classes: &[ConsumerClass],
) -> Vec<FigureTable> {
    let classes = class_tables(calendar, classes);
    let mut tables = vec![
        parties(outcome, money),
        FigureTable::by_year(
            "net",
            "Net amount of each party by year",
            calendar,
            Party::ALL
                .into_iter()
                .filter(|party| is_shown(outcome, Figure::Net(*party, Period::Whole, money)))
                .map(|party| (party.to_string(), party)),
            |party, period| Figure::Net(party, period, money),
        )
        .within(Section::Months),
        nation(calendar, money).within(Section::Flows),
    ];
    if !references.is_empty() {
        tables.push(
            FigureTable::by_year(
                "subsidies",
                "Subsidy against each reference (negative: the bill is above the reference)",
                calendar,
                references.iter().enumerate().map(|(place, name)| (name.clone(), place as u8)),
                |place, period| Figure::Subsidy(place, period, money),
            )
            .with_note("The reference price at the customer's meter less the bill before taxes.")
            .within(Section::Months),
        );
    }
    tables.extend(classes);
    tables.push(externalities(calendar, outcome).within(Section::Months));
    tables.push(uses().within(Section::Rest));
    tables.push(border(calendar, outcome).within(Section::Flows));
    tables.extend(hard_currency(calendar, outcome, money));
    tables.extend(payments(calendar, outcome));
    tables.push(carbon(calendar, outcome).within(Section::Months));
    tables.push(flows(calendar, outcome).within(Section::Flows));
    tables
}

/// All parties over the whole project, with bands.
fn parties(outcome: &Outcome, money: Denomination) -> FigureTable {
    let net = |party| Figure::Net(party, Period::Whole, money);
    // A party with missing inputs is shown; a party without any amount is left out.
    let is_relevant =
        |party: &Party| outcome.get(net(*party)).is_err() || is_shown(outcome, net(*party));
    let parties = Party::ALL.into_iter().filter(is_relevant);
    let rows = parties.map(|party| (party.to_string(), net(party)));
    let nation = ("The nation".to_owned(), Figure::National(Period::Whole, money));
    FigureTable::labelled(
        "parties",
        "Net amount of each party over the whole project",
        rows.chain([nation]),
    )
    .with_note(
        "Nominal amounts; gains and losses of the operator belong to its owners. Without externalities.",
    )
}

/// A line of the account of the nation.
#[derive(Clone, Copy)]
enum Line {
    Border(MeansOfPayment),
    National,
}

fn nation(calendar: &Calendar, money: Denomination) -> FigureTable {
    let rows = [
        ("Foreign exchange".to_owned(), Line::Border(MeansOfPayment::Money)),
        ("Bitcoin held in the country".to_owned(), Line::Border(MeansOfPayment::Bitcoin)),
        ("Money kept abroad by domestic owners".to_owned(), Line::Border(MeansOfPayment::Abroad)),
        ("Nation (net of domestic resources used)".to_owned(), Line::National),
    ];
    FigureTable::by_year(
        "national",
        "The nation by year",
        calendar,
        rows,
        |line, period| match line {
            Line::Border(means) => Figure::Border(means, period, money),
            Line::National => Figure::National(period, money),
        },
    )
}

/// Effects on classes of other consumers, if the scenario gives classes.
fn class_tables(calendar: &Calendar, classes: &[ConsumerClass]) -> Vec<FigureTable> {
    if classes.is_empty() {
        return Vec::new();
    }
    let rows =
        || classes.iter().enumerate().map(|(place, class)| (class.name.clone(), place as u8));
    let note = "Nominal USD; positive: the class pays less than without the site. Purchases of residents from the project are excluded.";
    let mut tables = vec![
        FigureTable::by_year(
            "consumer_classes",
            "Savings on the bills of other consumers by class and year",
            calendar,
            rows(),
            Figure::Class,
        )
        .with_note(note)
        .within(Section::Months),
    ];
    let counted = rows().filter(|(_, place)| classes[usize::from(*place)].consumers.is_some());
    let each: Vec<_> = counted.map(|(name, place)| (name, Figure::ClassConsumer(place))).collect();
    if !each.is_empty() {
        let title = "Savings per consumer of a class, USD per month";
        tables.push(FigureTable::labelled("consumers", title, each));
    }
    tables
}

/// Externalities, each only if its value is stated.
fn externalities(calendar: &Calendar, outcome: &Outcome) -> FigureTable {
    let stated = Externality::ALL
        .into_iter()
        .filter(|which| outcome.get(Figure::Externality(*which, Period::Whole)).is_ok());
    let rows = stated.map(|which| (Figure::Externality(which, Period::Whole).text(), which));
    FigureTable::by_year(
        "externalities",
        "Externalities: costs to others for which the scenario states a value",
        calendar,
        rows,
        Figure::Externality,
    )
}

/// The value of a MWh in each use.
fn uses() -> FigureTable {
    let row = |of: Use| GridRow {
        label: of.text().to_owned(),
        figures: ValueMeasure::ALL.map(|worth| Figure::Use(of, worth)).to_vec(),
    };
    let columns = ["gross", "after energy", "after capital", "domestic"];
    let layout = Layout::Grid {
        columns: columns.map(str::to_owned).to_vec(),
        rows: Use::ALL.map(row).to_vec(),
    };
    FigureTable::new(
        "uses",
        "Value of a MWh at the site's meter, USD of the first day, levelised",
        layout,
    )
    .with_note(
        "For households and for the idle case, the cost of the energy to the power system is deducted.",
    )
}

/// Foreign exchange by year and kind of flow.
fn border(calendar: &Calendar, outcome: &Outcome) -> FigureTable {
    let whole = |kind| Figure::Flow(kind, Period::Whole, Denomination::Usd);
    let crossing = |kind: &FlowKind| {
        let spec = kind.spec();
        let sides = spec.from.zip(spec.to);
        let crosses = sides.is_some_and(|(from, to)| from.is_home() != to.is_home());
        crosses && spec.means == MeansOfPayment::Money && is_shown(outcome, whole(*kind))
    };
    let rows = FlowKind::ALL.iter().copied().filter(crossing).map(|kind| {
        let way = if kind.spec().to.is_some_and(Party::is_home) { "in" } else { "out" };
        (format!("{kind} ({way})"), kind)
    });
    FigureTable::by_year(
        "foreign_exchange",
        "Foreign exchange by year, USD",
        calendar,
        rows,
        |kind, period| Figure::Flow(kind, period, Denomination::Usd),
    )
}

/// The balance of payments of the base path by month; lines that are zero in all months are left out.
fn payments(calendar: &Calendar, outcome: &Outcome) -> Option<FigureTable> {
    let months = calendar.months();
    let is_nonzero = |line: &PaymentLine| {
        let one = |place: usize| outcome.get(Figure::Payments(*line, place as u16)).ok();
        (0..months.len()).filter_map(one).any(|value| value.base != 0.0)
    };
    let lines: Vec<PaymentLine> = PaymentLine::ALL.iter().copied().filter(is_nonzero).collect();
    if lines.is_empty() {
        return None;
    }
    let row = |(place, month): (usize, &crate::engine::Month)| GridRow {
        label: format!("{}-{:02}", month.year, month.month + 1),
        figures: lines.iter().map(|&line| Figure::Payments(line, place as u16)).collect(),
    };
    let layout = Layout::Grid {
        columns: lines.iter().map(|line| line.text().to_owned()).collect(),
        rows: months.iter().enumerate().map(row).collect(),
    };
    let table = FigureTable::new("payments", "Balance of payments by month, base path", layout);
    let note = "Money that crosses the border, inflow less outflow. Profit, interest and repayments leave at the end of a year.";
    Some(table.with_note(note).within(Section::Months))
}

/// Bills of the power system in US dollars, if that is not the local currency.
fn hard_currency(
    calendar: &Calendar,
    outcome: &Outcome,
    money: Denomination,
) -> Option<FigureTable> {
    let whole = Figure::Quantity(Quantity::BillInUsd, Period::Whole);
    let is_foreign = money == Denomination::Local && is_shown(outcome, whole);
    is_foreign.then(|| {
        FigureTable::by_year(
            "hard_currency",
            "Income of the power system in US dollars by year, USD",
            calendar,
            [("Bills in US dollars".to_owned(), Quantity::BillInUsd)],
            Figure::Quantity,
        )
        .with_note("Paid by domestic or foreign parties; the table above shows the part that crosses the border.")
        .within(Section::Flows)
    })
}

fn carbon(calendar: &Calendar, outcome: &Outcome) -> FigureTable {
    let kinds = [
        Quantity::AverageT,
        Quantity::MarginalT,
        Quantity::EmbodiedT,
        Quantity::DisplacedT,
        Quantity::Short,
        Quantity::Curtailed,
    ];
    let shown =
        kinds.into_iter().filter(|q| outcome.get(Figure::Quantity(*q, Period::Whole)).is_ok());
    let rows = shown.map(|quantity| (quantity.spec().text.to_owned(), quantity));
    FigureTable::by_year(
        "carbon",
        "Carbon and unserved or curtailed energy by year",
        calendar,
        rows,
        Figure::Quantity,
    )
}

/// All flows that occur, with payer and payee.
fn flows(calendar: &Calendar, outcome: &Outcome) -> FigureTable {
    let whole = |kind: FlowKind| Figure::Flow(kind, Period::Whole, Denomination::Usd);
    let shown = FlowKind::ALL.iter().copied().filter(|kind| is_shown(outcome, whole(*kind)));
    let party = |party: Option<Party>| party.map_or("no party".to_owned(), |one| one.to_string());
    let rows = shown.map(|kind| {
        let spec = kind.spec();
        (format!("{kind}: {} to {}", party(spec.from), party(spec.to)), kind)
    });
    FigureTable::by_year(
        "flows",
        "All flows by year, nominal USD",
        calendar,
        rows,
        |kind, period| Figure::Flow(kind, period, Denomination::Usd),
    )
}
