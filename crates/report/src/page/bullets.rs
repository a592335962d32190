//! The bullets of page one: further results, each only if the scenario has the inputs for it.

use super::context::Context;
use super::words::{Grade, typographic, value_of};
use crate::chart::escaped;
use crate::figures::{Point, Scale};
use hashwatt::econ::params::Unit;
use hashwatt::econ::result::{Basis, Figure, Moment, Stage, Use, ValueMeasure, Variable};

/// A bullet: the conclusion, then its figures.
#[derive(Debug)]
pub(super) struct Bullet {
    pub title: String,
    pub text: String,
    /// Key of the page's figure that shows it.
    pub shown_in: Option<&'static str>,
}

const MAX_BULLETS: usize = 3;

/// The first bullets that the scenario has results for.
pub(super) fn bullets(context: &Context) -> Vec<Bullet> {
    let all: [fn(&Context) -> Option<Bullet>; 7] = [
        references,
        cost_per_bitcoin,
        industry,
        break_even_efficiency,
        break_even_price,
        share_of_network,
        emissions,
    ];
    all.iter().filter_map(|bullet| bullet(context)).take(MAX_BULLETS).collect()
}

/// The references compared with which the tariff costs most revenue and brings most.
fn references(context: &Context) -> Option<Bullet> {
    let resolved = context.study.resolved();
    let money = context.study.money();
    let found: Vec<(usize, f64)> = (0..resolved.references.len())
        .filter_map(|place| {
            let figure = Figure::SteadySubsidy(place as u8, money);
            Some((place, context.find(figure)?.base))
        })
        .collect();
    let largest = found.iter().max_by(|a, b| a.1.total_cmp(&b.1))?.0;
    let smallest = found.iter().min_by(|a, b| a.1.total_cmp(&b.1))?.0;
    let figure = |place: usize| Figure::SteadySubsidy(place as u8, money);
    let figures = [figure(largest), figure(smallest)];
    let scale = context.scale(&figures);
    let unit = scale.unit(context.unit(figures[0]));
    let comparison = |place: usize, is_first: bool| {
        let value = context.find(figure(place))?.base;
        let (verb, what_of) = match value > 0.0 {
            true => ("costs", "of revenue"),
            false => ("brings", "of extra revenue"),
        };
        let text =
            typographic(&scale.three_digits(value)).trim_start_matches('\u{2212}').to_owned();
        let mark = context.mark(figure(place), Point::Base);
        // The verb expresses the sign.
        let factor = scale.factor() * if value > 0.0 { 1.0 } else { -1.0 };
        let number =
            format!("<span{}>{text}</span>", crate::chart::mark_attributes(Some(&mark), factor));
        let param = resolved.table.get(resolved.references[place].price.value);
        let price = escaped(&value_of(param, param.value));
        let what = escaped(&resolved.references[place].what);
        let grade = Grade::from_param(param).badge();
        Some((
            value,
            match is_first {
                true => format!("{what}, {price} {grade}, it {verb} {number} {unit} {what_of}"),
                false => format!("{what}, {price} {grade}, it {verb} {number}"),
            },
        ))
    };
    let (high, first) = comparison(largest, true)?;
    let (low, second) = comparison(smallest, false)?;
    let title = match (high > 0.0, low > 0.0) {
        (true, false) => "Whether it is a subsidy depends on the reference.",
        (true, true) => "The tariff is below every reference.",
        (false, _) => "The tariff is above every reference.",
    };
    let text = match largest == smallest {
        true => format!("Compared with {first} in a steady year."),
        false => format!("Compared with {first} in a steady year; compared with {second}."),
    };
    Some(Bullet { title: title.to_owned(), text, shown_in: Some("references") })
}

/// The full cost of a bitcoin and its price.
fn cost_per_bitcoin(context: &Context) -> Option<Bullet> {
    let figure = Figure::CostPerBtc;
    let value = context.find(figure)?;
    let price = context.param("price_usd_per_btc")?;
    let scale = Scale::new(value.unit, 1.0);
    let (middle, _) = Context::median_or_base(&value);
    let number = context.median(figure, &scale)?;
    let title = match middle > price.value {
        true => "Mining a bitcoin costs more than its price today.",
        false => "Mining a bitcoin costs less than its price today.",
    };
    let cost = match value.band {
        Some(band) if !band.p95.is_finite() => {
            format!("Median full cost: {number}\u{a0}USD per bitcoin")
        }
        _ => {
            let range = context.range(figure, &scale);
            format!("Full cost: {number}\u{a0}USD {range} per bitcoin")
        }
    };
    let text = format!(
        "{cost}; price: {} {}.",
        escaped(&crate::figures::seven_digits(price.value)),
        Grade::from_param(price).badge()
    );
    Some(Bullet { title: title.to_owned(), text, shown_in: Some("cash") })
}

