//! Who gains and who pays: the parties, the matrix, the months, uses of the energy, the border.

use super::bars::{Bar, Frame, Piece};
use super::panel::{EndLabel, Panel, Room};
use super::style::{
    Axis, BLACK, BLUE, GREY, ORANGE, PALE, SKY, SMALL, Scaled, Stroke, TEXT, VERMILION, amount,
    anchored, figure,
};
use super::{Drawn, NoChart, Words, drawn};
use crate::study::Study;
use crate::untrusted::short;
use hashwatt::econ::{Ledger, Party};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

/// The ledger, or that there is none.
fn of<'a>(study: &'a Study, title: &'static str) -> Result<&'a Ledger, NoChart> {
    let reason = "the scenario has no tables under [ledger]".to_owned();
    study.ledger.as_ref().ok_or(NoChart { title, reason })
}

/// A party for a reader.
pub(crate) fn party_words(party: Party) -> &'static str {
    match party {
        Party::Operator => "operator",
        Party::State => "state's budget",
        Party::Distribution => "distribution companies",
        Party::Consumers => "other consumers",
        Party::Generators => "generators",
        Party::ForeignOwners => "foreign owners",
        Party::World => "rest of the world",
    }
}

fn source(study: &Study, ledger: &Ledger) -> String {
    let case = format!("; hours {}, capacity payments {}", ledger.case.name(), ledger.mode.name());
    study.source(&["power_mw", "price", "tariff", "exchange_rate"]) + &case.replace('_', " ")
}

/// What a year leaves to each, with its band.
pub(super) fn parties(study: &Study) -> Drawn {
    const TITLE: &str = "Who gains and who pays in a year";
    let ledger = match of(study, TITLE) {
        Ok(ledger) => ledger,
        Err(none) => return Ok(Err(none)),
    };
    let currency = ledger.currency.to_string();
    let named = |name: String| ledger.results.iter().find(|result| result.name == name);
    let all = Party::ALL.map(|party| (party_words(party), named(format!("net of {party}"))));
    let nation = [
        ("the nation", named("national net".to_owned())),
        ("the nation, no externalities", named("national net without externalities".to_owned())),
        ("foreign exchange", named("foreign exchange net".to_owned())),
    ];
    let rows: Vec<_> =
        all.into_iter().chain(nation).filter_map(|(name, result)| Some((name, result?))).collect();
    let ends: Vec<f64> =
        rows.iter().flat_map(|(_, r)| [r.p5, r.base, r.p95]).chain([0.0]).collect();
    let scaled = Scaled::for_most(ends.iter().fold(0.0, |most, value| most.max(value.abs())));
    let axis = Axis::over(
        format!("Net of a year, P5 to P95 ({})", scaled.unit(&currency)),
        ends.iter().map(|value| value / scaled.factor),
    );
    let bar = |(name, result): &(&str, &hashwatt::econ::LedgerResult)| {
        let colour = match (result.p5 > 0.0, result.p95 > 0.0) {
            (true, _) => SKY,
            (_, false) => VERMILION,
            _ => ORANGE,
        };
        let [p5, p95, p50] = [result.p5, result.p95, result.p50].map(|x| x / scaled.factor);
        let piece = Piece {
            from: p5,
            to: p95,
            colour,
            words: format!("median {}", figure(p50)),
            hollow: false,
        };
        Bar { name: (*name).to_owned(), note: String::new(), pieces: vec![piece] }
    };
    let bars: Vec<Bar> = rows.iter().map(bar).collect();
    let told = rows.iter().map(|(name, r)| {
        let [p5, p50, p95] = [r.p5, r.p50, r.p95].map(|value| amount(value, &currency));
        format!("{name}: {p5} to {p95}, median {p50}")
    });
    let words = Words {
        name: "parties",
        title: TITLE.to_owned(),
        caption: "Pale: a gain at P5 too. Dark: a loss at P95 too. Between: the sign is open. Money between parties \
                  sums to zero; what is beside it is real resources (fuel burnt, labour, supply lost to others) \
                  and stated externalities."
            .to_owned(),
        description: format!("{}.", told.collect::<Vec<_>>().join("; ")),
        source: source(study, ledger),
    };
    let frame = Frame {
        axis: &axis,
        base: 0.0,
        base_words: "nothing".to_owned(),
        left: 430,
        right: 1220,
        row: 58,
        crossed: None,
        top: 70,
        words_right: false,
    };
    drawn(words, frame.height(bars.len()), |area| frame.draw(area, &bars)).map(Ok)
}

