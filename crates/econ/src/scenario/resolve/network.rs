//! The network on day one, the market trend, money, and assembling all inputs.

use super::supply;
use super::{Resolver, parameter::numbers, sites::SiteInputs};
use crate::Currency;
use crate::currency::quotient;
use crate::network::Network;
use crate::normal::P95;
use crate::params::inputs::{Inputs, Others};
use crate::params::{
    Budget, MarketTrend, Money, NetworkState, Operator, OthersTrend, Param, ParamId, Pool, Price,
    ResponseParameters, Spread, Unit,
};
use crate::pow::{Difficulty, steady_block_interval};
use crate::scenario::document::{Document, Entry};
use crate::scenario::error::{Problem, Read};
use crate::scenario::keys::DIFFICULTY;
use crate::scenario::value::{Scalar, Sourced, Value};
use crate::scenario::warning::Warning;
use crate::uncertainty::{AsOf, Provenance, Uncertain};
use crate::units::{Hashrate, Quantity};
use jiff::civil::Date;

const RATE: &str = "exchange_rate";
/// Default duration of the project, years.
const YEARS: f64 = 4.0;

/// The keys that give an exchange rate; all must give the same one.
fn rates(document: &Document) -> impl Iterator<Item = &Entry> {
    let sites = (0..document.count("site")).map(|index| format!("site[{index}].{RATE}"));
    let keys = std::iter::once(RATE.to_owned()).chain(sites);
    keys.filter_map(|key| document.get(&key))
}

/// The number of a rate, and its currency if it names one.
fn rate(scalar: &Scalar) -> Option<(f64, Option<Currency>)> {
    match scalar {
        Scalar::Number(number) => Some((*number, None)),
        Scalar::Text(text) => {
            let (number, currency, _) = quotient(text)?;
            Some((number, Some(currency.parse().ok()?)))
        }
    }
}

/// The local currency, and whether its exchange rate is known.
pub(super) fn currency(document: &Document) -> Read<(Currency, bool)> {
    let named = match document.text("local_currency") {
        Some(text) => {
            let currency = text.parse::<Currency>();
            let wrong = |e: crate::EconError| Problem::Other(e.to_string());
            Some(currency.map_err(|e| document.mistake("local_currency", wrong(e)))?)
        }
        None => None,
    };
    let mut all = rates(document);
    let Some(first) = all.next() else {
        let currency = named.unwrap_or(Currency::USD);
        return Ok((currency, currency == Currency::USD));
    };
    if let Some(other) = all.find(|entry| entry.value != first.value) {
        let other_key = first.key.clone();
        return Err(other.mistake(Problem::Conflict { other: other_key }));
    }
    let Value::Given(Sourced { value, .. }) = &first.value else {
        return Err(first.mistake(Problem::Invalid("is not a valid exchange rate")));
    };
    let of_text = rate(value).and_then(|(_, currency)| currency);
    match (of_text, named) {
        (Some(currency), Some(local)) if currency != local => {
            Err(first.mistake(Problem::ThirdCurrency { currency, local }))
        }
        (Some(currency), _) | (None, Some(currency)) => Ok((currency, true)),
        (None, None) => {
            let wanted = "a rate with its unit, such as \"281 PKR/USD\"".to_owned();
            Err(first.mistake(Problem::WrongKind { given: first.value.kind(), wanted }))
        }
    }
}

/// The first day: given, else that of the given network, else estimated from the block height with the steady
/// block interval.
pub(super) fn start(document: &Document, network: Option<&Network>) -> Read<Date> {
    let key = "project.start";
    if let Some(day) = document.text(key).and_then(|text| text.parse().ok()) {
        return Ok(day);
    }
    let height = document.number("height");
    let given = network.filter(|_| height.is_none());
    if let Some(AsOf::Day(day)) = given.and_then(|network| network.height.provenance().as_of()) {
        return Ok(day);
    }
    let shipped = f64::from(Network::august_2026().height.value());
    let of_network = given.map(|network| f64::from(network.height.value()));
    let height = height.or(of_network).unwrap_or(shipped);
    // Epoch 479 began on 2026-09-11 at height 965,664.
    let days = (steady_block_interval() * (height - 965_664.0)).as_days().round();
    let span = jiff::Span::new().try_days(days as i64);
    let known = jiff::civil::date(2026, 9, 11);
    span.and_then(|span| known.checked_add(span)).map_err(|_| {
        let remedy = "give the first day, because the day of the block height is beyond the range of the calendar".to_owned();
        document.mistake(key, Problem::Missing { remedy })
    })
}

