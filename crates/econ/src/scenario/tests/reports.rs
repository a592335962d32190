//! All mistakes of a scenario are reported together.

use super::*;

fn lines(text: &str) -> Vec<String> {
    let error = Scenario::from_toml(text).and_then(|scenario| scenario.resolve()).unwrap_err();
    error.to_string().lines().map(str::to_owned).collect()
}

/// Asserts that the lines of the error begin like this, in this order, without further lines.
fn assert_lines(text: &str, wanted: &[&str]) {
    let message = lines(text);
    assert_eq!(message.len(), wanted.len(), "{text}: {message:#?}");
    for (line, wanted) in message.iter().zip(wanted) {
        assert!(line.starts_with(wanted), "{wanted}: {message:#?}");
    }
}

#[test]
fn reading_mistakes_are_reported_together_by_line() {
    assert_lines(
        "uptim = 0.9\npue = 0.5\nprice_usd_per_btc = \"dear\"\n\
         fees_btc_per_block = { value = 0.02, source = \"a node\" }\n\
         tariff = \"20 PKR/kWh\"\n[project]\nyear = 4\n",
        &[
            "line 1, uptim: unknown key; did you mean `uptime`?",
            "line 2, pue: is 0.5; give 1 to 10",
            "line 3, price_usd_per_btc: is `dear`; give a number",
            "line 4, fees_btc_per_block: source and as_of belong together",
            "line 5, tariff: is in PKR, but there is no exchange rate",
            "line 7, project.year: unknown key; did you mean `project.years`?",
            "power_mw: is missing",
        ],
    );
}

#[test]
fn resolving_mistakes_are_reported_together() {
    assert_lines(
        "power_mw = 10\nregion = \"XXX\"\nmachine = \"S22\"\nlocal_currency = \"PKR\"\n\
         tariff = \"20 PKR/kWh\"\nretail_tariff = \"30 PKR/kWh\"\n\
         [[reference]]\nkind = \"consumer_tariff\"\n[[plant]]\nmean_mw = 5\n",
        &[
            "line 2, region: there is no region `XXX`",
            "line 3, machine: machine `S22` is not in the catalogue",
            // One exchange rate serves both prices.
            "line 5, tariff: is in PKR, but there is no exchange rate",
            "line 7, reference[0].metering_point: is missing",
            "line 9, plant[0].name: is missing",
        ],
    );
}

#[test]
fn follow_up_mistakes_of_unread_key_are_not_reported() {
    for (text, wanted) in [
        ("powre_mw = 5\n", "line 1, powre_mw: unknown key"),
        ("power_mw = \"five\"\n", "line 1, power_mw: is `five`"),
        (
            "power_mw = 5\nexchange_rat = \"281 PKR/USD\"\ntariff = \"20 PKR/kWh\"\n",
            "line 2, exchange_rat: unknown key",
        ),
        ("[[lott]]\npower_mw = 5\n", "line 1, lott: unknown key"),
        (
            "[[site]]\nnam = \"a\"\npower_mw = 1\n[[lot]]\nsite = \"a\"\n",
            "line 2, site[0].nam: unknown key",
        ),
        (
            "[[lot]]\nmachin = \"Antminer S21 Pro\"\ncount = 5\n",
            "line 2, lot[0].machin: unknown key",
        ),
        ("power_mw = 5\n[hours]\nprofile = \"none.csv\"\ndispatch = 4\n", "line 4, hours.dispatch"),
    ] {
        assert_lines(text, &[wanted]);
    }
}

#[test]
fn mistakes_beyond_twenty_are_only_counted() {
    let text: String = (0..50).map(|place| format!("unknown_{place} = 1\n")).collect();
    let error = Scenario::from_toml(&text).unwrap_err();
    // The 51st mistake is the missing power.
    assert_eq!((error.mistakes().len(), error.more()), (ScenarioError::MAX_REPORTED, 31));
    assert!(error.to_string().ends_with("\nand 31 more"));
    assert_eq!(error.mistakes()[19].location.line, Some(20));
}

#[test]
fn invalid_toml_gives_one_mistake() {
    assert_lines("uptim = 0.9\npower_mw = \n", &["line 2, power_mw"]);
}

#[test]
fn setting_key_of_draft_removes_its_mistake() {
    let text = "power_mw = \"five\"\nuptime = 2\n";
    let mut draft = Scenario::draft(text, "case.toml").unwrap();
    draft.set("power_mw", 5.0).unwrap();
    let error = draft.resolve().unwrap_err();
    assert_eq!(error.to_string(), "line 2, uptime: is 2; give 0 to 1");
    draft.set("uptime", 0.9).unwrap();
    let found = draft.resolve().unwrap();
    assert_eq!((at(&found, "power_mw").value, at(&found, "uptime").value), (5.0, 0.9));
    // Removed mistakes no longer suppress others.
    let mut draft = Scenario::draft("title = [1]\npower_mw = [1]\n", "case.toml").unwrap();
    draft.set("title", "a site").unwrap();
    draft.set("power_mw", 5.0).unwrap();
    draft.set("lot[0].count", 5.0).unwrap();
    let error = draft.resolve().unwrap_err();
    assert!(error.to_string().contains("lot[0].machine: is missing"), "{error}");
    // Keys that a draft lacks can be set too.
    let mut draft = Scenario::draft("pue = 1.1\n", "case.toml").unwrap();
    draft.set("lot[0].power_mw", 5.0).unwrap();
    assert!(draft.resolve().is_ok());
}

#[test]
fn set_key_without_effect_names_effective_key() {
    let lots = "[[lot]]\npower_mw = 1\nefficiency_j_per_th = 15\n";
    let sites = "[[site]]\nname = \"a\"\npower_mw = 1\ntariff = \"50 USD/MWh\"\n";
    for (text, key, value, wanted) in [
        (lots, "efficiency_j_per_th", Value::from(20.0), "give lot[0].efficiency_j_per_th instead"),
        (lots, "machine", "Antminer S21 Pro".into(), "give lot[0].machine instead"),
        (sites, "tariff", "40 USD/MWh".into(), "give site[0].tariff instead"),
        (sites, "power_mw", 5.0.into(), "give site[0].power_mw instead"),
    ] {
        let mut scenario = Scenario::from_toml(text).unwrap();
        scenario.set(key, value).unwrap();
        let error = scenario.resolve().unwrap_err();
        assert!(error.to_string().ends_with(wanted), "{error}");
        assert!(matches!(
            error.mistakes(),
            [Mistake { problem: Problem::NotApplicable { .. }, .. }]
        ));
    }
}

#[test]
fn key_replaced_by_option_gives_warning() {
    let mut scenario =
        Scenario::from_toml("power_mw = 5\nmachine = \"Antminer S21 Pro\"\n").unwrap();
    scenario.set_from("efficiency_j_per_th", 20.0, "--j-per-th").unwrap();
    let found = scenario.resolve().unwrap();
    let warning = Warning::ReplacedKey { old: "machine".into(), new: "efficiency_j_per_th".into() };
    assert!(found.warnings.contains(&warning), "{:?}", found.warnings);
}
