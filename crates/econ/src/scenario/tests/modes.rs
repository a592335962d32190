//! Power modes: ratios, a machine's stated curve, results measured in each mode.

use super::*;
use crate::params::inputs::PowerMode;
use serde_json::json;

const SITE: &str = "power_mw = 5\nefficiency_j_per_th = 17.5\n";
/// A machine like an S21: 3,500 W at 200 TH/s, with a slower and a faster mode.
const CURVE: &str = "[[mode]]\nname = \"eco\"\npower_w = 2250\nhashrate_th_s = 150\n\
    [[mode]]\nname = \"normal\"\npower_w = 3500\nhashrate_th_s = 200\n\
    [[mode]]\nname = \"turbo\"\npower_w = 4840\nhashrate_th_s = 242\n";

fn modes(of: &Resolved, site: usize) -> Vec<(f64, f64)> {
    of.inputs.sites[site].modes.iter().map(|mode| (mode.speed, mode.j_ratio)).collect()
}

fn assert_modes(found: &[(f64, f64)], wanted: &[(f64, f64)]) {
    assert_eq!(found.len(), wanted.len(), "{found:?}");
    for (found, wanted) in found.iter().zip(wanted) {
        let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
        assert!(near(found.0, wanted.0) && near(found.1, wanted.1), "{found:?} for {wanted:?}");
    }
}

fn asic(power_w: f64, th_per_s: f64) -> String {
    json!({
        "schema_version": 1, "machine": "AntMiner S21", "scope": "asic_board_dc",
        "j_per_th": power_w / th_per_s, "mean_hashrate_th_s": th_per_s, "mean_power_w": power_w,
        "provenance": "user_reported", "energy_origin": "AntMiner S21, its own API",
    })
    .to_string()
}

