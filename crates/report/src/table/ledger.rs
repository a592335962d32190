//! The ledger's tables.

use super::{Table, row};
use crate::chart::ledger::party_words;
use crate::chart::style::{amount, figure, minus};
use crate::untrusted::neutral;
use crate::verdict::key_words;
use hashwatt::econ::{Ledger, LedgerInput};
use hashwatt::text::plain;

/// All of them, in the order of the page.
pub(crate) fn all(ledger: &Ledger) -> Vec<Table> {
    vec![
        results(ledger),
        references(ledger),
        months(ledger),
        capacity(ledger),
        hours(ledger),
        border(ledger),
        split(ledger),
        flows(ledger),
    ]
}

fn results(ledger: &Ledger) -> Table {
    let one = |r: &hashwatt::econ::LedgerResult| {
        let shown = |value: f64| match r.unit.strip_suffix("/year") {
            Some(currency) if currency != "t" => amount(value, currency),
            _ => format!("{} {}", figure(value), r.unit),
        };
        let turns = r.flip.as_ref().map_or("no single input".to_owned(), |flip| {
            let at = format!("{} {}", figure(flip.threshold), neutral(&flip.unit));
            format!("{}: {}", key_words(&flip.input), at.trim_end())
        });
        let name = neutral(&r.name.replace('_', " "));
        row(name, [shown(r.base), shown(r.p5), shown(r.p50), shown(r.p95), turns])
    };
    Table {
        id: "ledger-results",
        caption: format!(
            "A year of {} TWh against the same year without the project: {} draws, and the one input whose \
             smallest move turns the sign",
            figure(ledger.energy_twh),
            plain(ledger.samples as f64)
        ),
        head: vec!["Result", "As given", "P5", "Median", "P95", "It turns at"],
        rows: ledger.results.iter().map(one).collect(),
        figures: false,
    }
}

fn references(ledger: &Ledger) -> Table {
    let currency = ledger.currency.to_string();
    let one = |r: &hashwatt::econ::LedgerReference| {
        let kind = r.kind.name().replace('_', " ");
        let origin = &r.input.provenance;
        row(
            format!("{kind}: {}", neutral(&r.what)),
            [
                figure(r.quoted_per_kwh),
                r.metering_point.name().replace('_', " "),
                format!("{} %", figure(r.loss_factor * 100.0)),
                figure(r.at_customer_per_kwh),
                amount(r.subsidy_per_year, &currency),
                neutral(&origin.to_string()),
            ],
        )
    };
    Table {
        id: "ledger-references",
        caption: format!(
            "The tariff against each reference ({currency}/kWh; below zero the site brings more); an average \
             is no marginal cost"
        ),
        head: vec![
            "Reference",
            "Quoted",
            "Metered at",
            "Losses",
            "At the meter",
            "A year",
            "Source",
        ],
        rows: ledger.references.iter().map(one).collect(),
        figures: false,
    }
}

fn months(ledger: &Ledger) -> Table {
    let currency = ledger.currency.to_string();
    let one = |m: &hashwatt::econ::LedgerMonth| {
        let plants: Vec<String> = m
            .served_by
            .iter()
            .map(|by| format!("{} {} %", neutral(&by.plant), figure(by.share * 100.0)))
            .collect();
        row(
            m.month.to_string(),
            [
                figure(m.hours.served),
                figure(m.hours.curtailed),
                figure(m.hours.at_risk),
                figure(m.energy_gwh),
                figure(m.incremental_per_kwh),
                figure(m.paid_per_kwh),
                amount(m.earns, &currency),
                plants.join(", "),
            ],
        )
    };
    Table {
        id: "ledger-months",
        caption: format!(
            "The months: hours, and what is earned against incremental cost ({currency}/kWh)"
        ),
        head: vec![
            "Month",
            "Served (h)",
            "Curtailed (h)",
            "At risk (h)",
            "Energy (GWh)",
            "Incremental cost",
            "Paid",
            "Earned",
            "Served by",
        ],
        rows: ledger.months.iter().map(one).collect(),
        figures: false,
    }
}

fn capacity(ledger: &Ledger) -> Table {
    let currency = ledger.currency.to_string();
    let one = |year: &hashwatt::econ::CapacityYear| {
        let mut cells = vec![figure(year.in_force), figure(year.take_or_pay)];
        cells.extend(year.left.map(|left| amount(left, &currency)));
        super::Row { name: year.year.to_string(), cells }
    };
    Table {
        id: "ledger-capacity",
        caption: "What the tariff leaves after incremental cost and capacity payments, counted in four ways: \
                  sunk, by load factor, on average, of a new plant"
            .to_owned(),
        head: vec![
            "Year",
            "Contracts in force",
            "Take or pay",
            "Sunk",
            "Load factor share",
            "Average",
            "New build",
        ],
        rows: ledger.capacity.iter().map(one).collect(),
        figures: true,
    }
}

