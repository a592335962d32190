//! Levies: plain ones, those limited to a period, a kind of load or a power source, and shipped ones (M23).

use super::site_entry::SiteEntry;
use super::sites::{list, needed_price};
use super::{Resolver, site_keys};
use crate::params::inputs::{DatedLevy, LevyOf, LevyRate, LevyStep};
use crate::params::{Denomination, LevyFigures, Param, ParamId, Per, Price, Spread, Unit};
use crate::scenario::choice::{LevyBase, PowerSource};
use crate::scenario::error::{Problem, Read};
use crate::scenario::keys::{LEVY, STEP_BELOW, STEP_LEVY};
use crate::scenario::levy_presets::{Kind, PresetRow, preset};
use crate::scenario::warning::Warning;
use jiff::ToSpan;
use jiff::civil::Date;

/// Levies that depend on the hourly price, and those limited to a period.
#[derive(Default)]
pub(super) struct Steps {
    pub steps: Vec<LevyStep<ParamId>>,
    pub denomination: Denomination,
    pub schedule: Vec<DatedLevy<ParamId>>,
}

/// Levies per kWh at all times, and all levies that are limited to a period.
pub(super) struct Levies {
    pub plain: Vec<Price<ParamId>>,
    pub schedule: Vec<DatedLevy<ParamId>>,
}

/// The period and the energy to which an entry applies.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Scope {
    from: f64,
    until: f64,
    of: LevyOf,
}

impl Scope {
    /// At all times on all load; a levy with this scope is not part of the schedule.
    const ALWAYS: Self = Self { from: f64::NEG_INFINITY, until: f64::INFINITY, of: LevyOf::All };

    fn levy(self, rate: LevyRate<ParamId>) -> DatedLevy<ParamId> {
        DatedLevy { from: self.from, until: self.until, of: self.of, rate }
    }
}

/// The levies of a site, except those that depend on the hourly price.
pub(super) fn levies(
    r: &mut Resolver,
    place: &SiteEntry,
    start: Date,
    schedule: Vec<DatedLevy<ParamId>>,
) -> Levies {
    let mut found = Levies { plain: Vec::new(), schedule };
    let source = power_source(r, place);
    for entry in list(r, place, "tariff_terms.levies") {
        if is_due(r, &entry, source) {
            let read = levy(r, &entry, source, start, &mut found);
            r.ok_or_record(read);
        }
    }
    found
}

/// The levies of a site that depend on the hourly price.
pub(super) fn steps(r: &mut Resolver, place: &SiteEntry, start: Date) -> Steps {
    let source = power_source(r, place);
    let (mut found, mut steps) = (Steps::default(), StepReader::default());
    for entry in list(r, place, "tariff_terms.levy_steps") {
        if !is_due(r, &entry, source) {
            continue;
        }
        let read = scope(r, &entry, start).and_then(|scope| steps.read(r, &entry, scope));
        if r.ok_or_record(read).is_none() {
            return found;
        }
    }
    for (scope, denomination, steps) in steps.scales {
        match scope == Scope::ALWAYS {
            true => (found.steps, found.denomination) = (steps, denomination),
            false => found.schedule.push(scope.levy(LevyRate::Steps { denomination, steps })),
        }
    }
    found
}

/// The power source of a site.
fn power_source(r: &Resolver, place: &SiteEntry) -> PowerSource {
    let keys = site_keys(place.section, "power_source");
    let named = keys.iter().find_map(|key| r.document.text(key)).and_then(PowerSource::from_name);
    named.unwrap_or(PowerSource::Grid)
}

/// Whether an entry applies to power from that source.
fn is_due(r: &Resolver, entry: &str, source: PowerSource) -> bool {
    let named = r.document.text(&format!("{entry}.power_source")).and_then(PowerSource::from_name);
    named.is_none_or(|named| named == source)
}

/// The date of an entry.
fn day(r: &Resolver, key: &str) -> Option<Date> {
    r.document.text(key)?.parse().ok()
}

