//! Typing errors in handwritten scenarios: each error names the line, the key, the given text and what to
//! write.

use super::*;

fn message(text: &str) -> String {
    match Scenario::from_toml(text).and_then(|scenario| scenario.resolve()) {
        Err(error) => error.to_string(),
        Ok(_) => panic!("is accepted: {text}"),
    }
}

/// Text after a power on line 1, and its error.
const SLIPS: &[(&str, &str)] = &[
    ("tariff = \"40 USD/MWh", "line 2, tariff: is \"40 USD/MWh; close the text with \""),
    ("tariff = 40 USD/MWh\"", "line 2, tariff: is 40 USD/MWh\"; begin the text with \""),
    (
        "tariff = 40 USD/MWh",
        "line 2, tariff: is 40 USD/MWh; write a text in quotes, \"40 USD/MWh\"",
    ),
    ("tariff = “40 USD/MWh”", "line 2, tariff: has the typographic quote “; write straight"),
    ("title = ‘Site 7’", "line 2, title: has the typographic quote ‘; write straight"),
    ("title = „Halle“", "line 2, title: has the typographic quote „; write straight"),
    (
        "measured = \"D:\\logs\\s21.json\"",
        "line 2, measured: is \"D:\\logs\\s21.json\"; write / instead",
    ),
    ("pue =\u{a0}1.2", "line 2, pue: has the whitespace character U+00A0; write a plain space"),
    ("pue 1.2", "line 2: `pue 1.2` has no `=`; write pue = 1.2"),
    ("pue: 1.2", "line 2: `pue: 1.2` has no `=`; write pue = 1.2"),
    ("pue == 1.2", "line 2, pue: has two `=`; write one, before 1.2"),
    ("pue =", "line 2, pue: has no value; write one"),
    ("pue = null", "line 2, pue: is null; remove the line"),
    ("pool fee = 0.02", "line 2, pool fee: the key contains a space; write pool_fee"),
    ("price_from_list = yes", "line 2, price_from_list: is yes; write true"),
    ("price_from_list = False", "line 2, price_from_list: is False; write false"),
    ("price_from_list = \"yes\"", "line 2, price_from_list: is `yes`; give true or false"),
    ("pue = 1,15", "line 2, pue: is 1,15; write 1.15 with a decimal point"),
    (
        "height = 900,000",
        "line 2, height: is 900,000; write 900.000 with a decimal point, or 900000 for",
    ),
    ("height = 900 000", "line 2, height: is 900 000; write 900000 without thousands separators"),
    (
        "height = 1'900'000",
        "line 2, height: is 1'900'000; write 1900000 without thousands separators",
    ),
    ("uptime = 93%", "line 2, uptime: is 93%; write 0.93 for 93%"),
    ("uptime = \"93 %\"", "line 2, uptime: `93 %` is a percentage; write 0.93"),
    ("uptime = .93", "line 2, uptime: is .93; write 0.93"),
    ("pue = 1.", "line 2, pue: is 1.; write 1.0"),
    ("pue = 01.2", "line 2, pue: is 01.2; write 1.2"),
    ("pue = 1.2;", "line 2, pue: is 1.2;; write 1.2 without `;`"),
    ("pue = 1.2 // summer", "line 2, pue: is 1.2 // summer; write 1.2 and # before a comment"),
    ("// summer", "line 2: `// summer` is not a comment; begin comments with #"),
    ("pue = 1.2 uptime = 0.9", "line 2, pue: is 1.2 uptime = 0.9; write one key per line"),
    ("pue = \"1.2\"", "line 2, pue: is `1.2`; give a number: 1.2 without quotes"),
    ("pue = [1.2]", "line 2, pue: is a list of 1; give a number"),
    (
        "pue = { value = 1.2 low = 1.1 }",
        "line 2, pue: the braces cannot be read; write { value = 1,",
    ),
    ("pue = true", "line 2, pue: is true; give a number"),
    ("tariff = \"$40/MWh\"", "line 2, tariff: is `$40/MWh`; give \"40 USD/MWh\""),
    ("tariff = \"0,04 €/kWh\"", "line 2, tariff: is `0,04 €/kWh`; give \"0.04 EUR/kWh\""),
    ("tariff = \"PKR 11 /kWh\"", "line 2, tariff: is `PKR 11 /kWh`; give \"11 PKR/kWh\""),
    (
        "tariff = \"\u{2212}4 USD/MWh\"",
        "line 2, tariff: is `\u{2212}4 USD/MWh`; give \"-4 USD/MWh\"",
    ),
    (
        "exchange_rate = \"281,5 PKR/USD\"",
        "line 2, exchange_rate: is `281,5 PKR/USD`; give a rate, such as \"281 PKR/USD\": \"281.5 PKR/USD\"",
    ),
    ("pue = 1.2\npue = 1.3", "line 3, pue: appears twice, first on line 2; remove one of the two"),
    (
        "[project]\nyears = 3\n[project]\nyears = 4",
        "line 4, project: [project] appears twice, first on line 2",
    ),
    ("[project\nyears = 4", "line 2: the name of a table is not closed; write [project]"),
    ("[]\nyears = 4", "line 2: a table without a name; write its name, such as [project]"),
    ("PUE = 1.2", "line 2, PUE: unknown key; did you mean `pue`?"),
    ("[operator]\npue = 1.2", "line 3, operator.pue: unknown key; did you mean `pue`?"),
    ("years = 4", "line 2, years: unknown key; did you mean `project.years`?"),
    ("[lot]\npower_mw = 1", "line 2, lot: is a table; give tables, each begun by [[lot]]"),
    ("[[project]]\nyears = 4", "line 2, project: is a list of 1; give a table, begun by [project]"),
    ("[hours]\navailable = 1", "line 3, hours.available: is 1; give twelve numbers of 0 to 1"),
    (
        "[hours]\navailable = [1, 1",
        "line 3, hours.available: the list cannot be read; separate the numbers",
    ),
    (
        "[hours]\navailable = [\n1 1\n]",
        "line 4, hours.available: the list cannot be read; separate the numbers",
    ),
    (
        "[project]\nstart = 01.10.2026",
        "line 3, project.start: is 01.10.2026; write an existing date",
    ),
    (
        "[project]\nstart = 10/01/2026",
        "line 3, project.start: is 10/01/2026; write an existing date",
    ),
    ("[project]\nstart = 2026-10", "line 3, project.start: is 2026-10; write an existing date"),
    (
        "[project]\nstart = 2026-02-30",
        "line 3, project.start: is 2026-02-30; write an existing date",
    ),
    (
        "[project]\nstart = \"1.10.2026\"",
        "line 3, project.start: is `1.10.2026`; give a date, such as",
    ),
    (
        "[project]\nstart = 2026-10-01T06:30:00Z",
        "line 3, project.start: `2026-10-01T06:30:00Z` is a time; write only the date, 2026-10-01",
    ),
    (
        "[project]\nstart = \"2026-10-01 06:30\"",
        "line 3, project.start: `2026-10-01 06:30` is a time; write only the date, 2026-10-01",
    ),
    (
        "[project]\nstart = 06:30:00",
        "line 3, project.start: `06:30:00` is a time; write only the date, such",
    ),
    (
        "pue = { value = 1.2, source = \"s\", as_of = 2025-03-01T00:00:00 }",
        "line 2, pue: `2025-03-01T00:00:00` is a time; write only the date, 2025-03-01",
    ),
    (
        "pue = { value = 1.2, source = \"s\", as_of = true }",
        "line 2, pue: is as_of = true; give a date, such as 2024-03-01",
    ),
    (
        "[[lot]]\npower_mw = 1\n[[lot]]\npower_mw = 1,5",
        "line 5, lot[1].power_mw: is 1,5; write 1.5",
    ),
];

