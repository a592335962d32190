//! The others: their answer over time, their costs, and what one's own size does to all.

use super::fan::{At, BESIDE, bands, extent, fan, names_of, years};
use super::panel::{EndLabel, Panel, Room, Side};
use super::style::{
    Axis, BLACK, BLUE, GREY, ORANGE, Stroke, TEXT, VERMILION, anchored, btc_unit, figure, part_unit,
};
use super::{Drawn, Words, drawn};
use crate::study::Study;
use hashwatt::units::Hashprice;
use plotters::style::text_anchor::{HPos, VPos};

const ROOM: Room = Room { left: 120, right: 250 };

/// The network with the project and had it never come, and what has been pushed out.
pub(super) fn before_and_after(study: &Study) -> Drawn {
    let with = bands(study, |row| row.network.map(|rate| rate.as_eh_s()));
    let without = bands(study, |row| row.network_without.map(|rate| rate.as_eh_s()));
    let own = bands(study, |row| row.own.map(|rate| rate.as_eh_s()));
    let displaced = bands(study, |row| row.displacement.map(|part| part * 100.0));
    let last = |bands: &[At]| bands.last().map_or(0.0, |(_, band)| band.p50);
    let description = format!(
        "At the end, medians: network {} EH/s with the project, {} EH/s had it never come; the project {} \
         EH/s; {} % of its hashrate has pushed others out.",
        figure(last(&with)),
        figure(last(&without)),
        figure(last(&own)),
        figure(last(&displaced))
    );
    let words = Words {
        name: "network",
        title: "The network with the project and without it".to_owned(),
        caption: "Both networks see the same surprises. Where the thick and the dashed line come together, \
                  others have left as much as the project brought: that is displacement, below."
            .to_owned(),
        description,
        source: study.source(&["network_hashrate", "power_mw", "efficiency", "uptime"]),
    };
    drawn(words, 1050, |area| {
        let (upper, lower) = area.split_vertically(640);
        let (x, last_x) = (years(study, false), years(study, true));
        let y = Axis::over("Hashrate (EH/s)", extent(&with).chain([0.0]));
        let mut panel = Panel::new(&upper, &x, &y, ROOM)?;
        fan(&mut panel, &with, BLUE)?;
        let median = |bands: &[At]| bands.iter().map(|(x, b)| (*x, b.p50)).collect::<Vec<_>>();
        panel.line(median(&without), Stroke::dashed(BESIDE, 5))?;
        panel.line(median(&own), Stroke::dotted(BLACK, 5))?;
        let mut names = names_of(&with, BLUE, |value| format!("with {}", figure(value)));
        names.push(EndLabel {
            y: last(&without),
            text: format!("without {}", figure(last(&without))),
            colour: BESIDE,
        });
        names.push(EndLabel {
            y: last(&own),
            text: format!("own {}", figure(last(&own))),
            colour: BLACK,
        });
        panel.names(names)?;
        let y = Axis::between("Own hashrate that has pushed others out (%)", 0.0, 100.0);
        let mut panel = Panel::new(&lower, &last_x, &y, ROOM)?;
        fan(&mut panel, &displaced, BLUE)?;
        panel.names(names_of(&displaced, BLUE, figure))
    })
    .map(Ok)
}

/// Share and income before and after the retarget, for all that may be displaced.
pub(super) fn retarget(study: &Study) -> Drawn {
    let taken = study.snapshot.inputs.iter().find(|input| input.field == "displacement");
    let taken = taken.map_or(0.0, |input| input.value * 100.0);
    let points = &study.displacement;
    let at = |of: &dyn Fn(&hashwatt::econ::DisplacementPoint) -> f64| -> Vec<(f64, f64)> {
        points.iter().map(|p| (p.displacement.value() * 100.0, of(p))).collect()
    };
    let now = &study.snapshot;
    let (btc, unit) = btc_unit(now.before.btc.as_btc_per_day());
    let before = at(&|p| p.before.as_btc_per_day() / btc);
    let after = at(&|p| p.after.as_btc_per_day() / btc);
    let (part, part_name) = part_unit(now.share_of_blocks);
    let share = at(&|p| p.share_of_blocks / part);
    let ends = |line: &[(f64, f64)]| {
        let (first, last) = (line.first().copied(), line.last().copied());
        (first.map_or(0.0, |(_, y)| y), last.map_or(0.0, |(_, y)| y))
    };
    let (lowest, highest) = ends(&after);
    let (least, most) = ends(&share);
    let words = Words {
        name: "retarget",
        title: "Share of blocks and income, before and after the retarget".to_owned(),
        caption: "How many others leave is not known: on the left nobody does, on the right as much hashrate \
                  leaves as comes. The point is what this estimate takes."
            .to_owned(),
        description: format!(
            "After the retarget {} to {} {unit} a day, {} before; {} to {} {part_name} of all blocks.",
            figure(lowest),
            figure(highest),
            figure(ends(&before).0),
            figure(least),
            figure(most)
        ),
        source: study.source(&["power_mw", "efficiency", "pue", "uptime", "network_hashrate"]),
    };
    let x = Axis::between("Own hashrate that pushes others out (%)", 0.0, 100.0);
    drawn(words, 560, |area| {
        let (left, right) = area.split_horizontally(760);
        let income = before.iter().chain(&after).map(|(_, y)| *y);
        let y = Axis::over(format!("Income ({unit}/day)"), income);
        let mut panel = Panel::new(&left, &x, &y, Room { left: 100, right: 150 })?;
        panel.line(before.iter().copied(), Stroke::dashed(VERMILION, 5))?;
        panel.line(after.iter().copied(), Stroke::solid(BLUE, 6))?;
        let level = now.after.btc.as_btc_per_day() / btc;
        panel.point(taken, level, ORANGE)?;
        panel.beside(taken, level, &format!("{} after", figure(level)), BLUE, Side::Below)?;
        panel.names(vec![
            EndLabel { y: ends(&before).1 * 1.0001, text: "before".to_owned(), colour: VERMILION },
            EndLabel { y: highest, text: "after".to_owned(), colour: BLUE },
        ])?;
        let y =
            Axis::over(format!("Share of all blocks ({part_name})"), share.iter().map(|(_, y)| *y));
        let mut panel = Panel::new(&right, &x, &y, Room { left: 90, right: 40 })?;
        panel.line(share.iter().copied(), Stroke::solid(BLUE, 6))?;
        let level = now.share_of_blocks / part;
        panel.point(taken, level, ORANGE)?;
        panel.beside(taken, level, &format!("{} {part_name}", figure(level)), BLUE, Side::Below)
    })
    .map(Ok)
}

