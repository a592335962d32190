//! Bands over time: what most paths stay within.

use super::panel::{Area, EndLabel, Panel, Room};
use super::style::{Axis, BLACK, BLUE, GREY, Scaled, Stroke, VERMILION, amount, figure};
use super::{ChartError, Drawn, NoChart, Words, drawn};
use crate::study::Study;
use hashwatt::econ::{Band, EpochRow};
use hashwatt::pow::next_halving;
use plotters::style::RGBColor;

/// A band at a year.
pub(super) type At = (f64, Band<f64>);

/// The bands of all epochs over their median beginnings.
pub(super) fn bands(study: &Study, of: impl Fn(&EpochRow) -> Band<f64>) -> Vec<At> {
    study.projection.epochs.iter().map(|row| (study.year(row.begins.p50), of(row))).collect()
}

/// The years that the epochs span; of axes below one another the last alone is titled.
pub(super) fn years(study: &Study, titled: bool) -> Axis {
    let epochs = &study.projection.epochs;
    let at = |row: Option<&EpochRow>| row.map_or(0.0, |row| study.year(row.begins.p50));
    let (low, high) = (at(epochs.first()), at(epochs.last()));
    let axis = Axis::years(low, if high > low { high } else { low + 0.1 });
    if titled { axis } else { Axis { title: String::new(), ..axis } }
}

/// The years in which the subsidy halves.
fn halvings(study: &Study) -> Vec<f64> {
    let epochs = &study.projection.epochs;
    let Some(first) = epochs.first() else { return Vec::new() };
    let mut heights = Vec::new();
    let mut height = first.first_height;
    while let Some(next) = next_halving(height) {
        if heights.len() > 12 {
            break;
        }
        heights.push(next);
        height = next;
    }
    let year_of = |height: u32| {
        let index = epochs
            .windows(2)
            .position(|rows| (rows[0].first_height..rows[1].first_height).contains(&height))?;
        Some(study.year(epochs[index].begins.p50))
    };
    heights.into_iter().filter_map(year_of).collect()
}

/// P5 to P95 pale with dashed edges, P25 to P75 darker, the median a line.
pub(super) fn fan(panel: &mut Panel, bands: &[At], colour: RGBColor) -> Result<(), ChartError> {
    let between = |low: fn(&Band<f64>) -> f64, high: fn(&Band<f64>) -> f64| -> Vec<_> {
        bands.iter().map(|(x, band)| (*x, low(band), high(band))).collect()
    };
    panel.band(&between(|b| b.p5, |b| b.p95), colour, 0.16)?;
    panel.band(&between(|b| b.p25, |b| b.p75), colour, 0.28)?;
    let along = |of: fn(&Band<f64>) -> f64| bands.iter().map(move |(x, band)| (*x, of(band)));
    panel.line(along(|b| b.p5), Stroke::dashed(colour, 2))?;
    panel.line(along(|b| b.p95), Stroke::dashed(colour, 2))?;
    panel.line(along(|b| b.p50), Stroke::solid(colour, 6))
}

/// Names of a fan's lines at its end.
pub(super) fn names_of(
    bands: &[At],
    colour: RGBColor,
    show: impl Fn(f64) -> String,
) -> Vec<EndLabel> {
    let Some((_, last)) = bands.last() else { return Vec::new() };
    [("P95", last.p95), ("median", last.p50), ("P5", last.p5)]
        .map(|(name, y)| EndLabel { y, text: format!("{name} {}", show(y)), colour })
        .into()
}

/// The greatest that a fan shows, without the odd peak of its upper edge.
pub(super) fn extent(bands: &[At]) -> impl Iterator<Item = f64> + '_ {
    bands.iter().flat_map(|(_, band)| [band.p5, band.p95])
}

const ROOM: Room = Room { left: 120, right: 210 };

fn one_fan(area: &Area, x: &Axis, y: &Axis, study: &Study, bands: &[At]) -> Result<(), ChartError> {
    let mut panel = Panel::new(area, x, y, ROOM)?;
    fan(&mut panel, bands, BLUE)?;
    if y.low < 0.0 && y.high > 0.0 {
        panel.across(0.0, Stroke::solid(BLACK, 2))?;
    }
    for year in halvings(study) {
        panel.upright(year, "halving", Stroke::dotted(GREY, 3))?;
    }
    panel.names(names_of(bands, BLUE, figure))
}