/// Seconds from the start to a day; negative for earlier days.
fn seconds(start: Date, day: Date) -> f64 {
    start.until(day).map_or(0.0, |span| f64::from(span.get_days())) * 86_400.0
}

fn scope(r: &Resolver, entry: &str, start: Date) -> Read<Scope> {
    let (from, until) = (format!("{entry}.from"), format!("{entry}.until"));
    let of = r.document.text(&format!("{entry}.of")).and_then(LevyBase::from_name);
    let scope = Scope {
        from: day(r, &from).map_or(f64::NEG_INFINITY, |day| seconds(start, day)),
        until: day(r, &until).map_or(f64::INFINITY, |day| seconds(start, day)),
        of: of.unwrap_or(LevyBase::All).into(),
    };
    if scope.from >= scope.until {
        let reason = "is not after from; give a later day".to_owned();
        return Err(r.document.mistake(&until, Problem::Other(reason)));
    }
    Ok(scope)
}

/// Reads an entry with a price per kWh, a share of the bill, or the name of a shipped levy.
fn levy(
    r: &mut Resolver,
    entry: &str,
    source: PowerSource,
    start: Date,
    found: &mut Levies,
) -> Read<()> {
    let scope = scope(r, entry, start)?;
    let keys = ["price", "share", "preset"].map(|name| format!("{entry}.{name}"));
    let given: Vec<&String> = keys.iter().filter(|key| r.document.get(key).is_some()).collect();
    let [price, share, preset] = &keys;
    match given[..] {
        [] => {
            let remedy = "give a price, a share of the bill or a preset".to_owned();
            Err(r.document.mistake(price, Problem::Missing { remedy }))
        }
        [first, second, ..] => {
            Err(r.document.mistake(second, Problem::Conflict { other: first.clone() }))
        }
        [one] if one == price => {
            let price = needed_price(r, price, &LEVY)?;
            match scope == Scope::ALWAYS {
                true => found.plain.push(price),
                false => found.schedule.push(scope.levy(LevyRate::Kwh(price))),
            }
            Ok(())
        }
        [one] if one == share => {
            let part = r.if_given(&[share], &LevyFigures::SPECS.share, None)?;
            found.schedule.extend(part.map(|part| scope.levy(LevyRate::Bill(part))));
            Ok(())
        }
        _ => preset_levies(
            r,
            preset,
            (source, day(r, &format!("{entry}.from")).unwrap_or(start)),
            start,
            scope,
            found,
        ),
    }
}

/// Adds the rows of a shipped levy that apply to a power source; years are counted from its first day.
fn preset_levies(
    r: &mut Resolver,
    key: &str,
    (source, first): (PowerSource, Date),
    start: Date,
    of: Scope,
    found: &mut Levies,
) -> Read<()> {
    let name = r.document.text(key).unwrap_or("").to_owned();
    let rows = preset(&name).map_err(|error| r.document.mistake(key, Problem::Table(error)))?;
    let due = |row: &&PresetRow| row.source.is_none_or(|of| of == source);
    let rows: Vec<&PresetRow> = rows.iter().filter(due).collect();
    warn_about_preset(r, key, &name, &rows);
    let mut scale: Option<(Scope, Denomination, Vec<LevyStep<ParamId>>)> = None;
    for (place, row) in rows.into_iter().enumerate() {
        let year = |year: i16| {
            let day = first.checked_add(year.years()).unwrap_or(Date::MAX);
            seconds(start, day)
        };
        let mut scope = of;
        if row.years.0 > 0 {
            scope.from = year(row.years.0);
        }
        scope.until = row.years.1.map_or(of.until, |last| year(last).min(of.until));
        if of.of == LevyOf::All {
            scope.of = row.of.into();
        } else if row.of != LevyBase::All && of.of != row.of.into() {
            continue;
        }
        if scope.from >= scope.until {
            continue;
        }
        let rate = preset_rate(r, key, place, row)?;
        match (row.kind, rate) {
            (Kind::Step(below, _), (rate, denomination)) => {
                let (_, _, steps) = scale.get_or_insert((scope, denomination, Vec::new()));
                steps.push(LevyStep { below, rate });
            }
            (Kind::Kwh(_), (value, denomination)) => {
                found.schedule.push(scope.levy(LevyRate::Kwh(Price { value, denomination })));
            }
            (Kind::Bill, (part, _)) => found.schedule.push(scope.levy(LevyRate::Bill(part))),
        }
    }
    if let Some((scope, denomination, steps)) = scale {
        found.schedule.push(scope.levy(LevyRate::Steps { denomination, steps }));
    }
    Ok(())
}

