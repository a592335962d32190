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
/// Buckets of the selection.
const BUCKETS: usize = 1 << BITS;
/// Added to a number below it, 2^23 leaves that number's integer in the lowest bits.
const INTEGER: f32 = 8_388_608.0;
/// With fewer values the ranks of one point are not before those of the next.
const LEAST: usize = 64;
/// Values that are taken together, so that a processor can.
const LANES: usize = 8;

impl Band {
    /// The points with their parts of all paths.
    pub fn points(&self) -> [(f64, f64); 5] {
        let values = [self.p05, self.p25, self.p50, self.p75, self.p95];
        std::array::from_fn(|place| (PARTS[place], values[place]))
    }
}

/// Selects the points of many columns with one workspace, exact on `f32` values: by buckets of equal width, or
/// of the numbers' own leading bits where most values would fall into few of those.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quantiles {
    values: Vec<f32>,
    /// The bucket of each value.
    places: Vec<u16>,
    /// Values of the buckets that hold a point's ranks.
    kept: Vec<f32>,
    keys: Vec<u32>,
    counts: Vec<u32>,
    finer: Vec<u32>,
    bucket: Vec<u32>,
}

/// What one pass over a column tells.
#[derive(Clone, Copy, Debug)]
struct Moments {
    least: f32,
    greatest: f32,
    sum: f64,
    above: usize,
}

impl Moments {
    fn of(values: &[f32]) -> Self {
        let first = values.first().copied().unwrap_or(0.0);
        let (mut least, mut greatest) = ([first; LANES], [first; LANES]);
        let (mut sums, mut above) = ([0.0f64; LANES], [0u32; LANES]);
        let mut add = |lane: usize, value: f32| {
            least[lane] = if value < least[lane] { value } else { least[lane] };
            greatest[lane] = if value > greatest[lane] { value } else { greatest[lane] };
            sums[lane] += f64::from(value);
            above[lane] += u32::from(value > 0.0);
        };
        let (whole, rest) = values.as_chunks::<LANES>();
        for values in whole {
            for (lane, &value) in values.iter().enumerate() {
                add(lane, value);
            }
        }
        rest.iter().enumerate().for_each(|(lane, &value)| add(lane, value));
        Self {
            least: least.into_iter().fold(first, f32::min),
            greatest: greatest.into_iter().fold(first, f32::max),
            sum: sums.into_iter().sum(),
            above: above.into_iter().sum::<u32>() as usize,
        }
    }
}

