//! Groups of parameters that share one deviate.

use super::{ParamId, Table};

/// Parameters with one common deviate.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The group's name, or the parameter's key.
    pub name: String,
    /// Its parameters, at least one.
    pub params: Vec<ParamId>,
}

impl Table {
    /// All groups of drawn parameters, in the order of the table.
    pub fn drawn_groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for (place, row) in self.rows().iter().enumerate().filter(|(_, row)| row.spread.is_drawn())
        {
            let id = ParamId(place as u32);
            let name = row.group.as_ref().unwrap_or(&row.key);
            match groups.iter_mut().find(|group| group.name == *name) {
                Some(group) => group.params.push(id),
                None => groups.push(Group { name: name.clone(), params: vec![id] }),
            }
        }
        groups
    }

    /// Sets a group's values to those at a standard normal deviate.
    pub(crate) fn set(&self, group: &Group, deviate: f64, values: &mut [f64]) {
        for id in &group.params {
            values[id.index()] = self.get(*id).at(deviate);
        }
    }
}
