//! Tests of reading and resolving scenarios from files, options and code.

use super::*;
use crate::params::inputs::{Dispatch, Others};
use crate::params::{Denomination, Param, ParamId, Spread};
use crate::units::Watts;
use std::path::PathBuf;

mod editions;
mod files;
mod grid;
mod hourly;
mod mistakes;
mod modes;
mod reports;
mod sections;
mod slips;
mod typed;

fn resolved(text: &str) -> Resolved {
    Scenario::from_toml(text).and_then(|s| s.resolve()).unwrap_or_else(|e| panic!("{text}\n{e}"))
}

fn row(of: &Resolved, id: ParamId) -> &Param {
    of.table.get(id)
}

fn at<'a>(of: &'a Resolved, key: &str) -> &'a Param {
    of.table.get(of.table.find(key).unwrap_or_else(|| panic!("no {key}")))
}

#[test]
fn defaults_use_no_country_and_state_their_basis() {
    let found = resolved("power_mw = 2000\n");
    assert!(found.table.rows().iter().all(|row| row.region.is_none()));
    let site = &found.inputs.sites[0];
    let lot = &found.inputs.lots[0];
    for (id, value) in
        [(site.pue, 1.05), (site.uptime, 0.95), (lot.j_per_th, 15.0), (lot.mw, 2000.0)]
    {
        assert_eq!(row(&found, id).value, value);
    }
    assert_eq!(row(&found, found.inputs.network.others).value, 905.0);
    assert_eq!(row(&found, found.inputs.pool.fee).provenance.detail(), "none was stated");
    assert_eq!(found.inputs.others, Others::Endogenous);
    assert_eq!(
        (site.dispatch, found.inputs.start.to_string()),
        (Dispatch::Responsive, "2026-09-11".to_owned())
    );
    // Required values that are not given are missing, not zero.
    let missing: Vec<&str> =
        found.table.rows().iter().filter(|row| row.missing).map(|row| row.key.as_str()).collect();
    for key in
        ["tariff", "grid_average_g_per_kwh", "losses.to_customer", "uses.lost_load_usd_per_kwh"]
    {
        assert!(missing.contains(&key), "{key}: {missing:?}");
    }
    assert!(found.references.is_empty() && found.inputs.plants.is_empty());
    assert_eq!(found.inputs.capacity, None);
    // The state discounts like the project if it has no rate of its own.
    assert_eq!(found.inputs.state_discount, None);
}

#[test]
fn region_supplies_only_keys_left_out() {
    let text = "power_mw = 1\nregion = \"PAK\"\nexchange_rate = \"281 PKR/USD\"\n\
                grid_average_g_per_kwh = 400\n";
    let found = resolved(text);
    let of_region = |key: &str| at(&found, key).region.map(|region| region.to_string());
    assert_eq!(of_region("losses.to_customer").as_deref(), Some("PAK"));
    assert_eq!(of_region("household_use_kwh_per_month").as_deref(), Some("PAK"));
    assert_eq!(of_region("grid_average_g_per_kwh"), None);
    assert_eq!(of_region("exchange_rate"), None);
    let retail = found.inputs.retail;
    assert_eq!((row(&found, retail.value).value, retail.denomination), (34.0, Denomination::Local));
    assert_eq!(found.references.len(), 6);
    assert_eq!(found.references[0].month, Some(9));
    // Without an exchange rate its prices are not used, with a warning.
    let found = resolved("power_mw = 1\nregion = \"PAK\"\n");
    assert!(found.references.is_empty() && row(&found, found.inputs.retail.value).missing);
    assert!(found.warnings.iter().any(|warning| warning.key() == "region_needs_rate"));
    // Another country has its own grid value.
    assert_eq!(
        at(&resolved("power_mw = 1\nregion = \"KAZ\"\n"), "grid_average_g_per_kwh").value,
        821.391
    );
}

