//! The hours of the first year in which machines run, stand by or stop, by price.

use super::{Body, FigureResult, PageFigure, cell, missing_inputs};
use crate::chart::{Column, Columns, WIDTHS};
use crate::figures::{Point, three_digits};
use crate::page::context::Context;
use crate::page::words::typographic;
use hashwatt::econ::engine::{DispatchColumn, DispatchHours};
use hashwatt::econ::result::Figure;

const SHORT: &str = "Hours of operation";

/// The figure; `None` if all hours have the same price.
pub(super) fn figure(context: &Context) -> Option<FigureResult> {
    let year = Figure::Dispatch(DispatchColumn::Hours, DispatchHours::Year);
    match context.outcome.get(year) {
        Ok(_) => Some(Ok(page_figure(context))),
        Err(missing) if missing.keys.is_empty() => None,
        Err(missing) => Some(Err(missing_inputs(SHORT, &missing.keys))),
    }
}

fn page_figure(context: &Context) -> PageFigure {
    let base =
        |column, hours| context.find(Figure::Dispatch(column, hours)).map(|value| value.base);
    let base_or_zero = |column, hours| base(column, hours).unwrap_or(0.0);
    let columns = (0..10).map(DispatchHours::Decile).map(|decile| {
        let all = base_or_zero(DispatchColumn::Hours, decile).max(f64::MIN_POSITIVE);
        let parts = [DispatchColumn::Running, DispatchColumn::Standby, DispatchColumn::Stopped];
        let price = base(DispatchColumn::Price, decile);
        Column {
            label: price.map_or_else(String::new, |price| typographic(&three_digits(price))),
            parts: parts.map(|column| base_or_zero(column, decile) / all),
        }
    });
    let chart = Columns {
        y_title: "Share of the hours in each decile, %".to_owned(),
        x_title: "Mean energy price in each decile of the hours, cheapest first, USD/MWh"
            .to_owned(),
        parts: ["running", "on standby", "stopped"],
        columns: columns.collect(),
    };
    PageFigure {
        key: "hours",
        short: SHORT,
        message: message(context),
        body: Body::Charts(Box::new(WIDTHS.map(|width| chart.picture(width)))),
        uses_project_inputs: true,
        sources: Vec::new(),
        note: "The first 365 days with all inputs at their base values and no market shocks. Hours are weighted by the \
               installed megawatts; machines under repair count as running."
            .to_owned(),
        equations: "M4, M8".to_owned(),
        data: data(context),
    }
}

fn message(context: &Context) -> String {
    let year = |column| {
        context.find(Figure::Dispatch(column, DispatchHours::Year)).map(|value| value.base)
    };
    let text = |value: Option<f64>| typographic(&three_digits(value.unwrap_or(0.0)));
    let hours = text(year(DispatchColumn::Hours));
    let (running, all) = (text(year(DispatchColumn::Running)), text(year(DispatchColumn::Price)));
    match year(DispatchColumn::PricePaid) {
        Some(paid) => format!(
            "In the first year machines run in {running} of {hours} hours at {} USD/MWh; the mean over all hours is {all}",
            text(Some(paid))
        ),
        None => format!(
            "In the first year machines run in none of {hours} hours; the mean price is {all} USD/MWh"
        ),
    }
}

fn data(context: &Context) -> Vec<Vec<String>> {
    let keys = DispatchColumn::ALL.iter().map(|column| column.key().to_owned());
    let mut data = vec![std::iter::once("hours_of".to_owned()).chain(keys).collect::<Vec<_>>()];
    for hours in DispatchHours::all() {
        if context.find(Figure::Dispatch(DispatchColumn::Hours, hours)).is_none() {
            continue;
        }
        let value = |column: &DispatchColumn| {
            let found = context.find(Figure::Dispatch(*column, hours));
            found.map_or_else(String::new, |value| cell(value.base))
        };
        let of_all = Figure::Dispatch(DispatchColumn::Hours, hours);
        let name = context.mark(of_all, Point::Base).period;
        data.push(std::iter::once(name).chain(DispatchColumn::ALL.iter().map(value)).collect());
    }
    data
}
