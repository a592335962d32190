//! Prices that the tariff is held against, other uses of the energy, and corrective taxes.

use super::Resolver;
use crate::params::{Ai, Param, ParamId, Per, Price, ReferenceFigures, Region, Spread, Unit, Uses};
use crate::scenario::choice::{MeteringPoint, ReferenceKind};
use crate::scenario::error::{Problem, Read};
use crate::scenario::keys::{CORRECTIVE_TAX, HOUSEHOLD_TARIFF, INDUSTRY_TARIFF, REFERENCE_PRICE};
use crate::scenario::region::RegionReference;
use crate::scenario::warning::Warning;

/// A price that the tariff is held against.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// What it stands for.
    pub kind: ReferenceKind,
    /// What it is, in words.
    pub what: String,
    /// The price, money/kWh.
    pub price: Price<ParamId>,
    /// Where its energy is metered.
    pub metering_point: MeteringPoint,
    /// Losses from there to the customer, where it has its own.
    pub loss: Option<ParamId>,
    /// The month that it is of, 1 to 12, where it is of one.
    pub month: Option<u8>,
}

/// What else the energy could do.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherUses {
    /// What industry pays, money/kWh.
    pub industry_tariff: Price<ParamId>,
    /// What a household pays, money/kWh.
    pub household_tariff: Price<ParamId>,
    /// Industry and households.
    pub terms: Uses<ParamId>,
    /// AI, whether or not some of the power serves it.
    pub ai: Ai<ParamId>,
}

/// A corrective tax that is shown beside the results.
#[derive(Clone, Debug, PartialEq)]
pub struct CorrectiveTax {
    /// What it is called.
    pub name: String,
    /// Its rate, money/kWh.
    pub price: Price<ParamId>,
}

/// Those of the region, then the scenario's.
pub(super) fn references(r: &mut Resolver) -> Read<Vec<Reference>> {
    let mut found = Vec::new();
    let known = r.region.as_ref().map(|known| (known.country.iso3, known.references.clone()));
    if let Some((region, references)) = known {
        for (index, reference) in references.into_iter().enumerate() {
            found.extend(shipped(r, region, index, reference));
        }
    }
    for index in 0..r.document.count("reference") {
        found.push(given(r, &format!("reference[{index}]."))?);
    }
    Ok(found)
}

/// A reference of the region, where its currency can be converted.
fn shipped(
    r: &mut Resolver,
    region: Region,
    index: usize,
    of: RegionReference,
) -> Option<Reference> {
    let currency = of.currency;
    let Ok(denomination) = r.denomination(currency) else {
        r.warn(Warning::RegionNeedsRate { region, currency });
        return None;
    };
    let value = r.add(Param {
        key: format!("reference.{region}[{index}].price"),
        unit: Unit::Price(currency, Per::Kwh),
        value: of.value,
        spread: Spread::Fixed,
        possible: REFERENCE_PRICE.least..=REFERENCE_PRICE.most,
        group: None,
        provenance: of.provenance,
        region: Some(region),
        missing: false,
    });
    let price = Price { value, denomination };
    let RegionReference { kind, what, metering_point, month, .. } = of;
    Some(Reference { kind, what, price, metering_point, loss: None, month })
}

fn given(r: &mut Resolver, prefix: &str) -> Read<Reference> {
    let document = r.document;
    let key = |name: &str| format!("{prefix}{name}");
    let missing = |name: &str, remedy: &str| {
        document.wrong(&key(name), Problem::Missing { remedy: remedy.to_owned() })
    };
    let text = |name: &str| r.document.text(&key(name));
    let kind = text("kind").and_then(ReferenceKind::of_name);
    let kind = kind.ok_or_else(|| missing("kind", "give what it stands for"))?;
    let metering_point = text("metering_point").and_then(MeteringPoint::of_name);
    let metering_point =
        metering_point.ok_or_else(|| missing("metering_point", "give where it is metered"))?;
    let what = text("what").ok_or_else(|| missing("what", "say what it is"))?.to_owned();
    let month = r.document.number(&key("month")).map(|month| month as u8);
    let entry = r.document.get(&key("price"));
    let entry = entry.ok_or_else(|| missing("price", "give a price with its unit"))?;
    let price = r.given_price(entry, &REFERENCE_PRICE, None)?;
    let loss = r.only_given(&[&key("loss_factor")], &ReferenceFigures::SPECS.loss, None)?;
    Ok(Reference { kind, what, price, metering_point, loss, month })
}

pub(super) fn uses(r: &mut Resolver) -> Read<OtherUses> {
    Ok(OtherUses {
        industry_tariff: r.price(&[INDUSTRY_TARIFF.key], &INDUSTRY_TARIFF, None)?,
        household_tariff: r.price(&[HOUSEHOLD_TARIFF.key], &HOUSEHOLD_TARIFF, None)?,
        terms: Uses::SPECS.try_map(|spec| r.spec(&spec))?,
        ai: Ai::SPECS.try_map(|spec| r.spec(&spec))?,
    })
}

/// Those that are applied, as levies on every kWh, and those that are shown beside.
pub(super) fn corrective_taxes(
    r: &mut Resolver,
) -> Read<(Vec<Price<ParamId>>, Vec<CorrectiveTax>)> {
    let (mut applied, mut beside) = (Vec::new(), Vec::new());
    for index in 0..r.document.count("carbon.corrective_tax") {
        let prefix = format!("carbon.corrective_tax[{index}].");
        let document = r.document;
        let key = |name: &str| format!("{prefix}{name}");
        let missing = |name: &str| {
            document.wrong(&key(name), Problem::Missing { remedy: format!("give its {name}") })
        };
        let name = r.document.text(&key("name")).ok_or_else(|| missing("name"))?.to_owned();
        let entry = r.document.get(&key("price")).ok_or_else(|| missing("price"))?;
        let price = r.given_price(entry, &CORRECTIVE_TAX, None)?;
        match r.document.flag(&key("applied")) {
            true => applied.push(price),
            false => beside.push(CorrectiveTax { name, price }),
        }
    }
    Ok((applied, beside))
}
