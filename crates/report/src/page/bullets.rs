//! The bullets of page one: what a reader asks next, each only where the scenario has its results.

use super::context::Context;
use super::words::{Grade, typographic, value_of};
use crate::chart::escaped;
use crate::figures::{Point, Scale};
use hashwatt::econ::params::Unit;
use hashwatt::econ::result::{Basis, Figure, Moment, Stage, Use, Variable, Worth};

/// A bullet: what it says in short, then how it comes.
#[derive(Debug)]
pub(super) struct Bullet {
    pub title: String,
    pub text: String,
    /// The figure of the page that shows it.
    pub shown_in: Option<&'static str>,
}

const BULLETS: usize = 3;

/// The first of these that the scenario has results for.
pub(super) fn bullets(of: &Context) -> Vec<Bullet> {
    let all: [fn(&Context) -> Option<Bullet>; 7] = [
        yardstick,
        cost_of_a_bitcoin,
        elsewhere,
        needed_machines,
        needed_price,
        share_of_network,
        carbon,
    ];
    all.iter().filter_map(|bullet| bullet(of)).take(BULLETS).collect()
}

/// Against which reference the tariff gives away most, and against which it brings most.
fn yardstick(of: &Context) -> Option<Bullet> {
    let resolved = of.study.resolved();
    let money = of.study.money();
    let found: Vec<(usize, f64)> = (0..resolved.references.len())
        .filter_map(|place| {
            let figure = Figure::SteadySubsidy(place as u8, money);
            Some((place, of.find(figure)?.base))
        })
        .collect();
    let most = found.iter().max_by(|a, b| a.1.total_cmp(&b.1))?.0;
    let least = found.iter().min_by(|a, b| a.1.total_cmp(&b.1))?.0;
    let figure = |place: usize| Figure::SteadySubsidy(place as u8, money);
    let figures = [figure(most), figure(least)];
    let scale = of.scale(&figures);
    let unit = scale.unit(of.unit(figures[0]));
    let told = |place: usize| {
        let value = of.find(figure(place))?.base;
        let verb = if value > 0.0 { "gives away" } else { "brings" };
        let text = typographic(&scale.three(value)).trim_start_matches('\u{2212}').to_owned();
        let mark = of.mark(figure(place), Point::Base);
        // The sign is in the verb.
        let factor = scale.factor() * if value > 0.0 { 1.0 } else { -1.0 };
        let number = format!("<span{}>{text}</span>", crate::chart::marked(Some(&mark), factor));
        let param = resolved.table.get(resolved.references[place].price.value);
        let price = escaped(&value_of(param, param.value));
        let what = escaped(&resolved.references[place].what);
        Some((value, format!("{what}, {price} {}, it {verb} {number}", Grade::of(param).badge())))
    };
    let (high, first) = told(most)?;
    let (low, second) = told(least)?;
    let title = match (high > 0.0, low > 0.0) {
        (true, false) => "Subsidy or not depends on the yardstick.",
        (true, true) => "The tariff is below every yardstick.",
        (false, _) => "The tariff is above every yardstick.",
    };
    let text = match most == least {
        true => format!("Against {first} {unit} in a steady year."),
        false => format!("Against {first} {unit} in a steady year; against {second}."),
    };
    Some(Bullet { title: title.to_owned(), text, shown_in: Some("yardsticks") })
}

/// All costs of a bitcoin beside its price.
fn cost_of_a_bitcoin(of: &Context) -> Option<Bullet> {
    let figure = Figure::CostPerBtc;
    let value = of.find(figure)?;
    let price = of.param("price_usd_per_btc")?;
    let scale = Scale::new(value.unit, 1.0);
    let (middle, _) = Context::middle(&value);
    let number = of.median(figure, &scale)?;
    let title = match middle > price.value {
        true => "A bitcoin costs more than it sells for today.",
        false => "A bitcoin costs less than it sells for today.",
    };
    let range = match value.band {
        Some(band) if !band.p95.is_finite() => "by the median".to_owned(),
        _ => of.range(figure, &scale),
    };
    let text = format!(
        "All costs come to {number}\u{a0}USD {range}, its price to {} {}.",
        escaped(&crate::figures::given(price.value)),
        Grade::of(price).badge()
    );
    Some(Bullet { title: title.to_owned(), text, shown_in: Some("cash") })
}

