//! Figures path by path, to compare two scenarios on the same draws.

use super::{Paths, Progress, Simulation};
use crate::EconError;
use crate::engine::Engine;
use crate::result::{Figure, FigureSources, MissingInputs};

/// Figures path by path, in order of the paths.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draws {
    figures: Vec<(Figure, Vec<f64>)>,
}

impl Draws {
    /// The values of a figure by path; `None` if the figure is missing.
    pub fn get(&self, figure: Figure) -> Option<&[f64]> {
        let found = self.figures.iter().find(|(known, _)| *known == figure);
        found.map(|(_, values)| values.as_slice())
    }

    /// The share of the paths on which a figure is greater than in `other`, 0 to 1. With the same seed, a path has the
    /// same market and the same deviates of common inputs in both. `None` if one of them lacks the figure, or if their
    /// numbers of paths differ.
    pub fn share_above(&self, other: &Self, figure: Figure) -> Option<f64> {
        let (own, others) = (self.get(figure)?, other.get(figure)?);
        if own.is_empty() || own.len() != others.len() {
            return None;
        }
        let above = own.iter().zip(others).filter(|(own, other)| own > other).count();
        Some(above as f64 / own.len() as f64)
    }
}

impl Engine {
    /// Computes figures path by path; empty if the simulation was stopped before all paths were completed.
    ///
    /// # Errors
    /// As [`Engine::simulate`].
    pub(crate) fn draws(
        &self,
        of: &Simulation,
        figures: &[Figure],
        paths: Paths,
        watch: Progress,
    ) -> Result<Draws, EconError> {
        let missing_inputs = MissingInputs::new(of.inputs, of.table, of.uses);
        let present =
            figures.iter().copied().filter(|figure| missing_inputs.for_figure(*figure).is_none());
        let present: Vec<Figure> = present.collect();
        let hours = self.hours(of)?;
        let chunks = self.chunks(of, paths, &FigureSources::new(&present), &hours, watch)?;
        let done: usize = chunks.iter().map(|chunk| chunk.paths).sum();
        if done < paths.count {
            return Ok(Draws::default());
        }
        let column = |(place, figure): (usize, Figure)| {
            let values = chunks.iter().flat_map(|chunk| {
                let from = place * chunk.paths;
                &chunk.values[from..from + chunk.paths]
            });
            (figure, values.map(|value| f64::from(*value)).collect())
        };
        Ok(Draws { figures: present.into_iter().enumerate().map(column).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draws(values: &[f64]) -> Draws {
        Draws { figures: vec![(Figure::Npv, values.to_vec())] }
    }

    #[test]
    fn share_above_compares_path_by_path() {
        let (a, b) = (draws(&[1.0, 2.0, 3.0, 4.0]), draws(&[0.0, 3.0, 2.0, 4.0]));
        assert_eq!(a.share_above(&b, Figure::Npv), Some(0.5));
        assert_eq!(b.share_above(&a, Figure::Npv), Some(0.25));
        assert_eq!(a.share_above(&b, Figure::Outlay), None);
        assert_eq!(a.share_above(&draws(&[1.0]), Figure::Npv), None);
        assert_eq!(draws(&[]).share_above(&draws(&[]), Figure::Npv), None);
    }
}