/// Payers in rows, payees in columns.
pub(super) fn matrix(study: &Study) -> Drawn {
    const TITLE: &str = "Who pays whom";
    let ledger = match of(study, TITLE) {
        Ok(ledger) => ledger,
        Err(none) => return Ok(Err(none)),
    };
    let currency = ledger.currency.to_string();
    let all = Party::ALL;
    let cell = |from: Party, to: Party| ledger.matrix.cell(from, to).as_units();
    let most =
        all.iter().flat_map(|from| all.iter().map(|to| cell(*from, *to).abs())).fold(0.0, f64::max);
    let scaled = Scaled::for_most(most);
    let shown = |value: f64| match value == 0.0 {
        true => String::new(),
        false => figure(value / scaled.factor),
    };
    let told = all.iter().flat_map(|from| {
        all.iter().filter_map(|to| {
            let value = cell(*from, *to);
            let (payer, payee) = (party_words(*from), party_words(*to));
            (value != 0.0).then(|| format!("{payer} to {payee}: {}", amount(value, &currency)))
        })
    });
    let words = Words {
        name: "matrix",
        title: TITLE.to_owned(),
        caption: "Each row is a payer, each column whom it pays; the last rows are what each has: money received \
                  less paid, which sums to zero over all parties, and with real resources. Each cell's formula \
                  and inputs are in the table of flows."
            .to_owned(),
        description: format!("{}.", told.collect::<Vec<_>>().join("; ")),
        source: source(study, ledger),
    };
    const LEFT: i32 = 330;
    const CELL: (i32, i32) = (156, 60);
    const TOP: i32 = 150;
    let height = TOP + CELL.1 * 9 + 40;
    drawn(words, height as u32, |area| {
        let head = format!("Payer (row) to payee (column), a year ({})", scaled.unit(&currency));
        area.draw(&Text::new(head, (12, 8), anchored(TEXT, GREY, HPos::Left, VPos::Top)))?;
        let right = anchored(TEXT, BLACK, HPos::Right, VPos::Center);
        let centre = |size| anchored(size, BLACK, HPos::Center, VPos::Center);
        for (column, party) in all.iter().enumerate() {
            let x = LEFT + CELL.0 * column as i32 + CELL.0 / 2;
            let (first, rest) =
                party_words(*party).rsplit_once(' ').unwrap_or((party_words(*party), ""));
            area.draw(&Text::new(first.to_owned(), (x, TOP - 64), centre(SMALL)))?;
            area.draw(&Text::new(rest.to_owned(), (x, TOP - 36), centre(SMALL)))?;
        }
        let corner = |row: usize, column: usize| {
            (
                LEFT + CELL.0 * column as i32,
                TOP + CELL.1 * row as i32 + if row > 6 { 20 } else { 0 },
            )
        };
        for (row, from) in all.iter().enumerate() {
            let (_, top) = corner(row, 0);
            let name = party_words(*from).to_owned();
            area.draw(&Text::new(name, (LEFT - 16, top + CELL.1 / 2), right.clone()))?;
            for (column, to) in all.iter().enumerate() {
                let value = cell(*from, *to);
                let (x, y) = corner(row, column);
                let shade = if most > 0.0 { (value.abs() / most).sqrt() * 0.6 } else { 0.0 };
                let corners = [(x, y), (x + CELL.0, y + CELL.1)];
                let fill = if row == column { PALE.mix(0.6) } else { BLUE.mix(shade * 0.6) };
                area.draw(&Rectangle::new(corners, fill.filled()))?;
                area.draw(&Rectangle::new(corners, PALE.stroke_width(2)))?;
                let at = (x + CELL.0 / 2, y + CELL.1 / 2);
                area.draw(&Text::new(shown(value), at, centre(TEXT)))?;
            }
        }
        for (row, name) in [(7, "money, net"), (8, "with resources")] {
            let (_, top) = corner(row, 0);
            area.draw(&Text::new(name.to_owned(), (LEFT - 16, top + CELL.1 / 2), right.clone()))?;
            for (column, party) in all.iter().enumerate() {
                let net = match row {
                    7 => ledger.matrix.transfers(*party),
                    _ => ledger.matrix.net(*party),
                };
                let net = net.as_units();
                let (x, y) = corner(row, column);
                let colour = if net < 0.0 { VERMILION } else { BLACK };
                let style = anchored(TEXT, colour, HPos::Center, VPos::Center);
                let words = if net == 0.0 { "0".to_owned() } else { shown(net) };
                area.draw(&Text::new(words, (x + CELL.0 / 2, y + CELL.1 / 2), style))?;
            }
        }
        Ok(())
    })
    .map(Ok)
}

