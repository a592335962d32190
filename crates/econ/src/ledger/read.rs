//! Keys of the case and of the ledger's tables as inputs.

use super::book::{Book, Id, Kind, LedgerInput, Money, Otherwise, Read, Spread, wrong};
use super::merit::{self, Plant};
use super::model::{CaseIds, Prices, Reference};
use super::section::*;
use super::{ReferenceCost, ReferenceKind};
use crate::price_list::PriceList;
use crate::uncertainty::{AsOf, Estimate, Provenance};
use crate::units::MachinePrice;
use crate::{Case, Currency, Factor, FactorKind, Lot, Scenario, SitePlan, Sourced};

const fn kind(unit: &'static str, least: f64, most: f64) -> Kind {
    Kind { unit, least, most }
}

/// The range of a key of the file.
fn range(given: Option<&Sourced<f64>>) -> Option<(f64, f64)> {
    given.and_then(|given| given.range()).map(|(low, high)| (*low, *high))
}

/// The scenario that a ledger is of, as the rest of the model reads it.
pub(super) struct Whole<'a> {
    pub scenario: &'a Scenario,
    pub case: &'a Case,
    pub sites: &'a [SitePlan],
    pub factors: &'a [Factor],
}

impl Whole<'_> {
    /// The range that a project draws a value from, whichever sections gave it.
    fn drawn(&self, kind: FactorKind, value: f64) -> Option<(f64, f64)> {
        let factor = self.factors.iter().find(|factor| factor.kind == kind)?;
        let (a, b) = (factor.low * value, factor.high * value);
        Some((a.min(b), a.max(b)))
    }

    /// What no flat key gives, from the sections.
    fn of_sections<T>(value: T, what: &str) -> Estimate<T> {
        Estimate::new(value, Provenance::Modelled { model: format!("mean of the {what}") })
    }

    /// The machines' price, where every lot has one.
    fn machine_price(&self) -> Option<Estimate<MachinePrice>> {
        let lots: Vec<&Lot> = self.sites.iter().flat_map(|site| &site.lots).collect();
        let prices: Option<Vec<_>> = lots.iter().map(|lot| lot.machine_price.as_ref()).collect();
        let prices = prices.filter(|prices| !prices.is_empty())?;
        if prices.iter().all(|price| price.value() == prices[0].value()) {
            return Some(prices[0].clone());
        }
        let weight = |lot: &Lot| (lot.power.value() / lot.efficiency().value()).as_th_s();
        let all: f64 = lots.iter().map(|lot| weight(lot)).sum();
        let each = lots.iter().zip(&prices);
        let sum: f64 = each.map(|(lot, p)| weight(lot) * p.value().as_usd_per_th_s()).sum();
        let mean = MachinePrice::from_usd_per_th_s(if all > 0.0 { sum / all } else { 0.0 });
        Some(Self::of_sections(mean, "lots' usd_per_th, by hashrate"))
    }

    /// The sites' cost without machines by power, where every site has one.
    fn infrastructure(&self) -> Option<Estimate<f64>> {
        let power = |site: &SitePlan| Lot::peak(site.lots.iter()).1.as_mw();
        let all: f64 = self.sites.iter().map(power).sum();
        let cost = |site: &SitePlan| {
            Some(site.infrastructure.as_ref()?.value().as_usd_per_mw() * power(site))
        };
        let sum = self.sites.iter().map(cost).sum::<Option<f64>>()?;
        (all > 0.0).then(|| Self::of_sections(sum / all, "sites' infrastructure, by power"))
    }
}

