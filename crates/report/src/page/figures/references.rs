//! The revenue that the tariff costs or brings compared with each reference.

use super::parties::data;
use super::{Body, FigureResult, OmittedFigure, PageFigure, missing_inputs, sources};
use crate::chart::{Bar, Bars, Tone, WIDTHS};
use crate::figures::Point;
use crate::page::context::Context;
use crate::page::words::{Grade, raised, typographic, value_of};
use hashwatt::econ::result::Figure;

const SHORT: &str = "Reference prices";

pub(super) fn figure(context: &Context) -> FigureResult {
    let resolved = context.study.resolved();
    let money = context.study.money();
    if resolved.references.is_empty() {
        let reason = "the scenario gives no reference price".to_owned();
        return Err(OmittedFigure { short: SHORT, reason });
    }
    let figure = |place: usize| Figure::SteadySubsidy(place as u8, money);
    let mut places: Vec<(usize, f64)> = (0..resolved.references.len())
        .filter_map(|place| Some((place, context.find(figure(place))?.base)))
        .collect();
    if places.is_empty() {
        let missing = context.estimate.get(figure(0)).err().map(|missing| missing.keys);
        return Err(missing_inputs(SHORT, &missing.unwrap_or_default()));
    }
    places.sort_by(|a, b| b.1.total_cmp(&a.1));
    let figures: Vec<Figure> = places.iter().map(|(place, _)| figure(*place)).collect();
    let scale = context.scale(&figures);
    let unit = context.unit(figures[0]);
    let factor = scale.factor();
    let bars = places.iter().map(|(place, value)| {
        let reference = &resolved.references[*place];
        let param = resolved.table.get(reference.price.value);
        Bar {
            label: format!("{}, {}", reference.what, value_of(param, param.value)),
            range: (value.min(0.0) / factor, value.max(0.0) / factor),
            median: None,
            value: typographic(&scale.three_digits(*value)),
            rest: String::new(),
            mark: Some((context.mark(figure(*place), Point::Base), factor)),
            hollow: Grade::from_param(param) >= Grade::UserReported,
            // Lost revenue is a loss.
            tone: Some(Tone::from_sign(-value)),
            bold: false,
        }
    });
    let chart = Bars {
        unit: format!("{} per year; right of zero: lost revenue", raised(&scale.unit(unit))),
        rows: bars.collect(),
        line: None,
    };
    let prices: Vec<_> = places
        .iter()
        .map(|(place, _)| resolved.table.get(resolved.references[*place].price.value))
        .collect();
    let named: Vec<(String, Figure)> = places
        .iter()
        .map(|(place, _)| (resolved.references[*place].what.clone(), figure(*place)))
        .collect();
    let (largest, smallest) = (places[0].1, places[places.len() - 1].1);
    let amount = |value: f64| {
        let kind = if value > 0.0 { "lost" } else { "extra" };
        let number = typographic(&scale.three_digits(value.abs()));
        format!("{number} {} of {kind} revenue", scale.unit(unit))
    };
    let message = match places.len() {
        1 => format!("Compared with its reference: {} per year", amount(largest)),
        _ => format!(
            "Whether the tariff is a subsidy depends on the reference: from {} to {} per year",
            amount(largest),
            amount(smallest)
        ),
    };
    let message = match (largest > 0.0) == (smallest > 0.0) && places.len() > 1 {
        true => format!(
            "The same sign for every reference: from {} to {} per year",
            amount(largest),
            amount(smallest)
        ),
        false => message,
    };
    Ok(PageFigure {
        key: "references",
        short: SHORT,
        message,
        body: Body::Charts(Box::new(WIDTHS.map(|width| chart.picture(width)))),
        uses_project_inputs: false,
        sources: sources(&prices),
        note: "Reference price at the customer\u{2019}s meter minus the bill before taxes, for the energy of a steady \
               year at first-day prices. Orange: the tariff brings less than the reference; blue: more. Hollow: \
               assumed."
            .to_owned(),
        equations: "M31".to_owned(),
        data: data(context, &named),
    })
}
