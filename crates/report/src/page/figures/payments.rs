//! Payments between parties: a table of payers and payees, shaded by amount.

use super::{Body, FigureResult, PageFigure, cell, headers, missing_inputs};
use crate::figures::Scale;
use crate::page::context::Context;
use crate::page::words::{lowered, party_phrase, raised, typographic};
use hashwatt::econ::account::{FlowKind, Party};
use hashwatt::econ::params::Unit;
use hashwatt::econ::result::Figure;

const SHORT: &str = "Payments between parties";

/// A flow that is not zero, with its base value.
struct Paid {
    kind: FlowKind,
    usd: f64,
}

pub(super) fn figure(context: &Context) -> FigureResult {
    let paid: Vec<Paid> = FlowKind::ALL
        .iter()
        .filter_map(|&kind| {
            let usd = context.find(Figure::FlowValue(kind))?.base;
            (usd != 0.0).then_some(Paid { kind, usd })
        })
        .collect();
    if paid.is_empty() {
        let missing = context.outcome.get(Figure::FlowValue(FlowKind::EnergyCharge)).err();
        return Err(missing_inputs(
            SHORT,
            &missing.map(|missing| missing.keys).unwrap_or_default(),
        ));
    }
    let between = |from: Party, to: Party| -> f64 {
        let both = |p: &&Paid| p.kind.spec().from == Some(from) && p.kind.spec().to == Some(to);
        paid.iter().filter(both).map(|paid| paid.usd).sum()
    };
    let used = |from: Party| -> f64 {
        let used = |p: &&Paid| p.kind.spec().from == Some(from) && p.kind.spec().to.is_none();
        paid.iter().filter(used).map(|paid| paid.usd).sum()
    };
    let shown: Vec<Party> = Party::ALL
        .into_iter()
        .filter(|party| paid.iter().any(|paid| paid.kind.sign(*party) != 0.0))
        .collect();
    let largest = shown
        .iter()
        .flat_map(|from| shown.iter().map(|to| between(*from, *to)))
        .chain(shown.iter().map(|from| used(*from)))
        .fold(0.0f64, |largest, value| largest.max(value.abs()));
    let scale = Scale::new(Unit::Usd, largest);
    let table = html(&shown, &scale, largest, &between, &used);
    let mut data = vec![headers(&["from", "to", "flow", "present_value_usd", "equations"])];
    let name = |party: Option<Party>| party.map_or("none", Party::key).to_owned();
    data.extend(paid.iter().map(|paid| {
        let spec = paid.kind.spec();
        vec![
            name(spec.from),
            name(spec.to),
            spec.key.to_owned(),
            cell(paid.usd),
            spec.equations.to_owned(),
        ]
    }));
    Ok(PageFigure {
        key: "payments",
        short: SHORT,
        message: message(&paid, &scale),
        body: Body::Table(table),
        uses_project_inputs: true,
        sources: Vec::new(),
        note: format!(
            "{}, present values over {}, all inputs at their base values. Rows pay, columns receive; a darker \
             background means a larger amount. \u{201c}Used up\u{201d} is domestic labour, fuel and materials, which \
             are not paid to a party.",
            raised(&scale.unit(Unit::Usd)),
            context.years()
        ),
        equations: equations(&paid),
        data,
    })
}

fn equations(paid: &[Paid]) -> String {
    let mut all: Vec<&str> =
        paid.iter().flat_map(|paid| paid.kind.spec().equations.split(", ")).collect();
    all.sort_by_key(|name| name.trim_start_matches('M').parse::<u32>().unwrap_or(0));
    all.dedup();
    all.join(", ")
}

fn html(
    shown: &[Party],
    scale: &Scale,
    largest: f64,
    between: &dyn Fn(Party, Party) -> f64,
    used: &dyn Fn(Party) -> f64,
) -> String {
    let payees: Vec<Party> = shown
        .iter()
        .copied()
        .filter(|to| shown.iter().any(|from| between(*from, *to) != 0.0))
        .collect();
    let has_used = shown.iter().any(|from| used(*from) != 0.0);
    let cell = |value: f64| match value {
        0.0 => "<td class=\"d\"></td>".to_owned(),
        value => {
            // Five shades of grey on which text stays legible.
            let grey = ((value.abs() / largest).sqrt() * 4.0).round();
            format!("<td class=\"d g{grey}\">{}</td>", typographic(&scale.three_digits(value)))
        }
    };
    let heads: String =
        payees.iter().map(|to| format!("<th scope=\"col\" class=\"d\">{to}</th>")).collect();
    let used_head = if has_used { "<th scope=\"col\" class=\"d\">Used up</th>" } else { "" };
    let rows: String = shown
        .iter()
        .filter(|from| payees.iter().any(|to| between(**from, *to) != 0.0) || used(**from) != 0.0)
        .map(|from| {
            let cells: String = payees.iter().map(|to| cell(between(*from, *to))).collect();
            let last = if has_used { cell(used(*from)) } else { String::new() };
            format!("<tr><th scope=\"row\">{from}</th>{cells}{last}</tr>")
        })
        .collect();
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Payments between parties\"><table class=\"matrix\">\
         <thead><tr><th scope=\"col\">Payer \u{2193}, payee \u{2192}</th>{heads}{used_head}</tr></thead>\
         <tbody>{rows}</tbody></table></div>"
    )
}

/// The largest payment between two parties.
fn message(paid: &[Paid], scale: &Scale) -> String {
    let both = |paid: &&Paid| paid.kind.spec().from.is_some() && paid.kind.spec().to.is_some();
    let largest = paid.iter().filter(both).max_by(|a, b| a.usd.abs().total_cmp(&b.usd.abs()));
    let Some(largest) = largest else { return "No party pays another".to_owned() };
    let spec = largest.kind.spec();
    let party =
        |party: Option<Party>| party.map_or_else(String::new, |p| party_phrase(&p.to_string()));
    format!(
        "The largest payment is {} {}: {}, from {} to {}",
        typographic(&scale.three_digits(largest.usd)),
        scale.unit(Unit::Usd),
        lowered(spec.text),
        party(spec.from),
        party(spec.to)
    )
}