pub(super) fn case_ids(book: &mut Book, whole: &Whole, section: &LedgerSection) -> Read<CaseIds> {
    let Whole { scenario, case, sites, .. } = *whole;
    let part = kind("", 0.0, 1.0);
    let (uptime, value) = (&case.site.uptime, case.site.uptime.value().value());
    let drawn = whole.drawn(FactorKind::Uptime, value).map(|(low, high)| (low, high.min(1.0)));
    let uptime = book.of_case("uptime", part, value, uptime, drawn)?;
    let mut fraction =
        |key, value: &Estimate<crate::units::Fraction>, given: &Option<Sourced<f64>>| {
            book.of_case(key, part, value.value().value(), value, range(given.as_ref()))
        };
    let mining_share =
        fraction("mining_share", &case.allocation.mining_share, &scenario.mining_share)?;
    let pool_fee = fraction("pool_fee", &case.pool.fee, &scenario.pool_fee)?;
    let stale = fraction("stale", &case.pool.stale, &scenario.stale)?;
    let displacement = fraction("displacement", &case.displacement, &scenario.displacement)?;

    let power = &case.allocation.power;
    let power_range = range(scenario.power_mw.as_ref());
    let mw = kind("MW", 0.0, 1e7);
    let power_mw = book.of_case("power_mw", mw, power.value().as_mw(), power, power_range)?;
    let pue = &case.site.pue;
    let value = pue.value().value();
    let pue_range = whole.drawn(FactorKind::Pue, value).map(|(low, high)| (low.max(1.0), high));
    let pue = book.of_case("pue", kind("", 1.0, 5.0), value, pue, pue_range)?;
    let efficiency = case.fleet.efficiency().estimate();
    let value = efficiency.value().as_j_per_th();
    // 1 J/TH is far below what any machine reaches.
    let j_per_th = kind("J/TH", 1.0, 1e6);
    let drawn = whole.drawn(FactorKind::Efficiency, value);
    let j_per_th = book.of_case("j_per_th", j_per_th, value, efficiency, drawn)?;
    let hashrate = &case.network.hashrate;
    let eh_s = hashrate.value().as_eh_s();
    let known = whole.drawn(FactorKind::NetworkHashrate, eh_s);
    let network = kind("EH/s", 1e-18, 1e12);
    let network_eh = book.of_case("network_eh", network, eh_s, hashrate, known)?;
    let fees = &case.network.fees_per_block;
    let fees_range = range(scenario.fees_btc.as_ref());
    let btc = kind("BTC", 0.0, 1e6);
    let fees_btc = book.of_case("fees_btc", btc, fees.value().as_btc(), fees, fees_range)?;
    let price = &case.network.price;
    let (usd, price_range) = (price.value().as_usd_per_btc(), range(scenario.price_usd.as_ref()));
    let price_usd =
        book.of_case("price_usd", kind("USD/BTC", 0.0, 1e12), usd, price, price_range)?;
    let height = &case.network.height;
    let value = f64::from(height.value());
    let height = book.of_case("height", kind("", 0.0, 4.3e9), value, height, None)?;
    book.inputs[height.0].searched = false;

    let tariff = case.tariff.as_ref().ok_or_else(|| wrong("tariff", "is missing"))?;
    let value = tariff.price.value().as_per_kwh();
    let ends = whole.drawn(FactorKind::Tariff, value);
    let possible = kind("", -1e6, 1e6);
    let id = book.of_case("tariff", possible, value, &tariff.price, ends)?;
    book.inputs[id.0].unit = format!("{}/kWh", book.currency);
    let tariff_id = Money { id, dollars: false };
    let fx = match &tariff.exchange_rate {
        Some(rate) if book.currency != Currency::USD => {
            let value = rate.value().as_per_usd();
            let given = whole.drawn(FactorKind::ExchangeRate, value);
            book.of_case("fx", kind("", 1e-6, 1e9), value, rate, given)?
        }
        // A dollar is a dollar.
        _ => {
            let same = Estimate::new((), Provenance::Modelled { model: "a dollar".to_owned() });
            let id = book.of_case("fx", kind("", 1.0, 1.0), 1.0, &same, None)?;
            book.inputs[id.0].searched = false;
            id
        }
    };
    book.inputs[fx.0].unit = format!("{}/USD", book.currency);
    let grid = &case.emissions.average;
    let value = grid.value().as_g_per_kwh();
    let grams = kind("g/kWh", 0.0, 5000.0);
    let grid_g_per_kwh = book.of_case(
        "grid_g_per_kwh",
        grams,
        value,
        grid,
        range(scenario.grid_g_per_kwh.as_ref()),
    )?;
    let household = &case.households.monthly_use;
    let kwh = household.value().as_kwh();
    let use_kind = kind("kWh/month", 1e-3, 1e9);
    let household_kwh = {
        let given = range(scenario.household_kwh_per_month.as_ref());
        book.of_case("household_kwh_per_month", use_kind, kwh, household, given)?
    };

    let other_key = "other_costs_usd_per_mwh";
    let other = kind("USD/MWh", 0.0, 1e6);
    let other_costs = if scenario.site.iter().any(|site| site.other_costs_usd_per_mwh.is_some()) {
        let mean = SitePlan::mean_other_costs(sites).as_usd_per_mwh();
        let drawn = whole.drawn(FactorKind::OtherCosts, mean);
        book.of_case(other_key, other, mean, &Whole::of_sections((), "sites' own"), drawn)?
    } else {
        let basis =
            "3 at a large site (Cipher, 2025-03) to 10.5 of surveyed miners (CCAF, 2024-06)";
        let otherwise = Otherwise { value: 7.0, low: 3.0, high: 10.5, basis };
        book.take(other_key, other, scenario.other_costs_usd_per_mwh.as_ref(), otherwise)?
    };
    let key = "infrastructure_usd_per_mw";
    let per_mw = kind("USD/MW", 0.0, 1e9);
    let own = scenario.site.iter().any(|site| site.infrastructure_usd_per_mw.is_some());
    let infrastructure = match whole.infrastructure().filter(|_| own) {
        Some(mean) => {
            let drawn = whole.drawn(FactorKind::Infrastructure, mean.value());
            book.of_case(key, per_mw, mean.value(), &mean, drawn)?
        }
        None => {
            let basis = "turnkey sites of 2024 (TheMinerMag, press)";
            let otherwise = Otherwise { value: 430_000.0, low: 225_000.0, high: 500_000.0, basis };
            book.take(key, per_mw, scenario.infrastructure_usd_per_mw.as_ref(), otherwise)?
        }
    };
    let machine = kind("USD/(TH/s)", 0.0, 1e6);
    let key = "ledger.operator.usd_per_th";
    let usd_per_th = match (&section.operator.usd_per_th, whole.machine_price()) {
        (Some(given), _) => book.given(key, machine, given)?,
        (None, Some(price)) => {
            let usd = price.value().as_usd_per_th_s();
            let drawn = whole.drawn(FactorKind::MachinePrice, usd);
            book.of_case("fleet.usd_per_th", machine, usd, &price, drawn)?
        }
        (None, None) => {
            let listed = PriceList::shipped().and_then(|list| list.of(efficiency.value()));
            let listed = listed.map_err(|e| wrong(key, e))?;
            book.of_case(key, machine, listed.value().as_usd_per_th_s(), &listed, None)?
        }
    };
    let tariff = tariff_id;
    Ok(CaseIds {
        power_mw,
        mining_share,
        uptime,
        pool_fee,
        stale,
        displacement,
        pue,
        j_per_th,
        network_eh,
        fees_btc,
        price_usd,
        height,
        tariff,
        fx,
        grid_g_per_kwh,
        household_kwh,
        other_costs,
        infrastructure,
        usd_per_th,
    })
}

