//! Some figures path by path, so that two scenarios are compared on the same draws.

use super::{Paths, Progress, Simulation};
use crate::EconError;
use crate::engine::Engine;
use crate::result::{Figure, Lacking, Places};

/// Figures path by path, in the order of the paths.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draws {
    figures: Vec<(Figure, Vec<f64>)>,
}

impl Draws {
    /// A figure of every path; `None` where it lacks something.
    pub fn of(&self, figure: Figure) -> Option<&[f64]> {
        let found = self.figures.iter().find(|(known, _)| *known == figure);
        found.map(|(_, values)| values.as_slice())
    }

    /// The part of the paths on which a figure is greater here than there, 0 to 1. Of one seed the same path draws
    /// the same market and the same deviates of every input that both have. `None` where a side lacks the figure,
    /// and where they have not as many paths.
    pub fn part_above(&self, other: &Self, figure: Figure) -> Option<f64> {
        let (here, there) = (self.of(figure)?, other.of(figure)?);
        if here.is_empty() || here.len() != there.len() {
            return None;
        }
        let above = here.iter().zip(there).filter(|(here, there)| here > there).count();
        Some(above as f64 / here.len() as f64)
    }
}

impl Engine {
    /// Figures path by path; none where it was stopped before all paths were done.
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
        let lacking = Lacking::new(of.inputs, of.table, of.uses);
        let present = figures.iter().copied().filter(|figure| lacking.of(*figure).is_none());
        let present: Vec<Figure> = present.collect();
        let hours = self.hours(of)?;
        let chunks = self.chunks(of, paths, &Places::of(&present), &hours, watch)?;
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
    fn part_above_compares_path_with_path() {
        let (a, b) = (draws(&[1.0, 2.0, 3.0, 4.0]), draws(&[0.0, 3.0, 2.0, 4.0]));
        assert_eq!(a.part_above(&b, Figure::Npv), Some(0.5));
        assert_eq!(b.part_above(&a, Figure::Npv), Some(0.25));
        assert_eq!(a.part_above(&b, Figure::Outlay), None);
        assert_eq!(a.part_above(&draws(&[1.0]), Figure::Npv), None);
        assert_eq!(draws(&[]).part_above(&draws(&[]), Figure::Npv), None);
    }
}