/// What the next plants cost by month beside what the site pays.
pub(super) fn months(study: &Study) -> Drawn {
    const TITLE: &str = "Fuel by month, and what the tariff leaves above it";
    let ledger = match of(study, TITLE) {
        Ok(ledger) => ledger,
        Err(none) => return Ok(Err(none)),
    };
    let currency = ledger.currency.to_string();
    let months = &ledger.months;
    let x = Axis {
        ticks: (1..=12).map(f64::from).collect(),
        ..Axis::between("Month of the year", 0.5, 12.5)
    };
    let paid = |m: &hashwatt::econ::LedgerMonth| m.paid_per_kwh;
    let cost = |m: &hashwatt::econ::LedgerMonth| m.incremental_per_kwh;
    let top = Axis::over(
        format!("At the site's meter ({currency}/kWh)"),
        months.iter().flat_map(|m| [paid(m), cost(m)]).chain([0.0]),
    );
    let earns: Vec<f64> = months.iter().map(|m| m.earns).collect();
    let scaled = Scaled::for_most(earns.iter().fold(0.0, |most, value| most.max(value.abs())));
    let bottom = Axis::over(
        format!("Tariff less incremental cost, a month ({})", scaled.unit(&currency)),
        earns.iter().map(|value| value / scaled.factor).chain([0.0]),
    );
    let told = months.iter().map(|m| {
        let plants: Vec<String> = m
            .served_by
            .iter()
            .map(|by| format!("{} {} %", short(&by.plant, 30), figure(by.share * 100.0)))
            .collect();
        let (cost, left) = (figure(cost(m)), amount(m.earns, &currency));
        format!("month {}: {cost} {currency}/kWh ({}), {left}", m.month, plants.join(", "))
    });
    let words = Words {
        name: "months",
        title: TITLE.to_owned(),
        caption: "Above: what the plants cost that would run for the site, fuel and variable operation with losses, \
                  beside what it pays for energy. Below: what that leaves or takes. Capacity payments are not in it."
            .to_owned(),
        description: format!("{}.", told.collect::<Vec<_>>().join("; ")),
        source: source(study, ledger),
    };
    drawn(words, 900, |area| {
        let (above, below) = area.split_vertically(470);
        let room = Room { right: 250, ..Room::default() };
        let mut panel = Panel::new(&above, &x, &top, room)?;
        let at = |m: &hashwatt::econ::LedgerMonth| f64::from(m.month);
        panel.line(months.iter().map(|m| (at(m), paid(m))), Stroke::dashed(BLUE, 4))?;
        panel.line(months.iter().map(|m| (at(m), cost(m))), Stroke::solid(VERMILION, 5))?;
        let last = months.last();
        panel.names(vec![
            EndLabel { y: last.map_or(0.0, paid), text: "tariff".to_owned(), colour: BLUE },
            EndLabel {
                y: last.map_or(0.0, cost),
                text: "incremental".to_owned(),
                colour: VERMILION,
            },
        ])?;
        let mut panel = Panel::new(&below, &x, &bottom, room)?;
        for (m, earns) in months.iter().zip(&earns) {
            let value = earns / scaled.factor;
            let points = [
                (at(m) - 0.35, 0f64.min(value), 0f64.max(value)),
                (at(m) + 0.35, 0f64.min(value), 0f64.max(value)),
            ];
            panel.band(&points, if value < 0.0 { VERMILION } else { SKY }, 1.0)?;
        }
        panel.across(0.0, Stroke::solid(BLACK, 3))
    })
    .map(Ok)
}

