//! Reading arbitrary input always ends in a value or an error.

use hashwatt_test_support::fuzz::{Fuzz, PeakAlloc};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

#[test]
fn arbitrary_json_is_read_or_refused() {
    let seeds = [
        r#"{"a": [1, -2.5e3, true, null, "é\\u00e9"], "b": {"c": {}}}"#,
        r#"{"StatusSNS": {"ENERGY": {"Power": [450, 12], "Total": 1234.567}}}"#,
        r#"[[[[[[1]]]], {"deep": {"er": [false]}}]]"#,
        "\u{feff}  7 ",
    ];
    let dictionary = [
        "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u0000", "\\ud800", "null", "true", "e",
        "\u{feff}", "\"a\":",
    ];
    let seeds = seeds.map(|seed| seed.as_bytes().to_vec()).to_vec();
    Fuzz { name: "JSON", seeds, dictionary: &dictionary }
        .run(|input| hashwatt_input::json(&String::from_utf8_lossy(input)).is_ok());
}
