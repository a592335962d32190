//! The operator's cumulative cash over time.

use super::{Body, FigureResult, PageFigure, cell, missing_inputs};
use crate::chart::{Fan, FanPoint, WIDTHS};
use crate::page::context::Context;
use crate::page::words::{raised, typographic};
use hashwatt::econ::document::month_name;
use hashwatt::econ::engine::Column;
use hashwatt::econ::result::Figure;

const SHORT: &str = "Operator\u{2019}s cumulative cash";

/// The percentiles of a column by month, for a fan chart and its data.
pub(super) struct Series {
    pub months: Vec<FanPoint>,
    pub labels: Vec<(usize, String)>,
    pub data: Vec<Vec<String>>,
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The percentiles of a column by month, divided by a factor in the chart.
pub(super) fn series(context: &Context, column: Column, factor: f64) -> Series {
    let calendar = context.study.calendar();
    let mut series = Series { months: Vec::new(), labels: Vec::new(), data: Vec::new() };
    let headers = ["month", "base", "p05", "p25", "p50", "p75", "p95"].map(|header| match header {
        "month" => header.to_owned(),
        point => format!("{}_{point}", column.key()),
    });
    series.data.push(headers.to_vec());
    for (place, month) in calendar.months().iter().enumerate() {
        let Some(value) = context.find(Figure::Month(column, place as u16)) else { continue };
        let points = value.band.map_or([value.base; 5], |band| band.points().map(|(_, v)| v));
        let name = month_name(calendar, place);
        // January is labelled by its year; the first month by its name.
        match month.month {
            0 => series.labels.push((place, month.year.to_string())),
            other if place == 0 => {
                let named = MONTHS.get(other).unwrap_or(&"");
                series.labels.push((place, format!("{named} {}", month.year)));
            }
            _ => {}
        }
        let row = std::iter::once(value.base).chain(points).map(cell);
        series.data.push(std::iter::once(name).chain(row).collect());
        series.months.push(FanPoint { percentiles: points.map(|point| point / factor) });
    }
    series
}

pub(super) fn figure(context: &Context) -> FigureResult {
    let months = context.study.calendar().months().len();
    let last = Figure::Month(Column::Cumulative, months.saturating_sub(1) as u16);
    let value = match context.outcome.get(last) {
        Ok(value) => value,
        Err(missing) => return Err(missing_inputs(SHORT, &missing.keys)),
    };
    let figures: Vec<Figure> =
        (0..months).map(|month| Figure::Month(Column::Cumulative, month as u16)).collect();
    let scale = context.scale(&figures);
    let Series { months, labels, data } = series(context, Column::Cumulative, scale.factor());
    let fan = Fan {
        y_title: format!("{}, nominal", raised(&scale.unit(value.unit))),
        x_labels: labels,
        months,
        signed: true,
    };
    let message = match value.positive {
        Some(positive) => {
            let failed = 100.0 * (1.0 - positive);
            let (result, of_100) = match failed {
                n if n >= 50.0 => ("has not paid back", n),
                n => ("has paid back", 100.0 - n),
            };
            let of_100 = match of_100 {
                n if n >= 99.5 => "more than 99".to_owned(),
                n => format!("{n:.0}"),
            };
            format!("In {of_100} of 100 paths the project {result} after {}", context.years())
        }
        None => format!(
            "Cumulative cash after {}: {} {}",
            context.years(),
            typographic(&scale.three_digits(value.base)),
            scale.unit(value.unit)
        ),
    };
    Ok(PageFigure {
        key: "cash",
        short: SHORT,
        message,
        body: Body::Charts(Box::new(WIDTHS.map(|width| fan.picture(width)))),
        uses_project_inputs: true,
        sources: Vec::new(),
        note: "Cumulative cash before tax and financing, not discounted, without the residual value of machines and \
               site. Light band: 90 % of the paths; dark band: 50 %; line: median."
            .to_owned(),
        equations: "M4, M8, M13, M30".to_owned(),
        data,
    })
}
