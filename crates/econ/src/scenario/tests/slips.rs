//! Slips that people make when they write a scenario by hand: each error has its line, its key, what stands
//! there and what to write.

use super::*;

fn told(text: &str) -> String {
    match Scenario::from_toml(text).and_then(|scenario| scenario.resolve()) {
        Err(error) => error.to_string(),
        Ok(_) => panic!("is accepted: {text}"),
    }
}

/// What follows a power on line 1, and its error.
const SLIPS: &[(&str, &str)] = &[
    ("tariff = \"40 USD/MWh", "line 2, tariff: is \"40 USD/MWh; close the text with \""),
    ("tariff = 40 USD/MWh\"", "line 2, tariff: is 40 USD/MWh\"; begin the text with \""),
    (
        "tariff = 40 USD/MWh",
        "line 2, tariff: is 40 USD/MWh; write a text in quotes, \"40 USD/MWh\"",
    ),
    (
        "tariff = “40 USD/MWh”",
        "line 2, tariff: has the quote “ of a word processor; write straight",
    ),
    ("title = ‘Site 7’", "line 2, title: has the quote ‘ of a word processor; write straight"),
    ("title = „Halle“", "line 2, title: has the quote „ of a word processor; write straight"),
    (
        "measured = \"D:\\logs\\s21.json\"",
        "line 2, measured: is \"D:\\logs\\s21.json\"; write / in place",
    ),
    ("pue =\u{a0}1.2", "line 2, pue: has the blank U+00A0; write a plain blank"),
    ("pue 1.2", "line 2: `pue 1.2` has no `=`; write pue = 1.2"),
    ("pue: 1.2", "line 2: `pue: 1.2` has no `=`; write pue = 1.2"),
    ("pue == 1.2", "line 2, pue: has two `=`; write one, before 1.2"),
    ("pue =", "line 2, pue: has no value; write one"),
    ("pue = null", "line 2, pue: is null; leave the line out"),
    ("pool fee = 0.02", "line 2, pool fee: the key has a blank; write pool_fee"),
    ("price_from_list = yes", "line 2, price_from_list: is yes; write true"),
    ("price_from_list = False", "line 2, price_from_list: is False; write false"),
    ("price_from_list = \"yes\"", "line 2, price_from_list: is `yes`; give true or false"),
    ("pue = 1,15", "line 2, pue: is 1,15; write 1.15 with a decimal point"),
    (
        "height = 900,000",
        "line 2, height: is 900,000; write 900.000 with a decimal point, or 900000 for",
    ),
    ("height = 900 000", "line 2, height: is 900 000; write 900000 without marks of thousands"),
    (
        "height = 1'900'000",
        "line 2, height: is 1'900'000; write 1900000 without marks of thousands",
    ),
    ("uptime = 93%", "line 2, uptime: is 93%; write 0.93 for 93%"),
    ("uptime = \"93 %\"", "line 2, uptime: `93 %` is a percentage; write 0.93"),
    ("uptime = .93", "line 2, uptime: is .93; write 0.93"),
    ("pue = 1.", "line 2, pue: is 1.; write 1.0"),
    ("pue = 01.2", "line 2, pue: is 01.2; write 1.2"),
    ("pue = 1.2;", "line 2, pue: is 1.2;; write 1.2 without `;`"),
    ("pue = 1.2 // summer", "line 2, pue: is 1.2 // summer; write 1.2 and # before a comment"),
    ("// summer", "line 2: `// summer` is no comment; begin it with #"),
    ("pue = 1.2 uptime = 0.9", "line 2, pue: is 1.2 uptime = 0.9; write one key a line"),
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
    (
        "pue = 1.2\npue = 1.3",
        "line 3, pue: appears twice, first on line 2; leave one of the two out",
    ),
    (
        "[project]\nyears = 3\n[project]\nyears = 4",
        "line 4, project: [project] appears twice, first on line 2",
    ),
    ("[project\nyears = 4", "line 2: the name of a table is not closed; write [project]"),
    ("[]\nyears = 4", "line 2: a table without a name; write its name, as [project]"),
    ("PUE = 1.2", "line 2, PUE: unknown key; the nearest is `pue`"),
    ("[operator]\npue = 1.2", "line 3, operator.pue: unknown key; the nearest is `pue`"),
    ("years = 4", "line 2, years: unknown key; the nearest is `project.years`"),
    ("[lot]\npower_mw = 1", "line 2, lot: is a table; give tables, each begun by [[lot]]"),
    ("[[project]]\nyears = 4", "line 2, project: is a list of 1; give a table, begun by [project]"),
    ("[hours]\navailable = 1", "line 3, hours.available: is 1; give twelve numbers of 0 to 1"),
    (
        "[hours]\navailable = [1, 1",
        "line 3, hours.available: the list cannot be read; write numbers with",
    ),
    (
        "[hours]\navailable = [\n1 1\n]",
        "line 4, hours.available: the list cannot be read; write numbers",
    ),
    (
        "[project]\nstart = 01.10.2026",
        "line 3, project.start: is 01.10.2026; write a date of the calendar",
    ),
    (
        "[project]\nstart = 10/01/2026",
        "line 3, project.start: is 10/01/2026; write a date of the calendar",
    ),
    (
        "[project]\nstart = 2026-10",
        "line 3, project.start: is 2026-10; write a date of the calendar",
    ),
    (
        "[project]\nstart = 2026-02-30",
        "line 3, project.start: is 2026-02-30; write a date of the calendar",
    ),
    (
        "[project]\nstart = \"1.10.2026\"",
        "line 3, project.start: is `1.10.2026`; give a date, such as",
    ),
    (
        "[project]\nstart = 2026-10-01T06:30:00Z",
        "line 3, project.start: `2026-10-01T06:30:00Z` is a time; write the date, 2026-10-01",
    ),
    (
        "[project]\nstart = \"2026-10-01 06:30\"",
        "line 3, project.start: `2026-10-01 06:30` is a time; write the date, 2026-10-01",
    ),
    (
        "[project]\nstart = 06:30:00",
        "line 3, project.start: `06:30:00` is a time; write the date, such",
    ),
    (
        "pue = { value = 1.2, source = \"s\", as_of = 2025-03-01T00:00:00 }",
        "line 2, pue: `2025-03-01T00:00:00` is a time; write the date, 2025-03-01",
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
fn a_slip_is_told_with_line_key_value_and_remedy() {
    for (more, wanted) in SLIPS {
        let told = told(&format!("power_mw = 5\n{more}\n"));
        assert!(told.starts_with(wanted), "{more}\nwanted: {wanted}\ntold:   {told}");
        for word in ["expected", "invalid", "cannot be read as TOML", "serde"] {
            assert!(!told.contains(word), "{told}");
        }
    }
}

#[test]
fn another_format_is_told_by_its_name() {
    for text in ["{\"power_mw\": 5}", "\n {\n \"power_mw\": 5\n}"] {
        assert!(told(text).contains("is JSON; write TOML, a key a line: power_mw = 100"));
    }
    assert!(told("power_mw = 5\rpue = 1.1\r").contains("line ends of an old Macintosh"));
    assert!(told("").starts_with("power_mw: is missing; give the power"));
}

#[test]
fn what_no_slip_explains_is_shown_with_the_parsers_words() {
    let told = told("power_mw = 5\ntitle = \"\"\"A site\n");
    assert!(told.contains("title: `title = \"\"\"A site` is no TOML: "), "{told}");
}

#[test]
fn dates_of_toml_are_taken_wherever_a_date_belongs() {
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
    // A year alone is a number to TOML.
    let year = resolved("power_mw = { value = 5, source = \"s\", as_of = 2024 }\n");
    assert_eq!(at(&year, "power_mw").provenance.to_string(), "published 2024, s");
}

/// What a remedy says to write: what stands in its last quotation marks, or behind its last verb.
fn remedy(told: &str) -> String {
    if let Some((before, _)) = told.strip_suffix('"').and_then(|told| told.rsplit_once('"')) {
        return told[before.len()..].to_owned();
    }
    let (_, write) = told.rsplit_once("write ").or_else(|| told.rsplit_once(": ")).unwrap();
    write.split(' ').next().unwrap().to_owned()
}

#[test]
fn remedies_for_shares_and_prices_are_accepted_when_they_are_applied() {
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
            let told = told(&text(&format!("{quote}{value}{quote}")));
            let write = remedy(&told);
            let found = Scenario::from_toml(&text(&write)).and_then(|scenario| scenario.resolve());
            assert!(found.is_ok(), "{value}: {told}: {write}: {:?}", found.err());
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
        // No dollars for a kWh.
        ("tariff = \"22.98\"", "give a number with its unit, such as \"5 USD/kWh\""),
        ("tariff = 0,05 USD/kWh", "write a text in quotes, \"0.05 USD/kWh\""),
        ("uptime = \"40.6%\"", "`40.6%` is a percentage; write 0.406"),
        // A share that the key cannot have is no remedy.
        ("pue = \"95 %\"", "is `95 %`; give a number: 1 to "),
        ("uptime = \"5 ct/kWh\"", "is `5 ct/kWh`; give a number: 0 to 1"),
        // A number in another unit is another number.
        ("power_mw = \"100 kW\"", "is `100 kW`; give a number, MW: 0 to "),
    ] {
        let told = told(&format!(
            "{}{value}\n",
            if value.starts_with("power_mw") { "" } else { "power_mw = 1\n" }
        ));
        assert!(told.contains(wanted), "{value}: {told}");
    }
}

#[test]
fn example_of_a_missing_rate_is_of_the_prices_currency_and_is_accepted() {
    for (currency, rate) in [("EUR", "0.9 EUR/USD"), ("PKR", "281 PKR/USD"), ("INR", "88 INR/USD")]
    {
        let text = format!("power_mw = 1\ntariff = \"60 {currency}/MWh\"\n");
        let told = told(&text);
        let wanted = format!(
            "is in {currency}, and there is no exchange rate; give exchange_rate, such as \"{rate}\""
        );
        assert!(told.contains(&wanted), "{told}");
        let mended = format!("{text}exchange_rate = {}\n", remedy(&told));
        assert!(Scenario::from_toml(&mended).unwrap().resolve().is_ok(), "{mended}");
    }
}