/// A point that lies between two ranks.
fn between(low: f64, high: f64, part: f64) -> f64 {
    low + (high - low) * part
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
        self.values.clear();
        for part in column {
            // One zero, whatever its sign: -0 + 0 is 0.
            self.values.extend(part.iter().map(|value| value + 0.0));
        }
        let n = self.values.len();
        if n == 0 {
            return (Band::default(), 0.0);
        }
        let Moments { least, greatest, sum, above } = Moments::of(&self.values);
        let part_above = above as f64 / n as f64;
        // What never moves, such as a flow that does not occur, needs no selection.
        if least == greatest && sum.is_finite() {
            let one = f64::from(least);
            let band = Band { p05: one, p25: one, p50: one, p75: one, p95: one, mean: one };
            return (band, part_above);
        }
        let [p05, p25, p50, p75, p95] =
            self.points(least, greatest, sum.is_finite()).unwrap_or_else(|| self.by_bits());
        (Band { p05, p25, p50, p75, p95, mean: sum / n as f64 }, part_above)
    }

    /// The points by buckets of equal width; `None` where some value is no finite number, or most values lie in
    /// the buckets of the points.
    fn points(&mut self, least: f32, greatest: f32, finite: bool) -> Option<[f64; 5]> {
        let scale = (BUCKETS - 2) as f32 / (greatest - least);
        let n = self.values.len();
        if !finite || !scale.is_normal() || n < LEAST {
            return None;
        }
        // Whatever the rounding, a greater value is in no lower bucket.
        let place = |value: &f32| {
            (((value - least) * scale + INTEGER).to_bits() & (BUCKETS as u32 - 1)) as u16
        };
        self.places.clear();
        self.places.extend(self.values.iter().map(place));
        // Counted in turns: what was just counted need not be waited for.
        let mut counts = [[0u32; BUCKETS]; 2];
        let (pairs, rest) = self.places.as_chunks::<2>();
        for [one, other] in pairs {
            counts[0][usize::from(*one) % BUCKETS] += 1;
            counts[1][usize::from(*other) % BUCKETS] += 1;
        }
        rest.iter().for_each(|place| counts[0][usize::from(*place) % BUCKETS] += 1);
        let ranks = PARTS.map(|part| (n - 1) as f64 * part);
        let wanted = ranks.map(|rank| [rank as usize, (rank as usize + 1).min(n - 1)]);
        // Of the wanted ranks, how many values lie before their buckets and are not kept.
        let mut is_kept = [false; BUCKETS];
        let mut left_out = [0usize; 10];
        let (mut before, mut dropped, mut next) = (0, 0, 0);
        for (place, is_kept) in is_kept.iter_mut().enumerate() {
            let count = (counts[0][place] + counts[1][place]) as usize;
            while next < 10 && wanted.as_flattened()[next] < before + count {
                *is_kept = true;
                left_out[next] = dropped;
                next += 1;
            }
            before += count;
            dropped += if *is_kept { 0 } else { count };
        }
        if n - dropped > n / 4 + 64 {
            return None;
        }
        self.keep(&is_kept, n - dropped);
        Some(std::array::from_fn(|point| {
            let of = |side: usize| {
                f64::from(self.kept[wanted[point][side] - left_out[2 * point + side]])
            };
            between(of(0), of(1), ranks[point].fract())
        }))
    }

    /// The values of some buckets in order.
    fn keep(&mut self, is_kept: &[bool; BUCKETS], count: usize) {
        // Without a branch: which value is kept cannot be foreseen.
        self.kept.clear();
        self.kept.resize(count + 1, 0.0);
        let mut end = 0;
        for (value, place) in self.values.iter().zip(&self.places) {
            self.kept[end] = *value;
            end += usize::from(is_kept[usize::from(*place) % BUCKETS]);
        }
        self.kept.truncate(count);
        self.kept.sort_unstable_by(f32::total_cmp);
    }

    /// The points by the numbers' leading bits.
    fn by_bits(&mut self) -> [f64; 5] {
        self.keys.clear();
        self.keys.extend(self.values.iter().map(|value| key(*value)));
        self.counts.clear();
        self.counts.resize(BUCKETS, 0);
        for key in &self.keys {
            self.counts[(key >> (32 - BITS)) as usize] += 1;
        }
        let n = self.keys.len();
        PARTS.map(|part| {
            let rank = (n - 1) as f64 * part;
            self.between(rank as usize, rank.fract())
        })
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
            between(low, high, part)
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
    fn equal_buckets_and_leading_bits_select_the_same() {
        let mut random = hashwatt_quantities::statistics::SplitMix64::new(9);
        let mut uniform = || random.uniform() as f32;
        // Spread, far from zero, mostly zero, and with one value far from the rest.
        let columns: [Vec<f32>; 4] = [
            (0..3_000).map(|_| uniform() - 0.3).collect(),
            (0..3_000).map(|_| 1e9 + uniform() * 1e3).collect(),
            (0..3_000).map(|_| (uniform() - 0.9).max(0.0)).collect(),
            (0..3_000).map(|i| if i == 7 { 1e30 } else { uniform() }).collect(),
        ];
        for (place, column) in columns.iter().enumerate() {
            let mut quantiles = Quantiles::default();
            let found = quantiles.band(std::iter::once(column.as_slice())).0;
            assert_eq!(found.points().map(|(_, value)| value), quantiles.by_bits(), "{place}");
        }
    }

    #[test]
    fn never_is_not_mixed_with_years() {
        let (found, _) = band(&[1.0, 2.0, f32::INFINITY, f32::INFINITY]);
        assert!((found.p05 - 1.15).abs() < 1e-6 && found.p95.is_infinite());
    }
}
