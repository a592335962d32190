//! Tables of parties, means of payment, classes, flows, quantities and figures.

use hashwatt_econ::Currency;
use hashwatt_econ::account::{Class, FlowKind, MeansOfPayment, Party, Quantity};
use hashwatt_econ::engine::{DispatchColumn, DispatchHours};
use hashwatt_econ::result::{Basis, Figure, Moment, Stage, Variable, all_figures};
use std::collections::BTreeSet;
use std::fmt::Write;

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}

fn party(of: Option<Party>) -> String {
    of.map_or_else(|| "none".to_owned(), |party| party.to_string())
}

pub fn parties() -> String {
    let mut text =
        "\n| party | key | domestic | definition | what it keeps |\n|---|---|---|---|---|\n"
            .to_owned();
    for party in Party::ALL {
        let (key, home) = (party.key(), yes(party.is_home()));
        let (who, keeps) = (party.definition(), party.keeps());
        writeln!(text, "| {party} | `{key}` | {home} | {who} | {keeps} |").unwrap();
    }
    text.push('\n');
    text
}

pub fn means() -> String {
    let mut text = "\n| means | crosses the border | definition |\n|---|---|---|\n".to_owned();
    for means in MeansOfPayment::ALL {
        let (key, what) = (means.key(), means.definition());
        let crosses = yes(MeansOfPayment::CROSSING.contains(&means));
        writeln!(text, "| `{key}` | {crosses} | {what} |").unwrap();
    }
    text.push('\n');
    text
}

pub fn classes() -> String {
    let mut text =
        "\n| class | in `NPV` | in `NPV` of the project | definition |\n|---|---|---|---|\n"
            .to_owned();
    for class in Class::ALL {
        let (key, what) = (class.key(), class.definition());
        let (npv, project) = (yes(class.in_npv()), yes(class.in_project()));
        writeln!(text, "| `{key}` | {npv} | {project} | {what} |").unwrap();
    }
    text.push('\n');
    text
}

pub fn flows() -> String {
    let mut text = "\n| flow | from | to | means | class | equations | description |\n|---|---|---|---|---|---|---|\n".to_owned();
    for kind in FlowKind::ALL {
        let spec = kind.spec();
        let (from, to) = (party(spec.from), party(spec.to));
        let (means, class) = (spec.means.key(), spec.class.key());
        let (key, equations, what) = (spec.key, spec.equations, spec.text);
        writeln!(text, "| `{key}` | {from} | {to} | {means} | {class} | {equations} | {what} |")
            .unwrap();
    }
    text.push('\n');
    text
}

pub fn quantities() -> String {
    let mut text =
        "\n| quantity | unit | over all years | equations | description |\n|---|---|---|---|---|\n"
            .to_owned();
    for quantity in Quantity::ALL {
        let spec = quantity.spec();
        let (key, unit, equations, what) = (spec.key, spec.unit, spec.equations, spec.text);
        let whole = if quantity.is_stock() { "last value" } else { "sum" };
        writeln!(text, "| `{key}` | {unit} | {whole} | {equations} | {what} |").unwrap();
    }
    text.push('\n');
    text
}

/// All figures, for one year, month and reference.
pub fn every_figure() -> Vec<Figure> {
    let mut figures = all_figures(1, 1, 1, true);
    let class = hashwatt_econ::params::ConsumerClass {
        name: String::new(),
        energy_share: 1.0,
        network_share: 1.0,
        at_marginal_price: None,
        consumers: Some(1.0),
    };
    figures.extend(hashwatt_econ::result::class_figures(1, &[class]));
    figures.extend([Figure::InternalRate, Figure::SignChanges]);
    let lines = hashwatt_econ::result::PaymentLine::ALL;
    figures.extend(lines.iter().map(|&line| Figure::Payments(line, 0)));
    let year = |&column: &DispatchColumn| Figure::Dispatch(column, DispatchHours::Year);
    figures.extend(DispatchColumn::ALL.iter().map(year));
    figures.extend(Moment::ALL.iter().map(|&moment| Figure::Moment(moment)));
    let local = hashwatt_econ::params::Denomination::Local;
    figures.push(Figure::SteadySubsidy(0, local));
    for variable in Variable::ALL {
        let of = |basis| Stage::ALL.map(|stage| Figure::BreakEven(variable, basis, stage));
        figures.extend(Basis::ALL.into_iter().flat_map(of));
    }
    figures
}

/// The row of a figure: its key, with a placeholder for many similar figures, and its description; `None` for
/// figures that have their own table.
fn row(figure: Figure) -> Option<(String, String)> {
    let named = |key: &str, what: &str| (key.to_owned(), what.to_owned());
    Some(match figure {
        Figure::Flow(..) => named("flow.FLOW", "A flow of a year or of the whole project"),
        Figure::FlowValue(_) => named("flow_value.FLOW", "Present value of a flow"),
        Figure::Net(..) => named("net.PARTY", "Receipts less payments of a party"),
        Figure::NetValue(_) => {
            named("net_value.PARTY", "Present value of receipts less payments of a party")
        }
        Figure::Quantity(..) => return None,
        Figure::BreakEven(variable, ..) => (
            format!("break_even.STAGE.COSTS.{}", variable.key()),
            format!("{} at which revenue equals cost", variable.text()),
        ),
        Figure::Subsidy(..) => ("subsidy.N".to_owned(), figure.text()),
        Figure::Class(..) => ("class_usd.N".to_owned(), figure.text()),
        Figure::ClassConsumer(_) => ("class_usd_per_consumer_month.N".to_owned(), figure.text()),
        Figure::SteadySubsidy(..) => ("subsidy_per_year.N".to_owned(), figure.text()),
        Figure::Use(of, measure) => {
            let what = format!("{}: {}", of.text(), measure.key().replace('_', " "));
            (figure.key(), what.replace(" usd per mwh", ", per MWh"))
        }
        Figure::Payments(..) => {
            (figure.key(), format!("By month, base path: {}", lowered(&figure.text())))
        }
        Figure::Dispatch(column, _) => (
            figure.key(),
            format!("By calendar month and by decile of the hours: {}", lowered(column.text())),
        ),
        Figure::Month(..) => (figure.key(), format!("By month: {}", lowered(&figure.text()))),
        other => (other.key(), other.text()),
    })
}

fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

pub fn figures() -> String {
    let mut text = "\n| figure | unit | equations | description |\n|---|---|---|---|\n".to_owned();
    let mut seen = BTreeSet::new();
    for figure in every_figure() {
        let Some((key, what)) = row(figure) else { continue };
        // Power of a month and of the steady year have the same key.
        if !seen.insert((key.clone(), matches!(figure, Figure::Month(..)))) {
            continue;
        }
        let equations = match figure {
            Figure::Flow(..) | Figure::FlowValue(_) => "those of the flow",
            other => other.equations(),
        };
        let unit = match figure {
            Figure::Flow(..)
            | Figure::Net(..)
            | Figure::Border(..)
            | Figure::National(..)
            | Figure::Subsidy(..)
            | Figure::SteadySubsidy(..) => "USD and local currency".to_owned(),
            other => other.unit(Currency::USD).to_string(),
        };
        writeln!(text, "| `{key}` | {unit} | {equations} | {what} |").unwrap();
    }
    text.push('\n');
    text
}
