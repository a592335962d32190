//! What each party has at other tariffs.

use super::{Body, LeftOut, Made, PageFigure, cell};
use crate::chart::{Line, Lines, Stroke, Vertical, WIDTHS};
use crate::figures::{Scale, given, three};
use crate::page::context::Context;
use crate::page::words::{raised, typographic, with_unit};
use hashwatt::econ::params::Unit;
use hashwatt::econ::view::headline::HeadlineParty;
use hashwatt::econ::view::tariff::{Crossing, TariffCurve};

const SHORT: &str = "Tariff";

fn stroke(whose: HeadlineParty) -> Stroke {
    match whose {
        HeadlineParty::Operator | HeadlineParty::PowerSystem => Stroke::Heavy,
        HeadlineParty::State => Stroke::Plain,
        HeadlineParty::Nation => Stroke::Dashed,
        HeadlineParty::ForeignExchange => Stroke::Dotted,
    }
}

pub(super) fn figure(of: &Context) -> Made {
    let Some(curve) = of.curve.filter(|curve| curve.points.len() > 2) else {
        let reason = "the scenario gives no tariff, or not what its parties have".to_owned();
        return Err(LeftOut { short: SHORT, reason });
    };
    let medians = curve.points.iter().flat_map(|point| point.medians.into_iter().flatten());
    let greatest = medians.fold(0.0f64, |most, value| most.max(value.abs()));
    let scale = Scale::new(Unit::Usd, greatest);
    let unit = curve.unit.to_string();
    let line = |whose: HeadlineParty| {
        let place = HeadlineParty::ALL.iter().position(|known| *known == whose)?;
        let points: Vec<(f64, f64)> = curve
            .points
            .iter()
            .filter_map(|point| Some((point.tariff, point.medians[place]? / scale.factor())))
            .collect();
        (!points.is_empty() && points.iter().any(|(_, y)| *y != 0.0)).then(|| Line {
            name: whose.to_string(),
            stroke: stroke(whose),
            points,
        })
    };
    let several = of.study.resolved().inputs.sites.len() > 1;
    let shown = |whose| curve.crossing(whose).filter(|found| is_in(curve, found));
    let (operator, system) = (shown(HeadlineParty::Operator), shown(HeadlineParty::PowerSystem));
    let zeros = [operator, system].into_iter().flatten();
    let lines = Lines {
        upwards: format!("{}, {}", raised(&scale.unit(Unit::Usd)), statistic(curve)),
        along: format!("Tariff, {unit}"),
        lines: HeadlineParty::ALL.into_iter().filter_map(line).collect(),
        zeros: zeros.map(|zero| (zero.tariff, typographic(&three(zero.tariff)))).collect(),
        band: operator.zip(system).map(between),
        taken: Some(Vertical {
            at: curve.taken,
            name: format!("{}, this report", typographic(&given(curve.taken))),
        }),
    };
    let mut data = vec![
        [
            vec![format!("tariff_{}", unit.to_lowercase().replace('/', "_per_"))],
            HeadlineParty::ALL.map(|whose| format!("{}_value_usd", whose.key())).to_vec(),
        ]
        .concat(),
    ];
    data.extend(curve.points.iter().map(|point| {
        let medians = point.medians.iter().map(|median| median.map_or_else(String::new, cell));
        std::iter::once(cell(point.tariff)).chain(medians).collect()
    }));
    Ok(PageFigure {
        key: "tariff",
        short: SHORT,
        message: message(curve, operator, system),
        body: Body::Charts(Box::new(WIDTHS.map(|wide| lines.picture(wide)))),
        of_project: true,
        sources: Vec::new(),
        note: format!(
            "{} tariffs{}; machines stand still in hours that do not pay. {}Externalities are left out.",
            curve.points.len(),
            if several { " of the sites that have the first one\u{2019}s" } else { "" },
            if system.is_some() {
                "\u{201c}Power system\u{201d} is before anybody covers a shortfall. "
            } else {
                ""
            }
        ),
        equations: "M24, M28, M35".to_owned(),
        data,
    })
}

/// Whether a crossing lies within what the chart shows.
fn is_in(curve: &TariffCurve, found: &Crossing) -> bool {
    curve.points.first().is_some_and(|first| first.tariff <= found.tariff)
}

fn statistic(curve: &TariffCurve) -> String {
    match curve.paths {
        0 => "every input as given".to_owned(),
        paths => format!("medians of {} draws", given(paths as f64)),
    }
}

/// The part between the tariffs at which the operator stops and the power system begins to gain.
fn between((operator, system): (Crossing, Crossing)) -> (f64, f64, String) {
    match operator.tariff < system.tariff {
        true => (operator.tariff, system.tariff, "operator and power system both lose".to_owned()),
        false => (system.tariff, operator.tariff, "operator and power system both gain".to_owned()),
    }
}

fn message(curve: &TariffCurve, operator: Option<Crossing>, system: Option<Crossing>) -> String {
    let unit = curve.unit.to_string();
    let at = |crossing: Crossing| with_unit(&typographic(&three(crossing.tariff)), &unit);
    let gains = |crossing: Crossing| if crossing.gains_above { "above" } else { "below" };
    match (operator, system) {
        (Some(operator), Some(system)) if operator.tariff < system.tariff => format!(
            "No tariff serves both sides: the operator gains {} {}, the power system {} {}",
            gains(operator),
            at(operator),
            gains(system),
            typographic(&three(system.tariff))
        ),
        (Some(operator), Some(system)) => format!(
            "Between {} and {} both the operator and the power system gain",
            typographic(&three(system.tariff)),
            at(operator)
        ),
        (Some(operator), None) => {
            format!("The operator gains {} {}", gains(operator), at(operator))
        }
        (None, Some(system)) => {
            format!("The power system gains {} {}", gains(system), at(system))
        }
        (None, None) => {
            let first = curve.points.first().and_then(|point| point.medians[0]);
            match first {
                Some(value) if value < 0.0 => "The operator loses at every tariff shown".to_owned(),
                Some(_) => "The operator gains at every tariff shown".to_owned(),
                None => "What the tariff moves".to_owned(),
            }
        }
    }
}
