//! Power modes of machines: ratios to the rated one, or the curve of a machine in W and TH/s, stated or measured,
//! whose ratios are taken to its normal mode.

use super::Resolver;
use super::place::Place;
use crate::MeasuredResult;
use crate::params::inputs::{Lot, PowerMode};
use crate::params::{ParamId, Spread};
use crate::scenario::error::{Problem, Read};
use crate::scenario::warning::Warning;
use std::ops::RangeInclusive;

/// A mode is the machines' rated one where its energy per hash differs from theirs by no more than this part.
const MATCHES: f64 = 0.01;
/// Ratios that a mode can have to the normal one.
const RATIOS: RangeInclusive<f64> = 0.01..=10.0;

/// A mode as the scenario gives it.
struct Given {
    /// What its keys begin with.
    prefix: String,
    /// The site whose machines have it; all where it names none.
    site: Option<usize>,
    name: Option<String>,
    is_normal: bool,
    kind: Kind,
}

enum Kind {
    /// Over the rated mode.
    Ratios(PowerMode),
    /// Of a machine.
    Curve(Point),
}

/// What a machine does in a mode.
#[derive(Clone, Debug)]
struct Point {
    th_per_s: f64,
    j_per_th: f64,
    /// The machine and what its energy covers, where that was measured.
    measured: Option<(String, String)>,
}

/// The power modes of each site's machines, the normal one first.
pub(super) fn modes(
    r: &mut Resolver,
    places: &[Place],
    lots: &[Lot<ParamId>],
) -> Read<Vec<Vec<PowerMode>>> {
    let mut given = Vec::new();
    for index in 0..r.document.count("mode") {
        let one = one(r, places, format!("mode[{index}]."));
        given.extend(r.keep(one));
    }
    let of = |site: usize| {
        let own = given.iter().filter(|mode| mode.site.is_none_or(|own| own == site));
        of_site(r, &own.collect::<Vec<_>>(), lots.iter().filter(|lot| lot.site == site))
    };
    (0..places.len()).map(of).collect()
}

fn one(r: &mut Resolver, places: &[Place], prefix: String) -> Read<Given> {
    let key = |name: &str| format!("{prefix}{name}");
    let site = match r.document.text(&key("site")) {
        None => None,
        Some(name) => {
            Some(places.iter().position(|place| place.name == name).ok_or_else(|| {
                let names: Vec<&str> = places.iter().map(|place| place.name.as_str()).collect();
                let (given, known) = (name.to_owned(), format!("there are {}", names.join(", ")));
                r.document.wrong(&key("site"), Problem::NoSuch { what: "site", given, known })
            })?)
        }
    };
    let has = |r: &Resolver, name: &str| r.document.get(&key(name)).is_some();
    // What says the same in another way.
    for (first, other) in [
        ("power_w", "speed"),
        ("power_w", "j_per_th_ratio"),
        ("hashrate_th_s", "speed"),
        ("hashrate_th_s", "j_per_th_ratio"),
        ("measured", "speed"),
        ("measured", "j_per_th_ratio"),
        ("measured", "power_w"),
        ("measured", "hashrate_th_s"),
    ] {
        if has(r, first) && has(r, other) {
            return Err(r.document.wrong(&key(first), Problem::Conflict { other: key(other) }));
        }
    }
    let name = r.document.text(&key("name")).map(str::to_owned);
    let is_normal = r.document.flag(&key("normal"));
    let kind = match (stated(r, &prefix)?, measured(r, &prefix, name.as_deref())?) {
        (Some(point), _) | (None, Some(point)) => Kind::Curve(point),
        (None, None) => {
            let of = |name: &str| r.document.number(&key(name)).unwrap_or(1.0);
            let mode = PowerMode { speed: of("speed"), j_ratio: of("j_per_th_ratio") };
            if is_normal && mode != PowerMode::NORMAL {
                let reason = "the normal mode has speed 1 and j_per_th_ratio 1; leave normal out";
                return Err(r.document.wrong(&key("normal"), Problem::Other(reason.to_owned())));
            }
            Kind::Ratios(mode)
        }
    };
    Ok(Given { prefix, site, name, is_normal, kind })
}

/// A mode by its power and hashrate.
fn stated(r: &mut Resolver, prefix: &str) -> Read<Option<Point>> {
    let [power_key, hashrate_key] =
        ["power_w", "hashrate_th_s"].map(|name| format!("{prefix}{name}"));
    let (power, hashrate) = (r.document.number(&power_key), r.document.number(&hashrate_key));
    let lacks = |key: &str, other: &str| {
        let remedy = format!("{other} alone is no mode; give both");
        Err(r.document.wrong(key, Problem::Missing { remedy }))
    };
    match (power, hashrate) {
        (None, None) => Ok(None),
        (Some(_), None) => lacks(&hashrate_key, &power_key),
        (None, Some(_)) => lacks(&power_key, &hashrate_key),
        (Some(power), Some(hashrate)) => {
            let j_per_th = power / hashrate;
            if let Some(entry) = r.document.get(&power_key).cloned() {
                r.hold_efficiency(&entry, j_per_th, &Spread::Fixed)?;
            }
            Ok(Some(Point { th_per_s: hashrate, j_per_th, measured: None }))
        }
    }
}