#[test]
fn typing_error_is_reported_with_line_key_value_and_remedy() {
    for (more, wanted) in SLIPS {
        let message = message(&format!("power_mw = 5\n{more}\n"));
        assert!(message.starts_with(wanted), "{more}\nwanted: {wanted}\nmessage: {message}");
        for word in ["expected", "invalid", "cannot be read as TOML", "serde"] {
            assert!(!message.contains(word), "{message}");
        }
    }
}

#[test]
fn other_file_format_is_named() {
    for text in ["{\"power_mw\": 5}", "\n {\n \"power_mw\": 5\n}"] {
        assert!(
            message(text).contains("is JSON; write TOML with one key per line: power_mw = 100")
        );
    }
    assert!(message("power_mw = 5\rpue = 1.1\r").contains("line endings of the old Mac OS"));
    assert!(message("").starts_with("power_mw: is missing; give the power"));
}

#[test]
fn unrecognised_syntax_error_shows_parser_message() {
    let message = message("power_mw = 5\ntitle = \"\"\"A site\n");
    assert!(message.contains("title: `title = \"\"\"A site` is not valid TOML: "), "{message}");
}

#[test]
fn toml_dates_equal_quoted_dates() {
    let read = |dates: [&str; 3]| {
        let [start, begins, as_of] = dates;
        resolved(&format!(
            "pue = {{ value = 1.2, source = \"s\", as_of = {as_of} }}\n\
             [project]\nstart = {start}\n[[lot]]\npower_mw = 5\nbegins = {begins}\n"
        ))
    };
    let native = read(["2026-10-01", "2027-01-15", "2024-03-01"]);
    let quoted = read(["\"2026-10-01\"", "\"2027-01-15\"", "\"2024-03-01\""]);
    let origin = |found: &Resolved| at(found, "pue").provenance.to_string();
    assert_eq!(origin(&native), "published 2024-03-01, s");
    assert_eq!(origin(&native), origin(&quoted));
    assert_eq!(native.inputs.start, quoted.inputs.start);
    // A plain year is an integer in TOML.
    let year = resolved("power_mw = { value = 5, source = \"s\", as_of = 2024 }\n");
    assert_eq!(at(&year, "power_mw").provenance.to_string(), "published 2024, s");
}

