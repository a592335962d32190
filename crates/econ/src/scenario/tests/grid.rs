//! Coincident peaks by months and hours, power bought ahead, sources of power.

use super::*;
use crate::params::HourProfile;

fn read_with(text: &str, table: String) -> Result<Resolved, ScenarioError> {
    let read = move |_: &str| Ok(table.clone());
    Scenario::from_toml(text)?.resolve_with_files(read)
}

fn table(head: &str, of: impl Fn(usize, usize) -> String) -> String {
    let rows = (1..=12).flat_map(|month| (0..24).map(move |hour| (month, hour)));
    rows.fold(format!("month,hour,{head}\n"), |text, (month, hour)| {
        format!("{text}{month},{hour},{}\n", of(month, hour))
    })
}

/// A profile with expensive evenings.
fn evenings() -> String {
    table("available,price_ratio", |_, hour| {
        if (18..24).contains(&hour) { "1,2.5" } else { "1,0.5" }.to_owned()
    })
}

const PEAKS: &str = "[tariff_terms]\npeak_charge_usd_per_mw_year = 50000\n\
                     peak_months = [0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0]\npeak_hours = [15, 16, 17]\n";

fn probabilities(hours: &HourProfile) -> Vec<(f64, f64)> {
    let of = |month| hours.month(month).iter().map(|hour| (hour.weight, hour.peak_probability));
    (0..12).flat_map(of).collect()
}

#[test]
fn peak_months_and_hours_equal_profile_column() {
    let found = resolved(&format!("power_mw = 5\n{PEAKS}"));
    let column = table("available,peak_probability", |month, hour| {
        let is_peak = (6..10).contains(&month) && (15..18).contains(&hour);
        format!("1,{}", if is_peak { 1.0 / 3.0 } else { 0.0 })
    });
    let text = "power_mw = 5\n[hours]\nprofile = \"h.csv\"\n[tariff_terms]\npeak_charge_usd_per_mw_year = 50000\n";
    let given = read_with(text, column.clone()).unwrap();
    let [ours, right] = [&found, &given].map(|found| probabilities(&found.inputs.sites[0].hours));
    assert_eq!(ours.len(), right.len());
    for (ours, right) in ours.iter().zip(&right) {
        assert!((ours.0 - right.0).abs() < 1e-12 && (ours.1 - right.1).abs() < 1e-12);
    }
    for month in 0..12 {
        let hours = found.inputs.sites[0].hours.month(month);
        let sum: f64 = hours.iter().map(|hour| hour.peak_probability).sum();
        assert!((sum - f64::from((5..9).contains(&month))).abs() < 1e-12, "{month}: {sum}");
    }
    // Both at once conflict.
    let both = read_with(&format!("power_mw = 5\n[hours]\nprofile = \"h.csv\"\n{PEAKS}"), column);
    let both = both.unwrap_err().to_string();
    assert!(both.contains("hours.profile") && both.contains("peak_months"), "{both}");
    // They can be combined with a profile without the column.
    let text = format!("power_mw = 5\n[hours]\nprofile = \"h.csv\"\n{PEAKS}");
    let found = read_with(&text, evenings()).unwrap();
    let july = found.inputs.sites[0].hours.month(6);
    assert!((july.iter().map(|hour| hour.peak_probability).sum::<f64>() - 1.0).abs() < 1e-12);
}

#[test]
fn inconsistent_peaks_are_refused_with_remedy() {
    let months = "peak_months = [0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0]\n";
    for (terms, key, message) in [
        (months.to_owned(), "peak_hours", "missing"),
        ("peak_hours = [15]\n".to_owned(), "peak_months", "missing"),
        (
            format!("{months}peak_hours = [15]\npeaks_per_year = 12\n"),
            "peak_months",
            "make the two equal",
        ),
        (format!("{months}peak_hours = [15, 15]\n"), "peak_hours", "hours of the day"),
        (format!("{months}peak_hours = [24]\n"), "peak_hours", "hours of the day"),
        (format!("{months}peak_hours = []\n"), "peak_hours", "hours of the day"),
        (
            "peak_months = [2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]\npeak_hours = [15]\n".to_owned(),
            "peak_months",
            "0 to 1",
        ),
    ] {
        let text =
            format!("power_mw = 5\n[tariff_terms]\npeak_charge_usd_per_mw_year = 50000\n{terms}");
        let refused = Scenario::from_toml(&text).and_then(|scenario| scenario.resolve());
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains(key) && refused.contains(message), "{terms}: {refused}");
    }
    // Three peaks distributed over four months.
    let winter = "power_mw = 5\n[tariff_terms]\npeak_charge_usd_per_mw_year = 50000\npeaks_per_year = 3\n\
         peak_months = [0.75, 0.75, 0, 0, 0, 0, 0, 0, 0, 0, 0.75, 0.75]\npeak_hours = [16, 17, 18]\n";
    let all: f64 = probabilities(&resolved(winter).inputs.sites[0].hours).iter().map(|p| p.1).sum();
    assert!((all - 3.0).abs() < 1e-12, "{all}");
    // Without a charge they have no effect, with a warning.
    let text = format!("power_mw = 5\n[tariff_terms]\n{months}peak_hours = [15]\n");
    let message = resolved(&text).warnings;
    assert!(message.iter().any(|warning| warning.key() == "unused_key"), "{message:?}");
}

