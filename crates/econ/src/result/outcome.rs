//! The outcome of a run: every figure with its base and band, or what it lacks.

use super::{Band, Figure};
use crate::params::Unit;
use std::collections::HashMap;

/// A figure's value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// The unit of all its numbers.
    pub unit: Unit,
    /// With every parameter as it is taken and no surprise of the market.
    pub base: f64,
    /// Over the draws, where there are any.
    pub band: Option<Band>,
    /// The part of the draws in which it is above zero.
    pub positive: Option<f64>,
}

/// What a figure lacks: keys that nobody gave.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("missing: {}", keys.join(", "))]
pub struct Missing {
    /// The keys of the scenario.
    pub keys: Vec<String>,
}

/// A figure with its value, or what it lacks.
pub(crate) type Found = (Figure, Result<Value, Missing>);

/// The figures of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    figures: Vec<Found>,
    places: HashMap<Figure, usize>,
    /// Paths that were followed.
    pub paths: usize,
    /// Paths that were asked for.
    pub asked: usize,
    /// Where the random numbers begin.
    pub seed: u64,
}

impl Outcome {
    /// From figures, each once, and the paths that were followed, those that were asked for, and the seed.
    pub fn new(figures: Vec<Found>, (paths, asked, seed): (usize, usize, u64)) -> Self {
        let places =
            figures.iter().enumerate().map(|(place, (figure, _))| (*figure, place)).collect();
        Self { figures, places, paths, asked, seed }
    }

    /// With one more figure.
    pub(crate) fn push(&mut self, figure: Figure, value: Result<Value, Missing>) {
        self.places.insert(figure, self.figures.len());
        self.figures.push((figure, value));
    }

    /// A figure.
    ///
    /// # Errors
    /// [`Missing`] with the keys that nobody gave; without keys where the run has no such figure.
    pub fn get(&self, figure: Figure) -> Result<Value, Missing> {
        match self.places.get(&figure) {
            Some(&place) => self.figures[place].1.clone(),
            None => Err(Missing { keys: Vec::new() }),
        }
    }

    /// Its base, where it has one.
    pub fn base(&self, figure: Figure) -> Option<f64> {
        self.get(figure).ok().map(|value| value.base)
    }

    /// Every figure.
    pub fn figures(&self) -> &[(Figure, Result<Value, Missing>)] {
        &self.figures
    }

    /// Whether every path that was asked for was followed.
    pub fn is_complete(&self) -> bool {
        self.paths == self.asked
    }
}
