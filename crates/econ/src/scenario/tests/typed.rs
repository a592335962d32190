//! Values as users type them.

use super::*;

const CASE: &str = "power_mw = 100\nexchange_rate = \"281 PKR/USD\"\ntariff = \"22.98 PKR/kWh\"\n";

fn set(text: &str, key: &str, value: &str) -> Result<Scenario, ScenarioError> {
    let mut scenario = Scenario::from_toml(text).unwrap();
    scenario.set_typed(key, value, &format!("--set {key}"))?;
    Ok(scenario)
}

fn message(text: &str, key: &str, value: &str) -> String {
    set(text, key, value).unwrap_err().to_string()
}

#[test]
fn typed_value_is_converted_to_kind_of_key() {
    for (key, value, wanted) in [
        ("power_mw", " 50 ", Value::from(50.0)),
        ("lot[0].power_mw", "5e1", 50.0.into()),
        ("title", "2026", "2026".into()),
        ("title", "\"a = b\"", "a = b".into()),
        ("machine", "Antminer S21 Pro", "Antminer S21 Pro".into()),
        ("price_from_list", "true", true.into()),
        ("hours.dispatch", "must_run", "must_run".into()),
        ("project.start", "2027-01-01", "2027-01-01".into()),
        ("tariff", "40 USD/MWh", "40 USD/MWh".into()),
        ("tariff", "25", "25 PKR/kWh".into()),
        ("site[0].tariff", "25", "25 PKR/kWh".into()),
        ("exchange_rate", "290", "290 PKR/USD".into()),
        (
            "tariff",
            "{ value = 25, low = 20, high = 30, assumed = \"a guess\" }",
            Sourced::new("25 PKR/kWh")
                .between("20 PKR/kWh", "30 PKR/kWh")
                .assumed("a guess")
                .into(),
        ),
        ("hours.available", "[1,1,1,1,1,1,1,1,1,1,1,0.5]", {
            let mut months = [1.0; 12];
            months[11] = 0.5;
            months.into()
        }),
    ] {
        let scenario = set(CASE, key, value).unwrap();
        assert_eq!(scenario.get(key), Some(&wanted), "{key}={value}");
    }
    let resolved = set(CASE, "tariff", "25").unwrap().resolve().unwrap();
    let row = at(&resolved, "tariff");
    assert_eq!((row.value, row.provenance.kind()), (25.0, "user_reported"));
    assert_eq!(row.provenance.detail(), "--set tariff");
    // The unit of a price of the region is used as well.
    let region =
        set("power_mw = 1\nregion = \"PAK\"\nfx = \"281 PKR/USD\"\n", "retail_tariff", "40");
    assert_eq!(region.unwrap().get("retail_tariff"), Some(&"40 PKR/kWh".into()));
}

#[test]
fn invalid_typed_value_is_refused_with_remedy() {
    let bare = "power_mw = 100\n";
    for (text, key, value, wanted) in [
        (bare, "tariff", "30", "tariff: is 30; give it with its currency and unit: \"30 USD/kWh\""),
        (bare, "fx", "281", "exchange_rate: is 281; give it with its currencies"),
        (
            "power_mw = 1\nfx = \"281 PKR/USD\"\n",
            "tariff",
            "30",
            "tariff: is 30; give it with its currency and unit: \"30 PKR/kWh\"",
        ),
        (CASE, "powr_mw", "5", "powr_mw: unknown key; did you mean `power_mw`?"),
        (CASE, "lot.power_mw", "5", "lot.power_mw: unknown key"),
        (CASE, "power_mw", "1,000", "power_mw: `1,000` can be 1000 or 1"),
        (CASE, "power_mw", "five", "power_mw: is `five`; give a number, MW"),
        (CASE, "power_mw", "", "power_mw: is empty"),
        (CASE, "power_mw", "{ value = 5, low = 4 }", "power_mw: low and high belong together"),
        (CASE, "power_mw", "{ value = 5", "power_mw: is not a valid TOML value"),
        (CASE, "title", "\"a\"\ntitle = \"b\"", "title: is not a valid TOML value"),
        (
            CASE,
            "title",
            "\"a\"\nuptime = 0.5",
            "title: is not a valid TOML value: there is more than one",
        ),
        (CASE, "uptime", "1.5", "uptime: is 1.5; give 0 to 1"),
        (CASE, "price_from_list", "yes", "price_from_list: is `yes`; give true or false"),
    ] {
        let message = message(text, key, value);
        assert!(message.starts_with(wanted), "{key}={value}: {message}");
    }
    let deep = message(CASE, "hours.available", &"[".repeat(10_000));
    assert!(deep.contains("more than 64"), "{deep}");
}

#[test]
fn reader_input_too_long_or_not_text_is_refused() {
    let read = |bytes: &[u8]| Scenario::draft_from_reader(bytes, "standard input");
    let scenario = read(CASE.as_bytes()).unwrap();
    let found = scenario.resolve().unwrap();
    assert_eq!(at(&found, "tariff").provenance.detail(), "the scenario");
    let long = format!("{CASE}#{}", " ".repeat(256 << 10));
    for (bytes, wanted) in [
        (long.as_bytes(), "standard input: is longer than 256 KiB"),
        (&b"title = \"\xff\""[..], "standard input: is not UTF-8 text"),
        (&b"title = 1\0"[..], "standard input: contains a NUL byte"),
    ] {
        assert!(read(bytes).unwrap_err().to_string().starts_with(wanted), "{wanted}");
    }
}
