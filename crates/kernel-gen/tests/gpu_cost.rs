//! Limits the instructions that Mesa's RADV generates for each shader, counted without a GPU.

use std::collections::BTreeMap;
use std::process::Command;

/// The table of `gpu_cost` for a family: shader, then column, to the figure. `None` if RADV is not
/// installed, which is a failure with `HASHWATT_REQUIRE_GPU=1`.
fn table(family: &str) -> Option<BTreeMap<String, BTreeMap<String, f64>>> {
    let out = Command::new(env!("CARGO_BIN_EXE_gpu_cost"))
        .env("RADV_FORCE_FAMILY", family)
        .output()
        .unwrap();
    let (text, errors) =
        (String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    if !out.status.success() {
        let required = std::env::var("HASHWATT_REQUIRE_GPU").is_ok_and(|value| value == "1");
        assert!(!required && errors.contains("Error: \"no "), "{text}{errors}");
        eprintln!("skipped: {errors}");
        return None;
    }
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let mut lines = text.lines().filter(|line| line.starts_with("| "));
    let head = cells(lines.next().unwrap());
    let row = |line| {
        let row = cells(line);
        assert_eq!(row.len(), head.len(), "{text}");
        let figures = row[1..].iter().map(|figure| figure.parse::<f64>().unwrap());
        (row[0].clone(), head[1..].iter().cloned().zip(figures).collect())
    };
    Some(lines.map(row).collect())
}

/// The upper limits: 1 % more than RADV of Mesa 22.3.6 generates; that of 25.0.7 generates 2 to 4 %
/// fewer.
const MAX_VECTOR_INSTRUCTIONS: [(&str, f64); 4] = [
    ("scan, Immediates, Plain", 4040.0),
    ("scan, Buffer, Plain", 4040.0),
    ("4 versions, Plain", 3630.0),
    ("scan, Immediates, Multiply", 5260.0),
];

#[test]
fn shaders_stay_within_their_vector_instruction_limit() {
    let Some(table) = table("navi21") else { return };
    assert_eq!(table.len(), hashwatt::scan::internals::shaders().len());
    for (shader, max) in MAX_VECTOR_INSTRUCTIONS {
        let row = &table[shader];
        let vector = row["vector"];
        // Less than half: the compiler removed code, or the count is wrong.
        assert!(vector <= max && vector > max / 2.0, "{shader}: {vector}, limit {max}");
        assert_eq!(row["spills"], 0.0, "{shader}");
    }
    // A rotation and an exclusive or: three instructions, or two where the compiler fuses them.
    let rotate = table["Rotate, Plain"]["vector"];
    assert!((2.0..3.1).contains(&rotate), "{rotate}");
}
