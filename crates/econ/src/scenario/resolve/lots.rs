//! The machines at the sites.

use super::Resolver;
use super::machines::{Rating, price, rating};
use super::site_entry::SiteEntry;
use crate::network::{Catalogue, Machine};
use crate::params::inputs::Lot;
use crate::params::{LotFigures, Operator, ParamId, Spec, Unit};
use crate::scenario::choice::LotStatus;
use crate::scenario::error::{Problem, Read};
use crate::scenario::warning::Warning;
use crate::units::Seconds;
use jiff::civil::Date;

/// Default lifetime of a machine, years.
const LIFE_YEARS: f64 = 5.0;
/// Largest distance between the start of a machine and the start of the project, years.
const MAX_YEARS_FROM_START: f64 = 100.0;
/// Relative tolerance of sums of powers.
const ROUNDING: f64 = 1e-6;

/// Facts about a lot that are not parameters.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LotFacts {
    /// The machine model, if it comes from the catalogue.
    pub machine: Option<Machine>,
    /// Number of machines, if it was given.
    pub count: Option<f64>,
    /// Whether they can be bought already.
    pub status: LotStatus,
}

pub(super) fn lots(
    r: &mut Resolver,
    places: &[SiteEntry],
    start: Date,
) -> Read<(Vec<Lot<ParamId>>, Vec<LotFacts>)> {
    let catalogue =
        Catalogue::read_once().map_err(|e| Problem::Other(e.to_string()).at("machine"))?;
    let count = r.document.count("lot");
    let mut found = Vec::new();
    if count == 0 {
        for (index, place) in places.iter().enumerate() {
            found.push(lot(r, catalogue, (index, place), "", start));
        }
    }
    for index in 0..count {
        let prefix = format!("lot[{index}].");
        let place = site_index(r, places, &prefix);
        // Any site will do to find further mistakes.
        let place = r.ok_or_record(place).unwrap_or_default();
        if let Some(at) = places.get(place) {
            found.push(lot(r, catalogue, (place, at), &prefix, start));
        }
    }
    let all = found.len();
    let found: Vec<(Lot<ParamId>, LotFacts)> =
        found.into_iter().filter_map(|lot| r.ok_or_record(lot).flatten()).collect();
    let is_whole = found.len() == all;
    let (lots, facts): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    // Sums of powers are meaningless if one is missing.
    if is_whole {
        let checked = check_power(r, places, &lots);
        r.ok_or_record(checked);
    }
    Ok((lots, facts))
}

/// The index of the site that a lot or a lease names.
pub(super) fn site_index(r: &Resolver, places: &[SiteEntry], prefix: &str) -> Read<usize> {
    let key = format!("{prefix}site");
    match r.document.text(&key) {
        Some(name) => places.iter().position(|place| place.name == name).ok_or_else(|| {
            let names: Vec<&str> = places.iter().map(|place| place.name.as_str()).collect();
            let known = format!("there are {}", names.join(", "));
            let given = name.to_owned();
            r.document.mistake(&key, Problem::UnknownName { what: "site", given, known })
        }),
        None if places.len() == 1 => Ok(0),
        None => {
            let remedy = "give the name of its site, because there are several".to_owned();
            Err(r.document.mistake(&key, Problem::Missing { remedy }))
        }
    }
}

/// Reads a lot; `None` if its mistakes are recorded.
fn lot(
    r: &mut Resolver,
    catalogue: &Catalogue,
    (site, place): (usize, &SiteEntry),
    prefix: &str,
    start: Date,
) -> Read<Option<(Lot<ParamId>, LotFacts)>> {
    let specs = LotFigures::SPECS;
    let key = |name: &str| format!("{prefix}{name}");
    let rating = rating(r, catalogue, prefix);
    let rating = r.ok_or_record(rating);
    let mw = power(r, place, prefix, rating.as_ref());
    let mw = r.ok_or_record(mw).flatten();
    let begins = begins(r, &key("begins"), start);
    let begins = r.ok_or_record(begins);
    let (Some(rating), Some(mw), Some(begins)) = (rating, mw, begins) else { return Ok(None) };
    let name = name(r, prefix, &rating);
    let duty = match r.if_given(&[&key("duty")], &specs.duty, None)? {
        Some(own) if !prefix.is_empty() => own,
        _ => r.spec(&Operator::SPECS.import_duty)?,
    };
    let status = r.document.text(&key("status")).and_then(LotStatus::from_name);
    let status = status.unwrap_or(LotStatus::Shipping);
    if status == LotStatus::Announced {
        r.warn(Warning::AnnouncedMachine { lot: name.clone() });
    }
    let own = |r: &mut Resolver, spec: &Spec| {
        let name = spec.key.strip_prefix("lot.").unwrap_or(spec.key);
        r.first_of(&[&format!("{prefix}{name}")], spec, None)
    };
    let months = r.document.number(&key("delivery_months")).unwrap_or(0.0);
    let life = r.document.number(&key("life_years")).unwrap_or(LIFE_YEARS);
    let years = |years: f64| Seconds::from_years(years).as_seconds().round();
    let lot = Lot {
        name,
        site,
        mw,
        j_per_th: rating.id,
        price: price(r, prefix, rating.id)?,
        duty,
        begins,
        delivery: years(months / 12.0),
        life: years(life),
        failure: own(r, &specs.failure)?,
        drift: own(r, &specs.drift)?,
        resale: own(r, &specs.resale)?,
        owned: r.document.flag(&key("owned")),
    };
    let count = r.document.number(&key("count"));
    Ok(Some((lot, LotFacts { machine: rating.machine, count, status })))
}