/// Warns if a shipped levy has not been enacted, and if rates are assumed.
fn warn_about_preset(r: &mut Resolver, key: &str, name: &str, rows: &[&PresetRow]) {
    let (key, preset) = (key.to_owned(), name.to_owned());
    if let Some(row) = rows.iter().find(|row| row.status != "adopted") {
        let (key, preset, status) = (key.clone(), preset.clone(), row.status.clone());
        r.warn(Warning::ProposedLevy { key, preset, status });
    }
    // The reason for each assumed rate is shown among the inputs.
    let (count, all) = (rows.iter().filter(|row| row.is_assumed()).count(), rows.len());
    if count > 0 {
        r.warn(Warning::AssumedLevy { key, preset, count, all });
    }
}

/// The rate of a row as a parameter, and its currency.
fn preset_rate(
    r: &mut Resolver,
    key: &str,
    place: usize,
    row: &PresetRow,
) -> Read<(ParamId, Denomination)> {
    let (unit, denomination) = match row.kind {
        Kind::Bill => (Unit::One, Denomination::Usd),
        Kind::Kwh(currency) | Kind::Step(_, currency) => {
            let of =
                r.denomination(currency).map_err(|problem| r.document.mistake(key, problem))?;
            (Unit::Price(currency, Per::Kwh), of)
        }
    };
    let spread = row.range.map_or(Spread::Fixed, |(low, high)| Spread::between(low, high));
    let id = r.add(Param {
        key: format!("{key}[{place}]"),
        unit,
        value: row.rate,
        spread,
        possible: 0.0..=LEVY.most,
        // Assumed rates of one scale vary together.
        group: Some(key.to_owned()),
        provenance: row.provenance.clone(),
        region: None,
        missing: false,
    });
    Ok((id, denomination))
}

/// Reads levy steps by hourly price; steps of one scope form a scale in one currency and in rising order.
#[derive(Default)]
struct StepReader {
    scales: Vec<(Scope, Denomination, Vec<LevyStep<ParamId>>)>,
}

impl StepReader {
    fn read(&mut self, r: &mut Resolver, entry: &str, scope: Scope) -> Read<()> {
        let (below_key, levy_key) = (format!("{entry}.below"), format!("{entry}.levy"));
        let known = self.scales.iter().position(|(of, ..)| *of == scope);
        let mut denomination = known.map(|place| self.scales[place].1);
        // The last step may have no upper limit.
        let below = match r.document.get(&below_key).cloned() {
            Some(given) => {
                let price = r.given_price(&given, &STEP_BELOW, None)?;
                (*denomination.get_or_insert(price.denomination) == price.denomination)
                    .then(|| r.value(price.value))
            }
            None => Some(f64::INFINITY),
        };
        let rate = needed_price(r, &levy_key, &STEP_LEVY)?;
        let one = *denomination.get_or_insert(rate.denomination) == rate.denomination;
        let Some(below) = below.filter(|_| one) else {
            let reason = "give all steps of a levy in one currency".to_owned();
            return Err(r.document.mistake(&levy_key, Problem::Other(reason)));
        };
        let place = known.unwrap_or(self.scales.len());
        if known.is_none() {
            self.scales.push((scope, rate.denomination, Vec::new()));
        }
        let steps = &mut self.scales[place].2;
        if steps.last().is_some_and(|last| last.below >= below) {
            let reason = "give steps in rising order of price".to_owned();
            return Err(r.document.mistake(&below_key, Problem::Other(reason)));
        }
        steps.push(LevyStep { below, rate: rate.value });
        Ok(())
    }
}
