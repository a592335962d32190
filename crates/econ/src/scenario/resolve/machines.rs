//! The energy per hash of machines, and their price.

use super::Resolver;
use crate::MeasuredResult;
use crate::network::{Catalogue, Machine};
use crate::params::{LotFigures, Param, ParamId, Spec, Spread};
use crate::price_list::PriceList;
use crate::scenario::error::{Problem, Read};
use crate::scenario::warning::Warning;
use crate::uncertainty::Provenance;
use crate::units::JoulesPerHash;

/// Default tolerance of the rated energy per hash: 90 % of the machines are within it.
const TOLERANCE: f64 = 0.05;
/// The energy per hash of all lots varies together, and so do their prices.
const EFFICIENCY_GROUP: &str = "efficiency";
const PRICE_GROUP: &str = "machine price";

/// The energy per hash of a lot, and its machine model if it is from the catalogue.
pub(super) struct Rating {
    pub id: ParamId,
    pub machine: Option<Machine>,
}

/// Energy per hash from the keys of the lot, else from top-level keys, else the default assumption.
pub(super) fn rating(r: &mut Resolver, catalogue: &Catalogue, prefix: &str) -> Read<Rating> {
    let prefixes = if prefix.is_empty() { vec![""] } else { vec![prefix, ""] };
    for prefix in prefixes {
        if let Some(found) = rating_at(r, catalogue, prefix)? {
            return Ok(found);
        }
    }
    let spec = Spec { key: "efficiency_j_per_th", ..LotFigures::SPECS.efficiency };
    let id = r.default_param(&spec);
    let param = r.table.get(id).clone();
    let id = rated(r, "efficiency_j_per_th", param.value, None, param.provenance);
    Ok(Rating { id, machine: None })
}

fn rating_at(r: &mut Resolver, catalogue: &Catalogue, prefix: &str) -> Read<Option<Rating>> {
    let key = |name: &str| format!("{prefix}{name}");
    let names = ["efficiency_j_per_th", "machine", "measured"].map(key);
    let mut given = names.iter().filter(|name| r.document.get(name).is_some());
    if let (Some(first), Some(second)) = (given.next(), given.next()) {
        let other = first.clone();
        return Err(r.document.mistake(second, Problem::Conflict { other }));
    }
    let [efficiency, machine, measured] = &names;
    if let Some(entry) = r.document.get(efficiency) {
        let (value, spread) = super::parameter::numbers(entry)?;
        let checked = r.check_efficiency(entry, value, &spread);
        r.ok_or_record(checked);
        let id = rated(r, efficiency, value, spread.range(value), entry.provenance());
        return Ok(Some(Rating { id, machine: None }));
    }
    if let Some(name) = r.document.text(machine) {
        let wrong =
            |e: crate::EconError| r.document.mistake(machine, Problem::Other(e.to_string()));
        let found = catalogue.find(name).map_err(wrong)?.clone();
        let rating = found.efficiency().map_err(wrong)?;
        if let Some(reason) = found.uncertain.clone() {
            r.warn(Warning::UncertainMachine { machine: found.name(), reason });
        }
        let provenance = rating.as_uncertain().provenance().clone();
        let id =
            rated(r, &key("efficiency_j_per_th"), rating.value().as_j_per_th(), None, provenance);
        return Ok(Some(Rating { id, machine: Some(found) }));
    }
    let Some(file) = r.document.text(measured) else { return Ok(None) };
    let text = r.file(measured, file)?;
    let result = MeasuredResult::from_json(&text, file).map_err(|e| {
        let problem = Problem::File { file: file.to_owned(), reason: e.to_string() };
        r.document.mistake(measured, problem)
    })?;
    r.warn(Warning::MeasuredMachine { message: result.warning.clone() });
    let estimate = result.efficiency.as_uncertain();
    let (value, provenance) = (estimate.value().as_j_per_th(), estimate.provenance().clone());
    let id = rated(r, &key("efficiency_j_per_th"), value, None, provenance);
    Ok(Some(Rating { id, machine: None }))
}

/// Adds an efficiency to the table, with the tolerance of machines if it has no range of its own.
fn rated(
    r: &mut Resolver,
    key: &str,
    value: f64,
    range: Option<(f64, f64)>,
    provenance: Provenance,
) -> ParamId {
    let spec = LotFigures::SPECS.efficiency;
    let tolerance = r.document.number("project.machine_tolerance").unwrap_or(TOLERANCE);
    let (low, high) = range.unwrap_or((value * (1.0 - tolerance), value * (1.0 + tolerance)));
    r.add(Param {
        key: key.to_owned(),
        unit: spec.unit,
        value,
        spread: Spread::between(low, high),
        possible: spec.least..=spec.most,
        group: Some(EFFICIENCY_GROUP.to_owned()),
        provenance,
        region: None,
        missing: false,
    })
}

/// Factory price from the keys of the lot, else from top-level keys.
pub(super) fn price(r: &mut Resolver, prefix: &str, efficiency: ParamId) -> Read<ParamId> {
    let spec = LotFigures::SPECS.price;
    let prefixes = if prefix.is_empty() { vec![""] } else { vec![prefix, ""] };
    for prefix in prefixes {
        let given = format!("{prefix}machine_price_usd_per_th_s");
        let listed = format!("{prefix}price_from_list");
        match (r.document.get(&given), r.document.flag(&listed)) {
            (Some(entry), true) => return Err(entry.mistake(Problem::Conflict { other: listed })),
            (Some(entry), false) => return r.given(entry, &spec, Some(PRICE_GROUP)),
            (None, true) => {
                let j_per_th = JoulesPerHash::from_j_per_th(r.value(efficiency));
                let found = PriceList::read_once().and_then(|list| list.price(j_per_th));
                let found = found
                    .map_err(|e| r.document.mistake(&listed, Problem::Other(e.to_string())))?;
                return Ok(r.add(Param {
                    key: given,
                    unit: spec.unit,
                    value: found.value().as_usd_per_th_s(),
                    spread: Spread::Fixed,
                    possible: spec.least..=spec.most,
                    group: Some(PRICE_GROUP.to_owned()),
                    provenance: found.provenance().clone(),
                    region: None,
                    missing: false,
                }));
            }
            (None, false) => {}
        }
    }
    Ok(r.default_param(&Spec { key: "machine_price_usd_per_th_s", ..spec }))
}