fn name(r: &Resolver, prefix: &str, rating: &Rating) -> String {
    let given = r.document.text(&format!("{prefix}name")).filter(|_| !prefix.is_empty());
    let machine = rating.machine.as_ref().map(Machine::name);
    given
        .map(str::to_owned)
        .or(machine)
        .unwrap_or_else(|| format!("{:.1} J/TH", r.value(rating.id)))
}

/// Seconds from the first day to the start of the machines; negative for machines that already run.
pub(super) fn begins(r: &Resolver, key: &str, start: Date) -> Read<f64> {
    let Some(day) = r.document.text(key).and_then(|text| text.parse::<Date>().ok()) else {
        return Ok(0.0);
    };
    let days = start.until(day).map_or(f64::INFINITY, |span| f64::from(span.get_days()));
    if days.abs() > MAX_YEARS_FROM_START * 365.0 {
        let reason =
            format!("{day} is more than {MAX_YEARS_FROM_START} years from the start, {start}");
        return Err(r.document.mistake(key, Problem::Other(reason)));
    }
    Ok(Seconds::from_days(days).as_seconds().round())
}

/// Power of a lot including overhead: given, or that of a number of machines, or all mining power of the site.
/// `None` if it depends on the rating and a mistake of that is recorded.
fn power(
    r: &mut Resolver,
    place: &SiteEntry,
    prefix: &str,
    rating: Option<&Rating>,
) -> Read<Option<ParamId>> {
    let spec = LotFigures::SPECS.power;
    let (own, count_key) = (format!("{prefix}power_mw"), format!("{prefix}count"));
    let section = !prefix.is_empty();
    let count = r.document.number(&count_key).filter(|_| section);
    match (r.document.get(&own).filter(|_| section), count) {
        (Some(entry), Some(_)) => Err(entry.mistake(Problem::Conflict { other: count_key })),
        (Some(entry), None) => r.given(entry, &spec, None).map(Some),
        (None, Some(count)) => {
            let Some(rating) = rating else { return Ok(None) };
            let machine = rating.machine.as_ref().ok_or_else(|| {
                let remedy =
                    "count requires a machine from the catalogue; give machine or power_mw";
                let problem = Problem::Missing { remedy: remedy.to_owned() };
                r.document.mistake(&format!("{prefix}machine"), problem)
            })?;
            let mw = count * machine.power.as_mw();
            let model = format!("{count} x {} x pue", machine.name());
            Ok(Some(r.derived(&own, Unit::Mw, place.pue, |pue| mw * pue, model)))
        }
        (None, None) => place.mining.map(Some).ok_or_else(|| {
            let key = if section { own.clone() } else { format!("{}power_mw", place.prefix()) };
            let remedy =
                "give the power at the site's meter in MW, or power_mw or count of each lot";
            r.document.mistake(&key, Problem::Missing { remedy: remedy.to_owned() })
        }),
    }
}

/// The share of a lot that is installed at a time, 0 to 1.
fn installed_share(lot: &Lot<ParamId>, at: f64) -> f64 {
    let delivered = |at: f64| {
        let since = at - lot.begins;
        if since < 0.0 {
            0.0
        } else if since >= lot.delivery {
            1.0
        } else {
            since / lot.delivery
        }
    };
    delivered(at) - delivered(at - lot.life)
}

/// Checks that lots need no more power than their site has, unless a grid limit scales them, and that they
/// need some.
fn check_power(r: &Resolver, places: &[SiteEntry], lots: &[Lot<ParamId>]) -> Read<()> {
    for (index, place) in places.iter().enumerate() {
        let here: Vec<&Lot<ParamId>> = lots.iter().filter(|lot| lot.site == index).collect();
        let max_mw = max_installed_mw(r, &here);
        let Some(has) = place.mining.filter(|_| place.grid.is_none()).map(|id| r.value(id)) else {
            continue;
        };
        if max_mw > has * (1.0 + ROUNDING) {
            let key = if r.document.count("lot") > 0 { "lot" } else { "power_mw" };
            let site = place.name.clone();
            return Err(r.document.mistake(key, Problem::TooMuchPower { mw: max_mw, site, has }));
        }
    }
    let all: f64 = lots.iter().map(|lot| r.value(lot.mw)).sum();
    if all > 0.0 || r.serves_ai() {
        return Ok(());
    }
    let remedy = "the lots take no power; give power_mw or count above 0".to_owned();
    Err(r.document.mistake("power_mw", Problem::Missing { remedy }))
}

/// The largest installed power at any time from the start, MW.
fn max_installed_mw(r: &Resolver, lots: &[&Lot<ParamId>]) -> f64 {
    let change_times = lots.iter().flat_map(|lot| {
        let (first, end) = (lot.begins, lot.begins + lot.life);
        // Just before machines retire, all of them are installed.
        [first, first + lot.delivery, end - 1.0, end + lot.delivery]
    });
    let at =
        |now: f64| lots.iter().map(|lot| r.value(lot.mw) * installed_share(lot, now)).sum::<f64>();
    change_times.chain([0.0]).filter(|now| *now >= 0.0).map(at).fold(0.0, f64::max)
}

impl Resolver<'_> {
    /// Whether a part of the power serves AI, so that no mining machine is required.
    fn serves_ai(&self) -> bool {
        self.document.number("mining_share").is_some_and(|share| share < 1.0)
    }
}
