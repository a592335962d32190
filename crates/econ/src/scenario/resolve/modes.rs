//! Power modes of machines: ratios to the rated mode, or a stated or measured curve in W and TH/s, from which
//! ratios to the normal mode are computed.

use super::Resolver;
use super::site_entry::SiteEntry;
use crate::MeasuredResult;
use crate::params::inputs::{Lot, PowerMode};
use crate::params::{ParamId, Spread};
use crate::scenario::error::{Problem, Read};
use crate::scenario::warning::Warning;
use std::ops::RangeInclusive;

/// A mode matches the rating of the machines if its energy per hash differs by at most this fraction.
const RATED_TOLERANCE: f64 = 0.01;
/// Possible ratios of a mode to the normal one.
const RATIOS: RangeInclusive<f64> = 0.01..=10.0;

/// A mode as the scenario gives it.
struct Given {
    /// The prefix of its keys.
    prefix: String,
    /// The site whose machines have it; `None` for all sites.
    site: Option<usize>,
    name: Option<String>,
    is_normal: bool,
    kind: Kind,
}

enum Kind {
    /// Ratios to the rated mode.
    Ratios(PowerMode),
    /// Power and hashrate of a machine.
    Curve(Point),
}

/// Hashrate and energy per hash of a machine in a mode.
#[derive(Clone, Debug)]
struct Point {
    th_per_s: f64,
    j_per_th: f64,
    /// The machine and the scope of its energy, if measured.
    measured: Option<(String, String)>,
}

/// The power modes of the machines of each site, the normal mode first.
pub(super) fn modes(
    r: &mut Resolver,
    places: &[SiteEntry],
    lots: &[Lot<ParamId>],
) -> Read<Vec<Vec<PowerMode>>> {
    let mut given = Vec::new();
    for index in 0..r.document.count("mode") {
        let mode = read_mode(r, places, format!("mode[{index}]."));
        given.extend(r.ok_or_record(mode));
    }
    let of = |site: usize| {
        let own = given.iter().filter(|mode| mode.site.is_none_or(|own| own == site));
        site_modes(r, &own.collect::<Vec<_>>(), lots.iter().filter(|lot| lot.site == site))
    };
    (0..places.len()).map(of).collect()
}

fn read_mode(r: &mut Resolver, places: &[SiteEntry], prefix: String) -> Read<Given> {
    let key = |name: &str| format!("{prefix}{name}");
    let site = match r.document.text(&key("site")) {
        None => None,
        Some(name) => {
            Some(places.iter().position(|place| place.name == name).ok_or_else(|| {
                let names: Vec<&str> = places.iter().map(|place| place.name.as_str()).collect();
                let (given, known) = (name.to_owned(), format!("there are {}", names.join(", ")));
                r.document
                    .mistake(&key("site"), Problem::UnknownName { what: "site", given, known })
            })?)
        }
    };
    let has = |r: &Resolver, name: &str| r.document.get(&key(name)).is_some();
    // Alternatives, of which only one may be given.
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
            return Err(r.document.mistake(&key(first), Problem::Conflict { other: key(other) }));
        }
    }
    let name = r.document.text(&key("name")).map(str::to_owned);
    let is_normal = r.document.flag(&key("normal"));
    let kind = match (curve_point(r, &prefix)?, measured_point(r, &prefix, name.as_deref())?) {
        (Some(point), _) | (None, Some(point)) => Kind::Curve(point),
        (None, None) => {
            let of = |name: &str| r.document.number(&key(name)).unwrap_or(1.0);
            let mode = PowerMode { speed: of("speed"), j_ratio: of("j_per_th_ratio") };
            if is_normal && mode != PowerMode::NORMAL {
                let reason = "the normal mode has speed 1 and j_per_th_ratio 1; remove normal";
                return Err(r.document.mistake(&key("normal"), Problem::Other(reason.to_owned())));
            }
            Kind::Ratios(mode)
        }
    };
    Ok(Given { prefix, site, name, is_normal, kind })
}

/// Reads a mode given by power and hashrate.
fn curve_point(r: &mut Resolver, prefix: &str) -> Read<Option<Point>> {
    let [power_key, hashrate_key] =
        ["power_w", "hashrate_th_s"].map(|name| format!("{prefix}{name}"));
    let (power, hashrate) = (r.document.number(&power_key), r.document.number(&hashrate_key));
    let missing = |key: &str, other: &str| {
        let remedy = format!("give it together with {other}");
        Err(r.document.mistake(key, Problem::Missing { remedy }))
    };
    match (power, hashrate) {
        (None, None) => Ok(None),
        (Some(_), None) => missing(&hashrate_key, &power_key),
        (None, Some(_)) => missing(&power_key, &hashrate_key),
        (Some(power), Some(hashrate)) => {
            let j_per_th = power / hashrate;
            if let Some(entry) = r.document.get(&power_key).cloned() {
                r.check_efficiency(&entry, j_per_th, &Spread::Fixed)?;
            }
            Ok(Some(Point { th_per_s: hashrate, j_per_th, measured: None }))
        }
    }
}

