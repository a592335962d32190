//! The ledger's report of whole scenarios.

use hashwatt::econ::{Ledger, LedgerInputs, LedgerSettings, Party, Scenario};
use hashwatt_report::LedgerReport;
use std::fs;
use std::path::Path;

fn ledger(scenario: &str) -> Ledger {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/scenarios"));
    let read = |name: &str| fs::read_to_string(folder.join(name)).map_err(|e| e.to_string());
    let scenario = Scenario::from_toml(&read(scenario).unwrap()).unwrap();
    let inputs = LedgerInputs::new(&scenario, |key| format!("test, {key}"), read).unwrap();
    inputs.ledger(&LedgerSettings { samples: 100, seed: 1 }).unwrap()
}

#[test]
fn the_report_fits_80_columns_and_its_table_has_every_figure() {
    for scenario in ["pakistan-2000mw.toml", "texas-wind-100mw.toml"] {
        let ledger = ledger(scenario);
        let report = LedgerReport::from(&ledger);
        let text = report.to_string();
        for line in text.lines() {
            assert!(line.chars().count() <= 80 && !line.contains("NaN"), "{line}");
        }
        assert!(text.contains("not deliverable supply") && text.contains("transfers sum to 0.00 "));
        let table = report.to_csv().unwrap();
        let rows: Vec<_> = csv::Reader::from_reader(table.as_bytes())
            .into_records()
            .map(|row| row.unwrap())
            .collect();
        let cell = |table: &str, row: &str, column: &str| {
            let found: Vec<_> =
                rows.iter().filter(|r| &r[0] == table && &r[1] == row && &r[2] == column).collect();
            assert_eq!(found.len(), 1, "{table} {row} {column}");
            found[0][3].to_owned()
        };
        // To the cent in the table as well: a sum over what is written there.
        let mut sum = 0i128;
        for party in Party::ALL {
            for row in rows.iter().filter(|r| &r[0] == "matrix" && &r[2] == "hundredths") {
                let (from, to) = row[1].split_once(" > ").unwrap();
                let amount: i128 = row[3].parse().unwrap();
                sum += if to == party.name() { amount } else { 0 };
                sum -= if from == party.name() { amount } else { 0 };
            }
        }
        assert_eq!(sum, 0);
        assert_eq!(cell("months", "1", "month"), "1");
        let net: f64 = cell("national", "", "net").parse().unwrap();
        assert_eq!(net, ledger.matrix.national().total().as_units());
    }
}
