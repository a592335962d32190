//! Draws of the parameters: one standard normal deviate for each seed, path and key or group.

use super::{Param, Table};
use crate::normal::normal_quantile;
use hashwatt_quantities::statistics::SplitMix64;

/// The drawn parameters, each with a number derived from its key or group. A new parameter has its own number, so
/// it does not change other draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Deviates {
    drawn: Vec<(u32, u64)>,
}

/// FNV-1a hash (Fowler, Noll, Vo) of a name.
fn name_number(name: &str) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    name.bytes().fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

impl Deviates {
    /// Finds the drawn parameters of a table.
    pub fn new(table: &Table) -> Self {
        let number = |param: &Param| name_number(param.group.as_deref().unwrap_or(&param.key));
        let drawn = table.rows().iter().enumerate().filter(|(_, param)| param.spread.is_drawn());
        Self { drawn: drawn.map(|(place, param)| (place as u32, number(param))).collect() }
    }

    /// The number of drawn parameters.
    pub fn count(&self) -> usize {
        self.drawn.len()
    }

    /// The standard normal deviate for a parameter's number in one path.
    fn deviate(seed: u64, path: u64, number: u64) -> f64 {
        // Seed and path are mixed before the name, so that consecutive values are unrelated.
        let mut mixed = SplitMix64::new(seed ^ SplitMix64::new(path).next_u64().rotate_left(17));
        let mut random = SplitMix64::new(mixed.next_u64() ^ number);
        let probability = ((random.next_u64() >> 11) as f64 + 0.5) / (1u64 << 53) as f64;
        normal_quantile(probability)
    }
}

/// Replaces the drawn parameters in `values`, which holds the table's base values, by those of one path.
pub fn fill(table: &Table, deviates: &Deviates, seed: u64, path: u64, values: &mut [f64]) {
    for &(place, number) in &deviates.drawn {
        let deviate = Deviates::deviate(seed, path, number);
        values[place as usize] = table.rows()[place as usize].at(deviate);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::params::{Spread, Unit};
    use crate::uncertainty::Provenance;

    fn param(key: &str, group: Option<&str>) -> Param {
        Param {
            key: key.to_owned(),
            unit: Unit::One,
            value: 1.0,
            spread: Spread::SplitNormal { low: 0.5, high: 1.5 },
            possible: 0.0..=2.0,
            group: group.map(str::to_owned),
            provenance: Provenance::Assumed { basis: "test".to_owned() },
            region: None,
            missing: false,
        }
    }

    fn drawn(keys: &[(&str, Option<&str>)], path: u64) -> Vec<f64> {
        let mut table = Table::default();
        for (key, group) in keys {
            table.add(param(key, *group));
        }
        let mut values = table.values();
        fill(&table, &Deviates::new(&table), 1, path, &mut values);
        values
    }

    #[test]
    fn new_parameter_does_not_change_other_draws() {
        for path in 0..50 {
            let two = drawn(&[("a", None), ("b", None)], path);
            let three = drawn(&[("a", None), ("new", None), ("b", None)], path);
            assert_eq!([two[0], two[1]], [three[0], three[2]]);
            assert_ne!(two[0], two[1]);
            let group = drawn(&[("a", Some("g")), ("b", Some("g"))], path);
            assert_eq!(group[0], group[1]);
        }
    }

    #[test]
    fn deviates_are_standard_normal_and_uncorrelated() {
        let n = 20_000;
        let draws: Vec<Vec<f64>> =
            (0..n).map(|path| drawn(&[("a", None), ("b", None)], path)).collect();
        let moments =
            |value: &dyn Fn(&[f64]) -> f64| draws.iter().map(|d| value(d)).sum::<f64>() / n as f64;
        let scale = 0.5 / crate::normal::P95;
        let (mean, square) =
            (moments(&|d| d[0] - 1.0) / scale, moments(&|d| (d[0] - 1.0).powi(2)) / scale / scale);
        // Cut at three deviations: variance 0.973; standard errors 0.007 and 0.010.
        assert!(mean.abs() < 0.03 && (square - 0.973).abs() < 0.04, "{mean} {square}");
        let both = moments(&|d| (d[0] - 1.0) * (d[1] - 1.0)) / scale / scale;
        assert!(both.abs() < 0.03, "{both}");
    }
}
