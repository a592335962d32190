//! The result of each party at other tariffs.

use super::{Body, FigureResult, OmittedFigure, PageFigure, cell};
use crate::chart::{Line, Lines, Stroke, Vertical, WIDTHS};
use crate::figures::{Scale, seven_digits, three_digits};
use crate::page::context::Context;
use crate::page::words::{raised, typographic, with_unit};
use hashwatt::econ::params::Unit;
use hashwatt::econ::view::headline::HeadlineParty;
use hashwatt::econ::view::tariff::{Crossing, TariffCurve};

const SHORT: &str = "Tariff";

fn stroke(party: HeadlineParty) -> Stroke {
    match party {
        HeadlineParty::Operator | HeadlineParty::PowerSystem => Stroke::Heavy,
        HeadlineParty::State => Stroke::Plain,
        HeadlineParty::Nation => Stroke::Dashed,
        HeadlineParty::ForeignExchange => Stroke::Dotted,
    }
}

pub(super) fn figure(context: &Context) -> FigureResult {
    let Some(curve) = context.curve.filter(|curve| curve.points.len() > 2) else {
        let reason =
            "the scenario does not give a tariff, or lacks inputs of the parties\u{2019} results"
                .to_owned();
        return Err(OmittedFigure { short: SHORT, reason });
    };
    let medians = curve.points.iter().flat_map(|point| point.medians.into_iter().flatten());
    let largest = medians.fold(0.0f64, |largest, value| largest.max(value.abs()));
    let scale = Scale::new(Unit::Usd, largest);
    let unit = curve.unit.to_string();
    let line = |party: HeadlineParty| {
        let place = HeadlineParty::ALL.iter().position(|known| *known == party)?;
        let points: Vec<(f64, f64)> = curve
            .points
            .iter()
            .filter_map(|point| Some((point.tariff, point.medians[place]? / scale.factor())))
            .collect();
        (!points.is_empty() && points.iter().any(|(_, y)| *y != 0.0)).then(|| Line {
            name: party.to_string(),
            stroke: stroke(party),
            points,
        })
    };
    let several = context.study.resolved().inputs.sites.len() > 1;
    let shown = |party| curve.crossing(party).filter(|found| is_in(curve, found));
    let (operator, system) = (shown(HeadlineParty::Operator), shown(HeadlineParty::PowerSystem));
    let crossings = [operator, system].into_iter().flatten();
    let lines = Lines {
        y_title: format!("{}, {}", raised(&scale.unit(Unit::Usd)), statistic(curve)),
        x_title: format!("Tariff, {unit}"),
        lines: HeadlineParty::ALL.into_iter().filter_map(line).collect(),
        crossings: crossings
            .map(|crossing| (crossing.tariff, typographic(&three_digits(crossing.tariff))))
            .collect(),
        band: operator.zip(system).map(between),
        base: Some(Vertical {
            at: curve.scenario_tariff,
            name: format!("{}, this report", typographic(&seven_digits(curve.scenario_tariff))),
        }),
    };
    let mut data = vec![
        [
            vec![format!("tariff_{}", unit.to_lowercase().replace('/', "_per_"))],
            HeadlineParty::ALL.map(|party| format!("{}_value_usd", party.key())).to_vec(),
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
        body: Body::Charts(Box::new(WIDTHS.map(|width| lines.picture(width)))),
        uses_project_inputs: true,
        sources: Vec::new(),
        note: format!(
            "{} tariffs{}; machines stop in hours in which they would lose money. {}Externalities are not included.",
            curve.points.len(),
            if several { " of the sites that have the first site\u{2019}s tariff" } else { "" },
            if system.is_some() {
                "\u{201c}Power system\u{201d} is the result before a shortfall is covered. "
            } else {
                ""
            }
        ),
        equations: "M24, M28, M35".to_owned(),
        data,
    })
}

/// Whether a crossing is within the chart.
fn is_in(curve: &TariffCurve, found: &Crossing) -> bool {
    curve.points.first().is_some_and(|first| first.tariff <= found.tariff)
}

fn statistic(curve: &TariffCurve) -> String {
    match curve.paths {
        0 => "all inputs at base values".to_owned(),
        paths => format!("medians of {} paths", seven_digits(paths as f64)),
    }
}

/// The range between the tariff up to which the operator gains and the tariff from which the power system gains.
fn between((operator, system): (Crossing, Crossing)) -> (f64, f64, String) {
    match operator.tariff < system.tariff {
        true => (operator.tariff, system.tariff, "operator and power system both lose".to_owned()),
        false => (system.tariff, operator.tariff, "operator and power system both gain".to_owned()),
    }
}

fn message(curve: &TariffCurve, operator: Option<Crossing>, system: Option<Crossing>) -> String {
    let unit = curve.unit.to_string();
    let at = |crossing: Crossing| with_unit(&typographic(&three_digits(crossing.tariff)), &unit);
    let gains = |crossing: Crossing| if crossing.gains_above { "above" } else { "below" };
    match (operator, system) {
        (Some(operator), Some(system)) if operator.tariff < system.tariff => format!(
            "No tariff benefits both sides: the operator gains {} {}, the power system {} {}",
            gains(operator),
            at(operator),
            gains(system),
            typographic(&three_digits(system.tariff))
        ),
        (Some(operator), Some(system)) => format!(
            "Between {} and {} both the operator and the power system gain",
            typographic(&three_digits(system.tariff)),
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
                None => "Results at other tariffs".to_owned(),
            }
        }
    }
}
