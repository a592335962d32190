//! Work that was taken from the source and not delivered yet.

use super::engine::Engine;
use crate::scan::work_source::{WorkItem, WorkSource};
use std::collections::VecDeque;

/// Pieces to be done before the source is asked for more: the rest of one that was too long for a
/// dispatch, one that did not fit into the group before, and those that met a fault.
#[derive(Debug, Default)]
pub(super) struct Backlog(VecDeque<WorkItem>);

impl Backlog {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Pieces to be done next, in their order.
    pub(super) fn put_back(&mut self, pieces: impl DoubleEndedIterator<Item = WorkItem>) {
        for piece in pieces.rev() {
            self.0.push_front(piece);
        }
    }

    /// Pieces to be done last, in their order.
    pub(super) fn append(&mut self, pieces: impl Iterator<Item = WorkItem>) {
        self.0.extend(pieces);
    }

    /// As many pieces as go into one dispatch: one, or versions of a header over one range.
    pub(super) fn next_group(&mut self, engine: &Engine, source: &dyn WorkSource) -> Vec<WorkItem> {
        let mut group: Vec<WorkItem> = Vec::new();
        while group.len() < engine.versions {
            let Some(piece) = self.0.pop_front().or_else(|| self.taken(engine, source)) else {
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

    /// The source's next piece, no longer than a dispatch for its target may be: what is over is
    /// kept.
    fn taken(&mut self, engine: &Engine, source: &dyn WorkSource) -> Option<WorkItem> {
        let mut piece = source.next(engine.batch)?;
        let batch = engine.batch_for(piece.job.target()).min(engine.device.most());
        let mut rest = piece.range.skip(batch);
        piece.range = piece.range.take(batch);
        while !rest.is_empty() {
            self.0.push_back(WorkItem { range: rest.take(batch), ..piece.clone() });
            rest = rest.skip(batch);
        }
        Some(piece)
    }
}
