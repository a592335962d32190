//! Page one: one sentence that answers, five rows, what is counted beside them, three bullets.

use super::bullets::{Bullet, bullets};
use super::context::Context;
use super::words::{
    Grade, found_of, joined, name, raised, typographic, unit_line, value_of, with_unit,
};
use crate::chart::{Axis, escaped};
use crate::figures::Scale;
use hashwatt::econ::params::Unit;
use hashwatt::econ::result::{Counted, Figure, Missing, Moment};
use hashwatt::econ::view::headline::{HeadlineParty, Row, Verdict};
use hashwatt::econ::view::switching_value::SwitchingValue;

/// Page one, ready to be laid out; texts are HTML.
#[derive(Debug)]
pub(super) struct Front {
    /// The sentence that answers.
    pub answer: String,
    /// What was taken, each with its grade.
    pub taken: Vec<String>,
    /// What is measured along the bars, over what.
    pub unit: String,
    /// Ticks: place in per cent and text.
    pub ticks: Vec<(String, String)>,
    /// Where zero is, in per cent.
    pub zero: String,
    pub rows: Vec<FrontRow>,
    /// The nation with stated externalities, or that none is stated.
    pub externalities: String,
    pub bullets: Vec<Bullet>,
}

/// A row.
#[derive(Debug)]
pub(super) struct FrontRow {
    pub key: &'static str,
    pub name: String,
    pub explained: &'static str,
    /// Pieces of the bar: class, left and width in per cent.
    pub pieces: Vec<(&'static str, String, String)>,
    /// Where the median is.
    pub tick: Option<String>,
    pub number: String,
    /// Class and text of the verdict, and how sure it is.
    pub verdict: Option<(&'static str, String)>,
    pub sure: String,
    /// What would turn it, or what is missing.
    pub turn: String,
}

pub(super) fn front(of: &Context) -> Front {
    let figures: Vec<Figure> = HeadlineParty::ALL.iter().map(|whose| whose.figure()).collect();
    let scale = of.scale(&figures);
    let ends = figures.iter().filter_map(|figure| of.find(*figure)).flat_map(|value| {
        let middle = [value.base, value.base];
        value.band.map_or(middle, |band| [band.p05, band.p95])
    });
    let axis = Axis::with_zero(ends, 0.0, 100.0);
    // Zero is never at the edge.
    let room = 0.08 * (axis.high - axis.low);
    let axis = Axis { low: axis.low - room, high: axis.high + room, ..axis };
    let ticks = axis.ticks(3).into_iter().filter(|tick| (4.0..=96.0).contains(&axis.at(*tick)));
    let has_rows = of.headline.rows.iter().any(|row| row.value.is_ok());
    Front {
        answer: answer(of),
        taken: taken(of),
        unit: format!("{}, {}", unit_line(&scale, Unit::Usd), basis(of)),
        ticks: ticks
            .filter(|_| has_rows)
            .map(|tick| (percent(axis.at(tick)), typographic(&scale.tick(tick))))
            .collect(),
        zero: percent(axis.at(0.0)),
        rows: of.headline.rows.iter().map(|row| front_row(of, row, &scale, &axis)).collect(),
        externalities: externalities(of, &scale),
        bullets: bullets(of),
    }
}

fn percent(place: f64) -> String {
    format!("{:.2}%", place.clamp(0.0, 100.0))
}

/// What the numbers are, and over how many draws.
fn basis(of: &Context) -> String {
    let (paths, years) = (crate::figures::given(of.outcome.paths as f64), of.years());
    match of.outcome.paths {
        0 => format!("present value, {years}, as given"),
        _ => format!("present value, {years}; bar 90 % of {paths} futures, tick median"),
    }
}

/// What the tariff is, such as `22.98 PKR/kWh`.
pub(super) fn tariff(of: &Context) -> Option<String> {
    let site = of.study.resolved().inputs.sites.first()?;
    let param = of.study.resolved().table.get(site.tariff.value);
    (!param.missing).then(|| value_of(param, param.value))
}

/// One sentence: who gains and who loses at the tariff, and whether another tariff serves both.
fn answer(of: &Context) -> String {
    let told = [HeadlineParty::Operator, HeadlineParty::PowerSystem, HeadlineParty::Nation]
        .into_iter()
        .filter_map(|whose| of.headline.row(whose)?.verdict.map(|verdict| (whose, verdict)));
    let mut groups: Vec<(Verdict, Vec<String>)> = Vec::new();
    for (whose, verdict) in told {
        match groups.iter_mut().find(|(known, _)| *known == verdict) {
            Some((_, names)) => names.push(whose.phrase().to_owned()),
            None => groups.push((verdict, vec![whose.phrase().to_owned()])),
        }
    }
    if groups.is_empty() {
        return unknown(of);
    }
    // What is known comes before what is open.
    groups.sort_by_key(|(verdict, _)| verdict.sign() == 0);
    let signs: Vec<i8> = groups.iter().map(|(verdict, _)| verdict.sign()).collect();
    let is_mixed = signs.contains(&1) && signs.contains(&-1);
    let clauses: Vec<String> = groups
        .iter()
        .map(|(verdict, names)| {
            let verb = if names.len() > 1 { verdict.plural() } else { verdict.verb() };
            format!("{} {verb}", joined(names))
        })
        .collect();
    let said = match &clauses[..] {
        [first, second] if is_mixed => format!("{first}, but {second}"),
        [first, second] => format!("{first}, and {second}"),
        all => joined(all),
    };
    let at = tariff(of).map_or_else(String::new, |tariff| format!("At {tariff} "));
    let sentence = raised(&format!("{at}{said}"));
    escaped(&match other_tariffs(of) {
        Some(more) => format!("{sentence}; {more}."),
        None => format!("{sentence}."),
    })
}

/// What no verdict can be given of: what the budget becomes, and which keys are missing.
fn unknown(of: &Context) -> String {
    let lacked = of.headline.rows.first().and_then(|row| row.value.as_ref().err());
    let keys = lacked.map_or_else(String::new, |missing| missing.keys.join(", "));
    let power = of.find(Figure::Moment(Moment::Power)).map_or(0.0, |value| value.base);
    let power = with_unit(&crate::figures::given(power), "MW");
    let share = Figure::Moment(Moment::Share);
    let share = of.find(share).map_or_else(String::new, |value| {
        let text = typographic(&crate::figures::three(value.base * 100.0));
        format!("{power} become {} of the network\u{2019}s blocks", with_unit(&text, "%"))
    });
    escaped(&format!("{share}; who gains is not known, for want of {keys}."))
}

/// What the curve of tariffs says in a clause.
fn other_tariffs(of: &Context) -> Option<String> {
    let curve = of.curve?;
    let unit = curve.unit.to_string();
    let at = |tariff: f64| with_unit(&typographic(&crate::figures::three(tariff)), &unit);
    let operator = curve.crossing(HeadlineParty::Operator).filter(|crossing| !crossing.gains_above);
    let system = curve.crossing(HeadlineParty::PowerSystem).filter(|crossing| crossing.gains_above);
    match (operator, system) {
        (Some(operator), Some(system)) if operator.tariff < system.tariff => {
            Some("by the median no tariff serves operator and power system".to_owned())
        }
        (Some(operator), Some(system)) => Some(format!(
            "by the median operator and power system both gain from {} to {}",
            typographic(&crate::figures::three(system.tariff)),
            at(operator.tariff)
        )),
        (Some(operator), None) => {
            Some(format!("by the median it gains below {}", at(operator.tariff)))
        }
        (None, Some(system)) => {
            Some(format!("by the median the power system gains above {}", at(system.tariff)))
        }
        (None, None) => None,
    }
}

/// What was taken for the inputs that everything rests on.
fn taken(of: &Context) -> Vec<String> {
    let resolved = of.study.resolved();
    let mut ids = Vec::new();
    let sites = resolved.inputs.sites.len();
    let mut all = Vec::new();
    if sites > 1 {
        let power = Figure::Moment(Moment::Power);
        let power = of.find(power).map_or(0.0, |value| value.base);
        let power = with_unit(&crate::figures::given(power), "MW");
        all.push(escaped(&format!("{power} at {sites} sites, of the first")));
    }
    if let Some(site) = resolved.inputs.sites.first() {
        ids.extend(site.power_mw.filter(|_| sites == 1));
        ids.push(site.tariff.value);
    }
    ids.extend(resolved.inputs.lots.first().map(|lot| lot.j_per_th));
    let of_table = ids.into_iter().map(|id| resolved.table.get(id)).filter(|param| !param.missing);
    let by_key = ["price_usd_per_btc", "network_hashrate_eh_per_s"];
    let network = by_key.into_iter().filter_map(|key| of.param(key));
    let status = resolved.tariff_status.map(|status| status.name().replace('_', " "));
    let given = of_table.chain(network).map(|param| {
        let is_tariff = matches!(param.unit, Unit::Price(..));
        let status = status.as_ref().filter(|_| is_tariff);
        let status = status.map_or_else(String::new, |status| format!(", {status}"));
        let label = match param.unit {
            Unit::Mw => String::new(),
            Unit::Price(..) => "tariff ".to_owned(),
            Unit::JoulesPerTh => "machines ".to_owned(),
            Unit::UsdPerBtc => "bitcoin ".to_owned(),
            _ => "network ".to_owned(),
        };
        let value = match param.unit {
            Unit::UsdPerBtc => with_unit(&crate::figures::given(param.value), "USD"),
            _ => value_of(param, param.value),
        };
        format!("{label}{}{status} {}", escaped(&value), Grade::of(param).badge())
    });
    all.into_iter().chain(given).collect()
}

fn front_row(of: &Context, row: &Row, scale: &Scale, axis: &Axis) -> FrontRow {
    let figure = row.whose.figure();
    let mut front = FrontRow {
        key: row.whose.key(),
        name: row.whose.to_string(),
        explained: row.whose.explained(),
        pieces: Vec::new(),
        tick: None,
        number: String::new(),
        verdict: None,
        sure: String::new(),
        turn: String::new(),
    };
    let (Ok(value), Some(verdict)) = (&row.value, row.verdict) else {
        front.turn = missing(row.value.as_ref().err());
        return front;
    };
    let (low, high) =
        value.band.map_or((value.base.min(0.0), value.base.max(0.0)), |band| (band.p05, band.p95));
    for (class, from, to) in
        [("loss", low.min(0.0), high.min(0.0)), ("gain", low.max(0.0), high.max(0.0))]
    {
        if to > from {
            let width = (axis.at(to) - axis.at(from)).max(0.4);
            front.pieces.push((class, percent(axis.at(from)), percent(width)));
        }
    }
    let (middle, point) = Context::middle(value);
    front.tick = value.band.map(|_| percent(axis.at(middle)));
    let number = of.number(figure, point, scale).unwrap_or_default();
    front.number = format!("<span class=\"nb\"><b>{number}</b> {}</span>", of.range(figure, scale));
    let (class, symbol) = match verdict.sign() {
        1 => ("v-gain", "\u{25b2}"),
        -1 => ("v-loss", "\u{25bc}"),
        _ => ("v-open", "\u{25c6}"),
    };
    front.verdict =
        Some((class, format!("{symbol}\u{a0}{}", verdict.to_string().replace(' ', "\u{a0}"))));
    let below = verdict.sign() < 0;
    let gains = if verdict == Verdict::Open { "gains " } else { "" };
    front.sure = match of.futures(figure, below) {
        Some(_) if verdict == Verdict::Nothing => String::new(),
        Some(futures) => format!("{gains}in {futures}"),
        None => "as given".to_owned(),
    };
    front.turn = match row.turns.first() {
        Some(turn) => turned(of, turn),
        None if verdict == Verdict::Nothing => "Nothing of the project reaches it".to_owned(),
        None => "No input with a range turns it".to_owned(),
    };
    front
}

/// What would turn a result, such as `Turns if bitcoin price is 92,800 USD/BTC or more; taken 65,159`.
fn turned(of: &Context, turn: &SwitchingValue) -> String {
    let param = of.study.resolved().table.get(turn.param);
    let side = if turn.at > turn.base { "or more" } else { "or less" };
    let beyond = if turn.is_beyond_range() { ", beyond its range" } else { "" };
    format!(
        "Turns if {} is {} {side}{beyond}; taken {} {}",
        escaped(&name(param)),
        escaped(&found_of(param, turn.at)),
        escaped(&bare(&value_of(param, turn.base))),
        Grade::of(param).badge()
    )
}

/// A value without its unit, which stands before it already; per cent stays.
fn bare(value: &str) -> String {
    match value.split_once('\u{a0}') {
        Some((number, unit)) if unit.starts_with('%') => format!("{number}\u{a0}%"),
        Some((number, _)) => number.to_owned(),
        None => value.to_owned(),
    }
}

fn missing(missing: Option<&Missing>) -> String {
    let keys = missing.map(|missing| missing.keys.join(", ")).unwrap_or_default();
    format!("Not known: the scenario does not give {}", escaped(&keys))
}

/// The nation with each externality that the scenario states a value for.
fn externalities(of: &Context, scale: &Scale) -> String {
    let stated: Vec<String> = of
        .headline
        .externalities
        .iter()
        .map(|with| {
            let figure = Figure::NationalValueWith(with.counted);
            let number = of.median(figure, scale).unwrap_or_default();
            let below = with.verdict.sign() < 0;
            let kind = if below { "loss" } else { "gain" };
            let futures = of.futures(figure, below);
            let sure = futures.map_or_else(String::new, |n| format!(", a {kind} in {n}"));
            let (priced, range) = (priced(of, with.counted), of.range(figure, scale));
            format!("{priced} <b>{number}</b> {range}{sure}")
        })
        .collect();
    match stated.is_empty() {
        true => "<b>No externality is counted:</b> the scenario states none.".to_owned(),
        false => {
            format!("<b>Externalities:</b> the nation {}.", stated.join("; "))
        }
    }
}

/// What is counted, with the value that the scenario states.
fn priced(of: &Context, counted: Counted) -> String {
    let at = |key: &str| {
        let param = of.param(key)?;
        Some(format!("{} {}", escaped(&value_of(param, param.value)), Grade::of(param).badge()))
    };
    let (load, carbon) = (at("uses.lost_load_usd_per_kwh"), at("carbon.price_usd_per_t"));
    match counted {
        Counted::LostLoad => {
            format!("with lost load at stated {}", load.unwrap_or_default())
        }
        Counted::Carbon => format!("with carbon at stated {}", carbon.unwrap_or_default()),
        Counted::Both => "with both".to_owned(),
    }
}
