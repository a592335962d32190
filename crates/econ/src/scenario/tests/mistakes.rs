//! Mistakes of a scenario with their line and key.

use super::*;
use proptest::prelude::*;

fn message(text: &str) -> String {
    match Scenario::from_toml(text).and_then(|scenario| scenario.resolve()) {
        Err(error) => error.to_string(),
        Ok(_) => panic!("is accepted: {text}"),
    }
}

#[test]
fn mistakes_name_line_and_key() {
    for (text, wanted) in [
        (
            "power_mw = 5\n\npowre_mw = 6\n",
            "line 3, powre_mw: unknown key; did you mean `power_mw`?",
        ),
        ("power_mw = \"five\"\n", "line 1, power_mw: is `five`; give a number, MW"),
        ("pue = 1.1\n", "power_mw: is missing"),
        (
            "power_mw = 5\n[operator]\ndept_share = 0.5\n",
            "line 3, operator.dept_share: unknown key; did you mean `operator.debt_share`?",
        ),
        (
            "power_mw = 5\n[opertor]\ndebt_share = 0.5\n",
            "line 2, opertor: unknown key; did you mean `operator`?",
        ),
        (
            "[[lot]]\npower_mw = 1\n[[lot]]\ndutty = 0.1\n",
            "line 4, lot[1].dutty: unknown key; did you mean `lot.duty`?",
        ),
        (
            "power_mw = 5\n[project]\nyear = 1\n",
            "line 3, project.year: unknown key; did you mean `project.years`?",
        ),
        (
            "power_mw = 5\n[site]\nname = \"a\"\n",
            "line 2, site: is a table; give tables, each begun by [[site]]",
        ),
        ("power_mw = 5\nhours = 4\n", "line 2, hours: is 4; give a table, begun by [hours]"),
        (
            "power_mw = 5\npower_mw = 6\n",
            "line 2, power_mw: appears twice, first on line 1; remove one",
        ),
        (
            "power_mw = 5\nj_per_th = 15\nefficiency_j_per_th = 16\n",
            "line 3, efficiency_j_per_th: cannot be combined with efficiency_j_per_th on line 2",
        ),
    ] {
        let message = message(text);
        assert!(message.lines().any(|line| line.starts_with(wanted)), "{text}: {message}");
    }
}