pub(super) fn plants(book: &mut Book, section: &LedgerSection) -> Read<Vec<Plant>> {
    let key = "ledger.supply.merit_order";
    let found = match (section.supply.merit_order.as_deref(), section.plant.is_empty()) {
        (Some(_), false) => {
            return Err(wrong(key, "stands beside [[ledger.plant]]; give one of the two"));
        }
        (Some("pakistan"), true) => {
            let currency = merit::shipped_currency()?;
            if currency != book.currency {
                let reason = format!("is in {currency}, and the tariff in {}", book.currency);
                return Err(wrong(key, reason));
            }
            merit::pakistan(book)?
        }
        (Some(other), true) => {
            let reason = format!("`{other}` is not shipped; give `pakistan` or [[ledger.plant]]");
            return Err(wrong(key, reason));
        }
        (None, false) => merit::given(book, &section.plant)?,
        (None, true) => return Err(wrong(key, "is missing; give it or [[ledger.plant]]")),
    };
    match found.iter().any(|plant| plant.fuel.is_some()) {
        true => Ok(found),
        false => Err(wrong("ledger.plant", "none has a fuel_cost: nothing serves the next MW")),
    }
}

pub(super) fn shipped_reference(book: &mut Book, shipped: &ReferenceCost) -> Read<Reference> {
    let ReferenceCost { kind: of, what, price, metering_point } = shipped;
    let key = format!("references.{of}.{what}");
    let currency = price.value().currency();
    if currency != book.currency && currency != Currency::USD {
        return Err(wrong("references", format!("are in {currency}, not in {}", book.currency)));
    }
    let id = book.of_case(&key, kind("", -1e6, 1e6), price.value().as_per_kwh(), price, None)?;
    book.inputs[id.0].unit = format!("{currency}/kWh");
    let month = match price.provenance().as_of() {
        Some(AsOf::Month { month, .. }) if *of == ReferenceKind::IncrementalFuel => {
            u8::try_from(month).ok()
        }
        _ => None,
    };
    let price = Money { id, dollars: currency != book.currency };
    let (kind, what, metering_point) = (*of, what.clone(), *metering_point);
    Ok(Reference { kind, what, price, metering_point, loss: None, month })
}

