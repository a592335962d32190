//! Page one: a summary sentence, five rows of verdicts, externalities and three bullets.

use super::bullets::{Bullet, bullets};
use super::context::Context;
use super::words::{
    Grade, joined, name, raised, rounded_value_of, typographic, unit_line, value_of, with_unit,
};
use crate::chart::{Axis, escaped};
use crate::figures::Scale;
use hashwatt::econ::params::Unit;
use hashwatt::econ::result::{Counted, Figure, Missing, Moment};
use hashwatt::econ::view::headline::{HeadlineParty, HeadlineRow, Verdict};
use hashwatt::econ::view::switching_value::SwitchingValue;

/// The contents of page one; texts are HTML.
#[derive(Debug)]
pub(super) struct Front {
    /// The summary sentence.
    pub summary: String,
    /// The main inputs, each with its grade.
    pub main_inputs: Vec<String>,
    /// Unit and statistic of the bars.
    pub unit: String,
    /// Ticks: position in percent and text.
    pub ticks: Vec<(String, String)>,
    /// Position of zero, in percent.
    pub zero: String,
    pub rows: Vec<FrontRow>,
    /// The nation's result with stated externalities, or a note that none are stated.
    pub externalities: String,
    pub bullets: Vec<Bullet>,
}

/// A row of verdicts.
#[derive(Debug)]
pub(super) struct FrontRow {
    pub key: &'static str,
    pub name: String,
    pub explained: &'static str,
    /// Parts of the bar: class, left end and width in percent.
    pub pieces: Vec<(&'static str, String, String)>,
    /// Position of the median.
    pub tick: Option<String>,
    pub number: String,
    /// Class and text of the verdict.
    pub verdict: Option<(&'static str, String)>,
    /// The share of paths that agree with the verdict.
    pub share_of_paths: String,
    /// The switching value, or the missing inputs.
    pub switching: String,
}

pub(super) fn front(context: &Context) -> Front {
    let figures: Vec<Figure> = HeadlineParty::ALL.iter().map(|party| party.figure()).collect();
    let scale = context.scale(&figures);
    let ends = figures.iter().filter_map(|figure| context.find(*figure)).flat_map(|value| {
        let middle = [value.base, value.base];
        value.band.map_or(middle, |band| [band.p05, band.p95])
    });
    let axis = Axis::with_zero(ends, 0.0, 100.0);
    // Zero is never at the edge.
    let margin = 0.08 * (axis.high - axis.low);
    let axis = Axis { low: axis.low - margin, high: axis.high + margin, ..axis };
    let ticks = axis.ticks(3).into_iter().filter(|tick| (4.0..=96.0).contains(&axis.at(*tick)));
    let has_rows = context.headline.rows.iter().any(|row| row.value.is_ok());
    Front {
        summary: summary(context),
        main_inputs: main_inputs(context),
        unit: format!("{}, {}", unit_line(&scale, Unit::Usd), statistic(context)),
        ticks: ticks
            .filter(|_| has_rows)
            .map(|tick| (percent(axis.at(tick)), typographic(&scale.tick(tick))))
            .collect(),
        zero: percent(axis.at(0.0)),
        rows: context
            .headline
            .rows
            .iter()
            .map(|row| front_row(context, row, &scale, &axis))
            .collect(),
        externalities: externalities(context, &scale),
        bullets: bullets(context),
    }
}

fn percent(place: f64) -> String {
    format!("{:.2}%", place.clamp(0.0, 100.0))
}

/// The statistic of the bars, with the number of years and paths.
fn statistic(context: &Context) -> String {
    let (paths, years) =
        (crate::figures::seven_digits(context.outcome.paths as f64), context.years());
    match context.outcome.paths {
        0 => format!("present value, {years}, base values"),
        _ => format!("present value, {years}; bar: 90 % of {paths} paths, tick: median"),
    }
}

/// The tariff, such as `22.98 PKR/kWh`.
pub(super) fn tariff(context: &Context) -> Option<String> {
    let site = context.study.resolved().inputs.sites.first()?;
    let param = context.study.resolved().table.get(site.tariff.value);
    (!param.missing).then(|| value_of(param, param.value))
}

/// The summary sentence: who gains and who loses at the tariff, and whether another tariff benefits both.
fn summary(context: &Context) -> String {
    let verdicts = [HeadlineParty::Operator, HeadlineParty::PowerSystem, HeadlineParty::Nation]
        .into_iter()
        .filter_map(|party| context.headline.row(party)?.verdict.map(|verdict| (party, verdict)));
    let mut groups: Vec<(Verdict, Vec<String>)> = Vec::new();
    for (party, verdict) in verdicts {
        match groups.iter_mut().find(|(known, _)| *known == verdict) {
            Some((_, names)) => names.push(party.phrase().to_owned()),
            None => groups.push((verdict, vec![party.phrase().to_owned()])),
        }
    }
    if groups.is_empty() {
        return summary_without_verdicts(context);
    }
    // Gains and losses come before open results.
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
    let results = match &clauses[..] {
        [first, second] if is_mixed => format!("{first}, but {second}"),
        [first, second] => format!("{first}, and {second}"),
        all => joined(all),
    };
    let at = tariff(context).map_or_else(String::new, |tariff| format!("At {tariff} "));
    let sentence = raised(&format!("{at}{results}"));
    escaped(&match other_tariffs(context) {
        Some(more) => format!("{sentence}; {more}."),
        None => format!("{sentence}."),
    })
}

/// The summary without verdicts: the share of the network and the missing inputs.
fn summary_without_verdicts(context: &Context) -> String {
    let missing = context.headline.rows.first().and_then(|row| row.value.as_ref().err());
    let keys = missing.map_or_else(String::new, |missing| missing.keys.join(", "));
    let power = context.find(Figure::Moment(Moment::Power)).map_or(0.0, |value| value.base);
    let power = with_unit(&crate::figures::seven_digits(power), "MW");
    let share = Figure::Moment(Moment::Share);
    let share = context.find(share).map_or_else(String::new, |value| {
        let text = typographic(&crate::figures::three_digits(value.base * 100.0));
        format!("{power} produce {} of the network\u{2019}s blocks", with_unit(&text, "%"))
    });
    escaped(&format!(
        "{share}; verdicts are not available, because the scenario does not give {keys}."
    ))
}

/// A clause about the tariffs at which operator and power system gain.
fn other_tariffs(context: &Context) -> Option<String> {
    let curve = context.curve?;
    let unit = curve.unit.to_string();
    let at = |tariff: f64| with_unit(&typographic(&crate::figures::three_digits(tariff)), &unit);
    let operator = curve.crossing(HeadlineParty::Operator).filter(|crossing| !crossing.gains_above);
    let system = curve.crossing(HeadlineParty::PowerSystem).filter(|crossing| crossing.gains_above);
    match (operator, system) {
        (Some(operator), Some(system)) if operator.tariff < system.tariff => {
            Some("at the median, no tariff benefits both operator and power system".to_owned())
        }
        (Some(operator), Some(system)) => Some(format!(
            "at the median, operator and power system both gain from {} to {}",
            typographic(&crate::figures::three_digits(system.tariff)),
            at(operator.tariff)
        )),
        (Some(operator), None) => {
            Some(format!("at the median, the operator gains below {}", at(operator.tariff)))
        }
        (None, Some(system)) => {
            Some(format!("at the median, the power system gains above {}", at(system.tariff)))
        }
        (None, None) => None,
    }
}

/// The inputs that all results depend on.
fn main_inputs(context: &Context) -> Vec<String> {
    let resolved = context.study.resolved();
    let mut ids = Vec::new();
    let sites = resolved.inputs.sites.len();
    let mut all = Vec::new();
    if sites > 1 {
        let power = Figure::Moment(Moment::Power);
        let power = context.find(power).map_or(0.0, |value| value.base);
        let power = with_unit(&crate::figures::seven_digits(power), "MW");
        all.push(escaped(&format!("{power} at {sites} sites; first site:")));
    }
    if let Some(site) = resolved.inputs.sites.first() {
        ids.extend(site.power_mw.filter(|_| sites == 1));
        ids.push(site.tariff.value);
    }
    ids.extend(resolved.inputs.lots.first().map(|lot| lot.j_per_th));
    let of_table = ids.into_iter().map(|id| resolved.table.get(id)).filter(|param| !param.missing);
    let by_key = ["price_usd_per_btc", "network_hashrate_eh_per_s"];
    let network = by_key.into_iter().filter_map(|key| context.param(key));
    let status = resolved.tariff_status.map(|status| status.name().replace('_', " "));
    let formatted = of_table.chain(network).map(|param| {
        let is_tariff = matches!(param.unit, Unit::Price(..));
        let status = status.as_ref().filter(|_| is_tariff);
        let status = status.map_or_else(String::new, |status| format!("{status}; "));
        let label = match param.unit {
            Unit::Mw => String::new(),
            Unit::Price(..) => "tariff ".to_owned(),
            Unit::JoulesPerTh => "machines ".to_owned(),
            Unit::UsdPerBtc => "bitcoin ".to_owned(),
            _ => "network ".to_owned(),
        };
        let value = match param.unit {
            Unit::UsdPerBtc => with_unit(&crate::figures::seven_digits(param.value), "USD"),
            _ => value_of(param, param.value),
        };
        let grade = Grade::from_param(param).badge();
        format!("{label}{} ({status}{grade})", escaped(&value))
    });
    all.into_iter().chain(formatted).collect()
}

fn front_row(context: &Context, row: &HeadlineRow, scale: &Scale, axis: &Axis) -> FrontRow {
    let figure = row.party.figure();
    let mut front = FrontRow {
        key: row.party.key(),
        name: row.party.to_string(),
        explained: row.party.explanation(),
        pieces: Vec::new(),
        tick: None,
        number: String::new(),
        verdict: None,
        share_of_paths: String::new(),
        switching: String::new(),
    };
    let (Ok(value), Some(verdict)) = (&row.value, row.verdict) else {
        front.switching = missing(row.value.as_ref().err());
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
    let (middle, point) = Context::median_or_base(value);
    front.tick = value.band.map(|_| percent(axis.at(middle)));
    let number = context.number(figure, point, scale).unwrap_or_default();
    front.number =
        format!("<span class=\"nb\"><b>{number}</b> {}</span>", context.range(figure, scale));
    let (class, symbol) = match verdict.sign() {
        1 => ("v-gain", "\u{25b2}"),
        -1 => ("v-loss", "\u{25bc}"),
        _ => ("v-open", "\u{25c6}"),
    };
    front.verdict =
        Some((class, format!("{symbol}\u{a0}{}", verdict.to_string().replace(' ', "\u{a0}"))));
    let below = verdict.sign() < 0;
    let gains = if verdict == Verdict::Open { "gains " } else { "" };
    front.share_of_paths = match context.of_100_paths(figure, below) {
        Some(_) if verdict == Verdict::NoEffect => String::new(),
        Some(paths) => format!("{gains}in {paths}"),
        None => "at base values".to_owned(),
    };
    front.switching = match row.switching_values.first() {
        Some(value) => switching_text(context, value),
        None if verdict == Verdict::NoEffect => "The project does not affect it".to_owned(),
        None => "No single input changes its sign".to_owned(),
    };
    front
}

/// The switching value, such as `Changes sign if bitcoin price rises to 92,800 USD/BTC; base 65,159`.
fn switching_text(context: &Context, value: &SwitchingValue) -> String {
    let param = context.study.resolved().table.get(value.param);
    let direction = if value.at > value.base { "rises" } else { "falls" };
    let beyond = if value.is_beyond_range() { ", beyond its range" } else { "" };
    format!(
        "Changes sign if {} {direction} to {}{beyond}; base {} {}",
        escaped(&name(param)),
        escaped(&rounded_value_of(param, value.at)),
        escaped(&bare(&value_of(param, value.base))),
        Grade::from_param(param).badge()
    )
}

/// A value without its unit, which the text already contains; the percent sign stays.
fn bare(value: &str) -> String {
    match value.split_once('\u{a0}') {
        Some((number, unit)) if unit.starts_with('%') => format!("{number}\u{a0}%"),
        Some((number, _)) => number.to_owned(),
        None => value.to_owned(),
    }
}

fn missing(missing: Option<&Missing>) -> String {
    let keys = missing.map(|missing| missing.keys.join(", ")).unwrap_or_default();
    format!("Not available: the scenario does not give {}", escaped(&keys))
}

/// The nation's result with each externality that the scenario values.
fn externalities(context: &Context, scale: &Scale) -> String {
    let stated: Vec<String> = context
        .headline
        .externalities
        .iter()
        .map(|with| {
            let figure = Figure::NationalValueWith(with.counted);
            let number = context.median(figure, scale).unwrap_or_default();
            let below = with.verdict.sign() < 0;
            let kind = if below { "loss" } else { "gain" };
            let paths = context.of_100_paths(figure, below);
            let share = paths.map_or_else(String::new, |n| format!(", a {kind} in {n}"));
            let (priced, range) = (priced(context, with.counted), context.range(figure, scale));
            format!("{priced} <b>{number}</b> {range}{share}")
        })
        .collect();
    match stated.is_empty() {
        true => {
            "<b>No externalities are counted:</b> the scenario states no value for any.".to_owned()
        }
        false => {
            format!("<b>Externalities:</b> the nation {}.", stated.join("; "))
        }
    }
}

/// The counted externality, with the value that the scenario gives.
fn priced(context: &Context, counted: Counted) -> String {
    let at = |key: &str| {
        let param = context.param(key)?;
        Some(format!(
            "{} {}",
            escaped(&value_of(param, param.value)),
            Grade::from_param(param).badge()
        ))
    };
    let (load, carbon) = (at("uses.lost_load_usd_per_kwh"), at("carbon.price_usd_per_t"));
    match counted {
        Counted::LostLoad => {
            format!("with lost load valued at {}", load.unwrap_or_default())
        }
        Counted::Carbon => format!("with carbon valued at {}", carbon.unwrap_or_default()),
        Counted::Both => "with both".to_owned(),
    }
}