#[test]
fn prices_keep_their_currency_and_unit() {
    let text = "power_mw = 1\nexchange_rate = { value = \"280 PKR/USD\", low = \"280 PKR/USD\", high = \"350 PKR/USD\" }\n\
        tariff = { value = \"0.05 USD/kWh\", low = \"40 USD/MWh\", high = \"60 USD/MWh\" }\n\
        [tariff_terms]\ncapacity_charge = \"2000 PKR/kW-month\"\ndemand_charge = \"2 PKR/kW-month\"\n";
    let found = resolved(text);
    let site = &found.inputs.sites[0];
    let tariff = row(&found, site.tariff.value);
    assert_eq!((tariff.value, site.tariff.denomination), (0.05, Denomination::Usd));
    assert_eq!(tariff.spread, Spread::SplitNormal { low: 0.04, high: 0.06 });
    assert_eq!(tariff.unit.to_string(), "USD/kWh");
    let charge = row(&found, site.capacity_charge.value);
    assert_eq!((charge.value, charge.unit.to_string()), (2000.0, "PKR/kW-month".to_owned()));
    assert_eq!(site.capacity_charge.denomination, Denomination::Local);
    assert_eq!(row(&found, site.demand_charge.value).value, 2000.0);
    let rate = row(&found, found.inputs.money.exchange_rate);
    assert_eq!((rate.value, rate.range()), (280.0, Some((280.0, 350.0))));
    assert_eq!(
        (rate.unit.to_string(), found.currency.to_string()),
        ("PKR/USD".to_owned(), "PKR".to_owned())
    );
    // A plain number as exchange rate needs local_currency.
    let found = resolved(
        "power_mw = 1\nexchange_rate = 281\nlocal_currency = \"PKR\"\ntariff = \"5 PKR/kWh\"\n",
    );
    assert_eq!(found.inputs.sites[0].tariff.denomination, Denomination::Local);
}

#[test]
fn sites_and_lots_share_one_deviate_per_kind() {
    let text = "uptime = { value = 0.8, low = 0.4, high = 0.9 }\n\
        [[site]]\nname = \"a\"\npower_mw = 1\n[[site]]\nname = \"b\"\npower_mw = 1\nuptime = 0.9\n\
        [[lot]]\nsite = \"a\"\nefficiency_j_per_th = { value = 20, low = 10, high = 30 }\npower_mw = 1\n\
        [[lot]]\nsite = \"b\"\nmachine = \"Antminer S21 Pro\"\ncount = 100\n";
    let found = resolved(text);
    let [a, b] = &found.inputs.sites[..] else { panic!("two sites") };
    assert_eq!(
        (row(&found, a.uptime).key.as_str(), row(&found, b.uptime).key.as_str()),
        ("uptime", "site[1].uptime")
    );
    assert_eq!(row(&found, a.uptime).group, row(&found, b.uptime).group);
    let [first, second] = &found.inputs.lots[..] else { panic!("two lots") };
    assert_eq!(
        (first.site, second.site, second.name.as_str()),
        (0, 1, "Bitmain Antminer S21 Pro (234T)")
    );
    for (lot, range) in [(first, (10.0, 30.0)), (second, (15.0 * 0.95, 15.0 * 1.05))] {
        let param = row(&found, lot.j_per_th);
        assert_eq!(param.group.as_deref(), Some("efficiency"));
        let (low, high) = param.range().unwrap();
        assert!((low - range.0).abs() < 0.05 && (high - range.1).abs() < 0.05, "{param:?}");
    }
    // 100 machines of 3,531 W, times the PUE of their site.
    let mw = row(&found, second.mw);
    assert!(
        (mw.value - 100.0 * 3531.0 * 1.05 / 1e6).abs() < 0.01 && mw.group.as_deref() == Some("pue"),
        "{mw:?}"
    );
    let priced = "power_mw = 2\n[[lot]]\npower_mw = 1\nmachine_price_usd_per_th_s = { value = 7, low = 5, high = 9 }\n\
        [[lot]]\npower_mw = 1\nprice_from_list = true\n";
    let found = resolved(priced);
    let groups: Vec<_> =
        found.inputs.lots.iter().map(|lot| row(&found, lot.price).group.clone()).collect();
    assert_eq!(groups, [Some("machine price".to_owned()), Some("machine price".to_owned())]);
}

