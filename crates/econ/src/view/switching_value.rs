//! Which parameter turns the sign of a figure with the smallest move: its switching value.

use crate::EconError;
use crate::params::{Group, ParamId, Table};
use crate::result::Figure;
use crate::simulate::Probe;

/// The move of one parameter that turns a figure's sign, everything else as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct SwitchingValue {
    /// The parameter, or the first of a group that moves with it.
    pub param: ParamId,
    /// What it is taken for.
    pub base: f64,
    /// Where the figure is zero.
    pub at: f64,
    /// The move, in distances from the value to its own 5 % or 95 % point.
    pub steps: f64,
    /// Whether the figure is above zero as given, and so a loss beyond the turn.
    pub is_gain: bool,
}

impl SwitchingValue {
    /// Whether it takes a move beyond the parameter's 5 % or 95 % point.
    pub fn is_beyond_range(&self) -> bool {
        self.steps > 1.0
    }
}

/// Moves at which a search looks, in distances to the 5 % or 95 % point.
const LOOKS: [f64; 12] = [0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 10.0, 20.0];
/// Halvings of the last gap between two looks.
const HALVINGS: usize = 20;

/// The values with a group moved by some of its own steps, within what is possible.
fn moved(table: &Table, group: &Group, steps: f64, values: &mut [f64]) {
    for id in &group.params {
        let row = table.get(*id);
        let Some((low, high)) = row.range() else { continue };
        let reach = if steps < 0.0 { row.value - low } else { high - row.value };
        // A range with one end at the value has its other end's width on both sides.
        let reach = if reach > 0.0 { reach } else { high - low };
        let value = row.value + steps * reach;
        values[id.index()] = value.clamp(*row.possible.start(), *row.possible.end());
    }
}

/// A figure with the parameters that turn it, the smallest move first.
pub type FigureSwitchingValues = (Figure, Vec<SwitchingValue>);

/// For each figure every parameter that turns it alone. A figure that turns twice between two looks is missed; the
/// nearest turn that is seen is bisected.
pub(crate) fn turns(
    table: &Table,
    probe: &mut Probe,
    figures: &[Figure],
    watch: &dyn Fn(usize) -> bool,
) -> Result<Vec<FigureSwitchingValues>, EconError> {
    let values = table.values();
    let base = probe.expected(&values)?;
    let mut found: Vec<Vec<SwitchingValue>> = vec![Vec::new(); figures.len()];
    for (done, group) in table.drawn_groups().iter().enumerate() {
        if !watch(done) {
            break;
        }
        let mut nearest: Vec<Option<SwitchingValue>> = vec![None; figures.len()];
        for side in [1.0, -1.0] {
            let mut near = 0.0f64;
            for look in LOOKS {
                let far = look * side;
                let mut tried = values.clone();
                moved(table, group, far, &mut tried);
                // A draw that cannot be, such as lots beyond their site, ends the search on this side.
                let Ok(figures_there) = probe.expected(&tried) else { break };
                for place in 0..figures.len() {
                    let turned = figures_there[place] * base[place] < 0.0;
                    let nearer = |turn: &SwitchingValue| near.abs() < turn.steps;
                    if turned && nearest[place].as_ref().is_none_or(nearer) {
                        let search =
                            Search { table, group, values: &values, place, base: base[place] };
                        let turn = search.bisect(probe, near, far)?;
                        if nearest[place].as_ref().is_none_or(|known| turn.steps < known.steps) {
                            nearest[place] = Some(turn);
                        }
                    }
                }
                near = far;
            }
        }
        for (all, turn) in found.iter_mut().zip(nearest) {
            all.extend(turn);
        }
    }
    for all in &mut found {
        all.sort_by(|a, b| a.steps.total_cmp(&b.steps));
    }
    Ok(figures.iter().copied().zip(found).collect())
}

struct Search<'a> {
    table: &'a Table,
    group: &'a Group,
    values: &'a [f64],
    place: usize,
    base: f64,
}

impl Search<'_> {
    fn bisect(&self, probe: &mut Probe, near: f64, far: f64) -> Result<SwitchingValue, EconError> {
        let (mut near, mut far) = (near, far);
        let mut tried = self.values.to_vec();
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(near, far);
            moved(self.table, self.group, middle, &mut tried);
            let there = probe.expected(&tried)?[self.place];
            if there * self.base > 0.0 { near = middle } else { far = middle }
        }
        moved(self.table, self.group, far, &mut tried);
        let param = self.group.params[0];
        let base = self.table.get(param).value;
        let (at, is_gain) = (tried[param.index()], self.base > 0.0);
        Ok(SwitchingValue { param, base, at, steps: far.abs(), is_gain })
    }
}
