//! What a power budget becomes in Bitcoin's network, by library calls alone:
//!
//! `cargo run --release -p hashwatt --example estimate -- --mw 2000`

use hashwatt::econ::{Case, ReferenceCost, Snapshot, Tariff};
use hashwatt::uncertainty::Estimate;
use hashwatt::units::Watts;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

fn estimate(mw: f64) -> Result<Snapshot, Box<dyn Error>> {
    let mut case = Case::new(Watts::from_mw(mw));
    // Pakistan's question: a tariff in rupees, the exchange rate stated, and what the energy
    // would have cost or brought otherwise.
    case.tariff = Some(Tariff {
        price: Estimate::assumed(
            "22.98 PKR/kWh".parse()?,
            "hypothetical for mining: the October 2025 package is for incremental industrial and \
             farm use",
        ),
        exchange_rate: Some(Estimate::assumed("281 PKR/USD".parse()?, "interbank, end of 2025")),
    });
    case.references = ReferenceCost::shipped("pakistan")?;
    Ok(case.snapshot()?)
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mw = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--mw", mw] => mw.parse().map_err(|_| format!("--mw `{mw}` is no number of megawatts")),
        _ => Err("give --mw and a number of megawatts, such as --mw 2000".to_owned()),
    };
    match mw.and_then(|mw| estimate(mw).map_err(|error| error.to_string())) {
        Ok(snapshot) => {
            // A reader such as `head` may close the pipe before the end.
            let _ = write!(std::io::stdout(), "{snapshot}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