#[test]
fn range_gets_distribution_of_its_key() {
    let found = resolved(
        "power_mw = 1\nprice_usd_per_btc = { value = 60000, low = 30000, high = 120000 }\n",
    );
    let price = row(&found, found.inputs.network.price);
    assert!(matches!(price.spread, Spread::LogNormal { .. }));
    let (low, high) = price.range().unwrap();
    assert!((low - 30_000.0).abs() < 1e-6 && (high - 120_000.0).abs() < 1e-6, "{low} {high}");
    // The count of blocks is Poisson: 30 days are known to 1.5 %.
    let others = row(&found, found.inputs.network.others);
    let (low, high) = others.range().unwrap();
    assert!(((high - low) / 905.0 / 2.0 / 1.6449 - 0.0152).abs() < 1e-4);
    assert_eq!(row(&resolved("power_mw = 1\n"), found.inputs.network.price).spread, Spread::Fixed);
    let by_difficulty =
        resolved("power_mw = 1\ndifficulty = { value = 1.2e14, low = 1.1e14, high = 1.3e14 }\n");
    let others = row(&by_difficulty, by_difficulty.inputs.network.others);
    let (low, high) = others.range().unwrap();
    assert!(
        (low / others.value - 11.0 / 12.0).abs() < 1e-12
            && (high / others.value - 13.0 / 12.0).abs() < 1e-12
    );
    // A value of 0 can have a range.
    let fees = resolved("power_mw = 1\nfees_btc_per_block = { value = 0, low = 0, high = 1 }\n");
    assert_eq!(row(&fees, fees.inputs.network.fees).range(), Some((0.0, 1.0)));
}

#[test]
fn mining_share_below_one_assigns_rest_to_ai() {
    let found = resolved("power_mw = 100\nmining_share = { value = 0.75, low = 0.5, high = 1 }\n");
    let ai = found.inputs.ai.as_ref().unwrap();
    let (mining, other) = (row(&found, found.inputs.lots[0].mw), row(&found, ai.mw));
    assert_eq!((mining.value, other.value), (75.0, 25.0));
    // One deviate moves both in opposite directions.
    assert_eq!(mining.group, other.group);
    for z in [-2.0, -0.3, 1.1] {
        assert!((mining.at(z) + other.at(z) - 100.0).abs() < 1e-9);
    }
    assert!(row(&found, ai.terms.rent).missing);
    let ranged = resolved("power_mw = { value = 100, low = 80, high = 110 }\nmining_share = 0.5\n");
    let (mining, all) = (row(&ranged, ranged.inputs.lots[0].mw), at(&ranged, "power_mw"));
    assert!((mining.at(1.0) - 0.5 * all.at(1.0)).abs() < 1e-9);
    assert_eq!(mining.group.as_deref(), Some("power_mw"));
    assert_eq!(resolved("power_mw = 100\n").inputs.ai, None);
}

#[test]
fn lot_start_is_whole_seconds_from_project_start() {
    let text = "power_mw = 2\n[project]\nstart = 2027-01-01\n\
        [[lot]]\npower_mw = 1\nbegins = \"2026-12-31\"\nowned = true\ndelivery_months = 1\nlife_years = 0.3\n\
        [[lot]]\npower_mw = 1\nbegins = 2027-01-03\n";
    let found = resolved(text);
    let [old, new] = &found.inputs.lots[..] else { panic!("two lots") };
    assert_eq!((old.begins, old.delivery, old.life), (-86_400.0, 2_628_000.0, 9_460_800.0));
    assert_eq!((new.begins, new.delivery, new.life), (172_800.0, 0.0, 157_680_000.0));
    assert!(old.owned && !new.owned);
}

#[test]
fn grid_limit_allows_more_machine_power_than_grid_power() {
    let lots = "[[lot]]\npower_mw = 40\n[[lot]]\npower_mw = 70\nbegins = \"2028-06-01\"\n";
    let error = |text: &str| Scenario::from_toml(text).unwrap().resolve().unwrap_err().to_string();
    let message = error(&format!("power_mw = 100\n{lots}"));
    assert!(message.contains("110 MW at the same time"), "{message}");
    let limited = resolved(&format!("power_mw = 100\ngrid_mw = 100\n{lots}"));
    assert!(limited.inputs.sites[0].grid_mw.is_some());
    // Machines that replace others do not add power.
    let replaced = "power_mw = 40\n[project]\nstart = \"2026-01-01\"\n\
        [[lot]]\npower_mw = 40\nlife_years = 2\n[[lot]]\npower_mw = 40\nbegins = \"2028-01-01\"\n";
    assert_eq!(resolved(replaced).inputs.lots.len(), 2);
    // Without its own power, a site has that of its lots.
    assert_eq!(resolved(lots).inputs.sites[0].power_mw, None);
}

