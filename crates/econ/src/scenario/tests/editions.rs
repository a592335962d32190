//! The shipped scenarios, and the same ones as the first edition wrote them.

use super::*;

/// Scenarios that ship, by their file's name.
const SHIPPED: [&str; 5] = [
    "home-miner.toml",
    "pakistan-2000mw.toml",
    "site-100mw.toml",
    "texas-wind-100mw.toml",
    "wind-farm-curtailed.toml",
];

/// Scenarios that ship and that the first edition did not have.
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
fn every_shipped_scenario_resolves_in_both_editions() {
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
fn shipped_scenarios_have_this_editions_names_and_no_key_without_effect() {
    for name in SHIPPED.into_iter().chain(LATER) {
        let found = shipped(name).resolve().unwrap();
        let told = |key: &str| found.warnings.iter().find(|warning| warning.key() == key);
        for key in ["renamed_key", "superseded_key", "unused_key", "region_needs_rate"] {
            assert_eq!(told(key), None, "{name}");
        }
    }
}

/// What they are there for: contracted power, peaks and offers in Texas, a levy that ships in Kazakhstan.
#[test]
fn scenarios_of_the_grid_use_its_terms_and_name_what_is_assumed() {
    let texas = shipped("texas-ercot-100mw.toml").resolve().unwrap();
    let site = &texas.inputs.sites[0];
    let value = |id: crate::params::ParamId| texas.table.get(id).value;
    assert!(site.contract.is_some() && value(site.terms.ancillary_share) > 0.0);
    assert_eq!((value(site.terms.peaks_per_year), value(site.terms.peak_lag)), (4.0, 1.0));
    let july: f64 = site.hours.month(6).iter().map(|hour| hour.peak_probability).sum();
    assert!((july - 1.0).abs() < 1e-12, "{july}");
    let kazakhstan = shipped("kazakhstan-500mw.toml").resolve().unwrap();
    assert_eq!(kazakhstan.inputs.sites[0].levy_schedule.len(), 1);
    let told: Vec<&str> = kazakhstan.warnings.iter().map(|warning| warning.key()).collect();
    assert!(told.contains(&"assumed_levy") && !told.contains(&"proposed_levy"), "{told:?}");
    // No number stands without its source or its reason.
    for resolved in [&texas, &kazakhstan] {
        for row in resolved.table.rows() {
            let told = row.provenance.detail();
            assert!(row.missing || !told.is_empty(), "{}", row.key);
        }
    }
}

#[test]
fn an_old_name_is_read_with_a_warning_of_its_line() {
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
    let told: Vec<String> = superseded.warnings().iter().map(ToString::to_string).collect();
    assert!(
        told.iter()
            .any(|told| told.starts_with("line 74: ledger.operator.life_years has no effect: ")),
        "{told:?}"
    );
}

#[test]
fn every_old_name_leads_to_a_key_of_this_edition() {
    for (old, what) in renames() {
        if let Rename::To(new) = what {
            let known = keys::shape(new).is_some() || keys::is_table(new);
            assert!(known, "{old} -> {new}");
        }
        assert!(keys::shape(old).is_none(), "{old} is a key of this edition too");
    }
}

/// What the first edition's file states, this edition's states too: but for what was derived anew.
#[test]
fn both_editions_of_a_scenario_have_the_same_values() {
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
fn pakistan_has_its_plants_and_hours_by_one_deviate_each() {
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
    // Nobody stated what lost load or carbon costs: no figure counts it.
    assert!(
        at(&found, "uses.lost_load_usd_per_kwh").missing
            && at(&found, "carbon.price_usd_per_t").missing
    );
    assert_eq!(at(&found, "grid_average_g_per_kwh").value, 440.6);
}

#[test]
fn keys_of_the_first_edition_that_mean_nothing_say_what_does() {
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
    // Without a rate of the project the ledger's holds.
    let alone = resolved("power_mw = 1\n[ledger.operator]\ndiscount_per_year = 0.07\n");
    assert_eq!(at(&alone, "project.discount_per_year").value, 0.07);
}