fn hours(ledger: &Ledger) -> Table {
    let currency = ledger.currency.to_string();
    let even = |found: Option<(f64, f64)>| {
        found.map_or("never".to_owned(), |(least, most)| {
            format!("{} to {}", figure(least), figure(most))
        })
    };
    let one = |case: &hashwatt::econ::HoursCaseRow| {
        row(
            case.case.name().replace('_', " "),
            [
                figure(case.served),
                figure(case.curtailed),
                figure(case.at_risk),
                figure(case.capacity_factor),
                even(case.break_even_cash),
                amount(case.profit_after_tax, &currency),
                amount(case.national_net, &currency),
            ],
        )
    };
    Table {
        id: "ledger-hours",
        caption: format!(
            "Firm, interruptible, surplus only; an emergency has {} minutes' notice",
            plain(ledger.emergency_notice_minutes)
        ),
        head: vec![
            "Service",
            "Served (h)",
            "Curtailed (h)",
            "At risk (h)",
            "Capacity factor",
            "Cash costs met at factors",
            "Operator",
            "Nation",
        ],
        rows: ledger.hours.iter().map(one).collect(),
        figures: true,
    }
}

fn border(ledger: &Ledger) -> Table {
    let one = |year: &hashwatt::econ::FxYear| {
        let usd = |value: f64| amount(value, "USD");
        row(
            year.year.to_string(),
            [
                figure(year.rate),
                usd(year.bitcoin_in + year.ai_in),
                usd(-year.fuel_out),
                usd(-year.machines_out - year.plants_out),
                usd(-year.spares_and_costs_out),
                usd(-year.debt_out),
                usd(-year.profit_out),
                usd(year.net),
                usd(year.bitcoin_held),
            ],
        )
    };
    Table {
        id: "ledger-border",
        caption: format!("Foreign exchange by year ({} for a dollar)", ledger.currency),
        head: vec![
            "Year",
            "Rate",
            "In",
            "Fuel",
            "Machines",
            "Services",
            "Debt",
            "Profit",
            "Net",
            "Held, apart",
        ],
        rows: ledger.foreign_exchange.iter().map(one).collect(),
        figures: true,
    }
}

fn split(ledger: &Ledger) -> Table {
    let one = |point: &hashwatt::econ::SplitPoint| {
        let usd = |value: f64| amount(value, "USD");
        row(
            format!("{} %", figure(point.mining_share * 100.0)),
            [
                figure(point.btc_per_year),
                figure(point.gpus),
                usd(point.capital_usd),
                usd(point.gross_usd),
                usd(point.after_capital_usd),
                usd(point.local_value_added_usd),
            ],
        )
    };
    Table {
        id: "ledger-split",
        caption: "From all AI to all mining, a year".to_owned(),
        head: vec![
            "Mining",
            "BTC",
            "GPUs",
            "Capital",
            "Gross",
            "After capital",
            "Local value added",
        ],
        rows: ledger.split.iter().map(one).collect(),
        figures: true,
    }
}

fn flows(ledger: &Ledger) -> Table {
    let currency = ledger.currency.to_string();
    let inputs = |prefixes: &[&str]| {
        let words = prefixes.iter().map(|prefix| key_words(prefix.trim_end_matches('.')));
        words.collect::<Vec<_>>().join(", ")
    };
    let flows = ledger.matrix.flows.iter().map(|flow| {
        let spec = &flow.spec;
        row(
            spec.name,
            [
                format!("{} to {}", party_words(spec.from), party_words(spec.to)),
                amount(flow.amount.as_units(), &currency),
                spec.formula.to_owned(),
                inputs(spec.inputs),
            ],
        )
    });
    let resources = ledger.matrix.resources.iter().map(|resource| {
        let spec = &resource.spec;
        let whose = spec.party.map_or("the public", party_words);
        row(
            spec.name,
            [
                format!("falls on {whose}"),
                amount(resource.amount.as_units(), &currency),
                spec.formula.to_owned(),
                inputs(spec.inputs),
            ],
        )
    });
    Table {
        id: "ledger-flows",
        caption: "Every flow of the matrix, and what is no transfer: amount, formula and the inputs that it follows \
                  from"
            .to_owned(),
        head: vec!["Flow", "Who", "A year", "Formula", "Inputs"],
        rows: flows.chain(resources).collect(),
        figures: false,
    }
}

/// Every input of the ledger with its origin.
pub(crate) fn inputs(ledger: &Ledger) -> Table {
    let one = |input: &LedgerInput| {
        let origin = &input.provenance;
        let date = origin.as_of().map_or("–".to_owned(), |date| date.to_string());
        let range = input
            .range()
            .map_or("–".to_owned(), |(low, high)| format!("{} to {}", figure(low), figure(high)));
        row(
            key_words(&input.key),
            [
                minus(&plain(input.value)),
                if input.unit.is_empty() { "–".to_owned() } else { neutral(&input.unit) },
                range,
                origin.kind().replace('_', " "),
                date,
                neutral(&origin.detail()),
            ],
        )
    };
    Table {
        id: "ledger-inputs",
        caption: "Every input of the ledger: value, unit, range (5 % to 95 %), kind of origin, date and source"
            .to_owned(),
        head: vec!["Input", "Value", "Unit", "Range", "Kind", "As of", "Source or reason"],
        rows: ledger.inputs.iter().map(one).collect(),
        figures: false,
    }
}
