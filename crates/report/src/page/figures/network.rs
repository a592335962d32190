//! What the project does to the network.

use super::cash::{Series, series};
use super::{Body, LeftOut, Made, PageFigure, sources};
use crate::chart::{Fan, WIDTHS};
use crate::figures::three;
use crate::page::context::Context;
use crate::page::words::typographic;
use hashwatt::econ::engine::Column;
use hashwatt::econ::result::{Figure, Moment};

const SHORT: &str = "Network";
/// A smaller part of the network moves nothing that a chart could show.
const MIN_SHARE: f64 = 0.001;
/// With less than this part of its hashrate running a project stands still.
const IDLE: f64 = 0.01;

pub(super) fn figure(of: &Context) -> Made {
    let share = of.find(Figure::Moment(Moment::Share)).map_or(0.0, |value| value.base);
    if share < MIN_SHARE {
        let part = typographic(&three(share * 100.0));
        let reason = format!("the project is {part} % of the network and does not move it");
        return Err(LeftOut { short: SHORT, reason });
    }
    let months = of.study.calendar().months().len();
    let last = Figure::Month(Column::Displacement, months.saturating_sub(1) as u16);
    let part = of.find(last).map(|value| Context::middle(&value).0);
    let Series { moments, names, data } = series(of, Column::Network, 1.0);
    let fan =
        Fan { upwards: "Hashrate of everybody, EH/s".to_owned(), names, moments, signed: false };
    let of_blocks = typographic(&three(share * 100.0));
    let own = Figure::Month(Column::Own, months.saturating_sub(1) as u16);
    let own = of.find(own).map_or(0.0, |value| Context::middle(&value).0);
    let nameplate = of.find(Figure::Moment(Moment::Nameplate)).map_or(0.0, |value| value.base);
    let message = match part {
        // Machines that do not earn their energy displace nobody.
        Some(_) if own < IDLE * nameplate => format!(
            "The project is {of_blocks} % of the network today; by the median its machines stand still after {}",
            of.years()
        ),
        Some(part) => format!(
            "The project is {of_blocks} % of the network; after {} {} % of its hashrate has displaced that of others",
            of.years(),
            typographic(&three(part * 100.0))
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
    let inputs: Vec<_> = keys.iter().filter_map(|key| of.param(key)).collect();
    Ok(PageFigure {
        key: "network",
        short: SHORT,
        message,
        body: Body::Charts(Box::new(WIDTHS.map(|wide| fan.picture(wide)))),
        of_project: false,
        sources: sources(&inputs),
        note: "Pale: 90 % of the draws; darker: half of them; line: the median. How much of the project\u{2019}s \
               hashrate displaces that of others is a result of their answer to the market, unless the scenario \
               states it."
            .to_owned(),
        equations: "M1, M2, M6".to_owned(),
        data,
    })
}
