//! Which hours of the first year run, by their price.

use super::{Body, Made, PageFigure, cell, lacks};
use crate::chart::{Column, Columns, WIDTHS};
use crate::figures::{Point, three};
use crate::page::context::Context;
use crate::page::words::typographic;
use hashwatt::econ::engine::{DispatchColumn, DispatchHours};
use hashwatt::econ::result::Figure;

const SHORT: &str = "Run, standby and stop";

/// The figure; nothing where all hours cost the same.
pub(super) fn figure(of: &Context) -> Option<Made> {
    let year = Figure::Dispatch(DispatchColumn::Hours, DispatchHours::Year);
    match of.outcome.get(year) {
        Ok(_) => Some(Ok(made(of))),
        Err(missing) if missing.keys.is_empty() => None,
        Err(missing) => Some(Err(lacks(SHORT, &missing.keys))),
    }
}

fn made(of: &Context) -> PageFigure {
    let base = |column, hours| of.find(Figure::Dispatch(column, hours)).map(|value| value.base);
    let some = |column, hours| base(column, hours).unwrap_or(0.0);
    let columns = (0..10).map(DispatchHours::Decile).map(|decile| {
        let all = some(DispatchColumn::Hours, decile).max(f64::MIN_POSITIVE);
        let parts = [DispatchColumn::Running, DispatchColumn::Standby, DispatchColumn::Stopped];
        let price = base(DispatchColumn::Price, decile);
        Column {
            label: price.map_or_else(String::new, |price| typographic(&three(price))),
            parts: parts.map(|column| some(column, decile) / all),
        }
    });
    let chart = Columns {
        upwards: "Part of the hours of each tenth, %".to_owned(),
        along: "Mean price of energy in each tenth of the hours, the cheapest first, USD/MWh"
            .to_owned(),
        parts: ["running", "on standby", "stopped"],
        columns: columns.collect(),
    };
    PageFigure {
        key: "hours",
        short: SHORT,
        message: message(of),
        body: Body::Charts(Box::new(WIDTHS.map(|wide| chart.picture(wide)))),
        of_project: true,
        sources: Vec::new(),
        note: "The first 365 days of the base, every input as given and no surprise of the market. Hours count by the \
               megawatts that are there; machines that are down for repair count as running."
            .to_owned(),
        equations: "M4, M8".to_owned(),
        data: data(of),
    }
}

fn message(of: &Context) -> String {
    let year =
        |column| of.find(Figure::Dispatch(column, DispatchHours::Year)).map(|value| value.base);
    let told = |value: Option<f64>| typographic(&three(value.unwrap_or(0.0)));
    let hours = told(year(DispatchColumn::Hours));
    let (running, all) = (told(year(DispatchColumn::Running)), told(year(DispatchColumn::Price)));
    match year(DispatchColumn::PricePaid) {
        Some(paid) => format!(
            "In the first year machines run in {running} of {hours} hours and pay {} USD/MWh, where all hours cost {all}",
            told(Some(paid))
        ),
        None => format!(
            "In the first year machines run in none of {hours} hours, which cost {all} USD/MWh"
        ),
    }
}

fn data(of: &Context) -> Vec<Vec<String>> {
    let keys = DispatchColumn::ALL.iter().map(|column| column.key().to_owned());
    let mut data = vec![std::iter::once("hours_of".to_owned()).chain(keys).collect::<Vec<_>>()];
    for hours in DispatchHours::all() {
        if of.find(Figure::Dispatch(DispatchColumn::Hours, hours)).is_none() {
            continue;
        }
        let value = |column: &DispatchColumn| {
            let found = of.find(Figure::Dispatch(*column, hours));
            found.map_or_else(String::new, |value| cell(value.base))
        };
        let of_all = Figure::Dispatch(DispatchColumn::Hours, hours);
        let name = of.mark(of_all, Point::Base).period;
        data.push(std::iter::once(name).chain(DispatchColumn::ALL.iter().map(value)).collect());
    }
    data
}
