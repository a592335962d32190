//! The lists of machines and regions that a scenario can name.

use assert_cmd::Command;
use serde_json::Value;

fn hashwatt(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("hashwatt").unwrap();
    command.args(arguments);
    command
}

fn stdout(arguments: &[&str]) -> String {
    let output = hashwatt(arguments).assert().success().get_output().stdout.clone();
    String::from_utf8(output).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&stdout(&[arguments, &["--json"]].concat())).unwrap()
}

fn stderr(arguments: &[&str]) -> String {
    let output = hashwatt(arguments).assert().failure().code(2).get_output().stderr.clone();
    String::from_utf8(output).unwrap()
}

#[test]
fn machine_search_lists_best_match_first_in_every_format() {
    for (query, first, second) in [
        ("s21", "Bitmain Antminer S21 (200T)", "Bitmain Antminer S21 Pro (234T)"),
        ("S19-XP", "Bitmain Antminer S19 XP (140T)", "Bitmain Antminer S19 XP Hyd (255T)"),
        ("m60s", "MicroBT Whatsminer M60S (186T)", "MicroBT Whatsminer M60S+ (208T)"),
    ] {
        let found = json(&["machines", "--search", query]);
        assert_eq!(found["machines"][0]["machine"], first);
        assert_eq!(found["machines"][1]["machine"], second);
        assert_eq!((&found["only_similar"], &found["search"]), (&false.into(), &query.into()));
        let text = stdout(&["machines", "--search", query]);
        assert!(text.lines().nth(1).unwrap().starts_with(first), "{text}");
        let csv = stdout(&["machines", "--search", query, "--csv"]);
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        assert_eq!(&reader.records().next().unwrap().unwrap()[0], first);
    }
}

#[test]
fn machine_search_with_typo_lists_similar_names() {
    let text = stdout(&["machines", "--search", "antminer s20"]);
    assert!(text.starts_with("No machine is called \"antminer s20\". The nearest:\n"), "{text}");
    assert_eq!(json(&["machines", "--search", "antminer s20"])["only_similar"], true);
    let message = stderr(&["machines", "--search", "qqqqqqq"]);
    assert!(message.contains("--search `qqqqqqq`: no machine has a similar name"), "{message}");
    assert!(stderr(&["machines", "--search", ""]).contains("--search"));
    assert!(stderr(&["machines", "--json", "--csv"]).contains("cannot be used with"));
}

#[test]
fn machine_error_suggests_first_search_result() {
    for name in ["s21pro", "Antminor S21 Pro", "S22"] {
        let found = json(&["machines", "--search", name]);
        let first = found["machines"][0]["machine"].as_str().unwrap();
        let message = stderr(&["estimate", "--mw", "5", "--machine", name]);
        assert!(message.contains(&format!("the nearest are: {first}")), "{message}");
        // The suggestion is accepted.
        stdout(&["estimate", "--mw", "5", "--machine", first]);
    }
}

#[test]
fn region_search_finds_country_by_code_and_name() {
    for query in ["kaz", "KAZ", "kz", "kazakh", "Kazakhstan"] {
        let found = json(&["regions", "--search", query]);
        assert_eq!(found["regions"][0]["iso3"], "KAZ", "{query}");
        assert_eq!(found["only_similar"], false);
    }
    let near = json(&["regions", "--search", "kazakstan"]);
    assert_eq!((&near["only_similar"], &near["regions"][0]["iso3"]), (&true.into(), &"KAZ".into()));
    assert!(stderr(&["regions", "--search", "qqqqqqq"]).contains("no region has a similar name"));
}

#[test]
fn region_shows_value_unit_date_and_source_of_every_key() {
    let pakistan = &json(&["regions", "pakistan"])["regions"][0];
    let keys: Vec<&str> =
        pakistan["values"].as_array().unwrap().iter().map(|v| v["key"].as_str().unwrap()).collect();
    for key in ["grid_average_g_per_kwh", "losses.to_customer", "retail_tariff"] {
        assert!(keys.contains(&key), "{keys:?}");
    }
    let text = stdout(&["regions", "PAK"]);
    for value in pakistan["values"].as_array().unwrap() {
        for field in [&value["key"], &value["unit"], &value["origin"]["as_of"]] {
            assert!(text.contains(field.as_str().unwrap()), "{field}");
        }
    }
    let message = stderr(&["regions", "atlantis"]);
    assert!(message.contains("REGION: there is no region `atlantis`"), "{message}");
    assert!(stderr(&["regions", "PAK", "--search", "kaz"]).contains("cannot be used with"));
}

#[test]
fn listed_region_is_accepted_and_marks_its_values() {
    let all = json(&["regions"]);
    let regions = all["regions"].as_array().unwrap();
    assert!(regions.len() > 200, "{}", regions.len());
    for region in regions.iter().step_by(40) {
        let (code, name) = (region["iso3"].as_str().unwrap(), region["country"].as_str().unwrap());
        let grid = &region["values"][0];
        for given in [code, &name.to_lowercase()] {
            let estimate = json(&["estimate", "--mw", "10", "--references", given]);
            assert_eq!(estimate["region"], code);
            let of_grid = |input: &&Value| input["key"] == "grid_average_g_per_kwh";
            let inputs = estimate["inputs"].as_array().unwrap();
            let input = inputs.iter().find(of_grid).unwrap();
            assert_eq!((&input["region"], &input["value"]), (&code.into(), &grid["value"]));
        }
        let text = stdout(&["estimate", "--mw", "10", "--references", code, "--inputs"]);
        assert!(text.contains(&format!("; {code}, published")), "{text}");
    }
    // Without a region none of its values are used.
    let estimate = json(&["estimate", "--mw", "10"]);
    assert!(estimate["inputs"].as_array().unwrap().iter().all(|input| input["region"].is_null()));
}

#[test]
fn listing_fits_terminal() {
    for arguments in [
        &["machines"][..],
        &["machines", "--search", "s21"],
        &["regions"],
        &["regions", "--search", "united"],
        &["regions", "PAK"],
        &["regions", "KAZ"],
    ] {
        for line in stdout(arguments).lines() {
            assert!(line.chars().count() <= 80 && line == line.trim_end(), "{arguments:?}: {line}");
        }
    }
}
