use super::super::{Scenario, Warning, documented_keys, region, regions};
use super::*;
use std::collections::BTreeSet;

/// The keys of a template, given or behind `#`, by their tables.
fn keys_in(text: &str) -> BTreeSet<String> {
    let mut table = String::new();
    let mut found = BTreeSet::new();
    // Examples in the head of the file are not keys.
    let (_, body) = text.split_once("\n\n").unwrap();
    for line in body.lines() {
        let line = line.strip_prefix("# ").unwrap_or(line);
        if let Some(header) = line.strip_prefix('[') {
            table = header.trim_matches(['[', ']']).to_owned();
        } else if let Some((name, _)) = line.split_once(" = ")
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        {
            let key = if table.is_empty() { name.to_owned() } else { format!("{table}.{name}") };
            assert!(found.insert(key), "{line} appears twice");
        }
    }
    found
}

#[test]
fn country_template_has_exactly_the_documented_keys() {
    let keys: BTreeSet<String> = documented_keys().into_iter().map(|doc| doc.key).collect();
    for of in [None, Some("KAZ"), Some("PAK")] {
        let data = of.map(|name| region(name).unwrap());
        assert_eq!(keys_in(&template(ScenarioKind::Country, data.as_ref())), keys, "{of:?}");
    }
}

#[test]
fn template_kinds_include_keys_of_smaller_kinds() {
    let [home, site, country] = [ScenarioKind::Home, ScenarioKind::Site, ScenarioKind::Country]
        .map(|kind| keys_in(&template(kind, None)));
    assert!(home.is_subset(&site) && site.is_subset(&country));
    assert!(home.len() < site.len() && site.len() < country.len());
    for key in ["tariff", "lot.count", "hours.available", "pool_fee", "project.years"] {
        assert!(home.contains(key), "{key}");
    }
    for key in ["tariff_terms.peak_ratio", "site.tariff", "operator.debt_share"] {
        assert!(site.contains(key) && !home.contains(key), "{key}");
    }
}

#[test]
fn unedited_template_resolves_without_unused_keys() {
    let all = regions().unwrap();
    let some = all.iter().filter(|data| {
        ["PAK", "KAZ", "USA", "ZWE", "CIV"].contains(&data.country.iso3.to_string().as_str())
    });
    for data in some.map(Some).chain([None]) {
        for &kind in ScenarioKind::ALL {
            let text = template(kind, data);
            let name = data.map_or("none", |data| &data.country.name);
            let scenario =
                Scenario::from_toml(&text).unwrap_or_else(|e| panic!("{kind} {name}: {e}"));
            let resolved = scenario.resolve().unwrap_or_else(|e| panic!("{kind} {name}: {e}"));
            assert_eq!(resolved.region, data.map(|data| data.country.iso3));
            let unused: Vec<&Warning> =
                resolved.warnings.iter().filter(|w| w.key() == "unused_key").collect();
            assert_eq!(unused, [] as [&Warning; 0], "{kind} {name}");
            // Every amount that the file itself gives is marked as assumed.
            for row in resolved.table.rows() {
                let given = scenario.get(&row.key).is_some();
                let is_count = row.key.ends_with("count");
                let origin = row.provenance.kind();
                assert!(!given || is_count || origin == "assumed", "{kind} {name}: {row:?}");
            }
        }
    }
}

#[test]
fn region_template_shows_shipped_values_with_source() {
    let data = region("PAK").unwrap();
    let text = template(ScenarioKind::Country, Some(&data));
    for line in [
        "\n# retail_tariff = \"34 PKR/kWh\"",
        "\n# grid_average_g_per_kwh = 440.6",
        "\nregion = \"PAK\"",
        "\n# exchange_rate = \"? PKR/USD\"",
    ] {
        assert!(text.contains(line), "{line}");
    }
    let words =
        |text: &str| text.replace('#', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = words(&text);
    for value in &data.values {
        let origin = format!("Value of PAK, {}.", value.provenance);
        assert!(shown.contains(&words(&origin)), "{origin}");
    }
    for reference in &data.references {
        assert!(shown.contains(&words(&reference.provenance.to_string())), "{reference:?}");
    }
    assert!(shown.contains("supply.merit_order = \"pakistan\""));
    // Without a region there are no shipped values.
    let without = template(ScenarioKind::Country, None);
    assert!(!without.contains("Value of PAK") && !without.contains("\nregion ="));
}

#[test]
fn template_comment_lines_fit_width() {
    for &kind in ScenarioKind::ALL {
        for line in template(kind, None).lines() {
            let comment = line.trim_start().starts_with('#');
            assert!(!comment || line.chars().count() <= WIDTH + 2, "{line}");
            assert_eq!(line, line.trim_end());
        }
    }
}