/// Assembles all inputs; applied corrective taxes become levies of all sites.
pub(super) fn inputs(
    r: &mut Resolver,
    start: Date,
    places: SiteInputs,
    applied: Vec<Price<ParamId>>,
    network: Option<&Network>,
) -> Read<Inputs<ParamId>> {
    let base = network.cloned().unwrap_or_else(Network::august_2026);
    let displacement = r.if_given(&["displacement"], &Budget::SPECS.displacement, None)?;
    let mut sites = places.sites;
    for site in &mut sites {
        site.levies.extend(&applied);
    }
    let given_height = r.document.number("height");
    Ok(Inputs {
        start,
        years: r.document.number("project.years").unwrap_or(YEARS),
        height: given_height.map_or(base.height.value(), |height| height as u32),
        network: state(r, &base, start)?,
        trend: MarketTrend::SPECS.try_map(|spec| r.spec(&spec))?,
        others: others_trend(r)?,
        displacement,
        response: ResponseParameters::SPECS.try_map(|spec| r.spec(&spec))?,
        pool: Pool::SPECS.try_map(|spec| r.spec(&spec))?,
        money: money(r)?,
        level_paths: super::levels::paths(r, start),
        state_discount: r.if_given(
            &[Budget::SPECS.state_discount.key],
            &Budget::SPECS.state_discount,
            None,
        )?,
        operator: Operator::SPECS.try_map(|spec| r.spec(&spec))?,
        sites,
        lots: places.lots,
        ai: places.ai,
        lease: places.lease,
        case: supply::case(r),
        supply: crate::params::Supply::SPECS.try_map(|spec| r.spec(&spec))?,
        retail: r.price(
            &[crate::scenario::keys::RETAIL.key],
            &crate::scenario::keys::RETAIL,
            None,
        )?,
        plants: super::plants::plants(r),
        capacity: supply::capacity(r)?,
        bills: super::bills::bills(r)?,
        externalities: crate::params::Externalities::SPECS.try_map(|spec| r.spec(&spec))?,
    })
}

/// The behaviour of other miners: a given growth, or a response to hashprice.
fn others_trend(r: &mut Resolver) -> Read<Others<ParamId>> {
    let spec = OthersTrend::SPECS.growth;
    let Some(growth) = r.if_given(&[spec.key], &spec, None)? else {
        return Ok(Others::Endogenous);
    };
    r.warn(Warning::GrowingOthers { percent: rounded(r.value(growth) * 100.0) });
    Ok(Others::Growing(growth))
}

/// Rounds off conversion errors.
fn rounded(percent: f64) -> f64 {
    (percent * 1e6).round() / 1e6
}

/// Hashrate, price and fees from the keys, else from the network state.
fn state(r: &mut Resolver, base: &Network, start: Date) -> Read<NetworkState<ParamId>> {
    let specs = NetworkState::SPECS;
    let hashrate = &base.hashrate;
    if let Some(entry) = r.document.get(specs.price.key) {
        let (value, spread) = numbers(entry)?;
        let checked = r.check_price(entry, start, value, &spread);
        r.ok_or_record(checked);
    }
    if let Some(entry) = r.document.get(specs.fees.key) {
        let (value, spread) = numbers(entry)?;
        let checked = r.check_fees(entry, start, value, &spread);
        r.ok_or_record(checked);
    }
    let others = others(r, hashrate, start);
    Ok(NetworkState {
        // Any value will do if the mistake is recorded.
        others: match r.ok_or_record(others) {
            Some(id) => id,
            None => r.default_param(&specs.others),
        },
        price: shipped(r, &specs.price, base.price.value().as_usd_per_btc(), &base.price)?,
        fees: shipped(r, &specs.fees, base.fees_per_block.value().as_btc(), &base.fees_per_block)?,
    })
}

/// The hashrate of other miners, from its key or from the difficulty.
fn others(r: &mut Resolver, hashrate: &Uncertain<Hashrate>, start: Date) -> Read<ParamId> {
    let specs = NetworkState::SPECS;
    match (r.document.get(DIFFICULTY.key), r.document.get(specs.others.key)) {
        (Some(entry), Some(_)) => {
            let other = specs.others.key.to_owned();
            Err(entry.mistake(Problem::Conflict { other }))
        }
        (Some(entry), None) => hashrate_from_difficulty(r, entry, start),
        (None, given) => {
            if let Some(entry) = given {
                let (value, spread) = numbers(entry)?;
                r.check_hashrate(entry, start, value, &spread)?;
            }
            let value = hashrate.value().as_eh_s();
            shipped(r, &specs.others, value, hashrate)
        }
    }
}