#[test]
fn contract_without_price_volume_or_hourly_prices_is_refused() {
    let base = "power_mw = 5\ntariff = \"0.04 USD/kWh\"\n";
    let hours = "[hours]\nprofile = \"h.csv\"\n";
    let volume = "[contract]\nvolume_mw = 4\n";
    let price = "price = \"30 USD/MWh\"\n";
    let tiers = "[[tariff_terms.tiers]]\nabove_mwh_per_month = 10\nprice_ratio = 1.1\n";
    for (text, key, message) in [
        (format!("{base}{hours}{volume}"), "contract.price", "missing"),
        (format!("{base}{hours}[contract]\n{price}"), "contract.volume_mw", "missing"),
        (format!("{base}{volume}{price}"), "contract.volume_mw", "hours.profile"),
        (format!("power_mw = 5\n{hours}{volume}{price}"), "tariff", "missing"),
        (format!("{base}{hours}{volume}{price}{tiers}"), "contract.volume_mw", "tiers"),
        (format!("{base}{hours}{volume}price = \"30 EUR/MWh\"\n"), "contract.price", "EUR"),
        (format!("{base}{hours}{volume}{price}fee = \"-1 USD/MWh\"\n"), "contract.fee", "0"),
    ] {
        let refused = read_with(&text, evenings()).unwrap_err().to_string();
        assert!(refused.contains(key) && refused.contains(message), "{text}: {refused}");
    }
    let found = read_with(&format!("{base}{hours}{volume}{price}"), evenings()).unwrap();
    let contract = found.inputs.sites[0].contract.unwrap();
    let value = |id| found.table.get(id).value;
    assert_eq!(
        [contract.volume_mw, contract.price.value, contract.fee.value].map(value),
        [4.0, 0.03, 0.0]
    );
    assert_eq!(found.warnings, []);
}

/// One table of levies serves sites with different power sources; a site's own contract replaces the common
/// one.
#[test]
fn site_contract_and_power_source_override_common_ones() {
    let text = "tariff = \"0.04 USD/kWh\"\npower_source = \"own_renewable\"\n\
        [hours]\nprofile = \"h.csv\"\n[contract]\nvolume_mw = 3\nprice = \"30 USD/MWh\"\n\
        [[tariff_terms.levies]]\nprice = \"1 USD/MWh\"\npower_source = \"grid\"\n\
        [[tariff_terms.levies]]\nprice = \"2 USD/MWh\"\npower_source = \"own_renewable\"\n\
        [[tariff_terms.levy_steps]]\nlevy = \"3 USD/MWh\"\npower_source = \"grid\"\n\
        [[site]]\nname = \"a\"\npower_mw = 5\npower_source = \"grid\"\n\
        [site.contract]\nvolume_mw = 4\nprice = \"31 USD/MWh\"\n\
        [[site]]\nname = \"b\"\npower_mw = 5\n\
        [[lot]]\nsite = \"a\"\npower_mw = 5\n[[lot]]\nsite = \"b\"\npower_mw = 5\n";
    let found = read_with(text, evenings()).unwrap();
    let [a, b] = &found.inputs.sites[..] else { panic!("two sites") };
    let value = |id| found.table.get(id).value;
    let levies = |site: &crate::params::inputs::Site<_>| {
        site.levies.iter().map(|price| value(price.value) * 1e3).collect::<Vec<f64>>()
    };
    assert_eq!((levies(a), levies(b)), (vec![1.0], vec![2.0]));
    assert_eq!((a.levy_steps.len(), b.levy_steps.len()), (1, 0));
    let volumes = [a, b].map(|site| value(site.contract.unwrap().volume_mw));
    assert_eq!(volumes, [4.0, 3.0]);
}
