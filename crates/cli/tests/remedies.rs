//! Mistakes in option values: the value that the error message suggests is accepted.

use assert_cmd::Command;

const BASE: [&str; 5] = ["estimate", "--mw", "100", "--j-per-th", "15"];

/// The error of an estimate; `None` if it succeeds.
fn error_message(more: &[&str]) -> Option<String> {
    let mut command = Command::cargo_bin("hashwatt").unwrap();
    let output = command.args(BASE).args(more).output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    (!output.status.success()).then_some(message)
}

/// The text in the first quotation marks after `write` or `such as`, or the word there.
fn remedy(message: &str) -> String {
    let verbs = ["write ", "such as ", "give "];
    let (_, write) = verbs.iter().find_map(|verb| message.split_once(verb)).unwrap();
    let quoted = write
        .split_once('"')
        .and_then(|(before, rest)| before.is_empty().then(|| rest.split_once('"').unwrap().0));
    quoted.unwrap_or_else(|| write.split([' ', '\n', ',']).next().unwrap()).to_owned()
}

#[test]
fn suggested_option_value_is_accepted() {
    let shares = ["--uptime", "--pool-fee", "--stale", "--mining-share", "--displacement"];
    let of_shares = shares.map(|option| (option, &["2 %", "2%", "0,02", "1.5 %", "5 ct/kWh"][..]));
    let others: [(&str, &[&str]); 3] = [
        (
            "--tariff",
            &["5 ct/kWh", "5 cents/kWh", "5 c/kWh", "0,05", "0,05 USD/kWh", "$50/MWh", "5"],
        ),
        ("--pue", &["1,1", "one"]),
        ("--fees-btc", &["0,05"]),
    ];
    for (option, values) in of_shares.into_iter().chain(others) {
        for value in values {
            let error =
                error_message(&[option, value]).unwrap_or_else(|| panic!("{option} {value}"));
            let write = remedy(&error);
            let again = error_message(&[option, &write]);
            assert_eq!(again, None, "{option} {value}: {error}: {write}");
        }
    }
}

#[test]
fn price_in_cents_is_suggested_in_currency_of_exchange_rate() {
    for (more, wanted) in [
        (&["--tariff", "5 c/kWh"][..], "write \"0.05 USD/kWh\""),
        (&["--tariff", "5 c/kWh", "--fx", "281 PKR/USD"], "write \"0.05 PKR/kWh\""),
    ] {
        let error = error_message(more).unwrap();
        assert!(error.contains("--tariff: is `5 c/kWh`") && error.contains(wanted), "{error}");
    }
}

#[test]
fn suggested_exchange_rate_has_currency_of_price_and_is_accepted() {
    for (currency, rate) in [("EUR", "0.9 EUR/USD"), ("KZT", "520 KZT/USD"), ("PKR", "281 PKR/USD")]
    {
        let tariff = format!("60 {currency}/MWh");
        let error = error_message(&["--tariff", &tariff]).unwrap();
        assert!(error.contains(&format!("give --fx, such as \"{rate}\"")), "{error}");
        assert_eq!(error_message(&["--tariff", &tariff, "--fx", rate]), None);
    }
}

#[test]
fn impossible_block_fees_are_refused() {
    let error = error_message(&["--fees-btc", "2300000"]).unwrap();
    assert!(error.contains("--fees-btc: ") && error.contains("1000 BTC"), "{error}");
    assert_eq!(error_message(&["--fees-btc", "30"]), None);
}
