//! The sites with their tariffs, and AI on the same power.

use super::lots::{self, LotFacts};
use super::site_entry::SiteEntry;
use super::{Resolver, contract, hours, levies, modes, site_keys};
use crate::params::inputs::{AiBlock, LeaseBlock, Lot, PowerMode, Site, Tier};
use crate::params::{Ai, Budget, Param, ParamId, Price, SiteFigures, Spec, Spread, Terms, Unit};
use crate::scenario::error::{Problem, Read};
use crate::scenario::keys::{ADJUSTMENT, CAPACITY_CHARGE, DEMAND_CHARGE, PriceSpec, TARIFF};
use crate::uncertainty::Provenance;
use jiff::civil::Date;

/// The name of the site if there is no `[[site]]`.
const ONE_SITE: &str = "the site";

/// Sites with their machines, AI and lease.
pub(super) struct SiteInputs {
    pub sites: Vec<Site<ParamId>>,
    pub lots: Vec<Lot<ParamId>>,
    pub ai: Option<AiBlock<ParamId>>,
    pub lease: Option<LeaseBlock<ParamId>>,
}

/// Sites and machines, with further facts.
pub(super) struct Built {
    pub inputs: SiteInputs,
    pub mining_share: ParamId,
    pub lots: Vec<LotFacts>,
}

pub(super) fn build(r: &mut Resolver, start: Date) -> Read<Built> {
    let mining_share = r.spec(&Budget::SPECS.mining_share)?;
    let places = places(r, mining_share);
    let (lots, facts) = lots::lots(r, &places, start)?;
    let system = hours::system(r);
    let system = r.ok_or_record(system).flatten();
    let modes = modes::modes(r, &places, &lots);
    let modes =
        r.ok_or_record(modes).unwrap_or_else(|| vec![vec![PowerMode::NORMAL]; places.len()]);
    let mut shared = hours::Shared::default();
    let mut sites = Vec::with_capacity(places.len());
    for (place, modes) in places.iter().zip(modes) {
        let site = site(r, place, (system.as_deref(), &mut shared), modes, start);
        sites.extend(r.ok_or_record(site));
    }
    let ai = ai(r, &places, mining_share);
    let ai = r.ok_or_record(ai).flatten();
    let lease = super::lease::lease(r, &places, start, ai.is_some());
    let lease = r.ok_or_record(lease).flatten();
    Ok(Built { inputs: SiteInputs { sites, lots, ai, lease }, mining_share, lots: facts })
}

/// A figure of a site: its own, else that of all sites; the figures of all sites vary together.
fn figure(r: &mut Resolver, section: Option<usize>, spec: &Spec) -> Read<ParamId> {
    let keys = site_keys(section, spec.key);
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    r.first_of(&keys, spec, Some(spec.key))
}

fn price(r: &mut Resolver, section: Option<usize>, spec: &PriceSpec) -> Read<Price<ParamId>> {
    let keys = site_keys(section, spec.key);
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    r.price(&keys, spec, Some(spec.key))
}

fn places(r: &mut Resolver, mining_share: ParamId) -> Vec<SiteEntry> {
    let count = r.document.count("site");
    for key in ["power_mw", "mining_share"] {
        if count > 0 && r.document.get(key).is_some() {
            let instead = "site[0].power_mw".to_owned();
            let why = "every site has its own power";
            r.record(r.document.mistake(key, Problem::NotApplicable { why, instead }));
        }
    }
    let sections: Vec<Option<usize>> = match count {
        0 => vec![None],
        count => (0..count).map(Some).collect(),
    };
    let mut found: Vec<SiteEntry> = Vec::with_capacity(sections.len());
    for section in sections {
        let name = name(r, section);
        // Any unused name will do if the mistake is recorded.
        let name = r.ok_or_record(name).unwrap_or_else(|| format!("site {}", found.len()));
        if found.iter().any(|place| place.name == name) {
            let key = site_keys(section, "name").swap_remove(0);
            r.record(r.document.mistake(&key, Problem::Duplicate(name.clone())));
        }
        let place = place(r, section, name, mining_share);
        found.extend(r.ok_or_record(place));
    }
    found
}

