//! Further tables of a scenario: paths of money, leases, bills of other consumers.

use super::*;
use crate::YEAR_S;

const MONEY: &str = "power_mw = 2\nexchange_rate = \"280 PKR/USD\"\ntariff = \"10 PKR/kWh\"\n\
                     [project]\nstart = 2027-01-01\n";

fn with_file(text: &str, rows: &str) -> Result<Resolved, ScenarioError> {
    Scenario::from_toml(text)?.resolve_with_files(|name| match name {
        "p.csv" => Ok(format!("date,value\n{rows}")),
        other => Err(format!("no {other}")),
    })
}

#[test]
fn money_and_tariff_paths_reach_engine_inputs() {
    let text = format!(
        "{MONEY}[money]\nexchange_rate_path = \"p.csv\"\ninflation_local_path = \"p.csv\"\n\
         [tariff_terms]\ntariff_path = \"p.csv\"\n"
    );
    let found = with_file(&text, "2026-06-30,200\n2028-01-01,300\n").unwrap();
    let paths = found.inputs.level_paths.as_ref().unwrap();
    let year = |steps: &Option<crate::params::Steps>| {
        steps.as_ref().map(|steps| (steps.at(0.0), steps.at(YEAR_S)))
    };
    assert_eq!(year(&paths.exchange_rate), Some((1.0, 1.5)));
    assert_eq!(year(&paths.inflation_local), Some((1.0, 1.5)));
    assert_eq!(year(&paths.inflation_usd), None);
    let tariff = found.inputs.sites[0].tariff_steps.as_ref().unwrap();
    assert_eq!(tariff.at(YEAR_S), 1.5);
    assert!(found.tables.iter().any(|table| table.key == "money.exchange_rate_path"));
}

#[test]
fn invalid_money_path_is_refused_with_key() {
    let path = "[money]\nexchange_rate_path = \"p.csv\"\n";
    for (text, rows, message) in [
        (path.to_owned(), "2027-06-01,280\n", "at or before the first day, 2027-01-01"),
        (path.to_owned(), "2026-06-01,280\n2027-01-01,0\n", "above 0"),
        (
            format!("{path}depreciation_per_year = 0.05\n"),
            "2026-01-01,1\n",
            "depreciation_per_year",
        ),
        (path.replace("p.csv", "q.csv"), "2026-01-01,1\n", "no q.csv"),
    ] {
        let error = with_file(&format!("{MONEY}{text}"), rows).unwrap_err().to_string();
        assert!(error.contains("money.exchange_rate_path") && error.contains(message), "{error}");
    }
}

const LEASE: &str = "power_mw = 100\n[project]\nstart = 2027-01-01\n[lease]\npower_mw = 60\n\
                     begins = 2028-03-01\nmonths_out_of_use = 13\nconverts = true\n";

#[test]
fn lease_conversion_takes_whole_calendar_months() {
    let found = resolved(LEASE);
    let lease = found.inputs.lease.as_ref().unwrap();
    let day = |days: f64| days * 86_400.0;
    // 2028 is a leap year; the thirteen months before the lease begin on 2027-02-01.
    assert_eq!((lease.begins, lease.preparation_start()), (day(365.0 + 60.0), day(31.0)));
    assert_eq!((lease.term, lease.site, lease.converts), (10.0 * YEAR_S, 0, true));
    assert_eq!(row(&found, lease.mw).value, 60.0);
    // Values that are not given are missing, and assumed ones state their basis.
    assert!(row(&found, lease.terms.rent).missing);
    assert!(row(&found, lease.terms.pue).provenance.to_string().contains("Lake Mariner"));
    assert_eq!(resolved("power_mw = 100\n").inputs.lease, None);
}

#[test]
fn invalid_lease_is_refused() {
    for (text, key) in [
        ("power_mw = 9\n[lease]\nconverts = true\n".to_owned(), "lease.power_mw"),
        (LEASE.replace("power_mw = 100", "power_mw = 100\nmining_share = 0.5"), "mining_share"),
        (format!("{LEASE}site = \"north\"\n"), "lease.site"),
        (LEASE.replace("= 13", "= 1.5"), "lease.months_out_of_use"),
    ] {
        let error = Scenario::from_toml(&text).and_then(|scenario| scenario.resolve());
        let message = error.unwrap_err().to_string();
        assert!(message.contains(key), "{message}");
    }
}

fn classes(rest: &str) -> String {
    format!(
        "power_mw = 100\n[bills]\nat_marginal_price = {{ value = 0.3, low = 0.1, high = 0.5, assumed = \"a guess\" }}\n\
         [[bills.class]]\nname = \"homes\"\nenergy_share = 0.4\nconsumers = 1000\n{rest}"
    )
}

#[test]
fn consumer_class_network_share_defaults_to_energy_share() {
    let found = resolved(&classes(
        "network_share = 0.7\n[[bills.class]]\nname = \"works\"\nenergy_share = 0.6\nnetwork_share = 0.3\n",
    ));
    let bills = found.inputs.bills.as_ref().unwrap();
    let shares: Vec<_> =
        bills.classes.iter().map(|c| (c.energy_share, c.network_share, c.consumers)).collect();
    assert_eq!(shares, [(0.4, 0.7, Some(1000.0)), (0.6, 0.3, None)]);
    assert!(row(&found, bills.terms.at_marginal_price).spread.is_drawn());
    assert_eq!(bills.other_load_mw, None);
    let found = resolved(&classes("[[bills.class]]\nname = \"works\"\nenergy_share = 0.6\n"));
    assert_eq!(found.inputs.bills.unwrap().classes[1].network_share, 0.6);
}

#[test]
fn invalid_consumer_classes_are_refused() {
    let works = "[[bills.class]]\nname = \"works\"\n";
    for (rest, message) in [
        (String::new(), "the values of all classes add up to 0.4"),
        (format!("{works}energy_share = 0.7\n"), "energy_share"),
        (format!("network_share = 0.5\n{works}energy_share = 0.6\n"), "network_share"),
        (works.to_owned(), "its share of other consumers' energy"),
        ("[[bills.class]]\nname = \"homes\"\nenergy_share = 0.6\n".to_owned(), "homes"),
    ] {
        let read = Scenario::from_toml(&classes(&rest)).and_then(|scenario| scenario.resolve());
        let error = read.unwrap_err().to_string();
        assert!(error.contains("bills.class") && error.contains(message), "{rest}: {error}");
    }
}
