//! Where it pays: by efficiency and tariff, and by size.

use super::panel::{EndLabel, Panel, Room, Side};
use super::style::{
    Axis, BLACK, BLUE, GREY, ORANGE, SMALL, Scaled, Stroke, TEXT, VERMILION, amount, anchored,
    figure, power_unit, with_unit,
};
use super::{Drawn, NoChart, Words, drawn};
use crate::study::Study;
use hashwatt::econ::{FactorKind, ReferenceKind};
use hashwatt::units::UsdRate;
use plotters::style::text_anchor::{HPos, VPos};

/// The tariff that machines of an efficiency can pay.
pub(super) fn frontier(study: &Study) -> Drawn {
    let (per_usd, currency) = study.local();
    let usd = |point: &hashwatt::econ::EfficiencyPoint, after: bool| {
        let price = if after { point.after } else { point.before };
        (point.efficiency.as_j_per_th(), price.as_usd_per_kwh() * per_usd)
    };
    let line = |after| study.efficiency.iter().map(|p| usd(p, after)).collect::<Vec<_>>();
    let (before, after) = (line(false), line(true));
    let own = study.snapshot.efficiency.value().as_j_per_th();
    let break_even = study.snapshot.after.break_even.tariff.as_usd_per_kwh() * per_usd;
    let tariff = study.snapshot.tariff.map(|tariff| tariff.as_usd_per_kwh() * per_usd);
    // Consumers' tariffs and the cost of service are lines that a tariff is held against; averages of
    // generation are in a picture of their own.
    let lines = study.snapshot.subsidies.iter().filter(|subsidy| {
        let kind = subsidy.reference.kind;
        matches!(kind, ReferenceKind::CostOfService | ReferenceKind::ConsumerTariff)
            && subsidy.reference.price.value().currency().to_string() == currency
    });
    let lines: Vec<(f64, &'static str)> = lines
        .map(|subsidy| {
            let name = match subsidy.reference.kind {
                ReferenceKind::CostOfService => "cost of service",
                _ => "consumer tariff",
            };
            (subsidy.reference.price.value().as_per_kwh(), name)
        })
        .collect();
    let own_words = format!(
        "At {} J/TH energy may cost {} {currency}/kWh after the retarget.",
        figure(own),
        figure(break_even)
    );
    let words = Words {
        name: "frontier",
        title: "Break-even tariff against the machines' efficiency, energy only".to_owned(),
        caption: format!(
            "Below a line the income pays the energy, above it does not; other costs and capital come on top. \
             The same power with better machines hashes more, which itself raises the difficulty: the line \
             after the retarget has that in it. {own_words}"
        ),
        description: own_words.clone(),
        source: study.source(&[
            "power_mw",
            "pue",
            "network_hashrate",
            "price",
            "tariff",
            "exchange_rate",
        ]),
    };
    let x = Axis::between(
        "Energy per hash at the machine (J/TH)",
        after.first().map_or(0.0, |p| p.0),
        after.last().map_or(1.0, |p| p.0),
    );
    let levels =
        lines.iter().map(|l| l.0).chain(tariff).fold(break_even * 2.2, |m, l| m.max(l * 1.15));
    let y = Axis::over(format!("Tariff ({currency}/kWh)"), [0.0, levels]);
    drawn(words, 700, |area| {
        let mut panel = Panel::new(area, &x, &y, Room { left: 110, right: 280 })?;
        let range = study.project.factors.iter().find(|f| f.kind == FactorKind::Efficiency);
        if let Some(range) = range {
            let (low, high) = (own * range.low, own * range.high);
            panel.shade(low, high, ORANGE, 0.14)?;
            let words = format!("range {} to {}", figure(low), figure(high));
            let style = anchored(SMALL, GREY, HPos::Right, VPos::Bottom);
            panel.write(high.min(x.high), 0.0, &words, (-8, -8), style)?;
        }
        for (level, _) in &lines {
            panel.across(*level, Stroke::dotted(GREY, 3))?;
        }
        if let Some(tariff) = tariff {
            panel.across(tariff, Stroke::solid(BLACK, 3))?;
        }
        panel.line(before.iter().copied(), Stroke::dashed(VERMILION, 4))?;
        panel.line(after.iter().copied(), Stroke::solid(BLUE, 6))?;
        panel.point(own, break_even, ORANGE)?;
        let text = format!("{} at {} J/TH", figure(break_even), figure(own));
        let style = anchored(TEXT, BLUE, HPos::Right, VPos::Top);
        panel.write(own, break_even, &text, (-14, 12), style)?;
        let mut names = vec![];
        if let Some(tariff) = tariff {
            let text = format!("tariff {}", study.tariff_words());
            names.push(EndLabel { y: tariff, text, colour: BLACK });
        }
        for (level, name) in &lines {
            let text = format!("{name} {}", figure(*level));
            names.push(EndLabel { y: *level, text, colour: GREY });
        }
        let end = |line: &[(f64, f64)]| line.last().map_or(0.0, |p| p.1);
        let text = "before retarget".to_owned();
        names.push(EndLabel { y: end(&before), text, colour: VERMILION });
        names.push(EndLabel { y: end(&after), text: "after retarget".to_owned(), colour: BLUE });
        panel.names(names)
    })
    .map(Ok)
}

/// Profit against the size of the budget.
pub(super) fn size(study: &Study) -> Drawn {
    const TITLE: &str = "Profit against the size of the budget, energy only";
    const POINTS: usize = 121;
    let curve = study.scale.curve(POINTS);
    let mw = study.snapshot.mining_power.as_mw();
    let unit = power_unit(mw);
    let (size, name) = unit;
    let usd = |rate: Option<UsdRate>| rate.map(UsdRate::as_usd_per_day);
    let profit: Option<Vec<(f64, f64)>> =
        curve.iter().map(|p| Some((p.power.as_mw() / size, usd(p.profit)?))).collect();
    let next: Option<Vec<(f64, f64)>> =
        curve.iter().map(|p| Some((p.power.as_mw() / size, usd(p.marginal_profit)?))).collect();
    let (Some(profit), Some(next)) = (profit, next) else {
        let reason = "no tariff is given".to_owned();
        return Ok(Err(NoChart { title: TITLE, reason }));
    };
    let here = study.scale.at(study.snapshot.mining_power);
    let (Some(now), Some(next_now)) = (usd(here.profit), usd(here.marginal_profit)) else {
        let reason = "no tariff is given".to_owned();
        return Ok(Err(NoChart { title: TITLE, reason }));
    };
    let scaled = Scaled::for_most(profit.iter().fold(0.0, |most, (_, y)| most.max(y.abs())));
    let profit: Vec<(f64, f64)> = profit.into_iter().map(|(x, y)| (x, y / scaled.factor)).collect();
    let best = study.scale.profit_maximising().map(|power| power.as_mw());
    let best_words = match best {
        Some(best) if best > 0.0 => format!("Most profit at {}.", with_unit(best, unit)),
        Some(_) => "No megawatt earns its energy.".to_owned(),
        None => "Every megawatt earns its energy.".to_owned(),
    };
    let words = Words {
        name: "size",
        title: TITLE.to_owned(),
        caption: format!(
            "One's own hashrate raises the difficulty, so the next megawatt earns less than the mean one. On \
             the right is the next megawatt alone: where it falls below nothing, more power makes less money. \
             {best_words} Other costs and capital are left out."
        ),
        description: format!(
            "{best_words} At {} the profit after the retarget is {} a day, the next megawatt brings {} a day.",
            with_unit(mw, unit),
            amount(now, "USD"),
            amount(next_now, "USD")
        ),
        source: study.source(&[
            "efficiency",
            "pue",
            "uptime",
            "network_hashrate",
            "price",
            "tariff",
            "exchange_rate",
        ]),
    };
    drawn(words, 580, |area| {
        let (left, right) = area.split_horizontally(730);
        let x = Axis::between(format!("Power that mines ({name})"), 0.0, mw / size * 2.0);
        let title = format!("Profit ({} a day)", scaled.unit("USD"));
        let y = Axis::over(title, profit.iter().map(|p| p.1).chain([0.0]));
        let mut panel = Panel::new(&left, &x, &y, Room { left: 110, right: 40 })?;
        panel.across(0.0, Stroke::solid(BLACK, 2))?;
        panel.line(profit.iter().copied(), Stroke::solid(BLUE, 6))?;
        if let Some(best) = best.filter(|best| *best > 0.0) {
            panel.upright(
                best,
                &format!("most at {} MW", figure(best)),
                Stroke::dotted(GREY, 3),
            )?;
        }
        let now = now / scaled.factor;
        panel.point(mw / size, now, ORANGE)?;
        // Words stand off the line: above one that falls, below one that rises.
        let side = if next_now < 0.0 { Side::Above } else { Side::Below };
        let text = format!("{} at {}", figure(now), with_unit(mw, unit));
        panel.beside(mw / size, now, &text, BLUE, side)?;
        let y = Axis::over("The next MW (USD a day)", next.iter().map(|p| p.1).chain([0.0]));
        let mut panel = Panel::new(&right, &x, &y, Room { left: 120, right: 40 })?;
        panel.across(0.0, Stroke::solid(BLACK, 2))?;
        panel.line(next.iter().copied(), Stroke::solid(VERMILION, 6))?;
        panel.point(mw / size, next_now, ORANGE)?;
        panel.beside(mw / size, next_now, &figure(next_now), VERMILION, Side::Above)
    })
    .map(Ok)
}
