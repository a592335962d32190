//! The model compared with published figures: each with its source, a stated margin, and known reasons for the
//! difference (`METHODS.md`, validation).

mod ethiopia;
mod hadsel;

use hashwatt_econ::engine::SimulatedPath;
use hashwatt_econ::scenario::Scenario;
use hashwatt_econ::view::Study;

/// The base of a scenario without files.
pub fn base(text: &str) -> SimulatedPath {
    let resolved = Scenario::from_toml(text).unwrap().resolve().unwrap();
    Study::new(resolved).unwrap().base().unwrap()
}