/// A mode as a result of the command has it.
fn measured(r: &mut Resolver, prefix: &str, name: Option<&str>) -> Read<Option<Point>> {
    let key = format!("{prefix}measured");
    let Some(file) = r.document.text(&key) else { return Ok(None) };
    let text = r.file(&key, file)?;
    let wrong =
        |reason: String| r.document.wrong(&key, Problem::File { file: file.to_owned(), reason });
    let result =
        MeasuredResult::from_json(&text, file).map_err(|error| wrong(error.to_string()))?;
    let th_per_s = result.hashrate_th_s.ok_or_else(|| {
        let remedy = "mean_hashrate_th_s: is missing; give what `hashwatt asic --json` prints";
        wrong(remedy.to_owned())
    })?;
    let name = name.unwrap_or(file);
    let told = format!("power mode {name}, over the normal one: {}", result.warning);
    r.warn(Warning::MeasuredMachine { told });
    let j_per_th = result.efficiency.value().as_j_per_th();
    Ok(Some(Point { th_per_s, j_per_th, measured: Some((result.machine, result.scope)) }))
}

fn of_site<'a>(
    r: &Resolver,
    given: &[&'a Given],
    lots: impl Iterator<Item = &'a Lot<ParamId>>,
) -> Read<Vec<PowerMode>> {
    for (place, mode) in given.iter().enumerate() {
        let is_same = |other: &&&Given| mode.name.is_some() && other.name == mode.name;
        if given[..place].iter().any(|other| is_same(&other)) {
            let name = mode.name.clone().unwrap_or_default();
            return Err(r.document.wrong(&format!("{}name", mode.prefix), Problem::Twice(name)));
        }
    }
    let normal = normal(r, given, lots)?;
    let mut modes = vec![PowerMode::NORMAL];
    for mode in given {
        let ratios = match (&mode.kind, normal) {
            (Kind::Ratios(ratios), _) => *ratios,
            (Kind::Curve(point), Some((of, normal))) if !std::ptr::eq(*mode, of) => {
                ratios(r, mode, point, normal)?
            }
            _ => continue,
        };
        if !modes.contains(&ratios) {
            modes.push(ratios);
        }
    }
    Ok(modes)
}

/// The mode that the machines' rating is of: the one that says so, else the only one with their energy per hash;
/// nothing where no mode is of a machine's curve.
fn normal<'g>(
    r: &Resolver,
    given: &[&'g Given],
    lots: impl Iterator<Item = &'g Lot<ParamId>>,
) -> Read<Option<(&'g Given, &'g Point)>> {
    let curve = |mode: &&'g Given| match &mode.kind {
        Kind::Curve(point) => Some((*mode, point)),
        Kind::Ratios(_) => None,
    };
    let curves: Vec<(&Given, &Point)> = given.iter().filter_map(curve).collect();
    let Some((first, _)) = curves.first() else { return Ok(None) };
    let mut named = given.iter().filter(|mode| mode.is_normal);
    if let (Some(one), Some(other)) = (named.next(), named.next()) {
        let (key, other) = (format!("{}normal", other.prefix), format!("{}normal", one.prefix));
        return Err(r.document.wrong(&key, Problem::Conflict { other }));
    }
    if let Some(found) = curves.iter().find(|(mode, _)| mode.is_normal) {
        return Ok(Some(*found));
    }
    let rated: Vec<f64> = lots.map(|lot| r.value(lot.j_per_th)).collect();
    let is_rated =
        |point: &Point| rated.iter().all(|rated| (point.j_per_th / rated - 1.0).abs() <= MATCHES);
    let mut matching = curves.iter().filter(|(_, point)| is_rated(point));
    match (matching.next(), matching.next()) {
        (Some(found), None) => Ok(Some(*found)),
        (found, _) => {
            let rated: Vec<String> = rated.iter().map(|value| crate::text::plain(*value)).collect();
            let problem = Problem::NormalMode { several: found.is_some(), rated: rated.join(", ") };
            Err(r.document.wrong(&format!("{}normal", first.prefix), problem))
        }
    }
}

fn ratios(r: &Resolver, mode: &Given, point: &Point, normal: &Point) -> Read<PowerMode> {
    if let (Some(own), Some(other)) = (&point.measured, &normal.measured)
        && own != other
    {
        let told = |(machine, scope): &(String, String)| format!("{machine} ({scope})");
        let reason = format!("is of {}, and the normal mode of {}", told(own), told(other));
        let problem =
            Problem::Other(format!("{reason}; give results of one machine and one scope"));
        return Err(r.document.wrong(&format!("{}measured", mode.prefix), problem));
    }
    let (speed, j_ratio) = (point.th_per_s / normal.th_per_s, point.j_per_th / normal.j_per_th);
    let name = if point.measured.is_some() { "measured" } else { "hashrate_th_s" };
    for ratio in [speed, j_ratio] {
        if !RATIOS.contains(&ratio) {
            let (least, most) = (*RATIOS.start(), *RATIOS.end());
            let unit = " over the normal mode".to_owned();
            let problem = Problem::OutOfRange { given: ratio, least, most, unit };
            return Err(r.document.wrong(&format!("{}{name}", mode.prefix), problem));
        }
    }
    Ok(PowerMode { speed, j_ratio })
}
