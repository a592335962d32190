//! The change in the bills of each class of other consumers.

use super::parties::{bar, data};
use super::{Body, FigureResult, PageFigure, missing_inputs, sources};
use crate::chart::{Bars, WIDTHS};
use crate::page::context::Context;
use crate::page::words::{joined, raised, typographic};
use crate::untrusted::sanitize;
use hashwatt::econ::params::{ConsumerClass, Unit};
use hashwatt::econ::result::{Figure, Period};

const SHORT: &str = "Other consumers\u{2019} bills";

/// The classes that the scenario gives.
pub(super) fn classes<'a>(context: &Context<'a>) -> &'a [ConsumerClass] {
    context.study.resolved().inputs.bills.as_ref().map_or(&[], |bills| &bills.classes)
}

pub(super) fn figure(context: &Context) -> FigureResult {
    let figures =
        (0..classes(context).len()).map(|place| Figure::Class(place as u8, Period::Whole));
    let rows: Vec<(String, Figure)> = classes(context)
        .iter()
        .map(|class| sanitize(&class.name))
        .zip(figures)
        .filter(|(_, figure)| context.find(*figure).is_some())
        .collect();
    if rows.is_empty() {
        let missing = context.outcome.get(Figure::Class(0, Period::Whole)).err();
        return Err(missing_inputs(
            SHORT,
            &missing.map(|missing| missing.keys).unwrap_or_default(),
        ));
    }
    let figures: Vec<Figure> = rows.iter().map(|(_, figure)| *figure).collect();
    let scale = context.scale(&figures);
    let bars = rows
        .iter()
        .filter_map(|(label, figure)| bar(context, label.clone(), *figure, &scale, false))
        .collect();
    let chart = Bars { unit: raised(&scale.unit(Unit::Usd)), rows: bars, line: None };
    let clause = |(label, figure): &(String, Figure)| {
        let value = Context::median_or_base(&context.find(*figure)?).0;
        let verb = if value < 0.0 { "pay more" } else { "save" };
        Some(format!("{label} {verb} {}", scale.three_digits(value.abs())))
    };
    let message: Vec<String> = rows.iter().take(3).filter_map(clause).collect();
    let keys = ["bills.at_marginal_price", "bills.other_load_mw", "bills.network_charge"];
    let inputs: Vec<_> = keys.iter().filter_map(|key| context.param(key)).collect();
    let mut named = rows;
    named.extend(classes(context).iter().enumerate().map(|(place, class)| {
        (
            format!("{}, per consumer and month", sanitize(&class.name)),
            Figure::ClassConsumer(place as u8),
        )
    }));
    Ok(PageFigure {
        key: "classes",
        short: SHORT,
        message: typographic(&raised(&format!("{} {}", joined(&message), scale.unit(Unit::Usd)))),
        body: Body::Charts(Box::new(WIDTHS.map(|width| chart.picture(width)))),
        uses_project_inputs: true,
        sources: sources(&inputs),
        note: format!(
            "Nominal amounts over {}. Right of zero: lower bills than without the site. Included: more expensive energy, \
             shared fixed costs that the site pays, and the part of a shortfall that consumers cover. Bars: 90 % of \
             the paths.",
            context.years()
        ),
        equations: "M20, M21, M22".to_owned(),
        data: data(context, &named),
    })
}
