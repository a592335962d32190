//! Sweeps a scenario over its tariff and prints income, margin and break-even efficiency after the retarget, as CSV.
//!
//! `cargo run --release --example scenario_sweep -- examples/scenarios/site-100mw.toml`

use hashwatt::econ::prelude::*;
use hashwatt::econ::view::sweep::{Axis, sweep};
use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("give the path of a scenario file (TOML)")?;
    let scenario = Scenario::load(&path)?;
    let folder = std::path::Path::new(&path).with_file_name("");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|e| e.to_string());
    let axis = Axis::parse(&scenario, "tariff", "0:0.1:0.005 USD/kWh")?;
    let figures = [
        Figure::Moment(Moment::RevenueAfter),
        Figure::Moment(Moment::MarginAfter),
        Figure::BreakEven(Variable::Efficiency, Basis::EnergyOnly, Stage::After),
    ];
    let found = sweep(&scenario, &[axis], &|_| figures.to_vec(), &read, &|_| true)?;
    let mut out = std::io::stdout();
    writeln!(out, "tariff_usd_per_kwh,income_usd_per_day,margin_usd_per_day,break_even_j_per_th")?;
    for row in 0..found.rows.len() {
        let axis = found.points(row).into_iter().map(|point| point.shown.to_string());
        let cells = figures.map(|figure| match found.get(row, figure) {
            Some(value) => format!("{value:.2}"),
            None => String::new(),
        });
        writeln!(out, "{}", axis.chain(cells).collect::<Vec<_>>().join(","))?;
    }
    Ok(())
}