/// With which machines income just pays the energy.
fn needed_machines(of: &Context) -> Option<Bullet> {
    let (figure, least) = least_efficiency(of)?;
    let lot = of.study.resolved().inputs.lots.first()?;
    let own = of.study.resolved().table.get(lot.j_per_th);
    let number = of.number(figure, Point::Base, &Scale::new(of.unit(figure), 1.0))?;
    let (title, verb) = match own.value <= least {
        true => ("Today income pays the energy.", "earn"),
        false => ("Today income does not pay the energy.", "do not earn"),
    };
    let text = format!(
        "Machines of {number}\u{a0}J/TH or better earn it; those of {} {} {verb} it.",
        escaped(&value_of(own, own.value)),
        Grade::of(own).badge()
    );
    Some(Bullet { title: title.to_owned(), text, shown_in: Some("break_even") })
}

/// At which price of a bitcoin income pays all costs, capital among them.
fn needed_price(of: &Context) -> Option<Bullet> {
    let figure = Figure::BreakEven(Variable::Price, Basis::WithCapital, Stage::After);
    let number = of.number(figure, Point::Base, &Scale::new(of.unit(figure), 1.0))?;
    let price = of.param("price_usd_per_btc")?;
    let title = match of.find(figure)?.base > price.value {
        true => "All costs take a higher bitcoin price.",
        false => "The bitcoin price pays all costs.",
    };
    let text = format!(
        "In a steady year they are paid at {number}\u{a0}USD; the price is {} {}.",
        escaped(&value_of(price, price.value)),
        Grade::of(price).badge()
    );
    Some(Bullet { title: title.to_owned(), text, shown_in: Some("break_even") })
}

/// What the same energy leaves in the country in industry.
fn elsewhere(of: &Context) -> Option<Bullet> {
    let (project, industry) =
        (Figure::Use(Use::Project, Worth::Local), Figure::Use(Use::Industry, Worth::Local));
    let (mined, made) = (of.find(project)?, of.find(industry)?);
    let scale = Scale::new(of.unit(project), 1.0);
    let (mined, made) = (Context::middle(&mined).0, Context::middle(&made).0);
    let grade = of.param("uses.industry_value_added_usd_per_mwh").map(Grade::of)?;
    let title = match made > mined {
        true => "Industry leaves more in the country.",
        false => "Mining leaves more in the country than industry.",
    };
    let text = format!(
        "Of a MWh industry leaves {}\u{a0}USD {}, the project {}.",
        of.median(industry, &scale)?,
        grade.badge(),
        of.median(project, &scale)?
    );
    Some(Bullet { title: title.to_owned(), text, shown_in: Some("uses") })
}

/// What it becomes in the network.
fn share_of_network(of: &Context) -> Option<Bullet> {
    let (share, btc) = (Figure::Moment(Moment::Share), Figure::Moment(Moment::BtcAfter));
    let value = of.find(share)?.base;
    let text = typographic(&crate::figures::three(value * 100.0));
    let mark = of.mark(share, Point::Base);
    let part = format!("<span{}>{text}</span>", crate::chart::marked(Some(&mark), 0.01));
    let btc_scale = Scale::new(of.unit(btc), 1.0);
    let btc = of.number(btc, Point::Base, &btc_scale)?;
    Some(Bullet {
        title: "What it is in the network.".to_owned(),
        text: format!("{part}\u{a0}% of all blocks, {btc}\u{a0}bitcoin a day after the retarget."),
        shown_in: None,
    })
}

fn carbon(of: &Context) -> Option<Bullet> {
    let figure = [Moment::MarginalCarbon, Moment::AverageCarbon]
        .map(Figure::Moment)
        .into_iter()
        .find(|figure| of.find(*figure).is_some())?;
    let scale = of.scale(&[figure]);
    let number = of.number(figure, Point::Base, &scale)?;
    Some(Bullet {
        title: "What it emits.".to_owned(),
        text: format!("{number} {} of CO2 a year.", scale.unit(Unit::Tonnes)),
        shown_in: None,
    })
}

/// The break-even efficiency on energy alone, for the figure of break-evens.
pub(super) fn least_efficiency(of: &Context) -> Option<(Figure, f64)> {
    let figure = Figure::BreakEven(Variable::Efficiency, Basis::EnergyOnly, Stage::After);
    Some((figure, of.find(figure)?.base))
}
