//! The break-even tariffs on energy, on all running costs, and on capital as well.

use super::parties::data;
use super::{Body, FigureResult, PageFigure, missing_inputs};
use crate::chart::{Bar, Bars, Tone, WIDTHS};
use crate::figures::{Point, three_digits};
use crate::page::bullets::energy_break_even;
use crate::page::context::Context;
use crate::page::words::{typographic, value_of, with_unit};
use hashwatt::econ::result::{Basis, Figure, Moment, Stage, Variable};

const SHORT: &str = "Break-even";

pub(super) fn figure(context: &Context) -> FigureResult {
    let mean_price = Figure::Moment(Moment::TariffUsd);
    let tariff = match context.estimate.get(mean_price) {
        Ok(value) => value,
        Err(missing) => return Err(missing_inputs(SHORT, &missing.keys)),
    };
    let rows: Vec<(String, Figure)> = Basis::ALL
        .iter()
        .flat_map(|&basis| {
            Stage::ALL.map(|stage| {
                let label = format!("{}, {} the retarget", capital(basis.text()), stage.key());
                (label, Figure::BreakEven(Variable::Tariff, basis, stage))
            })
        })
        .filter(|(_, figure)| context.find(*figure).is_some())
        .collect();
    if rows.is_empty() {
        return Err(missing_inputs(SHORT, &[]));
    }
    let bars = rows.iter().filter_map(|(label, figure)| {
        let value = context.find(*figure)?.base;
        Some(Bar {
            label: label.clone(),
            range: (value.min(0.0), value.max(0.0)),
            median: None,
            value: typographic(&three_digits(value)),
            rest: String::new(),
            mark: Some((context.mark(*figure, Point::Base), 1.0)),
            hollow: false,
            // A break-even tariff above the tariff paid is a gain.
            tone: Some(Tone::from_sign(value - tariff.base)),
            bold: false,
        })
    });
    let chart = Bars {
        unit: "Break-even tariff, USD/kWh".to_owned(),
        rows: bars.collect(),
        line: Some((
            tariff.base,
            format!("tariff paid: {}", typographic(&three_digits(tariff.base))),
        )),
    };
    let mut named = rows.clone();
    named.push(("Mean price of the energy used".to_owned(), mean_price));
    for variable in [Variable::Price, Variable::Efficiency, Variable::CapacityFactor] {
        for basis in Basis::ALL {
            let label = format!("{}, {}", variable.text(), basis.text());
            named.push((label, Figure::BreakEven(variable, basis, Stage::After)));
        }
    }
    Ok(PageFigure {
        key: "break_even",
        short: SHORT,
        message: message(context),
        body: Body::Charts(Box::new(WIDTHS.map(|width| chart.picture(width)))),
        uses_project_inputs: true,
        sources: Vec::new(),
        note: "A steady year, all inputs at their base values, without expected growth of the network. Blue: above \
               the tariff paid; orange: below it. After the retarget, the difficulty includes the project\u{2019}s \
               hashrate."
            .to_owned(),
        equations: "M32, M33".to_owned(),
        data: data(context, &named),
    })
}

fn capital(text: &str) -> String {
    crate::page::words::raised(text)
}

fn message(context: &Context) -> String {
    let at = crate::page::front::tariff(context).map_or_else(String::new, |t| format!("At {t} "));
    let lot = context.study.resolved().inputs.lots.first();
    let machines = lot.map(|lot| context.study.resolved().table.get(lot.j_per_th));
    match (energy_break_even(context), machines) {
        (Some((_, value)), Some(param)) => {
            let break_even = with_unit(&typographic(&three_digits(value)), "J/TH");
            let own = value_of(param, param.value);
            let verb = if param.value <= value { "do" } else { "do not" };
            format!(
                "{at}machines of {break_even} just cover their energy cost; machines of {own} {verb}"
            )
        }
        _ if context
            .find(Figure::Moment(Moment::EnergyCost))
            .is_some_and(|cost| cost.base <= 0.0) =>
        {
            format!("{at}energy costs nothing, so every machine covers its energy cost")
        }
        _ => format!("{at}no machine covers its energy cost"),
    }
}
