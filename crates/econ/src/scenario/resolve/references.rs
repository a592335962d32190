//! Reference prices, other uses of the energy, and corrective taxes.

use super::Resolver;
use crate::params::{Ai, Param, ParamId, Per, Price, ReferenceFigures, Region, Spread, Unit, Uses};
use crate::scenario::choice::{MeteringPoint, ReferenceKind};
use crate::scenario::error::{Problem, Read};
use crate::scenario::keys::{CORRECTIVE_TAX, HOUSEHOLD_TARIFF, INDUSTRY_TARIFF, REFERENCE_PRICE};
use crate::scenario::region::RegionReference;
use crate::scenario::warning::Warning;

/// A reference price with which the tariff is compared.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Reference {
    /// The meaning of the price.
    pub kind: ReferenceKind,
    /// Description of the price.
    pub what: String,
    /// The price, currency/kWh.
    pub price: Price<ParamId>,
    /// The point at which its energy is metered.
    pub metering_point: MeteringPoint,
    /// Losses from there to the customer, if it has its own.
    pub loss: Option<ParamId>,
    /// The month to which it applies, 1 to 12; `None` if it applies to all months.
    pub month: Option<u8>,
}

/// Other uses of the energy.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OtherUses {
    /// Tariff of industry, currency/kWh.
    pub industry_tariff: Price<ParamId>,
    /// Tariff of households, currency/kWh.
    pub household_tariff: Price<ParamId>,
    /// Parameters of industry and households.
    pub terms: Uses<ParamId>,
    /// Parameters of AI, whether or not a part of the power serves it.
    pub ai: Ai<ParamId>,
}

/// A corrective tax that is shown in addition to the results.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct CorrectiveTax {
    /// Its name.
    pub name: String,
    /// Its rate, currency/kWh.
    pub price: Price<ParamId>,
}

/// The references of the region, then those of the scenario.
pub(super) fn references(r: &mut Resolver) -> Vec<Reference> {
    let mut found = Vec::new();
    let known = r.region.as_ref().map(|known| (known.country.iso3, known.references.clone()));
    if let Some((region, references)) = known {
        for (index, reference) in references.into_iter().enumerate() {
            found.extend(shipped(r, region, index, reference));
        }
    }
    for index in 0..r.document.count("reference") {
        let given = given(r, &format!("reference[{index}]."));
        found.extend(r.ok_or_record(given));
    }
    found
}

/// A reference of the region, if its currency can be converted.
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
        document.mistake(&key(name), Problem::Missing { remedy: remedy.to_owned() })
    };
    let text = |name: &str| r.document.text(&key(name));
    let kind = text("kind").and_then(ReferenceKind::from_name);
    let kind = kind.ok_or_else(|| missing("kind", "give the meaning of the price"))?;
    let metering_point = text("metering_point").and_then(MeteringPoint::from_name);
    let metering_point = metering_point
        .ok_or_else(|| missing("metering_point", "give the point at which it is metered"))?;
    let what = text("what").ok_or_else(|| missing("what", "describe the price"))?.to_owned();
    let month = r.document.number(&key("month")).map(|month| month as u8);
    let entry = r.document.get(&key("price"));
    let entry = entry.ok_or_else(|| missing("price", "give a price with its unit"))?;
    let price = r.given_price(entry, &REFERENCE_PRICE, None)?;
    let loss = r.if_given(&[&key("loss_factor")], &ReferenceFigures::SPECS.loss, None)?;
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

/// The applied taxes, as levies per kWh, and those that are only shown.
pub(super) fn corrective_taxes(r: &mut Resolver) -> (Vec<Price<ParamId>>, Vec<CorrectiveTax>) {
    let (mut applied, mut shown) = (Vec::new(), Vec::new());
    for index in 0..r.document.count("carbon.corrective_tax") {
        let prefix = format!("carbon.corrective_tax[{index}].");
        let tax = corrective_tax(r, &prefix);
        let Some(tax) = r.ok_or_record(tax) else { continue };
        match r.document.flag(&format!("{prefix}applied")) {
            true => applied.push(tax.price),
            false => shown.push(tax),
        }
    }
    (applied, shown)
}

fn corrective_tax(r: &mut Resolver, prefix: &str) -> Read<CorrectiveTax> {
    let document = r.document;
    let key = |name: &str| format!("{prefix}{name}");
    let missing = |name: &str| {
        document.mistake(&key(name), Problem::Missing { remedy: format!("give its {name}") })
    };
    let name = document.text(&key("name")).ok_or_else(|| missing("name"))?.to_owned();
    let entry = document.get(&key("price")).ok_or_else(|| missing("price"))?;
    let price = r.given_price(entry, &CORRECTIVE_TAX, None)?;
    Ok(CorrectiveTax { name, price })
}
