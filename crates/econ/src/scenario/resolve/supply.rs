//! Operation while the power system is short, and capacity payments.

use super::Resolver;
use crate::params::inputs::{BorneBy, Capacity, CapacityMode, HoursCase};
use crate::params::{NewBuild, Param, ParamId, Spread, Unit};
use crate::scenario::error::Read;
use crate::scenario::keys::{CAPACITY_AVERAGE, CAPACITY_PAYMENT};
use crate::scenario::value::{ByYear, Value};
use crate::uncertainty::Provenance;

/// The basis of contract terms that a scenario leaves out.
const DEFAULT_BASIS: &str = "not given; 100 % in every year";

pub(super) fn case(r: &Resolver) -> HoursCase {
    match r.document.text("scarcity.case") {
        Some("interruptible") => HoursCase::Interruptible,
        Some("surplus_only") => HoursCase::SurplusOnly,
        _ => HoursCase::Firm,
    }
}

/// Capacity payments, if the scenario has the table.
pub(super) fn capacity(r: &mut Resolver) -> Read<Option<Capacity<ParamId>>> {
    if !r.document.has_table("capacity_payments") {
        return Ok(None);
    }
    let mode = match r.document.text("capacity_payments.mode") {
        Some("load_factor_share") => CapacityMode::LoadFactorShare,
        Some("average") => CapacityMode::Average,
        Some("new_build") => CapacityMode::NewBuild,
        _ => CapacityMode::Sunk,
    };
    let borne_by = match r.document.text("capacity_payments.borne_by") {
        Some("operator") => BorneBy::Operator,
        Some("state") => BorneBy::State,
        Some("consumers") => BorneBy::Consumers,
        _ => BorneBy::Distribution,
    };
    Ok(Some(Capacity {
        mode,
        borne_by,
        average: r.price(&[CAPACITY_AVERAGE.key], &CAPACITY_AVERAGE, None)?,
        payment: r.price(&[CAPACITY_PAYMENT.key], &CAPACITY_PAYMENT, None)?,
        in_force: by_year(r, "capacity_payments.in_force"),
        take_or_pay: by_year(r, "capacity_payments.take_or_pay"),
        new_build: NewBuild::SPECS.try_map(|spec| r.spec(&spec))?,
    }))
}

/// Shares by year, which all vary together; without the key, 100 % in every year.
fn by_year(r: &mut Resolver, key: &str) -> Vec<ParamId> {
    let entry = r.document.get(key);
    let given = entry.and_then(|entry| match &entry.value {
        Value::ByYear(given) => Some((given.clone(), entry.provenance())),
        _ => None,
    });
    let (given, provenance) = given.unwrap_or_else(|| {
        let whole = ByYear { values: vec![1.0], range: None, origin: Default::default() };
        (whole, Provenance::Assumed { basis: DEFAULT_BASIS.to_owned() })
    });
    let ends = |year: usize| {
        let (low, high) = given.range.as_ref()?;
        Some((*low.get(year)?, *high.get(year)?))
    };
    let years = given.values.iter().enumerate().map(|(year, &value)| {
        r.add(Param {
            key: format!("{key}[{year}]"),
            unit: Unit::One,
            value,
            spread: ends(year).map_or(Spread::Fixed, |(low, high)| Spread::between(low, high)),
            possible: 0.0..=1.0,
            group: Some(key.to_owned()),
            provenance: provenance.clone(),
            region: None,
            missing: false,
        })
    });
    years.collect()
}
