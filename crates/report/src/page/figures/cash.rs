//! The operator's cash over time.

use super::{Body, Made, PageFigure, cell, lacks};
use crate::chart::{Fan, FanPoint, WIDTHS};
use crate::page::context::Context;
use crate::page::words::{raised, typographic};
use hashwatt::econ::document::month_name;
use hashwatt::econ::engine::Column;
use hashwatt::econ::result::Figure;

const SHORT: &str = "Operator\u{2019}s cash";

/// Points of a column over the months, and what its chart's numbers are divided by.
pub(super) struct Series {
    pub moments: Vec<FanPoint>,
    pub names: Vec<(usize, String)>,
    pub data: Vec<Vec<String>>,
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A column's points by month, divided by a factor.
pub(super) fn series(of: &Context, column: Column, factor: f64) -> Series {
    let calendar = of.study.calendar();
    let mut series = Series { moments: Vec::new(), names: Vec::new(), data: Vec::new() };
    let heads = ["month", "base", "p05", "p25", "p50", "p75", "p95"].map(|head| match head {
        "month" => head.to_owned(),
        point => format!("{}_{point}", column.key()),
    });
    series.data.push(heads.to_vec());
    for (place, month) in calendar.months().iter().enumerate() {
        let Some(value) = of.find(Figure::Month(column, place as u16)) else { continue };
        let points = value.band.map_or([value.base; 5], |band| band.points().map(|(_, v)| v));
        let name = month_name(calendar, place);
        // January is the year; the first month has its name.
        match month.month {
            0 => series.names.push((place, month.year.to_string())),
            other if place == 0 => {
                let named = MONTHS.get(other).unwrap_or(&"");
                series.names.push((place, format!("{named} {}", month.year)));
            }
            _ => {}
        }
        let row = std::iter::once(value.base).chain(points).map(cell);
        series.data.push(std::iter::once(name).chain(row).collect());
        series.moments.push(FanPoint { points: points.map(|point| point / factor) });
    }
    series
}

pub(super) fn figure(of: &Context) -> Made {
    let months = of.study.calendar().months().len();
    let last = Figure::Month(Column::Cumulative, months.saturating_sub(1) as u16);
    let value = match of.outcome.get(last) {
        Ok(value) => value,
        Err(missing) => return Err(lacks(SHORT, &missing.keys)),
    };
    let figures: Vec<Figure> =
        (0..months).map(|month| Figure::Month(Column::Cumulative, month as u16)).collect();
    let scale = of.scale(&figures);
    let Series { moments, names, data } = series(of, Column::Cumulative, scale.factor());
    let fan = Fan {
        upwards: format!("{}, nominal", raised(&scale.unit(value.unit))),
        names,
        moments,
        signed: true,
    };
    let message = match value.positive {
        Some(part) => {
            let failed = 100.0 * (1.0 - part);
            let (told, of_100) = match failed {
                n if n >= 50.0 => ("has not paid back", n),
                n => ("has paid back", 100.0 - n),
            };
            let of_100 = match of_100 {
                n if n >= 99.5 => "more than 99".to_owned(),
                n => format!("{n:.0}"),
            };
            format!("In {of_100} of 100 futures the project {told} after {}", of.years())
        }
        None => format!(
            "After {} all cash comes to {} {}",
            of.years(),
            typographic(&scale.three(value.base)),
            scale.unit(value.unit)
        ),
    };
    Ok(PageFigure {
        key: "cash",
        short: SHORT,
        message,
        body: Body::Charts(Box::new(WIDTHS.map(|wide| fan.picture(wide)))),
        of_project: true,
        sources: Vec::new(),
        note: "All cash before tax and financing so far, not discounted; what machines and site are worth at the \
               end is not in it. Pale: 90 % of the draws; darker: half of them; line: the median."
            .to_owned(),
        equations: "M4, M8, M13, M30".to_owned(),
        data,
    })
}
