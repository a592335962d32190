//! The shipped scenarios, and the same scenarios with the key names of version 0.1.

use super::*;

/// Shipped scenarios by file name.
const SHIPPED: [&str; 5] = [
    "home-miner.toml",
    "pakistan-2000mw.toml",
    "site-100mw.toml",
    "texas-wind-100mw.toml",
    "wind-farm-curtailed.toml",
];

/// Shipped scenarios that version 0.1 did not have.
const LATER: [&str; 5] = [
    "ai-lease-100mw.toml",
    "ethiopia-600mw.toml",
    "flared-gas.toml",
    "kazakhstan-500mw.toml",
    "texas-ercot-100mw.toml",
];

fn shipped(name: &str) -> Scenario {
    Scenario::load(folder("../../examples/scenarios").join(name)).unwrap()
}

fn first_edition(name: &str) -> Scenario {
    Scenario::load(folder("tests/first_edition").join(name)).unwrap()
}

#[test]
fn shipped_scenario_resolves_with_old_and_current_names() {
    for name in SHIPPED {
        for scenario in [shipped(name), first_edition(name)] {
            let found = scenario.resolve().unwrap_or_else(|e| panic!("{name}: {e}"));
            assert!(found.title.is_some() && !found.inputs.lots.is_empty(), "{name}");
            let regions = found.table.rows().iter().filter(|row| row.region.is_some()).count();
            assert_eq!(regions > 0, found.region.is_some(), "{name}");
        }
    }
}

#[test]
fn shipped_scenarios_use_current_names_and_no_unused_keys() {
    for name in SHIPPED.into_iter().chain(LATER) {
        let found = shipped(name).resolve().unwrap();
        let message = |key: &str| found.warnings.iter().find(|warning| warning.key() == key);
        for key in ["renamed_key", "superseded_key", "unused_key", "region_needs_rate"] {
            assert_eq!(message(key), None, "{name}");
        }
    }
}

/// Texas: contracted power, peaks and grid services. Kazakhstan: a shipped levy.
#[test]
fn grid_scenarios_use_grid_terms_and_mark_assumptions() {
    let texas = shipped("texas-ercot-100mw.toml").resolve().unwrap();
    let site = &texas.inputs.sites[0];
    let value = |id: crate::params::ParamId| texas.table.get(id).value;
    assert!(site.contract.is_some() && value(site.terms.ancillary_share) > 0.0);
    assert_eq!((value(site.terms.peaks_per_year), value(site.terms.peak_lag)), (4.0, 1.0));
    let july: f64 = site.hours.month(6).iter().map(|hour| hour.peak_probability).sum();
    assert!((july - 1.0).abs() < 1e-12, "{july}");
    let kazakhstan = shipped("kazakhstan-500mw.toml").resolve().unwrap();
    assert_eq!(kazakhstan.inputs.sites[0].levy_schedule.len(), 1);
    let message: Vec<&str> = kazakhstan.warnings.iter().map(|warning| warning.key()).collect();
    assert!(
        message.contains(&"assumed_levy") && !message.contains(&"proposed_levy"),
        "{message:?}"
    );
    // Every value has a source or a reason.
    for resolved in [&texas, &kazakhstan] {
        for row in resolved.table.rows() {
            let message = row.provenance.detail();
            assert!(row.missing || !message.is_empty(), "{}", row.key);
        }
    }
}

#[test]
fn old_name_is_read_with_warning_and_line() {
    let renamed = |old: &str| {
        let scenario = first_edition("pakistan-2000mw.toml");
        let found = scenario.warnings().iter().find_map(|warning| match warning {
            Warning::RenamedKey { line, old: known, new } if known == old => {
                Some((*line, new.clone()))
            }
            _ => None,
        });
        found.unwrap_or_else(|| panic!("{old}: {:?}", scenario.warnings()))
    };
    assert_eq!(renamed("j_per_th"), (Line(Some(12)), "efficiency_j_per_th".to_owned()));
    assert_eq!(renamed("references").1, "region");
    assert_eq!(renamed("fleet"), (Line(Some(31)), "lot".to_owned()));
    assert_eq!(renamed("ledger.hours").1, "scarcity");
    assert_eq!(
        renamed("ledger.foreign_exchange.depreciation_per_year").1,
        "money.depreciation_per_year"
    );
    assert_eq!(renamed("market.noise = bootstrap").1, "market.noise = residual");
    let superseded = first_edition("pakistan-2000mw.toml");
    let message: Vec<String> = superseded.warnings().iter().map(ToString::to_string).collect();
    assert!(
        message
            .iter()
            .any(|message| message
                .starts_with("line 74: ledger.operator.life_years has no effect: ")),
        "{message:?}"
    );
}

