//! Which inputs the net present value depends on.

use super::{Body, Made, PageFigure, cell, heads, lacks};
use crate::SensitivityReport;
use crate::chart::{Bar, Bars, WIDTHS};
use crate::figures::Scale;
use crate::page::context::Context;
use crate::page::words::{raised, typographic};
use hashwatt::econ::params::Unit;

const SHORT: &str = "What it depends on";
/// The longest bars that are drawn; the data have all.
const SHOWN: usize = 10;

pub(super) fn figure(of: &Context, found: &SensitivityReport) -> Made {
    if found.tornado.is_empty() {
        return Err(lacks(SHORT, &[]));
    }
    let ends = found.tornado.iter().flat_map(|row| [row.at_low, row.at_high]);
    let greatest = ends.fold(found.base.abs(), |most, value| most.max(value.abs()));
    let scale = Scale::new(Unit::Usd, greatest);
    let factor = scale.factor();
    let name =
        |key: &str| of.param(key).map_or_else(|| key.replace('_', " "), crate::page::words::name);
    let bars = found.tornado.iter().take(SHOWN).map(|row| {
        let (low, high) = (row.at_low.min(row.at_high), row.at_low.max(row.at_high));
        Bar {
            label: raised(&name(&row.input)),
            range: (low / factor, high / factor),
            median: Some(found.base / factor),
            value: typographic(&scale.three(row.at_low)),
            rest: typographic(&format!("at 5 %, {} at 95 %", scale.three(row.at_high))),
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
    let mut data = vec![heads(&["input", "at_5_percent_usd", "at_95_percent_usd"])];
    data.extend(found.tornado.iter().map(|row| {
        vec![crate::untrusted::neutral(&row.input), cell(row.at_low), cell(row.at_high)]
    }));
    let first = &found.tornado[0];
    Ok(PageFigure {
        key: "depends",
        short: SHORT,
        message: format!(
            "The {} moves the net present value most: from {} to {} {}",
            name(&first.input),
            typographic(&scale.three(first.at_low)),
            typographic(&scale.three(first.at_high)),
            scale.unit(Unit::Usd)
        ),
        body: Body::Charts(Box::new(WIDTHS.map(|wide| chart.picture(wide)))),
        of_project: false,
        sources: Vec::new(),
        note: format!(
            "Each input at its 5 % and its 95 % point, all others as given; tick: every input as given. Of the \
             variance over {} samples see the data of the command\u{2019}s sensitivity.",
            found.samples
        ),
        equations: "M28".to_owned(),
        data,
    })
}
