//! The label of a market preset is part of every output that uses it.

use assert_cmd::Command;
use serde_json::Value;

const SITE: &str = "power_mw = 10\ntariff = \"40 USD/MWh\"\nmachine_price_usd_per_th_s = 15\n\
    infrastructure_usd_per_mw = 300000\n[project]\nyears = 1\n[market]\n";
const LABEL: &str = "This is an assumption about the market, not a forecast";

fn stdout(arguments: &[&str]) -> String {
    let output = Command::cargo_bin("hashwatt").unwrap().args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn preset_label_is_in_text_json_and_page() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("p.csv"), "date,value\n2026-01-01,60000\n2027-03-01,90000\n").unwrap();
    for (preset, more) in [
        ("flat_real", ""),
        ("drift", "price_drift_per_year = 0.05\nothers_growth_per_year = 0.2\n"),
        ("file", "price_path = \"p.csv\"\n"),
        ("bootstrap", ""),
    ] {
        let file = path("s.toml");
        std::fs::write(&file, format!("{SITE}preset = \"{preset}\"\n{more}")).unwrap();
        let name = format!("market.preset is {preset}:");
        let commands: [&[&str]; 5] = [
            &["project", "--scenario", &file, "--paths", "16"],
            &["ledger", "--scenario", &file, "--paths", "16"],
            &["estimate", "--scenario", &file],
            &["sensitivity", "--scenario", &file, "--samples", "8"],
            &["sweep", "--scenario", &file, "--over", "uptime=0.8,0.9"],
        ];
        for command in commands {
            let text = words(&stdout(command));
            assert!(text.contains(&name) && text.contains(LABEL), "{command:?}: {text}");
            let json: Value =
                serde_json::from_str(&stdout(&[command, &["--json"]].concat())).unwrap();
            let first = &json["warnings"][0];
            assert_eq!(first["key"], "preset_market", "{command:?}");
            assert!(first["text"].as_str().unwrap().contains(LABEL), "{first}");
        }
        let page = path("page.html");
        stdout(&[
            "report",
            "--scenario",
            &file,
            "--paths",
            "16",
            "--samples",
            "8",
            "-o",
            &page,
            "--force",
        ]);
        let page = words(&std::fs::read_to_string(&page).unwrap());
        assert!(page.contains(&name) && page.contains(LABEL), "{preset}");
    }
}
