//! What each class of other consumers saves, or pays more.

use super::parties::{bar, data};
use super::{Body, Made, PageFigure, lacks, sources};
use crate::chart::{Bars, WIDTHS};
use crate::page::context::Context;
use crate::page::words::{joined, raised, typographic};
use crate::untrusted::neutral;
use hashwatt::econ::params::{ConsumerClass, Unit};
use hashwatt::econ::result::{Figure, Period};

const SHORT: &str = "Other consumers\u{2019} bills";

/// The classes that the scenario gives.
pub(super) fn classes<'a>(of: &Context<'a>) -> &'a [ConsumerClass] {
    of.study.resolved().inputs.bills.as_ref().map_or(&[], |bills| &bills.classes)
}

pub(super) fn figure(of: &Context) -> Made {
    let figures = (0..classes(of).len()).map(|place| Figure::Class(place as u8, Period::Whole));
    let rows: Vec<(String, Figure)> = classes(of)
        .iter()
        .map(|class| neutral(&class.name))
        .zip(figures)
        .filter(|(_, figure)| of.find(*figure).is_some())
        .collect();
    if rows.is_empty() {
        let missing = of.outcome.get(Figure::Class(0, Period::Whole)).err();
        return Err(lacks(SHORT, &missing.map(|missing| missing.keys).unwrap_or_default()));
    }
    let figures: Vec<Figure> = rows.iter().map(|(_, figure)| *figure).collect();
    let scale = of.scale(&figures);
    let bars = rows
        .iter()
        .filter_map(|(label, figure)| bar(of, label.clone(), *figure, &scale, false))
        .collect();
    let chart = Bars { unit: raised(&scale.unit(Unit::Usd)), rows: bars, line: None };
    let told = |(label, figure): &(String, Figure)| {
        let value = Context::middle(&of.find(*figure)?).0;
        let verb = if value < 0.0 { "pay more" } else { "save" };
        Some(format!("{label} {verb} {}", scale.three(value.abs())))
    };
    let message: Vec<String> = rows.iter().take(3).filter_map(told).collect();
    let keys = ["bills.at_marginal_price", "bills.other_load_mw", "bills.network_charge"];
    let inputs: Vec<_> = keys.iter().filter_map(|key| of.param(key)).collect();
    let mut named = rows;
    named.extend(classes(of).iter().enumerate().map(|(place, class)| {
        (format!("{}, each a month", neutral(&class.name)), Figure::ClassConsumer(place as u8))
    }));
    Ok(PageFigure {
        key: "classes",
        short: SHORT,
        message: typographic(&raised(&format!("{} {}", joined(&message), scale.unit(Unit::Usd)))),
        body: Body::Charts(Box::new(WIDTHS.map(|wide| chart.picture(wide)))),
        of_project: true,
        sources: sources(&inputs),
        note: format!(
            "Nominal amounts over {}, right of zero where bills are lower than without the site: energy that is dearer, shared \
             fixed costs that the site pays, and what consumers cover of a shortfall. Bars hold 90 % of the draws.",
            of.years()
        ),
        equations: "M20, M21, M22".to_owned(),
        data: data(of, &named),
    })
}
