//! What a MWh leaves in the country in each use.

use super::parties::{bar, data};
use super::{Body, Made, PageFigure, lacks, sources};
use crate::chart::{Bar, Bars, WIDTHS};
use crate::figures::three;
use crate::page::context::Context;
use crate::page::words::{lowered, typographic};
use hashwatt::econ::result::{Figure, Use, Worth};

const SHORT: &str = "Other uses";

pub(super) fn figure(of: &Context) -> Made {
    let rows: Vec<(String, Figure)> = Use::ALL
        .iter()
        .map(|&of| (of.text().to_owned(), Figure::Use(of, Worth::Local)))
        .filter(|(_, figure)| of.find(*figure).is_some_and(|value| value.base.is_finite()))
        .collect();
    // The project and idle plants alone compare with nothing.
    let project = of.outcome.get(Figure::Use(Use::Project, Worth::Local));
    let compared = rows.iter().any(|(_, figure)| {
        matches!(
            figure,
            Figure::Use(Use::Industry | Use::HouseholdTariff | Use::HouseholdLostLoad, _)
        )
    });
    if project.is_err() || !compared {
        let other = of.outcome.get(Figure::Use(Use::Industry, Worth::Local));
        let keys = project.err().or(other.err()).map(|missing| missing.keys);
        return Err(lacks(SHORT, &keys.unwrap_or_default()));
    }
    let figures: Vec<Figure> = rows.iter().map(|(_, figure)| *figure).collect();
    let scale = of.scale(&figures);
    let bars: Vec<Bar> = rows
        .iter()
        .filter_map(|(label, figure)| {
            let is_project = matches!(figure, Figure::Use(Use::Project, _));
            bar(of, label.clone(), *figure, &scale, is_project)
        })
        .collect();
    let chart =
        Bars { unit: "USD a MWh at the site\u{2019}s meter".to_owned(), rows: bars, line: None };
    let middle = |of_use: Use| {
        let value = of.find(Figure::Use(of_use, Worth::Local))?;
        Some((of_use, Context::middle(&value).0))
    };
    let others = [Use::Industry, Use::HouseholdTariff, Use::HouseholdLostLoad];
    let best = others.into_iter().filter_map(middle).max_by(|a, b| a.1.total_cmp(&b.1));
    let message = match (best, middle(Use::Project)) {
        (Some((other, most)), Some((_, mined))) => format!(
            "A MWh leaves {} USD in the country with {}, and {} with the project",
            typographic(&three(most)),
            lowered(other.text()).split(',').next().unwrap_or_default(),
            typographic(&three(mined))
        ),
        _ => "What a MWh leaves in the country".to_owned(),
    };
    let mut named = rows.clone();
    for worth in [Worth::Gross, Worth::AfterEnergy, Worth::AfterCapital] {
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
    let inputs: Vec<_> = keys.iter().filter_map(|key| of.param(key)).collect();
    Ok(PageFigure {
        key: "uses",
        short: SHORT,
        message,
        body: Body::Charts(Box::new(WIDTHS.map(|wide| chart.picture(wide)))),
        of_project: true,
        sources: sources(&inputs),
        note: "What stays at home of the value of a MWh, levelised over the project\u{2019}s time: imported fuel, \
               machines and profit that go abroad are taken off. Bars hold 90 % of the draws."
            .to_owned(),
        equations: "M34".to_owned(),
        data: data(of, &named),
    })
}
