//! What each party has over the whole time.

use super::{Body, Made, PageFigure, cell, heads, lacks};
use crate::chart::{Bar, Bars, WIDTHS};
use crate::figures::{Point, Scale};
use crate::page::context::Context;
use crate::page::words::{joined, raised, typographic};
use hashwatt::econ::account::Party;
use hashwatt::econ::params::Unit;
use hashwatt::econ::result::{Counted, Figure, Value};

const SHORT: &str = "Who gains, who pays";

/// A bar of a figure with its range, its median and its mark.
pub(super) fn bar(
    of: &Context,
    label: String,
    figure: Figure,
    scale: &Scale,
    bold: bool,
) -> Option<Bar> {
    let value = of.find(figure)?;
    let (middle, point) = Context::middle(&value);
    let factor = scale.factor();
    let range =
        value.band.map_or((value.base.min(0.0), value.base.max(0.0)), |band| (band.p05, band.p95));
    let rest = value.band.map_or_else(String::new, |band| {
        typographic(&format!("({} to {})", scale.three(band.p05), scale.three(band.p95)))
    });
    Some(Bar {
        label,
        range: (range.0 / factor, range.1 / factor),
        median: value.band.map(|_| middle / factor),
        value: typographic(&scale.three(middle)),
        rest,
        mark: Some((of.mark(figure, point), factor)),
        hollow: false,
        tone: None,
        bold,
    })
}

/// Rows of CSV: what, unit, base and points.
pub(super) fn data(of: &Context, rows: &[(String, Figure)]) -> Vec<Vec<String>> {
    let mut data = vec![heads(&["what", "key", "unit", "base", "p05", "p50", "p95", "above_zero"])];
    for (label, figure) in rows {
        let Some(value) = of.find(*figure) else { continue };
        let key = of.mark(*figure, Point::Base).key;
        let points = [Point::Base, Point::P05, Point::P50, Point::P95, Point::Positive]
            .map(|point| point.of(&value).map_or_else(String::new, cell));
        let first = [label.clone(), key, value.unit.to_string()];
        data.push(first.into_iter().chain(points).collect());
    }
    data
}

fn is_nothing(value: &Value) -> bool {
    let band = value.band.is_none_or(|band| band.p05 == 0.0 && band.p95 == 0.0);
    value.base == 0.0 && band
}

pub(super) fn figure(of: &Context) -> Made {
    let parties = Party::ALL.into_iter().filter(|party| *party != Party::Operator);
    let mut rows: Vec<(String, Figure)> = parties
        .map(|party| (party.to_string(), Figure::NetValue(party)))
        .filter(|(_, figure)| of.find(*figure).is_some_and(|value| !is_nothing(&value)))
        .collect();
    if rows.is_empty() {
        let missing = of.outcome.get(Figure::NetValue(Party::HomeOwners)).err();
        return Err(lacks(SHORT, &missing.map(|missing| missing.keys).unwrap_or_default()));
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
                bar(of, label.clone(), *figure, scale, *figure == Figure::NationalValue)
            })
            .collect(),
        line: None,
    };
    let mut scale = of.scale(&figures);
    if chart(&scale).has_own_scales() {
        // Of the greatest alone the others would be thousandths.
        let mut reaches: Vec<f64> = figures.iter().map(|figure| reach(of, *figure)).collect();
        reaches.sort_by(f64::total_cmp);
        scale = Scale::new(Unit::Usd, reaches[reaches.len() / 2]);
    }
    let chart = chart(&scale);
    let scales = if chart.has_own_scales() { "Each bar has a scale of its own. " } else { "" };
    Ok(PageFigure {
        key: "parties",
        short: SHORT,
        message: message(of, &named, &scale),
        note: format!(
            "Present values over {}. Bars hold 90 % of the draws, ticks are medians; medians of different draws \
             do not add up. {scales}The operator keeps nothing: what it gains or loses is its owners\u{2019}.",
            of.years()
        ),
        body: Body::Charts(Box::new(WIDTHS.map(|wide| chart.picture(wide)))),
        of_project: true,
        sources: Vec::new(),
        equations: "M18, M24, M35".to_owned(),
        data: data(of, &rows),
    })
}

/// How far a figure's bar reaches from zero.
fn reach(of: &Context, figure: Figure) -> f64 {
    let value = of.find(figure);
    let band = value.and_then(|value| value.band).map(|band| band.p05.abs().max(band.p95.abs()));
    band.or(value.map(|value| value.base.abs())).unwrap_or(0.0)
}

/// Who gains most and who loses most.
fn message(of: &Context, parties: &[(String, Figure)], scale: &Scale) -> String {
    let median = |figure: Figure| of.find(figure).map(|value| Context::middle(&value).0);
    let medians: Vec<(&String, f64)> =
        parties.iter().filter_map(|(label, figure)| Some((label, median(*figure)?))).collect();
    let most = medians.iter().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, v)| *v > 0.0);
    let least = medians.iter().min_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, v)| *v < 0.0);
    let unit = scale.unit(Unit::Usd);
    let told = |(label, value): &(&String, f64), verb: &str| {
        let plural = label.starts_with("Own") || label.ends_with('s');
        let verb = if plural { verb.to_owned() } else { format!("{verb}s") };
        format!("{} {verb} {}", label.to_lowercase(), scale.three(value.abs()))
    };
    let parts: Vec<String> = [most.map(|m| told(m, "gain")), least.map(|l| told(l, "lose"))]
        .into_iter()
        .flatten()
        .collect();
    match parts.is_empty() {
        true => "Nobody gains or loses".to_owned(),
        false => format!("{} {unit}, by the median", raised(&joined(&parts))),
    }
}
