//! Work that was taken from the source but not delivered yet.

use super::engine::Engine;
use crate::scan::work_source::{WorkItem, WorkSource};
use std::collections::VecDeque;

/// Pieces to do before more are taken from the source: the rest of a piece that was too long for a
/// dispatch, a piece that did not fit into the previous group, and pieces interrupted by a fault.
#[derive(Debug, Default)]
pub(super) struct Backlog(VecDeque<WorkItem>);

impl Backlog {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Adds pieces to do next, in their order.
    pub(super) fn put_back(&mut self, pieces: impl DoubleEndedIterator<Item = WorkItem>) {
        for piece in pieces.rev() {
            self.0.push_front(piece);
        }
    }

    /// Adds pieces to do last, in their order.
    pub(super) fn append(&mut self, pieces: impl Iterator<Item = WorkItem>) {
        self.0.extend(pieces);
    }

    /// The pieces of the next dispatch: one, or several versions of a header over one range.
    pub(super) fn next_group(&mut self, engine: &Engine, source: &dyn WorkSource) -> Vec<WorkItem> {
        let mut group: Vec<WorkItem> = Vec::new();
        while group.len() < engine.versions {
            let Some(piece) = self.0.pop_front().or_else(|| self.next_from_source(engine, source))
            else {
                break;
            };
            let fits = group.first().is_none_or(|first| {
                first.range == piece.range && first.job.shares_schedule(&piece.job)
            });
            if !fits {
                self.0.push_front(piece);
                break;
            }
            group.push(piece);
        }
        group
    }

    /// The source's next piece, shortened to the length of a dispatch for its target; the rest is kept.
    fn next_from_source(&mut self, engine: &Engine, source: &dyn WorkSource) -> Option<WorkItem> {
        let mut piece = source.next(engine.batch)?;
        let batch = engine.batch_for(piece.job.target()).min(engine.device.max_nonces());
        let mut rest = piece.range.skip(batch);
        piece.range = piece.range.take(batch);
        while !rest.is_empty() {
            self.0.push_back(WorkItem { range: rest.take(batch), ..piece.clone() });
            rest = rest.skip(batch);
        }
        Some(piece)
    }
}
