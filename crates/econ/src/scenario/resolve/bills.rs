//! The effect of the site on the bills of other consumers.

use super::Resolver;
use crate::params::{BillEffects, Bills, ConsumerClass, ParamId};
use crate::scenario::error::{Problem, Read};
use crate::scenario::keys::NETWORK_CHARGE;

/// Tolerance of the sum of the shares of all classes.
const SUM_WITHIN: f64 = 1e-6;
/// Most classes of consumers.
const MAX_CLASSES: usize = 50;

/// Bills of other consumers, if the scenario has the table.
pub(super) fn bills(r: &mut Resolver) -> Read<Option<BillEffects<ParamId>>> {
    if !r.document.has_table("bills") {
        return Ok(None);
    }
    let specs = Bills::SPECS;
    let other_load_mw = r.if_given(&[specs.other_load.key], &specs.other_load, None)?;
    Ok(Some(BillEffects {
        terms: specs.try_map(|spec| r.spec(&spec))?,
        other_load_mw,
        network_charge: r.price(&[NETWORK_CHARGE.key], &NETWORK_CHARGE, None)?,
        classes: classes(r)?,
    }))
}

fn classes(r: &Resolver) -> Read<Vec<ConsumerClass>> {
    let count = r.document.count("bills.class");
    if count > MAX_CLASSES {
        let reason = format!("has {count} classes; give at most {MAX_CLASSES}");
        return Err(Problem::Other(reason).at("bills.class"));
    }
    let mut found: Vec<ConsumerClass> = Vec::with_capacity(count);
    for index in 0..count {
        let key = |name: &str| format!("bills.class[{index}].{name}");
        let missing = |name: &str, remedy: &str| {
            let remedy = remedy.to_owned();
            r.document.mistake(&key(name), Problem::Missing { remedy })
        };
        let number = |name: &str| r.document.number(&key(name));
        let name = r.document.text(&key("name")).map(str::to_owned);
        let name = name.ok_or_else(|| missing("name", "give the class a name"))?;
        if found.iter().any(|class| class.name == name) {
            return Err(r.document.mistake(&key("name"), Problem::Duplicate(name)));
        }
        let energy_share = number("energy_share")
            .ok_or_else(|| missing("energy_share", "give its share of other consumers' energy"))?;
        found.push(ConsumerClass {
            name,
            energy_share,
            network_share: number("network_share").unwrap_or(energy_share),
            at_marginal_price: number("at_marginal_price"),
            consumers: number("consumers"),
        });
    }
    let shares = |of: fn(&ConsumerClass) -> f64| found.iter().map(of).sum::<f64>();
    let sums = [
        ("energy_share", shares(|class| class.energy_share)),
        ("network_share", shares(|class| class.network_share)),
    ];
    for (name, sum) in sums {
        if !found.is_empty() && (sum - 1.0).abs() > SUM_WITHIN {
            let reason =
                format!("the values of all classes add up to {sum}; they must add up to 1");
            return Err(r
                .document
                .mistake(&format!("bills.class[0].{name}"), Problem::Other(reason)));
        }
    }
    Ok(found)
}
