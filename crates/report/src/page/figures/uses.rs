//! The domestic value of a MWh in each use.

use super::parties::{bar, data};
use super::{Body, FigureResult, PageFigure, missing_inputs, sources};
use crate::chart::{Bar, Bars, WIDTHS};
use crate::figures::three_digits;
use crate::page::context::Context;
use crate::page::words::{lowered, typographic};
use hashwatt::econ::result::{Figure, Use, ValueMeasure};

const SHORT: &str = "Other uses";

pub(super) fn figure(context: &Context) -> FigureResult {
    let rows: Vec<(String, Figure)> = Use::ALL
        .iter()
        .map(|&use_case| (use_case.text().to_owned(), Figure::Use(use_case, ValueMeasure::Local)))
        .filter(|(_, figure)| context.find(*figure).is_some_and(|value| value.base.is_finite()))
        .collect();
    // The project and idle plants alone are not a comparison.
    let project = context.outcome.get(Figure::Use(Use::Project, ValueMeasure::Local));
    let compared = rows.iter().any(|(_, figure)| {
        matches!(
            figure,
            Figure::Use(Use::Industry | Use::HouseholdTariff | Use::HouseholdLostLoad, _)
        )
    });
    if project.is_err() || !compared {
        let other = context.outcome.get(Figure::Use(Use::Industry, ValueMeasure::Local));
        let keys = project.err().or(other.err()).map(|missing| missing.keys);
        return Err(missing_inputs(SHORT, &keys.unwrap_or_default()));
    }
    let figures: Vec<Figure> = rows.iter().map(|(_, figure)| *figure).collect();
    let scale = context.scale(&figures);
    let bars: Vec<Bar> = rows
        .iter()
        .filter_map(|(label, figure)| {
            let is_project = matches!(figure, Figure::Use(Use::Project, _));
            bar(context, label.clone(), *figure, &scale, is_project)
        })
        .collect();
    let chart =
        Bars { unit: "USD/MWh at the site\u{2019}s meter".to_owned(), rows: bars, line: None };
    let median = |of_use: Use| {
        let value = context.find(Figure::Use(of_use, ValueMeasure::Local))?;
        Some((of_use, Context::median_or_base(&value).0))
    };
    let others = [Use::Industry, Use::HouseholdTariff, Use::HouseholdLostLoad];
    let best = others.into_iter().filter_map(median).max_by(|a, b| a.1.total_cmp(&b.1));
    let message = match (best, median(Use::Project)) {
        (Some((other, highest)), Some((_, mined))) => format!(
            "Value per MWh that stays in the country: {} {} USD, project {}",
            lowered(other.text()).split(',').next().unwrap_or_default(),
            typographic(&three_digits(highest)),
            typographic(&three_digits(mined))
        ),
        _ => "Domestic value of a MWh".to_owned(),
    };
    let mut named = rows.clone();
    for worth in [ValueMeasure::Gross, ValueMeasure::AfterEnergy, ValueMeasure::AfterCapital] {
        for of_use in Use::ALL {
            named.push((of_use.text().to_owned(), Figure::Use(of_use, worth)));
        }
    }
    let keys = [
        "uses.industry_value_added_usd_per_mwh",
        "uses.industry_local_share",
        "uses.household_tariff",
        "uses.lost_load_usd_per_kwh",
    ];
    let inputs: Vec<_> = keys.iter().filter_map(|key| context.param(key)).collect();
    Ok(PageFigure {
        key: "uses",
        short: SHORT,
        message,
        body: Body::Charts(Box::new(WIDTHS.map(|width| chart.picture(width)))),
        uses_project_inputs: true,
        sources: sources(&inputs),
        note: "Domestic value of a MWh, levelised over the project\u{2019}s life: imported fuel and machines and profits \
               paid abroad are deducted. Bars: 90 % of the paths."
            .to_owned(),
        equations: "M34".to_owned(),
        data: data(context, &named),
    })
}