/// Reads a mode from a result file.
fn measured_point(r: &mut Resolver, prefix: &str, name: Option<&str>) -> Read<Option<Point>> {
    let key = format!("{prefix}measured");
    let Some(file) = r.document.text(&key) else { return Ok(None) };
    let text = r.file(&key, file)?;
    let wrong =
        |reason: String| r.document.mistake(&key, Problem::File { file: file.to_owned(), reason });
    let result =
        MeasuredResult::from_json(&text, file).map_err(|error| wrong(error.to_string()))?;
    let th_per_s = result.hashrate_th_s.ok_or_else(|| {
        let remedy = "mean_hashrate_th_s: is missing; give the output of `hashwatt asic --json`";
        wrong(remedy.to_owned())
    })?;
    let name = name.unwrap_or(file);
    let message = format!("power mode {name}, relative to the normal mode: {}", result.warning);
    r.warn(Warning::MeasuredMachine { message });
    let j_per_th = result.efficiency.value().as_j_per_th();
    Ok(Some(Point { th_per_s, j_per_th, measured: Some((result.machine, result.scope)) }))
}

fn site_modes<'a>(
    r: &Resolver,
    given: &[&'a Given],
    lots: impl Iterator<Item = &'a Lot<ParamId>>,
) -> Read<Vec<PowerMode>> {
    for (place, mode) in given.iter().enumerate() {
        let is_same = |other: &&&Given| mode.name.is_some() && other.name == mode.name;
        if given[..place].iter().any(|other| is_same(&other)) {
            let name = mode.name.clone().unwrap_or_default();
            return Err(r
                .document
                .mistake(&format!("{}name", mode.prefix), Problem::Duplicate(name)));
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

/// The mode to which the rating of the machines refers: the one with `normal = true`, else the only one with
/// the rated energy per hash; `None` if no mode has power and hashrate.
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
        return Err(r.document.mistake(&key, Problem::Conflict { other }));
    }
    if let Some(found) = curves.iter().find(|(mode, _)| mode.is_normal) {
        return Ok(Some(*found));
    }
    let rated: Vec<f64> = lots.map(|lot| r.value(lot.j_per_th)).collect();
    let is_rated = |point: &Point| {
        rated.iter().all(|rated| (point.j_per_th / rated - 1.0).abs() <= RATED_TOLERANCE)
    };
    let mut matching = curves.iter().filter(|(_, point)| is_rated(point));
    match (matching.next(), matching.next()) {
        (Some(found), None) => Ok(Some(*found)),
        (found, _) => {
            let rated: Vec<String> = rated.iter().map(|value| crate::text::plain(*value)).collect();
            let problem = Problem::NormalMode { several: found.is_some(), rated: rated.join(", ") };
            Err(r.document.mistake(&format!("{}normal", first.prefix), problem))
        }
    }
}

fn ratios(r: &Resolver, mode: &Given, point: &Point, normal: &Point) -> Read<PowerMode> {
    if let (Some(own), Some(other)) = (&point.measured, &normal.measured)
        && own != other
    {
        let message = |(machine, scope): &(String, String)| format!("{machine} ({scope})");
        let reason =
            format!("was measured on {}, but the normal mode on {}", message(own), message(other));
        let problem =
            Problem::Other(format!("{reason}; give results of the same machine and scope"));
        return Err(r.document.mistake(&format!("{}measured", mode.prefix), problem));
    }
    let (speed, j_ratio) = (point.th_per_s / normal.th_per_s, point.j_per_th / normal.j_per_th);
    let name = if point.measured.is_some() { "measured" } else { "hashrate_th_s" };
    for ratio in [speed, j_ratio] {
        if !RATIOS.contains(&ratio) {
            let (least, most) = (*RATIOS.start(), *RATIOS.end());
            let unit = " times the normal mode".to_owned();
            let problem = Problem::OutOfRange { given: ratio, least, most, unit };
            return Err(r.document.mistake(&format!("{}{name}", mode.prefix), problem));
        }
    }
    Ok(PowerMode { speed, j_ratio })
}
