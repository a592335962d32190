//! Foreign exchange: what brings dollars in and what takes them out.

use super::parties::{bar, data};
use super::{Body, LeftOut, Made, PageFigure, lacks};
use crate::chart::{Bar, Bars, WIDTHS};
use crate::figures::Scale;
use crate::page::context::Context;
use crate::page::words::{lowered, raised};
use hashwatt::econ::Currency;
use hashwatt::econ::account::{FlowKind, MeansOfPayment, Party};
use hashwatt::econ::params::Unit;
use hashwatt::econ::result::Figure;

const SHORT: &str = "Foreign exchange";
/// A flow smaller than this part of the largest is not drawn; the data have it.
const LEAST: f64 = 0.005;

/// +1 where a kind brings money into the country, -1 where it takes it out, 0 where it does not cross the border.
fn way(kind: FlowKind) -> f64 {
    let spec = kind.spec();
    match (spec.from, spec.to) {
        (Some(from), Some(to)) if spec.means == MeansOfPayment::Money => {
            f64::from(to.is_home()) - f64::from(from.is_home())
        }
        _ => 0.0,
    }
}

pub(super) fn figure(of: &Context) -> Made {
    // At home in the dollar nothing is exchanged.
    if of.study.resolved().currency == Currency::USD {
        let reason =
            "the country\u{2019}s own money is the dollar, or none other is named".to_owned();
        return Err(LeftOut { short: SHORT, reason });
    }
    let total = Figure::ForeignExchangeValue;
    if let Err(missing) = of.outcome.get(total) {
        return Err(lacks(SHORT, &missing.keys));
    }
    let base = |kind: FlowKind| of.find(Figure::FlowValue(kind)).map_or(0.0, |value| value.base);
    let mut kinds: Vec<FlowKind> =
        FlowKind::ALL.iter().copied().filter(|&k| way(k) != 0.0 && base(k) != 0.0).collect();
    kinds.sort_by(|a, b| (way(*b) * base(*b)).total_cmp(&(way(*a) * base(*a))));
    let largest = kinds.iter().fold(0.0f64, |most, &kind| most.max(base(kind).abs()));
    let figures: Vec<Figure> =
        kinds.iter().map(|&kind| Figure::FlowValue(kind)).chain([total]).collect();
    let scale = of.scale(&figures);
    let rows = |kind: &FlowKind| {
        let bar = bar(of, kind.to_string(), Figure::FlowValue(*kind), &scale, false)?;
        Some(if way(*kind) > 0.0 { bar } else { outwards(bar) })
    };
    let shown = kinds.iter().filter(|kind| base(**kind).abs() >= LEAST * largest);
    let mut bars: Vec<Bar> = shown.filter_map(rows).collect();
    bars.extend(bar(of, "In less out".to_owned(), total, &scale, true));
    let chart = Bars { unit: raised(&scale.unit(Unit::Usd)), rows: bars, line: None };
    let mut named: Vec<(String, Figure)> =
        kinds.iter().map(|&kind| (kind.to_string(), Figure::FlowValue(kind))).collect();
    named.push(("In less out".to_owned(), total));
    Ok(PageFigure {
        key: "exchange",
        short: SHORT,
        message: message(&kinds, &base, &scale),
        body: Body::Charts(Box::new(WIDTHS.map(|wide| chart.picture(wide)))),
        of_project: true,
        sources: Vec::new(),
        note: format!(
            "Present values over {}; right of zero money comes in, left of it money goes out. Bars hold 90 % of \
             the draws. Loans and equity are lines of their own. Flows below 0.5 % of the largest are in the data \
             alone.",
            of.years()
        ),
        equations: "M25, M35".to_owned(),
        data: data(of, &named),
    })
}

/// An amount that leaves the country: drawn to the left.
fn outwards(bar: Bar) -> Bar {
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
        .max_by(|a, b| (way(**a) * base(**a)).total_cmp(&(way(**b) * base(**b))));
    let outward =
        kinds.iter().min_by(|a, b| (way(**a) * base(**a)).total_cmp(&(way(**b) * base(**b))));
    let inward = inward.filter(|kind| way(**kind) * base(**kind) > 0.0);
    let outward = outward.filter(|kind| way(**kind) * base(**kind) < 0.0);
    let amount = |kind: FlowKind| scale.three(base(kind).abs());
    let unit = scale.unit(Unit::Usd);
    match (inward, outward) {
        (Some(&inward), Some(&outward)) => format!(
            "As given, {} come to {} {unit}, {} to {}",
            lowered(inward.spec().text),
            amount(inward),
            lowered(outward.spec().text),
            amount(outward)
        ),
        (Some(&inward), None) => {
            format!("{} bring in {} {unit}", raised(inward.spec().text), amount(inward))
        }
        (None, Some(&outward)) => {
            format!("{} take out {} {unit}", raised(outward.spec().text), amount(outward))
        }
        (None, None) => "Nothing crosses the border".to_owned(),
    }
}