fn name(r: &Resolver, section: Option<usize>) -> Read<String> {
    let Some(index) = section else { return Ok(ONE_SITE.to_owned()) };
    let key = format!("site[{index}].name");
    let remedy = || Problem::Missing { remedy: "give the site a name".to_owned() };
    Ok(r.document.text(&key).ok_or_else(|| r.document.mistake(&key, remedy()))?.to_owned())
}

fn place(
    r: &mut Resolver,
    section: Option<usize>,
    name: String,
    mining_share: ParamId,
) -> Read<SiteEntry> {
    let specs = SiteFigures::SPECS;
    let prefix = section.map_or(String::new(), |index| format!("site[{index}]."));
    let (power_key, grid_key) = (format!("{prefix}power_mw"), format!("{prefix}grid_mw"));
    let power = r.if_given(&[&power_key], &specs.power, None)?;
    let grid = r.if_given(&[&grid_key], &specs.grid, None)?;
    let share = r.table.get(mining_share);
    let (part, moves) = (share.value, share.spread.is_drawn());
    let mining = match power {
        Some(power) if part < 1.0 || moves => {
            let own_range = r.table.get(power).spread.is_drawn();
            if moves && own_range {
                let other = format!("the range of {power_key}");
                r.record(r.document.mistake("mining_share", Problem::Conflict { other }));
            }
            let (mw, model) = (r.value(power), "power_mw x mining_share".to_owned());
            let key = "mining_mw";
            Some(match moves {
                true => r.derived(key, Unit::Mw, mining_share, |part| mw * part, model),
                false => r.derived(key, Unit::Mw, power, |mw| mw * part, model),
            })
        }
        other => other,
    };
    let pue = figure(r, section, &specs.pue)?;
    Ok(SiteEntry { section, name, power, grid, mining, pue })
}

fn site(
    r: &mut Resolver,
    place: &SiteEntry,
    (system, shared): (Option<&hours::System>, &mut hours::Shared),
    modes: Vec<PowerMode>,
    start: Date,
) -> Read<Site<ParamId>> {
    let specs = SiteFigures::SPECS;
    let section = place.section;
    let prefix = place.prefix();
    let (dispatch, cap_hours) = hours::dispatch_rules(r, &prefix);
    let steps = levies::steps(r, place, start);
    let tiers = tiers(r, place);
    let tiers = r.ok_or_record(tiers).unwrap_or_default();
    let has_tariff = site_keys(section, TARIFF.key).iter().any(|key| r.document.get(key).is_some());
    let hours = hours::hours(r, &prefix, has_tariff, system, shared);
    let file_tariff = hours.as_ref().ok().and_then(|hours| hours.tariff.clone());
    let heat = |r: &Resolver, name: &str| {
        let keys = site_keys(section, &format!("heat.{name}"));
        keys.iter().find_map(|key| r.document.months(key)).unwrap_or([1.0; 12])
    };
    let mut site = Site {
        name: place.name.clone(),
        power_mw: place.power,
        grid_mw: place.grid,
        pue: place.pue,
        uptime: figure(r, section, &specs.uptime)?,
        tariff: match file_tariff {
            Some(mean) => mean_price(r, mean),
            None => price(r, section, &TARIFF)?,
        },
        tariff_steps: super::levels::tariff_steps(r, section, start),
        other_costs: figure(r, section, &specs.other_costs)?,
        infrastructure: figure(r, section, &specs.infrastructure)?,
        capacity_charge: price(r, section, &CAPACITY_CHARGE)?,
        demand_charge: price(r, section, &DEMAND_CHARGE)?,
        adjustments: lines(r, place, "tariff_terms.adjustments", &ADJUSTMENT),
        levies: Vec::new(),
        levy_steps: steps.steps,
        levy_denomination: steps.denomination,
        levy_schedule: Vec::new(),
        contract: None,
        terms: Terms::SPECS.map(|_| place.pue),
        tiers,
        heat_hashrate: heat(r, "hashrate_ratio"),
        heat_pue: heat(r, "pue_ratio"),
        hours: hours?.profile,
        dispatch,
        cap_hours,
        modes,
    };
    let levies = levies::levies(r, place, start, steps.schedule);
    (site.levies, site.levy_schedule) = (levies.plain, levies.schedule);
    site.terms = Terms::SPECS.try_map(|spec| figure(r, section, &spec))?;
    let contract = contract::contract(r, section, &site);
    site.contract = r.ok_or_record(contract).flatten();
    Ok(site)
}