/// The break-even efficiency: machines whose revenue just covers their energy.
fn break_even_efficiency(context: &Context) -> Option<Bullet> {
    let (figure, break_even) = energy_break_even(context)?;
    let lot = context.study.resolved().inputs.lots.first()?;
    let own = context.study.resolved().table.get(lot.j_per_th);
    let number = context.number(figure, Point::Base, &Scale::new(context.unit(figure), 1.0))?;
    let (title, verb) = match own.value <= break_even {
        true => ("Revenue covers the energy cost today.", "cover"),
        false => ("Revenue does not cover the energy cost today.", "do not cover"),
    };
    let text = format!(
        "Machines of {number}\u{a0}J/TH or better cover it; those of {} {} {verb} it.",
        escaped(&value_of(own, own.value)),
        Grade::from_param(own).badge()
    );
    Some(Bullet { title: title.to_owned(), text, shown_in: Some("break_even") })
}

/// The break-even bitcoin price on all costs including capital.
fn break_even_price(context: &Context) -> Option<Bullet> {
    let figure = Figure::BreakEven(Variable::Price, Basis::WithCapital, Stage::After);
    let number = context.number(figure, Point::Base, &Scale::new(context.unit(figure), 1.0))?;
    let price = context.param("price_usd_per_btc")?;
    let title = match context.find(figure)?.base > price.value {
        true => "Covering all costs needs a higher bitcoin price.",
        false => "The bitcoin price covers all costs.",
    };
    let text = format!(
        "The break-even price of a steady year is {number}\u{a0}USD; the price is {} {}.",
        escaped(&value_of(price, price.value)),
        Grade::from_param(price).badge()
    );
    Some(Bullet { title: title.to_owned(), text, shown_in: Some("break_even") })
}

/// The domestic value of the same energy in industry.
fn industry(context: &Context) -> Option<Bullet> {
    let (project, industry) = (
        Figure::Use(Use::Project, ValueMeasure::Local),
        Figure::Use(Use::Industry, ValueMeasure::Local),
    );
    let (mining_value, industry_value) = (context.find(project)?, context.find(industry)?);
    let scale = Scale::new(context.unit(project), 1.0);
    let mining_value = Context::median_or_base(&mining_value).0;
    let industry_value = Context::median_or_base(&industry_value).0;
    let grade = context.param("uses.industry_value_added_usd_per_mwh").map(Grade::from_param)?;
    let title = match industry_value > mining_value {
        true => "Industry keeps more value in the country.",
        false => "Mining keeps more value in the country than industry.",
    };
    let text = format!(
        "Domestic value, USD/MWh: industry {} {}, project {}.",
        context.median(industry, &scale)?,
        grade.badge(),
        context.median(project, &scale)?
    );
    Some(Bullet { title: title.to_owned(), text, shown_in: Some("uses") })
}

/// The project's share of the network.
fn share_of_network(context: &Context) -> Option<Bullet> {
    let (share, btc) = (Figure::Moment(Moment::Share), Figure::Moment(Moment::BtcAfter));
    let value = context.find(share)?.base;
    let text = typographic(&crate::figures::three_digits(value * 100.0));
    let mark = context.mark(share, Point::Base);
    let part = format!("<span{}>{text}</span>", crate::chart::mark_attributes(Some(&mark), 0.01));
    let btc_scale = Scale::new(context.unit(btc), 1.0);
    let btc = context.number(btc, Point::Base, &btc_scale)?;
    Some(Bullet {
        title: "Share of the network.".to_owned(),
        text: format!(
            "{part}\u{a0}% of all blocks, {btc}\u{a0}bitcoin per day after the retarget."
        ),
        shown_in: None,
    })
}

/// The emissions of the project's energy.
fn emissions(context: &Context) -> Option<Bullet> {
    let figure = [Moment::MarginalCarbon, Moment::AverageCarbon]
        .map(Figure::Moment)
        .into_iter()
        .find(|figure| context.find(*figure).is_some())?;
    let scale = context.scale(&[figure]);
    let number = context.number(figure, Point::Base, &scale)?;
    Some(Bullet {
        title: "Emissions.".to_owned(),
        text: format!("{number} {} of CO2 per year.", scale.unit(Unit::Tonnes)),
        shown_in: None,
    })
}

/// The figure of the break-even efficiency on energy, with its value.
pub(super) fn energy_break_even(context: &Context) -> Option<(Figure, f64)> {
    let figure = Figure::BreakEven(Variable::Efficiency, Basis::EnergyOnly, Stage::After);
    Some((figure, context.find(figure)?.base))
}
