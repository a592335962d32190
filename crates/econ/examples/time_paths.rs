//! Times paths of a scenario on one thread, with the accounts of all parties and their bands.
//!
//! `cargo run --release -p hashwatt-econ --example time_paths -- FILE PATHS YEARS`

use hashwatt_econ::prelude::*;
use std::time::Instant;

/// Rounds of operations that take microseconds.
const ROUNDS: u32 = 200;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "give FILE PATHS YEARS";
    let file = arguments.next().ok_or(usage)?;
    let count: usize = arguments.next().ok_or(usage)?.parse()?;
    let years: f64 = arguments.next().ok_or(usage)?.parse()?;
    let mut scenario = Scenario::load(&file)?;
    scenario.set("project.years", years)?;
    let study = Study::new(scenario.resolve()?)?;

    let begun = Instant::now();
    for _ in 0..ROUNDS {
        std::hint::black_box(study.estimate()?);
    }
    println!("estimate, engine and figures: {:.1?}", begun.elapsed() / ROUNDS);
    let inputs = study.inputs();
    let begun = Instant::now();
    for _ in 0..ROUNDS {
        std::hint::black_box(hashwatt_econ::engine::steady(&inputs)?);
    }
    println!("estimate, engine alone: {:.1?}", begun.elapsed() / ROUNDS);
    let begun = Instant::now();
    let outcome = study.simulate(Paths { count, seed: 1 }, &|_| true)?;
    let taken = begun.elapsed();
    let each = taken.as_secs_f64() * 1e6 / count.max(1) as f64;
    let figures = outcome.figures().len();
    println!(
        "{count} paths of {years} years, {figures} figures with bands: {taken:.2?} ({each:.0} µs each)"
    );
    Ok(())
}
