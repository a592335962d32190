//! Times a year's dispatch at sites with a price for every hour, on one thread.
//!
//! `cargo run --release -p hashwatt-econ --example time_hours -- SITES STEPS_PER_HOUR`

use hashwatt_econ::engine::{Engine, HourSums, Inputs};
use hashwatt_econ::network::MarketDrivers;
use hashwatt_econ::params::{Hour, HourProfile, MONTH_HOURS};
use hashwatt_econ::prelude::*;
use hashwatt_econ::simulate::Paths;
use std::sync::Arc;
use std::time::Instant;

/// Rounds of operations that take milliseconds.
const ROUNDS: u32 = 50;
/// Paths, each with the dispatch of every site.
const PATHS: usize = 1000;

/// Prices of a year relative to their mean, all different, and different for each site.
fn profile(site: usize, per_hour: usize) -> Result<HourProfile, EconError> {
    let mut state = 1 + site as u64;
    let mut unit = || {
        // Knuth's generator; the order of prices does not matter.
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let hour =
        |price: f64| Hour { price_ratio: 3.2 * price.powi(3) - 0.1 + 0.6 * price, ..Hour::PLAIN };
    let months = MONTH_HOURS
        .map(|length| (0..length as usize * per_hour).map(|_| hour(unit())).collect::<Vec<Hour>>());
    HourProfile::new(months)
}

/// A scenario with a number of sites, each with a lot of 10 MW and its own modes.
fn text(sites: usize) -> String {
    let mut text =
        "[project]\nyears = 1\n[[mode]]\nspeed = 0.7\nj_per_th_ratio = 0.85\n".to_owned();
    for site in 0..sites {
        text += &format!(
            "[[site]]\nname = \"{site}\"\npower_mw = 10\ntariff = \"40 USD/MWh\"\n[[lot]]\nsite = \"{site}\"\n"
        );
    }
    text
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut number = |otherwise: usize| -> Result<usize, std::num::ParseIntError> {
        arguments.next().map_or(Ok(otherwise), |text| text.parse())
    };
    let (sites, per_hour) = (number(20)?, number(1)?);
    let mut resolved = Scenario::from_toml(&text(sites))?.resolve()?;
    let begun = Instant::now();
    for (place, site) in resolved.inputs.sites.iter_mut().enumerate() {
        site.hours = Arc::new(profile(place, per_hour)?);
    }
    println!("profiles of {sites} sites, {per_hour} prices an hour: {:.1?}", begun.elapsed());
    let inputs: Inputs = resolved.inputs.at(&resolved.table.values());
    for sums in [HourSums::Automatic, HourSums::Exact] {
        let engine = Engine::new(inputs.start, inputs.years, MarketDrivers::default())?;
        let engine = engine.with_hour_sums(sums);
        let begun = Instant::now();
        for _ in 0..ROUNDS {
            std::hint::black_box(engine.base(&inputs)?);
        }
        println!("base of a year, {sums:?}, tables in it: {:.2?}", begun.elapsed() / ROUNDS);
    }
    let study = Study::new(resolved)?;
    let begun = Instant::now();
    for _ in 0..ROUNDS {
        std::hint::black_box(study.simulate(Paths { count: 0, seed: 1 }, &|_| true)?);
    }
    let taken = begun.elapsed() / ROUNDS;
    println!("all figures of the base, hours by month and price: {taken:.2?}");
    let begun = Instant::now();
    study.simulate(Paths { count: PATHS, seed: 1 }, &|_| true)?;
    println!("a path of a year, of {PATHS}: {:.2?}", begun.elapsed() / PATHS as u32);
    Ok(())
}