#[test]
fn set_keys_equal_keys_of_file() {
    let mut scenario = Scenario::from_toml_named(
        "power_mw = 5\nmachine = \"Antminer S21 Pro\"\ndifficulty = 1e14\n",
        "case.toml",
    )
    .unwrap();
    scenario.set_from("efficiency_j_per_th", 20.0, "--j-per-th").unwrap();
    scenario.set_from("network_hashrate_eh_per_s", 800.0, "--network-eh").unwrap();
    scenario.set_from("fx", "281 PKR/USD", "--fx").unwrap();
    let found = scenario.resolve().unwrap();
    let efficiency = row(&found, found.inputs.lots[0].j_per_th);
    assert_eq!((efficiency.value, efficiency.provenance.detail().as_str()), (20.0, "--j-per-th"));
    assert_eq!(row(&found, found.inputs.network.others).value, 800.0);
    assert_eq!(at(&found, "power_mw").provenance.detail(), "the scenario");
    assert!(found.warnings.iter().any(|warning| warning.key() == "renamed_key"));
    // Two alternative keys set in code conflict.
    scenario.set_from("machine", "Antminer S21 Pro", "--machine").unwrap();
    assert!(matches!(
        scenario.resolve().unwrap_err().mistakes()[0].problem,
        Problem::Conflict { .. }
    ));
    let built = Case::builder(Watts::from_mw(2000.0)).tariff("0.06 USD/kWh").unwrap();
    let built = built.set("lot[0].power_mw", 100.0).unwrap().set("lot[0].duty", 0.2).unwrap();
    let found = built.build().unwrap().resolve().unwrap();
    assert_eq!(row(&found, found.inputs.lots[0].duty).value, 0.2);
    for (key, value) in [
        ("lot.duty", 0.1),
        ("power[0]_mw", 1.0),
        ("uptime[0]", 1.0),
        ("lot[1].duty", 0.1),
        ("lot[x].duty", 0.1),
        ("uptime", 1.5),
        ("uptme", 0.5),
    ] {
        let error = Case::builder(Watts::from_mw(1.0)).set(key, value).unwrap_err();
        assert_eq!(error.mistakes()[0].location.key, key);
    }
}

#[test]
fn measured_result_sets_efficiency_via_file_reader() {
    let scenario = Scenario::from_toml("power_mw = 5\nmeasured = \"r.json\"\n").unwrap();
    let result = r#"{"schema_version": 1, "machine": "S21", "scope": "asic_board_dc",
        "j_per_th": 17.5, "provenance": "user_reported"}"#;
    let read =
        |file: &str| if file == "r.json" { Ok(result.to_owned()) } else { Err(String::new()) };
    let found = scenario.resolve_with_files(read).unwrap();
    let efficiency = row(&found, found.inputs.lots[0].j_per_th);
    assert!((efficiency.value - 17.5).abs() < 1e-12);
    assert_eq!(efficiency.provenance.to_string(), "user_reported, measured result r.json: one S21");
    assert!(found.warnings.iter().any(|warning| warning.key() == "measured_machine"));
    // A file is not ignored if there is no reader for files.
    assert!(scenario.resolve().unwrap_err().to_string().starts_with("line 2, measured: r.json"));
}

#[test]
fn uncertain_catalogue_machine_gives_warning() {
    let uncertain = crate::network::Catalogue::shipped().unwrap();
    let uncertain = uncertain.machines().iter().find(|m| m.uncertain.is_some()).unwrap().name();
    let found = resolved(&format!(
        "[[lot]]\nmachine = \"{uncertain}\"\ncount = 10\nstatus = \"announced\"\n"
    ));
    let keys: Vec<&str> = found.warnings.iter().map(Warning::key).collect();
    assert!(keys.contains(&"uncertain_machine") && keys.contains(&"announced_machine"), "{keys:?}");
    assert_eq!((found.lots[0].count, found.lots[0].status), (Some(10.0), LotStatus::Announced));
}