/// The value of a key, else that of the network state with its uncertainty.
fn shipped<Q: Quantity>(
    r: &mut Resolver,
    spec: &crate::params::Spec,
    value: f64,
    from: &Uncertain<Q>,
) -> Read<ParamId> {
    if let Some(given) = r.if_given(&[spec.key], spec, None)? {
        return Ok(given);
    }
    let reach = from.relative_uncertainty().map_or(0.0, |u| P95 * u * value);
    if !(spec.least..=spec.most).contains(&value) {
        let unit = format!(" {}", spec.unit);
        let (given, least, most) = (value, spec.least, spec.most);
        return Err(Problem::OutOfRange { given, least, most, unit }.at(spec.key));
    }
    Ok(r.add(Param {
        key: spec.key.to_owned(),
        unit: spec.unit,
        value,
        spread: Spread::between(value - reach, value + reach),
        possible: spec.least..=spec.most,
        group: None,
        provenance: from.provenance().clone(),
        region: None,
        missing: false,
    }))
}

/// The hashrate that corresponds to a difficulty, with its range.
fn hashrate_from_difficulty(r: &mut Resolver, entry: &Entry, start: Date) -> Read<ParamId> {
    let spec = NetworkState::SPECS.others;
    let (value, spread) = numbers(entry)?;
    let steady = |difficulty: f64| {
        let difficulty = Difficulty::new(difficulty);
        let difficulty = difficulty.map_err(|e| entry.mistake(Problem::Other(e.to_string())))?;
        let eh_s = difficulty.steady_hashrate().as_eh_s();
        if (spec.least..=spec.most).contains(&eh_s) {
            return Ok(eh_s);
        }
        let (least, most) = (spec.least, spec.most);
        let unit = " EH/s, the hashrate that corresponds to the difficulty".to_owned();
        Err(entry.mistake(Problem::OutOfRange { given: eh_s, least, most, unit }))
    };
    let spread = match spread.range(value) {
        Some((low, high)) => Spread::SplitNormal { low: steady(low)?, high: steady(high)? },
        None => Spread::Fixed,
    };
    let model = format!("steady at difficulty {value} ({})", entry.provenance());
    let value = steady(value)?;
    r.check_hashrate(entry, start, value, &spread)?;
    Ok(r.add(Param {
        key: spec.key.to_owned(),
        unit: spec.unit,
        value,
        spread,
        possible: spec.least..=spec.most,
        group: None,
        provenance: Provenance::Modelled { model },
        region: None,
        missing: false,
    }))
}

/// Exchange rate, price levels and discounting.
fn money(r: &mut Resolver) -> Read<Money<ParamId>> {
    let specs = Money::SPECS;
    let entry = rates(r.document).next();
    let exchange_rate = match entry {
        None => usd_rate(r),
        Some(entry) => exchange_rate(r, entry)?,
    };
    Ok(Money {
        exchange_rate,
        depreciation: r.spec(&specs.depreciation)?,
        inflation_usd: r.spec(&specs.inflation_usd)?,
        inflation_local: r.spec(&specs.inflation_local)?,
        discount: r.spec(&specs.discount)?,
    })
}

/// The exchange rate if the local currency is the US dollar or all amounts are in US dollars.
fn usd_rate(r: &mut Resolver) -> ParamId {
    let spec = Money::SPECS.exchange_rate;
    r.add(Param {
        key: spec.key.to_owned(),
        unit: Unit::PerUsd(Currency::USD),
        value: 1.0,
        spread: Spread::Fixed,
        possible: 1.0..=1.0,
        group: None,
        provenance: Provenance::Modelled { model: "amounts are in US dollars".to_owned() },
        region: None,
        missing: false,
    })
}

fn exchange_rate(r: &mut Resolver, entry: &Entry) -> Read<ParamId> {
    let spec = Money::SPECS.exchange_rate;
    let wrong = || entry.mistake(Problem::Invalid("is not a valid exchange rate"));
    let Value::Given(Sourced { value, range, .. }) = &entry.value else { return Err(wrong()) };
    let number = |scalar| rate(scalar).map(|(number, _)| number).ok_or_else(wrong);
    let spread = match range {
        Some((low, high)) => Spread::between(number(low)?, number(high)?),
        None => Spread::Fixed,
    };
    Ok(r.add(Param {
        key: spec.key.to_owned(),
        unit: Unit::PerUsd(r.currency),
        value: number(value)?,
        spread,
        possible: spec.least..=spec.most,
        group: None,
        provenance: entry.provenance(),
        region: None,
        missing: false,
    }))
}
