//! A log's clock against this machine's, found by the load.
//!
//! The machine knows when it began and ended to work; the log shows power that rises and falls.
//! Where the load stands in the log is found in two steps. First a model of two levels, idle and
//! load, is laid over every place of the log and the one of least squares is taken. Then the two
//! edges are looked at alone: power is taken to rise along a ramp that begins when the load
//! does, and to fall along one that begins when it ends, of up to 2 s each, all lengths equally
//! likely. The offset is the mean of what the edge samples leave possible, its standard
//! uncertainty their standard deviation (GUM Supplement 1), together with two
//! rectangular distributions: one sample interval, because a log does not say whether a sample
//! holds for its time or for the interval before it, and one step of the ramps that are tried;
//! and with a tenth of the ramp's length, because no ramp need be straight.

use hashwatt_quantities::statistics::{mean, squares_about};

/// Supplies and processors take up to a second to rise or fall.
const LONGEST_RAMP: f64 = 2.0;
/// A step of less than so many standard deviations of the noise is none.
const STANDS_OUT: f64 = 4.0;
/// A second place that explains so much of what the first does is as good.
const AS_GOOD: f64 = 0.8;
/// So many samples of idle make an edge visible.
const IDLE_SAMPLES: usize = 3;
/// No ramp is so straight: the least relative standard deviation of an edge sample.
const MIN_NOISE: f64 = 0.03;
/// A ramp that is not straight is off in the same way at all its samples: more than so many at an
/// edge say no more.
const SAMPLES_THAT_COUNT: f64 = 100.0;
/// How far, as a standard uncertainty and a share of its length, a ramp that is not straight
/// seems to begin too early or too late: an exponential rise, taken for a straight one, by 0.1.
const BENT: f64 = 0.1;
/// The lengths of ramps that are tried.
const RAMPS: usize = 41;
const RAMP_STEP: f64 = LONGEST_RAMP / (RAMPS - 1) as f64;
/// How long before and after an edge its levels are taken.
const LEVEL: f64 = 10.0;

/// Where the load stands in a log.
#[derive(Clone, Copy, Debug)]
pub(super) struct LoadStep {
    /// When it begins, on the log's clock.
    pub began: f64,
    /// The standard uncertainty of that.
    pub uncertainty: f64,
}

impl LoadStep {
    /// A load of a length in seconds, or why there is none; `interval` is the usual one between
    /// two samples.
    pub(super) fn find(
        times: &[f64],
        powers: &[f64],
        interval: f64,
        length: f64,
    ) -> Result<Self, String> {
        if length <= 0.0 {
            return Err("the load ends before it begins".to_owned());
        }
        let shortest = LONGEST_RAMP + 6.0 * interval;
        if length < shortest {
            return Err(format!(
                "the load lasts {length:.1} s; at this log's rate give one of {shortest:.1} s or \
                 more"
            ));
        }
        let coarse = coarse(times, powers, length)?;
        let edges = Edges::around(times, powers, interval, coarse, length)?;
        let (began, deviation) = edges.offset(coarse.began, interval);
        let unresolved = (interval.powi(2) + RAMP_STEP.powi(2)) / 12.0;
        let variance = deviation.powi(2) + unresolved + (BENT * edges.ramp(began)).powi(2);
        Ok(Self { began, uncertainty: variance.sqrt() })
    }
}

/// Where the two-level model fits best.
#[derive(Clone, Copy, Debug)]
struct Coarse {
    began: f64,
    step: f64,
}

fn coarse(times: &[f64], powers: &[f64], length: f64) -> Result<Coarse, String> {
    let n = times.len();
    let mean = mean(powers);
    let mut sums = Vec::with_capacity(n + 1);
    let (mut sum, mut squares) = (0.0, 0.0);
    sums.push(0.0);
    for power in powers {
        sum += power - mean;
        squares += (power - mean).powi(2);
        sums.push(sum);
    }
    // Of every place: when it begins, what of the squares it explains, and its step.
    let mut places = Vec::new();
    let mut end = 0;
    for start in IDLE_SAMPLES..n {
        let began = f64::midpoint(times[start - 1], times[start]);
        while end < n && times[end] < began + length {
            end += 1;
        }
        if end + IDLE_SAMPLES > n {
            break;
        }
        let inside = (end - start) as f64;
        let outside = n as f64 - inside;
        let surplus = sums[end] - sums[start];
        let step = surplus / inside + surplus / outside;
        if step > 0.0 {
            places.push((began, surplus * step, step));
        }
    }
    let best = places.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1));
    let Some((began, explained, step)) = best else {
        let held = times.last().copied().unwrap_or_default();
        return Err(format!(
            "power nowhere rises for {length:.1} s with idle on both sides in a log of {held:.1} s"
        ));
    };
    let noise = ((squares - explained).max(0.0) / (n as f64 - 2.0)).sqrt();
    if step < STANDS_OUT * noise {
        return Err(format!("a step of {step:.2} W does not stand out of noise of {noise:.2} W"));
    }
    let rival = places
        .iter()
        .find(|place| (place.0 - began).abs() > length / 2.0 && place.1 > AS_GOOD * explained);
    match rival {
        Some(rival) => Err(format!(
            "it fits equally well {began:.1} s and {:.1} s after the log's beginning; cut the log \
             to one load",
            rival.0
        )),
        None => Ok(Coarse { began, step }),
    }
}

/// The samples around both edges: the time since the edge would be, were the load to begin at
/// the log's first sample, and the power as a share of the step, rising on both.
struct Edges {
    rise: Vec<(f64, f64)>,
    fall: Vec<(f64, f64)>,
    noise: f64,
}