#[test]
fn inputs_share_one_row_per_parameter() {
    let found = resolved(
        "pue = { value = 1.1, low = 1.05, high = 1.2 }\n[[site]]\nname = \"a\"\npower_mw = 1\n[[site]]\nname = \"b\"\npower_mw = 2\n",
    );
    let [a, b] = &found.inputs.sites[..] else { panic!("two sites") };
    assert_eq!(a.pue, b.pue);
    let keys: Vec<&str> = found.table.rows().iter().map(|row| row.key.as_str()).collect();
    let mut once = keys.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), keys.len());
    // All inputs are in the table, with a possible value.
    let values = found.table.values();
    let inputs = found.inputs.at(&values);
    assert_eq!(inputs.sites[1].pue, 1.1);
    for row in found.table.rows() {
        assert!(row.missing || row.possible.contains(&row.value), "{row:?}");
    }
}

#[test]
fn site_terms_override_common_terms() {
    let found = resolved(
        "[tariff_terms]\npeak_ratio = 1.5\nadjustments = [{ name = \"fuel\", price = \"1 USD/MWh\" }]\n\
         levy_steps = [{ below = \"50 USD/MWh\", levy = \"5 USD/MWh\" }, { levy = \"9 USD/MWh\" }]\n\
         [hours]\navailable = [0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5,0.5]\n\
         [[carbon.corrective_tax]]\nname = \"t\"\nprice = \"4 USD/MWh\"\napplied = true\n\
         [[site]]\nname = \"a\"\npower_mw = 1\n[site.hours]\ndispatch = \"must_run\"\n\
         [[site]]\nname = \"b\"\npower_mw = 1\n[site.tariff_terms]\npeak_ratio = 2\n\
         adjustments = [{ name = \"x\", price = \"2 USD/MWh\" }, { name = \"y\", price = \"3 USD/MWh\" }]\n\
         [site.scarcity]\nstandby_share = 0.1\n",
    );
    let [a, b] = &found.inputs.sites[..] else { panic!("two sites") };
    assert_eq!([a, b].map(|site| row(&found, site.terms.peak_ratio).value), [1.5, 2.0]);
    assert_eq!([a, b].map(|site| row(&found, site.terms.standby).value), [0.0, 0.1]);
    assert_eq!([a, b].map(|site| site.adjustments.len()), [1, 2]);
    assert_eq!([a, b].map(|site| site.levies.len()), [1, 1]);
    assert_eq!([a, b].map(|site| site.dispatch), [Dispatch::MustRun, Dispatch::Responsive]);
    // A site without its own hours has those of all sites.
    assert!([a, b].iter().all(|site| (site.hours.available() - 0.5).abs() < 1e-12));
    let steps: Vec<f64> = a.levy_steps.iter().map(|step| step.below).collect();
    assert_eq!(steps, [0.05, f64::INFINITY]);
    assert_eq!(row(&found, a.levy_steps[1].rate).value, 0.009);
}

#[test]
fn unused_key_gives_warning() {
    let text =
        "power_mw = 1\nefficiency_j_per_th = 20\n[[lot]]\npower_mw = 1\nefficiency_j_per_th = 15\n";
    let found = resolved(text);
    let unused = Warning::UnusedKey { line: Line(Some(2)), key: "efficiency_j_per_th".to_owned() };
    assert!(found.warnings.contains(&unused), "{:?}", found.warnings);
    let machine =
        "power_mw = 1\nmachine = \"S22\"\n[[lot]]\npower_mw = 1\nefficiency_j_per_th = 15\n";
    assert_eq!(resolved(machine).warnings[0].key(), "unused_key");
    assert_eq!(resolved("power_mw = 1\ndifficulty = 1e14\n").warnings, []);
    let dear = resolved("power_mw = 1\ntariff = \"1.5 USD/kWh\"\n");
    assert_eq!(dear.warnings[0].key(), "implausible_tariff");
}

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}