/// Text after a power, and the beginning of its error after the line.
const IMPOSSIBLE: &[(&str, &str)] = &[
    ("uptime = 1.5", "uptime: is 1.5; give 0 to 1"),
    ("uptime = nan", "uptime: is NaN; give 0 to 1"),
    ("uptime = -inf", "uptime: is -inf; give 0 to 1"),
    ("pue = 0.5", "pue: is 0.5; give 1 to 10"),
    ("efficiency_j_per_th = 0", "efficiency_j_per_th: is 0; give 0.1 to 1000000000 J/TH"),
    (
        "efficiency_j_per_th = 15\nmachine = \"Antminer S21 Pro\"",
        "machine: cannot be combined with efficiency_j_per_th",
    ),
    ("machine = \"S22\"", "machine: machine `S22` is not in the catalogue"),
    ("efficiency_j_per_th = 15\nmeasured = \"r.json\"", "measured: cannot be combined"),
    ("machine = \"Antminer S21 Pro\"\nmeasured = \"r.json\"", "measured: cannot be combined"),
    ("difficulty = 1e308", "difficulty: is "),
    ("difficulty = 0", "difficulty: is 0"),
    ("network_hashrate_eh_per_s = 1\ndifficulty = 1", "difficulty: cannot be combined"),
    ("tariff = \"50\"", "tariff: is `50`; give a number with its unit"),
    ("tariff = 50", "tariff: is `50`; give a number with its unit"),
    ("tariff = \"1 PKR/kWh\"", "tariff: is in PKR, but there is no exchange rate"),
    (
        "local_currency = \"PKR\"\ntariff = \"1 PKR/kWh\"",
        "tariff: is in PKR, but there is no exchange rate",
    ),
    (
        "exchange_rate = \"0.9 EUR/USD\"\ntariff = \"1 PKR/kWh\"",
        "tariff: is in PKR; give it in EUR or USD",
    ),
    ("exchange_rate = \"281\"", "exchange_rate: is `281`; give a rate"),
    ("exchange_rate = 281", "exchange_rate: is 281; give a rate with its unit"),
    ("exchange_rate = \"2 USD/USD\"", "exchange_rate: is a rate of the US dollar to itself"),
    ("exchange_rate = \"281 PKR/USD\"\nlocal_currency = \"EUR\"", "exchange_rate: is in PKR"),
    ("region = \"PKA\"", "region: there is no region `PKA`"),
    (
        "tariff_status = \"maybe\"",
        "tariff_status: is `maybe`; give one of approved, proposed, hypothetical",
    ),
    ("height = 1.5", "height: is 1.5; give a whole number"),
    ("title = 5", "title: is 5; give a text"),
    ("title = \"\"", "title: is empty"),
    ("[project]\nstart = \"soon\"", "project.start: is `soon`; give a date"),
    ("[project]\nyears = 0", "project.years: is 0; give 0.1 to 50 years"),
    (
        "[hours]\navailable = [1, 1]",
        "hours.available: is a list of 2; give twelve numbers of 0 to 1",
    ),
    ("[hours]\navailable = [1,1,1,1,1,1,1,1,1,1,1,nan]", "hours.available: is a list of 12"),
    (
        "[hours]\ndispatch = \"sometimes\"",
        "hours.dispatch: is `sometimes`; give one of responsive, must_run",
    ),
    (
        "[hours]\nprofile = \"x.csv\"\navailable = [1,1,1,1,1,1,1,1,1,1,1,1]",
        "hours.profile: cannot be combined",
    ),
    ("[hours]\nprofile = \"x.csv\"", "hours.profile: x.csv: cannot be read"),
    (
        "[supply]\nmerit_order = \"pakistan\"",
        "supply.merit_order: `pakistan` is data of PAK; give region",
    ),
    (
        "[scarcity]\nprofile = \"pakistan\"",
        "scarcity.profile: `pakistan` is data of PAK; give region",
    ),
    (
        "[supply]\nmerit_order = \"atlantis\"",
        "supply.merit_order: there is no merit order `atlantis`",
    ),
    (
        "[capacity_payments]\nin_force = { values = [1.0, 0.5], low = [0.5], high = [1.0] }",
        "capacity_payments.in_force: give low and high for each",
    ),
    (
        "[capacity_payments]\nin_force = { values = [] }",
        "capacity_payments.in_force: has no values",
    ),
    (
        "[capacity_payments]\nin_force = { values = [2.0] }",
        "capacity_payments.in_force: is 2; give 0 to 1",
    ),
    ("[market]\nothers_path_of = \"all\"", "market.others_path: is missing"),
    (
        "[[reference]]\nkind = \"consumer_tariff\"\nwhat = \"x\"\nmetering_point = \"consumer\"",
        "reference[0].price: is missing",
    ),
    ("[[plant]]\nname = \"gas\"\nmean_mw = 5", "plant[0].g_per_kwh: is missing"),
    ("[[plant]]\nname = \"gas\"\nmean_mw = 5\ng_per_kwh = 400", "plant[0].fuel_cost: is missing"),
    (
        "[[tariff_terms.tiers]]\nabove_mwh_per_month = 5",
        "tariff_terms.tiers[0].price_ratio: is missing",
    ),
];

#[test]
fn impossible_value_is_refused_at_key() {
    for (more, wanted) in IMPOSSIBLE {
        let message = message(&format!("power_mw = 5\n{more}\n"));
        let place = message
            .split_once(", ")
            .filter(|(line, _)| line.starts_with("line "))
            .map_or(message.as_str(), |(_, rest)| rest);
        assert!(place.starts_with(*wanted), "{more}: {message}");
    }
}