/// What the system has left over in the hours of the year.
pub(super) fn surplus(study: &Study) -> Drawn {
    const TITLE: &str = "Surplus over the hours of the year";
    let ledger = match of(study, TITLE) {
        Ok(ledger) => ledger,
        Err(none) => return Ok(Err(none)),
    };
    let Some(found) = &ledger.surplus else {
        let reason = "no profile of hours is given".to_owned();
        return Ok(Err(NoChart { title: TITLE, reason }));
    };
    let mut hours = 0.0;
    let mut points = Vec::new();
    for step in &found.steps {
        points.push((hours, step.free_mw));
        hours += step.hours;
        points.push((hours, step.free_mw));
    }
    let enough: f64 =
        found.steps.iter().filter(|s| s.free_mw >= found.load_mw).map(|s| s.hours).sum();
    let none: f64 = found.steps.iter().filter(|s| s.free_mw <= 0.0).map(|s| s.hours).sum();
    let x = Axis::between("Hours of the year, the most surplus first (h)", 0.0, hours.max(1.0));
    let values = points.iter().map(|point| point.1).chain([0.0, found.load_mw]);
    let y = Axis::over("Available less demand (MW)", values);
    let words = Words {
        name: "surplus",
        title: TITLE.to_owned(),
        caption: "Where the curve lies below the site's load, the site takes what others lack unless it is \
                  curtailed. Whether surplus can be brought to the site is another question, and so is its fuel."
            .to_owned(),
        description: format!(
            "Room for all of the site, {} MW at the plants, in {} of {} hours; none at all in {} hours.",
            figure(found.load_mw),
            figure(enough),
            figure(hours),
            figure(none)
        ),
        source: format!("Source: hours of {}: {}", short(&found.as_of, 20), short(&found.source, 300)),
    };
    drawn(words, 620, |area| {
        let room = Room { right: 220, ..Room::default() };
        let mut panel = Panel::new(area, &x, &y, room)?;
        let filled: Vec<_> = points.iter().map(|(x, y)| (*x, 0f64.min(*y), 0f64.max(*y))).collect();
        panel.band(&filled, SKY, 0.6)?;
        panel.line(points.iter().copied(), Stroke::solid(BLUE, 4))?;
        panel.across(0.0, Stroke::solid(BLACK, 3))?;
        panel.across(found.load_mw, Stroke::dashed(VERMILION, 4))?;
        let text = "the site".to_owned();
        panel.names(vec![EndLabel { y: found.load_mw, text, colour: VERMILION }])
    })
    .map(Ok)
}

