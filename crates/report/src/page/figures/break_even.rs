//! At which tariff income pays energy, all running costs, and capital as well.

use super::parties::data;
use super::{Body, Made, PageFigure, lacks};
use crate::chart::{Bar, Bars, Tone, WIDTHS};
use crate::figures::{Point, three};
use crate::page::bullets::least_efficiency;
use crate::page::context::Context;
use crate::page::words::{typographic, value_of, with_unit};
use hashwatt::econ::result::{Basis, Figure, Moment, Stage, Variable};

const SHORT: &str = "Break-even";

pub(super) fn figure(of: &Context) -> Made {
    let taken = Figure::Moment(Moment::TariffUsd);
    let tariff = match of.estimate.get(taken) {
        Ok(value) => value,
        Err(missing) => return Err(lacks(SHORT, &missing.keys)),
    };
    let rows: Vec<(String, Figure)> = Basis::ALL
        .iter()
        .flat_map(|&basis| {
            Stage::ALL.map(|stage| {
                let label = format!("{}, {} the retarget", capital(basis.text()), stage.key());
                (label, Figure::BreakEven(Variable::Tariff, basis, stage))
            })
        })
        .filter(|(_, figure)| of.find(*figure).is_some())
        .collect();
    if rows.is_empty() {
        return Err(lacks(SHORT, &[]));
    }
    let bars = rows.iter().filter_map(|(label, figure)| {
        let value = of.find(*figure)?.base;
        Some(Bar {
            label: label.clone(),
            range: (value.min(0.0), value.max(0.0)),
            median: None,
            value: typographic(&three(value)),
            rest: String::new(),
            mark: Some((of.mark(*figure, Point::Base), 1.0)),
            hollow: false,
            // Above what is paid it earns; below it does not.
            tone: Some(Tone::of(value - tariff.base)),
            bold: false,
        })
    });
    let chart = Bars {
        unit: "USD/kWh at which income equals cost".to_owned(),
        rows: bars.collect(),
        line: Some((tariff.base, format!("{} is paid", typographic(&three(tariff.base))))),
    };
    let mut named = rows.clone();
    named.push(("Mean price of the energy taken".to_owned(), taken));
    for variable in [Variable::Price, Variable::Efficiency, Variable::CapacityFactor] {
        for basis in Basis::ALL {
            let label = format!("{}, {}", variable.text(), basis.text());
            named.push((label, Figure::BreakEven(variable, basis, Stage::After)));
        }
    }
    Ok(PageFigure {
        key: "break_even",
        short: SHORT,
        message: message(of),
        body: Body::Charts(Box::new(WIDTHS.map(|wide| chart.picture(wide)))),
        of_project: true,
        sources: Vec::new(),
        note: "A steady year, every input as given, without expected growth of the network. Blue: more than is \
               paid; orange: less. The retarget takes the project\u{2019}s own hashrate into the difficulty."
            .to_owned(),
        equations: "M32, M33".to_owned(),
        data: data(of, &named),
    })
}

fn capital(text: &str) -> String {
    crate::page::words::raised(text)
}

fn message(of: &Context) -> String {
    let at = crate::page::front::tariff(of).map_or_else(String::new, |t| format!("At {t} "));
    let lot = of.study.resolved().inputs.lots.first();
    let machines = lot.map(|lot| of.study.resolved().table.get(lot.j_per_th));
    match (least_efficiency(of), machines) {
        (Some((_, value)), Some(param)) => {
            let least = with_unit(&typographic(&three(value)), "J/TH");
            let own = value_of(param, param.value);
            let verdict = if param.value <= value { "earn" } else { "do not earn" };
            format!(
                "{at}machines of {least} just earn their energy; those of {own} {verdict} theirs"
            )
        }
        _ if of.find(Figure::Moment(Moment::EnergyCost)).is_some_and(|cost| cost.base <= 0.0) => {
            format!("{at}energy costs nothing, and every machine earns it")
        }
        _ => format!("{at}no machine earns its energy"),
    }
}
