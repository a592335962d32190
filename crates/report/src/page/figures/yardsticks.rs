//! What the tariff gives away or brings against each reference.

use super::parties::data;
use super::{Body, LeftOut, Made, PageFigure, lacks, sources};
use crate::chart::{Bar, Bars, Tone, WIDTHS};
use crate::figures::Point;
use crate::page::context::Context;
use crate::page::words::{Grade, raised, typographic, value_of};
use hashwatt::econ::result::Figure;

const SHORT: &str = "Yardsticks";

pub(super) fn figure(of: &Context) -> Made {
    let resolved = of.study.resolved();
    let money = of.study.money();
    if resolved.references.is_empty() {
        let reason = "the scenario names no reference to hold the tariff against".to_owned();
        return Err(LeftOut { short: SHORT, reason });
    }
    let figure = |place: usize| Figure::SteadySubsidy(place as u8, money);
    let mut places: Vec<(usize, f64)> = (0..resolved.references.len())
        .filter_map(|place| Some((place, of.find(figure(place))?.base)))
        .collect();
    if places.is_empty() {
        let missing = of.estimate.get(figure(0)).err().map(|missing| missing.keys);
        return Err(lacks(SHORT, &missing.unwrap_or_default()));
    }
    places.sort_by(|a, b| b.1.total_cmp(&a.1));
    let figures: Vec<Figure> = places.iter().map(|(place, _)| figure(*place)).collect();
    let scale = of.scale(&figures);
    let unit = of.unit(figures[0]);
    let factor = scale.factor();
    let bars = places.iter().map(|(place, value)| {
        let reference = &resolved.references[*place];
        let param = resolved.table.get(reference.price.value);
        Bar {
            label: format!("{}, {}", reference.what, value_of(param, param.value)),
            range: (value.min(0.0) / factor, value.max(0.0) / factor),
            median: None,
            value: typographic(&scale.three(*value)),
            rest: String::new(),
            mark: Some((of.mark(figure(*place), Point::Base), factor)),
            hollow: Grade::of(param) >= Grade::UserReported,
            // What is given away is a loss of whoever gives it.
            tone: Some(Tone::of(-value)),
            bold: false,
        }
    });
    let chart = Bars {
        unit: format!("{} a year; right of zero: given away", raised(&scale.unit(unit))),
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
    let (most, least) = (places[0].1, places[places.len() - 1].1);
    let amount = |value: f64| {
        let verb = if value > 0.0 { "given away" } else { "brought" };
        format!("{} {} {verb}", typographic(&scale.three(value.abs())), scale.unit(unit))
    };
    let message = match places.len() {
        1 => format!("Against its reference {} a year", amount(most)),
        _ => format!(
            "Whether it is a subsidy depends on the yardstick: from {} to {} a year",
            amount(most),
            amount(least)
        ),
    };
    let message = match (most > 0.0) == (least > 0.0) && places.len() > 1 {
        true => format!(
            "Against every yardstick one sign: from {} to {} a year",
            amount(most),
            amount(least)
        ),
        false => message,
    };
    Ok(PageFigure {
        key: "yardsticks",
        short: SHORT,
        message,
        body: Body::Charts(Box::new(WIDTHS.map(|wide| chart.picture(wide)))),
        of_project: false,
        sources: sources(&prices),
        note: "The reference at the customer\u{2019}s meter less the bill before taxes, for a steady year\u{2019}s \
               energy at day-one prices. Orange: the tariff brings less than the reference; blue: more. Hollow: \
               assumed."
            .to_owned(),
        equations: "M31".to_owned(),
        data: data(of, &named),
    })
}
