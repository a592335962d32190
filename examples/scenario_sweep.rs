//! A scenario along its tariff: what is left after the retarget, as CSV.
//!
//! `cargo run --release --example scenario_sweep -- examples/scenarios/site-100mw.toml`

use hashwatt::econ::{Case, Currency, LocalPrice, Scenario, Tariff};
use hashwatt::uncertainty::Estimate;
use std::error::Error;
use std::io::Write;
use std::path::Path;

fn case(path: &Path) -> Result<Case, Box<dyn Error>> {
    let scenario = Scenario::from_toml(&std::fs::read_to_string(path)?)?;
    // Files that it names stand beside it.
    let beside = |name: &str| {
        let folder = path.parent().unwrap_or(Path::new(""));
        std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string())
    };
    Ok(scenario.case_with_files(|key| format!("{}, {key}", path.display()), beside)?)
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("give a scenario's TOML file")?;
    let mut case = case(Path::new(&path))?;
    let mut out = std::io::stdout();
    let mut line = |text: String| writeln!(out, "{text}");
    line(
        "tariff_usd_per_kwh,income_usd_per_day,margin_usd_per_day,break_even_j_per_th".to_owned(),
    )?;
    for step in 0..=20 {
        let price = LocalPrice::from_per_kwh(f64::from(step) * 0.005, Currency::USD)?;
        let price = Estimate::user_reported(price, "the sweep");
        case.tariff = Some(Tariff { price, exchange_rate: None });
        // References are in the currency of the scenario's own tariff.
        case.references.clear();
        let snapshot = case.snapshot()?;
        let margin = snapshot.margin_after.ok_or("a tariff gives a margin")?;
        let even = snapshot.after.break_even.efficiency;
        line(format!(
            "{:.3},{:.0},{:.0},{}",
            price_of(&case),
            snapshot.after.usd.as_usd_per_day(),
            margin.as_usd_per_day(),
            even.map_or(String::new(), |even| format!("{:.2}", even.as_j_per_th()))
        ))?;
    }
    Ok(())
}

fn price_of(case: &Case) -> f64 {
    case.tariff.as_ref().map_or(0.0, |tariff| tariff.price.value().as_per_kwh())
}