#[test]
fn inconsistent_sites_and_lots_are_refused() {
    let a = "[[site]]\nname = \"a\"\npower_mw = 10\n";
    let b = "[[site]]\nname = \"b\"\npower_mw = 10\n";
    for (text, wanted) in [
        (
            format!("power_mw = 5\n{a}"),
            "power_mw: does not apply here, because every site has its own power; give site[0].power_mw instead",
        ),
        (
            format!("mining_share = 0.5\n{a}"),
            "mining_share: does not apply here, because every site has its own power",
        ),
        (format!("{a}{a}"), "site[1].name: `a` appears twice"),
        ("[[site]]\npower_mw = 1\n".to_owned(), "site[0].name: is missing"),
        ("[[site]]\nname = \"a\"\n".to_owned(), "site[0].power_mw: is missing"),
        (
            format!("{a}{b}[[lot]]\npower_mw = 1\n"),
            "lot[0].site: is missing; give the name of its site",
        ),
        (
            format!("{a}[[lot]]\nsite = \"c\"\npower_mw = 1\n"),
            "lot[0].site: there is no site `c`; there are a",
        ),
        (
            format!("{a}[[lot]]\npower_mw = 11\n"),
            "lot: the lots need 11 MW at the same time, but a has 10 MW",
        ),
        (
            format!("{a}[[lot]]\npower_mw = 1\ncount = 2\n"),
            "lot[0].power_mw: cannot be combined with lot[0].count",
        ),
        (format!("{a}[[lot]]\ncount = 2\n"), "lot[0].machine: is missing"),
        ("[[lot]]\nefficiency_j_per_th = 20\n".to_owned(), "lot[0].power_mw: is missing"),
        ("[[lot]]\npower_mw = 0\n".to_owned(), "power_mw: is missing; the lots take no power"),
        (
            format!(
                "{a}[[lot]]\npower_mw = 1\nprice_from_list = true\nmachine_price_usd_per_th_s = 5\n"
            ),
            "lot[0].machine_price_usd_per_th_s: cannot be combined",
        ),
        (
            format!("{a}[[lot]]\nefficiency_j_per_th = 9.5\nprice_from_list = true\n"),
            "lot[0].price_from_list: machine_prices: no price is known",
        ),
        (
            format!("{a}[[lot]]\nbegins = \"2326-01-01\"\n"),
            "lot[0].begins: 2326-01-01 is more than 100 years",
        ),
        (
            format!("{a}exchange_rate = \"280 PKR/USD\"\n{b}exchange_rate = \"281 PKR/USD\"\n"),
            "site[1].exchange_rate: cannot be combined with site[0].exchange_rate",
        ),
        ("[[lot]]\npower_mw = 1\n".repeat(501), "lot: has 501 entries; give at most 500"),
    ] {
        let message = message(&text);
        let place = message
            .split_once(", ")
            .filter(|(line, _)| line.starts_with("line "))
            .map_or(message.as_str(), |(_, rest)| rest);
        assert!(place.starts_with(wanted), "{wanted}: {message}");
    }
}

#[test]
fn missing_key_names_line_of_table() {
    assert!(
        message("power_mw = 5\n\n[[plant]]\nname = \"gas\"\n")
            .starts_with("line 3, plant[0].mean_mw: is missing")
    );
    let two = "power_mw = 5\n[[reference]]\nkind = \"consumer_tariff\"\nwhat = \"x\"\nmetering_point = \"consumer\"\nprice = \"5 USD/MWh\"\n[[reference]]\n";
    assert!(message(two).starts_with("line 7, reference[1].kind: is missing"), "{}", message(two));
}

#[test]
fn range_of_fixed_or_inconsistent_key_is_refused() {
    for (text, wanted) in [
        (
            "height = { value = 900000, low = 1, high = 900001 }",
            "line 2, height: has a range, but this key cannot be uncertain",
        ),
        (
            "[project]\nyears = { value = 4, low = 3, high = 5 }",
            "line 3, project.years: has a range",
        ),
        (
            "[project]\nmachine_tolerance = { value = 0.1, low = 0.0, high = 0.2 }",
            "line 3, project.machine_tolerance: has a range",
        ),
        (
            "[[lot]]\nlife_years = { value = 4, low = 3, high = 5 }",
            "line 3, lot[0].life_years: has a range",
        ),
        ("[[lot]]\ncount = { value = 4, low = 3, high = 5 }", "line 3, lot[0].count: has a range"),
        (
            "uptime = { value = 0.9, low = 0.95, high = 1 }",
            "line 2, uptime: 0.9 is outside its range 0.95 to 1",
        ),
        ("pue = { value = 1.1, low = 1.2, high = 1.3 }", "line 2, pue: 1.1 is outside"),
        ("pue = { value = 1.1, low = 0.9, high = 1.3 }", "line 2, pue: is 0.9; give 1 to 10"),
        (
            "tariff = { value = \"50 USD/MWh\", low = \"60 USD/MWh\", high = \"0.07 USD/kWh\" }",
            "line 2, tariff: 0.05 is outside",
        ),
        (
            "tariff = { value = \"50 USD/MWh\", low = \"4 PKR/kWh\", high = \"7 PKR/kWh\" }",
            "line 2, tariff: its value and its range are in different currencies",
        ),
        (
            "[market]\nprice_drift_per_year = { value = 0.3, low = 0.0, high = 0.2 }",
            "line 3, market.price_drift_per_year: 0.3 is outside",
        ),
        (
            "mining_share = { value = 0.5, low = 0.4, high = 0.6 }",
            "line 2, mining_share: cannot be combined with the range of power_mw",
        ),
    ] {
        let message = message(&format!("power_mw = {{ value = 5, low = 4, high = 6 }}\n{text}\n"));
        assert!(message.starts_with(wanted), "{text}: {message}");
    }
}