#[test]
fn old_names_map_to_current_keys() {
    for (old, what) in renames() {
        if let Rename::To(new) = what {
            let known = keys::shape(new).is_some() || keys::is_table(new);
            assert!(known, "{old} -> {new}");
        }
        assert!(keys::shape(old).is_none(), "{old} is a key of this edition too");
    }
}

/// Values given in the old file are the same in the current one, except those that were derived again.
#[test]
fn scenario_with_old_names_has_same_values() {
    const DERIVED_ANEW: [&str; 1] = ["response.entry_ratio"];
    for name in SHIPPED {
        let (old, new) = (first_edition(name), shipped(name));
        let (old_found, new_found) = (old.resolve().unwrap(), new.resolve().unwrap());
        let mut compared = 0;
        for before in old_found.table.rows() {
            let stated = old.get(&before.key).is_some() || before.region.is_some();
            if !stated || DERIVED_ANEW.contains(&before.key.as_str()) {
                continue;
            }
            let after = at(&new_found, &before.key);
            assert_eq!(
                (before.value, before.spread, before.unit, &before.group, before.region),
                (after.value, after.spread, after.unit, &after.group, after.region),
                "{name}, {}",
                before.key
            );
            compared += 1;
        }
        assert!(compared > 5, "{name}: {compared}");
        let plain =
            |of: &Resolved| (of.inputs.start, of.inputs.years, of.market.clone(), of.currency);
        assert_eq!(plain(&old_found), plain(&new_found), "{name}");
        let sites = |of: &Resolved| {
            let each = of.inputs.sites.iter();
            each.map(|s| (s.name.clone(), s.hours.clone(), s.heat_hashrate, s.heat_pue, s.dispatch))
                .collect::<Vec<_>>()
        };
        assert_eq!(sites(&old_found), sites(&new_found), "{name}");
    }
}

#[test]
fn pakistan_plants_and_hours_share_one_deviate_per_kind() {
    let found = first_edition("pakistan-2000mw.toml").resolve().unwrap();
    assert_eq!(found.inputs.plants.len(), 9);
    let rlng = found.inputs.plants.iter().find(|plant| plant.name == "rlng").unwrap();
    let february = row(&found, rlng.cost.unwrap()[1].value);
    assert_eq!((february.value, february.unit.to_string()), (22.3458, "PKR/kWh".to_owned()));
    for months in [rlng.mean_mw, rlng.headroom_mw] {
        let group = &row(&found, months[0]).group;
        assert!(group.is_some() && months.iter().all(|id| row(&found, *id).group == *group));
    }
    let capacity = found.inputs.capacity.as_ref().unwrap();
    assert_eq!((capacity.in_force.len(), capacity.take_or_pay.len()), (5, 5));
    assert!(
        capacity
            .in_force
            .iter()
            .all(|id| { row(&found, *id).group.as_deref() == Some("capacity_payments.in_force") })
    );
    assert_eq!(found.references.len(), 8);
    assert!(found.references[6].loss.is_some());
    assert_eq!(found.corrective_taxes.len(), 1);
    // The costs of lost load and carbon are not given, so no figure includes them.
    assert!(
        at(&found, "uses.lost_load_usd_per_kwh").missing
            && at(&found, "carbon.price_usd_per_t").missing
    );
    assert_eq!(at(&found, "grid_average_g_per_kwh").value, 440.6);
}

#[test]
fn superseded_old_keys_name_replacement() {
    let text = "power_mw = 1\n[project]\ndiscount_per_year = 0.12\n[hours]\nprice_cutoff = false\n\
        [ledger.operator]\ndiscount_per_year = 0.1\nusd_per_th = 9\n[ledger.market]\nprice_deviation_per_year = 0.4\n\
        [ledger.carbon]\ndisplaced_share = 0.5\nusd_per_t = 40\n[ledger.foreign_exchange]\nyears = 5\nrepatriated = 0.5\n\
        [ledger.hours]\nemergency_notice_minutes = 30\n";
    let found = resolved(text);
    assert_eq!(at(&found, "project.discount_per_year").value, 0.12);
    assert_eq!(at(&found, "machine_price_usd_per_th_s").value, 9.0);
    assert_eq!(at(&found, "operator.repatriated").value, 0.5);
    assert_eq!(at(&found, "carbon.price_usd_per_t").value, 40.0);
    assert_eq!(found.inputs.sites[0].dispatch, Dispatch::MustRun);
    let superseded =
        found.warnings.iter().filter(|warning| warning.key() == "superseded_key").count();
    assert_eq!(superseded, 5, "{:?}", found.warnings);
    // Without a rate of the project, that of the ledger applies.
    let alone = resolved("power_mw = 1\n[ledger.operator]\ndiscount_per_year = 0.07\n");
    assert_eq!(at(&alone, "project.discount_per_year").value, 0.07);
}
