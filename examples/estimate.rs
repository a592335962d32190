//! Estimates what mining with a given power earns, with library calls only:
//!
//! `cargo run --release -p hashwatt --example estimate -- --mw 2000`

use hashwatt::econ::prelude::*;
use hashwatt::text::plain;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

/// Pakistan's case: a tariff in rupees with a stated exchange rate, compared with the region's reference prices of
/// energy.
fn study(mw: f64) -> Result<Study, Box<dyn Error>> {
    let scenario = Case::builder(Watts::from_mw(mw))
        .tariff("22.98 PKR/kWh")?
        .exchange_rate("281 PKR/USD")?
        .region("PAK")?
        .build()?;
    Ok(Study::new(scenario.resolve()?)?)
}

fn estimate(mw: f64, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let study = study(mw)?;
    let outcome = study.estimate()?;
    // Every figure has a typed key, a unit, and either a value or the list of its missing inputs.
    for (figure, value) in outcome.figures() {
        let text = figure.text();
        match value {
            Ok(Value { base, unit, .. }) => writeln!(out, "{text}: {} {unit}", plain(*base))?,
            Err(missing) => writeln!(out, "{text}: {missing}")?,
        }
    }
    Ok(())
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mw = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--mw", mw] => mw.parse().map_err(|_| format!("--mw `{mw}` is not a number of megawatts")),
        _ => Err("give --mw with a number of megawatts, such as --mw 2000".to_owned()),
    };
    let mut text = Vec::new();
    match mw.and_then(|mw| estimate(mw, &mut text).map_err(|error| error.to_string())) {
        Ok(()) => {
            // A reader such as `head` may close the pipe before the end.
            let _ = std::io::stdout().write_all(&text);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