#[test]
fn incomplete_source_or_range_is_refused() {
    for (bad, wanted) in [
        ("{ value = 1, source = \"s\" }", "as_of"),
        ("{ value = 1, as_of = \"2026\" }", "source"),
        ("{ value = 1, as_of = \"May\", source = \"s\" }", "not a date"),
        ("{ value = 1, low = 0 }", "low and high"),
        ("{ value = 1, hi = 0 }", "`hi`"),
        ("{ low = 1, high = 2 }", "value"),
        ("\"five\"", "five"),
        ("[1]", "a list of 1"),
        ("true", "true"),
        ("{ value = 1, source = \"s\", as_of = \"2026\", assumed = \"a\" }", "one of"),
        ("{ value = 1, assumed = 5 }", "a text"),
        ("{ value = \"1\", low = 0, high = 2 }", "a number"),
    ] {
        let message = message(&format!("\nuptime = {bad}\n"));
        assert!(
            message.starts_with("line 2, uptime: ") && message.contains(wanted),
            "{bad}: {message}"
        );
    }
    let origin = |text: &str| {
        at(&resolved(&format!("power_mw = {text}\n")), "power_mw").provenance.to_string()
    };
    assert_eq!(
        origin("{ value = 905, as_of = \"2026-08-21\", source = \"s\" }"),
        "published 2026-08-21, s"
    );
    assert_eq!(origin("{ value = 905, assumed = \"a guess\" }"), "assumed, a guess");
    assert_eq!(origin("5"), "user_reported, the scenario");
}

#[test]
fn missing_file_or_folder_is_refused() {
    let error = Scenario::load(folder("no-such-file.toml")).unwrap_err();
    assert!(matches!(error.mistakes()[0].problem, Problem::Unreadable(_)), "{error}");
    assert!(Scenario::load(folder("src")).unwrap_err().to_string().contains("is a folder"));
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(scenario) = Scenario::from_toml(&text) {
            let _ = scenario.resolve();
        }
    }

    /// Random bytes are rarely valid TOML; known keys with random values reach more code.
    #[test]
    fn known_keys_with_any_value_never_panic(
        lines in proptest::collection::vec((any::<prop::sample::Index>(), 0usize..14, any::<f64>()), 1..6)
    ) {
        let keys = documented_keys();
        let mut text = String::new();
        for (key, kind, number) in lines {
            let key = &key.get(&keys).key;
            let value = match kind {
                0 => format!("{number:?}"),
                1 => format!("\"{number:?} PKR/kWh\""),
                2 => "\"5 USD/MWh\"".to_owned(),
                3 => "\"281 PKR/USD\"".to_owned(),
                4 => "true".to_owned(),
                5 => "[1,1,1,1,1,1,1,1,1,1,1,1]".to_owned(),
                6 => "{ value = 1, low = 0.5, high = 1.5 }".to_owned(),
                7 => "\"PAK\"".to_owned(),
                8 => "2027-01-01".to_owned(),
                9 => "[{}]".to_owned(),
                10 => format!("{}", number.abs() % 1.0),
                11 => "\"9999-12-31\"".to_owned(),
                12 => "4294967295".to_owned(),
                _ => "1".to_owned(),
            };
            text.push_str(&format!("{key} = {value}\n"));
        }
        if let Ok(scenario) = Scenario::from_toml(&text) {
            let _ = scenario.resolve();
        }
        if let Ok(scenario) = Scenario::from_toml(&format!("power_mw = 5\nregion = \"PAK\"\n{text}")) {
            let _ = scenario.resolve();
        }
    }
}

