//! The result of each party over the whole calendar.

use super::{Body, FigureResult, PageFigure, cell, headers, missing_inputs};
use crate::chart::{Bar, Bars, WIDTHS};
use crate::figures::{Point, Scale};
use crate::page::context::Context;
use crate::page::words::{joined, party_phrase, raised, typographic};
use hashwatt::econ::account::Party;
use hashwatt::econ::params::Unit;
use hashwatt::econ::result::{Counted, Figure, Value};

const SHORT: &str = "Gains and losses";

/// The bar of a figure with range, median and mark.
pub(super) fn bar(
    context: &Context,
    label: String,
    figure: Figure,
    scale: &Scale,
    bold: bool,
) -> Option<Bar> {
    let value = context.find(figure)?;
    let (median, point) = Context::median_or_base(&value);
    let factor = scale.factor();
    let range =
        value.band.map_or((value.base.min(0.0), value.base.max(0.0)), |band| (band.p05, band.p95));
    let rest = value.band.map_or_else(String::new, |band| {
        typographic(&format!(
            "({} to {})",
            scale.three_digits(band.p05),
            scale.three_digits(band.p95)
        ))
    });
    Some(Bar {
        label,
        range: (range.0 / factor, range.1 / factor),
        median: value.band.map(|_| median / factor),
        value: typographic(&scale.three_digits(median)),
        rest,
        mark: Some((context.mark(figure, point), factor)),
        hollow: false,
        tone: None,
        bold,
    })
}

/// The data rows of figures: label, key, unit and statistics.
pub(super) fn data(context: &Context, rows: &[(String, Figure)]) -> Vec<Vec<String>> {
    let mut data =
        vec![headers(&["what", "key", "unit", "base", "p05", "p50", "p95", "above_zero"])];
    for (label, figure) in rows {
        let Some(value) = context.find(*figure) else { continue };
        let key = context.mark(*figure, Point::Base).key;
        let points = [Point::Base, Point::P05, Point::P50, Point::P95, Point::Positive]
            .map(|point| point.get(&value).map_or_else(String::new, cell));
        let first = [label.clone(), key, value.unit.to_string()];
        data.push(first.into_iter().chain(points).collect());
    }
    data
}

fn is_zero(value: &Value) -> bool {
    let band = value.band.is_none_or(|band| band.p05 == 0.0 && band.p95 == 0.0);
    value.base == 0.0 && band
}

pub(super) fn figure(context: &Context) -> FigureResult {
    let parties = Party::ALL.into_iter().filter(|party| *party != Party::Operator);
    let mut rows: Vec<(String, Figure)> = parties
        .map(|party| (party.to_string(), Figure::NetValue(party)))
        .filter(|(_, figure)| context.find(*figure).is_some_and(|value| !is_zero(&value)))
        .collect();
    if rows.is_empty() {
        let missing = context.outcome.get(Figure::NetValue(Party::HomeOwners)).err();
        return Err(missing_inputs(
            SHORT,
            &missing.map(|missing| missing.keys).unwrap_or_default(),
        ));
    }
    let named = rows.clone();
    rows.push(("Nation".to_owned(), Figure::NationalValue));
    rows.extend(Counted::ALL.map(|counted| {
        (format!("Nation, {}", counted.text()), Figure::NationalValueWith(counted))
    }));
    let figures: Vec<Figure> = rows.iter().map(|(_, figure)| *figure).collect();
    let chart = |scale: &Scale| Bars {
        unit: raised(&scale.unit(Unit::Usd)),
        rows: rows
            .iter()
            .filter_map(|(label, figure)| {
                bar(context, label.clone(), *figure, scale, *figure == Figure::NationalValue)
            })
            .collect(),
        line: None,
    };
    let mut scale = context.scale(&figures);
    if chart(&scale).has_own_scales() {
        // In the scale of the largest, the others would be thousandths.
        let mut lengths: Vec<f64> =
            figures.iter().map(|figure| distance_from_zero(context, *figure)).collect();
        lengths.sort_by(f64::total_cmp);
        scale = Scale::new(Unit::Usd, lengths[lengths.len() / 2]);
    }
    let chart = chart(&scale);
    let scales = if chart.has_own_scales() { "Each bar has its own scale. " } else { "" };
    Ok(PageFigure {
        key: "parties",
        short: SHORT,
        message: message(context, &named, &scale),
        note: format!(
            "Present values over {}. Bars: 90 % of the paths; ticks: medians, which do not add up. {scales}The \
             operator\u{2019}s result is shown as its owners\u{2019}.",
            context.years()
        ),
        body: Body::Charts(Box::new(WIDTHS.map(|width| chart.picture(width)))),
        uses_project_inputs: true,
        sources: Vec::new(),
        equations: "M18, M24, M35".to_owned(),
        data: data(context, &rows),
    })
}

/// The distance of the far end of a figure's bar from zero.
fn distance_from_zero(context: &Context, figure: Figure) -> f64 {
    let value = context.find(figure);
    let band = value.and_then(|value| value.band).map(|band| band.p05.abs().max(band.p95.abs()));
    band.or(value.map(|value| value.base.abs())).unwrap_or(0.0)
}

/// The party that gains most and the party that loses most.
fn message(context: &Context, parties: &[(String, Figure)], scale: &Scale) -> String {
    let median =
        |figure: Figure| context.find(figure).map(|value| Context::median_or_base(&value).0);
    let medians: Vec<(&String, f64)> =
        parties.iter().filter_map(|(label, figure)| Some((label, median(*figure)?))).collect();
    let largest = medians.iter().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, v)| *v > 0.0);
    let smallest = medians.iter().min_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, v)| *v < 0.0);
    let unit = scale.unit(Unit::Usd);
    let clause = |(label, value): &(&String, f64), verb: &str| {
        let plural = label.starts_with("Own") || label.ends_with('s');
        let verb = if plural { verb.to_owned() } else { format!("{verb}s") };
        format!("{} {verb} {}", party_phrase(label), scale.three_digits(value.abs()))
    };
    let parts: Vec<String> =
        [largest.map(|m| clause(m, "gain")), smallest.map(|l| clause(l, "lose"))]
            .into_iter()
            .flatten()
            .collect();
    match parts.is_empty() {
        true => "No party gains or loses".to_owned(),
        false => format!("{} {unit} at the median", raised(&joined(&parts))),
    }
}