fn with_files(text: &str, files: &[(&'static str, String)]) -> Result<Resolved, ScenarioError> {
    let files = files.to_vec();
    let read = move |file: &str| {
        let found = files.iter().find(|(name, _)| *name == file);
        found.map(|(_, text)| text.clone()).ok_or_else(|| "no such file".to_owned())
    };
    Scenario::from_toml(text).unwrap().resolve_with_files(read)
}

fn refused(text: &str) -> String {
    Scenario::from_toml(text).and_then(|scenario| scenario.resolve()).unwrap_err().to_string()
}

#[test]
fn stated_curve_is_relative_to_rated_mode() {
    let found = resolved(&format!("{SITE}{CURVE}"));
    // 15 and 20 J/TH over 17.5.
    let wanted = [(1.0, 1.0), (0.75, 15.0 / 17.5), (1.21, 20.0 / 17.5)];
    assert_modes(&modes(&found, 0), &wanted);
    // The product of speed and energy per hash is the power of the machine.
    let power: Vec<f64> = found.inputs.sites[0].modes.iter().map(|mode| mode.power()).collect();
    assert!(
        (power[1] - 2250.0 / 3500.0).abs() < 1e-12 && (power[2] - 4840.0 / 3500.0).abs() < 1e-12
    );
}

#[test]
fn mode_marked_normal_is_normal_regardless_of_rating() {
    let named = CURVE.replacen("hashrate_th_s = 150", "hashrate_th_s = 150\nnormal = true", 1);
    let found = resolved(&format!("{SITE}{named}"));
    let wanted = [(1.0, 1.0), (200.0 / 150.0, 17.5 / 15.0), (242.0 / 150.0, 20.0 / 15.0)];
    assert_modes(&modes(&found, 0), &wanted);
}

#[test]
fn ratios_and_curve_combine_per_site() {
    let text = "efficiency_j_per_th = 17.5\n[[site]]\nname = \"a\"\npower_mw = 1\n[[site]]\nname = \"b\"\n\
        power_mw = 1\n[[lot]]\nsite = \"a\"\n[[lot]]\nsite = \"b\"\nefficiency_j_per_th = 30\n";
    let own = CURVE.replace("[[mode]]\n", "[[mode]]\nsite = \"a\"\n");
    let all = "[[mode]]\nspeed = 0.5\nj_per_th_ratio = 0.8\n";
    let found = resolved(&format!("{text}{own}{all}"));
    let of_a = [(1.0, 1.0), (0.75, 15.0 / 17.5), (1.21, 20.0 / 17.5), (0.5, 0.8)];
    assert_modes(&modes(&found, 0), &of_a);
    assert_eq!(modes(&found, 1), [(1.0, 1.0), (0.5, 0.8)]);
    // No mode of the curve matches the rating of the machines at b.
    let message = refused(&format!("{text}{CURVE}"));
    assert!(
        message.contains("mode[0].normal: the normal mode is not known: no mode is"),
        "{message}"
    );
    assert!(
        message.contains("within 1 % of the machines' 30 J/TH; set `normal = true` in one"),
        "{message}"
    );
}

#[test]
fn measured_modes_are_relative_to_normal_result() {
    let text = format!(
        "{SITE}[[mode]]\nname = \"eco\"\nmeasured = \"eco.json\"\n[[mode]]\nmeasured = \"n.json\"\nnormal = true\n"
    );
    let files = [("eco.json", asic(2100.0, 150.0)), ("n.json", asic(3200.0, 200.0))];
    let found = with_files(&text, &files).unwrap();
    assert_modes(&modes(&found, 0), &[(1.0, 1.0), (0.75, 14.0 / 16.0)]);
    // The rating is still that of the scenario; warnings name the measured machines.
    assert_eq!(at(&found, "efficiency_j_per_th").value, 17.5);
    let message: Vec<String> = found.warnings.iter().map(ToString::to_string).collect();
    assert!(
        message
            .iter()
            .any(|message| message.starts_with("power mode eco, relative to the normal mode: ")),
        "{message:?}"
    );
    let other = asic(3200.0, 200.0).replace("S21\"", "S19\"");
    let without = asic(3200.0, 200.0).replace("mean_hashrate_th_s", "hashrate");
    for (normal, message) in [
        (
            other,
            "mode[0].measured: was measured on one AntMiner S21 (asic_board_dc), but the normal mode on one AntMiner S19",
        ),
        (without, "mode[1].measured: n.json: mean_hashrate_th_s: is missing"),
        ("{}".to_owned(), "mode[1].measured: n.json: schema_version: is missing"),
    ] {
        let error = with_files(&text, &[files[0].clone(), ("n.json", normal)]).unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
    }
}

#[test]
fn invalid_modes_are_refused_with_remedy() {
    let two = CURVE.replace("hashrate_th_s", "normal = true\nhashrate_th_s");
    let twins = CURVE.replace("power_w = 2250", "power_w = 2630");
    for (modes, message) in [
        (two.as_str(), "mode[1].normal: cannot be combined with mode[0].normal"),
        (twins.as_str(), "mode[0].normal: the normal mode is not known: several modes are"),
        (
            "[[mode]]\npower_w = 3500\n",
            "mode[0].hashrate_th_s: is missing; give it together with mode[0].power_w",
        ),
        ("[[mode]]\nhashrate_th_s = 200\n", "mode[0].power_w: is missing"),
        (
            "[[mode]]\npower_w = 3500\nspeed = 2\n",
            "mode[0].power_w: cannot be combined with mode[0].speed",
        ),
        ("[[mode]]\nspeed = 2\nnormal = true\n", "mode[0].normal: the normal mode has speed 1"),
        ("[[mode]]\nsite = \"x\"\n", "mode[0].site: there is no site `x`"),
        ("[[mode]]\nname = \"a\"\n[[mode]]\nname = \"a\"\n", "mode[1].name: `a` appears twice"),
        (
            "[[mode]]\npower_w = 3500000\nhashrate_th_s = 200\n",
            "mode[0].power_w: 17500 J/TH cannot be an ASIC's",
        ),
    ] {
        let error = refused(&format!("{SITE}{modes}"));
        assert!(error.contains(message), "{message}: {error}");
    }
    let far = format!("{SITE}{CURVE}[[mode]]\npower_w = 20\nhashrate_th_s = 1\n");
    let error = refused(&far);
    assert!(
        error.contains("mode[3].hashrate_th_s: is 0.005; give 0.01 to 10 times the normal"),
        "{error}"
    );
    // A mode that equals the normal one is not counted twice.
    let same = resolved(&format!("{SITE}{CURVE}[[mode]]\n"));
    assert_eq!(modes(&same, 0).len(), 3);
    assert_eq!(same.inputs.sites[0].modes[0], PowerMode::NORMAL);
}