#[test]
fn implausible_value_is_refused_with_likely_cause() {
    for (line, parts) in [
        (
            "efficiency_j_per_th = 17500",
            ["17500 J/TH cannot be an ASIC's efficiency", "`measured`"],
        ),
        ("efficiency_j_per_th = 1.75", ["1.75 J/TH cannot be", "W and TH/s"]),
        ("network_hashrate_eh_per_s = 950e6", ["950000000 cannot be", "EH/s of the main network"]),
        ("difficulty = 1", ["cannot be the main network's hashrate", "not a test network's"]),
        ("tariff = \"60 USD/kWh\"", ["60 USD/kWh cannot be a price of energy", "per MWh"]),
        ("price_usd_per_btc = 6.5e10", ["65000000000", "USD/BTC"]),
        ("price_usd_per_btc = \"65.000\"", ["can be 65000 or 65", "write 65000 or 65"]),
        ("tariff = \"1,200 USD/MWh\"", ["can be 1200 or 1.2", "write 1200 or 1.2"]),
        ("tariff = \"0,06 USD/kWh\"", ["`0,06 USD/kWh`", "give \"0.06 USD/kWh\""]),
        ("tariff = \"1 200 USD/MWh\"", ["`1 200` has a separator", "write 1200"]),
    ] {
        let scenario = Scenario::from_toml(&format!("power_mw = 2\n{line}\n"));
        let error = scenario.and_then(|scenario| scenario.resolve()).unwrap_err();
        assert_eq!(error.mistakes()[0].location.line, Some(2), "{line}: {error}");
        for part in parts {
            assert!(error.to_string().contains(part), "{part} in {error}");
        }
    }
}

#[test]
fn unusual_value_is_accepted_with_warning_and_line() {
    for (line, key) in [
        ("efficiency_j_per_th = 400", "efficiency_j_per_th"),
        ("price_usd_per_btc = 65.0", "price_usd_per_btc"),
        ("network_hashrate_eh_per_s = 90", "network_hashrate_eh_per_s"),
        ("difficulty = 1e15", "difficulty"),
    ] {
        let scenario = Scenario::from_toml(&format!("power_mw = 2\n{line}\n")).unwrap();
        let message: Vec<_> = scenario.resolve().unwrap().warnings;
        let [warning @ Warning::UnusualValue { key: of, .. }] = &message[..] else {
            panic!("{line}: {message:?}")
        };
        assert_eq!(of, key);
        assert!(warning.to_string().starts_with("line 2: "), "{warning}");
    }
    // Prices are compared with those of their time: in 2013 a bitcoin cost 100 USD.
    let old = "power_mw = 2\nprice_usd_per_btc = 100\n[project]\nstart = 2013-04-20\n";
    let message = Scenario::from_toml(old).unwrap().resolve().unwrap().warnings;
    assert_eq!(message, []);
}

#[test]
fn implausible_path_value_is_refused_or_warned_once() {
    let resolve = |key: &str, rows: &str| {
        let scenario = format!("power_mw = 2\n[market]\n{key} = \"p.csv\"\n");
        let scenario = Scenario::from_toml(&scenario).unwrap();
        scenario.resolve_with_files(|_| Ok(format!("date,value\n{rows}")))
    };
    let message = resolve("price_path", "2026-09-11,65000\n2026-10-01,6.5e12\n").unwrap_err();
    let message = message.to_string();
    assert!(
        message.contains("p.csv") && message.contains("2026-10-01: 6500000000000 USD/BTC"),
        "{message}"
    );
    // All rows are unusual, but there is only one warning.
    let found = resolve("price_path", "2026-09-11,65\n2026-10-01,66\n2026-11-01,67\n").unwrap();
    assert!(matches!(&found.warnings[..], [Warning::UnusualValue { .. }]), "{:?}", found.warnings);
    assert!(resolve("others_path", "2026-09-11,0.9\n").is_err());
    assert_eq!(resolve("others_path", "2026-09-11,900\n2028-09-11,2000\n").unwrap().warnings, []);
}

#[test]
fn block_fees_are_accepted_warned_or_refused_by_size() {
    let of = |fees: &str| {
        let text = format!("power_mw = 5\nfees_btc_per_block = {fees}\n");
        Scenario::from_toml(&text).and_then(|scenario| scenario.resolve())
    };
    let is_warning = |warning: &Warning| warning.key() == "unusual_value";
    for usual in ["0", "0.023", "25"] {
        assert!(!of(usual).unwrap().warnings.iter().any(is_warning), "{usual}");
    }
    for odd in ["25.1", "1000"] {
        let found = of(odd).unwrap();
        let reason = found.warnings.iter().find(|warning| is_warning(warning)).unwrap().to_string();
        let wanted =
            format!("line 2: fees_btc_per_block: {odd} BTC is unusual for the fees of a block");
        assert!(reason.starts_with(&wanted), "{reason}");
    }
    for bad in ["1001", "2300000", "-1"] {
        let message = of(bad).unwrap_err().to_string();
        assert!(message.starts_with("line 2, fees_btc_per_block: "), "{message}");
        assert!(
            message.contains("0 to 1000 BTC") || message.contains("0 BTC to 1000 BTC"),
            "{message}"
        );
    }
}
