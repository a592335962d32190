//! Points of a distribution over paths.

/// Points of a distribution over paths (linear between ranks: Hyndman and Fan's definition 7), and its mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Band {
    /// 5 % of the paths are below.
    pub p05: f64,
    /// A quarter is below.
    pub p25: f64,
    /// Half are below.
    pub p50: f64,
    /// Three quarters are below.
    pub p75: f64,
    /// 95 % are below.
    pub p95: f64,
    /// The mean of all.
    pub mean: f64,
}

/// The parts of all paths below the points of a band.
const PARTS: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];
/// The leading bits by which values are sorted into buckets first.
const BITS: u32 = 11;

impl Band {
    /// The points with their parts of all paths.
    pub fn points(&self) -> [(f64, f64); 5] {
        let values = [self.p05, self.p25, self.p50, self.p75, self.p95];
        std::array::from_fn(|place| (PARTS[place], values[place]))
    }
}

/// Selects the points of many columns with one workspace: a radix selection, exact on `f32` values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quantiles {
    keys: Vec<u32>,
    counts: Vec<u32>,
    finer: Vec<u32>,
    bucket: Vec<u32>,
}

/// An order of `u32` that is that of the floating-point numbers.
fn key(value: f32) -> u32 {
    let bits = value.to_bits();
    if bits >> 31 == 1 { !bits } else { bits | 1 << 31 }
}

fn value(key: u32) -> f64 {
    f64::from(f32::from_bits(if key >> 31 == 1 { key & !(1 << 31) } else { !key }))
}

impl Quantiles {
    /// The band of a column, and the part of it above zero. Infinite values are greater than all others and are
    /// not mixed with them.
    pub(crate) fn band<'a>(&mut self, column: impl Iterator<Item = &'a [f32]>) -> (Band, f64) {
        self.keys.clear();
        self.counts.clear();
        self.counts.resize(1 << BITS, 0);
        let (mut sum, mut above) = (0.0, 0usize);
        for part in column {
            let counts = &mut self.counts;
            self.keys.extend(part.iter().map(|&value| {
                // One zero, whatever its sign.
                let value = if value == 0.0 { 0.0 } else { value };
                sum += f64::from(value);
                above += usize::from(value > 0.0);
                let key = key(value);
                counts[(key >> (32 - BITS)) as usize] += 1;
                key
            }));
        }
        let n = self.keys.len();
        let part_above = above as f64 / n as f64;
        match self.keys.first() {
            None => return (Band::default(), 0.0),
            // What never moves, such as a flow that does not occur, needs no selection.
            Some(&first) if self.keys.iter().all(|key| *key == first) => {
                let one = value(first);
                let band = Band { p05: one, p25: one, p50: one, p75: one, p95: one, mean: one };
                return (band, part_above);
            }
            Some(_) => {}
        }
        let mut points = [0.0; 5];
        for (point, part) in points.iter_mut().zip(PARTS) {
            let rank = (n - 1) as f64 * part;
            *point = self.between(rank as usize, rank.fract());
        }
        let [p05, p25, p50, p75, p95] = points;
        (Band { p05, p25, p50, p75, p95, mean: sum / n as f64 }, part_above)
    }

    /// The value of a rank, or between it and the next one.
    fn between(&mut self, rank: usize, part: f64) -> f64 {
        // Leading bits first: the bucket of the rank, and how many values lie before it.
        let (mut before, mut place) = (0usize, 0usize);
        while before + self.counts[place] as usize <= rank {
            before += self.counts[place] as usize;
            place += 1;
        }
        // Without a branch: which key is of the bucket cannot be foreseen.
        self.bucket.resize(self.keys.len(), 0);
        let mut kept = 0;
        for &key in &self.keys {
            self.bucket[kept] = key;
            kept += usize::from((key >> (32 - BITS)) as usize == place);
        }
        self.bucket.truncate(kept);
        // Then the bits after them: what is left is sorted.
        let next = |key: u32| (key >> (32 - 2 * BITS)) as usize & ((1 << BITS) - 1);
        self.finer.clear();
        self.finer.resize(1 << BITS, 0);
        for key in &self.bucket {
            self.finer[next(*key)] += 1;
        }
        let mut within = rank - before;
        let mut fine = 0;
        while self.finer[fine] as usize <= within {
            within -= self.finer[fine] as usize;
            fine += 1;
        }
        let mut least_above = u32::MAX;
        self.bucket.retain(|key| {
            if next(*key) > fine {
                least_above = least_above.min(*key);
            }
            next(*key) == fine
        });
        self.bucket.sort_unstable();
        let low = value(self.bucket[within]);
        if part == 0.0 {
            return low;
        }
        let high = match self.bucket.get(within + 1) {
            Some(key) => value(*key),
            None if least_above != u32::MAX => value(least_above),
            None => {
                let above = |key: &&u32| (**key >> (32 - BITS)) as usize > place;
                self.keys.iter().filter(above).min().map_or(low, |key| value(*key))
            }
        };
        if low == high || high.is_infinite() && part < 0.5 {
            low
        } else if high.is_infinite() {
            high
        } else {
            low + (high - low) * part
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(values: &[f32]) -> (Band, f64) {
        Quantiles::default().band(std::iter::once(values))
    }

    #[test]
    fn quantiles_are_linear_between_ranks() {
        let values: Vec<f32> = (0..101u8).rev().map(f32::from).collect();
        let (found, above) = band(&values);
        assert_eq!(found.points().map(|(_, v)| v), [5.0, 25.0, 50.0, 75.0, 95.0]);
        assert_eq!((found.mean, above), (50.0, 100.0 / 101.0));
        assert_eq!(band(&[4.0, 2.0]).0.p25, 2.5);
        assert_eq!(band(&[7.0]).0.p95, 7.0);
        assert_eq!(band(&[-0.0, 0.0]), (Band::default(), 0.0));
    }

    #[test]
    fn quantiles_match_sorting() {
        let mut random = hashwatt_quantities::statistics::SplitMix64::new(5);
        for n in [2, 3, 10, 1_000, 4_001] {
            let values: Vec<f32> =
                (0..n).map(|_| (random.uniform() as f32 - 0.4).powi(5) * 1e9).collect();
            let mut sorted = values.clone();
            sorted.sort_by(f32::total_cmp);
            for (part, found) in band(&values).0.points() {
                let rank = (n - 1) as f64 * part;
                let (low, high) = (sorted[rank as usize], sorted[(rank.ceil()) as usize]);
                let right = f64::from(low) + (f64::from(high) - f64::from(low)) * rank.fract();
                assert_eq!(found, right, "{n} {part}");
            }
        }
    }

    #[test]
    fn never_is_not_mixed_with_years() {
        let (found, _) = band(&[1.0, 2.0, f32::INFINITY, f32::INFINITY]);
        assert!((found.p05 - 1.15).abs() < 1e-6 && found.p95.is_infinite());
    }
}