pub(super) fn given_reference(
    book: &mut Book,
    given: &ReferenceSection,
    place: usize,
) -> Read<Reference> {
    let key = format!("ledger.reference.{place}.{}", given.kind);
    if given.what.trim().is_empty() {
        return Err(wrong(&key, "say in `what` what it is"));
    }
    if given.month.is_some_and(|month| !(1..=12).contains(&month)) {
        return Err(wrong(&key, "give a month of 1 to 12"));
    }
    let loss = match &given.loss_factor {
        Some(loss) => Some(book.given(&format!("{key}.loss_factor"), kind("", 0.0, 0.9), loss)?),
        None => None,
    };
    Ok(Reference {
        kind: given.kind,
        what: given.what.clone(),
        price: book.price(&key, "kWh", Some(&given.price), "")?,
        metering_point: given.metering_point,
        loss,
        month: given.month,
    })
}

pub(super) fn prices(book: &mut Book, section: &LedgerSection) -> Read<Prices> {
    let LedgerSection { supply, capacity_payments, tariff_terms, uses, carbon, .. } = section;
    let mut price = |key: &str, per: &str, given: &Option<Sourced<String>>, basis| {
        book.price(&format!("ledger.{key}"), per, given.as_ref(), basis)
    };
    let none = "none was stated: counted as nothing";
    Ok(Prices {
        variable_om: price("supply.variable_om", "kWh", &supply.variable_om, none)?,
        capacity_payment: price(
            "capacity_payments.payment",
            "kW-month",
            &capacity_payments.payment,
            none,
        )?,
        capacity_average: price(
            "capacity_payments.average",
            "kWh",
            &capacity_payments.average,
            none,
        )?,
        capacity_charge: price(
            "tariff_terms.capacity_charge",
            "kW-month",
            &tariff_terms.capacity_charge,
            none,
        )?,
        industry_tariff: price("uses.industry_tariff", "kWh", &uses.industry_tariff, none)?,
        household_tariff: price("uses.household_tariff", "kWh", &uses.household_tariff, none)?,
        adjustments: tariff_terms
            .adjustments
            .iter()
            .map(|line| {
                let key = format!("tariff_terms.adjustments.{}", line.name);
                Ok((line.name.clone(), price(&key, "kWh", &Some(line.price.clone()), none)?))
            })
            .collect::<Read<_>>()?,
        corrective: carbon
            .corrective_tax
            .iter()
            .map(|line| {
                let key = format!("carbon.corrective_tax.{}", line.name);
                let money = price(&key, "kWh", &Some(line.price.clone()), none)?;
                Ok((line.name.clone(), money, line.applied))
            })
            .collect::<Read<_>>()?,
    })
}

/// Parts by year, each in the list of inputs; without any, all of it always.
pub(super) fn by_year(book: &mut Book, name: &str, given: Option<&ByYear>) -> Read<Vec<Id>> {
    let key = format!("ledger.capacity_payments.{name}");
    let whole = ByYear {
        values: vec![1.0],
        low: None,
        high: None,
        source: None,
        as_of: None,
        assumed: Some("all of it, in every year (not given)".to_owned()),
    };
    let given = given.unwrap_or(&whole);
    if given.values.is_empty() {
        return Err(wrong(&key, "give at least one year"));
    }
    let origin = match (&given.source, &given.as_of, &given.assumed) {
        (Some(source), Some(as_of), None) => {
            Provenance::published(as_of.parse().map_err(|e| wrong(&key, format!("{e}")))?, source)
        }
        (None, None, Some(basis)) => Provenance::Assumed { basis: basis.clone() },
        (None, None, None) => Provenance::UserReported { by: (book.source)(&key) },
        _ => return Err(wrong(&key, "give source with as_of, or assumed")),
    };
    let ranges = match (&given.low, &given.high) {
        (None, None) => None,
        (Some(low), Some(high)) if low.len() == high.len() && low.len() == given.values.len() => {
            Some((low, high))
        }
        _ => return Err(wrong(&key, "give low and high for each of the values, or neither")),
    };
    let mut ids = Vec::new();
    for (year, value) in given.values.iter().enumerate() {
        let range = ranges.and_then(|(low, high)| Some((*low.get(year)?, *high.get(year)?)));
        let id = book.add(LedgerInput {
            key: format!("{key}.{year}"),
            value: *value,
            unit: String::new(),
            spread: range.map_or(Spread::None, |(low, high)| Spread::SplitNormal { low, high }),
            possible: 0.0..=1.0,
            provenance: origin.clone(),
            searched: range.is_some(),
        })?;
        ids.push(id);
    }
    Ok(ids)
}