/// The text that a remedy suggests: in the last quotation marks, or after the last verb.
fn remedy(message: &str) -> String {
    if let Some((before, _)) =
        message.strip_suffix('"').and_then(|message| message.rsplit_once('"'))
    {
        return message[before.len()..].to_owned();
    }
    let (_, write) = message.rsplit_once("write ").or_else(|| message.rsplit_once(": ")).unwrap();
    write.split(' ').next().unwrap().to_owned()
}

#[test]
fn remedies_for_shares_and_prices_are_valid() {
    const NUMBERS: [&str; 7] = ["95 %", "95%", "40.6%", "40,6 %", "0,05", "0.7 %", "5 %"];
    const CENTS: [&str; 10] = [
        "5 ct/kWh",
        "5 cents/kWh",
        "5 c/kWh",
        "5c/kWh",
        "5 cent per kWh",
        "0,5 ct/kWh",
        "5 US cents/kWh",
        "5 ct/MWh",
        "5 \u{a2}/kWh",
        "-5 ct/kWh",
    ];
    let keys =
        [("uptime", &NUMBERS[..]), ("pool_fee", &["2 %", "0,02", "1.5%"]), ("tariff", &CENTS)];
    for (key, values) in keys {
        for (value, quote) in values.iter().flat_map(|value| [(value, "\""), (value, "")]) {
            let text = |value: &str| format!("power_mw = 1\n{key} = {value}\n");
            let message = message(&text(&format!("{quote}{value}{quote}")));
            let write = remedy(&message);
            let found = Scenario::from_toml(&text(&write)).and_then(|scenario| scenario.resolve());
            assert!(found.is_ok(), "{value}: {message}: {write}: {:?}", found.err());
        }
    }
    for (value, wanted) in [
        (
            "tariff = \"5 ct/kWh\"",
            "is `5 ct/kWh`, in hundredths of a currency; write \"0.05 USD/kWh\"",
        ),
        ("tariff = 5 ct/kWh", "write \"0.05 USD/kWh\""),
        ("tariff = \"5 c/kWh\"\nexchange_rate = \"281 PKR/USD\"", "write \"0.05 PKR/kWh\""),
        ("tariff = 5 c/kWh\nexchange_rate = \"281 PKR/USD\"", "write \"0.05 PKR/kWh\""),
        ("tariff = \"5 c/kWh\"\nlocal_currency = \"EUR\"", "write \"0.05 EUR/kWh\""),
        ("tariff = \"5 EUR ct/kWh\"", "write \"0.05 EUR/kWh\""),
        ("tariff = \"5 \u{20ac}ct/kWh\"", "write \"0.05 EUR/kWh\""),
        ("tariff = \"30 p/kWh\"", "write \"0.3 GBP/kWh\""),
        ("tariff = \"0,05\"", "give a number with its unit, such as \"0.05 USD/kWh\""),
        // Not plausible as US dollars per kWh.
        ("tariff = \"22.98\"", "give a number with its unit, such as \"5 USD/kWh\""),
        ("tariff = 0,05 USD/kWh", "write a text in quotes, \"0.05 USD/kWh\""),
        ("uptime = \"40.6%\"", "`40.6%` is a percentage; write 0.406"),
        // A share outside the range of the key is not suggested.
        ("pue = \"95 %\"", "is `95 %`; give a number: 1 to "),
        ("uptime = \"5 ct/kWh\"", "is `5 ct/kWh`; give a number: 0 to 1"),
        // A number in another unit would be a different number.
        ("power_mw = \"100 kW\"", "is `100 kW`; give a number, MW: 0 to "),
    ] {
        let message = message(&format!(
            "{}{value}\n",
            if value.starts_with("power_mw") { "" } else { "power_mw = 1\n" }
        ));
        assert!(message.contains(wanted), "{value}: {message}");
    }
}

#[test]
fn missing_rate_example_has_price_currency_and_is_valid() {
    for (currency, rate) in [("EUR", "0.9 EUR/USD"), ("PKR", "281 PKR/USD"), ("INR", "88 INR/USD")]
    {
        let text = format!("power_mw = 1\ntariff = \"60 {currency}/MWh\"\n");
        let message = message(&text);
        let wanted = format!(
            "is in {currency}, but there is no exchange rate; give exchange_rate, such as \"{rate}\""
        );
        assert!(message.contains(&wanted), "{message}");
        let mended = format!("{text}exchange_rate = {}\n", remedy(&message));
        assert!(Scenario::from_toml(&mended).unwrap().resolve().is_ok(), "{mended}");
    }
}