/// All cash since the start.
pub(super) fn cash(study: &Study) -> Drawn {
    const TITLE: &str = "All cash since the start, capital included";
    if let Some(reason) = &study.projection.npv_missing {
        return Ok(Err(NoChart { title: TITLE, reason: reason.clone() }));
    }
    let usd = bands(study, |row| {
        let none = Band { p5: 0.0, p25: 0.0, p50: 0.0, p75: 0.0, p95: 0.0, mean: 0.0 };
        row.cumulative.as_ref().map_or(none, |band| band.map(|usd| usd.as_usd()))
    });
    let scaled = Scaled::for_most(extent(&usd).fold(0.0, |most, usd| most.max(usd.abs())));
    let shown: Vec<At> =
        usd.iter().map(|(x, band)| (*x, band.map(|usd| usd / scaled.factor))).collect();
    let x = years(study, true);
    let y = Axis::over(
        format!("Cumulative cash ({})", scaled.unit("USD")),
        extent(&shown).chain([0.0]),
    );
    let last = usd.last().map(|(_, band)| *band);
    let ends = last.map_or(String::new(), |band| {
        format!(
            "At the end {} (P5), {} (median), {} (P95).",
            amount(band.p5, "USD"),
            amount(band.p50, "USD"),
            amount(band.p95, "USD")
        )
    });
    let words = Words {
        name: "cash",
        title: TITLE.to_owned(),
        caption: "Below the line of nothing the project has not paid back. Pale: 90 % of the paths; dark: \
                  half of them; thick line: median. Machines still there at the end are not sold in it; \
                  nothing is discounted."
            .to_owned(),
        description: format!("Bands over time of the sum of all cash. {ends}"),
        source: study.source(&["power_mw", "price", "network_hashrate", "tariff", "exchange_rate"]),
    };
    drawn(words, 640, |area| one_fan(area, &x, &y, study, &shown)).map(Ok)
}

/// Price, difficulty and what a hash earns.
pub(super) fn market(study: &Study) -> Drawn {
    let price = bands(study, |row| row.price.map(|price| price.as_usd_per_btc() / 1e3));
    let difficulty = bands(study, |row| row.difficulty.map(|difficulty| difficulty / 1e12));
    let hashprice = bands(study, |row| row.hashprice.map(|price| price.as_usd_per_ph_day()));
    let rows = [
        ("Bitcoin price (thousand USD/BTC)", &price),
        ("Difficulty (T = 10¹²)", &difficulty),
        ("Hashprice, before the pool's fee (USD/PH/day)", &hashprice),
    ];
    let told: Vec<String> = rows
        .iter()
        .filter_map(|(title, bands)| {
            let (_, last) = bands.last()?;
            let [p5, p50, p95] = [last.p5, last.p50, last.p95].map(figure);
            Some(format!("{title}, at the end: {p5} (P5), {p50} (median), {p95} (P95)."))
        })
        .collect();
    let words = Words {
        name: "market",
        title: "The market on most paths: price, difficulty, hashprice".to_owned(),
        caption: "Hashprice is what a petahash per second earns in a day. Bands are of the past's surprises, \
                  drawn in blocks; the price has no drift unless one is given. Pale: 90 % of the paths; \
                  dark: half of them."
            .to_owned(),
        description: told.join(" "),
        source: study.source(&["height", "network_hashrate", "price", "fees_per_block"]),
    };
    drawn(words, 1350, |area| {
        for (i, (part, (title, bands))) in area.split_evenly((3, 1)).iter().zip(rows).enumerate() {
            let x = years(study, i == 2);
            let y = Axis::over(title, extent(bands).chain([0.0]));
            one_fan(part, &x, &y, study, bands)?;
        }
        Ok(())
    })
    .map(Ok)
}

/// Colours of what is compared with a fan.
pub(super) const BESIDE: RGBColor = VERMILION;
