//! Quantiles of a distribution over paths.

/// Quantiles of a distribution over paths (linear interpolation between ranks: definition 7 of Hyndman and
/// Fan), and its mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Band {
    /// The 5 % quantile.
    pub p05: f64,
    /// The 25 % quantile.
    pub p25: f64,
    /// The median.
    pub p50: f64,
    /// The 75 % quantile.
    pub p75: f64,
    /// The 95 % quantile.
    pub p95: f64,
    /// The mean.
    pub mean: f64,
}

/// The probabilities of the quantiles of a band.
const LEVELS: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];
/// Number of leading bits by which values are first sorted into buckets.
const BITS: u32 = 11;
/// Number of buckets of the selection.
const BUCKETS: usize = 1 << BITS;
/// 2^23: added to a smaller number, it leaves the integer part of that number in the lowest bits.
const INTEGER: f32 = 8_388_608.0;
/// Fewest values for the selection by buckets; with fewer, the ranks of neighbouring points overlap.
const MIN_VALUES: usize = 64;
/// Values that are processed together, for vectorisation.
const LANES: usize = 8;

impl Band {
    /// The quantiles with their probabilities.
    pub fn points(&self) -> [(f64, f64); 5] {
        let values = [self.p05, self.p25, self.p50, self.p75, self.p95];
        std::array::from_fn(|place| (LEVELS[place], values[place]))
    }
}

/// Selects the quantiles of many columns with one workspace, exact for `f32` values: by buckets of equal
/// width, or by leading bits of the numbers if most values would fall into few of these buckets.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quantiles {
    values: Vec<f32>,
    /// The bucket of each value.
    places: Vec<u16>,
    /// Values in buckets that contain the ranks of a point.
    kept: Vec<f32>,
    keys: Vec<u32>,
    counts: Vec<u32>,
    finer: Vec<u32>,
    bucket: Vec<u32>,
}

/// Statistics of a column from one pass.
#[derive(Clone, Copy, Debug)]
struct ColumnStats {
    min: f32,
    max: f32,
    sum: f64,
    above: usize,
}

impl ColumnStats {
    fn new(values: &[f32]) -> Self {
        let first = values.first().copied().unwrap_or(0.0);
        let (mut min, mut max) = ([first; LANES], [first; LANES]);
        let (mut sums, mut above) = ([0.0f64; LANES], [0u32; LANES]);
        let mut add = |lane: usize, value: f32| {
            min[lane] = if value < min[lane] { value } else { min[lane] };
            max[lane] = if value > max[lane] { value } else { max[lane] };
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
            min: min.into_iter().fold(first, f32::min),
            max: max.into_iter().fold(first, f32::max),
            sum: sums.into_iter().sum(),
            above: above.into_iter().sum::<u32>() as usize,
        }
    }
}

/// Interpolates between the values of two ranks.
fn interpolate(low: f64, high: f64, part: f64) -> f64 {
    low + (high - low) * part
}

/// Maps a floating-point number to a `u32` with the same order.
fn key(value: f32) -> u32 {
    let bits = value.to_bits();
    if bits >> 31 == 1 { !bits } else { bits | 1 << 31 }
}

fn value(key: u32) -> f64 {
    f64::from(f32::from_bits(if key >> 31 == 1 { key & !(1 << 31) } else { !key }))
}