/// What a MWh does in each use.
pub(super) fn uses(study: &Study) -> Drawn {
    const TITLE: &str = "What else the energy could do";
    let ledger = match of(study, TITLE) {
        Ok(ledger) => ledger,
        Err(none) => return Ok(Err(none)),
    };
    let mut bars = Vec::new();
    let mut ends = vec![0.0];
    let mut told = Vec::new();
    for one in &ledger.uses {
        let name = match one.name {
            "mining" => "mining",
            "ai" => "AI",
            "industry" => "industry",
            "household_tariff" => "households, at their tariff",
            "household_lost_load" => "households, lost load",
            "idle" => "left idle: fuel saved",
            other => other,
        };
        let mut parts = Vec::new();
        for (what, value, colour) in [
            ("gross", Some(one.gross), PALE),
            ("after energy", Some(one.after_energy), SKY),
            ("after capital", one.after_capital, VERMILION),
            ("local value added", Some(one.local_value_added), BLUE),
        ] {
            let Some(value) = value else { continue };
            ends.push(value);
            parts.push(format!("{what} {}", figure(value)));
            let first = what == "gross";
            bars.push(Bar {
                name: if first { format!("{name}: {what}") } else { what.to_owned() },
                note: String::new(),
                pieces: vec![Piece {
                    from: 0.0,
                    to: value,
                    colour,
                    words: figure(value),
                    hollow: false,
                }],
            });
        }
        told.push(format!("{name}: {}", parts.join(", ")));
    }
    let room = ends.iter().copied().fold(0.0, f64::min) * 1.25;
    let axis = Axis::over("At the site's meter (USD/MWh)", ends.into_iter().chain([room]));
    let words = Words {
        name: "uses",
        title: TITLE.to_owned(),
        caption: "Each use by itself on all megawatts: what a MWh brings, what is left after energy, after machines \
                  and sites as an annuity, and what stays in the country. Values of industry and of lost load \
                  are orders of size."
            .to_owned(),
        description: format!("USD per MWh. {}.", told.join("; ")),
        source: source(study, ledger),
    };
    let frame = Frame {
        axis: &axis,
        base: 0.0,
        base_words: "nothing".to_owned(),
        left: 480,
        right: 1260,
        row: 40,
        crossed: None,
        top: 70,
        words_right: false,
    };
    drawn(words, frame.height(bars.len()), |area| frame.draw(area, &bars)).map(Ok)
}

/// What crosses the border in the first year.
pub(super) fn border(study: &Study) -> Drawn {
    const TITLE: &str = "Foreign exchange: what comes in and what goes out";
    let ledger = match of(study, TITLE) {
        Ok(ledger) => ledger,
        Err(none) => return Ok(Err(none)),
    };
    let Some(first) = ledger.foreign_exchange.first() else {
        return Ok(Err(NoChart { title: TITLE, reason: "no year is followed".to_owned() }));
    };
    let parts: Vec<_> = [
        ("bitcoin sold and brought home", first.bitcoin_in, SKY),
        ("computing sold abroad", first.ai_in, SKY),
        ("imported fuel at the margin", -first.fuel_out, VERMILION),
        ("machines and equipment", -first.machines_out, VERMILION),
        ("spares and services", -first.spares_and_costs_out, VERMILION),
        ("debt service", -first.debt_out, VERMILION),
        ("profit remitted", -first.profit_out, VERMILION),
        ("new plants", -first.plants_out, VERMILION),
        ("net", first.net, BLUE),
        ("apart: bitcoin held", first.bitcoin_held, PALE),
    ]
    .into_iter()
    .filter(|(name, value, _)| *value != 0.0 || *name == "net")
    .collect();
    let most = parts.iter().fold(0.0, |most: f64, part| most.max(part.1.abs()));
    let scaled = Scaled::for_most(most);
    let values = parts.iter().map(|part| part.1 / scaled.factor);
    let room = values.clone().fold(0.0, f64::min) * 1.2;
    let axis =
        Axis::over(format!("First year ({})", scaled.unit("USD")), values.chain([0.0, room]));
    let bars: Vec<Bar> = parts
        .iter()
        .map(|(name, value, colour)| {
            let to = value / scaled.factor;
            let piece = Piece { from: 0.0, to, colour: *colour, words: figure(to), hollow: false };
            Bar { name: (*name).to_owned(), note: String::new(), pieces: vec![piece] }
        })
        .collect();
    let told = parts.iter().map(|(name, value, _)| format!("{name} {}", amount(*value, "USD")));
    let words = Words {
        name: "border",
        title: TITLE.to_owned(),
        caption: "Only bitcoin that is really sold and brought home earns foreign exchange; what is held or kept \
                  abroad does not. Later years are in the table."
            .to_owned(),
        description: format!("{}.", told.collect::<Vec<_>>().join("; ")),
        source: source(study, ledger),
    };
    let frame = Frame {
        axis: &axis,
        base: 0.0,
        base_words: "nothing".to_owned(),
        left: 460,
        right: 1240,
        row: 54,
        crossed: None,
        top: 70,
        words_right: false,
    };
    drawn(words, frame.height(bars.len()), |area| frame.draw(area, &bars)).map(Ok)
}
