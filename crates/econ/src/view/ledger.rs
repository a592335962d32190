//! Who gains and who pays: parties, flows, the nation, the border, carbon, by calendar year.

use super::projection::is_shown;
use super::table::{FigureTable, GridRow, Layout, Section};
use crate::account::{FlowKind, MeansOfPayment, Party, Quantity};
use crate::engine::Calendar;
use crate::params::{ConsumerClass, Denomination};
use crate::result::{Externality, Figure, Outcome, PaymentLine, Period, Use, Worth};

/// The tables of a ledger; `money` says in what amounts are shown, `references` names what the tariff is held
/// against.
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
            "Net of each party by year",
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
                "Subsidy against each reference (negative: the site brings more)",
                calendar,
                references.iter().enumerate().map(|(place, name)| (name.clone(), place as u8)),
                |place, period| Figure::Subsidy(place, period, money),
            )
            .with_note("The reference at the customer's meter less the bill before taxes.")
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

/// Every party over the whole time, with its band.
fn parties(outcome: &Outcome, money: Denomination) -> FigureTable {
    let net = |party| Figure::Net(party, Period::Whole, money);
    // What somebody lacks is said; whoever has nothing at stake is left out.
    let is_told =
        |party: &Party| outcome.get(net(*party)).is_err() || is_shown(outcome, net(*party));
    let parties = Party::ALL.into_iter().filter(is_told);
    let rows = parties.map(|party| (party.to_string(), net(party)));
    let nation = ("The nation".to_owned(), Figure::National(Period::Whole, money));
    FigureTable::labelled(
        "parties",
        "Who gains and who pays over the whole time",
        rows.chain([nation]),
    )
    .with_note(
        "Nominal amounts; what the operator gains or loses is its owners'. Externalities are left out.",
    )
}

/// A line of the nation's account.
#[derive(Clone, Copy)]
enum Line {
    Border(MeansOfPayment),
    National,
}

fn nation(calendar: &Calendar, money: Denomination) -> FigureTable {
    let rows = [
        ("Foreign exchange".to_owned(), Line::Border(MeansOfPayment::Money)),
        ("Bitcoin held at home".to_owned(), Line::Border(MeansOfPayment::Bitcoin)),
        ("Money kept abroad, owners at home".to_owned(), Line::Border(MeansOfPayment::Abroad)),
        ("The nation, own resources taken off".to_owned(), Line::National),
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

/// Winners and losers among other consumers, where the scenario gives classes.
fn class_tables(calendar: &Calendar, classes: &[ConsumerClass]) -> Vec<FigureTable> {
    if classes.is_empty() {
        return Vec::new();
    }
    let rows =
        || classes.iter().enumerate().map(|(place, class)| (class.name.clone(), place as u8));
    let note = "Nominal USD; positive: the class pays less than without the site. What residents buy of the project is left out.";
    let mut tables = vec![
        FigureTable::by_year(
            "consumer_classes",
            "Bills of other consumers by class and year: what they save",
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
        let title = "What each consumer of a class saves a month, USD";
        tables.push(FigureTable::labelled("consumers", title, each));
    }
    tables
}

/// Lines that stand beside, each only where its value is stated.
fn externalities(calendar: &Calendar, outcome: &Outcome) -> FigureTable {
    let stated = Externality::ALL
        .into_iter()
        .filter(|which| outcome.get(Figure::Externality(*which, Period::Whole)).is_ok());
    let rows = stated.map(|which| (Figure::Externality(which, Period::Whole).text(), which));
    FigureTable::by_year(
        "externalities",
        "Beside it: costs to others that the scenario states a value for",
        calendar,
        rows,
        Figure::Externality,
    )
}

/// What a MWh is worth in each use.
fn uses() -> FigureTable {
    let row = |of: Use| GridRow {
        label: of.text().to_owned(),
        figures: Worth::ALL.map(|worth| Figure::Use(of, worth)).to_vec(),
    };
    let columns = ["gross", "after energy", "after capital", "stays at home"];
    let layout = Layout::Grid {
        columns: columns.map(str::to_owned).to_vec(),
        rows: Use::ALL.map(row).to_vec(),
    };
    FigureTable::new("uses", "A MWh at the site's meter, USD of the first day, levelised", layout)
        .with_note("Of households and of nobody the energy's cost to the system is taken off.")
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

/// The balance of payments of the base by month; lines that are nothing in all of them are left out.
fn payments(calendar: &Calendar, outcome: &Outcome) -> Option<FigureTable> {
    let months = calendar.months();
    let is_something = |line: &PaymentLine| {
        let one = |place: usize| outcome.get(Figure::Payments(*line, place as u16)).ok();
        (0..months.len()).filter_map(one).any(|value| value.base != 0.0)
    };
    let lines: Vec<PaymentLine> = PaymentLine::ALL.iter().copied().filter(is_something).collect();
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
    let table =
        FigureTable::new("payments", "Balance of payments by month, the base alone", layout);
    let note = "Money that crosses the border, in less out. Profit, interest and what is paid back leave at a year's end.";
    Some(table.with_note(note).within(Section::Months))
}

/// What the power system is billed in dollars, where that is not the country's money.
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
            "The power system's income in dollars by year, USD",
            calendar,
            [("Bills in dollars".to_owned(), Quantity::BillInUsd)],
            Figure::Quantity,
        )
        .with_note("Whoever pays them; what of it crosses the border is in the table above.")
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
        "Carbon and scarce hours by year",
        calendar,
        rows,
        Figure::Quantity,
    )
}

/// Every flow that occurs, with payer and payee.
fn flows(calendar: &Calendar, outcome: &Outcome) -> FigureTable {
    let whole = |kind: FlowKind| Figure::Flow(kind, Period::Whole, Denomination::Usd);
    let shown = FlowKind::ALL.iter().copied().filter(|kind| is_shown(outcome, whole(*kind)));
    let party = |party: Option<Party>| party.map_or("nobody", Party::key);
    let rows = shown.map(|kind| {
        let spec = kind.spec();
        (format!("{kind}: {} to {}", party(spec.from), party(spec.to)), kind)
    });
    FigureTable::by_year(
        "flows",
        "Every flow by year, nominal USD",
        calendar,
        rows,
        |kind, period| Figure::Flow(kind, period, Denomination::Usd),
    )
}