/// What the others' hashes cost, in order, with one's own among them.
pub(super) fn supply(study: &Study) -> Drawn {
    const POINTS: usize = 161;
    let (before, after) = (study.snapshot.before.hashprice, study.snapshot.after.hashprice);
    let own = study.own_cost();
    let usd = Hashprice::as_usd_per_ph_day;
    let most = [usd(before) * 1.5, own.map_or(0.0, |own| usd(own) * 1.25), 60.0];
    let most = most.into_iter().fold(0.0, f64::max).min(usd(before) * 4.0);
    let curve: Vec<(f64, f64)> = study
        .supply
        .points(Hashprice::from_usd_per_ph_day(most), POINTS)
        .into_iter()
        .map(|point| (point.part * 100.0, usd(point.hashprice)))
        .collect();
    let percent = |price: Hashprice| study.supply.profitable(price) * 100.0;
    let (paid_before, paid_after) = (percent(before), percent(after));
    let own_words = own.map_or("No tariff, so no cost of one's own.".to_owned(), |own| {
        format!(
            "This project's energy costs {} USD/PH/day, more than that of {} % of the others.",
            figure(usd(own)),
            figure(percent(own))
        )
    });
    let words = Words {
        name: "supply",
        title: "What other miners' energy costs, and where this project stands".to_owned(),
        caption: format!(
            "The curve orders all hashrate by what its power costs: machines of {} and before, prices of power \
             around 45 USD/MWh (a model, see the method). Whoever lies above the hashprice does not earn his \
             power. {own_words}",
            study.supply.year().unwrap_or_default()
        ),
        description: format!(
            "{} % of the others earn their power at the hashprice before the retarget ({} USD/PH/day), {} % \
             after it ({}). {own_words}",
            figure(paid_before),
            figure(usd(before)),
            figure(paid_after),
            figure(usd(after))
        ),
        source: format!(
            "{}; vintages from the shipped catalogue and epochs, 45 USD/MWh of CCAF 2025 (secondary copy), \
             spread assumed",
            study.source(&["network_hashrate", "price", "tariff", "efficiency"])
        ),
    };
    let x = Axis::between("Others' hashrate, the cheapest first (%)", 0.0, 100.0);
    drawn(words, 640, |area| {
        let y = Axis::over("Cost of energy (USD/PH/day)", [0.0, most]);
        let mut panel = Panel::new(area, &x, &y, Room { left: 110, right: 300 })?;
        panel.across(usd(before), Stroke::dashed(VERMILION, 4))?;
        panel.across(usd(after), Stroke::dotted(BLACK, 4))?;
        panel.line(curve, Stroke::solid(BLUE, 6))?;
        if let Some(own) = own {
            let (x, y) = (percent(own), usd(own));
            panel.line([(0.0, y), (x, y)], Stroke::dotted(GREY, 2))?;
            panel.point(x, y, ORANGE)?;
            // Clear of the lines of the hashprice, which run close by where it is nearly earned.
            let near = [before, after].iter().any(|price| (usd(*price) / y - 1.0).abs() < 0.2);
            let words = format!("this project {}", figure(y));
            let moved = if near { (16, 70) } else { (16, 28) };
            panel.write(x, y, &words, moved, anchored(TEXT, BLACK, HPos::Left, VPos::Center))?;
        }
        let name = |price, text: &str, colour| EndLabel {
            y: usd(price),
            text: format!("{text} {}", figure(usd(price))),
            colour,
        };
        panel.names(vec![
            name(before, "hashprice before", VERMILION),
            name(after, "hashprice after", BLACK),
        ])
    })
    .map(Ok)
}
