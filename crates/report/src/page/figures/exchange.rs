//! Foreign exchange: inflows and outflows of the country.

use super::parties::{bar, data};
use super::{Body, FigureResult, OmittedFigure, PageFigure, missing_inputs};
use crate::chart::{Bar, Bars, WIDTHS};
use crate::figures::Scale;
use crate::page::context::Context;
use crate::page::words::{lowered, raised};
use hashwatt::econ::Currency;
use hashwatt::econ::account::{FlowKind, MeansOfPayment, Party};
use hashwatt::econ::params::Unit;
use hashwatt::econ::result::Figure;

const SHORT: &str = "Foreign exchange";
/// Flows below this fraction of the largest are not drawn; the data file has them.
const MIN_DRAWN_SHARE: f64 = 0.005;

/// The direction of a flow: +1 into the country, -1 out of it, 0 if it does not cross the border.
fn direction(kind: FlowKind) -> f64 {
    let spec = kind.spec();
    match (spec.from, spec.to) {
        (Some(from), Some(to)) if spec.means == MeansOfPayment::Money => {
            f64::from(to.is_home()) - f64::from(from.is_home())
        }
        _ => 0.0,
    }
}

pub(super) fn figure(context: &Context) -> FigureResult {
    // If the local currency is the dollar, nothing is exchanged.
    if context.study.resolved().currency == Currency::USD {
        let reason = "the local currency is the US dollar, or the scenario names none".to_owned();
        return Err(OmittedFigure { short: SHORT, reason });
    }
    let total = Figure::ForeignExchangeValue;
    if let Err(missing) = context.outcome.get(total) {
        return Err(missing_inputs(SHORT, &missing.keys));
    }
    let base =
        |kind: FlowKind| context.find(Figure::FlowValue(kind)).map_or(0.0, |value| value.base);
    let mut kinds: Vec<FlowKind> =
        FlowKind::ALL.iter().copied().filter(|&k| direction(k) != 0.0 && base(k) != 0.0).collect();
    kinds.sort_by(|a, b| (direction(*b) * base(*b)).total_cmp(&(direction(*a) * base(*a))));
    let largest = kinds.iter().fold(0.0f64, |largest, &kind| largest.max(base(kind).abs()));
    let figures: Vec<Figure> =
        kinds.iter().map(|&kind| Figure::FlowValue(kind)).chain([total]).collect();
    let scale = context.scale(&figures);
    let rows = |kind: &FlowKind| {
        let bar = bar(context, kind.to_string(), Figure::FlowValue(*kind), &scale, false)?;
        Some(if direction(*kind) > 0.0 { bar } else { outflow(bar) })
    };
    let shown = kinds.iter().filter(|kind| base(**kind).abs() >= MIN_DRAWN_SHARE * largest);
    let mut bars: Vec<Bar> = shown.filter_map(rows).collect();
    bars.extend(bar(context, "Net inflow".to_owned(), total, &scale, true));
    let chart = Bars { unit: raised(&scale.unit(Unit::Usd)), rows: bars, line: None };
    let mut named: Vec<(String, Figure)> =
        kinds.iter().map(|&kind| (kind.to_string(), Figure::FlowValue(kind))).collect();
    named.push(("Net inflow".to_owned(), total));
    Ok(PageFigure {
        key: "exchange",
        short: SHORT,
        message: message(&kinds, &base, &scale),
        body: Body::Charts(Box::new(WIDTHS.map(|width| chart.picture(width)))),
        uses_project_inputs: true,
        sources: Vec::new(),
        note: format!(
            "Present values over {}. Right of zero: inflows; left: outflows. Bars: 90 % of the paths. Loans and equity \
             are separate bars. Flows below 0.5 % of the largest are in the data file only.",
            context.years()
        ),
        equations: "M25, M35".to_owned(),
        data: data(context, &named),
    })
}

/// The bar of an outflow, drawn to the left of zero.
fn outflow(bar: Bar) -> Bar {
    let sign = |text: &str| match text {
        "0" => text.to_owned(),
        text => match text.strip_prefix('\u{2212}') {
            Some(positive) => positive.to_owned(),
            None => format!("\u{2212}{text}"),
        },
    };
    let rest = bar.rest.trim_start_matches('(').trim_end_matches(')');
    let rest = rest
        .split_once(" to ")
        .map_or_else(String::new, |(low, high)| format!("({} to {})", sign(high), sign(low)));
    Bar {
        range: (-bar.range.1, -bar.range.0),
        median: bar.median.map(|median| -median),
        value: sign(&bar.value),
        rest,
        mark: bar.mark.map(|(mark, factor)| (mark, -factor)),
        ..bar
    }
}

/// The largest inflow and the largest outflow.
fn message(kinds: &[FlowKind], base: &dyn Fn(FlowKind) -> f64, scale: &Scale) -> String {
    let is_home = |kind: &&FlowKind| {
        !matches!(kind.spec().from, Some(Party::ForeignOwners | Party::ForeignLenders))
    };
    let inward = kinds
        .iter()
        .filter(is_home)
        .max_by(|a, b| (direction(**a) * base(**a)).total_cmp(&(direction(**b) * base(**b))));
    let outward = kinds
        .iter()
        .min_by(|a, b| (direction(**a) * base(**a)).total_cmp(&(direction(**b) * base(**b))));
    let inward = inward.filter(|kind| direction(**kind) * base(**kind) > 0.0);
    let outward = outward.filter(|kind| direction(**kind) * base(**kind) < 0.0);
    let amount = |kind: FlowKind| scale.three_digits(base(kind).abs());
    let unit = scale.unit(Unit::Usd);
    match (inward, outward) {
        (Some(&inward), Some(&outward)) => format!(
            "Largest inflow: {}, {} {unit}; largest outflow: {}, {} {unit}",
            lowered(inward.spec().text),
            amount(inward),
            lowered(outward.spec().text),
            amount(outward)
        ),
        (Some(&inward), None) => {
            format!("Largest inflow: {}, {} {unit}", lowered(inward.spec().text), amount(inward))
        }
        (None, Some(&outward)) => {
            format!("Largest outflow: {}, {} {unit}", lowered(outward.spec().text), amount(outward))
        }
        (None, None) => "No payment crosses the border".to_owned(),
    }
}
