//! The sensitivity of the net present value to each input.

use super::{Body, FigureResult, PageFigure, cell, headers, missing_inputs};
use crate::SensitivityReport;
use crate::chart::{Bar, Bars, WIDTHS};
use crate::figures::Scale;
use crate::page::context::Context;
use crate::page::words::{raised, typographic};
use hashwatt::econ::params::Unit;

const SHORT: &str = "Sensitivity";
/// Maximum number of bars; the data file has all.
const MAX_BARS: usize = 10;

pub(super) fn figure(context: &Context, found: &SensitivityReport) -> FigureResult {
    if found.tornado.is_empty() {
        return Err(missing_inputs(SHORT, &[]));
    }
    let ends = found.tornado.iter().flat_map(|row| [row.at_low, row.at_high]);
    let largest = ends.fold(found.base.abs(), |largest, value| largest.max(value.abs()));
    let scale = Scale::new(Unit::Usd, largest);
    let factor = scale.factor();
    let name = |key: &str| {
        context.param(key).map_or_else(|| key.replace('_', " "), crate::page::words::name)
    };
    let bars = found.tornado.iter().take(MAX_BARS).map(|row| {
        let (low, high) = (row.at_low.min(row.at_high), row.at_low.max(row.at_high));
        Bar {
            label: raised(&name(&row.input)),
            range: (low / factor, high / factor),
            median: Some(found.base / factor),
            value: typographic(&scale.three_digits(row.at_low)),
            rest: typographic(&format!("at 5 %, {} at 95 %", scale.three_digits(row.at_high))),
            mark: None,
            hollow: false,
            tone: None,
            bold: false,
        }
    });
    let chart = Bars {
        unit: format!("{}, net present value", raised(&scale.unit(Unit::Usd))),
        rows: bars.collect(),
        line: None,
    };
    let mut data = vec![headers(&["input", "at_5_percent_usd", "at_95_percent_usd"])];
    data.extend(found.tornado.iter().map(|row| {
        vec![crate::untrusted::sanitize(&row.input), cell(row.at_low), cell(row.at_high)]
    }));
    let first = &found.tornado[0];
    Ok(PageFigure {
        key: "sensitivity",
        short: SHORT,
        message: format!(
            "The net present value is most sensitive to the {}: from {} to {} {}",
            name(&first.input),
            typographic(&scale.three_digits(first.at_low)),
            typographic(&scale.three_digits(first.at_high)),
            scale.unit(Unit::Usd)
        ),
        body: Body::Charts(Box::new(WIDTHS.map(|width| chart.picture(width)))),
        uses_project_inputs: false,
        sources: Vec::new(),
        note: format!(
            "Each input at its 5 % and its 95 % point, all others at their base values; tick: all inputs at their base \
             values. <code>hashwatt sensitivity</code> gives the contributions to the variance over {} samples.",
            found.samples
        ),
        equations: "M28".to_owned(),
        data,
    })
}