/// Adds the mean price of a file as the tariff.
fn mean_price(r: &mut Resolver, mean: hours::FileTariff) -> Price<ParamId> {
    let value = r.add(Param {
        key: mean.key,
        unit: Unit::Price(mean.currency, TARIFF.per),
        value: mean.per_kwh,
        spread: Spread::Fixed,
        possible: TARIFF.least..=TARIFF.most,
        group: None,
        provenance: Provenance::UserReported { by: mean.source },
        region: None,
        missing: false,
    });
    Price { value, denomination: mean.denomination }
}

/// The keys of the entries of a list of a site, else of the list of all sites.
pub(super) fn list(r: &Resolver, place: &SiteEntry, list: &str) -> Vec<String> {
    let own = format!("{}{list}", place.prefix());
    let key = if r.document.count(&own) > 0 { own } else { list.to_owned() };
    (0..r.document.count(&key)).map(|index| format!("{key}[{index}]")).collect()
}

/// A required number of an entry of a list.
fn needed(r: &Resolver, key: &str) -> Read<f64> {
    let missing = || Problem::Missing { remedy: "give a number".to_owned() };
    r.document.number(key).ok_or_else(|| r.document.mistake(key, missing()))
}

pub(super) fn needed_price(r: &mut Resolver, key: &str, spec: &PriceSpec) -> Read<Price<ParamId>> {
    let remedy = || "give a price with its unit, such as \"5 USD/MWh\"".to_owned();
    let entry = r.document.get(key);
    let entry =
        entry.ok_or_else(|| r.document.mistake(key, Problem::Missing { remedy: remedy() }))?;
    r.given_price(entry, spec, None)
}

fn lines(r: &mut Resolver, place: &SiteEntry, of: &str, spec: &PriceSpec) -> Vec<Price<ParamId>> {
    let mut found = Vec::new();
    for entry in list(r, place, of) {
        let price = needed_price(r, &format!("{entry}.price"), spec);
        found.extend(r.ok_or_record(price));
    }
    found
}

fn tiers(r: &Resolver, place: &SiteEntry) -> Read<Vec<Tier>> {
    let mut tiers: Vec<Tier> = Vec::new();
    for entry in list(r, place, "tariff_terms.tiers") {
        let above = format!("{entry}.above_mwh_per_month");
        let tier = Tier {
            above_mwh_per_month: needed(r, &above)?,
            price_ratio: needed(r, &format!("{entry}.price_ratio"))?,
        };
        if tiers.last().is_some_and(|last| last.above_mwh_per_month >= tier.above_mwh_per_month) {
            let reason = "give tiers in rising order of energy".to_owned();
            return Err(r.document.mistake(&above, Problem::Other(reason)));
        }
        tiers.push(tier);
    }
    Ok(tiers)
}

/// The part of the power that does not mine serves AI.
fn ai(r: &mut Resolver, places: &[SiteEntry], share: ParamId) -> Read<Option<AiBlock<ParamId>>> {
    let terms = Ai::SPECS.try_map(|spec| r.spec(&spec))?;
    let (part, moves) = (r.value(share), r.table.get(share).spread.is_drawn());
    let (false, [place]) = (part >= 1.0 && !moves, places) else { return Ok(None) };
    let Some(power) = place.power else {
        let remedy = "give power_mw, to which mining_share refers".to_owned();
        return Err(Problem::Missing { remedy }.at("power_mw"));
    };
    let (mw, model) = (r.value(power), "power_mw x (1 - mining_share)".to_owned());
    let mw = match moves {
        true => r.derived("ai_mw", Unit::Mw, share, |part| mw * (1.0 - part), model),
        false => r.derived("ai_mw", Unit::Mw, power, |mw| mw * (1.0 - part), model),
    };
    Ok(Some(AiBlock { site: 0, mw, terms }))
}
