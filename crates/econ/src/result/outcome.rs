//! The outcome of a run: all figures with base value and band, or with their missing inputs.

use super::{Band, Figure};
use crate::params::Unit;
use std::collections::HashMap;

/// The value of a figure.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Value {
    /// The unit of all its numbers.
    pub unit: Unit,
    /// The base value: all parameters at their base values, without random variation of the market.
    pub base: f64,
    /// Quantiles over the draws, if there are any.
    pub band: Option<Band>,
    /// The share of draws in which it is above zero.
    pub positive: Option<f64>,
}

/// The inputs that a figure lacks.
#[derive(Clone, Debug, PartialEq, serde::Serialize, thiserror::Error)]
#[error("missing: {}", keys.join(", "))]
pub struct Missing {
    /// The keys of the scenario.
    pub keys: Vec<String>,
}

/// A figure with its value or its missing inputs.
pub(crate) type Found = (Figure, Result<Value, Missing>);

/// The figures of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    figures: Vec<Found>,
    places: HashMap<Figure, usize>,
    /// Simulated paths.
    pub paths: usize,
    /// Requested paths.
    pub requested: usize,
    /// Seed of the random numbers.
    pub seed: u64,
}

impl Outcome {
    /// Makes an outcome from distinct figures, and the number of simulated paths, that of requested paths and
    /// the seed.
    pub fn new(figures: Vec<Found>, (paths, requested, seed): (usize, usize, u64)) -> Self {
        let places =
            figures.iter().enumerate().map(|(place, (figure, _))| (*figure, place)).collect();
        Self { figures, places, paths, requested, seed }
    }

    /// Adds a figure.
    pub(crate) fn push(&mut self, figure: Figure, value: Result<Value, Missing>) {
        self.places.insert(figure, self.figures.len());
        self.figures.push((figure, value));
    }

    /// The value of a figure.
    ///
    /// # Errors
    /// [`Missing`] with the keys that are not given; without keys if the run does not compute the figure.
    pub fn get(&self, figure: Figure) -> Result<Value, Missing> {
        match self.places.get(&figure) {
            Some(&place) => self.figures[place].1.clone(),
            None => Err(Missing { keys: Vec::new() }),
        }
    }

    /// The base value of a figure, if it has one.
    pub fn base(&self, figure: Figure) -> Option<f64> {
        self.get(figure).ok().map(|value| value.base)
    }

    /// All figures.
    pub fn figures(&self) -> &[(Figure, Result<Value, Missing>)] {
        &self.figures
    }

    /// Whether all requested paths were simulated.
    pub fn is_complete(&self) -> bool {
        self.paths == self.requested
    }
}