impl Quantiles {
    /// The band of a column, and its share above zero. Infinite values are greater than all others and are not
    /// interpolated.
    pub(crate) fn band<'a>(&mut self, column: impl Iterator<Item = &'a [f32]>) -> (Band, f64) {
        self.values.clear();
        for part in column {
            // Normalises negative zero: -0 + 0 is 0.
            self.values.extend(part.iter().map(|value| value + 0.0));
        }
        let n = self.values.len();
        if n == 0 {
            return (Band::default(), 0.0);
        }
        let ColumnStats { min, max, sum, above } = ColumnStats::new(&self.values);
        let part_above = above as f64 / n as f64;
        // A constant column, such as a flow that does not occur, needs no selection.
        if min == max && sum.is_finite() {
            let one = f64::from(min);
            let band = Band { p05: one, p25: one, p50: one, p75: one, p95: one, mean: one };
            return (band, part_above);
        }
        let [p05, p25, p50, p75, p95] =
            self.points(min, max, sum.is_finite()).unwrap_or_else(|| self.by_leading_bits());
        (Band { p05, p25, p50, p75, p95, mean: sum / n as f64 }, part_above)
    }

    /// The quantiles by buckets of equal width; `None` if a value is not finite, or if most values are in the
    /// buckets of the quantiles.
    fn points(&mut self, min: f32, max: f32, finite: bool) -> Option<[f64; 5]> {
        let scale = (BUCKETS - 2) as f32 / (max - min);
        let n = self.values.len();
        if !finite || !scale.is_normal() || n < MIN_VALUES {
            return None;
        }
        // Regardless of rounding, a larger value is never in a lower bucket.
        let place = |value: &f32| {
            (((value - min) * scale + INTEGER).to_bits() & (BUCKETS as u32 - 1)) as u16
        };
        self.places.clear();
        self.places.extend(self.values.iter().map(place));
        // Alternates between two counters, so that a count need not wait for the previous one.
        let mut counts = [[0u32; BUCKETS]; 2];
        let (pairs, rest) = self.places.as_chunks::<2>();
        for [one, other] in pairs {
            counts[0][usize::from(*one) % BUCKETS] += 1;
            counts[1][usize::from(*other) % BUCKETS] += 1;
        }
        rest.iter().for_each(|place| counts[0][usize::from(*place) % BUCKETS] += 1);
        let ranks = LEVELS.map(|part| (n - 1) as f64 * part);
        let wanted = ranks.map(|rank| [rank as usize, (rank as usize + 1).min(n - 1)]);
        // For each wanted rank, the number of values before its bucket that are not kept.
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
        self.collect_kept(&is_kept, n - dropped);
        Some(std::array::from_fn(|point| {
            let of = |side: usize| {
                f64::from(self.kept[wanted[point][side] - left_out[2 * point + side]])
            };
            interpolate(of(0), of(1), ranks[point].fract())
        }))
    }

    /// Collects the values of some buckets in order.
    fn collect_kept(&mut self, is_kept: &[bool; BUCKETS], count: usize) {
        // Branchless, because it is not predictable which values are kept.
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

    /// The quantiles by leading bits of the numbers.
    fn by_leading_bits(&mut self) -> [f64; 5] {
        self.keys.clear();
        self.keys.extend(self.values.iter().map(|value| key(*value)));
        self.counts.clear();
        self.counts.resize(BUCKETS, 0);
        for key in &self.keys {
            self.counts[(key >> (32 - BITS)) as usize] += 1;
        }
        let n = self.keys.len();
        LEVELS.map(|part| {
            let rank = (n - 1) as f64 * part;
            self.value_at_rank(rank as usize, rank.fract())
        })
    }

    /// The value at a rank, or interpolated to the next one.
    fn value_at_rank(&mut self, rank: usize, part: f64) -> f64 {
        // Leading bits first: the bucket of the rank, and the number of values before it.
        let (mut before, mut place) = (0usize, 0usize);
        while before + self.counts[place] as usize <= rank {
            before += self.counts[place] as usize;
            place += 1;
        }
        // Branchless, because it is not predictable which keys belong to the bucket.
        self.bucket.resize(self.keys.len(), 0);
        let mut kept = 0;
        for &key in &self.keys {
            self.bucket[kept] = key;
            kept += usize::from((key >> (32 - BITS)) as usize == place);
        }
        self.bucket.truncate(kept);
        // Then the following bits; the remaining values are sorted.
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
        let mut min_above = u32::MAX;
        self.bucket.retain(|key| {
            if next(*key) > fine {
                min_above = min_above.min(*key);
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
            None if min_above != u32::MAX => value(min_above),
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
            interpolate(low, high, part)
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
    fn bucket_and_radix_selection_agree() {
        let mut random = hashwatt_quantities::statistics::SplitMix64::new(9);
        let mut uniform = || random.uniform() as f32;
        // Uniform, far from zero, mostly zero, and with one outlier.
        let columns: [Vec<f32>; 4] = [
            (0..3_000).map(|_| uniform() - 0.3).collect(),
            (0..3_000).map(|_| 1e9 + uniform() * 1e3).collect(),
            (0..3_000).map(|_| (uniform() - 0.9).max(0.0)).collect(),
            (0..3_000).map(|i| if i == 7 { 1e30 } else { uniform() }).collect(),
        ];
        for (place, column) in columns.iter().enumerate() {
            let mut quantiles = Quantiles::default();
            let found = quantiles.band(std::iter::once(column.as_slice())).0;
            assert_eq!(
                found.points().map(|(_, value)| value),
                quantiles.by_leading_bits(),
                "{place}"
            );
        }
    }

    #[test]
    fn quantile_of_years_excludes_never() {
        let (found, _) = band(&[1.0, 2.0, f32::INFINITY, f32::INFINITY]);
        assert!((found.p05 - 1.15).abs() < 1e-6 && found.p95.is_infinite());
    }
}