impl Edges {
    fn around(
        times: &[f64],
        powers: &[f64],
        interval: f64,
        coarse: Coarse,
        length: f64,
    ) -> Result<Self, String> {
        let margin = LONGEST_RAMP / 2.0 + interval;
        let far = margin + LEVEL.max(10.0 * interval);
        let (began, ended) = (coarse.began, coarse.began + length);
        let middle = f64::midpoint(began, ended);
        let level = |from: f64, to: f64, what: &str| {
            let start = times.partition_point(|time| *time < from);
            let end = times.partition_point(|time| *time <= to).max(start);
            let found = &powers[start..end];
            if found.len() < 2 {
                return Err(format!("the log does not hold the {what}"));
            }
            let mean = mean(found);
            Ok((mean, squares_about(mean, found), found.len()))
        };
        let before = level(began - far, began - margin, "idle before the load")?;
        let first = level(began + margin, middle.min(began + far), "load")?;
        let second = level(middle.max(ended - far), ended - margin, "load")?;
        let after = level(ended + margin, ended + far, "idle after the load")?;
        let levels = [before, first, second, after];
        let squares: f64 = levels.iter().map(|level| level.1).sum();
        let samples: usize = levels.iter().map(|level| level.2 - 1).sum();
        let noise = (squares / samples as f64).sqrt();
        let (up, down) = (first.0 - before.0, second.0 - after.0);
        for (step, edge) in [(up, "beginning"), (down, "end")] {
            if step < (STANDS_OUT * noise).max(coarse.step / 2.0) {
                return Err(format!(
                    "at the load's {edge} power changes by {step:.2} W, with noise of \
                     {noise:.2} W; the log must hold all of the load and idle on both sides"
                ));
            }
        }
        let reach = LONGEST_RAMP + 3.0 * interval;
        let shares = |edge: f64, low: f64, step: f64, shift: f64| {
            let start = times.partition_point(|time| *time < edge - reach);
            let end = times.partition_point(|time| *time <= edge + reach);
            // A few hundred samples say all that an edge can say.
            (start..end)
                .step_by(1 + (end - start) / 400)
                .map(|sample| (times[sample] - shift, (powers[sample] - low) / step))
                .collect::<Vec<_>>()
        };
        Ok(Self {
            rise: shares(began, before.0, up, 0.0),
            // A fall upside down is a rise.
            fall: shares(ended, second.0, -down, length),
            noise: (noise / up.min(down)).max(MIN_NOISE),
        })
    }

    /// The mean and the standard deviation of when the load may have begun.
    fn offset(&self, coarse: f64, interval: f64) -> (f64, f64) {
        const POINTS: usize = 121;
        let mut low = coarse - LONGEST_RAMP - 2.0 * interval;
        let mut high = coarse + 2.0 * interval;
        let (mut mean, mut deviation) = (coarse, high - low);
        // Closer, until the grid is fine against what it shows.
        for _ in 0..4 {
            let width = (high - low) / (POINTS - 1) as f64;
            let place = |point: usize| low + width * point as f64;
            let logs: Vec<f64> = (0..POINTS)
                .map(|point| {
                    let began = place(point);
                    self.weight(&self.rise, began) + self.weight(&self.fall, began)
                })
                .collect();
            let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let weights: Vec<f64> = logs.iter().map(|log| (log - most).exp()).collect();
            let total: f64 = weights.iter().sum();
            let moment = |value: &dyn Fn(f64) -> f64| {
                let sum: f64 = weights.iter().enumerate().map(|(i, w)| w * value(place(i))).sum();
                sum / total
            };
            mean = moment(&|began| began);
            // One width of the grid is not resolved.
            deviation = (moment(&|began| (began - mean).powi(2)) + width.powi(2) / 12.0).sqrt();
            if deviation > 4.0 * width {
                break;
            }
            let around = 6.0 * deviation.max(width);
            (low, high) = (mean - around, mean + around);
        }
        (mean, deviation)
    }

    /// The logarithm of how likely an edge is if the load begins at a time, over ramps of all
    /// lengths.
    fn weight(&self, edge: &[(f64, f64)], began: f64) -> f64 {
        let logs = self.ramps(edge, began);
        let most = logs.into_iter().fold(f64::NEG_INFINITY, f64::max);
        most + logs.iter().map(|log| (log - most).exp()).sum::<f64>().ln()
    }

    /// The mean length of the longer of the two ramps, if the load begins at a time.
    fn ramp(&self, began: f64) -> f64 {
        let mean = |edge: &[(f64, f64)]| {
            let logs = self.ramps(edge, began);
            let most = logs.into_iter().fold(f64::NEG_INFINITY, f64::max);
            let weights = logs.map(|log| (log - most).exp());
            let sum: f64 = weights.iter().enumerate().map(|(ramp, w)| w * ramp as f64).sum();
            RAMP_STEP * sum / weights.iter().sum::<f64>()
        };
        mean(&self.rise).max(mean(&self.fall))
    }

    /// The logarithm of how likely a ramp of each length is.
    fn ramps(&self, edge: &[(f64, f64)], began: f64) -> [f64; RAMPS] {
        let crowd = (edge.len() as f64 / SAMPLES_THAT_COUNT).max(1.0);
        let spread = 2.0 * self.noise.powi(2) * crowd;
        std::array::from_fn(|ramp| {
            let ramp = RAMP_STEP * ramp as f64;
            let off = |(time, share): &(f64, f64)| (share - risen(time - began, ramp)).powi(2);
            -edge.iter().map(off).sum::<f64>() / spread
        })
    }
}

/// The share of a step that is done some time after its beginning.
pub(super) fn risen(since: f64, ramp: f64) -> f64 {
    if since < 0.0 {
        0.0
    } else if since >= ramp {
        1.0
    } else {
        since / ramp
    }
}
