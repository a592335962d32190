//! A scenario along its tariff: what is left after the retarget, as CSV.
//!
//! `cargo run --release --example scenario_sweep -- examples/scenarios/site-100mw.toml`

use hashwatt::econ::prelude::*;
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("give a scenario's TOML file")?;
    let mut scenario = Scenario::load(&path)?;
    let mut out = std::io::stdout();
    let mut line = |text: String| writeln!(out, "{text}");
    line(
        "tariff_usd_per_kwh,income_usd_per_day,margin_usd_per_day,break_even_j_per_th".to_owned(),
    )?;
    for step in 0..=20 {
        let tariff = f64::from(step) * 0.005;
        scenario.set("tariff", format!("{tariff} USD/kWh"))?;
        let outcome = Study::new(scenario.resolve()?)?.estimate()?;
        let figure = |figure| outcome.get(figure).map(|value| value.base);
        let even = Figure::BreakEven(Variable::Efficiency, Basis::EnergyOnly, Stage::After);
        line(format!(
            "{tariff:.3},{:.0},{:.0},{}",
            figure(Figure::Moment(Moment::RevenueAfter))?,
            figure(Figure::Moment(Moment::MarginAfter))?,
            figure(even).map_or_else(|_| String::new(), |even| format!("{even:.2}")),
        ))?;
    }
    Ok(())
}
