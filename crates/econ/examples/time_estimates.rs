//! Times estimates of a scenario that is resolved each time, and a sweep of estimates over threads.
//!
//! `cargo run --release -p hashwatt-econ --features parallel --example time_estimates -- FILE ROUNDS ROWS`
//!
//! `RAYON_NUM_THREADS` sets the number of threads. A sweep has ROWS values of `pue`, with the figures of the steady
//! year and of the project's base; 0 for no sweep.

use hashwatt_econ::prelude::*;
use hashwatt_econ::view::sweep::{Axis, default_figures, sweep};
use std::time::{Duration, Instant};

/// The median of some times.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let usage = "give FILE ROUNDS ROWS";
    let file = arguments.next().ok_or(usage)?;
    let rounds: usize = arguments.next().ok_or(usage)?.parse()?;
    let rows: usize = arguments.next().ok_or(usage)?.parse()?;
    let text = std::fs::read_to_string(&file)?;

    let (mut parsed, mut resolved, mut estimated) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        let begun = Instant::now();
        let scenario = Scenario::from_toml(&text)?;
        parsed.push(begun.elapsed());
        let begun = Instant::now();
        let study = Study::new(scenario.resolve()?)?;
        resolved.push(begun.elapsed());
        let begun = Instant::now();
        std::hint::black_box(study.estimate()?);
        estimated.push(begun.elapsed());
    }
    let whole = (0..rounds).map(|round| resolved[round] + estimated[round]).collect();
    println!("parse_us {:.1}", median(parsed).as_secs_f64() * 1e6);
    println!("resolve_us {:.1}", median(resolved).as_secs_f64() * 1e6);
    println!("estimate_us {:.1}", median(estimated).as_secs_f64() * 1e6);
    println!("resolve_and_estimate_us {:.1}", median(whole).as_secs_f64() * 1e6);
    if rows == 0 {
        return Ok(());
    }
    let scenario = Scenario::from_toml(&text)?;
    let values: Vec<String> = (0..rows).map(|row| format!("{}", 1.0 + row as f64 * 1e-5)).collect();
    let axes = [Axis::parse(&scenario, "pue", &values.join(","))?];
    let no_files = |_: &str| Err("files are not read here".to_owned());
    let begun = Instant::now();
    let found = sweep(&scenario, &axes, &default_figures, &no_files, &|_| true)?;
    let taken = begun.elapsed();
    println!("sweep_s {:.3}", taken.as_secs_f64());
    println!("sweep_rows {}", found.rows.len());
    Ok(())
}
