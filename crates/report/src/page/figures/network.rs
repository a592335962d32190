//! The network's hashrate over time and the project's effect on it.

use super::cash::{Series, series};
use super::{Body, FigureResult, OmittedFigure, PageFigure, sources};
use crate::chart::{Fan, WIDTHS};
use crate::figures::three_digits;
use crate::page::context::Context;
use crate::page::words::typographic;
use hashwatt::econ::engine::Column;
use hashwatt::econ::result::{Figure, Moment};

const SHORT: &str = "Network";
/// A project with a smaller share of the network has no effect that a chart could show.
const MIN_SHARE: f64 = 0.001;
/// A project that runs less than this fraction of its hashrate is idle.
const IDLE_SHARE: f64 = 0.01;

pub(super) fn figure(context: &Context) -> FigureResult {
    let share = context.find(Figure::Moment(Moment::Share)).map_or(0.0, |value| value.base);
    if share < MIN_SHARE {
        let part = typographic(&three_digits(share * 100.0));
        let reason = format!("the project is {part} % of the network, too little to affect it");
        return Err(OmittedFigure { short: SHORT, reason });
    }
    let months = context.study.calendar().months().len();
    let last = Figure::Month(Column::Displacement, months.saturating_sub(1) as u16);
    let part = context.find(last).map(|value| Context::median_or_base(&value).0);
    let Series { months: percentiles, labels, data } = series(context, Column::Network, 1.0);
    let fan = Fan {
        y_title: "Network hashrate, EH/s".to_owned(),
        x_labels: labels,
        months: percentiles,
        signed: false,
    };
    let of_blocks = typographic(&three_digits(share * 100.0));
    let own = Figure::Month(Column::Own, months.saturating_sub(1) as u16);
    let own = context.find(own).map_or(0.0, |value| Context::median_or_base(&value).0);
    let nameplate = context.find(Figure::Moment(Moment::Nameplate)).map_or(0.0, |value| value.base);
    let message = match part {
        // Machines that do not cover their energy cost displace no others.
        Some(_) if own < IDLE_SHARE * nameplate => format!(
            "The project is {of_blocks} % of the network today; at the median its machines are idle after {}",
            context.years()
        ),
        Some(part) => format!(
            "The project is {of_blocks} % of the network; after {}, {} % of its hashrate displaces other miners",
            context.years(),
            typographic(&three_digits(part * 100.0))
        ),
        None => format!("The project is {of_blocks} % of the network"),
    };
    let keys = [
        "network_hashrate_eh_per_s",
        "price_usd_per_btc",
        "response.entry_ratio",
        "response.growth_per_year",
        "displacement",
    ];
    let inputs: Vec<_> = keys.iter().filter_map(|key| context.param(key)).collect();
    Ok(PageFigure {
        key: "network",
        short: SHORT,
        message,
        body: Body::Charts(Box::new(WIDTHS.map(|width| fan.picture(width)))),
        uses_project_inputs: false,
        sources: sources(&inputs),
        note: "Light band: 90 % of the paths; dark band: 50 %; line: median. The displacement of other miners results \
               from their response to the market, unless the scenario gives it."
            .to_owned(),
        equations: "M1, M2, M6".to_owned(),
        data,
    })
}
