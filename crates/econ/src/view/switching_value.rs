//! Switching values: the value of a parameter at which a figure changes its sign.

use crate::EconError;
use crate::params::{Group, ParamId, Table};
use crate::result::Figure;
use crate::simulate::Probe;

/// The change of one parameter that changes the sign of a figure, with all others at their base values.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SwitchingValue {
    /// The parameter, or the first of a group that varies together.
    pub param: ParamId,
    /// Its base value.
    pub base: f64,
    /// The value at which the figure is zero.
    pub at: f64,
    /// The size of the change, in distances from the base value to its 5 % or 95 % point.
    pub steps: f64,
    /// Whether the figure is positive at the base value, so that it becomes negative beyond the switching
    /// value.
    pub is_gain: bool,
}

impl SwitchingValue {
    /// Whether the switching value is beyond the 5 % or 95 % point of the parameter.
    pub fn is_beyond_range(&self) -> bool {
        self.steps > 1.0
    }
}

/// Changes that the search tries, in distances to the 5 % or 95 % point.
const STEPS: [f64; 12] = [0.1, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 10.0, 20.0];
/// Bisections of the interval between two steps.
const BISECTIONS: usize = 20;

/// Moves a group of parameters by a number of steps, within the possible range.
fn moved(table: &Table, group: &Group, steps: f64, values: &mut [f64]) {
    for id in &group.params {
        let row = table.get(*id);
        let Some((low, high)) = row.range() else { continue };
        let reach = if steps < 0.0 { row.value - low } else { high - row.value };
        // If one end of the range is at the value, the width of the other side is used for both.
        let reach = if reach > 0.0 { reach } else { high - low };
        let value = row.value + steps * reach;
        values[id.index()] = value.clamp(*row.possible.start(), *row.possible.end());
    }
}

/// A figure with its switching values, the smallest change first.
pub type FigureSwitchingValues = (Figure, Vec<SwitchingValue>);

/// The switching values of each figure. Two sign changes between two steps are missed; the nearest sign change
/// that is found is bisected.
pub(crate) fn switching_values(
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
            for step in STEPS {
                let far = step * side;
                let mut tried = values.clone();
                moved(table, group, far, &mut tried);
                // An impossible draw, such as lots that exceed their site, ends the search on this side.
                let Ok(figures_at_step) = probe.expected(&tried) else { break };
                for place in 0..figures.len() {
                    let changes_sign = figures_at_step[place] * base[place] < 0.0;
                    let nearer = |candidate: &SwitchingValue| near.abs() < candidate.steps;
                    if changes_sign && nearest[place].as_ref().is_none_or(nearer) {
                        let search =
                            Search { table, group, values: &values, place, base: base[place] };
                        let candidate = search.bisect(probe, near, far)?;
                        if nearest[place].as_ref().is_none_or(|known| candidate.steps < known.steps)
                        {
                            nearest[place] = Some(candidate);
                        }
                    }
                }
                near = far;
            }
        }
        for (all, candidate) in found.iter_mut().zip(nearest) {
            all.extend(candidate);
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
        for _ in 0..BISECTIONS {
            let middle = f64::midpoint(near, far);
            moved(self.table, self.group, middle, &mut tried);
            let value = probe.expected(&tried)?[self.place];
            if value * self.base > 0.0 { near = middle } else { far = middle }
        }
        moved(self.table, self.group, far, &mut tried);
        let param = self.group.params[0];
        let base = self.table.get(param).value;
        let (at, is_gain) = (tried[param.index()], self.base > 0.0);
        Ok(SwitchingValue { param, base, at, steps: far.abs(), is_gain })
    }
}
